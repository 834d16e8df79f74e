//! The batch object. It has no status: what its counters say is its state.

use serde_json::Value;
use tabane_model::{RemoteCounts, RemoteState};

use crate::lenient::{number, text};
use crate::times;
use crate::{Batch, BatchError};

/// Requests by what became of them. `None`: not told.
struct Counters {
    requests: Option<u64>,
    pending: Option<u64>,
    success: Option<u64>,
    error: Option<u64>,
}

impl Counters {
    fn read(value: &Value) -> Self {
        let count = |name: &str| number(&value["state"][name]).or_else(|| number(&value[name]));
        Self {
            requests: count("num_requests"),
            pending: count("num_pending"),
            success: count("num_success"),
            error: count("num_error"),
        }
    }

    fn told(&self) -> RemoteCounts {
        let small = |count: Option<u64>| count.and_then(|count| u32::try_from(count).ok());
        // All are nought until the file is read.
        let total = small(self.requests).filter(|total| *total > 0);
        RemoteCounts {
            total,
            completed: total.and(small(self.success)),
            failed: total.and(small(self.error)),
        }
    }

    fn has_results(&self) -> bool {
        self.success.unwrap_or(0) + self.error.unwrap_or(0) > 0
    }
}

/// `None`: no object with an id, so no batch.
pub(super) fn read(value: &Value) -> Option<Batch> {
    let id = text(&value["batch_id"]).or_else(|| text(&value["id"]))?;
    let counters = Counters::read(value);
    let refused = text(&value["cancel_by_xai_message"]);
    let (state, word) = state(
        &counters,
        refused.is_some(),
        text(&value["cancel_time"]).is_some(),
    );
    let mut batch = Batch::new(id, state, word);
    batch.counts = counters.told();
    // Often a date alone. How long work goes on is told nowhere: `expire_time` is when the results go.
    batch.created_at = times::read(&value["create_time"]);
    batch.input_file_id = text(&value["input_file_id"]);
    batch.name = text(&value["name"]);
    batch.output_file_id = (state.is_terminal() && counters.has_results()).then(|| batch.id.clone());
    batch.errors = refused
        .map(|message| BatchError {
            code: "cancelled_by_xai".to_owned(),
            line: None,
            message,
        })
        .into_iter()
        .collect();
    Some(batch)
}

/// With a word for it, as the service has none.
fn state(counters: &Counters, refused: bool, cancelled: bool) -> (RemoteState, &'static str) {
    let pending = counters.pending;
    match counters.requests.unwrap_or(0) {
        _ if refused => (RemoteState::Failed, "refused"),
        _ if cancelled && pending == Some(0) => (RemoteState::Cancelled, "cancelled"),
        _ if cancelled => (RemoteState::Cancelling, "cancelling"),
        0 => (RemoteState::Validating, "validating"),
        _ if pending == Some(0) => (RemoteState::Completed, "completed"),
        _ => (RemoteState::InProgress, "in progress"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn batch(requests: u64, pending: u64, success: u64, more: &Value) -> Batch {
        let mut value = json!({"batch_id": "b", "name": "n", "create_time": "2026-11-24", "cancel_time": null,
            "cancel_by_xai_message": null, "state": {"num_requests": requests, "num_pending": pending,
            "num_success": success, "num_error": 0, "num_cancelled": requests - pending - success}});
        for (name, field) in more.as_object().unwrap() {
            value[name] = field.clone();
        }
        read(&value).unwrap()
    }

    #[test]
    fn the_counters_are_the_state() {
        let none = json!({});
        let cancelled = json!({"cancel_time": "2026-11-24"});
        let refused =
            json!({"cancel_by_xai_message": "Model x is not supported", "cancel_time": "2026-11-24"});
        for (batch, state, results) in [
            (batch(0, 0, 0, &none), RemoteState::Validating, false),
            (batch(3, 3, 0, &none), RemoteState::InProgress, false),
            (batch(3, 1, 2, &none), RemoteState::InProgress, false),
            (batch(3, 0, 3, &none), RemoteState::Completed, true),
            (batch(3, 1, 2, &cancelled), RemoteState::Cancelling, false),
            (batch(3, 0, 2, &cancelled), RemoteState::Cancelled, true),
            (batch(3, 0, 0, &cancelled), RemoteState::Cancelled, false),
            (batch(0, 0, 0, &cancelled), RemoteState::Cancelled, false),
            (batch(0, 0, 0, &refused), RemoteState::Failed, false),
            (batch(3, 0, 1, &refused), RemoteState::Failed, true),
        ] {
            assert_eq!(
                (batch.state, batch.output_file_id.is_some()),
                (state, results),
                "{batch:?}"
            );
        }
        let refused = batch(0, 0, 0, &refused);
        assert_eq!(refused.errors[0].message, "Model x is not supported");
        assert_eq!(batch(0, 0, 0, &none).counts, RemoteCounts::default());
        assert_eq!(batch(3, 1, 2, &none).counts.completed, Some(2));
    }

    #[test]
    fn what_is_not_told_is_not_made_up() {
        let bare = read(&json!({"batch_id": "b", "state": null})).unwrap();
        assert_eq!(
            (bare.state, bare.counts),
            (RemoteState::Validating, RemoteCounts::default())
        );
        let half = read(&json!({"id": "b", "state": {"num_requests": 2}})).unwrap();
        assert_eq!(half.state, RemoteState::InProgress);
        assert!(read(&json!({"code": "c", "error": "no"})).is_none());
    }
}
