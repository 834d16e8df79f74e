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
    RateLimited {
        retry_after: Option<Duration>,
    },
    Server,
    TooLarge,
    /// Another page than the service's answered: a captive portal or a wrong address.
    NotAnApi,
    Disk,
}

/// How a create ended.
#[derive(Clone, Debug, PartialEq)]
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

impl From<Fault> for Created {
    /// Timeouts, cuts, 5xx and answers that are no JSON are unclear; a 4xx with the service's own error is clear
    /// (wire notes, section 7).
    fn from(fault: Fault) -> Self {
        let (retry_after, kind) = match fault.kind {
            FaultKind::Network | FaultKind::Server | FaultKind::NotAnApi | FaultKind::Disk => {
                return Self::Unclear(fault.failure);
            }
            FaultKind::RateLimited { retry_after } => (retry_after, Refusal::RateLimited),
            FaultKind::Unreachable => (None, Refusal::Network),
            FaultKind::Key => (None, Refusal::Key),
            FaultKind::Balance => (None, Refusal::Balance),
            FaultKind::TooLarge => (None, Refusal::TooLarge),
            FaultKind::NotFound => (None, Refusal::Other),
            FaultKind::Refused(_) => {
                let detail = fault.failure.detail.clone().unwrap_or_default();
                let lost = detail.contains("Cannot find file") || detail.contains("No such File");
                (
                    None,
                    if lost {
                        Refusal::FileNotFound
                    } else {
                        Refusal::Other
                    },
                )
            }
        };
        Self::Refused {
            failure: fault.failure,
            retry_after,
            kind,
        }
    }
}
