//! The JSON interface of Cloud Storage (section 4).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::cloud::{Cloud, Object, Place, Shared, page};
use super::results;
use super::saying::{not_found, old};
use super::sessions::{Purpose, begin};
use crate::dialects::Ledger;
use crate::dialects::gate::{delivered, results_gone};

type Fields = Query<BTreeMap<String, String>>;

/// Objects of a page, so that there are several pages.
const PAGE: usize = 2;

/// Bytes of an upload in one piece at the most.
const MOST: usize = 64 << 20;

pub(super) async fn bucket(Path(bucket): Path<String>) -> Response {
    match Place::location(&bucket) {
        Ok(location) => {
            let kind = if location.contains('-') {
                "region"
            } else {
                "multi-region"
            };
            let location = location.to_ascii_uppercase();
            Json(json!({ "kind": "storage#bucket", "id": bucket, "name": bucket, "location": location, "locationType": kind }))
                .into_response()
        }
        Err(refusal) => *refusal,
    }
}

pub(super) async fn list(
    State(ledger): State<Arc<Ledger>>,
    cloud: Shared,
    Path(bucket): Path<String>,
    Query(query): Fields,
) -> Response {
    if let Err(refusal) = Place::location(&bucket) {
        return *refusal;
    }
    results::write(&ledger, &cloud);
    let prefix = query.get("prefix").map(String::as_str).unwrap_or_default();
    if results::is_folder(prefix) && results_gone(&ledger) {
        return Json(json!({ "kind": "storage#objects" })).into_response();
    }
    let things = cloud.things();
    let found: Vec<_> = things
        .objects
        .iter()
        .filter(|((of, name), _)| *of == bucket && name.starts_with(prefix))
        .collect();
    let number = |name: &str| query.get(name).and_then(|value| value.parse::<usize>().ok());
    let most = number("maxResults").unwrap_or(PAGE).min(PAGE);
    let (found, next) = page(&found, number("pageToken").unwrap_or(0), most);
    let items: Vec<_> = found
        .iter()
        .map(|((_, name), object)| object.told(&bucket, name))
        .collect();
    let mut told = json!({ "kind": "storage#objects" });
    if !items.is_empty() {
        told["items"] = items.into();
    }
    if let Some(next) = next {
        told["nextPageToken"] = next.to_string().into();
    }
    Json(told).into_response()
}

pub(super) async fn object(
    State(ledger): State<Arc<Ledger>>,
    cloud: Shared,
    Path((bucket, name)): Path<(String, String)>,
    Query(query): Fields,
    headers: HeaderMap,
) -> Response {
    results::write(&ledger, &cloud);
    let Some(object) = cloud.object(&bucket, &name) else {
        return not_found(&format!("{bucket}/{name}"));
    };
    if query.get("alt").is_some_and(|alt| alt == "media") {
        return content(&ledger, &object, &headers);
    }
    Json(object.told(&bucket, &name)).into_response()
}

pub(super) async fn download(
    State(ledger): State<Arc<Ledger>>,
    cloud: Shared,
    Path((bucket, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    results::write(&ledger, &cloud);
    match cloud.object(&bucket, &name) {
        Some(object) => content(&ledger, &object, &headers),
        // The real service words this as text too.
        None => (StatusCode::NOT_FOUND, format!("No such object: {bucket}/{name}")).into_response(),
    }
}

/// Whole, or from a place on.
fn content(ledger: &Ledger, object: &Object, headers: &HeaderMap) -> Response {
    let length = object.bytes.len();
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let span = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-'));
    let Some((from, to)) = span else {
        return delivered(ledger, object.bytes.to_vec(), "application/octet-stream");
    };
    let from = from.parse::<usize>().unwrap_or(0);
    let to = to.parse::<usize>().map_or(length, |to| (to + 1).min(length));
    if from >= length || to < from {
        return StatusCode::RANGE_NOT_SATISFIABLE.into_response();
    }
    let mut response = delivered(
        ledger,
        object.bytes[from..to].to_vec(),
        "application/octet-stream",
    );
    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    if let Ok(value) = format!("bytes {from}-{}/{length}", to - 1).parse() {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
    response
}

pub(super) async fn delete(cloud: Shared, Path((bucket, name)): Path<(String, String)>) -> Response {
    match cloud.things().objects.remove(&(bucket.clone(), name.clone())) {
        Some(_) => StatusCode::NO_CONTENT.into_response(),
        None => not_found(&format!("{bucket}/{name}")),
    }
}

pub(super) async fn upload(
    State(ledger): State<Arc<Ledger>>,
    cloud: Shared,
    Path(bucket): Path<String>,
    Query(query): Fields,
    request: Request,
) -> Response {
    if let Err(refusal) = Place::location(&bucket) {
        return *refusal;
    }
    let (path, headers) = (request.uri().path().to_owned(), request.headers().clone());
    let Ok(body) = to_bytes(request.into_body(), MOST).await else {
        return old(
            StatusCode::PAYLOAD_TOO_LARGE,
            "uploadTooLarge",
            "Payload too large.",
        );
    };
    let only_new = query
        .get("ifGenerationMatch")
        .is_some_and(|generation| generation == "0");
    let named = |metadata: &Value| {
        query
            .get("name")
            .cloned()
            .or_else(|| metadata["name"].as_str().map(str::to_owned))
    };
    let unnamed = || old(StatusCode::BAD_REQUEST, "required", "Required parameter: name");
    match query.get("uploadType").map(String::as_str) {
        Some("resumable") => {
            let metadata = serde_json::from_slice(&body).unwrap_or_default();
            let Some(name) = named(&metadata) else {
                return unnamed();
            };
            if only_new && cloud.object(&bucket, &name).is_some() {
                return exists();
            }
            begin(
                &ledger,
                &cloud,
                &path,
                &headers,
                Purpose::Object {
                    bucket,
                    name,
                    only_new,
                },
            )
        }
        Some("media") => match named(&Value::Null) {
            Some(name) => lay_down(&cloud, &bucket, &name, body.to_vec(), only_new),
            None => unnamed(),
        },
        Some("multipart") => {
            let Some((metadata, bytes)) = related(&headers, &body) else {
                return old(StatusCode::BAD_REQUEST, "badRequest", "Malformed multipart body.");
            };
            let Some(name) = named(&metadata) else {
                return unnamed();
            };
            lay_down(&cloud, &bucket, &name, bytes, only_new)
        }
        _ => old(StatusCode::BAD_REQUEST, "invalid", "Unknown uploadType."),
    }
}

/// The two parts of a `multipart/related` body: what is told of the object, and its bytes.
pub(super) fn related(headers: &HeaderMap, body: &[u8]) -> Option<(Value, Vec<u8>)> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let boundary = kind.split_once("boundary=")?.1.trim_matches(['"', '\'']);
    let mark = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut rest = body;
    while let Some(at) = memchr::memmem::find(rest, mark.as_bytes()) {
        parts.push(&rest[..at]);
        rest = &rest[at + mark.len()..];
    }
    let content = |part: &[u8]| {
        let head = memchr::memmem::find(part, b"\r\n\r\n")?;
        let content = &part[head + 4..];
        Some(content.strip_suffix(b"\r\n").unwrap_or(content).to_vec())
    };
    Some((
        serde_json::from_slice(&content(parts.get(1)?)?).ok()?,
        content(parts.get(2)?)?,
    ))
}

pub(super) fn lay_down(cloud: &Cloud, bucket: &str, name: &str, bytes: Vec<u8>, only_new: bool) -> Response {
    if !cloud.put(bucket, name, bytes, only_new) {
        return exists();
    }
    match cloud.object(bucket, name) {
        Some(object) => Json(object.told(bucket, name)).into_response(),
        None => Body::empty().into_response(),
    }
}

fn exists() -> Response {
    let message = "At least one of the pre-conditions you specified did not hold.";
    old(StatusCode::PRECONDITION_FAILED, "conditionNotMet", message)
}
