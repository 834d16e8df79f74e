//! What still stands in the way of sending a study, and what is worth a look.

mod answers;
mod data;
mod design;
mod models;
mod prompt;

use std::collections::BTreeSet;

use tabane_model::{Severity, Study, StudyModel, StudyProblem, StudyStep};

use crate::design::MOST_REQUESTS;
use crate::plan::Plan;

/// The same problem in many rows is told this often.
const MOST_ALIKE: usize = 20;

/// Requests in which templates with conditions or filters are tried.
const TRIED: u32 = 1_000;

/// Checks a study, finished or not. The problems stand in the order of the steps.
#[must_use]
pub fn check(study: &Study) -> Vec<StudyProblem> {
    let mut problems = Vec::new();
    models::check_head(study, &mut problems);
    data::check(study, &mut problems);
    design::check(study, &mut problems);
    prompt::check(study, &mut problems);
    let can_be_made = problems
        .iter()
        .all(|problem| problem.severity == Severity::Warning);
    answers::check(&study.answer_sheet, &mut problems);
    models::check(&study.models, &mut problems);
    if can_be_made {
        check_requests(study, &mut problems);
    }
    problems.sort_by_key(|problem| problem.step);
    problems
}

/// What only shows when requests are made.
fn check_requests(study: &Study, problems: &mut Vec<StudyProblem>) {
    // Numbers, ids and templates do not depend on the model.
    let any = StudyModel {
        provider: String::new(),
        model: String::new(),
    };
    match Plan::draft(study, &any) {
        Err(found) => problems.extend(found),
        Ok(plan) => {
            prompt::check_use(study, &plan, problems);
            check_numbers(&plan, problems);
            if let Err(problem) = plan.try_templates(TRIED) {
                problems.push(problem);
            }
            match crate::ids::double(&plan) {
                Ok(None) => {}
                Ok(Some(id)) => problems.push(
                    error(StudyStep::Design, "custom_id", "custom-id-double")
                        .with("template", study.custom_id.as_str())
                        .with("id", id),
                ),
                Err(problem) => problems.push(problem),
            }
        }
    }
}

/// Formulas without a result, each cell told once.
fn check_numbers(plan: &Plan<'_>, problems: &mut Vec<StudyProblem>) {
    if plan.asked.is_empty() {
        return;
    }
    let mut told = BTreeSet::new();
    // Trials are alike where nothing names them.
    let mut seen = vec![false; plan.combinations.len() as usize];
    for position in 0..plan.len() {
        if let Some(seen) = seen.get_mut(plan.place(position) as usize)
            && std::mem::replace(seen, true)
            && !plan.by_trial
        {
            continue;
        }
        let Err(problem) = plan.asked.numbers(&plan.scope(position)) else {
            continue;
        };
        if told.insert((problem.path.clone(), problem.code.clone())) {
            problems.push(problem);
        }
        if told.len() >= MOST_ALIKE {
            return;
        }
    }
}

pub(crate) fn error(step: StudyStep, path: impl Into<String>, code: &str) -> StudyProblem {
    StudyProblem::new(step, path, code, Severity::Error)
}

pub(crate) fn warning(step: StudyStep, path: impl Into<String>, code: &str) -> StudyProblem {
    StudyProblem::new(step, path, code, Severity::Warning)
}

pub(crate) fn too_many() -> StudyProblem {
    error(StudyStep::Design, "design", "requests-too-many").with("limit", MOST_REQUESTS)
}

/// Texts that stood before, with their places. Empty ones have problems of their own.
fn doubles<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<(usize, &'t str)> {
    let mut seen = BTreeSet::new();
    texts
        .enumerate()
        .filter(|(_, text)| !text.trim().is_empty() && !seen.insert(*text))
        .collect()
}

#[cfg(test)]
mod tests;
