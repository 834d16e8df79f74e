//! The simulator misbehaves only when it is told to: each field is a way in which a real service was seen to fail
//! (`wire/openai-style.md`, sections 1.7, 5 and 6). All are off by default.

use serde::{Deserialize, Serialize};

/// Which rows of a batch, by their 0-based place in the input: `[0, 4]` or `{"every_nth": 3}` (the 3rd, the 6th ...).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Rows {
    At(Vec<u64>),
    Every { every_nth: u64 },
}

impl Default for Rows {
    fn default() -> Self {
        Self::At(Vec::new())
    }
}

impl Rows {
    #[must_use]
    pub fn contains(&self, row: u64) -> bool {
        match self {
            Self::At(rows) => rows.contains(&row),
            Self::Every { every_nth } => *every_nth > 0 && (row + 1).is_multiple_of(*every_nth),
        }
    }

    /// How many of the first `rows` rows are meant.
    #[must_use]
    pub fn among_first(&self, rows: u64) -> u64 {
        match self {
            Self::At(at) => {
                let mut chosen: Vec<_> = at.iter().filter(|row| **row < rows).collect();
                chosen.sort_unstable();
                chosen.dedup();
                chosen.len() as u64
            }
            Self::Every { every_nth } => rows.checked_div(*every_nth).unwrap_or(0),
        }
    }
}

/// Rows that the model refuses: they end in the error file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailRows {
    pub rows: Rows,
    #[serde(default = "FailRows::status")]
    pub status: u16,
    #[serde(default = "FailRows::code")]
    pub code: String,
    #[serde(default = "FailRows::message")]
    pub message: String,
}

impl FailRows {
    fn status() -> u16 {
        400
    }
    fn code() -> String {
        "invalid_value".to_owned()
    }
    fn message() -> String {
        "The practice provider was told to fail this row.".to_owned()
    }
}

/// A definite refusal of `POST /batches`: nothing is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateRefuse {
    pub status: u16,
    /// Sent as it is: a JSON value as JSON, a string as `text/html`.
    pub body: serde_json::Value,
    #[serde(default = "once")]
    pub times: u32,
    /// Seconds, as the header `Retry-After`.
    #[serde(default)]
    pub retry_after: Option<u64>,
}

/// A batch that is accepted and then fails in the service's own check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailCheck {
    pub code: String,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub line: Option<u64>,
    #[serde(default = "once")]
    pub times: u32,
}

/// 429 with `Retry-After` on every kind of GET.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetryAfter {
    #[serde(default = "once")]
    pub times: u32,
    pub seconds: u64,
}

fn once() -> u32 {
    1
}

/// What goes wrong with the rows of a batch. Kept with the batch when it is made, so that its results stay the same
/// over restarts and later changes of the faults.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RowFaults {
    pub fail_rows: Option<FailRows>,
    /// Only this many rows are answered, the others expire.
    pub expire_after_rows: Option<u64>,
    /// Rows that are in no file.
    pub drop_rows: Rows,
    /// Rows that stand twice in their file.
    pub duplicate_rows: Rows,
    /// Rows whose `custom_id` is null.
    pub null_custom_id: Rows,
    /// Rows with status 200 whose body is a string (a proxy's HTML page).
    pub string_body_rows: Rows,
    /// Rows with status 0 and an empty body.
    pub empty_body_rows: Rows,
    /// Rows with `finish_reason: length` and an empty answer.
    pub length_rows: Rows,
    /// Rows that the model declines to answer.
    pub refusal_rows: Rows,
    /// Rows whose line is no JSON.
    pub malformed_rows: Rows,
    /// The rows of each file are in another order.
    pub shuffle: bool,
    /// The last line has no line end.
    pub no_final_newline: bool,
    /// Rows that did not run before a cancel are in no file at all.
    pub cancelled_rows_nowhere: bool,
}

/// Everything that can go wrong. Numbers that say "times" count down to 0 as the fault happens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Faults {
    #[serde(flatten)]
    pub rows: RowFaults,

    /// The batch is made, then the connection ends without an answer (times).
    pub create_then_cut: u32,
    /// The connection ends without an answer and no batch is made (times).
    pub create_cut: u32,
    pub create_refuse: Option<CreateRefuse>,
    pub fail_check: Option<FailCheck>,
    /// A new batch is not found by this many looks.
    pub not_found_after_create: u32,

    /// Uploads with more bytes than this are "too large".
    pub upload_too_large_above: Option<u64>,
    /// Too large is answered as a proxy does: 413 with an HTML page.
    pub upload_too_large_html: bool,

    pub retry_after: Option<RetryAfter>,
    /// GETs that are answered with 429 and no word of how long to wait (times).
    pub rate_limited: u32,
    /// GETs that are answered with 500 (times).
    pub server_500: u32,
    /// Calls that are answered 200 with an HTML page, as in a hotel's network (times).
    pub html_answers: u32,
    /// Any key is right, as at a service where each sees only its own.
    pub any_key: bool,
    /// Looks at a batch that are answered as of one that does not exist (times).
    pub batch_gone: u32,
    /// Calls whose key is refused although it is right (times).
    pub refuse_key: u32,
    /// Milliseconds before any answer.
    pub delay: u64,

    /// A batch that still runs says `scheduling`.
    pub unknown_status: bool,
    /// `request_counts` is null.
    pub null_counts: bool,
    /// No error file is said as `""`.
    pub empty_error_file_id: bool,
    /// Lines with different models are accepted, as Groq does.
    pub mixed_models: bool,

    /// Uploads (pieces of uploads, where there are pieces) whose connection ends in the middle (times).
    pub cut_upload: u32,
    /// Downloads of results that are answered as of a file that does not exist (times).
    pub results_gone: u32,
    /// Downloads whose connection ends in the middle (times).
    pub cut_download: u32,
    /// Downloads that end in the middle of the last line, with a length that agrees (times).
    pub truncated_last_line: u32,
}

/// Whether a fault with a countdown happens now; counts it down if so.
pub(crate) fn happens(times: &mut u32) -> bool {
    let now = *times > 0;
    *times = times.saturating_sub(1);
    now
}

/// Reads faults from JSON and refuses names that do not exist: a misspelt fault would silently test nothing.
///
/// # Errors
/// The JSON is not an object of faults.
pub fn read_faults(json: &str) -> Result<Faults, String> {
    let value: serde_json::Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let known = serde_json::to_value(Faults::default()).map_err(|error| error.to_string())?;
    if let Some(unknown) = value
        .as_object()
        .into_iter()
        .flatten()
        .find(|(name, _)| known.get(name).is_none())
    {
        return Err(format!("there is no fault named {}", unknown.0));
    }
    serde_json::from_value(value).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_chosen_by_place_or_by_step() {
        let rows = Rows::Every { every_nth: 3 };
        assert_eq!(
            (0..7).filter(|row| rows.contains(*row)).collect::<Vec<_>>(),
            [2, 5]
        );
        assert_eq!(rows.among_first(7), 2);
        let rows = Rows::At(vec![4, 0, 4]);
        assert_eq!(rows.among_first(4), 1);
        assert_eq!(rows.among_first(5), 2);
        assert!(!Rows::Every { every_nth: 0 }.contains(0));
        assert_eq!(Rows::Every { every_nth: 0 }.among_first(9), 0);
    }

    #[test]
    fn faults_are_read_and_misspelt_ones_refused() {
        let faults = read_faults(
            r#"{"fail_rows":{"rows":{"every_nth":2},"code":"rate_limit_exceeded","status":429},"drop_rows":[1],"create_then_cut":1}"#,
        )
        .unwrap();
        assert_eq!(faults.rows.fail_rows.unwrap().status, 429);
        assert!(faults.rows.drop_rows.contains(1));
        assert_eq!(faults.create_then_cut, 1);
        assert!(
            read_faults(r#"{"drop_row":[1]}"#)
                .unwrap_err()
                .contains("drop_row")
        );
        assert!(read_faults("nonsense").is_err());
        assert_eq!(read_faults("{}").unwrap(), Faults::default());
    }
}
