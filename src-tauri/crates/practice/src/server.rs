//! The routes of the OpenAI batch protocol, and those of the simulator itself under `/practice`.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Path, Query, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use tabane_model::Millis;

use crate::batches::{BatchRecord, Telling};
use crate::connection::Scissors;
use crate::faults::{CreateRefuse, happens, read_faults};
use crate::refusal::{Refusal, page};
use crate::service::{Order, Service};
use crate::twists::{OPENAI, reword};
use crate::validation::cannot_find;
use crate::{content, upload};

type Answer<T = Json<Value>> = Result<T, Refusal>;
type Shared = State<Arc<Service>>;

/// Endpoints that a batch may be for.
const ENDPOINTS: [&str; 3] = ["/v1/chat/completions", "/v1/responses", "/v1/embeddings"];

pub(crate) fn router(service: Arc<Service>) -> Router {
    let protocol = Router::new()
        .route("/models", get(models))
        .route("/files", get(files).post(upload::upload))
        .route("/files/{id}", get(file).delete(delete_file))
        .route("/files/{id}/content", get(content::content))
        .route("/batches", get(batches).post(create))
        .route("/batches/{id}", get(batch))
        .route("/batches/{id}/cancel", post(cancel))
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(Arc::clone(&service), misbehave))
        .layer(middleware::from_fn_with_state(Arc::clone(&service), authorise))
        .layer(middleware::from_fn_with_state(Arc::clone(&service), reword));
    let own = Router::new()
        .route("/practice/faults", get(told_faults).put(set_faults))
        .route("/practice/log", get(log))
        .layer(middleware::from_fn_with_state(Arc::clone(&service), authorise));
    Router::new()
        .nest(service.twist.path, protocol)
        .merge(own)
        .fallback(|| async { Refusal::not_found("Invalid URL.").code("unknown_url") })
        .with_state(service)
}

async fn authorise(State(service): Shared, request: Request, next: Next) -> Response {
    // Under `/practice` always as a bearer: that is the simulator's own.
    let own = request.uri().path().starts_with("/practice/");
    let name = if own {
        OPENAI.key_header
    } else {
        service.twist.key_header
    };
    let given = request.headers().get(name).and_then(|value| value.to_str().ok());
    let key = match name {
        "authorization" => given.and_then(|value| value.strip_prefix("Bearer ")),
        _ => given,
    };
    // Never repeats what was given: it may be a real key, sent here by mistake.
    if key == Some(service.key.as_str()) || service.faults().any_key {
        next.run(request).await
    } else {
        wrong_key().into_response()
    }
}

fn wrong_key() -> Refusal {
    Refusal::new(StatusCode::UNAUTHORIZED, "Incorrect API key provided.").code("invalid_api_key")
}

/// Counts the call, then lets the faults that can hit any call happen.
async fn misbehave(State(service): Shared, path: MatchedPath, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    *service
        .calls
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .entry(format!(
            "{method} {}",
            path.as_str().replacen(service.twist.path, OPENAI.path, 1)
        ))
        .or_default() += 1;
    let delay = service.faults().delay;
    if delay > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(delay)).await;
    }
    match fault_of_any_call(&service, &method) {
        Some(response) => response,
        None => next.run(request).await,
    }
}

fn fault_of_any_call(service: &Service, method: &Method) -> Option<Response> {
    let mut faults = service.faults();
    if happens(&mut faults.html_answers) {
        return Some(page(StatusCode::OK, "Welcome to the hotel network"));
    }
    if happens(&mut faults.refuse_key) {
        return Some(wrong_key().into_response());
    }
    if method != Method::GET {
        return None;
    }
    if happens(&mut faults.server_500) {
        let message = "The server had an error while processing your request.";
        return Some(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, message).into_response());
    }
    let refusal =
        Refusal::new(StatusCode::TOO_MANY_REQUESTS, "Rate limit reached.").code("rate_limit_exceeded");
    if happens(&mut faults.rate_limited) {
        return Some(refusal.into_response());
    }
    let wait = faults.retry_after.as_mut()?;
    if !happens(&mut wait.times) {
        return None;
    }
    Some(([(header::RETRY_AFTER, wait.seconds.to_string())], refusal).into_response())
}

async fn models() -> Json<Value> {
    let model = |id| json!({ "id": id, "object": "model", "created": 0, "owned_by": "tabane-practice" });
    Json(json!({ "object": "list", "data": [model("practice-small"), model("practice-large")] }))
}

#[derive(Deserialize)]
struct Page {
    limit: Option<usize>,
    /// Groq calls it a cursor.
    #[serde(alias = "cursor")]
    after: Option<String>,
    order: Option<String>,
    purpose: Option<String>,
}

/// One page of `all`, in the protocol's list object.
fn listed<T>(
    mut all: Vec<T>,
    page: &Page,
    limit: usize,
    id: fn(&T) -> &str,
    object: impl Fn(&T) -> Value,
) -> Json<Value> {
    if let Some(after) = &page.after {
        let start = all
            .iter()
            .position(|item| id(item) == after)
            .map_or(0, |at| at + 1);
        all.drain(..start);
    }
    let has_more = all.len() > limit;
    all.truncate(limit);
    Json(json!({
        "object": "list", "has_more": has_more,
        "first_id": all.first().map(id), "last_id": all.last().map(id),
        "data": all.iter().map(object).collect::<Vec<_>>(),
    }))
}

async fn files(State(service): Shared, Query(page): Query<Page>) -> Json<Value> {
    let mut all = service.files.list();
    all.retain(|file| {
        page.purpose
            .as_ref()
            .is_none_or(|purpose| *purpose == file.purpose)
    });
    if page.order.as_deref() == Some("asc") {
        all.reverse();
    }
    let limit = page.limit.unwrap_or(10_000).clamp(1, 10_000);
    listed(
        all,
        &page,
        limit,
        |file| &file.id,
        crate::files::FileRecord::object,
    )
}

pub(crate) fn no_such_file(id: &str) -> Refusal {
    Refusal::not_found(format!("No such File object: {id}")).param("id")
}

async fn file(State(service): Shared, Path(id): Path<String>) -> Answer {
    service
        .files
        .look(&id)
        .map(|file| Json(file.object()))
        .ok_or_else(|| no_such_file(&id))
}

async fn delete_file(State(service): Shared, Path(id): Path<String>) -> Answer {
    if !service.files.delete(&id)? {
        return Err(no_such_file(&id));
    }
    Ok(Json(json!({ "id": id, "object": "file", "deleted": true })))
}

#[derive(Deserialize)]
struct NewBatch {
    input_file_id: String,
    endpoint: String,
    completion_window: String,
    metadata: Option<BTreeMap<String, String>>,
}

async fn create(
    State(service): Shared,
    ConnectInfo(connection): ConnectInfo<Scissors>,
    body: Bytes,
) -> Answer<Response> {
    if let Some(refused) = refused(&service, &connection) {
        return Ok(refused);
    }
    let order = read_order(&service, &body)?;
    let record = service.create(order)?;
    if happens(&mut service.faults().create_then_cut) {
        connection.cut();
    }
    Ok(told(&service, &record).into_response())
}

/// The faults of a create that makes no batch.
fn refused(service: &Service, connection: &Scissors) -> Option<Response> {
    let mut faults = service.faults();
    if happens(&mut faults.create_cut) {
        connection.cut();
        return Some(StatusCode::BAD_GATEWAY.into_response());
    }
    let refuse = faults.create_refuse.as_mut()?;
    if !happens(&mut refuse.times) {
        return None;
    }
    let CreateRefuse {
        status,
        body,
        retry_after,
        ..
    } = refuse.clone();
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = match body {
        Value::String(text) => (status, Html(text)).into_response(),
        json => (status, Json(json)).into_response(),
    };
    if let Some(seconds) = retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Some(response)
}

fn read_order(service: &Service, body: &[u8]) -> Answer<Order> {
    let wanted: NewBatch = serde_json::from_slice(body)
        .map_err(|error| Refusal::bad(format!("Invalid body: {error}")).code("invalid_request"))?;
    let endpoint = service.twist.plain(&wanted.endpoint).unwrap_or_default();
    if !ENDPOINTS.contains(&endpoint.as_str()) {
        let message = format!(
            "Invalid value: '{}'. Supported values are: {ENDPOINTS:?}.",
            wanted.endpoint
        );
        return Err(Refusal::bad(message).code("invalid_value").param("endpoint"));
    }
    let window_length = read_window(service, &wanted.completion_window)?;
    let metadata = wanted.metadata.unwrap_or_default();
    let too_long = |text: &str, most: usize| text.chars().count() > most;
    if metadata.len() > 16
        || metadata
            .iter()
            .any(|(key, value)| too_long(key, 64) || too_long(value, 512))
    {
        let message = "Invalid metadata: at most 16 pairs, keys of 64 and values of 512 characters.";
        return Err(Refusal::bad(message).code("invalid_value").param("metadata"));
    }
    let Some(input) = service
        .files
        .get(&wanted.input_file_id)
        .filter(|file| file.purpose == "batch")
    else {
        return Err(Refusal::bad(cannot_find(&wanted.input_file_id))
            .code("invalid_request")
            .param("input_file_id"));
    };
    if input.pending {
        let message = format!("The file {} is not processed yet.", input.id);
        return Err(Refusal::bad(message)
            .code("invalid_request")
            .param("input_file_id"));
    }
    Ok(Order {
        input,
        endpoint: wanted.endpoint,
        window: wanted.completion_window,
        window_length,
        metadata,
    })
}

/// One that the service knows, in milliseconds.
fn read_window(service: &Service, window: &str) -> Answer<Millis> {
    let known = service.twist.windows;
    let length = window_length(window).filter(|_| known.is_empty() || known.contains(&window));
    length.ok_or_else(|| {
        let message = format!("Invalid value: '{window}'. Use hours or days, such as '24h'.");
        Refusal::new(service.twist.refuses_window_with, message)
            .code("invalid_value")
            .param("completion_window")
    })
}

/// `24h` or `7d` in milliseconds: OpenAI knows one window, Groq and kluster.ai several.
fn window_length(window: &str) -> Option<Millis> {
    let (hours, count) = if let Some(count) = window.strip_suffix('h') {
        (1, count)
    } else {
        (24, window.strip_suffix('d')?)
    };
    let count: i64 = count.parse().ok().filter(|count| (1..=720).contains(count))?;
    Some(count * hours * 60 * 60 * 1000)
}

fn telling(service: &Service) -> Telling {
    let faults = service.faults();
    Telling {
        unknown_status: faults.unknown_status,
        null_counts: faults.null_counts,
        empty_error_file_id: faults.empty_error_file_id,
    }
}

fn told(service: &Service, record: &BatchRecord) -> Json<Value> {
    Json(record.object(service.clock.now(), telling(service)))
}

async fn batches(State(service): Shared, Query(page): Query<Page>) -> Json<Value> {
    let (now, telling) = (service.clock.now(), telling(&service));
    let limit = page.limit.unwrap_or(20).clamp(1, 100);
    listed(
        service.list(),
        &page,
        limit,
        |record| &record.id,
        |record| record.object(now, telling),
    )
}

fn no_such_batch(id: &str) -> Refusal {
    Refusal::not_found(format!("No batch found with id '{id}'."))
}

async fn batch(State(service): Shared, Path(id): Path<String>) -> Answer {
    if happens(&mut service.faults().batch_gone) {
        return Err(no_such_batch(&id));
    }
    let record = service.look(&id).await.ok_or_else(|| no_such_batch(&id))?;
    Ok(told(&service, &record))
}

async fn cancel(State(service): Shared, Path(id): Path<String>) -> Answer {
    match service.cancel(&id).await {
        None => Err(no_such_batch(&id)),
        Some(Ok(record)) => Ok(told(&service, &record)),
        Some(Err(state)) => {
            let message = format!("Cannot cancel a batch with status '{}'.", state.as_str());
            Err(Refusal::new(StatusCode::CONFLICT, message))
        }
    }
}

async fn told_faults(State(service): Shared) -> Answer {
    let faults = serde_json::to_value(&*service.faults()).map_err(std::io::Error::from)?;
    Ok(Json(faults))
}

async fn set_faults(State(service): Shared, body: String) -> Answer {
    *service.faults() = read_faults(&body).map_err(Refusal::bad)?;
    told_faults(State(service)).await
}

/// For tests that count: calls since the start, and every batch ever made.
async fn log(State(service): Shared) -> Json<Value> {
    let now = service.clock.now();
    let batches = service.list();
    let calls = service
        .calls
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let told = batches.iter().map(|batch| {
        json!({ "id": batch.id, "status": batch.state(now).as_str(), "input_file_id": batch.input_file_id, "metadata": batch.metadata })
    });
    Json(json!({ "calls": calls, "batches_made": batches.len(), "batches": told.collect::<Vec<_>>() }))
}
