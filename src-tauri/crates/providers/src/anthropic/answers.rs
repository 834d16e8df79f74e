//! One row of the results.

use serde_json::Value;
use tabane_model::{Outcome, Status};

use crate::lenient::{number, text};
use crate::results::{MOST, failed};

/// Whether a row has this service's shape: an id beside a result that says its kind.
pub(crate) fn reads(row: &Value) -> bool {
    row["result"]["type"].is_string()
}

pub(crate) fn read_row(row: &Value) -> Outcome {
    let result = &row["result"];
    let outcome = match result["type"].as_str() {
        Some("succeeded") if result["message"].is_object() => answered(&result["message"]),
        Some("succeeded") => failed("transport", None),
        Some("errored") => refused(&result["error"]),
        Some("expired") => Outcome::empty(Status::Expired),
        Some("canceled" | "cancelled") => Outcome::empty(Status::Cancelled),
        other => failed(other.unwrap_or("unknown"), None),
    };
    Outcome {
        wire_id: text(&row["custom_id"]),
        ..outcome
    }
}

/// The error stands in a whole error answer (package 2.12.0); some of the service's own samples read it one level
/// higher.
fn refused(error: &Value) -> Outcome {
    let error = if error["error"].is_object() {
        &error["error"]
    } else {
        error
    };
    let code = text(&error["details"]["error_code"]).or_else(|| text(&error["type"]));
    let message = text(&error["message"]).or_else(|| text(error));
    let message = message.map(|message| message.chars().take(MOST).collect());
    failed(code.as_deref().unwrap_or("unknown"), message)
}

fn answered(message: &Value) -> Outcome {
    let mut outcome = Outcome {
        model: text(&message["model"]),
        finish_reason: text(&message["stop_reason"]).map(|reason| one_word(&reason).to_owned()),
        answer: Some(words(&message["content"])),
        ..Outcome::empty(Status::Succeeded)
    };
    usage(&message["usage"], &mut outcome);
    if outcome.answer.as_ref().is_some_and(String::is_empty) {
        let why = || text(&message["stop_details"]["explanation"]);
        outcome.answer = calls(&message["content"]).or_else(why).or(outcome.answer);
    }
    outcome
}

/// One word for one thing, whatever the service calls it.
fn one_word(reason: &str) -> &str {
    match reason {
        "end_turn" | "stop_sequence" => "stop",
        "max_tokens" | "model_context_window_exceeded" => "length",
        "tool_use" => "tool_calls",
        other => other,
    }
}

/// The text blocks alone: what the model thought is not its answer.
fn words(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(blocks) => blocks
            .iter()
            .filter(|block| block["type"] == "text")
            .filter_map(|block| block["text"].as_str())
            .collect(),
        _ => String::new(),
    }
}

/// The calls of tools, where the model says nothing else.
fn calls(content: &Value) -> Option<String> {
    let blocks = content.as_array()?.iter();
    let calls: Vec<Value> = blocks
        .filter(|block| block["type"] == "tool_use")
        .cloned()
        .collect();
    (!calls.is_empty()).then(|| Value::from(calls).to_string())
}

/// `input_tokens` here is what was neither written to the cache nor read from it.
fn usage(usage: &Value, outcome: &mut Outcome) {
    let count = |name: &str| number(&usage[name]);
    let cached = count("cache_read_input_tokens");
    outcome.input_tokens = count("input_tokens").map(|rest| {
        rest.saturating_add(count("cache_creation_input_tokens").unwrap_or(0))
            .saturating_add(cached.unwrap_or(0))
    });
    outcome.cached_tokens = cached;
    outcome.output_tokens = count("output_tokens");
    outcome.reasoning_tokens = number(&usage["output_tokens_details"]["thinking_tokens"]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_result_line;

    fn succeeded(message: &str) -> Outcome {
        let line = format!(r#"{{"custom_id":"n-1","result":{{"type":"succeeded","message":{message}}}}}"#);
        read_result_line(&line)
    }

    #[test]
    fn an_answer_with_its_tokens() {
        let outcome = succeeded(
            r#"{"id":"msg_1","model":"claude-haiku-5-5","content":[{"type":"thinking","thinking":"hm","signature":"s"},
            {"type":"text","text":"は"},{"type":"text","text":"い"}],"stop_reason":"end_turn",
            "usage":{"input_tokens":11,"output_tokens":36,"cache_creation_input_tokens":100,"cache_read_input_tokens":20,
            "output_tokens_details":{"thinking_tokens":30}}}"#,
        );
        assert_eq!(
            (outcome.status, outcome.answer.as_deref()),
            (Status::Succeeded, Some("はい"))
        );
        assert_eq!(
            (outcome.wire_id.as_deref(), outcome.model.as_deref()),
            (Some("n-1"), Some("claude-haiku-5-5"))
        );
        let tokens = (
            outcome.input_tokens,
            outcome.cached_tokens,
            outcome.output_tokens,
            outcome.reasoning_tokens,
        );
        assert_eq!(tokens, (Some(131), Some(20), Some(36), Some(30)));
        assert_eq!(outcome.finish_reason.as_deref(), Some("stop"));
    }

    #[test]
    fn usage_that_is_not_told_is_unknown() {
        let outcome = succeeded(
            r#"{"content":[],"usage":{"input_tokens":3,"output_tokens":1,"cache_read_input_tokens":null}}"#,
        );
        let tokens = (
            outcome.input_tokens,
            outcome.cached_tokens,
            outcome.reasoning_tokens,
        );
        assert_eq!(tokens, (Some(3), None, None));
        assert_eq!(succeeded(r#"{"content":[]}"#).input_tokens, None);
    }

    #[test]
    fn ends_have_one_word_each() {
        for (reason, word) in [
            ("end_turn", "stop"),
            ("stop_sequence", "stop"),
            ("max_tokens", "length"),
            ("model_context_window_exceeded", "length"),
            ("tool_use", "tool_calls"),
            ("refusal", "refusal"),
            ("pause_turn", "pause_turn"),
            ("something_new", "something_new"),
        ] {
            let outcome = succeeded(&format!(r#"{{"content":[],"stop_reason":"{reason}"}}"#));
            assert_eq!(outcome.finish_reason.as_deref(), Some(word));
        }
        assert_eq!(
            succeeded(r#"{"content":[],"stop_reason":null}"#).finish_reason,
            None
        );
    }

    #[test]
    fn answers_without_text() {
        for (message, answer) in [
            (r#"{"content":[]}"#, ""),
            (
                r#"{"content":[{"type":"thinking","thinking":"x"}],"stop_reason":"max_tokens"}"#,
                "",
            ),
            (r#"{"content":[{"type":"tool_use"}]}"#, r#"[{"type":"tool_use"}]"#),
            (
                r#"{"content":[{"type":"text","text":"x"},{"type":"tool_use","id":"t"}]}"#,
                "x",
            ),
            (
                r#"{"content":[],"stop_reason":"refusal","stop_details":{"type":"refusal","explanation":"No."}}"#,
                "No.",
            ),
            (r#"{"content":"plain"}"#, "plain"),
        ] {
            assert_eq!(succeeded(message).answer.as_deref(), Some(answer), "{message}");
        }
    }

    #[test]
    fn rows_without_an_answer() {
        for (result, status, code, message) in [
            (
                r#"{"type":"errored","error":{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: Field required"},"request_id":null}}"#,
                Status::Failed,
                Some("invalid_request_error"),
                Some("max_tokens: Field required"),
            ),
            (
                r#"{"type":"errored","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
                Status::Failed,
                Some("overloaded_error"),
                Some("Overloaded"),
            ),
            (
                r#"{"type":"errored","error":{"type":"error","error":{"type":"rate_limit_error","message":"m","details":{"error_code":"ramp_limit_exceeded"}}}}"#,
                Status::Failed,
                Some("ramp_limit_exceeded"),
                Some("m"),
            ),
            (
                r#"{"type":"errored","error":"m"}"#,
                Status::Failed,
                Some("unknown"),
                Some("m"),
            ),
            (r#"{"type":"errored"}"#, Status::Failed, Some("unknown"), None),
            (r#"{"type":"succeeded"}"#, Status::Failed, Some("transport"), None),
            (r#"{"type":"paused"}"#, Status::Failed, Some("paused"), None),
            (r#"{"type":"canceled"}"#, Status::Cancelled, None, None),
            (r#"{"type":"expired"}"#, Status::Expired, None, None),
        ] {
            let outcome = read_result_line(&format!(r#"{{"custom_id":"n-1","result":{result}}}"#));
            let told = (
                outcome.status,
                outcome.error_code.as_deref(),
                outcome.error_message.as_deref(),
            );
            assert_eq!(told, (status, code, message), "{result}");
            assert_eq!(
                (outcome.wire_id.as_deref(), outcome.answer),
                (Some("n-1"), None),
                "{result}"
            );
        }
    }

    #[test]
    fn rows_of_others_are_not_taken() {
        for line in [
            r#"{"custom_id":"r","response":{"status_code":200,"body":{"choices":[]}},"error":null}"#,
            r#"{"custom_id":"r","result":null}"#,
            r#"{"key":"r","response":{"candidates":[]}}"#,
            "[]",
            "7",
        ] {
            assert!(!reads(&serde_json::from_str(line).unwrap()), "{line}");
        }
    }
}
