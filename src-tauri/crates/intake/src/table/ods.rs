//! OpenDocument spreadsheets. Read here and not by calamine, which holds all sheets in memory, tells neither
//! merged nor hidden cells nor what is shown, and reads comments as text.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::findings::Findings;
use super::ods_rows::{self, Found, OdsCell};
use super::package::{Limits, Package};
use super::place::{Area, MAX_COLUMNS, MAX_ROWS, Place};
use super::sheet::{Aside, Cell, Sheet, TakeCell};
use super::tags::Tags;
use super::xlsx::Opened;
use super::{Remark, SheetName, TableError};

const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";
/// LibreOffice keeps to 10,000 sheets; Excel keeps to 65,490 styles.
const MAX_SHEETS: u32 = 10_000;
const MAX_STYLES: u32 = 100_000;

/// A sheet of an OpenDocument spreadsheet.
pub(super) struct OdsSheet {
    path: PathBuf,
    limits: Limits,
    /// Its number among all sheets.
    at: usize,
    used: Vec<bool>,
    remarks: Vec<Remark>,
}

/// What a first look finds of a sheet.
#[derive(Default)]
struct Survey {
    name: String,
    hidden: bool,
    findings: Findings,
}

impl OdsSheet {
    pub(super) fn open(
        path: &Path,
        chosen: Option<&str>,
        limits: &Limits,
    ) -> Result<Opened<Self>, TableError> {
        let mut package = Package::open(path)?;
        if is_encrypted(&mut package, limits)? {
            return Err(TableError::Password);
        }
        let surveys = surveys(&mut package, limits)?;
        let at = match chosen {
            Some(chosen) => surveys
                .iter()
                .position(|sheet| sheet.name == chosen)
                .ok_or_else(|| TableError::NoSuchSheet(chosen.to_owned()))?,
            None => {
                let find = |fits: fn(&Survey) -> bool| surveys.iter().position(fits);
                find(|sheet| !sheet.hidden && !sheet.findings.used.is_empty())
                    .or_else(|| find(|sheet| !sheet.findings.used.is_empty()))
                    .or_else(|| find(|_| true))
                    .ok_or(TableError::NoSheet)?
            }
        };
        let names = surveys
            .iter()
            .map(|sheet| SheetName {
                name: sheet.name.clone(),
                hidden: sheet.hidden,
            })
            .collect();
        let survey = &surveys[at];
        let sheet = Self {
            path: path.to_owned(),
            limits: *limits,
            at,
            used: survey.findings.used.clone(),
            remarks: survey.findings.remarks(),
        };
        Ok((sheet, survey.name.clone(), names))
    }
}

fn is_encrypted(package: &mut Package, limits: &Limits) -> Result<bool, TableError> {
    let Some(manifest) = package.part(MANIFEST, limits.part)? else {
        return Ok(false);
    };
    let mut tags = Tags::new(manifest, limits.row);
    while let Some(tag) = tags.next_tag()? {
        if tag.name().0 == b"encryption-data" {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whatever stands in the content, reading it afterwards takes bounded memory.
fn check(package: &mut Package, limits: &Limits) -> Result<(), TableError> {
    let Some(content) = package.part(CONTENT, limits.sheet)? else {
        return Ok(());
    };
    let mut tags = Tags::new(content, limits.row);
    let (mut sheets, mut styles, mut row, mut row_from) = (0u32, 0u32, 0u32, None);
    while let Some(tag) = tags.next_tag()? {
        match tag.name() {
            (b"table", false) => {
                sheets += 1;
                row = 0;
            }
            (b"style", false) => styles += 1,
            (b"table-row", closes) => {
                row = row.saturating_add(u32::from(!closes));
                row_from = (!closes && !tag.is_empty()).then_some(tag.at);
            }
            _ => {}
        }
        if row_from.is_some_and(|from| tag.at - from > limits.row) {
            let limit = limits.row;
            return Err(TableError::RowTooLarge { row, limit });
        }
        if sheets > MAX_SHEETS || styles > MAX_STYLES {
            return Err(TableError::broken(
                "more sheets or styles than any program writes",
            ));
        }
    }
    Ok(())
}

fn surveys(package: &mut Package, limits: &Limits) -> Result<Vec<Survey>, TableError> {
    check(package, limits)?;
    let content = package.part(CONTENT, limits.sheet)?;
    let content = content.ok_or_else(|| TableError::broken("the content is missing"))?;
    let mut surveys: Vec<Survey> = Vec::new();
    ods_rows::each(content, &mut |found| {
        match (found, surveys.last_mut()) {
            (Found::Sheet { name, hidden }, _) => surveys.push(Survey {
                findings: Findings {
                    hidden_sheet: hidden.then(|| name.clone()),
                    ..Findings::default()
                },
                name,
                hidden,
            }),
            (Found::Columns { first, count, hidden }, Some(sheet)) => {
                if hidden && count > 0 {
                    sheet
                        .findings
                        .hide_columns(first, first.saturating_add(count - 1));
                }
            }
            (
                Found::Row {
                    row,
                    repeat,
                    hidden,
                    cells,
                },
                Some(sheet),
            ) => {
                sheet.row(row, repeat, hidden, cells)?;
                if sheet.findings.cells > limits.cells {
                    return Err(TableError::TooManyCells { limit: limits.cells });
                }
            }
            (_, None) => return Err(TableError::broken("cells outside of a sheet")),
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(surveys)
}

impl Survey {
    fn row(&mut self, row: u32, repeat: u32, hidden: bool, cells: &[OdsCell]) -> Result<(), TableError> {
        let mut filled = false;
        for cell in cells {
            let place = Place {
                row,
                column: cell.column,
            };
            if cell.text.is_empty() {
                if cell.formula {
                    self.findings.without_value.add(place);
                }
            } else {
                if cell.column.saturating_add(cell.repeat) > MAX_COLUMNS {
                    return Err(TableError::TooManyColumns { limit: MAX_COLUMNS });
                }
                if row.saturating_add(repeat) > MAX_ROWS {
                    return Err(TableError::TooManyRows { limit: MAX_ROWS });
                }
                filled = true;
                let cells = u64::from(cell.repeat) * u64::from(repeat);
                self.findings.cells = self.findings.cells.saturating_add(cells);
                for column in cell.column..cell.column + cell.repeat {
                    self.findings.use_column(column);
                }
            }
            if cell.span != (1, 1) {
                let last = Place {
                    row: row
                        .saturating_add(cell.span.1.saturating_sub(1))
                        .min(MAX_ROWS - 1),
                    column: cell
                        .column
                        .saturating_add(cell.span.0.saturating_sub(1))
                        .min(MAX_COLUMNS - 1),
                };
                self.findings.merged.add(Area { first: place, last });
            }
        }
        if hidden && filled {
            (row..row + repeat).for_each(|row| self.findings.hidden_rows.add(row));
        }
        Ok(())
    }
}

impl Sheet for OdsSheet {
    fn used(&self) -> &[bool] {
        &self.used
    }

    fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    fn cells(&mut self, take: &mut TakeCell<'_>) -> Result<(), TableError> {
        let mut package = Package::open(&self.path)?;
        let content = package.part(CONTENT, self.limits.sheet)?;
        let content = content.ok_or_else(|| TableError::broken("the content is missing"))?;
        let mut sheets = 0;
        ods_rows::each(content, &mut |found| {
            Ok(match found {
                Found::Sheet { .. } => {
                    sheets += 1;
                    if sheets > self.at + 1 {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                }
                Found::Row {
                    row, repeat, cells, ..
                } if sheets == self.at + 1 => hand_out(row, repeat, cells, take),
                _ => ControlFlow::Continue(()),
            })
        })
    }
}

fn hand_out(row: u32, repeat: u32, cells: &[OdsCell], take: &mut TakeCell<'_>) -> ControlFlow<()> {
    for row in row..row.saturating_add(repeat) {
        for cell in cells.iter().filter(|cell| !cell.text.is_empty()) {
            for column in cell.column..cell.column.saturating_add(cell.repeat) {
                let aside = match &cell.shown {
                    _ if cell.error => Aside::Error,
                    Some(shown) => Aside::Shown(shown),
                    None => Aside::Nothing,
                };
                take(Cell {
                    row,
                    column,
                    text: &cell.text,
                    aside,
                })?;
            }
        }
    }
    ControlFlow::Continue(())
}
