//! Messages, parameters, and the cells that they use.

use super::*;

#[test]
fn prompts() {
    assert_told(
        |study| study.prompt.user = " \n".to_owned(),
        &[("user-message-empty", "prompt/user")],
    );
    assert_told(
        |study| study.prompt.system = "{{persona}} {{nobody.name}} {{".to_owned(),
        &[("template-unreadable", "prompt/system")],
    );
    assert_told(
        |study| study.prompt.system = "{{persona}} {{nobody.name}}".to_owned(),
        &[
            ("template-factor-alone", "prompt/system"),
            ("template-unknown-name", "prompt/system"),
        ],
    );
    assert_told(
        |study| study.prompt.user = "{{ text.body | int }}".to_owned(),
        &[("template-not-rendered", "prompt/user")],
    );
    assert_told(
        |study| {
            study.prompt.user = "Rate.".to_owned();
            study.parameters.temperature.clear();
        },
        &[("factor-unused", "factors/1")],
    );
    assert_told(
        |study| {
            study.factors[1].levels[0][3].clear();
            study.factors[1].levels[2][3] = " ".to_owned();
            // Not used in any message.
            study.factors[1].levels[2][1].clear();
        },
        &[("cell-empty", "factors/1/levels/0/3")],
    );
}

#[test]
fn parameters() {
    let with =
        |set: fn(&mut tabane_model::Parameters) -> &mut String, formula: &str, code: &str, path: &str| {
            assert_told(
                |study| *set(&mut study.parameters) = formula.to_owned(),
                &[(code, path)],
            );
        };
    with(
        |p| &mut p.temperature,
        "{{persona.temperature}} + warm",
        "formula-unreadable",
        "parameters/temperature",
    );
    with(
        |p| &mut p.temperature,
        "{{persona.temp}}",
        "template-unknown-column",
        "parameters/temperature",
    );
    with(
        |p| &mut p.temperature,
        "1 / {{text.modifier}}",
        "formula-no-result",
        "parameters/temperature",
    );
    with(
        |p| &mut p.top_p,
        "{{answer_sheet}}",
        "formula-words",
        "parameters/top_p",
    );
    with(|p| &mut p.seed, "0.5", "parameter-not-whole", "parameters/seed");
    with(
        |p| &mut p.max_output_tokens,
        "0",
        "parameter-out-of-range",
        "parameters/max_output_tokens",
    );
    with(
        |p| &mut p.max_output_tokens,
        "{{trial}} - 3",
        "parameter-out-of-range",
        "parameters/max_output_tokens",
    );
    with(
        |p| &mut p.reasoning_effort,
        "{{persona.effort}}",
        "template-unknown-column",
        "parameters/reasoning_effort",
    );
}

#[test]
fn cells_that_must_be_numbers() {
    assert_told(
        |study| {
            study.factors[0].levels[1][2] = "warm".to_owned();
            study.factors[0].levels[3][2] = " ".to_owned();
        },
        &[
            ("cell-not-a-number", "factors/0/levels/1/2"),
            ("cell-empty-number", "factors/0/levels/3/2"),
        ],
    );
    let mut study = emotions();
    study.factors[0].levels[1][2] = "warm".to_owned();
    let problem = &check(&study)[0];
    let arg = |name: &str| problem.args[name].clone();
    assert_eq!(
        [
            arg("factor"),
            arg("level"),
            arg("column"),
            arg("cell"),
            arg("parameter")
        ],
        [
            "Persona",
            "Literary scholar",
            "temperature",
            "warm",
            "temperature"
        ]
        .map(tabane_model::Arg::from)
    );
    // A level that is never sent needs no number.
    study.design.exclude = vec![rule(&[("persona", "p2")])];
    assert_eq!(check(&study), []);
}
