//! Why results could not be saved, each with a stable code.

use std::io;

use rust_xlsxwriter::XlsxError;
use tabane_model::{Explain, Failure};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Whoever gives the rows could not go on.
    #[error("the rows could not be read: {0}")]
    Rows(Failure),
    /// The person stopped it.
    #[error("stopped")]
    Stopped,
    #[error("the file could not be written: {0}")]
    Disk(#[from] io::Error),
    #[error("the workbook could not be written: {0}")]
    Workbook(XlsxError),
}

impl From<XlsxError> for Error {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => Self::Disk(error),
            // Keeps the kind of what the disk said, such as "full".
            XlsxError::ZipError(error) => Self::Disk(error.into()),
            other => Self::Workbook(other),
        }
    }
}

impl From<csv::Error> for Error {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Disk(error),
            other => Self::Disk(io::Error::other(format!("{other:?}"))),
        }
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
            Self::Disk(error) => {
                let code = match error.kind() {
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk-full",
                    _ => "export-not-written",
                };
                Failure::new(code).detail(error.to_string())
            }
            Self::Workbook(error) => Failure::new("export-not-written").detail(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_called_so_wherever_it_is_met() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let errors: [Error; 3] = [
            full().into(),
            XlsxError::IoError(full()).into(),
            csv::Error::from(full()).into(),
        ];
        for error in errors {
            assert_eq!(error.explain().code, "disk-full");
        }
        let denied = Error::from(io::Error::from(io::ErrorKind::PermissionDenied)).explain();
        assert_eq!(denied.code, "export-not-written");
        assert!(denied.detail.is_some());
        assert_eq!(
            Error::from(XlsxError::RowColumnLimitError).explain().code,
            "export-not-written"
        );
    }

    #[test]
    fn a_failed_row_source_speaks_for_itself() {
        let failure = Failure::new("database-busy").with("n", 3_u32).detail("locked");
        assert_eq!(Error::Rows(failure.clone()).explain(), failure);
        assert_eq!(Error::Stopped.explain(), Failure::new("export-stopped"));
    }
}
