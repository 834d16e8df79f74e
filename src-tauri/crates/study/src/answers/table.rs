//! Reads Markdown tables: a row an item (label, value, perhaps a reason), or a column an item.

use tabane_model::HowRead;

use super::labels::{Labels, REASON_WORDS, Target, VALUE_WORDS};
use super::reading::{Candidate, Reading};
use super::text::{Span, Text};

/// Is this line a row of a table?
pub(super) fn is_row(text: &Text, line: &Span) -> bool {
    let words = text.slice(&text.trim(line.clone()));
    words.first() == Some(&'|') || words.iter().filter(|mark| **mark == '|').count() >= 2
}

fn is_rule(text: &Text, line: &Span) -> bool {
    let words = text.slice(line);
    words.contains(&'-')
        && words
            .iter()
            .all(|mark| matches!(mark, '-' | ':' | '|' | ' ' | '–'))
}

/// What a table says. `rows` are lines that follow each other.
pub(super) fn read(text: &Text, labels: &Labels, rows: &[Span]) -> Vec<Candidate> {
    let ruled = rows.get(1).is_some_and(|row| is_rule(text, row));
    let cells: Vec<Vec<Span>> = rows
        .iter()
        .filter(|row| !is_rule(text, row))
        .map(|row| cells(text, row))
        .collect();
    let Some((header, data)) = cells.split_first().filter(|_| rows.len() > 1) else {
        return Vec::new();
    };
    let table = Table { text, labels };
    let heads: Vec<Option<Target>> = header.iter().map(|cell| table.heading(cell)).collect();
    let fields = heads
        .iter()
        .filter(|head| matches!(head, Some(Target::Field(_))))
        .count();
    if fields >= 2 {
        return data.iter().flat_map(|row| table.across(&heads, row)).collect();
    }
    if ruled {
        return data.iter().flat_map(|row| table.down(&heads, row)).collect();
    }
    cells.iter().flat_map(|row| table.down(&[], row)).collect()
}

fn cells(text: &Text, row: &Span) -> Vec<Span> {
    let row = text.trim(row.clone());
    let row = text.trim_by(row, |mark| mark == '|');
    let mut cells = Vec::new();
    let mut start = row.start;
    for at in row.start..row.end {
        if text.folded()[at] == '|' {
            cells.push(text.trim(start..at));
            start = at + 1;
        }
    }
    cells.push(text.trim(start..row.end));
    cells
}

struct Table<'a> {
    text: &'a Text,
    labels: &'a Labels<'a>,
}

impl Table<'_> {
    fn target(&self, cell: &Span) -> Option<Target> {
        /// Longer than any label.
        const LONGEST: usize = 200;
        if cell.len() > LONGEST {
            return None;
        }
        let words = self.text.original(cell);
        let short = words.split(['(', '（']).next().unwrap_or_default();
        self.labels.exactly(&words).or_else(|| self.labels.exactly(short))
    }

    /// What a column holds; "理由（短く）" and "Score (0-100)" too.
    fn heading(&self, cell: &Span) -> Option<Target> {
        let words: String = self.text.slice(cell).iter().take(40).collect();
        let names = |list: &[&str]| list.iter().any(|word| words.contains(word));
        self.target(cell).or_else(|| {
            if names(&REASON_WORDS) {
                Some(Target::Reason(None))
            } else if names(&VALUE_WORDS) {
                Some(Target::Value)
            } else {
                None
            }
        })
    }

    /// A row of values under the labels.
    fn across(&self, heads: &[Option<Target>], row: &[Span]) -> Vec<Candidate> {
        let mut group = None;
        let mut found = Vec::new();
        for (head, cell) in heads.iter().zip(row) {
            let field = head
                .filter(|head| !matches!(head, Target::Number(_)))
                .and_then(|head| self.labels.resolve(head, group));
            if let Some(field) = field {
                group = self.labels.group(field).or(group);
                found.extend(self.cell(field, cell));
            }
        }
        found
    }

    /// A row that begins with its label.
    fn down(&self, heads: &[Option<Target>], row: &[Span]) -> Vec<Candidate> {
        let targets: Vec<Option<Target>> = row.iter().map(|cell| self.target(cell)).collect();
        let labelled = targets
            .iter()
            .position(|target| matches!(target, Some(Target::Field(_))));
        let Some(at) = labelled.or_else(|| matches!(targets[0], Some(Target::Number(_))).then_some(0)) else {
            return Vec::new();
        };
        let Some(field) = targets[at].and_then(|target| self.labels.resolve(target, None)) else {
            return Vec::new();
        };
        // Without headings that tell, the value comes first and its reason second.
        let mut expected = [Some(field), self.labels.companion(field)].into_iter();
        let mut found = Vec::new();
        for (column, cell) in row.iter().enumerate().skip(at + 1) {
            let meant = match heads.get(column).copied().flatten() {
                Some(head @ Target::Reason(_)) => self.labels.resolve(head, Some(field)),
                Some(Target::Value) => Some(field),
                Some(Target::Field(_) | Target::Number(_)) => None,
                None => expected.next().flatten(),
            };
            found.extend(meant.and_then(|meant| self.cell(meant, cell)));
        }
        found
    }

    fn cell(&self, field: usize, cell: &Span) -> Option<Candidate> {
        let reading = self.labels.fields[field].read(self.text, cell)?;
        let plain = match &reading {
            Reading::Value { value, span } => span == cell && self.text.original(span) == *value,
            Reading::Missing { .. } => false,
        };
        let how = if plain {
            HowRead::Line
        } else {
            HowRead::LineTolerant
        };
        Some(Candidate { field, reading, how })
    }
}
