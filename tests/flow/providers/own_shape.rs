//! Files in a service's own shape go out as they are: nothing is added, left out or put in another order.

use serde_json::{Value, json};

use super::{CLAUDE, Case, Desk, GEMINI, path};

/// Sends two lines; `line` makes one with an id, `command` names what the lines lack. What was sent, and the ids in the results.
fn untouched(case: &Case, command: &[&str], id: &str, line: impl Fn(&str) -> String) {
    let desk = Desk::new(case);
    let text = format!("{}\n{}\n", line("mine/1"), line("mine/2"));
    let file = desk.write("own.jsonl", &text);
    let (code, report) = desk
        .cli
        .json(&[&["check", path(&file), "--provider", case.provider], command].concat());
    assert_eq!((code, &report["requests"]), (0, &2.into()), "{report}");
    let out = desk.dir.path().join("out.json");
    let command = [&["send", path(&file), "--export", path(&out)], command].concat();
    let (code, job) = desk.cli.json(&desk.words(&command));
    assert_eq!(code, 0, "{job}");
    assert_eq!(job["adaptations"], json!([]), "{job}");
    let sent = desk.sent(&job);
    assert_eq!(sent.len(), 2);
    for sent in &sent {
        let value: Value = serde_json::from_str(sent).unwrap();
        let wire_id = value[id].as_str().unwrap();
        assert_ne!(wire_id, "mine/1");
        assert_eq!(*sent, line(wire_id));
    }
    let rows: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!(
        (&rows[0]["custom_id"], &rows[1]["custom_id"]),
        (&"mine/1".into(), &"mine/2".into()),
        "{rows}"
    );
    assert_ne!(rows[0]["answer"], "", "{rows}");
}

#[test]
fn claudes_own_lines_go_out_byte_for_byte() {
    untouched(&CLAUDE, &[], "custom_id", |id| {
        let body = r#"{ "max_tokens":64,  "model":"claude-haiku-5-5", "metadata":{"user_id":"研究"}, "messages":[{"content":"雨😀é","role":"user"}], "temperature":5.0e-1 }"#;
        format!(r#"{{"custom_id":"{id}","params":{body}}}"#)
    });
}

#[test]
fn geminis_own_lines_go_out_byte_for_byte() {
    untouched(&GEMINI, &["--model", "gemini-3.8-flash"], "key", |id| {
        let body = r#"{ "generationConfig":{"topK":40,"temperature":5.0e-1},  "contents":[{"parts":[{"text":"雨😀é"}],"role":"user"}] }"#;
        format!(r#"{{"key":"{id}","request":{body}}}"#)
    });
}
