//! Fireworks: datasets, jobs under the client's own names, signed addresses (`wire/openai-style.md`, 4.5; captures of
//! 2026-08-30).

mod datasets;
mod jobs;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use serde_json::{Value, json};
use tabane_model::Millis;

use super::Ledger;
use super::gate::{bearer, guarded};
use datasets::Datasets;

type All = Extension<Arc<Datasets>>;

pub(super) fn routes(ledger: Arc<Ledger>) -> Router {
    let all = Arc::new(Datasets::default());
    let routes = Router::new()
        .route("/v1/accounts/fireworks/models", get(models))
        .route("/v1/accounts/practice/datasets", post(datasets::announce))
        .route(
            "/v1/accounts/practice/datasets/{id}",
            get(datasets::dataset)
                .post(datasets::upload)
                .patch(datasets::rename)
                .delete(datasets::delete_dataset),
        )
        .route(
            "/v1/accounts/practice/batchInferenceJobs",
            get(jobs::list).post(jobs::create),
        )
        .route(
            "/v1/accounts/practice/batchInferenceJobs/{id}",
            get(jobs::job).delete(jobs::delete_job),
        );
    let signed = Router::new()
        .route("/signed/{dataset}/{file}", get(datasets::signed))
        .with_state(Arc::clone(&ledger));
    guarded(routes, ledger, bearer, say)
        .merge(signed)
        .layer(Extension(all))
}

/// A key is refused in OpenAI's shape, everything else in Google's.
fn say(status: StatusCode, _: &str, message: &str) -> Response {
    if status == StatusCode::UNAUTHORIZED {
        let error = json!({ "message": message, "param": null, "code": "UNAUTHORIZED", "type": "error" });
        return (StatusCode::FORBIDDEN, Json(json!({ "error": error }))).into_response();
    }
    let code = match status.as_u16() {
        400 => 3,
        404 => 5,
        409 => 6,
        429 => 8,
        _ => 13,
    };
    let said = json!({ "code": code, "message": message, "details": [] });
    (status, Json(said)).into_response()
}

fn bad(message: &str) -> Response {
    say(StatusCode::BAD_REQUEST, "", message)
}

fn not_found() -> Response {
    say(StatusCode::NOT_FOUND, "", "resource not found")
}

fn taken() -> Response {
    say(StatusCode::CONFLICT, "", "resource already exists")
}

async fn models() -> Json<Value> {
    let model = |id| json!({ "name": format!("accounts/fireworks/models/{id}"), "displayName": id, "state": "READY" });
    let list = [model("practice-small"), model("practice-large")];
    Json(json!({ "models": list, "nextPageToken": "", "totalSize": list.len() }))
}

/// What Google takes for the last part of a name.
fn is_name(id: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&id.len()) && id.bytes().all(good)
}

fn dataset_name(id: &str) -> String {
    format!("accounts/practice/datasets/{id}")
}

fn iso(time: Millis) -> String {
    jiff::Timestamp::from_millisecond(time)
        .unwrap_or_default()
        .to_string()
}
