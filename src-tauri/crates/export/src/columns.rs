//! The columns of every format, in their fixed order.

use serde::{Serialize, Serializer};
use tabane_model::ResultRow;

/// The names of the columns. Scripts of researchers rely on names and order: add only at the end.
pub(crate) const NAMES: [&str; 14] = [
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

/// What stands in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Value<'a> {
    Text(&'a str),
    Number(u64),
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

    /// How a flag is written where there are only text and numbers.
    pub(crate) fn yes_or_no(flag: bool) -> &'static str {
        if flag { "yes" } else { "no" }
    }
}

/// One row's cells; serialises as an object in column order.
pub(crate) struct Cells<'a>(pub(crate) [Value<'a>; NAMES.len()]);

impl<'a> Cells<'a> {
    pub(crate) fn of(row: &'a ResultRow, practice: bool) -> Self {
        let outcome = &row.outcome;
        Self([
            Value::Text(&row.custom_id),
            Value::Text(outcome.status.as_str()),
            Value::text(outcome.answer.as_ref()),
            Value::text(outcome.finish_reason.as_ref()),
            Value::Text(&row.provider),
            Value::text(outcome.model.as_ref()),
            Value::Flag(practice),
            Value::number(outcome.input_tokens),
            Value::number(outcome.cached_tokens),
            Value::number(outcome.output_tokens),
            Value::number(outcome.reasoning_tokens),
            Value::text(outcome.error_code.as_ref()),
            Value::text(outcome.error_message.as_ref()),
            // Line 0 stands for "there was no file" (an import).
            Value::number((row.source_line > 0).then_some(u64::from(row.source_line))),
        ])
    }
}

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(NAMES.iter().zip(&self.0))
    }
}
