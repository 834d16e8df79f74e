//! Asking how a batch is doing.

use tabane_model::{EffectKind, EffectResult, Failure, Millis, PartState, RemoteState};
use tabane_providers::{Batch, BatchError, FaultKind, Provider, RetentionFrom};

use super::schedule;
use super::step::{Step, Work};
use super::upload::{abandon_open, halve};
use crate::{App, failure};

/// A batch may be missing from the provider's answers this long after its create (wire notes 5.2).
const NOT_YET_THERE: Millis = 2 * 60_000;
const FILE_TRIES: u32 = 3;
/// OpenAI's and Azure's word for a full queue of input tokens (wire notes 1.5 and 5.2).
const QUEUE_FULL: &str = "token_limit_exceeded";

const DAY: Millis = 24 * 60 * 60 * 1_000;

pub(crate) async fn poll(work: &mut Work<'_>, provider: &dyn Provider) -> Result<Step, Failure> {
    let Some(id) = work.part.remote_batch.clone() else {
        return Ok(Step::Stuck(Failure::new("create-unclear")));
    };
    if work.job.cancel_asked
        && let Some(outcome) = cancel(work, provider, &id).await?
    {
        return Ok(outcome);
    }
    let now = work.app.now();
    match provider.get(&id).await {
        Ok(batch) => told(work, &batch).await,
        Err(fault) => match fault.kind {
            FaultKind::Key => Ok(Step::Stuck(fault.failure)),
            // Each key sees what is its own: to another one a batch that runs looks like none.
            FaultKind::NotFound if is_other_key(work) => Ok(Step::Stuck(
                Failure::new("key-is-another").with("service", provider_name(work)),
            )),
            FaultKind::NotFound if now - work.part.sent_at.unwrap_or(now) > NOT_YET_THERE => Ok(Step::Stuck(
                Failure::new("batch-gone").detail(fault.failure.to_string()),
            )),
            FaultKind::NotFound => Ok(Step::Again {
                at: now + 5_000,
                failure: None,
            }),
            // Also another network's page in the place of an answer: the batch was made, so it passes by itself.
            _ => {
                let wait = schedule::poll_wait(work.part.tries, &work.seed());
                Ok(work.again(fault, wait))
            }
        },
    }
}

/// The key that asked for the batch is remembered, and this is another.
fn is_other_key(work: &Work<'_>) -> bool {
    work.part.key_fingerprint.is_some() && work.part.key_fingerprint != work.key_fingerprint
}

fn provider_name(work: &Work<'_>) -> &'static str {
    App::profile(&work.job.provider).map_or("", |profile| profile.name)
}

/// Keeps what the provider told.
pub(crate) fn remember(work: &mut Work<'_>, batch: &Batch) {
    let profile = App::profile(&work.job.provider).ok();
    let part = &mut work.part;
    part.remote_status = Some(batch.status_raw.clone());
    part.remote_state = Some(batch.state);
    part.remote_counts = batch.counts;
    part.output_file = batch.output_file_id.clone().or_else(|| part.output_file.take());
    part.error_file = batch.error_file_id.clone().or_else(|| part.error_file.take());
    part.expires_at = batch.expires_at.or(part.expires_at);
    if let Some(profile) = profile
        && let Some(days) = profile.retention_days
    {
        let from = match profile.retention_from {
            RetentionFrom::Creation => batch.created_at.or(part.sent_at),
            RetentionFrom::End => part.ended_at,
        };
        part.kept_until = from.map(|from| from + Millis::from(days) * DAY);
    }
}

async fn told(work: &mut Work<'_>, batch: &Batch) -> Result<Step, Failure> {
    let changed = work.part.remote_state != Some(batch.state) || work.part.remote_counts != batch.counts;
    let now = work.app.now();
    if batch.state.is_terminal() {
        work.part.ended_at.get_or_insert(now);
    }
    remember(work, batch);
    if !batch.state.is_terminal() {
        if changed {
            // Something moves: look sooner again, but never more often than every ten seconds or so.
            work.part.tries = work.part.tries.min(2);
        }
        let at = now + schedule::poll_wait(work.part.tries, &work.seed());
        return Ok(Step::Again { at, failure: None });
    }
    if batch.state == RemoteState::Failed
        && batch.output_file_id.is_none()
        && batch.error_file_id.is_none()
        && let Some(outcome) = refused_in_check(work, &batch.errors).await?
    {
        return Ok(outcome);
    }
    work.part.state = PartState::Ended;
    work.part.ended_at = Some(now);
    work.part.tries = 0;
    work.part.failure = first_error(&batch.errors);
    work.part.due_at = Some(now);
    work.save().await?;
    Ok(Step::Saved)
}

/// Some refusals in the provider's check pass by themselves or with smaller parts: nothing ran, nothing is billed.
async fn refused_in_check(work: &mut Work<'_>, errors: &[BatchError]) -> Result<Option<Step>, Failure> {
    let Some(error) = errors.first() else {
        return Ok(None);
    };
    let now = work.app.now();
    // Polls count tries too; what is bounded here is how often the batch was made.
    let creates = super::reconcile::creates(work).await?;
    let made = creates.iter().filter(|create| create.remote_id.is_some()).count();
    let before = u32::try_from(made.saturating_sub(1)).unwrap_or(u32::MAX);
    let again = |work: &mut Work<'_>, at| {
        work.part.state = PartState::Uploaded;
        work.part.remote_batch = None;
        work.part.ended_at = None;
        Step::Again {
            at,
            failure: first_error(errors),
        }
    };
    Ok(match error.code.as_str() {
        QUEUE_FULL => {
            let at = now + schedule::queue_wait(before);
            Some(again(work, at))
        }
        "too_many_tasks" => Some(halve(work).await?),
        _ if error.message.contains("Cannot find file") && before < FILE_TRIES => {
            Some(again(work, now + 30_000))
        }
        _ => None,
    })
}

/// A batch has ended: what waits for room in the provider's queue is sent now.
pub(crate) async fn room_is_free(work: &Work<'_>) -> Result<(), Failure> {
    let job = work.job.id.clone();
    work.app
        .with_store(move |app, store| {
            store
                .make_queued_due(&job, QUEUE_FULL, app.now())
                .map_err(failure::of)
        })
        .await?;
    work.app.wake();
    Ok(())
}

fn first_error(errors: &[BatchError]) -> Option<Failure> {
    let error = errors.first()?;
    let mut failure = Failure::new("batch-refused")
        .with("reason", error.code.as_str())
        .detail(error.message.clone());
    if let Some(line) = error.line {
        failure = failure.with("line", line);
    }
    Some(failure)
}

/// Asks once for the cancel; the polling goes on until the provider says how it ended.
async fn cancel(work: &mut Work<'_>, provider: &dyn Provider, id: &str) -> Result<Option<Step>, Failure> {
    let (job, number) = (work.job.id.clone(), work.part.number);
    let asked = work
        .app
        .with_store(move |_, store| {
            let effects = store.effects(&job).map_err(failure::of)?;
            Ok(effects.into_iter().any(|effect| {
                effect.part == number
                    && effect.kind == EffectKind::Cancel
                    && effect.result == Some(EffectResult::Done)
            }))
        })
        .await?;
    if asked {
        return Ok(None);
    }
    abandon_open(work, EffectKind::Cancel).await?;
    let effect = work.intend(EffectKind::Cancel, id).await?;
    match provider.cancel(id).await {
        Ok(batch) => {
            remember(work, &batch);
            work.part.tries = 0;
            work.end(effect, EffectResult::Done, Some(id.to_owned()), None)
                .await?;
            Ok(None)
        }
        // Refused: it has ended already. The next look tells how.
        Err(fault) if matches!(fault.kind, FaultKind::Refused(_) | FaultKind::NotFound) => {
            work.end(effect, EffectResult::Done, None, Some(fault.failure))
                .await?;
            Ok(None)
        }
        Err(fault) => {
            work.end(effect, EffectResult::Unclear, None, Some(fault.failure.clone()))
                .await?;
            Ok(Some(match fault.kind {
                FaultKind::Key => Step::Stuck(fault.failure),
                _ => work.retry(fault),
            }))
        }
    }
}
