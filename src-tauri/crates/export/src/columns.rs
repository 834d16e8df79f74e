//! The columns of every export, with names that stay the same in every language.

use tabane_model::ResultRow;

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    Empty,
    Text(&'a str),
    Number(u64),
    /// `yes` and `no` in tables, true and false in JSON.
    Flag(bool),
}

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

/// The cells of a row, in the order of [`NAMES`].
pub(crate) fn cells(row: &ResultRow, practice: bool) -> [Cell<'_>; 14] {
    let outcome = &row.outcome;
    [
        Cell::Text(&row.custom_id),
        Cell::Text(outcome.status.as_str()),
        optional(outcome.answer.as_deref()),
        optional(outcome.finish_reason.as_deref()),
        Cell::Text(&row.provider),
        optional(outcome.model.as_deref()),
        Cell::Flag(practice),
        number(outcome.input_tokens),
        number(outcome.cached_tokens),
        number(outcome.output_tokens),
        number(outcome.reasoning_tokens),
        optional(outcome.error_code.as_deref()),
        optional(outcome.error_message.as_deref()),
        if row.source_line == 0 {
            Cell::Empty
        } else {
            Cell::Number(row.source_line.into())
        },
    ]
}

fn optional(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Empty, Cell::Text)
}

fn number(number: Option<u64>) -> Cell<'static> {
    number.map_or(Cell::Empty, Cell::Number)
}
