//! How long a service asks to wait.

use std::time::Duration;

use reqwest::header::HeaderMap;

/// A longer wait is a mistake of the service: it is asked again after a day.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// `retry-after-ms`, or `retry-after` in seconds or as a date. `None`: nothing that can be read.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    told(headers).map(|wait| wait.min(LONGEST))
}

fn told(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::trim)
    };
    if let Some(millis) = text("retry-after-ms").and_then(|text| text.parse::<f64>().ok()) {
        return Duration::try_from_secs_f64(millis / 1_000.0).ok();
    }
    let after = text("retry-after")?;
    if let Ok(seconds) = after.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = |text: &str| jiff::fmt::rfc2822::parse(text).ok().map(|at| at.timestamp());
    // Against the service's own clock where it tells it: this computer's may be wrong.
    let now = text("date").and_then(date).unwrap_or_else(jiff::Timestamp::now);
    let wait = date(after)?.as_second() - now.as_second();
    Some(Duration::from_secs(u64::try_from(wait).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(pairs: &[(&'static str, &str)]) -> Option<Duration> {
        retry_after(
            &pairs
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
                .collect(),
        )
    }

    #[test]
    fn retry_after_in_every_unit() {
        assert_eq!(
            wait(&[("retry-after-ms", "250"), ("retry-after", "9")]),
            Some(Duration::from_millis(250))
        );
        assert_eq!(
            wait(&[("retry-after", "1.5")]),
            Some(Duration::from_millis(1_500))
        );
        let at = |date| [("retry-after", "Fri, 31 Dec 1999 23:59:59 GMT"), ("date", date)];
        assert_eq!(
            wait(&at("Fri, 31 Dec 1999 23:59:49 GMT")),
            Some(Duration::from_secs(10))
        );
        assert_eq!(wait(&at("Sat, 01 Jan 2000 00:00:00 GMT")), Some(Duration::ZERO));
        assert_eq!(
            wait(&[("retry-after", "Fri, 31 Dec 2100 23:59:59 GMT")]),
            Some(LONGEST)
        );
        assert_eq!(wait(&[("retry-after", "1e12")]), Some(LONGEST));
        for nothing in ["soon", "-1", "", "NaN", "1e400"] {
            assert_eq!(wait(&[("retry-after", nothing)]), None, "{nothing}");
        }
        assert_eq!(wait(&[]), None);
    }
}
