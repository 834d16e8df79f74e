//! Times as services write them: integers, floats, numbers in quotes, ISO texts, dates alone.

use serde_json::Value;
use tabane_model::Millis;

pub(crate) fn read(value: &Value) -> Option<Millis> {
    match value {
        Value::Number(number) => number.as_f64().and_then(from_seconds),
        Value::String(text) => read_text(text.trim()),
        _ => None,
    }
}

fn read_text(text: &str) -> Option<Millis> {
    if let Ok(seconds) = text.parse::<f64>() {
        return from_seconds(seconds);
    }
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(at.as_millisecond());
    }
    if let Ok(at) = text.parse::<jiff::civil::DateTime>() {
        return utc(at);
    }
    utc(text
        .parse::<jiff::civil::Date>()
        .ok()?
        .to_datetime(jiff::civil::Time::midnight()))
}

fn utc(at: jiff::civil::DateTime) -> Option<Millis> {
    Some(jiff::tz::TimeZone::UTC.to_timestamp(at).ok()?.as_millisecond())
}

/// Unix seconds; some clones write milliseconds.
fn from_seconds(seconds: f64) -> Option<Millis> {
    if !seconds.is_finite() || seconds <= 0.0 {
        return None;
    }
    let millis = if seconds > 1e11 {
        seconds
    } else {
        seconds * 1_000.0
    };
    #[allow(clippy::cast_possible_truncation)] // far below 2^63
    Some(millis as Millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_of_every_shape() {
        let at = 1_795_430_000_000;
        for value in [
            json!(1_795_430_000),
            json!(1_795_430_000.0),
            json!("1795430000"),
            json!(1_795_430_000_000_i64),
            json!("2026-11-23T10:33:20Z"),
            json!("2026-11-23T10:33:20"),
        ] {
            assert_eq!(read(&value), Some(at), "{value}");
        }
        assert!(read(&json!("2026-11-23")).is_some());
        for value in [json!(null), json!(""), json!(0), json!("soon"), json!({})] {
            assert_eq!(read(&value), None, "{value}");
        }
    }
}
