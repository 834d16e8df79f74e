//! Realistic answers with the cells that must come of them: `tests/answers/*.toml`, a sheet a file.
//!
//! In `cells`, a value stands as the table shows it, and `!reason` for a missing one.

#![allow(clippy::unwrap_used, clippy::panic)] // test data that cannot be read has failed

use std::fs;
use std::path::Path;

use serde::Deserialize;
use tabane_model::{AnswerSheet, Cell, HowRead};
use tabane_study::answers::read;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sheet: AnswerSheet,
    answer: Vec<Answer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    /// Which kind of answer this is.
    like: String,
    text: String,
    cells: Vec<String>,
    #[serde(default)]
    cut_off: bool,
    /// How all values of the answer were read, where that is the point.
    how: Option<HowRead>,
}

fn files() -> Vec<(String, File)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers");
    let mut files: Vec<(String, File)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let file = toml::from_str(&fs::read_to_string(&path).unwrap());
            (
                name.clone(),
                file.unwrap_or_else(|error| panic!("{name}: {error}")),
            )
        })
        .collect();
    files.sort_by(|(one, _), (other, _)| one.cmp(other));
    files
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Read { value, .. } => value.clone(),
        Cell::Missing { reason, .. } => {
            let reason = serde_json::to_value(reason).unwrap();
            format!("!{}", reason.as_str().unwrap())
        }
    }
}

fn problems(sheet: &AnswerSheet, answer: &Answer) -> Vec<String> {
    let cells = read(sheet, &answer.text, answer.cut_off);
    let got: Vec<String> = cells.iter().map(shown).collect();
    let mut problems = Vec::new();
    assert_eq!(
        sheet.fields.len(),
        answer.cells.len(),
        "{}: a cell for each field",
        answer.like
    );
    for (field, (got, expected)) in sheet.fields.iter().zip(got.iter().zip(&answer.cells)) {
        if got != expected {
            problems.push(format!("{}: {got:?} instead of {expected:?}", field.name));
        }
    }
    for cell in &cells {
        if let (Cell::Read { how, value, .. }, Some(expected)) = (cell, answer.how)
            && *how != expected
        {
            problems.push(format!("{value:?} was read as {how:?}"));
        }
    }
    problems
}

#[test]
fn answers_as_models_write_them() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (name, file) in files() {
        for answer in &file.answer {
            count += 1;
            let problems = problems(&file.sheet, answer);
            if !problems.is_empty() {
                wrong.push(format!("{name}: {}\n  {}", answer.like, problems.join("\n  ")));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count} answers:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 150, "only {count} answers");
}

/// Texts and numbers are shown to have been in the answer, at the place that the cell tells.
#[test]
fn every_value_stands_where_its_cell_says() {
    for (name, file) in files() {
        for answer in &file.answer {
            let characters: Vec<char> = answer.text.chars().collect();
            for (field, cell) in file
                .sheet
                .fields
                .iter()
                .zip(read(&file.sheet, &answer.text, answer.cut_off))
            {
                let place = match &cell {
                    Cell::Read { from, .. } => Some(*from),
                    Cell::Missing { from, .. } => *from,
                };
                let Some((from, to)) = place else { continue };
                let words: String = characters[from as usize..to as usize].iter().collect();
                if let Cell::Read {
                    value,
                    how: HowRead::Line,
                    ..
                } = &cell
                    && !matches!(field.kind, tabane_model::FieldKind::YesNo)
                {
                    assert_eq!(*value, words, "{name}: {}", answer.like);
                }
            }
        }
    }
}
