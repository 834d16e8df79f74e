//! Jobs: made under the client's own name, told, listed, deleted.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Extension, Path, Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tabane_model::Millis;

use super::{All, bad, dataset_name, is_name, iso, not_found, taken};
use crate::dialects::gate::{Connection, cut_after_create, refused_create};
use crate::dialects::ledger::{Batch, Stage};
use crate::dialects::{Ledger, input};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Named {
    batch_inference_job_id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NewJob {
    model: String,
    input_dataset_id: String,
    output_dataset_id: Option<String>,
    max_job_duration: Option<String>,
    #[serde(default)]
    display_name: String,
}

pub(super) async fn create(
    State(ledger): State<Arc<Ledger>>,
    Extension(all): All,
    ConnectInfo(connection): Connection,
    Query(named): Query<Named>,
    body: Bytes,
) -> Response {
    if let Some(refused) = refused_create(&ledger, &connection) {
        return refused;
    }
    let wanted: NewJob = match serde_json::from_slice(&body) {
        Ok(wanted) => wanted,
        Err(error) => return bad(&error.to_string()),
    };
    let id = named.batch_inference_job_id;
    if ledger.list().iter().any(|batch| batch.id == id) {
        return taken();
    }
    let input = wanted
        .input_dataset_id
        .strip_prefix(&dataset_name(""))
        .unwrap_or_default();
    let Some(content) = all.shelf.content(input) else {
        return bad("input dataset is not ready");
    };
    if !(is_name(&id) && wanted.model.starts_with("accounts/")) {
        return bad("invalid name");
    }
    let window = wanted.max_job_duration.as_deref().unwrap_or("86400s");
    if !["43200s", "86400s", "172800s", "259200s"].contains(&window) {
        return bad("invalid max_job_duration");
    }
    let seconds: Millis = window.trim_end_matches('s').parse().unwrap_or(86_400);
    let output = wanted
        .output_dataset_id
        .unwrap_or_else(|| dataset_name(&format!("bij-{id}")));
    let output = output.rsplit('/').next().unwrap_or_default();
    let read = input::read(&content, Some(&wanted.model));
    // One bad line fails the whole job, and its model is the job's.
    let (requests, wrong) = match read {
        Ok(requests)
            if requests
                .iter()
                .any(|request| request.given["body"].get("model").is_some()) =>
        {
            (Vec::new(), Some("unknown field \"model\"".to_owned()))
        }
        Ok(requests) => (requests, None),
        Err(wrong) => (Vec::new(), Some(wrong.message)),
    };
    let extra = json!({
        "input": input, "output": output, "model": wanted.model, "display_name": wanted.display_name,
        "window": seconds * 1000, "declared": all.told().get(input).map(|told| told.example_count.clone()),
    });
    let mut made = ledger.create(|_| id, requests, extra);
    if let Some(message) = wrong {
        let message = format!("Dataset has a syntax error: {message}");
        made.refused = Some(("INVALID_ARGUMENT".to_owned(), None, message));
        ledger.change(&made.id, |batch| batch.refused = made.refused.clone());
    }
    cut_after_create(&ledger, &connection);
    Json(job_object(&made, ledger.now())).into_response()
}

fn job_object(batch: &Batch, now: Millis) -> Value {
    let stage = batch.stage(now);
    let state = match stage {
        Stage::Validating => "VALIDATING",
        Stage::Running => "RUNNING",
        Stage::Finalizing => "WRITING_RESULTS",
        Stage::Cancelling | Stage::Cancelled => "DELETING_CLEANING_UP",
        Stage::Completed => "COMPLETED",
        Stage::Failed => "FAILED",
        Stage::Expired => "EXPIRED",
    };
    let counts = batch.counts(now);
    let done = counts.succeeded + counts.failed;
    let declared: u64 = batch.extra["declared"]
        .as_str()
        .and_then(|count| count.parse().ok())
        .unwrap_or(0);
    let running = !matches!(stage, Stage::Validating | Stage::Failed);
    let progress = json!({
        "percent": done * 100 / (batch.requests.len() as u64).max(1), "epoch": 0,
        "totalInputRequests": if running { declared } else { 0 }, "totalProcessedRequests": done,
        "successfullyProcessedRequests": counts.succeeded, "failedRequests": counts.failed,
        "outputRows": counts.succeeded, "inputTokens": 0, "outputTokens": 0, "cachedInputTokenCount": 0,
    });
    let failed = batch.refused.as_ref().filter(|_| stage == Stage::Failed);
    let (code, message) = failed.map_or(("OK", ""), |(code, _, message)| (code, message));
    let window = batch.extra["window"].as_i64().unwrap_or_default();
    let output = batch.extra["output"].as_str().map(dataset_name);
    json!({
        "name": format!("accounts/practice/batchInferenceJobs/{}", batch.id),
        "displayName": batch.extra["display_name"], "state": format!("JOB_STATE_{state}"),
        "status": { "code": code, "message": message }, "model": batch.extra["model"],
        "inputDatasetId": batch.extra["input"].as_str().map(dataset_name), "outputDatasetId": output,
        "createTime": iso(batch.created_at), "expireTime": iso(batch.created_at + window), "updateTime": iso(now),
        "inferenceParameters": { "extraBody": "{}" }, "continuedFromJobName": "", "precision": "BF16",
        "jobProgress": if stage == Stage::Validating { Value::Null } else { progress },
    })
}

/// `None`: not there, not yet, or not any more.
fn there(ledger: &Ledger, id: &str) -> Option<Batch> {
    let batch = ledger.look(id)?;
    (batch.stage(ledger.now()) != Stage::Cancelled).then_some(batch)
}

pub(super) async fn job(State(ledger): State<Arc<Ledger>>, Path(id): Path<String>) -> Response {
    match there(&ledger, &id) {
        Some(batch) => Json(job_object(&batch, ledger.now())).into_response(),
        None => not_found(),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page {
    page_size: Option<usize>,
    page_token: Option<String>,
}

/// The oldest first.
pub(super) async fn list(State(ledger): State<Arc<Ledger>>, Query(page): Query<Page>) -> Json<Value> {
    let now = ledger.now();
    let mut all = ledger.list();
    all.reverse();
    all.retain(|batch| batch.stage(now) != Stage::Cancelled);
    let from: usize = page.page_token.and_then(|token| token.parse().ok()).unwrap_or(0);
    let size = page.page_size.unwrap_or(50).clamp(1, 200);
    let jobs: Vec<_> = all
        .iter()
        .skip(from)
        .take(size)
        .map(|batch| job_object(batch, now))
        .collect();
    let next = from + jobs.len();
    let token = if next < all.len() {
        next.to_string()
    } else {
        String::new()
    };
    Json(json!({ "batchInferenceJobs": jobs, "nextPageToken": token, "totalSize": all.len() }))
}

/// Also the way to cancel. A job that has ended is gone at once.
pub(super) async fn delete_job(State(ledger): State<Arc<Ledger>>, Path(id): Path<String>) -> Response {
    if there(&ledger, &id).is_none() {
        return not_found();
    }
    if let Some(Err(_)) = ledger.cancel(&id) {
        ledger.remove(&id);
    }
    Json(json!({})).into_response()
}
