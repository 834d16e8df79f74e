//! What holds for any answer whatever: reading never fails, tells places that exist, and gives no value that the answer
//! does not hold.

use proptest::prelude::*;
use tabane_model::{AnswerForm, AnswerSheet, Cell, Field, FieldKind, HowRead};
use tabane_study::answers::read;

fn field(name: &str, label: &str, kind: FieldKind) -> Field {
    Field {
        name: name.to_owned(),
        label: label.to_owned(),
        kind,
        description: String::new(),
        required: true,
    }
}

fn sheet() -> AnswerSheet {
    let number = FieldKind::Integer {
        minimum: Some(0.0),
        maximum: Some(100.0),
    };
    let decimal = FieldKind::Decimal {
        minimum: None,
        maximum: None,
    };
    let choices = ["謝罪", "apology", "full apology"].map(str::to_owned).to_vec();
    AnswerSheet {
        form: AnswerForm::NumberedLines,
        fields: vec![
            field("fun", "面白さ", number),
            field("fun_reason", "面白さの理由", FieldKind::ShortText),
            field("change", "Change", decimal),
            field("strategy", "断り方", FieldKind::Choice { choices }),
            field("again", "Again", FieldKind::YesNo),
            field("note", "Note", FieldKind::LongText),
        ],
    }
}

/// Answers put together of what readers trip over.
fn answer() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "面白さ",
            "面白さの理由",
            "理由",
            "Change",
            "断り方",
            "Again",
            "Note",
            "fun",
            "note",
            "change",
            "1.",
            "Q2.",
            "３．",
            "(4)",
            "⑤",
            "：",
            ": ",
            " = ",
            "…",
            "\n",
            "\n\n",
            "- ",
            "**",
            "#",
            "|",
            "|---|\n",
            "```json\n",
            "```",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            ",",
            "\\",
            "\\u30",
            "//",
            "<think>",
            "</think>",
            "<answer>",
            "約",
            "about ",
            "点",
            "/100",
            "/10",
            "%",
            " out of ",
            "〜",
            "-",
            "−",
            "マイナス",
            "8５",
            "100",
            "0,75",
            "1,234",
            "1.5",
            "１２",
            "17:40",
            "2回",
            "between ",
            " and ",
            " or ",
            "以上",
            "はい",
            "no",
            "○",
            "謝罪",
            "apology",
            "full ",
            "null",
            "true",
            "N/A",
            "申し訳",
            "。",
            "、",
            "（",
            "）",
            "「",
            "」",
            "0〜100の整数",
            "雨が降る",
            "the rain ",
            "\u{3000}",
            "\r\n",
            "\u{200B}",
            "İ",
            "ß",
            "👍🏽",
            "\u{0}",
            "ﾊﾟ",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
        "[0-9０-９.,]{1,8}",
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Digits and signs of a stretch, with width folded and separators left out.
fn digits(words: &[char]) -> String {
    words
        .iter()
        .filter_map(|&word| match word {
            '０'..='９' => char::from_u32(u32::from(word) - 0xFEE0),
            other => other.is_ascii_digit().then_some(other),
        })
        .collect()
}

fn check(answer: &str, cut_off: bool) -> Result<(), TestCaseError> {
    let sheet = sheet();
    let characters: Vec<char> = answer.chars().collect();
    let cells = read(&sheet, answer, cut_off);
    prop_assert_eq!(cells.len(), sheet.fields.len());
    prop_assert_eq!(&cells, &read(&sheet, answer, cut_off));
    for (field, cell) in sheet.fields.iter().zip(&cells) {
        let place = match cell {
            Cell::Read { from, .. } => Some(*from),
            Cell::Missing { from, .. } => *from,
        };
        if let Some((from, to)) = place {
            prop_assert!(
                from <= to && to as usize <= characters.len(),
                "{}: {:?}",
                field.name,
                cell
            );
        }
        let Cell::Read { value, how, from } = cell else {
            continue;
        };
        let words = &characters[from.0 as usize..from.1 as usize];
        let said: String = words.iter().collect();
        match &field.kind {
            FieldKind::Integer { .. } | FieldKind::Decimal { .. } => {
                let number = value.parse::<f64>().unwrap_or(f64::NAN);
                let bare: String = value.chars().filter(char::is_ascii_digit).collect();
                let there = if said.contains('\\') {
                    bare.clone()
                } else {
                    digits(words)
                };
                let bare = bare.trim_start_matches('0');
                prop_assert!(
                    there.contains(bare),
                    "{}: {:?} from {:?}",
                    field.name,
                    value,
                    said
                );
                if field.name == "fun" {
                    prop_assert!((0.0..=100.0).contains(&number) && number.fract() == 0.0);
                }
            }
            FieldKind::Choice { choices } => prop_assert!(choices.contains(value)),
            FieldKind::YesNo => prop_assert!(value == "yes" || value == "no"),
            FieldKind::ShortText | FieldKind::LongText => {
                prop_assert!(!value.trim().is_empty());
                if *how != HowRead::Json || !said.contains('\\') {
                    prop_assert_eq!(value, &said);
                }
            }
        }
        if cut_off && !matches!(field.kind, FieldKind::ShortText | FieldKind::LongText) {
            prop_assert!(
                (from.1 as usize) < characters.len(),
                "{} is trusted at the break: {:?}",
                field.name,
                cell
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn answers_of_odd_pieces(answer in answer(), cut_off: bool) {
        check(&answer, cut_off)?;
    }

    #[test]
    fn any_text(answer in "\\PC{0,200}", cut_off: bool) {
        check(&answer, cut_off)?;
    }

    #[test]
    fn one_item(answer in answer(), cut_off: bool) {
        for field in sheet().fields {
            let sheet = AnswerSheet { form: AnswerForm::NumberedLines, fields: vec![field] };
            prop_assert_eq!(read(&sheet, &answer, cut_off).len(), 1);
        }
    }

    /// Whatever whole number is written as asked comes back.
    #[test]
    fn a_number_as_asked_is_read(number in 0_u32..=100, reason in "[a-zあ-ん]{2,20}") {
        let answer = format!("1. 面白さ: {number}\n2. 面白さの理由: {reason}\n");
        let cells = read(&sheet(), &answer, false);
        let expected = Cell::Read { value: number.to_string(), how: HowRead::Line, from: (8, 8 + number.to_string().len() as u32) };
        prop_assert_eq!(&cells[0], &expected);
    }
}

/// Answers made to take long, which a reader that goes over them again and again would never finish.
#[test]
fn long_answers_take_a_moment() {
    let pieces = [
        "a",
        "1",
        "1,",
        "面白さ",
        "面白さ：",
        "面白さ:1 雨が\n",
        "1. ",
        "{",
        "{\"a\":",
        "[",
        "\"",
        "(",
        "|",
        "| 面白さ |\n",
        "<think>",
        "<",
        "**",
        " ",
        "\n",
        "「",
        "\\",
        "- ",
        "理由: ",
        "- 1 ",
        "{\"fun\": 1}",
        "謝罪",
        "断り方: 謝罪\n",
        "{a:1,",
        "Note: a\n\n",
        "17:40 ",
        "面白さ85、",
    ];
    for piece in pieces {
        let answer = piece.repeat(100_000 / piece.len());
        let cells = read(&sheet(), &answer, false);
        assert_eq!(cells.len(), 6, "{piece}");
    }
}
