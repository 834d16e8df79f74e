//! Whose results a table shows: one job's, or those of all jobs of a study.

use tabane_model::{Failure, Study};
use tabane_store::{JobRecord, Store};

use crate::view::{FactorHead, ResultsOf, StudyHead};
use crate::{App, failure, studies};

pub(crate) struct Scope {
    /// What the table is called: the job's name or the study's title.
    pub name: String,
    /// In the order in which they stand in the table.
    pub jobs: Vec<JobRecord>,
    pub study: Option<ScopeStudy>,
}

pub(crate) struct ScopeStudy {
    pub id: String,
    pub study: Study,
}

impl Scope {
    pub(crate) fn head(&self) -> Option<StudyHead> {
        let ScopeStudy { id, study } = self.study.as_ref()?;
        Some(StudyHead {
            id: id.clone(),
            title: study.title.clone(),
            factors: study
                .factors
                .iter()
                .map(|factor| FactorHead {
                    name: factor.name.clone(),
                    label: factor.label.clone(),
                })
                .collect(),
            fields: study.answer_sheet.fields.clone(),
        })
    }
}

impl App {
    pub(crate) fn scope(&self, store: &Store, of: &ResultsOf) -> Result<Scope, Failure> {
        match of {
            ResultsOf::Job { id } => {
                let job = self.job_record(store, id)?;
                let study = match &job.study {
                    Some(id) => Some(scope_study(store, id)?),
                    None => None,
                };
                Ok(Scope {
                    name: job.name.clone(),
                    jobs: vec![job],
                    study,
                })
            }
            ResultsOf::Study { id } => {
                let study = scope_study(store, id)?;
                let mut jobs = store.jobs_of_study(id).map_err(failure::of)?;
                jobs.reverse(); // as they were sent
                Ok(Scope {
                    name: study.study.title.clone(),
                    jobs,
                    study: Some(study),
                })
            }
        }
    }
}

/// The study with the answer sheet that its answers are read with.
fn scope_study(store: &Store, id: &str) -> Result<ScopeStudy, Failure> {
    let (record, mut study) = studies::study(store, id)?;
    study.answer_sheet = studies::reading_sheet(store, id)?;
    Ok(ScopeStudy { id: record.id, study })
}
