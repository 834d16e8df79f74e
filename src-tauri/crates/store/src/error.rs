//! What can go wrong with the data folder, each with a stable code.

use std::{io, path::Path};

use rusqlite::ErrorCode as Sqlite;
use tabane_model::{Explain, Failure};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another Tabane holds the folder. `holder` is the word that it gave, such as `window`.
    #[error("the data folder is in use by {holder} (process {pid})")]
    InUse { holder: String, pid: String },
    #[error("the database has version {found}; this program knows up to {known}")]
    Newer { found: u32, known: u32 },
    #[error("the update of the database to version {to} failed: {detail}")]
    NotMigrated { to: u32, detail: String },
    #[error("the disk is full: {0}")]
    DiskFull(String),
    #[error("the database is damaged: {0}")]
    Damaged(String),
    #[error("cannot write in {folder}: {detail}")]
    Unwritable { folder: String, detail: String },
    /// Another program holds the database file itself.
    #[error("the database is held by another program: {0}")]
    Busy(String),
    #[error("no job {0}")]
    NoJob(String),
    #[error("job {job} has no part {number}")]
    NoPart { job: String, number: u32 },
    #[error("job {job} has no row {position}")]
    NoRow { job: String, position: u32 },
    #[error("no draft {0}")]
    NoDraft(String),
    #[error("no study {0}")]
    NoStudy(String),
    #[error("study {0} was sent and does not change any more")]
    StudySent(String),
    #[error("study {0} still has jobs")]
    StudyHasJobs(String),
    /// How the effect before it ended is not known yet; a second one could be paid twice.
    #[error("a {kind} of part {part} is still open")]
    EffectOpen { kind: &'static str, part: u32 },
    #[error("the database refused: {0}")]
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as Of;
        let detail = error.to_string();
        match error.sqlite_error_code() {
            Some(Sqlite::DiskFull) => Self::DiskFull(detail),
            Some(Sqlite::DatabaseCorrupt | Sqlite::NotADatabase) => Self::Damaged(detail),
            Some(Sqlite::DatabaseBusy | Sqlite::DatabaseLocked) => Self::Busy(detail),
            Some(Sqlite::ReadOnly | Sqlite::CannotOpen | Sqlite::PermissionDenied) => Self::Unwritable {
                folder: String::new(),
                detail,
            },
            _ => match error {
                // A word or a number that we never wrote.
                Of::FromSqlConversionFailure(..)
                | Of::IntegralValueOutOfRange(..)
                | Of::InvalidColumnType(..) => Self::Damaged(detail),
                other => Self::Database(other),
            },
        }
    }
}

impl Error {
    /// A failure of the file system in `folder`.
    pub(crate) fn files(folder: &Path, error: &io::Error) -> Self {
        let detail = error.to_string();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(detail),
            _ => Self::Unwritable {
                folder: folder.display().to_string(),
                detail,
            },
        }
    }

    /// SQLite does not say which folder it could not write in.
    pub(crate) fn in_folder(self, folder: &Path) -> Self {
        match self {
            Self::Unwritable { detail, .. } => Self::Unwritable {
                folder: folder.display().to_string(),
                detail,
            },
            other => other,
        }
    }
}

impl Explain for Error {
    fn explain(&self) -> Failure {
        match self {
            Self::InUse { holder, pid } => Failure::new("data-folder-in-use")
                .with("holder", holder.as_str())
                .with("pid", pid.as_str())
                .detail(self.to_string()),
            Self::Newer { found, known } => Failure::new("database-newer")
                .with("found", *found)
                .with("known", *known),
            Self::NotMigrated { detail, .. } => Failure::new("database-not-updated").detail(detail),
            Self::DiskFull(detail) => Failure::new("disk-full").detail(detail),
            Self::Damaged(detail) => Failure::new("database-damaged").detail(detail),
            // Told while only reading, of a folder that was opened before.
            Self::Unwritable { folder, detail } if folder.is_empty() => {
                Failure::new("database-failed").detail(detail)
            }
            Self::Unwritable { folder, detail } => Failure::new("data-folder-unwritable")
                .with("folder", folder.as_str())
                .detail(detail),
            Self::Busy(detail) => Failure::new("database-busy").detail(detail),
            Self::NoJob(id) => Failure::new("job-not-found").with("id", id.as_str()),
            Self::NoPart { job, number } => Failure::new("part-not-found")
                .with("id", job.as_str())
                .with("part", *number),
            Self::NoRow { job, position } => Failure::new("row-not-found")
                .with("id", job.as_str())
                .with("row", position.saturating_add(1)),
            Self::NoDraft(id) => Failure::new("draft-not-found").with("id", id.as_str()),
            Self::NoStudy(id) => Failure::new("study-not-found").with("id", id.as_str()),
            Self::StudySent(id) => Failure::new("study-sent").with("id", id.as_str()),
            Self::StudyHasJobs(id) => Failure::new("study-has-jobs").with("id", id.as_str()),
            Self::EffectOpen { part, .. } => Failure::new("effect-still-open")
                .with("part", *part)
                .detail(self.to_string()),
            Self::Database(error) => Failure::new("database-failed").detail(error.to_string()),
        }
    }
}
