//! The job object, read leniently.

use serde_json::Value;
use tabane_model::{RemoteCounts, RemoteState};

use crate::lenient::{number, text};
use crate::openai_style::tags;
use crate::times;
use crate::{Batch, BatchError};

/// `None`: no object with an id, so no job.
pub(super) fn read(value: &Value) -> Option<Batch> {
    let status_raw = text(&value["status"]).unwrap_or_default();
    let state = state(&status_raw);
    let mut batch = Batch::new(text(&value["id"])?, state, status_raw);
    batch.counts = counts(value);
    batch.created_at = times::read(&value["created_at"]);
    batch.input_file_id = text(&value["input_files"][0]);
    batch.output_file_id = text(&value["output_file"]);
    batch.error_file_id = text(&value["error_file"]);
    batch.tags = tags(&value["metadata"]);
    batch.model = text(&value["model"]);
    batch.endpoint = text(&value["endpoint"]);
    // Of a job that ran they are the errors of its rows, in groups.
    if state == RemoteState::Failed && batch.output_file_id.is_none() && batch.error_file_id.is_none() {
        batch.errors = refusals(&value["errors"]);
    }
    Some(batch)
}

/// `SUCCESS` says that it ran, not that every row was answered.
fn state(word: &str) -> RemoteState {
    match word.trim().to_ascii_uppercase().as_str() {
        "QUEUED" => RemoteState::Validating,
        "RUNNING" => RemoteState::InProgress,
        "SUCCESS" => RemoteState::Completed,
        "FAILED" => RemoteState::Failed,
        "TIMEOUT_EXCEEDED" => RemoteState::Expired,
        "CANCELLATION_REQUESTED" => RemoteState::Cancelling,
        "CANCELLED" => RemoteState::Cancelled,
        _ => RemoteState::Unknown,
    }
}

/// `completed_requests` counts the failed ones too. The total is nought until the file is read.
fn counts(value: &Value) -> RemoteCounts {
    let count = |name: &str| number(&value[name]).and_then(|count| u32::try_from(count).ok());
    let total = count("total_requests").filter(|total| *total > 0);
    let told = |name: &str| total.and(count(name));
    RemoteCounts {
        total,
        completed: told("succeeded_requests"),
        failed: told("failed_requests"),
    }
}

fn refusals(errors: &Value) -> Vec<BatchError> {
    let list = errors.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .map(|error| BatchError {
            code: text(&error["code"]).unwrap_or_else(|| "unknown".to_owned()),
            line: None,
            message: text(&error["message"]).unwrap_or_default(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_job_with_everything_and_one_with_nothing() {
        let job = read(&json!({"id": "j", "status": "SUCCESS", "input_files": ["f"], "model": "m",
            "metadata": {"app_job": "a"}, "errors": [{"message": "rows", "count": 2}], "created_at": 1_795_430_000,
            "total_requests": 100, "completed_requests": 100, "succeeded_requests": 98, "failed_requests": 2,
            "output_file": "o", "error_file": "e"}))
        .unwrap();
        assert_eq!(job.state, RemoteState::Completed);
        let counts = (job.counts.total, job.counts.completed, job.counts.failed);
        assert_eq!(counts, (Some(100), Some(98), Some(2)));
        assert_eq!(
            (job.input_file_id.as_deref(), job.tags["app_job"].as_str()),
            (Some("f"), "a")
        );
        // Errors of rows are no refusal of the job.
        assert!(job.errors.is_empty());
        let bare =
            read(&json!({"id": "j", "status": "QUEUED", "total_requests": 0, "errors": null})).unwrap();
        assert_eq!(
            (bare.state, bare.counts),
            (RemoteState::Validating, RemoteCounts::default())
        );
        assert!(read(&json!({"object": "error", "message": "no"})).is_none());
    }

    #[test]
    fn a_job_that_never_ran_says_why() {
        let failed = json!({"id": "j", "status": "FAILED", "errors": [{"message": "why", "count": 1}]});
        assert_eq!(read(&failed).unwrap().errors[0].message, "why");
        let ran = json!({"id": "j", "status": "FAILED", "error_file": "e", "errors": [{"message": "rows"}]});
        assert!(read(&ran).unwrap().errors.is_empty());
    }

    #[test]
    fn status_words() {
        for (word, expected) in [
            ("RUNNING", RemoteState::InProgress),
            ("timeout_exceeded", RemoteState::Expired),
            ("CANCELLATION_REQUESTED", RemoteState::Cancelling),
            ("CANCELLED", RemoteState::Cancelled),
            ("PAUSED", RemoteState::Unknown),
        ] {
            assert_eq!(state(word), expected, "{word}");
        }
    }
}
