//! Dropped files that have not been sent: checked, fixed on a copy, and given somewhere to go.
//!
//! The copy is what sending writes: fixes are kept as a set, so undoing one removes it and checks again.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tabane_model::{CheckReport, Failure, Fix, ProviderId, Rules};
use tabane_store::DraftRecord;

use crate::fit::{self, Asking, Fit};
use crate::view::{CheckState, DraftView, ReportView, Stale, file_name, float, small, time};
use crate::{App, failure, lock};

/// Opaque to the page.
pub type DraftId = String;

/// What is known of a draft's check; a restart forgets it and checks again.
pub(crate) struct Check {
    state: CheckState,
    report: Option<Arc<CheckReport>>,
    stop: Arc<AtomicBool>,
}

impl App {
    /// Takes in a request file and begins to check it. Result files and spreadsheets are told apart here.
    ///
    /// # Errors
    /// `file-*`, `looks-like-*`: what the file is, if it is no request file.
    pub async fn add_file(&self, path: &Path) -> Result<DraftId, Failure> {
        let path = path.to_owned();
        let draft = self
            .with_store(move |app, store| {
                let kind = tabane_intake::recognise(&path).map_err(failure::of)?;
                if let Some(refusal) = refusal(kind, &path) {
                    return Err(refusal);
                }
                let draft = DraftRecord {
                    id: uuid::Uuid::new_v4().simple().to_string(),
                    name: path
                        .file_stem()
                        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned()),
                    path: path.to_string_lossy().into_owned(),
                    connection: app.likely_connection()?,
                    provider: None,
                    window: None,
                    fixes: BTreeSet::new(),
                    model_override: None,
                    max_tokens: None,
                    cache_prompt: false,
                    created_at: app.now(),
                };
                store.save_draft(&draft).map_err(failure::of)?;
                Ok(draft)
            })
            .await?;
        self.changed(Stale::Drafts);
        self.begin_check(&draft)?;
        Ok(draft.id)
    }

    /// The connection used last, else the only one there is.
    fn likely_connection(&self) -> Result<Option<String>, Failure> {
        let connections = self.inner.store.connections().map_err(failure::of)?;
        let last = self.inner.store.setting("last-connection").map_err(failure::of)?;
        Ok(match last {
            Some(last) if last == "practice" || connections.iter().any(|c| c.id == last) => Some(last),
            _ if connections.len() == 1 => connections.first().map(|c| c.id.clone()),
            _ => None,
        })
    }

    /// # Errors
    /// The database could not be read.
    pub async fn drafts(&self) -> Result<Vec<DraftView>, Failure> {
        let records = self
            .with_store(|_, store| store.drafts().map_err(failure::of))
            .await?;
        records.iter().map(|record| self.checked_view(record)).collect()
    }

    /// A restart forgets what was checked: whoever looks at a draft has it checked again.
    fn checked_view(&self, record: &DraftRecord) -> Result<DraftView, Failure> {
        if !lock(&self.inner.checks).contains_key(&record.id) {
            self.begin_check(record)?;
        }
        self.draft_view(record)
    }

    /// One draft; its check begins by itself after a restart.
    ///
    /// # Errors
    /// `draft-not-found`.
    pub async fn draft(&self, id: &str) -> Result<DraftView, Failure> {
        let record = self.draft_record(id).await?;
        self.checked_view(&record)
    }

    pub(crate) async fn draft_record(&self, id: &str) -> Result<DraftRecord, Failure> {
        let id = id.to_owned();
        self.with_store(move |_, store| store.draft(&id).map_err(failure::of))
            .await
    }

    fn draft_view(&self, record: &DraftRecord) -> Result<DraftView, Failure> {
        let rules = self.rules_of(record.connection.as_deref())?;
        let check = lock(&self.inner.checks)
            .get(&record.id)
            .map_or(CheckState::Stopped, |check| check.state.clone());
        let window = record
            .window
            .clone()
            .filter(|window| rules.windows.contains(window))
            .or_else(|| rules.windows.first().cloned())
            .unwrap_or_else(|| "24h".to_owned());
        Ok(DraftView {
            id: record.id.clone(),
            name: record.name.clone(),
            file_name: file_name(Path::new(&record.path)),
            connection: record.connection.clone(),
            model: record.model_override.clone(),
            window,
            fixes: record.fixes.iter().cloned().collect(),
            max_tokens: record.max_tokens,
            cache_prompt: record.cache_prompt,
            created_at: time(record.created_at),
            check,
        })
    }

    /// The rules to check against: the chosen service's; before a choice, those every service shares.
    pub(crate) fn rules_of(&self, connection: Option<&str>) -> Result<Rules, Failure> {
        let provider = match connection {
            None => ProviderId::new("practice"),
            Some(id) => self.provider_of(id)?,
        };
        Ok(Self::profile(&provider)?.rules())
    }

    /// Practice needs no connection of its own.
    pub(crate) fn provider_of(&self, connection: &str) -> Result<ProviderId, Failure> {
        if connection == "practice" {
            return Ok(ProviderId::new("practice"));
        }
        self.inner
            .store
            .connection(connection)
            .map_err(failure::of)?
            .map(|record| record.provider)
            .ok_or_else(|| failure::not_found("connection"))
    }

    /// # Errors
    /// `draft-not-found`, `connection-not-found`.
    pub async fn choose_connection(&self, id: &str, connection: &str) -> Result<DraftView, Failure> {
        let provider = self.provider_of(connection)?;
        let record = self.draft_record(id).await?;
        let old = record.connection.and_then(|old| self.provider_of(&old).ok());
        let connection = connection.to_owned();
        self.change_draft(id, move |draft| {
            // A model belongs to its service.
            if old != Some(provider) {
                draft.model_override = None;
            }
            draft.connection = Some(connection);
        })
        .await
    }

    /// The model that answers every line, whatever the lines name. `None` or blank: as they name it.
    ///
    /// # Errors
    /// `draft-not-found`.
    pub async fn choose_model(&self, id: &str, model: Option<String>) -> Result<DraftView, Failure> {
        let model = model
            .map(|model| model.trim().to_owned())
            .filter(|model| !model.is_empty());
        self.change_draft(id, move |draft| draft.model_override = model)
            .await
    }

    /// # Errors
    /// `draft-not-found`.
    pub async fn choose_window(&self, id: &str, window: &str) -> Result<DraftView, Failure> {
        let window = window.to_owned();
        let mut record = self.draft_record(id).await?;
        record.window = Some(window);
        self.keep_draft(&record).await?;
        self.draft_view(&record)
    }

    /// How the requests are written, where the service leaves a choice.
    ///
    /// # Errors
    /// `draft-not-found`.
    pub async fn choose_writing(
        &self,
        id: &str,
        max_tokens: Option<u32>,
        cache_prompt: bool,
    ) -> Result<DraftView, Failure> {
        self.change_draft(id, move |draft| {
            draft.max_tokens = max_tokens.filter(|tokens| *tokens > 0);
            draft.cache_prompt = cache_prompt;
        })
        .await
    }

    /// # Errors
    /// `draft-not-found`.
    pub async fn apply_fix(&self, id: &str, fix: Fix) -> Result<DraftView, Failure> {
        self.change_draft(id, move |draft| {
            draft.fixes.insert(fix);
        })
        .await
    }

    /// # Errors
    /// `draft-not-found`.
    pub async fn undo_fix(&self, id: &str, fix: Fix) -> Result<DraftView, Failure> {
        self.change_draft(id, move |draft| {
            draft.fixes.remove(&fix);
        })
        .await
    }

    /// Chooses every offered fix that loses nothing.
    ///
    /// # Errors
    /// `draft-not-found`.
    pub async fn apply_safe_fixes(&self, id: &str) -> Result<DraftView, Failure> {
        let safe: Vec<Fix> = self
            .report_of(id)
            .iter()
            .flat_map(|report| report.groups.iter())
            .filter_map(|group| group.fix.clone())
            .filter(Fix::is_safe)
            .collect();
        self.change_draft(id, move |draft| draft.fixes.extend(safe)).await
    }

    /// # Errors
    /// `draft-not-found`.
    pub async fn check_again(&self, id: &str) -> Result<DraftView, Failure> {
        self.change_draft(id, |_| ()).await
    }

    pub fn stop_check(&self, id: &str) {
        if let Some(check) = lock(&self.inner.checks).get(id) {
            check.stop.store(true, Ordering::Relaxed);
        }
    }

    /// Forgets the draft, not the file.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn discard_draft(&self, id: &str) -> Result<(), Failure> {
        self.stop_check(id);
        lock(&self.inner.checks).remove(id);
        let id = id.to_owned();
        self.with_store(move |_, store| store.delete_draft(&id).map_err(failure::of))
            .await?;
        self.changed(Stale::Drafts);
        Ok(())
    }

    /// One line of the dropped file, its first 20,000 characters.
    ///
    /// # Errors
    /// `draft-not-found`, `file-*`.
    pub async fn draft_line(&self, id: &str, line: u32) -> Result<String, Failure> {
        let record = self.draft_record(id).await?;
        self.with_store(move |_, _| read_line(Path::new(&record.path), line).map_err(failure::of_disk))
            .await
    }

    async fn change_draft(
        &self,
        id: &str,
        change: impl FnOnce(&mut DraftRecord),
    ) -> Result<DraftView, Failure> {
        let mut record = self.draft_record(id).await?;
        change(&mut record);
        self.keep_draft(&record).await?;
        self.begin_check(&record)?;
        self.draft_view(&record)
    }

    async fn keep_draft(&self, record: &DraftRecord) -> Result<(), Failure> {
        let saved = record.clone();
        self.with_store(move |_, store| store.save_draft(&saved).map_err(failure::of))
            .await?;
        self.changed(Stale::Draft {
            id: record.id.clone(),
        });
        Ok(())
    }

    /// The last finished check's report.
    pub(crate) fn report_of(&self, id: &str) -> Option<Arc<CheckReport>> {
        lock(&self.inner.checks)
            .get(id)
            .and_then(|check| check.report.clone())
    }

    /// Checks in the background; a check that runs already is stopped first.
    fn begin_check(&self, record: &DraftRecord) -> Result<(), Failure> {
        let mut rules = self.rules_of(record.connection.as_deref())?;
        if record.model_override.is_some() {
            rules = rules.for_given_model();
        }
        let stop = Arc::new(AtomicBool::new(false));
        let bytes_total = std::fs::metadata(&record.path).map_or(0.0, |meta| float(meta.len()));
        let started = Check {
            state: CheckState::Running {
                bytes_done: 0.0,
                bytes_total,
                lines: 0,
            },
            report: None,
            stop: Arc::clone(&stop),
        };
        if let Some(old) = lock(&self.inner.checks).insert(record.id.clone(), started) {
            old.stop.store(true, Ordering::Relaxed);
        }
        let (app, record) = (self.clone(), record.clone());
        tokio::task::spawn_blocking(move || app.run_check(&record, &rules, &stop));
        Ok(())
    }

    fn run_check(&self, record: &DraftRecord, rules: &Rules, stop: &Arc<AtomicBool>) {
        let mut told_at = self.now();
        let found = tabane_intake::check(
            &PathBuf::from(&record.path),
            rules,
            &record.fixes,
            &mut |progress| {
                if stop.load(Ordering::Relaxed) {
                    return ControlFlow::Break(());
                }
                let now = self.now();
                if now - told_at >= 100 {
                    told_at = now;
                    self.set_check(
                        record,
                        stop,
                        None,
                        CheckState::Running {
                            bytes_done: float(progress.bytes_done),
                            bytes_total: float(progress.bytes_total),
                            lines: small(progress.lines),
                        },
                    );
                }
                ControlFlow::Continue(())
            },
        );
        let found = found.map_err(failure::of).and_then(|report| {
            let fit = self.fit_of(record, rules, &report, stop)?;
            Ok((report, fit))
        });
        let (state, report) = match found {
            Ok((report, fit)) => {
                let split = rules.one_model && record.fixes.contains(&Fix::OneJobPerModel);
                let view = ReportView::from_report(&report, fit, split);
                (
                    CheckState::Done {
                        report: Box::new(view),
                    },
                    Some(Arc::new(report)),
                )
            }
            Err(_) if stop.load(Ordering::Relaxed) => (CheckState::Stopped, None),
            Err(failure) => (CheckState::Failed { failure }, None),
        };
        self.set_check(record, stop, report, state);
    }

    fn fit_of(
        &self,
        record: &DraftRecord,
        rules: &Rules,
        report: &CheckReport,
        stop: &AtomicBool,
    ) -> Result<Fit, Failure> {
        let profile = Self::profile(&rules.provider)?;
        let options = fit::options(record.max_tokens, record.cache_prompt);
        let file = Path::new(&record.path);
        fit::fit(
            profile,
            &Asking {
                file,
                rules,
                fixes: &record.fixes,
                model: record.model_override.as_deref(),
            },
            report,
            &options,
            &|| stop.load(Ordering::Relaxed),
        )
    }

    /// Only the newest check of a draft may speak.
    fn set_check(
        &self,
        record: &DraftRecord,
        stop: &Arc<AtomicBool>,
        report: Option<Arc<CheckReport>>,
        state: CheckState,
    ) {
        let mut checks = lock(&self.inner.checks);
        let Some(check) = checks
            .get_mut(&record.id)
            .filter(|check| Arc::ptr_eq(&check.stop, stop))
        else {
            return;
        };
        check.state = state;
        check.report = report;
        drop(checks);
        self.changed(Stale::Draft {
            id: record.id.clone(),
        });
    }
}

fn refusal(kind: tabane_intake::Kind, path: &Path) -> Option<Failure> {
    use tabane_intake::Kind;
    let code = match kind {
        Kind::Requests => return None,
        Kind::Results => "file-holds-results",
        Kind::Spreadsheet => "file-is-spreadsheet",
        Kind::Empty => "file-is-empty",
        Kind::Other => "file-is-no-request-file",
    };
    let name = file_name(path);
    Some(Failure::new(code).with("file", name))
}

fn read_line(path: &Path, line: u32) -> std::io::Result<String> {
    use std::io::{BufRead, Read};
    let mut file = std::io::BufReader::with_capacity(1 << 16, std::fs::File::open(path)?);
    for _ in 1..line {
        file.skip_until(b'\n')?;
    }
    let mut bytes = Vec::new();
    file.take(80_000).read_until(b'\n', &mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes)
        .trim_end()
        .chars()
        .take(20_000)
        .collect())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::trial;

    async fn connect(app: &App, provider: &str) -> String {
        let form = trial::form(provider, Some("a key"));
        app.save_connection(form).await.unwrap().id
    }

    async fn report(app: &App, id: &str) -> (DraftView, ReportView) {
        for _ in 0..500 {
            let draft = app.draft(id).await.unwrap();
            if let CheckState::Done { report } = draft.check.clone() {
                return (draft, *report);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{:?}", app.draft(id).await);
    }

    fn codes(report: &ReportView) -> Vec<&str> {
        report.groups.iter().map(|group| group.code.as_str()).collect()
    }

    #[tokio::test]
    async fn a_file_that_names_no_model_is_sent_with_the_chosen_one() {
        let dir = tempfile::tempdir().unwrap();
        let app = trial::open(dir.path());
        let gemini = connect(&app, "gemini").await;
        let file = dir.path().join("a.jsonl");
        std::fs::write(
            &file,
            r#"{"key":"a","request":{"contents":[{"parts":[{"text":"Hi"}]}]}}"#,
        )
        .unwrap();
        let id = app.add_file(&file).await.unwrap();
        let (_, found) = report(&app, &id).await;
        assert_eq!(codes(&found), ["model-missing"]);
        assert!(!found.ok);

        app.choose_model(&id, Some(" gemini-a ".to_owned()))
            .await
            .unwrap();
        let (draft, found) = report(&app, &id).await;
        assert_eq!(draft.model.as_deref(), Some("gemini-a"));
        assert!(found.ok && found.groups.is_empty(), "{found:?}");

        // A model stays with its service.
        let other = connect(&app, "openai").await;
        assert_eq!(app.choose_connection(&id, &other).await.unwrap().model, None);
        app.choose_connection(&id, &gemini).await.unwrap();
        app.choose_model(&id, Some("  ".to_owned())).await.unwrap();
        let (draft, found) = report(&app, &id).await;
        assert_eq!((draft.model, codes(&found)), (None, vec!["model-missing"]));

        app.choose_model(&id, Some("gemini-b".to_owned())).await.unwrap();
        report(&app, &id).await;
        let job = app.send_draft(&id).await.unwrap().remove(0);
        assert_eq!(app.job(&job).await.unwrap().model.as_deref(), Some("gemini-b"));
    }

    #[tokio::test]
    async fn one_model_for_all_lines_makes_one_job_of_a_file_with_several() {
        let dir = tempfile::tempdir().unwrap();
        let app = trial::open(dir.path());
        connect(&app, "openai").await;
        let line = |id: &str, model: &str| {
            format!(
                r#"{{"custom_id":"{id}","method":"POST","url":"/v1/chat/completions","body":{{"model":"{model}","messages":[{{"role":"user","content":"Hi"}}]}}}}"#
            )
        };
        let file = dir.path().join("a.jsonl");
        std::fs::write(&file, [line("a", "one"), line("b", "two")].join("\n")).unwrap();
        let id = app.add_file(&file).await.unwrap();
        app.apply_fix(&id, Fix::OneJobPerModel).await.unwrap();
        let (_, found) = report(&app, &id).await;
        assert_eq!((found.jobs, found.ok), (2, true));

        app.choose_model(&id, Some("three".to_owned())).await.unwrap();
        let (_, found) = report(&app, &id).await;
        assert_eq!((found.jobs, found.ok), (1, true));
        let jobs = app.send_draft(&id).await.unwrap();
        assert_eq!(jobs.len(), 1);
        let job = app.job(&jobs[0]).await.unwrap();
        assert_eq!((job.model.as_deref(), job.counts.requests), (Some("three"), 2));
        let sent =
            std::fs::read_to_string(app.data_dir().join(format!("jobs/{}/part-1.jsonl", job.id))).unwrap();
        assert_eq!(sent.matches(r#""model":"three""#).count(), 2, "{sent}");
    }
}
