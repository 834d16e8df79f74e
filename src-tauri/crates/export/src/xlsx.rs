//! Excel workbooks in constant memory: numbers as numbers, everything else as text that never runs.

use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use tabane_model::ResultRow;

use crate::columns::{Cell, NAMES, cells};
use crate::{Error, Options, Sheet};

/// Rows of one sheet, its head included (Excel's specification, 2026-11).
const SHEET_ROWS: u32 = 1_048_576;

/// UTF-16 units of one cell (same source).
const CELL_UNITS: usize = 32_767;

/// Stands at the end of a cut text.
const CUT: &str = " [...]";

pub(crate) struct Xlsx {
    workbook: Workbook,
    target: PathBuf,
    options: Options,
    sheet_rows: u32,
    sheets: u32,
    /// Next row of the current sheet.
    next: u32,
    long: LongTexts,
}

impl Xlsx {
    pub(crate) fn new(target: &Path, folder: &Path, options: Options) -> Result<Self, Error> {
        Self::with_sheet_rows(target, folder, options, SHEET_ROWS)
    }

    /// Smaller sheets for tests.
    pub(crate) fn with_sheet_rows(
        target: &Path,
        folder: &Path,
        options: Options,
        sheet_rows: u32,
    ) -> Result<Self, Error> {
        let mut workbook = Workbook::new();
        // What constant memory spills goes where the file itself will be: there is room, and no other user.
        workbook.set_tempdir(folder)?;
        let mut xlsx = Self {
            workbook,
            target: target.to_owned(),
            options,
            sheet_rows,
            sheets: 0,
            next: 0,
            long: LongTexts::new(folder)?,
        };
        xlsx.begin_sheet()?;
        Ok(xlsx)
    }

    fn begin_sheet(&mut self) -> Result<(), Error> {
        self.sheets += 1;
        let name = if self.sheets == 1 {
            "results".to_owned()
        } else {
            format!("results_{}", self.sheets)
        };
        let bold = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(&name)?;
        sheet.set_freeze_panes(1, 1)?;
        for (column, name) in (0_u16..).zip(NAMES) {
            let width = match name {
                "answer" | "error_message" => 60,
                "custom_id" => 24,
                _ => 14,
            };
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(0, column, name, &bold)?;
        }
        self.next = 1;
        Ok(())
    }
}

impl Sheet for Xlsx {
    fn row(&mut self, row: &ResultRow) -> Result<(), Error> {
        if self.next >= self.sheet_rows {
            self.begin_sheet()?;
        }
        let at = self.next;
        self.next += 1;
        let index = self.workbook.worksheets().len() - 1;
        let sheet = self.workbook.worksheet_from_index(index)?;
        for ((column, name), cell) in (0_u16..).zip(NAMES).zip(cells(row, self.options.practice)) {
            match cell {
                Cell::Empty => {}
                #[allow(clippy::cast_precision_loss)] // tokens and lines stay far below 2^53
                Cell::Number(number) => {
                    sheet.write_number(at, column, number as f64)?;
                }
                Cell::Flag(flag) => {
                    sheet.write_string(at, column, if flag { "yes" } else { "no" })?;
                }
                Cell::Text(text) => {
                    let units = units(text);
                    if units > CELL_UNITS {
                        self.long.keep(&row.custom_id, name, text)?;
                        let short = format!("{}{CUT}", head(text, CELL_UNITS - CUT.len()));
                        sheet.write_string(at, column, short)?;
                    } else {
                        sheet.write_string(at, column, text)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<u64, Error> {
        let long_texts = self.long.count;
        if long_texts > 0 {
            let sheet = self.workbook.add_worksheet_with_constant_memory()?;
            self.long.write(sheet)?;
        }
        self.workbook.save(&self.target)?;
        Ok(long_texts)
    }
}

/// Texts too long for a cell, waiting on disk for the sheet that comes after the results.
struct LongTexts {
    file: BufWriter<std::fs::File>,
    count: u64,
}

impl LongTexts {
    fn new(folder: &Path) -> Result<Self, Error> {
        Ok(Self {
            file: BufWriter::new(tempfile::tempfile_in(folder)?),
            count: 0,
        })
    }

    fn keep(&mut self, custom_id: &str, column: &str, text: &str) -> Result<(), Error> {
        for part in [custom_id, column, text] {
            self.file.write_all(&(part.len() as u64).to_le_bytes())?;
            self.file.write_all(part.as_bytes())?;
        }
        self.count += 1;
        Ok(())
    }

    /// One text in as many rows as it needs.
    fn write(self, sheet: &mut Worksheet) -> Result<(), Error> {
        sheet.set_name("long_text")?;
        for (column, name) in (0_u16..).zip(["custom_id", "column", "part", "text"]) {
            sheet.write_string(0, column, name)?;
        }
        let mut file = self
            .file
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        let mut file = BufReader::new(file);
        let mut at = 1;
        for _ in 0..self.count {
            let (custom_id, column, text) = (read(&mut file)?, read(&mut file)?, read(&mut file)?);
            let (mut rest, mut part) = (text.as_str(), 1_u32);
            while !rest.is_empty() && at < SHEET_ROWS {
                let piece = head(rest, CELL_UNITS);
                sheet.write_string(at, 0, &custom_id)?;
                sheet.write_string(at, 1, &column)?;
                sheet.write_number(at, 2, part)?;
                sheet.write_string(at, 3, piece)?;
                rest = &rest[piece.len()..];
                part += 1;
                at += 1;
            }
        }
        Ok(())
    }
}

fn read(file: &mut impl Read) -> std::io::Result<String> {
    let mut length = [0; 8];
    file.read_exact(&mut length)?;
    let mut text = String::new();
    file.take(u64::from_le_bytes(length)).read_to_string(&mut text)?;
    Ok(text)
}

/// Excel counts UTF-16 units.
fn units(text: &str) -> usize {
    if text.len() <= CELL_UNITS {
        text.len()
    } else {
        text.chars().map(char::len_utf16).sum()
    }
}

/// The longest beginning of at most so many units.
fn head(text: &str, most: usize) -> &str {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > most {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_never_cut_a_letter() {
        assert_eq!(head("a😀b", 2), "a");
        assert_eq!(head("a😀b", 3), "a😀");
        assert_eq!(head("あい", 9), "あい");
    }

    #[test]
    fn a_full_sheet_is_followed_by_another() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("a.xlsx");
        let options = Options {
            defuse_formulas: true,
            practice: false,
        };
        let mut xlsx = Box::new(Xlsx::with_sheet_rows(&target, dir.path(), options, 4).unwrap());
        for number in 0..7 {
            xlsx.row(&crate::tests::row(number, "x")).unwrap();
        }
        assert_eq!(xlsx.sheets, 3);
        xlsx.finish().unwrap();
        assert!(target.metadata().unwrap().len() > 1_000);
    }
}
