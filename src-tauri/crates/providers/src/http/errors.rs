//! Error answers of every shape that is known, and errors of the way there.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;
use tabane_model::Failure;

use crate::{Fault, FaultKind};

/// What a service said in its error answer.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    code: String,
    message: String,
    /// It was JSON: the service's own words, not a proxy's.
    own_words: bool,
}

/// From an answer that is no success.
pub(crate) fn classify(status: StatusCode, headers: &HeaderMap, body: &str, service: &str) -> Fault {
    let said = read(body);
    let text = said.message.to_lowercase();
    let code = said.code.as_str();
    let number = status.as_u16();
    let no_credit = [
        "insufficient_quota",
        "billing_hard_limit_reached",
        "insufficient_balance",
    ]
    .contains(&code)
        || text.contains("billing hard limit")
        || text.contains("exceeded your current quota")
        || number == 402;
    let (name, kind) = match number {
        // A 4xx that is not the service's own JSON may be a proxy's: nobody knows what it did with the request.
        400..=499 if !said.own_words && number != 413 => match number {
            401 | 403 | 407 => ("key-refused", FaultKind::Key),
            404 | 410 => ("not-found-at-provider", FaultKind::NotFound),
            429 => (
                "rate-limited",
                FaultKind::RateLimited {
                    retry_after: retry_after(headers),
                },
            ),
            _ => ("not-an-api", FaultKind::NotAnApi),
        },
        _ if no_credit => ("balance-empty", FaultKind::Balance),
        401 | 403 => ("key-refused", FaultKind::Key),
        404 | 410 => ("not-found-at-provider", FaultKind::NotFound),
        413 => ("file-too-large-for-provider", FaultKind::TooLarge),
        400 | 422 if text.contains("too large") => ("file-too-large-for-provider", FaultKind::TooLarge),
        429 => (
            "rate-limited",
            FaultKind::RateLimited {
                retry_after: retry_after(headers),
            },
        ),
        408 | 500..=599 => ("provider-in-trouble", FaultKind::Server),
        _ => ("refused-by-provider", FaultKind::Refused(number)),
    };
    let mut failure = Failure::new(name)
        .with("service", service)
        .with("status", u32::from(number));
    if !said.message.is_empty() {
        failure = failure.detail(said.message);
    }
    Fault { failure, kind }
}

/// From a connection that did not do it. The address stays out of it: it may hold a password.
pub(crate) fn transport(error: &reqwest::Error, service: &str) -> Fault {
    let (code, kind) = if error.is_connect() {
        ("network-unreachable", FaultKind::Unreachable)
    } else if error.is_timeout() {
        ("network-timeout", FaultKind::Network)
    } else {
        ("network-cut", FaultKind::Network)
    };
    let mut words = Vec::new();
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(inner) = cause {
        words.push(inner.to_string());
        cause = inner.source();
    }
    let mut failure = Failure::new(code).with("service", service);
    failure.detail = (!words.is_empty()).then(|| words.join(": "));
    Fault { failure, kind }
}

/// OpenAI's `{"error":{...}}`, `{"error":"text"}`, `{"detail":...}` in three shapes, `{"code","message"}`, text.
fn read(body: &str) -> Said {
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        let shown = if body.trim_start().starts_with('<') {
            String::new()
        } else {
            body.chars().take(300).collect()
        };
        return Said {
            message: shown,
            ..Said::default()
        };
    };
    let word = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let mut said = Said {
        own_words: value.is_object(),
        ..Said::default()
    };
    for place in [
        &value["error"],
        &value["detail"]["error"],
        &value["detail"],
        &value,
    ] {
        match place {
            Value::String(text) => said.message.clone_from(text),
            Value::Array(list) => {
                let messages: Vec<_> = list.iter().filter_map(|entry| entry["msg"].as_str()).collect();
                said.message = messages.join("; ");
            }
            Value::Object(_) => {
                said.message = word(&place["message"]);
                said.code = word(&place["code"]);
                if said.code.is_empty() {
                    said.code = word(&place["type"]);
                }
            }
            _ => {}
        }
        if !said.message.is_empty() {
            break;
        }
    }
    said
}

/// `retry-after-ms`, or `retry-after` in seconds or as a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(wait) = text("retry-after-ms").and_then(|text| text.parse::<u64>().ok()) {
        return Some(Duration::from_millis(wait));
    }
    let text = text("retry-after")?;
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let wait = at.as_second() - jiff::Timestamp::now().as_second();
    u64::try_from(wait).ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(status: u16, body: &str) -> FaultKind {
        classify(
            StatusCode::from_u16(status).unwrap(),
            &HeaderMap::new(),
            body,
            "S",
        )
        .kind
    }

    #[test]
    fn error_bodies_of_every_shape_are_read() {
        for (body, message) in [
            (r#"{"error":{"message":"m","code":"c"}}"#, "m"),
            (r#"{"error":"m"}"#, "m"),
            (r#"{"detail":"m"}"#, "m"),
            (r#"{"detail":{"error":{"message":"m"}}}"#, "m"),
            (r#"{"detail":[{"loc":["body"],"msg":"m","type":"t"}]}"#, "m"),
            (r#"{"code":5,"message":"m"}"#, "m"),
            (r#"{"object":"error","message":"m"}"#, "m"),
            ("m", "m"),
            ("<html>secret</html>", ""),
            ("", ""),
        ] {
            assert_eq!(read(body).message, message, "{body}");
        }
    }

    #[test]
    fn statuses_and_codes_say_what_to_do() {
        let json = r#"{"error":{"message":"no","code":"x"}}"#;
        assert_eq!(kind(401, json), FaultKind::Key);
        assert_eq!(kind(404, json), FaultKind::NotFound);
        assert_eq!(kind(400, json), FaultKind::Refused(400));
        assert_eq!(kind(503, json), FaultKind::Server);
        assert_eq!(kind(413, "<html>"), FaultKind::TooLarge);
        assert_eq!(
            kind(400, r#"{"error":{"message":"File is too large."}}"#),
            FaultKind::TooLarge
        );
        assert_eq!(kind(429, json), FaultKind::RateLimited { retry_after: None });
        let quota = r#"{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}"#;
        assert_eq!(kind(429, quota), FaultKind::Balance);
        // A proxy's page says nothing of what became of the request.
        assert_eq!(kind(400, "<html>bad</html>"), FaultKind::NotAnApi);
    }

    #[test]
    fn retry_after_in_every_unit() {
        let told = |name: &'static str, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().unwrap());
            retry_after(&headers)
        };
        assert_eq!(told("retry-after-ms", "250"), Some(Duration::from_millis(250)));
        assert_eq!(told("retry-after", "1.5"), Some(Duration::from_millis(1_500)));
        assert!(told("retry-after", "Fri, 31 Dec 2100 23:59:59 GMT").unwrap() > Duration::from_secs(1_000));
        assert_eq!(told("retry-after", "Fri, 31 Dec 1999 23:59:59 GMT"), None);
        assert_eq!(told("retry-after", "soon"), None);
    }
}
