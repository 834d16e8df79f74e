//! One row of the results: `{"key","response"}` or `{"key","error"}`. Batches that took their requests with the create
//! tell the id under `metadata`, or not at all (googleapis/python-genai#1886).

use serde_json::Value;
use tabane_model::{Outcome, Status};

use super::{read_answer, word};
use crate::lenient::text;
use crate::results::{MOST, failed};

/// A row of this shape, and of no other service's.
pub(crate) fn reads(row: &Value) -> bool {
    // OpenAI's way and its like; Vertex repeats the request and has a status in words.
    let others = ["custom_id", "request", "processed_time"]
        .iter()
        .any(|name| row.get(*name).is_some())
        || row["status"].is_string();
    let answer = &row["response"];
    let named = row.get("key").is_some() || row["metadata"].get("key").is_some();
    let answered = answer["candidates"].is_array() || answer["promptFeedback"].is_object();
    !others && (named || answered)
}

pub(crate) fn read_row(row: &Value) -> Outcome {
    let error = [&row["error"], &row["status"]]
        .into_iter()
        .find(|error| error.as_object().is_some_and(|fields| !fields.is_empty()));
    Outcome {
        wire_id: text(&row["key"]).or_else(|| text(&row["metadata"]["key"])),
        ..error.map_or_else(|| read_answer(&row["response"]), refused)
    }
}

fn refused(error: &Value) -> Outcome {
    let message = text(&error["message"]).filter(|message| !message.trim_start().starts_with('<'));
    let message = message.map(|message| message.chars().take(MOST).collect());
    let outcome = failed(&word(error), message);
    match outcome.error_code.as_deref() {
        Some("CANCELLED") => Outcome {
            status: Status::Cancelled,
            ..outcome
        },
        _ => outcome,
    }
}

#[cfg(test)]
mod tests {
    use crate::read_result_line;
    use tabane_model::Status;

    #[test]
    fn answers_by_either_form() {
        const ANSWER: &str = r#"{"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP"}]}"#;
        for (line, id) in [
            (format!(r#"{{"key":"r","response":{ANSWER}}}"#), Some("r")),
            (
                format!(r#"{{"response":{ANSWER},"metadata":{{"key":"r"}}}}"#),
                Some("r"),
            ),
            (format!(r#"{{"response":{ANSWER}}}"#), None),
            (
                format!(r#"{{"key":null,"response":{ANSWER},"error":{{}}}}"#),
                None,
            ),
        ] {
            let outcome = read_result_line(&line);
            assert_eq!(outcome.status, Status::Succeeded, "{line}");
            assert_eq!(
                (outcome.answer.as_deref(), outcome.wire_id.as_deref()),
                (Some("x"), id),
                "{line}"
            );
        }
    }

    #[test]
    fn errors_of_every_shape() {
        for (line, status, code) in [
            (
                r#"{"key":"r","error":{"code":3,"message":"m","details":[]}}"#,
                Status::Failed,
                "INVALID_ARGUMENT",
            ),
            (
                r#"{"key":"r","error":{"code":1,"message":"m"}}"#,
                Status::Cancelled,
                "CANCELLED",
            ),
            (
                r#"{"key":"r","status":{"code":8,"message":"m"}}"#,
                Status::Failed,
                "RESOURCE_EXHAUSTED",
            ),
            (
                r#"{"metadata":{"key":"r"},"error":{"code":13,"message":"<html>"}}"#,
                Status::Failed,
                "INTERNAL",
            ),
            (
                r#"{"key":"r","response":{"promptFeedback":{"blockReason":"SAFETY"}}}"#,
                Status::Failed,
                "blocked",
            ),
            (r#"{"key":"r","response":{}}"#, Status::Failed, "transport"),
            (r#"{"key":"r","response":null}"#, Status::Failed, "transport"),
            (r#"{"key":"r"}"#, Status::Failed, "transport"),
        ] {
            let outcome = read_result_line(line);
            assert_eq!(
                (outcome.status, outcome.error_code.as_deref()),
                (status, Some(code)),
                "{line}"
            );
            assert_eq!(outcome.wire_id.as_deref(), Some("r"), "{line}");
            assert!(!outcome.error_message.unwrap_or_default().contains('<'), "{line}");
        }
    }

    #[test]
    fn rows_of_other_services_are_not_taken_for_its_own() {
        for line in [
            r#"{"custom_id":"r","response":{"status_code":200,"body":{"choices":[]}},"key":"x"}"#,
            r#"{"status":"","processed_time":"t","request":{},"response":{"candidates":[]}}"#,
            r#"{"response":null,"error":"m"}"#,
            r#"{"error":{"code":3}}"#,
            "[]",
        ] {
            assert!(!super::reads(&serde_json::from_str(line).unwrap()), "{line}");
        }
    }
}
