//! What a file is, by its first bytes.

use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::Error;
use crate::source::{HEAD, Source};

/// What a dropped file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Requests to be sent (or what is meant to be: the check says what is wrong).
    Requests,
    /// Answers of a batch, downloaded elsewhere.
    Results,
    Spreadsheet,
    Empty,
    Other,
}

/// The same, as the check sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    Lines,
    Results,
    Array,
    Spreadsheet,
    Empty,
}

/// # Errors
/// The file could not be read.
pub fn recognise(path: &Path) -> Result<Kind, Error> {
    let source = Source::open(path)?;
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let table = ["csv", "tsv", "xlsx", "xls", "ods", "numbers"].contains(&ending.as_str());
    Ok(match whole(&source) {
        Whole::Empty => Kind::Empty,
        Whole::Results => Kind::Results,
        Whole::Spreadsheet => Kind::Spreadsheet,
        _ if table => Kind::Spreadsheet,
        Whole::Array => Kind::Requests,
        Whole::Lines if !source.encoding.is_utf8() || looks_like_json(&source.head) => Kind::Requests,
        Whole::Lines => Kind::Other,
    })
}

pub(crate) fn whole(source: &Source) -> Whole {
    const ZIP: &[u8] = b"PK\x03\x04";
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
    let head = &source.head;
    if head.starts_with(ZIP) || head.starts_with(OLE) {
        return Whole::Spreadsheet;
    }
    // A head shorter than what is looked at is the whole file.
    if head.len() < HEAD && head.iter().all(u8::is_ascii_whitespace) {
        return Whole::Empty;
    }
    match head.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[') => Whole::Array,
        Some(_) if has_results(head) => Whole::Results,
        _ => Whole::Lines,
    }
}

fn looks_like_json(head: &[u8]) -> bool {
    head.split(|byte| *byte == b'\n')
        .any(|line| line.trim_ascii_start().starts_with(b"{"))
}

/// The first line has an id with an answer or an error beside it, and asks for nothing.
fn has_results(head: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Shape {
        custom_id: Option<IgnoredAny>,
        response: Option<IgnoredAny>,
        error: Option<IgnoredAny>,
        body: Option<IgnoredAny>,
    }
    let first = head
        .split(|byte| *byte == b'\n')
        .find(|line| !line.trim_ascii().is_empty())
        .unwrap_or_default();
    match serde_json::from_slice::<Shape>(first) {
        Ok(shape) => {
            shape.custom_id.is_some()
                && (shape.response.is_some() || shape.error.is_some())
                && shape.body.is_none()
        }
        // A first answer longer than what was looked at.
        Err(error) if error.is_eof() => {
            let has = |name: &str| memchr::memmem::find(first, name.as_bytes()).is_some();
            has("\"custom_id\"") && has("\"response\"") && has("\"status_code\"") && !has("\"method\"")
        }
        Err(_) => false,
    }
}
