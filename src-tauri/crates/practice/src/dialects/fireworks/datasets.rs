//! Datasets: announced, filled, read at signed addresses, renamed, deleted.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Json;
use axum::extract::{Extension, FromRequest, Multipart, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{All, bad, dataset_name, is_name, not_found, say, taken};
use crate::dialects::Ledger;
use crate::dialects::chat::{PAGE, completion};
use crate::dialects::gate::{Connection, delivered, results_gone};
use crate::dialects::ledger::{Batch, Fate, Row, Stage};
use crate::dialects::shelf::{Shelf, StoredFile, received};

/// What is told of a dataset beside its content.
#[derive(Clone, Default)]
pub(super) struct Dataset {
    display_name: String,
    pub(super) example_count: String,
}

#[derive(Default)]
pub(super) struct Datasets {
    told: Mutex<BTreeMap<String, Dataset>>,
    pub(super) shelf: Shelf,
}

impl Datasets {
    pub(super) fn told(&self) -> MutexGuard<'_, BTreeMap<String, Dataset>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct NewDataset {
    dataset_id: String,
    dataset: Value,
}

pub(super) async fn announce(Extension(all): All, Json(new): Json<NewDataset>) -> Response {
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

fn dataset_object(id: &str, told: &Dataset, ready: bool) -> Value {
    json!({
        "name": dataset_name(id), "displayName": told.display_name, "exampleCount": told.example_count,
        "format": "FORMAT_UNSPECIFIED", "userUploaded": {}, "state": if ready { "READY" } else { "UPLOADING" },
        "status": { "code": "OK", "message": "" },
    })
}

pub(super) async fn dataset(
    State(ledger): State<Arc<Ledger>>,
    Extension(all): All,
    Path(id): Path<String>,
) -> Response {
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
pub(super) async fn signed(
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

pub(super) async fn upload(
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

pub(super) async fn rename(
    Extension(all): All,
    Path(id): Path<String>,
    Json(change): Json<Value>,
) -> Response {
    let mut told = all.told();
    let Some(dataset) = told.get_mut(&id) else {
        return not_found();
    };
    if let Some(name) = change["displayName"].as_str() {
        name.clone_into(&mut dataset.display_name);
    }
    Json(dataset_object(&id, dataset, true)).into_response()
}

pub(super) async fn delete_dataset(
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
