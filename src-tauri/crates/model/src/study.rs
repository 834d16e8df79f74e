//! A study as the researcher designs it, and as its `.tabane` file holds it: factors crossed with trials, prompts
//! with columns, an answer sheet, and the models that are asked.
//!
//! Everything a person types is kept as text, so that an id such as `007` stays what it is. The order of the fields
//! here is the order in the file. `study/study.schema.json` documents the file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use specta::Type;

use crate::{Arg, Args, Severity};

/// The file format that this Tabane writes. Files with a higher number are refused with a sentence.
pub const STUDY_FORMAT: u32 = 1;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Study {
    /// [`STUDY_FORMAT`].
    pub tabane: u32,
    pub title: String,
    /// `en` or `ja`: the language in which the answer sheet is written out for the model.
    pub language: String,
    pub factors: Vec<Factor>,
    pub design: Design,
    pub prompt: Prompt,
    pub parameters: Parameters,
    pub answer_sheet: AnswerSheet,
    pub models: Vec<StudyModel>,
    /// Template of the readable id, such as `{{persona.id}}_{{text.id}}_n{{trial}}`.
    pub custom_id: String,
}

/// Persona, text, condition ...: a sheet whose rows are the levels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// As templates name it: letters of any script, digits and `_`, not beginning with a digit.
    pub name: String,
    /// As people read it; empty: the name.
    pub label: String,
    /// The column `id` names the levels; without one, the first column does.
    pub columns: Vec<String>,
    /// One row a level, one cell a column.
    pub levels: Vec<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Design {
    pub shape: Shape,
    /// Repetitions of each combination.
    pub trials: u32,
    /// Only combinations that match one of these; empty: all. Factor name to level id; a factor left out matches any.
    pub include: Vec<BTreeMap<String, String>>,
    /// Combinations that match one of these are left out.
    pub exclude: Vec<BTreeMap<String, String>>,
    pub order: Order,
    pub subset: Subset,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Every level of each factor with every other.
    Crossed,
    /// One request for each row of the only factor.
    List,
}

/// In which order requests are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Order {
    /// First factor outermost, trials innermost.
    #[default]
    AsDesigned,
    Random {
        seed: u32,
    },
}

/// Which requests of the design are sent, for pilots. Taken before the order is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Subset {
    #[default]
    All,
    /// The 1st, (step+1)th, (2*step+1)th ...
    EveryNth {
        step: u32,
    },
    Random {
        count: u32,
        seed: u32,
    },
}

/// Templates: `{{persona.name}}` is a column of a factor, `{{trial}}` the number of the repetition,
/// `{{answer_sheet}}` the answer sheet written out. Where no message names `{{answer_sheet}}`, it follows the user
/// message after an empty line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// Empty: no system message.
    pub system: String,
    pub user: String,
}

/// What is asked of the model beside the words. Each is empty (not sent), a value, or a formula of columns such as
/// `{{persona.temperature}} + {{text.modifier}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    pub temperature: String,
    pub top_p: String,
    /// Tokens, thinking included where the model thinks.
    pub max_output_tokens: String,
    pub seed: String,
    pub frequency_penalty: String,
    pub presence_penalty: String,
    /// `minimal`, `low`, `medium`, `high`, or what the model knows.
    pub reasoning_effort: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AnswerSheet {
    pub form: AnswerForm,
    pub fields: Vec<Field>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AnswerForm {
    /// A JSON schema goes with the request where the model takes one; others get numbered lines.
    Structured,
    /// Numbered lines ("Q1. ..."), read tolerantly.
    NumberedLines,
}

/// One item of the answer sheet: one column of the results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The key in structured answers and the variable name: `[a-z][a-z0-9_]*`, unique.
    pub name: String,
    /// What the model reads and the column is headed by.
    pub label: String,
    pub kind: FieldKind,
    /// Told to the model; may be empty.
    pub description: String,
    pub required: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum FieldKind {
    /// Both ends included; `None`: open.
    Integer {
        #[serde(serialize_with = "whole_numbers_plainly")]
        #[specta(type = Option<u32>)]
        minimum: Option<f64>,
        #[serde(serialize_with = "whole_numbers_plainly")]
        #[specta(type = Option<u32>)]
        maximum: Option<f64>,
    },
    Decimal {
        #[serde(serialize_with = "whole_numbers_plainly")]
        #[specta(type = Option<u32>)]
        minimum: Option<f64>,
        #[serde(serialize_with = "whole_numbers_plainly")]
        #[specta(type = Option<u32>)]
        maximum: Option<f64>,
    },
    Choice {
        choices: Vec<String>,
    },
    YesNo,
    /// One sentence.
    ShortText,
    LongText,
}

/// `100`, not `100.0`: the file reads as people write it.
fn whole_numbers_plainly<S: Serializer>(number: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    match number {
        // Below 2^53 the conversion is exact.
        #[allow(clippy::cast_possible_truncation)]
        Some(number) if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 => {
            to.serialize_some(&(*number as i64))
        }
        number => number.serialize(to),
    }
}

/// One model that the whole study is sent to: a job of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct StudyModel {
    /// A provider id such as `openai`.
    pub provider: String,
    pub model: String,
}

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

/// What was read from one answer for one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Cell {
    Read {
        /// A number in plain digits, a choice as the sheet lists it, `yes` or `no`, or the text.
        value: String,
        how: HowRead,
        /// Characters (not bytes) of the answer it was read from: from, to.
        from: (u32, u32),
    },
    Missing {
        reason: MissingReason,
        /// The words that could not be taken, where there were any.
        from: Option<(u32, u32)>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum HowRead {
    /// By its key in a JSON answer.
    Json,
    /// From a line with its number or label.
    Line,
    /// From a line, and the number needed care: full-width digits, "about", `85/100` ...
    LineTolerant,
}

impl HowRead {
    pub const ALL: [Self; 3] = [Self::Json, Self::Line, Self::LineTolerant];

    /// The word in the database, in files and in message ids.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Line => "line",
            Self::LineTolerant => "line_tolerant",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MissingReason {
    /// The request has no answer (failed, expired ...).
    NoAnswer,
    /// The answer says nothing of this field.
    NotAnswered,
    /// There are words, but no number in them.
    NotANumber,
    /// A whole number was asked for.
    NotWhole,
    OutOfRange,
    NotAChoice,
    NotYesOrNo,
    /// More than one value could be meant.
    Ambiguous,
    /// The answer broke off before this field.
    CutOff,
}

impl MissingReason {
    pub const ALL: [Self; 9] = [
        Self::NoAnswer,
        Self::NotAnswered,
        Self::NotANumber,
        Self::NotWhole,
        Self::OutOfRange,
        Self::NotAChoice,
        Self::NotYesOrNo,
        Self::Ambiguous,
        Self::CutOff,
    ];

    /// The word in the database, in files and in message ids.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoAnswer => "no_answer",
            Self::NotAnswered => "not_answered",
            Self::NotANumber => "not_a_number",
            Self::NotWhole => "not_whole",
            Self::OutOfRange => "out_of_range",
            Self::NotAChoice => "not_a_choice",
            Self::NotYesOrNo => "not_yes_or_no",
            Self::Ambiguous => "ambiguous",
            Self::CutOff => "cut_off",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// A cell with the correction that a person made, if any. The cell itself keeps what was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SheetCell {
    pub read: Cell,
    /// `Some("")`: marked as missing by hand.
    pub edited: Option<String>,
}

impl SheetCell {
    /// The value that counts: the correction, else what was read; `None`: missing.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        match (&self.edited, &self.read) {
            (Some(edited), _) => Some(edited.as_str()).filter(|text| !text.is_empty()),
            (None, Cell::Read { value, .. }) => Some(value),
            (None, Cell::Missing { .. }) => None,
        }
    }
}

/// What a study knows of one of its requests, beside its outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyRequest {
    /// Level ids in the order of the study's factors.
    pub levels: Vec<String>,
    /// 1-based.
    pub trial: u32,
    /// As it was sent; `None`: not sent.
    pub temperature: Option<f64>,
    /// One a field of the answer sheet; empty: not read yet.
    pub cells: Vec<SheetCell>,
}
