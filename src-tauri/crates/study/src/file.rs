//! The study file: `.tabane`, documented by `study.schema.json`.

use serde::Deserialize;
use tabane_model::{Explain, Failure, STUDY_FORMAT, Study};

/// Why a file is no study that this Tabane can open.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the file is not UTF-8 text")]
    NotText,
    /// 1-based; the column counts characters.
    #[error("line {line}, column {column}: {detail}")]
    Unreadable {
        line: usize,
        column: usize,
        detail: String,
    },
    #[error("the file is JSON, but no study")]
    NotAStudy,
    #[error("the file has format {format}; this Tabane knows up to {STUDY_FORMAT}")]
    Newer { format: u32 },
}

impl Explain for Error {
    fn explain(&self) -> Failure {
        match self {
            Self::NotText => Failure::new("study-not-text"),
            Self::Unreadable { line, column, detail } => Failure::new("study-unreadable")
                .with("line", *line)
                .with("column", *column)
                .detail(detail.as_str()),
            Self::NotAStudy => Failure::new("study-no-study"),
            Self::Newer { format } => Failure::new("study-newer")
                .with("format", *format)
                .with("known", STUDY_FORMAT),
        }
    }
}

/// Only what tells a study from other files.
#[derive(Deserialize)]
struct Head {
    tabane: Option<u32>,
}

/// Reads a study file. A byte order mark before it is passed over.
///
/// # Errors
/// Each of [`Error`]. A study that can be read may still have problems: see [`check`](crate::check).
pub fn parse(bytes: &[u8]) -> Result<Study, Error> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| Error::NotText)?;
    let head: Head = match serde_json::from_str(text) {
        Ok(head) => head,
        // Another shape than an object, or a number of another kind: JSON all the same.
        Err(error) if error.is_data() => return Err(Error::NotAStudy),
        Err(error) => return Err(unreadable(text, &error)),
    };
    match head.tabane {
        None | Some(0) => Err(Error::NotAStudy),
        Some(format) if format > STUDY_FORMAT => Err(Error::Newer { format }),
        Some(_) => serde_json::from_str(text).map_err(|error| unreadable(text, &error)),
    }
}

fn unreadable(text: &str, error: &serde_json::Error) -> Error {
    let detail = error.to_string();
    // The place is told apart.
    let place = format!(" at line {} column {}", error.line(), error.column());
    // serde_json counts bytes.
    let line = text
        .split('\n')
        .nth(error.line().saturating_sub(1))
        .unwrap_or_default();
    Error::Unreadable {
        line: error.line(),
        column: line
            .char_indices()
            .take_while(|(at, _)| *at < error.column())
            .count(),
        detail: detail.strip_suffix(&place).unwrap_or(&detail).to_owned(),
    }
}

/// The text of a study file: indented, in the order of the types, with one line end at its end. What was read from
/// such a text gives the same text again.
///
/// # Panics
/// Never: a study is text, numbers and lists, and its maps have text for keys, all of which JSON can say.
#[must_use]
#[allow(clippy::expect_used)] // see above; an empty text would lose the study
pub fn write(study: &Study) -> String {
    let mut text = serde_json::to_string_pretty(study).expect("a study can be written as JSON");
    text.push('\n');
    text
}

/// The text of the sample study in a language: Japanese for `ja`, else English.
#[must_use]
pub fn sample(language: &str) -> &'static str {
    match language {
        "ja" => include_str!("../samples/emotions.ja.tabane"),
        _ => include_str!("../samples/emotions.en.tabane"),
    }
}

#[cfg(test)]
mod tests;
