//! Mistral: files, and jobs under `/v1/batch/jobs` (`wire/openai-style.md`, 4.2).

use std::sync::Arc;

use axum::extract::{ConnectInfo, Extension, Multipart, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Ledger;
use super::chat::{PAGE, completion};
use super::gate::{Connection, bearer, cut_after_create, delivered, guarded, refused_create, results_gone};
use super::ledger::{Batch, Fate, Request, Row, Stage};
use super::uploads::{No, Upload, Uploads, lines, receive};

/// Bytes of a file (files API, 2026-08-21).
const MOST: u64 = 512_000_000;

/// What a chat request may hold (Python package `mistralai` 3.7.0), beside the model, which the job names.
const FIELDS: [&str; 26] = [
    "messages",
    "temperature",
    "top_p",
    "max_tokens",
    "stream",
    "stop",
    "random_seed",
    "metadata",
    "response_format",
    "tools",
    "tool_choice",
    "presence_penalty",
    "frequency_penalty",
    "min_tokens",
    "repetition_penalty",
    "top_k",
    "logprobs",
    "top_logprobs",
    "prompt_logprobs",
    "top_prompt_logprobs",
    "n",
    "prediction",
    "parallel_tool_calls",
    "prompt_mode",
    "reasoning_effort",
    "safe_prompt",
];

type Shared = State<Arc<Ledger>>;

pub(super) fn routes(ledger: Arc<Ledger>) -> Router {
    let routes = Router::new()
        .route("/v1/models", get(models))
        .route("/v1/files", post(upload))
        .route("/v1/files/{id}/content", get(content))
        .route("/v1/batch/jobs", get(list).post(create))
        .route("/v1/batch/jobs/{id}", get(job).delete(remove))
        .route("/v1/batch/jobs/{id}/cancel", post(cancel))
        .layer(Extension(Uploads::default()));
    guarded(routes, ledger, bearer, say)
}

fn say(status: StatusCode, code: &str, message: &str) -> Response {
    let kind = format!("invalid_{code}");
    let error = json!({ "object": "error", "message": message, "type": kind, "param": null, "code": code });
    (status, Json(error)).into_response()
}

fn not_found(what: &str) -> Response {
    say(StatusCode::NOT_FOUND, "3000", &format!("{what} not found"))
}

/// What the form of a request is refused with.
fn detail(message: impl Into<Value>) -> Response {
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        Json(json!({ "detail": message.into() })),
    )
        .into_response()
}

async fn models() -> Json<Value> {
    let model = |id| {
        let capabilities = json!({ "completion_chat": true, "function_calling": true });
        json!({ "id": id, "object": "model", "created": 0, "owned_by": "practice", "type": "base", "capabilities": capabilities })
    };
    Json(
        json!({ "object": "list", "data": [model("practice-small-latest"), model("practice-large-latest")] }),
    )
}

async fn upload(
    State(ledger): Shared,
    Extension(uploads): Extension<Uploads>,
    ConnectInfo(connection): Connection,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Response {
    let upload = match receive(&ledger, &connection, form, MOST).await {
        Ok(upload) => upload,
        Err(No::Said(response)) => return response,
        Err(No::TooLarge) => return say(StatusCode::PAYLOAD_TOO_LARGE, "3310", "File is too large."),
        Err(No::Form(message)) => return detail(message),
    };
    if upload.purpose == "batch"
        && let Err(message) = check(&upload)
    {
        return detail(format!("Invalid file format. {message}"));
    }
    let id = Uuid::new_v4().to_string();
    let told = json!({
        "id": id, "object": "file", "bytes": upload.content.len(), "created_at": ledger.now() / 1000,
        "filename": upload.name, "purpose": upload.purpose, "sample_type": "batch_request", "source": "upload",
        "num_lines": lines(&upload.content).count(), "mimetype": "application/jsonl", "signature": "practice",
    });
    uploads.keep(&id, upload);
    Json(told).into_response()
}

/// Ids are not looked at: missing and doubled ones are taken (captures of 2026-09-02).
fn check(upload: &Upload) -> Result<(), String> {
    if !upload.name.ends_with(".jsonl") {
        return Err("Must be .jsonl".to_owned());
    }
    for (number, line) in lines(&upload.content).enumerate() {
        let wrong = |what: &str| Err(format!("Line {}: {what}", number + 1));
        let Ok(Value::Object(fields)) = serde_json::from_slice::<Value>(line) else {
            return wrong("not a JSON object");
        };
        if let Some(other) = fields
            .keys()
            .find(|name| !["custom_id", "body"].contains(&name.as_str()))
        {
            return wrong(&format!("extra field {other}"));
        }
        let Some(body) = fields.get("body").and_then(Value::as_object) else {
            return wrong("body is missing");
        };
        if body.contains_key("model") {
            return wrong("the model belongs to the job");
        }
        if body
            .get("temperature")
            .and_then(Value::as_f64)
            .is_some_and(|value| !(0.0..=1.5).contains(&value))
        {
            return wrong("temperature must be between 0 and 1.5");
        }
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    input_files: Vec<String>,
    model: String,
    endpoint: String,
    #[serde(default)]
    metadata: Option<serde_json::Map<String, Value>>,
    #[serde(default = "a_day")]
    timeout_hours: u32,
}

fn a_day() -> u32 {
    24
}

async fn create(
    State(ledger): Shared,
    Extension(uploads): Extension<Uploads>,
    ConnectInfo(connection): Connection,
    body: String,
) -> Response {
    if let Some(refused) = refused_create(&ledger, &connection) {
        return refused;
    }
    let order: Order = match serde_json::from_str(&body) {
        Ok(order) => order,
        Err(error) => {
            let said = json!([{ "type": "value_error", "loc": ["body"], "msg": error.to_string() }]);
            return detail(said);
        }
    };
    let metadata = order.metadata.unwrap_or_default();
    let fits = |(name, value): (&String, &Value)| {
        (1..=32).contains(&name.len()) && value.as_str().is_some_and(|text| (1..=512).contains(&text.len()))
    };
    if !(1..=168).contains(&order.timeout_hours) || !metadata.iter().all(fits) {
        return detail(
            "timeout_hours is 1 to 168; keys of metadata have 1 to 32 characters, values 1 to 512",
        );
    }
    let mut requests = Vec::new();
    for id in &order.input_files {
        let Some(upload) = uploads.get(id) else {
            return not_found(&format!("File {id}"));
        };
        let read = lines(&upload.content).map(|line| request(line, &order.model));
        requests.extend(read);
    }
    let extra = json!({
        "input_files": order.input_files, "model": order.model, "endpoint": order.endpoint, "metadata": metadata,
        "output": Uuid::new_v4().to_string(), "error": Uuid::new_v4().to_string(),
    });
    let made = ledger.create(|_| Uuid::new_v4().to_string(), requests, extra);
    cut_after_create(&ledger, &connection);
    let mut told = object(&ledger, &made);
    // The file is not read yet.
    told["total_requests"] = 0.into();
    Json(told).into_response()
}

fn request(line: &[u8], model: &str) -> Request {
    let given: Value = serde_json::from_slice(line).unwrap_or_default();
    let mut chat = given["body"].as_object().cloned().unwrap_or_default();
    let extra = chat.keys().find(|name| !FIELDS.contains(&name.as_str()));
    let refused = extra.map(|name| {
        let message = format!("Extra inputs are not permitted: {name}");
        (422, "3310".to_owned(), message)
    });
    chat.insert("model".to_owned(), Value::from(model));
    Request {
        id: given["custom_id"].as_str().map(str::to_owned),
        chat: Value::from(chat).to_string(),
        given,
        refused,
    }
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    page: usize,
    page_size: Option<usize>,
    created_after: Option<String>,
}

async fn list(State(ledger): Shared, Query(page): Query<Page>) -> Response {
    let Page {
        page,
        page_size,
        created_after,
    } = page;
    let size = page_size.unwrap_or(100);
    let after = match created_after.as_deref().map(str::parse::<jiff::Timestamp>) {
        Some(Err(_)) => return detail("created_after is a date with its time"),
        Some(Ok(at)) => at.as_millisecond(),
        None => 0,
    };
    let mut batches = ledger.list();
    batches.retain(|batch| batch.created_at >= after);
    let told = batches.iter().skip(page * size).take(size);
    let told: Vec<_> = told.map(|batch| object(&ledger, batch)).collect();
    Json(json!({ "object": "list", "data": told, "total": batches.len() })).into_response()
}

async fn job(State(ledger): Shared, Path(id): Path<String>) -> Response {
    match ledger.look(&id) {
        Some(batch) => Json(object(&ledger, &batch)).into_response(),
        None => not_found("Job"),
    }
}

async fn remove(State(ledger): Shared, Path(id): Path<String>) -> Response {
    if !ledger.remove(&id) {
        return not_found("Job");
    }
    Json(json!({ "id": id, "object": "batch", "deleted": true })).into_response()
}

async fn cancel(State(ledger): Shared, Path(id): Path<String>) -> Response {
    match ledger.cancel(&id) {
        Some(Ok(batch)) => Json(object(&ledger, &batch)).into_response(),
        Some(Err(_)) => say(StatusCode::BAD_REQUEST, "3310", "The job has ended."),
        None => not_found("Job"),
    }
}

fn object(ledger: &Ledger, batch: &Batch) -> Value {
    let now = ledger.now();
    let stage = batch.stage(now);
    let status = match stage {
        Stage::Validating => "QUEUED",
        Stage::Running if ledger.faults().unknown_status => "SCHEDULING",
        Stage::Running | Stage::Finalizing => "RUNNING",
        Stage::Cancelling => "CANCELLATION_REQUESTED",
        Stage::Completed => "SUCCESS",
        Stage::Failed => "FAILED",
        Stage::Expired => "TIMEOUT_EXCEEDED",
        Stage::Cancelled => "CANCELLED",
    };
    let counts = batch.counts(now);
    let errors = match batch.refused.as_ref().filter(|_| stage == Stage::Failed) {
        Some((_, _, message)) => json!([{ "message": message, "count": 1 }]),
        None if counts.failed > 0 => json!([{ "message": "Some requests failed.", "count": counts.failed }]),
        None => json!([]),
    };
    let file = |failed: bool, name: &str| {
        let has = stage.is_over() && batch.rows(now).iter().any(|row| in_file(row, failed));
        if has {
            batch.extra[name].clone()
        } else {
            Value::Null
        }
    };
    let total = if ledger.faults().null_counts {
        0
    } else {
        batch.requests.len()
    };
    json!({
        "id": batch.id, "object": "batch", "input_files": batch.extra["input_files"],
        "endpoint": batch.extra["endpoint"], "model": batch.extra["model"], "agent_id": null,
        "metadata": batch.extra["metadata"], "errors": errors, "status": status,
        "created_at": batch.created_at / 1000, "started_at": null,
        "completed_at": stage.is_over().then(|| batch.ends_at() / 1000),
        "total_requests": total, "completed_requests": counts.succeeded + counts.failed,
        "succeeded_requests": counts.succeeded, "failed_requests": counts.failed,
        "output_file": file(false, "output"), "error_file": file(true, "error"),
    })
}

/// Rows that did not run are in no file.
fn in_file(row: &Row, failed: bool) -> bool {
    match row.fate {
        Fate::Answered { .. } | Fate::Page | Fate::Empty => !failed,
        Fate::Failed { .. } => failed,
        Fate::Expired | Fate::Cancelled => false,
    }
}

async fn content(
    State(ledger): Shared,
    Extension(uploads): Extension<Uploads>,
    Path(id): Path<String>,
) -> Response {
    if results_gone(&ledger) {
        return not_found("File");
    }
    if let Some(upload) = uploads.get(&id) {
        return delivered(&ledger, upload.content.to_vec(), "application/octet-stream");
    }
    let batches = ledger.list();
    let of = |name: &str| batches.iter().find(|batch| batch.extra[name] == *id);
    let (batch, failed) = match (of("output"), of("error")) {
        (Some(batch), _) => (batch, false),
        (None, Some(batch)) => (batch, true),
        (None, None) => return not_found("File"),
    };
    let rows = batch.rows(ledger.now());
    let rows = rows.iter().filter(|row| in_file(row, failed));
    let text: String = rows.map(|row| row.line(&result(batch, row))).collect();
    delivered(&ledger, text.into_bytes(), "application/octet-stream")
}

/// The body of a failed row is a text with JSON in it.
fn result(batch: &Batch, row: &Row) -> Value {
    let model = batch.extra["model"].as_str().unwrap_or_default();
    let (status, body) = match &row.fate {
        Fate::Failed {
            status,
            code,
            message,
        } => {
            let said = json!({ "object": "error", "message": message, "type": "invalid_request_file", "code": code });
            (*status, Value::from(said.to_string()))
        }
        Fate::Page => (200, Value::from(PAGE)),
        Fate::Answered { .. } => (200, completion(batch, row, model).unwrap_or_default()),
        Fate::Empty | Fate::Expired | Fate::Cancelled => (0, json!({})),
    };
    json!({
        "id": format!("batch-{}-{}", &batch.id[..8], row.place), "custom_id": row.id,
        "response": { "status_code": status, "body": body }, "error": null,
    })
}
