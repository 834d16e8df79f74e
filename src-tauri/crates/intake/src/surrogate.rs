//! A fault that valid JSON can have and that reading it lazily does not meet.

use memchr::{memchr, memmem};

/// Where half of a letter is written as an escape (`\ud83d` without its `\ude00`): programs that cut texts by
/// UTF-16 units leave such halves behind, and no UTF-8 can be made of them.
pub(crate) fn lone_surrogate(json: &str) -> Option<usize> {
    let bytes = json.as_bytes();
    let mut at = memchr(b'\\', bytes)?;
    if memmem::find(&bytes[at..], b"\\ud").is_none() && memmem::find(&bytes[at..], b"\\uD").is_none() {
        return None;
    }
    loop {
        match unit(bytes, at) {
            // A first half: its second must follow.
            Some(0xD800..=0xDBFF) => match unit(bytes, at + 6) {
                Some(0xDC00..=0xDFFF) => at += 12,
                _ => return Some(at),
            },
            Some(0xDC00..=0xDFFF) => return Some(at),
            Some(_) => at += 6,
            // Another escape, such as `\\`.
            None => at += 2,
        }
        at += memchr(b'\\', bytes.get(at..)?)?;
    }
}

/// The UTF-16 unit that is written as `\uXXXX` at this place.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_letters_are_found() {
        for whole in [
            "",
            "\\",
            "a",
            r"\ud83d\ude00",
            r"\uD83D\uDE00\n",
            r"\\ud83d",
            r"\\\\ud83d \u00e9",
            r"\ud7ff\ue000",
        ] {
            assert_eq!(lone_surrogate(whole), None, "{whole}");
        }
        for (half, at) in [
            (r"\ud83d", 0),
            (r"ab\ude00", 2),
            (r"\ud83d\ude00\ud83d", 12),
            (r"\ude00\ud83d", 0),
            (r"\ud83d\ud83d\ude00", 0),
            (r"\\\ud83d", 2),
            (r"\ud83d\n", 0),
            (r"\nあ\uDBFFx", 5),
        ] {
            assert_eq!(lone_surrogate(half), Some(at), "{half}");
        }
    }
}
