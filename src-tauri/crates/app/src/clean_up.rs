//! Deleting what we laid down at a service for a job: only after its results are here, and only when asked to.

use tabane_model::{EffectKind, EffectResult, Failure, PartState};
use tabane_providers::Left;
use tabane_store::{JobRecord, PartRecord};

use crate::view::JobView;
use crate::{App, failure};

/// Parts of which something may still lie at the service.
pub(crate) fn leftovers(job: &JobRecord, parts: &[PartRecord]) -> u32 {
    let stays = App::profile(&job.provider).is_ok_and(tabane_providers::Profile::leaves_objects);
    let count = parts.iter().filter(|part| stays && may_be_cleaned(part)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn may_be_cleaned(part: &PartRecord) -> bool {
    matches!(part.state, PartState::Collected | PartState::Refused)
        && part.cleaned_at.is_none()
        && (part.remote_file.is_some() || part.output_file.is_some())
}

impl App {
    /// Deletes the uploaded requests and the results at the service; the ones here stay.
    ///
    /// # Errors
    /// `job-not-found`; the service did not do it: then what is left can be deleted later.
    pub async fn clean_up(&self, id: &str) -> Result<JobView, Failure> {
        let wanted = id.to_owned();
        let (job, parts) = self
            .with_store(move |app, store| {
                let job = app.job_record(store, &wanted)?;
                let parts = store.parts(&wanted).map_err(failure::of)?;
                Ok((job, parts))
            })
            .await?;
        if leftovers(&job, &parts) > 0 {
            let reached = self.reach_job(&job).await?;
            for part in parts.into_iter().filter(may_be_cleaned) {
                self.clean_part(reached.provider.as_ref(), part).await?;
            }
        }
        self.job_changed(&job.id);
        self.job(id).await
    }

    async fn clean_part(
        &self,
        provider: &dyn tabane_providers::Provider,
        mut part: PartRecord,
    ) -> Result<(), Failure> {
        let left = Left {
            file_id: part.remote_file.clone(),
            output_file_id: part.output_file.clone(),
        };
        let (intended, now) = (part.clone(), self.now());
        let effect = self
            .with_store(move |_, store| {
                for open in
                    crate::jobs::open_effects(store, &intended.job, intended.number, EffectKind::Delete)?
                {
                    store
                        .end_effect(open.id, EffectResult::Abandoned, None, None, now)
                        .map_err(failure::of)?;
                }
                let key = left_key(&intended);
                store
                    .intend(&intended, EffectKind::Delete, &key, now)
                    .map_err(failure::of)
            })
            .await?;
        let (result, why) = match provider.clean_up(&left).await {
            Ok(_) => {
                part.cleaned_at = Some(self.now());
                (EffectResult::Done, None)
            }
            Err(fault) => (EffectResult::Unclear, Some(fault.failure)),
        };
        let (failed, now) = (why.clone(), self.now());
        self.with_store(move |_, store| {
            store
                .end_effect_with(&part, effect, result, None, why.as_ref(), now)
                .map_err(failure::of)
        })
        .await?;
        failed.map_or(Ok(()), Err)
    }
}

fn left_key(part: &PartRecord) -> String {
    [part.remote_file.as_deref(), part.output_file.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}
