//! Which encoding a text file has, and its bytes as UTF-8.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Decoder, DecoderResult, EUC_JP, Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

use super::TableEncoding;
use super::error::Cap;

/// Bytes that are looked at for the encoding, from the first that is not ASCII.
const SAMPLE: u64 = 1024 * 1024;
const CHUNK: usize = 64 * 1024;

impl TableEncoding {
    fn encoding(self) -> &'static Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::ShiftJis => SHIFT_JIS,
            Self::EucJp => EUC_JP,
            Self::Windows1252 => WINDOWS_1252,
        }
    }
}

/// Reads from the start of the file as far as needed.
pub(super) fn guess(file: &mut File) -> io::Result<TableEncoding> {
    let mut sample = Vec::new();
    file.take(SAMPLE).read_to_end(&mut sample)?;
    match sample.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => return Ok(TableEncoding::Utf8),
        [0xFF, 0xFE, ..] => return Ok(TableEncoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Ok(TableEncoding::Utf16Be),
        // ASCII as UTF-16 without a mark.
        [first, 0, ..] if *first != 0 => return Ok(TableEncoding::Utf16Le),
        [0, second, ..] if *second != 0 => return Ok(TableEncoding::Utf16Be),
        _ => {}
    }
    let mut whole = (sample.len() as u64) < SAMPLE;
    while sample.is_ascii() && !whole {
        sample.clear();
        whole = (file.take(SAMPLE).read_to_end(&mut sample)? as u64) < SAMPLE;
    }
    Ok(of_bytes(&sample, whole))
}

fn of_bytes(sample: &[u8], whole: bool) -> TableEncoding {
    if reads(UTF_8, sample, whole).is_some() {
        return TableEncoding::Utf8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, whole);
    // Told that it comes from Japan, the detector finds the shortest Japanese text, but takes Western text for
    // Japanese too: what it says is read and looked at.
    let japanese = if detector.guess(Some(b"jp"), Utf8Detection::Deny) == EUC_JP {
        [TableEncoding::EucJp, TableEncoding::ShiftJis]
    } else {
        [TableEncoding::ShiftJis, TableEncoding::EucJp]
    };
    japanese
        .into_iter()
        .find(|encoding| reads(encoding.encoding(), sample, whole).is_some_and(|text| looks_japanese(&text)))
        .unwrap_or(TableEncoding::Windows1252)
}

/// The text, if it holds few broken characters: one bad byte does not change the encoding of a file. What is not
/// UTF-8 hardly ever passes for it, what is not Japanese does.
fn reads(encoding: &'static Encoding, bytes: &[u8], whole: bool) -> Option<String> {
    let whole_for_one_broken = if encoding == UTF_8 { 10 } else { 50 };
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len())?);
    let (_, _, _) = decoder.decode_to_string(bytes, &mut text, whole);
    let (mut broken, mut foreign) = (0, 0);
    for character in text.chars().filter(|character| !character.is_ascii()) {
        foreign += 1;
        broken += usize::from(character == '\u{FFFD}');
    }
    (broken * whole_for_one_broken <= foreign).then_some(text)
}

/// Half of what is not ASCII is what Japanese is written with. Western letters read as Japanese come out as rare
/// kanji, lone half-width kana, or kanji within a word: `don稚 know`.
fn looks_japanese(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let (mut all, mut good) = (0u32, 0u32);
    for (at, &character) in characters.iter().enumerate() {
        if character.is_ascii() {
            continue;
        }
        all += 1;
        let neighbour = |at: Option<usize>| at.and_then(|at| characters.get(at)).copied();
        let (before, after) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
        let alone = [before, after]
            .into_iter()
            .all(|other| other.is_none_or(|other| other.is_ascii()));
        let letter = |other: Option<char>| other.is_some_and(|other| other.is_ascii_alphabetic());
        let in_word = alone && letter(before) && (letter(neighbour(at.checked_sub(2))) || letter(after));
        let usual = match character {
            // Half-width kana.
            '\u{FF61}'..='\u{FF9F}' => !alone,
            // Characters of one's own, in no font.
            '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' => false,
            '\u{3000}'..='\u{30FF}' | '\u{FF01}'..='\u{FF60}' => true,
            other => is_usual(other),
        };
        good += u32::from(usual && !in_word);
    }
    good * 2 >= all
}

/// A kanji of the first level, a sign such as ① or Ⅲ, or one that IBM added for names such as 髙.
fn is_usual(character: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, unknown) = SHIFT_JIS.encode(character.encode_utf8(&mut buffer));
    !unknown && matches!(*bytes, [0x81..=0x97, _] | [0x98, 0x40..=0x72] | [0xED..=0xEE | 0xFA..=0xFC, _])
}

/// What a reader has met, told to whoever reads through it.
#[derive(Clone, Debug, Default)]
pub(super) struct Met {
    /// Bytes or sequences of bytes that mean nothing.
    broken: Arc<AtomicU32>,
    /// Bytes of UTF-8 since the last row.
    since_row: Arc<AtomicU64>,
    row: Arc<AtomicU32>,
    quotes: Arc<AtomicU64>,
}

impl Met {
    pub(super) fn broken(&self) -> u32 {
        self.broken.load(Ordering::Relaxed)
    }

    /// Quotation marks are in pairs in a file that is in order.
    pub(super) fn odd_quotes(&self) -> bool {
        !self.quotes.load(Ordering::Relaxed).is_multiple_of(2)
    }

    /// A row has come out whole; the next one is `row`, from 1.
    pub(super) fn row(&self, row: u32) {
        self.since_row.store(0, Ordering::Relaxed);
        self.row.store(row, Ordering::Relaxed);
    }
}

/// A file as UTF-8 without a byte order mark. `�` stands for what means nothing. Ends with an error when a row
/// takes more than `longest` bytes, so that a quotation mark that is never closed takes no more memory.
pub(super) struct Decoded {
    file: File,
    decoder: Decoder,
    /// Bytes of the file that are not decoded yet: from, to.
    raw: Vec<u8>,
    left: (usize, usize),
    /// Bytes of UTF-8 that are not handed out yet: from, to.
    text: Vec<u8>,
    ready: (usize, usize),
    ended: bool,
    finished: bool,
    longest: u64,
    met: Met,
}

impl Decoded {
    pub(super) fn new(file: File, encoding: TableEncoding, longest: u64) -> Self {
        Self {
            file,
            decoder: encoding.encoding().new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK],
            left: (0, 0),
            text: vec![0; CHUNK],
            ready: (0, 0),
            ended: false,
            finished: false,
            longest,
            met: Met::default(),
        }
    }

    pub(super) fn met(&self) -> Met {
        self.met.clone()
    }

    /// Decodes a piece. A piece may be empty.
    fn decode(&mut self) -> io::Result<()> {
        if self.left.0 == self.left.1 && !self.ended {
            let read = self.file.read(&mut self.raw)?;
            self.left = (0, read);
            self.ended = read == 0;
        }
        // Room is kept for a `�`.
        let room = self.text.len() - 3;
        let (result, read, mut written) = self.decoder.decode_to_utf8_without_replacement(
            &self.raw[self.left.0..self.left.1],
            &mut self.text[..room],
            self.ended,
        );
        self.left.0 += read;
        match result {
            DecoderResult::InputEmpty => self.finished = self.ended,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                self.met.broken.fetch_add(1, Ordering::Relaxed);
                self.text[written..written + 3].copy_from_slice("\u{FFFD}".as_bytes());
                written += 3;
            }
        }
        self.ready = (0, written);
        let quotes = memchr::memchr_iter(b'"', &self.text[..written]).count() as u64;
        self.met.quotes.fetch_add(quotes, Ordering::Relaxed);
        let since = self.met.since_row.fetch_add(written as u64, Ordering::Relaxed);
        if since > self.longest {
            let (row, limit) = (self.met.row.load(Ordering::Relaxed), self.longest);
            return Err(Cap::Row { row, limit }.into());
        }
        Ok(())
    }
}

impl Read for Decoded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.ready.0 == self.ready.1 && !self.finished {
            self.decode()?;
        }
        let ready = &self.text[self.ready.0..self.ready.1];
        let handed = ready.len().min(out.len());
        out[..handed].copy_from_slice(&ready[..handed]);
        self.ready.0 += handed;
        Ok(handed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_japanese_files_are_recognised() {
        // The first two: kohii/smoothcsv3 issues 239 and 228.
        for text in [
            "点検連番,型式\r\n1,2\r\n",
            "処理区分,件数\r\n1,2\r\n",
            "番号,氏名\r\n1,髙橋\r\n",
            "Ⅲ,①\r\n",
            "ｱｲｳ,ｶﾞｷﾞ\r\n1,2\r\n",
            "年,月\r\n1,2",
            "id,値\n1,あ",
            "氏名",
            "A群,B群\n1,2",
            "p値,t値\n0.05,1.2\n",
            "面白さ,驚き\n85,10",
            "①\n",
            "ﾃｽﾄ\n",
            "髙\n",
            "表,ソ,能\n",
            "id,text\n1,吾輩は猫である。名前はまだ無い。\n",
        ] {
            let (bytes, _, unknown) = SHIFT_JIS.encode(text);
            assert!(!unknown);
            assert_eq!(of_bytes(&bytes, true), TableEncoding::ShiftJis, "{text}");
        }
        for text in [
            "点検連番,型式\r\n1,2\r\n",
            "番号,氏名\r\n1,高橋\r\n",
            "年,月\r\n1,2",
            "id,値\n1,あ",
            "id,text\n1,吾輩は猫である。名前はまだ無い。\n",
        ] {
            let (bytes, ..) = EUC_JP.encode(text);
            assert_eq!(of_bytes(&bytes, true), TableEncoding::EucJp, "{text}");
        }
    }

    #[test]
    fn western_files_are_not_taken_for_japanese() {
        // The first one: polygonplanet/encoding.js issue 12.
        for text in [
            "Prénom;Nom;Email\ninvitéàçù01;invite01;a@b\n;;testéç@bar.com\n",
            "id,text\n1,I don’t know, it’s fine\n",
            "Temp (°C),v\n1,2",
            "café,élan\n1,2",
            "naïve",
            "Müller,Größe\n1,2",
            "“quoted”,a\n",
            "£5,€6\n",
            "señor\n",
            "1 µg",
        ] {
            let (bytes, ..) = WINDOWS_1252.encode(text);
            assert_eq!(of_bytes(&bytes, true), TableEncoding::Windows1252, "{text}");
        }
    }

    #[test]
    fn one_bad_byte_does_not_change_the_encoding() {
        let mut bytes = "名前,年齢\n".repeat(20).into_bytes();
        bytes[3] = 0xFF;
        assert_eq!(of_bytes(&bytes, true), TableEncoding::Utf8);
        let (bytes, ..) = SHIFT_JIS.encode("名前,年齢\n");
        let mut bytes = bytes.repeat(20);
        bytes[0] = 0xFF;
        assert_eq!(of_bytes(&bytes, true), TableEncoding::ShiftJis);
        assert_eq!(
            of_bytes("日本".as_bytes().split_last().unwrap().1, false),
            TableEncoding::Utf8
        );
        assert_eq!(of_bytes(b"plain", true), TableEncoding::Utf8);
    }
}
