//! A `GenerateContentResponse` becomes an outcome.

use serde_json::Value;
use tabane_model::{Outcome, Status};

use crate::lenient::{number, text};
use crate::results::failed;

/// Without an id: that stands beside the answer.
pub(crate) fn read_answer(response: &Value) -> Outcome {
    let candidate = &response["candidates"][0];
    let mut outcome = if candidate.is_object() {
        answered(candidate)
    } else {
        refused(&response["promptFeedback"])
    };
    outcome.model = text(&response["modelVersion"]);
    // What was refused may have been read, and so be charged.
    usage(&response["usageMetadata"], &mut outcome);
    outcome
}

fn answered(candidate: &Value) -> Outcome {
    let parts = candidate["content"]["parts"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let texts: Vec<&str> = parts
        .iter()
        .filter(|part| part["thought"] != true)
        .filter_map(|part| part["text"].as_str())
        .collect();
    let calls: Vec<Value> = parts
        .iter()
        .map(|part| &part["functionCall"])
        .filter(|call| call.is_object())
        .cloned()
        .collect();
    Outcome {
        answer: match (texts.as_slice(), calls.as_slice()) {
            ([], []) => None,
            ([], _) => Some(Value::from(calls).to_string()),
            _ => Some(texts.concat()),
        },
        finish_reason: text(&candidate["finishReason"]).as_deref().map(finish_reason),
        ..Outcome::empty(Status::Succeeded)
    }
}

/// One word for one thing, whatever the service; the list of Google's words is long and grows (wire notes 3.7).
fn finish_reason(word: &str) -> String {
    match word {
        "STOP" => "stop".to_owned(),
        "MAX_TOKENS" => "length".to_owned(),
        "SAFETY"
        | "RECITATION"
        | "BLOCKLIST"
        | "PROHIBITED_CONTENT"
        | "SPII"
        | "IMAGE_SAFETY"
        | "MODEL_ARMOR"
        | "IMAGE_PROHIBITED_CONTENT"
        | "IMAGE_RECITATION"
        | "ESCALATION" => "content_filter".to_owned(),
        _ => word.to_ascii_lowercase(),
    }
}

/// A row without candidates: the prompt itself was not let through (wire notes 2.5).
fn refused(feedback: &Value) -> Outcome {
    let Some(reason) = text(&feedback["blockReason"]) else {
        return failed("transport", None);
    };
    let message = match text(&feedback["blockReasonMessage"]) {
        Some(words) => format!("{reason}: {words}"),
        None => reason,
    };
    failed("blocked", Some(message))
}

/// Counts of nought are not written, as is Google's way; cached and thought tokens are, where a model has them.
fn usage(usage: &Value, outcome: &mut Outcome) {
    let count = |name: &str| number(&usage[name]);
    let Some(prompt) = count("promptTokenCount") else {
        return;
    };
    outcome.input_tokens = Some(prompt + count("toolUsePromptTokenCount").unwrap_or(0));
    outcome.cached_tokens = count("cachedContentTokenCount");
    outcome.reasoning_tokens = count("thoughtsTokenCount");
    outcome.output_tokens =
        Some(count("candidatesTokenCount").unwrap_or(0) + outcome.reasoning_tokens.unwrap_or(0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_text_without_thoughts_and_all_that_is_told_of_it() {
        let outcome = read_answer(&json!({
            "candidates": [{ "content": { "role": "model", "parts": [
                { "text": "Hm.", "thought": true }, { "text": "Ye" }, { "text": "s", "thoughtSignature": "x" }] },
                "finishReason": "STOP", "index": 0 }],
            "usageMetadata": { "promptTokenCount": 8, "toolUsePromptTokenCount": 2, "candidatesTokenCount": 30,
                "thoughtsTokenCount": 5, "cachedContentTokenCount": 4, "totalTokenCount": 45 },
            "modelVersion": "gemini-3.8-flash", "responseId": "r",
        }));
        let expected = Outcome {
            answer: Some("Yes".to_owned()),
            finish_reason: Some("stop".to_owned()),
            model: Some("gemini-3.8-flash".to_owned()),
            input_tokens: Some(10),
            cached_tokens: Some(4),
            output_tokens: Some(35),
            reasoning_tokens: Some(5),
            ..Outcome::empty(Status::Succeeded)
        };
        assert_eq!(outcome, expected);
    }

    #[test]
    fn reasons_to_stop_have_one_word_each() {
        for (word, expected) in [
            ("MAX_TOKENS", "length"),
            ("SAFETY", "content_filter"),
            ("SPII", "content_filter"),
            ("CONTINUATION", "continuation"),
            ("SOMETHING_NEW", "something_new"),
        ] {
            let outcome = read_answer(&json!({ "candidates": [{ "finishReason": word }] }));
            assert_eq!(outcome.status, Status::Succeeded);
            assert_eq!(outcome.finish_reason.as_deref(), Some(expected));
            assert_eq!((outcome.answer, outcome.input_tokens), (None, None));
        }
    }

    #[test]
    fn a_prompt_that_was_not_let_through_is_no_answer() {
        let outcome = read_answer(&json!({
            "promptFeedback": { "blockReason": "SAFETY" }, "usageMetadata": { "promptTokenCount": "7" },
        }));
        assert_eq!(outcome.status, Status::Failed);
        assert_eq!(outcome.error_code.as_deref(), Some("blocked"));
        assert_eq!(outcome.error_message.as_deref(), Some("SAFETY"));
        assert_eq!((outcome.input_tokens, outcome.output_tokens), (Some(7), Some(0)));
        for nothing in [
            json!({}),
            json!({ "candidates": [] }),
            json!({ "candidates": [null] }),
            json!([]),
        ] {
            let outcome = read_answer(&nothing);
            assert_eq!(outcome.error_code.as_deref(), Some("transport"), "{nothing}");
        }
    }

    #[test]
    fn a_call_of_a_function_is_told_as_it_is() {
        let outcome = read_answer(&json!({
            "candidates": [{ "content": { "parts": [{ "functionCall": { "name": "f" } }] } }],
        }));
        assert_eq!(outcome.answer.as_deref(), Some(r#"[{"name":"f"}]"#));
    }
}
