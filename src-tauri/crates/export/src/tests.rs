//! Every format by what a reader finds in it.

use std::ops::ControlFlow;

use tabane_model::{Failure, Outcome, ResultRow, Status};

use crate::{Error, Format, Options, Written, write};

pub(crate) fn row(position: u32, answer: &str) -> ResultRow {
    ResultRow {
        position,
        custom_id: format!("id-{position:03}"),
        source_line: position + 1,
        provider: "openai".into(),
        outcome: Outcome {
            wire_id: Some(format!("n-{position}")),
            answer: Some(answer.to_owned()),
            input_tokens: Some(12),
            ..Outcome::empty(Status::Succeeded)
        },
    }
}

const OPTIONS: Options = Options {
    defuse_formulas: true,
    practice: false,
};

fn written(format: Format, answers: &[&str], options: Options) -> (Vec<u8>, Written) {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("表.x");
    let written = write(
        format,
        &target,
        &mut |take| {
            for (position, answer) in (0..).zip(answers) {
                take(&row(position, answer))?;
            }
            Ok(())
        },
        &options,
        &mut |_| ControlFlow::Continue(()),
    )
    .unwrap();
    assert_eq!(
        std::fs::read_dir(dir.path()).unwrap().count(),
        1,
        "nothing temporary is left"
    );
    (std::fs::read(target).unwrap(), written)
}

fn records(bytes: &[u8]) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(&bytes[3..])
        .records()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn csv_opens_in_excel_and_reads_back() {
    let answers = ["面白さ、85", "a \"quoted\", b", "two\r\nlines", ""];
    let (bytes, told) = written(Format::Csv, &answers, OPTIONS);
    assert!(bytes.starts_with(b"\xEF\xBB\xBFcustom_id,status,answer,"));
    assert!(bytes.ends_with(b"\r\n"));
    assert_eq!((told.rows, told.bytes), (4, bytes.len() as u64));
    let records = records(&bytes);
    for (record, answer) in records.iter().zip(answers) {
        assert_eq!(&record[2], answer);
        assert_eq!((&record[6], &record[7]), ("no", "12"));
    }
}

#[test]
fn csv_defuses_what_a_spreadsheet_would_run() {
    let answers = ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", "a=1"];
    let (bytes, _) = written(Format::Csv, &answers, OPTIONS);
    let found: Vec<String> = records(&bytes)
        .iter()
        .map(|record| record[2].to_owned())
        .collect();
    assert_eq!(found, ["'=1+1", "'+1", "'-1", "'@x", "'\t=1", "'＝1", "a=1"]);
    let (bytes, _) = written(
        Format::Csv,
        &answers,
        Options {
            defuse_formulas: false,
            ..OPTIONS
        },
    );
    assert_eq!(&records(&bytes)[0][2], "=1+1");
}

#[test]
fn json_is_one_list_and_jsonl_one_object_a_line() {
    let (bytes, _) = written(
        Format::Json,
        &["a", "b\u{2028}c"],
        Options {
            practice: true,
            ..OPTIONS
        },
    );
    let list: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(
        (&list[0]["practice"], &list[0]["input_tokens"]),
        (&true.into(), &12.into())
    );
    assert_eq!(
        (&list[1]["answer"], &list[0]["error_code"]),
        (&"b\u{2028}c".into(), &serde_json::Value::Null)
    );
    let (bytes, _) = written(Format::Jsonl, &["a", "b\u{2028}c"], OPTIONS);
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert!(!text.contains('\u{2028}') && text.ends_with("}\n"));
    let (bytes, _) = written(Format::Json, &[], OPTIONS);
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&bytes).unwrap(),
        serde_json::json!([])
    );
    assert_eq!(written(Format::Jsonl, &[], OPTIONS).0, b"");
}

#[test]
fn xlsx_keeps_long_texts_whole_and_runs_nothing() {
    let long = "あ😀".repeat(20_000);
    let (bytes, told) = written(
        Format::Xlsx,
        &["=1+1", &long, "https://example.com", "\u{1}\u{b}"],
        OPTIONS,
    );
    assert!(bytes.starts_with(b"PK"));
    assert_eq!((told.rows, told.long_texts), (4, 1));
}

#[test]
fn a_stopped_or_failing_export_leaves_the_old_file() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("a.csv");
    std::fs::write(&target, "old").unwrap();
    for format in [Format::Csv, Format::Xlsx, Format::Json, Format::Jsonl] {
        let stopped = write(
            format,
            &target,
            &mut |take| (0..1_000).try_for_each(|position| take(&row(position, "x"))),
            &OPTIONS,
            &mut |rows| {
                if rows >= 500 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        assert!(matches!(stopped, Err(Error::Stopped)), "{format:?}");
        let failed = write(
            format,
            &target,
            &mut |_| Err(Error::Rows(Failure::new("database-damaged"))),
            &OPTIONS,
            &mut |_| ControlFlow::Continue(()),
        );
        assert!(matches!(failed, Err(Error::Rows(_))), "{format:?}");
    }
    assert_eq!(std::fs::read(&target).unwrap(), b"old");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn formats_by_their_words() {
    for word in ["csv", "xlsx", "json", "jsonl"] {
        assert_eq!(Format::parse(word).unwrap().extension(), word);
    }
    assert!(Format::parse("CSV").is_none() && Format::parse("sav").is_none());
}
