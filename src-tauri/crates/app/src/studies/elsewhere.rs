//! Answers that were got elsewhere, read with a study's answer sheet.

use std::collections::HashMap;
use std::path::Path;

use tabane_model::{Failure, JobId, Severity, Study, StudyModel, StudyRequest, StudyStep};
use tabane_store::Store;
use tabane_study::Plan;

use super::{StudyId, problems_left};
use crate::{App, failure};

impl App {
    /// A downloaded result file becomes a job of the study: its answers are read with the answer sheet, and rows whose
    /// id is one of the study's get their levels.
    ///
    /// # Errors
    /// `file-holds-no-results`, `file-*`, `study-*`.
    pub async fn read_elsewhere(&self, design: Study, results: &Path) -> Result<(StudyId, JobId), Failure> {
        refuse_problems(&design)?;
        let job = self.import_results(results, None).await?;
        let study = self.add_study(design.clone()).await?;
        let (study_id, job_id) = (study.clone(), job.clone());
        self.with_store(move |app, store| {
            let read = app.join_and_read(store, &job_id, &study_id, &design);
            if read.is_err() {
                // The file is still where it was: half of it here would only puzzle.
                app.remove_job(store, &job_id)?;
                store.delete_study(&study_id).map_err(failure::of)?;
            }
            read
        })
        .await?;
        self.job_changed(&job);
        Ok((study, job))
    }

    fn join_and_read(&self, store: &Store, job: &str, study: &str, design: &Study) -> Result<(), Failure> {
        store.join_study(job, study).map_err(failure::of)?;
        self.give_levels(store, job, design)?;
        let job = self.job_record(store, job)?;
        self.read_answers(store, &job, 0..job.requests)
    }

    fn give_levels(&self, store: &Store, job: &str, design: &Study) -> Result<(), Failure> {
        // Ids and levels are the same for all models, and need none.
        let any = StudyModel {
            provider: String::new(),
            model: String::new(),
        };
        let plan = Plan::draft(design, &any).map_err(|problems| problems_left(&problems))?;
        let mut known: HashMap<String, StudyRequest> = HashMap::new();
        for request in plan.requests() {
            let request = request.map_err(|problem| problems_left(std::slice::from_ref(&problem)))?;
            known.insert(request.custom_id.clone(), super::send::design_row(&request));
        }
        store
            .describe_requests(job, &mut |custom_id| known.remove(custom_id))
            .map_err(failure::of)
    }
}

/// Which models the study goes to is no matter of answers that are there already.
fn refuse_problems(design: &Study) -> Result<(), Failure> {
    let mut problems = tabane_study::check(design);
    problems.retain(|problem| problem.severity == Severity::Error && problem.step != StudyStep::Models);
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems_left(&problems))
    }
}
