//! Where the names of the columns stand, and what the columns are called.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use super::place::letters;
use super::remark::list;
use super::sheet::Sheet;
use super::{Column, Header, Remark, TableError};

/// Rows that are looked at for a guess.
const LOOKED_AT: usize = 50;
/// Rows with text among which the names of the columns are looked for; titles and notes may stand above.
const TITLES: usize = 10;
/// Characters of the longest text that can be the name of a column.
const LONGEST_NAME: usize = 80;

/// The columns of a table and where each comes from.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) header: Header,
    pub(super) columns: Vec<Column>,
    /// For each column of the sheet its place in the table.
    pub(super) places: Vec<Option<usize>>,
    pub(super) remarks: Vec<Remark>,
}

/// A row with text, from 0.
#[derive(Debug)]
struct HeadRow {
    row: u32,
    cells: Vec<(u32, String)>,
}

impl Layout {
    pub(super) fn of(sheet: &mut dyn Sheet, chosen: Option<Header>) -> Result<Self, TableError> {
        let last = match chosen {
            Some(Header::Row(row)) => row.saturating_sub(1),
            _ => 0,
        };
        let (head, above) = head(sheet, last)?;
        let header = chosen.unwrap_or_else(|| guess(&head));
        let mut remarks = Vec::new();
        let names = match header {
            Header::None => HashMap::new(),
            Header::Row(row) => {
                rows_above(&head, row, above, &mut remarks);
                let names = head.into_iter().find(|found| found.row + 1 == row);
                names.map_or_else(HashMap::new, |names| names.cells.into_iter().collect())
            }
        };
        let (places, sources) = arrange(sheet.used(), &mut remarks);
        let columns = name(&sources, &names, header, &mut remarks);
        Ok(Self {
            header,
            columns,
            places,
            remarks,
        })
    }
}

/// The first rows with text and row `last`, and how many rows stand above `last`.
fn head(sheet: &mut dyn Sheet, last: u32) -> Result<(Vec<HeadRow>, u32), TableError> {
    let mut head: Vec<HeadRow> = Vec::new();
    let mut above = 0;
    sheet.cells(&mut |cell| {
        if head.last().is_none_or(|current| current.row != cell.row) {
            if head.len() >= LOOKED_AT && cell.row > last {
                return ControlFlow::Break(());
            }
            // Between what is looked at and the chosen row nothing is kept.
            if head.len() > LOOKED_AT {
                head.pop();
            }
            above += u32::from(cell.row < last);
            head.push(HeadRow {
                row: cell.row,
                cells: Vec::new(),
            });
        }
        if let Some(current) = head.last_mut() {
            current.cells.push((cell.column, cell.text.to_owned()));
        }
        ControlFlow::Continue(())
    })?;
    head.retain(|row| row.cells.iter().any(|(_, text)| !text.trim().is_empty()));
    Ok((head, above))
}

fn guess(head: &[HeadRow]) -> Header {
    let width = head.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    // A title has a cell or two; the row of names has most of what the widest row has.
    let enough = if width <= 2 {
        width
    } else {
        (width * 2).div_ceil(3)
    };
    let found = head.iter().take(TITLES).position(|row| row.cells.len() >= enough);
    match found {
        Some(at) if are_names(&head[at], &head[at + 1..]) => Header::Row(head[at].row + 1),
        _ => Header::None,
    }
}

/// Short, different from each other, no numbers, and not found again below.
fn are_names(row: &HeadRow, below: &[HeadRow]) -> bool {
    let texts: BTreeSet<_> = row.cells.iter().map(|(_, text)| text.trim()).collect();
    let doubled = texts.len() < row.cells.len() && below.is_empty();
    !doubled
        && row.cells.iter().all(|(column, text)| {
            let again = || {
                below
                    .iter()
                    .flat_map(|row| &row.cells)
                    .any(|(other, found)| other == column && found.trim() == text.trim())
            };
            text.chars().count() <= LONGEST_NAME && !is_figure(text) && !again()
        })
}

/// A number, a date, a time or a percentage: what stands in a row of data.
fn is_figure(text: &str) -> bool {
    let text = text.trim();
    matches!(text, "TRUE" | "FALSE")
        || text
            .chars()
            .any(|character| character.is_ascii_digit() || is_wide_digit(character))
            && text.chars().all(|character| {
                character.is_ascii_digit() || is_wide_digit(character) || "+-.,:/%eET ".contains(character)
            })
}

fn is_wide_digit(character: char) -> bool {
    ('０'..='９').contains(&character)
}

fn rows_above(head: &[HeadRow], row: u32, above: u32, remarks: &mut Vec<Remark>) {
    let here = head.iter().filter(|found| found.row + 1 < row);
    let first = here.clone().next().and_then(|first| first.cells.first());
    if let Some((_, text)) = first {
        remarks.push(Remark::RowsAbove {
            count: above.max(u32::try_from(here.count()).unwrap_or(u32::MAX)),
            text: text.trim().chars().take(LONGEST_NAME).collect(),
        });
    }
}

/// Leaves out empty columns: for each column of the sheet its place in the table, and the other way round.
fn arrange(used: &[bool], remarks: &mut Vec<Remark>) -> (Vec<Option<usize>>, Vec<u32>) {
    let (mut sources, mut empty) = (Vec::new(), Vec::new());
    let places = (0u32..)
        .zip(used)
        .map(|(column, &used)| {
            if used {
                sources.push(column);
                Some(sources.len() - 1)
            } else {
                empty.push(letters(column));
                None
            }
        })
        .collect();
    if !empty.is_empty() {
        remarks.push(Remark::EmptyColumns {
            count: u32::try_from(empty.len()).unwrap_or(u32::MAX),
            columns: list(&empty),
        });
    }
    (places, sources)
}

/// Gives every column a name of its own. What was not taken as it stands is remarked.
fn name(
    sources: &[u32],
    names: &HashMap<u32, String>,
    header: Header,
    remarks: &mut Vec<Remark>,
) -> Vec<Column> {
    let given: Vec<Option<String>> = sources
        .iter()
        .map(|column| names.get(column).map(|name| tidy(name)))
        .map(|name| name.filter(|name| !name.is_empty()))
        .collect();
    let mut taken: BTreeSet<String> = given.iter().flatten().cloned().collect();
    let mut first_of: BTreeSet<&str> = BTreeSet::new();
    let (mut unnamed, mut doubled, mut tidied) = (Vec::new(), Vec::new(), Vec::new());
    let mut columns = Vec::new();
    for (at, (source, own)) in sources.iter().zip(&given).enumerate() {
        let name = match own {
            Some(own) if first_of.insert(own) => own.clone(),
            Some(own) => {
                let name = free(own, 2, &mut taken);
                doubled.push(name.clone());
                name
            }
            None => {
                let plain = format!("column_{}", at + 1);
                let name = if taken.insert(plain.clone()) {
                    plain
                } else {
                    free(&plain, 2, &mut taken)
                };
                unnamed.push(name.clone());
                name
            }
        };
        if own.is_some() && names.get(source) != own.as_ref() {
            tidied.push(name.clone());
        }
        columns.push(Column { name });
    }
    let mut say = |columns: &[String], remark: fn(u32, String) -> Remark| {
        if !columns.is_empty() {
            remarks.push(remark(
                u32::try_from(columns.len()).unwrap_or(u32::MAX),
                list(columns),
            ));
        }
    };
    if header != Header::None {
        say(&unnamed, |count, columns| Remark::UnnamedColumns {
            count,
            columns,
        });
    }
    say(&doubled, |count, columns| Remark::DoubledNames { count, columns });
    say(&tidied, |count, columns| Remark::TidiedNames { count, columns });
    columns
}

/// One line, without spaces around.
fn tidy(name: &str) -> String {
    if name.contains(['\n', '\r', '\t']) {
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        name.trim().to_owned()
    }
}

/// The name with the next free number.
fn free(name: &str, from: usize, taken: &mut BTreeSet<String>) -> String {
    let mut number = from;
    loop {
        let candidate = format!("{name}_{number}");
        if taken.insert(candidate.clone()) {
            return candidate;
        }
        number += 1;
    }
}
