//! JSON (one list) and JSONL (one object a line).

use std::fs::File;
use std::io::{BufWriter, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use tabane_model::ResultRow;

use crate::columns::{Cell, NAMES, cells};
use crate::{Error, Options, Sheet};

pub(crate) struct Json {
    out: BufWriter<File>,
    options: Options,
    /// Before, between and after rows.
    marks: [&'static str; 2],
    rows: u64,
}

impl Json {
    pub(crate) fn list(mut out: BufWriter<File>, options: Options) -> Result<Self, Error> {
        out.write_all(b"[\n")?;
        Ok(Self {
            out,
            options,
            marks: [",\n", "\n]\n"],
            rows: 0,
        })
    }

    pub(crate) fn lines(out: BufWriter<File>, options: Options) -> Self {
        Self {
            out,
            options,
            marks: ["\n", "\n"],
            rows: 0,
        }
    }
}

impl Sheet for Json {
    fn row(&mut self, row: &ResultRow) -> Result<(), Error> {
        if self.rows > 0 {
            self.out.write_all(self.marks[0].as_bytes())?;
        }
        self.rows += 1;
        let text = serde_json::to_string(&Row(cells(row, self.options.practice)))?;
        // Some programs end a line at these two.
        let text = text.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
        self.out.write_all(text.as_bytes())?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<u64, Error> {
        let is_list = self.marks[1].contains(']');
        if self.rows > 0 || is_list {
            self.out.write_all(self.marks[1].as_bytes())?;
        }
        self.out.flush()?;
        Ok(0)
    }
}

/// A row as an object, names in the order of the columns.
struct Row<'a>([Cell<'a>; NAMES.len()]);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(NAMES.len()))?;
        for (name, cell) in NAMES.iter().zip(self.0) {
            match cell {
                Cell::Empty => map.serialize_entry(name, &None::<()>)?,
                Cell::Text(text) => map.serialize_entry(name, text)?,
                Cell::Number(number) => map.serialize_entry(name, &number)?,
                Cell::Flag(flag) => map.serialize_entry(name, &flag)?,
            }
        }
        map.end()
    }
}
