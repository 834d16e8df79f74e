//! Numbers as people write them into cells and formulas, and as they are shown and sent.

/// The number in a cell. Full-width digits, signs and points are understood; words, units, grouping (`1,000`) and
/// decimal commas are not guessed at.
pub(crate) fn read(cell: &str) -> Option<f64> {
    let plain: String = cell.trim().chars().map(narrow).collect();
    // What Rust reads beside this ("inf", "nan") is no number to a researcher.
    let allowed = |letter: char| letter.is_ascii_digit() || matches!(letter, '+' | '-' | '.' | 'e' | 'E');
    if !plain.chars().all(allowed) || !plain.chars().any(|letter| letter.is_ascii_digit()) {
        return None;
    }
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The half-width form of what a Japanese keyboard types full-width; anything else as it is.
pub(crate) fn narrow(letter: char) -> char {
    match letter {
        // The full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '−' | '‐' | '–' => '-',
        '×' => '*',
        '÷' => '/',
        '\u{3000}' => ' ',
        other => other,
    }
}

/// The result of a calculation to six decimals: 0.7 + 0.1 is 0.8.
pub(crate) fn rounded(number: f64) -> f64 {
    const DECIMALS: f64 = 1e6;
    let scaled = number * DECIMALS;
    // So large that it has no decimals to round.
    if scaled.abs() >= 9e15 {
        return number;
    }
    let result = scaled.round() / DECIMALS;
    if result == 0.0 { 0.0 } else { result }
}

/// In plain digits, as short as it is exact: `0.8`, `1`, `4127`.
pub(crate) fn shown(number: f64) -> String {
    number.to_string()
}

/// The same as a JSON number; whole ones without `.0`.
pub(crate) fn json(number: f64) -> Option<serde_json::Number> {
    // Below 2^53 the conversion is exact.
    #[allow(clippy::cast_possible_truncation)]
    if number.fract() == 0.0 && number.abs() <= LARGEST_WHOLE {
        return Some((number as i64).into());
    }
    serde_json::Number::from_f64(number)
}

/// 2^53 - 1: up to here every whole number is exact.
pub(crate) const LARGEST_WHOLE: f64 = 9_007_199_254_740_991.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_written() {
        for (cell, number) in [
            ("0.7", 0.7),
            (" 12 ", 12.0),
            ("０．７", 0.7),
            ("－０．２", -0.2),
            ("−3", -3.0),
            ("+1", 1.0),
            ("1e-3", 0.001),
            ("007", 7.0),
            (".5", 0.5),
            ("\u{3000}1\u{3000}", 1.0),
        ] {
            assert_eq!(read(cell), Some(number), "{cell}");
        }
        for cell in [
            "", " ", "high", "1,000", "0,7", "inf", "NaN", "1 2", "0.7度", "-", "1e999", "0x10", "e",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn results_are_rounded_sensibly() {
        assert_eq!(shown(rounded(0.7 + 0.1)), "0.8");
        assert_eq!(shown(rounded(0.1 + 0.2)), "0.3");
        assert_eq!(shown(rounded(1.0 / 3.0)), "0.333333");
        assert_eq!(shown(rounded(0.3 - 0.1 - 0.2)), "0");
        assert_eq!(shown(rounded(9e300)), shown(9e300));
        assert_eq!(shown(1.0), "1");
    }

    #[test]
    fn json_numbers_are_plain() {
        let text = |number| json(number).unwrap().to_string();
        assert_eq!(text(1.0), "1");
        assert_eq!(text(0.8), "0.8");
        assert_eq!(text(-2.0), "-2");
        assert_eq!(json(f64::NAN), None);
    }
}
