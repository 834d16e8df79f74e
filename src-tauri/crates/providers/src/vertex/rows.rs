//! One row of the results: `{"status","processed_time","request","response"}`, and what else was in the input
//! (wire notes 3.3, 3.4).

use serde_json::Value;
use tabane_model::{Outcome, Status};

use super::line::LABEL;
use crate::gemini::{read_answer, word};
use crate::lenient::text;
use crate::results::{MOST, failed};

/// A row of this shape, and of no other service's.
pub(crate) fn reads(row: &Value) -> bool {
    let answer = &row["response"];
    let others = ["error", "result", "body", "method"]
        .iter()
        .any(|name| row.get(*name).is_some())
        || answer.get("status_code").is_some();
    // A row of a table that never ran has no status.
    let status = &row["status"];
    let told = status.is_string() || (status.is_null() && row.get("status").is_some());
    told && !others
        && (row.get("response").is_some()
            || row["request"].is_object()
            || row.get("processed_time").is_some())
}

/// By its status alone: a success has none.
pub(crate) fn read_row(row: &Value) -> Outcome {
    let outcome = match row["status"].as_str().map(str::trim) {
        Some("") => read_answer(&row["response"]),
        Some(status) => refused(status),
        None if row["response"].get("candidates").is_some() => read_answer(&row["response"]),
        None => Outcome::empty(Status::Expired),
    };
    Outcome {
        wire_id: text(&row["custom_id"]).or_else(|| text(&row["request"]["labels"][LABEL])),
        ..outcome
    }
}

/// `Bad Request: {"error": {...}}`, or words alone.
fn refused(status: &str) -> Outcome {
    let json = status
        .split_once(": ")
        .and_then(|(_, json)| serde_json::from_str::<Value>(json).ok());
    let error = json
        .as_ref()
        .map(|json| json.get(0).unwrap_or(json))
        .map(|json| &json["error"]);
    let shown =
        |words: &str| (!words.trim_start().starts_with('<')).then(|| words.chars().take(MOST).collect());
    match error.filter(|error| error.is_object()) {
        Some(error) => {
            let outcome = failed(&word(error), error["message"].as_str().and_then(shown));
            match outcome.error_code.as_deref() {
                Some("CANCELLED") => Outcome {
                    status: Status::Cancelled,
                    ..outcome
                },
                _ => outcome,
            }
        }
        None => failed("unknown", shown(status)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_result_line;

    const ANSWER: &str = r#"{"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3}}"#;

    #[test]
    fn the_id_stands_beside_the_request_or_in_it_or_nowhere() {
        let echo = r#""request":{"contents":[],"labels":{"tabane_id":"b"},"tools":null}"#;
        for (fields, id) in [
            (format!(r#""custom_id":"a",{echo}"#), Some("a")),
            (format!(r#""custom_id":null,{echo}"#), Some("b")),
            (echo.to_owned(), Some("b")),
            (r#""request":{"labels":null}"#.to_owned(), None),
        ] {
            let outcome = read_result_line(&format!(
                r#"{{"status":"","processed_time":"t",{fields},"response":{ANSWER}}}"#
            ));
            assert_eq!(
                (outcome.wire_id.as_deref(), outcome.answer.as_deref()),
                (id, Some("x")),
                "{fields}"
            );
            assert_eq!(
                (outcome.status, outcome.input_tokens),
                (Status::Succeeded, Some(3))
            );
        }
    }

    #[test]
    fn a_status_says_why_not() {
        let said = r#"Bad Request: {\"error\": {\"code\": 400, \"message\": \"m: n\", \"status\": \"INVALID_ARGUMENT\"}}"#;
        for (status, kind, code, message) in [
            (said, Status::Failed, "INVALID_ARGUMENT", Some("m: n")),
            (
                r#"X: [{\"error\":{\"code\":1,\"message\":\"m\"}}]"#,
                Status::Cancelled,
                "CANCELLED",
                Some("m"),
            ),
            (
                "Internal error: try again",
                Status::Failed,
                "unknown",
                Some("Internal error: try again"),
            ),
            (
                "Bad: {\\\"error\\\": 5}",
                Status::Failed,
                "unknown",
                Some("Bad: {\"error\": 5}"),
            ),
            ("<html>bad</html>", Status::Failed, "unknown", None),
        ] {
            let outcome = read_result_line(&format!(
                r#"{{"custom_id":"a","status":"{status}","response":{{}}}}"#
            ));
            assert_eq!(
                (outcome.status, outcome.error_code.as_deref()),
                (kind, Some(code)),
                "{status}"
            );
            assert_eq!(outcome.error_message.as_deref(), message, "{status}");
        }
    }

    #[test]
    fn odd_rows_are_no_successes() {
        for (line, status) in [
            (r#"{"custom_id":"a","status":"","response":{}}"#, Status::Failed),
            (r#"{"custom_id":"a","status":"","response":null}"#, Status::Failed),
            (
                r#"{"custom_id":"a","status":"","response":"{broken"}"#,
                Status::Failed,
            ),
            (r#"{"custom_id":"a","status":"","request":{}}"#, Status::Failed),
            (
                r#"{"custom_id":"a","status":null,"response":null}"#,
                Status::Expired,
            ),
        ] {
            assert_eq!(read_result_line(line).status, status, "{line}");
        }
    }

    #[test]
    fn rows_of_other_services_are_not_taken_for_its_own() {
        for line in [
            r#"{"custom_id":"r","response":{"status_code":200,"body":{}},"error":null}"#,
            r#"{"key":"r","response":{"candidates":[]}}"#,
            r#"{"custom_id":"r","result":{"type":"succeeded"},"status":"x"}"#,
            r#"{"status":"ok"}"#,
            r#"{"status":{"code":3},"response":{}}"#,
            "[]",
            "7",
        ] {
            assert!(!reads(&serde_json::from_str(line).unwrap()), "{line}");
        }
    }
}
