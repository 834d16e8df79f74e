//! Whole files, each with the table it must give.

mod broken;
mod make;
mod ods;
mod text;
mod words;
mod xls;
mod xlsx;

use super::{Remark, TableChoices, TableError, TablePreview};

/// Reads a file with these bytes under a name that says nothing.
fn read_as(bytes: &[u8], choices: &TableChoices) -> Result<TablePreview, TableError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    super::preview(&path, choices)
}

fn read(bytes: &[u8]) -> TablePreview {
    read_as(bytes, &TableChoices::default()).unwrap()
}

/// What must be said of it, besides the table itself.
fn remarks(preview: &TablePreview) -> Vec<String> {
    preview.remarks.iter().map(Remark::code).collect()
}

/// Compares columns and rows. Cells are parted by ` | `.
#[track_caller]
fn assert_table(preview: &TablePreview, expected: &[&str]) {
    let mut found = vec![
        preview
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect::<Vec<_>>()
            .join(" | "),
    ];
    found.extend(preview.rows.iter().map(|row| row.join(" | ")));
    assert_eq!(found, expected, "{:?}", preview.remarks);
    assert_eq!(preview.row_count as usize, preview.rows.len());
}

/// No remark at all: the file is just as it looks.
#[track_caller]
fn assert_plain(preview: &TablePreview, expected: &[&str]) {
    assert_table(preview, expected);
    assert_eq!(preview.remarks, []);
}
