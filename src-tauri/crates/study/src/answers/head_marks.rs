//! The marks by which an item begins: its number, and what stands between its label and its value.

use super::heads::{Finder, Head, Strength};
use super::labels::{Target, value_word};
use super::text::Span;

/// What follows a label.
pub(super) struct Tail {
    pub(super) strength: Strength,
    pub(super) value: usize,
    pub(super) note: Option<Span>,
}

impl Finder<'_> {
    /// `Q1.`, `(1)`, `１．`, `①`, `問1`, `Item 1:` and the like: the number counted from 0 and the place behind it.
    pub(super) fn number_marker(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        const BEFORE: [&str; 12] = [
            "question", "item", "answer", "no.", "設問", "質問", "項目", "回答", "問", "第", "q", "a",
        ];
        let folded = self.text.folded();
        if matches!(folded[at], '①'..='⑳') {
            return Some((folded[at] as usize - '①' as usize, at + 1));
        }
        let word = BEFORE.iter().find(|word| self.text.stands(at, word));
        let mut place = at + word.map_or(0, |word| word.chars().count());
        while place < end && matches!(folded[place], ' ' | '.' | '#') && word.is_some() {
            place += 1;
        }
        let digits: String = folded[place..end]
            .iter()
            .take(3)
            .take_while(|digit| digit.is_ascii_digit())
            .collect();
        let number = digits.parse::<usize>().ok()?.checked_sub(1)?;
        place += digits.len();
        if word.is_some() && place < end && matches!(folded[place], '問' | '番') {
            place += 1;
        }
        let digit_at = |at: usize| at < end && folded[at].is_ascii_digit();
        let after = match folded.get(place).filter(|_| place < end) {
            None => word.map(|_| place),
            Some('.' | ':' | ',') if digit_at(place + 1) && word.is_none() => None,
            Some('.' | ')' | ']' | ':' | '、' | '】' | '」' | '。' | '*' | '–') => Some(place + 1),
            Some(' ' | '-') => Some(place),
            Some(next) if word.is_some() && *next != '/' && !next.is_ascii_alphanumeric() => Some(place),
            Some(_) => None,
        }?;
        // Without a mark, a number is only a marker if a label follows.
        let bare = after == place && word.is_none();
        if bare {
            let label = self.letters(after, end)?;
            self.labels
                .at(folded, label)
                .find(|(target, _)| matches!(target, Target::Field(_)))?;
        }
        Some((number, after))
    }

    /// Behind `A1.` or `A.` where it begins the answer to this item.
    pub(super) fn answer_marker(&self, at: usize, end: usize, head: &Head) -> Option<usize> {
        if self.text.stands(at, "a.") || self.text.stands(at, "a:") {
            return Some(at + 2);
        }
        let (number, after) = self
            .number_marker(at, end)
            .filter(|_| self.text.stands(at, "a"))?;
        (number == head.number.unwrap_or(head.field)).then_some(after)
    }

    /// What follows a label that ends here.
    pub(super) fn tail(&self, label_end: usize, end: usize) -> Option<Tail> {
        let folded = self.text.folded();
        let at = |place: usize| folded.get(place).copied().filter(|_| place < end);
        let (mut place, mut note, mut closed) = (label_end, None, false);
        loop {
            match at(place) {
                Some('*' | '_' | '`' | '"' | '\'' | ' ' | ')' | '」' | '』' | '?') => place += 1,
                // `<score>85</score>`
                Some('>') if !closed => {
                    closed = true;
                    place += 1;
                }
                Some(']' | '】' | '》' | '〉') => {
                    closed = true;
                    place += 1;
                }
                Some('(' | '[') if note.is_none() => match self.closing(place, end) {
                    Some(close) => {
                        note = Some(place + 1..close);
                        place = close + 1;
                    }
                    None => break,
                },
                _ => match value_word(folded, place).filter(|after| *after <= end && place > label_end - 1) {
                    Some(after)
                        if place == label_end || folded[place - 1] == ' ' || folded[place] == 'の' =>
                    {
                        place = after;
                    }
                    _ => break,
                },
            }
        }
        // The label's own last mark, as in "No.:".
        if at(place).is_some_and(|mark| matches!(mark, '.' | '!' | '%' | '。' | '…'))
            && (matches!(at(place + 1), Some(':' | '=')) || self.text.stands(place + 1, " :"))
        {
            place += 1;
        }
        let spaced = place > label_end;
        let tail = |strength, value| {
            Some(Tail {
                strength,
                value,
                note: note.clone(),
            })
        };
        match at(place) {
            None => tail(Strength::Mark, end),
            Some(':' | '=' | '→' | '…' | '|' | '\t') => {
                tail(Strength::Mark, self.behind_marks(place, end))
            }
            Some('–') if at(place + 1).is_none_or(|next| !next.is_ascii_digit()) || spaced => {
                tail(Strength::Mark, place + 1)
            }
            Some('-') if at(place + 1) == Some('>') => tail(Strength::Mark, place + 2),
            Some('-') if spaced && at(place + 1) == Some(' ') => tail(Strength::Mark, place + 1),
            Some(_) if closed => tail(Strength::Mark, place),
            Some('は') if !(spaced && self.text.stands(place, "はい")) => tail(Strength::Word, place + 1),
            Some('、' | ',') if at(label_end.wrapping_sub(1)) == Some('は') => {
                tail(Strength::Word, place + 1)
            }
            Some(_) if self.text.stands(place, "is ") && spaced => tail(Strength::Word, place + 3),
            Some(next) if next.is_ascii_digit() && (spaced || !folded[label_end - 1].is_ascii()) => {
                tail(Strength::Space, place)
            }
            Some(_) if spaced => tail(Strength::Space, place),
            Some(_) => None,
        }
    }

    /// The bracket that closes the one here, within a reasonable distance.
    fn closing(&self, open: usize, end: usize) -> Option<usize> {
        /// Notes behind a label are short; a sentence in brackets is an answer.
        const LONGEST: usize = 80;
        let mut depth = 0_usize;
        (open..end.min(open + LONGEST)).find(|&at| {
            match self.text.folded()[at] {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                _ => {}
            }
            depth == 0
        })
    }

    /// Behind a separator and the emphasis that closes behind it, as in `**面白さ：** 85`.
    fn behind_marks(&self, separator: usize, end: usize) -> usize {
        let folded = self.text.folded();
        let mut place = separator + 1;
        while place < end && matches!(folded[place], ':' | '=' | '…' | '→' | '>') {
            place += 1;
        }
        let stars = folded[place..end].iter().take_while(|mark| **mark == '*').count();
        if stars > 0 && folded.get(place + stars) == Some(&' ') {
            place += stars;
        }
        place
    }
}
