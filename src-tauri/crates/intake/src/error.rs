//! What keeps a file from being read at all. Problems inside it are no errors but [`tabane_model::Problem`]s.

use std::io;

use tabane_model::{Explain, Failure};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Disk(#[from] io::Error),
    #[error("stopped")]
    Stopped,
    /// The file is not what was checked: it changed meanwhile.
    #[error("line {0} changed since the check")]
    Changed(u64),
}

impl Explain for Error {
    fn explain(&self) -> Failure {
        match self {
            Self::Disk(error) => {
                let code = match error.kind() {
                    io::ErrorKind::NotFound => "file-not-found",
                    io::ErrorKind::PermissionDenied | io::ErrorKind::IsADirectory => "file-not-allowed",
                    _ => "disk-failed",
                };
                Failure::new(code).detail(error.to_string())
            }
            Self::Stopped => Failure::new("check-stopped"),
            Self::Changed(line) => Failure::new("file-changed").with("line", *line),
        }
    }
}
