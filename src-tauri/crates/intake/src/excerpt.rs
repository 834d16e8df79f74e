//! A piece of a line around what is wrong with it, for the eye.

/// Characters shown.
const SHOWN: usize = 160;

/// The piece around the bytes `from..to` of a line, and where in it (in characters) they stand.
pub(crate) fn around(line: &str, from: usize, to: usize) -> (String, (u32, u32)) {
    let from = floor(line, from.min(line.len()));
    let to = floor(line, to.clamp(from, line.len()));
    let before = line[..from].chars().rev().take(SHOWN / 2).count();
    let start = line[..from]
        .char_indices()
        .rev()
        .take(before)
        .last()
        .map_or(from, |(at, _)| at);
    let mut piece: String = line[start..].chars().take(SHOWN).collect();
    let marked = line[from..to]
        .chars()
        .count()
        .clamp(usize::from(from < line.len()), SHOWN - before);
    let mut begin = before;
    if start > 0 {
        piece.insert(0, '…');
        begin += 1;
    }
    if line[start..].chars().nth(SHOWN).is_some() {
        piece.push('…');
    }
    let small = |n: usize| u32::try_from(n).unwrap_or(0);
    (piece, (small(begin), small(begin + marked)))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_on_the_words_meant() {
        let line = format!("{}WRONG{}", "あ".repeat(300), "い".repeat(300));
        let (piece, (from, to)) = around(&line, 900, 905);
        let marked: String = piece
            .chars()
            .skip(from as usize)
            .take((to - from) as usize)
            .collect();
        assert_eq!(marked, "WRONG");
        assert!(piece.starts_with('…') && piece.ends_with('…') && piece.chars().count() <= SHOWN + 2);
        assert_eq!(around("ab", 0, 1), ("ab".to_owned(), (0, 1)));
        assert_eq!(around("", 0, 0), (String::new(), (0, 0)));
        assert_eq!(around("あ", 1, 2).1, (0, 1));
    }
}
