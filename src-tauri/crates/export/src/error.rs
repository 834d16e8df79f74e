//! What can go wrong with an export.

use tabane_model::{Explain, Failure};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rows stopped coming.
    #[error("{0}")]
    Rows(Failure),
    #[error("stopped")]
    Stopped,
    #[error("{0}")]
    Disk(#[from] std::io::Error),
    #[error("{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

impl From<::csv::Error> for Error {
    fn from(error: ::csv::Error) -> Self {
        Self::Disk(std::io::Error::other(error))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Disk(error.into())
    }
}

impl Explain for Error {
    fn explain(&self) -> Failure {
        match self {
            Self::Rows(failure) => failure.clone(),
            Self::Stopped => Failure::new("export-stopped"),
            Self::Disk(error) if error.kind() == std::io::ErrorKind::StorageFull => Failure::new("disk-full"),
            Self::Disk(error) => Failure::new("export-not-written").detail(error.to_string()),
            Self::Workbook(error) => Failure::new("export-not-written").detail(error.to_string()),
        }
    }
}
