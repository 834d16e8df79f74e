//! Good files, and sixty ways to be a bad one.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;

use tabane_model::{CheckReport, Fix, ProviderId, RequestLine, Rules, Severity};

use crate::{Error, Kind, check, recognise, requests};

fn rules() -> Rules {
    Rules {
        provider: ProviderId::new("openai"),
        max_requests: 50_000,
        max_bytes: 190_000_000,
        endpoints: vec![
            "/v1/chat/completions".into(),
            "/v1/responses".into(),
            "/v1/embeddings".into(),
        ],
        one_model: true,
        one_endpoint: true,
        windows: vec!["24h".into()],
        retention_days: None,
    }
}

fn line(id: &str, model: &str) -> String {
    format!(
        r#"{{"custom_id":"{id}","method":"POST","url":"/v1/chat/completions","body":{{"model":"{model}","messages":[{{"role":"user","content":"こんにちは"}}]}}}}"#
    )
}

fn file(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("要求.jsonl");
    std::fs::write(&path, bytes).unwrap();
    (dir, path)
}

fn checked(bytes: &[u8], fixes: &[Fix]) -> CheckReport {
    let (_dir, path) = file(bytes);
    check(&path, &rules(), &fixes.iter().cloned().collect(), &mut |_| {
        ControlFlow::Continue(())
    })
    .unwrap()
}

fn sent(bytes: &[u8], fixes: &[Fix]) -> Vec<RequestLine> {
    let (_dir, path) = file(bytes);
    let fixes: BTreeSet<Fix> = fixes.iter().cloned().collect();
    requests(&path, &rules(), &fixes)
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

fn codes(report: &CheckReport) -> Vec<&str> {
    report.groups.iter().map(|group| group.code.as_str()).collect()
}

#[test]
fn a_good_file_is_ready() {
    let text = format!("{}\n{}\r\n{}", line("a", "m"), line("b", "m"), line("c", "m"));
    let report = checked(text.as_bytes(), &[]);
    assert!(report.is_ok(), "{report:?}");
    assert_eq!(
        (report.lines, report.requests, report.parts, report.problems.len()),
        (3, 3, 1, 0)
    );
    assert_eq!(report.models, [("m".to_owned(), 3)]);
    assert_eq!(report.encoding, "utf-8");
    assert_eq!(
        sent(text.as_bytes(), &[])
            .iter()
            .map(|r| r.custom_id.as_str())
            .collect::<Vec<_>>(),
        ["a", "b", "c"]
    );
}

/// A whole line with this in place of the good one.
fn with(from: &str, to: &str) -> String {
    let good = line("x", "m");
    assert!(good.contains(from), "{from}");
    good.replacen(from, to, 1)
}

#[test]
fn sixty_malformed_inputs_each_say_what_is_wrong() {
    let good = line("g", "m");
    let double = format!("{}\n{}", line("x", "m"), line("x", "m"));
    let deep = with(
        "\"model\":\"m\"",
        &format!("\"model\":\"m\",\"x\":{}", "[".repeat(100_000)),
    );
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("bom", format!("\u{feff}{good}").into_bytes()),
        ("not-utf8", encoding_rs::SHIFT_JIS.encode(&good).0.into_owned()),
        ("not-utf8", utf16(&good, true)),
        ("not-utf8", utf16(&good, false)),
        ("not-utf8", utf16(&good, true)[2..].to_vec()),
        ("not-utf8", utf16(&good, false)[2..].to_vec()),
        ("invalid-utf8-line", [&[b'{', 0xFF, 0xFE][..], b"}"].concat()),
        (
            "invalid-utf8-line",
            with("こんにちは", "\u{1}?")
                .into_bytes()
                .iter()
                .map(|b| if *b == 1 { 0xC0 } else { *b })
                .collect(),
        ),
        ("not-json", b"{custom_id: 1}".to_vec()),
        ("not-json", b"hello".to_vec()),
        ("not-json", b"{'custom_id':'a'}".to_vec()),
        ("not-json", format!("{good},").into_bytes()),
        ("not-json", format!("{good}{good}").into_bytes()),
        (
            "not-json",
            with("POST\"", "POST\",").replace("\",,", "\",,").into_bytes(),
        ),
        ("not-json", with("こんにちは", "a\tb").into_bytes()),
        ("not-json", with("こんにちは", "\u{0}").into_bytes()),
        ("not-json", with("\"m\"", "NaN").into_bytes()),
        ("not-json", with("こんにちは", "\\x").into_bytes()),
        ("not-json", with("\"POST\"", "POST").into_bytes()),
        ("not-json", b"}".to_vec()),
        ("cut-off-line", good.as_bytes()[..good.len() - 2].to_vec()),
        ("cut-off-line", good.as_bytes()[..good.len() - 20].to_vec()),
        ("cut-off-line", b"{".to_vec()),
        ("cut-off-line", b"{\"custom_id\":\"a".to_vec()),
        ("not-json", deep.into_bytes()),
        ("not-an-object", b"5".to_vec()),
        ("not-an-object", b"\"text\"".to_vec()),
        ("not-an-object", b"null".to_vec()),
        ("not-an-object", b"true".to_vec()),
        ("blank-line", format!("{good}\n\n{}", line("h", "m")).into_bytes()),
        ("blank-line", format!("{good}\n   \t\n").into_bytes()),
        ("blank-line", format!("{good}\n\r\n").into_bytes()),
        ("custom-id-missing", with("\"custom_id\":\"x\",", "").into_bytes()),
        ("custom-id-missing", with("\"x\"", "null").into_bytes()),
        ("custom-id-empty", with("\"x\"", "\"\"").into_bytes()),
        ("custom-id-empty", with("\"x\"", "\"  \"").into_bytes()),
        ("custom-id-number", with("\"x\"", "17").into_bytes()),
        ("custom-id-not-text", with("\"x\"", "[1]").into_bytes()),
        ("custom-id-not-text", with("\"x\"", "{}").into_bytes()),
        ("custom-id-not-text", with("\"x\"", "true").into_bytes()),
        ("custom-id-duplicate", double.into_bytes()),
        (
            "duplicate-field",
            with("\"custom_id\":\"x\"", "\"custom_id\":\"x\",\"custom_id\":\"y\"").into_bytes(),
        ),
        (
            "duplicate-field",
            with("\"method\":\"POST\"", "\"method\":\"POST\",\"method\":\"POST\"").into_bytes(),
        ),
        ("method-missing", with("\"method\":\"POST\",", "").into_bytes()),
        ("method-not-post", with("\"POST\"", "\"GET\"").into_bytes()),
        ("method-not-post", with("\"POST\"", "null").into_bytes()),
        ("method-not-post", with("\"POST\"", "1").into_bytes()),
        (
            "url-missing",
            with("\"url\":\"/v1/chat/completions\",", "").into_bytes(),
        ),
        (
            "url-missing",
            with("\"/v1/chat/completions\"", "null").into_bytes(),
        ),
        (
            "url-not-supported",
            with("/v1/chat/completions", "/v1/chat").into_bytes(),
        ),
        (
            "url-not-supported",
            with(
                "/v1/chat/completions",
                "https://api.openai.com/v1/chat/completions",
            )
            .into_bytes(),
        ),
        ("url-not-supported", with("/v1/chat/completions", "").into_bytes()),
        (
            "url-mixed",
            format!(
                "{good}\n{}",
                line("h", "m")
                    .replace("chat/completions", "responses")
                    .replace("messages", "input")
            )
            .into_bytes(),
        ),
        (
            "body-missing",
            br#"{"custom_id":"a","method":"POST","url":"/v1/responses"}"#.to_vec(),
        ),
        (
            "body-not-object",
            br#"{"custom_id":"a","method":"POST","url":"/v1/responses","body":"{}"}"#.to_vec(),
        ),
        (
            "body-not-object",
            br#"{"custom_id":"a","method":"POST","url":"/v1/responses","body":null}"#.to_vec(),
        ),
        ("model-missing", with("\"model\":\"m\",", "").into_bytes()),
        ("model-missing", with("\"m\"", "\"\"").into_bytes()),
        ("model-missing", with("\"m\"", "4").into_bytes()),
        (
            "model-mixed",
            format!("{good}\n{}", line("h", "other")).into_bytes(),
        ),
        (
            "stream-set",
            with("\"model\":\"m\"", "\"model\":\"m\",\"stream\":true").into_bytes(),
        ),
        ("messages-missing", with("messages", "message").into_bytes()),
        (
            "messages-missing",
            with("[{\"role\":\"user\",\"content\":\"こんにちは\"}]", "\"hi\"").into_bytes(),
        ),
        (
            "input-missing",
            with("chat/completions", "responses").into_bytes(),
        ),
        (
            "input-missing",
            with("chat/completions", "embeddings").into_bytes(),
        ),
        (
            "unknown-field",
            with("\"method\"", "\"note\":1,\"method\"").into_bytes(),
        ),
        ("empty-file", b"".to_vec()),
        ("empty-file", b"\n \r\n".to_vec()),
        ("looks-like-json-array", format!("[{good}]").into_bytes()),
        (
            "looks-like-results",
            br#"{"custom_id":"a","response":{"status_code":200,"body":{}},"error":null}"#.to_vec(),
        ),
        ("looks-like-spreadsheet", b"PK\x03\x04....".to_vec()),
        ("looks-like-spreadsheet", [0xD0, 0xCF, 0x11, 0xE0, 0xA1].to_vec()),
    ];
    assert!(cases.len() >= 60);
    for (code, bytes) in cases {
        let report = checked(&bytes, &[]);
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).into_owned();
        assert_eq!(codes(&report), [code], "{shown}");
        let group = &report.groups[0];
        assert_eq!(report.is_ok(), group.severity == Severity::Warning, "{shown}");
        if let Some((from, to)) = group.first.mark {
            assert!(
                from < to && to as usize <= group.first.excerpt.chars().count(),
                "{shown}: {group:?}"
            );
        }
    }
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[test]
fn every_offered_fix_makes_the_file_ready_and_what_is_sent_agrees() {
    let good = line("g", "m");
    let cases: Vec<(Vec<u8>, usize)> = vec![
        (format!("\u{feff}{good}").into_bytes(), 1),
        (
            encoding_rs::SHIFT_JIS
                .encode(&format!("{good}\n{}", line("h", "m")))
                .0
                .into_owned(),
            2,
        ),
        (utf16(&good, true), 1),
        (format!("{good}\n\n\n{}", line("h", "m")).into_bytes(), 2),
        (
            format!("{good}\n{}", with("\"custom_id\":\"x\",", "")).into_bytes(),
            2,
        ),
        (format!("{good}\n{good}\n{good}").into_bytes(), 3),
        (format!("{good}\n{}", line("h", "other")).into_bytes(), 2),
        (format!("{good}\n{{\"custom").into_bytes(), 1),
        (format!("{good}\n{}", with("\"POST\"", "\"GET\"")).into_bytes(), 1),
    ];
    for (bytes, count) in cases {
        let report = checked(&bytes, &[]);
        assert!(!report.is_ok());
        let fixes: Vec<Fix> = report
            .groups
            .iter()
            .filter_map(|group| group.fix.clone())
            .collect();
        let fixed = checked(&bytes, &fixes);
        assert!(fixed.is_ok(), "{fixed:?}");
        assert!(fixed.groups.iter().all(|group| group.fixed), "{fixed:?}");
        let sent = sent(&bytes, &fixes);
        assert_eq!(
            (sent.len(), usize::try_from(fixed.requests).unwrap()),
            (count, count),
            "{fixed:?}"
        );
        let ids: BTreeSet<&str> = sent.iter().map(|request| request.custom_id.as_str()).collect();
        assert_eq!(ids.len(), count, "unique ids");
        assert!(sent[0].body.contains("こんにちは"));
        // Undone: as it was.
        assert_eq!(checked(&bytes, &[]), report);
    }
}

#[test]
fn an_error_that_was_not_decided_is_never_left_out_silently() {
    let (_dir, path) = file(format!("{}\n{{", line("a", "m")).as_bytes());
    let mut found = requests(&path, &rules(), &BTreeSet::new()).unwrap();
    assert!(found.next().unwrap().is_ok());
    assert!(matches!(found.next().unwrap(), Err(Error::Changed(2))));
}

#[test]
fn u2028_inside_a_text_is_no_problem_and_no_line_end() {
    let text = with("こんにちは", "a\u{2028}b\u{2029}c\u{85}d");
    let report = checked(text.as_bytes(), &[]);
    assert!(report.is_ok() && report.lines == 1, "{report:?}");
    let body = &sent(text.as_bytes(), &[])[0].body;
    assert!(body.contains('\u{2028}'));
    let escaped = body.len() as u64 + 3 + 3 + 4;
    let frame = r#"{"custom_id":"","method":"POST","url":"/v1/chat/completions","body":}"#.len() as u64 + 18;
    assert_eq!(report.wire_bytes, escaped + frame);
}

#[test]
fn the_first_line_of_a_doubled_id_is_named() {
    let text = [line("a", "m"), line("b", "m"), line("a", "m"), line("a", "m")].join("\n");
    let report = checked(text.as_bytes(), &[]);
    assert_eq!((report.errors, report.requests), (2, 2));
    let group = &report.groups[0];
    assert_eq!(
        (group.lines.as_slice(), &group.first.args["first_line"]),
        (&[3, 4][..], &1_u32.into())
    );
    assert_eq!(group.fix, Some(Fix::RenameDuplicates));
    let names: Vec<_> = sent(text.as_bytes(), &[Fix::RenameDuplicates])
        .into_iter()
        .map(|r| r.custom_id)
        .collect();
    assert_eq!(names, ["a", "b", "a-2", "a-3"]);
}

#[test]
fn limits_make_parts() {
    let text: String = (0..10).map(|n| line(&n.to_string(), "m") + "\n").collect();
    let (_dir, path) = file(text.as_bytes());
    let with = |max_requests, max_bytes| {
        let rules = Rules {
            max_requests,
            max_bytes,
            ..rules()
        };
        check(
            &path,
            &rules,
            &BTreeSet::new(),
            &mut |_| ControlFlow::Continue(()),
        )
        .unwrap()
    };
    assert_eq!(with(4, 1 << 30).parts, 3);
    assert_eq!(with(100, 400).parts, 5);
    // A single request over the limit can go nowhere.
    assert_eq!(codes(&with(100, 50)), ["line-too-long"]);
}

#[test]
fn a_million_problems_are_counted_and_a_thousand_listed() {
    let text = "{\n".repeat(20_000) + &"{}\n".repeat(1_500);
    let report = checked(text.as_bytes(), &[]);
    assert_eq!((report.errors, report.problems.len()), (21_500, 1_000));
    assert!(report.groups.iter().all(|group| group.lines.len() == 100));
}

#[test]
fn a_check_can_be_stopped() {
    let text: String = (0..20_000).map(|n| line(&n.to_string(), "m") + "\n").collect();
    let (_dir, path) = file(text.as_bytes());
    let stopped = check(&path, &rules(), &BTreeSet::new(), &mut |_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(Error::Stopped)));
}

#[test]
fn files_are_recognised() {
    let results = br#"{"id":"b","custom_id":"a","response":{"status_code":200,"body":{"x":1}},"error":null}"#;
    for (name, bytes, kind) in [
        ("a.jsonl", line("a", "m").into_bytes(), Kind::Requests),
        ("a.txt", line("a", "m").into_bytes(), Kind::Requests),
        ("a.jsonl", results.to_vec(), Kind::Results),
        ("a.csv", b"id,text\n1,a\n".to_vec(), Kind::Spreadsheet),
        ("a.xlsx", b"PK\x03\x04".to_vec(), Kind::Spreadsheet),
        ("a.txt", "むかしむかし".as_bytes().to_vec(), Kind::Other),
        ("a.jsonl", b"".to_vec(), Kind::Empty),
        ("a.jsonl", utf16(&line("a", "m"), true), Kind::Requests),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(recognise(&path).unwrap(), kind, "{name}");
    }
    assert!(matches!(
        recognise(&PathBuf::from("/nowhere/x.jsonl")),
        Err(Error::Disk(_))
    ));
    assert!(
        recognise(tempfile::tempdir().unwrap().path()).is_err(),
        "a folder"
    );
}
