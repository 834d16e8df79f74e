//! Failures and problems in words.

use serde::Serialize;
use specta::Type;
use tabane_model::{Adaptation, Arg, Failure, Problem, StudyProblem};

use crate::Language;

/// A failure in the three steps in which every problem is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Sentence {
    /// What happened.
    pub what: String,
    /// What it means for money and data.
    pub means: String,
    /// What to do next.
    pub next: String,
}

/// The sentence `error-<code>` with its attributes. A code without one is said as what it is: unexpected.
#[must_use]
pub fn failure(language: Language, failure: &Failure) -> Sentence {
    let id = format!("error-{}", failure.code);
    if language.has(&id) {
        return sentence(language, &id, failure);
    }
    sentence(
        language,
        "error-unexpected",
        &failure.clone().with("code", failure.code.as_str()),
    )
}

fn sentence(language: Language, id: &str, failure: &Failure) -> Sentence {
    let attribute = |name| language.attribute(id, name, &failure.args).unwrap_or_default();
    Sentence {
        what: language.text(id, &failure.args),
        means: attribute("means"),
        next: attribute("next"),
    }
}

/// The sentence `problem-<code>` of one line of a request file. `$line` is always there for it.
#[must_use]
pub fn problem(language: Language, problem: &Problem) -> String {
    let mut args = problem.args.clone();
    args.entry("line".to_owned())
        .or_insert_with(|| Arg::from(problem.line));
    language.text(&format!("problem-{}", problem.code), &args)
}

/// The sentence `study-problem-<code>` of a study.
#[must_use]
pub fn study_problem(language: Language, problem: &StudyProblem) -> String {
    language.text(&format!("study-problem-{}", problem.code), &problem.args)
}

/// The sentence `study-adapted-<code>`: what is changed for a model.
#[must_use]
pub fn study_adapted(language: Language, adaptation: &Adaptation) -> String {
    language.text(&format!("study-adapted-{}", adaptation.code), &adaptation.args)
}

#[cfg(test)]
mod tests {
    use tabane_model::Severity;

    use super::*;

    #[test]
    fn a_failure_has_three_steps_in_both_languages() {
        for language in Language::ALL {
            let said = failure(language, &Failure::new("keychain-locked"));
            for step in [&said.what, &said.means, &said.next] {
                assert!(!step.is_empty() && !step.contains("keychain-locked"), "{step}");
            }
        }
    }

    #[test]
    fn an_unknown_failure_still_says_something_and_names_its_code() {
        for language in Language::ALL {
            let said = failure(language, &Failure::new("brand-new").detail("secret words"));
            assert!(said.what.contains("brand-new"), "{}", said.what);
            assert!(!said.means.is_empty() && !said.next.is_empty());
            assert!(
                !format!("{said:?}").contains("secret words"),
                "details are shown apart"
            );
        }
    }

    #[test]
    fn an_unknown_problem_names_its_code() {
        let unknown = Problem::new(3, "brand-new", Severity::Error);
        assert_eq!(problem(Language::En, &unknown), "problem-brand-new");
    }
}
