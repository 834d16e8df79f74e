//! Spreadsheets into the factors of a study file.

use std::path::Path;

use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;

use super::table::Table;
use super::{changed, declining, folder, path, sample};

fn factor(study: &Path, name: &str) -> Value {
    let value: Value = serde_json::from_slice(&std::fs::read(study).unwrap()).unwrap();
    let factors = value["factors"].as_array().unwrap();
    let found = factors.iter().find(|factor| factor["name"] == name);
    found.unwrap_or_else(|| panic!("{name}: {value}")).clone()
}

/// As Excel in Japan writes CSV: code page 932, no mark, CRLF.
fn write_cp932(file: &Path, text: &str) {
    let (bytes, _, unmapped) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!unmapped);
    std::fs::write(file, bytes).unwrap();
}

#[test]
fn a_csv_of_japanese_excel_becomes_the_levels_of_a_factor_and_is_sent() {
    let (dir, cli) = folder();
    let study = dir.path().join("s.tabane");
    changed(&sample("ja"), &study, |study| {
        study["design"]["trials"] = 1.into();
    });
    let data = dir.path().join("文章.csv");
    write_cp932(
        &data,
        "id,title,modifier,body\r\n007,①髙い山,0.1,\"雨が降った。\r\n「では」と言った。\"\r\n008,表計算ソフト,0,ソ連の能。\r\n",
    );
    let (code, told) = cli.json(&[
        "study",
        "import-data",
        path(&study),
        path(&data),
        "--factor",
        "text",
    ]);
    assert_eq!(
        (code, &told["levels"], &told["remarks"]),
        (0, &2.into(), &Value::Array(Vec::new())),
        "{told}"
    );
    let text = factor(&study, "text");
    assert_eq!(text["label"], "文章", "what else stands in the study stays");
    assert_eq!(
        text["columns"],
        serde_json::json!(["id", "title", "modifier", "body"])
    );
    assert_eq!(text["levels"][0][0], "007");
    assert_eq!(text["levels"][0][1], "①髙い山");
    assert!(
        text["levels"][0][3].as_str().unwrap().contains("「では」"),
        "{text}"
    );
    assert_eq!(
        text["levels"][1],
        serde_json::json!(["008", "表計算ソフト", "0", "ソ連の能。"])
    );

    let (_, checked) = cli.json(&["study", "check", path(&study)]);
    assert_eq!(
        (&checked["ok"], &checked["requests"]),
        (&true.into(), &16.into()),
        "{checked}"
    );
    let out = dir.path().join("out.csv");
    assert_eq!(
        cli.json(&["study", "send", path(&study), "--export", path(&out)])
            .0,
        0
    );
    let table = Table::read(&out);
    assert_eq!(table.rows.len(), 16);
    assert!(
        table
            .column("text")
            .iter()
            .all(|text| ["007", "008"].contains(text))
    );
}

#[test]
fn a_sheet_of_a_workbook_becomes_a_new_factor_and_its_oddities_are_told() {
    let (dir, cli) = folder();
    let study = dir.path().join("s.tabane");
    std::fs::copy(sample("ja"), &study).unwrap();
    let data = dir.path().join("条件.xlsx");
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_name("メモ")
        .unwrap()
        .write(0, 0, "なし")
        .unwrap();
    let sheet = book.add_worksheet().set_name("条件").unwrap();
    for (column, head) in (0..).zip(["id", "説明", "開始日"]) {
        sheet.write(0, column, head).unwrap();
    }
    let day = Format::new().set_num_format("yyyy/m/d");
    for (row, (id, words)) in (1..).zip([("001", "静かな部屋"), ("002", "音楽のある部屋")]) {
        let row = if row == 2 { 3 } else { row }; // one row stays empty
        sheet.write(row, 0, id).unwrap();
        sheet.write(row, 1, words).unwrap();
        sheet.write_number_with_format(row, 2, 46_000.0, &day).unwrap();
    }
    book.save(&data).unwrap();

    let arguments = [
        "study",
        "import-data",
        path(&study),
        path(&data),
        "--factor",
        "条件",
        "--sheet",
        "条件",
    ];
    let (code, told) = cli.json(&arguments);
    assert_eq!((code, &told["levels"]), (0, &2.into()), "{told}");
    let remark = &told["remarks"][0];
    assert_eq!(remark["code"], "empty-rows", "{told}");
    assert!(
        !remark["message"].as_str().unwrap().contains("table-remark"),
        "a sentence: {told}"
    );
    let added = factor(&study, "条件");
    assert_eq!(added["columns"], serde_json::json!(["id", "説明", "開始日"]));
    assert_eq!(
        added["levels"][1],
        serde_json::json!(["002", "音楽のある部屋", "2025-12-09"])
    );
    // The readable id was the one that Tabane makes, so it follows.
    let value: Value = serde_json::from_slice(&std::fs::read(&study).unwrap()).unwrap();
    assert_eq!(
        value["custom_id"],
        "{{persona.id}}_{{text.id}}_{{条件.id}}_n{{trial}}"
    );

    let output = cli.run(&[&arguments[..], &["--language", "ja"]].concat());
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("2行（3列）") && said.contains("空の1行を省きました"),
        "{said}"
    );
}

#[test]
fn guesses_can_be_overruled() {
    let (dir, cli) = folder();
    let study = dir.path().join("s.tabane");
    std::fs::copy(declining("en"), &study).unwrap();
    let data = dir.path().join("data.txt");
    let (bytes, _, _) = encoding_rs::EUC_JP.encode("一;甲,乙\n二;丙,丁\n");
    std::fs::write(&data, bytes).unwrap();
    let import = |words: &[&str]| {
        let arguments = [
            "study",
            "import-data",
            path(&study),
            path(&data),
            "--factor",
            "extra",
            "--encoding",
            "euc-jp",
        ];
        cli.json(&[&arguments[..], words].concat())
    };
    let (code, told) = import(&["--delimiter", ";", "--no-header"]);
    assert_eq!((code, &told["levels"]), (0, &2.into()), "{told}");
    assert_eq!(
        factor(&study, "extra")["levels"][1],
        serde_json::json!(["二", "丙,丁"])
    );
    let (code, told) = import(&["--delimiter", ",", "--header"]);
    assert_eq!(
        (code, &told["levels"], &told["columns"]),
        (0, &1.into(), &serde_json::json!(["一;甲", "乙"])),
        "{told}"
    );

    std::fs::write(&data, "a\tb\n1\t2\n").unwrap();
    let arguments = [
        "study",
        "import-data",
        path(&study),
        path(&data),
        "--factor",
        "extra",
        "--delimiter",
        "tab",
    ];
    assert_eq!(cli.json(&arguments).1["columns"], serde_json::json!(["a", "b"]));
}

#[test]
fn what_cannot_be_read_leaves_the_study_as_it_was() {
    let (dir, cli) = folder();
    let study = dir.path().join("s.tabane");
    std::fs::copy(sample("en"), &study).unwrap();
    let before = std::fs::read(&study).unwrap();
    let good = dir.path().join("good.csv");
    std::fs::write(&good, "id,body\na,b\n").unwrap();
    let heads_only = dir.path().join("heads.csv");
    std::fs::write(&heads_only, "").unwrap();
    let picture = dir.path().join("picture.xlsx");
    std::fs::write(&picture, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    let import = |data: &Path, words: &[&str]| {
        let arguments = ["study", "import-data", path(&study), path(data)];
        let (code, told) = cli.json(&[&arguments[..], words].concat());
        assert_eq!(std::fs::read(&study).unwrap(), before, "{told}");
        (
            code,
            told["error"]["code"]
                .as_str()
                .unwrap_or_else(|| panic!("{told}"))
                .to_owned(),
        )
    };
    assert_eq!(
        import(&heads_only, &["--factor", "text"]),
        (3, "table-empty".to_owned())
    );
    assert_eq!(
        import(&picture, &["--factor", "text"]),
        (3, "table-not-a-table".to_owned())
    );
    assert_eq!(
        import(&good, &["--factor", "my text"]),
        (2, "data-factor-name".to_owned())
    );
    assert_eq!(
        import(&good, &["--factor", "text", "--encoding", "latin"]),
        (2, "encoding-unknown".to_owned())
    );
    std::fs::write(&good, "id,body\n").unwrap();
    assert_eq!(
        import(&good, &["--factor", "text", "--header"]),
        (3, "data-no-rows".to_owned())
    );
    for wrong in [["--delimiter", "ab"].as_slice(), &["--header", "--no-header"]] {
        let arguments = [
            "study",
            "import-data",
            path(&study),
            path(&good),
            "--factor",
            "text",
        ];
        let output = cli.run(&[&arguments[..], wrong].concat());
        assert_eq!(output.status.code(), Some(2), "{output:?}");
    }
    assert_eq!(std::fs::read(&study).unwrap(), before);
    // No temporary file is left beside it.
    let files = std::fs::read_dir(dir.path()).unwrap().count();
    assert_eq!(files, 5, "s.tabane, data, and three spreadsheets");
}
