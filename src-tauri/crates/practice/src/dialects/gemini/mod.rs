//! Gemini's API as `wire/anthropic-google.md` (section 2) tells of it.

mod batches;
mod files;
mod requests;
mod results;
mod saying;

use std::sync::Arc;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Json, Router, middleware};
use serde_json::{Value, json};

use self::files::Store;
use self::saying::not_found;
use super::Ledger;
use super::gate::guarded;

/// `gemini-3.8-live` stands for a model that answers no batches.
const MODELS: &[(&str, &[&str])] = &[
    (
        "gemini-3.8-flash",
        &["generateContent", "countTokens", "batchGenerateContent"],
    ),
    (
        "gemini-3.5-flash-lite",
        &["generateContent", "countTokens", "batchGenerateContent"],
    ),
    (
        "gemini-2.5-flash",
        &["generateContent", "countTokens", "batchGenerateContent"],
    ),
    ("gemini-3.8-live", &["bidiGenerateContent"]),
];

pub(crate) fn routes(ledger: Arc<Ledger>) -> Router {
    let store = Arc::new(Store::default());
    let routes = Router::new()
        .route("/upload/v1beta/files", post(files::upload))
        .route("/v1beta/files", get(files::list))
        .route(
            "/v1beta/files/{call}",
            get(files::look_or_load).delete(files::delete),
        )
        .route("/download/v1beta/files/{call}", get(files::load))
        .route("/v1beta/models", get(models))
        .route("/v1beta/models/{call}", get(model).post(batches::ask))
        .route("/v1beta/batches", get(batches::list))
        .route(
            "/v1beta/batches/{call}",
            get(batches::look).post(batches::cancel).delete(batches::delete),
        )
        .layer(Extension(Arc::clone(&store)));
    guarded(routes, Arc::clone(&ledger), key, saying::say)
        .layer(middleware::from_fn(saying::as_google_does))
        .layer(middleware::from_fn_with_state((ledger, store), files::own_right))
}

fn key(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-goog-api-key")?.to_str().ok()
}

/// `models/x:verb` and its like: one segment of the path holds both.
fn called(call: &str) -> (&str, Option<&str>) {
    match call.rsplit_once(':') {
        Some((id, verb)) => (id, Some(verb)),
        None => (call, None),
    }
}

/// Any Gemini is known by batches, so that tests may choose; these are told.
async fn models() -> Json<Value> {
    Json(json!({ "models": MODELS.iter().map(told).collect::<Vec<_>>() }))
}

async fn model(Path(id): Path<String>) -> Response {
    match MODELS.iter().find(|(known, _)| *known == id) {
        Some(model) => saying::json(StatusCode::OK, &told(model)),
        None => unknown_model(&id),
    }
}

fn told((id, methods): &(&str, &[&str])) -> Value {
    json!({
        "name": format!("models/{id}"), "version": "001", "displayName": id, "description": "Practice",
        "inputTokenLimit": 1_048_576, "outputTokenLimit": 65_536, "supportedGenerationMethods": methods,
    })
}

fn unknown_model(id: &str) -> Response {
    not_found(&format!(
        "models/{id} is not found for API version v1beta, or is not supported for batchGenerateContent."
    ))
}

/// The model answers batches.
fn takes_batches(id: &str) -> bool {
    id.starts_with("gemini-") && id != "gemini-3.8-live"
}
