//! OpenDocument spreadsheets.

use super::make::ods;
use super::{assert_plain, assert_table, read, read_as, remarks};
use crate::table::{Remark, SheetName, TableChoices, TableError, TableFormat};

fn table(rows: &str) -> Vec<u8> {
    ods(
        "",
        &format!(r#"<table:table table:name="表1">{rows}</table:table>"#),
    )
}

fn text(text: &str) -> String {
    format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
}

fn row(cells: &[String]) -> String {
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}

fn value(kind: &str, attribute: &str, value: &str, shown: &str) -> String {
    format!(
        r#"<table:table-cell office:value-type="{kind}" office:{attribute}="{value}"><text:p>{shown}</text:p></table:table-cell>"#
    )
}

#[test]
fn values_of_all_kinds() {
    let bytes = table(
        &[
            row(&["番号", "名前", "点", "日付", "日時", "時刻", "可否"].map(text)),
            row(&[
                text("007"),
                text("髙橋"),
                value("float", "value", "0.7", "0,7"),
                value("date", "date-value", "2026-04-01", "2026年4月1日"),
                value("date", "date-value", "2026-04-01T13:30:00", "4/1 13:30"),
                value("time", "time-value", "PT36H30M00S", "36:30"),
                value("boolean", "boolean-value", "true", "真"),
            ]),
        ]
        .concat(),
    );
    let preview = read(&bytes);
    assert_plain(
        &preview,
        &[
            "番号 | 名前 | 点 | 日付 | 日時 | 時刻 | 可否",
            "007 | 髙橋 | 0.7 | 2026-04-01 | 2026-04-01T13:30:00 | 36:30:00 | TRUE",
        ],
    );
    assert_eq!(preview.guess.format, TableFormat::Ods);
    assert_eq!(preview.guess.sheet.as_deref(), Some("表1"));
}

#[test]
fn paragraphs_spaces_and_comments() {
    let bytes = table(
        &[
            row(&[text("本文"), text("n")]),
            row(&[
                "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>a comment</text:p></office:annotation><text:p>一行目 <text:span>太字</text:span>&amp;<text:s text:c=\"2\"/>x<text:tab/>y\n   z</text:p><text:p>二行目<text:line-break/>三行目</text:p></table:table-cell>".into(),
                value("float", "value", "1", "1"),
            ]),
            row(&[
                "<table:table-cell office:value-type=\"string\"><text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text></text:ruby>字</text:p></table:table-cell>".into(),
                value("float", "value", "2", "2"),
            ]),
        ]
        .concat(),
    );
    assert_plain(
        &read(&bytes),
        &["本文 | n", "一行目 太字&  x\ty z\n二行目\n三行目 | 1", "漢字 | 2"],
    );
}

#[test]
fn repeated_cells_and_rows() {
    let bytes = table(
        &[
            row(&[text("a"), text("b"), text("c")]),
            "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"5\"><text:p>5</text:p></table:table-cell><table:table-cell/></table:table-row>".into(),
            "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>".into(),
            "<table:table-row><table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell office:value-type=\"float\" office:value=\"7\"><text:p>7</text:p></table:table-cell></table:table-row>".into(),
            "<table:table-row table:number-rows-repeated=\"1048569\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>".into(),
        ]
        .concat(),
    );
    let preview = read(&bytes);
    assert_table(&preview, &["a | b | c", "5 | 5 | ", "5 | 5 | ", " |  | 7"]);
    assert_eq!(preview.remarks, [Remark::EmptyRows { count: 3 }]);
}

#[test]
fn what_is_shown_otherwise_is_named() {
    let bytes = table(
        &[
            row(&["id", "割合", "円", "幅"].map(text)),
            row(&[
                value("float", "value", "42", "00042"),
                value("percentage", "value", "0.25", "25%"),
                value("currency", "value", "1500", "¥1,500"),
                value("float", "value", "123456", "###"),
            ]),
        ]
        .concat(),
    );
    let preview = read(&bytes);
    assert_table(&preview, &["id | 割合 | 円 | 幅", "42 | 0.25 | 1500 | 123456"]);
    let shown = |column: &str, stored: &str, shown: &str| Remark::ShownOtherwise {
        column: column.into(),
        count: 1,
        stored: stored.into(),
        shown: shown.into(),
        row: 2,
    };
    assert_eq!(
        preview.remarks,
        [
            shown("id", "42", "00042"),
            shown("割合", "0.25", "25%"),
            shown("円", "1500", "¥1,500"),
        ]
    );
}

#[test]
fn errors_and_formulas_without_results() {
    let bytes = table(
        &[
            row(&["a", "b", "c"].map(text)),
            row(&[
                "<table:table-cell table:formula=\"of:=NA()\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#N/A</text:p></table:table-cell>".into(),
                "<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"float\" office:value=\"0\"><text:p>#DIV/0!</text:p></table:table-cell>".into(),
                "<table:table-cell table:formula=\"of:=1\"/>".into(),
            ]),
        ]
        .concat(),
    );
    let preview = read(&bytes);
    assert_table(&preview, &["a | b | c", "#N/A | #DIV/0! | "]);
    assert_eq!(
        remarks(&preview),
        ["formulas-without-value", "error-cells", "error-cells"]
    );
}

#[test]
fn merged_and_hidden_cells_and_sheets() {
    let styles = r#"<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>"#;
    let first = [
        r#"<table:table-column/><table:table-column table:visibility="collapse"/>"#.to_owned(),
        row(&[text("a"), text("b")]),
        r#"<table:table-row table:visibility="filter"><table:table-cell table:number-columns-spanned="1" table:number-rows-spanned="2" office:value-type="string"><text:p>x</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>"#.into(),
        r#"<table:table-row><table:covered-table-cell/><table:table-cell office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell></table:table-row>"#.into(),
    ]
    .concat();
    let second = [row(&[text("spare")]), row(&[text("y")])].concat();
    let bytes = ods(
        styles,
        &format!(
            r#"<table:tracked-changes><table:table table:name="old">{second}</table:table></table:tracked-changes><table:table table:name="控え" table:style-name="ta2">{second}</table:table><table:table table:name="表" table:style-name="ta1">{first}</table:table>"#
        ),
    );
    let preview = read(&bytes);
    assert_table(&preview, &["a | b", "x | 1", " | 2"]);
    assert_eq!(preview.guess.sheet.as_deref(), Some("表"));
    assert_eq!(
        preview.guess.sheets,
        [("控え", true), ("表", false)].map(|(name, hidden)| SheetName {
            name: name.into(),
            hidden
        })
    );
    assert_eq!(
        preview.remarks,
        [
            Remark::MergedCells {
                count: 1,
                ranges: "A2:A3".into()
            },
            Remark::HiddenRows {
                count: 1,
                rows: "2".into()
            },
            Remark::HiddenColumns {
                count: 1,
                columns: "B".into()
            },
        ]
    );
    let choices = TableChoices {
        sheet: Some("控え".into()),
        ..TableChoices::default()
    };
    let preview = read_as(&bytes, &choices).unwrap();
    assert_table(&preview, &["spare", "y"]);
    assert_eq!(
        preview.remarks,
        [Remark::HiddenSheet {
            sheet: "控え".into()
        }]
    );
}

#[test]
fn repetition_beyond_measure_is_refused() {
    let cell = r#"<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>"#;
    let bytes = table(&format!(
        r#"<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>"#
    ));
    let error = read_as(&bytes, &TableChoices::default()).unwrap_err();
    assert!(matches!(error, TableError::TooManyCells { .. }), "{error:?}");
    for (columns, rows) in [
        ("4294967295", "1"),
        ("1", "4294967295"),
        ("99999999999", "1"),
        ("-1", "1"),
    ] {
        let bytes = table(&format!(
            r#"<table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#
        ));
        assert!(
            read_as(&bytes, &TableChoices::default()).is_err(),
            "{columns} {rows}"
        );
    }
}

#[test]
fn a_password_is_told() {
    let manifest = r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#;
    let bytes = super::make::archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", "\u{1}\u{2}\u{3}"),
    ]);
    let error = read_as(&bytes, &TableChoices::default()).unwrap_err();
    assert!(matches!(error, TableError::Password), "{error:?}");
}
