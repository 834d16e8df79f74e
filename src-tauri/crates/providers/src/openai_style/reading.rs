//! One result line becomes an outcome. Pure: the raw line is stored, so this can be done again at any time.

use serde_json::{Map, Value};
use tabane_model::{Outcome, Status};

use super::batches::text;

/// The order in which a row is decided is that of wire notes 1.7, so that all clones are read alike.
#[must_use]
pub fn read_result_line(line: &str) -> Outcome {
    let Ok(value) = serde_json::from_str::<Value>(line) else {
        return failed("unreadable-line", Some("The line is not JSON.".to_owned()));
    };
    let mut outcome = decide(&value);
    outcome.wire_id = text(&value["custom_id"]);
    outcome
}

fn decide(row: &Value) -> Outcome {
    let response = &row["response"];
    let status = response["status_code"].as_u64();
    // A body may be a string with JSON in it (Mistral), or a proxy's page.
    let inner = response["body"]
        .as_str()
        .and_then(|text| serde_json::from_str::<Value>(text).ok());
    let body = inner.as_ref().unwrap_or(&response["body"]);
    let said = body.as_object().filter(|object| !object.is_empty());
    if let Some(body) = said {
        let good = status.is_none_or(|status| (200..300).contains(&status));
        let error = body.get("error").filter(|error| !error.is_null());
        if let Some(error) = error {
            return failed_with(error, status);
        }
        if good {
            return answered(body);
        }
        return failed_with(&Value::Object(body.clone()), status);
    }
    if let Some(error) = row.get("error").filter(|error| !error.is_null()) {
        let outcome = failed_with(error, status);
        return match outcome.error_code.as_deref() {
            Some("batch_expired") => Outcome {
                status: Status::Expired,
                ..outcome
            },
            Some("batch_cancelled" | "batch_canceled") => Outcome {
                status: Status::Cancelled,
                ..outcome
            },
            _ => outcome,
        };
    }
    // Status 0, an empty body, a string: the way there failed.
    let shown = response["body"]
        .as_str()
        .filter(|text| !text.trim_start().starts_with('<'));
    failed("transport", shown.map(|text| text.chars().take(300).collect()))
}

fn failed(code: &str, message: Option<String>) -> Outcome {
    Outcome {
        error_code: Some(code.to_owned()),
        error_message: message,
        ..Outcome::empty(Status::Failed)
    }
}

fn failed_with(error: &Value, status: Option<u64>) -> Outcome {
    let code = text(&error["code"])
        .or_else(|| text(&error["type"]))
        .or_else(|| status.map(|s| format!("http_{s}")));
    let message = text(&error["message"]).or_else(|| text(error));
    failed(code.as_deref().unwrap_or("unknown"), message)
}

fn answered(body: &Map<String, Value>) -> Outcome {
    let field = |name: &str| body.get(name).unwrap_or(&Value::Null);
    let mut outcome = Outcome {
        model: text(field("model")),
        ..Outcome::empty(Status::Succeeded)
    };
    usage(field("usage"), &mut outcome);
    if field("output").is_array() {
        responses(body, &mut outcome);
    } else if field("choices").is_array() {
        chat(&field("choices")[0], &mut outcome);
    } else if let Some(data) = field("data").as_array() {
        embeddings(data, &mut outcome);
    } else {
        // An endpoint that we do not read: its body is the answer.
        outcome.answer = Some(Value::Object(body.clone()).to_string());
    }
    outcome
}

fn chat(choice: &Value, outcome: &mut Outcome) {
    let message = &choice["message"];
    outcome.finish_reason = text(&choice["finish_reason"]);
    outcome.answer = match &message["content"] {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => Some(
            parts
                .iter()
                .filter_map(|part| part["text"].as_str())
                .collect::<Vec<_>>()
                .join(""),
        ),
        // Older completions.
        _ => text(&choice["text"]),
    };
    if let Some(refusal) = text(&message["refusal"]) {
        outcome.finish_reason = Some("refusal".to_owned());
        outcome.answer.get_or_insert(refusal);
    }
    if outcome.answer.is_none() && message["tool_calls"].is_array() {
        outcome.answer = Some(message["tool_calls"].to_string());
    }
}

/// Reasoning, tool and message items are mixed; the text is in the messages, `final_answer` before `commentary`.
fn responses(body: &Map<String, Value>, outcome: &mut Outcome) {
    let items = body.get("output").and_then(Value::as_array);
    let messages: Vec<&Value> = items
        .into_iter()
        .flatten()
        .filter(|item| item["type"] == "message")
        .collect();
    let finals: Vec<&Value> = messages
        .iter()
        .copied()
        .filter(|item| item["phase"] == "final_answer")
        .collect();
    let chosen = if finals.is_empty() { messages } else { finals };
    let (mut answer, mut refusal) = (String::new(), None);
    for part in chosen
        .iter()
        .flat_map(|item| item["content"].as_array())
        .flatten()
    {
        match part["type"].as_str() {
            Some("output_text") => answer.push_str(part["text"].as_str().unwrap_or_default()),
            Some("refusal") => refusal = text(&part["refusal"]),
            _ => {}
        }
    }
    let word = |name: &str| body.get(name).and_then(text);
    match word("status").as_deref() {
        Some("failed") => {
            let error = body.get("error").cloned().unwrap_or(Value::Null);
            outcome.status = Status::Failed;
            outcome.error_code = text(&error["code"]).or(Some("failed".to_owned()));
            outcome.error_message = text(&error["message"]);
        }
        Some("incomplete") => {
            let reason = body
                .get("incomplete_details")
                .and_then(|details| text(&details["reason"]));
            outcome.finish_reason = Some(match reason.as_deref() {
                // One word for one thing, whatever the endpoint.
                Some("max_output_tokens") => "length".to_owned(),
                Some(other) => other.to_owned(),
                None => "incomplete".to_owned(),
            });
        }
        _ => outcome.finish_reason = Some("stop".to_owned()),
    }
    if let Some(refusal) = refusal {
        outcome.finish_reason = Some("refusal".to_owned());
        if answer.is_empty() {
            answer = refusal;
        }
    }
    outcome.answer = Some(answer);
}

fn embeddings(data: &[Value], outcome: &mut Outcome) {
    outcome.answer = match data {
        [only] if !only["embedding"].is_null() => Some(only["embedding"].to_string()),
        _ => Some(Value::from(data.to_vec()).to_string()),
    };
    outcome.finish_reason = Some("stop".to_owned());
}

/// One set of names for chat and responses; details may be null or absent.
fn usage(usage: &Value, outcome: &mut Outcome) {
    let number = |value: &Value| value.as_u64();
    let first = |one: &str, other: &str| number(&usage[one]).or_else(|| number(&usage[other]));
    outcome.input_tokens = first("prompt_tokens", "input_tokens");
    outcome.output_tokens = first("completion_tokens", "output_tokens");
    outcome.cached_tokens = number(&usage["prompt_tokens_details"]["cached_tokens"])
        .or_else(|| number(&usage["input_tokens_details"]["cached_tokens"]));
    outcome.reasoning_tokens = number(&usage["completion_tokens_details"]["reasoning_tokens"])
        .or_else(|| number(&usage["output_tokens_details"]["reasoning_tokens"]))
        .or_else(|| number(&usage["reasoning_tokens"]));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Outcome {
        read_result_line(line)
    }

    #[test]
    fn a_chat_answer() {
        let outcome = read(
            r#"{"custom_id":"r","response":{"status_code":200,"body":{"model":"m","choices":[{"message":{"content":"はい","refusal":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"prompt_tokens_details":null,"completion_tokens_details":{"reasoning_tokens":1}}}},"error":null}"#,
        );
        assert_eq!(outcome.status, Status::Succeeded);
        assert_eq!(
            (outcome.wire_id.as_deref(), outcome.answer.as_deref()),
            (Some("r"), Some("はい"))
        );
        assert_eq!(
            (
                outcome.input_tokens,
                outcome.reasoning_tokens,
                outcome.cached_tokens
            ),
            (Some(3), Some(1), None)
        );
    }

    #[test]
    fn a_responses_answer_with_reasoning_first_and_a_final_phase() {
        let outcome = read(
            r#"{"custom_id":"r","response":{"status_code":200,"body":{"object":"response","status":"completed","error":null,"output":[{"type":"reasoning","summary":[]},{"type":"message","phase":"commentary","content":[{"type":"output_text","text":"hm"}]},{"type":"message","phase":"final_answer","content":[{"type":"output_text","text":"Bon"},{"type":"output_text","text":"jour"}]}],"usage":{"input_tokens":2,"output_tokens":73,"output_tokens_details":{"reasoning_tokens":64}}}},"error":null}"#,
        );
        assert_eq!(outcome.answer.as_deref(), Some("Bonjour"));
        assert_eq!(
            (outcome.output_tokens, outcome.reasoning_tokens),
            (Some(73), Some(64))
        );
        assert_eq!(outcome.status, Status::Succeeded);
    }

    #[test]
    fn cut_off_and_declined() {
        let cut = read(
            r#"{"custom_id":"r","response":{"status_code":200,"body":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[]}}}"#,
        );
        assert_eq!(
            (cut.status, cut.finish_reason.as_deref()),
            (Status::Succeeded, Some("length"))
        );
        let empty = read(
            r#"{"custom_id":"r","response":{"status_code":200,"body":{"choices":[{"message":{"content":""},"finish_reason":"length"}]}}}"#,
        );
        assert_eq!(
            (empty.answer.as_deref(), empty.finish_reason.as_deref()),
            (Some(""), Some("length"))
        );
        let no = read(
            r#"{"custom_id":"r","response":{"status_code":200,"body":{"choices":[{"message":{"content":null,"refusal":"I can't"},"finish_reason":"stop"}]}}}"#,
        );
        assert_eq!(
            (no.answer.as_deref(), no.finish_reason.as_deref()),
            (Some("I can't"), Some("refusal"))
        );
    }

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
                r#"{"response":null,"error":{"code":"batch_expired","message":"m"}}"#,
                Status::Expired,
                "batch_expired",
            ),
            (
                r#"{"response":null,"error":{"code":"batch_cancelled","message":"m"}}"#,
                Status::Cancelled,
                "batch_cancelled",
            ),
            (
                r#"{"error":{"code":"batch_client_error","message":"m"}}"#,
                Status::Failed,
                "batch_client_error",
            ),
            (
                r#"{"response":{"status_code":0,"body":{}},"error":null}"#,
                Status::Failed,
                "transport",
            ),
            (
                r#"{"response":{"status_code":200,"body":""},"error":null}"#,
                Status::Failed,
                "transport",
            ),
            (
                r#"{"response":{"status_code":200,"body":"<html>x</html>"},"error":null}"#,
                Status::Failed,
                "transport",
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
            (
                r#"{"response":{"status_code":200,"body":{"status":"failed","error":{"code":"server_error","message":"m"},"output":[]}}}"#,
                Status::Failed,
                "server_error",
            ),
            ("not json", Status::Failed, "unreadable-line"),
            ("[]", Status::Failed, "transport"),
        ] {
            let outcome = read(line);
            assert_eq!(
                (outcome.status, outcome.error_code.as_deref()),
                (status, Some(code)),
                "{line}"
            );
            assert!(
                !outcome.error_message.unwrap_or_default().contains("<html"),
                "{line}"
            );
        }
    }

    #[test]
    fn embeddings_and_unknown_bodies_are_kept_as_json() {
        let one = read(
            r#"{"custom_id":"r","response":{"status_code":200,"body":{"data":[{"embedding":[0.5,1]}],"usage":{"prompt_tokens":8}}}}"#,
        );
        assert_eq!(one.answer.as_deref(), Some("[0.5,1]"));
        let other = read(r#"{"custom_id":"r","response":{"status_code":200,"body":{"results":[1]}}}"#);
        assert_eq!(other.answer.as_deref(), Some(r#"{"results":[1]}"#));
    }
}
