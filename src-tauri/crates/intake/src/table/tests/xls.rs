//! Workbooks of Excel 97 to 2003. The files were made with xlwt; what they hold stands here.

use super::{assert_plain, assert_table, read, read_as};
use crate::table::{Header, Remark, SheetName, TableChoices, TableError, TableFormat};

const EXCEL_97: &[u8] = include_bytes!("../../../tests/fixtures/excel97.xls");
const EPOCH_1904: &[u8] = include_bytes!("../../../tests/fixtures/excel97-1904.xls");
const FAR_CELL: &[u8] = include_bytes!("../../../tests/fixtures/excel97-far-cell.xls");

#[test]
fn all_kinds_of_cells() {
    let preview = read(EXCEL_97);
    assert_table(
        &preview,
        &[
            "番号 | 名前 | 点 | 割合 | 日付 | 時刻 | 長さ | 可否 | 誤り",
            "007 | 高橋 | 0.3 | 0.25 | 2026-04-01 | 13:30:00 | 36:30:00 | TRUE | #N/A",
            "42 | ｱｲｳ Ⅲ | 1234.5 | 0.5 | 2026-04-01T09:05:03 | 00:00:00 | 06:00:00 | FALSE | ",
            "合計 |  | 5 |  |  |  |  |  | ",
        ],
    );
    assert_eq!(preview.guess.format, TableFormat::Xls);
    assert_eq!(preview.guess.header, Header::Row(1));
    assert_eq!(
        preview.guess.sheets,
        [("データ", false), ("裏", true)].map(|(name, hidden)| SheetName {
            name: name.into(),
            hidden
        })
    );
    assert_eq!(
        preview.remarks,
        [
            Remark::MergedCells {
                count: 1,
                ranges: "A4:B4".into()
            },
            Remark::HiddenRows {
                count: 1,
                rows: "3".into()
            },
            Remark::HiddenColumns {
                count: 1,
                columns: "G".into()
            },
            Remark::ErrorCells {
                column: "誤り".into(),
                count: 1,
                error: "#N/A".into(),
                row: 2
            },
            Remark::ShownOtherwise {
                column: "番号".into(),
                count: 1,
                stored: "42".into(),
                shown: "00042".into(),
                row: 3
            },
            Remark::ShownOtherwise {
                column: "割合".into(),
                count: 2,
                stored: "0.25".into(),
                shown: "25%".into(),
                row: 2
            },
        ]
    );
}

#[test]
fn a_hidden_sheet_can_be_chosen() {
    let choose = |name: &str| TableChoices {
        sheet: Some(name.into()),
        ..TableChoices::default()
    };
    let preview = read_as(EXCEL_97, &choose("裏")).unwrap();
    assert_table(&preview, &["秘密", "x"]);
    assert_eq!(preview.remarks, [Remark::HiddenSheet { sheet: "裏".into() }]);
    let error = read_as(EXCEL_97, &choose("表")).unwrap_err();
    assert!(matches!(error, TableError::NoSuchSheet(_)));
}

#[test]
fn the_epoch_of_1904() {
    assert_plain(&read(EPOCH_1904), &["day", "2026-04-01", "1904-01-01"]);
}

#[test]
fn a_cell_in_the_last_corner_is_refused_before_it_takes_memory() {
    let error = read_as(FAR_CELL, &TableChoices::default()).unwrap_err();
    assert!(matches!(error, TableError::TooManyCells { .. }), "{error:?}");
}

#[test]
fn a_file_cut_off_anywhere_gives_a_sentence() {
    for length in (0..EXCEL_97.len()).step_by(251) {
        // What is left may be enough.
        let _ = read_as(&EXCEL_97[..length], &TableChoices::default());
    }
    let error = read_as(&EXCEL_97[..1024], &TableChoices::default()).unwrap_err();
    assert!(matches!(error, TableError::Broken(_)), "{error:?}");
}
