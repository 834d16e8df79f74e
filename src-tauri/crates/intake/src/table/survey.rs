//! A first look at a sheet of Excel 2007 and later: which columns are used, what is hidden or merged, and whether
//! it can be read at all. Whatever stands in it, reading it afterwards takes bounded memory.

use std::collections::VecDeque;
use std::io::Read;

use memchr::memchr;

use super::TableError;
use super::findings::Findings;
use super::package::Limits;
use super::place::{Area, MAX_COLUMNS, MAX_ROWS, Place};
use super::tags::{Tag, Tags};

/// The errors that every reader knows. Others, such as `#ERROR!` of Google Sheets, are looked up by their place.
const ERRORS: [&[u8]; 7] = [
    b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!",
];

/// What was found.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) findings: Findings,
    /// Where the errors stand that are not usual, in order.
    pub(super) odd_errors: VecDeque<Place>,
}

/// Where in the sheet the look is.
struct Cursor {
    next: Place,
    last_row: u32,
    hidden_row: bool,
    /// Where the row began that is open.
    row_from: Option<u64>,
    cell: Option<Open>,
}

/// The cell that is being looked at.
struct Open {
    place: Place,
    /// Nothing behind its tag was looked at yet.
    is_new: bool,
    error: bool,
    inline: bool,
    formula: bool,
    /// A formula whose result is the empty text has a value, and says that it is text.
    text: bool,
    value: bool,
    filled: bool,
}

impl Survey {
    /// Looks at all of it.
    pub(super) fn of(sheet: impl Read, limits: &Limits) -> Result<Self, TableError> {
        let mut survey = Self::default();
        let mut cursor = Cursor {
            next: Place { row: 0, column: 0 },
            last_row: 0,
            hidden_row: false,
            row_from: None,
            cell: None,
        };
        let mut tags = Tags::new(sheet, limits.row);
        while let Some(tag) = tags.next_tag()? {
            survey.look(tag, &mut cursor, limits)?;
            if let Some(cell) = cursor.cell.as_mut().filter(|cell| cell.is_new && !cell.error) {
                cell.is_new = false;
                if tags.pass_value(cell.inline) {
                    cell.filled = true;
                    survey.close(&mut cursor);
                }
            }
            if survey.findings.cells > limits.cells {
                return Err(TableError::TooManyCells { limit: limits.cells });
            }
        }
        Ok(survey)
    }

    fn look(&mut self, tag: Tag<'_>, cursor: &mut Cursor, limits: &Limits) -> Result<(), TableError> {
        if cursor.row_from.is_some_and(|from| tag.at - from > limits.row) {
            return Err(TableError::RowTooLarge {
                row: cursor.next.row + 1,
                limit: limits.row,
            });
        }
        match tag.name() {
            (b"![CDATA[", _) => {
                if let Some(cell) = &mut cursor.cell {
                    cell.filled = true;
                }
            }
            (b"c", false) => {
                cursor.cell = Some(cursor.open(tag)?);
                if tag.is_empty() {
                    self.close(cursor);
                }
            }
            (b"c", true) => self.close(cursor),
            (b"v", false) => self.value(tag, cursor),
            (b"t", false) => {
                if let Some(cell) = &mut cursor.cell {
                    cell.filled |= cell.inline && has_text(tag);
                }
            }
            (b"f", false) => {
                if let Some(cell) = &mut cursor.cell {
                    cell.formula = true;
                }
            }
            (b"row", closes) => cursor.row(tag, closes)?,
            (b"col", false) if tag.is_set(b"hidden") => {
                if let (Some(first), Some(last)) = (number(tag, b"min"), number(tag, b"max"))
                    && first > 0
                    && last > 0
                {
                    self.findings.hide_columns(first - 1, last - 1);
                }
            }
            (b"mergeCell", false) => {
                if let Some(area) = tag.attribute(b"ref").and_then(Area::parse)
                    && area.first != area.last
                {
                    self.findings.merged.add(area);
                }
            }
            (b"dimension", false) => {
                let area = tag.attribute(b"ref").and_then(Area::parse);
                area.ok_or_else(|| TableError::broken("the sheet says no size that can be"))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn value(&mut self, tag: Tag<'_>, cursor: &mut Cursor) {
        let Some(cell) = &mut cursor.cell else { return };
        cell.value = true;
        if cell.inline || !has_text(tag) {
            return;
        }
        cell.filled = true;
        if cell.error {
            let end = memchr(b'<', tag.behind).unwrap_or(tag.behind.len());
            if !ERRORS.contains(&&tag.behind[..end]) {
                self.odd_errors.push_back(cell.place);
            }
        }
    }

    fn close(&mut self, cursor: &mut Cursor) {
        let Some(cell) = cursor.cell.take() else { return };
        if cell.filled {
            self.findings.cells += 1;
            self.findings.use_column(cell.place.column);
            if std::mem::take(&mut cursor.hidden_row) {
                self.findings.hidden_rows.add(cell.place.row);
            }
        } else if cell.formula && !(cell.text && cell.value) {
            self.findings.without_value.add(cell.place);
        }
    }
}

impl Cursor {
    /// Places are taken as the reader of the cells takes them: by their own `r`, else behind the one before.
    fn open(&mut self, tag: Tag<'_>) -> Result<Open, TableError> {
        let (mut place, mut kind) = (None, None);
        for (name, value) in tag.attributes() {
            match name {
                b"r" => place = Some(value),
                b"t" => kind = Some(value),
                _ => {}
            }
        }
        let place = match place {
            Some(place) => Place::parse(place)
                .ok_or_else(|| TableError::broken(format!("no cell: {}", String::from_utf8_lossy(place))))?,
            None => self.next,
        };
        if place.column >= MAX_COLUMNS || place.row >= MAX_ROWS {
            return Err(TableError::broken("a cell beyond the end of the sheet"));
        }
        if place.row < self.last_row {
            return Err(TableError::broken(format!("{place} stands behind a later row")));
        }
        self.last_row = place.row;
        self.next.column = place.column + 1;
        Ok(Open {
            place,
            is_new: true,
            error: kind == Some(b"e"),
            inline: matches!(kind, Some(b"inlineStr" | b"is")),
            formula: false,
            text: kind == Some(b"str"),
            value: false,
            filled: false,
        })
    }

    fn row(&mut self, tag: Tag<'_>, closes: bool) -> Result<(), TableError> {
        self.row_from = (!closes && !tag.is_empty()).then_some(tag.at);
        if !closes {
            self.hidden_row = tag.is_set(b"hidden");
            if let Some(row) = tag.attribute(b"r") {
                let row = std::str::from_utf8(row)
                    .ok()
                    .and_then(|row| row.parse::<u32>().ok());
                let row = row.filter(|row| (1..=MAX_ROWS).contains(row));
                self.next.row = row.ok_or_else(|| TableError::broken("a row without a number"))? - 1;
            }
        }
        if closes || tag.is_empty() {
            self.next.row = self.next.row.saturating_add(1);
            self.next.column = 0;
        }
        Ok(())
    }
}

fn has_text(tag: Tag<'_>) -> bool {
    !tag.is_empty() && tag.behind.first().is_some_and(|&byte| byte != b'<')
}

fn number(tag: Tag<'_>, name: &[u8]) -> Option<u32> {
    std::str::from_utf8(tag.attribute(name)?).ok()?.parse().ok()
}
