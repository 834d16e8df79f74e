//! What kind of file this is, by its first lines.

use std::path::Path;

use crate::error::Error;
use crate::line;
use crate::source::Source;

/// What a file holds, as far as its first lines tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One request a line; possibly with problems, which a check tells.
    Requests,
    /// What a service answered.
    Results,
    /// A workbook, or text in columns.
    Spreadsheet,
    Empty,
    Other,
}

/// Tells what kind of file this is without reading all of it.
///
/// # Errors
/// When the file cannot be read.
pub fn recognise(path: &Path) -> Result<Kind, Error> {
    Ok(match Shape::of(&Source::open(path)?)? {
        Shape::Requests => Kind::Requests,
        Shape::Results => Kind::Results,
        Shape::Spreadsheet => Kind::Spreadsheet,
        Shape::Empty => Kind::Empty,
        Shape::Array | Shape::Other => Kind::Other,
    })
}

/// A kind, more exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Requests,
    Results,
    Spreadsheet,
    /// All requests in one JSON list.
    Array,
    Empty,
    Other,
}

/// Lines with something on them that are looked at: one broken line at the start does not hide the rest.
const LINES: usize = 5;

impl Shape {
    pub(crate) fn of(source: &Source) -> Result<Self, Error> {
        // Workbooks: .xlsx and .ods are zip archives, .xls is an OLE file.
        if source.magic.starts_with(b"PK\x03\x04") || source.magic.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Ok(Self::Spreadsheet);
        }
        let mut lines = source.lines()?;
        let mut texts: Vec<String> = Vec::new();
        let mut shape = None;
        while let Some(line) = lines.next_line()? {
            let bytes = line.bytes.trim_ascii();
            if bytes.is_empty() {
                continue;
            }
            let found = of_line(bytes, line.cut);
            if texts.is_empty() && bytes.starts_with(b"[") {
                return Ok(Self::Array);
            }
            if matches!(found, Some(Self::Requests | Self::Results)) {
                return Ok(found.unwrap_or(Self::Other));
            }
            shape = shape.or(found);
            texts.push(String::from_utf8_lossy(&bytes[..bytes.len().min(4_096)]).into_owned());
            if texts.len() == LINES {
                break;
            }
        }
        let Some(first) = texts.first() else {
            return Ok(Self::Empty);
        };
        // Broken objects: the check says what is wrong with them.
        if first.starts_with('{') {
            return Ok(shape.unwrap_or(Self::Requests));
        }
        let by_name = ["csv", "tsv"].contains(&source.extension().as_str());
        if by_name || in_columns(&texts) {
            return Ok(Self::Spreadsheet);
        }
        Ok(if texts.iter().any(|text| text.starts_with('{')) {
            Self::Requests
        } else {
            Self::Other
        })
    }
}

/// `None`: no object that can be read.
fn of_line(bytes: &[u8], cut: bool) -> Option<Shape> {
    if cut {
        return bytes.starts_with(b"{").then_some(Shape::Requests);
    }
    let (_, fields) = line::fields(bytes).ok()?;
    let asks = fields.method().is_some() || fields.url().is_some() || fields.held("body").is_some();
    // These words are used for other things too.
    let asks_natively = ["params", "request"]
        .iter()
        .any(|name| fields.held(name).is_some_and(|held| held.inside.is_some()));
    Some(if fields.has_response && !asks {
        Shape::Results
    } else if asks || asks_natively || fields.value("custom_id").is_some() {
        Shape::Requests
    } else {
        Shape::Other
    })
}

/// The same separator, equally often, on at least two lines.
fn in_columns(texts: &[String]) -> bool {
    let [first, second, ..] = texts else { return false };
    ['\t', ',', ';'].iter().any(|&separator| {
        let count = |text: &str| text.matches(separator).count();
        count(first) > 0 && count(first) == count(second)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, bytes: &[u8]) -> Kind {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        recognise(&path).unwrap()
    }

    #[test]
    fn kinds_are_told_by_the_first_lines() {
        let utf16: Vec<u8> = "\u{FEFF}{\"custom_id\":\"あ\"}\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (name, bytes, expected) in [
            (
                "a.jsonl",
                &br#"{"custom_id":"a","method":"POST","url":"/v1","body":{}}"#[..],
                Kind::Requests,
            ),
            (
                "a.jsonl",
                b"\xEF\xBB\xBF\n{\"custom_id\":\"a\"}\n",
                Kind::Requests,
            ),
            ("a.jsonl", &utf16, Kind::Requests),
            ("a.jsonl", b"{\"custom_id\":\"a\",\n", Kind::Requests),
            ("a.jsonl", b"broken\n{\"custom_id\":\"a\"}\n", Kind::Requests),
            (
                "a.jsonl",
                br#"{"id":"r","custom_id":"a","response":{"status_code":200},"error":null}"#,
                Kind::Results,
            ),
            (
                "a.jsonl",
                br#"{"id":"r","custom_id":null,"response":null,"error":{"code":"x"}}"#,
                Kind::Results,
            ),
            (
                "claude.jsonl",
                br#"{"custom_id":"a","params":{"model":"m","messages":[]}}"#,
                Kind::Requests,
            ),
            ("gemini.jsonl", br#"{"key":"a","request":{"contents":[]}}"#, Kind::Requests),
            ("vertex.jsonl", br#"{"request":{"contents":[]},"id":1}"#, Kind::Requests),
            ("bare.jsonl", br#"{"custom_id":"a","body":{}}"#, Kind::Requests),
            (
                "claude.jsonl",
                br#"{"custom_id":"a","result":{"type":"canceled"}}"#,
                Kind::Results,
            ),
            ("gemini.jsonl", br#"{"key":"a","response":{"candidates":[]}}"#, Kind::Results),
            ("gemini.jsonl", br#"{"key":"a","error":{"code":3}}"#, Kind::Results),
            (
                "vertex.jsonl",
                br#"{"status":"","processed_time":"t","request":{"contents":[]},"response":{"candidates":[]}}"#,
                Kind::Results,
            ),
            (
                "vertex.jsonl",
                br#"{"status":"Bad Request: {}","processed_time":"t","request":{"contents":[]}}"#,
                Kind::Results,
            ),
            (
                "xai.jsonl",
                br#"{"batch_request_id":"a","batch_result":{"error":"x"}}"#,
                Kind::Results,
            ),
            ("fireworks.jsonl", br#"{"custom_id":"a","response":{"choices":[]}}"#, Kind::Results),
            (
                "together.jsonl",
                br#"{"id":"r","custom_id":"a","error":{"code":"batch_client_error"}}"#,
                Kind::Results,
            ),
            ("log.jsonl", br#"{"id":1,"request":"GET /"}"#, Kind::Other),
            ("a.xlsx", b"PK\x03\x04\x14\0\x06\0", Kind::Spreadsheet),
            ("a.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], Kind::Spreadsheet),
            ("a.csv", b"id\n1\n", Kind::Spreadsheet),
            ("a.txt", b"id,text\n1,\"{a}\"\n", Kind::Spreadsheet),
            ("a.txt", b"id\ttext\n1\thello\n", Kind::Spreadsheet),
            ("a.jsonl", b"", Kind::Empty),
            ("a.jsonl", b"\xEF\xBB\xBF", Kind::Empty),
            ("a.jsonl", b" \r\n\n\t\n", Kind::Empty),
            ("a.json", br#"[{"custom_id":"a"}]"#, Kind::Other),
            ("a.txt", b"Dear reader, hello\n", Kind::Other),
            ("a.jsonl", br#"{"messages":[]}"#, Kind::Other),
            ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind::Other),
        ] {
            assert_eq!(
                kind(name, bytes),
                expected,
                "{name} {:?}",
                String::from_utf8_lossy(bytes)
            );
        }
    }
}
