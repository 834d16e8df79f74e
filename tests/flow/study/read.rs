//! Answers read with an answer sheet: those got elsewhere, and stored ones again with a changed sheet.

use std::fmt::Write;

use serde_json::{Value, json};

use super::table::Table;
use super::{changed, declining, folder, path, results};

/// A result line as OpenAI writes it.
fn line(custom_id: &str, answer: &str, finish: &str) -> String {
    let message = json!({ "role": "assistant", "content": answer });
    let body = json!({ "object": "chat.completion", "model": "gpt-5.4-mini-2026-03-01",
        "choices": [{ "index": 0, "message": message, "finish_reason": finish }],
        "usage": { "prompt_tokens": 90, "completion_tokens": 30 } });
    json!({ "id": format!("batch_req_{custom_id}"), "custom_id": custom_id, "error": null,
        "response": { "status_code": 200, "request_id": "r", "body": body } })
    .to_string()
}

#[test]
fn answers_got_elsewhere_get_their_levels_by_their_ids() {
    let (dir, cli) = folder();
    let study = dir.path().join("s.tabane");
    // Answers are there already: no model need be named.
    changed(&declining("ja"), &study, |study| {
        study["models"] = Value::Array(Vec::new());
    });
    let results = dir.path().join("batch_output.jsonl");
    let mut text = String::new();
    for answer in [
        line(
            "上司-02-1",
            "**1. 丁寧さ：** ６／７\n2. 断り方：「謝罪」です\n3. また誘うか：はい\n4. 理由：言葉を選んでいるから。\n5. 本心の割合：約0.4\n6. 備考：",
            "stop",
        ),
        line(
            "友人-01-2",
            r#"```json
{"politeness": 9, "strategy": "言い訳", "again": "no", "reason": "姉が来るから。", "share": 0.75, "remark": null}
```"#,
            "stop",
        ),
        line("友人-03-1", "1. 丁寧さ：2\n2. 断り方：拒", "length"),
        line("だれか", "お答えできません。", "stop"),
    ] {
        writeln!(text, "{answer}").unwrap();
    }
    let failed = json!({ "id": "b", "custom_id": "友人-02-2", "response": { "status_code": 429,
        "body": { "error": { "message": "slow down", "code": "rate_limit_exceeded" } } }, "error": null });
    writeln!(text, "{failed}").unwrap();
    std::fs::write(&results, text).unwrap();

    let out = dir.path().join("out.csv");
    let (code, job) = cli.json(&[
        "study",
        "read",
        path(&study),
        path(&results),
        "--export",
        path(&out),
    ]);
    assert_eq!(
        (code, &job["counts"]["succeeded"], &job["counts"]["failed"]),
        (0, &4.into(), &1.into()),
        "{job}"
    );
    let table = Table::read(&out);
    assert_eq!(table.heads[..3], ["custom_id", "closeness", "reply"]);
    let row = |id: &str| {
        let row = table
            .rows
            .iter()
            .find(|row| table.cell(row, "custom_id") == id)
            .unwrap();
        [
            "closeness",
            "reply",
            "trial",
            "temperature",
            "丁寧さ",
            "断り方",
            "また誘うか",
            "理由",
            "本心の割合",
            "備考",
            "missing_fields",
        ]
        .map(|head| table.cell(row, head))
    };
    assert_eq!(
        row("上司-02-1"),
        [
            "上司",
            "02",
            "1",
            "1",
            "6",
            "謝罪",
            "yes",
            "言葉を選んでいるから。",
            "0.4",
            "",
            "remark"
        ]
    );
    assert_eq!(
        row("友人-01-2"),
        [
            "友人",
            "01",
            "2",
            "0.5",
            "",
            "言い訳",
            "no",
            "姉が来るから。",
            "0.75",
            "",
            "politeness; remark"
        ]
    );
    assert_eq!(row("友人-03-1")[..5], ["友人", "03", "1", "0.5", "2"]);
    assert_eq!(row("友人-03-1")[10], "strategy; again; reason; share; remark");
    assert_eq!(row("友人-02-2")[..5], ["友人", "02", "2", "0.5", ""]);
    // No id of the study: the row stays, without levels, and nothing is guessed.
    assert_eq!(row("だれか")[..9], ["", "", "", "", "", "", "", "", ""]);
}

#[test]
fn a_result_file_that_is_none_leaves_nothing_behind() {
    let (dir, cli) = folder();
    let results = dir.path().join("results.jsonl");
    std::fs::write(&results, "{\"no\":\"result\"}\n").unwrap();
    let out = dir.path().join("out.csv");
    let output = cli.run(&[
        "study",
        "read",
        path(&declining("en")),
        path(&results),
        "--export",
        path(&out),
    ]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(!out.exists());
    assert_eq!(cli.json(&["jobs"]).1, Value::Array(Vec::new()));
}

#[test]
fn stored_answers_are_read_again_with_a_changed_sheet() {
    let (dir, cli) = folder();
    let study = dir.path().join("s.tabane");
    changed(&declining("en"), &study, |study| {
        study["answer_sheet"]["form"] = "numbered_lines".into();
    });
    let (code, jobs) = cli.json(&["study", "send", path(&study), "--wait"]);
    assert_eq!(code, 0, "{jobs}");
    let ids: Vec<&str> = jobs
        .as_array()
        .unwrap()
        .iter()
        .map(|job| job["id"].as_str().unwrap())
        .collect();
    let values = |field: usize| -> Vec<Value> {
        ids.iter()
            .flat_map(|id| results(&cli, id))
            .map(|row| row["study"]["cells"][field]["read"].clone())
            .collect()
    };
    let before = values(0);
    assert!(before.iter().all(|cell| cell["state"] == "read"));

    // A narrower scale: what lies beyond is missing with its reason; the second model's answers are read too.
    let narrower = dir.path().join("narrower.tabane");
    changed(&study, &narrower, |study| {
        study["answer_sheet"]["fields"][0]["kind"]["maximum"] = 4.into();
    });
    let (code, told) = cli.json(&["study", "answers", ids[0], "--sheet", path(&narrower)]);
    assert_eq!(code, 0, "{told}");
    let after = values(0);
    let mut beyond = 0;
    for (before, after) in before.iter().zip(&after) {
        if before["value"].as_str().unwrap().parse::<u32>().unwrap() > 4 {
            assert_eq!(
                (&after["state"], &after["reason"]),
                (&"missing".into(), &"out_of_range".into()),
                "{after}"
            );
            beyond += 1;
        } else {
            assert_eq!(before, after);
        }
    }
    assert!(beyond > 0 && beyond < before.len(), "{beyond}");

    // The same sheet again from the store, then the first one: nothing was lost.
    assert_eq!(cli.json(&["study", "answers", ids[1]]).0, 0);
    assert_eq!(values(0), after);
    assert_eq!(
        cli.json(&["study", "answers", ids[1], "--sheet", path(&study)]).0,
        0
    );
    assert_eq!(values(0), before);
}
