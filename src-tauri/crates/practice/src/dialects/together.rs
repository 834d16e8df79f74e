//! Together: half of OpenAI's dialect, with jobs of its own (`wire/openai-style.md`, 4.3).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Extension, Multipart, Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use tabane_model::Millis;
use uuid::Uuid;

use super::chat::{PAGE, completion};
use super::gate::{Connection, bearer, cut_after_create, delivered, guarded, refused_create, results_gone};
use super::ledger::{Batch, Fate, Row, Stage};
use super::shelf::{Received, Shelf, StoredFile, received};
use super::{Ledger, input};

type Files = Extension<Arc<Shelf>>;

/// A batch ends after this at the latest: told, not done.
const WINDOW: Millis = 24 * 60 * 60 * 1000;

pub(super) fn routes(ledger: Arc<Ledger>) -> Router {
    let shelf = Arc::new(Shelf::default());
    let routes = Router::new()
        .route("/v1/models", get(models))
        .route("/v1/files", post(announce))
        .route("/v1/files/upload", post(upload))
        .route("/v1/files/{id}", get(file))
        .route("/v1/files/{id}/preprocess", post(file))
        .route("/v1/files/{id}/content", get(content))
        .route("/v1/batches", get(list).post(create))
        .route("/v1/batches/{id}", get(batch))
        .route("/v1/batches/{id}/cancel", post(cancel));
    // Carries its own rights: no key is asked for.
    let signed = Router::new()
        .route("/signed/{id}", put(put_signed))
        .layer(DefaultBodyLimit::disable());
    guarded(routes, ledger, bearer, say)
        .merge(signed)
        .layer(Extension(shelf))
}

fn say(status: StatusCode, code: &str, message: &str) -> Response {
    let error = json!({ "message": message, "type": "invalid_request_error", "param": null, "code": code });
    (status, Json(json!({ "error": error }))).into_response()
}

/// Of jobs, errors are bare texts.
fn say_of_a_job(status: StatusCode, message: &str) -> Response {
    let said = json!({ "error": message, "request_id": Uuid::new_v4().simple().to_string() });
    (status, Json(said)).into_response()
}

fn no_such_job() -> Response {
    say_of_a_job(StatusCode::NOT_FOUND, "Job not found")
}

fn no_such_file() -> Response {
    say(StatusCode::NOT_FOUND, "not_found", "File not found")
}

async fn models() -> Json<Value> {
    let model = |id| json!({ "id": id, "object": "model", "created": 0, "type": "chat", "display_name": id });
    Json(json!([model("practice/small"), model("practice/large")]))
}

/// The first step of the official client: it is told where to put the file.
async fn announce(
    State(ledger): State<Arc<Ledger>>,
    Extension(shelf): Files,
    connection: Connection,
    form: Multipart,
) -> Response {
    let form = match received(&ledger, &connection, form, too_large).await {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let id = file_id();
    let name = form.fields.get("file_name").cloned().unwrap_or_default();
    shelf.put(&id, StoredFile { name, content: None });
    let location = format!("{}/signed/{id}", ledger.origin);
    let headers = [
        (header::LOCATION, location),
        (HeaderName::from_static("x-together-file-id"), id),
    ];
    (StatusCode::FOUND, headers).into_response()
}

async fn put_signed(Extension(shelf): Files, Path(id): Path<String>, body: Bytes) -> StatusCode {
    if shelf.fill(&id, &body) {
        StatusCode::OK
    } else {
        StatusCode::FORBIDDEN
    }
}

fn file_id() -> String {
    format!("file-{}", Uuid::new_v4())
}

fn too_large() -> Response {
    say(
        StatusCode::PAYLOAD_TOO_LARGE,
        "file_too_large",
        "File is too large.",
    )
}

async fn upload(
    State(ledger): State<Arc<Ledger>>,
    Extension(shelf): Files,
    connection: Connection,
    form: Multipart,
) -> Response {
    let Received { fields, file } = match received(&ledger, &connection, form, too_large).await {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let bad = |message| say(StatusCode::BAD_REQUEST, "invalid_request", message);
    if fields.get("purpose").is_none_or(|purpose| purpose != "batch-api") {
        return bad("purpose must be batch-api.");
    }
    let Some(name) = fields.get("file_name").filter(|name| name.ends_with(".jsonl")) else {
        return bad("file_name must end with .jsonl.");
    };
    let Some((_, content)) = file else {
        return bad("file is required.");
    };
    let id = file_id();
    let stored = StoredFile {
        name: name.clone(),
        content: Some(content.into()),
    };
    shelf.put(&id, stored.clone());
    Json(file_object(&ledger, &id, &stored)).into_response()
}

fn file_object(ledger: &Ledger, id: &str, file: &StoredFile) -> Value {
    json!({
        "id": id, "object": "file", "created_at": ledger.now() / 1000, "purpose": "batch-api",
        "filename": file.name, "bytes": file.content.as_ref().map_or(0, |content| content.len()),
        "FileType": "jsonl", "Processed": true, "processing_status": "COMPLETED", "LineCount": 0,
    })
}

async fn file(
    State(ledger): State<Arc<Ledger>>,
    Extension(shelf): Files,
    Path(id): Path<String>,
) -> Response {
    match shelf.get(&id) {
        Some(stored) => Json(file_object(&ledger, &id, &stored)).into_response(),
        None => no_such_file(),
    }
}

/// An input, or what the id says of the batch whose results it names.
async fn content(
    State(ledger): State<Arc<Ledger>>,
    Extension(shelf): Files,
    Path(id): Path<String>,
) -> Response {
    if let Some(input) = shelf.content(&id) {
        return delivered(&ledger, input.to_vec(), "application/octet-stream");
    }
    let of_a_batch = |prefix| {
        let batch = ledger
            .list()
            .into_iter()
            .find(|batch| id.strip_prefix(prefix) == Some(&batch.id));
        Some((batch?, prefix == OUTPUT))
    };
    let Some((batch, is_output)) = of_a_batch(OUTPUT).or_else(|| of_a_batch(ERRORS)) else {
        return no_such_file();
    };
    if results_gone(&ledger) {
        return no_such_file();
    }
    let text: String = lines(&batch, ledger.now(), is_output).concat();
    delivered(&ledger, text.into_bytes(), "application/octet-stream")
}

const OUTPUT: &str = "file-out-";
const ERRORS: &str = "file-err-";

fn lines(batch: &Batch, now: Millis, output: bool) -> Vec<String> {
    let rows = batch.rows(now);
    let line = |row: &Row| row_object(batch, row, output).map(|object| row.line(&object));
    rows.iter().filter_map(line).collect()
}

/// `None`: the row is in the other file, or in none. Rows that did not run are in none.
fn row_object(batch: &Batch, row: &Row, output: bool) -> Option<Value> {
    let model = batch.extra["model"].as_str().unwrap_or_default();
    let id = format!("batch_req_{}_{}", batch.number, row.place);
    let answered = |body: Value| json!({ "id": id, "custom_id": row.id, "response": { "status_code": 200, "request_id": id, "body": body } });
    let error = |code: &str, message: &str| json!({ "id": id, "custom_id": row.id, "error": { "code": code, "message": message } });
    match &row.fate {
        Fate::Answered { .. } if output => {
            let mut body = completion(batch, row, model)?;
            // Flat at some models.
            body["usage"]["reasoning_tokens"] = json!(0);
            Some(answered(body))
        }
        Fate::Page if output => Some(answered(json!(PAGE))),
        Fate::Empty if output => Some(answered(json!({}))),
        Fate::Failed { status, message, .. } if !output => {
            let code = if *status < 500 {
                "batch_client_error"
            } else {
                "batch_server_error"
            };
            Some(error(code, message))
        }
        _ => None,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewBatch {
    input_file_id: String,
    endpoint: String,
    #[serde(default)]
    completion_window: Option<String>,
    #[serde(default)]
    #[allow(dead_code)] // taken, of no effect
    priority: Option<i64>,
    #[serde(default)]
    model_id: Option<String>,
}

async fn create(
    State(ledger): State<Arc<Ledger>>,
    Extension(shelf): Files,
    ConnectInfo(connection): Connection,
    body: Bytes,
) -> Response {
    if let Some(refused) = refused_create(&ledger, &connection) {
        return refused;
    }
    let wanted: NewBatch = match serde_json::from_slice(&body) {
        Ok(wanted) => wanted,
        Err(error) => return say_of_a_job(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    if wanted.endpoint != "/v1/chat/completions" {
        return say_of_a_job(StatusCode::BAD_REQUEST, "Unsupported endpoint");
    }
    if wanted.completion_window.is_some_and(|window| window != "24h") {
        return say_of_a_job(StatusCode::BAD_REQUEST, "Unsupported completion window");
    }
    // Also a file that is not there is found out later.
    let (requests, wrong) = match shelf.content(&wanted.input_file_id) {
        None => (
            Vec::new(),
            Some(("not_found".to_owned(), None, "Input file not found".to_owned())),
        ),
        Some(content) => match input::read(&content, wanted.model_id.as_deref()) {
            Ok(requests) => (requests, None),
            Err(wrong) => (
                Vec::new(),
                Some(("invalid".to_owned(), wrong.line, wrong.message)),
            ),
        },
    };
    let named = requests
        .first()
        .map(|request| request.given["body"]["model"].clone());
    let model = wanted.model_id.map(Value::from).or(named);
    let extra = json!({
        "input_file_id": wanted.input_file_id, "endpoint": wanted.endpoint, "model": model,
        "bytes": shelf.content(&wanted.input_file_id).map_or(0, |content| content.len()),
    });
    let mut made = ledger.create(|_| Uuid::new_v4().to_string(), requests, extra);
    if let Some(wrong) = wrong {
        made.refused = Some(wrong);
        ledger.change(&made.id, |batch| batch.refused = made.refused.clone());
    }
    cut_after_create(&ledger, &connection);
    let told = json!({ "job": object(&made, ledger.now()), "warning": "" });
    (StatusCode::CREATED, Json(told)).into_response()
}

fn object(batch: &Batch, now: Millis) -> Value {
    let stage = batch.stage(now);
    let status = match stage {
        Stage::Validating => "VALIDATING",
        Stage::Running | Stage::Finalizing => "IN_PROGRESS",
        Stage::Cancelling => "CANCELING",
        Stage::Completed => "COMPLETED",
        Stage::Failed => "FAILED",
        Stage::Expired => "EXPIRED",
        Stage::Cancelled => "CANCELLED",
    };
    let file = |prefix: &str| {
        let there = stage.is_over() && !lines(batch, now, prefix == OUTPUT).is_empty();
        if there {
            format!("{prefix}{}", batch.id)
        } else {
            String::new()
        }
    };
    let counts = batch.counts(now);
    let done = counts.succeeded + counts.failed;
    let all = (batch.requests.len() as u64).max(1);
    let error = batch.refused.as_ref().filter(|_| stage == Stage::Failed);
    json!({
        "id": batch.id, "user_id": "practice", "input_file_id": batch.extra["input_file_id"],
        "file_size_bytes": batch.extra["bytes"], "status": status, "job_deadline": iso(batch.created_at + WINDOW),
        "created_at": iso(batch.created_at), "endpoint": batch.extra["endpoint"], "progress": done * 100 / all,
        "model_id": batch.extra["model"].as_str().unwrap_or_default(),
        "output_file_id": file(OUTPUT), "error_file_id": file(ERRORS),
        "error": error.map_or(String::new(), |(code, _, message)| format!("{code}: {message}")),
        "completed_at": stage.is_over().then(|| iso(batch.ends_at())),
    })
}

fn iso(time: Millis) -> String {
    jiff::Timestamp::from_millisecond(time)
        .unwrap_or_default()
        .to_string()
}

/// All of them: there are no pages.
async fn list(State(ledger): State<Arc<Ledger>>) -> Json<Value> {
    let now = ledger.now();
    Json(ledger.list().iter().map(|batch| object(batch, now)).collect())
}

async fn batch(State(ledger): State<Arc<Ledger>>, Path(id): Path<String>) -> Response {
    match ledger.look(&id) {
        Some(batch) => Json(object(&batch, ledger.now())).into_response(),
        None => no_such_job(),
    }
}

async fn cancel(State(ledger): State<Arc<Ledger>>, Path(id): Path<String>) -> Response {
    match ledger.cancel(&id) {
        None => no_such_job(),
        Some(Ok(batch)) => Json(object(&batch, ledger.now())).into_response(),
        Some(Err(_)) => say_of_a_job(StatusCode::CONFLICT, "Job is already in a final state"),
    }
}
