//! From each crate's own errors to the one `Failure`.

use tabane_model::{Explain, Failure};

#[allow(clippy::needless_pass_by_value)] // used as `map_err(failure::of)`
pub(crate) fn of(error: impl Explain) -> Failure {
    error.explain()
}

/// Reading or writing a file in the data folder went wrong.
#[allow(clippy::needless_pass_by_value)] // used as `map_err(failure::of_disk)`
pub(crate) fn of_disk(error: std::io::Error) -> Failure {
    let code = match error.kind() {
        std::io::ErrorKind::StorageFull => "disk-full",
        std::io::ErrorKind::NotFound => "file-not-found",
        std::io::ErrorKind::PermissionDenied => "file-not-allowed",
        _ => "disk-failed",
    };
    Failure::new(code).detail(error.to_string())
}

/// A background task panicked or was stopped: our own mistake, said as such.
#[allow(clippy::needless_pass_by_value)] // used as `map_err(failure::of_task)`
pub(crate) fn of_task(error: tokio::task::JoinError) -> Failure {
    // Cancelled: Tabane is closing.
    Failure::new(if error.is_cancelled() { CLOSING } else { "internal" }).detail(error.to_string())
}

/// Never shown: nobody is there any more to read it.
pub(crate) const CLOSING: &str = "closing";

pub(crate) fn not_found(what: &str) -> Failure {
    Failure::new(format!("{what}-not-found"))
}
