//! A number as it is written: digits, points, commas, and the bounds that a field sets.

use tabane_model::{FieldKind, MissingReason};

use super::text::folded;

/// What a number may be.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub(super) whole: bool,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
}

impl Bounds {
    pub(super) fn of(kind: &FieldKind) -> Option<Self> {
        match *kind {
            FieldKind::Integer { minimum, maximum } => Some(Self {
                whole: true,
                minimum,
                maximum,
            }),
            FieldKind::Decimal { minimum, maximum } => Some(Self {
                whole: false,
                minimum,
                maximum,
            }),
            FieldKind::Choice { .. } | FieldKind::YesNo | FieldKind::ShortText | FieldKind::LongText => None,
        }
    }

    pub(super) fn is_scale_end(self, number: &str) -> bool {
        self.maximum.is_none_or(|maximum| same(number, maximum))
    }

    pub(super) fn takes_percent(self) -> bool {
        self.maximum.is_none_or(|maximum| maximum >= 100.0)
    }

    /// Is this one of the ends of the scale?
    pub(super) fn is_end(self, number: Option<&str>) -> bool {
        number.is_some_and(|number| {
            [self.minimum, self.maximum]
                .iter()
                .flatten()
                .any(|bound| same(number, *bound))
        })
    }

    /// The echo of "0〜100".
    pub(super) fn is_range(self, low: &str, high: &str) -> bool {
        self.minimum.is_some_and(|minimum| same(low, minimum))
            && self.maximum.is_some_and(|maximum| same(high, maximum))
    }

    /// The value as it goes into the table, or why it cannot.
    pub(super) fn check(self, number: &str) -> Result<String, MissingReason> {
        let value: f64 = number.parse().map_err(|_| MissingReason::NotANumber)?;
        let plain = plain(number, self.whole);
        if self.whole && plain.contains('.') {
            return Err(MissingReason::NotWhole);
        }
        let low = self.minimum.is_some_and(|minimum| value < minimum);
        let high = self.maximum.is_some_and(|maximum| value > maximum);
        if low || high {
            return Err(MissingReason::OutOfRange);
        }
        Ok(plain)
    }
}

fn same(number: &str, bound: f64) -> bool {
    number.parse::<f64>().is_ok_and(|number| number == bound)
}

/// Without zeros that say nothing: `085` is `85`, and for a whole number `85.0` is too.
fn plain(number: &str, whole: bool) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number),
    };
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let before = match before.trim_start_matches('0') {
        "" => "0",
        before => before,
    };
    let after = if whole && after.bytes().all(|digit| digit == b'0') {
        ""
    } else {
        after
    };
    let zero = before == "0" && after.bytes().all(|digit| digit == b'0');
    let sign = if zero { "" } else { sign };
    match after {
        "" => format!("{sign}{before}"),
        after => format!("{sign}{before}.{after}"),
    }
}

/// A run of digits, points and commas as a number in plain digits. `Err` where two numbers could be meant or none.
pub(super) fn interpret(run: &str, whole: bool) -> Result<String, MissingReason> {
    let in_threes = |groups: &[&str]| {
        matches!(groups.first().map(|first| first.len()), Some(1..=3))
            && !groups[0].starts_with('0')
            && groups[1..].iter().all(|group| group.len() == 3)
    };
    let split = |part: &str, mark: char| part.split(mark).map(str::to_owned).collect::<Vec<_>>();
    let joined = |part: &str, mark: char| {
        let groups = split(part, mark);
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        (groups.len() == 1 || in_threes(&groups)).then(|| groups.concat())
    };
    match (run.rfind(','), run.rfind('.')) {
        (None, None) => Ok(run.to_owned()),
        (None, Some(point)) => match run.matches('.').count() {
            1 if point == 0 => Ok(format!("0{run}")),
            1 => Ok(run.to_owned()),
            _ => Err(MissingReason::NotANumber),
        },
        (Some(comma), None) => {
            let threes = joined(run, ',');
            match run.matches(',').count() {
                1 if whole => threes.ok_or(MissingReason::Ambiguous),
                1 if threes.is_none() => Ok(format!("{}.{}", &run[..comma], &run[comma + 1..])),
                1 => Err(MissingReason::Ambiguous),
                _ => threes.ok_or(MissingReason::Ambiguous),
            }
        }
        (Some(comma), Some(point)) => {
            let (thousands, decimal) = if comma < point { (',', point) } else { ('.', comma) };
            let before = joined(&run[..decimal], thousands).ok_or(MissingReason::Ambiguous)?;
            Ok(format!("{before}.{}", &run[decimal + 1..]))
        }
    }
}

/// The number that someone typed, and nothing else.
pub(super) fn accept(typed: &str, bounds: Bounds) -> Result<String, MissingReason> {
    let folded: String = folded(typed.trim());
    let (sign, run) = match folded.strip_prefix('-') {
        Some(run) => ("-", run.trim_start()),
        None => ("", folded.strip_prefix('+').unwrap_or(&folded)),
    };
    let digits = run
        .chars()
        .all(|character| matches!(character, '0'..='9' | '.' | ','));
    if !digits || !run.starts_with(|c: char| c.is_ascii_digit() || c == '.') || run.ends_with(['.', ',']) {
        return Err(MissingReason::NotANumber);
    }
    bounds.check(&format!("{sign}{}", interpret(run, bounds.whole)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Bounds = Bounds {
        whole: true,
        minimum: Some(0.0),
        maximum: Some(100.0),
    };
    const OPEN: Bounds = Bounds {
        whole: true,
        minimum: None,
        maximum: None,
    };
    const DECIMAL: Bounds = Bounds {
        whole: false,
        minimum: Some(-1.0),
        maximum: Some(5.0),
    };

    #[test]
    fn typed_by_hand() {
        assert_eq!(accept(" ８５ ", WHOLE), Ok("85".to_owned()));
        assert_eq!(accept("-0.5", DECIMAL), Ok("-0.5".to_owned()));
        assert_eq!(accept("1,234", OPEN), Ok("1234".to_owned()));
        for typed in ["85点", "", "8 5", "-", ".", "1.", "NaN", "inf", "1e2", "--5"] {
            assert_eq!(accept(typed, OPEN), Err(MissingReason::NotANumber), "{typed}");
        }
        assert_eq!(accept("101", WHOLE), Err(MissingReason::OutOfRange));
        assert_eq!(accept("8.5", WHOLE), Err(MissingReason::NotWhole));
    }
}
