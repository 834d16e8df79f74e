//! What was read from answers with a study's answer sheet.

use serde::{Deserialize, Serialize};
use specta::Type;

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
