//! Files in a service's own shape, beside OpenAI's and instead of it.

use tabane_messages::Language;
use tabane_model::{Fix, NativeLine, Rules, Severity};

use super::{Sample, good, groups, leave_out, rules};
use crate::wire_line_len;

const CLAUDE: NativeLine = NativeLine {
    ids: &["custom_id"],
    body: "params",
    url: "/v1/messages",
    nameless: false,
    model_in_body: true,
};

const GEMINI: NativeLine = NativeLine {
    ids: &["key", "custom_id", "id"],
    body: "request",
    url: "/v1beta/generateContent",
    nameless: false,
    model_in_body: false,
};

const VERTEX: NativeLine = NativeLine {
    ids: &["custom_id", "key", "id"],
    body: "request",
    url: "/v1/generateContent",
    nameless: true,
    model_in_body: false,
};

const BARE: NativeLine = NativeLine {
    ids: &["custom_id"],
    body: "body",
    url: "/v1/chat/completions",
    nameless: false,
    model_in_body: true,
};

fn to(native: NativeLine) -> Rules {
    Rules {
        native: Some(native),
        one_endpoint: native.is_bare(),
        ..rules()
    }
}

const MESSAGES: &str =
    r#"{ "model":"m", "max_tokens":9,  "messages":[{"role":"user","content":"é\u00e9"}] }"#;
const CONTENTS: &str = r#"{ "contents":[{"role":"user","parts":[{"text":"é\u00e9"}]}],  "x":1.0e0 }"#;

fn claude(id: &str) -> String {
    format!(r#"{{"custom_id":"{id}","params":{MESSAGES}}}"#)
}

fn google(id: &str) -> String {
    format!(r#"{{{id}"request":{CONTENTS}}}"#)
}

fn bare(id: &str) -> String {
    format!(r#"{{"custom_id":"{id}","body":{MESSAGES}}}"#)
}

/// The service, whether a model is given, the line, the codes it is told with, and whether it is sent.
fn lines() -> Vec<(NativeLine, bool, String, &'static [&'static str], bool)> {
    vec![
        // As the services have it.
        (CLAUDE, false, claude("a"), &[], true),
        (GEMINI, true, google(r#""key":"a","#), &[], true),
        (VERTEX, true, google(r#""custom_id":"a","#), &[], true),
        (VERTEX, true, google(r#""key":"a","#), &[], true),
        (VERTEX, true, google(r#""id":"a","#), &[], true),
        (BARE, false, bare("a"), &["url-assumed"], true),
        // As OpenAI has it.
        (CLAUDE, false, good("a"), &[], true),
        (GEMINI, false, good("a"), &[], true),
        (VERTEX, false, good("a"), &[], true),
        (BARE, false, good("a"), &[], true),
        // OpenAI's with the service's own kind of request.
        (
            CLAUDE,
            false,
            good("a").replace("/v1/chat/completions", "/v1/messages"),
            &[],
            true,
        ),
        // One service of Google for the other.
        (GEMINI, true, google(r#""custom_id":"a","#), &[], true),
        (GEMINI, true, google(r#""id":"a","#), &[], true),
        // Names.
        (GEMINI, true, google(r#""key":7,"#), &["custom-id-number"], true),
        (GEMINI, true, google(""), &["custom-id-missing"], false),
        (
            GEMINI,
            true,
            google(r#""key":null,"#),
            &["custom-id-missing"],
            false,
        ),
        (GEMINI, true, google(r#""key":"","#), &["custom-id-empty"], false),
        (VERTEX, true, google(""), &["named-by-line"], true),
        (
            VERTEX,
            true,
            google(r#""key":[],"#),
            &["custom-id-not-text"],
            false,
        ),
        (
            CLAUDE,
            false,
            claude("a").replace("custom_id", "key"),
            &["custom-id-missing", "unknown-field"],
            false,
        ),
        // The model.
        (GEMINI, false, google(r#""key":"a","#), &["model-missing"], false),
        (
            VERTEX,
            false,
            google("").replace("{ \"con", "{\"model\":\"m\",\"con"),
            &["named-by-line", "model-missing"],
            false,
        ),
        (
            CLAUDE,
            false,
            claude("a").replace("\"m\"", "null"),
            &["model-missing"],
            false,
        ),
        (CLAUDE, true, claude("a").replace("\"m\"", "null"), &[], true),
        (
            BARE,
            false,
            bare("a").replace("\"m\"", "\"\""),
            &["url-assumed", "model-missing"],
            false,
        ),
        (
            BARE,
            true,
            bare("a").replace("\"m\"", "\"\""),
            &["url-assumed"],
            true,
        ),
        // What is asked.
        (
            CLAUDE,
            false,
            r#"{"custom_id":"a"}"#.into(),
            &["body-missing"],
            false,
        ),
        (
            CLAUDE,
            false,
            r#"{"custom_id":"a","params":[]}"#.into(),
            &["body-not-object"],
            false,
        ),
        (
            CLAUDE,
            false,
            claude("a").replace("messages", "prompts"),
            &["messages-missing"],
            false,
        ),
        (
            CLAUDE,
            false,
            claude("a").replace("\"max", "\"stream\":true,\"max"),
            &["stream-set"],
            false,
        ),
        (
            GEMINI,
            true,
            google(r#""key":"a","#).replace("contents", "content"),
            &["contents-missing"],
            false,
        ),
        (
            BARE,
            false,
            bare("a").replace("messages", "input"),
            &["url-assumed", "messages-missing"],
            false,
        ),
        // Fields of other shapes, or of none.
        (
            VERTEX,
            true,
            google(r#""id":1,"wave":2,"#),
            &["custom-id-number", "unknown-field"],
            true,
        ),
        (
            GEMINI,
            true,
            google(r#""key":"a","id":1,"#),
            &["unknown-field"],
            true,
        ),
        (
            CLAUDE,
            false,
            claude("a").replace("{\"cus", "{\"url\":\"/v1/messages\",\"cus"),
            &["unknown-field"],
            true,
        ),
        (
            GEMINI,
            true,
            google(r#""key":"a","key":"b","#),
            &["duplicate-field"],
            false,
        ),
        (
            CLAUDE,
            false,
            claude("a").replace("{\"cus", "{\"params\":{},\"cus"),
            &["duplicate-field"],
            false,
        ),
        (
            BARE,
            false,
            bare("a").replace("{\"cus", "{\"method\":\"GET\",\"cus"),
            &["method-not-post", "url-assumed"],
            false,
        ),
        // The wrong service.
        (
            CLAUDE,
            false,
            google(r#""key":"a","#),
            &["shape-of-google"],
            false,
        ),
        (GEMINI, true, claude("a"), &["shape-of-claude"], false),
        (BARE, false, claude("a"), &["shape-of-claude"], false),
        (
            CLAUDE,
            false,
            bare("a"),
            &["method-missing", "url-missing"],
            false,
        ),
        (GEMINI, true, bare("a"), &["method-missing", "url-missing"], false),
    ]
}

#[test]
fn each_line_is_told_and_sent_as_it_should_be() {
    for (native, model_given, line, codes, sent) in lines() {
        let mut rules = to(native);
        if model_given {
            rules = rules.for_given_model();
        }
        let sample = Sample::new(&line);
        let report = sample.check(&rules, &[]);
        let found: Vec<_> = report.groups.iter().map(|group| group.code.as_str()).collect();
        assert_eq!(found, codes, "{line}");
        assert_eq!(
            (report.requests, report.is_ok()),
            (u64::from(sent), sent),
            "{line}"
        );
        for problem in &report.problems {
            for language in Language::ALL {
                let said = tabane_messages::problem(language, problem);
                assert!(!said.contains(&problem.code) && !said.contains("{$"), "{said}");
            }
        }
        // Whatever is offered lets the file go.
        let offered: Vec<_> = report
            .groups
            .iter()
            .filter_map(|group| group.fix.clone())
            .collect();
        assert!(sample.check(&rules, &offered).errors == 0, "{line}");
    }
}

#[test]
fn for_openai_a_line_in_another_shape_is_told_in_one_sentence() {
    for (line, codes) in [
        (claude("a"), &["shape-of-claude"][..]),
        (google(r#""key":"a","#), &["shape-of-google"]),
        (google(""), &["shape-of-google"]),
        (bare("a"), &["method-missing", "url-missing"]),
        // Half OpenAI's: something is missing.
        (
            good("a").replace("\"body\"", "\"params\""),
            &["body-missing", "unknown-field"],
        ),
        (
            r#"{"custom_id":"a","request":"GET /"}"#.into(),
            &["method-missing", "url-missing", "body-missing", "unknown-field"],
        ),
    ] {
        let sample = Sample::new([line.clone(), good("b")].join("\n"));
        let report = sample.check(&rules(), &[]);
        let found: Vec<_> = report.groups.iter().map(|group| group.code.as_str()).collect();
        assert_eq!(found, codes, "{line}");
        let last = report.groups.last().unwrap();
        assert!(report.requests == 1 && !report.is_ok());
        if codes.len() == 1 {
            assert_eq!(
                (last.severity, &last.fix),
                (Severity::Error, &Some(leave_out(codes[0])))
            );
            assert!(sample.check(&rules(), &[leave_out(codes[0])]).is_ok());
        }
    }
}

#[test]
fn bodies_go_out_byte_for_byte_with_the_url_that_stands_for_them() {
    for (native, line, body) in [
        (CLAUDE, claude("a"), MESSAGES),
        (GEMINI, google(r#""key":"a","#), CONTENTS),
        (VERTEX, google(r#""id":"a","#), CONTENTS),
        (BARE, bare("a"), MESSAGES),
    ] {
        let rules = to(native).for_given_model();
        let sample = Sample::new(line + "\r\n");
        let sent = &sample.requests(&rules, &[])[0];
        assert_eq!((sent.custom_id.as_str(), sent.body.as_str()), ("a", body));
        assert_eq!(sent.url, native.url);
        let model = native.model_in_body.then_some("m");
        assert_eq!(sent.model.as_deref(), model);
        let report = sample.check(&rules, &[]);
        assert_eq!(report.wire_bytes, wire_line_len(native.url, body));
        assert_eq!(report.endpoints, [(native.url.to_owned(), 1)]);
    }
}

#[test]
fn both_shapes_may_stand_in_one_file_and_share_a_part() {
    for (native, own) in [
        (CLAUDE, claude("b")),
        (GEMINI, google(r#""key":"b","#)),
        (VERTEX, google(r#""key":"b","#)),
        (BARE, bare("b")),
    ] {
        let rules = to(native).for_given_model();
        let report = Sample::new([good("a"), own, good("c")].join("\n")).check(&rules, &[]);
        assert!(report.is_ok(), "{report:?}");
        assert_eq!((report.requests, report.parts), (3, 1));
    }
}

#[test]
fn a_name_is_the_same_in_whatever_field_it_stands() {
    let file = [google(r#""key":"a","#), google(r#""id":"a","#), good("a")].join("\n");
    let sample = Sample::new(file);
    let rules = to(GEMINI).for_given_model();
    let report = sample.check(&rules, &[]);
    assert_eq!(groups(&report), [("custom-id-duplicate", vec![2, 3], false)]);
    let fields: Vec<_> = report
        .problems
        .iter()
        .map(|problem| problem.args["field"].clone())
        .collect();
    assert_eq!(fields, ["id".into(), "custom_id".into()]);
    assert!(sample.check(&rules, &[Fix::RenameDuplicates]).is_ok());
}

#[test]
fn lines_that_need_no_name_go_by_their_number_beside_those_that_have_one() {
    let file = [google(""), google(r#""id":"line-1","#), google(""), good("b")].join("\n");
    let sample = Sample::new(file);
    let rules = to(VERTEX).for_given_model();
    let report = sample.check(&rules, &[]);
    assert_eq!(groups(&report), [("named-by-line", vec![1, 3], false)]);
    assert_eq!((report.errors, report.warnings, report.requests), (0, 2, 4));
    let names: Vec<_> = sample
        .requests(&rules, &[])
        .into_iter()
        .map(|request| request.custom_id)
        .collect();
    assert_eq!(names, ["line-1-2", "line-1", "line-3", "b"]);
}

#[test]
fn sentences_name_the_fields_of_the_shape() {
    let told = |native: NativeLine, line: &str| {
        let report = Sample::new(line).check(&to(native).for_given_model(), &[]);
        report.problems[0].clone()
    };
    assert_eq!(told(GEMINI, &google("")).args["field"], "key".into());
    assert_eq!(
        told(CLAUDE, r#"{"custom_id":"a"}"#).args["field"],
        "params".into()
    );
    let stray = told(GEMINI, &google(r#""key":"a", "id" : 1,"#));
    let (from, to) = stray.mark.unwrap();
    assert_eq!((stray.args["field"].clone(), to - from), ("id".into(), 2));
    assert_eq!(told(BARE, &bare("a")).args["url"], BARE.url.into());
}
