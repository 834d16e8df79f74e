//! The models, as package `anthropic` 2.12.0 wants them described.

use axum::extract::Query;
use axum::response::Response;
use serde_json::{Value, json};

use super::{Page, listed};

/// Id, whether it is retired, whether it answers batches. Retired ones are told too.
const MODELS: [(&str, bool, bool); 5] = [
    ("claude-opus-5-5", false, true),
    ("claude-sonnet-5-5", false, true),
    ("claude-haiku-5-5", false, true),
    ("claude-practice-live", false, false),
    ("claude-3-haiku-20240307", true, true),
];

pub(super) async fn models(Query(page): Query<Page>) -> Response {
    listed(MODELS.map(model).to_vec(), &page)
}

fn model((id, retired, batch): (&str, bool, bool)) -> Value {
    json!({
        "type": "model", "id": id, "display_name": id, "created_at": "2026-09-01T00:00:00Z",
        "lifecycle": if retired { "retired" } else { "active" }, "line": null,
        "max_input_tokens": 1_000_000, "max_tokens": 128_000, "capabilities": capabilities(batch),
        "deprecated_at": null, "retires_at": null,
    })
}

fn capabilities(batch: bool) -> Value {
    let yes = json!({ "supported": true });
    json!({
        "batch": { "supported": batch },
        "citations": yes, "code_execution": yes, "image_input": yes, "pdf_input": yes, "structured_outputs": yes,
        "context_management": yes,
        "effort": { "supported": true, "low": yes, "medium": yes, "high": yes, "xhigh": yes, "max": yes },
        "server_tools": { "supported": true, "code_execution": yes, "web_search": yes },
        "thinking": {
            "supported": true,
            "types": { "adaptive": yes, "between_tools": yes, "disabled": yes, "enabled": yes },
        },
    })
}
