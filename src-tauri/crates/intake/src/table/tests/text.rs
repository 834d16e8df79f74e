//! CSV, TSV and their like, in the encodings that Excel writes.

use encoding_rs::{EUC_JP, SHIFT_JIS, WINDOWS_1252};

use super::{assert_plain, assert_table, read, read_as, remarks};
use crate::table::{Delimiter, Header, Remark, TableChoices, TableEncoding, TableError, TableFormat};

const TEXT: &str = "番号,名前,点\r\n007,髙橋,0.70\r\n008,ｱﾝ Ⅲ①,1.50\r\n";
const TABLE: [&str; 3] = ["番号 | 名前 | 点", "007 | 髙橋 | 0.70", "008 | ｱﾝ Ⅲ① | 1.50"];

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn utf8_without_and_with_a_mark() {
    for mark in ["", "\u{FEFF}"] {
        let preview = read(format!("{mark}{TEXT}").as_bytes());
        assert_plain(&preview, &TABLE);
        assert_eq!(preview.guess.format, TableFormat::Text);
        assert_eq!(preview.guess.encoding, Some(TableEncoding::Utf8));
        assert_eq!(preview.guess.delimiter, Some(Delimiter::Character(',')));
        assert_eq!(preview.guess.header, Header::Row(1));
        assert_eq!((preview.guess.sheet, preview.guess.sheets.len()), (None, 0));
    }
}

#[test]
fn utf16_as_excel_saves_unicode_text() {
    let tabs = format!("\u{FEFF}{}", TEXT.replace(',', "\t"));
    for (bytes, encoding) in [
        (utf16(&tabs, u16::to_le_bytes), TableEncoding::Utf16Le),
        (utf16(&tabs, u16::to_be_bytes), TableEncoding::Utf16Be),
    ] {
        let preview = read(&bytes);
        assert_plain(&preview, &TABLE);
        assert_eq!(preview.guess.encoding, Some(encoding));
        assert_eq!(preview.guess.delimiter, Some(Delimiter::Character('\t')));
    }
}

#[test]
fn utf16_without_a_mark_starting_with_ascii() {
    let preview = read(&utf16("id,名\n1,髙\n", u16::to_le_bytes));
    assert_plain(&preview, &["id | 名", "1 | 髙"]);
}

#[test]
fn shift_jis_as_windows_has_it() {
    let (bytes, _, unknown) = SHIFT_JIS.encode(TEXT);
    assert!(!unknown);
    let preview = read(&bytes);
    assert_plain(&preview, &TABLE);
    assert_eq!(preview.guess.encoding, Some(TableEncoding::ShiftJis));
}

#[test]
fn both_code_points_of_taka_are_read() {
    // 髙 is EE E0 in the block that NEC chose and FB FC in IBM's; 橋 is 8B B4.
    let preview = read(b"\x96\xBC\x91\x4F\n\xEE\xE0\x8B\xB4\n\xFB\xFC\x8B\xB4\n");
    assert_plain(&preview, &["名前", "髙橋", "髙橋"]);
}

#[test]
fn twenty_bytes_of_shift_jis() {
    // kohii/smoothcsv3 issues 239 and 228.
    let preview = read(b"\x93\x5F\x8C\x9F\x98\x41\x94\xD4\x2C\x8C\x5E\x8E\xAE\x0D\x0A1,2\x0D\x0A");
    assert_plain(&preview, &["点検連番 | 型式", "1 | 2"]);
    let preview = read(b"\x8F\x88\x97\x9D\x8B\xE6\x95\xAA\x2C\x8C\x8F\x90\x94\x0D\x0A1,2\x0D\x0A");
    assert_plain(&preview, &["処理区分 | 件数", "1 | 2"]);
}

#[test]
fn a_backslash_within_a_character_of_shift_jis_is_no_backslash() {
    // 表, ソ and 能 have 5C as their second byte; 一 is 88 EA.
    let (bytes, ..) = SHIFT_JIS.encode("項目,値\n表,ソ\n能,一\n");
    assert_plain(&read(&bytes), &["項目 | 値", "表 | ソ", "能 | 一"]);
}

#[test]
fn euc_jp() {
    let (bytes, ..) = EUC_JP.encode("番号,氏名\n1,高橋\n2,佐藤\n");
    let preview = read(&bytes);
    assert_plain(&preview, &["番号 | 氏名", "1 | 高橋", "2 | 佐藤"]);
    assert_eq!(preview.guess.encoding, Some(TableEncoding::EucJp));
}

#[test]
fn windows_1252_with_semicolons_and_decimal_commas() {
    let (bytes, ..) = WINDOWS_1252.encode("Prénom;Note\nZoë;1,5\nFrançois;2,5\n");
    let preview = read(&bytes);
    assert_plain(&preview, &["Prénom | Note", "Zoë | 1,5", "François | 2,5"]);
    assert_eq!(preview.guess.encoding, Some(TableEncoding::Windows1252));
    assert_eq!(preview.guess.delimiter, Some(Delimiter::Character(';')));
}

#[test]
fn each_guess_can_be_changed() {
    let (bytes, ..) = SHIFT_JIS.encode("あ,い\n1,2\n");
    let choices = TableChoices {
        encoding: Some(TableEncoding::Windows1252),
        delimiter: Some(Delimiter::None),
        header: Some(Header::None),
        sheet: Some("not looked at".into()),
    };
    let preview = read_as(&bytes, &choices).unwrap();
    assert_table(&preview, &["column_1", "‚\u{a0},‚¢", "1,2"]);
    assert_eq!(preview.guess.header, Header::None);
    let odd = |delimiter| TableChoices {
        delimiter: Some(Delimiter::Character(delimiter)),
        ..TableChoices::default()
    };
    assert_table(&read_as(b"a:b\n1:2\n", &odd(':')).unwrap(), &["a | b", "1 | 2"]);
    for delimiter in ['"', '\n', '、'] {
        let error = read_as(b"a:b\n1:2\n", &odd(delimiter)).unwrap_err();
        assert!(matches!(error, TableError::Delimiter(_)), "{delimiter}");
    }
}

#[test]
fn a_wrong_encoding_leaves_marks_and_says_so() {
    let choices = TableChoices {
        encoding: Some(TableEncoding::Utf8),
        ..TableChoices::default()
    };
    let preview = read_as(b"id,text\n1,ok\n2,\xFF\xFE!\n", &choices).unwrap();
    assert_table(&preview, &["id | text", "1 | ok", "2 | ��!"]);
    assert_eq!(preview.remarks, [Remark::BrokenCharacters { count: 2, row: 3 }]);
}

#[test]
fn quoted_cells_keep_delimiters_line_breaks_and_marks() {
    let preview = read(b"id,text\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n2,\" d \"\r\n");
    assert_plain(&preview, &["id | text", "1 | a, \"b\"\r\nc", "2 |  d "]);
}

#[test]
fn a_row_without_a_line_end_and_old_mac_line_ends() {
    assert_plain(&read(b"a,b\n1,2"), &["a | b", "1 | 2"]);
    assert_plain(&read(b"a,b\r1,2\r3,4\r"), &["a | b", "1 | 2", "3 | 4"]);
}

#[test]
fn empty_rows_between_are_left_out_and_counted() {
    let preview = read(b"a,b\n\n1,\"x\ny\"\n,\n\n   ,\n3,4\n\n\n");
    assert_table(&preview, &["a | b", "1 | x\ny", "3 | 4"]);
    assert_eq!(preview.remarks, [Remark::EmptyRows { count: 4 }]);
}

#[test]
fn rows_that_are_longer_or_shorter_than_most() {
    let preview = read(b"a,b\n1,2\n3,4,5\n6\n7,8,\n9,10\n");
    assert_table(
        &preview,
        &[
            "a | b | column_3",
            "1 | 2 | ",
            "3 | 4 | 5",
            "6 |  | ",
            "7 | 8 | ",
            "9 | 10 | ",
        ],
    );
    assert_eq!(
        preview.remarks,
        [
            Remark::LongRows { count: 1, row: 3 },
            Remark::ShortRows { count: 1, row: 4 },
            Remark::UnnamedColumns {
                count: 1,
                columns: "column_3".into()
            },
        ]
    );
}

#[test]
fn empty_columns_at_the_end_are_dropped() {
    assert_plain(&read(b"a,b,,\n1,2,,\n3,4,,\n"), &["a | b", "1 | 2", "3 | 4"]);
}

#[test]
fn an_empty_column_between_is_dropped_and_named() {
    let preview = read(b"a,,b\n1,,2\n");
    assert_table(&preview, &["a | b", "1 | 2"]);
    assert_eq!(
        preview.remarks,
        [Remark::EmptyColumns {
            count: 1,
            columns: "B".into()
        }]
    );
}

#[test]
fn names_that_are_missing_doubled_or_untidy() {
    let preview = read("x, 年齢 ,x,,x_2,\"面白\nさ\",column_4\na,b,c,d,e,f,g\n".as_bytes());
    assert_table(
        &preview,
        &[
            "x | 年齢 | x_3 | column_4_2 | x_2 | 面白 さ | column_4",
            "a | b | c | d | e | f | g",
        ],
    );
    assert_eq!(
        remarks(&preview),
        ["unnamed-columns", "doubled-names", "tidied-names"]
    );
}

#[test]
fn without_names_every_row_is_data() {
    let preview = read("1,あ\n2,い\n".as_bytes());
    assert_plain(&preview, &["column_1 | column_2", "1 | あ", "2 | い"]);
    assert_eq!(preview.guess.header, Header::None);
    // What stands in the first row stands below again.
    assert_eq!(read(b"a,x\nb,y\na,y\n").guess.header, Header::None);
}

#[test]
fn a_title_above_the_names_is_left_out_and_named() {
    let preview = read("実験1の刺激文\n\n番号,本文,長さ\n1,あ,1\n2,い,2\n".as_bytes());
    assert_table(&preview, &["番号 | 本文 | 長さ", "1 | あ | 1", "2 | い | 2"]);
    assert_eq!(preview.guess.header, Header::Row(3));
    assert_eq!(
        preview.remarks,
        [
            Remark::ShortRows { count: 1, row: 1 },
            Remark::RowsAbove {
                count: 1,
                text: "実験1の刺激文".into()
            },
        ]
    );
}

#[test]
fn the_row_of_names_can_be_chosen_far_below() {
    let mut text = "0,0\n".repeat(120);
    text.push_str("a,b\n1,2\n");
    let choices = TableChoices {
        header: Some(Header::Row(121)),
        ..TableChoices::default()
    };
    let preview = read_as(text.as_bytes(), &choices).unwrap();
    assert_table(&preview, &["a | b", "1 | 2"]);
    assert_eq!(
        preview.remarks,
        [Remark::RowsAbove {
            count: 120,
            text: "0".into()
        }]
    );
}

#[test]
fn a_chosen_row_of_names_that_is_empty_or_not_there() {
    let choose = |row| TableChoices {
        header: Some(Header::Row(row)),
        ..TableChoices::default()
    };
    let preview = read_as(b"a,b\n\n1,2\n", &choose(2)).unwrap();
    assert_table(&preview, &["column_1 | column_2", "1 | 2"]);
    let preview = read_as(b"a,b\n1,2\n", &choose(9)).unwrap();
    assert_table(&preview, &["column_1 | column_2"]);
    let preview = read_as(b"a,b\n1,2\n", &choose(0)).unwrap();
    assert_table(&preview, &["column_1 | column_2", "a | b", "1 | 2"]);
}

#[test]
fn names_alone_are_a_table_without_rows() {
    let preview = read(b"a,b,c\n");
    assert_plain(&preview, &["a | b | c"]);
    assert_eq!(preview.row_count, 0);
}

#[test]
fn one_column_with_commas_in_its_texts() {
    let preview = read("本文\nこんにちは, 世界\nおはよう\nはい, いいえ, たぶん\n".as_bytes());
    assert_plain(
        &preview,
        &["本文", "こんにちは, 世界", "おはよう", "はい, いいえ, たぶん"],
    );
    assert_eq!(preview.guess.delimiter, Some(Delimiter::None));
}

#[test]
fn one_column_with_quotation_marks() {
    // As people write, and as Excel saves.
    let preview = read(b"line\n\"Yes,\" he said.\nNo.\n");
    assert_plain(&preview, &["line", "\"Yes,\" he said.", "No."]);
    let preview = read(b"line\n\"a \"\"b\"\"\nc\"\nNo.\n");
    assert_plain(&preview, &["line", "a \"b\"\nc", "No."]);
}

#[test]
fn a_first_line_that_names_the_delimiter() {
    let preview = read(b"sep=;\r\na;b\r\n1;2,5\r\n");
    assert_table(&preview, &["a | b", "1 | 2,5"]);
    assert_eq!(preview.remarks, [Remark::SeparatorLine]);
}

#[test]
fn pipes() {
    assert_plain(&read(b"a|b\n1|x, y\n"), &["a | b", "1 | x, y"]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_named() {
    let preview = read(b"a,b\n1,2\n3,\"oops\n4,5\n6,7\n");
    assert_table(&preview, &["a | b", "1 | 2", "3 | oops\n4,5\n6,7\n"]);
    assert_eq!(preview.remarks, [Remark::UnclosedQuote { row: 3 }]);
}

#[test]
fn a_preview_shows_the_first_rows_and_counts_all() {
    let mut text = String::from("id,text\n");
    for row in 0..5_000 {
        text.push_str(&format!("{row},本文{row}\n"));
    }
    let preview = read(text.as_bytes());
    assert_eq!((preview.rows.len(), preview.row_count), (50, 5_000));
    assert_eq!(preview.rows[49], ["49", "本文49"]);
}
