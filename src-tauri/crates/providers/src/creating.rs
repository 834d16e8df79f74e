//! How a create ended. The one decision that money hangs on.

use reqwest::StatusCode;
use tabane_model::Failure;

use crate::http::Reply;
use crate::{Batch, Created, Fault, FaultKind, Refusal};

/// `reply`: what came back; `read`: the batch in it, or what it says instead.
///
/// Clear are only four ends (wire notes, section 7): a batch with an id; a 4xx in the service's own words; 413 from
/// anybody; a connection that was never made. All else - a timeout, a cut, a 5xx, a redirect, an answer that is no JSON - may
/// have made a batch.
pub(crate) fn ended(
    reply: Result<Reply, Fault>,
    read: impl FnOnce(&Reply) -> Result<Batch, Fault>,
) -> Created {
    let reply = match reply {
        Ok(reply) => reply,
        Err(Fault {
            failure,
            kind: FaultKind::Unreachable,
        }) => {
            return Created::Refused {
                failure,
                retry_after: None,
                kind: Refusal::Network,
            };
        }
        Err(fault) => return Created::Unclear(fault.failure),
    };
    match read(&reply) {
        Ok(batch) => Created::Made(batch),
        // Too large is said by whoever has read the length, and nothing was let through.
        Err(fault) if reply.is_definite_refusal() || reply.status == StatusCode::PAYLOAD_TOO_LARGE => {
            refused(fault)
        }
        Err(fault) => Created::Unclear(fault.failure),
    }
}

/// What had to be done before did not work: the create itself was never sent.
pub(crate) fn not_sent(fault: Fault) -> Created {
    let kind = match fault.kind {
        FaultKind::Network | FaultKind::Unreachable | FaultKind::Server | FaultKind::NotAnApi => {
            Refusal::Network
        }
        FaultKind::Disk => Refusal::Other,
        _ => return refused(fault),
    };
    Created::Refused {
        failure: fault.failure,
        retry_after: None,
        kind,
    }
}

fn refused(fault: Fault) -> Created {
    let (retry_after, kind) = match fault.kind {
        FaultKind::RateLimited { retry_after } => (retry_after, Refusal::RateLimited),
        FaultKind::Key => (None, Refusal::Key),
        FaultKind::Balance => (None, Refusal::Balance),
        FaultKind::TooLarge => (None, Refusal::TooLarge),
        _ if names_a_lost_file(&fault.failure) => (None, Refusal::FileNotFound),
        _ => (None, Refusal::Other),
    };
    Created::Refused {
        failure: fault.failure,
        retry_after,
        kind,
    }
}

/// Right after an upload this is often a fault that passes (wire notes 5.2).
fn names_a_lost_file(failure: &Failure) -> bool {
    let said = failure.detail.as_deref().unwrap_or_default().to_lowercase();
    [
        "cannot find file",
        "no such file",
        "file not found",
        "or it may not exist",
    ]
    .iter()
    .any(|words| said.contains(words))
}
