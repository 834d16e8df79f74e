//! The create, and what is checked at once: the ids and the frame around each request.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, Request as Call, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::gate::{Connection, cut_after_create, refused_create};
use super::super::ledger::{Ledger, Request};
use super::{SAMPLING, bad, chat, object, params, say, version};
use crate::refusal::page;

/// Bytes and requests of one create.
const MOST_BYTES: u64 = 256_000_000;
const MOST_REQUESTS: usize = 100_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Create<'a> {
    #[serde(borrow)]
    requests: Vec<Asked<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked<'a> {
    custom_id: String,
    #[serde(borrow)]
    params: &'a RawValue,
}

pub(super) async fn create(
    State(ledger): State<Arc<Ledger>>,
    ConnectInfo(connection): Connection,
    call: Call,
) -> Response {
    let sampling = version(call.headers()) == Some(SAMPLING);
    let Ok(body) = axum::body::to_bytes(call.into_body(), usize::MAX).await else {
        return bad("The body ended too early.");
    };
    if let Some(refused) = refused_create(&ledger, &connection).or_else(|| too_large(&ledger, body.len())) {
        return refused;
    }
    let requests = match read(&body, sampling) {
        Ok(requests) => requests,
        Err(words) => return bad(&words),
    };
    let batch = ledger.create(
        |number| format!("msgbatch_practice{number:06}"),
        requests,
        Value::Null,
    );
    cut_after_create(&ledger, &connection);
    Json(object(&ledger, &batch)).into_response()
}

fn too_large(ledger: &Ledger, bytes: usize) -> Option<Response> {
    let faults = ledger.faults();
    if bytes as u64 <= faults.upload_too_large_above.unwrap_or(MOST_BYTES) {
        return None;
    }
    Some(if faults.upload_too_large_html {
        page(StatusCode::PAYLOAD_TOO_LARGE, "413 Payload Too Large")
    } else {
        say(
            StatusCode::PAYLOAD_TOO_LARGE,
            "",
            "Request exceeds the maximum allowed number of bytes.",
        )
    })
}

fn read(body: &[u8], sampling: bool) -> Result<Vec<Request>, String> {
    let create: Create<'_> = serde_json::from_slice(body).map_err(|error| format!("requests: {error}"))?;
    if create.requests.is_empty() {
        return Err("requests: List should have at least 1 item".to_owned());
    }
    if create.requests.len() > MOST_REQUESTS {
        return Err(format!(
            "requests: List should have at most {MOST_REQUESTS} items"
        ));
    }
    let mut seen = BTreeSet::new();
    let mut requests = Vec::with_capacity(create.requests.len());
    for (place, asked) in create.requests.into_iter().enumerate() {
        if !is_id(&asked.custom_id) {
            return Err(format!(
                "requests.{place}.custom_id: String should match pattern '^[a-zA-Z0-9_-]{{1,64}}$'"
            ));
        }
        let given: Value = serde_json::from_str(asked.params.get()).map_err(|error| error.to_string())?;
        if !given.is_object() {
            return Err(format!(
                "requests.{place}.params: Input should be a valid dictionary"
            ));
        }
        requests.push(Request {
            id: Some(asked.custom_id.clone()),
            chat: chat::of(&given, asked.params.get()),
            // Told only when the batch has ended.
            refused: params::wrong(&given, sampling)
                .map(|words| (400, "invalid_request_error".to_owned(), words)),
            given,
        });
        if !seen.insert(asked.custom_id) {
            return Err(format!("requests.{place}.custom_id: custom_id must be unique"));
        }
    }
    Ok(requests)
}

fn is_id(id: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=64).contains(&id.len()) && id.bytes().all(known)
}
