//! The one actor that owns running jobs: a single loop over commands, due times and tasks.
//!
//! What is to be done stands in the store (`parts.due_at`); a restart goes on where it was. Each task takes one
//! part one step further; no two tasks work on the same part.

mod collect;
mod create;
mod poll;
mod reconcile;
pub(crate) mod schedule;
pub(crate) mod split;
mod step;
mod upload;

use std::collections::HashSet;
use std::time::Duration;

use tabane_model::{JobId, JobState, Millis, PartNumber};
use tabane_store::PartRecord;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::App;

/// Parts worked on at the same time.
const AT_ONCE: usize = 4;

/// The longest sleep while something is due: after the computer slept, the clock is looked at again.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// Wakes the running actor.
pub(crate) struct Handle {
    wake: mpsc::UnboundedSender<()>,
}

impl Handle {
    pub(crate) fn wake(&self) {
        let _ = self.wake.send(());
    }
}

type PartKey = (JobId, PartNumber);

pub(crate) fn start(app: App) -> Handle {
    let (wake, woken) = mpsc::unbounded_channel();
    tokio::spawn(run(app, woken));
    Handle { wake }
}

async fn run(app: App, mut woken: mpsc::UnboundedReceiver<()>) {
    let mut tasks: JoinSet<PartKey> = JoinSet::new();
    let mut busy: HashSet<PartKey> = HashSet::new();
    settle_all(&app).await;
    loop {
        let sleep = begin_due(&app, &mut tasks, &mut busy).await;
        tokio::select! {
            command = woken.recv() => match command {
                // Everything that waits in the channel is one reason to look.
                Some(()) => while woken.try_recv().is_ok() {},
                None => return,
            },
            Some(ended) = tasks.join_next(), if !tasks.is_empty() => {
                match ended {
                    Ok(key) => { busy.remove(&key); }
                    // Only when Tabane closes: a step's own panic is caught in it.
                    Err(error) => tracing::error!(%error, "a part's task ended badly"),
                }
            }
            () = wait(sleep) => {}
        }
    }
}

/// Tabane may have ended between the last word on a part and what follows from it for the job.
async fn settle_all(app: &App) {
    let unfinished = app
        .with_store(|_, store| {
            let mut jobs = store.jobs(None).map_err(crate::failure::of)?;
            jobs.retain(|job| job.state != JobState::Finished);
            Ok(jobs)
        })
        .await;
    for job in unfinished.into_iter().flatten() {
        if let Err(failure) = app.settle_job(&job.id).await {
            tracing::error!(job = %job.id, %failure, "a job could not be settled");
        }
    }
}

/// Nothing due: no timer at all, so that an idle Tabane uses no processor time.
async fn wait(sleep: Option<Duration>) {
    match sleep {
        Some(sleep) => tokio::time::sleep(sleep).await,
        None => std::future::pending().await,
    }
}

/// Starts what is due and gives the time until the next thing is.
async fn begin_due(app: &App, tasks: &mut JoinSet<PartKey>, busy: &mut HashSet<PartKey>) -> Option<Duration> {
    // All parts with a time, however late: they are few, and the busy ones must not hide the next.
    let found = app
        .with_store(|_, store| store.due_parts(Millis::MAX).map_err(crate::failure::of))
        .await;
    let parts = match found {
        Ok(parts) => parts,
        Err(failure) if failure.code == crate::failure::CLOSING => return None,
        Err(failure) => {
            tracing::error!(%failure, "due parts could not be read");
            return Some(LONGEST_SLEEP);
        }
    };
    let now = app.now();
    let mut next: Option<Millis> = None;
    for part in parts {
        let key = (part.job.clone(), part.number);
        if busy.contains(&key) {
            continue;
        }
        let due = part.due_at.unwrap_or(Millis::MAX);
        if due > now {
            next = Some(next.map_or(due, |next| next.min(due)));
            continue;
        }
        if busy.len() >= AT_ONCE {
            break; // the end of a task looks again
        }
        busy.insert(key.clone());
        let app = app.clone();
        tasks.spawn(async move {
            step::take(&app, part).await;
            key
        });
    }
    let next = next?;
    let wait = u64::try_from(next - app.now()).unwrap_or(0);
    Some(Duration::from_millis(wait).min(LONGEST_SLEEP))
}

/// A part as it is before anything has happened to it.
pub(crate) fn planned(job: &str, number: PartNumber, now: Millis) -> PartRecord {
    PartRecord::planned(job, number, split::part_file(job, number), now)
}
