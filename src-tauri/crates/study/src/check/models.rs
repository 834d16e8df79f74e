//! The models, and what stands at the head of the file.

use tabane_model::{Study, StudyModel, StudyProblem, StudyStep};

use super::{error, warning};

pub(super) fn check_head(study: &Study, problems: &mut Vec<StudyProblem>) {
    if study.title.trim().is_empty() {
        problems.push(warning(StudyStep::Data, "title", "title-empty"));
    }
    if !["en", "ja"].contains(&study.language.as_str()) {
        let problem = error(StudyStep::Answers, "language", "language-unknown");
        problems.push(problem.with("language", study.language.as_str()));
    }
}

pub(super) fn check(models: &[StudyModel], problems: &mut Vec<StudyProblem>) {
    if models.is_empty() {
        problems.push(error(StudyStep::Models, "models", "no-models"));
    }
    for (index, model) in models.iter().enumerate() {
        let path = format!("models/{index}");
        if model.provider.trim().is_empty() {
            problems.push(error(
                StudyStep::Models,
                format!("{path}/provider"),
                "provider-missing",
            ));
        }
        if model.model.trim().is_empty() {
            problems.push(error(StudyStep::Models, format!("{path}/model"), "model-missing"));
        } else if models.iter().take(index).any(|earlier| earlier == model) {
            let problem = error(StudyStep::Models, path, "model-double");
            problems.push(
                problem
                    .with("provider", model.provider.as_str())
                    .with("model", model.model.as_str()),
            );
        }
    }
}
