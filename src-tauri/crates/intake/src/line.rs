//! One line as JSON, or why it is none. Nothing is judged here beyond its form.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2_iter;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::fields::{Fields, Text};
use crate::flaw::Flaw;
use crate::surrogate::lone_surrogate;

/// Levels of objects and lists within each other. No service names a limit; JSON readers do (serde_json 128,
/// read 2026-11), and what is sent has to be readable at the other end.
pub(crate) const MAX_DEPTH: usize = 100;

/// The fields of one line that is not blank.
pub(crate) fn fields<'a>(bytes: &'a [u8]) -> Result<(&'a str, Fields<'a>), Flaw> {
    let text = simdutf8::compat::from_utf8(bytes).map_err(|error| {
        let from = error.valid_up_to();
        Flaw::error("invalid-utf8-line").at(from..from + error.error_len().unwrap_or(bytes.len() - from))
    })?;
    if let Some(at) = too_deep(text) {
        return Err(Flaw::error("too-deep").with("limit", MAX_DEPTH).at(at));
    }
    let start = text.len() - text.trim_ascii_start().len();
    if text.as_bytes().get(start) == Some(&b'{') {
        let fields = Fields::read(text).map_err(|error| unreadable(text, &error))?;
        return lone_surrogate(text).map_or(Ok((text, fields)), |at| Err(half_character(at)));
    }
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => Err(Flaw::error("not-an-object").at(start..text.len())),
        Err(error) => Err(unreadable(text, &error)),
    }
}

/// A JSON text as a string; `None` when it is something else.
pub(crate) fn text(raw: &RawValue) -> Option<Cow<'_, str>> {
    serde_json::from_str(raw.get()).ok().map(|Text(text)| text)
}

/// Where a piece of a line stands in it.
pub(crate) fn place(line: &str, piece: &str) -> Option<Range<usize>> {
    let from = (piece.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
    (from + piece.len() <= line.len()).then(|| from..from + piece.len())
}

/// Where the name of a value stands, which is a piece of the line; `None` when it is written with escapes.
pub(crate) fn place_of_name(line: &str, name: &str, value: &str) -> Option<Range<usize>> {
    let before = line.get(..place(line, value)?.start)?.trim_ascii_end();
    let quoted = before.strip_suffix(':')?.trim_ascii_end().strip_suffix('"')?;
    let from = quoted.strip_suffix(name)?.len();
    Some(from..quoted.len())
}

fn unreadable(text: &str, error: &serde_json::Error) -> Flaw {
    if error.is_eof() {
        return Flaw::error("cut-off-line").at(text.trim_ascii_end().len().saturating_sub(1)..text.len());
    }
    // Reading meets it in names only, and calls it by either of these words (serde_json 1.0.154).
    let said = error.to_string();
    if ["surrogate", "hex escape"].iter().any(|word| said.contains(word))
        && let Some(at) = lone_surrogate(text)
    {
        return half_character(at);
    }
    // The column counts bytes from 1 and is that of the byte that does not fit. White space may hold a lone
    // carriage return, never a line feed, so the error is always on the first line.
    let mut at = error.column().saturating_sub(1).min(text.len());
    let is_control = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_control);
    if said.starts_with("control character") && !is_control(at) && is_control(at + 1) {
        at += 1; // serde_json 1.0 names the byte before when it skips a text
    }
    let at = text.floor_char_boundary(at);
    let length = text[at..].chars().next().map_or(1, char::len_utf8);
    Flaw::error("not-json").at(at..at + length)
}

fn half_character(at: usize) -> Flaw {
    Flaw::error("half-character").at(at..at + r"\ud83d".len())
}

/// Where the first bracket stands that goes too deep.
fn too_deep(text: &str) -> Option<Range<usize>> {
    // Few brackets, wherever they stand, cannot go deep: true of nearly all lines, and quickly found.
    memchr2_iter(b'{', b'[', text.as_bytes()).nth(MAX_DEPTH)?;
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(at..at + 1);
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_borrowed_as_they_stand() {
        let line =
            r#" { "custom_id" : "a\u0062", "method":null, "body": {"x":  1.0e2}, "z":1, "url":"/v1" } "#;
        let (text_of_line, found) = fields(line.as_bytes()).unwrap();
        assert_eq!(found.held("body").unwrap().text, r#"{"x":  1.0e2}"#);
        assert_eq!(text(found.value("custom_id").unwrap()).unwrap(), "ab");
        assert!(found.method().is_none() && found.twice.is_empty());
        assert!(matches!(found.unknown, Some(Cow::Borrowed("z"))));
        let url = found.url().unwrap().get();
        assert_eq!(&line[place(text_of_line, url).unwrap()], r#""/v1""#);
    }

    #[test]
    fn a_place_outside_the_line_is_none() {
        assert_eq!(place("abc", "xyz"), None);
    }

    #[test]
    fn depth_counts_brackets_outside_of_strings() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(too_deep(&deep(MAX_DEPTH)), None);
        assert_eq!(too_deep(&deep(MAX_DEPTH + 1)), Some(MAX_DEPTH..MAX_DEPTH + 1));
        assert_eq!(too_deep(&format!(r#"["\"{}"]"#, "[".repeat(500))), None);
        assert_eq!(too_deep(&"[]".repeat(500)), None);
    }

    #[test]
    fn errors_mark_the_byte_that_does_not_fit() {
        for (line, code, at) in [
            (r#"{"a":1,}"#, "not-json", 7..8),
            (r#"{"a":あ}"#, "not-json", 5..8),
            (r#"{"a":1}{"b":2}"#, "not-json", 7..8),
            (r#"{"a":"#, "cut-off-line", 4..5),
            ("[1]", "not-an-object", 0..3),
        ] {
            let flaw = fields(line.as_bytes()).unwrap_err();
            assert_eq!((flaw.code, flaw.at), (code, Some(at)), "{line}");
        }
    }
}
