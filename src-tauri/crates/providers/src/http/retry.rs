//! Reads are repeated with patience; nothing that has an effect ever is.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};

use crate::{Fault, FaultKind};

/// Longer waits are the runner's: it can be closed meanwhile.
const LONGEST: Duration = Duration::from_secs(20);

/// After the first attempt.
const REPEATS: usize = 3;

/// Repeats a read up to three more times: 1, 2, 4 seconds with jitter, or what `Retry-After` says.
pub(crate) async fn patiently<T, F>(read: impl FnMut() -> F) -> Result<T, Fault>
where
    F: Future<Output = Result<T, Fault>>,
{
    read.retry(
        ExponentialBuilder::default()
            .with_min_delay(Duration::from_secs(1))
            .with_max_times(REPEATS)
            .with_jitter(),
    )
    .when(|fault| match &fault.kind {
        FaultKind::Network | FaultKind::Unreachable | FaultKind::Server => true,
        // A conflict passes (wire notes, section 6).
        FaultKind::Refused(status) => *status == 409,
        FaultKind::RateLimited { retry_after } => retry_after.is_none_or(|wait| wait <= LONGEST),
        _ => false,
    })
    .adjust(|fault, wait| match &fault.kind {
        // `None` means that the attempts are used up: it must stay so, or a busy service is asked for ever.
        FaultKind::RateLimited {
            retry_after: Some(told),
        } => wait.map(|_| *told),
        _ => wait,
    })
    .await
}
