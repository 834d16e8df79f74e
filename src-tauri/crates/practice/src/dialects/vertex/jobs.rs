//! Batch prediction jobs (section 3.2).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::cloud::{Cloud, PROJECT_NUMBER, Place, Shared, page};
use super::saying::{invalid, rpc, with_details};
use super::{inputs, results};
use crate::dialects::Ledger;
use crate::dialects::gate::{Connection, cut_after_create, refused_create};
use crate::dialects::ledger::{Batch, Stage};

/// Jobs of a page, so that there are several pages.
const PAGE: usize = 3;

const MODELS: &str = "publishers/google/models/";

/// A project that is none, or has not switched the interface on.
fn project_fault(project: &str) -> Option<Response> {
    let no = |word: &str, details: Value| {
        let message = format!("Permission denied on resource project {project}.");
        Some(with_details(StatusCode::FORBIDDEN, word, &message, &details))
    };
    let info = |reason: &str| {
        json!([{
            "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com",
            "metadata": { "service": "aiplatform.googleapis.com", "consumer": format!("projects/{project}") },
        }])
    };
    match project {
        "wrong-project" => no("PERMISSION_DENIED", info("CONSUMER_INVALID")),
        "api-off" => no("PERMISSION_DENIED", info("SERVICE_DISABLED")),
        _ => None,
    }
}

pub(super) async fn create(
    State(ledger): State<Arc<Ledger>>,
    cloud: Shared,
    ConnectInfo(connection): Connection,
    Path((project, location)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    if let Some(refused) = project_fault(&project).or_else(|| refused_create(&ledger, &connection)) {
        return refused;
    }
    let Ok(job) = serde_json::from_slice::<Value>(&body) else {
        return invalid("Invalid JSON payload received.");
    };
    match make(&ledger, &cloud, &location, &job) {
        Ok(batch) => {
            cut_after_create(&ledger, &connection);
            Json(told(&ledger, &batch)).into_response()
        }
        Err(refusal) => *refusal,
    }
}

fn make(ledger: &Ledger, cloud: &Cloud, location: &str, job: &Value) -> Result<Batch, Box<Response>> {
    let bad = |message: &str| Box::new(invalid(message));
    known(job).map_err(|message| bad(&message))?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let name = text(&job["displayName"]);
    if name.is_empty() || name.chars().count() > 128 {
        return Err(bad("displayName must be set and at most 128 characters."));
    }
    let model = text(&job["model"]);
    let Some(id) = model.strip_prefix(MODELS).filter(|id| id.starts_with("gemini-")) else {
        let message =
            format!("Publisher Model `{model}` was not found or does not support batch prediction.");
        return Err(Box::new(rpc(StatusCode::NOT_FOUND, "NOT_FOUND", &message)));
    };
    let (input, output) = (&job["inputConfig"], &job["outputConfig"]);
    let requests = match text(&input["instancesFormat"]).as_str() {
        "jsonl" => {
            let uri = match input["gcsSource"]["uris"].as_array().map(Vec::as_slice) {
                Some([uri]) => text(uri),
                _ => return Err(bad("gcsSource.uris must hold exactly one file.")),
            };
            same_region(&uri, location)?;
            inputs::of_file(cloud, &uri, id)
        }
        "bigquery" => inputs::of_table(cloud, &text(&input["bigquerySource"]["inputUri"]), id),
        _ => return Err(bad("inputConfig.instancesFormat must be jsonl or bigquery.")),
    };
    let mut extra = json!({
        "name": name, "model": id, "location": location, "labels": job["labels"], "inputConfig": input,
        "outputConfig": output,
    });
    let mut against = None;
    match text(&output["predictionsFormat"]).as_str() {
        "jsonl" => {
            let prefix = text(&output["gcsDestination"]["outputUriPrefix"]);
            same_region(&prefix, location)?;
            extra["prefix"] = prefix.into();
        }
        "bigquery" => {
            let uri = text(&output["bigqueryDestination"]["outputUri"]);
            extra["table"] = uri
                .strip_prefix("bq://")
                .ok_or_else(|| bad("outputUri must begin with bq://."))?
                .into();
            against = table_fault(cloud, &uri, location);
        }
        _ => return Err(bad("outputConfig.predictionsFormat must be jsonl or bigquery.")),
    }
    let (requests, failed) = match requests {
        Ok(requests) => (requests, against),
        Err(message) => (Vec::new(), Some(message)),
    };
    let batch = ledger.create(
        |number| (7_000_000_000_000_000_000 + number).to_string(),
        requests,
        extra,
    );
    let changed = failed.and_then(|message| {
        ledger.change(&batch.id, |batch| {
            batch.refused = Some(("INVALID_ARGUMENT".to_owned(), None, message));
        })
    });
    Ok(changed.unwrap_or(batch))
}

/// A field that is not known is refused.
fn known(job: &Value) -> Result<(), String> {
    for (place, names) in [
        (
            "",
            &[
                "displayName",
                "model",
                "labels",
                "inputConfig",
                "outputConfig",
                "modelParameters",
            ][..],
        ),
        ("inputConfig", &["instancesFormat", "gcsSource", "bigquerySource"]),
        (
            "outputConfig",
            &["predictionsFormat", "gcsDestination", "bigqueryDestination"],
        ),
    ] {
        let value = if place.is_empty() { job } else { &job[place] };
        let fields = value
            .as_object()
            .ok_or_else(|| format!("Missing field {place}."))?;
        if let Some(name) = fields.keys().find(|name| !names.contains(&name.as_str())) {
            return Err(format!(
                "Invalid JSON payload received. Unknown name \"{name}\" at '{place}': Cannot find field."
            ));
        }
    }
    let labels = job["labels"].as_object().into_iter().flatten();
    for (name, value) in labels {
        let value = value.as_str().unwrap_or("?");
        let good = |text: &str| {
            text.len() <= 63
                && text
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
        };
        if !good(name) || !good(value) {
            return Err(format!("Label {name} is not valid."));
        }
    }
    Ok(())
}

/// Googleapis/python-aiplatform#885.
fn same_region(uri: &str, location: &str) -> Result<(), Box<Response>> {
    let Some((bucket, _)) = uri.strip_prefix("gs://").and_then(|path| path.split_once('/')) else {
        return Err(Box::new(invalid("A gs:// path is needed.")));
    };
    let found = Place::location(bucket)?;
    if found == location || location == "global" {
        return Ok(());
    }
    let message = format!(
        "The bucket {bucket} is in location `{found}`. It must be in the same regional location `{location}`."
    );
    Err(Box::new(rpc(
        StatusCode::BAD_REQUEST,
        "FAILED_PRECONDITION",
        &message,
    )))
}

/// The dataset has to be there and in the region, the table must not be there.
fn table_fault(cloud: &Cloud, uri: &str, location: &str) -> Option<String> {
    let mut names = uri.trim_start_matches("bq://").rsplitn(3, '.');
    let (Some(name), Some(dataset), Some(_)) = (names.next(), names.next(), names.next()) else {
        return Some(format!("Invalid BigQuery table {uri}."));
    };
    match Place::location(dataset) {
        Err(_) => Some(format!("Not found: Dataset {dataset}")),
        Ok(found) if found != location => {
            Some(format!("Dataset {dataset} was not found in location {location}."))
        }
        Ok(_) => {
            let there = cloud
                .things()
                .tables
                .contains_key(&(dataset.to_owned(), name.to_owned()));
            there.then(|| format!("Already Exists: Table {uri}"))
        }
    }
}

/// The job as it is at the moment.
fn told(ledger: &Ledger, batch: &Batch) -> Value {
    let now = ledger.now();
    let stage = batch.stage(now);
    let extra = &batch.extra;
    let location = extra["location"].as_str().unwrap_or_default();
    let state = match stage {
        Stage::Validating => "JOB_STATE_PENDING",
        Stage::Running | Stage::Finalizing if ledger.faults().unknown_status => "JOB_STATE_UPDATING",
        Stage::Running | Stage::Finalizing => "JOB_STATE_RUNNING",
        Stage::Cancelling => "JOB_STATE_CANCELLING",
        Stage::Completed => "JOB_STATE_SUCCEEDED",
        Stage::Failed => "JOB_STATE_FAILED",
        Stage::Expired => "JOB_STATE_EXPIRED",
        Stage::Cancelled => "JOB_STATE_CANCELLED",
    };
    let mut job = json!({
        "name": format!("projects/{PROJECT_NUMBER}/locations/{location}/batchPredictionJobs/{}", batch.id),
        "displayName": extra["name"], "model": format!("{MODELS}{}", extra["model"].as_str().unwrap_or_default()),
        "modelVersionId": "1", "inputConfig": extra["inputConfig"], "outputConfig": extra["outputConfig"], "state": state,
        "createTime": results::time(batch.created_at), "updateTime": results::time(now),
    });
    if extra["labels"].is_object() {
        job["labels"] = extra["labels"].clone();
    }
    if stage != Stage::Validating {
        job["startTime"] = results::time(batch.created_at).into();
    }
    // Progress is told of files alone, the end of all.
    if (stage.is_over() || extra["inputConfig"]["gcsSource"].is_object()) && !ledger.faults().null_counts {
        job["completionStats"] = stats(batch, now);
    }
    if let Some((_, line, message)) = batch.refused.as_ref().filter(|_| stage == Stage::Failed) {
        let message = line.map_or_else(|| message.clone(), |line| format!("{message} (line {line})"));
        job["error"] = json!({ "code": 3, "message": message });
        job["endTime"] = results::time(batch.ends_at()).into();
        return job;
    }
    if stage.is_over() {
        if stage != Stage::Expired {
            job["endTime"] = results::time(batch.ends_at()).into();
        }
        job["outputInfo"] = if extra["prefix"].is_string() {
            json!({ "gcsOutputDirectory": results::folder(batch) })
        } else {
            let table = extra["table"].as_str().unwrap_or_default();
            let dataset = table.rsplit_once('.').map_or(table, |(dataset, _)| dataset);
            json!({ "bigqueryOutputDataset": format!("bq://{dataset}"), "bigqueryOutputTable": format!("bq://{table}") })
        };
    }
    job
}

/// 64-bit numbers are texts; noughts are not written.
fn stats(batch: &Batch, now: i64) -> Value {
    let counts = batch.counts(now);
    let incomplete = counts.pending + counts.expired + counts.cancelled;
    let stats: BTreeMap<_, _> = [
        ("successfulCount", counts.succeeded),
        ("failedCount", counts.failed),
        ("incompleteCount", incomplete),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(name, count)| (name, count.to_string()))
    .collect();
    json!(stats)
}

fn no_job(id: &str) -> Response {
    rpc(
        StatusCode::NOT_FOUND,
        "NOT_FOUND",
        &format!("The BatchPredictionJob {id} does not exist."),
    )
}

pub(super) async fn look(
    State(ledger): State<Arc<Ledger>>,
    Path((_, _, id)): Path<(String, String, String)>,
) -> Response {
    match ledger.look(&id) {
        Some(batch) => Json(told(&ledger, &batch)).into_response(),
        None => no_job(&id),
    }
}

pub(super) async fn cancel(
    State(ledger): State<Arc<Ledger>>,
    Path((_, _, call)): Path<(String, String, String)>,
) -> Response {
    let Some((id, "cancel")) = call.rsplit_once(':') else {
        return rpc(StatusCode::NOT_FOUND, "NOT_FOUND", "Method not found.");
    };
    match ledger.cancel(id) {
        None => no_job(id),
        Some(Ok(_)) => Json(json!({})).into_response(),
        Some(Err(_)) => rpc(
            StatusCode::BAD_REQUEST,
            "FAILED_PRECONDITION",
            "The job is not in a cancellable state.",
        ),
    }
}

pub(super) async fn delete(
    State(ledger): State<Arc<Ledger>>,
    Path((_, _, id)): Path<(String, String, String)>,
) -> Response {
    let now = ledger.now();
    match ledger.look(&id) {
        None => no_job(&id),
        Some(batch) if !batch.stage(now).is_over() => rpc(
            StatusCode::BAD_REQUEST,
            "FAILED_PRECONDITION",
            "The job is still running.",
        ),
        Some(_) => {
            ledger.remove(&id);
            Json(json!({ "name": format!("projects/{PROJECT_NUMBER}/operations/{id}"), "done": true, "response": {} }))
                .into_response()
        }
    }
}

pub(super) async fn list(
    State(ledger): State<Arc<Ledger>>,
    Path((project, location)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    if let Some(refused) = project_fault(&project) {
        return refused;
    }
    let jobs = ledger
        .list()
        .into_iter()
        .filter(|batch| batch.extra["location"] == location.as_str());
    let jobs: Vec<_> = jobs.map(|batch| told(&ledger, &batch)).collect();
    let filter = query.get("filter").map(String::as_str).unwrap_or_default();
    let jobs = match filtered(jobs, filter) {
        Ok(jobs) => jobs,
        Err(refusal) => return *refusal,
    };
    let number = |name: &str| query.get(name).and_then(|value| value.parse::<usize>().ok());
    let most = number("pageSize")
        .filter(|most| *most > 0)
        .unwrap_or(PAGE)
        .min(PAGE);
    let (jobs, next) = page(&jobs, number("pageToken").unwrap_or(0), most);
    let mut told = json!({});
    if !jobs.is_empty() {
        told["batchPredictionJobs"] = jobs.to_vec().into();
    }
    if let Some(next) = next {
        told["nextPageToken"] = next.to_string().into();
    }
    Json(told).into_response()
}

/// `labels.a="b" AND display_name="c" AND state="..."`.
fn filtered(mut jobs: Vec<Value>, filter: &str) -> Result<Vec<Value>, Box<Response>> {
    for condition in filter
        .split(" AND ")
        .filter(|condition| !condition.trim().is_empty())
    {
        let bad = || Box::new(invalid(&format!("Invalid filter: {condition}")));
        let (field, value) = condition.trim().split_once('=').ok_or_else(bad)?;
        let value = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'))
            .ok_or_else(bad)?;
        let place = match field {
            "display_name" => "/displayName".to_owned(),
            "state" => "/state".to_owned(),
            field => format!("/labels/{}", field.strip_prefix("labels.").ok_or_else(bad)?),
        };
        jobs.retain(|job| job.pointer(&place).is_some_and(|found| found == value));
    }
    Ok(jobs)
}
