//! A first look at a workbook of Excel 97 to 2003 (and 95): its records, as [MS-XLS] and the format's
//! description by OpenOffice have them. Finds what the reader of the cells does not tell, and keeps it from
//! making room for more than there is.

use std::collections::HashMap;

use super::TableError;
use super::findings::Findings;
use super::number_format::{self, NumberFormat};

/// Rows and columns of a sheet of Excel 97 to 2003.
const ROWS: u32 = 65_536;
const COLUMNS: u32 = 256;
/// Cells of the rectangle around everything on a sheet, which the reader holds in memory whole, empty or not.
/// A full sheet of 65,536 rows may have 128 columns.
const MAX_AREA: u64 = 8_388_608;

/// The workbook and its sheets, in their order.
pub(super) struct Book {
    pub(super) sheets: Vec<BookSheet>,
    /// By the number of a cell's style.
    pub(super) formats: Vec<NumberFormat>,
}

#[derive(Default)]
pub(super) struct BookSheet {
    pub(super) findings: Findings,
    /// The style of each number that is not shown as it is stored, by row and column.
    pub(super) styles: HashMap<(u16, u16), u16>,
}

impl Book {
    pub(super) fn read(stream: &[u8]) -> Result<Self, TableError> {
        let mut starts = Vec::new();
        let mut codes: HashMap<u16, String> = HashMap::new();
        let mut styles = Vec::new();
        let mut wide = true;
        for record in Records(stream) {
            let (kind, data) = record?;
            match kind {
                // BOF: the version of the format.
                0x0809 => wide = word(data, 0)? == 0x0600,
                // FilePass: what follows is encrypted.
                0x002F => return Err(TableError::Password),
                0x0085 => starts.push(long(data, 0)?),
                0x041E => {
                    codes.insert(word(data, 0)?, format_code(&data[2..], wide));
                }
                0x00E0 => styles.push(word(data, 2)?),
                0x000A => break,
                _ => {}
            }
        }
        let formats: Vec<_> = styles
            .into_iter()
            .map(|id| match codes.get(&id) {
                Some(code) => NumberFormat::read(code),
                None => NumberFormat::read(number_format::built_in(id)),
            })
            .collect();
        let sheets = starts
            .into_iter()
            .map(|start| {
                let sheet = usize::try_from(start).ok().and_then(|start| stream.get(start..));
                let sheet = sheet.ok_or_else(|| TableError::broken("a sheet beyond the end of the file"))?;
                BookSheet::read(sheet, &formats)
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { sheets, formats })
    }
}

impl BookSheet {
    fn read(stream: &[u8], formats: &[NumberFormat]) -> Result<Self, TableError> {
        let mut sheet = Self::default();
        let mut area = Area::default();
        let mut hidden_rows = Vec::new();
        let mut depth = 0u32;
        for record in Records(stream) {
            let (kind, data) = record?;
            match kind {
                // Charts within the sheet are substreams of their own.
                0x0809 => depth += 1,
                0x000A if depth <= 1 => break,
                0x000A => depth -= 1,
                _ if depth > 1 => {}
                0x0200 => check_size(data)?,
                0x0208 if word(data, 12)? & 0x20 != 0 => hidden_rows.push(word(data, 0)?),
                0x007D if word(data, 8)? & 1 != 0 => {
                    sheet
                        .findings
                        .hide_columns(word(data, 0)?.into(), word(data, 2)?.into());
                }
                // Numbers, formulas, and numbers in short.
                0x0203 | 0x0006 | 0x027E => {
                    sheet.cell(data, 1, &mut area)?;
                    sheet.style(word(data, 0)?, word(data, 2)?, word(data, 4)?, formats);
                }
                0x00BD => {
                    let (row, first) = (word(data, 0)?, word(data, 2)?);
                    let count = data.len().saturating_sub(6) / 6;
                    sheet.cell(data, u16::try_from(count).unwrap_or(u16::MAX), &mut area)?;
                    for (column, at) in (first..).zip(0..count) {
                        sheet.style(row, column, word(data, 4 + 6 * at)?, formats);
                    }
                }
                // Texts, truth values and errors.
                0x0204 | 0x00D6 | 0x00FD | 0x0205 => sheet.cell(data, 1, &mut area)?,
                _ => {}
            }
        }
        if area.cells() > MAX_AREA {
            return Err(TableError::TooManyCells { limit: MAX_AREA });
        }
        hidden_rows.sort_unstable();
        for row in hidden_rows {
            if area.rows.binary_search(&row).is_ok() {
                sheet.findings.hidden_rows.add(row.into());
            }
        }
        Ok(sheet)
    }

    /// One or more cells beside each other, at the place that the record begins with.
    fn cell(&mut self, data: &[u8], count: u16, area: &mut Area) -> Result<(), TableError> {
        let (row, first) = (word(data, 0)?, word(data, 2)?);
        let last = u32::from(first) + u32::from(count.max(1)) - 1;
        if last >= COLUMNS {
            return Err(TableError::broken("a cell beyond the last column"));
        }
        self.findings.cells += u64::from(count);
        area.add(row, first.into(), last);
        Ok(())
    }

    fn style(&mut self, row: u16, column: u16, style: u16, formats: &[NumberFormat]) {
        if formats
            .get(usize::from(style))
            .is_some_and(|format| *format != NumberFormat::AsStored)
        {
            self.styles.insert((row, column), style);
        }
    }
}

/// The rectangle around all cells, and the rows that have some.
#[derive(Default)]
struct Area {
    columns: Option<(u32, u32)>,
    /// In rising order.
    rows: Vec<u16>,
}

impl Area {
    fn add(&mut self, row: u16, first: u32, last: u32) {
        let (from, to) = self.columns.unwrap_or((first, last));
        self.columns = Some((from.min(first), to.max(last)));
        if self.rows.last() != Some(&row)
            && let Err(at) = self.rows.binary_search(&row)
        {
            self.rows.insert(at, row);
        }
    }

    fn cells(&self) -> u64 {
        let (Some((from, to)), Some(first), Some(last)) = (self.columns, self.rows.first(), self.rows.last())
        else {
            return 0;
        };
        u64::from(to - from + 1) * (u64::from(*last) - u64::from(*first) + 1)
    }
}

/// The reader makes room for the size that the sheet says it has.
fn check_size(data: &[u8]) -> Result<(), TableError> {
    let sizes = if data.len() >= 14 {
        (long(data, 0)?, long(data, 4)?, word(data, 8)?, word(data, 10)?)
    } else {
        let row = |at| word(data, at).map(u32::from);
        (row(0)?, row(2)?, word(data, 4)?, word(data, 6)?)
    };
    let (first_row, rows, first_column, columns) = sizes;
    if first_row > rows || rows > ROWS || first_column > columns || u32::from(columns) > COLUMNS {
        return Err(TableError::broken("the sheet says no size that can be"));
    }
    Ok(())
}

/// The records of a stream: kind and data.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = Result<(u16, &'a [u8]), TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (head, rest) = self.0.split_at_checked(4)?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let Some((data, rest)) = rest.split_at_checked(length) else {
            self.0 = &[];
            return Some(Err(TableError::broken("a record is cut off")));
        };
        self.0 = rest;
        Some(Ok((kind, data)))
    }
}

fn word(data: &[u8], at: usize) -> Result<u16, TableError> {
    let bytes = data.get(at..at + 2).and_then(|bytes| bytes.try_into().ok());
    bytes
        .map(u16::from_le_bytes)
        .ok_or_else(|| TableError::broken("a record is too short"))
}

fn long(data: &[u8], at: usize) -> Result<u32, TableError> {
    let bytes = data.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
    bytes
        .map(u32::from_le_bytes)
        .ok_or_else(|| TableError::broken("a record is too short"))
}

/// `wide`: as Excel 97 and later write it. A code that cannot be read is none.
fn format_code(data: &[u8], wide: bool) -> String {
    match data {
        [low, high, flags, rest @ ..] if wide => {
            let length = usize::from(u16::from_le_bytes([*low, *high]));
            if flags & 1 == 0 {
                rest.iter().take(length).map(|&byte| char::from(byte)).collect()
            } else {
                let (units, _) = rest.as_chunks::<2>();
                let units: Vec<u16> = units
                    .iter()
                    .take(length)
                    .map(|unit| u16::from_le_bytes(*unit))
                    .collect();
                String::from_utf16_lossy(&units)
            }
        }
        [length, rest @ ..] if !wide => rest
            .iter()
            .take(usize::from(*length))
            .map(|&byte| char::from(byte))
            .collect(),
        _ => String::new(),
    }
}
