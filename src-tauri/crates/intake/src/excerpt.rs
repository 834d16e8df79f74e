//! The piece of a line that is shown beside a problem.

use std::ops::Range;

/// Characters of an excerpt, its "…" included.
const WIDTH: usize = 160;
/// Characters shown before the mark, when there are more.
const BEFORE: usize = 60;

/// Text of at most [`WIDTH`] characters around `at` (bytes of `line`), and where `at` is in it, in characters.
pub(crate) fn excerpt(line: &[u8], at: Option<&Range<usize>>) -> (String, Option<(u32, u32)>) {
    let from = at.map_or(0, |at| at.start.min(line.len()));
    // A character has at most four bytes, so these windows hold enough of them; the line may be megabytes long.
    let before_from = from.saturating_sub(4 * BEFORE + 4);
    let after_to = line.len().min(from + 4 * WIDTH);
    // A broken line can begin inside a character, beyond `from`.
    let before_start = start_of_character(line, before_from).min(from);
    let before = String::from_utf8_lossy(&line[before_start..from]);
    let after = String::from_utf8_lossy(&line[from..after_to]);

    let cut_before = before_from > 0 || before.chars().count() > BEFORE;
    let skipped = before.chars().count().saturating_sub(BEFORE);
    let mut text: Vec<char> = Vec::with_capacity(WIDTH);
    if cut_before {
        text.push('…');
    }
    text.extend(before.chars().skip(skipped));
    let mark_from = text.len();
    let room = WIDTH - mark_from;
    let cut_after = after_to < line.len() || after.chars().count() > room;
    text.extend(after.chars().take(if cut_after { room - 1 } else { room }));
    let shown_to = text.len();
    if cut_after {
        text.push('…');
    }

    let mark = at.map(|at| {
        let marked = &line[from..at.end.clamp(from, after_to)];
        let length = String::from_utf8_lossy(marked).chars().count().max(1);
        (small(mark_from), small((mark_from + length).min(shown_to)))
    });
    let plain = |character: char| if character.is_control() { ' ' } else { character };
    let mark = mark.filter(|(from, to)| from < to);
    (text.into_iter().map(plain).collect(), mark)
}

/// The first start of a character at or after `at`.
fn start_of_character(line: &[u8], at: usize) -> usize {
    (at..line.len())
        .take(4)
        .find(|&at| line[at] & 0xC0 != 0x80)
        .unwrap_or(at)
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(line: &str, at: Range<usize>) -> (String, String) {
        let (text, mark) = excerpt(line.as_bytes(), Some(&at));
        let (from, to) = mark.unwrap();
        let part = text
            .chars()
            .skip(from as usize)
            .take((to - from) as usize)
            .collect();
        (text, part)
    }

    #[test]
    fn a_short_line_stands_whole() {
        assert_eq!(
            marked(r#"{"a":"é","b":1}"#, 10..13),
            (r#"{"a":"é","b":1}"#.into(), r#""b""#.into())
        );
        assert_eq!(excerpt(b"abc", None), ("abc".into(), None));
        assert_eq!(excerpt(b"", Some(&(0..0))), (String::new(), None));
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let line = format!("{}!{}", "あ".repeat(5_000), "い".repeat(5_000));
        let (text, part) = marked(&line, 15_000..15_001);
        assert_eq!((text.chars().count(), part.as_str()), (160, "!"));
        assert!(text.starts_with("…あ") && text.ends_with("い…"), "{text}");
        let (text, part) = marked(&line, 0..30_001);
        assert_eq!((text.chars().count(), part.chars().count()), (160, 159));
    }

    #[test]
    fn broken_bytes_and_places_outside_do_no_harm() {
        for line in [
            &b"ab\xff\xfecd"[..],
            b"\xe3\x81",
            b"\x80\x80\x80\x80\x80",
            b"\xbf{",
            "日本語".as_bytes(),
        ] {
            for from in 0..12 {
                for to in 0..12 {
                    let (text, mark) = excerpt(line, Some(&(from..to)));
                    if let Some((from, to)) = mark {
                        assert!(from < to && to as usize <= text.chars().count());
                    }
                }
            }
        }
        assert_eq!(excerpt(b"a\tb\0c", None).0, "a b c");
    }
}
