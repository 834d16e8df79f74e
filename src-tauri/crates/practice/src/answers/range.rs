//! Ranges in plain words: `from 0 to 100`, `0〜100`, `1点から5点`, `[-3, 3]`.

/// Bounds with as many decimals as they were written with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) decimals: usize,
}

/// What stands between two numbers of a range, without spaces and units.
/// The last is how limits stand in the description of a schema that may not hold them: `{minimum: 1, maximum: 7}`.
const BETWEEN: [&str; 16] = [
    "-",
    "–",
    "—",
    "―",
    "−",
    "~",
    "〜",
    "～",
    "ー",
    "..",
    "...",
    "to",
    "and",
    "から",
    "以上",
    ",maximum:",
];
const UNITS: [char; 5] = ['点', '%', '％', '個', '段'];

/// The last range in a text.
pub(super) fn last_range(text: &str) -> Option<Range> {
    let text = narrow(text);
    let numbers = numbers(&text);
    numbers.windows(2).rev().find_map(|pair| {
        let [(_, low_end, low), (high_start, _, high)] = pair else {
            return None;
        };
        let gap: String = text[*low_end..*high_start]
            .chars()
            .filter(|c| !c.is_whitespace() && !UNITS.contains(c))
            .collect();
        let joined =
            BETWEEN.contains(&gap.to_ascii_lowercase().as_str()) || (gap == "," && bracketed(&text, pair));
        let [low, high] = [low, high].map(|number| number.parse::<f64>().ok());
        let (low, high) = (low?, high?);
        (joined && low <= high).then_some(Range {
            low,
            high,
            decimals: decimals(pair[0].2).max(decimals(pair[1].2)),
        })
    })
}

/// Words around the number of a range that is open at one end.
const AT_LEAST: [&str; 6] = [
    "以上",
    "or more",
    "or above",
    "or higher",
    "or greater",
    "and above",
];
const AT_MOST: [&str; 6] = ["以下", "まで", "or less", "or below", "or lower", "or fewer"];

/// The last range that is open at one end, such as `0 or more` and `9以下`; the other end is made up.
pub(super) fn bounds(text: &str) -> Option<Range> {
    const WIDTH: f64 = 100.0;
    let text = narrow(text).to_lowercase();
    numbers(&text).into_iter().rev().find_map(|(_, end, number)| {
        let after = text[end..].trim_start_matches(|c: char| c.is_whitespace() || UNITS.contains(&c));
        let follows = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
        let bound: f64 = number.parse().ok()?;
        let decimals = decimals(number);
        if follows(&AT_LEAST) {
            let high = if bound < WIDTH { WIDTH } else { bound + WIDTH };
            Some(Range {
                low: bound,
                high,
                decimals,
            })
        } else if follows(&AT_MOST) {
            let low = if bound > 0.0 { 0.0 } else { bound - WIDTH };
            Some(Range {
                low,
                high: bound,
                decimals,
            })
        } else {
            None
        }
    })
}

fn decimals(number: &str) -> usize {
    number.split_once('.').map_or(0, |(_, after)| after.len())
}

/// Full-width digits and signs as ASCII.
pub(super) fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' | '．' | '－' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).collect()
}

/// `[0, 100]`
fn bracketed(text: &str, pair: &[(usize, usize, &str)]) -> bool {
    text[..pair[0].0].trim_end().ends_with('[') && text[pair[1].1..].trim_start().starts_with(']')
}

/// Each number with where it begins and ends. A minus belongs to it where it does not stand between two numbers.
fn numbers(text: &str) -> Vec<(usize, usize, &str)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found: Vec<(usize, usize, &str)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let mut end = at;
        while digit(end) {
            end += 1;
        }
        if bytes.get(end) == Some(&b'.') && digit(end + 1) {
            end += 1;
            while digit(end) {
                end += 1;
            }
        }
        let mut start = at;
        if at > 0 && bytes[at - 1] == b'-' {
            let before = found.last().map_or(0, |last| last.1);
            let gap = text[before..at - 1].trim();
            if found.is_empty() || !gap.is_empty() {
                start = at - 1;
            }
        }
        found.push((start, end, &text[start..end]));
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_found_in_plain_words() {
        for (text, low, high) in [
            ("a whole number from 0 to 100", 0.0, 100.0),
            ("0〜100の整数", 0.0, 100.0),
            ("０～１００の数値で答えてください", 0.0, 100.0),
            ("1点から5点", 1.0, 5.0),
            ("0以上100以下の整数", 0.0, 100.0),
            ("(1-7)", 1.0, 7.0),
            ("-3 to 3", -3.0, 3.0),
            ("-5〜-1", -5.0, -1.0),
            ("[0, 10]", 0.0, 10.0),
            ("between 1 and 9", 1.0, 9.0),
            ("In 1914 and later. Rate 1–5.", 1.0, 5.0),
            ("0% to 100%", 0.0, 100.0),
            ("1 is bad, 7 is good\n\n{minimum: 1, maximum: 7}", 1.0, 7.0),
        ] {
            assert_eq!(
                last_range(text),
                Some(Range {
                    low,
                    high,
                    decimals: 0
                }),
                "{text}"
            );
        }
        assert_eq!(
            last_range("0.0 to 1.0"),
            Some(Range {
                low: 0.0,
                high: 1.0,
                decimals: 1
            })
        );
    }

    #[test]
    fn other_numbers_are_no_range() {
        for text in ["", "17:40", "two of 3", "5 to 1", "1, 2", "3.", "10〜"] {
            assert_eq!(last_range(text), None, "{text}");
        }
    }
}
