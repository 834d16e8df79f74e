//! Texts in the lines of an answer: where they begin and how far they go on.

use tabane_model::{FieldKind, HowRead, MissingReason};

use super::heads::{Head, Strength};
use super::labels::{REASON_WORDS, Target};
use super::lines::{Lines, is_number_only, is_value};
use super::reading::{Candidate, Reading};
use super::text::{Span, starts};

/// How far a text goes on.
#[derive(Clone, Copy)]
enum GoesOn {
    /// Over empty lines.
    OverGaps,
    /// To the first empty line behind its beginning.
    ToTheGap,
    /// As [`Self::ToTheGap`], and it begins before any empty line.
    AtOnce,
}

impl Lines<'_> {
    /// A text with its label.
    pub(super) fn text_of(&self, head: &Head, limit: usize) -> Option<Candidate> {
        let asked = &self.labels.fields[head.field];
        let mut from = head.value;
        let own_line = head.value..self.line_end(head).min(limit);
        if !self.says_something(&own_line) && head.strength == Strength::Mark {
            from = self.next_line(head, limit).map_or(from, |(_, line)| {
                if self.is_bulleted(&line) { from } else { line.start }
            });
        } else if is_number_only(head) {
            from = self
                .behind_label(&own_line)
                .filter(|behind| self.names_reason(head.value, *behind))
                .unwrap_or(from);
        }
        let long = asked.field.kind == FieldKind::LongText;
        let goes_on = if long { GoesOn::OverGaps } else { GoesOn::ToTheGap };
        let stretch = self.without_begun_item(from..self.text_end(from, head.line, limit, goes_on));
        let label_only =
            self.broken_at == Some(stretch.end) && self.begins_an_item(&(head.start..stretch.end));
        let reading = match asked.read(self.text, &stretch) {
            Some(_) if label_only => Reading::missing(MissingReason::CutOff, stretch.clone()),
            Some(reading) => reading,
            None if self
                .broken_at
                .is_some_and(|end| end <= limit && self.is_blank_to(from, end)) =>
            {
                Reading::missing(MissingReason::CutOff, head.start..stretch.end)
            }
            None => return None,
        };
        // What was cut is read as far as it goes; the care that it needs shows in how it was read.
        let cut = self.broken_at == Some(stretch.end);
        let own =
            head.strength == Strength::Mark && matches!(head.target, Target::Field(_) | Target::Number(_));
        let how = if own && !cut {
            HowRead::Line
        } else {
            HowRead::LineTolerant
        };
        Some(Candidate {
            field: head.field,
            reading,
            how,
        })
    }

    /// Without the line in which the answer breaks off, if that begins the next item.
    fn without_begun_item(&self, stretch: Span) -> Span {
        let line_end = self
            .text
            .slice(&stretch)
            .iter()
            .rposition(|character| *character == '\n');
        match line_end.map(|at| stretch.start + at) {
            Some(line_end)
                if self.broken_at == Some(stretch.end) && self.begins_an_item(&(line_end..stretch.end)) =>
            {
                stretch.start..line_end
            }
            _ => stretch,
        }
    }

    /// Could this be the beginning of an item, cut in its label?
    pub(super) fn begins_an_item(&self, stretch: &Span) -> bool {
        /// Longer than any label.
        const LONGEST: usize = 100;
        let letters = self
            .text
            .slice(stretch)
            .iter()
            .copied()
            .filter(|character| character.is_alphanumeric());
        stretch.len() < LONGEST && self.labels.begin(&letters.collect::<Vec<char>>())
    }

    /// A list is taken from its first bullet on.
    fn is_bulleted(&self, line: &Span) -> bool {
        matches!(
            self.text.slice(&self.text.trim(line.clone())),
            ['-' | '•' | '・' | '*' | '+', ..]
        )
    }

    fn is_blank_to(&self, from: usize, end: usize) -> bool {
        !self.says_something(&(from..end.max(from)))
    }

    fn names_reason(&self, from: usize, to: usize) -> bool {
        let words: String = self.text.slice(&(from..to)).iter().collect();
        REASON_WORDS.iter().any(|word| words.contains(word))
    }

    /// Where a text that begins at `from`, in the given line, ends.
    fn text_end(&self, from: usize, line: usize, limit: usize, goes_on: GoesOn) -> usize {
        let mut end = from;
        let mut after_gap = false;
        for (index, span) in self.lines.iter().enumerate().skip(line) {
            let Some(span) = span.as_ref().filter(|span| span.start < limit) else {
                break;
            };
            let span = span.start.max(from)..span.end.min(limit).max(from);
            let begun = end > from;
            if self.says_something(&span) {
                let gap = match goes_on {
                    GoesOn::OverGaps => false,
                    GoesOn::ToTheGap => after_gap && begun,
                    GoesOn::AtOnce => after_gap,
                };
                if gap || (begun && self.is_closing(&span, after_gap)) {
                    break;
                }
                (end, after_gap) = (span.end, false);
            } else if index > line {
                after_gap = true;
            }
        }
        end
    }

    /// A heading, or words that close an answer rather than belong to it.
    fn is_closing(&self, span: &Span, after_gap: bool) -> bool {
        const CLOSES: [&str; 12] = [
            "ご確認ください",
            "ご参考",
            "よろしくお願い",
            "以上です",
            "以上、",
            "以上が",
            "以上。",
            "以上の",
            "ご不明",
            "let me know",
            "i hope",
            "hope this",
        ];
        const CLOSES_AFTER_A_GAP: [&str; 20] = [
            "would you like",
            "do you want",
            "shall i",
            "is there anything",
            "ご質問",
            "何か",
            "他に",
            "ほかに",
            "お役に立て",
            "必要であれば",
            "必要でしたら",
            "もし他に",
            "feel free",
            "if you",
            "please let me",
            "these ratings",
            "note:",
            "注:",
            "総じて",
            "overall,",
        ];
        let folded = self.text.folded();
        let Some(start) = span.clone().find(|&at| folded[at].is_alphanumeric()) else {
            return false;
        };
        let begins = |words: &[&str]| words.iter().any(|words| starts(&folded[start..span.end], words));
        self.text.stands(self.text.trim(span.clone()).start, "# ")
            || self.text.stands(self.text.trim(span.clone()).start, "##")
            || begins(&CLOSES)
            || (after_gap && begins(&CLOSES_AFTER_A_GAP))
    }

    /// The text behind a value, for the field that explains it.
    pub(super) fn unlabelled_reason(
        &self,
        head: &Head,
        (from, line): (usize, usize),
        limit: usize,
    ) -> Option<Candidate> {
        let field = self.labels.companion(head.field)?;
        let asked = &self.labels.fields[field];
        let end = self
            .without_begun_item(from..self.text_end(from, line, limit, GoesOn::AtOnce))
            .end;
        let stretch = self.text.trim_by(from..end, |mark| {
            mark.is_whitespace() || matches!(mark, '.' | '/' | '→')
        });
        // The full stop belongs to the text unless nothing else is there.
        let stretch = stretch.start..end;
        let mut stretch = self.text.trim(stretch);
        let words = self.text.slice(&stretch);
        if words.first() == Some(&'(')
            && words.iter().filter(|mark| **mark == ')').count() == 1
            && words.ends_with(&[')'])
        {
            stretch = stretch.start + 1..stretch.end - 1;
        }
        // "0 = none, 100 = very" explains the scale, not the value.
        let words = self.text.slice(&stretch);
        let digits = words
            .iter()
            .take_while(|character| character.is_ascii_digit())
            .count();
        if digits > 0 && words[digits..].iter().find(|character| **character != ' ') == Some(&'=') {
            return None;
        }
        let letters = self
            .text
            .slice(&stretch)
            .iter()
            .filter(|character| character.is_alphabetic())
            .count();
        let reading = asked
            .read(self.text, &stretch)
            .filter(|reading| letters >= 2 && is_value(reading))?;
        Some(Candidate {
            field,
            reading,
            how: HowRead::LineTolerant,
        })
    }
}
