//! One step of one part, chosen by its state.

use tabane_model::{EffectKind, EffectResult, Failure, JobState, Millis, PartState};
use tabane_providers::{Fault, Provider};
use tabane_store::{JobRecord, PartRecord};

use super::{collect, create, poll, reconcile, schedule, upload};
use crate::{App, failure};

/// What a step left behind.
pub(crate) enum Step {
    /// Saved already.
    Saved,
    /// Try the same step again at this time; it may pass by itself.
    Again { at: Millis, failure: Option<Failure> },
    /// Only the user can go on: a key, a balance, a decision.
    Stuck(Failure),
}

/// A part with what it needs to be worked on.
pub(crate) struct Work<'a> {
    pub app: &'a App,
    pub job: JobRecord,
    pub part: PartRecord,
}

impl Work<'_> {
    /// Saves the part and everything that follows from it for the job.
    pub(crate) async fn save(&self) -> Result<(), Failure> {
        let (part, at) = (self.part.clone(), self.app.now());
        self.app
            .with_store(move |_, store| store.save_part(&part, at).map_err(failure::of))
            .await?;
        self.app.settle_job(&self.job.id).await
    }

    /// Writes down that an act outside is about to happen, together with the part as it is now. On the disk when
    /// this returns.
    pub(crate) async fn intend(&self, kind: EffectKind, key: &str) -> Result<i64, Failure> {
        let (part, key, at) = (self.part.clone(), key.to_owned(), self.app.now());
        let effect = self
            .app
            .with_store(move |_, store| store.intend(&part, kind, &key, at).map_err(failure::of))
            .await?;
        self.app.settle_job(&self.job.id).await?;
        Ok(effect)
    }

    /// Records how an act outside ended together with the part as it is now: a power cut finds both or neither.
    pub(crate) async fn end(
        &self,
        effect: i64,
        result: EffectResult,
        remote_id: Option<String>,
        why: Option<Failure>,
    ) -> Result<(), Failure> {
        let (part, at) = (self.part.clone(), self.app.now());
        self.app
            .with_store(move |_, store| {
                store
                    .end_effect_with(&part, effect, result, remote_id.as_deref(), why.as_ref(), at)
                    .map_err(failure::of)
            })
            .await?;
        self.app.settle_job(&self.job.id).await
    }

    pub(crate) async fn provider(&self) -> Result<Box<dyn Provider>, Failure> {
        let connection = self
            .job
            .connection
            .clone()
            .unwrap_or_else(|| self.job.provider.0.clone());
        self.app
            .open_provider(&self.job.provider, &connection, self.job.base_url.as_deref())
            .await
    }

    /// Seed of the jitter.
    pub(crate) fn seed(&self) -> String {
        format!("{}/{}", self.job.id, self.part.number)
    }

    /// The same step again after our own pause for what passes by itself, and not before the service asked.
    pub(crate) fn retry(&self, fault: Fault) -> Step {
        self.again(fault, schedule::retry_wait(self.part.tries, &self.seed()))
    }

    /// The same step again after `wait` milliseconds, and not before the service asked.
    pub(crate) fn again(&self, fault: Fault, wait: Millis) -> Step {
        let told = fault.retry_after().unwrap_or_default();
        let told = Millis::try_from(told.as_millis()).unwrap_or(Millis::MAX);
        Step::Again {
            at: self.app.now().saturating_add(wait.max(told)),
            failure: Some(fault.failure),
        }
    }
}

/// Takes the part one step further and records what became of it.
pub(crate) async fn take(app: &App, part: PartRecord) {
    let (job, number) = (part.job.clone(), part.number);
    if let Err(failure) = try_take(app, part).await {
        tracing::error!(%job, number, %failure, "a step could not be recorded");
    }
}

async fn try_take(app: &App, part: PartRecord) -> Result<(), Failure> {
    let id = part.job.clone();
    let job = app
        .with_store(move |_, store| store.job(&id).map_err(failure::of))
        .await?;
    let mut work = Work { app, job, part };
    let outcome = match work.provider().await {
        Err(failure) => Step::Stuck(failure),
        Ok(provider) => {
            let provider = provider.as_ref();
            match work.part.state {
                PartState::Planned | PartState::Uploading => upload::upload(&mut work, provider).await?,
                PartState::Uploaded => create::create(&mut work, provider).await?,
                // Found at a start: we do not know whether it arrived.
                PartState::Creating => {
                    reconcile::begin(&mut work);
                    work.save().await?;
                    Step::Saved
                }
                PartState::Unclear => reconcile::look(&mut work, provider).await?,
                PartState::Running => poll::poll(&mut work, provider).await?,
                PartState::Ended => collect::collect(&mut work, provider).await?,
                PartState::Collected | PartState::Refused | PartState::Halved | PartState::Dropped => {
                    work.part.due_at = None;
                    work.save().await?;
                    Step::Saved
                }
            }
        }
    };
    match outcome {
        Step::Saved => Ok(()),
        Step::Again { at, failure } => {
            work.part.tries += 1;
            work.part.due_at = Some(at);
            work.part.failure = failure;
            work.save().await
        }
        Step::Stuck(failure) => {
            work.part.due_at = None;
            work.part.failure = Some(failure);
            work.save().await
        }
    }
}

impl App {
    /// Derives the job's state from its parts and records it when it changed.
    pub(crate) async fn settle_job(&self, id: &str) -> Result<(), Failure> {
        let id = id.to_owned();
        let ended = self
            .with_store({
                let id = id.clone();
                move |app, store| {
                    let job = store.job(&id).map_err(failure::of)?;
                    if job.state == JobState::Preparing {
                        return Ok(false);
                    }
                    let parts = store.parts(&id).map_err(failure::of)?;
                    let (state, waiting) = derive(&job, &parts);
                    let now = app.now();
                    store
                        .set_job_state(&id, state, waiting.as_ref(), now)
                        .map_err(failure::of)?;
                    if job.sent_at.is_none() && parts.iter().any(|part| part.sent_at.is_some()) {
                        store.mark_sent(&id, now).map_err(failure::of)?;
                    }
                    let ended = state == JobState::Finished && job.state != JobState::Finished;
                    if ended {
                        store.mark_ended(&id, Some(now)).map_err(failure::of)?;
                    }
                    Ok(ended)
                }
            })
            .await?;
        self.job_changed(&id);
        if ended {
            self.changed(crate::view::Stale::Ended { id });
        }
        Ok(())
    }
}

/// The job's state in one word, from its parts.
pub(crate) fn derive(job: &JobRecord, parts: &[PartRecord]) -> (JobState, Option<Failure>) {
    let open: Vec<&PartRecord> = parts.iter().filter(|part| !part.state.is_over()).collect();
    if open.is_empty() {
        return (JobState::Finished, None);
    }
    if let Some(stuck) = open.iter().find(|part| part.due_at.is_none()) {
        return (
            JobState::Waiting,
            Some(
                stuck
                    .failure
                    .clone()
                    .unwrap_or_else(|| Failure::new("part-stuck")),
            ),
        );
    }
    let is = |states: &[PartState]| open.iter().any(|part| states.contains(&part.state));
    let state = if job.cancel_asked {
        JobState::Cancelling
    } else if is(&[
        PartState::Planned,
        PartState::Uploading,
        PartState::Uploaded,
        PartState::Creating,
        PartState::Unclear,
    ]) {
        JobState::Sending
    } else if open.iter().all(|part| part.state == PartState::Ended) {
        JobState::Collecting
    } else {
        JobState::Running
    };
    (state, None)
}
