//! Sending a checked file: its parts are written and recorded; the runner does the rest.

use std::collections::BTreeSet;
use std::path::PathBuf;

mod parts;

use tabane_model::{Failure, Fix, JobId, ProviderId, Rules, Settings, Severity};
use tabane_providers::Options;
use tabane_store::{ConnectionRecord, JobRecord, Store};

use crate::account::Own;
use crate::fit;
use crate::view::{Stale, small};
use crate::{App, failure};

pub(crate) use parts::{Outgoing, remember_connection};

/// What to send, to whom. Problems of severity error refuse it.
#[derive(Clone, Debug)]
pub struct SendOrder {
    pub file: PathBuf,
    pub name: String,
    pub provider: ProviderId,
    pub base_url: Option<String>,
    /// What the service needs beside address and key; empty: as the connection has it.
    pub settings: Settings,
    /// Replaces the model of every line.
    pub model: Option<String>,
    /// `None`: the service's default.
    pub window: Option<String>,
    pub fixes: BTreeSet<Fix>,
    /// The longest answer in tokens where the service demands a limit and a request names none; `None`: 4,096.
    pub max_tokens: Option<u32>,
    /// Marks the shared part of the prompts for the service's cache.
    pub cache_prompt: bool,
}

impl SendOrder {
    fn options(&self) -> Options {
        fit::options(self.max_tokens, self.cache_prompt)
    }
}

impl App {
    /// Sends a draft and forgets it. Gives the jobs' ids: several with *one job per model*.
    ///
    /// # Errors
    /// `problems-left`, `connection-not-chosen`, `disk-*`.
    pub async fn send_draft(&self, id: &str) -> Result<Vec<JobId>, Failure> {
        let _one_at_a_time = self.inner.sending.lock().await;
        let draft = self.draft_record(id).await?;
        let Some(connection) = draft.connection.clone() else {
            return Err(Failure::new("connection-not-chosen"));
        };
        let report = self
            .report_of(id)
            .ok_or_else(|| Failure::new("check-not-finished"))?;
        if !report.is_ok() {
            return Err(Failure::new("problems-left").with("count", report.errors));
        }
        let provider = self.provider_of(&connection)?;
        let order = SendOrder {
            file: PathBuf::from(&draft.path),
            name: draft.name.clone(),
            provider: provider.clone(),
            base_url: None,
            settings: Settings::new(),
            model: draft.model_override.clone(),
            window: draft.window.clone(),
            fixes: draft.fixes.clone(),
            max_tokens: draft.max_tokens,
            cache_prompt: draft.cache_prompt,
        };
        let record = if provider.is_practice() {
            self.connection_for(&provider, None, &Settings::new()).await?
        } else {
            let id = connection.clone();
            self.with_store(move |_, store| store.connection(&id).map_err(failure::of))
                .await?
                .ok_or_else(|| failure::not_found("connection"))?
        };
        let remembered = connection.clone();
        let jobs = self
            .with_store(move |app, store| {
                store
                    .set_setting("last-connection", &remembered)
                    .map_err(failure::of)?;
                app.prepare(store, &order, &record)
            })
            .await?;
        self.discard_draft(id).await?;
        self.announce(&jobs);
        Ok(jobs)
    }

    /// Checks and sends a file in one go (the command line).
    ///
    /// # Errors
    /// `problems-left` with what was found, `key-missing`, `disk-*`.
    pub async fn send_file(&self, order: SendOrder) -> Result<Vec<JobId>, Failure> {
        let record = self
            .connection_for(&order.provider, order.base_url.as_deref(), &order.settings)
            .await?;
        // An address or a key that cannot be used makes no job.
        let own = Own {
            base_url: order.base_url.as_deref().or(record.base_url.as_deref()),
            settings: Some(&record.settings),
        };
        self.open_provider(&order.provider, &record.id, own).await?;
        let jobs = self
            .with_store(move |app, store| app.prepare(store, &order, &record))
            .await?;
        self.announce(&jobs);
        Ok(jobs)
    }

    pub(crate) fn announce(&self, jobs: &[JobId]) {
        for job in jobs {
            self.job_changed(job);
        }
        self.changed(Stale::Drafts);
        self.wake();
    }

    /// Writes the part files and their rows. A job shows only when it is whole: until then it is `preparing`,
    /// and an interrupted preparation is cleared away at the next start, for nothing was sent.
    fn prepare(
        &self,
        store: &Store,
        order: &SendOrder,
        connection: &ConnectionRecord,
    ) -> Result<Vec<JobId>, Failure> {
        let mut rules = Self::profile(&order.provider)?.rules();
        if order.model.is_some() {
            rules = rules.for_given_model();
        }
        let window = self.chosen_window(order, &rules)?;
        let report = tabane_intake::check(&order.file, &rules, &order.fixes, &mut |_| {
            std::ops::ControlFlow::Continue(())
        })
        .map_err(failure::of)?;
        if !report.is_ok() {
            let first = report
                .problems
                .iter()
                .find(|problem| problem.severity == Severity::Error);
            let line = first.map_or(0, |problem| problem.line);
            return Err(Failure::new("problems-left")
                .with("count", report.errors)
                .with("line", line));
        }
        remember_connection(store, connection)?;
        let split_by_model =
            order.fixes.contains(&Fix::OneJobPerModel) && rules.one_model && report.models.len() > 1;
        // The report names the models most used only; requests of any other would be left behind.
        let named: u64 = report.models.iter().map(|(_, count)| count).sum();
        if split_by_model && named != report.requests {
            return Err(Failure::new("too-many-models").with("count", report.models.len()));
        }
        // Which requests go into one job: those of a model, or all; with their number.
        let groups: Vec<(Option<String>, u64)> = if split_by_model {
            report
                .models
                .iter()
                .map(|(model, count)| (Some(model.clone()), *count))
                .collect()
        } else {
            vec![(None, report.requests)]
        };
        let mut jobs = Vec::new();
        for (only_model, expected) in groups {
            let model = order.model.clone().or_else(|| only_model.clone()).or_else(|| {
                match report.models.as_slice() {
                    [(only, _)] => Some(only.clone()),
                    _ => None,
                }
            });
            let job = JobRecord {
                name: order.name.clone(),
                base_url: order.base_url.clone().or_else(|| connection.base_url.clone()),
                model,
                bytes: report.wire_bytes,
                source: Some(order.file.to_string_lossy().into_owned()),
                ..self.new_job(connection, &order.provider, &window)
            };
            store.insert_job(&job).map_err(failure::of)?;
            match self.write_requests(store, order, &rules, &job, (only_model.as_deref(), expected)) {
                Ok(()) => jobs.push(job.id),
                Err(error) => {
                    self.remove_job(store, &job.id)?;
                    for earlier in &jobs {
                        self.remove_job(store, earlier)?;
                    }
                    return Err(error);
                }
            }
        }
        store.release(&jobs, self.now()).map_err(failure::of)?;
        Ok(jobs)
    }

    fn chosen_window(&self, order: &SendOrder, rules: &Rules) -> Result<String, Failure> {
        match &order.window {
            Some(window)
                if rules.windows.contains(window)
                    || (order.provider.as_str() == "custom" && is_window(window)) =>
            {
                Ok(window.clone())
            }
            Some(window) => Err(Failure::new("window-not-offered")
                .with("window", window.as_str())
                .with("windows", rules.windows.join(", "))),
            None => Ok(rules.windows.first().cloned().unwrap_or_else(|| "24h".to_owned())),
        }
    }

    fn write_requests(
        &self,
        store: &Store,
        order: &SendOrder,
        rules: &Rules,
        job: &JobRecord,
        (only_model, expected): (Option<&str>, u64),
    ) -> Result<(), Failure> {
        let written = self.write_parts(store, job, rules, &order.options(), &mut |take| {
            let requests = tabane_intake::requests(&order.file, rules, &order.fixes).map_err(failure::of)?;
            for request in requests {
                let request = request.map_err(failure::of)?;
                if only_model.is_some() && request.model.as_deref() != only_model {
                    continue;
                }
                take(Outgoing {
                    line: small(request.line),
                    custom_id: request.custom_id,
                    url: &request.url,
                    body: &request.body,
                    model: order.model.as_deref(),
                    study: None,
                })?;
            }
            Ok(())
        })?;
        // What was checked is what is sent, or nothing is.
        if u64::from(written) != expected {
            return Err(Failure::new("file-changed"));
        }
        Ok(())
    }
}

/// A number and a unit, such as `24h` or `7d`.
fn is_window(word: &str) -> bool {
    word.strip_suffix(['m', 'h', 'd'])
        .is_some_and(|number| number.parse::<u32>().is_ok_and(|number| number > 0))
}
