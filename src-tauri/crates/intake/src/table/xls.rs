//! Workbooks of Excel 97 to 2003 (and 95). They have 65,536 rows at most and are held in memory.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use calamine::{Data, Range, Reader as _, SheetType, SheetVisible, XlsError};

use super::biff::{Book, BookSheet};
use super::number_format::NumberFormat;
use super::package::Limits;
use super::place::{Area, Place};
use super::sheet::{Aside, Cell, Sheet, TakeCell};
use super::value::{self, Clock};
use super::xlsx::{Opened, guard};
use super::{Remark, SheetName, TableError};

/// A sheet of a workbook.
pub(super) struct XlsSheet {
    /// By row and column, in rising order.
    cells: Vec<(u32, u32, Data)>,
    sheet: BookSheet,
    formats: Vec<NumberFormat>,
    is_1904: bool,
    remarks: Vec<Remark>,
}

type Xls = calamine::Xls<Cursor<Vec<u8>>>;

impl XlsSheet {
    pub(super) fn open(
        path: &Path,
        chosen: Option<&str>,
        limits: &Limits,
    ) -> Result<Opened<Self>, TableError> {
        let (name, stream) = stream(path, limits)?;
        let mut book = Book::read(&stream)?;
        let mut workbook = guard(|| Xls::new(alone(name, &stream)?).map_err(failed))??;
        let all = workbook.sheets_metadata().to_vec();
        let is_sheet = |at: &usize| all[*at].typ == SheetType::WorkSheet;
        let hidden = |at: usize| all[at].visible != SheetVisible::Visible;
        let filled = |at: usize| book.sheets.get(at).is_some_and(|sheet| sheet.findings.cells > 0);
        let sheets: Vec<usize> = (0..all.len().min(book.sheets.len())).filter(is_sheet).collect();
        let find = |fits: &dyn Fn(usize) -> bool| sheets.iter().copied().find(|&at| fits(at));
        let at = match chosen {
            Some(chosen) => find(&|at| all[at].name == chosen)
                .ok_or_else(|| TableError::NoSuchSheet(chosen.to_owned()))?,
            None => find(&|at| !hidden(at) && filled(at))
                .or_else(|| find(&filled))
                .or_else(|| find(&|_| true))
                .ok_or(TableError::NoSheet)?,
        };
        let names = sheets
            .iter()
            .map(|&at| SheetName {
                name: all[at].name.clone(),
                hidden: hidden(at),
            })
            .collect();
        let name = all[at].name.clone();
        let is_hidden = hidden(at);
        let mut sheet = book.sheets.swap_remove(at);
        let cells = guard(|| workbook.worksheet_range(&name).map_err(failed))??;
        let cells = filled_cells(&cells);
        for area in workbook.merge_cells_by_sheet_name(&name).map_err(failed)? {
            let place = |(row, column)| Place { row, column };
            sheet.findings.merged.add(Area {
                first: place(area.start),
                last: place(area.end),
            });
        }
        sheet.findings.hidden_sheet = is_hidden.then(|| name.clone());
        for (_, column, _) in &cells {
            sheet.findings.use_column(*column);
        }
        let remarks = sheet.findings.remarks();
        let opened = Self {
            cells,
            sheet,
            formats: book.formats,
            is_1904: workbook.has_1904_epoch(),
            remarks,
        };
        Ok((opened, name, names))
    }
}

/// What stands in a rectangle that is mostly empty when a cell stands far away.
fn filled_cells(range: &Range<Data>) -> Vec<(u32, u32, Data)> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    range
        .used_cells()
        .filter(|(.., value)| !matches!(value, Data::String(text) if text.is_empty()))
        .filter_map(|(row, column, value)| {
            let (row, column) = (u32::try_from(row).ok()?, u32::try_from(column).ok()?);
            Some((first_row + row, first_column + column, value.clone()))
        })
        .collect()
}

/// The stream of the workbook and its name.
fn stream(path: &Path, limits: &Limits) -> Result<(&'static str, Vec<u8>), TableError> {
    let mut file = cfb::open(path).map_err(TableError::broken)?;
    let name = if file.is_stream("Workbook") {
        "Workbook"
    } else {
        "Book"
    };
    let stream = file.open_stream(name).map_err(TableError::broken)?;
    let limit = limits.part;
    if stream.len() > limit {
        return Err(TableError::TooLarge { limit });
    }
    let mut bytes = Vec::new();
    stream
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(TableError::broken)?;
    Ok((name, bytes))
}

/// A file with nothing but the workbook. The reader of the cells follows the chains of a damaged file for ever.
fn alone(name: &str, stream: &[u8]) -> Result<Cursor<Vec<u8>>, TableError> {
    // Of the third version: in the fourth the reader wants more than a stream.
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream(name)?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner())
}

impl Sheet for XlsSheet {
    fn used(&self) -> &[bool] {
        &self.sheet.findings.used
    }

    fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    fn cells(&mut self, take: &mut TakeCell<'_>) -> Result<(), TableError> {
        let mut text = String::new();
        for (row, column, value) in &self.cells {
            let (row, column) = (*row, *column);
            text.clear();
            let shown = self.text(row, column, value, &mut text);
            let aside = match (value, &shown) {
                (Data::Error(_), _) => Aside::Error,
                (_, Some(shown)) => Aside::Shown(shown),
                _ => Aside::Nothing,
            };
            let cell = Cell {
                row,
                column,
                text: &text,
                aside,
            };
            if !text.is_empty() && take(cell).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }
}

impl XlsSheet {
    /// Puts the value into `text`, and gives what is shown instead.
    fn text(&self, row: u32, column: u32, value: &Data, text: &mut String) -> Option<String> {
        let place = u16::try_from(row).ok().zip(u16::try_from(column).ok());
        let style = place.and_then(|place| self.sheet.styles.get(&place));
        let format = style.and_then(|&style| self.formats.get(usize::from(style)));
        let number = match value {
            Data::Empty => return None,
            Data::String(string) | Data::DateTimeIso(string) | Data::DurationIso(string) => {
                text.push_str(string);
                return None;
            }
            Data::Bool(truth) => {
                text.push_str(if *truth { "TRUE" } else { "FALSE" });
                return None;
            }
            Data::Error(error) => {
                text.push_str(&error.to_string());
                return None;
            }
            #[allow(clippy::cast_precision_loss)] // Excel has floats only
            Data::Int(number) => *number as f64,
            Data::Float(number) => *number,
            Data::DateTime(date) => date.as_f64(),
        };
        let clock = match (format, value) {
            (Some(NumberFormat::Date(clock)), _) => Some(*clock),
            (_, Data::DateTime(date)) if date.is_duration() => Some(Clock::Elapsed),
            (_, Data::DateTime(_)) => Some(Clock::Date),
            _ => None,
        };
        if clock.is_some_and(|clock| value::serial(number, clock, self.is_1904, text)) {
            return None;
        }
        value::number(number, text);
        format.and_then(|format| format.shown(number, text))
    }
}

fn failed(error: XlsError) -> TableError {
    match error {
        XlsError::Password => TableError::Password,
        other => TableError::broken(other),
    }
}
