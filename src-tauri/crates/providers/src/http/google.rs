//! What Google adds to an error (`google.rpc.Status` as JSON): a word for it, and details of known kinds.

use std::time::Duration;

use serde_json::Value;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Details {
    /// Such as `RESOURCE_EXHAUSTED`.
    pub(super) status: String,
    /// `ErrorInfo`: such as `API_KEY_INVALID`.
    pub(super) reason: String,
    /// `ErrorInfo`: the interface that is meant, such as `Generative Language API`.
    pub(super) interface: String,
    /// `RetryInfo`: how long to wait. It stands here and in no header.
    pub(super) retry_after: Option<Duration>,
}

impl Details {
    /// Empty for the error of any other service.
    pub(super) fn read(body: &str) -> Self {
        let value = serde_json::from_str::<Value>(body).unwrap_or_default();
        let error = &unwrapped(&value)["error"];
        let details = error["details"].as_array().map(Vec::as_slice).unwrap_or_default();
        let of = |kind: &str| {
            let names =
                move |detail: &&Value| detail["@type"].as_str().is_some_and(|name| name.ends_with(kind));
            details.iter().find(names).unwrap_or(&Value::Null)
        };
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let info = of("google.rpc.ErrorInfo");
        let interface = ["serviceTitle", "service"]
            .iter()
            .find_map(|name| info["metadata"][*name].as_str());
        Self {
            status: word(&error["status"]),
            reason: word(&info["reason"]),
            interface: interface.unwrap_or("API").to_owned(),
            retry_after: of("google.rpc.RetryInfo")["retryDelay"]
                .as_str()
                .and_then(duration),
        }
    }

    /// The key is none: Google calls that a bad request (wire notes 2.10).
    pub(super) fn key_refused(&self) -> bool {
        self.reason == "API_KEY_INVALID"
    }

    /// The key is good, but its project has not switched the interface on.
    pub(super) fn interface_off(&self) -> bool {
        self.reason == "SERVICE_DISABLED"
    }

    /// Too much at once. Google's words for it are those that elsewhere mean an empty balance.
    pub(super) fn exhausted(&self) -> bool {
        self.status == "RESOURCE_EXHAUSTED"
    }
}

/// Google sometimes wraps an error into a list of one (google-genai 3.4.0 handles it).
pub(super) fn unwrapped(value: &Value) -> &Value {
    match value.as_array().map(Vec::as_slice) {
        Some([only]) => only,
        _ => value,
    }
}

/// `57.238747106s`: seconds as protobuf writes them.
fn duration(text: &str) -> Option<Duration> {
    let seconds = text.strip_suffix('s')?.parse::<f64>().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_of_known_kinds_are_read_wrapped_or_not() {
        let body = r#"{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[
            {"@type":"type.googleapis.com/google.rpc.Help","links":[]},
            {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"RATE_LIMIT_EXCEEDED",
             "metadata":{"service":"generativelanguage.googleapis.com"}},
            {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"57.25s"}]}}"#;
        let expected = Details {
            status: "RESOURCE_EXHAUSTED".to_owned(),
            reason: "RATE_LIMIT_EXCEEDED".to_owned(),
            interface: "generativelanguage.googleapis.com".to_owned(),
            retry_after: Some(Duration::from_millis(57_250)),
        };
        assert!(expected.exhausted());
        assert_eq!(Details::read(&format!("[{body}]")), expected);
        assert_eq!(Details::read(body), expected);
    }

    #[test]
    fn other_errors_have_none() {
        for body in [
            "",
            "<html>",
            "[]",
            "{}",
            r#"{"error":"m"}"#,
            r#"{"error":{"details":"m","status":429}}"#,
            r#"{"error":{"details":[{"@type":"x/google.rpc.RetryInfo","retryDelay":"-1s"},{},7]}}"#,
        ] {
            let details = Details::read(body);
            assert_eq!(
                (details.status.as_str(), details.reason.as_str()),
                ("", ""),
                "{body}"
            );
            assert_eq!(details.retry_after, None, "{body}");
        }
    }
}
