//! What a row of the results says: with `key`, or with `metadata` where the requests came with the create.

use serde_json::{Value, json};

use crate::answers::{Manner, name};
use crate::dialects::ledger::{Batch, Fate, Row};

/// `None`: no row is written for it.
pub(super) fn told(batch: &Batch, row: &Row) -> Option<Value> {
    match &row.fate {
        Fate::Answered {
            text,
            manner,
            input_tokens,
            output_tokens,
        } => {
            let mut response = match manner {
                Manner::Refusal => json!({ "promptFeedback": { "blockReason": "SAFETY" } }),
                Manner::Cut => candidate(&json!({ "role": "model" }), "MAX_TOKENS"),
                Manner::Answer => candidate(&json!({ "role": "model", "parts": [{ "text": text }] }), "STOP"),
            };
            let output = if *manner == Manner::Refusal {
                0
            } else {
                *output_tokens
            };
            response["usageMetadata"] = usage(*input_tokens, output);
            response["modelVersion"] = batch.extra["model"].clone();
            response["responseId"] = name(&[&batch.id, &row.place.to_string()]).into();
            Some(json!({ "response": response }))
        }
        Fate::Failed {
            status,
            code,
            message,
        } => Some(json!({ "error": {
            "code": rpc_code(*status), "message": format!("{code}: {message}"), "details": [],
        }})),
        Fate::Page => Some(json!({ "error": { "code": 14, "message": "<html><title>502</title></html>" } })),
        Fate::Empty => Some(json!({ "response": {} })),
        // "No results at all".
        Fate::Expired | Fate::Cancelled => None,
    }
}

fn candidate(content: &Value, reason: &str) -> Value {
    json!({ "candidates": [{ "content": content, "finishReason": reason, "index": 0 }] })
}

/// Noughts are not written.
fn usage(input: u64, output: u64) -> Value {
    let mut usage = json!({
        "promptTokenCount": input, "totalTokenCount": input + output,
        "promptTokensDetails": [{ "modality": "TEXT", "tokenCount": input }],
    });
    if output > 0 {
        usage["candidatesTokenCount"] = output.into();
    }
    usage
}

/// `google.rpc.Code` for a status of HTTP.
pub(super) fn rpc_code(status: u16) -> u16 {
    match status {
        401 => 16,
        403 => 7,
        404 => 5,
        409 => 6,
        429 => 8,
        499 => 1,
        400..=498 => 3,
        503 => 14,
        504 => 4,
        _ => 13,
    }
}
