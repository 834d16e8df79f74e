mod answers;
mod prompts;

use std::collections::BTreeMap;

use tabane_model::{Order, Shape, Subset};

use super::*;
use crate::testing::{assert_sentence, emotions, factor, numbered, study, told};

/// What is told when the sample study is changed.
fn changed(change: impl FnOnce(&mut Study)) -> Vec<(String, String)> {
    let mut study = emotions();
    change(&mut study);
    let problems = check(&study);
    for problem in &problems {
        assert_sentence(&format!("study-problem-{}", problem.code), &problem.args);
    }
    told(&problems)
        .into_iter()
        .map(|(code, path)| (code.to_owned(), path.to_owned()))
        .collect()
}

#[track_caller]
fn assert_told(change: impl FnOnce(&mut Study), expected: &[(&str, &str)]) {
    let told = changed(change);
    let told: Vec<(&str, &str)> = told
        .iter()
        .map(|(code, path)| (code.as_str(), path.as_str()))
        .collect();
    assert_eq!(told, expected);
}

fn rule(levels: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(factor, level): &(&str, &str)| ((*factor).to_owned(), (*level).to_owned());
    levels.iter().map(owned).collect()
}

#[test]
fn a_finished_study_has_no_problems() {
    assert_told(|_| {}, &[]);
}

#[test]
fn factors() {
    assert_told(
        |study| *study = crate::testing::study(Vec::new(), 1),
        &[("no-factors", "factors"), ("user-message-empty", "prompt/user")],
    );
    let named = |name: &str, code: &str| {
        let mut study = study(vec![numbered("a", 1)], 1);
        study.factors[0].name = name.to_owned();
        let found = check(&study);
        assert_eq!(told(&found)[0], (code, "factors/0/name"), "{name}");
        assert_sentence(&format!("study-problem-{code}"), &found[0].args);
    };
    named("", "factor-name-missing");
    named("my factor", "factor-name-bad");
    named("1st", "factor-name-bad");
    named("trial", "factor-name-taken");
    assert_told(
        |study| *study = crate::testing::study(vec![numbered("a", 1), numbered("a", 1)], 1),
        &[("factor-name-double", "factors/1/name")],
    );
    assert_told(
        |study| study.factors[1].levels.clear(),
        &[("factor-no-levels", "factors/1/levels")],
    );
    assert_told(
        |study| study.factors.push(factor("extra", &[&[]])),
        &[
            ("factor-no-columns", "factors/2/columns"),
            ("factor-no-levels", "factors/2/levels"),
        ],
    );
}

#[test]
fn columns_and_levels() {
    assert_told(
        |study| {
            study.factors[0]
                .columns
                .extend(["".to_owned(), "name".to_owned()]);
            for level in &mut study.factors[0].levels {
                level.extend(["x".to_owned(), "y".to_owned()]);
            }
        },
        &[
            ("column-name-missing", "factors/0/columns/4"),
            ("column-name-double", "factors/0/columns/5"),
        ],
    );
    assert_told(
        |study| {
            study.factors[0].levels[1].pop();
        },
        &[("level-cells", "factors/0/levels/1")],
    );
    assert_told(
        |study| study.factors[0].levels[3][0] = " ".to_owned(),
        &[("level-id-missing", "factors/0/levels/3")],
    );
    assert_told(
        |study| study.factors[0].levels[3][0] = "p1".to_owned(),
        &[("level-id-double", "factors/0/levels/3")],
    );
    let many = || {
        let mut study = study(vec![numbered("a", 1)], 1);
        study.factors[0].levels = vec![vec!["same".to_owned()]; 1_000];
        study
    };
    assert_eq!(
        check(&many()).len(),
        MOST_ALIKE,
        "the same problem is not told a thousand times"
    );
}

#[test]
fn the_design() {
    assert_told(
        |study| study.design.trials = 0,
        &[("trials-zero", "design/trials")],
    );
    assert_told(
        |study| study.design.shape = Shape::List,
        &[("list-several-factors", "design/shape")],
    );
    assert_told(
        |study| study.design.subset = Subset::EveryNth { step: 0 },
        &[("subset-zero", "design/subset/step")],
    );
    assert_told(
        |study| study.design.subset = Subset::Random { count: 0, seed: 1 },
        &[("subset-zero", "design/subset/count")],
    );
    assert_told(
        |study| study.design.subset = Subset::Random { count: 121, seed: 1 },
        &[("subset-larger", "design/subset/count")],
    );
    assert_told(
        |study| {
            study.design.subset = Subset::Random { count: 12, seed: 1 };
            study.design.order = Order::Random { seed: 1 };
        },
        &[],
    );
    assert_told(
        |study| study.custom_id.clear(),
        &[("custom-id-missing", "custom_id")],
    );
    assert_told(
        |study| study.custom_id = "{{persona.idd}}".to_owned(),
        &[("template-unknown-column", "custom_id")],
    );
    assert_told(
        |study| study.custom_id = "{{persona.id}}".to_owned(),
        &[("custom-id-double", "custom_id")],
    );
}

#[test]
fn rules_of_the_design() {
    assert_told(
        |study| study.design.exclude = vec![rule(&[("persona", "p1"), ("text", "rain")])],
        &[],
    );
    assert_told(
        |study| study.design.exclude = vec![rule(&[("persona", "p9")]), rule(&[("a/b", "x")])],
        &[
            ("rule-unknown-level", "design/exclude/0/persona"),
            ("rule-unknown-factor", "design/exclude/1/a~1b"),
        ],
    );
    assert_told(
        |study| {
            study.design.exclude = ["p1", "p2", "p3", "p4"]
                .map(|id| rule(&[("persona", id)]))
                .to_vec();
        },
        &[("nothing-left", "design")],
    );
    assert_told(
        |study| study.design.include = vec![BTreeMap::new()],
        &[("rule-empty", "design/include/0")],
    );
}

#[test]
fn how_many() {
    let many = study(vec![numbered("a", 2_000), numbered("b", 501)], 1);
    let mut problems = Vec::new();
    super::design::check(&many, &mut problems);
    assert_eq!(told(&problems), [("requests-many", "design")]);
    assert_sentence("study-problem-requests-many", &problems[0].args);
    for factors in [
        vec![numbered("a", 20_000), numbered("b", 20_000)],
        vec![numbered("a", 40_000)],
    ] {
        let mut large = study(factors, 10_000);
        large.design.subset = Subset::EveryNth { step: 1_000_000 };
        assert_eq!(told(&check(&large)), [("requests-too-many", "design")]);
    }
}

#[test]
fn models_and_head() {
    assert_told(|study| study.models.clear(), &[("no-models", "models")]);
    assert_told(
        |study| {
            study.models[0].model.clear();
            study.models[1].provider.clear();
        },
        &[
            ("model-missing", "models/0/model"),
            ("provider-missing", "models/1/provider"),
        ],
    );
    assert_told(
        |study| study.models[1] = study.models[0].clone(),
        &[("model-double", "models/1")],
    );
    assert_told(|study| study.title.clear(), &[("title-empty", "title")]);
    assert_told(
        |study| study.language = "fr".to_owned(),
        &[("language-unknown", "language")],
    );
}

#[test]
fn warnings_do_not_stop_a_study() {
    let mut study = emotions();
    study.title.clear();
    study.answer_sheet.fields.clear();
    let problems = check(&study);
    assert!(
        problems
            .iter()
            .all(|problem| problem.severity == Severity::Warning),
        "{problems:?}"
    );
    assert!(Plan::new(&study, &study.models[0]).is_ok());
}

#[test]
fn problems_stand_in_the_order_of_the_steps() {
    let mut study = emotions();
    study.models.clear();
    study.answer_sheet.fields[0].label.clear();
    study.prompt.user.clear();
    study.design.trials = 0;
    study.factors[0].levels.clear();
    let steps: Vec<StudyStep> = check(&study).into_iter().map(|problem| problem.step).collect();
    assert_eq!(
        steps,
        [
            StudyStep::Data,
            StudyStep::Design,
            StudyStep::Prompt,
            StudyStep::Answers,
            StudyStep::Models
        ]
    );
}

#[test]
fn a_draft_has_a_sentence_for_nothing_to_send() {
    let study = study(vec![numbered("a", 0)], 1);
    let problems = Plan::draft(&study, &study.models[0]).err().unwrap_or_default();
    assert_sentence(&format!("study-problem-{}", problems[0].code), &problems[0].args);
}
