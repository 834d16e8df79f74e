//! BigQuery v2 (section 5): datasets, tables, loads.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::cloud::{Cloud, Place, Shared, Table, page};
use super::saying::{not_found, old};
use super::sessions::{Purpose, begin};
use super::{results, storage};
use crate::dialects::Ledger;
use crate::dialects::gate::results_gone;

type Fields = Query<BTreeMap<String, String>>;

/// Rows of a page, so that there are several pages.
const PAGE: usize = 100;

/// Bytes of an order at the most, or of a load in one piece.
const MOST: usize = 64 << 20;

pub(super) const INPUT: [(&str, &str); 2] = [("custom_id", "STRING"), ("request", "JSON")];

pub(super) async fn dataset(Path((project, dataset)): Path<(String, String)>) -> Response {
    match Place::location(&dataset) {
        // The big ones are written large.
        Ok(location) => {
            let location = if location.contains('-') {
                location
            } else {
                location.to_ascii_uppercase()
            };
            let reference = json!({ "projectId": project, "datasetId": dataset });
            Json(json!({
                "kind": "bigquery#dataset", "id": format!("{project}:{dataset}"), "datasetReference": reference,
                "location": location,
            }))
            .into_response()
        }
        Err(refusal) => *refusal,
    }
}

fn no_table(project: &str, dataset: &str, table: &str) -> Response {
    not_found(&format!("Table {project}:{dataset}.{table}"))
}

pub(super) async fn table(
    State(ledger): State<Arc<Ledger>>,
    cloud: Shared,
    Path((project, dataset, name)): Path<(String, String, String)>,
) -> Response {
    results::write(&ledger, &cloud);
    let Some(table) = cloud
        .things()
        .tables
        .get(&(dataset.clone(), name.clone()))
        .cloned()
    else {
        return no_table(&project, &dataset, &name);
    };
    if results::is_output(&table) && results_gone(&ledger) {
        return no_table(&project, &dataset, &name);
    }
    let fields: Vec<_> = table
        .columns
        .iter()
        .map(|(name, kind)| json!({ "name": name, "type": kind, "mode": "NULLABLE" }))
        .collect();
    Json(json!({
        "kind": "bigquery#table", "id": format!("{project}:{dataset}.{name}"), "type": "TABLE",
        "tableReference": { "projectId": project, "datasetId": dataset, "tableId": name },
        "schema": { "fields": fields }, "numRows": table.rows.len().to_string(), "location": table.location,
    }))
    .into_response()
}

pub(super) async fn delete(
    cloud: Shared,
    Path((project, dataset, name)): Path<(String, String, String)>,
) -> Response {
    match cloud.things().tables.remove(&(dataset.clone(), name.clone())) {
        Some(_) => StatusCode::NO_CONTENT.into_response(),
        None => no_table(&project, &dataset, &name),
    }
}

pub(super) async fn rows(
    cloud: Shared,
    Path((project, dataset, name)): Path<(String, String, String)>,
    Query(query): Fields,
) -> Response {
    let Some(table) = cloud
        .things()
        .tables
        .get(&(dataset.clone(), name.clone()))
        .cloned()
    else {
        return no_table(&project, &dataset, &name);
    };
    let number = |name: &str| query.get(name).and_then(|value| value.parse::<usize>().ok());
    let most = number("maxResults").unwrap_or(PAGE).min(PAGE);
    let (rows, next) = page(&table.rows, number("pageToken").unwrap_or(0), most);
    let micros = query
        .get("formatOptions.useInt64Timestamp")
        .is_some_and(|told| told.eq_ignore_ascii_case("true"));
    let told = rows.iter().map(|row| {
        let cells = row
            .iter()
            .zip(&table.columns)
            .map(|(value, (_, kind))| match value {
                // Seconds in the manner of a float, unless it is asked otherwise.
                Some(value) if *kind == "TIMESTAMP" && !micros => {
                    json!({ "v": format!("{:E}", value.parse::<f64>().unwrap_or_default() / 1e6) })
                }
                value => json!({ "v": value }),
            });
        json!({ "f": cells.collect::<Vec<_>>() })
    });
    let mut said = json!({
        "kind": "bigquery#tableDataList", "totalRows": table.rows.len().to_string(), "rows": told.collect::<Vec<_>>(),
    });
    if let Some(next) = next {
        said["pageToken"] = next.to_string().into();
    }
    Json(said).into_response()
}

pub(super) async fn job(cloud: Shared, Path((project, id)): Path<(String, String)>) -> Response {
    match cloud.things().loads.get(&id) {
        Some(job) => Json(job.clone()).into_response(),
        None => not_found(&format!("Job {project}:{id}")),
    }
}

pub(super) async fn upload(
    State(ledger): State<Arc<Ledger>>,
    cloud: Shared,
    Path(project): Path<String>,
    Query(query): Fields,
    request: Request,
) -> Response {
    let (path, headers) = (request.uri().path().to_owned(), request.headers().clone());
    let Ok(body) = to_bytes(request.into_body(), MOST).await else {
        return old(
            StatusCode::PAYLOAD_TOO_LARGE,
            "uploadTooLarge",
            "Payload too large.",
        );
    };
    if query.get("uploadType").is_some_and(|kind| kind == "multipart") {
        return match storage::related(&headers, &body) {
            Some((order, bytes)) => load(&cloud, &project, &order, &bytes),
            None => old(StatusCode::BAD_REQUEST, "badRequest", "Malformed multipart body."),
        };
    }
    match serde_json::from_slice::<Value>(&body) {
        Ok(order) if order["configuration"]["load"].is_object() => {
            begin(&ledger, &cloud, &path, &headers, Purpose::Load { project, order })
        }
        _ => old(
            StatusCode::BAD_REQUEST,
            "invalid",
            "Job configuration must contain exactly one job-specific configuration object.",
        ),
    }
}

/// Makes a load job of an order and its bytes. It is done at once.
pub(super) fn load(cloud: &Cloud, project: &str, order: &Value, bytes: &[u8]) -> Response {
    let id = match order["jobReference"]["jobId"].as_str() {
        Some(id) => id.to_owned(),
        None => format!("job_{}", cloud.next()),
    };
    if cloud.things().loads.contains_key(&id) {
        return old(
            StatusCode::CONFLICT,
            "duplicate",
            &format!("Already Exists: Job {project}:{id}"),
        );
    }
    let target = &order["configuration"]["load"]["destinationTable"];
    let name = |field: &str| target[field].as_str().unwrap_or_default().to_owned();
    let (dataset, table) = (name("datasetId"), name("tableId"));
    let location = match Place::location(&dataset) {
        Ok(location) => location,
        Err(refusal) => return *refusal,
    };
    let mut status = json!({ "state": "DONE" });
    if let Err((reason, message)) = loaded(cloud, order, (&dataset, &table), &location, bytes) {
        let error = json!({ "reason": reason, "message": message });
        status["errors"] = json!([error]);
        status["errorResult"] = error;
    }
    let job = json!({
        "kind": "bigquery#job", "id": format!("{project}:{location}.{id}"), "configuration": order["configuration"],
        "jobReference": { "projectId": project, "jobId": id, "location": location }, "status": status,
    });
    cloud.things().loads.insert(id, job.clone());
    Json(job).into_response()
}

/// Whole, or not at all.
fn loaded(
    cloud: &Cloud,
    order: &Value,
    (dataset, name): (&str, &str),
    location: &str,
    bytes: &[u8],
) -> Result<(), (&'static str, String)> {
    let invalid = |message: String| ("invalid", message);
    let load = &order["configuration"]["load"];
    if load["sourceFormat"] != "NEWLINE_DELIMITED_JSON" {
        return Err(invalid("Only NEWLINE_DELIMITED_JSON is known here.".to_owned()));
    }
    let told = order["jobReference"]["location"].as_str().unwrap_or(location);
    if !told.eq_ignore_ascii_case(location) {
        return Err((
            "notFound",
            format!("Dataset {dataset} was not found in location {told}"),
        ));
    }
    let key = (dataset.to_owned(), name.to_owned());
    let full = cloud
        .things()
        .tables
        .get(&key)
        .is_some_and(|table| !table.rows.is_empty());
    if full && load["writeDisposition"] == "WRITE_EMPTY" {
        return Err(("duplicate", format!("Already Exists: Table {dataset}.{name}")));
    }
    let mut rows = Vec::new();
    for (number, line) in bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .enumerate()
    {
        let row: Value = serde_json::from_slice(line)
            .map_err(|error| invalid(format!("Error while reading data, row {number}: {error}")))?;
        let fields = row
            .as_object()
            .ok_or_else(|| invalid(format!("Row {number} is no object.")))?;
        if let Some(field) = fields
            .keys()
            .find(|field| !INPUT.iter().any(|(name, _)| name == field))
        {
            return Err(invalid(format!("No such field: {field}.")));
        }
        let request = match &row["request"] {
            Value::Null => None,
            request => Some(request.to_string()),
        };
        rows.push(vec![row["custom_id"].as_str().map(str::to_owned), request]);
    }
    let table = Table {
        columns: INPUT.to_vec(),
        rows,
        location: location.to_owned(),
    };
    cloud.things().tables.insert(key, table);
    Ok(())
}
