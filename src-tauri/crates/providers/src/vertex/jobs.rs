//! The batch prediction job, read leniently, and how one is asked for (wire notes 3.2).

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tabane_model::{Millis, RemoteCounts, RemoteState};

use super::places::{Object, Table};
use crate::gemini::word;
use crate::lenient::{number, text};
use crate::times;
use crate::{Batch, BatchError, Order, Wanted};

/// Our marks by their names at the service and in [`Batch::tags`].
const LABELS: [(&str, &str); 2] = [("tabane_job", "app_job"), ("tabane_part", "part")];

/// Google's models stand below this.
pub(super) const PUBLISHED: &str = "publishers/google/models/";

/// Work on a job ends at the latest so long after it has begun (wire notes 3.5).
const RUNS: Millis = 24 * 60 * 60_000;

/// Where a job takes its requests from, or puts its answers.
pub(super) enum Place {
    Object(Object),
    Table(Table),
}

impl Place {
    pub(super) fn read(uri: &str) -> Option<Self> {
        Object::read(uri)
            .map(Self::Object)
            .or_else(|| Table::read(uri).map(Self::Table))
    }
}

/// The body of a create.
pub(super) fn order(order: &Order, model: &str, input: &Place, output: &Place) -> Value {
    let labels: BTreeMap<_, _> = LABELS
        .iter()
        .filter_map(|(label, tag)| Some((*label, label_value(order.tags.get(*tag)?))))
        .collect();
    let input = match input {
        Place::Object(object) => {
            json!({ "instancesFormat": "jsonl", "gcsSource": { "uris": [object.uri()] } })
        }
        Place::Table(table) => {
            json!({ "instancesFormat": "bigquery", "bigquerySource": { "inputUri": table.uri() } })
        }
    };
    let output = match output {
        Place::Object(folder) => json!({
            "predictionsFormat": "jsonl", "gcsDestination": { "outputUriPrefix": folder.uri() },
        }),
        Place::Table(table) => json!({
            "predictionsFormat": "bigquery", "bigqueryDestination": { "outputUri": table.uri() },
        }),
    };
    json!({
        "displayName": order.parcel.name, "model": model_path(model), "labels": labels,
        "inputConfig": input, "outputConfig": output,
    })
}

fn model_path(model: &str) -> String {
    let bare = model.strip_prefix("models/").unwrap_or(model);
    if bare.contains('/') {
        bare.to_owned()
    } else {
        format!("{PUBLISHED}{bare}")
    }
}

/// Lower-case letters, digits, `_` and `-`, at most 63 of them.
fn label_value(value: &str) -> String {
    value
        .to_ascii_lowercase()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .take(63)
        .collect()
}

/// What a list is asked for to find a batch.
pub(super) fn filter(wanted: &Wanted) -> String {
    format!(
        "labels.tabane_job=\"{}\" AND labels.tabane_part=\"{}\"",
        label_value(&wanted.app_job),
        label_value(&wanted.part)
    )
}

/// By our marks and the name, whatever the filter let through.
pub(super) fn is_wanted(batch: &Batch, wanted: &Wanted) -> bool {
    let tag = |name: &str| batch.tags.get(name).cloned();
    tag("app_job") == Some(label_value(&wanted.app_job))
        && tag("part") == Some(label_value(&wanted.part))
        && batch.name.as_deref() == Some(&wanted.parcel.name)
}

/// `None`: no job with a name.
pub(super) fn read(job: &Value) -> Option<Batch> {
    let id = text(&job["name"])?;
    let status_raw = text(&job["state"]).unwrap_or_default();
    let state = state(&status_raw);
    let counts = counts(&job["completionStats"]);
    let labels = &job["labels"];
    let model = text(&job["model"]);
    let mut batch = Batch::new(id, state, status_raw);
    batch.counts = counts;
    batch.created_at = times::read(&job["createTime"]);
    batch.expires_at = times::read(&job["startTime"]).map(|start| start + RUNS);
    batch.input_file_id = text(&job["inputConfig"]["gcsSource"]["uris"][0])
        .or_else(|| text(&job["inputConfig"]["bigquerySource"]["inputUri"]));
    batch.output_file_id = output(&job["outputInfo"]).filter(|_| has_output(state, counts));
    batch.errors = errors(job);
    batch.tags = LABELS
        .iter()
        .filter_map(|(label, tag)| Some(((*tag).to_owned(), text(&labels[*label])?)))
        .collect();
    batch.name = text(&job["displayName"]);
    batch.model = model.map(|model| model.strip_prefix(PUBLISHED).unwrap_or(&model).to_owned());
    Some(batch)
}

/// What did not finish well may have answers all the same (3.2); where none was written there is nothing to fetch.
fn has_output(state: RemoteState, counts: RemoteCounts) -> bool {
    state == RemoteState::Completed || counts.completed != Some(0) || counts.failed != Some(0)
}

fn state(word: &str) -> RemoteState {
    match word.strip_prefix("JOB_STATE_").unwrap_or(word) {
        "QUEUED" | "PENDING" => RemoteState::Validating,
        "RUNNING" => RemoteState::InProgress,
        "SUCCEEDED" | "PARTIALLY_SUCCEEDED" => RemoteState::Completed,
        "FAILED" => RemoteState::Failed,
        "CANCELLING" => RemoteState::Cancelling,
        "CANCELLED" => RemoteState::Cancelled,
        "EXPIRED" => RemoteState::Expired,
        _ => RemoteState::Unknown,
    }
}

/// `incompleteCount` is `-1` where it is not known.
fn counts(stats: &Value) -> RemoteCounts {
    let negative = |value: &Value| match value {
        Value::String(text) => text.trim().starts_with('-'),
        value => value.as_i64().is_some_and(|count| count < 0),
    };
    let count = |name: &str| {
        let value = Some(&stats[name]).filter(|value| !negative(value))?;
        number(value).and_then(|count| u32::try_from(count).ok())
    };
    if !stats.is_object() {
        return RemoteCounts::default();
    }
    // Of what proto calls 0 nothing is written, if anything is told at all.
    let told = |name: &str| {
        if stats.get(name).is_some() {
            count(name)
        } else {
            Some(0)
        }
    };
    let (completed, failed) = (told("successfulCount"), told("failedCount"));
    let sum = || {
        completed?
            .checked_add(failed?)?
            .checked_add(told("incompleteCount")?)
    };
    RemoteCounts {
        total: sum(),
        completed,
        failed,
    }
}

/// The folder or the table, as something that [`Place::read`] takes.
fn output(info: &Value) -> Option<String> {
    if let Some(folder) = text(&info["gcsOutputDirectory"]) {
        return Some(folder);
    }
    let table = text(&info["bigqueryOutputTable"])?;
    if table.starts_with("bq://") {
        return Some(table);
    }
    // The table's name alone, with the dataset beside it.
    let dataset = text(&info["bigqueryOutputDataset"])?;
    let dataset = if dataset.starts_with("bq://") {
        dataset
    } else {
        format!("bq://{dataset}")
    };
    Some(format!("{dataset}.{table}"))
}

fn errors(job: &Value) -> Vec<BatchError> {
    let partial = job["partialFailures"].as_array().into_iter().flatten();
    [&job["error"]]
        .into_iter()
        .chain(partial)
        .filter(|status| {
            status["code"].as_u64().is_some_and(|code| code != 0) || status["message"].is_string()
        })
        .map(|status| BatchError {
            code: word(status),
            line: None,
            message: text(&status["message"]).unwrap_or_default(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_with_everything_and_one_with_nothing() {
        let job = json!({"name": "projects/1/locations/us-central1/batchPredictionJobs/9", "displayName": "tabane-1-2",
            "model": "publishers/google/models/gemini-3.8-flash", "state": "JOB_STATE_CANCELLED",
            "inputConfig": {"gcsSource": {"uris": ["gs://b/x"]}}, "labels": {"tabane_job": "1", "tabane_part": "2", "x": "y"},
            "outputInfo": {"gcsOutputDirectory": "gs://b/out/prediction-model-1"},
            "completionStats": {"successfulCount": "3", "failedCount": "1", "incompleteCount": "-1"},
            "createTime": "2026-11-24T00:00:00Z", "startTime": "2026-11-24T01:00:00Z",
            "error": {"code": 1, "message": "m"}, "partialFailures": [{"code": 3, "message": "n"}]});
        let batch = read(&job).unwrap();
        assert_eq!(
            (batch.state, batch.model.as_deref()),
            (RemoteState::Cancelled, Some("gemini-3.8-flash"))
        );
        assert_eq!(
            (batch.counts.total, batch.counts.completed, batch.counts.failed),
            (None, Some(3), Some(1))
        );
        assert_eq!(
            batch.output_file_id.as_deref(),
            Some("gs://b/out/prediction-model-1")
        );
        assert_eq!(
            batch.expires_at.unwrap() - batch.created_at.unwrap(),
            RUNS + 3_600_000
        );
        assert_eq!(
            (batch.errors[0].code.as_str(), batch.errors[1].message.as_str()),
            ("CANCELLED", "n")
        );
        assert_eq!((batch.tags["app_job"].as_str(), batch.tags.len()), ("1", 2));
        let bare = read(&json!({"name": "x", "completionStats": null, "labels": 5, "error": {}})).unwrap();
        assert_eq!(
            (bare.state, bare.counts),
            (RemoteState::Unknown, RemoteCounts::default())
        );
        assert!(bare.errors.is_empty() && read(&json!({"state": "JOB_STATE_RUNNING"})).is_none());
    }

    #[test]
    fn every_state_has_its_meaning() {
        for (word, expected) in [
            ("JOB_STATE_PARTIALLY_SUCCEEDED", RemoteState::Completed),
            ("JOB_STATE_PAUSED", RemoteState::Unknown),
            ("JOB_STATE_UPDATING", RemoteState::Unknown),
            ("JOB_STATE_QUEUED", RemoteState::Validating),
            ("SUCCEEDED", RemoteState::Completed),
            ("", RemoteState::Unknown),
        ] {
            assert_eq!(state(word), expected, "{word}");
        }
    }

    #[test]
    fn outputs_are_told_in_three_ways_or_not_at_all() {
        for (info, expected) in [
            (json!({"bigqueryOutputTable": "bq://p.d.t"}), Some("bq://p.d.t")),
            (
                json!({"bigqueryOutputDataset": "bq://p.d", "bigqueryOutputTable": "t"}),
                Some("bq://p.d.t"),
            ),
            (json!({"bigqueryOutputDataset": "bq://p.d"}), None),
            (json!(null), None),
        ] {
            assert_eq!(output(&info).as_deref(), expected, "{info}");
        }
        let failed = |stats: Value| {
            let job = json!({"name": "x", "state": "JOB_STATE_FAILED", "completionStats": stats,
                "outputInfo": {"gcsOutputDirectory": "gs://b/o"}});
            read(&job).unwrap().output_file_id
        };
        assert_eq!(failed(json!({"incompleteCount": "5"})), None);
        assert!(failed(json!({"successfulCount": "5"})).is_some() && failed(json!(null)).is_some());
    }

    #[test]
    fn models_and_labels_are_written_as_the_service_takes_them() {
        assert_eq!(model_path("gemini-x"), "publishers/google/models/gemini-x");
        assert_eq!(model_path("models/gemini-x"), "publishers/google/models/gemini-x");
        assert_eq!(
            model_path("projects/p/locations/l/models/7"),
            "projects/p/locations/l/models/7"
        );
        assert_eq!(label_value("A.b-c 束"), "a_b-c__");
        assert_eq!(label_value(&"x".repeat(100)).len(), 63);
    }
}
