//! Files: Google's own resumable upload, and downloads of results whose names are longer than the service allows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::batches::{self, time};
use super::called;
use super::saying::{error, invalid, json, not_found};
use crate::answers::name;
use crate::dialects::Ledger;
use crate::dialects::gate::{Connection, cut_upload, delivered, results_gone};

/// Pieces but the last are a multiple of this.
const GRANULARITY: usize = 256 << 10;

/// Bytes of one file.
const MAX_BYTES: u64 = 2_000_000_000;

/// Characters of a file's id.
const LONGEST_ID: usize = 40;

/// Milliseconds that an uploaded file is kept.
const KEPT: i64 = 48 * 60 * 60_000;

#[derive(Default)]
pub(super) struct Store {
    files: Mutex<BTreeMap<String, File>>,
    uploads: Mutex<BTreeMap<String, Upload>>,
    /// Results that one of their two addresses has just called gone: the other one says so too.
    gone: Mutex<BTreeSet<String>>,
}

struct File {
    display_name: Option<String>,
    bytes: Bytes,
    created_at: i64,
}

struct Upload {
    /// `files/<id>`
    name: String,
    display_name: Option<String>,
    length: usize,
    received: Vec<u8>,
    whole: bool,
}

#[derive(Deserialize)]
pub(super) struct Place {
    upload_id: Option<String>,
}

impl Store {
    fn files(&self) -> MutexGuard<'_, BTreeMap<String, File>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn uploads(&self) -> MutexGuard<'_, BTreeMap<String, Upload>> {
        self.uploads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn content(&self, name: &str) -> Option<Bytes> {
        self.files().get(name).map(|file| file.bytes.clone())
    }
}

/// An upload's address carries its own right: google-genai sends no key there.
pub(super) async fn own_right(
    State((ledger, store)): State<(Arc<Ledger>, Arc<Store>)>,
    mut request: Request,
    next: Next,
) -> Response {
    let place = Query::<Place>::try_from_uri(request.uri()).ok();
    let id = place.and_then(|Query(place)| place.upload_id);
    if id.is_some_and(|id| store.uploads().contains_key(&id))
        && let Ok(key) = HeaderValue::from_str(&ledger.key)
    {
        request.headers_mut().insert("x-goog-api-key", key);
    }
    next.run(request).await
}

pub(super) async fn upload(
    State(ledger): State<Arc<Ledger>>,
    Extension(store): Extension<Arc<Store>>,
    ConnectInfo(connection): Connection,
    Query(place): Query<Place>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let word = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let commands: Vec<&str> = word("x-goog-upload-command").split(',').map(str::trim).collect();
    let Some(id) = place.upload_id else {
        if word("x-goog-upload-protocol") != "resumable" || commands != ["start"] {
            return invalid("Upload protocol is not supported.");
        }
        return start(&ledger, &store, &headers, &body);
    };
    let mut uploads = store.uploads();
    let Some(upload) = uploads.get_mut(&id) else {
        return not_found("Upload not found.");
    };
    if commands == ["query"] {
        return state_of(upload, None);
    }
    let at = word("x-goog-upload-offset").parse::<usize>();
    if upload.whole || !commands.contains(&"upload") || at != Ok(upload.received.len()) {
        return invalid("Upload request is out of order.");
    }
    let finalize = commands.contains(&"finalize");
    let after = upload.received.len() + body.len();
    if after > upload.length || (finalize && after < upload.length) {
        return invalid("Upload size does not match.");
    }
    if !finalize && !body.len().is_multiple_of(GRANULARITY) {
        return invalid("Chunk size is no multiple of the upload granularity.");
    }
    if let Some(lost) = cut_upload(&ledger, &connection) {
        // What had come through by then is kept.
        let kept = body.len() / 2 / GRANULARITY * GRANULARITY;
        upload.received.extend_from_slice(&body[..kept]);
        return lost;
    }
    upload.received.extend_from_slice(&body);
    if !finalize {
        return state_of(upload, None);
    }
    upload.whole = true;
    let file = File {
        display_name: upload.display_name.clone(),
        bytes: Bytes::from(std::mem::take(&mut upload.received)),
        created_at: ledger.now(),
    };
    let told = described(&ledger, &upload.name, &file);
    store.files().insert(upload.name.clone(), file);
    state_of(upload, Some(&json!({ "file": told })))
}

fn start(ledger: &Ledger, store: &Store, headers: &HeaderMap, body: &[u8]) -> Response {
    let length = headers
        .get("x-goog-upload-header-content-length")
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let Some(length) = length else {
        return invalid("Missing X-Goog-Upload-Header-Content-Length.");
    };
    let most = ledger.faults().upload_too_large_above.unwrap_or(MAX_BYTES);
    if length as u64 > most {
        return invalid("The file size is too large. File size must be at most 2 GB.");
    }
    let Ok(given) = serde_json::from_slice::<Value>(body) else {
        return invalid("Invalid JSON payload received.");
    };
    let file = &given["file"];
    let made = store.uploads().len().to_string();
    let name = match file["name"].as_str() {
        Some(name) => name.to_owned(),
        None => format!("files/{}", &name(&["file", &made])[..12]),
    };
    let id = name.strip_prefix("files/").unwrap_or_default();
    if !is_id(id) {
        return invalid(
            "* CreateFileRequest.file.name: File name may only contain lowercase alphanumeric characters or dashes (-), \
             cannot begin or end with a dash and cannot be more than 40 characters.",
        );
    }
    if store.files().contains_key(&name) {
        let message = format!("Requested entity already exists: {name}");
        return error(StatusCode::CONFLICT, "ALREADY_EXISTS", &message, json!([]));
    }
    let display_name = file["displayName"].as_str().or(file["display_name"].as_str());
    let upload = Upload {
        display_name: display_name.map(str::to_owned),
        name,
        length,
        received: Vec::new(),
        whole: false,
    };
    let id = crate::answers::name(&["upload", &made]);
    store.uploads().insert(id.clone(), upload);
    let mut response = StatusCode::OK.into_response();
    // The service's own name for itself: whoever is behind a proxy has to know better.
    let url = format!(
        "https://generativelanguage.googleapis.com/upload/v1beta/files?upload_id={id}&upload_protocol=resumable"
    );
    put(&mut response, "x-goog-upload-url", &url);
    put(&mut response, "x-goog-upload-status", "active");
    put(
        &mut response,
        "x-goog-upload-chunk-granularity",
        &GRANULARITY.to_string(),
    );
    response
}

fn is_id(id: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !id.is_empty()
        && id.len() <= LONGEST_ID
        && id.bytes().all(letters)
        && !id.starts_with('-')
        && !id.ends_with('-')
}

fn state_of(upload: &Upload, body: Option<&Value>) -> Response {
    let mut response = match body {
        Some(body) => json(StatusCode::OK, body),
        None => StatusCode::OK.into_response(),
    };
    let (word, received) = if upload.whole {
        ("final", upload.length)
    } else {
        ("active", upload.received.len())
    };
    put(&mut response, "x-goog-upload-status", word);
    put(
        &mut response,
        "x-goog-upload-size-received",
        &received.to_string(),
    );
    response
}

fn put(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// The hash is documented as base64 of itself and is base64 of its digits.
fn described(ledger: &Ledger, name: &str, file: &File) -> Value {
    let hex: String = Sha256::digest(&file.bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let made = time(file.created_at);
    json!({
        "name": name, "displayName": file.display_name, "mimeType": "application/jsonl",
        "sizeBytes": file.bytes.len().to_string(), "createTime": made, "updateTime": made,
        "expirationTime": time(file.created_at + KEPT), "sha256Hash": STANDARD.encode(hex),
        "uri": format!("{}/v1beta/{name}", ledger.origin), "state": "ACTIVE", "source": "UPLOADED",
    })
}

pub(super) async fn list(
    State(ledger): State<Arc<Ledger>>,
    Extension(store): Extension<Arc<Store>>,
) -> Response {
    let files = store.files();
    let told: Vec<Value> = files
        .iter()
        .map(|(name, file)| described(&ledger, name, file))
        .collect();
    json(StatusCode::OK, &json!({ "files": told }))
}

pub(super) async fn look_or_load(
    State(ledger): State<Arc<Ledger>>,
    Extension(store): Extension<Arc<Store>>,
    Path(call): Path<String>,
) -> Response {
    match called(&call) {
        (id, Some("download")) => results(&ledger, &store, id, false),
        (id, None) if id.len() > LONGEST_ID => too_long(),
        (id, None) => {
            let name = format!("files/{id}");
            match store.files().get(&name) {
                Some(file) => json(StatusCode::OK, &described(&ledger, &name, file)),
                None => no_file(id),
            }
        }
        _ => not_found("Method not found."),
    }
}

pub(super) async fn load(
    State(ledger): State<Arc<Ledger>>,
    Extension(store): Extension<Arc<Store>>,
    Path(call): Path<String>,
) -> Response {
    match called(&call) {
        (id, Some("download")) => results(&ledger, &store, id, true),
        _ => not_found("Method not found."),
    }
}

pub(super) async fn delete(Extension(store): Extension<Arc<Store>>, Path(id): Path<String>) -> Response {
    if id.len() > LONGEST_ID {
        return too_long();
    }
    match store.files().remove(&format!("files/{id}")) {
        Some(_) => json(StatusCode::OK, &json!({})),
        None => no_file(&id),
    }
}

fn results(ledger: &Ledger, store: &Store, id: &str, documented: bool) -> Response {
    let mut gone = store.gone.lock().unwrap_or_else(PoisonError::into_inner);
    let is_gone = if documented {
        let is_gone = results_gone(ledger);
        if is_gone {
            gone.insert(id.to_owned());
        }
        is_gone
    } else {
        gone.remove(id)
    };
    match batches::results(ledger, id) {
        Some(lines) if !is_gone => delivered(ledger, lines, "application/octet-stream"),
        _ => not_found("Requested entity was not found."),
    }
}

fn too_long() -> Response {
    invalid("* GetFileRequest.name: File name cannot be more than 40 characters.")
}

/// Whether it never was or is somebody else's is not told (googleapis/python-genai#1218).
pub(super) fn no_file(id: &str) -> Response {
    let message = format!("You do not have permission to access the File {id} or it may not exist.");
    error(StatusCode::FORBIDDEN, "PERMISSION_DENIED", &message, json!([]))
}
