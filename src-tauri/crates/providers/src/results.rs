//! One result line becomes an outcome, whichever service wrote it: each dialect's lines have a shape of their own, so
//! that a file can be read without being told where it is from. Pure: the raw line is stored, so this can be done
//! again at any time.

use serde_json::Value;
use tabane_model::{Outcome, Status};

use crate::gemini;
use crate::openai_style;
use crate::vertex;

/// Characters of raw words that are kept.
pub(crate) const MOST: usize = 300;

#[must_use]
pub fn read_result_line(line: &str) -> Outcome {
    let line = line.trim_start_matches('\u{feff}');
    match serde_json::from_str::<Value>(line) {
        Ok(row) if gemini::reads(&row) => gemini::read_row(&row),
        Ok(row) if vertex::reads(&row) => vertex::read_row(&row),
        Ok(row) => openai_style::read_row(&row, line),
        Err(_) => failed("unreadable-line", Some("The line is not JSON.".to_owned())),
    }
}

pub(crate) fn failed(code: &str, message: Option<String>) -> Outcome {
    Outcome {
        error_code: Some(code.to_owned()),
        error_message: message,
        ..Outcome::empty(Status::Failed)
    }
}
