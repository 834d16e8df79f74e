//! CSV, TSV and their like.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use csv::StringRecord;

use super::charset::{self, Decoded, Met};
use super::place::MAX_COLUMNS;
use super::sheet::{Aside, Cell, LONGEST_ROW, Sheet, TakeCell, mark};
use super::{Delimiter, Remark, TableChoices, TableEncoding, TableError, delimiter};
use crate::Error;

/// Bytes of UTF-8 that are looked at for the delimiter and the kind of text.
const SAMPLE: u64 = 256 * 1024;

/// A text file whose encoding and delimiter are known.
pub(super) struct Delimited {
    path: PathBuf,
    pub(super) encoding: TableEncoding,
    pub(super) delimiter: Delimiter,
    /// Its first line names the delimiter.
    named: bool,
    /// Quotation marks enclose cells, and are no part of them.
    quoting: bool,
    longest_row: u64,
    used: Vec<bool>,
    remarks: Vec<Remark>,
}

/// A record and the row it stands in, from 0.
type TakeRecord<'a> = dyn FnMut(u32, &StringRecord) -> ControlFlow<()> + 'a;

impl Delimited {
    pub(super) fn open(path: &Path, choices: &TableChoices) -> Result<Self, TableError> {
        Self::open_with(path, choices, LONGEST_ROW)
    }

    fn open_with(path: &Path, choices: &TableChoices, longest_row: u64) -> Result<Self, TableError> {
        let open = || File::open(path).map_err(|error| TableError::File(error.into()));
        let encoding = match choices.encoding {
            Some(encoding) => encoding,
            None => charset::guess(&mut open()?).map_err(|error| TableError::File(error.into()))?,
        };
        let mut sample = Vec::new();
        Decoded::new(open()?, encoding, u64::MAX)
            .take(SAMPLE)
            .read_to_end(&mut sample)?;
        let whole = (sample.len() as u64) < SAMPLE;
        let sample = String::from_utf8_lossy(&sample);
        is_table(&sample)?;
        let named = delimiter::named(&sample);
        let delimiter = match (choices.delimiter, named) {
            (Some(chosen), _) => delimiter::checked(chosen)?,
            (None, Some(named)) => named,
            (None, None) => delimiter::guess(&sample, whole),
        };
        let mut text = Self {
            path: path.to_owned(),
            encoding,
            delimiter,
            named: named.is_some(),
            quoting: delimiter != Delimiter::None || quotes_enclose(&sample),
            longest_row,
            used: Vec::new(),
            remarks: Vec::new(),
        };
        text.survey()?;
        Ok(text)
    }

    /// Reads all of it once: which columns are used, and what is odd.
    fn survey(&mut self) -> Result<(), TableError> {
        let mut used = Vec::new();
        let (mut too_wide, mut last, mut broken) = (false, (0, false), None);
        let mut widths = Widths::default();
        let quoting = self.quoting;
        let met = self.records(&mut |row, record| {
            for (column, text) in (0u32..).zip(record) {
                if !text.is_empty() {
                    if column >= MAX_COLUMNS {
                        too_wide = true;
                        return ControlFlow::Break(());
                    }
                    mark(&mut used, column);
                }
                if text.contains('\u{FFFD}') {
                    broken.get_or_insert(row);
                }
            }
            last = (row, quoting && record.iter().any(|text| text.contains('\n')));
            widths.add(row, record);
            ControlFlow::Continue(())
        })?;
        if too_wide {
            return Err(TableError::TooManyColumns { limit: MAX_COLUMNS });
        }
        if used.is_empty() {
            return Err(TableError::Empty);
        }
        self.used = used;
        let mut say = |when: bool, remark: Remark| {
            if when {
                self.remarks.push(remark);
            }
        };
        say(self.named, Remark::SeparatorLine);
        say(
            met.broken() > 0,
            Remark::BrokenCharacters {
                count: met.broken(),
                row: broken.unwrap_or(0) + 1,
            },
        );
        say(
            last.1 && met.odd_quotes(),
            Remark::UnclosedQuote { row: last.0 + 1 },
        );
        let (long, short) = widths.unusual();
        say(
            long.count > 0,
            Remark::LongRows {
                count: long.count,
                row: long.row,
            },
        );
        say(
            short.count > 0,
            Remark::ShortRows {
                count: short.count,
                row: short.row,
            },
        );
        Ok(())
    }

    fn records(&self, take: &mut TakeRecord<'_>) -> Result<Met, TableError> {
        let file = File::open(&self.path).map_err(|error| TableError::File(error.into()))?;
        let decoded = Decoded::new(file, self.encoding, self.longest_row);
        let met = decoded.met();
        met.row(1);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter.byte()?)
            .quoting(self.quoting)
            .buffer_capacity(64 * 1024)
            .from_reader(decoded);
        let mut record = StringRecord::new();
        let mut row = 0u32;
        loop {
            let line = reader.position().line();
            if !reader.read_record(&mut record).map_err(failed)? {
                return Ok(met);
            }
            // The reader passes over empty lines in silence. They are rows, as a spreadsheet would show them.
            let inside: usize = record.iter().map(|text| text.matches('\n').count()).sum();
            let lines = (reader.position().line() - line).saturating_sub(inside as u64);
            let too_many = TableError::TooManyRows { limit: u32::MAX };
            let Some(place) = u32::try_from(lines.saturating_sub(1))
                .ok()
                .and_then(|empty| row.checked_add(empty))
                .filter(|&place| place < u32::MAX - 1)
            else {
                return Err(too_many);
            };
            row = place + 1;
            met.row(row + 1);
            let names_delimiter = self.named && place == 0;
            if !names_delimiter && take(place, &record).is_break() {
                return Ok(met);
            }
        }
    }
}

impl Sheet for Delimited {
    fn used(&self) -> &[bool] {
        &self.used
    }

    fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    fn cells(&mut self, take: &mut TakeCell<'_>) -> Result<(), TableError> {
        self.records(&mut |row, record| {
            for (column, text) in (0u32..).zip(record).filter(|(_, text)| !text.is_empty()) {
                take(Cell {
                    row,
                    column,
                    text,
                    aside: Aside::Nothing,
                })?;
            }
            ControlFlow::Continue(())
        })?;
        Ok(())
    }
}

/// In lines that are not parted, a quotation mark at the start may be a part of the text: `"Yes," he said`. Cells
/// are enclosed if each mark that opens one has another that closes it at the end of a line.
fn quotes_enclose(sample: &str) -> bool {
    let mut rest = sample;
    loop {
        if let Some(cell) = rest.strip_prefix('"') {
            // Doubled marks stand for one.
            let mut at = 0;
            let end = loop {
                let Some(mark) = cell[at..].find('"') else {
                    return true;
                };
                at += mark + 1;
                if cell[at..].starts_with('"') {
                    at += 1;
                } else {
                    break at;
                }
            };
            rest = &cell[end..];
            if !rest.is_empty() && !rest.starts_with(['\r', '\n']) {
                return false;
            }
        }
        match rest.find(['\r', '\n']) {
            Some(end) => rest = &rest[end + 1..],
            None => return true,
        }
    }
}

/// How many rows have how many cells. What most have is usual.
#[derive(Default)]
struct Widths {
    by_cells: BTreeMap<usize, Counted>,
    /// Without empty cells at the end: they count for nothing when a row is called long.
    by_filled: BTreeMap<usize, Counted>,
}

/// So many rows, the first of them in `row`, counted from 1.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    count: u32,
    row: u32,
}

impl Widths {
    fn add(&mut self, row: u32, record: &StringRecord) {
        let empty = record.iter().rev().take_while(|text| text.is_empty()).count();
        let filled = record.len() - empty;
        if filled == 0 {
            return;
        }
        for (widths, width) in [(&mut self.by_cells, record.len()), (&mut self.by_filled, filled)] {
            let counted = widths.entry(width).or_insert(Counted {
                count: 0,
                row: row + 1,
            });
            counted.count += 1;
        }
    }

    /// Rows with more and with fewer cells than usual.
    fn unusual(&self) -> (Counted, Counted) {
        let usual = self
            .by_cells
            .iter()
            .max_by_key(|(width, counted)| (counted.count, **width));
        let Some((&usual, _)) = usual else {
            return Default::default();
        };
        let sum = |all: Counted, one: &Counted| Counted {
            count: all.count + one.count,
            row: if all.count == 0 {
                one.row
            } else {
                all.row.min(one.row)
            },
        };
        let none = Counted::default();
        (
            self.by_filled
                .range(usual + 1..)
                .map(|(_, counted)| counted)
                .fold(none, sum),
            self.by_cells
                .range(..usual)
                .map(|(_, counted)| counted)
                .fold(none, sum),
        )
    }
}

fn failed(error: csv::Error) -> TableError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        // What is read is UTF-8 and rows may have any length, so nothing else can fail.
        other => TableError::File(Error::Disk(std::io::Error::other(format!("{other:?}")))),
    }
}

/// Refuses what is text in name only, or none.
fn is_table(sample: &str) -> Result<(), TableError> {
    let start: String = sample.trim_start().chars().take(100).collect();
    let start = start.to_ascii_lowercase();
    if start.is_empty() {
        return Err(TableError::Empty);
    }
    let web = [
        "<!doctype html",
        "<html",
        "<table",
        "<?xml",
        "<meta",
        "<head",
        "<style",
        "mime-version:",
    ];
    if web.iter().any(|mark| start.starts_with(mark)) {
        return Err(TableError::WebPage);
    }
    let controls = sample
        .chars()
        .filter(|&character| character.is_control() && !"\t\r\n\u{b}\u{c}\u{1a}\u{85}".contains(character))
        .count();
    let binary = sample.contains('\0') || controls * 50 > sample.chars().count();
    if binary || start.starts_with("%pdf-") || start.starts_with("{\\rtf") {
        return Err(TableError::NotATable);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_mark_that_is_never_closed_takes_no_memory() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, format!("a,b\n1,\"{}", "x\n".repeat(500_000))).unwrap();
        let error = Delimited::open_with(&path, &TableChoices::default(), 200_000)
            .err()
            .unwrap();
        assert!(
            matches!(
                error,
                TableError::RowTooLong {
                    row: 2,
                    limit: 200_000
                }
            ),
            "{error:?}"
        );
    }
}
