//! One row of the results: `batch_request_id` and `batch_result`.

use serde_json::Value;
use tabane_model::{Outcome, Status};

use crate::lenient::{number, text};
use crate::openai_style::{is_said, read_answer};
use crate::results::{MOST, failed};

/// Whether a row has xAI's shape.
pub(crate) fn reads(row: &Value) -> bool {
    row.get("batch_result").is_some() && row.get("batch_request_id").is_some()
}

/// `line`: the row as it stands.
pub(crate) fn read_row(row: &Value, line: &str) -> Outcome {
    Outcome {
        wire_id: text(&row["batch_request_id"]),
        ..decide(row, line)
    }
}

fn decide(row: &Value, line: &str) -> Outcome {
    let result = &row["batch_result"];
    let error = &result["error"];
    let code = text(&error["code"]).filter(|code| code != "0");
    // A code of nought without words is gRPC's "all is well".
    let said = code.is_some() || text(&error["message"]).is_some() || error.is_string() && is_said(error);
    let apart = text(&row["error_message"]);
    if said || apart.is_some() {
        return failed_with(
            code.as_deref(),
            apart.or_else(|| text(&error["message"])).or_else(|| text(error)),
        );
    }
    // The one member says for which endpoint it is; lines for `/v1/responses` are answered as chats.
    let answers = result["response"].as_object().into_iter().flatten();
    let answer = answers.map(|(_, answer)| answer).find(|answer| !answer.is_null());
    match answer {
        Some(answer) if is_said(&answer["error"]) => {
            let message = text(&answer["error"]["message"]).or_else(|| text(&answer["error"]));
            failed_with(text(&answer["code"]).as_deref(), message)
        }
        Some(answer) if answer.as_object().is_some_and(|fields| !fields.is_empty()) => answered(answer, line),
        // A proxy's page, or nothing at all.
        other => {
            let shown = other
                .and_then(Value::as_str)
                .filter(|text| !text.trim_start().starts_with('<'));
            failed("transport", shown.map(|text| text.chars().take(MOST).collect()))
        }
    }
}

/// Its `completion_tokens` are without the reasoning, which is billed all the same (captures of 2026-08-28).
fn answered(answer: &Value, line: &str) -> Outcome {
    let mut outcome = read_answer(answer, line);
    if let Some(completion) = number(&answer["usage"]["completion_tokens"]) {
        outcome.output_tokens = Some(completion + outcome.reasoning_tokens.unwrap_or(0));
    }
    outcome
}

fn failed_with(code: Option<&str>, message: Option<String>) -> Outcome {
    let outcome = failed(code.unwrap_or("unknown"), message);
    match outcome.error_code.as_deref().map(str::to_lowercase).as_deref() {
        // 1: gRPC's word for it.
        Some("1" | "cancelled" | "batch_cancelled") => Outcome {
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

    #[test]
    fn an_answer_with_its_reasoning_counted() {
        let outcome = read_result_line(
            r#"{"batch_request_id":"r","batch_result":{"response":{"chat_get_completion":{"model":"grok-4.3",
            "choices":[{"message":{"role":"assistant","content":"はい","refusal":null},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":32,"completion_tokens":9,"total_tokens":135,"cost_in_usd_ticks":5,
            "prompt_tokens_details":{"cached_tokens":6},"completion_tokens_details":{"reasoning_tokens":94}}}}},
            "error_message":""}"#,
        );
        assert_eq!(
            (outcome.status, outcome.answer.as_deref()),
            (Status::Succeeded, Some("はい"))
        );
        assert_eq!(
            (outcome.wire_id.as_deref(), outcome.model.as_deref()),
            (Some("r"), Some("grok-4.3"))
        );
        let tokens = (
            outcome.input_tokens,
            outcome.cached_tokens,
            outcome.output_tokens,
            outcome.reasoning_tokens,
        );
        assert_eq!(tokens, (Some(32), Some(6), Some(103), Some(94)));
    }

    #[test]
    fn failures_of_every_shape() {
        for (rest, status, code, message) in [
            (
                r#""batch_result":{"error":"no"}"#,
                Status::Failed,
                "unknown",
                Some("no"),
            ),
            (
                r#""batch_result":{"error":{"code":3,"message":"no"}}"#,
                Status::Failed,
                "3",
                Some("no"),
            ),
            (
                r#""batch_result":{"error":{"code":1,"message":"no"}}"#,
                Status::Cancelled,
                "1",
                Some("no"),
            ),
            (
                r#""batch_result":null,"error_message":"no""#,
                Status::Failed,
                "unknown",
                Some("no"),
            ),
            (
                r#""batch_result":{"response":{"chat_get_completion":{"code":"c","error":"no"}}}"#,
                Status::Failed,
                "c",
                Some("no"),
            ),
            (r#""batch_result":{}"#, Status::Failed, "transport", None),
            (
                r#""batch_result":{"response":{"chat_get_completion":{}}}"#,
                Status::Failed,
                "transport",
                None,
            ),
            (
                r#""batch_result":{"response":{"chat_get_completion":"<html>x</html>"}}"#,
                Status::Failed,
                "transport",
                None,
            ),
            (r#""batch_result":7"#, Status::Failed, "transport", None),
        ] {
            let outcome = read_result_line(&format!(r#"{{"batch_request_id":"r",{rest}}}"#));
            assert_eq!(
                (
                    outcome.status,
                    outcome.error_code.as_deref(),
                    outcome.error_message.as_deref()
                ),
                (status, Some(code), message),
                "{rest}"
            );
            assert_eq!((outcome.wire_id.as_deref(), outcome.answer), (Some("r"), None));
        }
    }

    #[test]
    fn a_code_of_nought_is_no_error() {
        let outcome = read_result_line(
            r#"{"batch_request_id":null,"batch_result":{"error":{"code":0,"message":""},
            "response":{"chat_get_completion":{"choices":[{"message":{"content":"x"}}]}}}}"#,
        );
        assert_eq!((outcome.answer.as_deref(), outcome.wire_id), (Some("x"), None));
    }
}
