//! One row of a result file in OpenAI's shape, as any clone of it writes it.

use serde_json::Value;
use tabane_model::{Outcome, Status};

use super::answers::{self, read_answer};
use crate::lenient::{number, text};
use crate::results::{MOST, failed};

/// The order in which a row is decided is that of wire notes 1.7, so that all clones are read alike. `line`: the row
/// as it stands.
pub(crate) fn read_row(row: &Value, line: &str) -> Outcome {
    Outcome {
        wire_id: text(&row["custom_id"]),
        ..decide(row, line)
    }
}

fn decide(row: &Value, line: &str) -> Outcome {
    let response = &row["response"];
    let status = number(&response["status_code"]);
    // A body may be a string with JSON in it (Mistral), or a proxy's page.
    let inner = response["body"]
        .as_str()
        .and_then(|text| serde_json::from_str::<Value>(text).ok());
    let body = match &inner {
        Some(inner) => inner,
        None if is_bare(response) => response,
        None => &response["body"],
    };
    if let Some(said) = body.as_object().filter(|said| !said.is_empty()) {
        if let Some(error) = said.get("error").filter(|error| is_said(error)) {
            let mut outcome = failed_with(error, status);
            // A model that failed half-way has been paid for.
            answers::usage_and_model(body, &mut outcome);
            return outcome;
        }
        match status {
            // The answer is there: a service that tells no status has not failed.
            None | Some(200..300) => return read_answer(body, line),
            Some(0) => {}
            Some(_) => return failed_with(body, status),
        }
    }
    if is_said(&row["error"]) {
        return failed_with(&row["error"], status);
    }
    // Status 0, an empty body, a string: the way there failed.
    let shown = response["body"]
        .as_str()
        .filter(|text| !text.trim_start().starts_with('<'));
    let shown = shown
        .filter(|text| !text.is_empty())
        .map(|text| text.chars().take(MOST).collect());
    match status {
        Some(status @ 400..) => failed(&format!("http_{status}"), shown),
        _ => failed("transport", shown),
    }
}

/// The answer (or the error) stands in `response` itself (Fireworks, Nebius).
fn is_bare(response: &Value) -> bool {
    let has = |name| response.get(name).is_some();
    !has("body") && !has("status_code") && (has("choices") || has("error"))
}

/// Some clones write `""` or `{}` for none.
pub(crate) fn is_said(error: &Value) -> bool {
    match error {
        Value::String(text) => !text.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Number(_) => true,
        Value::Null | Value::Bool(_) => false,
    }
}

/// OpenAI's error object, one of FastAPI, or a text.
fn failed_with(error: &Value, status: Option<u64>) -> Outcome {
    let code = text(&error["code"]).or_else(|| text(&error["type"])).or_else(|| {
        status
            .filter(|status| *status >= 400)
            .map(|status| format!("http_{status}"))
    });
    let message = ["message", "detail", "msg"]
        .iter()
        .find_map(|name| text(&error[*name]))
        .or_else(|| text(error));
    // Groq: what the model had written when it failed.
    let written = text(&error["failed_generation"]);
    let message = match (message, written) {
        (Some(message), Some(written)) => Some(format!("{message}\n{written}")),
        (message, written) => message.or(written),
    };
    let outcome = failed(code.as_deref().unwrap_or("unknown"), message);
    match outcome.error_code.as_deref() {
        Some("batch_expired") => Outcome {
            status: Status::Expired,
            ..outcome
        },
        Some("batch_cancelled" | "batch_canceled") => Outcome {
            status: Status::Cancelled,
            ..outcome
        },
        _ => outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_result_line;

    const EXPIRED: &str = r#"{"code":"batch_expired","message":"m"}"#;

    #[test]
    fn errors_of_every_shape() {
        for (line, status, code) in [
            (
                r#"{"response":{"status_code":400,"body":{"error":{"code":"unsupported_value","message":"m"}}},"error":null}"#,
                Status::Failed,
                "unsupported_value",
            ),
            (
                r#"{"response":{"status_code":400,"body":"{\"object\":\"error\",\"message\":\"m\",\"code\":\"3310\"}"}}"#,
                Status::Failed,
                "3310",
            ),
            (
                r#"{"response":{"status_code":400,"body":{"error":"m"}}}"#,
                Status::Failed,
                "http_400",
            ),
            (
                r#"{"response":{"status_code":422,"body":{"detail":"m"}}}"#,
                Status::Failed,
                "http_422",
            ),
            (
                r#"{"response":null,"error":{"code":"batch_cancelled","message":"m"}}"#,
                Status::Cancelled,
                "batch_cancelled",
            ),
            (
                r#"{"response":null,"error":{"code":"batch_canceled","message":"m"}}"#,
                Status::Cancelled,
                "batch_canceled",
            ),
            (
                r#"{"error":{"code":"batch_client_error","message":"m"}}"#,
                Status::Failed,
                "batch_client_error",
            ),
            (r#"{"response":null,"error":"m"}"#, Status::Failed, "unknown"),
            (
                r#"{"response":{"status_code":0,"body":{}},"error":null}"#,
                Status::Failed,
                "transport",
            ),
            (
                r#"{"response":{"status_code":0,"body":{"x":1}},"error":{}}"#,
                Status::Failed,
                "transport",
            ),
            (
                r#"{"response":{"status_code":0,"body":{"choices":[]}},"error":{"code":"c"}}"#,
                Status::Failed,
                "c",
            ),
            (
                r#"{"response":{"status_code":200,"body":{}}}"#,
                Status::Failed,
                "transport",
            ),
            (
                r#"{"response":{"status_code":200,"body":""},"error":null}"#,
                Status::Failed,
                "transport",
            ),
            (
                r#"{"response":{"status_code":200,"body":"Bad gateway"},"error":null}"#,
                Status::Failed,
                "transport",
            ),
            (
                r#"{"response":{"status_code":200,"body":"<html>x</html>"},"error":null}"#,
                Status::Failed,
                "transport",
            ),
            (
                r#"{"response":{"status_code":502,"body":"<html>x</html>"},"error":null}"#,
                Status::Failed,
                "http_502",
            ),
            (
                r#"{"response":{"status_code":200,"body":{"error":{"message":"m","type":"t"}}}}"#,
                Status::Failed,
                "t",
            ),
            (
                r#"{"response":{"status_code":503,"body":{"x":1}}}"#,
                Status::Failed,
                "http_503",
            ),
            ("not json", Status::Failed, "unreadable-line"),
            ("", Status::Failed, "unreadable-line"),
            ("[]", Status::Failed, "transport"),
            ("7", Status::Failed, "transport"),
        ] {
            let outcome = read_result_line(line);
            assert_eq!(
                (outcome.status, outcome.error_code.as_deref()),
                (status, Some(code)),
                "{line}"
            );
            assert!(
                !outcome.error_message.unwrap_or_default().contains("<html"),
                "{line}"
            );
            assert_eq!(outcome.answer, None, "{line}");
        }
    }

    #[test]
    fn an_expired_row_is_expired_wherever_the_error_stands() {
        for line in [
            format!(r#"{{"custom_id":"r","response":null,"error":{EXPIRED}}}"#),
            format!(
                r#"{{"custom_id":"r","response":{{"status_code":400,"body":{{"error":{EXPIRED}}}}},"error":null}}"#
            ),
        ] {
            let outcome = read_result_line(&line);
            assert_eq!(
                (outcome.status, outcome.wire_id.as_deref()),
                (Status::Expired, Some("r"))
            );
            assert_eq!(outcome.error_message.as_deref(), Some("m"));
        }
    }

    #[test]
    fn an_answer_is_one_in_a_string_without_a_status_with_odd_nothings_and_after_a_mark() {
        for line in [
            r#"{"custom_id":"r","response":{"status_code":200,"body":"{\"choices\":[{\"message\":{\"content\":\"x\"}}]}"}}"#,
            r#"{"custom_id":"r","response":{"body":{"choices":[{"message":{"content":"x"}}]}}}"#,
            r#"{"custom_id":"r","response":{"status_code":"200","body":{"choices":[{"message":{"content":"x"}}],"error":""}},"error":{}}"#,
            "\u{feff}{\"custom_id\":\"r\",\"response\":{\"status_code\":201,\"body\":{\"choices\":[{\"message\":{\"content\":\"x\"}}]}}}",
        ] {
            let outcome = read_result_line(line);
            assert_eq!(
                (outcome.status, outcome.answer.as_deref()),
                (Status::Succeeded, Some("x")),
                "{line}"
            );
        }
    }

    #[test]
    fn what_a_model_wrote_before_it_failed_is_kept() {
        let outcome = read_result_line(
            r#"{"response":{"status_code":400,"body":{"error":{"message":"no JSON","code":"json_validate_failed","failed_generation":"{x"}}}}"#,
        );
        assert_eq!(outcome.error_message.as_deref(), Some("no JSON\n{x"));
    }

    #[test]
    fn ids_that_say_nothing_are_none() {
        for line in [r#"{"custom_id":null}"#, r#"{"custom_id":""}"#, "{}"] {
            assert_eq!(read_result_line(line).wire_id, None);
        }
    }
}
