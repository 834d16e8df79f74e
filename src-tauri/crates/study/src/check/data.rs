//! Factors: their names, columns and levels.

use tabane_model::{Factor, Study, StudyProblem, StudyStep};

use super::{MOST_ALIKE, doubles, error};
use crate::factor;

pub(super) fn check(study: &Study, problems: &mut Vec<StudyProblem>) {
    if study.factors.is_empty() {
        problems.push(error(StudyStep::Data, "factors", "no-factors"));
    }
    for (index, factor) in study.factors.iter().enumerate() {
        let path = format!("factors/{index}");
        check_name(factor, &path, problems);
        check_columns(factor, &path, problems);
        check_levels(factor, &path, problems);
    }
    for (index, name) in doubles(study.factors.iter().map(|factor| factor.name.as_str())) {
        let problem = error(
            StudyStep::Data,
            format!("factors/{index}/name"),
            "factor-name-double",
        );
        problems.push(problem.with("name", name));
    }
}

fn check_name(factor: &Factor, path: &str, problems: &mut Vec<StudyProblem>) {
    let code = if factor.name.trim().is_empty() {
        "factor-name-missing"
    } else if !factor::is_name(&factor.name) {
        "factor-name-bad"
    } else if factor::is_taken(&factor.name) {
        "factor-name-taken"
    } else {
        return;
    };
    let problem = error(StudyStep::Data, format!("{path}/name"), code);
    problems.push(problem.with("name", factor.name.as_str()));
}

fn check_columns(factor: &Factor, path: &str, problems: &mut Vec<StudyProblem>) {
    let mut tell = |place: String, code: &str, column: &str| {
        let problem = error(StudyStep::Data, place, code).with("factor", factor::label(factor));
        problems.push(problem.with("column", column));
    };
    if factor.columns.is_empty() {
        tell(format!("{path}/columns"), "factor-no-columns", "");
    }
    for (index, column) in factor.columns.iter().enumerate() {
        if column.trim().is_empty() {
            tell(format!("{path}/columns/{index}"), "column-name-missing", "");
        }
    }
    for (index, column) in doubles(factor.columns.iter().map(String::as_str)) {
        tell(format!("{path}/columns/{index}"), "column-name-double", column);
    }
}

fn check_levels(factor: &Factor, path: &str, problems: &mut Vec<StudyProblem>) {
    let label = factor::label(factor);
    if factor.levels.is_empty() {
        let problem = error(StudyStep::Data, format!("{path}/levels"), "factor-no-levels");
        problems.push(problem.with("factor", label));
    }
    let id = factor::id_column(factor);
    let at = |row: usize, code: &str| {
        error(StudyStep::Data, format!("{path}/levels/{row}"), code)
            .with("factor", label)
            .with("row", row + 1)
    };
    let rows = factor.levels.iter().enumerate();
    let uneven = rows
        .clone()
        .filter(|(_, cells)| cells.len() != factor.columns.len())
        .map(|(row, cells)| {
            at(row, "level-cells")
                .with("cells", cells.len())
                .with("columns", factor.columns.len())
        });
    problems.extend(uneven.take(MOST_ALIKE));
    let nameless = rows
        .filter(|(row, _)| factor::level_id(factor, *row).trim().is_empty())
        .map(|(row, _)| at(row, "level-id-missing"));
    problems.extend(nameless.take(MOST_ALIKE));
    let ids = (0..factor.levels.len()).map(|level| factor::cell(factor, level, id));
    let twice = doubles(ids).into_iter();
    problems.extend(
        twice
            .map(|(row, level)| at(row, "level-id-double").with("level", level))
            .take(MOST_ALIKE),
    );
}
