//! The answer sheet.

use tabane_model::{Field, FieldKind};

use super::*;

fn field(name: &str, label: &str, kind: FieldKind) -> Field {
    Field {
        name: name.to_owned(),
        label: label.to_owned(),
        kind,
        description: String::new(),
        required: true,
    }
}

#[test]
fn the_answer_sheet() {
    assert_told(
        |study| study.answer_sheet.fields.clear(),
        &[("no-fields", "answer_sheet/fields")],
    );
    assert_told(
        |study| {
            study.answer_sheet.fields = vec![
                field("a", "A", FieldKind::YesNo),
                field("a", "A ", FieldKind::ShortText),
                field("B", "", FieldKind::LongText),
                field("1x", "C", FieldKind::YesNo),
            ];
        },
        &[
            ("field-name-bad", "answer_sheet/fields/2/name"),
            ("field-label-missing", "answer_sheet/fields/2/label"),
            ("field-name-bad", "answer_sheet/fields/3/name"),
            ("field-name-double", "answer_sheet/fields/1/name"),
            ("field-label-double", "answer_sheet/fields/1/label"),
        ],
    );
    let kind = |kind: FieldKind, expected: &[(&str, &str)]| {
        assert_told(
            |study| study.answer_sheet.fields = vec![field("a", "A", kind)],
            expected,
        );
    };
    let integer = |minimum, maximum| FieldKind::Integer { minimum, maximum };
    let path = "answer_sheet/fields/0/kind";
    kind(integer(Some(1.0), Some(7.0)), &[]);
    kind(integer(Some(1.0), None), &[]);
    kind(integer(None, None), &[("field-range-missing", path)]);
    kind(integer(Some(0.5), Some(7.0)), &[("field-range-not-whole", path)]);
    kind(integer(Some(7.0), Some(1.0)), &[("field-range-reversed", path)]);
    kind(
        FieldKind::Decimal {
            minimum: Some(0.5),
            maximum: Some(0.5),
        },
        &[("field-range-reversed", path)],
    );
    let choice = |choices: &[&str]| FieldKind::Choice {
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
    };
    kind(choice(&["a", "b"]), &[]);
    kind(
        choice(&["a"]),
        &[("field-choices-few", "answer_sheet/fields/0/kind/choices")],
    );
    kind(
        choice(&["a", "", "a"]),
        &[
            ("field-choice-empty", "answer_sheet/fields/0/kind/choices/1"),
            ("field-choice-double", "answer_sheet/fields/0/kind/choices/2"),
        ],
    );
}
