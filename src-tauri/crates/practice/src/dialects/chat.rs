//! The body of an answered chat request, for the dialects that answer in OpenAI's shape.

use serde_json::{Value, json};

use super::ledger::{Batch, Fate, Row};
use crate::answers::{Manner, name};

/// `None`: the row was not answered.
pub(super) fn completion(batch: &Batch, row: &Row, model: &str) -> Option<Value> {
    let Fate::Answered {
        text,
        manner,
        input_tokens,
        output_tokens,
    } = &row.fate
    else {
        return None;
    };
    let (content, refusal) = match manner {
        Manner::Refusal => (Value::Null, json!(text)),
        Manner::Answer | Manner::Cut => (json!(text), Value::Null),
    };
    let finish_reason = if *manner == Manner::Cut { "length" } else { "stop" };
    Some(json!({
        "id": format!("gen-{}", name(&[&batch.id, &row.place.to_string()])), "object": "chat.completion",
        "created": batch.created_at / 1000, "model": model,
        "choices": [{
            "index": 0, "finish_reason": finish_reason,
            "message": { "role": "assistant", "content": content, "refusal": refusal },
        }],
        "usage": {
            "prompt_tokens": input_tokens, "completion_tokens": output_tokens,
            "total_tokens": input_tokens + output_tokens,
        },
        "system_fingerprint": "tabane-practice",
    }))
}

/// A row as an element of a list. A broken one is a text there: the list itself stays JSON.
pub(super) fn element(row: &Row, value: &Value) -> Value {
    let line = row.line(value);
    serde_json::from_str(&line).unwrap_or_else(|_| Value::from(line.trim_end()))
}

/// A string with a proxy's page in it, where an answer should be.
pub(super) const PAGE: &str = "<html><body>502 Bad Gateway</body></html>";
