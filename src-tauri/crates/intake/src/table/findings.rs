//! What a first look at the sheet of a workbook finds, whatever its kind.

use super::Remark;
use super::place::{Area, MAX_COLUMNS, Place, letters};
use super::remark::{Tally, list, ranges};
use super::sheet::mark;

#[derive(Default)]
pub(super) struct Findings {
    /// The sheet is hidden, and this is its name.
    pub(super) hidden_sheet: Option<String>,
    /// For each column whether there is something in it.
    pub(super) used: Vec<bool>,
    /// Cells with something in them.
    pub(super) cells: u64,
    pub(super) merged: Tally<Area>,
    /// Rows with something in them, from 0.
    pub(super) hidden_rows: Tally<u32>,
    /// First and last, from 0; used or not.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// Formulas without a stored result.
    pub(super) without_value: Tally<Place>,
}

impl Findings {
    pub(super) fn use_column(&mut self, column: u32) {
        mark(&mut self.used, column);
    }

    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        if first <= last && self.hidden_columns.len() < MAX_COLUMNS as usize {
            self.hidden_columns.push((first, last));
        }
    }

    /// What is to be said of the sheet before its cells are read.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if let Some(sheet) = self.hidden_sheet.clone() {
            remarks.push(Remark::HiddenSheet { sheet });
        }
        if self.merged.count > 0 {
            remarks.push(Remark::MergedCells {
                count: self.merged.count,
                ranges: list(&self.merged.first),
            });
        }
        if self.hidden_rows.count > 0 {
            remarks.push(Remark::HiddenRows {
                count: self.hidden_rows.count,
                rows: ranges(&self.hidden_rows.first),
            });
        }
        let hidden: Vec<_> = (0u32..)
            .zip(&self.used)
            .filter(|&(column, &used)| used && self.hides(column))
            .map(|(column, _)| letters(column))
            .collect();
        if !hidden.is_empty() {
            remarks.push(Remark::HiddenColumns {
                count: u32::try_from(hidden.len()).unwrap_or(u32::MAX),
                columns: list(&hidden),
            });
        }
        if let Some(first) = self.without_value.first.first() {
            remarks.push(Remark::FormulasWithoutValue {
                count: self.without_value.count,
                cell: first.to_string(),
            });
        }
        remarks
    }

    fn hides(&self, column: u32) -> bool {
        let within = |&(first, last): &(u32, u32)| (first..=last).contains(&column);
        self.hidden_columns.iter().any(within)
    }
}
