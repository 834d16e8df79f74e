//! The lines of a stored input, one at a time: only one is ever in memory.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

/// Large enough that reading 190 MB is few calls of the system.
const BUFFER: usize = 256 * 1024;

pub(crate) struct Lines {
    reader: BufReader<File>,
    line: Vec<u8>,
}

impl Lines {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self {
            reader: BufReader::with_capacity(BUFFER, File::open(path)?),
            line: Vec::new(),
        })
    }

    /// The next line without its `\n`. A `\r` before it stays: JSON takes it as space.
    pub(crate) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.line.clear();
        if self.reader.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        }
        Ok(Some(&self.line))
    }
}

/// One line of the input as a batch wants it; what is missing is for validation to say.
#[derive(Deserialize)]
pub(crate) struct InputLine<'a> {
    pub(crate) custom_id: Option<Cow<'a, str>>,
    pub(crate) method: Option<Cow<'a, str>>,
    pub(crate) url: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(crate) body: Option<&'a RawValue>,
}
