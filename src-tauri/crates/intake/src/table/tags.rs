//! The tags of an XML file, one after the other, without reading what stands between them: for a first look at a
//! sheet that costs a fraction of reading it.

use std::io::{self, Read};

use memchr::{memchr, memmem};

/// Bytes asked for at once.
const CHUNK: usize = 128 * 1024;
/// Bytes behind a tag that are shown with it.
const AHEAD: usize = 32;
const CHARACTER_DATA: &[u8] = b"![CDATA[";

/// Finds tags in a stream, and passes over comments.
pub(super) struct Tags<R> {
    input: R,
    buffer: Vec<u8>,
    from: usize,
    to: usize,
    ended: bool,
    /// Bytes that stood before those in the buffer.
    before: u64,
    longest: u64,
}

/// A tag without its angle brackets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    bytes: &'a [u8],
    /// The bytes behind it, 32 of them if there are as many.
    pub(super) behind: &'a [u8],
    /// Bytes of the file up to its end.
    pub(super) at: u64,
}

impl<R: Read> Tags<R> {
    /// `longest`: bytes of the longest tag, comment or text between tags. Readers hold each in memory.
    pub(super) fn new(input: R, longest: u64) -> Self {
        Self {
            input,
            buffer: vec![0; 2 * CHUNK],
            from: 0,
            to: 0,
            ended: false,
            before: 0,
            longest,
        }
    }

    pub(super) fn next_tag(&mut self) -> io::Result<Option<Tag<'_>>> {
        let mut passed = 0;
        loop {
            let rest = &self.buffer[self.from..self.to];
            // Most often the next tag follows at once.
            let at = if rest.first() == Some(&b'<') {
                Some(0)
            } else {
                memchr(b'<', rest)
            };
            let Some(at) = at else {
                passed += self.to - self.from;
                self.from = self.to;
                if self.ended {
                    return Ok(None);
                }
                if passed as u64 > self.longest {
                    return Err(too_long());
                }
                self.fill()?;
                continue;
            };
            self.from += at;
            let tag = &self.buffer[self.from..self.to];
            if tag.len() <= CHARACTER_DATA.len() && !self.ended {
                self.fill()?;
                continue;
            }
            if tag.starts_with(b"<!--") {
                self.pass(b"-->")?;
                continue;
            }
            if tag[1..].starts_with(CHARACTER_DATA) {
                self.pass(b"]]>")?;
                return Ok(Some(Tag {
                    bytes: CHARACTER_DATA,
                    behind: &[],
                    at: self.before + self.from as u64,
                }));
            }
            let end = memchr(b'>', &self.buffer[self.from..self.to]).map(|at| self.from + at);
            match end {
                Some(end) if self.ended || self.to - end > AHEAD => {
                    let start = std::mem::replace(&mut self.from, end + 1) + 1;
                    let behind = &self.buffer[end + 1..self.to.min(end + 1 + AHEAD)];
                    let bytes = &self.buffer[start..end];
                    let at = self.before + end as u64;
                    return Ok(Some(Tag { bytes, behind, at }));
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

    /// Goes behind the next `mark`, or to the end.
    fn pass(&mut self, mark: &[u8]) -> io::Result<()> {
        let mut passed = 0;
        loop {
            let rest = &self.buffer[self.from..self.to];
            if let Some(at) = memmem::find(rest, mark) {
                self.from += at + mark.len();
                return Ok(());
            }
            if self.ended {
                self.from = self.to;
                return Ok(());
            }
            // The mark may have begun.
            let gone = rest.len().saturating_sub(mark.len() - 1);
            passed += gone;
            self.from += gone;
            if passed as u64 > self.longest {
                return Err(too_long());
            }
            self.fill()?;
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.before += self.from as u64;
        self.buffer.copy_within(self.from..self.to, 0);
        self.to -= self.from;
        self.from = 0;
        if self.buffer.len() - self.to < CHUNK {
            if self.to as u64 > self.longest {
                return Err(too_long());
            }
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let read = self.input.read(&mut self.buffer[self.to..])?;
        self.to += read;
        self.ended = read == 0;
        Ok(())
    }
}

fn too_long() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a tag or a text without end")
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
            let mut tags = Tags::new(text, 1000);
            assert_eq!(tags.next_tag().unwrap().unwrap().name(), (&b"c"[..], false));
            assert_eq!(tags.pass_value(inline), passed);
            if passed {
                assert_eq!(tags.next_tag().unwrap().unwrap().name(), (&b"d"[..], false));
            }
        }
    }

    #[test]
    fn comments_are_passed_over_and_character_data_are_told() {
        let long = format!(
            "<a/><!-- <c/> > {} --><b><![CDATA[<d/>{}]]></b>",
            "x".repeat(300_000),
            "y".repeat(300_000)
        );
        let mut tags = Tags::new(long.as_bytes(), 1_000_000);
        let mut names = Vec::new();
        let mut at = 0;
        while let Some(tag) = tags.next_tag().unwrap() {
            names.push(String::from_utf8(tag.bytes.to_vec()).unwrap());
            assert!(tag.at > at);
            at = tag.at;
        }
        assert_eq!(names, ["a/", "b", "![CDATA[", "/b"]);
        assert_eq!(at as usize, long.len() - 1);
        for open in ["<!--", "<![CDATA[", "<a", "text"] {
            let endless = open.as_bytes().chain(std::io::repeat(b'x'));
            assert!(Tags::new(endless, 1_000_000).next_tag().is_err(), "{open}");
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
        let mut tags = Tags::new(Slow(text), 1000);
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
