//! Resumable uploads, of Cloud Storage and of BigQuery's loads alike (sections 4 and 5).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{ConnectInfo, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::cloud::{Cloud, Shared};
use super::saying::{not_found, old};
use super::{bigquery, storage};
use crate::connection::Scissors;
use crate::dialects::Ledger;
use crate::dialects::gate::cut_upload;

/// Pieces are a multiple of this, the last aside.
const GRAIN: usize = 256 << 10;

/// Bytes of a piece at the most.
const MOST: usize = 64 << 20;

/// What becomes of the bytes.
#[derive(Clone)]
pub(super) enum Purpose {
    Object {
        bucket: String,
        name: String,
        only_new: bool,
    },
    Load {
        project: String,
        order: Value,
    },
}

pub(super) struct Session {
    purpose: Purpose,
    bytes: Vec<u8>,
}

/// Begins one: an answer with its address.
pub(super) fn begin(
    ledger: &Ledger,
    cloud: &Cloud,
    path: &str,
    headers: &HeaderMap,
    purpose: Purpose,
) -> Response {
    let told = headers
        .get("x-upload-content-length")
        .and_then(|value| value.to_str().ok());
    let length = told.and_then(|told| told.parse::<u64>().ok()).unwrap_or(0);
    if ledger
        .faults()
        .upload_too_large_above
        .is_some_and(|most| length > most)
    {
        return old(
            StatusCode::PAYLOAD_TOO_LARGE,
            "uploadTooLarge",
            "Payload too large.",
        );
    }
    let id = format!("session-{}", cloud.next());
    let location = format!("{}{path}?uploadType=resumable&upload_id={id}", ledger.origin);
    let bytes = Vec::new();
    cloud.things().sessions.insert(id, Session { purpose, bytes });
    let mut response = StatusCode::OK.into_response();
    if let Ok(value) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

/// `PUT`: a piece, or a question how far it has come.
pub(super) async fn piece(
    State(ledger): State<Arc<Ledger>>,
    cloud: Shared,
    Query(query): Query<BTreeMap<String, String>>,
    ConnectInfo(connection): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let id = query.get("upload_id").cloned().unwrap_or_default();
    let range = request
        .headers()
        .get(header::CONTENT_RANGE)
        .and_then(|value| value.to_str().ok());
    let range = range.unwrap_or("bytes */*").to_owned();
    let Ok(body) = to_bytes(request.into_body(), MOST).await else {
        return old(
            StatusCode::BAD_REQUEST,
            "badRequest",
            "The body could not be read.",
        );
    };
    if !body.is_empty()
        && let Some(cut) = cut_upload(&ledger, &connection)
    {
        // What had arrived by then stays.
        drop(keep(
            &cloud,
            &id,
            &range,
            &body.slice(..body.len() / 2 / GRAIN * GRAIN),
        ));
        return cut;
    }
    let (have, total) = match keep(&cloud, &id, &range, &body) {
        Ok(standing) => standing,
        Err(refusal) => return *refusal,
    };
    if total == Some(have) {
        return finish(&cloud, &id);
    }
    let mut response = StatusCode::PERMANENT_REDIRECT.into_response();
    if have > 0
        && let Ok(value) = HeaderValue::from_str(&format!("bytes=0-{}", have - 1))
    {
        response.headers_mut().insert(header::RANGE, value);
    }
    response
}

/// What the session has then, and the whole.
fn keep(cloud: &Cloud, id: &str, range: &str, body: &Bytes) -> Result<(usize, Option<usize>), Box<Response>> {
    let bad = |message: &str| Box::new(old(StatusCode::BAD_REQUEST, "invalid", message));
    let mut things = cloud.things();
    let session = things
        .sessions
        .get_mut(id)
        .ok_or_else(|| Box::new(not_found("upload session")))?;
    let (span, total) = range
        .strip_prefix("bytes ")
        .and_then(|range| range.split_once('/'))
        .ok_or_else(|| bad("Invalid Content-Range."))?;
    let total = total.parse::<usize>().ok();
    if span == "*" {
        return Ok((session.bytes.len(), total));
    }
    let (from, to) = span
        .split_once('-')
        .ok_or_else(|| bad("Invalid Content-Range."))?;
    let (Ok(from), Ok(to)) = (from.parse::<usize>(), to.parse::<usize>()) else {
        return Err(bad("Invalid Content-Range."));
    };
    if from > session.bytes.len() || to < from {
        return Err(bad("Invalid Content-Range start."));
    }
    let ends = total.is_some_and(|total| from + body.len() == total);
    if !ends && !body.len().is_multiple_of(GRAIN) {
        return Err(bad("Pieces have to be a multiple of 256 KiB."));
    }
    // What is there already is not written again.
    let over = session.bytes.len() - from;
    if let Some(new) = body.get(over..) {
        session.bytes.extend_from_slice(new);
    }
    Ok((session.bytes.len(), total))
}

fn finish(cloud: &Cloud, id: &str) -> Response {
    let Some(session) = cloud.things().sessions.remove(id) else {
        return not_found("upload session");
    };
    match session.purpose {
        Purpose::Object {
            bucket,
            name,
            only_new,
        } => storage::lay_down(cloud, &bucket, &name, session.bytes, only_new),
        Purpose::Load { project, order } => bigquery::load(cloud, &project, &order, &session.bytes),
    }
}
