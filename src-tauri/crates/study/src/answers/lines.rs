//! Reads the items of an answer written in lines.
//!
//! Each item goes from its label or number to the next one. A value stands in the line of its label, or, where
//! nothing follows the label, in the next line. A text goes on until the next item; a short one also ends at an empty
//! line. A text that has no label of its own, but stands behind the value it explains ("面白さ：85 雨が…"), is taken for
//! that field if nothing else is.

use tabane_model::{FieldKind, HowRead, MissingReason};

use super::digits::Bounds;
use super::heads::{Finder, Head, Strength};
use super::labels::{Labels, Target, is_number};
use super::number;
use super::reading::{Candidate, Reading};
use super::text::{Span, Text, starts};

pub(super) struct Lines<'a> {
    pub(super) text: &'a Text,
    pub(super) labels: &'a Labels<'a>,
    /// `None`: a boundary that no item crosses (a fence, a rule, a table).
    pub(super) lines: Vec<Option<Span>>,
    /// Where the answer broke off, if it did.
    pub(super) broken_at: Option<usize>,
}

impl Lines<'_> {
    /// Everything that the lines say, and whether they name any item.
    pub(super) fn read(&self) -> (Vec<Candidate>, bool) {
        let heads = Finder::new(self.text, self.labels).find(&self.lines);
        let mut labelled = vec![false; self.labels.fields.len()];
        for head in heads.iter().filter(|head| !is_number_only(head)) {
            labelled[head.field] = true;
        }
        let mut kept: Vec<Head> = Vec::new();
        let mut told = None;
        for head in heads {
            // A bare number is an item only in a row of them: a reason may hold a numbered list of its own.
            let in_row = match told {
                None => head.field == 0 && kept.is_empty(),
                Some(number) => head.number == Some(number + 1),
            };
            if is_number_only(&head) && (!in_row || labelled[head.field]) {
                continue;
            }
            told = head
                .number
                .filter(|number| is_number_only(&head) || *number == head.field)
                .or(match head.target {
                    Target::Reason(_) | Target::Value => told,
                    Target::Field(_) | Target::Number(_) => None,
                });
            kept.push(head);
        }
        if self.numbers_contradict(&kept) || self.is_only_a_list(&kept) {
            kept.retain(|head| !is_number_only(head));
        }
        (self.candidates(&kept), !kept.is_empty())
    }

    fn candidates(&self, heads: &[Head]) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut spare = Vec::new();
        for (index, head) in heads.iter().enumerate() {
            let limit = heads.get(index + 1).map_or(self.text.len(), |next| next.start);
            if self.labels.fields[head.field].is_text() {
                found.extend(self.text_of(head, limit));
            } else if let Some((candidate, rest)) = self.value_of(head, limit) {
                spare.extend(rest.and_then(|rest| self.unlabelled_reason(head, rest, limit)));
                found.push(candidate);
            }
        }
        let mut answered = vec![false; self.labels.fields.len()];
        for candidate in found.iter().filter(|candidate| is_value(&candidate.reading)) {
            answered[candidate.field] = true;
        }
        for candidate in spare {
            if !std::mem::replace(&mut answered[candidate.field], true) {
                found.push(candidate);
            }
        }
        found
    }

    pub(super) fn line_end(&self, head: &Head) -> usize {
        self.lines[head.line]
            .as_ref()
            .map_or(head.value, |line| line.end)
            .max(head.value)
    }

    /// The value behind a head, and where what explains it may begin (place and line).
    fn value_of(&self, head: &Head, limit: usize) -> Option<(Candidate, Option<(usize, usize)>)> {
        let asked = &self.labels.fields[head.field];
        let end = self.line_end(head).min(limit);
        let (mut stretch, mut line) = (head.value..end, head.line);
        if !self.says_something(&stretch) && head.strength == Strength::Mark {
            if let Some(note) = head
                .note
                .as_ref()
                .filter(|note| is_value_of(asked.read(self.text, note).as_ref()))
            {
                stretch = note.clone();
            } else {
                (line, stretch) = self.next_line(head, limit)?;
            }
        }
        let mut reading = asked.read(self.text, &stretch);
        if is_number_only(head) && !is_value_of(reading.as_ref()) {
            // "1. Fun: 85" for a sheet that calls it otherwise.
            if let Some(behind) = self.behind_label(&stretch) {
                reading = asked.read(self.text, &(behind..stretch.end)).or(reading);
            }
        }
        let mut rest = Some(line);
        if let (Some(Reading::Missing { .. }) | None, Some(note)) = (&reading, &head.note)
            && let noted @ Some(Reading::Value { .. }) = asked.read(self.text, note)
            && is_number(asked)
        {
            // "面白さ（85）：雨が…"
            reading = noted;
            rest = None;
        }
        let reading = self.unbroken(reading?, &stretch);
        let how = self.how(head, &reading, &stretch);
        let rest = match (&reading, rest) {
            (Reading::Value { span, .. }, Some(line)) => {
                Some((self.behind_unit(span.end, stretch.end), line))
            }
            (Reading::Value { .. }, None) => Some((head.value, head.line)),
            (Reading::Missing { .. }, _) => None,
        };
        Some((
            Candidate {
                field: head.field,
                reading,
                how,
            },
            rest,
        ))
    }

    pub(super) fn says_something(&self, span: &Span) -> bool {
        self.text.slice(span).iter().any(|character| {
            character.is_alphanumeric()
                || matches!(
                    character,
                    '○' | '×' | '★' | '☆' | '⭐' | '✓' | '✔' | '☑' | '✅' | '❌' | '✗' | '✕'
                )
        }) || self.text.slice(&self.text.trim(span.clone())) == ['-']
    }

    /// The next line that is not empty, before `limit` and any boundary.
    /// A mark such as `A1.` before the answer to the first item is passed over.
    pub(super) fn next_line(&self, head: &Head, limit: usize) -> Option<(usize, Span)> {
        for (index, line) in self.lines.iter().enumerate().skip(head.line + 1) {
            let line = line.as_ref().filter(|line| line.start < limit)?;
            let line = line.start..line.end.min(limit);
            if self.says_something(&line) {
                let start = self.text.trim(line.clone()).start;
                let marked = Finder::new(self.text, self.labels).answer_marker(start, line.end, head);
                return Some((index, marked.unwrap_or(line.start)..line.end));
            }
        }
        None
    }

    /// Behind "Fun:" where the stretch begins so.
    pub(super) fn behind_label(&self, stretch: &Span) -> Option<usize> {
        /// Labels are short.
        const LONGEST: usize = 40;
        let words = self.text.slice(stretch);
        let colon = words
            .iter()
            .take(LONGEST)
            .position(|character| *character == ':')?;
        let digits = words[..colon].iter().any(char::is_ascii_digit);
        (!digits).then_some(stretch.start + colon + 1)
    }

    /// Plain words are read plainly; anything that needed care is told apart.
    fn how(&self, head: &Head, reading: &Reading, stretch: &Span) -> HowRead {
        let Reading::Value { value, span } = reading else {
            return HowRead::LineTolerant;
        };
        let bare = self.text.trim(stretch.clone()) == *span;
        let yes_no = self.labels.fields[head.field].field.kind == FieldKind::YesNo;
        let plain = bare && (yes_no || self.text.original(span) == *value);
        if plain && head.strength == Strength::Mark {
            HowRead::Line
        } else {
            HowRead::LineTolerant
        }
    }

    /// A value that the break may have cut is not trusted: `8` may have been going to be `85`, `70` a range. One that
    /// is followed by a good deal of words was complete.
    fn unbroken(&self, reading: Reading, stretch: &Span) -> Reading {
        /// Longer than what may yet belong to a value, such as "out of 100".
        const ENOUGH: usize = 12;
        let (Reading::Value { span, .. } | Reading::Missing { span, .. }) = &reading;
        let complete = is_value(&reading) && stretch.end - span.end >= ENOUGH;
        if self.broken_at == Some(stretch.end) && !complete {
            return Reading::missing(MissingReason::CutOff, span.clone());
        }
        reading
    }

    /// Behind 点, `/100`, です and marks that belong to a value that ends at `at`.
    fn behind_unit(&self, at: usize, end: usize) -> usize {
        const UNITS: [&str; 16] = [
            "点満点",
            "点です",
            "点",
            "です",
            "だ",
            "points",
            "point",
            "pts",
            "%",
            "out of",
            "くらい",
            "ぐらい",
            "程度",
            "パーセント",
            "percent",
            "と評価",
        ];
        let folded = self.text.folded();
        let mut place = at;
        while place < end {
            let here = &folded[place..end];
            let scale = folded[at..place].iter().any(|mark| *mark == '/' || *mark == 'f');
            if let Some(unit) = UNITS.iter().find(|unit| starts(here, unit)) {
                place += unit.chars().count();
            } else if matches!(here[0], ' ' | '*' | '/' | '_' | '`' | '"')
                || (scale && here[0].is_ascii_digit())
            {
                place += 1;
            } else {
                break;
            }
        }
        place
    }

    /// Do the bare numbers lead to values that their fields cannot have? Then they number something else.
    fn numbers_contradict(&self, heads: &[Head]) -> bool {
        heads
            .iter()
            .enumerate()
            .filter(|(_, head)| is_number_only(head))
            .any(|(index, head)| {
                let asked = &self.labels.fields[head.field];
                let limit = heads.get(index + 1).map_or(self.text.len(), |next| next.start);
                let line = head.value..self.line_end(head).min(limit);
                if asked.is_text() {
                    let behind = self.behind_label(&line).unwrap_or(line.start);
                    return [line.start, behind]
                        .iter()
                        .any(|from| self.begins_with_a_rating(&(*from..line.end)));
                }
                self.value_of(head, limit).is_some_and(|(candidate, _)| {
                    matches!(
                        candidate.reading,
                        Reading::Missing {
                            reason: MissingReason::NotANumber
                                | MissingReason::NotAChoice
                                | MissingReason::NotYesOrNo,
                            ..
                        }
                    )
                })
            })
    }

    /// The only text of a sheet may itself be or hold a list: its numbers are no items.
    fn is_only_a_list(&self, heads: &[Head]) -> bool {
        let only_text = matches!(self.labels.fields.as_slice(), [only] if only.is_text());
        let several = self
            .lines
            .iter()
            .flatten()
            .filter(|line| self.says_something(line))
            .count()
            > 1;
        only_text && several && heads.iter().all(is_number_only)
    }

    fn begins_with_a_rating(&self, span: &Span) -> bool {
        let open = Bounds {
            whole: false,
            minimum: None,
            maximum: None,
        };
        let span = self.text.trim_by(span.clone(), |mark| !mark.is_alphanumeric());
        let digit = self.text.slice(&span).first().is_some_and(char::is_ascii_digit);
        digit && is_value_of(number::read(self.text, &span, open, &[]).as_ref())
    }
}

pub(super) fn is_number_only(head: &Head) -> bool {
    matches!(head.target, Target::Number(_))
}

pub(super) fn is_value(reading: &Reading) -> bool {
    matches!(reading, Reading::Value { .. })
}

fn is_value_of(reading: Option<&Reading>) -> bool {
    reading.is_some_and(is_value)
}
