use tabane_model::Failure;

use super::*;
use crate::{Asked, Options, Written, write_line};

fn write<'a>(url: &'a str, body: &'a str, options: &Options) -> Result<Written<'a>, Failure> {
    let asked = Asked {
        wire_id: "n-1",
        url,
        body,
        model: None,
    };
    write_line(claude(), &asked, options)
}

/// The parameters of a chat request, and the codes of what was changed.
fn chat(more: &str) -> (Value, Vec<String>) {
    let body =
        format!(r#"{{"model":"claude-haiku-5-5","messages":[{{"role":"user","content":"x"}}]{more}}}"#);
    let written = write("/v1/chat/completions", &body, &Options::default()).unwrap();
    assert_eq!(written.endpoint, "/v1/messages");
    let line: Value = serde_json::from_slice(&written.line).unwrap();
    let sampling = ["temperature", "top_p"]
        .iter()
        .any(|name| line["params"].get(name).is_some());
    assert_eq!(written.sampling, sampling, "{more}");
    let change = |change: &tabane_model::Adaptation| match change.args.get("parameter") {
        Some(tabane_model::Arg::Text(parameter)) => format!("{} {parameter}", change.code),
        _ => change.code.clone(),
    };
    (
        line["params"].clone(),
        written.changes.iter().map(change).collect(),
    )
}

#[test]
fn its_own_shape_goes_out_byte_for_byte() {
    let body = r#"{ "model":"claude-haiku-5-5", "max_tokens":1.0e2, "messages":[] }"#;
    let written = write("/v1/messages", body, &Options::default()).unwrap();
    let expected = format!("{{\"custom_id\":\"n-1\",\"params\":{body}}}\n");
    assert_eq!(String::from_utf8(written.line).unwrap(), expected);
    assert!(written.changes.is_empty() && !written.sampling);
    let other = Asked {
        wire_id: "n-1",
        url: "/v1/messages",
        body: r#"{"top_k":1,"model":"a"}"#,
        model: Some("b"),
    };
    let written = write_line(claude(), &other, &Options::default()).unwrap();
    assert_eq!(
        written.line,
        b"{\"custom_id\":\"n-1\",\"params\":{\"top_k\":1,\"model\":\"b\"}}\n"
    );
    assert!(written.sampling);
    assert_eq!(claude().api_version(true), Some("2023-06-01"));
    assert_eq!(claude().api_version(false), Some("2026-10-21"));
}

#[test]
fn a_chat_is_translated_whole() {
    let body = r#"{"model":"claude-sonnet-4-6","temperature":0.70,"max_completion_tokens":50,"stop":["END"],"reasoning_effort":"low",
        "messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"What?"},
        {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},{"type":"image_url","image_url":{"url":"https://x/y.png"}}]},
        {"role":"assistant","content":"A cat."},{"role":"assistant","content":null},{"role":"user","content":"Sure?"}],
        "response_format":{"type":"json_schema","json_schema":{"name":"row","strict":true,
        "schema":{"type":"object","properties":{"z":{"type":"string"},"a":{"type":"string"}},"additionalProperties":false}}}}"#;
    let written = write("/v1/chat/completions", body, &Options::default()).unwrap();
    let expected = concat!(
        r#"{"custom_id":"n-1","params":{"model":"claude-sonnet-4-6","max_tokens":50,"system":"Be brief.","messages":["#,
        r#"{"role":"user","content":[{"type":"text","text":"What?"},"#,
        r#"{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},"#,
        r#"{"type":"image","source":{"type":"url","url":"https://x/y.png"}}]},"#,
        r#"{"role":"assistant","content":"A cat."},{"role":"user","content":"Sure?"}],"#,
        r#""temperature":0.7,"stop_sequences":["END"],"output_config":{"effort":"low","format":{"type":"json_schema","#,
        r#""schema":{"type":"object","properties":{"z":{"type":"string"},"a":{"type":"string"}},"additionalProperties":false}}}}}"#,
        "\n"
    );
    assert_eq!(String::from_utf8(written.line).unwrap(), expected);
    assert!(written.changes.is_empty() && written.sampling);
}

#[test]
fn a_cached_prompt_is_marked_for_an_hour() {
    let body = r#"{"model":"m","max_tokens":5,"messages":[{"role":"system","content":"long"},{"role":"user","content":"x"}]}"#;
    let options = Options {
        cache_prompt: true,
        ..Options::default()
    };
    let line: Value =
        serde_json::from_slice(&write("/v1/chat/completions", body, &options).unwrap().line).unwrap();
    let expected =
        json!([{"type": "text", "text": "long", "cache_control": {"type": "ephemeral", "ttl": "1h"}}]);
    assert_eq!(line["params"]["system"], expected);
}

#[test]
fn the_length_is_the_requests_the_jobs_or_ours() {
    let body = r#"{"model":"m","messages":[{"role":"user","content":"x"}]}"#;
    for (most, length) in [(Some(77), 77_u32), (None, 4_096)] {
        let options = Options {
            max_tokens: most,
            ..Options::default()
        };
        let written = write("/v1/chat/completions", body, &options).unwrap();
        let line: Value = serde_json::from_slice(&written.line).unwrap();
        assert_eq!(line["params"]["max_tokens"], length);
        assert_eq!(written.changes[0].code, "length-added");
        assert_eq!(written.changes[0].args["length"], tabane_model::Arg::from(length));
    }
    assert_eq!(chat(r#","max_tokens":9"#).0["max_tokens"], 9);
}

#[test]
fn what_does_not_fit_is_changed_and_said() {
    for (more, place, value, changes) in [
        (
            r#","temperature":1.5"#,
            "/temperature",
            json!(1),
            vec!["clamped temperature"],
        ),
        (
            r#","temperature":-1"#,
            "/temperature",
            json!(0),
            vec!["clamped temperature"],
        ),
        (r#","temperature":1"#, "/temperature", json!(1), vec![]),
        (r#","top_p":0.5"#, "/top_p", json!(0.5), vec![]),
        (
            r#","temperature":0,"top_p":0.5"#,
            "/top_p",
            Value::Null,
            vec!["left-out-beside-temperature top_p"],
        ),
        (
            r#","temperature":0.5,"top_p":0.5,"model":"claude-opus-5-5""#,
            "/temperature",
            Value::Null,
            vec!["left-out temperature", "left-out top_p"],
        ),
        (
            r#","seed":1,"presence_penalty":0.5,"user":"u""#,
            "/seed",
            Value::Null,
            vec!["left-out seed", "left-out presence_penalty", "left-out user"],
        ),
        (
            r#","response_format":{"type":"json_object"}"#,
            "/output_config",
            Value::Null,
            vec!["left-out response_format"],
        ),
        (
            r#","stop":["\n"," a "]"#,
            "/stop_sequences",
            json!([" a "]),
            vec!["left-out stop"],
        ),
        (
            r#","reasoning_effort":"max""#,
            "/output_config/effort",
            json!("max"),
            vec![],
        ),
        (
            r#","reasoning_effort":"none""#,
            "/output_config",
            Value::Null,
            vec!["effort-unknown reasoning_effort"],
        ),
        (
            r#","reasoning_effort":"low","model":"claude-haiku-4-5""#,
            "/output_config",
            Value::Null,
            vec!["left-out reasoning_effort"],
        ),
        (
            r#","response_format":{"type":"json_schema","json_schema":{"schema":{"type":"object","properties":{"n":{"type":"integer","minimum":1}}}}}"#,
            "/output_config/format/schema/properties/n/description",
            json!("{minimum: 1}"),
            vec!["schema-limits-in-words", "schema-closed"],
        ),
    ] {
        let (params, found) = chat(&format!(r#","max_tokens":9{more}"#));
        assert_eq!(
            params.pointer(place).cloned().unwrap_or_default(),
            value,
            "{more}"
        );
        assert_eq!(found, changes, "{more}");
    }
}

#[test]
fn what_has_no_counterpart_is_named() {
    for (url, body, what) in [
        ("/v1/messages", "[]", "body"),
        (
            "/v1/chat/completions",
            r#"{"messages":[{"role":"system","content":"x"}]}"#,
            "messages",
        ),
        (
            "/v1/chat/completions",
            r#"{"messages":[{"role":"user","content":""}]}"#,
            "messages",
        ),
        ("/v1/chat/completions", r#"{"tools":[{}]}"#, "tools"),
        (
            "/v1/chat/completions",
            r#"{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://x/y"}}]}]}"#,
            "image_url",
        ),
        (
            "/v1/chat/completions",
            r#"{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png,AA"}}]}]}"#,
            "image_url",
        ),
    ] {
        let failure = write(url, body, &Options::default()).unwrap_err();
        assert_eq!(failure.code, "request-not-translatable", "{body}");
        assert_eq!(failure.args["what"], what.into(), "{body}");
    }
}

#[test]
fn no_line_end_stands_inside_a_line() {
    let body = "{\"model\":\"m\",\n\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"a\u{2028}b\\nc\"}],\
        \"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\n\"type\": \"string\"\n}}}}";
    for url in ["/v1/messages", "/v1/chat/completions"] {
        let line = write(url, body, &Options::default()).unwrap().line;
        let text = String::from_utf8(line).unwrap();
        assert_eq!(
            text.find(['\n', '\r', '\u{2028}']),
            Some(text.len() - 1),
            "{text}"
        );
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["params"]["messages"][0]["content"], "a\u{2028}b\nc");
    }
}
