//! The instructions for any sheet, filled in as they ask, come back whole; left as they are, they give nothing.

use proptest::prelude::*;
use tabane_model::{AnswerForm, AnswerSheet, Cell, Field, FieldKind, HowRead, MissingReason};
use tabane_study::answers::{read, written_out};

/// Labels that are parts of each other, words of the reader's own, digits, and marks that separate elsewhere.
const LABELS: [&str; 26] = [
    "面白さ",
    "面白さの理由",
    "面白さ(数値)",
    "驚き",
    "驚きの理由",
    "理由",
    "丁寧さ",
    "また誘いたいか",
    "評価",
    "印象を1つ",
    "Q2の答え",
    "Trust",
    "Trust in others",
    "Reason",
    "Trust, reason",
    "Score",
    "Would you share it?",
    "Likes (per day)",
    "2nd impression",
    "Answer",
    "はい",
    "No.",
    "Feeling: overall",
    "感情：総合",
    "Time = money",
    "A/B",
];

#[derive(Clone, Debug)]
struct Item {
    field: Field,
    /// What is written, and the value that it must give.
    written: String,
    value: String,
}

fn item() -> impl Strategy<Value = Item> {
    let kind = prop_oneof![
        (0_i32..=100).prop_map(|n| {
            (
                FieldKind::Integer {
                    minimum: Some(0.0),
                    maximum: Some(100.0),
                },
                n.to_string(),
                n.to_string(),
            )
        }),
        (1_i32..=7).prop_map(|n| {
            (
                FieldKind::Integer {
                    minimum: Some(1.0),
                    maximum: Some(7.0),
                },
                n.to_string(),
                n.to_string(),
            )
        }),
        (-99_i32..=99).prop_map(|n| {
            let text = format!("{}.{}", n / 10, (n % 10).abs());
            let kind = FieldKind::Decimal {
                minimum: None,
                maximum: None,
            };
            // -0.5 keeps its sign in neither form.
            (
                kind,
                text.clone(),
                if text == "-0.0" { "0.0".to_owned() } else { text },
            )
        }),
        prop::sample::select(vec!["謝罪", "代案", "full apology", "apology"]).prop_map(|choice| {
            let choices = ["謝罪", "代案", "apology", "full apology"]
                .map(str::to_owned)
                .to_vec();
            (
                FieldKind::Choice { choices },
                choice.to_owned(),
                choice.to_owned(),
            )
        }),
        any::<bool>().prop_map(|yes| {
            (
                FieldKind::YesNo,
                if yes { "はい" } else { "no" }.to_owned(),
                if yes { "yes" } else { "no" }.to_owned(),
            )
        }),
        prop::sample::select(vec![
            "雨がバスになるから。",
            "It rains at 17:40.",
            "3回読んだ。",
            "なし",
            "Yes, I liked it.",
            "85点くらい"
        ])
        .prop_map(|text| (FieldKind::ShortText, text.to_owned(), text.to_owned())),
        Just((
            FieldKind::LongText,
            "一つ目。二つ目。".to_owned(),
            "一つ目。二つ目。".to_owned()
        )),
    ];
    (
        kind,
        any::<bool>(),
        prop::sample::select(vec![
            "",
            "1は低く、7は高い",
            "How you feel (0 to 10)",
            "理由も考えて",
        ]),
    )
        .prop_map(|((kind, written, value), required, description)| Item {
            field: Field {
                name: String::new(),
                label: String::new(),
                kind,
                description: description.to_owned(),
                required,
            },
            written,
            value,
        })
}

fn items(at_least: usize) -> impl Strategy<Value = Vec<Item>> {
    (
        prop::collection::vec(item(), at_least..7),
        Just(LABELS.to_vec()).prop_shuffle(),
    )
        .prop_map(|(mut items, labels)| {
            for (index, (item, label)) in items.iter_mut().zip(labels).enumerate() {
                item.field.name = format!("item_{index}");
                item.field.label = label.to_owned();
            }
            items
        })
}

fn sheet(items: &[Item]) -> AnswerSheet {
    AnswerSheet {
        form: AnswerForm::NumberedLines,
        fields: items.iter().map(|item| item.field.clone()).collect(),
    }
}

fn answered(items: &[Item], between: &str) -> String {
    let lines = items.iter().enumerate();
    let lines =
        lines.map(|(index, item)| format!("{}. {}{between}{}", index + 1, item.field.label, item.written));
    lines.collect::<Vec<_>>().join("\n")
}

/// Numbers and yes or no without quotes, as services write them.
fn json_value(item: &Item) -> String {
    match item.field.kind {
        FieldKind::Integer { .. } | FieldKind::Decimal { .. } => item.written.clone(),
        FieldKind::YesNo => (item.value == "yes").to_string(),
        FieldKind::Choice { .. } | FieldKind::ShortText | FieldKind::LongText => {
            serde_json::Value::from(item.written.clone()).to_string()
        }
    }
}

fn values(cells: &[Cell]) -> Vec<String> {
    let value = |cell: &Cell| match cell {
        Cell::Read { value, .. } => value.clone(),
        Cell::Missing { reason, .. } => format!("{reason:?}"),
    };
    cells.iter().map(value).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn filled_in_as_asked(items in items(1), between in prop::sample::select(vec![": ", "：", " : "])) {
        let expected: Vec<String> = items.iter().map(|item| item.value.clone()).collect();
        let answer = answered(&items, between);
        let cells = read(&sheet(&items), &answer, false);
        prop_assert_eq!(values(&cells), expected, "{}", answer);
    }

    /// In another order, and without the numbers, the labels still tell.
    #[test]
    fn labels_tell_without_numbers(items in items(1)) {
        let mut lines: Vec<String> = items.iter().map(|item| format!("- {}: {}", item.field.label, item.written)).collect();
        lines.reverse();
        let cells = read(&sheet(&items), &lines.join("\n"), false);
        let expected: Vec<String> = items.iter().map(|item| item.value.clone()).collect();
        prop_assert_eq!(values(&cells), expected, "{}", lines.join("\n"));
    }

    #[test]
    fn json_as_asked(items in items(1)) {
        let object: serde_json::Map<String, serde_json::Value> =
            items.iter().map(|item| (item.field.name.clone(), item.written.clone().into())).collect();
        let answer = serde_json::Value::from(object).to_string();
        let cells = read(&sheet(&items), &answer, false);
        let expected: Vec<String> = items.iter().map(|item| item.value.clone()).collect();
        prop_assert_eq!(values(&cells), expected, "{}", answer);
        let json = |cell: &Cell| matches!(cell, Cell::Read { how: HowRead::Json, .. });
        prop_assert!(cells.iter().all(json));
    }

    /// Wherever an answer breaks off, no value is read that the whole answer does not give; texts are as far as they go.
    #[test]
    fn cut_anywhere(items in items(1), json: bool, cut in any::<prop::sample::Index>()) {
        let whole = if json {
            let members = items.iter().map(|item| format!("\"{}\": {}", item.field.name, json_value(item)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        } else {
            answered(&items, ": ")
        };
        let characters: Vec<char> = whole.chars().collect();
        let answer: String = characters[..cut.index(characters.len())].iter().collect();
        for (item, cell) in items.iter().zip(read(&sheet(&items), &answer, true)) {
            match cell {
                Cell::Read { value, .. } => {
                    let text = matches!(item.field.kind, FieldKind::ShortText | FieldKind::LongText);
                    prop_assert!(
                        value == item.value || (text && item.value.starts_with(&value)),
                        "{:?} for {:?} in {}", value, item.value, answer
                    );
                }
                Cell::Missing { reason: MissingReason::CutOff, .. } => {}
                Cell::Missing { reason, .. } => prop_assert!(false, "{:?} for {:?} in {}", reason, item.value, answer),
            }
        }
    }

    // A sheet of one text takes any words for its answer, so these begin with two fields.

    #[test]
    fn the_instructions_are_no_answer(items in items(2), structured: bool, language in prop::sample::select(vec!["en", "ja"])) {
        let sheet = sheet(&items);
        let instructions = written_out(&sheet, language, structured);
        let nothing = vec![Cell::Missing { reason: MissingReason::NotAnswered, from: None }; sheet.fields.len()];
        prop_assert_eq!(read(&sheet, &instructions, false), nothing, "{}", instructions);
    }

    /// Instructions repeated above the answer change nothing.
    #[test]
    fn instructions_above_the_answer(items in items(2), language in prop::sample::select(vec!["en", "ja"])) {
        let sheet = sheet(&items);
        let answer = format!("{}\n\n{}", written_out(&sheet, language, true), answered(&items, ": "));
        let expected: Vec<String> = items.iter().map(|item| item.value.clone()).collect();
        prop_assert_eq!(values(&read(&sheet, &answer, false)), expected, "{}", answer);
    }
}
