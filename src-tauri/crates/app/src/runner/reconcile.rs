//! After an unclear create: look at the provider before anything is sent again.

use tabane_model::{EffectKind, EffectResult, Failure, PartState};
use tabane_providers::{Batch, Provider, Wanted};
use tabane_store::EffectRecord;

use super::step::{Step, Work};
use super::{create, schedule};
use crate::failure;

/// The create may or may not have arrived. The first look is ten seconds after it. Whoever calls this saves the part.
pub(crate) fn begin(work: &mut Work<'_>) {
    let now = work.app.now();
    let sent_at = *work.part.sent_at.get_or_insert(now);
    work.part.state = PartState::Unclear;
    work.part.tries = 0;
    work.part.failure = None;
    // After a restart the looks are counted from now: the provider's list may lag.
    work.part.due_at =
        Some(schedule::next_look(sent_at, now).map_or(now, |at| at.min(now + schedule::LOOKS[0])));
}

/// One look. Exactly one match is taken over; none after ten minutes, or several: the user is asked.
pub(crate) async fn look(work: &mut Work<'_>, provider: &dyn Provider) -> Result<Step, Failure> {
    let now = work.app.now();
    let sent_at = work.part.sent_at.unwrap_or(now);
    let wanted = Wanted {
        app_job: work.job.id.clone(),
        part: work.part.number.to_string(),
        parcel: work.parcel().await?,
        nonce: work.job.nonce.clone(),
        file_id: work.part.remote_file.clone(),
        since: sent_at,
    };
    let mut found = match provider.find(&wanted).await {
        Ok(found) => found,
        // The look itself failed: that says nothing of the batch, so it does not count as one.
        Err(fault) => return Ok(work.retry(fault)),
    };
    let creates = creates(work).await?;
    // A batch that an earlier create made (the service refused it in its check, so it was made anew) is not this one,
    // nor is one that another part or job has.
    let known = work
        .app
        .with_store(|_, store| store.remote_batches().map_err(failure::of))
        .await?;
    found.retain(|batch| {
        !known.iter().any(|(_, remote)| *remote == batch.id)
            && !creates
                .iter()
                .any(|create| create.remote_id.as_ref() == Some(&batch.id))
    });
    // Where batches carry no mark of ours, two unclear parts of one size could be taken for each other while they run:
    // only what has ended shows its ids.
    if has_twin(work).await? && found.iter().any(|batch| !is_ours(batch, &wanted)) {
        let wait = schedule::poll_wait(work.part.tries, &work.seed());
        return Ok(Step::Again {
            at: now + wait,
            failure: None,
        });
    }
    if found.len() > 1 {
        return Ok(Step::Stuck(
            Failure::new("create-found-several").with("count", found.len()),
        ));
    }
    if let Some(batch) = found.pop() {
        create::take_over(work, &batch);
        match creates.iter().find(|create| create.is_open()) {
            Some(open) => {
                work.end(open.id, EffectResult::Adopted, Some(batch.id), None)
                    .await?;
            }
            None => work.save().await?,
        }
        return Ok(Step::Saved);
    }
    match schedule::next_look(sent_at, now) {
        Some(at) => Ok(Step::Again { at, failure: None }),
        None => Ok(Step::Stuck(Failure::new("create-unclear"))),
    }
}

/// By a mark, its name, its file; or, having ended, by the ids in its results, which `find` has looked at.
fn is_ours(batch: &Batch, wanted: &Wanted) -> bool {
    batch.state.is_terminal()
        || !batch.tags.is_empty()
        || batch.name.as_ref() == Some(&wanted.parcel.name)
        || (batch.input_file_id.is_some() && batch.input_file_id == wanted.file_id)
}

/// Another part of the job is as unclear, and as large.
async fn has_twin(work: &Work<'_>) -> Result<bool, Failure> {
    let (job, own) = (work.job.id.clone(), work.part.clone());
    work.app
        .with_store(move |_, store| {
            let parts = store.parts(&job).map_err(failure::of)?;
            Ok(parts.iter().any(|part| {
                part.number != own.number
                    && part.requests == own.requests
                    && matches!(part.state, PartState::Unclear | PartState::Creating)
            }))
        })
        .await
}

/// Every create of the part, oldest first.
pub(crate) async fn creates(work: &Work<'_>) -> Result<Vec<EffectRecord>, Failure> {
    let (job, number) = (work.job.id.clone(), work.part.number);
    work.app
        .with_store(move |_, store| {
            let mut effects = store.effects(&job).map_err(failure::of)?;
            effects.retain(|effect| effect.part == number && effect.kind == EffectKind::Create);
            Ok(effects)
        })
        .await
}
