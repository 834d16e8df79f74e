//! From cells to whole rows, each with one cell a column.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::layout::Layout;
use super::sheet::{Aside, Cell};
use super::{Header, Remark, TableError};

/// A row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// Where it stands in the file, counted from 1 as a spreadsheet shows it.
    pub number: u32,
    /// One a column.
    pub cells: &'a [String],
}

/// Takes rows, and says when it has enough.
pub(super) type TakeRow<'a> = dyn FnMut(Row<'_>) -> ControlFlow<()> + 'a;

/// Puts cells into rows and counts what is to be said of them.
pub(super) struct Rows<'a> {
    layout: &'a Layout,
    take: &'a mut TakeRow<'a>,
    cells: Vec<String>,
    /// The row that is being filled, from 0.
    row: Option<u32>,
    /// The row with text before it; `None` before the first.
    before: Option<u32>,
    /// Rows above are left out, from 0.
    first: u32,
    count: u32,
    empty: u32,
    errors: BTreeMap<u32, Noted>,
    shown: BTreeMap<u32, Noted>,
    stopped: bool,
    /// A cell stood in a column that the first look had not seen.
    unforeseen: bool,
}

/// How many cells of a column, and the first of them.
struct Noted {
    count: u32,
    row: u32,
    text: String,
    shown: String,
}

/// What a table turned out to be once its rows were read.
pub(super) struct Seen {
    pub(super) count: u32,
    pub(super) remarks: Vec<Remark>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(layout: &'a Layout, take: &'a mut TakeRow<'a>) -> Self {
        let (first, before) = match layout.header {
            Header::Row(row) => (row, row.checked_sub(1)),
            Header::None => (0, None),
        };
        Self {
            layout,
            take,
            cells: vec![String::new(); layout.columns.len()],
            row: None,
            before,
            first,
            count: 0,
            empty: 0,
            errors: BTreeMap::new(),
            shown: BTreeMap::new(),
            stopped: false,
            unforeseen: false,
        }
    }

    pub(super) fn cell(&mut self, cell: Cell<'_>) -> ControlFlow<()> {
        if cell.row < self.first {
            return ControlFlow::Continue(());
        }
        if self.row != Some(cell.row) {
            self.end_row()?;
            self.row = Some(cell.row);
        }
        let place = self.layout.places.get(cell.column as usize).copied().flatten();
        if let Some(text) = place.and_then(|place| self.cells.get_mut(place)) {
            text.clear();
            text.push_str(cell.text);
            self.note(cell);
        } else {
            self.unforeseen = true;
        }
        ControlFlow::Continue(())
    }

    fn note(&mut self, cell: Cell<'_>) {
        let (notes, shown) = match cell.aside {
            Aside::Nothing => return,
            Aside::Error => (&mut self.errors, ""),
            Aside::Shown(shown) => (&mut self.shown, shown),
        };
        notes
            .entry(cell.column)
            .and_modify(|noted| noted.count += 1)
            .or_insert_with(|| Noted {
                count: 1,
                row: cell.row + 1,
                text: cell.text.to_owned(),
                shown: shown.to_owned(),
            });
    }

    fn end_row(&mut self) -> ControlFlow<()> {
        let Some(row) = self.row.take() else {
            return ControlFlow::Continue(());
        };
        let blank = self.cells.iter().all(|cell| cell.trim().is_empty());
        let mut more = ControlFlow::Continue(());
        if !blank {
            if let Some(before) = self.before {
                self.empty += row - before - 1;
            }
            self.before = Some(row);
            self.count += 1;
            more = (self.take)(Row {
                number: row + 1,
                cells: &self.cells,
            });
        }
        self.cells.iter_mut().for_each(String::clear);
        self.stopped |= more.is_break();
        more
    }

    /// After the last cell. Nothing is lost in silence: text in a column that was taken for empty is an error.
    pub(super) fn finish(mut self) -> Result<Seen, TableError> {
        if self.unforeseen {
            return Err(TableError::broken("text in a column that seemed empty"));
        }
        if !self.stopped {
            let _ = self.end_row();
        }
        let mut remarks = Vec::new();
        if self.empty > 0 {
            remarks.push(Remark::EmptyRows { count: self.empty });
        }
        let name = |column: u32| {
            let place = self.layout.places.get(column as usize).copied().flatten();
            let column = place.and_then(|place| self.layout.columns.get(place));
            column.map_or_else(String::new, |column| column.name.clone())
        };
        for (column, noted) in self.errors {
            remarks.push(Remark::ErrorCells {
                column: name(column),
                count: noted.count,
                error: noted.text,
                row: noted.row,
            });
        }
        for (column, noted) in self.shown {
            remarks.push(Remark::ShownOtherwise {
                column: name(column),
                count: noted.count,
                stored: noted.text,
                shown: noted.shown,
                row: noted.row,
            });
        }
        Ok(Seen {
            count: self.count,
            remarks,
        })
    }
}
