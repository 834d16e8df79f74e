//! xAI: files, batches without a status, results in pages (`wire/openai-style.md`, 4.4).

use std::sync::Arc;

use axum::extract::{ConnectInfo, Extension, Multipart, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use tabane_model::Millis;

use super::Ledger;
use super::chat::{PAGE, completion, element};
use super::gate::{Connection, bearer, cut_after_create, delivered, guarded, refused_create, results_gone};
use super::ledger::{Batch, Fate, Request, Row, Stage};
use super::uploads::{No, Uploads, lines, receive};

/// Requests and bytes of a file, and bytes of a line (documentation of 2026).
const MOST_REQUESTS: usize = 50_000;
const MOST_BYTES: u64 = 200_000_000;
const MOST_OF_A_LINE: usize = 25_000_000;

/// How long results are kept.
const KEPT: Millis = 30 * 24 * 60 * 60_000;

/// Of the reasoning, which the answer's own tokens leave out.
const REASONING: u64 = 7;

type Shared = State<Arc<Ledger>>;

pub(super) fn routes(ledger: Arc<Ledger>) -> Router {
    let routes = Router::new()
        .route("/v1/models", get(models))
        .route("/v1/files", post(upload))
        .route("/v1/batches", get(list).post(create))
        .route("/v1/batches/{id}", get(batch).post(cancel))
        .route("/v1/batches/{id}/results", get(results))
        .layer(Extension(Uploads::default()));
    guarded(routes, ledger, bearer, say)
}

/// A key that is not right is said with 400.
fn say(status: StatusCode, code: &str, message: &str) -> Response {
    let (status, code, message) = match status {
        StatusCode::UNAUTHORIZED => (
            StatusCode::BAD_REQUEST,
            "Client specified an invalid argument",
            "Incorrect API key provided. You can obtain an API key from https://console.x.ai.",
        ),
        _ => (status, code, message),
    };
    (status, Json(json!({ "code": code, "error": message }))).into_response()
}

fn bad(message: &str) -> Response {
    say(
        StatusCode::BAD_REQUEST,
        "Client specified an invalid argument",
        message,
    )
}

fn not_found() -> Response {
    let code = "The requested resource was not found";
    say(StatusCode::NOT_FOUND, code, "Batch not found.")
}

async fn models() -> Json<Value> {
    let model = |id| json!({ "id": id, "object": "model", "created": 0, "owned_by": "xai" });
    Json(json!({ "object": "list", "data": [model("practice-grok"), model("practice-grok-mini")] }))
}

async fn upload(
    State(ledger): Shared,
    Extension(uploads): Extension<Uploads>,
    ConnectInfo(connection): Connection,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Response {
    let upload = match receive(&ledger, &connection, form, MOST_BYTES).await {
        Ok(upload) => upload,
        Err(No::Said(response)) => return response,
        Err(No::TooLarge) => return bad("File is too large."),
        Err(No::Form(message)) => return bad(&message),
    };
    let id = format!("file_{}", uuid::Uuid::new_v4());
    let told = json!({
        "id": id, "object": "file", "bytes": upload.content.len(), "created_at": ledger.now() / 1000,
        "expires_at": null, "filename": upload.name, "purpose": "",
    });
    uploads.keep(&id, upload);
    Json(told).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    name: String,
    input_file_id: String,
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
        Err(error) => return bad(&format!("Failed to deserialize the JSON body: {error}")),
    };
    let Some(upload) = uploads.get(&order.input_file_id) else {
        return say(
            StatusCode::NOT_FOUND,
            "The requested resource was not found",
            "File not found.",
        );
    };
    let (requests, refusal) = match read(&upload.content) {
        Ok(requests) => (requests, None),
        Err(message) => (
            Vec::new(),
            Some(format!("JSONL file validation failed: {message}")),
        ),
    };
    let extra = json!({ "name": order.name, "input_file_id": order.input_file_id, "looks": 0 });
    let made = ledger.create(|_| format!("batch_{}", uuid::Uuid::new_v4()), requests, extra);
    let made = match refusal {
        Some(message) => ledger.change(&made.id, |batch| {
            batch.refused = Some(("invalid_file".to_owned(), None, message));
        }),
        None => Some(made),
    };
    cut_after_create(&ledger, &connection);
    match made {
        Some(batch) => Json(object(&ledger, &batch)).into_response(),
        None => not_found(),
    }
}

fn read(content: &[u8]) -> Result<Vec<Request>, String> {
    let mut requests = Vec::new();
    for (number, line) in lines(content).enumerate() {
        let wrong = |what: &str| Err(format!("line {}: {what}", number + 1));
        let given: Value = match serde_json::from_slice(line) {
            Ok(given) => given,
            Err(error) => return wrong(&error.to_string()),
        };
        let url = given["url"].as_str().unwrap_or_default();
        if line.len() > MOST_OF_A_LINE {
            return wrong("too long");
        }
        if given["method"] != "POST" || !["/v1/chat/completions", "/v1/responses"].contains(&url) {
            return wrong("method or url is not supported");
        }
        let Some(id) = given["custom_id"].as_str() else {
            return wrong("custom_id is missing");
        };
        if given["body"]["model"].as_str().is_none() {
            return wrong("model is missing");
        }
        requests.push(Request {
            id: Some(id.to_owned()),
            chat: given["body"].to_string(),
            given: given.clone(),
            refused: None,
        });
    }
    if requests.is_empty() || requests.len() > MOST_REQUESTS {
        return Err(format!("a file holds 1 to {MOST_REQUESTS} requests"));
    }
    Ok(requests)
}

#[derive(Deserialize)]
struct Page {
    limit: Option<usize>,
    pagination_token: Option<String>,
}

impl Page {
    /// The elements of this page, and the token of the next.
    fn of<T>(&self, all: Vec<T>, most: usize) -> (Vec<T>, Option<String>) {
        let start: usize = self
            .pagination_token
            .as_deref()
            .and_then(|token| token.parse().ok())
            .unwrap_or(0);
        let limit = self.limit.unwrap_or(100).clamp(1, most);
        let more = all.len() > start + limit;
        let page = all.into_iter().skip(start).take(limit).collect();
        (page, more.then(|| (start + limit).to_string()))
    }
}

async fn list(State(ledger): Shared, Query(page): Query<Page>) -> Json<Value> {
    let (batches, token) = page.of(ledger.list(), 100);
    let told: Vec<_> = batches.iter().map(|batch| object(&ledger, batch)).collect();
    Json(json!({ "batches": told, "pagination_token": token }))
}

async fn batch(State(ledger): Shared, Path(id): Path<String>) -> Response {
    if ledger.look(&id).is_none() {
        return not_found();
    }
    let looks = |batch: &mut Batch| {
        if batch.cancel_at.is_some() {
            batch.extra["looks"] = (batch.extra["looks"].as_u64().unwrap_or(0) + 1).into();
        }
    };
    match ledger.change(&id, looks) {
        Some(batch) => Json(object(&ledger, &batch)).into_response(),
        None => not_found(),
    }
}

/// `POST /v1/batches/{id}:cancel`.
async fn cancel(State(ledger): Shared, Path(id): Path<String>) -> Response {
    let Some(id) = id.strip_suffix(":cancel") else {
        return say(
            StatusCode::METHOD_NOT_ALLOWED,
            "Method not allowed",
            "Method not allowed",
        );
    };
    match ledger.cancel(id) {
        Some(Ok(batch)) => Json(object(&ledger, &batch)).into_response(),
        Some(Err(_)) => bad("The batch has ended."),
        None => not_found(),
    }
}

async fn results(State(ledger): Shared, Path(id): Path<String>, Query(page): Query<Page>) -> Response {
    let Some(batch) = ledger.look(&id).filter(|_| !results_gone(&ledger)) else {
        return not_found();
    };
    let mut rows = batch.rows(ledger.now());
    rows.sort_by(|one, other| one.id.cmp(&other.id));
    let (rows, token) = page.of(rows, 1_000);
    let told: Vec<_> = rows
        .iter()
        .map(|row| element(row, &result(&batch, row)))
        .collect();
    let body = json!({ "results": told, "pagination_token": token });
    delivered(&ledger, body.to_string().into_bytes(), "application/json")
}

fn object(ledger: &Ledger, batch: &Batch) -> Value {
    let now = ledger.now();
    let stage = batch.stage(now);
    let counts = batch.counts(now);
    let refused = batch.refused.as_ref().filter(|_| stage == Stage::Failed);
    let read = stage != Stage::Validating && refused.is_none();
    let number = |count: u64| if read { count } else { 0 };
    // Right after a cancel every other look shows it as done already.
    let swings =
        stage == Stage::Cancelling && batch.extra["looks"].as_u64().is_some_and(|looks| looks % 2 == 1);
    let (pending, cancelled) = if swings {
        (0, counts.pending)
    } else {
        (counts.pending, counts.cancelled)
    };
    json!({
        "batch_id": batch.id, "name": batch.extra["name"], "input_file_id": batch.extra["input_file_id"],
        "create_time": date(batch.created_at), "expire_time": date(batch.created_at + KEPT),
        "create_api_key_id": "practice", "cancel_time": batch.cancel_at.and_then(date),
        "cancel_by_xai_message": refused.map(|(_, _, message)| message),
        "state": {
            "num_requests": number(batch.requests.len() as u64), "num_pending": number(pending),
            "num_success": number(counts.succeeded), "num_error": number(counts.failed + counts.expired),
            "num_cancelled": number(cancelled),
        },
    })
}

/// Times are told as dates alone.
fn date(at: Millis) -> Option<String> {
    let at = jiff::Timestamp::from_millisecond(at).ok()?;
    Some(at.strftime("%Y-%m-%d").to_string())
}

/// Its `completion_tokens` are without the reasoning.
fn result(batch: &Batch, row: &Row) -> Value {
    let model = batch.requests[row.place].given["body"]["model"]
        .as_str()
        .unwrap_or_default();
    let answered = |answer: Value| json!({ "response": { "chat_get_completion": answer } });
    let error = |code: u8, message: &str| json!({ "error": { "code": code, "message": message } });
    let told = match &row.fate {
        Fate::Answered { .. } => {
            let mut answer = completion(batch, row, model).unwrap_or_default();
            let usage = &mut answer["usage"];
            usage["total_tokens"] = (usage["total_tokens"].as_u64().unwrap_or(0) + REASONING).into();
            usage["completion_tokens_details"] = json!({ "reasoning_tokens": REASONING });
            usage["cost_in_usd_ticks"] = 1_330_000.into();
            answered(answer)
        }
        Fate::Failed { message, .. } => json!({ "error": message }),
        Fate::Page => answered(Value::from(PAGE)),
        Fate::Empty => answered(json!({})),
        Fate::Expired => error(4, "The request was not run in time."),
        Fate::Cancelled => error(1, "The request was cancelled."),
    };
    json!({ "batch_request_id": row.id, "batch_result": told })
}
