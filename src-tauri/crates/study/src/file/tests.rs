use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::Value;
use tabane_model::{
    AnswerForm, AnswerSheet, Design, Factor, Field, FieldKind, Order, Parameters, Prompt, Shape, StudyModel,
    Subset,
};

use super::*;
use crate::testing::emotions;

const SCHEMA: &str = include_str!("../../study.schema.json");

static SCHEMA_VALUE: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(SCHEMA).unwrap());
static VALIDATOR: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&SCHEMA_VALUE).unwrap());

fn faults(study: &Study) -> Vec<String> {
    let value = serde_json::to_value(study).unwrap();
    VALIDATOR
        .iter_errors(&value)
        .map(|error| error.to_string())
        .collect()
}

/// A study in which every field and every kind stands.
fn everything() -> Study {
    let mut study = emotions();
    let rule = BTreeMap::from([("persona".to_owned(), "p1".to_owned())]);
    study.design.include = vec![rule.clone()];
    study.design.exclude = vec![rule];
    study.design.order = Order::Random { seed: 4127 };
    study.design.subset = Subset::Random { count: 12, seed: 1 };
    let kinds = [
        FieldKind::Integer {
            minimum: Some(1.0),
            maximum: None,
        },
        FieldKind::Decimal {
            minimum: Some(-0.5),
            maximum: Some(1.5),
        },
        FieldKind::Choice {
            choices: vec!["a".to_owned(), "b".to_owned()],
        },
        FieldKind::YesNo,
        FieldKind::ShortText,
        FieldKind::LongText,
    ];
    study.answer_sheet.fields = kinds.map(field).into();
    study
}

fn field(kind: FieldKind) -> Field {
    Field {
        name: "x".to_owned(),
        label: "X".to_owned(),
        kind,
        description: String::new(),
        required: true,
    }
}

#[test]
fn the_samples_are_the_guiding_case() {
    for (language, persona, first, reason) in [
        ("en", "Literary scholar", "Amusement", "Reason for anger"),
        ("ja", "文学研究者", "面白さ", "怒りの理由"),
    ] {
        let study = parse(sample(language).as_bytes()).unwrap();
        assert_eq!(study.language, language);
        let count = crate::count(&study);
        assert_eq!(
            (count.levels, count.trials, count.requests, count.models),
            (vec![4, 3], 10, 120, 2)
        );
        let [personas, texts] = study.factors.as_slice() else {
            panic!("two factors")
        };
        assert_eq!(personas.columns, ["id", "name", "temperature", "message"]);
        assert_eq!(texts.columns, ["id", "title", "modifier", "body"]);
        let temperatures: Vec<&str> = personas.levels.iter().map(|level| level[2].as_str()).collect();
        assert_eq!(temperatures, ["0.7", "0.4", "0.9", "0.1"]);
        assert_eq!(personas.levels[1][1], persona);
        let fields = &study.answer_sheet.fields;
        assert_eq!(
            (fields.len(), fields[0].label.as_str(), fields[7].label.as_str()),
            (8, first, reason)
        );
        assert_eq!(crate::check(&study), [], "{language}");
    }
}

#[test]
fn the_samples_are_written_as_they_stand() {
    for language in ["en", "ja"] {
        let text = sample(language);
        assert_eq!(write(&parse(text.as_bytes()).unwrap()), text);
    }
}

#[test]
fn the_schema_takes_what_is_written() {
    let mut other = everything();
    other.design.order = Order::AsDesigned;
    other.design.subset = Subset::EveryNth { step: 3 };
    other.design.shape = Shape::List;
    other.answer_sheet.form = AnswerForm::NumberedLines;
    for study in [
        emotions(),
        parse(sample("ja").as_bytes()).unwrap(),
        everything(),
        other,
    ] {
        assert_eq!(faults(&study), Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_what_the_types_refuse() {
    for (good, bad) in [
        (r#""tabane": 1"#, r#""tabane": 2"#),
        (r#""title":"#, r#""titel":"#),
        (r#""shape": "crossed""#, r#""shape": "square""#),
        (r#""type": "short_text""#, r#""type": "text""#),
        (r#""trials": 10"#, r#""trials": "10""#),
    ] {
        let text = sample("en").replacen(good, bad, 1);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert!(!VALIDATOR.is_valid(&value), "{bad}");
        assert!(parse(text.as_bytes()).is_err(), "{bad}");
    }
}

#[test]
fn the_schema_knows_and_describes_every_field() {
    let mut known = BTreeSet::new();
    walk(&SCHEMA_VALUE, &mut |value| {
        for (name, property) in value
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            known.insert(name.clone());
            let described = property.get("description").is_some() || property.get("$ref").is_some();
            assert!(described, "{name} is not described");
        }
    });
    let mut written = BTreeSet::new();
    let mut subset = everything();
    subset.design.subset = Subset::EveryNth { step: 2 };
    for study in [everything(), subset] {
        walk(&serde_json::to_value(study).unwrap(), &mut |value| {
            written.extend(
                value
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, _)| name.clone()),
            );
        });
    }
    // In a rule the names are those of factors.
    written.remove("persona");
    assert_eq!(known, written);
}

fn walk(value: &Value, look: &mut impl FnMut(&Value)) {
    look(value);
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, look)),
        Value::Object(fields) => fields.values().for_each(|field| walk(field, look)),
        _ => {}
    }
}

/// A file has one shape: what is left out would otherwise be decided by whoever reads it.
#[test]
fn what_is_left_out_is_named() {
    for field in [
        "\"parameters\": {",
        "\"include\": []",
        "\"subset\": {",
        "\"description\": \"\"",
    ] {
        let text = sample("en");
        let at = text.find(field).unwrap_or_else(|| panic!("{field}"));
        let name = field.split('"').nth(1).unwrap();
        let renamed = text[at..].replacen(name, "$schema", 1);
        let without = format!("{}{renamed}", &text[..at]);
        let Error::Unreadable { detail, .. } = parse(without.as_bytes()).unwrap_err() else {
            panic!("{field} is needed")
        };
        assert!(detail.contains("$schema") || detail.contains(name), "{detail}");
        assert!(!VALIDATOR.is_valid(&serde_json::from_str(&without).unwrap()));
    }
}

#[test]
fn a_mark_before_the_file_is_passed_over() {
    let with_mark = format!("\u{feff}{}", sample("ja"));
    assert_eq!(
        parse(with_mark.as_bytes()).unwrap(),
        parse(sample("ja").as_bytes()).unwrap()
    );
    let lines = sample("en").replace('\n', "\r\n");
    assert_eq!(parse(lines.as_bytes()).unwrap(), emotions());
}

#[test]
fn what_is_no_study_says_why() {
    let text = sample("en");
    let misspelt = text.replacen("\"title\"", "\"titel\"", 1);
    let Error::Unreadable { line, column, detail } = parse(misspelt.as_bytes()).unwrap_err() else {
        panic!("unreadable")
    };
    assert_eq!((line, column), (3, 9));
    assert!(detail.contains("titel") && !detail.contains("line 3"), "{detail}");
    let japanese = sample("ja").replacen("\"ペルソナ\",", "\"ペルソナ\", x", 1);
    let line = japanese
        .split('\n')
        .position(|line| line.contains(", x"))
        .unwrap();
    let before = japanese.split('\n').nth(line).unwrap().find('x').unwrap();
    let Error::Unreadable {
        line: told, column, ..
    } = parse(japanese.as_bytes()).unwrap_err()
    else {
        panic!("unreadable")
    };
    assert_eq!(told, line + 1);
    assert!(column < before, "characters, not bytes: {column}");
    let cut = &text[..300];
    let last = cut.matches('\n').count() + 1;
    assert!(matches!(parse(cut.as_bytes()), Err(Error::Unreadable { line, .. }) if line == last));

    let newer = text.replacen("\"tabane\": 1", "\"future\": [], \"tabane\": 2", 1);
    assert!(matches!(parse(newer.as_bytes()), Err(Error::Newer { format: 2 })));
    for other in [
        "[]",
        "{}",
        "7",
        r#"{"tabane":0}"#,
        r#"{"tabane":"x"}"#,
        r#"{"custom_id":"a"}"#,
    ] {
        assert!(
            matches!(parse(other.as_bytes()), Err(Error::NotAStudy)),
            "{other}"
        );
    }
    assert!(matches!(parse(b"\xff\xfe{"), Err(Error::NotText)));
    assert!(matches!(parse(b""), Err(Error::Unreadable { .. })));
}

#[test]
fn every_error_has_its_sentence() {
    let unreadable = Error::Unreadable {
        line: 3,
        column: 9,
        detail: "d".to_owned(),
    };
    for error in [
        Error::NotText,
        unreadable,
        Error::NotAStudy,
        Error::Newer { format: 2 },
    ] {
        let failure = error.explain();
        crate::testing::assert_sentence(&format!("error-{}", failure.code), &failure.args);
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-z]{1,6}", "\\PC{0,12}", any::<String>()]
}

fn number() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        Just(None),
        (-1_000_i32..1_000).prop_map(|number| Some(f64::from(number))),
        proptest::num::f64::NORMAL.prop_map(Some),
    ]
}

fn kinds() -> impl Strategy<Value = FieldKind> {
    prop_oneof![
        (number(), number()).prop_map(|(minimum, maximum)| FieldKind::Integer { minimum, maximum }),
        (number(), number()).prop_map(|(minimum, maximum)| FieldKind::Decimal { minimum, maximum }),
        prop::collection::vec(text(), 0..4).prop_map(|choices| FieldKind::Choice { choices }),
        Just(FieldKind::YesNo),
        Just(FieldKind::ShortText),
        Just(FieldKind::LongText),
    ]
}

prop_compose! {
    fn factors()(name in text(), label in text(), columns in prop::collection::vec(text(), 0..3),
        levels in prop::collection::vec(prop::collection::vec(text(), 0..3), 0..3)) -> Factor {
        Factor { name, label, columns, levels }
    }
}

prop_compose! {
    fn designs()(trials in prop_oneof![0_u32..100, any::<u32>()], list: bool, step: u32, seed in prop::option::of(any::<u32>()),
        include in prop::collection::vec(prop::collection::btree_map(text(), text(), 0..3), 0..3)) -> Design {
        Design {
            shape: if list { Shape::List } else { Shape::Crossed },
            trials,
            exclude: include.clone(),
            include,
            order: seed.map_or(Order::AsDesigned, |seed| Order::Random { seed }),
            subset: if list { Subset::EveryNth { step } } else { Subset::Random { count: step, seed: trials } },
        }
    }
}

prop_compose! {
    fn studies()(texts in prop::array::uniform8(text()), factors in prop::collection::vec(factors(), 0..3),
        design in designs(), kinds in prop::collection::vec(kinds(), 0..5), required: bool) -> Study {
        let [title, user, system, temperature, label, provider, model, custom_id] = texts;
        let fields = kinds.into_iter().map(|kind| Field { label: label.clone(), required, ..field(kind) }).collect();
        Study {
            tabane: STUDY_FORMAT,
            title,
            language: "ja".to_owned(),
            factors,
            design,
            prompt: Prompt { system, user },
            parameters: Parameters { temperature, ..Parameters::default() },
            answer_sheet: AnswerSheet { form: AnswerForm::Structured, fields },
            models: vec![StudyModel { provider, model }],
            custom_id,
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(study in studies()) {
        let text = write(&study);
        let again = parse(text.as_bytes()).unwrap();
        prop_assert_eq!(&again, &study);
        prop_assert_eq!(write(&again), text);
        prop_assert_eq!(faults(&study), Vec::<String>::new());
    }

    #[test]
    fn no_study_makes_it_panic(study in studies()) {
        for problem in crate::check(&study) {
            crate::testing::assert_sentence(&format!("study-problem-{}", problem.code), &problem.args);
        }
        for adaptation in crate::adaptations(&study, &study.models[0]) {
            crate::testing::assert_sentence(&format!("study-adapted-{}", adaptation.code), &adaptation.args);
        }
        if let Ok(plan) = crate::Plan::draft(&study, &study.models[0]) {
            prop_assert_eq!(plan.len(), crate::count(&study).requests);
            let _ = plan.preview(u32::MAX);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>, at in 0_usize..5_000) {
        let _ = parse(&bytes);
        let mut broken = sample("ja").as_bytes().to_vec();
        let at = at % broken.len();
        broken.splice(at..at, bytes);
        if let Ok(study) = parse(&broken) {
            let _ = crate::check(&study);
        }
    }
}
