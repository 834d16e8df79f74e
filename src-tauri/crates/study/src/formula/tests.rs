use proptest::prelude::*;

use super::*;
use crate::design::Combinations;
use crate::testing::{factor, study};

fn factors() -> Vec<Factor> {
    vec![
        factor(
            "persona",
            &[
                &["id", "temperature"],
                &["p1", "0.7"],
                &["p2", "０．４"],
                &["p3", ""],
                &["p4", "warm"],
            ],
        ),
        factor(
            "text",
            &[
                &["id", "my modifier"],
                &["t1", "0.1"],
                &["t2", "-0.2"],
                &["t3", "0"],
            ],
        ),
    ]
}

/// Value and words of a formula for a level of each factor.
fn calculated(source: &str, persona: u32, text: u32) -> Result<(f64, String), NoResult> {
    let study = study(factors(), 1);
    let combinations = Combinations::new(&study).unwrap();
    let scope = Scope {
        combinations: &combinations,
        combination: persona * 3 + text,
        trial: 3,
        answer_sheet: "",
    };
    let formula = Formula::new(source, &study.factors).unwrap();
    Ok((formula.value(&scope)?, formula.shown(&scope)?))
}

#[test]
fn formulas_are_calculated_as_numbers() {
    let sum = r#"{{persona.temperature}} + {{text["my modifier"]}}"#;
    for (source, persona, text, value, shown) in [
        (sum, 0, 0, 0.8, "0.7 + 0.1 = 0.8"),
        (sum, 1, 0, 0.5, "0.4 + 0.1 = 0.5"),
        (sum, 0, 1, 0.5, "0.7 + (-0.2) = 0.5"),
        ("0.7", 0, 0, 0.7, "0.7"),
        ("０．７", 0, 0, 0.7, "0.7"),
        ("-1", 0, 0, -1.0, "-1"),
        ("{{persona.temperature}}", 1, 0, 0.4, "0.4"),
        ("1 + 2 * 3", 0, 0, 7.0, "1 + 2 * 3 = 7"),
        ("(1+2)*3", 0, 0, 9.0, "(1 + 2) * 3 = 9"),
        ("10 - 4 - 3", 0, 0, 3.0, "10 - 4 - 3 = 3"),
        ("8 / 4 / 2", 0, 0, 1.0, "8 / 4 / 2 = 1"),
        ("２×（３－１）", 0, 0, 4.0, "2 * (3 - 1) = 4"),
        ("1 ÷ 3", 0, 0, 0.333_333, "1 / 3 = 0.333333"),
        ("2 * -3", 0, 0, -6.0, "2 * -3 = -6"),
        ("100 + {{trial}}", 0, 0, 103.0, "100 + 3 = 103"),
        ("0.123456789", 0, 0, 0.123_456_789, "0.123456789"),
    ] {
        assert_eq!(
            calculated(source, persona, text),
            Ok((value, shown.to_owned())),
            "{source}"
        );
    }
}

#[test]
fn what_has_no_result_says_which_cell() {
    let of = |persona| calculated("{{persona.temperature}} + 1", persona, 0);
    assert_eq!(
        of(2),
        Err(NoResult::Cell {
            factor: 0,
            level: 2,
            column: 1
        })
    );
    assert_eq!(
        of(3),
        Err(NoResult::Cell {
            factor: 0,
            level: 3,
            column: 1
        })
    );
    assert_eq!(
        calculated(r#"1 / {{text["my modifier"]}}"#, 0, 2),
        Err(NoResult::Endless)
    );
    assert_eq!(calculated("{{answer_sheet}}", 0, 0), Err(NoResult::Words));
}

#[test]
fn other_words_are_no_formula() {
    let unreadable = |source: &str| match Formula::new(source, &factors()) {
        Err(Fault::Unreadable(range)) => range,
        other => panic!("{source}: {other:?}"),
    };
    assert_eq!(unreadable("0.7 + low"), 6..7);
    assert_eq!(unreadable("1 +"), 3..3);
    assert_eq!(unreadable("(1 + 2"), 6..6);
    assert_eq!(unreadable("1 2"), 2..3);
    assert_eq!(unreadable("1.2.3"), 0..5);
    assert_eq!(unreadable("{{persona.temperature|float}} + 1"), 0..29);
    for source in [
        "",
        " ",
        ")",
        "1)",
        "*2",
        "{% if 1 %}2{% endif %}",
        "persona.temperature",
        "1,5",
        "{{",
    ] {
        unreadable(source);
    }
    unreadable(&"(".repeat(100_000));
    unreadable(&"-".repeat(100_000));
    assert!(matches!(
        Formula::new("{{persona.x}}", &factors()),
        Err(Fault::Unknown(Unknown::Column, _))
    ));
    assert!(matches!(
        Formula::new("{{x.y}}", &factors()),
        Err(Fault::Unknown(Unknown::Name, _))
    ));
}

proptest! {
    #[test]
    fn no_formula_makes_it_panic(source in "[-0-9.+*/() ]{0,20}|\\PC{0,12}|(\\{\\{trial\\}\\}|[-+*/(]|1){0,12}") {
        if let Ok(formula) = Formula::new(&source, &factors()) {
            let study = study(factors(), 1);
            let combinations = Combinations::new(&study).unwrap();
            let scope = Scope { combinations: &combinations, combination: 0, trial: 1, answer_sheet: "" };
            if let Ok(value) = formula.value(&scope) {
                prop_assert!(value.is_finite());
                prop_assert!(formula.shown(&scope).unwrap().ends_with(&number::shown(value)));
            }
        }
    }

    #[test]
    fn chains_are_calculated_from_the_left(numbers in prop::collection::vec(-100_i32..100, 1..6)) {
        let source = numbers.iter().map(i32::to_string).collect::<Vec<_>>().join(" - ");
        let expected = numbers.iter().copied().reduce(|left, right| left - right).unwrap();
        prop_assert_eq!(calculated(&source, 0, 0).unwrap().0, f64::from(expected));
    }
}
