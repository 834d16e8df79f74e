//! Saves results as CSV, Excel, JSON or JSONL, row by row: memory does not grow with the number of rows.

mod columns;
mod csv;
mod error;
mod format;
mod json;
mod temporary;
#[cfg(test)]
mod tests;
mod xlsx;

use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use tabane_model::ResultRow;

use crate::columns::Cells;
pub use crate::columns::Columns;
pub use crate::error::Error;
pub use crate::format::Format;

/// How to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// In CSV, an apostrophe before text that a spreadsheet would calculate. The other formats need none.
    pub defuse_formulas: bool,
    pub columns: Columns,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            defuse_formulas: true,
            columns: Columns::plain(),
        }
    }
}

/// What was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Without the heads.
    pub rows: u64,
    /// Size of the file.
    pub bytes: u64,
    /// Texts too long for an Excel cell, which stand whole on the sheet `long_text`; 0 in other formats.
    pub long_texts: u64,
}

/// Takes one row; a row source passes its error on.
pub type Take<'a> = &'a mut dyn FnMut(&ResultRow) -> Result<(), Error>;

/// Says with an error that the person stopped.
type Check<'a> = &'a mut dyn FnMut() -> Result<(), Error>;

/// One format at work.
trait Table {
    fn row(&mut self, cells: &Cells<'_>) -> Result<(), Error>;
    /// Writes the rest and returns the number of long texts.
    fn finish(&mut self, check: Check<'_>) -> Result<u64, Error>;
}

/// Writes all rows that `rows` gives into `target`, replacing a file that is there.
///
/// `rows` is called once with the function that takes each row. `progress` hears the number of rows done
/// after each row and may stop. When it is stopped or fails, nothing is left behind and `target` is as before.
pub fn write(
    format: Format,
    target: &Path,
    rows: &mut dyn FnMut(Take<'_>) -> Result<(), Error>,
    options: &Options,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Written, Error> {
    let target = &temporary::place(target)?;
    let file = temporary::beside(target)?;
    let mut table: Box<dyn Table + '_> = match format {
        Format::Csv => Box::new(csv::Csv::start(
            file.as_file(),
            options.columns.names(),
            options.defuse_formulas,
        )?),
        Format::Xlsx => Box::new(xlsx::Xlsx::start(
            file.as_file(),
            temporary::folder(target),
            options.columns.names(),
            xlsx::SHEET_ROWS,
        )?),
        Format::Json => Box::new(json::Json::array(file.as_file())),
        Format::Jsonl => Box::new(json::Json::lines(file.as_file())),
    };
    let mut done = 0;
    let mut ask = |done| match progress(done) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Stopped),
    };

    // Kept here, because a row source may turn our error into one of its own, or forget it.
    let mut halted = None;
    let source = rows(&mut |row| {
        if halted.is_none() {
            let step = table.row(&options.columns.cells(row)).and_then(|()| {
                done += 1;
                ask(done)
            });
            halted = step.err();
        }
        if halted.is_some() {
            Err(Error::Stopped)
        } else {
            Ok(())
        }
    });
    if let Some(error) = halted {
        return Err(error);
    }
    source?;

    let long_texts = table.finish(&mut || ask(done))?;
    drop(table);
    // The last moment to stop: finishing a large workbook takes a while.
    ask(done)?;
    let bytes = temporary::keep(file, target)?;
    Ok(Written {
        rows: done,
        bytes,
        long_texts,
    })
}

/// Writes a file of another kind whole or not at all, replacing one that is there. Gives its size in bytes.
///
/// # Errors
/// The disk's, or what `fill` gives.
pub fn write_whole(
    target: &Path,
    fill: &mut dyn FnMut(&mut dyn Write) -> Result<(), Error>,
) -> Result<u64, Error> {
    let target = &temporary::place(target)?;
    let file = temporary::beside(target)?;
    let mut out = BufWriter::with_capacity(1 << 20, file.as_file());
    fill(&mut out)?;
    out.flush()?;
    drop(out);
    temporary::keep(file, target)
}
