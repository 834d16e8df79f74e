//! What is guessed of a file, and what the researcher may say instead.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Remark, TableError};

/// What kind of file a table came in. Told by its content, never by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum TableFormat {
    /// Excel 2007 and later (`.xlsx`, `.xlsm`).
    Xlsx,
    /// Excel 97 to 2003, and Excel 95.
    Xls,
    /// OpenDocument (LibreOffice).
    Ods,
    /// CSV, TSV and their like.
    Text,
}

/// How the characters of a text file are written. A byte order mark is never part of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub enum TableEncoding {
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-16le")]
    Utf16Le,
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// As Windows has it (code page 932, windows-31j), with 髙, Ⅲ and ①.
    #[serde(rename = "shift_jis")]
    ShiftJis,
    #[serde(rename = "euc-jp")]
    EucJp,
    #[serde(rename = "windows-1252")]
    Windows1252,
}

/// What stands between the cells of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", content = "character", rename_all = "kebab-case")]
pub enum Delimiter {
    /// An ASCII character.
    Character(char),
    /// The file has one column.
    None,
}

/// Where the names of the columns stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", content = "row", rename_all = "kebab-case")]
pub enum Header {
    /// In this row, counted from 1 as a spreadsheet shows it. What stands above is left out.
    Row(u32),
    /// Nowhere: every row is data.
    None,
}

/// What the researcher says; what is not said is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct TableChoices {
    /// The name of a sheet. Not looked at for text.
    pub sheet: Option<String>,
    /// Not looked at for workbooks.
    pub encoding: Option<TableEncoding>,
    /// Not looked at for workbooks.
    pub delimiter: Option<Delimiter>,
    pub header: Option<Header>,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SheetName {
    pub name: String,
    /// Not shown by the spreadsheet program. It can be chosen all the same.
    pub hidden: bool,
}

/// How a file was read: the choices, completed by guesses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TableGuess {
    pub format: TableFormat,
    /// The sheet that was read; `None` for text.
    pub sheet: Option<String>,
    /// Every sheet with cells, in their order; empty for text.
    pub sheets: Vec<SheetName>,
    /// `None` for workbooks.
    pub encoding: Option<TableEncoding>,
    /// `None` for workbooks.
    pub delimiter: Option<Delimiter>,
    pub header: Header,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Column {
    /// Never empty, and no two are alike.
    pub name: String,
}

/// The start of a table and everything that is to be said of the whole of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct TablePreview {
    pub guess: TableGuess,
    pub columns: Vec<Column>,
    /// The first rows, each with one cell a column.
    pub rows: Vec<Vec<String>>,
    /// Rows of the whole table.
    pub row_count: u32,
    pub remarks: Vec<Remark>,
}

impl Delimiter {
    /// The byte to part cells at. A file that holds the byte 0 is refused, so that it parts nothing.
    pub(super) fn byte(self) -> Result<u8, TableError> {
        match self {
            Self::None => Ok(0),
            Self::Character(character) => u8::try_from(character)
                .ok()
                .filter(|byte| byte.is_ascii() && !b"\"\r\n\0".contains(byte))
                .ok_or_else(|| TableError::Delimiter(character.to_string())),
        }
    }
}
