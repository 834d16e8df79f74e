//! Anthropic's Message Batches (wire notes, Anthropic 1): all requests in the create, each checked only when the batch
//! has ended, and nothing told of them before.

mod chat;
mod create;
mod models;
mod params;
mod results;

use std::sync::Arc;

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use tabane_model::Millis;

use super::gate::{bearer, guarded, results_gone};
use super::ledger::{Batch, Counts, Ledger};

type Shared = State<Arc<Ledger>>;

/// The newest version, which takes no sampling, and the one before it.
const PLAIN: &str = "2026-10-21";
const SAMPLING: &str = "2023-06-01";

const HOUR: Millis = 60 * 60 * 1_000;

/// How long a batch may run, and how long its results are kept after it was made.
const EXPIRES: Millis = 24 * HOUR;
const ARCHIVED: Millis = 29 * 24 * HOUR;

pub(crate) fn routes(ledger: Arc<Ledger>) -> Router {
    let routes = Router::new()
        .route("/v1/models", get(models::models))
        .route("/v1/messages/batches", get(batches).post(create::create))
        .route("/v1/messages/batches/{id}", get(batch).delete(delete))
        .route("/v1/messages/batches/{id}/cancel", post(cancel))
        .route("/v1/messages/batches/{id}/results", get(results::results))
        .layer(middleware::from_fn(versioned));
    guarded(routes, ledger, key, say)
}

/// Its own header, or what newer clients send.
fn key(headers: &HeaderMap) -> Option<&str> {
    match headers.get("x-api-key") {
        Some(key) => key.to_str().ok(),
        None => bearer(headers),
    }
}

/// An error as the service says it: by the status alone, whatever the word.
fn say(status: StatusCode, _word: &str, words: &str) -> Response {
    let kind = match status.as_u16() {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        409 => "conflict_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        504 => "timeout_error",
        529 => "overloaded_error",
        500.. => "api_error",
        _ => "invalid_request_error",
    };
    let request_id = "req_practice";
    let error = json!({ "type": kind, "message": words });
    let body = json!({ "type": "error", "error": error, "request_id": request_id });
    let mut response = (status, Json(body)).into_response();
    response
        .headers_mut()
        .insert("request-id", HeaderValue::from_static(request_id));
    response
}

fn bad(words: &str) -> Response {
    say(StatusCode::BAD_REQUEST, "", words)
}

fn not_found(id: &str) -> Response {
    say(
        StatusCode::NOT_FOUND,
        "",
        &format!("No batch found with ID {id}."),
    )
}

async fn versioned(request: Request, next: Next) -> Response {
    match version(request.headers()) {
        Some(PLAIN | SAMPLING) => next.run(request).await,
        Some(other) => bad(&format!("anthropic-version: \"{other}\" is not a valid version")),
        None => bad("anthropic-version: header is required"),
    }
}

fn version(headers: &HeaderMap) -> Option<&str> {
    headers.get("anthropic-version")?.to_str().ok()
}

fn time(at: Millis) -> Value {
    jiff::Timestamp::from_millisecond(at).map_or(Value::Null, |at| json!(at.to_string()))
}

/// The batch object.
fn object(ledger: &Ledger, batch: &Batch) -> Value {
    let now = ledger.now();
    let ended = has_ended(batch, now);
    let archived = is_archived(batch, now);
    let all = batch.requests.len() as u64;
    let counts = if !ended {
        json!({ "processing": all, "succeeded": 0, "errored": 0, "canceled": 0, "expired": 0 })
    } else if batch.refused.is_some() {
        json!({ "processing": 0, "succeeded": 0, "errored": all, "canceled": 0, "expired": 0 })
    } else {
        let Counts {
            succeeded,
            failed,
            expired,
            cancelled,
            pending,
        } = batch.counts(now);
        json!({
            "processing": pending, "succeeded": succeeded, "errored": failed,
            "canceled": cancelled, "expired": expired,
        })
    };
    let (unknown_status, null_counts) = {
        let faults = ledger.faults();
        (faults.unknown_status, faults.null_counts)
    };
    let status = match (ended, batch.cancel_at) {
        (true, _) => "ended",
        (false, _) if unknown_status => "scheduling",
        (false, Some(_)) => "canceling",
        (false, None) => "in_progress",
    };
    // Whole, without the host: clients that follow it must know where they are.
    let results = format!("{}/v1/messages/batches/{}/results", ledger.origin, batch.id);
    json!({
        "id": batch.id, "type": "message_batch", "processing_status": status,
        "request_counts": if null_counts { Value::Null } else { counts },
        "created_at": time(batch.created_at),
        "expires_at": time(batch.created_at + EXPIRES),
        "ended_at": if ended { time(batch.ends_at().min(now)) } else { Value::Null },
        "archived_at": if archived { time(batch.created_at + ARCHIVED) } else { Value::Null },
        "cancel_initiated_at": batch.cancel_at.map_or(Value::Null, time),
        "results_url": if ended && !archived { json!(results) } else { Value::Null },
    })
}

/// There is no check of the whole batch that could fail: its rows fail instead.
fn has_ended(batch: &Batch, now: Millis) -> bool {
    batch.stage(now).is_over()
}

fn is_archived(batch: &Batch, now: Millis) -> bool {
    now >= batch.created_at + ARCHIVED
}

#[derive(Deserialize)]
struct Page {
    limit: Option<usize>,
    after_id: Option<String>,
    before_id: Option<String>,
}

/// A page of `all`, the newest first. `id` stands in each object.
fn listed(mut all: Vec<Value>, page: &Page) -> Response {
    let limit = page.limit.unwrap_or(20);
    if !(1..=1_000).contains(&limit) {
        return bad("limit: Input should be between 1 and 1000");
    }
    let place = |id: &String| all.iter().position(|item| item["id"] == id.as_str());
    match (&page.after_id, &page.before_id) {
        (Some(_), Some(_)) => return bad("after_id and before_id cannot be used together"),
        (Some(after), None) => match place(after) {
            Some(at) => drop(all.drain(..=at)),
            None => return bad("after_id: no such object"),
        },
        (None, Some(before)) => match place(before) {
            Some(at) => all.truncate(at),
            None => return bad("before_id: no such object"),
        },
        (None, None) => {}
    }
    let has_more = all.len() > limit;
    all.truncate(limit);
    let id = |item: Option<&Value>| item.map_or(Value::Null, |item| item["id"].clone());
    let (first, last) = (id(all.first()), id(all.last()));
    Json(json!({ "data": all, "has_more": has_more, "first_id": first, "last_id": last })).into_response()
}

async fn batches(State(ledger): Shared, Query(page): Query<Page>) -> Response {
    let all = ledger.list();
    listed(all.iter().map(|batch| object(&ledger, batch)).collect(), &page)
}

async fn batch(State(ledger): Shared, Path(id): Path<String>) -> Response {
    match ledger.look(&id) {
        Some(batch) => Json(object(&ledger, &batch)).into_response(),
        None => not_found(&id),
    }
}

async fn cancel(State(ledger): Shared, Path(id): Path<String>) -> Response {
    match ledger.cancel(&id) {
        None => not_found(&id),
        Some(Ok(batch)) => Json(object(&ledger, &batch)).into_response(),
        Some(Err(_)) => bad(&format!("Batch {id} cannot be canceled because it has ended.")),
    }
}

async fn delete(State(ledger): Shared, Path(id): Path<String>) -> Response {
    let Some(batch) = ledger.look(&id) else {
        return not_found(&id);
    };
    if !has_ended(&batch, ledger.now()) {
        return bad(&format!(
            "Batch {id} cannot be deleted while it is in progress. Cancel it first."
        ));
    }
    ledger.remove(&id);
    Json(json!({ "id": id, "type": "message_batch_deleted" })).into_response()
}
