//! Answers into cells: when a part is collected, again when the answer sheet is read differently, and corrections.

use std::ops::Range;

use tabane_model::{AnswerSheet, Cell, Failure, JobId, MissingReason, Study};
use tabane_store::{JobRecord, Store};
use tabane_study::answers;

use super::study;
use crate::view::{RowDetail, Stale};
use crate::{App, failure};

impl App {
    /// Reads the answers of some rows of a job with its study's answer sheet. Doing it twice changes nothing;
    /// corrections made by hand stay.
    pub(crate) fn read_answers(
        &self,
        store: &Store,
        job: &JobRecord,
        rows: Range<u32>,
    ) -> Result<(), Failure> {
        let Some(id) = &job.study else {
            return Ok(());
        };
        let sheet = reading_sheet(store, id)?;
        let mut writer = store.write_cells(&job.id).map_err(failure::of)?;
        store
            .each_answer(&job.id, rows, &mut |answer| {
                let cells = match answer.text {
                    Some(text) => answers::read(&sheet, text, answer.cut_off),
                    None => without_answer(&sheet),
                };
                writer.push(answer.position, cells)
            })
            .map_err(failure::of)?;
        writer.finish().map_err(failure::of)
    }

    /// Reads all answers of a job again; with `changed`, the answer sheet of that study is the one that the answers
    /// of all jobs of this job's study are read with from now on. What was sent does not change.
    ///
    /// # Errors
    /// `job-without-study`.
    pub async fn read_answers_again(&self, job: &str, changed: Option<Study>) -> Result<(), Failure> {
        let wanted = job.to_owned();
        let jobs = self
            .with_store(move |app, store| {
                let job = app.job_record(store, &wanted)?;
                let Some(study) = &job.study else {
                    return Err(Failure::new("job-without-study").with("name", job.name));
                };
                let jobs = match changed {
                    None => vec![job],
                    Some(changed) => {
                        corrections_stay(store, study, &changed.answer_sheet)?;
                        let sheet = super::sheet_text(&changed.answer_sheet)?;
                        store.set_reading_sheet(study, &sheet).map_err(failure::of)?;
                        store.jobs_of_study(study).map_err(failure::of)?
                    }
                };
                for job in &jobs {
                    app.read_answers(store, job, 0..job.requests)?;
                }
                Ok(jobs)
            })
            .await?;
        for job in jobs {
            self.job_changed(&job.id);
        }
        Ok(())
    }

    /// Corrects a cell by hand: the value is kept beside what was read and marked as edited. `Some("")` makes it
    /// missing; `None` takes the correction back.
    ///
    /// # Errors
    /// `cell-not-accepted`: the field does not take this value.
    pub async fn edit_cell(
        &self,
        job: &JobId,
        position: u32,
        field: u32,
        value: Option<String>,
    ) -> Result<RowDetail, Failure> {
        let id = job.clone();
        self.with_store(move |app, store| {
            let job = app.job_record(store, &id)?;
            let study = job
                .study
                .ok_or_else(|| Failure::new("job-without-study").with("name", job.name))?;
            let sheet = reading_sheet(store, &study)?;
            let field_of = sheet.fields.get(field as usize);
            let kept = match (value.as_deref().map(str::trim), field_of) {
                (None, _) => None,
                (Some(""), _) => Some(String::new()),
                (Some(typed), Some(field)) => Some(
                    answers::accept(field, typed).map_err(|reason| refused(&field.label, typed, reason))?,
                ),
                (Some(_), None) => return Err(failure::not_found("row")),
            };
            store
                .edit_cell(&id, position, field, kept.as_deref(), app.now())
                .map_err(failure::of)
        })
        .await?;
        self.changed(Stale::Job { id: job.clone() });
        self.row_detail(job, position).await
    }
}

/// A correction belongs to its field: the changed sheet must have that field at the same place.
fn corrections_stay(store: &Store, study: &str, changed: &AnswerSheet) -> Result<(), Failure> {
    let now = reading_sheet(store, study)?;
    for field in store.corrected_fields(study).map_err(failure::of)? {
        let (was, becomes) = (now.fields.get(field as usize), changed.fields.get(field as usize));
        let same = was
            .zip(becomes)
            .is_some_and(|(was, becomes)| was.name == becomes.name && was.kind == becomes.kind);
        if let (Some(was), false) = (was, same) {
            return Err(Failure::new("corrections-in-the-way").with("field", was.label.as_str()));
        }
    }
    Ok(())
}

/// The sheet that answers are read with: the one that was sent, unless it was changed since.
pub(crate) fn reading_sheet(store: &Store, id: &str) -> Result<AnswerSheet, Failure> {
    let (record, study) = study(store, id)?;
    match record.reading_sheet {
        None => Ok(study.answer_sheet),
        Some(sheet) => serde_json::from_str(&sheet)
            .map_err(|error| Failure::new("database-damaged").detail(error.to_string())),
    }
}

fn without_answer(sheet: &AnswerSheet) -> Vec<Cell> {
    let missing = Cell::Missing {
        reason: MissingReason::NoAnswer,
        from: None,
    };
    vec![missing; sheet.fields.len()]
}

fn refused(field: &str, typed: &str, reason: MissingReason) -> Failure {
    Failure::new("cell-not-accepted")
        .with("field", field)
        .with("value", typed)
        .with("reason", reason.as_str().replace('_', "-"))
}
