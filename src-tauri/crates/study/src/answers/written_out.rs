//! The answer sheet in words, as it goes into the prompt. Nothing else is added to what the researcher wrote.

use tabane_model::{AnswerSheet, Field, FieldKind};

use super::label;

/// The instructions for the answer sheet, one line an item, without a line end after the last. `language` is `ja` or
/// `en` (as is any other). `structured`: a JSON schema goes with the request, so nothing is said of how to lay out
/// the answer. Empty for a sheet without fields.
#[must_use]
pub fn written_out(sheet: &AnswerSheet, language: &str, structured: bool) -> String {
    let Some(first) = sheet.fields.first() else {
        return String::new();
    };
    let words: &dyn Words = if language == "ja" { &Japanese } else { &English };
    let mut lines = vec![words.opening(sheet.fields.len())];
    for (index, field) in sheet.fields.iter().enumerate() {
        lines.push(words.item(index + 1, field));
    }
    if !structured {
        lines.push(words.layout(&one_line(label(first))));
    }
    lines.join("\n")
}

/// What the instructions say behind the label, which models like to repeat.
pub(super) fn expected(field: &Field, language: &str) -> String {
    let words: &dyn Words = if language == "ja" { &Japanese } else { &English };
    words.expected(field)
}

/// Does this line (folded) repeat how the answer is to be laid out?
pub(super) fn is_layout(line: &str) -> bool {
    line.contains("番号と項目名で始めて") || line.contains("beginning with its number and name")
}

/// What differs between the languages.
trait Words {
    fn opening(&self, items: usize) -> String;
    fn item(&self, number: usize, field: &Field) -> String;
    fn expected(&self, field: &Field) -> String;
    /// How to lay out the answer in lines. An example value would lean on the answers, so only the beginning of a
    /// line is shown.
    fn layout(&self, first_label: &str) -> String;
}

struct English;

impl Words for English {
    fn opening(&self, items: usize) -> String {
        const NUMBERS: [&str; 9] = [
            "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        ];
        match items {
            1 => "Answer with this item:".to_owned(),
            2..=10 => format!("Answer with these {} items:", NUMBERS[items - 2]),
            _ => format!("Answer with these {items} items:"),
        }
    }

    fn item(&self, number: usize, field: &Field) -> String {
        format!("{number}. {}: {}", one_line(label(field)), self.expected(field))
    }

    fn expected(&self, field: &Field) -> String {
        let expected = match &field.kind {
            FieldKind::Integer { minimum, maximum } => {
                format!("a whole number{}", english_range(*minimum, *maximum))
            }
            FieldKind::Decimal { minimum, maximum } => {
                format!("a number{}, decimals allowed", english_range(*minimum, *maximum))
            }
            FieldKind::Choice { choices } => format!("one of {}", listed(choices, ", ", ('"', '"'))),
            FieldKind::YesNo => "yes or no".to_owned(),
            FieldKind::ShortText => "one sentence".to_owned(),
            FieldKind::LongText => "a few sentences".to_owned(),
        };
        let optional = if field.required { "" } else { ", may be left empty" };
        let description = match one_line(&field.description) {
            text if text.is_empty() => text,
            text => format!(" ({text})"),
        };
        format!("{expected}{optional}{description}")
    }

    fn layout(&self, first_label: &str) -> String {
        format!(
            "Write one line for each item, beginning with its number and name, such as \"1. {first_label}:\"."
        )
    }
}

fn english_range(minimum: Option<f64>, maximum: Option<f64>) -> String {
    match (minimum.map(plain), maximum.map(plain)) {
        (Some(minimum), Some(maximum)) => format!(" from {minimum} to {maximum}"),
        (Some(minimum), None) => format!(", {minimum} or more"),
        (None, Some(maximum)) => format!(", {maximum} or less"),
        (None, None) => String::new(),
    }
}

struct Japanese;

impl Words for Japanese {
    fn opening(&self, items: usize) -> String {
        match items {
            1 => "次の項目に答えてください。".to_owned(),
            _ => format!("次の{items}項目に答えてください。"),
        }
    }

    fn item(&self, number: usize, field: &Field) -> String {
        format!("{number}. {}：{}", one_line(label(field)), self.expected(field))
    }

    fn expected(&self, field: &Field) -> String {
        let expected = match &field.kind {
            FieldKind::Integer { minimum, maximum } => {
                format!("{}整数", japanese_range(*minimum, *maximum))
            }
            FieldKind::Decimal { minimum, maximum } => {
                format!("{}数値、小数も可", japanese_range(*minimum, *maximum))
            }
            FieldKind::Choice { choices } => format!("{}のうち1つ", listed(choices, "・", ('「', '」'))),
            FieldKind::YesNo => "「はい」か「いいえ」".to_owned(),
            FieldKind::ShortText => "一文".to_owned(),
            FieldKind::LongText => "数文の文章".to_owned(),
        };
        let optional = if field.required { "" } else { "、空欄も可" };
        let description = match one_line(&field.description) {
            text if text.is_empty() => text,
            text => format!("（{text}）"),
        };
        format!("{expected}{optional}{description}")
    }

    fn layout(&self, first_label: &str) -> String {
        format!("1項目につき1行で書き、各行は「1. {first_label}：」のように番号と項目名で始めてください。")
    }
}

fn japanese_range(minimum: Option<f64>, maximum: Option<f64>) -> String {
    match (minimum.map(plain), maximum.map(plain)) {
        (Some(minimum), Some(maximum)) => format!("{minimum}〜{maximum}の"),
        (Some(minimum), None) => format!("{minimum}以上の"),
        (None, Some(maximum)) => format!("{maximum}以下の"),
        (None, None) => String::new(),
    }
}

/// The choices in a row. They are put in quotes as soon as one of them holds what separates them, or ends in brackets
/// (which would look like the description).
fn listed(choices: &[String], separator: &str, quotes: (char, char)) -> String {
    let choices: Vec<String> = choices.iter().map(|choice| one_line(choice)).collect();
    let unclear = |choice: &String| {
        choice.contains(separator.trim())
            || choice.ends_with([')', '）'])
            || choice.split_whitespace().any(|word| word == "or")
    };
    if choices.iter().any(unclear) {
        let quoted: Vec<String> = choices
            .iter()
            .map(|choice| format!("{}{choice}{}", quotes.0, quotes.1))
            .collect();
        return quoted.join(separator);
    }
    choices.join(separator)
}

/// An item is one line: line ends in labels and descriptions become spaces.
fn one_line(text: &str) -> String {
    text.split(['\n', '\r'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A bound as people write it: `7`, `0.5`, never `7.0`.
fn plain(bound: f64) -> String {
    // Adding zero turns -0 into 0.
    (bound + 0.0).to_string()
}

#[cfg(test)]
mod tests {
    use tabane_model::AnswerForm;

    use super::*;

    fn field(label: &str, kind: FieldKind, description: &str) -> Field {
        Field {
            name: "x".to_owned(),
            label: label.to_owned(),
            kind,
            description: description.to_owned(),
            required: true,
        }
    }

    fn integer(minimum: f64, maximum: f64) -> FieldKind {
        FieldKind::Integer {
            minimum: Some(minimum),
            maximum: Some(maximum),
        }
    }

    fn choice(choices: &[&str]) -> FieldKind {
        FieldKind::Choice {
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        }
    }

    fn sheet(fields: Vec<Field>) -> AnswerSheet {
        AnswerSheet {
            form: AnswerForm::Structured,
            fields,
        }
    }

    #[test]
    fn japanese_as_drawn() {
        let sheet = sheet(vec![
            field("丁寧さ", integer(1.0, 7.0), "1はぶっきらぼう、7はとても丁寧"),
            field(
                "誠実さ",
                FieldKind::Integer {
                    minimum: None,
                    maximum: None,
                },
                "本心からの言葉と感じる程度",
            ),
            field("断り方", choice(&["言い訳", "先延ばし", "謝罪", "代案"]), ""),
            field("理由", FieldKind::ShortText, "そう判断した理由"),
        ]);
        let items = "次の4項目に答えてください。\n\
            1. 丁寧さ：1〜7の整数（1はぶっきらぼう、7はとても丁寧）\n\
            2. 誠実さ：整数（本心からの言葉と感じる程度）\n\
            3. 断り方：言い訳・先延ばし・謝罪・代案のうち1つ\n\
            4. 理由：一文（そう判断した理由）";
        assert_eq!(written_out(&sheet, "ja", true), items);
        assert_eq!(
            written_out(&sheet, "ja", false),
            format!(
                "{items}\n1項目につき1行で書き、各行は「1. 丁寧さ：」のように番号と項目名で始めてください。"
            )
        );
    }

    #[test]
    fn english_as_drawn() {
        let sheet = sheet(vec![
            field("Politeness", integer(1.0, 7.0), "1 is blunt, 7 is very polite"),
            field(
                "Sincerity",
                FieldKind::Integer {
                    minimum: None,
                    maximum: None,
                },
                "How much the speaker means it",
            ),
            field(
                "Strategy",
                choice(&["excuse", "delay", "apology", "alternative"]),
                "",
            ),
            field("Reason", FieldKind::ShortText, "Why you judged so"),
        ]);
        let items = "Answer with these four items:\n\
            1. Politeness: a whole number from 1 to 7 (1 is blunt, 7 is very polite)\n\
            2. Sincerity: a whole number (How much the speaker means it)\n\
            3. Strategy: one of excuse, delay, apology, alternative\n\
            4. Reason: one sentence (Why you judged so)";
        assert_eq!(written_out(&sheet, "en", true), items);
        assert_eq!(
            written_out(&sheet, "en", false),
            format!(
                "{items}\nWrite one line for each item, beginning with its number and name, such as \"1. Politeness:\"."
            )
        );
    }

    #[test]
    fn every_kind_and_open_ranges() {
        let mut optional = field("Mood", FieldKind::LongText, "");
        optional.required = false;
        let sheet = sheet(vec![
            field(
                "A",
                FieldKind::Decimal {
                    minimum: Some(-0.5),
                    maximum: Some(1.25),
                },
                "",
            ),
            field(
                "B",
                FieldKind::Integer {
                    minimum: Some(0.0),
                    maximum: None,
                },
                "",
            ),
            field(
                "C",
                FieldKind::Integer {
                    minimum: None,
                    maximum: Some(9.0),
                },
                "",
            ),
            field("D", FieldKind::YesNo, "two\nlines"),
            field("E", choice(&["yes, fully", "no"]), ""),
            field("F", choice(&["left", "right (R)"]), "side"),
            optional,
        ]);
        assert_eq!(
            written_out(&sheet, "en", true),
            "Answer with these seven items:\n\
            1. A: a number from -0.5 to 1.25, decimals allowed\n\
            2. B: a whole number, 0 or more\n\
            3. C: a whole number, 9 or less\n\
            4. D: yes or no (two lines)\n\
            5. E: one of \"yes, fully\", \"no\"\n\
            6. F: one of \"left\", \"right (R)\" (side)\n\
            7. Mood: a few sentences, may be left empty"
        );
        assert_eq!(
            written_out(&sheet, "ja", true),
            "次の7項目に答えてください。\n\
            1. A：-0.5〜1.25の数値、小数も可\n\
            2. B：0以上の整数\n\
            3. C：9以下の整数\n\
            4. D：「はい」か「いいえ」（two lines）\n\
            5. E：yes, fully・noのうち1つ\n\
            6. F：「left」・「right (R)」のうち1つ（side）\n\
            7. Mood：数文の文章、空欄も可"
        );
    }

    #[test]
    fn one_item_and_none() {
        let one = sheet(vec![field("Rating", integer(1.0, 7.0), "")]);
        assert_eq!(
            written_out(&one, "en", true),
            "Answer with this item:\n1. Rating: a whole number from 1 to 7"
        );
        assert_eq!(
            written_out(&one, "ja", true),
            "次の項目に答えてください。\n1. Rating：1〜7の整数"
        );
        assert_eq!(written_out(&sheet(Vec::new()), "ja", false), "");
    }
}
