//! Studies: designed, saved by themselves, sent as one job a model, and read back.

mod adapted;
mod answers;
mod build;
mod data;
mod elsewhere;
mod send;

pub(crate) use answers::reading_sheet;
pub use build::BuiltPart;
pub use data::{DataId, ImportedData, import_data};
pub use send::StudyOrder;

use std::path::Path;

use tabane_model::{
    Adaptation, Failure, ProviderId, RequestPreview, Severity, Study, StudyCount, StudyModel, StudyProblem,
};
use tabane_store::{ConnectionRecord, Store, StudyRecord};
use tabane_study::{Plan, file};

use crate::view::{Stale, StudyRow, StudyStart, StudyTarget, StudyView, time};
use crate::{App, failure};

/// Opaque to the page.
pub type StudyId = String;

impl App {
    /// Every study, the last changed first; `search` looks in the title.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn studies(&self, search: Option<String>) -> Result<Vec<StudyRow>, Failure> {
        self.with_store(move |_, store| {
            let records = store.studies(search.as_deref()).map_err(failure::of)?;
            records.into_iter().map(|record| row(store, record)).collect()
        })
        .await
    }

    /// Begins a study: an empty one, or the sample in the window's language.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn new_study(&self, start: StudyStart) -> Result<StudyId, Failure> {
        let language = self.settings()?.language;
        let study = match start {
            StudyStart::Sample => parse(file::sample(&language))?,
            StudyStart::Empty => tabane_study::empty(&language),
        };
        self.keep_study(study, None).await
    }

    /// Takes in a `.tabane` file; the file itself is not touched.
    ///
    /// # Errors
    /// `study-*`: what is wrong with the file; `file-*`.
    pub async fn add_study_file(&self, path: &Path) -> Result<StudyId, Failure> {
        self.add_study(read_study_file(path)?).await
    }

    /// Takes in a study.
    ///
    /// # Errors
    /// The database could not be written.
    pub async fn add_study(&self, study: Study) -> Result<StudyId, Failure> {
        self.keep_study(study, None).await
    }

    /// A copy that can be changed, linked to the one it came from.
    ///
    /// # Errors
    /// `study-not-found`.
    pub async fn duplicate_study(&self, id: &str) -> Result<StudyId, Failure> {
        let from = id.to_owned();
        let study = self
            .with_store(move |_, store| study(store, &from).map(|(_, study)| study))
            .await?;
        self.keep_study(study, Some(id.to_owned())).await
    }

    async fn keep_study(&self, study: Study, copy_of: Option<String>) -> Result<StudyId, Failure> {
        let now = self.now();
        let record = StudyRecord {
            id: uuid::Uuid::now_v7().to_string(),
            title: study.title.clone(),
            content: file::write(&study),
            reading_sheet: None,
            copy_of,
            created_at: now,
            saved_at: now,
        };
        let id = record.id.clone();
        self.with_store(move |_, store| store.insert_study(&record).map_err(failure::of))
            .await?;
        self.changed(Stale::Studies);
        Ok(id)
    }

    /// A study with everything that follows from it: what is missing, how many requests, what is changed for whom.
    ///
    /// # Errors
    /// `study-not-found`.
    pub async fn study(&self, id: &str) -> Result<StudyView, Failure> {
        let id = id.to_owned();
        self.with_store(move |app, store| app.study_view(store, &id))
            .await
    }

    /// Keeps a change.
    ///
    /// # Errors
    /// `study-not-found`, `study-sent`.
    pub async fn save_study(&self, id: &str, mut changed: Study) -> Result<StudyView, Failure> {
        let wanted = id.to_owned();
        let view = self
            .with_store(move |app, store| {
                let (_, before) = study(store, &wanted)?;
                tabane_study::follow_factors(&before, &mut changed);
                store
                    .save_study(&wanted, &changed.title, &file::write(&changed), app.now())
                    .map_err(failure::of)?;
                app.study_view(store, &wanted)
            })
            .await?;
        self.changed(Stale::Studies);
        Ok(view)
    }

    /// Forgets a study that has no jobs.
    ///
    /// # Errors
    /// `study-has-jobs`.
    pub async fn delete_study(&self, id: &str) -> Result<(), Failure> {
        let id = id.to_owned();
        self.with_store(move |_, store| store.delete_study(&id).map_err(failure::of))
            .await?;
        self.changed(Stale::Studies);
        Ok(())
    }

    /// The request at a position as it will be sent to one of the study's models (0-based); a position behind the
    /// end is the last.
    ///
    /// # Errors
    /// `study-problems-left`: it cannot be made yet.
    pub async fn study_request(
        &self,
        id: &str,
        model: u32,
        position: u32,
    ) -> Result<RequestPreview, Failure> {
        let id = id.to_owned();
        self.with_store(move |_, store| {
            let (_, study) = study(store, &id)?;
            let (model, _) = resolve(store, model_at(&study, model)?)?;
            let plan = Plan::draft(&study, &model).map_err(|problems| problems_left(&problems))?;
            plan.preview(position)
                .map_err(|problem| problems_left(std::slice::from_ref(&problem)))
        })
        .await
    }

    /// The name that the save dialog proposes for the study file.
    ///
    /// # Errors
    /// `study-not-found`.
    pub fn study_file_name(&self, id: &str) -> Result<String, Failure> {
        let record = self.inner.store.study(id).map_err(failure::of)?;
        Ok(format!("{}.tabane", crate::exports::file_safe(&record.title)))
    }

    /// Writes the study as a `.tabane` file: everything but keys and results.
    ///
    /// # Errors
    /// `study-not-found`, `disk-*`.
    pub async fn write_study_file(&self, id: &str, target: &Path) -> Result<(), Failure> {
        let (id, target) = (id.to_owned(), target.to_owned());
        self.with_store(move |_, store| {
            let record = store.study(&id).map_err(failure::of)?;
            tabane_export::write_whole(&target, &mut |out| Ok(out.write_all(record.content.as_bytes())?))
                .map(drop)
                .map_err(failure::of)
        })
        .await
    }

    fn study_view(&self, store: &Store, id: &str) -> Result<StudyView, Failure> {
        let (record, study) = study(store, id)?;
        let jobs = store.jobs_of_study(id).map_err(failure::of)?;
        let origin = match &record.copy_of {
            Some(origin) => store.study(origin).ok().map(|origin| (origin.id, origin.title)),
            None => None,
        };
        let targets = study
            .models
            .iter()
            .map(|model| Self::target(store, &study, model));
        let targets = targets.collect::<Result<Vec<_>, _>>()?;
        // Written out as the first model will read it: as a form only where it takes one.
        let structured = targets.first().is_some_and(|target| target.structured);
        Ok(StudyView {
            id: record.id,
            saved_at: time(record.saved_at),
            frozen: !jobs.is_empty(),
            copy_of: origin,
            jobs: jobs.into_iter().map(|job| job.id).collect(),
            problems: tabane_study::check(&study),
            count: tabane_study::count(&study),
            columns: tabane_study::names(&study.factors),
            written_out: tabane_study::answers::written_out(&study.answer_sheet, &study.language, structured),
            targets,
            study,
        })
    }

    fn target(store: &Store, study: &Study, model: &StudyModel) -> Result<StudyTarget, Failure> {
        let (resolved, connection) = resolve(store, model)?;
        let profile = tabane_providers::profile(&ProviderId::new(&resolved.provider));
        let practice = resolved.provider == "practice";
        Ok(StudyTarget {
            provider: model.provider.clone(),
            provider_name: connection
                .as_ref()
                .map(|connection| connection.name.clone())
                .or_else(|| profile.map(|profile| profile.name.to_owned()))
                .unwrap_or_else(|| model.provider.clone()),
            model: model.model.clone(),
            practice,
            connected: practice || connection.is_some(),
            structured: send::structured(study, &resolved.provider, &model.model),
            adaptations: adapted::adapted(study, &resolved),
        })
    }
}

fn row(store: &Store, record: StudyRecord) -> Result<StudyRow, Failure> {
    let study = parse(&record.content)?;
    let count = tabane_study::count(&study);
    let jobs = store.jobs_of_study(&record.id).map_err(failure::of)?;
    let problems = tabane_study::check(&study);
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    Ok(StudyRow {
        errors: u32::try_from(errors.count()).unwrap_or(u32::MAX),
        id: record.id,
        title: record.title,
        saved_at: time(record.saved_at),
        requests: count.requests.saturating_mul(count.models),
        models: study.models.into_iter().map(|model| model.model).collect(),
        jobs: jobs.into_iter().map(|job| job.id).collect(),
    })
}

/// The study with this id as it was last saved.
pub(crate) fn study(store: &Store, id: &str) -> Result<(StudyRecord, Study), Failure> {
    let record = store.study(id).map_err(failure::of)?;
    let study = parse(&record.content)?;
    Ok((record, study))
}

/// Reads a `.tabane` file.
///
/// # Errors
/// `study-*`: what is wrong with the file; `file-*`.
pub fn read_study_file(path: &Path) -> Result<Study, Failure> {
    let bytes = std::fs::read(path).map_err(failure::of_disk)?;
    file::parse(&bytes).map_err(failure::of)
}

/// What is changed for each of a study's models, in their order.
#[must_use]
pub fn study_adaptations(study: &Study) -> Vec<(StudyModel, Vec<Adaptation>)> {
    let models = study.models.iter();
    models
        .map(|model| (model.clone(), adapted::adapted(study, model)))
        .collect()
}

/// What a study still lacks, and how many requests it makes.
#[must_use]
pub fn check_study(study: &Study) -> (Vec<StudyProblem>, StudyCount) {
    (tabane_study::check(study), tabane_study::count(study))
}

fn parse(content: &str) -> Result<Study, Failure> {
    file::parse(content.as_bytes()).map_err(failure::of)
}

fn sheet_text(sheet: &tabane_model::AnswerSheet) -> Result<String, Failure> {
    serde_json::to_string(sheet).map_err(|error| Failure::new("internal").detail(error.to_string()))
}

fn model_at(study: &Study, index: u32) -> Result<&StudyModel, Failure> {
    study
        .models
        .get(index as usize)
        .ok_or_else(|| failure::not_found("study-model"))
}

/// The connection that a model of a study is reached by: the one with this id, else the first of the provider.
fn connection_of(store: &Store, name: &str) -> Result<Option<ConnectionRecord>, Failure> {
    let connections = store.connections().map_err(failure::of)?;
    let by_id = connections.iter().find(|connection| connection.id == name);
    let found = by_id.or_else(|| {
        connections
            .iter()
            .find(|connection| connection.provider.0 == name)
    });
    Ok(found.cloned())
}

/// A model of a study by its provider, with its connection if there is one: what is shown and written is made as what
/// is sent.
fn resolve(store: &Store, model: &StudyModel) -> Result<(StudyModel, Option<ConnectionRecord>), Failure> {
    let connection = connection_of(store, &model.provider)?;
    let provider = connection
        .as_ref()
        .map_or(model.provider.as_str(), |connection| connection.provider.as_str());
    Ok((as_provider(model, provider), connection))
}

/// A study names connections; what is known of models goes by providers.
fn as_provider(model: &StudyModel, provider: &str) -> StudyModel {
    StudyModel {
        provider: provider.to_owned(),
        model: model.model.clone(),
    }
}

pub(crate) fn problems_left(problems: &[StudyProblem]) -> Failure {
    let mut failure = Failure::new("study-problems-left").with("count", problems.len());
    if let Some(first) = problems.first() {
        failure.detail = Some(format!("{}: {}", first.path, first.code));
    }
    failure
}
