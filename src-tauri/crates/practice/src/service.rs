//! The simulated service behind the routes: makes batches, brings them forward, remembers them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tabane_model::{Clock, Millis};
use uuid::Uuid;

use crate::answers;
use crate::batches::{BatchRecord, Results, State};
use crate::disk;
use crate::faults::{Faults, happens};
use crate::files::{FileRecord, Files};
use crate::pace::Pace;
use crate::results::{self, Written};
use crate::twists::Twist;
use crate::validation::{self, BatchError};

/// A look waits this long for a check or for files that are due, so that small batches are told as they are by the
/// clock; large ones say for a while longer that they are being worked on.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a create asks for.
pub(crate) struct Order {
    pub(crate) input: FileRecord,
    pub(crate) endpoint: String,
    pub(crate) window: String,
    /// Milliseconds.
    pub(crate) window_length: Millis,
    pub(crate) metadata: BTreeMap<String, String>,
}

pub(crate) struct Service {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) key: String,
    pub(crate) files: Files,
    pub(crate) twist: &'static Twist,
    /// Calls by method and route.
    pub(crate) calls: Mutex<BTreeMap<String, u64>>,
    pace: Pace,
    faults: Mutex<Faults>,
    dir: PathBuf,
    batches: Mutex<BTreeMap<String, Arc<Entry>>>,
    closing: AtomicBool,
}

/// A batch with its turnstile: one task at a time brings it forward.
struct Entry {
    record: Mutex<BatchRecord>,
    work: tokio::sync::Mutex<()>,
}

impl Entry {
    fn new(record: BatchRecord) -> Arc<Self> {
        Arc::new(Self {
            record: Mutex::new(record),
            work: tokio::sync::Mutex::new(()),
        })
    }
    fn record(&self) -> MutexGuard<'_, BatchRecord> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Service {
    pub(crate) fn open(
        dir: &Path,
        clock: Arc<dyn Clock>,
        pace: Pace,
        faults: Faults,
        key: String,
        twist: &'static Twist,
    ) -> io::Result<Arc<Self>> {
        let files = Files::open(dir)?;
        let dir = dir.join("batches");
        let batches = disk::load_all::<BatchRecord>(&dir)?;
        let batches = batches
            .into_iter()
            .map(|record| (record.id.clone(), Entry::new(record)))
            .collect();
        Ok(Arc::new(Self {
            clock,
            key,
            files,
            twist,
            calls: Mutex::default(),
            pace,
            faults: Mutex::new(faults),
            dir,
            batches: Mutex::new(batches),
            closing: AtomicBool::new(false),
        }))
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn batches(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Entry>>> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn entry(&self, id: &str) -> Option<Arc<Entry>> {
        self.batches().get(id).cloned()
    }

    /// Work in the background stops at its next line.
    pub(crate) fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    fn save(&self, record: &BatchRecord) -> io::Result<()> {
        disk::save(&self.dir.join(&record.id).with_extension("json"), record)
    }

    /// Makes a batch; it is on disk when this returns.
    pub(crate) fn create(self: &Arc<Self>, order: Order) -> io::Result<BatchRecord> {
        let now = self.clock.now();
        let record = {
            let mut faults = self.faults();
            let mut batches = self.batches();
            let number = batches
                .values()
                .map(|entry| entry.record().number)
                .max()
                .unwrap_or(0)
                + 1;
            let fail = faults
                .fail_check
                .as_mut()
                .filter(|fail| fail.times > 0)
                .map(|fail| {
                    fail.times -= 1;
                    let (code, message) = (fail.code.clone(), fail.message.clone());
                    BatchError {
                        code,
                        line: fail.line,
                        message,
                        param: None,
                    }
                });
            let record = BatchRecord {
                id: format!("batch_{}", Uuid::new_v4().simple()),
                number,
                endpoint: order.endpoint,
                window: order.window,
                duration: self.pace.duration(order.input.lines),
                input_file_id: order.input.id,
                metadata: order.metadata,
                created_at: now,
                expires_at: now.saturating_add(order.window_length),
                mixed_models: faults.mixed_models || self.twist.mixed_models,
                hidden: faults.not_found_after_create,
                faults: faults.rows.clone(),
                fail,
                cancel_at: None,
                checked: None,
                results: None,
            };
            self.save(&record)?;
            batches.insert(record.id.clone(), Entry::new(record.clone()));
            record
        };
        if let Some(entry) = self.entry(&record.id) {
            self.bring_forward(entry);
        }
        Ok(record)
    }

    /// The batch as it is now.
    pub(crate) async fn look(self: &Arc<Self>, id: &str) -> Option<BatchRecord> {
        let entry = self.entry(id)?;
        if happens(&mut entry.record().hidden) {
            return None;
        }
        // After the patience the work goes on by itself.
        let _ = tokio::time::timeout(PATIENCE, self.bring_forward(Arc::clone(&entry))).await;
        let record = entry.record().clone();
        Some(record)
    }

    /// All batches, newest first, as they were last left.
    pub(crate) fn list(&self) -> Vec<BatchRecord> {
        let mut all: Vec<_> = self
            .batches()
            .values()
            .map(|entry| entry.record().clone())
            .collect();
        all.sort_by_key(|record| std::cmp::Reverse((record.created_at, record.number)));
        all
    }

    /// `Err` says the state in which it cannot be cancelled.
    pub(crate) async fn cancel(self: &Arc<Self>, id: &str) -> Option<Result<BatchRecord, State>> {
        let entry = self.entry(id)?;
        {
            let now = self.clock.now();
            let mut record = entry.record();
            match record.state(now) {
                State::Validating | State::InProgress => {
                    record.cancel_at = Some(now);
                    // Not on disk means that a restart forgets the cancel: the same as one that was never asked for.
                    let _ = self.save(&record);
                }
                State::Cancelling => {}
                state => return Some(Err(state)),
            }
        }
        self.look(id).await.map(Ok)
    }

    fn bring_forward(self: &Arc<Self>, entry: Arc<Entry>) -> tokio::task::JoinHandle<()> {
        let service = Arc::clone(self);
        tokio::spawn(async move {
            let _turn = entry.work.lock().await;
            let done = tokio::task::spawn_blocking({
                let entry = Arc::clone(&entry);
                move || service.work(&entry)
            });
            // What fails here (a full disk, closing) is tried again at the next look.
            let _ = done.await;
        })
    }

    /// Does what is due: the check, then the files.
    fn work(&self, entry: &Entry) -> io::Result<()> {
        let batch = entry.record().clone();
        if batch.checked.is_none() {
            let input = self.files.content(&batch.input_file_id);
            let mut checked =
                match validation::check(&input, &batch.endpoint, batch.mixed_models, &self.closing) {
                    Ok(checked) => checked,
                    Err(gone) if gone.kind() == io::ErrorKind::NotFound => {
                        validation::file_gone(&batch.input_file_id)
                    }
                    Err(other) => return Err(other),
                };
            if let Some(error) = batch.fail {
                checked = validation::Checked {
                    error: Some(error),
                    ..validation::Checked::default()
                };
            }
            let mut record = entry.record();
            record.checked = Some(checked);
            self.save(&record)?;
        }
        let batch = entry.record().clone();
        let now = self.clock.now();
        if batch.results_due(now) {
            let results = self.write_results(&batch, batch.done(now))?;
            let mut record = entry.record();
            record.results = Some(results);
            self.save(&record)?;
        }
        Ok(())
    }

    fn write_results(&self, batch: &BatchRecord, done: u64) -> io::Result<Results> {
        // Ids that follow from the batch, so that files written just before a crash are replaced and not doubled.
        let [output, error] = ["output", "error"].map(|kind| match self.twist.results_by_batch {
            true => format!("{}_{kind}", batch.id),
            false => format!("file-{}", answers::name(&[&batch.id, kind])),
        });
        let [to_output, to_error] = [&output, &error].map(|id| self.files.unfinished(id));
        let input = self.files.content(&batch.input_file_id);
        let written = results::write(
            batch,
            self.twist,
            done,
            &input,
            [&to_output, &to_error],
            &self.closing,
        )?;
        let Written {
            completed,
            failed,
            input_tokens,
            output_tokens,
            ..
        } = written;
        Ok(Results {
            output_file_id: self.keep(batch, output, "output", written.output)?,
            error_file_id: self.keep(batch, error, "error", written.error)?,
            completed,
            failed,
            input_tokens,
            output_tokens,
        })
    }

    /// A file without lines is none, save where an empty error file is one.
    fn keep(
        &self,
        batch: &BatchRecord,
        id: String,
        kind: &str,
        (lines, bytes): (u64, u64),
    ) -> io::Result<Option<String>> {
        let empty_one = self.twist.empty_error_file && kind == "error";
        if lines == 0 && !empty_one {
            std::fs::remove_file(self.files.unfinished(&id))?;
            return Ok(None);
        }
        let name = format!("{}_{kind}.jsonl", batch.id);
        let created_at = batch.course().ended;
        let purpose = "batch_output".to_owned();
        self.files.finish(&FileRecord {
            id: id.clone(),
            name,
            purpose,
            bytes,
            lines,
            created_at,
            pending: false,
        })?;
        Ok(Some(id))
    }
}
