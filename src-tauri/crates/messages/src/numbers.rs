//! Numbers as people read them. Both languages group digits alike: 52,337.

use fluent_bundle::types::FluentNumber;

use crate::Language;

/// As many decimals as `Intl.NumberFormat` shows by default in the window, so that both sides agree.
const DECIMALS: usize = 3;

/// The number with no more decimals than are shown.
pub(crate) fn shown(number: f64) -> f64 {
    // Beyond this, a float has no thousandths to round.
    if number.abs() < 1e12 {
        (number * 1000.0).round() / 1000.0
    } else {
        number
    }
}

/// What Fluent prints for a number: grouped unless the sentence asks for plain digits
/// (`NUMBER($year, useGrouping: "false")`).
pub(crate) fn grouped(number: &FluentNumber) -> String {
    let options = &number.options;
    let most = options.maximum_fraction_digits.unwrap_or(DECIMALS);
    let least = options.minimum_fraction_digits.unwrap_or(0);
    // Adding zero turns -0 into 0.
    let mut text = format!("{:.*}", most.max(least).min(20), number.value + 0.0);
    if text.contains('.') {
        let keep = text.find('.').map_or(text.len(), |dot| dot + 1 + least);
        while text.len() > keep && text.ends_with('0') {
            text.pop();
        }
        if text.ends_with('.') {
            text.pop();
        }
    }
    if options.use_grouping { group(&text) } else { text }
}

/// Commas between each three digits before the decimal point.
fn group(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = rest.find('.').map_or((rest, ""), |dot| rest.split_at(dot));
    let mut out = String::with_capacity(text.len() + whole.len() / 3);
    out.push_str(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(fraction);
    out
}

impl Language {
    /// A whole number: 52,337.
    #[must_use]
    pub fn count(self, number: u64) -> String {
        group(&number.to_string())
    }

    /// A size of `bytes`: 812 B, 3.2 kB, 118.4 MB. Steps of 1,000, as macOS and Linux file managers count.
    #[must_use]
    pub fn bytes(self, bytes: u64) -> String {
        const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
        if bytes < 1000 {
            return format!("{bytes} B");
        }
        // In tenths of the unit, rounded half up, so that 999,950 B are 1.0 MB and never 1,000.0 kB.
        let mut size = u128::from(bytes);
        let mut unit: u128 = 1000;
        let mut name = UNITS[0];
        for next in &UNITS[1..] {
            if (size * 10 + unit / 2) / unit < 10_000 {
                break;
            }
            unit *= 1000;
            name = next;
        }
        size = (size * 10 + unit / 2) / unit;
        format!("{}.{} {name}", group(&(size / 10).to_string()), size % 10)
    }
}

#[cfg(test)]
mod tests {
    use fluent_bundle::types::FluentNumberOptions;

    use super::*;

    fn plain(value: f64) -> String {
        grouped(&FluentNumber::from(value))
    }

    #[test]
    fn groups_digits() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (999.0, "999"),
            (1_000.0, "1,000"),
            (52_337.0, "52,337"),
            (1_234_567.0, "1,234,567"),
            (-1_234.5, "-1,234.5"),
            (0.7, "0.7"),
            (0.123_456, "0.123"),
            (999.999_9, "1,000"),
        ] {
            assert_eq!(plain(number), text);
        }
    }

    #[test]
    fn a_sentence_can_ask_for_another_form() {
        let with = |value, options| grouped(&FluentNumber::new(value, options));
        let year = FluentNumberOptions {
            use_grouping: false,
            ..Default::default()
        };
        assert_eq!(with(2026.0, year), "2026");
        let money = FluentNumberOptions {
            minimum_fraction_digits: Some(2),
            ..Default::default()
        };
        assert_eq!(with(1.2, money.clone()), "1.20");
        assert_eq!(with(12_345.678, money), "12,345.678");
        let whole = FluentNumberOptions {
            maximum_fraction_digits: Some(0),
            ..Default::default()
        };
        assert_eq!(with(1_999.7, whole), "2,000");
    }

    #[test]
    fn rounds_to_what_is_shown() {
        assert!((shown(0.1 + 0.2) - 0.3).abs() < f64::EPSILON);
        assert!((shown(1e300) - 1e300).abs() < f64::EPSILON);
        assert!(shown(1e-300).abs() < f64::MIN_POSITIVE);
    }

    #[test]
    fn counts() {
        for language in Language::ALL {
            assert_eq!(language.count(0), "0");
            assert_eq!(language.count(52_337), "52,337");
            assert_eq!(language.count(u64::MAX), "18,446,744,073,709,551,615");
        }
    }

    #[test]
    fn sizes() {
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (3_249, "3.2 kB"),
            (3_250, "3.3 kB"),
            (999_949, "999.9 kB"),
            (999_950, "1.0 MB"),
            (118_400_000, "118.4 MB"),
            (209_715_200, "209.7 MB"),
            (7_000_000_000, "7.0 GB"),
            (u64::MAX, "18,446,744.1 TB"),
        ] {
            assert_eq!(Language::En.bytes(bytes), text);
            assert_eq!(Language::Ja.bytes(bytes), text);
        }
    }
}
