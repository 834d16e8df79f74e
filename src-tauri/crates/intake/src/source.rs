//! A file as lines of UTF-8, whatever its encoding.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use memchr::memchr;

use crate::encoding::{Encoding, Transcoder};
use crate::error::{Error, MAX_LINES};

/// Bytes asked of the file at once.
const CHUNK: usize = 256 * 1024;
/// Longest line that is held in memory, in bytes. Far above any request; a file without line ends stops here.
pub(crate) const MAX_LINE: usize = 64 * 1024 * 1024;
/// What is kept of a longer one, to show.
const HEAD: usize = 4 * 1024;
/// A file whose encoding is known. Its lines can be read any number of times.
pub(crate) struct Source {
    path: PathBuf,
    pub(crate) encoding: Encoding,
    /// Bytes on disk.
    pub(crate) bytes: u64,
    /// The first bytes as they stand on disk.
    pub(crate) magic: Vec<u8>,
}

impl Source {
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let about = std::fs::metadata(path)?;
        if about.is_dir() {
            return Err(Error::Folder);
        }
        let mut file = File::open(path)?;
        let mut magic = Vec::new();
        (&mut file).take(8).read_to_end(&mut magic)?;
        file.seek(SeekFrom::Start(0))?;
        let encoding = Encoding::detect(&mut file)?;
        Ok(Self {
            path: path.to_owned(),
            encoding,
            bytes: about.len(),
            magic,
        })
    }

    pub(crate) fn extension(&self) -> String {
        self.path
            .extension()
            .map_or_else(String::new, |end| end.to_string_lossy().to_ascii_lowercase())
    }

    /// The lines from the start, as UTF-8 without a byte order mark.
    pub(crate) fn lines(&self) -> Result<Lines, Error> {
        let mut file = File::open(&self.path)?;
        if self.encoding == Encoding::Utf8Bom {
            file.seek(SeekFrom::Start(3))?;
        }
        Ok(Lines {
            input: Input {
                file,
                bytes_read: 0,
                transcoder: self.encoding.decoder().map(Transcoder::new),
            },
            buffer: vec![0; CHUNK],
            from: 0,
            searched: 0,
            to: 0,
            ended: false,
            number: 0,
            max_line: MAX_LINE,
        })
    }
}

/// One line without its line end (`\n` or `\r\n`).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// From 1.
    pub(crate) number: u64,
    /// UTF-8 unless the file is broken there.
    pub(crate) bytes: &'a [u8],
    /// Only its start is in `bytes`: it is too long to be held.
    pub(crate) cut: bool,
}

/// Reads lines. Ends are found on the byte `\n` alone: other line separators may stand inside JSON strings.
pub(crate) struct Lines {
    input: Input,
    buffer: Vec<u8>,
    /// The line being read starts here, has no `\n` before `searched`, and what is read ends at `to`.
    from: usize,
    searched: usize,
    to: usize,
    ended: bool,
    number: u64,
    max_line: usize,
}

impl Lines {
    /// Bytes of the file taken in so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.input.bytes_read
    }

    pub(crate) fn next_line(&mut self) -> Result<Option<Line<'_>>, Error> {
        let mut cut = false;
        let (from, to) = loop {
            if let Some(at) = memchr(b'\n', &self.buffer[self.searched..self.to]) {
                let end = self.searched + at;
                break (std::mem::replace(&mut self.from, end + 1), end);
            }
            self.searched = self.to;
            if self.ended {
                if self.from == self.to && !cut {
                    return Ok(None);
                }
                break (std::mem::replace(&mut self.from, self.to), self.to);
            }
            if self.to - self.from > self.max_line {
                cut = true;
            }
            if cut {
                // Of a line that is too long only the start stays.
                self.to = self.to.min(self.from + HEAD);
                self.searched = self.to;
            }
            self.fill()?;
        };
        self.searched = self.from;
        self.number += 1;
        if self.number > MAX_LINES {
            return Err(Error::TooManyLines);
        }
        let bytes = &self.buffer[from..if cut { to.min(from + HEAD) } else { to }];
        Ok(Some(Line {
            number: self.number,
            bytes: bytes.strip_suffix(b"\r").unwrap_or(bytes),
            cut,
        }))
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.from > 0 {
            self.buffer.copy_within(self.from..self.to, 0);
            self.to -= self.from;
            self.searched -= self.from;
            self.from = 0;
        }
        if self.buffer.len() - self.to < CHUNK / 2 {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let read = self.input.read(&mut self.buffer[self.to..])?;
        self.to += read;
        self.ended = read == 0;
        Ok(())
    }
}

struct Input {
    file: File,
    bytes_read: u64,
    transcoder: Option<Transcoder>,
}

impl Input {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Some(transcoder) = &mut self.transcoder else {
            let read = read_some(&mut self.file, out)?;
            self.bytes_read += read as u64;
            return Ok(read);
        };
        loop {
            if let Some(raw) = transcoder.wants() {
                let read = read_some(&mut self.file, raw)?;
                self.bytes_read += read as u64;
                transcoder.got(read);
            }
            let (written, finished) = transcoder.step(out);
            if written > 0 || finished {
                return Ok(written);
            }
        }
    }
}

fn read_some(file: &mut File, out: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(out) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use encoding_rs::SHIFT_JIS;

    use super::*;
    use crate::encoding::SAMPLE;

    fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn read(bytes: &[u8], max_line: usize) -> (Encoding, Vec<(Vec<u8>, bool)>) {
        let file = file(bytes);
        let source = Source::open(file.path()).unwrap();
        let mut lines = source.lines().unwrap();
        lines.max_line = max_line;
        let mut all = Vec::new();
        while let Some(line) = lines.next_line().unwrap() {
            all.push((line.bytes.to_vec(), line.cut));
            assert_eq!(line.number, all.len() as u64);
        }
        assert_eq!(
            lines.bytes_read()
                + if source.encoding == Encoding::Utf8Bom {
                    3
                } else {
                    0
                },
            source.bytes
        );
        assert!(lines.next_line().unwrap().is_none());
        (source.encoding, all)
    }

    fn texts(bytes: &[u8]) -> (Encoding, Vec<String>) {
        let (encoding, lines) = read(bytes, MAX_LINE);
        (
            encoding,
            lines
                .into_iter()
                .map(|(line, _)| String::from_utf8(line).unwrap())
                .collect(),
        )
    }

    const TEXT: &str = "{\"a\":\"研究のデータ\"}\r\n{\"b\":\"表計算ソフト😀\"}\n";
    const LINES: [&str; 2] = ["{\"a\":\"研究のデータ\"}", "{\"b\":\"表計算ソフト😀\"}"];

    #[test]
    fn lines_end_at_a_line_feed_alone() {
        assert_eq!(texts(b"").1, Vec::<String>::new());
        assert_eq!(texts(b"\n").1, [""]);
        assert_eq!(texts(b"a\r\nb\n\nc").1, ["a", "b", "", "c"]);
        assert_eq!(texts(b"a\r\r\n\r").1, ["a\r", ""]);
        assert_eq!(texts("a\u{2028}b\u{85}c\n".as_bytes()).1, ["a\u{2028}b\u{85}c"]);
    }

    #[test]
    fn every_encoding_gives_the_same_lines() {
        let mark = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        let le = || TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let be = || TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
        for (bytes, encoding) in [
            (TEXT.into(), Encoding::Utf8),
            (mark(&[0xEF, 0xBB, 0xBF], TEXT.into()), Encoding::Utf8Bom),
            (mark(&[0xFF, 0xFE], le()), Encoding::Utf16Le),
            (mark(&[0xFE, 0xFF], be()), Encoding::Utf16Be),
            (le(), Encoding::Utf16Le),
            (be(), Encoding::Utf16Be),
        ] {
            assert_eq!(texts(&bytes), (encoding, LINES.map(String::from).to_vec()));
        }
        let japanese = TEXT.replace('😀', "");
        let (encoding, lines) = texts(&SHIFT_JIS.encode(&japanese).0);
        assert_eq!(
            (encoding, lines[1].as_str()),
            (Encoding::ShiftJis, "{\"b\":\"表計算ソフト\"}")
        );
    }

    #[test]
    fn a_late_first_kana_is_enough() {
        let japanese = format!(
            "{}{}",
            "{\"a\":1}\n".repeat(SAMPLE / 4),
            "ひらがな漢字\n".repeat(SAMPLE / 8)
        );
        let (encoding, lines) = texts(&SHIFT_JIS.encode(&japanese).0);
        assert_eq!(
            (encoding, lines.last().unwrap().as_str()),
            (Encoding::ShiftJis, "ひらがな漢字")
        );
    }

    #[test]
    fn broken_utf8_and_latin_1_are_not_taken_for_japanese() {
        let mut broken = "{\"a\":\"あいうえおかきく\"}\n".as_bytes().to_vec();
        broken[8] = b'x';
        for bytes in [
            &broken[..],
            b"{\"a\":\"\xe9lan caf\xe9 \xe0 la\"}\n",
            b"\xff\xff\xff",
        ] {
            assert_eq!(read(bytes, MAX_LINE).0, Encoding::Utf8);
        }
    }

    #[test]
    fn what_cannot_be_converted_breaks_its_line_only() {
        let mut bytes = SHIFT_JIS.encode("ひらがな\nかたかな\nおわり\n").0.into_owned();
        bytes[9] = 0x82;
        bytes[10] = 0x20;
        let (encoding, lines) = read(&bytes, MAX_LINE);
        assert_eq!(encoding, Encoding::ShiftJis);
        let valid: Vec<_> = lines
            .iter()
            .map(|(line, _)| std::str::from_utf8(line).is_ok())
            .collect();
        assert_eq!(valid, [true, false, true]);
        // Half a UTF-16 character at the end of the file.
        let (_, lines) = read(b"\xff\xfea\0b\0\n\0c", MAX_LINE);
        assert_eq!(lines, [(b"ab".to_vec(), false), (b"\xff".to_vec(), false)]);
    }

    #[test]
    fn a_line_that_is_too_long_is_cut_and_the_next_one_is_whole() {
        let bytes = format!(
            "first\n{}\nlast\n{}",
            "x".repeat(3_000_000),
            "y".repeat(2_000_000)
        );
        let (_, lines) = read(bytes.as_bytes(), 1_000_000);
        let lengths: Vec<_> = lines.iter().map(|(line, cut)| (line.len(), *cut)).collect();
        assert_eq!(lengths, [(5, false), (HEAD, true), (4, false), (HEAD, true)]);
    }

    #[test]
    fn lines_longer_than_what_is_read_at_once_stay_whole() {
        let long = "あ".repeat(CHUNK);
        assert_eq!(
            texts(format!("{long}\n{long}").as_bytes()).1,
            [long.as_str(), long.as_str()]
        );
        let utf16: Vec<u8> = format!("\u{FEFF}{long}\n")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(texts(&utf16).1, [long]);
    }

    #[test]
    fn what_is_no_file_is_said() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Source::open(folder.path()), Err(Error::Folder)));
        assert!(matches!(
            Source::open(&folder.path().join("none")),
            Err(Error::NotFound(_))
        ));
    }
}
