//! A table of results as a file: Excel, CSV, JSON, JSONL. Knows no database: rows come through a callback.
//!
//! Model output is data: never a formula, never a link, never cut without being kept whole beside.

mod columns;
mod csv;
mod error;
mod json;
mod xlsx;

use std::io::BufWriter;
use std::ops::ControlFlow;
use std::path::Path;

use tabane_model::ResultRow;
use tempfile::NamedTempFile;

pub use error::Error;

/// What a table can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
    Json,
    Jsonl,
}

impl Format {
    /// The word on the command line, which is also the file's ending.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx, Self::Json, Self::Jsonl]
            .into_iter()
            .find(|format| format.extension() == word)
    }

    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Texts in a CSV that a spreadsheet would run as a formula get an apostrophe before them.
    pub defuse_formulas: bool,
    /// The rows were made up by the practice service.
    pub practice: bool,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub rows: u64,
    pub bytes: u64,
    /// Texts too long for a cell of Excel, kept whole on a sheet of their own.
    pub long_texts: u64,
}

/// Takes one row.
pub type Take<'a> = dyn FnMut(&ResultRow) -> Result<(), Error> + 'a;

/// Gives every row to the taker, in order.
pub type Rows<'a> = dyn FnMut(&mut Take<'_>) -> Result<(), Error> + 'a;

/// Told how many rows are written; may stop it.
pub type Progress<'a> = dyn FnMut(u64) -> ControlFlow<()> + 'a;

/// One format's way of writing rows.
trait Sheet {
    fn row(&mut self, row: &ResultRow) -> Result<(), Error>;
    /// Ends the file; gives the number of long texts.
    fn finish(self: Box<Self>) -> Result<u64, Error>;
}

/// Writes a table. The target appears whole or not at all: it is written beside, synced, and renamed.
///
/// # Errors
/// [`Error::Stopped`], the disk's, and those of the rows themselves; the old target stays as it was.
pub fn write(
    format: Format,
    target: &Path,
    rows: &mut Rows<'_>,
    options: &Options,
    progress: &mut Progress<'_>,
) -> Result<Written, Error> {
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let temporary = NamedTempFile::new_in(folder)?;
    let out = || -> Result<_, Error> { Ok(BufWriter::with_capacity(1 << 18, temporary.reopen()?)) };
    let mut sheet: Box<dyn Sheet> = match format {
        Format::Csv => Box::new(csv::Csv::new(out()?, *options)?),
        Format::Json => Box::new(json::Json::list(out()?, *options)?),
        Format::Jsonl => Box::new(json::Json::lines(out()?, *options)),
        Format::Xlsx => Box::new(xlsx::Xlsx::new(temporary.path(), folder, *options)?),
    };
    let mut count = 0_u64;
    rows(&mut |row| {
        sheet.row(row)?;
        count += 1;
        if count.is_multiple_of(256) && progress(count).is_break() {
            return Err(Error::Stopped);
        }
        Ok(())
    })?;
    let long_texts = sheet.finish()?;
    if progress(count).is_break() {
        return Err(Error::Stopped);
    }
    temporary.as_file().sync_all()?;
    let bytes = std::fs::metadata(temporary.path())?.len();
    let file = temporary.persist(target).map_err(|error| error.error)?;
    readable_like_others(&file)?;
    Ok(Written {
        rows: count,
        bytes,
        long_texts,
    })
}

/// Temporary files are made for the owner alone; a saved table is an ordinary file.
#[cfg(unix)]
fn readable_like_others(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_like_others(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
