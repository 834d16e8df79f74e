use super::*;

/// The outcome of a good row with this body.
fn read(body: &str) -> Outcome {
    let line = format!(r#"{{"custom_id":"r","response":{{"status_code":200,"body":{body}}},"error":null}}"#);
    crate::read_result_line(&line)
}

fn said(outcome: &Outcome) -> (Status, Option<&str>, Option<&str>) {
    (
        outcome.status,
        outcome.answer.as_deref(),
        outcome.finish_reason.as_deref(),
    )
}

#[test]
fn a_chat_answer_with_its_tokens() {
    let outcome = read(
        r#"{"model":"m","choices":[{"message":{"content":"はい","refusal":null},"finish_reason":"stop"}],
        "usage":{"prompt_tokens":3,"completion_tokens":2.0,"prompt_tokens_details":null,
        "completion_tokens_details":{"reasoning_tokens":1}}}"#,
    );
    assert_eq!(said(&outcome), (Status::Succeeded, Some("はい"), Some("stop")));
    assert_eq!(
        (outcome.wire_id.as_deref(), outcome.model.as_deref()),
        (Some("r"), Some("m"))
    );
    let tokens = (
        outcome.input_tokens,
        outcome.cached_tokens,
        outcome.output_tokens,
        outcome.reasoning_tokens,
    );
    assert_eq!(tokens, (Some(3), None, Some(2), Some(1)));
}

#[test]
fn chat_answers_of_every_kind() {
    for (choice, answer, finish) in [
        // Reasoning ate the whole budget: billed, and of no use.
        (
            r#"{"message":{"content":""},"finish_reason":"length"}"#,
            Some(""),
            Some("length"),
        ),
        (
            r#"{"message":{"content":null,"refusal":"I can't"},"finish_reason":"stop"}"#,
            Some("I can't"),
            Some("refusal"),
        ),
        (
            r#"{"message":{"content":"","refusal":"I can't"},"finish_reason":"stop"}"#,
            Some("I can't"),
            Some("refusal"),
        ),
        (
            r#"{"message":{"content":null},"finish_reason":"content_filter"}"#,
            None,
            Some("content_filter"),
        ),
        (
            r#"{"message":{"content":"x","tool_calls":[]},"finish_reason":"stop"}"#,
            Some("x"),
            Some("stop"),
        ),
        (r#"{"message":{"content":null,"tool_calls":[]}}"#, None, None),
        (
            r#"{"message":{"content":"","tool_calls":[{"id":1}]},"finish_reason":"tool_calls"}"#,
            Some(r#"[{"id":1}]"#),
            Some("tool_calls"),
        ),
        (
            r#"{"message":{"content":[{"type":"text","text":"a"},{"type":"image"},{"type":"text","text":"b"}]}}"#,
            Some("ab"),
            None,
        ),
        (
            r#"{"text":"older","finish_reason":"stop"}"#,
            Some("older"),
            Some("stop"),
        ),
    ] {
        let outcome = read(&format!(r#"{{"choices":[{choice}]}}"#));
        assert_eq!(said(&outcome), (Status::Succeeded, answer, finish), "{choice}");
    }
}

#[test]
fn a_responses_answer_is_its_final_phase() {
    let outcome = read(
        r#"{"object":"response","status":"completed","error":null,"output":[{"type":"reasoning","summary":[]},
        {"type":"message","phase":"commentary","content":[{"type":"output_text","text":"hm"}]},
        {"type":"message","phase":"final_answer","content":[{"type":"output_text","text":"Bon"},
        {"type":"output_text","text":"jour"}]}],
        "usage":{"input_tokens":2,"output_tokens":73,"output_tokens_details":{"reasoning_tokens":64}}}"#,
    );
    assert_eq!(said(&outcome), (Status::Succeeded, Some("Bonjour"), Some("stop")));
    assert_eq!(
        (outcome.output_tokens, outcome.reasoning_tokens),
        (Some(73), Some(64))
    );
}

#[test]
fn responses_answers_of_every_kind() {
    const TEXT: &str = r#"{"type":"message","content":[{"type":"output_text","text":"x"}]}"#;
    const NO: &str = r#"{"type":"message","content":[{"type":"refusal","refusal":"I can't"}]}"#;
    const CALL: &str = r#"{"name":"f","type":"function_call"}"#;
    const COMMENT: &str =
        r#"{"type":"message","phase":"commentary","content":[{"type":"output_text","text":"hm"}]}"#;
    for (head, output, status, answer, finish) in [
        (
            r#""status":"completed""#,
            TEXT,
            Status::Succeeded,
            Some("x"),
            Some("stop"),
        ),
        (
            r#""status":"completed""#,
            COMMENT,
            Status::Succeeded,
            Some("hm"),
            Some("stop"),
        ),
        (
            r#""status":"completed""#,
            NO,
            Status::Succeeded,
            Some("I can't"),
            Some("refusal"),
        ),
        (
            r#""status":"completed""#,
            CALL,
            Status::Succeeded,
            Some(r#"[{"name":"f","type":"function_call"}]"#),
            Some("stop"),
        ),
        (
            r#""status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}"#,
            "",
            Status::Succeeded,
            Some(""),
            Some("length"),
        ),
        (
            r#""status":"incomplete","incomplete_details":{"reason":"content_filter"}"#,
            TEXT,
            Status::Succeeded,
            Some("x"),
            Some("content_filter"),
        ),
        (
            r#""status":"incomplete""#,
            TEXT,
            Status::Succeeded,
            Some("x"),
            Some("incomplete"),
        ),
        (
            r#""status":"queued""#,
            "",
            Status::Succeeded,
            Some(""),
            Some("queued"),
        ),
        (r#""status":"failed""#, "", Status::Failed, None, Some("failed")),
    ] {
        let outcome = read(&format!(r#"{{{head},"output":[{output}]}}"#));
        assert_eq!(said(&outcome), (status, answer, finish), "{head} {output}");
    }
}

#[test]
fn a_response_that_failed_says_why_and_what_it_cost() {
    let outcome = read(
        r#"{"status":"failed","model":"m","error":{"code":"server_error","message":"why"},"output":[],"usage":{"input_tokens":4}}"#,
    );
    assert_eq!(
        (outcome.status, outcome.error_code.as_deref()),
        (Status::Failed, Some("server_error"))
    );
    assert_eq!(
        (outcome.input_tokens, outcome.model.as_deref()),
        (Some(4), Some("m"))
    );
}

#[test]
fn embeddings_keep_every_digit() {
    let one = read(
        r#"{"data":[{"embedding":[ 0.10, -1e-05,
        0.12345678901234567890 ]}],"usage":{"prompt_tokens":8}}"#,
    );
    assert_eq!(
        said(&one),
        (
            Status::Succeeded,
            Some("[0.10,-1e-05,0.12345678901234567890]"),
            Some("stop")
        )
    );
    assert_eq!((one.input_tokens, one.output_tokens), (Some(8), Some(0)));
    let two = read(r#"{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[2]}]}"#);
    assert_eq!(two.answer.as_deref(), Some("[[1],[2]]"));
    let base64 = read(r#"{"data":[{"embedding":"AAAA"}]}"#);
    assert_eq!(base64.answer.as_deref(), Some("AAAA"));
    let in_a_string = read(r#""{\"data\":[{\"embedding\":[0.5]}]}""#);
    assert_eq!(in_a_string.answer.as_deref(), Some("[0.5]"));
}

#[test]
fn what_is_not_known_is_kept_whole() {
    for body in [
        r#"{"results":[1]}"#,
        r#"{"data":[{"url":"u"}]}"#,
        r#"{"data":[]}"#,
    ] {
        assert_eq!(read(body).answer.as_deref(), Some(body));
    }
}

#[test]
fn a_message_of_anthropics_shape() {
    let message = |content: &str, stop: &str| {
        read(&format!(
            r#"{{"type":"message","role":"assistant","model":"m","content":[{content}],"stop_reason":"{stop}",
            "usage":{{"input_tokens":3,"cache_read_input_tokens":4,"cache_creation_input_tokens":5,"output_tokens":2}}}}"#
        ))
    };
    let outcome = message(
        r#"{"type":"thinking","thinking":"hm"},{"type":"text","text":"a"},{"type":"text","text":"b"}"#,
        "end_turn",
    );
    assert_eq!(said(&outcome), (Status::Succeeded, Some("ab"), Some("stop")));
    let tokens = (outcome.input_tokens, outcome.cached_tokens, outcome.output_tokens);
    assert_eq!(tokens, (Some(12), Some(4), Some(2)));
    assert_eq!(
        said(&message("", "max_tokens")),
        (Status::Succeeded, Some(""), Some("length"))
    );
    assert_eq!(
        said(&message("", "refusal")),
        (Status::Succeeded, Some(""), Some("refusal"))
    );
}
