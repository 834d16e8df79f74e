//! The batch object, read leniently: any field may be missing, null, empty or of another kind.

use std::collections::BTreeMap;

use serde_json::Value;
use tabane_model::{RemoteCounts, RemoteState};

use crate::lenient::{number, text};
use crate::times;
use crate::{Batch, BatchError};

/// `None`: no object with an id, so no batch.
pub(crate) fn read(value: &Value) -> Option<Batch> {
    // Some answer `{"job":{...}}`, some `{"batch":{...}}`.
    let value = ["job", "batch"]
        .iter()
        .map(|name| &value[*name])
        .find(|inner| inner.is_object())
        .unwrap_or(value);
    let id = text(&value["id"])?;
    let status_raw = text(&value["status"]).unwrap_or_default();
    Some(Batch {
        id,
        state: state(&status_raw),
        status_raw,
        // Novita has them beside the batch's other fields too.
        counts: counts(value.get("request_counts").unwrap_or(value)),
        created_at: times::read(&value["created_at"]),
        expires_at: times::read(&value["expires_at"]).or_else(|| times::read(&value["job_deadline"])),
        input_file_id: text(&value["input_file_id"]),
        output_file_id: text(&value["output_file_id"]),
        error_file_id: text(&value["error_file_id"]),
        errors: errors(value),
        tags: tags(&value["metadata"]),
        name: None,
        model: text(&value["model"]).or_else(|| text(&value["model_id"])),
        endpoint: text(&value["endpoint"]),
    })
}

/// By the status alone, never by times: `expired_at` may be set on a batch that runs.
fn state(word: &str) -> RemoteState {
    match word.to_ascii_lowercase().replace(['-', '_', ' '], "").as_str() {
        "validating" => RemoteState::Validating,
        "inprogress" | "progress" | "running" => RemoteState::InProgress,
        "finalizing" => RemoteState::Finalizing,
        "cancelling" | "canceling" => RemoteState::Cancelling,
        "completed" | "success" => RemoteState::Completed,
        "failed" => RemoteState::Failed,
        "expired" => RemoteState::Expired,
        "cancelled" | "canceled" => RemoteState::Cancelled,
        _ => RemoteState::Unknown,
    }
}

fn counts(value: &Value) -> RemoteCounts {
    let count = |name: &str| number(&value[name]).and_then(|count| u32::try_from(count).ok());
    RemoteCounts {
        total: count("total"),
        completed: count("completed"),
        failed: count("failed"),
    }
}

/// An object with `data`, a bare array (Groq), a text in `error` (Together), or nothing.
fn errors(batch: &Value) -> Vec<BatchError> {
    if let Some(message) = batch["error"].as_str().filter(|text| !text.is_empty()) {
        return vec![BatchError {
            code: "unknown".to_owned(),
            line: None,
            message: message.to_owned(),
        }];
    }
    let list = batch["errors"]
        .as_array()
        .or_else(|| batch["errors"]["data"].as_array());
    list.into_iter()
        .flatten()
        .map(|error| BatchError {
            code: text(&error["code"]).unwrap_or_else(|| "unknown".to_owned()),
            line: number(&error["line"]),
            message: text(&error["message"]).unwrap_or_default(),
        })
        .collect()
}

pub(crate) fn tags(value: &Value) -> BTreeMap<String, String> {
    let pairs = value.as_object().into_iter().flatten();
    pairs
        .filter_map(|(name, value)| Some((name.clone(), text(value)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_batch_with_everything_and_one_with_nothing() {
        let full = json!({"id":"b","status":"in_progress","request_counts":{"total":5,"completed":2,"failed":null},
            "errors":[{"code":"invalid_method","message":"m","line":4}],"output_file_id":"","metadata":{"part":"3"},
            "created_at":"1795430000","expired_at":1});
        let batch = read(&full).unwrap();
        assert_eq!(batch.state, RemoteState::InProgress);
        assert_eq!((batch.counts.completed, batch.counts.failed), (Some(2), None));
        assert_eq!(batch.errors[0].line, Some(4));
        assert_eq!((batch.output_file_id, batch.tags["part"].as_str()), (None, "3"));
        let bare = read(&json!({"id":"b","request_counts":null,"metadata":null,"errors":""})).unwrap();
        assert_eq!(bare.state, RemoteState::Unknown);
        assert!(read(&json!({"status":"ok"})).is_none());
        assert_eq!(
            read(&json!({"job":{"id":"j","status":"VALIDATING"}}))
                .unwrap()
                .state,
            RemoteState::Validating
        );
    }

    #[test]
    fn status_words_of_all_dialects() {
        for (word, expected) in [
            ("Completed", RemoteState::Completed),
            ("InProgress", RemoteState::InProgress),
            ("canceling", RemoteState::Cancelling),
            ("canceled", RemoteState::Cancelled),
            ("scheduling", RemoteState::Unknown),
            ("in_queue", RemoteState::Unknown),
            ("EXPIRED", RemoteState::Expired),
        ] {
            assert_eq!(state(word), expected, "{word}");
            assert!(expected != RemoteState::Unknown || !expected.is_terminal());
        }
    }
}
