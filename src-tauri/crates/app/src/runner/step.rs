//! One step of one part, chosen by its state.

use tabane_model::{EffectKind, EffectResult, Failure, JobState, Millis, PartState};
use tabane_providers::{Fault, Parcel, Provider};
use tabane_store::{JobRecord, PartRecord};

use super::{collect, create, poll, reconcile, schedule, upload};
use crate::account::{Own, Reached};
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
    /// Which key it is worked with, without the key.
    pub key_fingerprint: Option<String>,
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

    pub(crate) async fn provider(&mut self) -> Result<Box<dyn Provider>, Failure> {
        let reached = self.app.reach_job(&self.job).await?;
        self.key_fingerprint = reached.key_fingerprint;
        Ok(reached.provider)
    }

    /// The part as a provider takes it. A wanted second batch of the same part has a name of its own.
    pub(crate) async fn parcel(&self) -> Result<Parcel, Failure> {
        let earlier = super::reconcile::creates(self).await?;
        let earlier = earlier
            .iter()
            .filter(|create| create.remote_id.is_some() || create.result == Some(EffectResult::Abandoned))
            .count();
        let mut name = format!("tabane-{}-{}", self.job.id, self.part.number);
        if earlier > 0 {
            name.push_str(&format!("-{earlier}"));
        }
        Ok(Parcel {
            file: self.app.inner.data_dir.join(&self.part.file),
            name,
            requests: self.part.requests,
            bytes: self.part.bytes,
            model: self.job.model.clone(),
        })
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

/// Takes the part one step further and records what became of it. A step that fails on this computer (a full disk,
/// a fault of ours) is tried again later, and the job says so.
pub(crate) async fn take(app: &App, part: PartRecord) {
    let (job, number) = (part.job.clone(), part.number);
    let step = {
        let app = app.clone();
        // In a task of its own: a panic ends this step only.
        tokio::spawn(async move { try_take(&app, part).await })
    };
    let failed = match step.await {
        Ok(Ok(())) => return,
        Ok(Err(failure)) => failure,
        Err(error) => failure::of_task(error),
    };
    if failed.code == failure::CLOSING {
        return;
    }
    tracing::error!(%job, number, failure = %failed, "a step could not be done");
    if let Err(failure) = put_off(app, &job, number, failed).await {
        tracing::error!(%job, number, %failure, "nor could that be recorded");
        tokio::time::sleep(std::time::Duration::from_secs(30)).await;
    }
}

/// What the store knows of the part stays; only when it is looked at next changes, and why.
async fn put_off(app: &App, job: &str, number: u32, why: Failure) -> Result<(), Failure> {
    let id = job.to_owned();
    app.with_store(move |app, store| {
        let mut part = store.part(&id, number).map_err(failure::of)?;
        let now = app.now();
        part.due_at = Some(now + schedule::retry_wait(part.tries, &id));
        part.tries += 1;
        part.failure = Some(why);
        store.save_part(&part, now).map_err(failure::of)
    })
    .await?;
    app.settle_job(job).await
}

async fn try_take(app: &App, part: PartRecord) -> Result<(), Failure> {
    let id = part.job.clone();
    let job = app
        .with_store(move |_, store| store.job(&id).map_err(failure::of))
        .await?;
    let mut work = Work {
        app,
        job,
        part,
        key_fingerprint: None,
    };
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
    /// Opens the provider that a job is with, as it was when the job was made.
    pub(crate) async fn reach_job(&self, job: &JobRecord) -> Result<Reached, Failure> {
        let connection = job.connection.as_deref().unwrap_or(job.provider.as_str());
        let own = Own {
            base_url: job.base_url.as_deref(),
            settings: Some(&job.settings),
        };
        self.open_provider(&job.provider, connection, own).await
    }

    /// Derives the job's state from its parts and records it when it changed.
    pub(crate) async fn settle_job(&self, id: &str) -> Result<(), Failure> {
        let id = id.to_owned();
        let wanted = id.clone();
        let ended = self
            .with_store(move |app, store| store.settle_job(&wanted, app.now(), derive).map_err(failure::of))
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
