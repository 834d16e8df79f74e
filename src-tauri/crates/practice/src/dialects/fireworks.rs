//! Fireworks: datasets, jobs under the client's own names, signed addresses (`wire/openai-style.md`, 4.5; captures of
//! 2026-08-30).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Extension, FromRequest, Multipart, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use tabane_model::Millis;

use super::chat::{PAGE, completion};
use super::gate::{Connection, bearer, cut_after_create, delivered, guarded, refused_create, results_gone};
use super::ledger::{Batch, Fate, Row, Stage};
use super::shelf::{Shelf, StoredFile, received};
use super::{Ledger, input};

/// What is told of a dataset beside its content.
#[derive(Clone, Default)]
struct Dataset {
    display_name: String,
    example_count: String,
}

#[derive(Default)]
struct Datasets {
    told: Mutex<BTreeMap<String, Dataset>>,
    shelf: Shelf,
}

impl Datasets {
    fn told(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Dataset>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type All = Extension<Arc<Datasets>>;

pub(super) fn routes(ledger: Arc<Ledger>) -> Router {
    let datasets = Arc::new(Datasets::default());
    let routes = Router::new()
        .route("/v1/accounts/fireworks/models", get(models))
        .route("/v1/accounts/practice/datasets", axum::routing::post(announce))
        .route(
            "/v1/accounts/practice/datasets/{id}",
            get(dataset).post(upload).patch(rename).delete(delete_dataset),
        )
        .route("/v1/accounts/practice/batchInferenceJobs", get(list).post(create))
        .route(
            "/v1/accounts/practice/batchInferenceJobs/{id}",
            get(job).delete(delete_job),
        );
    let signed = Router::new()
        .route("/signed/{dataset}/{file}", get(signed))
        .with_state(Arc::clone(&ledger));
    guarded(routes, ledger, bearer, say)
        .merge(signed)
        .layer(Extension(datasets))
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NewDataset {
    dataset_id: String,
    dataset: Value,
}

async fn announce(Extension(all): All, Json(new): Json<NewDataset>) -> Response {
    if !is_name(&new.dataset_id) {
        return bad("invalid dataset id");
    }
    let Some(example_count) = new.dataset["exampleCount"].as_str() else {
        return bad("example_count is required for uploaded datasets");
    };
    if !new.dataset["userUploaded"].is_object() {
        return bad("user_uploaded is required");
    }
    let told = Dataset {
        example_count: example_count.to_owned(),
        display_name: String::new(),
    };
    if all.told().contains_key(&new.dataset_id) {
        return taken();
    }
    all.told().insert(new.dataset_id.clone(), told.clone());
    all.shelf.put(&new.dataset_id, StoredFile::default());
    Json(dataset_object(&new.dataset_id, &told, false)).into_response()
}

/// What Google takes for the last part of a name.
fn is_name(id: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&id.len()) && id.bytes().all(good)
}

fn dataset_object(id: &str, told: &Dataset, ready: bool) -> Value {
    json!({
        "name": dataset_name(id), "displayName": told.display_name, "exampleCount": told.example_count,
        "format": "FORMAT_UNSPECIFIED", "userUploaded": {}, "state": if ready { "READY" } else { "UPLOADING" },
        "status": { "code": "OK", "message": "" },
    })
}

fn dataset_name(id: &str) -> String {
    format!("accounts/practice/datasets/{id}")
}

async fn dataset(State(ledger): State<Arc<Ledger>>, Extension(all): All, Path(id): Path<String>) -> Response {
    if let Some(id) = id.strip_suffix(":getDownloadEndpoint") {
        return download_endpoint(&ledger, id);
    }
    if let Some(told) = all.told().get(&id) {
        return Json(dataset_object(&id, told, all.shelf.content(&id).is_some())).into_response();
    }
    match results_in(&ledger, &id) {
        Some(_) => Json(dataset_object(&id, &Dataset::default(), true)).into_response(),
        None => not_found(),
    }
}

/// The batch that has written its results into this dataset.
fn results_in(ledger: &Ledger, dataset: &str) -> Option<Batch> {
    let now = ledger.now();
    let batches = ledger.list();
    let batch = batches
        .into_iter()
        .find(|batch| batch.extra["output"] == dataset)?;
    let written = match batch.stage(now) {
        Stage::Completed | Stage::Expired => true,
        Stage::Cancelled => batch.counts(now).succeeded + batch.counts(now).failed > 0,
        _ => false,
    };
    written.then_some(batch)
}

fn download_endpoint(ledger: &Ledger, dataset: &str) -> Response {
    if results_in(ledger, dataset).is_none() || results_gone(ledger) {
        return not_found();
    }
    let files: BTreeMap<String, String> = ["BIJOutputSet.jsonl", "error-data"]
        .into_iter()
        .map(|file| {
            let address = format!("{}/signed/{dataset}/{file}?X-Goog-Expires=599", ledger.origin);
            (format!("dataset/{dataset}/{file}"), address)
        })
        .collect();
    Json(json!({ "filenameToSignedUrls": files })).into_response()
}

/// As Google Cloud Storage: a key beside a signature is one too many.
async fn signed(
    State(ledger): State<Arc<Ledger>>,
    Path((dataset, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if headers.contains_key(header::AUTHORIZATION) {
        return (StatusCode::BAD_REQUEST, "<?xml version='1.0'?><Error/>").into_response();
    }
    let Some(batch) = results_in(&ledger, &dataset) else {
        return (StatusCode::NOT_FOUND, "<?xml version='1.0'?><Error/>").into_response();
    };
    let errors = file == "error-data";
    let rows = batch.rows(ledger.now());
    let line = |row: &Row| row_object(&batch, row, errors).map(|object| row.line(&object));
    let text: String = rows.iter().filter_map(line).collect();
    delivered(&ledger, text.into_bytes(), "application/octet-stream")
}

/// `None`: the row is in the other file, or in none. Rows that did not run are in none.
fn row_object(batch: &Batch, row: &Row, errors: bool) -> Option<Value> {
    let model = batch.extra["model"].as_str().unwrap_or_default();
    let response = |response: Value| json!({ "custom_id": row.id, "response": response });
    match &row.fate {
        Fate::Answered { .. } if !errors => completion(batch, row, model).map(response),
        Fate::Page if !errors => Some(response(json!(PAGE))),
        Fate::Empty if !errors => Some(response(json!({}))),
        Fate::Failed { code, message, .. } if errors => {
            Some(json!({ "custom_id": row.id, "error": { "code": code, "message": message } }))
        }
        _ => None,
    }
}

async fn upload(
    State(ledger): State<Arc<Ledger>>,
    Extension(all): All,
    connection: Connection,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Some(id) = id.strip_suffix(":upload") else {
        return not_found();
    };
    if all.shelf.get(id).is_none() {
        return not_found();
    }
    let form = match Multipart::from_request(request, &()).await {
        Ok(form) => form,
        Err(error) => return bad(&error.body_text()),
    };
    let too_large = || say(StatusCode::PAYLOAD_TOO_LARGE, "", "file is too large");
    let (name, content) = match received(&ledger, &connection, form, too_large).await {
        Ok(form) => match form.file {
            Some(file) => file,
            None => return bad("file is required"),
        },
        Err(refused) => return refused,
    };
    // Whatever was there before stays beside it.
    let before = all
        .shelf
        .content(id)
        .map(|content| content.to_vec())
        .unwrap_or_default();
    all.shelf.fill(id, &[before, content.clone()].concat());
    Json(json!({
        "id": dataset_name(id), "object": "file", "purpose": "dataset", "filename": name,
        "bytes": content.len(), "created_at": ledger.now() / 1000,
    }))
    .into_response()
}

async fn rename(Extension(all): All, Path(id): Path<String>, Json(change): Json<Value>) -> Response {
    let mut told = all.told();
    let Some(dataset) = told.get_mut(&id) else {
        return not_found();
    };
    if let Some(name) = change["displayName"].as_str() {
        name.clone_into(&mut dataset.display_name);
    }
    Json(dataset_object(&id, dataset, true)).into_response()
}

async fn delete_dataset(
    State(ledger): State<Arc<Ledger>>,
    Extension(all): All,
    Path(id): Path<String>,
) -> Response {
    if let Some(batch) = results_in(&ledger, &id) {
        ledger.change(&batch.id, |batch| batch.extra["output"] = Value::Null);
        return Json(json!({})).into_response();
    }
    all.shelf.remove(&id);
    match all.told().remove(&id) {
        Some(_) => Json(json!({})).into_response(),
        None => not_found(),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
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

async fn create(
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

fn iso(time: Millis) -> String {
    jiff::Timestamp::from_millisecond(time)
        .unwrap_or_default()
        .to_string()
}

/// `None`: not there, not yet, or not any more.
fn there(ledger: &Ledger, id: &str) -> Option<Batch> {
    let batch = ledger.look(id)?;
    (batch.stage(ledger.now()) != Stage::Cancelled).then_some(batch)
}

async fn job(State(ledger): State<Arc<Ledger>>, Path(id): Path<String>) -> Response {
    match there(&ledger, &id) {
        Some(batch) => Json(job_object(&batch, ledger.now())).into_response(),
        None => not_found(),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    page_size: Option<usize>,
    page_token: Option<String>,
}

/// The oldest first.
async fn list(State(ledger): State<Arc<Ledger>>, Query(page): Query<Page>) -> Json<Value> {
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
async fn delete_job(State(ledger): State<Arc<Ledger>>, Path(id): Path<String>) -> Response {
    if there(&ledger, &id).is_none() {
        return not_found();
    }
    if let Some(Err(_)) = ledger.cancel(&id) {
        ledger.remove(&id);
    }
    Json(json!({})).into_response()
}
