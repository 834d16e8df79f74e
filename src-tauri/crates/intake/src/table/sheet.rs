//! What every kind of file is turned into first: filled cells at their places.

use std::ops::ControlFlow;

use super::{Remark, TableError};

/// Bytes of the longest row, in a file of text as in the XML of a sheet. A request file may hold no longer line.
pub(super) const LONGEST_ROW: u64 = 64 * 1024 * 1024;

/// A cell with text. Cells without are never handed out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'a> {
    /// From 0, as is `column`.
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) text: &'a str,
    pub(super) aside: Aside<'a>,
}

/// What is to be said of a single cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aside<'a> {
    Nothing,
    /// Its text is an error such as `#N/A`.
    Error,
    /// The spreadsheet shows this instead.
    Shown(&'a str),
}

/// Takes cells, and says when it has enough.
pub(super) type TakeCell<'a> = dyn FnMut(Cell<'_>) -> ControlFlow<()> + 'a;

/// A sheet, or a file of text, that can be read any number of times.
pub(super) trait Sheet: Send {
    /// For each column whether there may be text in it; columns beyond are empty.
    fn used(&self) -> &[bool];

    /// What was found before its cells are read.
    fn remarks(&self) -> &[Remark];

    /// Hands out the cells row by row, in rising order of rows; within a row in any order.
    fn cells(&mut self, take: &mut TakeCell<'_>) -> Result<(), TableError>;
}

/// Marks a column as used.
pub(super) fn mark(used: &mut Vec<bool>, column: u32) {
    let column = column as usize;
    if used.len() <= column {
        used.resize(column + 1, false);
    }
    used[column] = true;
}
