//! A `GenerateContentRequest`: checked as the service checks it, and put into the chat shape that answers are made from.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// Fields of a request, in either spelling.
const FIELDS: &[&str] = &[
    "contents",
    "systemInstruction",
    "generationConfig",
    "tools",
    "toolConfig",
    "safetySettings",
    "cachedContent",
    "model",
];

const CONFIG: &[&str] = &[
    "temperature",
    "topP",
    "topK",
    "candidateCount",
    "maxOutputTokens",
    "stopSequences",
    "seed",
    "frequencyPenalty",
    "presencePenalty",
    "responseMimeType",
    "responseSchema",
    "responseJsonSchema",
    "responseFormat",
    "thinkingConfig",
    "responseModalities",
    "speechConfig",
    "mediaResolution",
    "responseLogprobs",
    "logprobs",
];

const PARTS: &[&str] = &[
    "text",
    "inlineData",
    "fileData",
    "functionCall",
    "functionResponse",
    "thought",
    "thoughtSignature",
];

const LEVELS: &[&str] = &["MINIMAL", "LOW", "MEDIUM", "HIGH"];

/// Sequences of a request at the most.
const MOST_STOPS: usize = 5;

/// The schema as it stands: the order of its keys is that of the answer's.
#[derive(Deserialize)]
struct Given<'a> {
    #[serde(borrow, rename = "generationConfig", alias = "generation_config")]
    config: Option<Config<'a>>,
}

#[derive(Deserialize)]
struct Config<'a> {
    #[serde(borrow, rename = "responseJsonSchema", alias = "response_json_schema")]
    schema: Option<&'a RawValue>,
}

/// The request in OpenAI's chat shape.
///
/// # Errors
/// What the service says against it.
pub(super) fn chat(request: &str, model: &str) -> Result<String, String> {
    let value: Value = serde_json::from_str(request).map_err(|_| "Request is not JSON.".to_owned())?;
    let fields = known(&value, FIELDS, "request")?;
    let contents = fields
        .get("contents")
        .and_then(|contents| contents.as_array())
        .filter(|contents| !contents.is_empty())
        .ok_or("* GenerateContentRequest.contents: contents is not specified")?;
    let mut messages = Vec::new();
    if let Some(system) = fields.get("systemInstruction") {
        messages.push(json!({ "role": "system", "content": parts(system, "system_instruction")? }));
    }
    for (at, content) in contents.iter().enumerate() {
        let role = match content["role"].as_str() {
            None | Some("user") => "user",
            Some("model") => "assistant",
            Some(_) => return Err("Please use a valid role: user, model.".to_owned()),
        };
        messages.push(json!({ "role": role, "content": parts(content, &format!("contents[{at}]"))? }));
    }
    let json = fields
        .get("generationConfig")
        .map(|config| checked(config))
        .transpose()?
        .unwrap_or(false);
    let given: Given<'_> = serde_json::from_str(request).map_err(|error| error.to_string())?;
    let schema = given.config.and_then(|config| config.schema);
    let format = match schema {
        Some(_) if !json => {
            return Err(
                "Response schema is only supported with response_mime_type application/json.".to_owned(),
            );
        }
        Some(schema) => format!(
            r#","response_format":{{"type":"json_schema","json_schema":{{"name":"answer","schema":{}}}}}"#,
            schema.get()
        ),
        None if json => r#","response_format":{"type":"json_object"}"#.to_owned(),
        None => String::new(),
    };
    Ok(format!(
        r#"{{"model":{},"messages":{}{format}}}"#,
        Value::from(model),
        Value::from(messages)
    ))
}

/// The fields by their names in camel case, if no others are among them.
fn known<'a>(value: &'a Value, names: &[&str], place: &str) -> Result<BTreeMap<String, &'a Value>, String> {
    let object = value
        .as_object()
        .ok_or_else(|| format!("Invalid value at '{place}'"))?;
    object
        .iter()
        .map(|(name, value)| {
            let camel = camel(name);
            if names.contains(&camel.as_str()) {
                Ok((camel, value))
            } else {
                Err(unknown_name(name, place))
            }
        })
        .collect()
}

pub(super) fn unknown_name(name: &str, place: &str) -> String {
    format!("Invalid JSON payload received. Unknown name \"{name}\" at '{place}': Cannot find field.")
}

pub(super) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let mut letters = word.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        name + &capital.into_iter().chain(letters).collect::<String>()
    })
}

fn parts(content: &Value, place: &str) -> Result<Value, String> {
    let parts = content["parts"]
        .as_array()
        .filter(|parts| !parts.is_empty())
        .ok_or_else(|| {
            format!("* GenerateContentRequest.{place}.parts: contents.parts must not be empty.")
        })?;
    let mut pieces = Vec::new();
    for part in parts {
        let fields = known(part, PARTS, &format!("{place}.parts"))?;
        if let Some(text) = fields.get("text") {
            let text = text
                .as_str()
                .ok_or_else(|| format!("Invalid value at '{place}.parts'"))?;
            pieces.push(json!({ "type": "text", "text": text }));
        } else if let Some(data) = fields.get("inlineData") {
            let data = known(data, &["mimeType", "data", "displayName"], "inline_data")?;
            if !["mimeType", "data"]
                .iter()
                .all(|name| data.get(*name).is_some_and(|value| value.is_string()))
            {
                return Err("Unable to process input image.".to_owned());
            }
        } else if fields.is_empty() {
            return Err(format!("* {place}.parts: data is required"));
        }
    }
    Ok(Value::from(pieces))
}

/// Whether the answer is to be JSON.
fn checked(config: &Value) -> Result<bool, String> {
    let fields = known(config, CONFIG, "generation_config")?;
    for (name, value) in &fields {
        let fits = match name.as_str() {
            "temperature" | "topP" | "topK" | "frequencyPenalty" | "presencePenalty" => value.is_number(),
            "seed" | "candidateCount" => value.is_i64(),
            "maxOutputTokens" => value.as_i64().is_some_and(|number| number > 0),
            "responseMimeType" => value.is_string(),
            "stopSequences" => value
                .as_array()
                .is_some_and(|list| list.len() <= MOST_STOPS && list.iter().all(Value::is_string)),
            "thinkingConfig" => {
                let thinking = known(
                    value,
                    &["includeThoughts", "thinkingBudget", "thinkingLevel"],
                    "thinking_config",
                )?;
                let level = |level: &&Value| {
                    level
                        .as_str()
                        .is_some_and(|word| LEVELS.contains(&word.to_ascii_uppercase().as_str()))
                };
                thinking.get("thinkingLevel").is_none_or(level)
            }
            _ => true,
        };
        if !fits {
            return Err(format!("Invalid value at 'generation_config.{name}'"));
        }
    }
    Ok(fields
        .get("responseMimeType")
        .is_some_and(|kind| *kind == "application/json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_becomes_a_chat_with_the_schema_as_it_stands() {
        let chat = chat(
            r#"{"system_instruction":{"parts":[{"text":"s"}]},"contents":[{"role":"user","parts":[{"text":"q"}]},
              {"role":"model","parts":[{"text":"a"}]}],"generationConfig":{"responseMimeType":"application/json",
              "responseJsonSchema":{"z":1,"a":2}}}"#,
            "m",
        )
        .unwrap();
        assert!(chat.contains(r#""schema":{"z":1,"a":2}"#), "{chat}");
        let value: Value = serde_json::from_str(&chat).unwrap();
        assert_eq!(value["messages"][2]["role"], "assistant");
        assert_eq!(value["messages"][0]["content"][0]["text"], "s");
    }

    #[test]
    fn what_the_service_does_not_know_is_refused() {
        let ask = r#""contents":[{"parts":[{"text":"q"}]}]"#;
        for wrong in [
            "{}".to_owned(),
            r#"{"messages":[]}"#.to_owned(),
            format!(r#"{{{ask},"labels":{{}}}}"#),
            format!(r#"{{{ask},"generationConfig":{{"maxTokens":1}}}}"#),
            format!(r#"{{{ask},"generationConfig":{{"maxOutputTokens":0}}}}"#),
            format!(r#"{{{ask},"generationConfig":{{"responseJsonSchema":{{}}}}}}"#),
            format!(r#"{{{ask},"generationConfig":{{"thinkingConfig":{{"thinkingLevel":"huge"}}}}}}"#),
            r#"{"contents":[{"role":"assistant","parts":[{"text":"q"}]}]}"#.to_owned(),
            r#"{"contents":[{"parts":[]}]}"#.to_owned(),
            r#"{"contents":[{"parts":[{"image_url":"x"}]}]}"#.to_owned(),
        ] {
            assert!(chat(&wrong, "m").is_err(), "{wrong}");
        }
    }
}
