//! What JSON in an answer says for the fields: by name, by label, by number, nested or as a list of items.

use tabane_model::{HowRead, MissingReason};

use super::json::{Node, Scalar, decoded};
use super::labels::{Labels, Target};
use super::reading::{Candidate, Reading};
use super::text::{Text, skeleton};

pub(super) struct JsonFields<'a> {
    pub(super) text: &'a Text,
    pub(super) labels: &'a Labels<'a>,
    pub(super) cut_off: bool,
    pub(super) found: Vec<Candidate>,
}

impl JsonFields<'_> {
    /// Takes what an object says. `group` is the field that an outer key named.
    pub(super) fn take(&mut self, node: &Node, group: Option<usize>) {
        match node {
            Node::Object(members) => {
                let group = self.named_by_a_member(members).or(group);
                for (key, value) in members {
                    self.member(key, value, group);
                }
            }
            Node::Array(items) => {
                for item in items.iter().filter(|item| !matches!(item, Node::Scalar(_))) {
                    self.take(item, group);
                }
            }
            Node::Scalar(_) => {}
        }
    }

    fn member(&mut self, key: &str, value: &Node, group: Option<usize>) {
        let target = self.labels.exactly(key);
        // Within what names no field, "score" and "reason" belong to none.
        let field = target.and_then(|target| match target {
            Target::Value | Target::Reason(None) if group.is_none() => self.alone(target),
            _ => self.labels.resolve(target, group),
        });
        match (field, value) {
            (Some(field), Node::Scalar(scalar)) => self.scalar(field, scalar),
            (Some(field), Node::Array(items)) if items.iter().all(|item| matches!(item, Node::Scalar(_))) => {
                self.list(field, items);
            }
            (Some(field), nested) => self.take(nested, Some(field)),
            (None, nested) => self.take(nested, group),
        }
    }

    /// "answer" and the like in an object of one item, where the sheet has but one field that they can mean.
    fn alone(&self, target: Target) -> Option<usize> {
        match self.labels.fields.len() {
            1 => Some(0),
            _ => self.labels.resolve(target, None),
        }
    }

    /// The field of `{"item": "面白さ", "value": 85}`.
    fn named_by_a_member(&self, members: &[(String, Node)]) -> Option<usize> {
        const NAMES: [&str; 16] = [
            "item",
            "label",
            "name",
            "field",
            "question",
            "emotion",
            "title",
            "key",
            "id",
            "number",
            "no",
            "項目",
            "項目名",
            "質問",
            "感情",
            "番号",
        ];
        let mut numbered = None;
        for (key, value) in members {
            let key: String = skeleton(key).iter().collect();
            if let (true, Node::Scalar(scalar)) = (NAMES.contains(&key.as_str()), value) {
                match self.labels.exactly(&decoded(self.text, scalar)) {
                    Some(Target::Field(field)) => return Some(field),
                    Some(Target::Number(field)) => numbered = Some(field),
                    Some(Target::Reason(_) | Target::Value) | None => {}
                }
            }
        }
        // With reasons beside them, items may be numbered by something other than the fields.
        let reasons = members
            .iter()
            .any(|(key, _)| matches!(self.labels.exactly(key), Some(Target::Reason(_))));
        numbered.filter(|_| !reasons)
    }

    fn list(&mut self, field: usize, items: &[Node]) {
        if let [Node::Scalar(first)] = items {
            self.scalar(field, first);
        } else if let (Some(Node::Scalar(first)), Some(Node::Scalar(last))) = (items.first(), items.last()) {
            let span = first.span.start..last.span.end;
            self.add(field, Reading::missing(MissingReason::Ambiguous, span));
        }
    }

    fn add(&mut self, field: usize, reading: Reading) {
        self.found.push(Candidate {
            field,
            reading,
            how: HowRead::Json,
        });
    }

    fn scalar(&mut self, field: usize, scalar: &Scalar) {
        let asked = &self.labels.fields[field];
        let words = decoded(self.text, scalar);
        let span = scalar.span.clone();
        let blank = words.trim().is_empty();
        if self.cut_off && !scalar.complete && (blank || !asked.is_text()) {
            return self.add(field, Reading::missing(MissingReason::CutOff, span));
        }
        let nothing = ["null", "None", "undefined"].contains(&words.trim()) && !scalar.quoted;
        if nothing || blank {
            return self.add(field, Reading::missing(MissingReason::NotAnswered, span));
        }
        if asked.is_text() {
            let reading = match asked.read(self.text, &span) {
                // The words are taken as they stand between the quotes.
                Some(Reading::Value { .. }) => Reading::value(words, span),
                Some(missing) => missing,
                None => return,
            };
            return self.add(field, reading);
        }
        // Escapes move places, so a value read from decoded words is told with the place of all of them.
        let moved = words != self.text.original(&span);
        let reading = if moved {
            let text = Text::new(&words);
            asked.read(&text, &text.all()).map(|reading| match reading {
                Reading::Value { value, .. } => Reading::value(value, span.clone()),
                Reading::Missing { reason, .. } => Reading::missing(reason, span.clone()),
            })
        } else {
            asked.read(self.text, &span)
        };
        if let Some(reading) = reading {
            self.add(field, reading);
        }
    }
}
