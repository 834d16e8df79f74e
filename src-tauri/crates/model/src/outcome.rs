//! What became of a request.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{ProviderId, StudyRequest};

/// A request's fate. The first five are outcomes; `pending` is not yet one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Pending,
    Succeeded,
    Failed,
    Expired,
    Cancelled,
    /// In no file that the provider gave us: possibly billed.
    Missing,
}

impl Status {
    pub const ALL: [Self; 6] = [
        Self::Succeeded,
        Self::Failed,
        Self::Expired,
        Self::Cancelled,
        Self::Missing,
        Self::Pending,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Missing => "missing",
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// Why an answer that is there is worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// It ended at the length limit.
    CutOff,
    /// The model declined, or a filter stopped it.
    Declined,
    /// A field of the study's answer sheet has no value.
    MissingCells,
    /// A value was corrected by hand.
    EditedCells,
}

impl Look {
    pub const ALL: [Self; 4] = [
        Self::CutOff,
        Self::Declined,
        Self::MissingCells,
        Self::EditedCells,
    ];
}

/// requests = succeeded + failed + expired + cancelled + missing + pending, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Counts {
    pub requests: u32,
    pub succeeded: u32,
    pub failed: u32,
    pub expired: u32,
    pub cancelled: u32,
    pub missing: u32,
    pub pending: u32,
}

impl Counts {
    #[must_use]
    pub fn of(&self, status: Status) -> u32 {
        match status {
            Status::Pending => self.pending,
            Status::Succeeded => self.succeeded,
            Status::Failed => self.failed,
            Status::Expired => self.expired,
            Status::Cancelled => self.cancelled,
            Status::Missing => self.missing,
        }
    }

    #[must_use]
    pub fn adds_up(&self) -> bool {
        u64::from(self.requests)
            == [
                self.succeeded,
                self.failed,
                self.expired,
                self.cancelled,
                self.missing,
                self.pending,
            ]
            .into_iter()
            .map(u64::from)
            .sum::<u64>()
    }
}

/// One result line as interpreted. The raw line is stored beside it, so that this can be redone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The id on the wire; `None` when the provider sent none.
    pub wire_id: Option<String>,
    pub status: Status,
    /// The model's text, whole.
    pub answer: Option<String>,
    /// `stop`, `length`, `content_filter`, `refusal` ... as the provider says it.
    pub finish_reason: Option<String>,
    pub model: Option<String>,
    pub input_tokens: Option<u64>,
    pub cached_tokens: Option<u64>,
    /// Includes the reasoning tokens.
    pub output_tokens: Option<u64>,
    pub reasoning_tokens: Option<u64>,
    pub error_code: Option<String>,
    pub error_message: Option<String>,
}

impl Outcome {
    #[must_use]
    pub fn empty(status: Status) -> Self {
        Self {
            wire_id: None,
            status,
            answer: None,
            finish_reason: None,
            model: None,
            input_tokens: None,
            cached_tokens: None,
            output_tokens: None,
            reasoning_tokens: None,
            error_code: None,
            error_message: None,
        }
    }
}

/// One row of the results table and of every export: a request with its outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultRow {
    /// 0-based place in the job.
    pub position: u32,
    /// The readable id: the dropped file's own.
    pub custom_id: String,
    /// 1-based line of the dropped file; 0 when there was none (import).
    pub source_line: u32,
    pub provider: String,
    /// The model that was asked; `None`: each request named its own, or it is not known (import).
    pub asked_model: Option<String>,
    /// `wire_id` here is the id on the wire.
    pub outcome: Outcome,
    /// `None`: the job was not made from a study.
    pub study: Option<StudyRequest>,
}

impl ResultRow {
    /// Made up by the embedded simulator: no data.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        ProviderId::new(&self.provider).is_practice()
    }
}
