//! Where in the lines of an answer the items begin: by label (面白さ：), by number (Q1.), or both.

use super::head_marks::Tail;
use super::labels::{Labels, Target};
use super::reading::Reading;
use super::text::{Span, Text};

/// How sure it is that the words are the label of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Only a space: counts if a value follows.
    Space,
    /// 面白さは85, "Amusement is 85": counts if a value follows.
    Word,
    /// A colon or another mark, a closing bracket, or the end of the line.
    Mark,
}

#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) field: usize,
    pub(super) target: Target,
    /// Number of the item as told, counted from 0.
    pub(super) number: Option<usize>,
    pub(super) strength: Strength,
    /// Where the item begins (its line, or its label within a line), and where the value does.
    pub(super) start: usize,
    pub(super) value: usize,
    /// What stands in brackets behind the label.
    pub(super) note: Option<Span>,
    /// Which of the lines it stands in.
    pub(super) line: usize,
}

/// Finds the items of an answer line by line.
pub(super) struct Finder<'a> {
    pub(super) text: &'a Text,
    pub(super) labels: &'a Labels<'a>,
    heads: Vec<Head>,
    /// The field told last that a reason or a value may belong to.
    group: Option<usize>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(text: &'a Text, labels: &'a Labels<'a>) -> Self {
        Self {
            text,
            labels,
            heads: Vec::new(),
            group: None,
        }
    }

    /// The heads in order. `None` among the lines is a boundary.
    pub(super) fn find(mut self, lines: &[Option<Span>]) -> Vec<Head> {
        for (index, line) in lines.iter().enumerate() {
            if let Some(line) = line {
                let from = match self.at_line_start(line, index) {
                    Some(head) => {
                        let value = head.value;
                        self.push(head);
                        value
                    }
                    None => line.start,
                };
                self.within(line, from, index);
            }
        }
        self.heads
    }

    fn push(&mut self, head: Head) {
        if let Some(group) = self.labels.group(head.field) {
            self.group = Some(group);
        }
        self.heads.push(head);
    }

    fn at_line_start(&self, line: &Span, index: usize) -> Option<Head> {
        let start = self.letters(line.start, line.end)?;
        let number = self.number_marker(start, line.end);
        // A label may itself look like a number ("Q2の答え").
        let whole = number.and_then(|_| self.labelled(start, line, index, is_named_and_marked));
        let told = if whole.is_some() {
            None
        } else {
            number.map(|(number, _)| number)
        };
        let label = match number {
            Some((_, after)) => self.letters(after, line.end).filter(|label| label - after <= 6),
            None => Some(start),
        };
        let item = |label| {
            self.labelled(label, line, index, |found| {
                self.begins_an_item(found, number.is_some(), line)
            })
        };
        let head = whole
            .or_else(|| label.and_then(item))
            .or_else(|| self.behind_article(label?, line.end).and_then(item));
        if let Some(head) = head {
            return Some(Head {
                number: told,
                start: line.start,
                ..head
            });
        }
        let (field, value) = number.filter(|(number, _)| *number < self.labels.fields.len())?;
        Some(Head {
            field,
            target: Target::Number(field),
            number: Some(field),
            strength: Strength::Mark,
            start: line.start,
            value,
            note: None,
            line: index,
        })
    }

    /// Behind "my" and the like.
    fn behind_article(&self, at: usize, end: usize) -> Option<usize> {
        let article = ["my ", "the ", "私の"]
            .iter()
            .find(|word| self.text.stands(at, word))?;
        self.letters(at + article.chars().count(), end)
    }

    /// The next letter or digit; marks before it (bullets, brackets, emphasis) are passed over.
    pub(super) fn letters(&self, from: usize, end: usize) -> Option<usize> {
        (from..end).find(|&at| self.text.folded()[at].is_alphanumeric())
    }

    /// A field whose label stands here with a tail that will do.
    fn labelled(
        &self,
        at: usize,
        line: &Span,
        index: usize,
        will_do: impl Fn(&(Target, usize, Tail)) -> bool,
    ) -> Option<Head> {
        self.labels.at(self.text.folded(), at).find_map(|(target, end)| {
            let tail = self.tail(end, line.end).filter(|_| end <= line.end)?;
            let field = self.labels.resolve(target, self.group)?;
            let found = (target, field, tail);
            let Tail {
                strength,
                value,
                note,
            } = Some(found).filter(|found| will_do(found))?.2;
            Some(Head {
                field,
                target,
                number: None,
                strength,
                start: at,
                value,
                note,
                line: index,
            })
        })
    }

    fn begins_an_item(
        &self,
        (target, field, tail): &(Target, usize, Tail),
        marked: bool,
        line: &Span,
    ) -> bool {
        let asked = &self.labels.fields[*field];
        match tail.strength {
            Strength::Mark => true,
            // Prose may begin with such a word, so it must be the label itself.
            Strength::Word | Strength::Space if asked.is_text() => {
                matches!(target, Target::Field(_)) && (tail.strength == Strength::Word || marked)
                    || matches!(target, Target::Reason(_)) && tail.strength == Strength::Word
            }
            Strength::Word | Strength::Space => {
                matches!(
                    asked.read(self.text, &(tail.value..line.end)),
                    Some(Reading::Value { .. })
                )
            }
        }
    }

    /// Items further on in a line, as in "Amusement: 85, Surprise: 40".
    fn within(&mut self, line: &Span, from: usize, index: usize) {
        let folded = self.text.folded();
        let mut at = from.max(line.start + 1);
        while at < line.end {
            let (before, here) = (folded[at - 1], folded[at]);
            let apart =
                !before.is_alphanumeric() || before == '点' || (before.is_ascii_digit() && !here.is_ascii());
            let begins = here.is_alphanumeric() && apart;
            let open = self.heads.last();
            let in_text = open.is_some_and(|head| self.labels.fields[head.field].is_text());
            let head = if begins {
                self.labelled(at, line, index, |found| {
                    self.continues_with(found, in_text, line, at)
                })
                .or_else(|| self.marked_question(at, line, index).filter(|_| !in_text))
            } else {
                None
            };
            at = match head {
                Some(head) => {
                    let next = head.value.max(at + 1);
                    self.push(head);
                    next
                }
                None => at + 1,
            };
        }
    }

    fn continues_with(
        &self,
        (target, field, tail): &(Target, usize, Tail),
        in_text: bool,
        line: &Span,
        at: usize,
    ) -> bool {
        let own = matches!(target, Target::Field(_));
        let asked = &self.labels.fields[*field];
        let mark = self.text.folded()[..tail.value]
            .iter()
            .rev()
            .take_while(|mark| !mark.is_alphanumeric());
        let colon = mark.into_iter().any(|mark| matches!(mark, ':' | '='));
        let reason = matches!(target, Target::Reason(_)) && (colon || tail.strength == Strength::Word);
        if in_text {
            // A reason may speak of reasons and of other items; only a label with its colon, set off from what is
            // before it, ends it.
            let before = self.text.folded()[..at]
                .iter()
                .rev()
                .find(|character| **character != ' ');
            let set_off = before.is_some_and(|before| !before.is_alphanumeric());
            return own && tail.strength == Strength::Mark && colon && set_off;
        }
        match tail.strength {
            Strength::Mark => (own && colon) || reason,
            Strength::Word => {
                let listed = self.heads.last().is_some_and(|last| line.contains(&last.start));
                let stretch = tail.value..line.end.min(tail.value + 20);
                let reads = || matches!(asked.read(self.text, &stretch), Some(Reading::Value { .. }));
                reason || (own && listed && !asked.is_text() && reads())
            }
            Strength::Space => {
                let digit = self.text.folded()[tail.value].is_ascii_digit();
                let value = || asked.read(self.text, &(tail.value..line.end.min(tail.value + 8)));
                own && digit && !asked.is_text() && value().is_some()
            }
        }
    }

    /// `Q2.` further on in a line.
    fn marked_question(&self, at: usize, line: &Span, index: usize) -> Option<Head> {
        if !self.text.stands(at, "q") && !self.text.stands(at, "問") {
            return None;
        }
        let (field, after) = self
            .number_marker(at, line.end)
            .filter(|(field, _)| *field < self.labels.fields.len())?;
        let label = self.letters(after, line.end).filter(|label| label - after <= 6);
        if let Some(head) = label
            .and_then(|label| self.labelled(label, line, index, |found| found.2.strength == Strength::Mark))
        {
            return Some(Head {
                number: Some(field),
                start: at,
                ..head
            });
        }
        let target = Target::Number(field);
        Some(Head {
            field,
            target,
            number: Some(field),
            strength: Strength::Mark,
            start: at,
            value: after,
            note: None,
            line: index,
        })
    }
}

fn is_named_and_marked((target, _, tail): &(Target, usize, Tail)) -> bool {
    matches!(target, Target::Field(_)) && tail.strength == Strength::Mark
}
