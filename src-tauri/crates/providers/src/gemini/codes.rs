//! The numbers of `google.rpc.Code` and their words.

use serde_json::Value;

use crate::lenient::{number, text};

/// By number from 0.
const WORDS: [&str; 17] = [
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
];

/// The word for an error: its `status`, or its `code` by `google.rpc.Code`; some codes are those of HTTP.
pub(crate) fn word(error: &Value) -> String {
    if let Some(status) = error["status"].as_str().filter(|status| !status.is_empty()) {
        return status.to_owned();
    }
    match number(&error["code"]) {
        Some(code) => usize::try_from(code)
            .ok()
            .and_then(|code| WORDS.get(code))
            .map_or_else(|| format!("http_{code}"), |word| (*word).to_owned()),
        None => text(&error["code"]).unwrap_or_else(|| "unknown".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_error_has_a_word() {
        for (error, expected) in [
            (json!({ "code": 3 }), "INVALID_ARGUMENT"),
            (json!({ "code": "8" }), "RESOURCE_EXHAUSTED"),
            (json!({ "code": 16 }), "UNAUTHENTICATED"),
            (
                json!({ "code": 400, "status": "INVALID_ARGUMENT" }),
                "INVALID_ARGUMENT",
            ),
            (json!({ "code": 503 }), "http_503"),
            (json!({ "code": "blocked" }), "blocked"),
            (json!({ "message": "m" }), "unknown"),
            (json!("m"), "unknown"),
        ] {
            assert_eq!(word(&error), expected, "{error}");
        }
    }
}
