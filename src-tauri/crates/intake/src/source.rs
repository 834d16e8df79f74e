//! The file as lines of UTF-8: encodings named and converted, lines cut at `\n` only.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use encoding_rs::{Decoder, Encoding as Table, SHIFT_JIS, UTF_16BE, UTF_16LE};

/// Bytes that are looked at to name the encoding.
const SAMPLE: usize = 1 << 20;

/// First bytes that are kept for telling what the file is.
pub(crate) const HEAD: usize = 4_096;

/// A longer line is no request of any service; it is skipped without being kept.
pub(crate) const LONGEST_LINE: usize = 128 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    ShiftJis,
}

impl Encoding {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf8Bom => "utf-8-bom",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::ShiftJis => "shift_jis",
        }
    }

    pub(crate) fn is_utf8(self) -> bool {
        matches!(self, Self::Utf8 | Self::Utf8Bom)
    }

    fn table(self) -> Option<&'static Table> {
        match self {
            Self::Utf8 | Self::Utf8Bom => None,
            Self::Utf16Le => Some(UTF_16LE),
            Self::Utf16Be => Some(UTF_16BE),
            Self::ShiftJis => Some(SHIFT_JIS),
        }
    }

    /// By its mark, else by what the first megabyte can be.
    pub(crate) fn of(sample: &[u8]) -> Self {
        match sample {
            [0xEF, 0xBB, 0xBF, ..] => return Self::Utf8Bom,
            [0xFF, 0xFE, ..] => return Self::Utf16Le,
            [0xFE, 0xFF, ..] => return Self::Utf16Be,
            // JSON begins with an ASCII letter: its other byte tells.
            [0, second, ..] if *second != 0 => return Self::Utf16Be,
            [first, 0, ..] if *first != 0 => return Self::Utf16Le,
            _ => {}
        }
        let is_utf8 = match std::str::from_utf8(sample) {
            Ok(_) => true,
            // The sample may end inside a letter.
            Err(error) => error.error_len().is_none(),
        };
        if is_utf8 || !looks_like_shift_jis(sample) {
            Self::Utf8
        } else {
            Self::ShiftJis
        }
    }
}

/// Decodes as Shift_JIS without a fault, and has more than a stray byte of it.
fn looks_like_shift_jis(sample: &[u8]) -> bool {
    // The last letter may be cut.
    let whole = sample.rsplitn(2, |byte| *byte == b'\n').last().unwrap_or(sample);
    let (_, had_errors) = SHIFT_JIS.decode_without_bom_handling(whole);
    !had_errors && whole.iter().filter(|byte| **byte >= 0x80).count() >= 2
}

/// A request file open for reading.
pub(crate) struct Source {
    reader: BufReader<Bytes>,
    pub(crate) encoding: Encoding,
    pub(crate) bytes_total: u64,
    pub(crate) bytes_done: u64,
    pub(crate) line: u64,
    /// The file's first bytes, its mark left out.
    pub(crate) head: Vec<u8>,
}

/// What one line is before it is read as JSON.
pub(crate) enum Line {
    Whole,
    TooLong,
}

impl Source {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let mut sample = Vec::new();
        Read::by_ref(&mut file)
            .take(SAMPLE as u64)
            .read_to_end(&mut sample)?;
        let encoding = Encoding::of(&sample);
        let skip = if encoding == Encoding::Utf8Bom { 3 } else { 0 };
        file.seek(SeekFrom::Start(skip))?;
        let head = sample
            .get(usize::try_from(skip).unwrap_or(0)..)
            .unwrap_or_default();
        let bytes = match encoding.table() {
            None => Bytes::AsTheyAre(file),
            Some(table) => Bytes::Converted(Box::new(Converted::new(file, table))),
        };
        Ok(Self {
            reader: BufReader::with_capacity(1 << 20, bytes),
            encoding,
            bytes_total: metadata.len(),
            bytes_done: skip,
            line: 0,
            head: head[..head.len().min(HEAD)].to_vec(),
        })
    }

    /// Reads the next line into `into`, without its `\n` and one `\r` before it. `None` at the end.
    pub(crate) fn next_line(&mut self, into: &mut Vec<u8>) -> io::Result<Option<Line>> {
        into.clear();
        let mut limited = Read::by_ref(&mut self.reader).take(LONGEST_LINE as u64);
        let read = limited.read_until(b'\n', into)?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        self.bytes_done += read as u64;
        if into.last() == Some(&b'\n') {
            into.pop();
            if into.last() == Some(&b'\r') {
                into.pop();
            }
        } else if read == LONGEST_LINE {
            into.truncate(400);
            self.bytes_done += self.reader.skip_until(b'\n')? as u64;
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Whole))
    }
}

enum Bytes {
    AsTheyAre(File),
    Converted(Box<Converted>),
}

impl Read for Bytes {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::AsTheyAre(file) => file.read(into),
            Self::Converted(converted) => converted.read(into),
        }
    }
}

/// Another encoding read as UTF-8, a piece at a time.
struct Converted {
    file: File,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Converted and not given out yet: from `given` on.
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl Converted {
    fn new(file: File, table: &'static Table) -> Self {
        Self {
            file,
            decoder: table.new_decoder_with_bom_removal(),
            raw: vec![0; 1 << 16],
            ready: Vec::new(),
            given: 0,
            ended: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        let read = self.file.read(&mut self.raw)?;
        self.ended = read == 0;
        self.given = 0;
        let most = self.decoder.max_utf8_buffer_length(read).unwrap_or(1 << 18);
        self.ready.resize(most, 0);
        let (_, _, written, _) = self
            .decoder
            .decode_to_utf8(&self.raw[..read], &mut self.ready, self.ended);
        self.ready.truncate(written);
        Ok(())
    }
}

impl Read for Converted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let count = into.len().min(self.ready.len() - self.given);
        into[..count].copy_from_slice(&self.ready[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}
