//! The results: every request with its own word, in no order.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::super::gate::delivered;
use super::super::ledger::{Batch, Fate, Ledger, Request};
use super::{has_ended, is_archived, not_found, results_gone};
use crate::answers::{Manner, name};

pub(super) async fn results(State(ledger): State<Arc<Ledger>>, Path(id): Path<String>) -> Response {
    let now = ledger.now();
    let Some(batch) = ledger.look(&id).filter(|batch| has_ended(batch, now)) else {
        return not_found(&id);
    };
    if is_archived(&batch, now) || results_gone(&ledger) {
        return not_found(&id);
    }
    let lines: String = match &batch.refused {
        Some((code, _, message)) => {
            let refused =
                |request: &Request| format!("{}\n", row(request.id.as_deref(), &errored(code, message)));
            batch.requests.iter().map(refused).collect()
        }
        None => batch
            .rows(now)
            .iter()
            // As they came in they never stand.
            .rev()
            .map(|told| told.line(&row(told.id.as_deref(), &result(&batch, told.place, &told.fate))))
            .collect(),
    };
    delivered(&ledger, lines.into_bytes(), "application/x-jsonl")
}

fn row(id: Option<&str>, result: &Value) -> Value {
    json!({ "custom_id": id, "result": result })
}

fn result(batch: &Batch, place: usize, fate: &Fate) -> Value {
    match fate {
        Fate::Answered {
            text,
            manner,
            input_tokens,
            output_tokens,
        } => {
            let request = &batch.requests[place];
            let said = Said {
                text,
                manner: *manner,
                // The first fills the cache, the others read it.
                first: place == 0,
                input_tokens: *input_tokens,
                output_tokens: *output_tokens,
            };
            json!({ "type": "succeeded", "message": message(&request.given, place, &said) })
        }
        Fate::Failed { code, message, .. } => errored(code, message),
        Fate::Page | Fate::Empty => errored("api_error", "Internal server error"),
        Fate::Expired => json!({ "type": "expired" }),
        Fate::Cancelled => json!({ "type": "canceled" }),
    }
}

/// A whole error answer within the row.
fn errored(code: &str, message: &str) -> Value {
    let error = json!({ "type": "error", "error": { "type": code, "message": message }, "request_id": null });
    json!({ "type": "errored", "error": error })
}

struct Said<'a> {
    text: &'a str,
    manner: Manner,
    first: bool,
    input_tokens: u64,
    output_tokens: u64,
}

fn message(given: &Value, place: usize, said: &Said<'_>) -> Value {
    let thinks = !given["output_config"]["effort"].is_null();
    let mut content = Vec::new();
    if thinks {
        content.push(json!({ "type": "thinking", "thinking": "Practice thinks nothing.", "signature": "cHJhY3RpY2U=" }));
    }
    if said.manner == Manner::Answer {
        content.push(json!({ "type": "text", "text": said.text, "citations": null }));
    }
    let (stop_reason, stop_details) = match said.manner {
        Manner::Answer => ("end_turn", Value::Null),
        Manner::Cut => ("max_tokens", Value::Null),
        Manner::Refusal => (
            "refusal",
            json!({ "type": "refusal", "category": null, "explanation": said.text }),
        ),
    };
    json!({
        "id": format!("msg_{}", name(&[&given.to_string(), &place.to_string()])),
        "type": "message", "role": "assistant", "model": given["model"], "content": content,
        "stop_reason": stop_reason, "stop_sequence": null, "stop_details": stop_details,
        "usage": usage(given, said, thinks),
    })
}

fn usage(given: &Value, said: &Said<'_>, thinks: bool) -> Value {
    let marked = given["system"][0]["cache_control"].is_object();
    let shared = if marked { said.input_tokens / 2 } else { 0 };
    let (written, read) = if said.first { (shared, 0) } else { (0, shared) };
    let thought = if thinks { 5 } else { 0 };
    json!({
        "input_tokens": said.input_tokens - shared, "output_tokens": said.output_tokens + thought,
        "cache_creation_input_tokens": written, "cache_read_input_tokens": read,
        "cache_creation": { "ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": written },
        "output_tokens_details": { "thinking_tokens": thought },
        "service_tier": "batch", "inference_geo": "global",
    })
}
