//! The job object, read leniently.

use serde_json::Value;
use tabane_model::{RemoteCounts, RemoteState};

use crate::lenient::{number, text};
use crate::times;
use crate::{Batch, BatchError};

use super::datasets::{ERRORS, RESULTS, last_segment};

/// `None`: no object with a name, so no job.
pub(super) fn read(job: &Value) -> Option<Batch> {
    let id = last_segment(&text(&job["name"])?).to_owned();
    let status_raw = text(&job["state"]).unwrap_or_default();
    let state = state(&status_raw);
    let progress = &job["jobProgress"];
    let mut batch = Batch::new(id, state, status_raw);
    batch.counts = counts(progress);
    batch.created_at = times::read(&job["createTime"]);
    batch.expires_at = times::read(&job["expireTime"]);
    batch.input_file_id = text(&job["inputDatasetId"]).map(|name| last_segment(&name).to_owned());
    batch.name = text(&job["displayName"]);
    batch.model = text(&job["model"]);
    if state == RemoteState::Failed {
        batch.errors.extend(error(&job["status"]));
    }
    // A job that failed in the check never made its dataset (capture of 2026-08-30).
    let made = state != RemoteState::Failed || number(&progress["totalProcessedRequests"]) > Some(0);
    if let Some(dataset) = text(&job["outputDatasetId"]).filter(|_| state.is_terminal() && made) {
        name_results(&mut batch, last_segment(&dataset));
    }
    Some(batch)
}

/// Both files are in one dataset; either may turn out to be empty.
pub(super) fn name_results(batch: &mut Batch, dataset: &str) {
    batch.output_file_id = Some(format!("{dataset}/{RESULTS}"));
    batch.error_file_id = Some(format!("{dataset}/{ERRORS}"));
}

/// Every word of the service's list (package `fireworks-ai` 1.2.30). A job that stopped early keeps what it has.
fn state(word: &str) -> RemoteState {
    match word.strip_prefix("JOB_STATE_").unwrap_or(word) {
        "VALIDATING" | "CREATING_INPUT_DATASET" => RemoteState::Validating,
        "PENDING" | "CREATING" | "RUNNING" | "RE_QUEUEING" | "IDLE" | "PAUSED" => RemoteState::InProgress,
        "WRITING_RESULTS" => RemoteState::Finalizing,
        "CANCELLING" | "DELETING" | "DELETING_CLEANING_UP" => RemoteState::Cancelling,
        "COMPLETED" => RemoteState::Completed,
        "FAILED" => RemoteState::Failed,
        "EXPIRED" | "EARLY_STOPPED" => RemoteState::Expired,
        "CANCELLED" | "DELETED" => RemoteState::Cancelled,
        _ => RemoteState::Unknown,
    }
}

/// The number told with the dataset and that of requests done so far: the larger is nearer to the truth. Noughts at
/// the beginning say nothing.
fn counts(progress: &Value) -> RemoteCounts {
    let count = |name: &str| number(&progress[name]).and_then(|count| u32::try_from(count).ok());
    let total = count("totalInputRequests").max(count("totalProcessedRequests"));
    if total.unwrap_or(0) == 0 {
        return RemoteCounts::default();
    }
    RemoteCounts {
        total,
        completed: count("successfullyProcessedRequests"),
        failed: count("failedRequests"),
    }
}

/// Lines named in its words are not those of the file (capture of 2026-08-30): none is taken from them.
fn error(status: &Value) -> Option<BatchError> {
    let message = text(&status["message"])?;
    Some(BatchError {
        code: text(&status["code"]).unwrap_or_else(|| "unknown".to_owned()),
        line: None,
        message,
    })
}
