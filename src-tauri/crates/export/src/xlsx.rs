//! An Excel workbook: the sheet `results`, and `long_text` for what does not fit in a cell.
//!
//! Cells are written with `write_string` and `write_number` only, so no text becomes a formula or a link.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::columns::{Cells, Value};
use crate::{Check, Error, Table};

/// Rows of a sheet with its head (Excel specifications and limits, 2026-07).
pub(crate) const SHEET_ROWS: u32 = 1_048_576;
/// UTF-16 units of a cell (the same page).
const CELL_UNITS: usize = 32_767;
/// Ends a text that was cut.
const CUT_MARK: &str = " … [cut; whole on sheet long_text]";

const LONG_TEXT: &str = "long_text";
const LONG_TEXT_NAMES: [&str; 4] = ["custom_id", "column", "part", "text"];

/// What the spill file holds a line of: custom_id, column, text.
type Spilled<T> = (T, T, T);

pub(crate) struct Xlsx<'f> {
    file: &'f File,
    workbook: Workbook,
    results: Sheets,
    /// Long texts wait here: sheets of constant memory are written one after the other.
    spill: BufWriter<File>,
    long_texts: u64,
}

impl<'f> Xlsx<'f> {
    /// Temporary files lie in `folder`, which must have room for the result anyway; `/tmp` may be small.
    pub(crate) fn start(
        file: &'f File,
        folder: &Path,
        names: &[String],
        sheet_rows: u32,
    ) -> Result<Self, Error> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder)?;
        let results = Sheets::start(&mut workbook, "results", names.to_vec(), sheet_rows)?;
        let spill = BufWriter::new(tempfile::tempfile_in(folder)?);
        Ok(Self {
            file,
            workbook,
            results,
            spill,
            long_texts: 0,
        })
    }

    /// The text for a cell; one that is too long goes whole to the spill file as well.
    fn fitted(&mut self, id: &str, column: &str, text: &str) -> Result<String, Error> {
        if units(text) <= CELL_UNITS {
            return Ok(text.to_owned());
        }
        let spilled: Spilled<&str> = (id, column, text);
        serde_json::to_writer(&mut self.spill, &spilled)?;
        self.spill.write_all(b"\n")?;
        self.long_texts += 1;
        Ok(shortened(text))
    }

    fn write_long_texts(&mut self, sheet_rows: u32, check: Check<'_>) -> Result<(), Error> {
        self.spill.flush()?;
        self.spill.rewind()?;
        let names = LONG_TEXT_NAMES.map(str::to_owned).to_vec();
        let mut sheets = Sheets::start(&mut self.workbook, LONG_TEXT, names, sheet_rows)?;
        for line in BufReader::new(self.spill.get_ref()).lines() {
            check()?;
            let (id, column, text): Spilled<String> = serde_json::from_str(&line?)?;
            let id = if units(&id) <= CELL_UNITS {
                id
            } else {
                shortened(&id)
            };
            let mut rest = text.as_str();
            let mut part = 0_u32;
            while !rest.is_empty() {
                let (piece, after) = rest.split_at(prefix(rest, CELL_UNITS));
                rest = after;
                part += 1;
                sheets.row(&mut self.workbook, |sheet, row| {
                    sheet.write_string(row, 0, &id)?;
                    sheet.write_string(row, 1, &column)?;
                    sheet.write_number(row, 2, part)?;
                    sheet.write_string(row, 3, piece).map(drop)
                })?;
            }
        }
        sheets.end(&mut self.workbook);
        Ok(())
    }
}

impl Table for Xlsx<'_> {
    fn row(&mut self, cells: &Cells<'_>) -> Result<(), Error> {
        let id = match cells.values.first() {
            Some(Value::Text(id)) => id,
            _ => "",
        };
        let mut texts = Vec::with_capacity(cells.values.len());
        for (value, column) in cells.values.iter().zip(cells.names) {
            texts.push(match value {
                Value::Text(text) => Some(self.fitted(id, column, text)?),
                Value::Made(text) => Some(self.fitted(id, column, text)?),
                Value::Flag(flag) => Some(Value::yes_or_no(*flag).to_owned()),
                // More digits than a number: as text rather than not at all.
                Value::Digits(digits) if value.as_number().is_none() => Some((*digits).to_owned()),
                Value::Number(_) | Value::Digits(_) | Value::Decimal(_) | Value::Missing => None,
            });
        }
        self.results.row(&mut self.workbook, |sheet, row| {
            for ((column, value), text) in (0..).zip(&cells.values).zip(texts) {
                if let Some(text) = text {
                    sheet.write_string(row, column, text)?;
                } else if let Some(number) = value.as_number() {
                    sheet.write_number(row, column, number)?;
                }
            }
            Ok(())
        })
    }

    fn finish(&mut self, check: Check<'_>) -> Result<u64, Error> {
        self.results.end(&mut self.workbook);
        if self.long_texts > 0 {
            self.write_long_texts(self.results.limit, check)?;
        }
        check()?;
        let mut file = BufWriter::new(self.file);
        guarded(|| self.workbook.save_to_writer(&mut file))?;
        file.flush()?;
        Ok(self.long_texts)
    }
}

/// A table over as many sheets as its rows need: `results`, `results_2`, ...
struct Sheets {
    name: &'static str,
    head: Vec<String>,
    limit: u32,
    count: u32,
    sheet: Worksheet,
    next_row: u32,
}

impl Sheets {
    fn start(
        workbook: &mut Workbook,
        name: &'static str,
        head: Vec<String>,
        limit: u32,
    ) -> Result<Self, Error> {
        let sheet = new_sheet(workbook, name, &head)?;
        Ok(Self {
            name,
            head,
            limit,
            count: 1,
            sheet,
            next_row: 1,
        })
    }

    fn row(
        &mut self,
        workbook: &mut Workbook,
        fill: impl FnOnce(&mut Worksheet, u32) -> Result<(), XlsxError>,
    ) -> Result<(), Error> {
        if self.next_row >= self.limit {
            self.count += 1;
            let next = new_sheet(workbook, &format!("{}_{}", self.name, self.count), &self.head)?;
            workbook.push_worksheet(std::mem::replace(&mut self.sheet, next));
            self.next_row = 1;
        }
        guarded(|| fill(&mut self.sheet, self.next_row))?;
        self.next_row += 1;
        Ok(())
    }

    /// Hands the last sheet over; no row may follow.
    fn end(&mut self, workbook: &mut Workbook) {
        workbook.push_worksheet(std::mem::take(&mut self.sheet));
    }
}

fn new_sheet(workbook: &mut Workbook, name: &str, head: &[String]) -> Result<Worksheet, Error> {
    let bold = Format::new().set_bold();
    let mut sheet = workbook.new_worksheet_with_constant_memory()?;
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    for (column, title) in (0..).zip(head) {
        if let Some(width) = width(title) {
            sheet.set_column_width(column, width)?;
        }
        sheet.write_string_with_format(0, column, title, &bold)?;
    }
    Ok(sheet)
}

/// In characters; what is read, not counted, gets more room than Excel's usual 8.
fn width(title: &str) -> Option<f64> {
    match title {
        "custom_id" => Some(28.0),
        "answer" | "text" => Some(60.0),
        "error_message" => Some(40.0),
        "model" | "error_code" => Some(18.0),
        _ => None,
    }
}

/// The library panics where its temporary files cannot be written (0.102), most likely on a full disk.
fn guarded<T>(work: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, Error> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => Ok(done?),
        Err(panic) => {
            let words = panic
                .downcast::<String>()
                .map_or_else(|_| "the sheet could not be written".to_owned(), |words| *words);
            // The words hold the system's error in its `Debug` form; nothing else of it is left.
            let kind = ["StorageFull", "QuotaExceeded"]
                .iter()
                .any(|full| words.contains(full));
            let kind = if kind {
                io::ErrorKind::StorageFull
            } else {
                io::ErrorKind::Other
            };
            Err(io::Error::new(kind, words).into())
        }
    }
}

/// Length as Excel counts it.
fn units(text: &str) -> usize {
    // Cheap way out: UTF-16 never has more units than UTF-8 has bytes.
    if text.len() <= CELL_UNITS {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}

/// The number of bytes of the longest start of `text` within `limit` units, never through a character.
fn prefix(text: &str, limit: usize) -> usize {
    let mut used = 0;
    for (place, character) in text.char_indices() {
        used += character.len_utf16();
        if used > limit {
            return place;
        }
    }
    text.len()
}

/// The start of a text that is too long, with the mark at its end.
fn shortened(text: &str) -> String {
    let room = CELL_UNITS - units(CUT_MARK);
    format!("{}{CUT_MARK}", &text[..prefix(text, room)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_between_characters_and_within_the_limit() {
        // 16,384 characters of two units each: one unit too many.
        let text = "𠮷".repeat(16_384);
        assert_eq!(units(&text), CELL_UNITS + 1);
        assert_eq!(prefix(&text, CELL_UNITS), text.len() - "𠮷".len());
        let short = shortened(&text);
        assert!(units(&short) <= CELL_UNITS && short.starts_with("𠮷𠮷") && short.ends_with(CUT_MARK));
    }

    #[test]
    fn a_panic_of_the_library_becomes_an_error() {
        let full = guarded::<()>(|| {
            let full = io::Error::from(io::ErrorKind::StorageFull);
            panic!("Couldn't write to xml file: {full:?}");
        });
        assert!(matches!(full, Err(Error::Disk(error)) if error.kind() == io::ErrorKind::StorageFull));
    }
}
