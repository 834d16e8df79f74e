//! The batch object, read leniently.

use serde_json::Value;
use tabane_model::{RemoteCounts, RemoteState};

use crate::lenient::{number, text};
use crate::{Batch, times};

/// `None`: no object with an id, so no batch.
pub(super) fn read(value: &Value) -> Option<Batch> {
    let id = text(&value["id"])?;
    let status_raw = text(&value["processing_status"]).unwrap_or_default();
    let ended = status_raw == "ended";
    let tally = Tally::read(&value["request_counts"]);
    let state = match status_raw.as_str() {
        "in_progress" => RemoteState::InProgress,
        "canceling" | "cancelling" => RemoteState::Cancelling,
        "ended" => how_it_ended(value, &tally),
        _ => RemoteState::Unknown,
    };
    Some(Batch {
        counts: tally.counts(ended),
        created_at: times::read(&value["created_at"]),
        expires_at: times::read(&value["expires_at"]),
        // `results_url` may be relative, carry another prefix or name a host that must not get the key: the place of
        // the results follows from the id (wire notes 1.2).
        output_file_id: ended.then(|| id.clone()),
        ..Batch::new(id, state, status_raw)
    })
}

/// The service says `ended` whatever became of the requests, and its results hold each of them with its own word.
/// So a batch that ran out of time in part is completed: what is in no row then is missing, not expired.
fn how_it_ended(value: &Value, tally: &Tally) -> RemoteState {
    if text(&value["cancel_initiated_at"]).is_some() {
        RemoteState::Cancelled
    } else if tally.expired.is_some_and(|expired| expired > 0) && tally.expired == tally.total() {
        RemoteState::Expired
    } else {
        RemoteState::Completed
    }
}

/// `archived_at`: the results are gone, 29 days after the batch was made.
pub(super) fn is_archived(value: &Value) -> bool {
    text(&value["archived_at"]).is_some()
}

/// How many requests stand where. Each is `processing` until the whole batch has ended.
struct Tally {
    processing: Option<u64>,
    succeeded: Option<u64>,
    errored: Option<u64>,
    cancelled: Option<u64>,
    expired: Option<u64>,
}

impl Tally {
    fn read(value: &Value) -> Self {
        Self {
            processing: number(&value["processing"]),
            succeeded: number(&value["succeeded"]),
            errored: number(&value["errored"]),
            cancelled: number(&value["canceled"]),
            expired: number(&value["expired"]),
        }
    }

    /// `None`: one of them is not told.
    fn total(&self) -> Option<u64> {
        [
            self.processing,
            self.succeeded,
            self.errored,
            self.cancelled,
            self.expired,
        ]
        .into_iter()
        .try_fold(0_u64, |sum, count| sum.checked_add(count?))
    }

    fn counts(&self, ended: bool) -> RemoteCounts {
        let small = |count: Option<u64>| count.and_then(|count| u32::try_from(count).ok());
        RemoteCounts {
            total: small(self.total()),
            // Nought until the end, whatever has been done.
            completed: small(self.succeeded.filter(|_| ended)),
            failed: small(self.errored.filter(|_| ended)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// `processing`, `succeeded`, `errored`, `canceled`, `expired`.
    fn batch(status: &str, counts: [u64; 5], cancelled: bool) -> Batch {
        let [processing, succeeded, errored, canceled, expired] = counts;
        read(&json!({
            "id": "msgbatch_1", "type": "message_batch", "processing_status": status,
            "request_counts": {"processing": processing, "succeeded": succeeded, "errored": errored,
                "canceled": canceled, "expired": expired},
            "created_at": "2026-11-24T18:37:24.100435Z", "expires_at": "2026-11-25T18:37:24.100435Z",
            "cancel_initiated_at": cancelled.then_some("2026-11-24T19:00:00Z"),
            "results_url": "https://elsewhere.example/results",
        }))
        .unwrap()
    }

    #[test]
    fn a_running_batch_tells_its_size_and_no_progress() {
        let running = batch("in_progress", [5, 0, 0, 0, 0], false);
        assert_eq!(running.state, RemoteState::InProgress);
        let counts = (
            running.counts.total,
            running.counts.completed,
            running.counts.failed,
        );
        assert_eq!(counts, (Some(5), None, None));
        assert_eq!(running.output_file_id, None);
        assert_eq!(
            running.expires_at.unwrap() - running.created_at.unwrap(),
            24 * 60 * 60 * 1_000
        );
    }

    #[test]
    fn an_end_is_told_apart_by_cancel_and_counts() {
        for (counts, cancelled, state) in [
            ([0, 5, 0, 0, 0], false, RemoteState::Completed),
            ([0, 0, 5, 0, 0], false, RemoteState::Completed),
            ([0, 4, 0, 0, 1], false, RemoteState::Completed),
            ([0, 0, 0, 0, 5], false, RemoteState::Expired),
            ([0, 0, 0, 0, 0], false, RemoteState::Completed),
            ([0, 2, 0, 3, 0], true, RemoteState::Cancelled),
        ] {
            let ended = batch("ended", counts, cancelled);
            assert_eq!(ended.state, state, "{counts:?}");
            assert_eq!(ended.output_file_id.as_deref(), Some("msgbatch_1"));
            assert_eq!(ended.counts.completed, Some(u32::try_from(counts[1]).unwrap()));
        }
        assert_eq!(
            batch("canceling", [5, 0, 0, 0, 0], true).state,
            RemoteState::Cancelling
        );
    }

    #[test]
    fn what_is_missing_is_unknown() {
        let bare = read(&json!({"id": "b", "processing_status": "queued", "request_counts": null})).unwrap();
        assert_eq!((bare.state, bare.counts.total), (RemoteState::Unknown, None));
        assert!(read(&json!({"processing_status": "ended"})).is_none());
        assert!(is_archived(&json!({"archived_at": "2026-12-24T00:00:00Z"})));
        assert!(!is_archived(&json!({"archived_at": null})));
    }
}
