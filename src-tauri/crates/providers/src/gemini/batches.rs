//! The batch: a long-running operation with the batch as its metadata. 64-bit numbers are texts, noughts are absent.

use serde_json::Value;
use tabane_model::{Millis, RemoteCounts, RemoteState};

use super::{ENDPOINT, word};
use crate::lenient::{number, text};
use crate::{Batch, BatchError, times};

/// A batch that waited and ran for so long expires: 48 h (ai.google.dev, *Batch API*, copy of 2026; wire notes 2.6).
const EXPIRES_AFTER: Millis = 48 * 60 * 60_000;

/// `None`: no object with a name, so no batch.
pub(super) fn read(operation: &Value) -> Option<Batch> {
    let batch = if operation["metadata"].is_object() {
        &operation["metadata"]
    } else {
        operation
    };
    let id = text(&operation["name"]).or_else(|| text(&batch["name"]))?;
    let status_raw = text(&batch["state"]).unwrap_or_default();
    let created_at = times::read(&batch["createTime"]);
    Some(Batch {
        counts: counts(&batch["batchStats"]),
        created_at,
        expires_at: created_at.map(|at| at + EXPIRES_AFTER),
        input_file_id: text(&batch["inputConfig"]["fileName"]),
        output_file_id: output(operation, batch, &id),
        errors: errors(&operation["error"]),
        name: text(&batch["displayName"]),
        model: text(&batch["model"]).map(|model| bare(&model).to_owned()),
        endpoint: Some(ENDPOINT.to_owned()),
        ..Batch::new(id, state(&status_raw, operation), status_raw)
    })
}

/// A model's id as people write it.
pub(super) fn bare(model: &str) -> &str {
    model.strip_prefix("models/").unwrap_or(model)
}

/// Google's own samples know the words by two prefixes.
fn state(word: &str, operation: &Value) -> RemoteState {
    let bare = ["BATCH_STATE_", "JOB_STATE_"]
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix));
    match bare.unwrap_or(word) {
        "QUEUED" | "PENDING" | "RUNNING" | "UPDATING" | "PAUSED" => RemoteState::InProgress,
        "CANCELLING" => RemoteState::Cancelling,
        "SUCCEEDED" | "PARTIALLY_SUCCEEDED" => RemoteState::Completed,
        "FAILED" => RemoteState::Failed,
        "CANCELLED" => RemoteState::Cancelled,
        "EXPIRED" => RemoteState::Expired,
        // A word that we do not know must not run for ever: an operation also says by itself that it is over.
        _ if operation["done"] != true => RemoteState::Unknown,
        _ if operation["error"].is_object() => RemoteState::Failed,
        _ => RemoteState::Completed,
    }
}

fn counts(stats: &Value) -> RemoteCounts {
    let count = |name: &str| number(&stats[name]).and_then(|count| u32::try_from(count).ok());
    let total = count("requestCount");
    let of = |name: &str| count(name).or(total.map(|_| 0));
    RemoteCounts {
        total,
        completed: of("successfulRequestCount"),
        failed: of("failedRequestCount"),
    }
}

/// The file of results, told twice; or the batch itself, where the results came back in it.
fn output(operation: &Value, batch: &Value, id: &str) -> Option<String> {
    let places = [
        &batch["output"],
        &operation["response"],
        &operation["response"]["output"],
    ];
    let file = places.iter().find_map(|place| text(&place["responsesFile"]));
    let inlined = || {
        places
            .iter()
            .any(|place| place["inlinedResponses"].is_object())
            .then(|| id.to_owned())
    };
    file.or_else(inlined)
}

fn errors(error: &Value) -> Vec<BatchError> {
    let told = error.as_object().filter(|fields| !fields.is_empty());
    told.map(|_| BatchError {
        code: word(error),
        line: None,
        message: text(&error["message"]).unwrap_or_default(),
    })
    .into_iter()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_batch_as_it_was_captured() {
        // flachesis/gemini-rust#13.
        let batch = read(&json!({
            "name": "batches/7h9w", "metadata": {
                "@type": "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch",
                "name": "batches/7h9w", "model": "models/gemini-3.8-flash", "displayName": "tabane-j-1",
                "inputConfig": { "fileName": "files/85na" }, "createTime": "2025-09-07T11:55:07.827892252Z",
                "batchStats": { "requestCount": "5", "pendingRequestCount": "5" }, "state": "BATCH_STATE_PENDING" },
        }))
        .unwrap();
        assert_eq!(
            (batch.id.as_str(), batch.state),
            ("batches/7h9w", RemoteState::InProgress)
        );
        assert_eq!(batch.status_raw, "BATCH_STATE_PENDING");
        assert_eq!(
            batch.counts,
            RemoteCounts {
                total: Some(5),
                completed: Some(0),
                failed: Some(0)
            }
        );
        assert_eq!(batch.created_at, Some(1_757_246_107_827));
        assert_eq!(batch.expires_at, Some(1_757_246_107_827 + 172_800_000));
        assert_eq!(batch.input_file_id.as_deref(), Some("files/85na"));
        assert_eq!(batch.name.as_deref(), Some("tabane-j-1"));
        assert_eq!(batch.model.as_deref(), Some("gemini-3.8-flash"));
        assert_eq!((batch.output_file_id, batch.errors), (None, Vec::new()));
    }

    #[test]
    fn the_output_is_found_at_either_place() {
        let of = |operation: Value| read(&operation).unwrap().output_file_id;
        let file = json!({ "responsesFile": "files/batch-1" });
        assert_eq!(
            of(json!({ "name": "batches/b", "metadata": { "output": file } })),
            Some("files/batch-1".to_owned())
        );
        assert_eq!(
            of(json!({ "name": "batches/b", "response": file })),
            Some("files/batch-1".to_owned())
        );
        let inlined =
            json!({ "name": "batches/b", "response": { "inlinedResponses": { "inlinedResponses": [] } } });
        assert_eq!(of(inlined), Some("batches/b".to_owned()));
    }

    #[test]
    fn states_by_both_prefixes_and_words_that_are_new() {
        let of = |value: Value| read(&value).unwrap().state;
        let stated = |word: &str| of(json!({ "name": "b", "metadata": { "state": word } }));
        for (word, expected) in [
            ("BATCH_STATE_RUNNING", RemoteState::InProgress),
            ("JOB_STATE_SUCCEEDED", RemoteState::Completed),
            ("BATCH_STATE_CANCELLED", RemoteState::Cancelled),
            ("JOB_STATE_EXPIRED", RemoteState::Expired),
            ("JOB_STATE_CANCELLING", RemoteState::Cancelling),
            ("BATCH_STATE_UNSPECIFIED", RemoteState::Unknown),
            ("", RemoteState::Unknown),
        ] {
            assert_eq!(stated(word), expected, "{word}");
        }
        let new = json!({ "name": "b", "metadata": { "state": "BATCH_STATE_NEW" }, "done": true });
        assert_eq!(of(new), RemoteState::Completed);
        let failed = json!({ "name": "b", "done": true, "error": { "code": 3, "message": "m" } });
        assert_eq!(of(failed.clone()), RemoteState::Failed);
        let error = &read(&failed).unwrap().errors[0];
        assert_eq!(
            (error.code.as_str(), error.message.as_str()),
            ("INVALID_ARGUMENT", "m")
        );
    }

    #[test]
    fn what_is_no_batch_is_none() {
        for value in [
            json!({}),
            json!([]),
            json!({ "metadata": { "state": "x" } }),
            json!({ "name": null }),
        ] {
            assert!(read(&value).is_none(), "{value}");
        }
    }
}
