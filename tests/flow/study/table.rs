//! A written table, read by other code than ours.

use std::path::Path;

use calamine::{Data, Reader};
use serde_json::Value;

/// Every cell as text; numbers as people write them, nothing as "".
pub(crate) struct Table {
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn read(file: &Path) -> Self {
        match file.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => Self::of_csv(file),
            Some("xlsx") => Self::of_xlsx(file),
            Some("json") => Self::of_json(file),
            other => panic!("{other:?}"),
        }
    }

    fn of_csv(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).unwrap();
        let mut reader = csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        Self {
            heads: cells(reader.headers().unwrap()),
            rows: reader.records().map(|record| cells(&record.unwrap())).collect(),
        }
    }

    fn of_xlsx(file: &Path) -> Self {
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(file).unwrap();
        let sheet = book.worksheet_range("results").unwrap();
        let cells = |row: &[Data]| row.iter().map(ToString::to_string).collect();
        let mut rows = sheet.rows();
        Self {
            heads: cells(rows.next().unwrap()),
            rows: rows.map(cells).collect(),
        }
    }

    fn of_json(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).unwrap();
        let values: Vec<Value> = serde_json::from_str(&text).unwrap();
        // The order of the keys as they stand in the file, whatever maps do in this build.
        let first = text.lines().nth(1).unwrap();
        let mut heads: Vec<String> = values[0].as_object().unwrap().keys().cloned().collect();
        heads.sort_by_key(|head| first.find(&format!("{}:", Value::from(head.as_str()))).unwrap());
        let cell = |row: &Value, head: &String| match &row[head] {
            Value::Null => String::new(),
            Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Self {
            rows: values
                .iter()
                .map(|row| heads.iter().map(|head| cell(row, head)).collect())
                .collect(),
            heads,
        }
    }

    pub(crate) fn cell<'a>(&self, row: &'a [String], head: &str) -> &'a str {
        let place = self.heads.iter().position(|known| known == head);
        &row[place.unwrap_or_else(|| panic!("no column {head} in {:?}", self.heads))]
    }

    /// One column, from the first row to the last.
    pub(crate) fn column(&self, head: &str) -> Vec<&str> {
        self.rows.iter().map(|row| self.cell(row, head)).collect()
    }
}
