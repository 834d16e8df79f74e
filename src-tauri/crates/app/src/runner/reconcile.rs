//! After an unclear create: look at the provider before anything is sent again.

use tabane_model::{EffectKind, EffectResult, Failure, PartState};
use tabane_providers::{Provider, Wanted};

use super::step::{Step, Work};
use super::{create, schedule};
use crate::failure;

/// The create may or may not have arrived. The first look is ten seconds after it.
pub(crate) async fn begin(work: &mut Work<'_>) -> Result<Step, Failure> {
    let now = work.app.now();
    let sent_at = *work.part.sent_at.get_or_insert(now);
    work.part.state = PartState::Unclear;
    work.part.tries = 0;
    work.part.failure = None;
    // After a restart the looks are counted from now: the provider's list may lag.
    work.part.due_at =
        Some(schedule::next_look(sent_at, now).map_or(now, |at| at.min(now + schedule::LOOKS[0])));
    work.save().await?;
    Ok(Step::Saved)
}

/// One look. Exactly one match is taken over; none after ten minutes, or several: the user is asked.
pub(crate) async fn look(work: &mut Work<'_>, provider: &dyn Provider) -> Result<Step, Failure> {
    let now = work.app.now();
    let sent_at = work.part.sent_at.unwrap_or(now);
    let wanted = Wanted {
        app_job: work.job.id.clone(),
        part: work.part.number.to_string(),
        file_id: work.part.remote_file.clone(),
        since: sent_at,
    };
    let mut found = match provider.find(&wanted).await {
        Ok(found) => found,
        // The look itself failed: that says nothing of the batch, so it does not count as one.
        Err(fault) => {
            return Ok(Step::Again {
                at: work.retry_at(),
                failure: Some(fault.failure),
            });
        }
    };
    // A batch of an earlier create (refused in the provider's check, then created anew) is not this one. The last
    // create's own is: Tabane may have ended between recording it and saving the part.
    let (job, number) = (work.job.id.clone(), work.part.number);
    let mut creates = work
        .app
        .with_store(move |_, store| {
            let effects = store.effects(&job).map_err(failure::of)?.into_iter();
            Ok(effects
                .filter(|effect| effect.part == number && effect.kind == EffectKind::Create)
                .collect::<Vec<_>>())
        })
        .await?;
    creates.pop();
    let known: Vec<String> = creates
        .into_iter()
        .filter_map(|effect| effect.remote_id)
        .collect();
    found.retain(|batch| !known.contains(&batch.id));
    if found.len() > 1 {
        return Ok(Step::Stuck(
            Failure::new("create-found-several").with("count", found.len()),
        ));
    }
    if let Some(batch) = found.pop() {
        let (job, number, id) = (work.job.id.clone(), work.part.number, batch.id.clone());
        work.app
            .with_store(move |app, store| {
                for effect in crate::jobs::open_effects(store, &job, number, EffectKind::Create)? {
                    store
                        .end_effect(effect.id, EffectResult::Adopted, Some(&id), None, app.now())
                        .map_err(failure::of)?;
                }
                Ok(())
            })
            .await?;
        create::adopt(work, batch).await?;
        return Ok(Step::Saved);
    }
    match schedule::next_look(sent_at, now) {
        Some(at) => Ok(Step::Again { at, failure: None }),
        None => Ok(Step::Stuck(Failure::new("create-unclear"))),
    }
}
