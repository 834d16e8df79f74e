use tabane_model::Arg;

use super::*;
use crate::testing::{assert_sentence, emotions, model, numbered};

fn told(study: &Study, provider: &str, name: &str) -> Vec<(String, Option<f64>)> {
    let adaptations = adaptations(study, &model(provider, name));
    let count = |adaptation: &Adaptation| match adaptation.args.get("count") {
        Some(Arg::Number(count)) => Some(*count),
        _ => None,
    };
    adaptations
        .into_iter()
        .map(|adaptation| {
            assert_sentence(&format!("study-adapted-{}", adaptation.code), &adaptation.args);
            let count = count(&adaptation);
            (adaptation.code, count)
        })
        .collect()
}

#[test]
fn each_model_says_what_was_adapted() {
    let mut study = emotions();
    let of = |code: &str, count: f64| (code.to_owned(), Some(count));
    let always = |code: &str| (code.to_owned(), None);
    assert_eq!(told(&study, "practice", "practice-small"), []);
    assert_eq!(told(&study, "openai", "gpt-4.1"), []);
    // Only the poet with the cherry tree: 0.9 + 0.2.
    assert_eq!(
        told(&study, "anthropic", "claude-haiku-5-5"),
        [of("clamped", 10.0)]
    );
    assert_eq!(told(&study, "openai", "gpt-5"), [of("left-out", 120.0)]);
    assert_eq!(
        told(&study, "openai", "gpt-6-luna"),
        [of("left-out-while-thinking", 120.0)]
    );
    assert_eq!(
        told(&study, "openai", "o3"),
        [always("system-as-developer"), of("left-out", 120.0)]
    );
    assert_eq!(
        told(&study, "openai", "o1-mini"),
        [
            always("system-in-user-message"),
            always("numbered-lines"),
            of("left-out", 120.0)
        ]
    );
    assert_eq!(
        told(&study, "custom", "mine"),
        [always("model-unknown"), always("numbered-lines-unknown")]
    );

    study.parameters.reasoning_effort = "{{ 'minimal' if persona.id == 'p4' else 'low' }}".to_owned();
    study.parameters.max_output_tokens = "4000".to_owned();
    assert_eq!(
        told(&study, "openai", "gpt-5.4-mini"),
        [
            always("length-with-thinking"),
            of("left-out-while-thinking", 90.0),
            of("effort-unknown", 30.0)
        ]
    );
    assert_eq!(told(&study, "openai", "gpt-4.1"), [of("left-out", 120.0)]);
}

#[test]
fn the_words_of_a_change() {
    let adaptations = adaptations(&emotions(), &model("anthropic", "claude-haiku-5-5"));
    let args = &adaptations[0].args;
    assert_eq!(
        (&args["parameter"], &args["low"], &args["high"]),
        (&"temperature".into(), &"0".into(), &"1".into())
    );
    assert_eq!(args["total"], 120_u32.into());
}

#[test]
fn trials_are_counted_one_by_one_where_they_differ() {
    let mut study = crate::testing::study(vec![numbered("a", 2)], 5);
    study.parameters.temperature = "{{trial}} / 2".to_owned();
    // 0.5, 1, 1.5, 2, 2.5: two of them are more than 1.5 ... for this model the range ends at 2.
    assert_eq!(
        told(&study, "openai", "gpt-4.1"),
        [("clamped".to_owned(), Some(2.0))]
    );
    assert_eq!(
        told(&study, "anthropic", "claude-haiku-5-5"),
        [("clamped".to_owned(), Some(6.0))]
    );
}

#[test]
fn an_unfinished_study_is_told_what_holds_for_all() {
    let mut study = emotions();
    study.factors.clear();
    let told = told(&study, "openai", "o3");
    assert_eq!(told, [("system-as-developer".to_owned(), None)]);
}
