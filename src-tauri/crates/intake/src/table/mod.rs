//! Spreadsheets and delimited text as tables of text: for the factors and the list of a study.
//!
//! What a file is gets told by its content. Encoding, delimiter, sheet and the row of names are guessed, and each
//! guess can be changed. Rows stream; a workbook of Excel 97 to 2003 (65,536 rows) is held in memory, and of one
//! of Excel 2007 its shared texts. What is not as the spreadsheet shows it is remarked.

mod biff;
mod charset;
mod choices;
mod delimited;
mod delimiter;
mod error;
mod findings;
mod kind;
mod layout;
mod number_format;
mod ods;
mod ods_rows;
mod ods_value;
mod package;
mod place;
mod remark;
mod rows;
mod sheet;
mod survey;
mod tags;
#[cfg(test)]
mod tests;
mod value;
mod workbook;
mod xls;
mod xlsx;

use std::ops::ControlFlow;
use std::path::Path;

pub use choices::{
    Column, Delimiter, Header, SheetName, TableChoices, TableEncoding, TableFormat, TableGuess, TablePreview,
};
pub use error::TableError;
pub use remark::Remark;
pub use rows::Row;

use delimited::Delimited;
use layout::Layout;
use ods::OdsSheet;
use package::Limits;
use rows::Rows;
use sheet::Sheet;
use xls::XlsSheet;
use xlsx::{Opened, XlsxSheet};

/// Rows of a preview.
const PREVIEWED: usize = 50;

/// A table whose columns are known, and whose rows can be read any number of times.
pub struct Table {
    guess: TableGuess,
    sheet: Box<dyn Sheet>,
    layout: Layout,
}

/// What is known of a table once all its rows were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSummary {
    pub row_count: u32,
    pub remarks: Vec<Remark>,
}

impl Table {
    /// Opens a file and finds its columns.
    ///
    /// # Errors
    /// When the file cannot be read as a table, or has not what was chosen.
    pub fn open(path: &Path, choices: &TableChoices) -> Result<Self, TableError> {
        Self::open_within(path, choices, &Limits::USUAL)
    }

    fn open_within(path: &Path, choices: &TableChoices, limits: &Limits) -> Result<Self, TableError> {
        let format = kind::of(path)?;
        let mut guess = TableGuess {
            format,
            sheet: None,
            sheets: Vec::new(),
            encoding: None,
            delimiter: None,
            header: Header::None,
        };
        let chosen = choices.sheet.as_deref();
        let mut sheet: Box<dyn Sheet> = match format {
            TableFormat::Xlsx => guess.of_workbook(XlsxSheet::open(path, chosen, limits)?),
            TableFormat::Ods => guess.of_workbook(OdsSheet::open(path, chosen, limits)?),
            TableFormat::Xls => guess.of_workbook(XlsSheet::open(path, chosen, limits)?),
            TableFormat::Text => {
                let text = Delimited::open(path, choices)?;
                guess.encoding = Some(text.encoding);
                guess.delimiter = Some(text.delimiter);
                Box::new(text)
            }
        };
        let mut layout = Layout::of(sheet.as_mut(), choices.header)?;
        if let (Some(name), []) = (&guess.sheet, layout.columns.as_slice()) {
            layout.remarks.push(Remark::EmptySheet { sheet: name.clone() });
        }
        guess.header = layout.header;
        Ok(Self { guess, sheet, layout })
    }

    /// How the file is read.
    #[must_use]
    pub fn guess(&self) -> &TableGuess {
        &self.guess
    }

    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.layout.columns
    }

    /// Hands out the rows from the first, until `take` has enough. The summary is of what was read.
    ///
    /// # Errors
    /// When the file cannot be read to its end.
    pub fn rows(
        &mut self,
        mut take: impl FnMut(Row<'_>) -> ControlFlow<()>,
    ) -> Result<TableSummary, TableError> {
        let mut rows = Rows::new(&self.layout, &mut take);
        self.sheet.cells(&mut |cell| rows.cell(cell))?;
        let seen = rows.finish()?;
        let mut remarks = self.sheet.remarks().to_vec();
        remarks.extend(self.layout.remarks.iter().cloned());
        remarks.extend(seen.remarks);
        Ok(TableSummary {
            row_count: seen.count,
            remarks,
        })
    }
}

impl TableGuess {
    fn of_workbook<S: Sheet + 'static>(&mut self, (sheet, name, names): Opened<S>) -> Box<dyn Sheet> {
        self.sheet = Some(name);
        self.sheets = names;
        Box::new(sheet)
    }
}

/// Reads a table from its first row to its last.
///
/// # Errors
/// When the file cannot be read as a table, or has not what was chosen.
pub fn read_table(
    path: &Path,
    choices: &TableChoices,
    take: impl FnMut(Row<'_>) -> ControlFlow<()>,
) -> Result<(Vec<Column>, TableSummary), TableError> {
    let mut table = Table::open(path, choices)?;
    let summary = table.rows(take)?;
    Ok((table.layout.columns, summary))
}

/// The first 50 rows, and everything that is to be said of the whole table. Reads all of it.
///
/// # Errors
/// When the file cannot be read as a table, or has not what was chosen.
pub fn preview(path: &Path, choices: &TableChoices) -> Result<TablePreview, TableError> {
    preview_within(path, choices, &Limits::USUAL)
}

fn preview_within(path: &Path, choices: &TableChoices, limits: &Limits) -> Result<TablePreview, TableError> {
    let mut table = Table::open_within(path, choices, limits)?;
    let mut first = Vec::new();
    let summary = table.rows(|row| {
        if first.len() < PREVIEWED {
            first.push(row.cells.to_vec());
        }
        ControlFlow::Continue(())
    })?;
    Ok(TablePreview {
        guess: table.guess,
        columns: table.layout.columns,
        rows: first,
        row_count: summary.row_count,
        remarks: summary.remarks,
    })
}
