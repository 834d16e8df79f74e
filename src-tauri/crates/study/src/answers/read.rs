//! From an answer to cells.

use tabane_model::{AnswerSheet, Cell, Field, FieldKind, HowRead, MissingReason};

use super::choice::whole;
use super::digits::{self, Bounds};
use super::json;
use super::json_fields::JsonFields;
use super::labels::Labels;
use super::lines::Lines;
use super::reading::{Candidate, Reading, settle};
use super::table;
use super::text::{Span, Text};
use super::written_out::is_layout;
use super::yes_no;

/// One cell for each field, in the order of the sheet.
///
/// A value is only ever what stands in the answer: nothing is converted, and where two values could be meant the cell
/// is ambiguous. JSON is read by its keys, everything else by labels and numbers; a value in JSON that lines beside it
/// contradict is ambiguous, while the texts in JSON stand. `cut_off`: the answer broke off at its end. Then a value
/// that the break touches is not trusted, fields after it are cut off, and a text is read as far as it goes (as
/// [`HowRead::LineTolerant`] in lines), because its words were said and the request itself tells that it was cut off.
#[must_use]
pub fn read(sheet: &AnswerSheet, answer: &str, cut_off: bool) -> Vec<Cell> {
    let text = Text::new(answer);
    let labels = Labels::new(sheet);
    let body = text.body();
    let cut_off = cut_off && (body.end == text.len() || text.trim(body.clone()).is_empty());

    let (mut candidates, objects) = read_json(&text, &labels, &body, cut_off);
    let (lines, tables) = lines_and_tables(&text, &labels, &body, &objects);
    let json: Vec<usize> = candidates.iter().map(|candidate| candidate.field).collect();
    let reader = Lines {
        text: &text,
        labels: &labels,
        lines,
        broken_at: cut_off.then_some(text.len()),
    };
    let (in_lines, any_item) = reader.read();
    let beside = tables.into_iter().chain(in_lines);
    let stands =
        |candidate: &Candidate| !json.contains(&candidate.field) || !labels.fields[candidate.field].is_text();
    candidates.extend(beside.filter(stands));
    if candidates.is_empty() && !any_item {
        candidates = without_labels(&reader, &body);
    }

    let last = candidates
        .iter()
        .filter(|candidate| {
            !matches!(
                candidate.reading,
                Reading::Missing {
                    reason: MissingReason::CutOff,
                    ..
                }
            )
        })
        .max_by_key(|candidate| start(candidate))
        .map(|candidate| candidate.field);
    let mut by_field: Vec<Vec<&Candidate>> = vec![Vec::new(); sheet.fields.len()];
    for candidate in &candidates {
        by_field[candidate.field].push(candidate);
    }
    let unanswered = |field| {
        if cut_off && last.is_none_or(|last| field > last) {
            MissingReason::CutOff
        } else {
            MissingReason::NotAnswered
        }
    };
    by_field
        .iter()
        .enumerate()
        .map(|(field, found)| settle(found, unanswered(field)))
        .collect()
}

fn start(candidate: &Candidate) -> usize {
    let (Reading::Value { span, .. } | Reading::Missing { span, .. }) = &candidate.reading;
    span.start
}

/// What the JSON in the answer says, and where that JSON stands.
fn read_json(text: &Text, labels: &Labels, body: &Span, cut_off: bool) -> (Vec<Candidate>, Vec<Span>) {
    let mut fields = JsonFields {
        text,
        labels,
        cut_off,
        found: Vec::new(),
    };
    let mut places = Vec::new();
    for (node, place) in json::objects(text, body) {
        fields.take(&node, None);
        places.push(place);
    }
    (fields.found, places)
}

/// The lines beside JSON and tables, and what the tables say.
fn lines_and_tables(
    text: &Text,
    labels: &Labels,
    body: &Span,
    objects: &[Span],
) -> (Vec<Option<Span>>, Vec<Candidate>) {
    let mut lines: Vec<Option<Span>> = Vec::new();
    let mut objects = objects.iter().peekable();
    for line in text.lines(body) {
        while objects.peek().is_some_and(|object| object.end <= line.start) {
            objects.next();
        }
        let in_object = objects
            .peek()
            .is_some_and(|object| object.start < line.end && object.end > line.start);
        lines.push((!in_object && !is_boundary(text, &line)).then_some(line));
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let rows: Vec<Span> = lines[at..]
            .iter()
            .map_while(|line| line.clone().filter(|line| table::is_row(text, line)))
            .collect();
        let said = table::read(text, labels, &rows);
        if !said.is_empty() {
            lines[at..at + rows.len()].fill(None);
        }
        found.extend(said);
        at += rows.len().max(1);
    }
    (lines, found)
}

/// A fence, a rule, a tag alone in its line, or our own words about the layout.
fn is_boundary(text: &Text, line: &Span) -> bool {
    let words = text.slice(&text.trim(line.clone()));
    let rule = words.len() >= 3
        && words
            .iter()
            .all(|mark| matches!(mark, '-' | '–' | '*' | '_' | '=' | ' '));
    let fence = words.starts_with(&['`', '`', '`']) || words.starts_with(&['~', '~', '~']);
    let tag = words.starts_with(&['<'])
        && words.ends_with(&['>'])
        && words.len() < 30
        && words.iter().filter(|mark| **mark == '>').count() == 1;
    /// Room for our own words about the layout, label included.
    const LAYOUT: usize = 300;
    let layout = words.len() < LAYOUT && is_layout(&words.iter().collect::<String>());
    rule || fence || tag || layout
}

/// Answers that name no item: the only item of the sheet, or a line for each item in order.
fn without_labels(reader: &Lines, body: &Span) -> Vec<Candidate> {
    let (text, fields) = (reader.text, &reader.labels.fields);
    let lines: Vec<Span> = reader
        .lines
        .iter()
        .flatten()
        .map(|line| text.trim(line.clone()))
        .filter(|line| !line.is_empty())
        .collect();
    let candidate = |field: usize, line: &Span| {
        let reading = fields[field].read(text, line)?;
        let (Reading::Value { span, .. } | Reading::Missing { span, .. }) = &reading;
        let touched = reader.broken_at == Some(span.end) && !fields[field].is_text();
        let plain = fields.len() == 1
            && matches!(&reading, Reading::Value { value, span } if text.original(line) == *value && span == line);
        let how = if plain {
            HowRead::Line
        } else {
            HowRead::LineTolerant
        };
        let reading = if touched {
            Reading::missing(MissingReason::CutOff, span.clone())
        } else {
            reading
        };
        Some(Candidate { field, reading, how })
    };
    if let [only] = fields.as_slice() {
        if reader.broken_at == Some(body.end) && reader.begins_an_item(body) {
            return Vec::new();
        }
        if only.is_text() {
            return candidate(0, &text.trim(body.clone())).into_iter().collect();
        }
        return lines.iter().filter_map(|line| candidate(0, line)).collect();
    }
    if lines.len() != fields.len() || fields.iter().all(super::value::Asked::is_text) {
        return Vec::new();
    }
    let found: Vec<Candidate> = (0..fields.len())
        .filter_map(|field| candidate(field, &lines[field]))
        .collect();
    let open = Bounds {
        whole: false,
        minimum: None,
        maximum: None,
    };
    let fits = found.iter().all(|candidate| match &candidate.reading {
        Reading::Value { value, .. } => {
            !fields[candidate.field].is_text() || digits::accept(value, open).is_err()
        }
        Reading::Missing { .. } => false,
    });
    if fits && found.len() == fields.len() {
        found
    } else {
        Vec::new()
    }
}

/// A value typed by hand, as it goes into the table: numbers in plain digits, choices as the sheet lists them, `yes`
/// or `no`, text without spaces around it.
///
/// # Errors
/// Why it cannot be the value of this field. Nothing typed is [`MissingReason::NotAnswered`].
pub fn accept(field: &Field, typed: &str) -> Result<String, MissingReason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(MissingReason::NotAnswered);
    }
    match &field.kind {
        FieldKind::Integer { .. } | FieldKind::Decimal { .. } => {
            let bounds = Bounds::of(&field.kind).ok_or(MissingReason::NotANumber)?;
            digits::accept(typed, bounds)
        }
        FieldKind::Choice { choices } => whole(typed, choices)
            .map(str::to_owned)
            .ok_or(MissingReason::NotAChoice),
        FieldKind::YesNo => yes_no::accept(typed)
            .map(str::to_owned)
            .ok_or(MissingReason::NotYesOrNo),
        FieldKind::ShortText | FieldKind::LongText => Ok(typed.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(kind: FieldKind, typed: &str) -> Result<String, MissingReason> {
        let field = Field {
            name: "x".to_owned(),
            label: String::new(),
            kind,
            description: String::new(),
            required: true,
        };
        accept(&field, typed)
    }

    #[test]
    fn what_is_typed_by_hand_obeys_the_sheet() {
        let scale = || FieldKind::Integer {
            minimum: Some(1.0),
            maximum: Some(7.0),
        };
        let choice = || FieldKind::Choice {
            choices: vec!["Apology".to_owned(), "謝罪".to_owned()],
        };
        assert_eq!(accepts(scale(), " ５ "), Ok("5".to_owned()));
        assert_eq!(accepts(scale(), "8"), Err(MissingReason::OutOfRange));
        assert_eq!(accepts(scale(), "five"), Err(MissingReason::NotANumber));
        assert_eq!(accepts(scale(), "  "), Err(MissingReason::NotAnswered));
        assert_eq!(accepts(choice(), "apology"), Ok("Apology".to_owned()));
        assert_eq!(accepts(choice(), "「謝罪」"), Ok("謝罪".to_owned()));
        assert_eq!(accepts(choice(), "謝罪と代案"), Err(MissingReason::NotAChoice));
        assert_eq!(accepts(FieldKind::YesNo, "はい"), Ok("yes".to_owned()));
        assert_eq!(accepts(FieldKind::YesNo, "NO"), Ok("no".to_owned()));
        assert_eq!(
            accepts(FieldKind::YesNo, "たぶん"),
            Err(MissingReason::NotYesOrNo)
        );
        assert_eq!(accepts(FieldKind::LongText, " N/A \n"), Ok("N/A".to_owned()));
    }

    #[test]
    fn a_sheet_without_fields_has_no_cells() {
        let sheet = AnswerSheet {
            form: tabane_model::AnswerForm::Structured,
            fields: Vec::new(),
        };
        for answer in [
            "",
            "85",
            "{\"a\": 1}",
            "1. 面白さ: 85",
            "| a | b |\n|---|---|\n| 1 | 2 |",
        ] {
            assert_eq!(read(&sheet, answer, true), Vec::new());
        }
    }
}
