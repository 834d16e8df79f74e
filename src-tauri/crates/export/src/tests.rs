//! Whole files of each format, and what is left when it does not come to that.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use tabane_model::{Explain, Failure, Outcome, Status};
use tempfile::TempDir;

use super::*;

mod study;

fn row(position: u32, id: &str, answer: Option<&str>) -> ResultRow {
    let mut outcome = Outcome::empty(Status::Succeeded);
    outcome.answer = answer.map(str::to_owned);
    outcome.input_tokens = Some(12);
    ResultRow {
        position,
        custom_id: id.to_owned(),
        source_line: position + 1,
        asked_model: None,
        study: None,
        provider: "openai".to_owned(),
        outcome,
    }
}

fn save(format: Format, target: &Path, rows: &[ResultRow], options: &Options) -> Result<Written, Error> {
    write(
        format,
        target,
        &mut |take| rows.iter().try_for_each(&mut *take),
        options,
        &mut |_| ControlFlow::Continue(()),
    )
}

fn saved(format: Format, rows: &[ResultRow], options: &Options) -> (TempDir, PathBuf, Written) {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("結果.out");
    let written = save(format, &target, rows, options).unwrap();
    assert_eq!(written.bytes, fs::metadata(&target).unwrap().len());
    assert_eq!(written.rows, rows.len() as u64);
    assert_eq!(names_in(folder.path()), ["結果.out"]);
    (folder, target, written)
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

const HEAD: &str = "custom_id,status,answer,finish_reason,provider,model,practice,input_tokens,cached_tokens,\
                    output_tokens,reasoning_tokens,error_code,error_message,source_line\r\n";

#[test]
fn csv_is_what_excel_reads() {
    let mut rows = [
        row(0, "問1", Some("面白い、\"とても\"\r\n二行目, 終")),
        row(1, "0012", None),
    ];
    rows[0].provider = "practice".to_owned();
    let (_folder, target, written) = saved(Format::Csv, &rows, &Options::default());
    let text = fs::read_to_string(target).unwrap();
    assert_eq!(
        text,
        format!(
            "\u{feff}{HEAD}問1,succeeded,\"面白い、\"\"とても\"\"\r\n二行目, 終\",,practice,,yes,12,,,,,,1\r\n\
             0012,succeeded,,,openai,,no,12,,,,,,2\r\n"
        )
    );
    assert_eq!(written.long_texts, 0);
}

#[test]
fn csv_defuses_text_only_and_only_when_asked() {
    for start in ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"] {
        let answer = format!("{start}1+1");
        let rows = [row(0, &answer, Some(&answer))];
        for defuse_formulas in [true, false] {
            let (_folder, target, _) = saved(
                Format::Csv,
                &rows,
                &Options {
                    defuse_formulas,
                    ..Options::default()
                },
            );
            let text = fs::read_to_string(target).unwrap();
            let mut reader = ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            let expected = if defuse_formulas {
                format!("'{answer}")
            } else {
                answer.clone()
            };
            assert_eq!((&record[0], &record[2]), (expected.as_str(), expected.as_str()));
            assert_eq!(&record[7], "12");
        }
    }
}

#[test]
fn json_is_one_array_with_nulls() {
    let mut second = row(1, "b", Some("=1+1"));
    second.source_line = 0;
    let (_folder, target, _) = saved(Format::Json, &[row(0, "問", None), second], &Options::default());
    let text = fs::read_to_string(target).unwrap();
    assert!(text.starts_with("[\n{\"custom_id\":\"問\",\"status\":\"succeeded\",\"answer\":null,"));
    let read: Vec<Json> = serde_json::from_str(&text).unwrap();
    assert_eq!(
        read[1],
        json!({"custom_id": "b", "status": "succeeded", "answer": "=1+1", "finish_reason": null,
            "provider": "openai", "model": null, "practice": false, "input_tokens": 12, "cached_tokens": null,
            "output_tokens": null, "reasoning_tokens": null, "error_code": null, "error_message": null,
            "source_line": null})
    );
}

#[test]
fn jsonl_has_one_line_a_row_for_every_reader() {
    let answer = "一\u{2028}二\u{2029}三\u{85}四\r\n\"五\"";
    let (_folder, target, _) = saved(
        Format::Jsonl,
        &[row(0, "a", Some(answer)), row(1, "b", None)],
        &Options::default(),
    );
    let text = fs::read_to_string(target).unwrap();
    assert!(text.contains("一\\u2028二\\u2029三\\u0085四") && text.ends_with("}\n"));
    let lines: Vec<Json> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["answer"], answer);
    assert_eq!(lines[1]["practice"], false);
}

#[test]
fn no_rows_are_still_a_valid_file() {
    for (format, text) in [
        (Format::Json, "[]\n"),
        (Format::Jsonl, ""),
        (Format::Csv, &format!("\u{feff}{HEAD}")),
    ] {
        let (_folder, target, _) = saved(format, &[], &Options::default());
        assert_eq!(fs::read_to_string(target).unwrap(), text);
    }
    let (_folder, target, _) = saved(Format::Xlsx, &[], &Options::default());
    assert_eq!(sheets(&target).keys().collect::<Vec<_>>(), ["results"]);
}

/// The XML of each sheet by its name.
fn sheets(workbook: &Path) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(File::open(workbook).unwrap()).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let list = part("xl/workbook.xml");
    let names = list
        .split("<sheet name=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned());
    names
        .zip(1..)
        .map(|(name, number)| (name, part(&format!("xl/worksheets/sheet{number}.xml"))))
        .collect()
}

/// The content of the cell at `place`, such as `C2`, still escaped for XML.
fn cell<'a>(sheet: &'a str, place: &str) -> &'a str {
    let (_, rest) = sheet.split_once(&format!("<c r=\"{place}\"")).unwrap();
    let rest = &rest[..rest.find("</c>").unwrap()];
    let start = rest.find("<t").or_else(|| rest.find("<v>")).unwrap();
    let start = start + rest[start..].find('>').unwrap() + 1;
    let end = rest.find("</t>").or_else(|| rest.find("</v>")).unwrap();
    &rest[start..end]
}

#[test]
fn xlsx_keeps_text_as_text_and_numbers_as_numbers() {
    let answer = "=HYPERLINK(\"http://例え.jp\")\r\n<終>\u{1}\u{ffff} _x0041_";
    let rows = [
        row(0, "0012", Some(answer)),
        row(1, "https://example.com/問", Some(" 字 ")),
    ];
    let (_folder, target, written) = saved(Format::Xlsx, &rows, &Options::default());
    let sheets = sheets(&target);
    assert_eq!(sheets.keys().collect::<Vec<_>>(), ["results"]);
    let sheet = &sheets["results"];
    assert!(!sheet.contains("<f>") && !sheet.contains("hyperlink "));
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<c r=\"A1\" s=\"1\""));
    assert!(
        sheet.contains("<col min=\"3\" max=\"3\" width=\"60."),
        "answers have room"
    );
    assert_eq!(cell(sheet, "A2"), "0012");
    assert_eq!(
        cell(sheet, "C2"),
        "=HYPERLINK(\"http://例え.jp\")_x000D_\n&lt;終&gt;_x0001__xFFFF_ _x005F_x0041_"
    );
    assert_eq!(cell(sheet, "G2"), "no");
    assert!(sheet.contains("<c r=\"H2\"><v>12</v></c>") && sheet.contains("<c r=\"N3\"><v>2</v></c>"));
    assert!(!sheet.contains("r=\"D2\""), "missing values are empty cells");
    assert!(sheet.contains("<t xml:space=\"preserve\"> 字 </t>"));
    assert_eq!(written.long_texts, 0);
}

#[test]
fn xlsx_keeps_long_texts_whole_on_a_second_sheet() {
    let long = format!("{}終", "長い𠮷\n".repeat(20_000));
    let rows = [
        row(0, "a", Some(&long)),
        row(1, "b", Some("短い")),
        row(2, "c", Some(&"字".repeat(32_767))),
    ];
    let (_folder, target, written) = saved(Format::Xlsx, &rows, &Options::default());
    assert_eq!(written.long_texts, 1);
    let sheets = sheets(&target);
    let cut = cell(&sheets["results"], "C2");
    assert!(cut.encode_utf16().count() <= 32_767 && cut.ends_with("[cut; whole on sheet long_text]"));
    assert_eq!(
        cell(&sheets["results"], "C4"),
        "字".repeat(32_767),
        "exactly full is not too long"
    );
    let pieces = &sheets["long_text"];
    let parts = 2..=5;
    assert_eq!(
        parts
            .clone()
            .map(|line| cell(pieces, &format!("D{line}")))
            .collect::<String>(),
        long
    );
    for (line, part) in parts.zip(1..) {
        assert_eq!(cell(pieces, &format!("A{line}")), "a");
        assert_eq!(cell(pieces, &format!("B{line}")), "answer");
        assert_eq!(cell(pieces, &format!("C{line}")), format!("{part}"));
    }
}

#[test]
fn xlsx_goes_on_on_another_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("split.xlsx");
    let file = File::create(&target).unwrap();
    // A head and two rows a sheet.
    let columns = Columns::plain();
    let mut table = xlsx::Xlsx::start(&file, folder.path(), columns.names(), 3).unwrap();
    let long = "長".repeat(100_000);
    for position in 0..4 {
        let row = row(
            position,
            &format!("問{position}"),
            (position == 0).then_some(&long),
        );
        table.row(&columns.cells(&row)).unwrap();
    }
    assert_eq!(table.finish(&mut || Ok(())).unwrap(), 1);
    let sheets = sheets(&target);
    assert_eq!(
        sheets.keys().collect::<Vec<_>>(),
        ["long_text", "long_text_2", "results", "results_2"]
    );
    assert_eq!(cell(&sheets["results"], "A3"), "問1");
    assert_eq!(cell(&sheets["results_2"], "A1"), "custom_id");
    assert_eq!(cell(&sheets["results_2"], "A2"), "問2");
    assert_eq!(cell(&sheets["results_2"], "A3"), "問3");
    assert!(!sheets["results_2"].contains("r=\"A4\""));
    assert_eq!(cell(&sheets["long_text_2"], "C2"), "3");
}

#[test]
fn what_stops_or_fails_leaves_the_old_file_and_nothing_else() {
    let failure = Failure::new("database-busy");
    for format in Format::ALL {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("old");
        fs::write(&target, "old").unwrap();
        let untouched = || {
            assert_eq!(fs::read_to_string(&target).unwrap(), "old");
            assert_eq!(names_in(folder.path()), ["old"]);
        };

        let mut asked = 0;
        // A source that goes on and keeps our error to itself, the worst one.
        let stopped = write(
            format,
            &target,
            &mut |take| {
                for position in 0..5 {
                    let _ = take(&row(position, "a", None));
                }
                Ok(())
            },
            &Options::default(),
            &mut |done| {
                asked = done;
                if done == 2 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        assert!(matches!(stopped, Err(Error::Stopped)));
        assert_eq!(asked, 2);
        untouched();

        let failed = write(
            format,
            &target,
            &mut |take| {
                take(&row(0, "a", None))?;
                Err(Error::Rows(failure.clone()))
            },
            &Options::default(),
            &mut |_| ControlFlow::Continue(()),
        );
        assert_eq!(failed.unwrap_err().explain(), failure);
        untouched();

        let written = save(format, &target, &[row(0, "新", None)], &Options::default()).unwrap();
        assert_eq!(
            (written.rows, written.bytes),
            (1, fs::metadata(&target).unwrap().len())
        );
        assert_ne!(fs::read(&target).unwrap(), b"old");
        assert_eq!(names_in(folder.path()), ["old"]);
    }
}

#[test]
fn stopping_while_the_workbook_is_finished_counts() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("a.xlsx");
    let mut asked = 0;
    let stopped = write(
        Format::Xlsx,
        &target,
        &mut |take| take(&row(0, "a", Some(&"長".repeat(40_000)))),
        &Options::default(),
        &mut |_| {
            asked += 1;
            if asked > 1 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    assert!(matches!(stopped, Err(Error::Stopped)));
    assert!(names_in(folder.path()).is_empty());
}

#[test]
fn a_place_that_cannot_be_written_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for format in Format::ALL {
        for target in [folder.path().join("none/a"), folder.path().to_owned()] {
            let error = save(format, &target, &[row(0, "a", None)], &Options::default()).unwrap_err();
            assert_eq!(error.explain().code, "export-not-written");
        }
    }
    assert!(names_in(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_private_file_stays_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("a.csv");
    fs::write(&target, "").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    save(Format::Csv, &target, &[], &Options::default()).unwrap();
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_a_folder_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
    fs::write(&real, "old").unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    save(Format::Csv, &link, &[row(0, "a", None)], &Options::default()).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("custom_id"));
    let refused = save(
        Format::Csv,
        folder.path(),
        &[row(0, "a", None)],
        &Options::default(),
    );
    assert!(matches!(refused, Err(Error::Disk(_))));
}
