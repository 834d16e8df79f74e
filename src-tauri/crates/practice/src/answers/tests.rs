use super::*;

fn content(body: &Value, occurrence: u64) -> String {
    let answer = answer(
        "/v1/chat/completions",
        &body.to_string(),
        occurrence,
        Manner::Answer,
        0,
    );
    answer.body["choices"][0]["message"]["content"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn asks(text: &str) -> Value {
    json!({ "model": "m", "messages": [{ "role": "system", "content": "Be brief." }, { "role": "user", "content": text }] })
}

fn with_schema(schema: &Value) -> Value {
    let mut body = asks("Rate it.");
    body["response_format"] =
        json!({ "type": "json_schema", "json_schema": { "name": "row", "strict": true, "schema": schema } });
    body
}

/// Filled by twenty trials.
fn filled(schema: &Value) -> Vec<Value> {
    (0..20)
        .map(|trial| serde_json::from_str(&content(&with_schema(schema), trial)).unwrap())
        .collect()
}

/// The answers after the head of each line of a sheet.
fn sheet<'a>(answer: &'a str, heads: &[&str]) -> Vec<&'a str> {
    assert_eq!(answer.lines().count(), heads.len(), "{answer}");
    answer
        .lines()
        .zip(heads)
        .map(|(line, head)| line.strip_prefix(head).unwrap_or_else(|| panic!("{line}")))
        .collect()
}

fn in_range(text: &str, low: i64, high: i64) -> bool {
    text.parse()
        .is_ok_and(|number: i64| (low..=high).contains(&number))
}

#[test]
fn the_same_body_again_differs_and_repeats() {
    let body = asks("Tell me about rain.");
    assert_eq!(content(&body, 0), content(&body, 0));
    assert_ne!(content(&body, 0), content(&body, 1));
    assert_eq!(content(&body, 1), content(&body, 1));
    let other = asks("Tell me about snow.");
    assert_ne!(content(&body, 0), content(&other, 0));
}

#[test]
fn a_schema_is_filled_within_its_rules() {
    let schema = json!({
        "type": "object", "additionalProperties": false,
        "required": ["mood", "score", "share", "tags", "who", "note"],
        "properties": {
            "mood": { "type": "string", "enum": ["calm", "sad", "glad"] },
            "score": { "type": "integer", "minimum": 0, "maximum": 100 },
            "share": { "type": "number", "exclusiveMinimum": 0, "maximum": 1, "multipleOf": 0.25 },
            "tags": { "type": "array", "minItems": 2, "maxItems": 3, "uniqueItems": true,
                      "items": { "enum": ["a", "b", "c"] } },
            "who": { "type": "object", "properties": { "age": { "type": "integer", "exclusiveMinimum": 17, "exclusiveMaximum": 20 } } },
            "note": { "anyOf": [{ "type": "string", "maxLength": 10 }, { "type": "null" }] },
        },
    });
    let rows = filled(&schema);
    for row in &rows {
        assert!(
            ["calm", "sad", "glad"].contains(&row["mood"].as_str().unwrap()),
            "{row}"
        );
        assert!((0..=100).contains(&row["score"].as_i64().unwrap()));
        assert!(
            [0.25, 0.5, 0.75, 1.0].contains(&row["share"].as_f64().unwrap()),
            "{row}"
        );
        let tags: Vec<_> = row["tags"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tag| tag.as_str().unwrap())
            .collect();
        let distinct: std::collections::HashSet<_> = tags.iter().collect();
        assert!(
            (2..=3).contains(&tags.len()) && distinct.len() == tags.len(),
            "{row}"
        );
        assert!((18..=19).contains(&row["who"]["age"].as_i64().unwrap()));
        assert!(row["note"].is_null() || row["note"].as_str().unwrap().chars().count() <= 10);
    }
    assert!(rows.iter().any(|row| row["note"].is_null()) && rows.iter().any(|row| row["note"].is_string()));
    assert!(rows.iter().any(|row| row["mood"] != rows[0]["mood"]));
}

#[test]
fn the_keys_stand_in_the_order_of_the_schema() {
    let body = r#"{"model":"m","messages":[],"response_format":{"type":"json_schema","json_schema":{"schema":{"type":"object","properties":{"zeta":{"type":"boolean"},"alpha":{"const":null},"mid":{"type":"integer"}}}}}}"#;
    let answer = answer("/v1/chat/completions", body, 0, Manner::Answer, 0);
    let text = answer.body["choices"][0]["message"]["content"].as_str().unwrap();
    let at = |key| text.find(key).unwrap();
    assert!(at("zeta") < at("alpha") && at("alpha") < at("mid"), "{text}");
    assert!(text.contains("\"alpha\":null"));
}

#[test]
fn references_recursion_and_unions_end() {
    let schema = json!({
        "type": "object", "required": ["root"], "properties": { "root": { "$ref": "#/$defs/Node" } },
        "$defs": { "Node": { "type": "object", "required": ["name", "children", "next"], "properties": {
            "name": { "type": ["string", "null"] },
            "children": { "type": "array", "items": { "$ref": "#/$defs/Node" } },
            "next": { "anyOf": [{ "$ref": "#/$defs/Node" }, { "type": "null" }] },
        } } },
    });
    assert!(
        filled(&schema)
            .iter()
            .all(|row| row["root"]["children"].is_array())
    );
    let endless = json!({ "type": "object", "required": ["a", "b", "c"],
        "properties": { "a": { "$ref": "#" }, "b": { "$ref": "#" }, "c": { "$ref": "#" } } });
    assert!(filled(&endless)[0].is_object());
}

#[test]
fn strings_and_bounds_from_elsewhere() {
    let schema = json!({ "type": "object", "properties": {
        "day": { "type": "string", "format": "date" },
        "code": { "type": "string", "pattern": "^[A-Z]{2}[0-9]{3}$" },
        "long": { "type": "string", "minLength": 200 },
        "stars": { "type": "integer", "description": "how good, 1 to 5" },
        "older": { "oneOf": [{ "type": "integer", "minimum": 3, "exclusiveMinimum": true, "maximum": 4 }] },
        "pair": { "type": "array", "prefixItems": [{ "const": 1 }, { "const": "b" }], "maxItems": 2, "minItems": 2 },
        "free": true, "odd": { "type": 7 }, "gone": { "$ref": "#/$defs/Gone" },
    } });
    for row in filled(&schema) {
        assert_eq!(row["day"].as_str().unwrap().len(), 10);
        assert!(row["code"].as_str().is_some_and(|code| code.len() == 5));
        assert!(row["long"].as_str().unwrap().chars().count() >= 200);
        assert!((1..=5).contains(&row["stars"].as_i64().unwrap()));
        assert_eq!(row["older"], 4);
        assert_eq!(row["pair"], json!([1, "b"]));
        assert!(row["free"].is_string() && row["odd"].is_string() && row["gone"].is_null());
    }
}

#[test]
fn a_broken_request_is_answered_in_words() {
    for body in [
        "{}",
        "[]",
        "not json",
        r#"{"model":"m","messages":7,"response_format":{"type":"json_schema"}}"#,
    ] {
        let answer = answer("/v1/chat/completions", body, 0, Manner::Answer, 0);
        assert!(
            answer.body["choices"][0]["message"]["content"].is_string(),
            "{body}"
        );
    }
}

#[test]
fn a_japanese_sheet_is_filled() {
    let asked = "次の文章を読んでください。\n1. はじめに全体を読む\n2. 感じたことを評価する\n\n次の4項目に答えてください。\n\
        1. 面白さ：0〜100の整数\n2. 面白さの理由：短い一文\n3. 驚き：１〜５の整数\n4. 驚きの理由：短い一文";
    let text = content(&asks(asked), 0);
    let answers = sheet(
        &text,
        &["1. 面白さ：", "2. 面白さの理由：", "3. 驚き：", "4. 驚きの理由："],
    );
    assert!(
        in_range(answers[0], 0, 100) && in_range(answers[2], 1, 5),
        "{text}"
    );
    assert!(answers[1].ends_with('。') && answers[3].ends_with('。'), "{text}");
    assert_ne!(text, content(&asks(asked), 1));
}

#[test]
fn a_sheet_with_question_marks_and_brackets_is_filled() {
    let asked = "0から100の数値で答えてください。\nQ1. 面白さ(数値)\nQ1. 面白さ(理由)\nQ2. 悲しみ(数値):\nQ2. 悲しみ(理由):";
    let text = content(&asks(asked), 3);
    let heads = [
        "Q1. 面白さ(数値): ",
        "Q1. 面白さ(理由): ",
        "Q2. 悲しみ(数値): ",
        "Q2. 悲しみ(理由): ",
    ];
    let answers = sheet(&text, &heads);
    assert!(
        in_range(answers[0], 0, 100) && in_range(answers[2], 0, 100),
        "{text}"
    );
    assert!(answers[1].ends_with('。'));
}

#[test]
fn an_english_sheet_is_filled() {
    let asked = "Read:\n17:40 it rained.\n\nAnswer with these items:\n1. Amusement: a whole number from 0 to 100\n\
        2. Amusement, reason: one short sentence\n3. Again: yes/no\n4. Warmth: 0.0 to 1.0 and why\n5. Anger:";
    let text = content(&asks(asked), 0);
    let heads = [
        "1. Amusement: ",
        "2. Amusement, reason: ",
        "3. Again: ",
        "4. Warmth: ",
        "5. Anger: ",
    ];
    let answers = sheet(&text, &heads);
    assert!(in_range(answers[0], 0, 100), "{text}");
    assert!(answers[1].ends_with('.'));
    assert!(["yes", "no"].contains(&answers[2]));
    let (warmth, why) = answers[3].split_once(", ").unwrap();
    assert!(
        (0.0..=1.0).contains(&warmth.parse::<f64>().unwrap()) && why.ends_with('.'),
        "{text}"
    );
}

#[test]
fn a_sheet_may_stand_in_the_system_message_and_the_users_own_goes_first() {
    let mut body = asks("Tell me about rain.");
    body["messages"][0]["content"] = json!("Answer like this:\n1. Joy: 5 to 6");
    let text = content(&body, 0);
    assert!(in_range(sheet(&text, &["1. Joy: "])[0], 5, 6), "{text}");
    body["messages"][1]["content"] = json!("1. Fear: 1 to 2");
    let text = content(&body, 0);
    assert!(in_range(sheet(&text, &["1. Fear: "])[0], 1, 2), "{text}");
}

#[test]
fn questions_are_not_repeated_and_instructions_not_answered() {
    let text = content(
        &asks("1. How amusing was the story, from 1 to 7?\n2. What did you like about it?"),
        0,
    );
    let answers = sheet(&text, &["1. ", "2. "]);
    assert!(in_range(answers[0], 1, 7) && answers[1].ends_with('.'), "{text}");
    let text = content(
        &asks("1. Read the text below.\n2. Note: write in your own words.\nVersion 1.5 of 3."),
        0,
    );
    assert!(!text.starts_with("1."), "{text}");
}

#[test]
fn responses_and_embeddings_have_their_shapes() {
    let body = json!({ "model": "m", "instructions": "Be brief.", "text": { "format": { "type": "json_schema", "name": "row", "schema": { "type": "object", "properties": { "ok": { "type": "boolean" } } } } },
        "input": [{ "role": "user", "content": [{ "type": "input_text", "text": "雨は好きですか" }] }] });
    let full = answer("/v1/responses", &body.to_string(), 0, Manner::Answer, 5);
    let text = full.body["output"][1]["content"][0]["text"].as_str().unwrap();
    assert!(serde_json::from_str::<Value>(text).unwrap()["ok"].is_boolean());
    assert_eq!(full.body["usage"]["input_tokens"], full.tokens.input);
    assert_eq!(full.tokens.input, 7 + 3);
    let cut = answer("/v1/responses", &body.to_string(), 0, Manner::Cut, 5).body;
    assert_eq!(cut["incomplete_details"]["reason"], "max_output_tokens");
    let plain = answer(
        "/v1/responses",
        r#"{"model":"m","input":"雨は好きですか"}"#,
        0,
        Manner::Answer,
        5,
    )
    .body;
    assert!(
        plain["output"][1]["content"][0]["text"]
            .as_str()
            .unwrap()
            .ends_with('。')
    );

    let body = r#"{"model":"e","input":["a","b"],"dimensions":3}"#;
    let embedded = answer("/v1/embeddings", body, 0, Manner::Answer, 5).body;
    assert_eq!(embedded["data"].as_array().unwrap().len(), 2);
    assert_eq!(embedded["data"][1]["embedding"].as_array().unwrap().len(), 3);
    assert_ne!(embedded["data"][0]["embedding"], embedded["data"][1]["embedding"]);
}

#[test]
fn manners_and_marks() {
    let body = asks("x").to_string();
    let cut = answer("/v1/chat/completions", &body, 0, Manner::Cut, 0).body;
    assert_eq!(
        (
            &cut["choices"][0]["finish_reason"],
            &cut["choices"][0]["message"]["content"]
        ),
        (&json!("length"), &json!(""))
    );
    let refusal = answer("/v1/chat/completions", &body, 0, Manner::Refusal, 0).body;
    assert!(refusal["choices"][0]["message"]["content"].is_null());
    assert!(refusal["choices"][0]["message"]["refusal"].is_string());
    assert_eq!(
        (&refusal["system_fingerprint"], &refusal["model"]),
        (&json!("tabane-practice"), &json!("m"))
    );
}
