//! What is worth knowing of a table that was read: each thing that is not as it looks in the spreadsheet.

use serde::{Deserialize, Serialize};
use specta::Type;
use tabane_model::{Arg, Args};

/// A remark on a table. Its sentence is the message `table-remark-<code>` with the fields as arguments.
/// Rows are counted from 1, as a spreadsheet shows them; `columns`, `rows` and `ranges` are short lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Remark {
    /// Nothing stands on the sheet.
    EmptySheet {
        sheet: String,
    },
    /// The sheet that was read is hidden in the workbook.
    HiddenSheet {
        sheet: String,
    },
    /// Hidden or filtered away in the spreadsheet, and read all the same.
    HiddenRows {
        count: u32,
        rows: String,
    },
    HiddenColumns {
        count: u32,
        columns: String,
    },
    /// The value stands in the first cell of each, the others are empty.
    MergedCells {
        count: u32,
        ranges: String,
    },
    /// Rows without text between others were left out.
    EmptyRows {
        count: u32,
    },
    /// Columns without text were left out; `columns` are their letters.
    EmptyColumns {
        count: u32,
        columns: String,
    },
    /// Rows above the names of the columns were left out; `text` is the first of their cells.
    RowsAbove {
        count: u32,
        text: String,
    },
    /// Columns without a name were given one.
    UnnamedColumns {
        count: u32,
        columns: String,
    },
    /// Columns named like another before were given another name.
    DoubledNames {
        count: u32,
        columns: String,
    },
    /// Line breaks and spaces around names were taken away.
    TidiedNames {
        count: u32,
        columns: String,
    },
    /// Rows of text with more cells than most rows have.
    LongRows {
        count: u32,
        row: u32,
    },
    /// Rows of text with fewer cells than most rows have; the others are empty.
    ShortRows {
        count: u32,
        row: u32,
    },
    /// Cells in which the spreadsheet shows an error such as `#N/A`. They come as that text.
    ErrorCells {
        column: String,
        count: u32,
        error: String,
        row: u32,
    },
    /// Numbers that the spreadsheet shows padded, rounded or as percentages. They come as they are stored.
    ShownOtherwise {
        column: String,
        count: u32,
        stored: String,
        shown: String,
        row: u32,
    },
    /// Formulas whose result was not saved with them: empty here.
    FormulasWithoutValue {
        count: u32,
        cell: String,
    },
    /// Bytes that mean nothing in the encoding; `�` stands in their place. `row` is the first with one.
    BrokenCharacters {
        count: u32,
        row: u32,
    },
    /// A quotation mark that is never closed: everything behind it stands in one cell.
    UnclosedQuote {
        row: u32,
    },
    /// The first line only names the delimiter (`sep=;`), and was left out.
    SeparatorLine,
}

impl Remark {
    /// The code of its sentence, such as `merged-cells`.
    #[must_use]
    pub fn code(&self) -> String {
        self.parts().0
    }

    /// The arguments of its sentence.
    #[must_use]
    pub fn args(&self) -> Args {
        self.parts().1
    }

    fn parts(&self) -> (String, Args) {
        let mut code = String::new();
        let mut args = Args::new();
        if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(self) {
            for (name, value) in fields {
                match value {
                    serde_json::Value::String(text) if name == "code" => code = text,
                    serde_json::Value::String(text) => {
                        args.insert(name, Arg::Text(text));
                    }
                    other => {
                        args.insert(name, Arg::Number(other.as_f64().unwrap_or_default()));
                    }
                }
            }
        }
        (code, args)
    }
}

/// Things that a list names before it says how many more there are.
const NAMED: usize = 10;

/// A list to show: at most ten of them, then `…`.
pub(super) fn list<T: ToString>(all: &[T]) -> String {
    let mut text = all
        .iter()
        .take(NAMED)
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ");
    if all.len() > NAMED {
        text.push_str(", …");
    }
    text
}

/// Numbers from 0 in rising order, to show from 1 with neighbours together: `3, 5–9`.
pub(super) fn ranges(rows: &[u32]) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for &row in rows {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 >= row => *last = row,
            _ => parts.push((row, row)),
        }
    }
    let parts: Vec<_> = parts
        .into_iter()
        .map(|(first, last)| {
            if first == last {
                format!("{}", first + 1)
            } else {
                format!("{}–{}", first + 1, last + 1)
            }
        })
        .collect();
    list(&parts)
}

/// What is told of a list of any length, in little memory: how many, and the first of them.
#[derive(Clone, Debug)]
pub(super) struct Tally<T> {
    pub(super) count: u32,
    pub(super) first: Vec<T>,
}

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self {
            count: 0,
            first: Vec::new(),
        }
    }
}

impl<T> Tally<T> {
    /// As many are kept as a list may need, neighbours in a range included.
    const KEPT: usize = 1_000;

    pub(super) fn add(&mut self, thing: T) {
        self.count = self.count.saturating_add(1);
        if self.first.len() < Self::KEPT {
            self.first.push(thing);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_stay_short() {
        assert_eq!(ranges(&[2, 4, 5, 6]), "3, 5–7");
        assert_eq!(list(&["a", "b"]), "a, b");
        assert_eq!(list(&[1; 11]), "1, 1, 1, 1, 1, 1, 1, 1, 1, 1, …");
    }

    #[test]
    fn a_remark_has_a_code_and_arguments() {
        let remark = Remark::MergedCells {
            count: 2,
            ranges: "A1:B2".into(),
        };
        assert_eq!(remark.code(), "merged-cells");
        assert_eq!(remark.args()["count"], Arg::Number(2.0));
        assert_eq!(remark.args()["ranges"], Arg::Text("A1:B2".into()));
        assert_eq!(Remark::SeparatorLine.code(), "separator-line");
    }
}
