//! One result line becomes an outcome, whichever service wrote it: each dialect's lines have a shape of their own, so
//! that a file can be read without being told where it is from. Pure: the raw line is stored, so this can be done
//! again at any time.

use serde_json::Value;
use tabane_model::{Outcome, Status};

use crate::{anthropic, gemini, openai_style, xai};

/// Characters of raw words that are kept.
pub(crate) const MOST: usize = 300;

#[must_use]
pub fn read_result_line(line: &str) -> Outcome {
    let line = line.trim_start_matches('\u{feff}');
    match serde_json::from_str::<Value>(line) {
        Ok(row) if anthropic::reads(&row) => anthropic::read_row(&row),
        Ok(row) if gemini::reads(&row) => gemini::read_row(&row),
        Ok(row) if xai::reads(&row) => xai::read_row(&row, line),
        Ok(row) => openai_style::read_row(&row, line),
        Err(_) => failed("unreadable-line", Some("The line is not JSON.".to_owned())),
    }
}

/// The id that a line of a request or result file carries, whatever service it is for.
#[must_use]
pub fn id_in_line(line: &str) -> Option<String> {
    let row: Value = serde_json::from_str(line.trim_start_matches('\u{feff}')).ok()?;
    let places = [
        &row["custom_id"],
        &row["key"],
        &row["batch_request_id"],
        &row["metadata"]["key"],
        &row["request"]["labels"]["tabane_id"],
    ];
    places.into_iter().find_map(crate::lenient::text)
}

pub(crate) fn failed(code: &str, message: Option<String>) -> Outcome {
    Outcome {
        error_code: Some(code.to_owned()),
        error_message: message,
        ..Outcome::empty(Status::Failed)
    }
}
