//! Uploading a part's file. Uploading is free: after an unclear end a fresh copy goes up, an orphan costs nothing.

use tabane_model::{EffectKind, EffectResult, Failure, PartState, Status};
use tabane_providers::{FaultKind, Provider};
use tabane_store::{PartRecord, Store};

use super::step::{Step, Work};
use crate::{App, failure};

/// Attempts of one upload that failed on the way, before the user is asked (wire notes, "Retry table").
const TRIES: u32 = 5;

pub(crate) async fn upload(work: &mut Work<'_>, provider: &dyn Provider) -> Result<Step, Failure> {
    if work.job.cancel_asked {
        return drop_part(work).await;
    }
    // The key names this attempt: each part has a fresh upload, never shared between two wanted batches.
    let parcel = work.parcel().await?;
    // An upload that was cut off is given up: a copy that nobody asks for costs nothing.
    abandon_open(work, EffectKind::Upload).await?;
    work.part.state = PartState::Uploading;
    let effect = work.intend(EffectKind::Upload, &parcel.name).await?;

    let uploaded = provider.upload(&parcel).await;
    let now = work.app.now();
    match uploaded {
        Ok(uploaded) => {
            let id = uploaded.file_id.clone();
            work.part.state = PartState::Uploaded;
            work.part.remote_file = Some(id.clone());
            work.part.tries = 0;
            work.part.failure = None;
            work.part.due_at = Some(now);
            work.end(effect, EffectResult::Done, Some(id), None).await?;
            Ok(Step::Saved)
        }
        Err(fault) => {
            let clear = !matches!(fault.kind, FaultKind::Network | FaultKind::Server);
            let result = if clear {
                EffectResult::Refused
            } else {
                EffectResult::Unclear
            };
            work.part.state = PartState::Planned;
            work.end(effect, result, None, Some(fault.failure.clone()))
                .await?;
            match fault.kind {
                FaultKind::TooLarge => halve(work).await,
                FaultKind::RateLimited { .. } => Ok(work.retry(fault)),
                FaultKind::Network | FaultKind::Unreachable | FaultKind::Server
                    if work.part.tries < TRIES =>
                {
                    Ok(work.retry(fault))
                }
                _ => Ok(Step::Stuck(fault.failure)),
            }
        }
    }
}

/// For acts that may be repeated freely: how the one before ended does not matter any more.
pub(crate) async fn abandon_open(work: &Work<'_>, kind: EffectKind) -> Result<(), Failure> {
    let (job, number, now) = (work.job.id.clone(), work.part.number, work.app.now());
    work.app
        .with_store(move |_, store| {
            for effect in crate::jobs::open_effects(store, &job, number, kind)? {
                store
                    .end_effect(effect.id, EffectResult::Abandoned, None, None, now)
                    .map_err(failure::of)?;
            }
            Ok(())
        })
        .await
}

/// A part that was not sent is called off: its requests count as cancelled and cost nothing.
pub(crate) async fn drop_part(work: &mut Work<'_>) -> Result<Step, Failure> {
    let (job, number) = (work.job.id.clone(), work.part.number);
    work.app
        .with_store(move |_, store| {
            store
                .finish_part(&job, number, &tabane_model::Outcome::empty(Status::Cancelled))
                .map_err(failure::of)
        })
        .await?;
    work.part.state = PartState::Dropped;
    work.part.due_at = None;
    work.part.failure = None;
    work.part.ended_at = Some(work.app.now());
    work.save().await?;
    Ok(Step::Saved)
}

/// The service called the part too large: nothing was made. Two halves take its place.
pub(crate) async fn halve(work: &mut Work<'_>) -> Result<Step, Failure> {
    let (part, now) = (work.part.clone(), work.app.now());
    if part.requests < 2 {
        return Ok(Step::Stuck(Failure::new("request-too-large")));
    }
    work.app
        .with_store(move |app, store| app.split_in_half(store, &part, now))
        .await?;
    work.app.settle_job(&work.job.id).await?;
    work.app.wake();
    Ok(Step::Saved)
}

impl App {
    fn split_in_half(&self, store: &Store, part: &PartRecord, now: i64) -> Result<(), Failure> {
        let _one_at_a_time = crate::lock(&self.inner.halving);
        let whole = self.inner.data_dir.join(&part.file);
        let next = store
            .parts(&part.job)
            .map_err(failure::of)?
            .iter()
            .map(|p| p.number)
            .max()
            .unwrap_or(0)
            + 1;
        let files = [
            super::split::part_file(&part.job, next),
            super::split::part_file(&part.job, next + 1),
        ];
        let targets = [
            self.inner.data_dir.join(&files[0]),
            self.inner.data_dir.join(&files[1]),
        ];
        let halves = super::split::halve_file(&whole, part.requests / 2, [&targets[0], &targets[1]])
            .map_err(failure::of_disk)?;
        let mut first_position = part.first_position;
        let mut records = Vec::with_capacity(2);
        for (index, half) in halves.into_iter().enumerate() {
            let number = next + u32::try_from(index).unwrap_or(0);
            records.push(PartRecord {
                file: files[index].clone(),
                sha256: half.sha256,
                requests: half.requests,
                bytes: half.bytes,
                first_position,
                endpoint: part.endpoint.clone(),
                due_at: Some(now),
                ..super::planned(&part.job, number, now)
            });
            first_position += half.requests;
        }
        store
            .replace_part(&part.job, part.number, &records, now)
            .map_err(failure::of)
    }
}
