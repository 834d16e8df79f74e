//! A batch: what is kept of it (`batches/<id>.json`), in what state it is at a moment, and how it is told.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tabane_model::Millis;

use crate::faults::RowFaults;
use crate::pace::Course;
use crate::validation::{BatchError, Checked};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct BatchRecord {
    pub(crate) id: String,
    /// Counts up, for the order of batches of one moment.
    pub(crate) number: u64,
    pub(crate) endpoint: String,
    pub(crate) window: String,
    pub(crate) input_file_id: String,
    pub(crate) metadata: BTreeMap<String, String>,
    pub(crate) created_at: Millis,
    /// Milliseconds that it takes, set when it is made so that a restart at another pace changes nothing.
    pub(crate) duration: Millis,
    pub(crate) expires_at: Millis,
    pub(crate) mixed_models: bool,
    /// Looks that do not find it yet.
    #[serde(skip)]
    pub(crate) hidden: u32,
    pub(crate) faults: RowFaults,
    /// Told to fail in the check.
    pub(crate) fail: Option<BatchError>,
    pub(crate) cancel_at: Option<Millis>,
    pub(crate) checked: Option<Checked>,
    pub(crate) results: Option<Results>,
}

/// The written files of a batch that has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Results {
    pub(crate) output_file_id: Option<String>,
    pub(crate) error_file_id: Option<String>,
    pub(crate) completed: u64,
    pub(crate) failed: u64,
    pub(crate) input_tokens: u64,
    pub(crate) output_tokens: u64,
}

/// The statuses of `wire/openai-style.md`, 1.4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Validating,
    Failed,
    InProgress,
    Finalizing,
    Completed,
    Expired,
    Cancelling,
    Cancelled,
}

impl State {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Validating => "validating",
            Self::Failed => "failed",
            Self::InProgress => "in_progress",
            Self::Finalizing => "finalizing",
            Self::Completed => "completed",
            Self::Expired => "expired",
            Self::Cancelling => "cancelling",
            Self::Cancelled => "cancelled",
        }
    }

    pub(crate) fn is_terminal(self) -> bool {
        matches!(
            self,
            Self::Failed | Self::Completed | Self::Expired | Self::Cancelled
        )
    }
}

/// How the faults change what is told.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Telling {
    pub(crate) unknown_status: bool,
    pub(crate) null_counts: bool,
    pub(crate) empty_error_file_id: bool,
}

impl BatchRecord {
    pub(crate) fn course(&self) -> Course {
        Course::new(self.created_at, self.duration)
    }

    fn error(&self) -> Option<&BatchError> {
        self.checked.as_ref().and_then(|checked| checked.error.as_ref())
    }

    pub(crate) fn total(&self) -> u64 {
        self.checked.as_ref().map_or(0, |checked| checked.total)
    }

    /// Rows that run at all by `now`: a cancel and an expiry stop them.
    pub(crate) fn done(&self, now: Millis) -> u64 {
        let now = self.cancel_at.map_or(now, |asked| asked.min(now));
        let done = self.course().done(now, self.total());
        self.faults
            .expire_after_rows
            .map_or(done, |limit| done.min(limit))
    }

    /// The files can be written: nothing about them changes any more.
    pub(crate) fn results_due(&self, now: Millis) -> bool {
        let checked = self
            .checked
            .as_ref()
            .is_some_and(|checked| checked.error.is_none());
        checked && self.results.is_none() && (self.cancel_at.is_some() || now >= self.course().finalizing)
    }

    pub(crate) fn state(&self, now: Millis) -> State {
        let course = self.course();
        if let Some(asked) = self.cancel_at {
            let written = self.results.is_some() || self.error().is_some();
            return if now >= course.cancelled(asked) && written {
                State::Cancelled
            } else {
                State::Cancelling
            };
        }
        if now < course.started || self.checked.is_none() {
            State::Validating
        } else if self.error().is_some() {
            State::Failed
        } else if now < course.finalizing {
            State::InProgress
        } else if now < course.ended || self.results.is_none() {
            State::Finalizing
        } else if self
            .faults
            .expire_after_rows
            .is_some_and(|limit| limit < self.total())
        {
            State::Expired
        } else {
            State::Completed
        }
    }

    /// The batch object of the protocol.
    pub(crate) fn object(&self, now: Millis, telling: Telling) -> Value {
        let state = self.state(now);
        let course = self.course();
        let status = if telling.unknown_status && !state.is_terminal() {
            "scheduling"
        } else {
            state.as_str()
        };
        let at = |told: bool, time: Millis| told.then_some(time / 1000);
        let ran = !matches!(state, State::Validating | State::Failed)
            && course.started <= self.cancel_at.unwrap_or(now);
        let results = self.results.as_ref().filter(|_| state.is_terminal());
        let no_error_file = if telling.empty_error_file_id && state.is_terminal() {
            json!("")
        } else {
            Value::Null
        };
        let errors = match self.error().filter(|_| state == State::Failed) {
            Some(error) => json!({ "object": "list", "data": [error] }),
            None => Value::Null,
        };
        json!({
            "id": self.id, "object": "batch", "endpoint": self.endpoint,
            "model": self.checked.as_ref().and_then(|checked| checked.model.clone()),
            "errors": errors, "input_file_id": self.input_file_id, "completion_window": self.window,
            "status": status,
            "output_file_id": results.and_then(|results| results.output_file_id.clone()),
            "error_file_id": results.and_then(|results| results.error_file_id.clone()).map_or(no_error_file, Value::from),
            "created_at": self.created_at / 1000, "expires_at": self.expires_at / 1000,
            "in_progress_at": at(ran, course.started),
            "finalizing_at": at(ran && self.cancel_at.is_none() && now >= course.finalizing, course.finalizing),
            "completed_at": at(state == State::Completed, course.ended),
            "failed_at": at(state == State::Failed, course.started),
            "expired_at": at(state == State::Expired, course.ended),
            "cancelling_at": self.cancel_at.map(|asked| asked / 1000),
            "cancelled_at": self.cancel_at.filter(|_| state == State::Cancelled).map(|asked| course.cancelled(asked) / 1000),
            "request_counts": if telling.null_counts { Value::Null } else { self.counts(state, now) },
            "usage": {
                "input_tokens": results.map_or(0, |results| results.input_tokens),
                "input_tokens_details": { "cached_tokens": 0 },
                "output_tokens": results.map_or(0, |results| results.output_tokens),
                "output_tokens_details": { "reasoning_tokens": 0 },
                "total_tokens": results.map_or(0, |results| results.input_tokens + results.output_tokens),
            },
            "metadata": self.metadata,
        })
    }

    fn counts(&self, state: State, now: Millis) -> Value {
        if matches!(state, State::Validating | State::Failed) {
            return json!({ "total": 0, "completed": 0, "failed": 0 });
        }
        let (completed, failed) = match self.results.as_ref().filter(|_| state.is_terminal()) {
            Some(results) => (results.completed, results.failed),
            None => {
                let done = self.done(now);
                let failed = self
                    .faults
                    .fail_rows
                    .as_ref()
                    .map_or(0, |fail| fail.rows.among_first(done));
                (done - failed, failed)
            }
        };
        json!({ "total": self.total(), "completed": completed, "failed": failed })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn record() -> BatchRecord {
        BatchRecord {
            id: "batch_1".to_owned(),
            number: 1,
            endpoint: "/v1/chat/completions".to_owned(),
            window: "24h".to_owned(),
            input_file_id: "file-1".to_owned(),
            metadata: BTreeMap::new(),
            created_at: 0,
            duration: 20_000,
            expires_at: 86_400_000,
            mixed_models: false,
            hidden: 0,
            faults: RowFaults::default(),
            fail: None,
            cancel_at: None,
            checked: Some(Checked {
                total: 17,
                model: Some("m".to_owned()),
                error: None,
            }),
            results: None,
        }
    }

    #[test]
    fn states_follow_from_the_clock() {
        let mut batch = record();
        assert_eq!(batch.state(1_999), State::Validating);
        assert_eq!(batch.state(2_000), State::InProgress);
        assert_eq!(batch.state(19_000), State::Finalizing);
        assert_eq!(
            batch.state(99_000),
            State::Finalizing,
            "the files are not written yet"
        );
        assert!(!batch.results_due(18_999));
        assert!(batch.results_due(19_000));
        batch.results = Some(Results {
            completed: 17,
            ..Results::default()
        });
        assert_eq!(batch.state(20_000), State::Completed);
        batch.faults.expire_after_rows = Some(3);
        assert_eq!(batch.state(20_000), State::Expired);
        batch.checked = None;
        assert_eq!(batch.state(99_000), State::Validating);
    }

    #[test]
    fn a_cancel_keeps_what_had_run() {
        let mut batch = record();
        batch.cancel_at = Some(4_000);
        assert_eq!(batch.state(4_500), State::Cancelling);
        assert_eq!(batch.done(99_000), 2);
        batch.results = Some(Results {
            completed: 2,
            ..Results::default()
        });
        assert_eq!(batch.state(5_000), State::Cancelled);
        let told = batch.object(6_000, Telling::default());
        assert_eq!(told["cancelling_at"], 4);
        assert_eq!(
            told["request_counts"],
            json!({ "total": 17, "completed": 2, "failed": 0 })
        );
    }

    #[test]
    fn a_failed_check_says_why_and_counts_nothing() {
        let mut batch = record();
        let error = BatchError {
            code: "empty_file".to_owned(),
            line: None,
            message: "empty".to_owned(),
            param: None,
        };
        batch.checked = Some(Checked {
            total: 0,
            model: None,
            error: Some(error),
        });
        assert_eq!(batch.object(1_000, Telling::default())["errors"], Value::Null);
        let told = batch.object(3_000, Telling::default());
        assert_eq!(told["status"], "failed");
        assert_eq!(told["errors"]["data"][0]["code"], "empty_file");
        assert_eq!(told["request_counts"]["total"], 0);
    }

    #[test]
    fn quirks_of_the_telling() {
        let telling = Telling {
            unknown_status: true,
            null_counts: true,
            empty_error_file_id: true,
        };
        let mut batch = record();
        let told = batch.object(5_000, telling);
        assert_eq!(
            (&told["status"], &told["request_counts"]),
            (&json!("scheduling"), &Value::Null)
        );
        batch.results = Some(Results::default());
        let told = batch.object(50_000, telling);
        assert_eq!(
            (&told["status"], &told["error_file_id"]),
            (&json!("completed"), &json!(""))
        );
    }
}
