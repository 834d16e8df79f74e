//! JSON as one array, and JSONL with one object a line; both written row by row.

use std::fs::File;
use std::io::{BufWriter, Write};

use crate::columns::Cells;
use crate::{Check, Error, Table};

/// Legal inside JSON text, but many line readers (Python's `splitlines`, older JavaScript) break lines at them.
const LINE_BREAKERS: [(char, &str); 3] = [
    ('\u{2028}', "\\u2028"),
    ('\u{2029}', "\\u2029"),
    ('\u{85}', "\\u0085"),
];

pub(crate) struct Json<'f> {
    file: BufWriter<&'f File>,
    array: bool,
    rows: u64,
}

impl<'f> Json<'f> {
    pub(crate) fn array(file: &'f File) -> Self {
        Self {
            file: BufWriter::new(file),
            array: true,
            rows: 0,
        }
    }

    pub(crate) fn lines(file: &'f File) -> Self {
        Self {
            file: BufWriter::new(file),
            array: false,
            rows: 0,
        }
    }
}

impl Table for Json<'_> {
    fn row(&mut self, cells: &Cells<'_>) -> Result<(), Error> {
        let before = match (self.array, self.rows) {
            (true, 0) => "[\n",
            (true, _) => ",\n",
            (false, 0) => "",
            (false, _) => "\n",
        };
        self.file.write_all(before.as_bytes())?;
        self.file
            .write_all(in_one_line(serde_json::to_string(cells)?).as_bytes())?;
        self.rows += 1;
        Ok(())
    }

    fn finish(&mut self, _check: Check<'_>) -> Result<u64, Error> {
        let end = match (self.array, self.rows) {
            (true, 0) => "[]\n",
            (true, _) => "\n]\n",
            (false, 0) => "",
            (false, _) => "\n",
        };
        self.file.write_all(end.as_bytes())?;
        self.file.flush()?;
        Ok(0)
    }
}

/// Such characters stand only inside strings, so replacing them leaves the JSON valid and its meaning the same.
fn in_one_line(mut json: String) -> String {
    for (breaker, escape) in LINE_BREAKERS {
        if json.contains(breaker) {
            json = json.replace(breaker, escape);
        }
    }
    json
}
