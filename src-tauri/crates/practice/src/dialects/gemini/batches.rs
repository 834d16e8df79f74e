//! Batches: long-running operations with the batch as their metadata.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tabane_model::Millis;

use super::files::{Store, no_file};
use super::requests::{camel, chat, unknown_name};
use super::results::told;
use super::saying::{error, invalid, json, not_found};
use super::{called, takes_batches, unknown_model};
use crate::answers::name;
use crate::dialects::Ledger;
use crate::dialects::gate::{Connection, cut_after_create, refused_create};
use crate::dialects::ledger::{Batch, Request, Stage};

/// Bytes of requests that may come with the create.
const MOST_INLINE: usize = 20_000_000;

/// Batches of a page where no size is asked for.
const PAGE: usize = 50;

/// A line of the input, or an entry of the requests that come with the create.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    key: Option<String>,
    #[serde(default)]
    metadata: Value,
    #[serde(borrow)]
    request: &'a RawValue,
}

/// `models/x:batchGenerateContent`: the one that makes a batch.
pub(super) async fn ask(
    State(ledger): State<Arc<Ledger>>,
    Extension(store): Extension<Arc<Store>>,
    ConnectInfo(connection): Connection,
    Path(call): Path<String>,
    body: Bytes,
) -> Response {
    let (model, verb) = called(&call);
    if verb != Some("batchGenerateContent") {
        return not_found("Method not found.");
    }
    if let Some(refused) = refused_create(&ledger, &connection) {
        return refused;
    }
    if !takes_batches(model) {
        return unknown_model(model);
    }
    match make(&ledger, &store, model, &body) {
        Ok(batch) => {
            cut_after_create(&ledger, &connection);
            json(StatusCode::OK, &operation(&batch, ledger.now()))
        }
        Err(refused) => *refused,
    }
}

fn make(ledger: &Ledger, store: &Store, model: &str, body: &[u8]) -> Result<Batch, Box<Response>> {
    let refused = |why: String| Box::new(invalid(&why));
    let given: Value =
        serde_json::from_slice(body).map_err(|_| refused("Invalid JSON payload received.".to_owned()))?;
    let batch = snakes_gone(&given["batch"]);
    checked(&given, &batch).map_err(refused)?;
    let (inlined, requests) = match batch["inputConfig"]["fileName"].as_str() {
        Some(file) => {
            let content = store
                .content(file)
                .ok_or_else(|| Box::new(no_file(file.trim_start_matches("files/"))))?;
            (false, from_lines(&content, model))
        }
        None => (true, Ok(inline(&given, body.len(), model).map_err(refused)?)),
    };
    let extra = json!({
        "model": model, "name": batch["displayName"], "file": batch["inputConfig"]["fileName"], "inlined": inlined,
    });
    let id = |number: u64| {
        let number = number.to_string();
        name(&["gemini", &number]) + &name(&["batch", &number])[..12]
    };
    Ok(match requests {
        Ok(requests) => ledger.create(id, requests, extra),
        Err((line, why)) => {
            let made = ledger.create(id, Vec::new(), extra);
            let refuse =
                |batch: &mut Batch| batch.refused = Some(("INVALID_ARGUMENT".to_owned(), Some(line), why));
            ledger.change(&made.id, refuse).unwrap_or(made)
        }
    })
}

fn checked(given: &Value, batch: &Value) -> Result<(), String> {
    for (place, value, known) in [
        ("", given, &["batch"][..]),
        (
            "batch",
            batch,
            &["displayName", "inputConfig", "priority", "webhookConfig", "model"],
        ),
        (
            "batch.input_config",
            &batch["inputConfig"],
            &["fileName", "requests"],
        ),
    ] {
        let fields = value
            .as_object()
            .ok_or_else(|| format!("Invalid value at '{place}'."))?;
        if let Some(other) = fields.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(unknown_name(other, place));
        }
    }
    if batch["displayName"].as_str().is_none_or(str::is_empty) {
        return Err("* BatchGenerateContentRequest.batch.display_name: display_name is required".to_owned());
    }
    Ok(())
}

/// The fields of the batch by their names in camel case.
fn snakes_gone(batch: &Value) -> Value {
    let Some(fields) = batch.as_object() else {
        return batch.clone();
    };
    fields
        .iter()
        .map(|(name, value)| {
            let value = if camel(name) == "inputConfig" {
                snakes_gone(value)
            } else {
                value.clone()
            };
            (camel(name), value)
        })
        .collect()
}

/// Err: the line and what is wrong with it.
fn from_lines(content: &[u8], model: &str) -> Result<Vec<Request>, (u64, String)> {
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    let lines = content.split(|byte| *byte == b'\n').zip(1_u64..);
    lines
        .map(|(line, number)| {
            let line: Line<'_> = serde_json::from_slice(line).map_err(|error| (number, error.to_string()))?;
            Ok(request(line.key, line.request, model))
        })
        .collect()
}

fn inline(given: &Value, bytes: usize, model: &str) -> Result<Vec<Request>, String> {
    if bytes > MOST_INLINE {
        return Err("Request payload size exceeds the limit: 20971520 bytes.".to_owned());
    }
    let config = ["inputConfig", "input_config"]
        .iter()
        .find_map(|name| given["batch"].get(*name));
    let list = config.and_then(|config| config["requests"]["requests"].as_array());
    let list = list.ok_or("* batch.input_config: a source is required")?;
    list.iter()
        .map(|entry| {
            let text = entry.to_string();
            let line: Line<'_> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            let key = line.metadata["key"].as_str().map(str::to_owned);
            Ok(request(key, line.request, model))
        })
        .collect()
}

fn request(id: Option<String>, given: &RawValue, model: &str) -> Request {
    let (chat, refused) = match chat(given.get(), model) {
        Ok(chat) => (chat, None),
        Err(why) => (String::new(), Some((400, "INVALID_ARGUMENT".to_owned(), why))),
    };
    Request {
        id,
        chat,
        given: serde_json::from_str(given.get()).unwrap_or_default(),
        refused,
    }
}

pub(super) async fn look(State(ledger): State<Arc<Ledger>>, Path(id): Path<String>) -> Response {
    match ledger.look(&id) {
        Some(batch) => json(StatusCode::OK, &operation(&batch, ledger.now())),
        None => no_batch(),
    }
}

pub(super) async fn cancel(State(ledger): State<Arc<Ledger>>, Path(call): Path<String>) -> Response {
    let (id, Some("cancel")) = called(&call) else {
        return not_found("Method not found.");
    };
    match ledger.cancel(id) {
        Some(Ok(_)) => json(StatusCode::OK, &json!({})),
        Some(Err(_)) => error(
            StatusCode::BAD_REQUEST,
            "FAILED_PRECONDITION",
            "The batch is over already.",
            json!([]),
        ),
        None => no_batch(),
    }
}

pub(super) async fn delete(State(ledger): State<Arc<Ledger>>, Path(id): Path<String>) -> Response {
    if ledger.remove(&id) {
        json(StatusCode::OK, &json!({}))
    } else {
        no_batch()
    }
}

fn no_batch() -> Response {
    not_found("Requested entity was not found.")
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page {
    page_size: Option<usize>,
    page_token: Option<String>,
}

pub(super) async fn list(State(ledger): State<Arc<Ledger>>, Query(page): Query<Page>) -> Response {
    let (now, batches) = (ledger.now(), ledger.list());
    let Ok(start) = page.page_token.as_deref().unwrap_or("0").parse::<usize>() else {
        return invalid("Invalid page token.");
    };
    let size = page.page_size.filter(|size| *size > 0).unwrap_or(PAGE);
    let told: Vec<Value> = batches
        .iter()
        .skip(start)
        .take(size)
        .map(|batch| operation(batch, now))
        .collect();
    // Noughts and empty lists are not written.
    let mut answer = json!({});
    if !told.is_empty() {
        answer["operations"] = told.into();
    }
    if start + size < batches.len() {
        answer["nextPageToken"] = (start + size).to_string().into();
    }
    json(StatusCode::OK, &answer)
}

fn operation(batch: &Batch, now: Millis) -> Value {
    let (stage, name) = (batch.stage(now), format!("batches/{}", batch.id));
    let mut metadata = json!({
        "@type": "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch",
        "name": name, "model": format!("models/{}", batch.extra["model"].as_str().unwrap_or_default()),
        "displayName": batch.extra["name"], "createTime": time(batch.created_at), "updateTime": time(now),
        "batchStats": stats(batch, now), "state": state(batch, stage),
    });
    if !batch.extra["inlined"].as_bool().unwrap_or_default() {
        metadata["inputConfig"] = json!({ "fileName": batch.extra["file"] });
    }
    let mut operation = json!({ "name": name });
    if stage.is_over() {
        metadata["endTime"] = time(batch.ends_at()).into();
        operation["done"] = true.into();
    }
    if let Some(output) = output(batch, stage, now) {
        metadata["output"] = output.clone();
        operation["response"] = output;
    }
    if let (Stage::Failed, Some((code, line, message))) = (stage, &batch.refused) {
        let place = line.map(|line| format!(" (line {line})")).unwrap_or_default();
        operation["error"] = json!({ "code": 3, "message": format!("{code}: {message}{place}") });
    }
    operation["metadata"] = metadata;
    operation
}

/// Every second batch in the words of Google's samples.
fn state(batch: &Batch, stage: Stage) -> String {
    let prefix = if batch.number.is_multiple_of(2) {
        "JOB"
    } else {
        "BATCH"
    };
    let word = match stage {
        Stage::Validating => "PENDING",
        // It has no word for a cancel that goes on.
        Stage::Running | Stage::Finalizing | Stage::Cancelling => "RUNNING",
        Stage::Completed => "SUCCEEDED",
        Stage::Failed => "FAILED",
        Stage::Expired => "EXPIRED",
        Stage::Cancelled => "CANCELLED",
    };
    format!("{prefix}_STATE_{word}")
}

/// Numbers are texts, noughts are not written.
fn stats(batch: &Batch, now: Millis) -> Value {
    let counts = batch.counts(now);
    [
        ("requestCount", batch.requests.len() as u64),
        ("pendingRequestCount", counts.pending),
        ("successfulRequestCount", counts.succeeded),
        ("failedRequestCount", counts.failed),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(name, count)| (name.to_owned(), Value::from(count.to_string())))
    .collect()
}

/// An expired batch has none; a cancelled one has what was done by then.
fn output(batch: &Batch, stage: Stage, now: Millis) -> Option<Value> {
    if !matches!(stage, Stage::Completed | Stage::Cancelled) {
        return None;
    }
    let rows = batch.rows(now);
    let told = rows.iter().filter_map(|row| Some((row, told(batch, row)?)));
    if batch.extra["inlined"] == true {
        let rows: Vec<Value> = told
            .map(|(row, mut value)| {
                value["metadata"] = json!({ "key": row.id });
                value
            })
            .collect();
        return Some(json!({ "inlinedResponses": { "inlinedResponses": rows } }));
    }
    let any = stage == Stage::Completed || told.count() > 0;
    any.then(|| json!({ "responsesFile": format!("files/batch-{}", batch.id) }))
}

/// The lines of a file of results; `id` is `batch-<id of the batch>`.
pub(super) fn results(ledger: &Ledger, id: &str) -> Option<Vec<u8>> {
    let now = ledger.now();
    let batch = ledger
        .list()
        .into_iter()
        .find(|batch| id.strip_prefix("batch-") == Some(&batch.id))?;
    output(&batch, batch.stage(now), now)?;
    let rows = batch.rows(now);
    let lines = rows.iter().filter_map(|row| {
        let mut value = told(&batch, row)?;
        value["key"] = json!(row.id);
        Some(row.line(&value))
    });
    Some(lines.collect::<String>().into_bytes())
}

/// As Google writes times.
pub(super) fn time(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map(|at| at.to_string())
        .unwrap_or_default()
}
