//! What a request asks for, read leniently: a service that only practises has no reason to refuse a body.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::prose::Tongue;
use super::schema::Schema;

pub(super) enum Format {
    Text,
    /// Some JSON object.
    Object,
    Schema(Schema),
}

pub(super) struct Request {
    pub(super) model: String,
    pub(super) format: Format,
    /// The last message of the user.
    pub(super) asked: String,
    /// What stands before it: instructions, system and earlier messages.
    pub(super) before: String,
    /// Of everything that was sent to the model.
    pub(super) tokens: u64,
    pub(super) dimensions: Option<u64>,
    /// Texts to embed.
    pub(super) inputs: usize,
}

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(default)]
    model: Value,
    #[serde(default)]
    messages: Value,
    #[serde(default)]
    input: Value,
    #[serde(default)]
    instructions: Value,
    #[serde(default)]
    dimensions: Value,
    #[serde(borrow)]
    response_format: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Option<&'a RawValue>,
}

/// `response_format` of chat, and `text.format` of responses, which has no inner object. The schema is read from the
/// text of the request, because the order of its keys is the order of the answer's.
#[derive(Deserialize)]
struct Wanted {
    #[serde(rename = "type")]
    kind: String,
    json_schema: Option<Inner>,
    schema: Option<Schema>,
}

#[derive(Deserialize)]
struct Inner {
    schema: Option<Schema>,
}

#[derive(Deserialize)]
struct TextOptions<'a> {
    #[serde(borrow)]
    format: Option<&'a RawValue>,
}

impl Request {
    pub(super) fn read(body: &str) -> Self {
        let body = serde_json::from_str::<Body<'_>>(body).ok();
        let mut texts = Vec::new();
        let mut asked = String::new();
        if let Some(body) = &body {
            collect(&body.instructions, &mut texts);
            for part in [&body.messages, &body.input] {
                collect(part, &mut texts);
                asked = last_of_user(part).unwrap_or(asked);
            }
        }
        let before: Vec<&str> = texts.iter().copied().filter(|text| *text != asked).collect();
        let before = before.join("\n");
        let tokens = texts
            .iter()
            .map(|text| super::count_tokens(text))
            .sum::<u64>()
            .max(1);
        let inputs = match body.as_ref().map(|body| &body.input) {
            // One array of numbers is one text of tokens.
            Some(Value::Array(inputs)) if !inputs.first().is_some_and(Value::is_number) => inputs.len(),
            _ => 1,
        };
        Self {
            model: body
                .as_ref()
                .and_then(|body| body.model.as_str())
                .unwrap_or_default()
                .to_owned(),
            format: body.as_ref().map_or(Format::Text, format),
            asked,
            before,
            tokens,
            dimensions: body.as_ref().and_then(|body| body.dimensions.as_u64()),
            inputs,
        }
    }

    pub(super) fn tongue(&self) -> Tongue {
        Tongue::of(&self.asked)
    }
}

fn format(body: &Body<'_>) -> Format {
    let in_text = || {
        serde_json::from_str::<TextOptions<'_>>(body.text?.get())
            .ok()?
            .format
    };
    let wanted = body.response_format.or_else(in_text);
    match wanted.and_then(|wanted| serde_json::from_str::<Wanted>(wanted.get()).ok()) {
        Some(Wanted {
            kind,
            json_schema,
            schema,
        }) if kind == "json_schema" => json_schema
            .and_then(|inner| inner.schema)
            .or(schema)
            .map_or(Format::Object, Format::Schema),
        Some(Wanted { kind, .. }) if kind == "json_object" => Format::Object,
        _ => Format::Text,
    }
}

/// Every text within messages or input items, of whatever shape.
fn collect<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(item) => ["content", "text"]
            .iter()
            .filter_map(|key| item.get(*key))
            .for_each(|inner| {
                collect(inner, texts);
            }),
        _ => {}
    }
}

fn last_of_user(value: &Value) -> Option<String> {
    let mut texts = Vec::new();
    match value {
        Value::String(text) => texts.push(text.as_str()),
        Value::Array(items) => {
            let of_user = |item: &&Value| item.get("role").is_some_and(|role| role == "user");
            collect(
                items.iter().rev().find(of_user).or_else(|| items.last())?,
                &mut texts,
            );
        }
        _ => return None,
    }
    Some(texts.join("\n"))
}
