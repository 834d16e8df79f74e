//! Every remark and every failure has its sentence in both languages, and gives it what it names.

use tabane_messages::Language;
use tabane_model::Explain;

use crate::table::{Remark, TableError};

fn all_remarks() -> Vec<Remark> {
    let text = String::from;
    vec![
        Remark::EmptySheet { sheet: text("S") },
        Remark::HiddenSheet { sheet: text("S") },
        Remark::HiddenRows {
            count: 2,
            rows: text("3–4"),
        },
        Remark::HiddenColumns {
            count: 1,
            columns: text("B"),
        },
        Remark::MergedCells {
            count: 1,
            ranges: text("A1:B2"),
        },
        Remark::EmptyRows { count: 1 },
        Remark::EmptyColumns {
            count: 1,
            columns: text("C"),
        },
        Remark::RowsAbove {
            count: 1,
            text: text("調査"),
        },
        Remark::UnnamedColumns {
            count: 1,
            columns: text("column_3"),
        },
        Remark::DoubledNames {
            count: 1,
            columns: text("x_2"),
        },
        Remark::TidiedNames {
            count: 1,
            columns: text("x y"),
        },
        Remark::LongRows { count: 1, row: 3 },
        Remark::ShortRows { count: 1, row: 3 },
        Remark::ErrorCells {
            column: text("点"),
            count: 1,
            error: text("#N/A"),
            row: 2,
        },
        Remark::ShownOtherwise {
            column: text("id"),
            count: 1,
            stored: text("42"),
            shown: text("00042"),
            row: 2,
        },
        Remark::FormulasWithoutValue {
            count: 1,
            cell: text("B2"),
        },
        Remark::BrokenCharacters { count: 1, row: 2 },
        Remark::UnclosedQuote { row: 2 },
        Remark::SeparatorLine,
    ]
}

fn all_errors() -> Vec<TableError> {
    vec![
        TableError::Empty,
        TableError::NotATable,
        TableError::WebPage,
        TableError::OtherWorkbook,
        TableError::Password,
        TableError::Broken("detail".into()),
        TableError::TooLarge { limit: 300_000_000 },
        TableError::TooManyCells { limit: 1 },
        TableError::TooManyColumns { limit: 1 },
        TableError::TooManyRows { limit: 1 },
        TableError::RowTooLong {
            row: 3,
            limit: 64_000_000,
        },
        TableError::RowTooLarge {
            row: 3,
            limit: 64_000_000,
        },
        TableError::NoSuchSheet("S".into()),
        TableError::NoSheet,
        TableError::Delimiter("、".into()),
    ]
}

#[test]
fn remarks_have_sentences() {
    for language in Language::ALL {
        for remark in all_remarks() {
            let id = format!("table-remark-{}", remark.code());
            assert!(language.has(&id), "{id}");
            let said = language.text(&id, &remark.args());
            assert!(!said.contains("{$"), "{said}");
        }
    }
}

#[test]
fn failures_have_sentences() {
    for language in Language::ALL {
        for error in all_errors() {
            let failure = error.explain();
            assert!(
                language.has(&format!("error-{}", failure.code)),
                "{}",
                failure.code
            );
            let said = tabane_messages::failure(language, &failure);
            let all = format!("{} {} {}", said.what, said.means, said.next);
            assert!(!all.contains("{$"), "{all}");
        }
    }
}
