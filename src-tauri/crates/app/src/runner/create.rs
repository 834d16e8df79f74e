//! Creating the batch: the one act that costs money. It is written down first and never blindly repeated.

use std::collections::BTreeMap;

use tabane_model::{EffectKind, EffectResult, Failure, Millis, PartState};
use tabane_providers::{Batch, Created, Order, Provider, Refusal};

use super::step::{Step, Work};
use super::upload::{drop_part, halve};
use super::{reconcile, schedule};

/// Looks for a file that went up a moment ago but is not found (wire notes 5.2).
const FILE_TRIES: u32 = 3;
const FILE_WAIT: Millis = 30_000;

pub(crate) async fn create(work: &mut Work<'_>, provider: &dyn Provider) -> Result<Step, Failure> {
    if work.job.cancel_asked {
        return drop_part(work).await;
    }
    let Some(file_id) = work.part.remote_file.clone() else {
        work.part.state = PartState::Planned;
        return Ok(Step::Again {
            at: work.app.now(),
            failure: None,
        });
    };
    let parcel = work.parcel().await?;
    work.part.state = PartState::Creating;
    work.part.sent_at = Some(work.app.now());
    work.part.key_fingerprint.clone_from(&work.key_fingerprint);
    let effect = work.intend(EffectKind::Create, &file_id).await?;

    let order = Order {
        file_id,
        parcel,
        endpoint: work.part.endpoint.clone(),
        window: work.job.window.clone(),
        tags: tags(work),
        api_version: work.job.api_version.clone(),
    };
    match provider.create(&order).await {
        Created::Made(batch) => {
            take_over(work, &batch);
            work.end(effect, EffectResult::Done, Some(batch.id), None).await?;
            Ok(Step::Saved)
        }
        Created::Unclear(why) => {
            reconcile::begin(work);
            work.end(effect, EffectResult::Unclear, None, Some(why)).await?;
            Ok(Step::Saved)
        }
        Created::Refused {
            failure: why,
            retry_after,
            kind,
        } => {
            work.part.state = PartState::Uploaded;
            work.part.sent_at = None;
            work.end(effect, EffectResult::Refused, None, Some(why.clone()))
                .await?;
            refused(work, why, retry_after, kind).await
        }
    }
}

async fn refused(
    work: &mut Work<'_>,
    why: Failure,
    retry_after: Option<std::time::Duration>,
    kind: Refusal,
) -> Result<Step, Failure> {
    let now = work.app.now();
    match kind {
        Refusal::TooLarge => halve(work).await,
        Refusal::RateLimited => {
            let told = retry_after.and_then(|wait| Millis::try_from(wait.as_millis()).ok());
            let wait = told.unwrap_or_else(|| (60_000 << work.part.tries.min(4)).min(15 * 60_000));
            Ok(Step::Again {
                at: now + wait,
                failure: Some(why),
            })
        }
        Refusal::FileNotFound if work.part.tries < FILE_TRIES => Ok(Step::Again {
            at: now + FILE_WAIT,
            failure: Some(why),
        }),
        Refusal::Network => Ok(Step::Again {
            at: now + schedule::retry_wait(work.part.tries, &work.seed()),
            failure: Some(why),
        }),
        Refusal::FileNotFound | Refusal::Key | Refusal::Balance | Refusal::Other => Ok(Step::Stuck(why)),
    }
}

/// Our marks in the batch, by which it is found again.
pub(crate) fn tags(work: &Work<'_>) -> BTreeMap<String, String> {
    BTreeMap::from([
        ("app_job".to_owned(), work.job.id.clone()),
        ("part".to_owned(), work.part.number.to_string()),
        ("sha256".to_owned(), work.part.sha256.clone()),
    ])
}

/// The batch is ours from here on; whoever calls this saves the part with the end of its create.
pub(crate) fn take_over(work: &mut Work<'_>, batch: &Batch) {
    work.part.state = PartState::Running;
    work.part.remote_batch = Some(batch.id.clone());
    work.part.tries = 0;
    work.part.failure = None;
    super::poll::remember(work, batch);
    work.part.due_at = Some(work.app.now() + schedule::poll_wait(0, &work.seed()));
}
