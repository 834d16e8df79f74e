//! Which encoding a file has, and its conversion to UTF-8.

use std::fs::File;
use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, SHIFT_JIS, UTF_16BE, UTF_16LE};

/// Bytes looked at at once for the first that is not ASCII, and how many times at most.
pub(crate) const SAMPLE: usize = 1024 * 1024;
const SAMPLES: usize = 16;

/// Bytes converted at once.
const CHUNK: usize = 256 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    ShiftJis,
}

impl Encoding {
    /// As `CheckReport::encoding` has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf8Bom => "utf-8-bom",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::ShiftJis => "shift_jis",
        }
    }

    /// As people write it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf8Bom => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::ShiftJis => "Shift_JIS",
        }
    }

    pub(crate) fn is_utf8(self) -> bool {
        matches!(self, Self::Utf8 | Self::Utf8Bom)
    }

    /// `None`: it is UTF-8 already.
    pub(crate) fn decoder(self) -> Option<Decoder> {
        let encoding = match self {
            Self::Utf8 | Self::Utf8Bom => return None,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::ShiftJis => SHIFT_JIS,
        };
        Some(encoding.new_decoder_with_bom_removal())
    }

    /// Reads from the start of the file, as far as needed.
    pub(crate) fn detect(file: &mut File) -> io::Result<Self> {
        let mut sample = Vec::new();
        file.take(SAMPLE as u64).read_to_end(&mut sample)?;
        match sample.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => return Ok(Self::Utf8Bom),
            [0xFF, 0xFE, ..] => return Ok(Self::Utf16Le),
            [0xFE, 0xFF, ..] => return Ok(Self::Utf16Be),
            // ASCII as UTF-16 without a mark: JSON starts with ASCII.
            [first, 0, ..] if *first != 0 => return Ok(Self::Utf16Le),
            [0, second, ..] if *second != 0 => return Ok(Self::Utf16Be),
            _ => {}
        }
        for _ in 0..SAMPLES {
            if !sample.is_ascii() {
                break;
            }
            sample.clear();
            if file.take(SAMPLE as u64).read_to_end(&mut sample)? == 0 {
                break;
            }
        }
        Ok(if is_shift_jis(&sample) {
            Self::ShiftJis
        } else {
            Self::Utf8
        })
    }
}

/// Judged line by line, so that one broken line does not make a UTF-8 file Japanese. Full-width kana must be
/// among the text: other old encodings (such as Latin-1) can pass for kanji by chance, hardly for kana.
fn is_shift_jis(sample: &[u8]) -> bool {
    // A byte below 0x40 is a character of its own in both encodings: nothing is cut within one.
    let whole = if sample.len() < SAMPLE {
        sample.len()
    } else {
        sample.iter().rposition(|&byte| byte < 0x40).unwrap_or(0)
    };
    let (mut as_utf8, mut as_shift_jis, mut as_neither, mut kana) = (0, 0, 0, false);
    for line in sample[..whole]
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_ascii())
    {
        let text = String::from_utf8_lossy(line);
        let broken = text.matches('\u{FFFD}').count();
        if text.chars().filter(|character| !character.is_ascii()).count() > 2 * broken {
            as_utf8 += 1;
        } else if let Some(text) = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(line) {
            as_shift_jis += 1;
            kana |= text.contains(|character| ('\u{3041}'..='\u{30FE}').contains(&character));
        } else {
            as_neither += 1;
        }
    }
    kana && as_shift_jis > as_utf8 + as_neither
}

/// Turns another encoding into UTF-8, piece by piece.
pub(crate) struct Transcoder {
    decoder: Decoder,
    raw: Vec<u8>,
    from: usize,
    to: usize,
    ended: bool,
}

impl Transcoder {
    pub(crate) fn new(decoder: Decoder) -> Self {
        Self {
            decoder,
            raw: vec![0; CHUNK],
            from: 0,
            to: 0,
            ended: false,
        }
    }

    /// Where the next bytes of the file go, if any are wanted.
    pub(crate) fn wants(&mut self) -> Option<&mut [u8]> {
        (self.from == self.to && !self.ended).then_some(self.raw.as_mut_slice())
    }

    /// So many have come; none: the file has ended.
    pub(crate) fn got(&mut self, read: usize) {
        (self.from, self.to, self.ended) = (0, read, read == 0);
    }

    /// Converts what is there. Bytes that mean nothing become one byte that is no UTF-8, so that their line is
    /// found like any other broken line and never sent with a replacement character.
    pub(crate) fn step(&mut self, out: &mut [u8]) -> (usize, bool) {
        let room = out.len() - 1;
        let raw = &self.raw[self.from..self.to];
        let (result, read, written) =
            self.decoder
                .decode_to_utf8_without_replacement(raw, &mut out[..room], self.ended);
        self.from += read;
        match result {
            DecoderResult::InputEmpty if self.ended => {
                // A decoder must not be used after its end; without input it is not asked again.
                self.decoder = encoding_rs::UTF_8.new_decoder_without_bom_handling();
                (written, true)
            }
            DecoderResult::InputEmpty | DecoderResult::OutputFull => (written, false),
            DecoderResult::Malformed(..) => {
                out[written] = 0xFF;
                (written + 1, false)
            }
        }
    }
}
