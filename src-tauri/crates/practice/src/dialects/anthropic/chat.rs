//! A message's parameters in the shape of OpenAI's chat, by which they are answered.

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// The schema as it stands: the order of its keys is the order of the answer's.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Formatted<'a> {
    #[serde(borrow)]
    output_config: Option<OutputConfig<'a>>,
}

#[derive(Deserialize)]
struct OutputConfig<'a> {
    #[serde(borrow)]
    format: Option<Format<'a>>,
}

#[derive(Deserialize)]
struct Format<'a> {
    #[serde(borrow)]
    schema: Option<&'a RawValue>,
}

/// `text`: the parameters as they were given.
pub(super) fn of(params: &Value, text: &str) -> String {
    let turn = |role: &str, content: &Value| json!({ "role": role, "content": words(content) });
    let system = Some(&params["system"]).filter(|system| !system.is_null());
    let said = params["messages"].as_array().into_iter().flatten();
    let said = said.map(|turned| turn(turned["role"].as_str().unwrap_or("user"), &turned["content"]));
    let messages: Vec<Value> = system
        .map(|system| turn("system", system))
        .into_iter()
        .chain(said)
        .collect();
    let mut chat = json!({ "model": params["model"], "messages": messages }).to_string();
    let formatted: Formatted<'_> = serde_json::from_str(text).unwrap_or_default();
    if let Some(schema) = formatted.output_config.and_then(|config| config.format?.schema) {
        chat.pop();
        let schema = schema.get();
        chat.push_str(&format!(
            ",\"response_format\":{{\"type\":\"json_schema\",\"json_schema\":{{\"name\":\"answer\",\"schema\":{schema}}}}}}}"
        ));
    }
    chat
}

fn words(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(blocks) => {
            let texts: Vec<&str> = blocks.iter().filter_map(|block| block["text"].as_str()).collect();
            texts.join("\n")
        }
        _ => String::new(),
    }
}
