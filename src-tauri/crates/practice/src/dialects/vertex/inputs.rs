//! The requests of a job, out of a file or a table, checked as the service checks them (sections 3.3, 3.4, 3.6).

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::cloud::Cloud;
use crate::dialects::gemini::chat;
use crate::dialects::ledger::Request;

/// Requests of a job at the most.
const MOST: usize = 200_000;

type Fields = BTreeMap<String, Box<RawValue>>;

/// # Errors
/// What the service says against the whole input: the job fails.
pub(super) fn of_file(cloud: &Cloud, uri: &str, model: &str) -> Result<Vec<Request>, String> {
    let missing = || format!("Cannot find or read the input file {uri}.");
    let (bucket, name) = uri
        .strip_prefix("gs://")
        .and_then(|path| path.split_once('/'))
        .ok_or_else(missing)?;
    let object = cloud.object(bucket, name).ok_or_else(missing)?;
    let text = std::str::from_utf8(&object.bytes).map_err(|_| "The input is not UTF-8.".to_owned())?;
    let lines: Vec<_> = text.split_terminator('\n').collect();
    counted(lines.len())?;
    lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| of_line(at + 1, line, model))
        .collect()
}

fn of_line(number: usize, line: &str, model: &str) -> Result<Request, String> {
    let fields: Fields = serde_json::from_str(line)
        .map_err(|error| format!("Failed to parse JSON in line {number}: {error}"))?;
    let mut id = None;
    for (name, value) in &fields {
        if name == "request" {
            continue;
        }
        if ["response", "status"].contains(&name.as_str()) {
            return Err(format!("The column or property \"{name}\" is reserved."));
        }
        // Lines are imported as rows of a table.
        if value.get().starts_with(['{', '[']) {
            return Err(format!(
                "The column or property \"{name}\" in the specified input data is of unsupported type. Supported \
                 types for this column are: [STRING, INTEGER, FLOAT, BOOLEAN, TIMESTAMP, DATE, DATETIME, NUMERIC]."
            ));
        }
        if name == "custom_id" {
            id = serde_json::from_str(value.get()).ok();
        }
    }
    let request = fields
        .get("request")
        .ok_or_else(|| format!("Missing \"request\" in line {number}."))?;
    request_of(id, request.get(), model)
}

/// # Errors
/// The same.
pub(super) fn of_table(cloud: &Cloud, uri: &str, model: &str) -> Result<Vec<Request>, String> {
    let missing = || format!("Failed to import data. Not found: Table {uri}");
    let mut names = uri.strip_prefix("bq://").ok_or_else(missing)?.rsplitn(3, '.');
    let (Some(name), Some(dataset)) = (names.next(), names.next()) else {
        return Err(missing());
    };
    let table = cloud
        .things()
        .tables
        .get(&(dataset.to_owned(), name.to_owned()))
        .cloned()
        .ok_or_else(missing)?;
    let column = |wanted: &str| table.columns.iter().position(|(name, _)| *name == wanted);
    let request = column("request").ok_or("The input table has no column \"request\".")?;
    let id = column("custom_id");
    counted(table.rows.len())?;
    table
        .rows
        .iter()
        .map(|row| {
            let request = row[request].as_deref().ok_or("A row has no request.")?;
            request_of(id.and_then(|id| row[id].clone()), request, model)
        })
        .collect()
}

fn counted(requests: usize) -> Result<(), String> {
    match requests {
        0 => Err("The input is empty.".to_owned()),
        1..=MOST => Ok(()),
        _ => Err(format!("The input has more than {MOST} requests.")),
    }
}

/// A request that the model cannot take fails alone.
fn request_of(id: Option<String>, text: &str, model: &str) -> Result<Request, String> {
    let mut fields: Fields = serde_json::from_str(text).map_err(|_| "A request is no object.".to_owned())?;
    let given: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let labels = fields.remove("labels");
    let bare = json_of(&fields);
    let chat = match fault(&given, labels.is_some()) {
        None => chat(&bare, model),
        Some(said) => Err(said),
    };
    let (chat, refused) = match chat {
        Ok(chat) => (chat, None),
        Err(said) => (
            json!({ "model": model }).to_string(),
            Some((400, "INVALID_ARGUMENT".to_owned(), said)),
        ),
    };
    Ok(Request {
        id,
        chat,
        given,
        refused,
    })
}

fn json_of(fields: &Fields) -> String {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), value.get()))
        .collect();
    format!("{{{}}}", fields.join(","))
}

/// What is asked for here beyond the Gemini API: a role in each content, labels of a certain form, no model.
fn fault(request: &Value, labelled: bool) -> Option<String> {
    let contents = request["contents"].as_array().into_iter().flatten();
    for content in contents {
        if !["user", "model"].contains(&content["role"].as_str().unwrap_or_default()) {
            return Some("Please use a valid role: user, model.".to_owned());
        }
    }
    if request.get("model").is_some() {
        return Some("Invalid JSON payload received. Unknown name \"model\": Cannot find field.".to_owned());
    }
    let good = |text: &str, most: usize| {
        text.len() <= most
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
    };
    let labels = request["labels"].as_object();
    if labelled && labels.is_none() {
        return Some("Invalid value at 'labels'.".to_owned());
    }
    let bad = labels.into_iter().flatten().any(|(name, value)| {
        !good(name, 63) || name.is_empty() || !value.as_str().is_some_and(|value| good(value, 63))
    });
    bad.then(|| "Label keys and values must be at most 63 of lowercase letters, digits, _ and -.".to_owned())
}
