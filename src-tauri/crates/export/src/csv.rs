//! CSV by RFC 4180, with what Excel needs to read it right: a byte order mark and CRLF.

use std::borrow::Cow;
use std::fs::File;
use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};

use crate::columns::{Cells, Value};
use crate::{Check, Error, Table};

/// Without it Excel reads Japanese in the code page of the computer.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A cell that starts with one of these is calculated by a spreadsheet; Excel for Japanese takes the
/// full-width ones too. The list is OWASP's "CSV Injection" (2026-07).
const STARTS_FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Bytes written at once: with the 8 KiB that are usual, every tenth row would be a call of the system.
const CHUNK: usize = 256 * 1024;

pub(crate) struct Csv<'f> {
    writer: Writer<&'f File>,
    defuse_formulas: bool,
}

impl<'f> Csv<'f> {
    pub(crate) fn start(mut file: &'f File, names: &[String], defuse_formulas: bool) -> Result<Self, Error> {
        file.write_all(BYTE_ORDER_MARK)?;
        let writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .buffer_capacity(CHUNK)
            .from_writer(file);
        let mut csv = Self {
            writer,
            defuse_formulas,
        };
        // Heads hold a study's own words too.
        let heads: Vec<_> = names.iter().map(|name| csv.text(name)).collect();
        csv.writer
            .write_record(heads.iter().map(|head| head.as_bytes()))?;
        Ok(csv)
    }

    fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.defuse_formulas && text.starts_with(STARTS_FORMULA) {
            format!("'{text}").into()
        } else {
            text.into()
        }
    }

    fn field<'a>(&self, value: &'a Value<'_>) -> Cow<'a, str> {
        match value {
            Value::Text(text) => self.text(text),
            Value::Made(text) => self.text(text),
            Value::Number(number) => number.to_string().into(),
            // A number never calculates anything, not even -5.
            Value::Digits(digits) => (*digits).into(),
            Value::Decimal(number) => number.to_string().into(),
            Value::Flag(flag) => Value::yes_or_no(*flag).into(),
            Value::Missing => "".into(),
        }
    }
}

impl Table for Csv<'_> {
    fn row(&mut self, cells: &Cells<'_>) -> Result<(), Error> {
        for value in &cells.values {
            let field = self.field(value);
            self.writer.write_field(field.as_bytes())?;
        }
        // An empty record after fields ends their line.
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn finish(&mut self, _check: Check<'_>) -> Result<u64, Error> {
        self.writer.flush()?;
        Ok(0)
    }
}
