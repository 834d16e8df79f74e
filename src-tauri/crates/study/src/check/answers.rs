//! The answer sheet.

use tabane_model::{AnswerSheet, Field, FieldKind, StudyProblem, StudyStep};

use super::{doubles, error, warning};

pub(super) fn check(sheet: &AnswerSheet, problems: &mut Vec<StudyProblem>) {
    if sheet.fields.is_empty() {
        problems.push(warning(StudyStep::Answers, "answer_sheet/fields", "no-fields"));
    }
    for (index, field) in sheet.fields.iter().enumerate() {
        let path = format!("answer_sheet/fields/{index}");
        if !is_variable(&field.name) {
            let problem = error(StudyStep::Answers, format!("{path}/name"), "field-name-bad");
            problems.push(problem.with("name", field.name.as_str()));
        }
        if field.label.trim().is_empty() {
            let problem = error(StudyStep::Answers, format!("{path}/label"), "field-label-missing");
            problems.push(problem.with("number", index + 1));
        }
        check_kind(field, &path, problems);
    }
    let names = sheet.fields.iter().map(|field| field.name.as_str());
    let labels = sheet.fields.iter().map(|field| field.label.trim());
    for (index, name) in doubles(names) {
        let path = format!("answer_sheet/fields/{index}/name");
        problems.push(error(StudyStep::Answers, path, "field-name-double").with("name", name));
    }
    for (index, label) in doubles(labels) {
        let path = format!("answer_sheet/fields/{index}/label");
        problems.push(error(StudyStep::Answers, path, "field-label-double").with("label", label));
    }
}

/// `[a-z][a-z0-9_]*`
fn is_variable(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_lowercase())
        && letters.all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

fn check_kind(field: &Field, path: &str, problems: &mut Vec<StudyProblem>) {
    let name = match field.label.trim() {
        "" => &field.name,
        label => label,
    };
    let kind = format!("{path}/kind");
    let mut tell = |problem: StudyProblem| problems.push(problem.with("field", name));
    match &field.kind {
        FieldKind::Integer { minimum, maximum } | FieldKind::Decimal { minimum, maximum } => {
            let whole = matches!(field.kind, FieldKind::Integer { .. });
            let ends = [*minimum, *maximum];
            if ends == [None, None] {
                tell(warning(StudyStep::Answers, kind, "field-range-missing"));
            } else if whole && ends.iter().flatten().any(|end| end.fract() != 0.0) {
                tell(error(StudyStep::Answers, kind, "field-range-not-whole"));
            } else if let [Some(low), Some(high)] = ends
                && low >= high
            {
                tell(error(StudyStep::Answers, kind, "field-range-reversed"));
            }
        }
        FieldKind::Choice { choices } => {
            if choices.len() < 2 {
                tell(error(
                    StudyStep::Answers,
                    format!("{kind}/choices"),
                    "field-choices-few",
                ));
            }
            for (index, choice) in choices.iter().enumerate() {
                if choice.trim().is_empty() {
                    let path = format!("{kind}/choices/{index}");
                    tell(error(StudyStep::Answers, path, "field-choice-empty"));
                }
            }
            for (index, choice) in doubles(choices.iter().map(|choice| choice.trim())) {
                let path = format!("{kind}/choices/{index}");
                tell(error(StudyStep::Answers, path, "field-choice-double").with("choice", choice));
            }
        }
        FieldKind::YesNo | FieldKind::ShortText | FieldKind::LongText => {}
    }
}
