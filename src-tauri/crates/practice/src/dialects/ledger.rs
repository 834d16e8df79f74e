//! The batches of a fake: made, moved on by the clock, answered.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tabane_model::{Clock, Millis};

use crate::answers::{self, Manner};
use crate::faults::{Faults, RowFaults, happens};
use crate::pace::{Course, Pace};

/// A batch as every dialect needs it.
#[derive(Clone, Debug)]
pub(crate) struct Batch {
    pub(crate) id: String,
    /// Counts from 1 in the order in which they were made.
    pub(crate) number: u64,
    pub(crate) requests: Vec<Request>,
    pub(crate) created_at: Millis,
    pub(crate) cancel_at: Option<Millis>,
    /// What the service's own check says against it: code, line (1-based), message.
    pub(crate) refused: Option<(String, Option<u64>, String)>,
    /// Whatever else the dialect wants to remember: name, model, labels, places.
    pub(crate) extra: Value,
    duration: Millis,
    faults: RowFaults,
    hidden: u32,
}

/// One request of a batch.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) id: Option<String>,
    /// The request in OpenAI's chat shape (`model`, `messages`, `response_format`): what it is answered by.
    pub(crate) chat: String,
    /// The request as it was given.
    pub(crate) given: Value,
    /// Refused on its own, whatever the faults say: status, code, message.
    pub(crate) refused: Option<(u16, String, String)>,
}

/// Where a batch is at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Validating,
    Running,
    Finalizing,
    Cancelling,
    Completed,
    /// The service's check refused it: nothing ran.
    Failed,
    Expired,
    Cancelled,
}

impl Stage {
    pub(crate) fn is_over(self) -> bool {
        matches!(
            self,
            Self::Completed | Self::Failed | Self::Expired | Self::Cancelled
        )
    }
}

/// What became of a request.
#[derive(Clone, Debug)]
pub(crate) enum Fate {
    Answered {
        text: String,
        manner: Manner,
        input_tokens: u64,
        output_tokens: u64,
    },
    Failed {
        status: u16,
        code: String,
        message: String,
    },
    /// Status 200, but the body is a proxy's page.
    Page,
    /// Status 0 or no body at all.
    Empty,
    Expired,
    Cancelled,
}

/// A row of the results.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// What the row says its id is; `None`: null.
    pub(crate) id: Option<String>,
    /// Place of its request in the batch.
    pub(crate) place: usize,
    pub(crate) fate: Fate,
    /// Its line is to be broken: [`Row::line`] does it.
    malformed: bool,
}

impl Row {
    /// The line of this row, with its line end.
    pub(crate) fn line(&self, row: &Value) -> String {
        let line = row.to_string();
        if self.malformed {
            return format!("{}\n", &line[..line.floor_char_boundary(line.len() / 2)]);
        }
        line + "\n"
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) succeeded: u64,
    pub(crate) failed: u64,
    pub(crate) expired: u64,
    pub(crate) cancelled: u64,
    pub(crate) pending: u64,
}

impl Batch {
    fn course(&self) -> Course {
        Course::new(self.created_at, self.duration)
    }

    pub(crate) fn stage(&self, now: Millis) -> Stage {
        let course = self.course();
        if let Some(asked) = self.cancel_at {
            return if now < course.cancelled(asked) {
                Stage::Cancelling
            } else {
                Stage::Cancelled
            };
        }
        if now < course.started {
            return Stage::Validating;
        }
        if self.refused.is_some() {
            return Stage::Failed;
        }
        if now < course.finalizing {
            return Stage::Running;
        }
        if now < course.ended {
            return Stage::Finalizing;
        }
        let all = self.requests.len() as u64;
        if self.faults.expire_after_rows.is_some_and(|rows| rows < all) {
            Stage::Expired
        } else {
            Stage::Completed
        }
    }

    /// Rows that are done at `now`.
    fn done(&self, now: Millis) -> u64 {
        let all = self.requests.len() as u64;
        let done = self.course().done(self.cancel_at.unwrap_or(now), all);
        self.faults.expire_after_rows.map_or(done, |most| done.min(most))
    }

    /// When it ended or would end.
    pub(crate) fn ends_at(&self) -> Millis {
        match self.cancel_at {
            Some(asked) => self.course().cancelled(asked),
            None => self.course().ended,
        }
    }

    /// The rows that the results hold at `now`, in the order in which they are told: some twice, some not at all.
    pub(crate) fn rows(&self, now: Millis) -> Vec<Row> {
        if self.refused.is_some() {
            return Vec::new();
        }
        let done = self.done(now);
        let over = self.stage(now).is_over();
        let mut occurrences: HashMap<&str, u64> = HashMap::new();
        let mut rows = Vec::new();
        for (place, request) in self.requests.iter().enumerate() {
            let number = place as u64;
            let seen = occurrences.entry(&request.chat).or_default();
            let occurrence = *seen;
            *seen += 1;
            if self.faults.drop_rows.contains(number) {
                continue;
            }
            let fate = if number < done {
                self.fate(number, request, occurrence)
            } else if !over {
                continue;
            } else if self.cancel_at.is_none() {
                Fate::Expired
            } else if self.faults.cancelled_rows_nowhere {
                continue;
            } else {
                Fate::Cancelled
            };
            let row = Row {
                id: request
                    .id
                    .clone()
                    .filter(|_| !self.faults.null_custom_id.contains(number)),
                place,
                fate,
                malformed: self.faults.malformed_rows.contains(number),
            };
            if self.faults.duplicate_rows.contains(number) {
                rows.push(row.clone());
            }
            rows.push(row);
        }
        if self.faults.shuffle {
            rows.sort_by_key(|row| answers::name(&["shuffle", &row.place.to_string()]));
        }
        rows
    }

    fn fate(&self, number: u64, request: &Request, occurrence: u64) -> Fate {
        let faults = &self.faults;
        if let Some((status, code, message)) = request.refused.clone() {
            return Fate::Failed {
                status,
                code,
                message,
            };
        }
        if let Some(fail) = faults
            .fail_rows
            .as_ref()
            .filter(|fail| fail.rows.contains(number))
        {
            return Fate::Failed {
                status: fail.status,
                code: fail.code.clone(),
                message: fail.message.clone(),
            };
        }
        if faults.string_body_rows.contains(number) {
            return Fate::Page;
        }
        if faults.empty_body_rows.contains(number) {
            return Fate::Empty;
        }
        let manner = if faults.length_rows.contains(number) {
            Manner::Cut
        } else if faults.refusal_rows.contains(number) {
            Manner::Refusal
        } else {
            Manner::Answer
        };
        let created = self.created_at / 1000;
        let answer = answers::answer("/v1/chat/completions", &request.chat, occurrence, manner, created);
        let message = &answer.body["choices"][0]["message"];
        let text = message["content"].as_str().or(message["refusal"].as_str());
        Fate::Answered {
            text: text.unwrap_or_default().to_owned(),
            manner,
            input_tokens: answer.tokens.input,
            output_tokens: answer.tokens.output,
        }
    }

    /// What became of its requests by `now`; dropped rows count as done, as they do at real services.
    pub(crate) fn counts(&self, now: Millis) -> Counts {
        let mut counts = Counts::default();
        let (done, over) = (self.done(now), self.stage(now).is_over());
        for (place, request) in self.requests.iter().enumerate() {
            let number = place as u64;
            if number < done {
                let fails = request.refused.is_some()
                    || self
                        .faults
                        .fail_rows
                        .as_ref()
                        .is_some_and(|fail| fail.rows.contains(number));
                *if fails {
                    &mut counts.failed
                } else {
                    &mut counts.succeeded
                } += 1;
            } else if !over {
                counts.pending += 1;
            } else if self.cancel_at.is_some() {
                counts.cancelled += 1;
            } else {
                counts.expired += 1;
            }
        }
        counts
    }
}

/// Every batch of a fake, and what is to go wrong.
pub(crate) struct Ledger {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) key: String,
    /// Where the fake is reached, without a path: for addresses in its answers.
    pub(crate) origin: String,
    /// Calls by method and route.
    pub(crate) calls: Mutex<BTreeMap<String, u64>>,
    pace: Pace,
    faults: Mutex<Faults>,
    batches: Mutex<Vec<Batch>>,
}

impl Ledger {
    pub(crate) fn new(
        clock: Arc<dyn Clock>,
        pace: Pace,
        faults: Faults,
        key: String,
        origin: String,
    ) -> Self {
        Self {
            clock,
            key,
            origin,
            calls: Mutex::default(),
            pace,
            faults: Mutex::new(faults),
            batches: Mutex::default(),
        }
    }

    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn batches(&self) -> MutexGuard<'_, Vec<Batch>> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a batch. `id`: from its number.
    pub(crate) fn create(
        &self,
        id: impl FnOnce(u64) -> String,
        requests: Vec<Request>,
        extra: Value,
    ) -> Batch {
        let mut faults = self.faults();
        let mut batches = self.batches();
        let number = batches.len() as u64 + 1;
        let refused = faults
            .fail_check
            .as_mut()
            .filter(|fail| fail.times > 0)
            .map(|fail| {
                fail.times -= 1;
                (fail.code.clone(), fail.line, fail.message.clone())
            });
        let batch = Batch {
            id: id(number),
            number,
            duration: self.pace.duration(requests.len() as u64),
            requests,
            created_at: self.now(),
            cancel_at: None,
            refused,
            extra,
            faults: faults.rows.clone(),
            hidden: faults.not_found_after_create,
        };
        batches.push(batch.clone());
        batch
    }

    /// `None`: not there, or not yet.
    pub(crate) fn look(&self, id: &str) -> Option<Batch> {
        let mut batches = self.batches();
        let batch = batches.iter_mut().find(|batch| batch.id == id)?;
        (!happens(&mut batch.hidden)).then(|| batch.clone())
    }

    /// Changes a batch where it stands; gives it as it is then.
    pub(crate) fn change(&self, id: &str, change: impl FnOnce(&mut Batch)) -> Option<Batch> {
        let mut batches = self.batches();
        let batch = batches.iter_mut().find(|batch| batch.id == id)?;
        change(batch);
        Some(batch.clone())
    }

    /// Newest first.
    pub(crate) fn list(&self) -> Vec<Batch> {
        self.batches().iter().rev().cloned().collect()
    }

    /// Asks for the cancel. `Some(Err)`: it is over already.
    pub(crate) fn cancel(&self, id: &str) -> Option<Result<Batch, Stage>> {
        let now = self.now();
        let stage = self.batches().iter().find(|batch| batch.id == id)?.stage(now);
        if stage.is_over() {
            return Some(Err(stage));
        }
        self.change(id, |batch| {
            batch.cancel_at.get_or_insert(now);
        })
        .map(Ok)
    }

    /// Forgets it.
    pub(crate) fn remove(&self, id: &str) -> bool {
        let mut batches = self.batches();
        let before = batches.len();
        batches.retain(|batch| batch.id != id);
        batches.len() < before
    }
}
