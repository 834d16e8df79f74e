//! CSV by RFC 4180: CRLF, quotes where needed, UTF-8 with the mark by which Excel sees Japanese.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};

use tabane_model::ResultRow;

use crate::columns::{Cell, NAMES, cells};
use crate::{Error, Options, Sheet};

const BOM: &[u8] = b"\xEF\xBB\xBF";

pub(crate) struct Csv {
    out: csv::Writer<BufWriter<File>>,
    options: Options,
}

impl Csv {
    pub(crate) fn new(mut file: BufWriter<File>, options: Options) -> Result<Self, Error> {
        file.write_all(BOM)?;
        let mut out = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(file);
        out.write_record(NAMES)?;
        Ok(Self { out, options })
    }
}

impl Sheet for Csv {
    fn row(&mut self, row: &ResultRow) -> Result<(), Error> {
        for cell in cells(row, self.options.practice) {
            match cell {
                Cell::Empty => self.out.write_field("")?,
                Cell::Number(number) => self.out.write_field(number.to_string())?,
                Cell::Flag(flag) => self.out.write_field(if flag { "yes" } else { "no" })?,
                Cell::Text(text) if self.options.defuse_formulas => {
                    self.out.write_field(defused(text).as_bytes())?;
                }
                Cell::Text(text) => self.out.write_field(text)?,
            }
        }
        self.out.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<u64, Error> {
        let mut file = self.out.into_inner().map_err(|error| error.into_error())?;
        file.flush()?;
        Ok(0)
    }
}

/// Spreadsheets run a text that begins with one of these, also in its full-width form.
fn defused(text: &str) -> Cow<'_, str> {
    let first = text.chars().next();
    if first.is_some_and(|first| "=+-@\t\r\n＝＋－＠".contains(first)) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}
