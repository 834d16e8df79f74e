//! Sending a study: one job a model, all written before the first is sent.

use tabane_model::{AnswerForm, Failure, JobId, ProviderId, Settings, Study, StudyModel, StudyRequest};
use tabane_providers::Options;
use tabane_store::{ConnectionRecord, JobRecord, Store};
use tabane_study::{Plan, PlannedRequest, capability::capability};

use super::build::URL;
use super::{as_provider, connection_of, problems_left, study};
use crate::send::{Outgoing, remember_connection};
use crate::view::Stale;
use crate::{App, failure, fit};

/// How a study is sent, beside what stands in it.
#[derive(Clone, Debug, Default)]
pub struct StudyOrder {
    /// The address of the service where a model's connection has none.
    pub base_url: Option<String>,
    /// What the service needs beside address and key, where a model has no connection.
    pub settings: Settings,
    /// The longest answer in tokens where a service demands a limit and the study names none; `None`: 4,096.
    pub max_tokens: Option<u32>,
    /// Marks the shared part of the prompts for the service's cache.
    pub cache_prompt: bool,
}

/// One model with the connection that it is reached by.
struct Target {
    connection: ConnectionRecord,
    model: StudyModel,
}

impl App {
    /// Sends a study to all its models. From then on the study does not change.
    ///
    /// # Errors
    /// `study-problems-left`, `study-sent`, `key-missing`, `disk-*`: nothing was sent then.
    pub async fn send_study(&self, id: &str, order: &StudyOrder) -> Result<Vec<JobId>, Failure> {
        let _one_at_a_time = self.inner.sending.lock().await;
        let wanted = id.to_owned();
        let design = self
            .with_store(move |_, store| {
                if !store.jobs_of_study(&wanted).map_err(failure::of)?.is_empty() {
                    return Err(Failure::new("study-sent"));
                }
                study(store, &wanted).map(|(_, study)| study)
            })
            .await?;
        let mut targets = Vec::with_capacity(design.models.len());
        for model in &design.models {
            targets.push(self.reach(model, order).await?);
        }
        let wanted = id.to_owned();
        let options = fit::options(order.max_tokens, order.cache_prompt);
        let jobs = self
            .with_store(move |app, store| app.prepare_study(store, &wanted, &design, &targets, &options))
            .await?;
        self.announce(&jobs);
        self.changed(Stale::Study { id: id.to_owned() });
        Ok(jobs)
    }

    async fn reach(&self, model: &StudyModel, order: &StudyOrder) -> Result<Target, Failure> {
        let named = model.provider.clone();
        let known = self
            .with_store(move |_, store| connection_of(store, &named))
            .await?;
        let connection = match known {
            Some(connection) if order.base_url.is_none() && order.settings.is_empty() => connection,
            _ => {
                let provider = ProviderId::new(Self::profile(&ProviderId::new(&model.provider))?.id);
                self.connection_for(&provider, order.base_url.as_deref(), &order.settings)
                    .await?
            }
        };
        let model = as_provider(model, connection.provider.as_str());
        Ok(Target { connection, model })
    }

    fn prepare_study(
        &self,
        store: &Store,
        id: &str,
        design: &Study,
        targets: &[Target],
        options: &Options,
    ) -> Result<Vec<JobId>, Failure> {
        // It may have been saved anew while keys were looked for. From the first job on it cannot be.
        if study(store, id)?.1 != *design {
            return Err(Failure::new("study-changed"));
        }
        let mut jobs: Vec<JobId> = Vec::new();
        for target in targets {
            match self.prepare_target(store, id, design, target, options) {
                Ok(job) => jobs.push(job),
                Err(error) => {
                    for earlier in &jobs {
                        self.remove_job(store, earlier)?;
                    }
                    return Err(error);
                }
            }
        }
        if jobs.is_empty() {
            return Err(problems_left(&tabane_study::check(design)));
        }
        store.release(&jobs, self.now()).map_err(failure::of)?;
        Ok(jobs)
    }

    fn prepare_target(
        &self,
        store: &Store,
        id: &str,
        design: &Study,
        target: &Target,
        options: &Options,
    ) -> Result<JobId, Failure> {
        let plan = Plan::new(design, &target.model).map_err(|problems| problems_left(&problems))?;
        let provider = &target.connection.provider;
        let rules = Self::profile(provider)?.rules();
        let window = rules.windows.first().map_or("24h", String::as_str);
        remember_connection(store, &target.connection)?;
        let job = JobRecord {
            name: design.title.clone(),
            model: Some(target.model.model.clone()),
            origin: "study".to_owned(),
            study: Some(id.to_owned()),
            ..self.new_job(&target.connection, provider, window)
        };
        store.insert_job(&job).map_err(failure::of)?;
        let written = self.write_parts(store, &job, &rules, options, &mut |take| {
            for request in plan.requests() {
                let request = request.map_err(|problem| problems_left(std::slice::from_ref(&problem)))?;
                take(Outgoing {
                    line: 0,
                    custom_id: request.custom_id.clone(),
                    url: URL,
                    body: &request.body,
                    model: None,
                    study: Some(design_row(&request)),
                })?;
            }
            Ok(())
        });
        match written {
            Ok(_) => Ok(job.id),
            Err(error) => {
                self.remove_job(store, &job.id)?;
                Err(error)
            }
        }
    }
}

pub(super) fn design_row(request: &PlannedRequest<'_>) -> StudyRequest {
    StudyRequest {
        levels: request.levels.iter().map(|level| (*level).to_owned()).collect(),
        trial: request.trial,
        temperature: request.temperature,
        cells: Vec::new(),
    }
}

/// The answer sheet goes to this model as a form (a JSON schema).
pub(super) fn structured(design: &Study, provider: &str, model: &str) -> bool {
    design.answer_sheet.form == AnswerForm::Structured && capability(provider, model).structured
}
