//! Files that are no table, or are made to do harm: each gives a sentence, none a panic.

use std::io::{Cursor, Write};

use tabane_model::Explain;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::make::{Xlsx, archive, inline, workbook};
use super::read_as;
use crate::table::package::Limits;
use crate::table::{TableChoices, TableError, preview, preview_within};

#[track_caller]
fn assert_refused(bytes: &[u8], code: &str) {
    let error = read_as(bytes, &TableChoices::default()).unwrap_err();
    assert_eq!(error.explain().code, code, "{error:?}");
}

fn small() -> Vec<u8> {
    workbook(|sheet| {
        sheet.write_row(0, 0, ["a", "b"])?;
        for row in 1..200 {
            sheet.write_row(row, 0, [row, row + 1])?;
        }
        Ok(())
    })
}

/// Refuses a workbook under these limits.
fn refused_within(bytes: &[u8], limits: &Limits) -> TableError {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    preview_within(&path, &TableChoices::default(), limits).unwrap_err()
}

#[test]
fn nothing() {
    for bytes in [&b""[..], b"\xEF\xBB\xBF", b" \r\n\r\n", b",,\n,,\n", b"\xFF\xFE"] {
        assert_refused(bytes, "table-empty");
    }
}

#[test]
fn no_file_and_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let code = |path: &std::path::Path| {
        preview(path, &TableChoices::default())
            .unwrap_err()
            .explain()
            .code
    };
    assert_eq!(code(folder.path()), "file-is-folder");
    assert_eq!(code(&folder.path().join("none")), "file-not-found");
}

#[test]
fn pictures_documents_and_programs() {
    for bytes in [
        &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..],
        b"%PDF-1.7\n1 0 obj\n",
        b"{\\rtf1\\ansi text}",
        b"\x7FELF\x02\x01\x01\0\0\0\0",
        b"\x01\x02\x03\x04,\x05\x06",
    ] {
        assert_refused(bytes, "table-not-a-table");
    }
    assert_refused(&archive(&[("word/document.xml", "<w/>")]), "table-not-a-table");
    assert_refused(&archive(&[]), "table-not-a-table");
}

#[test]
fn web_pages_named_like_spreadsheets() {
    for text in [
        "<html><table><tr><td>1</td></tr></table></html>",
        "\u{FEFF}\r\n<TABLE border=1><tr>",
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
        "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n",
    ] {
        assert_refused(text.as_bytes(), "table-web-page");
    }
}

#[test]
fn workbooks_of_other_kinds() {
    assert_refused(
        &archive(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.bin", "x")]),
        "table-other-workbook",
    );
    assert_refused(&archive(&[("Index/Document.iwa", "x")]), "table-other-workbook");
    assert_refused(b"\x09\x04\x06\x00\x00\x00\x10\x00", "table-other-workbook");
}

/// A compound file with one stream.
fn compound(stream: &str, content: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(stream).unwrap().write_all(content).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn workbooks_with_a_password() {
    assert_refused(&compound("EncryptedPackage", b"secret"), "table-password");
    // Excel 97: BOF, then FilePass.
    let book = b"\x09\x08\x08\x00\x00\x06\x05\x00\x00\x00\x00\x00\x2F\x00\x02\x00\x01\x00\x0A\x00\x00\x00";
    assert_refused(&compound("Workbook", book), "table-password");
}

#[test]
fn compound_files_of_other_programs() {
    assert_refused(&compound("WordDocument", b"text"), "table-not-a-table");
    assert_refused(&compound("Workbook", b"\x09\x08\xFF\xFF\x00"), "table-broken");
    assert_refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and no more", "table-broken");
}

#[test]
fn a_workbook_cut_off_anywhere() {
    let bytes = small();
    for length in (8..bytes.len()).step_by(97) {
        assert_refused(&bytes[..length], "table-broken");
    }
}

#[test]
fn a_workbook_with_any_byte_changed_gives_a_table_or_a_sentence() {
    let bytes = small();
    for at in (0..bytes.len()).step_by(41) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x55;
        let _ = read_as(&changed, &TableChoices::default());
    }
}

#[test]
fn parts_that_are_missing() {
    let types = ("[Content_Types].xml", "<Types/>");
    let workbook = ("xl/workbook.xml", "<workbook/>");
    assert_refused(&archive(&[types, workbook]), "table-broken");
    let named = (
        "_rels/.rels",
        r#"<Relationships><Relationship Id="1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    );
    assert_refused(&archive(&[types, workbook, named]), "table-broken");
    let none = ("xl/_rels/workbook.xml.rels", "<Relationships/>");
    assert_refused(&archive(&[types, workbook, named, none]), "table-no-sheet");
}

#[test]
fn sheets_that_make_no_sense() {
    let header = inline("A1", "a");
    for rows in [
        // Places outside of any sheet, or none at all.
        r#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#.to_owned(),
        r#"<row r="1"><c r="A99999999999"><v>1</v></c></row>"#.into(),
        r#"<row r="1"><c r="AAAAAAAAAAAAAAAA1"><v>1</v></c></row>"#.into(),
        r#"<row r="0"><c><v>1</v></c></row>"#.into(),
        r#"<row r="x"><c><v>1</v></c></row>"#.into(),
        // Rows that go back.
        format!(
            r#"<row r="2">{header}</row><row r="1"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>"#
        ),
        // Values that are none.
        format!(r#"<row r="1">{header}</row><row r="2"><c r="A2" t="n"><v>1,5</v></c></row>"#),
        format!(r#"<row r="1">{header}</row><row r="2"><c r="A2" t="b"><v>maybe</v></c></row>"#),
        format!(r#"<row r="1">{header}</row><row r="2"><c r="A2" t="zzz"><v>1</v></c></row>"#),
        // Shared texts that are not there.
        format!(r#"<row r="1">{header}</row><row r="2"><c r="A2" t="s"><v>9</v></c></row>"#),
        // Not closed.
        format!(r#"<row r="1">{header}</row><row r="2"><c r="A2"><v>1"#),
    ] {
        assert_refused(&Xlsx::rows(&rows).bytes(), "table-broken");
    }
    for size in ["B2:A1", "A1:ZZZZZZZZZZ9", "", "A0"] {
        let sheet = format!(r#"<dimension ref="{size}"/><sheetData><row r="1">{header}</row></sheetData>"#);
        assert_refused(&Xlsx::new(sheet).bytes(), "table-broken");
    }
}

#[test]
fn shared_texts_that_announce_more_than_there_are() {
    for announced in ["18446744073709551615", "99999999999", "-1", "many"] {
        let mut file = Xlsx::rows(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#);
        file.texts = Some(format!(
            r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="{announced}"><si><t>a</t></si></sst>"#
        ));
        assert_refused(&file.bytes(), "table-broken");
    }
}

/// Packed: parts that unpack to many times their size.
fn packed(part: &str, start: &str, filling: &str, times: usize) -> Vec<u8> {
    let small = small();
    let mut from = zip::ZipArchive::new(Cursor::new(small)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let file = from.by_index_raw(at).unwrap();
        if file.name().unwrap() != part {
            to.raw_copy_file(file).unwrap();
        }
    }
    to.start_file(part, SimpleFileOptions::default()).unwrap();
    to.write_all(start.as_bytes()).unwrap();
    let filling = filling.repeat(1000);
    for _ in 0..times {
        to.write_all(filling.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn zip_bombs_are_refused_before_they_unfold() {
    let limits = Limits {
        sheet: 1_000_000,
        part: 1_000_000,
        row: 10_000_000,
        cells: 10_000,
    };
    for part in [
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
    ] {
        let bytes = packed(part, "<worksheet><sheetData>", "          ", 500);
        assert!(bytes.len() < 60_000);
        let error = refused_within(&bytes, &limits);
        assert!(
            matches!(error, TableError::TooLarge { limit: 1_000_000 }),
            "{part} {error:?}"
        );
    }
}

#[test]
fn zip_bombs_that_lie_about_their_size_are_refused_too() {
    let bytes = packed(
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData>",
        "          ",
        500,
    );
    // The size in the directory at the end of the archive stands 24 bytes behind the mark of its entry.
    let name = b"xl/worksheets/sheet1.xml";
    let named = bytes
        .windows(name.len())
        .rposition(|window| window == name)
        .unwrap();
    let mut lying = bytes;
    lying[named - 22..named - 18].copy_from_slice(&1000u32.to_le_bytes());
    let limits = Limits {
        sheet: 1_000_000,
        ..Limits::USUAL
    };
    let error = refused_within(&lying, &limits);
    assert!(
        matches!(error, TableError::TooLarge { .. } | TableError::Broken(_)),
        "{error:?}"
    );
}

#[test]
fn rows_and_texts_without_end() {
    let limits = Limits {
        row: 1_000_000,
        ..Limits::USUAL
    };
    let sheet = "xl/worksheets/sheet1.xml";
    for start in [
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>",
        "<worksheet><!--",
    ] {
        let bytes = packed(sheet, start, "aaaaaaaaaa", 200);
        let error = refused_within(&bytes, &limits);
        assert!(matches!(error, TableError::Broken(_)), "{error:?}");
    }
    // A text in pieces.
    let row = "<worksheet><sheetData><row r=\"7\"><c r=\"A7\" t=\"inlineStr\"><is>";
    let bytes = packed(sheet, row, "<r><t>aaaa</t></r>", 100);
    let error = refused_within(&bytes, &limits);
    assert!(
        matches!(error, TableError::RowTooLarge { row: 7, .. }),
        "{error:?}"
    );
    let row = "<office:document-content><table:table table:name=\"S\"><table:table-row>";
    let cells = "<table:table-cell table:formula=\"1\"/>".repeat(50_000);
    let bytes = archive(&[
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", &format!("{row}{cells}")),
    ]);
    let error = refused_within(&bytes, &limits);
    assert!(
        matches!(error, TableError::RowTooLarge { row: 1, .. }),
        "{error:?}"
    );
}

#[test]
fn more_cells_than_are_read() {
    let limits = Limits {
        cells: 100,
        ..Limits::USUAL
    };
    let error = refused_within(&small(), &limits);
    assert!(
        matches!(error, TableError::TooManyCells { limit: 100 }),
        "{error:?}"
    );
}

#[test]
fn more_columns_than_are_read() {
    let text = format!("{}\n", "x,".repeat(20_000));
    assert_refused(text.as_bytes(), "table-too-many-columns");
}
