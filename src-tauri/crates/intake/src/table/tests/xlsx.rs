//! Workbooks of Excel 2007 and later.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::make::{Xlsx, inline, workbook};
use super::{assert_plain, assert_table, read, read_as, remarks};
use crate::table::{Header, Remark, SheetName, TableChoices, TableError, TableFormat};

#[test]
fn texts_numbers_and_truth_values() {
    let bytes = workbook(|sheet| {
        sheet.write_row(0, 0, ["番号", "名前", "点", "可否"])?;
        sheet
            .write_row(1, 0, ["007", "髙橋"])?
            .write(1, 2, 0.7)?
            .write(1, 3, true)?;
        sheet.write(2, 0, 42)?.write(2, 1, "一行目\n二行目")?;
        sheet.write(2, 2, 0.1 + 0.2)?.write(2, 3, false)?;
        Ok(())
    });
    let preview = read(&bytes);
    assert_plain(
        &preview,
        &[
            "番号 | 名前 | 点 | 可否",
            "007 | 髙橋 | 0.7 | TRUE",
            "42 | 一行目\n二行目 | 0.3 | FALSE",
        ],
    );
    assert_eq!(preview.guess.format, TableFormat::Xlsx);
    assert_eq!(preview.guess.sheet.as_deref(), Some("Sheet1"));
    assert_eq!(preview.guess.header, Header::Row(1));
    assert_eq!((preview.guess.encoding, preview.guess.delimiter), (None, None));
}

#[test]
fn numbers_come_in_full() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "n")?;
        for (row, number) in [1e15, 1234567890123456.0, 1e-7, 1.0 / 3.0, -2.5e20]
            .into_iter()
            .enumerate()
        {
            sheet.write(u32::try_from(row).unwrap() + 1, 0, number)?;
        }
        Ok(())
    });
    assert_plain(
        &read(&bytes),
        &[
            "n",
            "1000000000000000",
            "1234567890123456",
            "0.0000001",
            "0.3333333333333333",
            "-250000000000000000000",
        ],
    );
}

#[test]
fn dates_times_and_spans_are_iso() {
    let bytes = workbook(|sheet| {
        let format = |code| Format::new().set_num_format(code);
        sheet.write_row(0, 0, ["日付", "日時", "時刻", "長さ", "漢字"])?;
        let day = ExcelDateTime::from_ymd(2026, 4, 1).unwrap();
        let noon = ExcelDateTime::from_ymd(2026, 4, 1)
            .unwrap()
            .and_hms(13, 30, 5)
            .unwrap();
        sheet.write_with_format(1, 0, &day, &format("yyyy/mm/dd"))?;
        sheet.write_with_format(1, 1, &noon, &format("yyyy/m/d h:mm"))?;
        sheet.write_with_format(1, 2, 0.5625, &format("h:mm"))?;
        sheet.write_with_format(1, 3, 1.520_833_333_333_333_3, &format("[h]:mm:ss"))?;
        sheet.write_with_format(1, 4, &day, &format("[$-411]ggge\"年\"m\"月\"d\"日\""))?;
        Ok(())
    });
    assert_plain(
        &read(&bytes),
        &[
            "日付 | 日時 | 時刻 | 長さ | 漢字",
            "2026-04-01 | 2026-04-01T13:30:05 | 13:30:00 | 36:30:00 | 2026-04-01",
        ],
    );
}

#[test]
fn the_epoch_of_1904() {
    let rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>day</t></is></c></row><row r="2"><c r="A2" s="1"><v>44651</v></c></row><row r="3"><c r="A3" s="1"><v>0</v></c></row>"#;
    let mut file = Xlsx::rows(rows);
    assert_plain(&read(&file.bytes()), &["day", "2022-03-31", "00:00:00"]);
    file.properties = r#"date1904="1""#;
    assert_plain(&read(&file.bytes()), &["day", "2026-04-01", "1904-01-01"]);
}

#[test]
fn dates_outside_the_calendar_stay_numbers() {
    let rows = format!(
        r#"<row r="1">{}</row><row r="2"><c r="A2" s="1"><v>-5</v></c></row><row r="3"><c r="A3" s="1"><v>99999999</v></c></row>"#,
        inline("A1", "day")
    );
    assert_plain(&read(&Xlsx::rows(&rows).bytes()), &["day", "-5", "99999999"]);
}

#[test]
fn iso_dates_of_strict_office_open_xml() {
    let rows = format!(
        r#"<row r="1">{}</row><row r="2"><c r="A2" t="d"><v>2026-04-01T00:00:00</v></c></row>"#,
        inline("A1", "day")
    );
    assert_plain(&read(&Xlsx::rows(&rows).bytes()), &["day", "2026-04-01"]);
}

#[test]
fn formulas_give_their_stored_results() {
    let bytes = workbook(|sheet| {
        sheet.write_row(0, 0, ["a", "b"])?;
        sheet.write_formula(1, 0, Formula::new("=1+1").set_result("2"))?;
        sheet.write_formula(1, 1, Formula::new("=\"x\"&\"y\"").set_result("xy"))?;
        Ok(())
    });
    assert_plain(&read(&bytes), &["a | b", "2 | xy"]);
}

#[test]
fn formulas_without_results_are_named() {
    let rows = format!(
        r#"<row r="1">{}{}</row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2*2</f></c></row><row r="3"><c r="A3"><v>2</v></c><c r="B3" t="str"><f>""</f><v></v></c></row><row r="4"><c r="A4"><v>3</v></c><c r="B4"><f>A4*2</f><v/></c></row>"#,
        inline("A1", "a"),
        inline("B1", "b")
    );
    let preview = read(&Xlsx::rows(&rows).bytes());
    assert_table(&preview, &["a | b", "1 | ", "2 | ", "3 | "]);
    // The last as openpyxl writes it; the one before has an empty text for its result.
    assert_eq!(
        preview.remarks,
        [Remark::FormulasWithoutValue {
            count: 2,
            cell: "B2".into()
        }]
    );
}

#[test]
fn errors_come_as_their_text_even_unknown_ones() {
    let rows = format!(
        r##"<row r="1">{}{}</row><row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><v>1</v></c></row><row r="3"><c r="A3" t="e"><v>#ERROR!</v></c><c r="B3" t="e"><v>#SPILL!</v></c></row><row r="4"><c r="A4"><v>7</v></c><c r="B4"><v>8</v></c></row>"##,
        inline("A1", "a"),
        inline("B1", "b")
    );
    let preview = read(&Xlsx::rows(&rows).bytes());
    assert_table(&preview, &["a | b", "#N/A | 1", "#ERROR! | #SPILL!", "7 | 8"]);
    let error = |column: &str, count, error: &str, row| Remark::ErrorCells {
        column: column.into(),
        count,
        error: error.into(),
        row,
    };
    assert_eq!(
        preview.remarks,
        [error("a", 2, "#N/A", 2), error("b", 1, "#SPILL!", 3)]
    );
}

#[test]
fn padded_rounded_and_percent_cells_are_named() {
    let bytes = workbook(|sheet| {
        let format = |code| Format::new().set_num_format(code);
        sheet.write_row(0, 0, ["id", "点", "割合", "円", "そのまま"])?;
        for (row, id) in [(1, 42), (2, 43)] {
            sheet.write_with_format(row, 0, id, &format("00000"))?;
            sheet.write_with_format(row, 1, 0.705, &format("0.00"))?;
            sheet.write_with_format(row, 2, 0.25, &format("0%"))?;
            sheet.write_with_format(row, 3, 1_234_567, &format("#,##0"))?;
            sheet.write_with_format(row, 4, 0.25, &format("0.00"))?;
        }
        Ok(())
    });
    let preview = read(&bytes);
    assert_table(
        &preview,
        &[
            "id | 点 | 割合 | 円 | そのまま",
            "42 | 0.705 | 0.25 | 1234567 | 0.25",
            "43 | 0.705 | 0.25 | 1234567 | 0.25",
        ],
    );
    let shown = |column: &str, stored: &str, shown: &str| Remark::ShownOtherwise {
        column: column.into(),
        count: 2,
        stored: stored.into(),
        shown: shown.into(),
        row: 2,
    };
    assert_eq!(
        preview.remarks,
        [
            shown("id", "42", "00042"),
            shown("点", "0.705", "0.71"),
            shown("割合", "0.25", "25%"),
            shown("円", "1234567", "1,234,567"),
        ]
    );
}

#[test]
fn merged_cells_have_their_value_first() {
    let bytes = workbook(|sheet| {
        sheet.write_row(0, 0, ["群", "人", "点"])?;
        sheet.merge_range(1, 0, 2, 0, "実験群", &Format::new())?;
        sheet.write_row(1, 1, ["A"])?.write(1, 2, 1)?;
        sheet.write_row(2, 1, ["B"])?.write(2, 2, 2)?;
        Ok(())
    });
    let preview = read(&bytes);
    assert_table(&preview, &["群 | 人 | 点", "実験群 | A | 1", " | B | 2"]);
    assert_eq!(
        preview.remarks,
        [Remark::MergedCells {
            count: 1,
            ranges: "A2:A3".into()
        }]
    );
}

#[test]
fn a_merged_title_stands_above_the_names() {
    let bytes = workbook(|sheet| {
        sheet.merge_range(0, 0, 0, 2, "調査票", &Format::new())?;
        sheet.write_row(1, 0, ["id", "text", "n"])?;
        sheet.write_row(2, 0, ["a", "x"])?.write(2, 2, 1)?;
        Ok(())
    });
    let preview = read(&bytes);
    assert_table(&preview, &["id | text | n", "a | x | 1"]);
    assert_eq!(preview.guess.header, Header::Row(2));
    assert_eq!(remarks(&preview), ["merged-cells", "rows-above"]);
}

#[test]
fn hidden_rows_and_columns_are_read_and_named() {
    let bytes = workbook(|sheet| {
        sheet.write_row(0, 0, ["a", "b", "c"])?;
        for row in 1..=5 {
            sheet.write_row(row, 0, [row, row * 10, row * 100])?;
        }
        for row in [2, 3, 5, 9] {
            sheet.set_row_hidden(row)?;
        }
        sheet.set_column_hidden(1)?;
        sheet.set_column_hidden(7)?;
        Ok(())
    });
    let preview = read(&bytes);
    assert_eq!(preview.rows.len(), 5);
    assert_eq!(preview.rows[1], ["2", "20", "200"]);
    assert_eq!(
        preview.remarks,
        [
            Remark::HiddenRows {
                count: 3,
                rows: "3–4, 6".into()
            },
            Remark::HiddenColumns {
                count: 1,
                columns: "B".into()
            },
        ]
    );
}

#[test]
fn sheets_are_chosen_by_name_hidden_ones_too() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("空").unwrap();
    let text = book.add_worksheet().set_name("文 & 章").unwrap();
    text.write_column(0, 0, ["text", "あ"]).unwrap();
    let hidden = book.add_worksheet().set_name("控え").unwrap().set_hidden(true);
    hidden.write_column(0, 0, ["spare", "x"]).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    // The first that is shown and has cells.
    let preview = read(&bytes);
    assert_plain(&preview, &["text", "あ"]);
    let names = [("空", false), ("文 & 章", false), ("控え", true)];
    assert_eq!(
        preview.guess.sheets,
        names.map(|(name, hidden)| SheetName {
            name: name.into(),
            hidden
        })
    );
    let choose = |name: &str| {
        read_as(
            &bytes,
            &TableChoices {
                sheet: Some(name.into()),
                ..TableChoices::default()
            },
        )
    };
    let preview = choose("控え").unwrap();
    assert_table(&preview, &["spare", "x"]);
    assert_eq!(
        preview.remarks,
        [Remark::HiddenSheet {
            sheet: "控え".into()
        }]
    );
    let preview = choose("空").unwrap();
    assert_table(&preview, &[""]);
    assert_eq!(preview.remarks, [Remark::EmptySheet { sheet: "空".into() }]);
    assert!(matches!(choose("別"), Err(TableError::NoSuchSheet(name)) if name == "別"));
}

#[test]
fn a_table_that_starts_somewhere_in_the_sheet() {
    let bytes = workbook(|sheet| {
        sheet.write_row(3, 2, ["a", "b"])?;
        sheet.write_row(4, 2, [1, 2])?;
        sheet.write_row(6, 2, [3, 4])?;
        Ok(())
    });
    let preview = read(&bytes);
    assert_table(&preview, &["a | b", "1 | 2", "3 | 4"]);
    assert_eq!(
        preview.remarks,
        [
            Remark::EmptyColumns {
                count: 2,
                columns: "A, B".into()
            },
            Remark::EmptyRows { count: 1 },
        ]
    );
}

#[test]
fn formatted_cells_without_text_are_no_columns_and_no_rows() {
    let bytes = workbook(|sheet| {
        let grey = Format::new().set_background_color("#EEEEEE");
        sheet.write_row(0, 0, ["a", "b"])?;
        sheet.write_row(1, 0, [1, 2])?;
        for row in 0..20 {
            for column in 2..9 {
                sheet.write_blank(row, column, &grey)?;
            }
        }
        Ok(())
    });
    assert_plain(&read(&bytes), &["a | b", "1 | 2"]);
}

#[test]
fn rich_text_is_text_and_furigana_are_none() {
    let mut file = Xlsx::rows(
        r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>"#,
    );
    file.texts = Some(
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>名前</t><rPh sb="0" eb="2"><t>ナマエ</t></rPh><phoneticPr fontId="1"/></si><si><r><t>山</t></r><r><rPr><b/></rPr><t xml:space="preserve">田 &amp; 子</t></r></si></sst>"#
            .into(),
    );
    assert_plain(&read(&file.bytes()), &["名前", "山田 & 子"]);
}

#[test]
fn cells_that_do_not_say_where_they_stand() {
    let rows = "<row><c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"inlineStr\"><is><t>b</t></is></c></row><row><c><v>1</v></c><c/></row><row/><row><c><v>2</v></c><c><v>3</v></c></row>";
    let preview = read(&Xlsx::rows(rows).bytes());
    assert_table(&preview, &["a | b", "1 | ", "2 | 3"]);
    assert_eq!(preview.remarks, [Remark::EmptyRows { count: 1 }]);
}

#[test]
fn cells_of_a_row_in_any_order() {
    let rows = format!(
        r#"<row r="1">{}{}</row><row r="2"><c r="B2"><v>2</v></c><c r="A2"><v>1</v></c></row>"#,
        inline("B1", "b"),
        inline("A1", "a")
    );
    assert_plain(&read(&Xlsx::rows(&rows).bytes()), &["a | b", "1 | 2"]);
}

#[test]
fn elements_with_a_prefix_and_an_absurd_size() {
    let sheet = r#"<x:dimension ref="A1:XFD1048576"/><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row><x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c></x:row></x:sheetData>"#;
    assert_plain(&read(&Xlsx::new(sheet).bytes()), &["a", "1"]);
}

#[test]
fn a_cell_in_the_last_corner_makes_no_giant_table() {
    let rows = format!(
        r#"<row r="1">{}</row><row r="2"><c r="A2"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#,
        inline("A1", "a")
    );
    let preview = read(&Xlsx::rows(&rows).bytes());
    assert_table(&preview, &["a | column_2", "1 | ", " | 2"]);
    assert_eq!(
        remarks(&preview),
        ["empty-columns", "unnamed-columns", "empty-rows"]
    );
}

#[test]
fn escapes_of_excel_are_read() {
    let rows = format!(
        r#"<row r="1">{}</row><row r="2">{}</row>"#,
        inline("A1", "text"),
        inline("A2", "one_x000D_&#10;two &lt;3")
    );
    assert_plain(&read(&Xlsx::rows(&rows).bytes()), &["text", "one\r\ntwo <3"]);
}

#[test]
fn comments_and_character_data_in_a_sheet() {
    let rows = r#"<!-- <c r="Z1"><v>1</v></c> --><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[a]]></t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>x<!-- y -->z</t></is></c><c r="B2" t="inlineStr"><is><t><![CDATA[<1>]]></t></is></c></row>"#;
    assert_plain(&read(&Xlsx::rows(rows).bytes()), &["a | b", "xz | <1>"]);
}

#[test]
fn fifty_thousand_rows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().unwrap();
    sheet.write_row(0, 0, ["id", "text", "n", "x"]).unwrap();
    for row in 1..=50_000 {
        sheet.write(row, 0, format!("r{row}")).unwrap();
        sheet.write(row, 1, "吾輩は猫である").unwrap();
        sheet.write(row, 2, row).unwrap().write(row, 3, 0.5).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let preview = read(&bytes);
    assert_eq!((preview.rows.len(), preview.row_count), (50, 50_000));
    assert_eq!(preview.rows[49], ["r50", "吾輩は猫である", "50", "0.5"]);
    assert_eq!(preview.remarks, []);
}
