//! What a spreadsheet shows of a number, by its number format (`00000`, `#,##0.00`, `0%`).

use super::value::Clock;

/// A number format, read once and used for every cell that has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NumberFormat {
    /// `General` or text: what is stored is shown.
    AsStored,
    Date(Clock),
    /// For positive numbers, negative ones and zero; the last two may be missing.
    Number(Vec<Section>),
    /// Fractions, conditions and what else is not followed here.
    Other(String),
}

/// How numbers of one sign are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Section {
    prefix: String,
    suffix: String,
    /// Digits that always stand before the decimal point.
    whole: usize,
    /// Decimals that always stand, and that stand at most.
    decimals: usize,
    most_decimals: usize,
    grouped: bool,
    percents: i32,
    /// Commas behind the last digit: thousands that are left away.
    thousands: i32,
    exponent: bool,
    digits: bool,
}

impl NumberFormat {
    pub(super) fn read(code: &str) -> Self {
        let general = code.trim();
        if general.is_empty()
            || general == "@"
            || general.eq_ignore_ascii_case("general")
            || general.eq_ignore_ascii_case("standard")
        {
            return Self::AsStored;
        }
        if let Some(clock) = clock(code) {
            return Self::Date(clock);
        }
        let mut sections = Vec::new();
        for part in parts(code) {
            match Section::read(&part) {
                Some(section) => sections.push(section),
                None => return Self::Other(code.to_owned()),
            }
        }
        match sections.first() {
            Some(first) if first.digits => Self::Number(sections),
            _ => Self::Other(code.to_owned()),
        }
    }

    /// What is shown instead of `stored`, the text of `value`. `None`: the same.
    pub(super) fn shown(&self, value: f64, stored: &str) -> Option<String> {
        let shown = match self {
            Self::AsStored | Self::Date(_) => return None,
            Self::Other(code) => code.clone(),
            Self::Number(sections) => {
                let (section, sign) = match sections.as_slice() {
                    [_, _, zero, ..] if value == 0.0 => (zero, ""),
                    [_, negative, ..] if value < 0.0 => (negative, ""),
                    [first, ..] => (first, if value < 0.0 { "-" } else { "" }),
                    [] => return None,
                };
                format!("{sign}{}", section.show(value.abs()))
            }
        };
        (shown.trim() != stored).then_some(shown.trim().to_owned())
    }
}

/// The code of a format that Excel knows by number (ECMA-376, part 1, 18.8.30). Dates of East Asia have none that
/// all agree on, and are told as dates by the reader.
pub(super) fn built_in(id: u16) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "mm-dd-yy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "m/d/yy h:mm",
        37 | 38 => "#,##0;(#,##0)",
        39 | 40 => "#,##0.00;(#,##0.00)",
        41 | 42 => "#,##0",
        43 | 44 => "#,##0.00",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        _ => "General",
    }
}

/// The sections of a format code. Quoted and escaped characters come with a mark before each.
fn parts(code: &str) -> Vec<Vec<Token>> {
    let mut parts = vec![Vec::new()];
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        let token = match character {
            '"' => {
                let literal: String = characters.by_ref().take_while(|&next| next != '"').collect();
                Token::Literal(literal)
            }
            '\\' => Token::Literal(characters.next().map(String::from).unwrap_or_default()),
            // The width of a character, and a character that fills the cell.
            '_' | '*' => {
                characters.next();
                continue;
            }
            '[' => {
                let inside: String = characters.by_ref().take_while(|&next| next != ']').collect();
                Token::Bracket(inside)
            }
            ';' => {
                parts.push(Vec::new());
                continue;
            }
            other => Token::Sign(other),
        };
        if let Some(part) = parts.last_mut() {
            part.push(token);
        }
    }
    parts
}

#[derive(Debug)]
enum Token {
    Literal(String),
    Bracket(String),
    Sign(char),
}

/// Whether the first section is a date, a time or a time span.
fn clock(code: &str) -> Option<Clock> {
    let (mut day, mut time) = (false, false);
    for token in parts(code).first()? {
        match token {
            Token::Bracket(inside) => {
                let all = |letter: char| {
                    !inside.is_empty() && inside.chars().all(|other| other.eq_ignore_ascii_case(&letter))
                };
                if ['h', 'm', 's'].into_iter().any(all) {
                    return Some(Clock::Elapsed);
                }
            }
            Token::Sign('y' | 'Y' | 'd' | 'D') => day = true,
            Token::Sign('h' | 'H' | 's' | 'S') => time = true,
            // Alone a month, beside hours or seconds a minute: either way no number.
            Token::Sign('m' | 'M') if !time => day |= !code.contains(['h', 'H', 's', 'S']),
            Token::Sign('m' | 'M') | Token::Literal(_) | Token::Sign(_) => {}
        }
    }
    if day {
        Some(Clock::Date)
    } else if time {
        Some(Clock::Time)
    } else {
        None
    }
}

impl Section {
    /// `None`: more than is followed here.
    fn read(tokens: &[Token]) -> Option<Self> {
        let mut section = Self::default();
        let mut point = false;
        let mut pending_commas = 0;
        for token in tokens {
            match token {
                Token::Bracket(inside) => match inside.strip_prefix('$') {
                    // A currency: `[$¥-411]`.
                    Some(currency) => section.literal(currency.split('-').next().unwrap_or_default()),
                    None if inside.starts_with(['<', '>', '=']) => return None,
                    // A colour or a language.
                    None => {}
                },
                Token::Literal(text) => section.literal(text),
                Token::Sign('0' | '#' | '?') if section.exponent => {}
                Token::Sign(digit @ ('0' | '#' | '?')) => {
                    if !section.suffix.is_empty() {
                        return None;
                    }
                    section.digits = true;
                    section.grouped |= pending_commas > 0;
                    pending_commas = 0;
                    let always = usize::from(*digit == '0');
                    if point {
                        section.most_decimals += 1;
                        section.decimals += always;
                    } else {
                        section.whole += always;
                    }
                }
                Token::Sign('.') if section.digits && !point => point = true,
                Token::Sign(',') if section.digits => pending_commas += 1,
                Token::Sign('%') => {
                    section.percents += 1;
                    section.literal("%");
                }
                Token::Sign('E' | 'e') if section.digits => section.exponent = true,
                Token::Sign('+' | '-') if section.exponent => {}
                Token::Sign('/') | Token::Sign('@') if section.digits || !section.prefix.is_empty() => {
                    return None;
                }
                Token::Sign(other) => section.literal(other.encode_utf8(&mut [0; 4])),
            }
        }
        section.thousands = pending_commas;
        Some(section)
    }

    fn literal(&mut self, text: &str) {
        if self.digits {
            self.suffix.push_str(text);
        } else {
            self.prefix.push_str(text);
        }
    }

    fn show(&self, value: f64) -> String {
        if !self.digits {
            return format!("{}{}", self.prefix, self.suffix);
        }
        if self.exponent {
            let text = format!("{value:.*e}", self.most_decimals);
            let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            let (sign, exponent) = exponent
                .strip_prefix('-')
                .map_or(('+', exponent), |rest| ('-', rest));
            return format!("{}{digits}E{sign}{exponent:0>2}{}", self.prefix, self.suffix);
        }
        let shift = 2 * self.percents - 3 * self.thousands;
        let (mut whole, mut fraction) = rounded(value, shift, self.most_decimals);
        while fraction.len() > self.decimals && fraction.ends_with('0') {
            fraction.pop();
        }
        while whole.len() < self.whole {
            whole.insert(0, '0');
        }
        if self.whole == 0 && whole == "0" {
            whole.clear();
        }
        if self.grouped {
            let mut at = whole.len();
            while at > 3 {
                at -= 3;
                whole.insert(at, ',');
            }
        }
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{}{whole}{point}{fraction}{}", self.prefix, self.suffix)
    }
}

/// `value` x 10^`shift` with so many decimals, rounded half up on the 15 digits that Excel keeps: digits
/// before and after the point.
fn rounded(value: f64, shift: i32, decimals: usize) -> (String, String) {
    let text = format!("{value:.14e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mut digits: Vec<u8> = digits
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|digit| digit - b'0')
        .collect();
    // Digits that stand before the point.
    let mut before = exponent.parse::<i32>().unwrap_or(0) + 1 + shift;
    while before < 0 {
        digits.insert(0, 0);
        before += 1;
    }
    #[allow(clippy::cast_sign_loss)] // not negative after the loop
    let mut before = before as usize;
    let keep = before + decimals;
    let up = digits.get(keep).is_some_and(|&next| next >= 5);
    digits.resize(keep, 0);
    if up {
        let mut at = keep;
        loop {
            if at == 0 {
                digits.insert(0, 1);
                before += 1;
                break;
            }
            at -= 1;
            if digits[at] < 9 {
                digits[at] += 1;
                break;
            }
            digits[at] = 0;
        }
    }
    let text = |digits: &[u8]| {
        digits
            .iter()
            .map(|digit| char::from(b'0' + digit))
            .collect::<String>()
    };
    let whole = text(&digits[..before]);
    let whole = whole.trim_start_matches('0');
    (
        if whole.is_empty() { "0" } else { whole }.to_owned(),
        text(&digits[before..]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::value;

    #[test]
    fn what_is_shown_is_told_where_it_differs() {
        for (code, number, expected) in [
            ("General", 0.7, None),
            ("@", 7.0, None),
            ("0", 7.0, None),
            ("0", 7.5, Some("8")),
            ("00000", 42.0, Some("00042")),
            ("0.00", 0.7, Some("0.70")),
            ("0.00", 0.705, Some("0.71")),
            ("0.00", 2.675, Some("2.68")),
            ("0.0#", 0.25, None),
            ("0.00", 1.25, None),
            ("0%", 0.25, Some("25%")),
            ("0.0%", 0.999_96, Some("100.0%")),
            ("#,##0", 999.0, None),
            ("#,##0", 1_234_567.0, Some("1,234,567")),
            ("#,##0.00", -1234.5, Some("-1,234.50")),
            ("#,##0;(#,##0)", -1234.0, Some("(1,234)")),
            ("0;-0;\"なし\"", 0.0, Some("なし")),
            ("#", 0.0, Some("")),
            ("0,", 12_345.0, Some("12")),
            ("0\"歳\"", 20.0, Some("20歳")),
            ("0円", 20.0, Some("20円")),
            ("[$¥-411]#,##0", 1500.0, Some("¥1,500")),
            ("[Red]0", 3.0, None),
            ("0_ ", 3.0, None),
            ("0.00E+00", 1234.0, Some("1.23E+03")),
            ("# ?/?", 0.5, Some("# ?/?")),
            ("[>=100]0.0;0", 100.0, Some("[>=100]0.0;0")),
            ("0000-0000", 12.0, Some("0000-0000")),
            ("0.000", 1e-9, Some("0.000")),
            ("0.00", 0.999, Some("1.00")),
            ("0", 1e15, None),
        ] {
            let mut stored = String::new();
            value::number(number, &mut stored);
            assert_eq!(
                NumberFormat::read(code).shown(number, &stored).as_deref(),
                expected,
                "{code} {number}"
            );
        }
    }

    #[test]
    fn dates_are_told_from_times() {
        for (code, expected) in [
            ("yyyy/mm/dd", Clock::Date),
            ("yyyy\"年\"m\"月\"d\"日\"", Clock::Date),
            ("[$-411]ggge\"年\"m\"月\"d\"日\";@", Clock::Date),
            ("mmm-yy", Clock::Date),
            ("mm", Clock::Date),
            ("yyyy/mm/dd hh:mm", Clock::Date),
            ("h:mm", Clock::Time),
            ("mm:ss.0", Clock::Time),
            ("[h]:mm:ss", Clock::Elapsed),
            ("[mm]:ss", Clock::Elapsed),
        ] {
            assert_eq!(NumberFormat::read(code), NumberFormat::Date(expected), "{code}");
        }
        assert!(matches!(NumberFormat::read("0\"days\""), NumberFormat::Number(_)));
    }
}
