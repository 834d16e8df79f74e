//! The tags of an XML file, one after the other, without reading what stands between them: for a first look at a
//! sheet that costs a fraction of reading it.

use std::io::{self, Read};

use memchr::memchr;

/// Bytes asked for at once.
const CHUNK: usize = 128 * 1024;
/// Bytes behind a tag that are shown with it.
const AHEAD: usize = 32;
/// Bytes of the longest tag.
const LONGEST: usize = 16 * 1024 * 1024;

/// Finds tags in a stream. Comments and character data are not told from tags: what is found is a hint.
pub(super) struct Tags<R> {
    input: R,
    buffer: Vec<u8>,
    from: usize,
    to: usize,
    ended: bool,
}

/// A tag without its angle brackets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    bytes: &'a [u8],
    /// The bytes behind it, 32 of them if there are as many.
    pub(super) behind: &'a [u8],
}

impl<R: Read> Tags<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            buffer: vec![0; 2 * CHUNK],
            from: 0,
            to: 0,
            ended: false,
        }
    }

    pub(super) fn next_tag(&mut self) -> io::Result<Option<Tag<'_>>> {
        loop {
            let rest = &self.buffer[self.from..self.to];
            // Most often the next tag follows at once.
            let at = if rest.first() == Some(&b'<') {
                Some(0)
            } else {
                memchr(b'<', rest)
            };
            let Some(at) = at else {
                self.from = self.to;
                if self.ended {
                    return Ok(None);
                }
                self.fill()?;
                continue;
            };
            self.from += at;
            let end = memchr(b'>', &self.buffer[self.from..self.to]).map(|at| self.from + at);
            match end {
                Some(end) if self.ended || self.to - end > AHEAD => {
                    let start = std::mem::replace(&mut self.from, end + 1) + 1;
                    let behind = &self.buffer[end + 1..self.to.min(end + 1 + AHEAD)];
                    let bytes = &self.buffer[start..end];
                    return Ok(Some(Tag { bytes, behind }));
                }
                None if self.ended => return Ok(None),
                _ => self.fill()?,
            }
        }
    }

    /// Passes over a plain value with the end of its cell, if that is what follows: `<v>42</v></c>`, or the same with
    /// a text of its own. Nine cells in ten are such, and looking at their tags one by one takes twice the time.
    /// `false`: it is something else, or not all of it is there yet.
    pub(super) fn pass_value(&mut self, inline: bool) -> bool {
        let (opens, closes): (&[u8], &[u8]) = if inline {
            (b"<is><t>", b"</t></is></c>")
        } else {
            (b"<v>", b"</v></c>")
        };
        let Some(rest) = self.buffer[self.from..self.to].strip_prefix(opens) else {
            return false;
        };
        let passed = memchr(b'<', rest).filter(|&end| end > 0 && rest[end..].starts_with(closes));
        if let Some(end) = passed {
            self.from += opens.len() + end + closes.len();
        }
        passed.is_some()
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.from..self.to, 0);
        self.to -= self.from;
        self.from = 0;
        if self.buffer.len() - self.to < CHUNK {
            if self.to > LONGEST {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a tag without end"));
            }
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let read = self.input.read(&mut self.buffer[self.to..])?;
        self.to += read;
        self.ended = read == 0;
        Ok(())
    }
}

impl<'a> Tag<'a> {
    /// Its name without the prefix of its namespace, and whether it closes an element.
    pub(super) fn name(self) -> (&'a [u8], bool) {
        let closes = self.bytes.first() == Some(&b'/');
        let bytes = &self.bytes[usize::from(closes)..];
        let end = bytes
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || *byte == b'/')
            .unwrap_or(bytes.len());
        let name = &bytes[..end];
        let prefix = memchr(b':', name).map_or(0, |at| at + 1);
        (&name[prefix..], closes)
    }

    /// The element has no content: `<row/>`.
    pub(super) fn is_empty(self) -> bool {
        self.bytes.last() == Some(&b'/')
    }

    /// The raw value of an attribute.
    pub(super) fn attribute(self, name: &[u8]) -> Option<&'a [u8]> {
        self.attributes()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// Names and raw values. What is no attribute ends them.
    pub(super) fn attributes(self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        let start = self.bytes.iter().position(u8::is_ascii_whitespace);
        let mut rest = &self.bytes[start.unwrap_or(self.bytes.len())..];
        std::iter::from_fn(move || {
            let from = rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
            let equals = from + rest[from..].iter().position(|&byte| byte == b'=')?;
            let key = rest[from..equals].trim_ascii_end();
            let (quote, value) = rest[equals + 1..].trim_ascii_start().split_first()?;
            let end = value.iter().position(|byte| byte == quote)?;
            rest = &value[end + 1..];
            Some((key, &value[..end]))
        })
    }

    pub(super) fn is_set(self, name: &[u8]) -> bool {
        matches!(self.attribute(name), Some(b"1" | b"true"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_values_are_passed_over() {
        for (text, inline, passed) in [
            (&b"<c><v>42</v></c><d/>"[..], false, true),
            (b"<c><is><t>a b</t></is></c><d/>", true, true),
            (b"<c><v></v></c><d/>", false, false),
            (b"<c><v>42</v ></c><d/>", false, false),
            (b"<c><f>1</f><v>42</v></c><d/>", false, false),
            (b"<c><v>42", false, false),
        ] {
            let mut tags = Tags::new(text);
            assert_eq!(tags.next_tag().unwrap().unwrap().name(), (&b"c"[..], false));
            assert_eq!(tags.pass_value(inline), passed);
            if passed {
                assert_eq!(tags.next_tag().unwrap().unwrap().name(), (&b"d"[..], false));
            }
        }
    }

    #[test]
    fn tags_and_attributes_are_found_wherever_the_pieces_end() {
        struct Slow<'a>(&'a [u8]);
        impl Read for Slow<'_> {
            fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
                let read = self.0.len().min(1).min(out.len());
                out[..read].copy_from_slice(&self.0[..read]);
                self.0 = &self.0[read..];
                Ok(read)
            }
        }
        let text = b"<?xml?><x:row r=\"3\" a:hidden='0' hidden = \"1\"><c  r='A3'/></x:row> tail";
        let mut tags = Tags::new(Slow(text));
        let mut seen = Vec::new();
        while let Some(tag) = tags.next_tag().unwrap() {
            let (name, closes) = tag.name();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            seen.push((
                text(name),
                closes,
                tag.is_empty(),
                tag.attribute(b"r").map(text),
                tag.is_set(b"hidden"),
            ));
        }
        assert_eq!(seen[1], ("row".into(), false, false, Some("3".into()), true));
        assert_eq!(seen[2], ("c".into(), false, true, Some("A3".into()), false));
        assert_eq!(seen[3], ("row".into(), true, false, None, false));
        assert_eq!(seen.len(), 4);
    }
}
