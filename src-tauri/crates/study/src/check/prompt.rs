//! Messages and parameters: can they be read, and do they use the data?

use tabane_model::{Study, StudyProblem, StudyStep};

use super::{error, warning};
use crate::factor;
use crate::parameters::Asked;
use crate::plan::Plan;
use crate::template::Template;
use crate::template::scope::Reference;

pub(super) fn check(study: &Study, problems: &mut Vec<StudyProblem>) {
    if study.prompt.user.trim().is_empty() {
        problems.push(error(StudyStep::Prompt, "prompt/user", "user-message-empty"));
    }
    let mut read = |source: &str, step: StudyStep, path: &str| {
        if let Err(faults) = Template::new(source, &study.factors) {
            problems.extend(faults.into_iter().map(|fault| fault.problem(source, step, path)));
        }
    };
    read(&study.prompt.system, StudyStep::Prompt, "prompt/system");
    read(&study.prompt.user, StudyStep::Prompt, "prompt/user");
    read(&study.custom_id, StudyStep::Design, "custom_id");
    if let Err(found) = Asked::new(&study.parameters, &study.factors) {
        problems.extend(found);
    }
}

/// Factors that change nothing in the request, and empty cells in columns that the messages use.
pub(super) fn check_use(study: &Study, plan: &Plan<'_>, problems: &mut Vec<StudyProblem>) {
    let used: Vec<Reference> = plan.references().collect();
    for (index, of) in study.factors.iter().enumerate() {
        let names =
            |reference: &Reference| matches!(reference, Reference::Column { factor, .. } if *factor == index);
        if of.levels.len() > 1 && !used.iter().any(names) {
            let problem = warning(StudyStep::Prompt, format!("factors/{index}"), "factor-unused");
            problems.push(
                problem
                    .with("factor", factor::label(of))
                    .with("count", of.levels.len()),
            );
        }
        for (column, name) in of.columns.iter().enumerate() {
            let mut empty =
                (0..of.levels.len()).filter(|level| factor::cell(of, *level, column).trim().is_empty());
            if !plan.messages_name(index, column) {
                continue;
            }
            let Some(first) = empty.next() else { continue };
            problems.push(
                warning(
                    StudyStep::Prompt,
                    format!("factors/{index}/levels/{first}/{column}"),
                    "cell-empty",
                )
                .with("factor", factor::label(of))
                .with("level", factor::level_name(of, first))
                .with("column", name.as_str())
                .with("count", empty.count() + 1),
            );
        }
    }
}
