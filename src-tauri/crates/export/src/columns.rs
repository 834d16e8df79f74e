//! The columns of every format, in their fixed order.

use serde::{Serialize, Serializer};
use tabane_model::{FieldKind, Outcome, ResultRow, Status, Study, StudyRequest};

/// The names of the columns of jobs made from files. Scripts of researchers rely on names and order: add only at the
/// end.
const PLAIN: [&str; 14] = [
    "custom_id",
    "status",
    "answer",
    "finish_reason",
    "provider",
    "model",
    "practice",
    "input_tokens",
    "cached_tokens",
    "output_tokens",
    "reasoning_tokens",
    "error_code",
    "error_message",
    "source_line",
];

/// After the factors of a study ...
const STUDY_MIDDLE: [&str; 5] = ["temperature", "trial", "provider", "model", "status"];

/// ... and after the fields of its answer sheet. The model that answered can be a dated version of the one asked.
const STUDY_END: [&str; 12] = [
    "answer",
    "finish_reason",
    "answering_model",
    "practice",
    "input_tokens",
    "cached_tokens",
    "output_tokens",
    "reasoning_tokens",
    "error_code",
    "error_message",
    "missing_fields",
    "edited_fields",
];

/// Which columns a table has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    names: Vec<String>,
    study: Option<StudyColumns>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct StudyColumns {
    factors: usize,
    fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    name: String,
    number: bool,
}

impl Columns {
    /// Of a job made from a file.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            names: PLAIN.map(str::to_owned).to_vec(),
            study: None,
        }
    }

    /// Of a study's jobs: its factors (the one that changes fastest first), then its answer sheet by the labels.
    /// A head that stands already gets its field's name added.
    #[must_use]
    pub fn of_study(study: &Study) -> Self {
        let mut names = vec!["custom_id".to_owned()];
        names.extend(study.factors.iter().rev().map(|factor| factor.name.clone()));
        names.extend(STUDY_MIDDLE.map(str::to_owned));
        let fields = &study.answer_sheet.fields;
        for field in fields {
            let taken = |head: &str| {
                names
                    .iter()
                    .chain(STUDY_END.map(str::to_owned).iter())
                    .any(|name| name == head)
            };
            let head = if taken(&field.label) {
                format!("{} ({})", field.label, field.name)
            } else {
                field.label.clone()
            };
            names.push(head);
        }
        names.extend(STUDY_END.map(str::to_owned));
        let number = |kind: &FieldKind| matches!(kind, FieldKind::Integer { .. } | FieldKind::Decimal { .. });
        Self {
            names,
            study: Some(StudyColumns {
                factors: study.factors.len(),
                fields: fields
                    .iter()
                    .map(|field| Field {
                        name: field.name.clone(),
                        number: number(&field.kind),
                    })
                    .collect(),
            }),
        }
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// One row's cells, one a column.
    pub(crate) fn cells<'a>(&'a self, row: &'a ResultRow) -> Cells<'a> {
        let values = match &self.study {
            None => plain(row),
            Some(study) => study.values(row),
        };
        debug_assert_eq!(values.len(), self.names.len());
        Cells {
            names: &self.names,
            values,
        }
    }
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    Text(&'a str),
    /// Made for the export.
    Made(String),
    Number(u64),
    /// A number in plain digits as it was read.
    Digits(&'a str),
    Decimal(f64),
    Flag(bool),
    Missing,
}

impl<'a> Value<'a> {
    fn text(text: Option<&'a String>) -> Self {
        text.map_or(Self::Missing, |text| Self::Text(text))
    }

    fn number(number: Option<u64>) -> Self {
        number.map_or(Self::Missing, Self::Number)
    }

    fn list(names: &[&str]) -> Self {
        if names.is_empty() {
            Self::Missing
        } else {
            Self::Made(names.join("; "))
        }
    }

    /// How a flag is written where there are only text and numbers.
    pub(crate) fn yes_or_no(flag: bool) -> &'static str {
        if flag { "yes" } else { "no" }
    }

    /// The number, where it is one that a spreadsheet can hold.
    #[allow(clippy::cast_precision_loss)] // token and line counts stay far below 2^53
    pub(crate) fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number as f64),
            Self::Decimal(number) => Some(*number),
            Self::Digits(digits) => digits.parse().ok(),
            Self::Text(_) | Self::Made(_) | Self::Flag(_) | Self::Missing => None,
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Made(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Decimal(number) => serializer.serialize_f64(*number),
            // A whole number stays one: 85, not 85.0.
            Self::Digits(digits) => match (digits.parse::<i64>(), digits.parse::<f64>()) {
                (Ok(whole), _) => serializer.serialize_i64(whole),
                (_, Ok(number)) => serializer.serialize_f64(number),
                _ => serializer.serialize_str(digits),
            },
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Missing => serializer.serialize_none(),
        }
    }
}

/// One row's cells; serialises as an object in column order.
pub(crate) struct Cells<'a> {
    pub(crate) names: &'a [String],
    pub(crate) values: Vec<Value<'a>>,
}

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.names.iter().zip(&self.values))
    }
}

fn plain(row: &ResultRow) -> Vec<Value<'_>> {
    let outcome = &row.outcome;
    let mut values = vec![
        Value::Text(&row.custom_id),
        Value::Text(outcome.status.as_str()),
        Value::text(outcome.answer.as_ref()),
        Value::text(outcome.finish_reason.as_ref()),
        Value::Text(&row.provider),
        Value::text(outcome.model.as_ref()),
        Value::Flag(row.is_practice()),
    ];
    values.extend(tokens_and_error(outcome));
    // Line 0 stands for "there was no file" (an import).
    values.push(Value::number(
        (row.source_line > 0).then_some(u64::from(row.source_line)),
    ));
    values
}

fn tokens_and_error(outcome: &Outcome) -> [Value<'_>; 6] {
    [
        Value::number(outcome.input_tokens),
        Value::number(outcome.cached_tokens),
        Value::number(outcome.output_tokens),
        Value::number(outcome.reasoning_tokens),
        Value::text(outcome.error_code.as_ref()),
        Value::text(outcome.error_message.as_ref()),
    ]
}

impl StudyColumns {
    fn values<'a>(&'a self, row: &'a ResultRow) -> Vec<Value<'a>> {
        let outcome = &row.outcome;
        let study = row.study.as_ref();
        let mut values = vec![Value::Text(&row.custom_id)];
        let level = |index: usize| study.and_then(|study| study.levels.get(index));
        values.extend((0..self.factors).rev().map(|index| Value::text(level(index))));
        values.extend([
            study
                .and_then(|study| study.temperature)
                .map_or(Value::Missing, Value::Decimal),
            Value::number(study.map(|study| u64::from(study.trial))),
            Value::Text(&row.provider),
            Value::text(row.asked_model.as_ref().or(outcome.model.as_ref())),
            Value::Text(outcome.status.as_str()),
        ]);
        values.extend(self.fields.iter().enumerate().map(|(index, field)| {
            match study.and_then(|study| study.cells.get(index)?.value()) {
                // A correction made under another answer sheet may be no number.
                Some(digits) if field.number && digits.parse::<f64>().is_ok() => Value::Digits(digits),
                Some(text) => Value::Text(text),
                None => Value::Missing,
            }
        }));
        values.extend([
            Value::text(outcome.answer.as_ref()),
            Value::text(outcome.finish_reason.as_ref()),
            Value::text(outcome.model.as_ref()),
            Value::Flag(row.is_practice()),
        ]);
        values.extend(tokens_and_error(outcome));
        let answered = study.filter(|_| outcome.status == Status::Succeeded);
        values.extend([self.missing(answered), self.edited(study)]);
        values
    }

    /// Which fields have no value; of rows without an answer, none is named.
    fn missing(&self, study: Option<&StudyRequest>) -> Value<'static> {
        let cells = study.map_or(&[][..], |study| &study.cells);
        let missing = self.fields.iter().zip(cells);
        let missing: Vec<_> = missing.filter(|(_, cell)| cell.value().is_none()).collect();
        Value::list(
            &missing
                .iter()
                .map(|(field, _)| field.name.as_str())
                .collect::<Vec<_>>(),
        )
    }

    fn edited(&self, study: Option<&StudyRequest>) -> Value<'static> {
        let cells = study.map_or(&[][..], |study| &study.cells);
        let edited = self.fields.iter().zip(cells);
        let edited: Vec<_> = edited.filter(|(_, cell)| cell.edited.is_some()).collect();
        Value::list(
            &edited
                .iter()
                .map(|(field, _)| field.name.as_str())
                .collect::<Vec<_>>(),
        )
    }
}
