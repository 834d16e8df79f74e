//! What stands before every route of a fake: the key, the count of calls, and what goes wrong with any of them.

use std::io;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use futures::StreamExt;
use serde_json::{Value, json};

use super::Ledger;
use crate::connection::Scissors;
use crate::faults::{happens, read_faults};
use crate::refusal::page;

/// How a dialect says an error: status, a word for it, words.
pub(crate) type Say = fn(StatusCode, &str, &str) -> Response;

/// How a dialect carries its key.
pub(crate) type KeyOf = fn(&HeaderMap) -> Option<&str>;

#[derive(Clone)]
struct Gate {
    ledger: Arc<Ledger>,
    key_of: KeyOf,
    say: Say,
}

/// `Authorization: Bearer`.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}

/// The dialect's routes with everything before them, and the fake's own under `/practice`.
pub(crate) fn guarded(routes: Router<Arc<Ledger>>, ledger: Arc<Ledger>, key_of: KeyOf, say: Say) -> Router {
    let gate = Gate {
        ledger: Arc::clone(&ledger),
        key_of,
        say,
    };
    let own = Router::new()
        .route("/practice/faults", get(told_faults).put(set_faults))
        .route("/practice/log", get(log));
    routes
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(gate, before))
        .merge(own)
        .with_state(ledger)
}

async fn before(State(gate): State<Gate>, path: MatchedPath, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    *gate
        .ledger
        .calls
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .entry(format!("{method} {}", path.as_str()))
        .or_default() += 1;
    if (gate.key_of)(request.headers()) != Some(gate.ledger.key.as_str()) {
        return wrong_key(&gate);
    }
    let delay = gate.ledger.faults().delay;
    if delay > 0 {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    match fault_of_any_call(&gate, &method) {
        Some(response) => response,
        None => next.run(request).await,
    }
}

fn wrong_key(gate: &Gate) -> Response {
    (gate.say)(
        StatusCode::UNAUTHORIZED,
        "invalid_api_key",
        "The key is not valid.",
    )
}

fn fault_of_any_call(gate: &Gate, method: &Method) -> Option<Response> {
    let mut faults = gate.ledger.faults();
    if happens(&mut faults.html_answers) {
        return Some(page(StatusCode::OK, "Welcome to the hotel network"));
    }
    if happens(&mut faults.refuse_key) {
        drop(faults);
        return Some(wrong_key(gate));
    }
    if method != Method::GET {
        return None;
    }
    if happens(&mut faults.server_500) {
        return Some((gate.say)(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal_error",
            "The server had an error while processing your request.",
        ));
    }
    let limited = |wait: Option<u64>| {
        let mut said = (gate.say)(
            StatusCode::TOO_MANY_REQUESTS,
            "rate_limit_exceeded",
            "Rate limit reached.",
        );
        if let Some(seconds) = wait {
            said.headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        Some(said)
    };
    if happens(&mut faults.rate_limited) {
        return limited(None);
    }
    let wait = faults.retry_after.as_mut()?;
    if happens(&mut wait.times) {
        return limited(Some(wait.seconds));
    }
    None
}

/// The faults of a create that makes no batch: to be asked before one is made.
pub(crate) fn refused_create(ledger: &Ledger, connection: &Scissors) -> Option<Response> {
    let mut faults = ledger.faults();
    if happens(&mut faults.create_cut) {
        connection.cut();
        return Some(StatusCode::BAD_GATEWAY.into_response());
    }
    let refuse = faults.create_refuse.as_mut()?;
    if !happens(&mut refuse.times) {
        return None;
    }
    let status = StatusCode::from_u16(refuse.status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = match refuse.body.clone() {
        Value::String(text) => (status, Html(text)).into_response(),
        json => (status, Json(json)).into_response(),
    };
    if let Some(seconds) = refuse.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Some(response)
}

/// The batch is made; its answer may be lost: to be called after.
pub(crate) fn cut_after_create(ledger: &Ledger, connection: &Scissors) {
    if happens(&mut ledger.faults().create_then_cut) {
        connection.cut();
    }
}

/// An upload (or a piece of one) that ends in the middle: to be asked before anything is kept.
pub(crate) fn cut_upload(ledger: &Ledger, connection: &Scissors) -> Option<Response> {
    if !happens(&mut ledger.faults().cut_upload) {
        return None;
    }
    connection.cut();
    Some(StatusCode::BAD_GATEWAY.into_response())
}

/// Results that are not there any more: to be asked before they are told.
pub(crate) fn results_gone(ledger: &Ledger) -> bool {
    happens(&mut ledger.faults().results_gone)
}

/// A download, with what goes wrong on its way.
pub(crate) fn delivered(ledger: &Ledger, mut bytes: Vec<u8>, content_type: &'static str) -> Response {
    let (truncated, cut) = {
        let mut faults = ledger.faults();
        (
            happens(&mut faults.truncated_last_line),
            happens(&mut faults.cut_download),
        )
    };
    if truncated {
        bytes.truncate(bytes.len().saturating_sub(10));
    }
    let length = bytes.len();
    if cut {
        bytes.truncate(length / 2);
    }
    let end = futures::stream::iter(cut.then_some(())).then(|()| async {
        // The first half has to be on its way, or the cut takes the head of the answer with it.
        tokio::time::sleep(Duration::from_millis(50)).await;
        Err::<Bytes, _>(io::Error::from(io::ErrorKind::ConnectionReset))
    });
    let first = futures::stream::iter([Ok::<_, io::Error>(Bytes::from(bytes))]);
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
    ];
    (headers, Body::from_stream(first.chain(end))).into_response()
}

/// The handlers' way to the connection.
pub(crate) type Connection = ConnectInfo<Scissors>;

async fn told_faults(State(ledger): State<Arc<Ledger>>) -> Response {
    match serde_json::to_value(&*ledger.faults()) {
        Ok(faults) => Json(faults).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn set_faults(State(ledger): State<Arc<Ledger>>, body: String) -> Response {
    match read_faults(&body) {
        Ok(faults) => *ledger.faults() = faults,
        Err(error) => return (StatusCode::BAD_REQUEST, error).into_response(),
    }
    told_faults(State(ledger)).await
}

/// For tests that count: calls since the start, and every batch ever made.
async fn log(State(ledger): State<Arc<Ledger>>) -> Json<Value> {
    let now = ledger.now();
    let calls = ledger
        .calls
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let batches = ledger.list();
    let told = batches.iter().map(|batch| {
        json!({ "id": batch.id, "stage": format!("{:?}", batch.stage(now)), "requests": batch.requests.len(), "extra": batch.extra })
    });
    Json(json!({ "calls": calls, "batches_made": batches.len(), "batches": told.collect::<Vec<_>>() }))
}
