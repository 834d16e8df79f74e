//! Jobs as the window and the command line see them, and what the user can do with one.

use tabane_model::{
    Counts, EffectKind, EffectResult, Failure, JobId, JobState, Outcome, PartState, ProviderId, Status,
};
use tabane_store::{EffectRecord, JobRecord, PartRecord, Store};

use crate::view::{Decision, FailureCount, JobView, PartView, Stale, TimelineEntry, float, time};
use crate::{App, failure};

impl App {
    /// Every job, newest first; `search` looks in name, model and provider. `whole`: with what is worth a look in its
    /// results, as [`App::job`] gives it.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn jobs(&self, search: Option<String>, whole: bool) -> Result<Vec<JobView>, Failure> {
        self.with_store(move |app, store| {
            let records = store.jobs(search.as_deref()).map_err(failure::of)?;
            records
                .into_iter()
                .map(|record| app.job_view(store, record, whole))
                .collect()
        })
        .await
    }

    /// # Errors
    /// `job-not-found`.
    pub async fn job(&self, id: &str) -> Result<JobView, Failure> {
        let id = id.to_owned();
        self.with_store(move |app, store| {
            let record = app.job_record(store, &id)?;
            app.job_view(store, record, true)
        })
        .await
    }

    /// What happened, oldest first.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn timeline(&self, id: &str) -> Result<Vec<TimelineEntry>, Failure> {
        let id = id.to_owned();
        self.with_store(move |_, store| {
            let entries = store.transitions(&id).map_err(failure::of)?;
            Ok(entries
                .into_iter()
                .map(|entry| TimelineEntry {
                    at: time(entry.at),
                    part: entry.part,
                    to: entry.to,
                    failure: entry.note,
                })
                .collect())
        })
        .await
    }

    /// Asks for a cancel: parts not sent yet are called off, the others are cancelled at the provider.
    ///
    /// # Errors
    /// `job-not-found`, `job-finished`.
    pub async fn cancel_job(&self, id: &str) -> Result<JobView, Failure> {
        let wanted = id.to_owned();
        self.with_store(move |app, store| {
            let job = app.job_record(store, &wanted)?;
            if job.state == JobState::Finished {
                return Err(Failure::new("job-finished"));
            }
            store.set_cancel_asked(&wanted, true).map_err(failure::of)?;
            store.make_due(&wanted, false, app.now()).map_err(failure::of)
        })
        .await?;
        self.settle_job(id).await?;
        self.wake();
        self.job(id).await
    }

    /// Tries again now what waits: after a key was replaced, a balance filled, the network came back.
    ///
    /// # Errors
    /// `job-not-found`.
    pub async fn resume_job(&self, id: &str) -> Result<JobView, Failure> {
        let wanted = id.to_owned();
        self.with_store(move |app, store| store.make_due(&wanted, true, app.now()).map_err(failure::of))
            .await?;
        self.settle_job(id).await?;
        self.wake();
        self.job(id).await
    }

    /// The user's word on a create whose fate nobody can tell.
    ///
    /// # Errors
    /// `part-not-unclear`.
    pub async fn decide(&self, id: &str, part: u32, decision: Decision) -> Result<JobView, Failure> {
        let wanted = id.to_owned();
        self.with_store(move |app, store| {
            let now = app.now();
            let mut record = store.part(&wanted, part).map_err(failure::of)?;
            // While something is due the engine is looking itself.
            if record.state != PartState::Unclear || record.due_at.is_some() {
                return Err(Failure::new("part-not-unclear"));
            }
            record.failure = None;
            record.due_at = Some(now);
            match decision {
                Decision::Look => {}
                Decision::Send | Decision::Drop => {
                    for effect in open_effects(store, &wanted, part, EffectKind::Create)? {
                        let result = EffectResult::Abandoned;
                        store
                            .end_effect(effect.id, result, None, None, now)
                            .map_err(failure::of)?;
                    }
                    // A wanted second batch gets a file of its own, so that the two can be told apart.
                    record.state = PartState::Planned;
                    record.remote_file = None;
                    record.sent_at = None;
                    if decision == Decision::Drop {
                        record.state = PartState::Dropped;
                        record.due_at = None;
                        store
                            .finish_part(&wanted, part, &Outcome::empty(Status::Missing))
                            .map_err(failure::of)?;
                    }
                }
            }
            store.save_part(&record, now).map_err(failure::of)
        })
        .await?;
        self.settle_job(id).await?;
        self.wake();
        self.job(id).await
    }

    /// Deletes a job with its answers from this computer. What runs at the provider must be cancelled first.
    ///
    /// # Errors
    /// `job-still-running`.
    pub async fn delete_job(&self, id: &str) -> Result<(), Failure> {
        let wanted = id.to_owned();
        self.with_store(move |app, store| {
            let job = app.job_record(store, &wanted)?;
            let with_provider = store
                .parts(&wanted)
                .map_err(failure::of)?
                .iter()
                .any(|part| !part.state.is_over() && (part.sent_at.is_some() || part.due_at.is_some()));
            if with_provider {
                return Err(Failure::new("job-still-running").with("name", job.name));
            }
            app.remove_job(store, &wanted)
        })
        .await?;
        self.changed(Stale::Jobs);
        Ok(())
    }

    pub(crate) fn job_record(&self, store: &Store, id: &str) -> Result<JobRecord, Failure> {
        store.job(id).map_err(failure::of)
    }

    fn job_view(&self, store: &Store, job: JobRecord, whole: bool) -> Result<JobView, Failure> {
        let parts = store.parts(&job.id).map_err(failure::of)?;
        let counts: Counts = store.counts(&job.id).map_err(failure::of)?;
        debug_assert!(counts.adds_up(), "{counts:?}");
        let told = |pick: fn(&PartRecord) -> Option<u32>| {
            let running: Vec<_> = parts
                .iter()
                .filter(|part| part.state == PartState::Running)
                .map(pick)
                .collect();
            if running.is_empty() || running.iter().any(Option::is_none) {
                return None;
            }
            Some(running.into_iter().flatten().sum())
        };
        let findings = if whole {
            Findings::of(store, &job.id)?
        } else {
            Findings::default()
        };
        let latest = parts
            .iter()
            .filter(|part| !part.state.is_over())
            .filter_map(|part| part.expires_at)
            .max();
        Ok(JobView {
            provider_name: provider_name(&job.provider),
            practice: job.provider.is_practice(),
            told_completed: told(|part| part.remote_counts.completed),
            told_failed: told(|part| part.remote_counts.failed),
            created_at: time(job.created_at),
            sent_at: job.sent_at.map(time),
            ended_at: job.ended_at.map(time),
            due_by: latest.map(time),
            kept_until: parts
                .iter()
                .filter(|part| !part.state.is_over())
                .filter_map(|part| part.kept_until)
                .min()
                .map(time),
            leftovers: crate::clean_up::leftovers(&job, &parts),
            adaptations: job.adaptations,
            api_version: job.api_version,
            bytes: float(job.bytes),
            parts: parts.iter().map(part_view).collect(),
            orphans: findings.orphans,
            failures: findings.failures,
            cut_off: findings.cut_off,
            declined: findings.declined,
            missing_values: findings.missing_values,
            id: job.id,
            name: job.name,
            provider: job.provider.0,
            model: job.model,
            window: job.window,
            state: job.state,
            waiting: job.waiting,
            counts,
            cancel_asked: job.cancel_asked,
            origin: job.origin,
        })
    }

    /// Waits until a job needs nothing more, or needs the user. Calls `tell` at every change.
    ///
    /// # Errors
    /// `job-not-found`.
    pub async fn wait_for(&self, id: &JobId, mut tell: impl FnMut(&JobView)) -> Result<JobView, Failure> {
        self.wait_until(
            id,
            |state| matches!(state, JobState::Finished | JobState::Waiting),
            &mut tell,
        )
        .await
    }

    /// Waits until every part is with the provider (or needs the user): what `send` without `--wait` does.
    ///
    /// # Errors
    /// `job-not-found`.
    pub async fn wait_until_sent(
        &self,
        id: &JobId,
        mut tell: impl FnMut(&JobView),
    ) -> Result<JobView, Failure> {
        let done = |state| !matches!(state, JobState::Preparing | JobState::Sending);
        self.wait_until(id, done, &mut tell).await
    }

    async fn wait_until(
        &self,
        id: &JobId,
        done: impl Fn(JobState) -> bool,
        tell: &mut impl FnMut(&JobView),
    ) -> Result<JobView, Failure> {
        let mut changes = self.changes();
        loop {
            let view = self.job(id).await?;
            tell(&view);
            if done(view.state) {
                return Ok(view);
            }
            // A lagging receiver has missed changes: that too is a reason to look again.
            while let Ok(stale) = changes.recv().await {
                if matches!(&stale, Stale::Job { id: changed } if changed == id) {
                    break;
                }
            }
        }
    }
}

/// What is worth a look in a job's results.
#[derive(Default)]
struct Findings {
    failures: Vec<FailureCount>,
    cut_off: u32,
    declined: u32,
    missing_values: u32,
    orphans: u32,
}

impl Findings {
    fn of(store: &Store, job: &str) -> Result<Self, Failure> {
        let mut findings = Self {
            orphans: store.orphans(job).map_err(failure::of)?,
            ..Self::default()
        };
        for group in store.failure_groups(job).map_err(failure::of)? {
            findings.failures.push(FailureCount {
                code: group.code.unwrap_or_default(),
                message: group.message.unwrap_or_default(),
                count: group.count,
            });
        }
        [findings.cut_off, findings.declined, findings.missing_values, _] =
            store.facets(job, None).map_err(failure::of)?.looks;
        Ok(findings)
    }
}

/// Effects of a part of which it is not known how they ended.
pub(crate) fn open_effects(
    store: &Store,
    job: &str,
    part: u32,
    kind: EffectKind,
) -> Result<Vec<EffectRecord>, Failure> {
    let open = store.open_effects(Some(job)).map_err(failure::of)?;
    Ok(open
        .into_iter()
        .filter(|effect| effect.part == part && effect.kind == kind)
        .collect())
}

fn provider_name(provider: &ProviderId) -> String {
    App::profile(provider).map_or_else(|_| provider.0.clone(), |profile| profile.name.to_owned())
}

fn part_view(part: &PartRecord) -> PartView {
    PartView {
        number: part.number,
        state: part.state,
        requests: part.requests,
        bytes: float(part.bytes),
        batch_id: part.remote_batch.clone(),
        status: part.remote_status.clone(),
        told_completed: part.remote_counts.completed,
        told_failed: part.remote_counts.failed,
        sent_at: part.sent_at.map(time),
        ended_at: part.ended_at.map(time),
        expires_at: part.expires_at.map(time),
        failure: part.failure.clone(),
    }
}
