//! The parts of a workbook that is a zip archive, with a cap on what each may unpack to.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::read::ZipFile;

use super::TableError;
use super::error::Cap;
use super::sheet::LONGEST_ROW;

/// What may be unpacked and held.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Bytes of XML of a sheet, which streams.
    pub(super) sheet: u64,
    /// Bytes of XML of every other part, some of which are held in memory.
    pub(super) part: u64,
    /// Bytes of XML of a row, and of a single tag or text.
    pub(super) row: u64,
    /// Cells of a sheet.
    pub(super) cells: u64,
}

impl Limits {
    /// A full sheet of Excel, 1,048,576 rows, with 40 columns takes about 2 GB of XML; 300 MB of texts without
    /// repetition are far beyond any study.
    pub(super) const USUAL: Self = Self {
        sheet: 4_000_000_000,
        part: 300_000_000,
        row: LONGEST_ROW,
        cells: 50_000_000,
    };
}

/// A zip archive whose parts are found without regard to case, as Office does.
pub(super) struct Package {
    archive: ZipArchive<BufReader<File>>,
    /// By lower-case name.
    parts: HashMap<String, usize>,
}

impl Package {
    pub(super) fn open(path: &Path) -> Result<Self, TableError> {
        let file = File::open(path).map_err(|error| TableError::File(error.into()))?;
        let archive = ZipArchive::new(BufReader::new(file))?;
        let mut parts = HashMap::new();
        for (at, name) in archive.file_names().enumerate() {
            parts.insert(key(&name?), at);
        }
        Ok(Self { archive, parts })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&key(name))
    }

    pub(super) fn any(&self, mut fits: impl FnMut(&str) -> bool) -> bool {
        self.parts.keys().any(|name| fits(name))
    }

    /// `None`: there is no such part.
    pub(super) fn part(&mut self, name: &str, limit: u64) -> Result<Option<Part<'_>>, TableError> {
        let Some(&at) = self.parts.get(&key(name)) else {
            return Ok(None);
        };
        let file = self.archive.by_index(at)?;
        if file.size() > limit {
            return Err(TableError::TooLarge { limit });
        }
        Ok(Some(Part {
            file,
            left: limit,
            limit,
        }))
    }

    /// How many bytes a part unpacks to, by unpacking it: what the archive says of itself is not trusted.
    pub(super) fn unpacked(&mut self, name: &str, limit: u64) -> Result<u64, TableError> {
        match self.part(name, limit)? {
            Some(mut part) => Ok(io::copy(&mut part, &mut io::sink())?),
            None => Ok(0),
        }
    }
}

fn key(name: &str) -> String {
    name.trim_start_matches('/')
        .replace('\\', "/")
        .to_ascii_lowercase()
}

/// A part that is being unpacked. Ends with an error at its limit.
pub(super) struct Part<'a> {
    file: ZipFile<'a, BufReader<File>>,
    left: u64,
    limit: u64,
}

impl Read for Part<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(out)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or(Cap::Unpacked(self.limit))?;
        Ok(read)
    }
}
