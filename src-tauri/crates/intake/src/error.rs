//! What keeps a file from being read. What is wrong *inside* it is a `Problem`, not an error.

use std::io;

use tabane_model::{Explain, Failure};

/// Lines beyond this number have no place in a report or a table, whose line numbers are 32 bits wide.
pub(crate) const MAX_LINES: u64 = u32::MAX as u64;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the file is not there: {0}")]
    NotFound(io::Error),
    #[error("the file may not be opened: {0}")]
    NotAllowed(io::Error),
    #[error("this is a folder")]
    Folder,
    #[error("the file could not be read: {0}")]
    Disk(io::Error),
    /// `progress` answered with `Break`.
    #[error("the check was stopped")]
    Cancelled,
    #[error("the file has more than {MAX_LINES} lines")]
    TooManyLines,
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound(error),
            io::ErrorKind::PermissionDenied => Self::NotAllowed(error),
            io::ErrorKind::IsADirectory => Self::Folder,
            _ => Self::Disk(error),
        }
    }
}

impl Explain for Error {
    fn explain(&self) -> Failure {
        match self {
            Self::NotFound(error) => Failure::new("file-not-found").detail(error.to_string()),
            Self::NotAllowed(error) => Failure::new("file-not-allowed").detail(error.to_string()),
            Self::Folder => Failure::new("file-is-folder"),
            Self::Disk(error) => Failure::new("disk-failed").detail(error.to_string()),
            Self::Cancelled => Failure::new("check-stopped"),
            Self::TooManyLines => Failure::new("file-too-many-lines").with("limit", MAX_LINES),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_has_its_code() {
        for (kind, code) in [
            (io::ErrorKind::NotFound, "file-not-found"),
            (io::ErrorKind::PermissionDenied, "file-not-allowed"),
            (io::ErrorKind::IsADirectory, "file-is-folder"),
            (io::ErrorKind::UnexpectedEof, "disk-failed"),
        ] {
            assert_eq!(Error::from(io::Error::from(kind)).explain().code, code);
        }
        assert_eq!(Error::Cancelled.explain().code, "check-stopped");
        assert_eq!(Error::TooManyLines.explain().code, "file-too-many-lines");
    }
}
