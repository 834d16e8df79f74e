//! Lines with something wrong: each is told by its code, in its place, with a way out, and never sent.

use tabane_model::{Arg, Fix, Severity};

use super::{CHAT, Sample, good, groups, leave_out, rules, with_body};

/// The line, the codes it is told with, and what is marked for the first of them ("": nothing).
fn lines() -> Vec<(Vec<u8>, &'static [&'static str], &'static str)> {
    let chat = |body: &str| with_body("x", body);
    let fields = |id: &str, method: &str, url: &str| {
        format!(r#"{{"custom_id":{id},"method":{method},"url":{url},"body":{CHAT}}}"#)
    };
    let url = "\"/v1/chat/completions\"";
    let deep = format!(
        r#"{{"model":"m","messages":[{}1{}]}}"#,
        "[".repeat(120),
        "]".repeat(120)
    );
    let to =
        |url: &str, body: &str| format!(r#"{{"custom_id":"x","method":"POST","url":"{url}","body":{body}}}"#);
    let mut lines: Vec<(Vec<u8>, &[&str], &str)> = vec![
        // Not readable.
        (b"\xff".to_vec(), &["invalid-utf8-line"], "\u{FFFD}"),
        (
            b"{\"custom_id\":\"caf\xe9\"}".to_vec(),
            &["invalid-utf8-line"],
            "\u{FFFD}",
        ),
        (
            b"{\"custom_id\":\"\xe3\x81".to_vec(),
            &["invalid-utf8-line"],
            "\u{FFFD}",
        ),
        (
            b"{\"custom_id\":\"\xed\xa0\x80\"}".to_vec(),
            &["invalid-utf8-line"],
            "\u{FFFD}",
        ),
        (b"\0\0\0".to_vec(), &["not-json"], " "),
    ];
    let mut add = |line: String, codes: &'static [&'static str], marked: &'static str| {
        lines.push((line.into_bytes(), codes, marked));
    };
    add("hello".into(), &["not-json"], "h");
    add("// comment".into(), &["not-json"], "/");
    add("NaN".into(), &["not-json"], "N");
    add("'a'".into(), &["not-json"], "'");
    add(good("x") + ",", &["not-json"], ",");
    add(good("x") + &good("y"), &["not-json"], "{");
    add(good("x") + "\u{FEFF}", &["not-json"], "\u{FEFF}");
    add(good("x").replace('"', "'"), &["not-json"], "'");
    add(good("x").replace("\":\"", "\"=\""), &["not-json"], "=");
    add(good("x").replace("[{", "[,{"), &["not-json"], ",");
    add(good("x").replace("}]", "},]"), &["not-json"], "]");
    add(good("x").replace("hi", "h\ti"), &["not-json"], " ");
    add(good("x").replace("hi", "h\\x"), &["not-json"], "x");
    add(good("x").replace("\"hi\"", "True"), &["not-json"], "T");
    add(good("x").replace("\"hi\"", "01"), &["not-json"], "1");
    add(good("x").replace("\"hi\"", "NaN"), &["not-json"], "N");
    add(r#"{"\ud800":1}"#.into(), &["half-character"], r"\ud800");
    add(
        good("x").replace("hi", r"h\ud83d"),
        &["half-character"],
        r"\ud83d",
    );
    add(
        good("x").replace("hi", r"\uDE00i"),
        &["half-character"],
        r"\uDE00",
    );
    add(good("x").replace("hi\"}]}}", r"h\ud83d"), &["cut-off-line"], "d");
    add("{".into(), &["cut-off-line"], "{");
    add(r#"{"custom_id":"x"#.into(), &["cut-off-line"], "x");
    add(good("x").trim_end_matches('}').to_owned(), &["cut-off-line"], "]");
    add("[[[".into(), &["cut-off-line"], "[");
    add("1".into(), &["not-an-object"], "1");
    add("null".into(), &["not-an-object"], "null");
    add("\"text\"".into(), &["not-an-object"], "\"text\"");
    add(format!("[{}]", 1), &["not-an-object"], "[1]");
    add(chat(&deep), &["too-deep"], "[");
    add("[".repeat(100_000), &["too-deep"], "[");
    // Empty.
    add(String::new(), &["blank-line"], "");
    add(" \t ".into(), &["blank-line"], "");
    add("\r".into(), &["blank-line"], "");
    // The name.
    add(
        good("x").replace("\"custom_id\":\"x\",", ""),
        &["custom-id-missing"],
        "",
    );
    add(fields("null", "\"POST\"", url), &["custom-id-missing"], "");
    add(fields("true", "\"POST\"", url), &["custom-id-not-text"], "true");
    add(
        fields("[\"x\"]", "\"POST\"", url),
        &["custom-id-not-text"],
        "[\"x\"]",
    );
    add(
        fields("\"\\ud800\"", "\"POST\"", url),
        &["half-character"],
        r"\ud800",
    );
    add(fields("\"\"", "\"POST\"", url), &["custom-id-empty"], "\"\"");
    add(
        fields("\" \u{3000}\"", "\"POST\"", url),
        &["custom-id-empty"],
        "\" \u{3000}\"",
    );
    add(
        fields("\"first\"", "\"POST\"", url),
        &["custom-id-duplicate"],
        "\"first\"",
    );
    add(
        fields("\"fir\\u0073t\"", "\"POST\"", url),
        &["custom-id-duplicate"],
        "\"fir\\u0073t\"",
    );
    // Where it goes.
    add(fields("\"x\"", "\"GET\"", url), &["method-not-post"], "\"GET\"");
    add(fields("\"x\"", "\"post\"", url), &["method-not-post"], "\"post\"");
    add(fields("\"x\"", "1", url), &["method-not-post"], "1");
    add(
        good("x").replace("\"url\":\"/v1/chat/completions\",", ""),
        &["url-missing"],
        "",
    );
    add(fields("\"x\"", "\"POST\"", "null"), &["url-missing"], "");
    add(
        fields("\"x\"", "\"POST\"", "\"/v1/chat\""),
        &["url-not-supported"],
        "\"/v1/chat\"",
    );
    add(
        fields("\"x\"", "\"POST\"", "\"\""),
        &["url-not-supported"],
        "\"\"",
    );
    add(fields("\"x\"", "\"POST\"", "{}"), &["url-not-supported"], "{}");
    add(
        to("/v1/responses", r#"{"model":"m","input":"hi"}"#),
        &["url-mixed"],
        "\"/v1/responses\"",
    );
    // What is asked.
    add(
        good("x").replace(&format!(",\"body\":{CHAT}"), ""),
        &["body-missing"],
        "",
    );
    add(chat("null"), &["body-missing"], "");
    add(chat("\"hi\""), &["body-not-object"], "\"hi\"");
    add(chat("[]"), &["body-not-object"], "[]");
    add(chat(r#"{"\ud800":1}"#), &["half-character"], r"\ud800");
    add(chat("{}"), &["model-missing", "messages-missing"], "");
    add(chat(r#"{"model":7,"messages":[{}]}"#), &["model-missing"], "7");
    add(
        chat(r#"{"model":" ","messages":[{}]}"#),
        &["model-missing"],
        "\" \"",
    );
    add(
        chat(r#"{"model":"other","messages":[{}]}"#),
        &["model-mixed"],
        "\"other\"",
    );
    add(
        chat(r#"{"model":"m","messages":[{}],"stream":true}"#),
        &["stream-set"],
        "true",
    );
    add(
        chat(r#"{"model":"m","messages":[ ]}"#),
        &["messages-missing"],
        "[ ]",
    );
    add(
        chat(r#"{"model":"m","messages":"hi"}"#),
        &["messages-missing"],
        "\"hi\"",
    );
    add(
        to("/v1/embeddings", r#"{"model":"m","input":""}"#),
        &["input-missing", "url-mixed"],
        "\"\"",
    );
    add(
        to("/v1/responses", r#"{"model":"m"}"#),
        &["input-missing", "url-mixed"],
        "",
    );
    // Twice, or too much.
    add(
        good("x").replacen('{', "{\"custom_id\":\"y\",", 1),
        &["duplicate-field"],
        "",
    );
    add(
        chat(r#"{"model":"m","model":"m","messages":[{}]}"#),
        &["duplicate-field"],
        "{\"model\":\"m\",\"model\":\"m\",\"messages\":[{}]}",
    );
    add(
        r#"{"method":"POST"}"#.into(),
        &["custom-id-missing", "url-missing", "body-missing"],
        "",
    );
    lines
}

#[test]
fn each_malformed_line_is_told_and_never_sent() {
    let lines = lines();
    assert!(lines.len() >= 60, "{}", lines.len());
    for (line, codes, marked) in lines {
        let shown = String::from_utf8_lossy(&line[..line.len().min(300)]).into_owned();
        let mut file = good("first").into_bytes();
        file.extend([b"\n", line.as_slice(), b"\n", good("last").as_bytes()].concat());
        let sample = Sample::new(&file);
        let report = sample.check(&rules(), &[]);

        let found: Vec<_> = report.groups.iter().map(|group| group.code.as_str()).collect();
        assert_eq!(found, codes, "{shown}");
        assert_eq!((report.lines, report.requests), (3, 2), "{shown}");
        assert_eq!(report.errors, codes.len() as u64, "{shown}");
        assert!(!report.is_ok() && report.warnings == 0, "{shown}");
        for problem in &report.problems {
            assert_eq!((problem.line, problem.severity), (2, Severity::Error), "{shown}");
            assert!(
                problem.fix.is_some() && problem.excerpt.chars().count() <= 160,
                "{shown}"
            );
        }
        let first = &report.problems[0];
        let (from, to) = first.mark.unwrap_or_default();
        let mark: String = first
            .excerpt
            .chars()
            .skip(from as usize)
            .take((to - from) as usize)
            .collect();
        assert_eq!(mark, marked, "{shown}");

        // Whatever is offered lets the rest go, and leaving out always helps.
        let offered: Vec<_> = report
            .groups
            .iter()
            .filter_map(|group| group.fix.clone())
            .collect();
        assert!(
            sample.check(&rules(), &offered).is_ok(),
            "{shown} with {offered:?}"
        );
        if codes != ["blank-line"] {
            let fixed = sample.check(&rules(), &[leave_out(codes[0])]);
            assert_eq!(groups(&fixed), [(codes[0], vec![2], true)], "{shown}");
            assert!(
                fixed.is_ok() && fixed.requests == 2 && fixed.problems.is_empty(),
                "{shown}"
            );
        }
    }
}

#[test]
fn the_same_lines_in_one_file_are_told_one_by_one() {
    let mut file = good("first").into_bytes();
    let lines = lines();
    for (line, ..) in &lines {
        file.extend_from_slice(b"\n");
        file.extend_from_slice(line);
    }
    let report = Sample::new(&file).check(&rules(), &[]);
    assert_eq!(report.lines, lines.len() as u64 + 1);
    for (index, (line, codes, _)) in lines.iter().enumerate() {
        let number = u32::try_from(index).unwrap() + 2;
        let shown = String::from_utf8_lossy(&line[..line.len().min(300)]);
        for code in *codes {
            assert!(
                report
                    .problems
                    .iter()
                    .any(|found| found.line == number && found.code == *code),
                "{shown}"
            );
        }
    }
}

#[test]
fn sentences_get_what_they_name() {
    let odd = good("b")
        .replace("POST", &"G".repeat(500))
        .replace("/v1/chat", "/v9/chat");
    let file = [
        good("a"),
        good("a"),
        odd,
        with_body("c", r#"{"model":"n","messages":[{}]}"#),
    ]
    .join("\n");
    let report = Sample::new(file).check(&rules(), &[]);
    let arg = |code: &str, name: &str| {
        report
            .problems
            .iter()
            .find(|problem| problem.code == code)
            .and_then(|problem| problem.args.get(name).cloned())
    };
    assert_eq!(arg("custom-id-duplicate", "first_line"), Some(Arg::Number(1.0)));
    assert_eq!(
        arg("url-not-supported", "url"),
        Some("/v9/chat/completions".into())
    );
    assert_eq!(
        arg("method-not-post", "method"),
        Some(Arg::Text("G".repeat(80) + "…"))
    );
    assert_eq!(arg("model-mixed", "model"), Some("n".into()));
    assert_eq!(arg("model-mixed", "first_model"), Some("m".into()));
    assert_eq!(
        report
            .groups
            .iter()
            .find(|group| group.code == "model-mixed")
            .unwrap()
            .fix,
        Some(Fix::OneJobPerModel)
    );
}

#[test]
fn right_lines_are_right() {
    let to =
        |url: &str, body: &str| format!(r#"{{"custom_id":"x","method":"POST","url":"{url}","body":{body}}}"#);
    for line in [
        good("x"),
        good("名前 😀"),
        good("x").replace("{\"model", "  {\n\"model").replace('\n', "\r"),
        good("x").replace("\"POST\"", "\"\\u0050OST\""),
        good("x").replace("hi", "a\u{2028}b\u{85}c{[{["),
        with_body(
            "x",
            r#"{"stream":false,"messages":[{"role":"user"}],"model":"m"}"#,
        ),
        with_body(
            "x",
            r#"{"stream":null,"messages":[1],"model":"m","tools":[{"model":1,"stream":true}]}"#,
        ),
        to("/v1/responses", r#"{"model":"m","prompt":{"id":"p"}}"#),
        to("/v1/responses", r#"{"model":"m","input":[{}]}"#),
        to("/v1/embeddings", r#"{"model":"m","input":["a"]}"#),
    ] {
        let report = Sample::new(&line).check(&rules(), &[]);
        assert!(
            report.is_ok() && report.groups.is_empty(),
            "{line} {:?}",
            report.groups
        );
    }
}

#[test]
fn an_unknown_field_is_a_warning_and_the_line_is_sent() {
    let report = Sample::new(good("x").replacen('{', "{\"note\":[1],", 1)).check(&rules(), &[]);
    assert_eq!((report.errors, report.warnings, report.requests), (0, 1, 1));
    assert_eq!(report.problems[0].fix, None);
    assert_eq!(report.problems[0].args["field"], "note".into());
}

#[test]
fn a_number_for_a_name_is_told_and_sent_as_its_text() {
    for number in ["17", "0", "-3", "1.50", "1e3", "12345678901234567890123"] {
        let sample = Sample::new(good("x").replace("\"x\"", number));
        let report = sample.check(&rules(), &[]);
        assert_eq!(
            groups(&report),
            [("custom-id-number", vec![1], false)],
            "{number}"
        );
        assert_eq!((report.errors, report.warnings, report.requests), (0, 1, 1));
        let told = &report.problems[0];
        assert_eq!((told.args["id"].clone(), told.fix.clone()), (number.into(), None));
        let mark = told.mark.unwrap();
        assert_eq!(mark.1 - mark.0, u32::try_from(number.len()).unwrap());
        assert_eq!(sample.requests(&rules(), &[])[0].custom_id, number);
    }
}

#[test]
fn a_missing_method_is_told_and_the_line_is_sent() {
    for line in [
        good("x").replace("\"method\":\"POST\",", ""),
        good("x").replace("\"POST\"", "null"),
    ] {
        let report = Sample::new(&line).check(&rules(), &[]);
        assert_eq!(groups(&report), [("method-missing", vec![1], false)], "{line}");
        assert_eq!((report.errors, report.warnings, report.requests), (0, 1, 1));
        assert_eq!(report.problems[0].fix, None);
    }
}
