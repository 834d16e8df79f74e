//! What checking a request file finds, and the fixes that are offered.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Arg, Args};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
}

/// A change to the copy that is sent, named by its effect. The dropped file is never touched.
/// Fixes are a set kept with the draft: undoing one removes it and checks again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Fix {
    /// Drop the invisible mark before the first line.
    DropBom,
    /// Read UTF-16 or Shift_JIS and send UTF-8.
    ConvertToUtf8,
    DropBlankLines,
    /// A line without `custom_id` is named `line-<number>`.
    NameByLine,
    /// The second `a` becomes `a-2`, the third `a-3` (the next free number).
    RenameDuplicates,
    /// Requests for different models become one job each.
    OneJobPerModel,
    /// Leave out the lines that have the problem with this code. Never chosen for the user ("not safe").
    LeaveOut {
        code: String,
    },
}

impl Fix {
    /// Safe fixes lose nothing that would have been sent.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        !matches!(self, Self::LeaveOut { .. })
    }
}

/// One problem of one line. `code` names the sentence `problem-<code>` in `messages`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Problem {
    /// 1-based; 0 when it is about the whole file.
    pub line: u32,
    pub code: String,
    pub severity: Severity,
    pub args: Args,
    /// The line around the problem, cut to about 160 characters.
    pub excerpt: String,
    /// Characters (not bytes) of `excerpt` to mark: from, to.
    pub mark: Option<(u32, u32)>,
    pub fix: Option<Fix>,
}

impl Problem {
    #[must_use]
    pub fn new(line: u64, code: &str, severity: Severity) -> Self {
        Self {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            code: code.to_owned(),
            severity,
            args: Args::new(),
            excerpt: String::new(),
            mark: None,
            fix: None,
        }
    }
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}

/// All problems of one code, as the window lists them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ProblemGroup {
    pub code: String,
    pub severity: Severity,
    pub count: u32,
    /// The first of them, in full.
    pub first: Problem,
    /// Lines of the first 100.
    pub lines: Vec<u32>,
    pub fix: Option<Fix>,
    /// The fix has been chosen and takes care of all of them.
    pub fixed: bool,
}

/// What a check found. Counts are of lines after the chosen fixes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CheckReport {
    /// Lines of the file as they are counted by an editor (the last one may lack its line end).
    pub lines: u64,
    /// Requests that can be sent as they are now.
    pub requests: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes that those requests take on the wire (with our ids), for splitting.
    pub wire_bytes: u64,
    /// Parts that they will be sent in.
    pub parts: u32,
    /// Every model named, with its number of requests, most first (at most 100).
    pub models: Vec<(String, u64)>,
    /// Every `url` named, with its number of requests.
    pub endpoints: Vec<(String, u64)>,
    /// Errors that still stand in the way.
    pub errors: u64,
    pub warnings: u64,
    /// At most 1,000, in order of lines.
    pub problems: Vec<Problem>,
    pub groups: Vec<ProblemGroup>,
    /// `utf-8`, `utf-8-bom`, `utf-16le`, `utf-16be`, `shift_jis`.
    pub encoding: String,
}

impl CheckReport {
    /// Nothing stands in the way of sending.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.errors == 0 && self.requests > 0
    }
}

/// One request of a dropped file, after the chosen fixes: what is split into parts and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLine {
    /// 1-based line of the dropped file.
    pub line: u64,
    /// The file's own id (or the one a fix gave); unique in the file.
    pub custom_id: String,
    pub url: String,
    pub model: Option<String>,
    /// The bytes of the JSON object `body` as they stand in the file.
    pub body: String,
}
