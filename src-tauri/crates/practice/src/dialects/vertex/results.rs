//! Answers are laid down when a job is over: in a folder below the prefix, or in a new table.

use serde_json::{Value, json};

use super::cloud::{Cloud, Place, Table};
use crate::dialects::Ledger;
use crate::dialects::gemini::told_row;
use crate::dialects::ledger::{Batch, Fate, Row};

/// The label that stands for whatever a client puts into its requests to know them again.
const LABEL: &str = "tabane_id";

const OUTPUT: [(&str, &str); 5] = [
    ("custom_id", "STRING"),
    ("request", "JSON"),
    ("status", "STRING"),
    ("response", "JSON"),
    ("processed_time", "TIMESTAMP"),
];

pub(super) fn is_folder(prefix: &str) -> bool {
    prefix.contains("/prediction-model-")
}

pub(super) fn is_output(table: &Table) -> bool {
    table.columns.iter().any(|(name, _)| *name == "status")
}

/// Where a job's answers lie: `gs://...` of the folder.
pub(super) fn folder(batch: &Batch) -> String {
    let prefix = batch.extra["prefix"]
        .as_str()
        .unwrap_or_default()
        .trim_end_matches('/');
    format!("{prefix}/prediction-model-{}", time(batch.created_at))
}

pub(super) fn time(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map(|at| format!("{at:.6}"))
        .unwrap_or_default()
}

/// Lays down what is due.
pub(super) fn write(ledger: &Ledger, cloud: &Cloud) {
    let now = ledger.now();
    for batch in ledger.list() {
        let due = batch.stage(now).is_over() && batch.refused.is_none();
        if !due || !cloud.things().written.insert(batch.id.clone()) {
            continue;
        }
        let rows = batch.rows(now);
        if batch.extra["prefix"].is_string() {
            write_file(cloud, &batch, &rows);
        } else {
            write_table(cloud, &batch, &rows);
        }
    }
}

fn write_file(cloud: &Cloud, batch: &Batch, rows: &[Row]) {
    let folder = folder(batch);
    let Some((bucket, folder)) = folder.strip_prefix("gs://").and_then(|path| path.split_once('/')) else {
        return;
    };
    let lines: String = rows
        .iter()
        .filter_map(|row| {
            let mut told = told(batch, row)?;
            // Whether it comes back from a file is told nowhere.
            told.as_object_mut()?.remove("custom_id");
            Some(row.line(&told))
        })
        .collect();
    // Something that is no results lies there too.
    cloud.put(
        bucket,
        &format!("{folder}/incremental_predictions_state.txt"),
        b"done".to_vec(),
        false,
    );
    cloud.put(
        bucket,
        &format!("{folder}/predictions.jsonl"),
        lines.into_bytes(),
        false,
    );
}

fn write_table(cloud: &Cloud, batch: &Batch, rows: &[Row]) {
    let (dataset, name) = table(batch);
    let text = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let row = |row: &Row| {
        let told = told(batch, row)?;
        let mut cells: Vec<_> = OUTPUT.iter().map(|(name, _)| text(&told[*name])).collect();
        // Microseconds, as a table keeps them.
        cells[4] = Some((batch.ends_at() * 1_000).to_string());
        // A line of a table cannot be broken, a text in it can.
        if serde_json::from_str::<Value>(&row.line(&told)).is_err() {
            cells[3] = Some("{\"candidates\":[{\"con".to_owned());
        }
        Some(cells)
    };
    let table = Table {
        columns: OUTPUT.to_vec(),
        rows: rows.iter().filter_map(row).collect(),
        location: Place::location(&dataset).unwrap_or_default(),
    };
    cloud.things().tables.insert((dataset, name), table);
}

/// Dataset and table of the answers.
pub(super) fn table(batch: &Batch) -> (String, String) {
    let uri = batch.extra["table"].as_str().unwrap_or_default();
    let mut names = uri.rsplitn(3, '.');
    let name = names.next().unwrap_or_default().to_owned();
    (names.next().unwrap_or_default().to_owned(), name)
}

/// `None`: what did not run is nowhere.
fn told(batch: &Batch, row: &Row) -> Option<Value> {
    let request = &batch.requests[row.place];
    let refused = |status: u16, message: &str| {
        let word = if status == 429 {
            "RESOURCE_EXHAUSTED"
        } else {
            "INVALID_ARGUMENT"
        };
        let error = json!({ "error": { "code": status, "message": message, "status": word } });
        (format!("Bad Request: {error}"), json!({}))
    };
    let (status, response) = match &row.fate {
        Fate::Answered { .. } => (String::new(), told_row(batch, row)?["response"].take()),
        Fate::Failed { status, message, .. } => refused(*status, message),
        Fate::Page => (
            "Internal error: <html><title>502</title></html>".to_owned(),
            json!({}),
        ),
        Fate::Empty => (String::new(), json!({})),
        Fate::Expired | Fate::Cancelled => return None,
    };
    // The echo is normalised: what is not set is null.
    let mut echo = request.given.clone();
    if let Some(fields) = echo.as_object_mut() {
        fields.entry("tools").or_insert(Value::Null);
        if row.id.is_none()
            && let Some(labels) = fields.get_mut("labels").and_then(Value::as_object_mut)
        {
            labels.remove(LABEL);
        }
    }
    Some(json!({
        "custom_id": row.id, "request": echo, "status": status, "response": response,
        "processed_time": time(batch.ends_at()),
    }))
}
