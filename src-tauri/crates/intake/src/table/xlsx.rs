//! Workbooks of Excel 2007 and later.

use std::collections::VecDeque;
use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{DataRef, Reader as _, XlsxError};

use super::number_format::NumberFormat;
use super::package::{Limits, Package};
use super::place::Place;
use super::sheet::{Aside, Cell, Sheet, TakeCell};
use super::survey::Survey;
use super::tags::Tags;
use super::value::{self, Clock};
use super::workbook::{self, Workbook, WorkbookSheet};
use super::{Remark, SheetName, TableError};

/// Bytes of an entry of the shared texts at least: `<si/>`.
const SHORTEST_TEXT: u64 = 5;

/// A sheet of a workbook.
pub(super) struct XlsxSheet {
    workbook: calamine::Xlsx<BufReader<File>>,
    name: String,
    survey: Survey,
    remarks: Vec<Remark>,
}

/// A sheet, its name, and the names of all.
pub(super) type Opened<S> = (S, String, Vec<SheetName>);

impl XlsxSheet {
    pub(super) fn open(
        path: &Path,
        chosen: Option<&str>,
        limits: &Limits,
    ) -> Result<Opened<Self>, TableError> {
        let mut package = Package::open(path)?;
        let Workbook { folder, sheets } = Workbook::read(&mut package, limits.part)?;
        shared_texts(&mut package, &format!("{folder}sharedStrings.xml"), limits)?;
        for part in ["styles.xml", "theme/theme1.xml"] {
            package.unpacked(&format!("{folder}{part}"), limits.part)?;
        }
        let (sheet, mut survey) = choose(&mut package, &sheets, chosen, limits)?;
        drop(package);
        let file = File::open(path).map_err(|error| TableError::File(error.into()))?;
        let workbook = guard(|| calamine::Xlsx::new(BufReader::new(file)))?.map_err(failed)?;
        survey.findings.hidden_sheet = sheet.hidden.then(|| sheet.name.clone());
        let remarks = survey.findings.remarks();
        let name = sheet.name;
        let names = sheets
            .into_iter()
            .map(|sheet| SheetName {
                name: sheet.name,
                hidden: sheet.hidden,
            })
            .collect();
        Ok((
            Self {
                workbook,
                name: name.clone(),
                survey,
                remarks,
            },
            name,
            names,
        ))
    }
}

/// The chosen sheet, or the first with something in it; those that are shown come first.
fn choose(
    package: &mut Package,
    sheets: &[WorkbookSheet],
    chosen: Option<&str>,
    limits: &Limits,
) -> Result<(WorkbookSheet, Survey), TableError> {
    let mut survey = |sheet: &WorkbookSheet| {
        let part = package.part(&sheet.part, limits.sheet)?;
        let part = part.ok_or_else(|| TableError::broken(format!("{} is missing", sheet.part)))?;
        Survey::of(part, limits)
    };
    if let Some(chosen) = chosen {
        let sheet = sheets.iter().find(|sheet| sheet.name == chosen);
        let sheet = sheet.ok_or_else(|| TableError::NoSuchSheet(chosen.to_owned()))?;
        return Ok((sheet.clone(), survey(sheet)?));
    }
    let mut first = None;
    let (hidden, shown): (Vec<_>, Vec<_>) = sheets.iter().partition(|sheet| sheet.hidden);
    for sheet in shown.into_iter().chain(hidden) {
        let found = survey(sheet)?;
        if !found.findings.used.is_empty() {
            return Ok((sheet.clone(), found));
        }
        first.get_or_insert((sheet.clone(), found));
    }
    first.ok_or(TableError::NoSheet)
}

/// Checks what is held in memory: how large it is, and that it is no larger than it says.
fn shared_texts(package: &mut Package, part: &str, limits: &Limits) -> Result<(), TableError> {
    let bytes = package.unpacked(part, limits.part)?;
    let Some(part) = package.part(part, limits.part)? else {
        return Ok(());
    };
    let mut tags = Tags::new(part, limits.row);
    while let Some(tag) = tags.next_tag()? {
        if tag.name() == (b"sst", false) {
            // The reader makes room for as many texts as are announced.
            let announced = tag.attribute(b"uniqueCount").unwrap_or(b"0");
            let announced = std::str::from_utf8(announced)
                .ok()
                .and_then(|count| count.parse::<u64>().ok());
            return match announced {
                Some(count) if count <= bytes / SHORTEST_TEXT => Ok(()),
                _ => Err(TableError::broken("the number of shared texts is wrong")),
            };
        }
    }
    Ok(())
}

impl Sheet for XlsxSheet {
    fn used(&self) -> &[bool] {
        &self.survey.findings.used
    }

    fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    fn cells(&mut self, take: &mut TakeCell<'_>) -> Result<(), TableError> {
        let is_1904 = self.workbook.has_1904_epoch();
        let mut odd_errors: VecDeque<Place> = self.survey.odd_errors.clone();
        let mut reader = guard(|| self.workbook.worksheet_cells_reader(&self.name))?.map_err(failed)?;
        let formats: Vec<NumberFormat> = reader
            .styles()
            .iter()
            .map(|style| {
                let format = style.number_format.as_ref();
                NumberFormat::read(format.map_or("", |format| &format.format_code))
            })
            .collect();
        let mut text = CellText {
            formats: &formats,
            is_1904,
            text: String::new(),
            shown: None,
        };
        loop {
            let next = guard(|| reader.next_cell_with_style_id())?;
            let (place, value, style) = match next {
                Ok(Some((cell, style))) => {
                    let (row, column) = cell.get_position();
                    (Place { row, column }, cell, style)
                }
                Ok(None) => return Ok(()),
                // An error that the reader does not know. It goes on behind it all the same.
                Err(XlsxError::CellError(error)) => {
                    let Some(place) = odd_errors.pop_front() else {
                        return Err(TableError::broken(error));
                    };
                    let cell = Cell {
                        row: place.row,
                        column: place.column,
                        text: &error,
                        aside: Aside::Error,
                    };
                    if take(cell).is_break() {
                        return Ok(());
                    }
                    continue;
                }
                Err(error) => return Err(failed(error)),
            };
            if let Some(cell) = text.of(place, value.get_value(), style)
                && take(cell).is_break()
            {
                return Ok(());
            }
        }
    }
}

/// Values as text, in memory that is used again.
struct CellText<'a> {
    formats: &'a [NumberFormat],
    is_1904: bool,
    text: String,
    shown: Option<String>,
}

impl CellText<'_> {
    /// `None`: there is nothing in it.
    fn of<'b>(&'b mut self, place: Place, value: &'b DataRef<'_>, style: usize) -> Option<Cell<'b>> {
        self.text.clear();
        self.shown = None;
        let format = self.formats.get(style).unwrap_or(&NumberFormat::AsStored);
        let mut aside = Aside::Nothing;
        let text = match value {
            DataRef::Empty => "",
            DataRef::SharedString(text) => text,
            DataRef::String(text) => text,
            DataRef::Bool(true) => "TRUE",
            DataRef::Bool(false) => "FALSE",
            DataRef::DateTimeIso(text) => value::iso_date(text),
            DataRef::DurationIso(text) => match value::iso_span(text) {
                Some(span) => {
                    self.text = span;
                    &self.text
                }
                None => text,
            },
            DataRef::Error(error) => {
                aside = Aside::Error;
                self.text = error.to_string();
                &self.text
            }
            DataRef::Int(_) | DataRef::Float(_) => {
                #[allow(clippy::cast_precision_loss)] // Excel has floats only
                let number = match value {
                    DataRef::Int(number) => *number as f64,
                    DataRef::Float(number) => *number,
                    _ => 0.0,
                };
                value::number(number, &mut self.text);
                self.shown = format.shown(number, &self.text);
                aside = self.shown.as_deref().map_or(Aside::Nothing, Aside::Shown);
                &self.text
            }
            DataRef::DateTime(date) => {
                let clock = match format {
                    NumberFormat::Date(clock) => *clock,
                    _ if date.is_duration() => Clock::Elapsed,
                    _ => Clock::Date,
                };
                if !value::serial(date.as_f64(), clock, self.is_1904, &mut self.text) {
                    value::number(date.as_f64(), &mut self.text);
                }
                &self.text
            }
        };
        (!text.is_empty()).then_some(Cell {
            row: place.row,
            column: place.column,
            text,
            aside,
        })
    }
}

/// The readers of workbooks take some liberties with files that are not in order. None may end the program.
pub(super) fn guard<T>(read: impl FnOnce() -> T) -> Result<T, TableError> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| TableError::broken("the reader gave up on it"))
}

fn failed(error: XlsxError) -> TableError {
    match error {
        XlsxError::Password => TableError::Password,
        XlsxError::Io(error) => error.into(),
        XlsxError::Zip(error) => error.into(),
        XlsxError::Xml(error) => workbook::failed(error),
        other => TableError::broken(other),
    }
}
