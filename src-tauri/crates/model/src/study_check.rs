//! What is told of a study while it is written: what it lacks, how many requests it makes, one of them to look at.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Arg, Args, Severity};

/// The step of the first walk in which something is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StudyStep {
    Data,
    Design,
    Prompt,
    Answers,
    Models,
}

/// What still stands in the way of sending, or is worth a look. `code` names the sentence `study-problem-<code>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct StudyProblem {
    pub step: StudyStep,
    /// Where in the file, such as `factors/0/columns/2` (a JSON pointer without its first `/`).
    pub path: String,
    pub code: String,
    pub severity: Severity,
    /// Where only a part of the text at `path` is meant: `from` and `to`, in characters (not bytes, not UTF-16).
    pub args: Args,
}

impl StudyProblem {
    #[must_use]
    pub fn new(step: StudyStep, path: impl Into<String>, code: &str, severity: Severity) -> Self {
        Self {
            step,
            path: path.into(),
            code: code.to_owned(),
            severity,
            args: Args::new(),
        }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}

/// How many requests a study makes. What is more than a `u32` holds is told as its largest number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StudyCount {
    /// Levels of each factor, in the order of the factors.
    pub levels: Vec<u32>,
    pub trials: u32,
    /// After include and exclude.
    pub combinations: u32,
    /// After the subset, for one model.
    pub requests: u32,
    pub models: u32,
}

/// Text with the stretches that came from columns told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Span {
    pub text: String,
    /// `persona.name`, `trial`, `answer_sheet`; `None`: the researcher's own words.
    pub column: Option<String>,
}

/// One request as it will be sent, for the preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct RequestPreview {
    /// 0-based, and how many there are for this model.
    pub position: u32,
    pub total: u32,
    pub custom_id: String,
    /// Factor label and the name of its level (column `name` or `title` where there is one, else the id).
    pub levels: Vec<(String, String)>,
    pub trial: u32,
    pub system: Vec<Span>,
    pub user: Vec<Span>,
    /// What is sent beside the words, such as `temperature` `0.7 + 0.1 = 0.8`; behind an arrow (`0.9 + 0.2 = 1.1 → 1`)
    /// what it became within the range of the model.
    pub parameters: Vec<(String, String)>,
    /// Characters of both messages.
    pub characters: u32,
    /// The JSON that goes out, indented for reading.
    pub body: String,
}

/// What was changed for one model, or left out because it does not take it. `code` names the sentence
/// `study-adapted-<code>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Adaptation {
    pub code: String,
    pub args: Args,
}

impl Adaptation {
    #[must_use]
    pub fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            args: Args::new(),
        }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}
