//! Numbers, dates and times as text.

use std::fmt::Write as _;

use calamine::{ExcelDateTime, ExcelDateTimeType};

/// From here on whole numbers are no longer exact in an `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// Digits that Excel keeps of a number that is typed in.
const EXCEL_DIGITS: usize = 15;
/// A number that needs no more digits than this once rounded to Excel's was meant so; what follows is noise.
const MEANT: usize = 12;
const DAY: i64 = 86_400_000;
/// The day after 9999-12-31, counted from 1900.
const LAST_DAY: i64 = 2_958_466;

/// A number in full: no exponent, no `.0`, and no noise of binary fractions (0.1 + 0.2 is 0.3). Otherwise as
/// many digits as are needed to read the same number back.
pub(super) fn number(value: f64, out: &mut String) {
    if value.fract() == 0.0 && value.abs() < EXACT {
        if value < 0.0 {
            out.push('-');
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole and exact
        digits(value.abs() as u64, 1, out);
        return;
    }
    if few_decimals(value, out) {
        return;
    }
    let from = out.len();
    // Writing to a string cannot fail; `Display` of a float never has an exponent.
    let _ = write!(out, "{value}");
    if out.len() - from <= EXCEL_DIGITS {
        return;
    }
    let rounded = format!("{value:.*e}", EXCEL_DIGITS - 1);
    let digits = rounded.split('e').next().unwrap_or_default();
    let meant = digits
        .trim_end_matches('0')
        .bytes()
        .filter(u8::is_ascii_digit)
        .count();
    if let Ok(rounded) = rounded.parse::<f64>()
        && meant <= MEANT
    {
        out.truncate(from);
        let _ = write!(out, "{rounded}");
    }
}

/// Writes a number with up to four decimals, which most are, in half the time. A whole number divided by a power of
/// ten is rounded to the same float as the text is that stands for it.
fn few_decimals(value: f64, out: &mut String) -> bool {
    for (decimals, power) in [(1, 10u64), (2, 100), (3, 1_000), (4, 10_000)] {
        #[allow(clippy::cast_precision_loss)] // small powers are exact
        let divisor = power as f64;
        let scaled = (value.abs() * divisor).round();
        #[allow(clippy::float_cmp)] // exactly the same float is wanted
        if scaled < 1e15 && scaled / divisor == value.abs() {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole, and checked above
            let scaled = scaled as u64;
            if value < 0.0 {
                out.push('-');
            }
            digits(scaled / power, 1, out);
            out.push('.');
            digits(scaled % power, decimals, out);
            return true;
        }
    }
    false
}

/// At least so many digits, with noughts before.
fn digits(mut number: u64, least: usize, out: &mut String) {
    let from = out.len();
    while number > 0 || out.len() - from < least {
        #[allow(clippy::cast_possible_truncation)] // below 10
        out.insert(from, char::from(b'0' + (number % 10) as u8));
        number /= 10;
    }
}

/// What the number format of a date shows: a serial number alone does not tell a time from the first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// With a year or a day.
    Date,
    /// Hours, minutes and seconds only.
    Time,
    /// Hours beyond 24: `[h]:mm`.
    Elapsed,
}

/// A serial number of Excel as an ISO date (`2026-04-01`), date and time (`2026-04-01T13:30:00`), time
/// (`13:30:00`) or time span (`36:30:00`). `false`, and nothing written: it is outside Excel's calendar.
pub(super) fn serial(value: f64, clock: Clock, is_1904: bool, out: &mut String) -> bool {
    #[allow(clippy::cast_precision_loss)]
    if !value.is_finite() || value.abs() > LAST_DAY as f64 {
        return false;
    }
    #[allow(clippy::cast_possible_truncation)] // bounded above
    let milliseconds = (value * 86_400_000.0).round() as i64;
    if clock == Clock::Elapsed {
        if milliseconds < 0 {
            out.push('-');
        }
        time(milliseconds.abs(), out);
        return true;
    }
    let (days, rest) = (milliseconds.div_euclid(DAY), milliseconds.rem_euclid(DAY));
    if days < 0 || days >= LAST_DAY - if is_1904 { 1_462 } else { 0 } {
        return false;
    }
    // Day 0 is no day in the calendar that starts in 1900, but the first of the one that starts in 1904.
    if days == 0 && (!is_1904 || clock == Clock::Time) {
        time(rest, out);
        return true;
    }
    #[allow(clippy::cast_precision_loss)] // below 3 million
    let day = ExcelDateTime::new(days as f64, ExcelDateTimeType::DateTime, is_1904);
    let (year, month, day, ..) = day.to_ymd_hms_milli();
    let _ = write!(out, "{year:04}-{month:02}-{day:02}");
    if rest != 0 {
        out.push('T');
        time(rest, out);
    }
    true
}

fn time(milliseconds: i64, out: &mut String) {
    let (seconds, milliseconds) = (milliseconds / 1000, milliseconds % 1000);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let _ = write!(out, "{hours:02}:{minutes:02}:{:02}", seconds % 60);
    if milliseconds != 0 {
        let _ = write!(out, ".{milliseconds:03}");
    }
}

/// A time span as OpenDocument has it (`PT36H30M00S`) as `36:30:00`. `None`: it is none.
pub(super) fn iso_span(text: &str) -> Option<String> {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let text = text.strip_prefix('P')?;
    let (days, times) = text.split_once('T').unwrap_or((text, ""));
    let mut milliseconds = 0.0;
    for (part, units) in [
        (days, [('D', 86_400_000.0), ('H', 0.0), ('M', 0.0)]),
        (times, [('H', 3_600_000.0), ('M', 60_000.0), ('S', 1_000.0)]),
    ] {
        let mut rest = part;
        while let Some(end) = rest.find(|character: char| character.is_ascii_alphabetic()) {
            let (figure, unit) = rest.split_at(end);
            let (_, size) = units
                .iter()
                .find(|(name, size)| unit.starts_with(*name) && *size > 0.0)?;
            milliseconds += figure.parse::<f64>().ok()? * size;
            rest = &unit[1..];
        }
        if !rest.is_empty() {
            return None;
        }
    }
    if !(0.0..1e15).contains(&milliseconds) {
        return None;
    }
    let mut out = sign.to_owned();
    #[allow(clippy::cast_possible_truncation)] // bounded above
    time(milliseconds.round() as i64, &mut out);
    Some(out)
}

/// A date as OpenDocument and strict Office Open XML have it: seconds that are noughts all day long are no
/// part of it, fractions that are nothing neither.
pub(super) fn iso_date(text: &str) -> &str {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let text = match text.rsplit_once('.') {
        Some((before, fraction)) if fraction.bytes().all(|byte| byte == b'0') => before,
        _ => text,
    };
    text.strip_suffix("T00:00:00").unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64) -> String {
        let mut out = String::new();
        number(value, &mut out);
        out
    }

    #[test]
    fn numbers_come_in_full() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (42.0, "42"),
            (-7.0, "-7"),
            (0.1 + 0.2, "0.3"),
            (3.300_000_000_000_000_3, "3.3"),
            (1.0 / 3.0, "0.3333333333333333"),
            (0.7, "0.7"),
            (-0.05, "-0.05"),
            (12.0305, "12.0305"),
            (2.675, "2.675"),
            (0.00001, "0.00001"),
            (1234.5, "1234.5"),
            (1_234_567_890_123_456.0, "1234567890123456"),
            (1.234_567_890_123_45e19, "12345678901234500000"),
            (1e21, "1000000000000000000000"),
            (1e-7, "0.0000001"),
            (4.900_000_000_000_001e-7, "0.00000049"),
            (std::f64::consts::PI, "3.141592653589793"),
            (99.999_999_999_999_99, "100"),
        ] {
            assert_eq!(shown(value), text);
        }
    }

    #[test]
    fn every_number_is_read_back() {
        let mut state = 1u64;
        for _ in 0..20_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            #[allow(clippy::cast_precision_loss)]
            let value = (state >> 40) as f64 / [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e7][(state % 7) as usize];
            let text = shown(value);
            assert_eq!(text.parse::<f64>().unwrap(), value, "{text}");
            assert!(!text.contains('.') || !text.ends_with('0'), "{text}");
        }
    }

    #[test]
    fn serial_numbers_are_dates_and_times() {
        let say = |value, clock, is_1904| {
            let mut out = String::new();
            serial(value, clock, is_1904, &mut out).then_some(out)
        };
        for (value, clock, is_1904, text) in [
            (46_113.0, Clock::Date, false, Some("2026-04-01")),
            (46_113.562_5, Clock::Date, false, Some("2026-04-01T13:30:00")),
            (44_651.0, Clock::Date, true, Some("2026-04-01")),
            (1.0, Clock::Date, false, Some("1900-01-01")),
            (59.0, Clock::Date, false, Some("1900-02-28")),
            (60.0, Clock::Date, false, Some("1900-02-29")),
            (61.0, Clock::Date, false, Some("1900-03-01")),
            (0.0, Clock::Date, true, Some("1904-01-01")),
            (0.5, Clock::Time, false, Some("12:00:00")),
            (0.5, Clock::Time, true, Some("12:00:00")),
            (0.0, Clock::Time, false, Some("00:00:00")),
            (1.520_833_333_333_333_3, Clock::Elapsed, false, Some("36:30:00")),
            (-0.25, Clock::Elapsed, false, Some("-06:00:00")),
            (0.999_999_999, Clock::Date, false, Some("1900-01-01")),
            (1.0 / 86_400_000.0, Clock::Time, false, Some("00:00:00.001")),
            (2_958_465.0, Clock::Date, false, Some("9999-12-31")),
            (2_958_466.0, Clock::Date, false, None),
            (-1.0, Clock::Date, false, None),
            (f64::NAN, Clock::Date, false, None),
            (1e300, Clock::Elapsed, false, None),
        ] {
            assert_eq!(say(value, clock, is_1904).as_deref(), text, "{value} {clock:?}");
        }
    }

    #[test]
    fn spans_and_dates_of_open_document() {
        for (text, expected) in [
            ("PT36H30M00S", Some("36:30:00")),
            ("PT08H05M03.5S", Some("08:05:03.500")),
            ("P1DT1H", Some("25:00:00")),
            ("-PT1H", Some("-01:00:00")),
            ("P1Y", None),
            ("PT1", None),
            ("8:00", None),
        ] {
            assert_eq!(iso_span(text).as_deref(), expected, "{text}");
        }
        assert_eq!(iso_date("2026-04-01T00:00:00"), "2026-04-01");
        assert_eq!(iso_date("2026-04-01T13:30:00.000000000"), "2026-04-01T13:30:00");
    }
}
