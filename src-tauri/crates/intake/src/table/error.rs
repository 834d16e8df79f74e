//! What keeps a file from being read as a table. What is odd *inside* it is a `Remark`.

use std::io;

use tabane_model::{Explain, Failure};

use crate::Error;

#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file cannot be opened or read at all.
    #[error(transparent)]
    File(#[from] Error),
    #[error("there is nothing in the file")]
    Empty,
    /// No spreadsheet and no text in columns: a picture, a PDF, a program ...
    #[error("this is no table")]
    NotATable,
    /// HTML or XML under the name of a spreadsheet, as some systems export it.
    #[error("this is a web page or XML, not a spreadsheet")]
    WebPage,
    /// A workbook of a kind that is not read: `.xlsb`, `.numbers`, Excel 4 and before.
    #[error("this kind of workbook is not read")]
    OtherWorkbook,
    #[error("the workbook is protected by a password")]
    Password,
    #[error("the workbook is damaged: {0}")]
    Broken(String),
    /// Unpacked it would take more than `limit` bytes.
    #[error("the workbook unpacks to more than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("the sheet has more than {limit} cells")]
    TooManyCells { limit: u64 },
    #[error("the table has more than {limit} columns")]
    TooManyColumns { limit: u32 },
    #[error("the table has more than {limit} rows")]
    TooManyRows { limit: u32 },
    /// One row of text takes more than `limit` bytes; most often a quotation mark is never closed.
    #[error("row {row} takes more than {limit} bytes")]
    RowTooLong { row: u32, limit: u64 },
    /// One row of a sheet takes more than `limit` bytes.
    #[error("row {row} of the sheet takes more than {limit} bytes")]
    RowTooLarge { row: u32, limit: u64 },
    #[error("there is no sheet named {0}")]
    NoSuchSheet(String),
    #[error("there is no sheet with cells")]
    NoSheet,
    /// No ASCII character, or one that has another meaning in such files.
    #[error("{0:?} cannot part cells")]
    Delimiter(String),
}

impl Explain for TableError {
    fn explain(&self) -> Failure {
        match self {
            Self::File(error) => error.explain(),
            Self::Empty => Failure::new("table-empty"),
            Self::NotATable => Failure::new("table-not-a-table"),
            Self::WebPage => Failure::new("table-web-page"),
            Self::OtherWorkbook => Failure::new("table-other-workbook"),
            Self::Password => Failure::new("table-password"),
            Self::Broken(detail) => Failure::new("table-broken").detail(detail),
            Self::TooLarge { limit } => Failure::new("table-too-large").with("limit", limit / 1_000_000),
            Self::TooManyCells { limit } => Failure::new("table-too-many-cells").with("limit", *limit),
            Self::TooManyColumns { limit } => Failure::new("table-too-many-columns").with("limit", *limit),
            Self::TooManyRows { limit } => Failure::new("table-too-many-rows").with("limit", *limit),
            Self::RowTooLong { row, limit } => Failure::new("table-row-too-long")
                .with("row", *row)
                .with("limit", limit / 1_000_000),
            Self::RowTooLarge { row, limit } => Failure::new("table-row-too-large")
                .with("row", *row)
                .with("limit", limit / 1_000_000),
            Self::NoSuchSheet(sheet) => Failure::new("table-no-such-sheet").with("sheet", sheet.as_str()),
            Self::NoSheet => Failure::new("table-no-sheet"),
            Self::Delimiter(delimiter) => {
                Failure::new("table-delimiter").with("delimiter", delimiter.as_str())
            }
        }
    }
}

impl TableError {
    pub(super) fn broken(detail: impl std::fmt::Display) -> Self {
        Self::Broken(detail.to_string())
    }
}

/// A cap that was passed while reading, on its way through an `io::Error`.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(super) enum Cap {
    #[error("more than {0} bytes unpacked")]
    Unpacked(u64),
    #[error("more than {limit} bytes in row {row}")]
    Row { row: u32, limit: u64 },
}

impl From<Cap> for io::Error {
    fn from(cap: Cap) -> Self {
        Self::other(cap)
    }
}

impl From<io::Error> for TableError {
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Cap>()) {
            Some(&Cap::Unpacked(limit)) => return Self::TooLarge { limit },
            Some(&Cap::Row { row, limit }) => return Self::RowTooLong { row, limit },
            None => {}
        }
        match error.kind() {
            // What a decompressor says of damaged data.
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                Self::broken(error)
            }
            _ => Self::File(error.into()),
        }
    }
}

impl From<zip::result::ZipError> for TableError {
    fn from(error: zip::result::ZipError) -> Self {
        use zip::result::ZipError;
        match error {
            ZipError::Io(error) => error.into(),
            ZipError::UnsupportedArchive(text) if text == ZipError::PASSWORD_REQUIRED => Self::Password,
            other => Self::broken(other),
        }
    }
}
