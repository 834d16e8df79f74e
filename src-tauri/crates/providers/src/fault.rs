//! How a call can end other than well.

use std::time::Duration;

use tabane_model::Failure;

use crate::Batch;

/// A call that did not do what was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub failure: Failure,
    pub kind: FaultKind,
}

impl Fault {
    /// How long the service asks to be left alone.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self.kind {
            FaultKind::RateLimited { retry_after } => retry_after,
            _ => None,
        }
    }
}

/// What the runner decides by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// No connection, cut, or no answer in time: it may have arrived.
    Network,
    /// It certainly did not arrive: no address, no connection.
    Unreachable,
    /// A definite no, with the HTTP status.
    Refused(u16),
    Key,
    Balance,
    NotFound,
    /// Asked too often; or in trouble and saying when to come back. Not before `retry_after`.
    RateLimited {
        retry_after: Option<Duration>,
    },
    /// In trouble, without a word of how long. It may have arrived.
    Server,
    TooLarge,
    /// Another page than the service's answered: a captive portal or a wrong address.
    NotAnApi,
    Disk,
}

/// How a create ended.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)] // one a create, and looked at at once: a box would save nothing
pub enum Created {
    Made(Batch),
    /// A definite no: nothing was made.
    Refused {
        failure: Failure,
        retry_after: Option<Duration>,
        kind: Refusal,
    },
    /// It may have arrived. Look before anything is sent again.
    Unclear(Failure),
}

/// Why a create was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    TooLarge,
    RateLimited,
    Key,
    Balance,
    FileNotFound,
    /// The service was not reached at all.
    Network,
    Other,
}
