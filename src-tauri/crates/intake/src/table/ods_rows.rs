//! The rows of an OpenDocument spreadsheet, one after the other (OpenDocument 1.3, part 3, chapter 9).

use std::collections::HashSet;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::TableError;
use super::ods_value::{Raw, Text};
use super::workbook::{attribute, failed};

/// What is found, in the order of the file.
pub(super) enum Found<'a> {
    /// A sheet begins.
    Sheet { name: String, hidden: bool },
    /// Columns from `first` on, hidden or not.
    Columns { first: u32, count: u32, hidden: bool },
    /// A row, from 0, which stands `repeat` times, with the cells that have something in them.
    Row {
        row: u32,
        repeat: u32,
        hidden: bool,
        cells: &'a [OdsCell],
    },
}

/// A cell that has something in it: text, a formula, or more than its own place.
#[derive(Clone, Debug, Default)]
pub(super) struct OdsCell {
    /// From 0; it stands in so many columns from here on.
    pub(super) column: u32,
    pub(super) repeat: u32,
    pub(super) text: String,
    /// What the spreadsheet shows instead.
    pub(super) shown: Option<String>,
    pub(super) error: bool,
    pub(super) formula: bool,
    /// Columns and rows that it covers when it is merged with others.
    pub(super) span: (u32, u32),
}

/// Reads `content.xml`.
pub(super) fn each(
    content: impl Read,
    take: &mut dyn FnMut(Found<'_>) -> Result<ControlFlow<()>, TableError>,
) -> Result<(), TableError> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(64 * 1024, content));
    reader.config_mut().expand_empty_elements = true;
    let mut walk = Walk::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let more = match reader.read_event_into(&mut buffer).map_err(failed)? {
            Event::Start(tag) => walk.start(&tag, take)?,
            Event::End(tag) => walk.end(tag.local_name().as_ref(), take)?,
            Event::Text(text) => {
                walk.text.push(&text.xml10_content());
                ControlFlow::Continue(())
            }
            Event::CData(text) => {
                walk.text.push(&text.xml10_content());
                ControlFlow::Continue(())
            }
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(TableError::broken)?;
                match (character, resolve_predefined_entity(&reference)) {
                    (Some(character), _) => walk.text.push_verbatim(character.encode_utf8(&mut [0; 4])),
                    (None, Some(text)) => walk.text.push_verbatim(text),
                    (None, None) => return Err(TableError::broken("an entity that is not known")),
                }
                ControlFlow::Continue(())
            }
            Event::Eof if walk.depth > 0 => return Err(TableError::broken("the content ends too early")),
            Event::Eof => return Ok(()),
            _ => ControlFlow::Continue(()),
        };
        if more.is_break() {
            return Ok(());
        }
    }
}

/// Where in the file the reader is.
#[derive(Default)]
struct Walk {
    depth: u32,
    /// Within what is no part of the table, until this depth ends.
    skipped: Option<u32>,
    /// The style whose properties follow, and the styles of hidden sheets.
    style: Option<String>,
    hidden_styles: HashSet<String>,
    columns: u32,
    row: u32,
    row_repeat: u32,
    row_hidden: bool,
    column: u32,
    cells: Vec<OdsCell>,
    cell: Option<(OdsCell, Raw)>,
    text: Text,
}

type Take<'a> = dyn FnMut(Found<'_>) -> Result<ControlFlow<()>, TableError> + 'a;

impl Walk {
    fn start(&mut self, tag: &BytesStart<'_>, take: &mut Take<'_>) -> Result<ControlFlow<()>, TableError> {
        self.depth += 1;
        if self.skipped.is_some() {
            return Ok(ControlFlow::Continue(()));
        }
        match tag.local_name().as_ref() {
            // Comments, drawings, the reading of characters, and what was before changes.
            "annotation" | "shapes" | "frame" | "ruby-text" | "tracked-changes" => {
                self.skipped = Some(self.depth);
                self.text.pause(true);
            }
            "style" => self.style = attribute(tag, "name")?,
            "table-properties" if attribute(tag, "display")?.as_deref() == Some("false") => {
                self.hidden_styles.extend(self.style.clone());
            }
            "table" => {
                (self.columns, self.row) = (0, 0);
                let style = attribute(tag, "style-name")?;
                return take(Found::Sheet {
                    name: attribute(tag, "name")?.unwrap_or_default(),
                    hidden: style.is_some_and(|style| self.hidden_styles.contains(&style)),
                });
            }
            "table-column" => {
                let count = number(tag, "number-columns-repeated")?;
                let first = self.columns;
                self.columns = first.saturating_add(count);
                let hidden = is_hidden(tag)?;
                return take(Found::Columns { first, count, hidden });
            }
            "table-row" => {
                self.row_repeat = number(tag, "number-rows-repeated")?;
                self.row_hidden = is_hidden(tag)?;
                self.column = 0;
                self.cells.clear();
            }
            "table-cell" | "covered-table-cell" => self.open(tag)?,
            "p" if self.cell.is_some() => self.text.paragraph(),
            "s" if self.cell.is_some() => {
                let count = number(tag, "c")?.min(32_767);
                self.text.push_verbatim(&" ".repeat(count as usize));
            }
            "tab" if self.cell.is_some() => self.text.push_verbatim("\t"),
            "line-break" if self.cell.is_some() => self.text.push_verbatim("\n"),
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), TableError> {
        let repeat = number(tag, "number-columns-repeated")?;
        let cell = OdsCell {
            column: self.column,
            repeat,
            formula: attribute(tag, "formula")?.is_some(),
            span: (
                number(tag, "number-columns-spanned")?,
                number(tag, "number-rows-spanned")?,
            ),
            ..OdsCell::default()
        };
        self.column = self.column.saturating_add(repeat);
        self.cell = Some((cell, Raw::of(tag)?));
        self.text.begin();
        Ok(())
    }

    fn end(&mut self, name: &str, take: &mut Take<'_>) -> Result<ControlFlow<()>, TableError> {
        let depth = self.depth;
        self.depth = depth.saturating_sub(1);
        match self.skipped {
            Some(skipped) if skipped == depth => {
                self.skipped = None;
                self.text.pause(false);
            }
            Some(_) => {}
            None => match name {
                "style" => self.style = None,
                "p" => self.text.end_paragraph(),
                "table-cell" | "covered-table-cell" => {
                    if let Some((mut cell, raw)) = self.cell.take() {
                        raw.fill(self.text.end(), &mut cell);
                        if !cell.text.is_empty() || cell.formula || cell.span != (1, 1) {
                            self.cells.push(cell);
                        }
                    }
                }
                "table-row" => {
                    let row = self.row;
                    self.row = row.saturating_add(self.row_repeat);
                    if !self.cells.is_empty() {
                        return take(Found::Row {
                            row,
                            repeat: self.row_repeat,
                            hidden: self.row_hidden,
                            cells: &self.cells,
                        });
                    }
                }
                _ => {}
            },
        }
        Ok(ControlFlow::Continue(()))
    }
}

fn is_hidden(tag: &BytesStart<'_>) -> Result<bool, TableError> {
    Ok(matches!(
        attribute(tag, "visibility")?.as_deref(),
        Some("collapse" | "filter")
    ))
}

/// A number of times; once if nothing is said.
fn number(tag: &BytesStart<'_>, name: &str) -> Result<u32, TableError> {
    match attribute(tag, name)? {
        None => Ok(1),
        Some(text) => text
            .parse()
            .map_err(|_| TableError::broken(format!("{name} is {text}"))),
    }
}
