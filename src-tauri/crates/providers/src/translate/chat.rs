//! A chat request as its parts, whatever service it goes to.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use tabane_model::Failure;

use super::not_translatable;
use crate::wire::ordered_fields;

/// What was asked, read from the body of a `/v1/chat/completions` request.
#[derive(Debug, Default)]
pub(crate) struct Chat {
    pub(crate) model: String,
    /// System and developer messages, joined by a blank line.
    pub(crate) system: Option<String>,
    pub(crate) turns: Vec<Turn>,
    /// Numbers keep their digits.
    pub(crate) temperature: Option<serde_json::Number>,
    pub(crate) top_p: Option<serde_json::Number>,
    pub(crate) seed: Option<serde_json::Number>,
    pub(crate) frequency_penalty: Option<serde_json::Number>,
    pub(crate) presence_penalty: Option<serde_json::Number>,
    pub(crate) stop: Vec<String>,
    /// `max_completion_tokens`, else `max_tokens`.
    pub(crate) length: Option<serde_json::Number>,
    pub(crate) effort: Option<String>,
    pub(crate) schema: Option<Schema>,
    /// Some JSON object is asked for, without a schema.
    pub(crate) json_object: bool,
    /// Names of fields that are not read here and were set.
    pub(crate) others: Vec<String>,
}

/// One message that is not of the system.
#[derive(Debug)]
pub(crate) struct Turn {
    pub(crate) role: Role,
    pub(crate) parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    User,
    Assistant,
}

#[derive(Debug)]
pub(crate) enum Part {
    Text(String),
    /// A picture by its address or as a `data:` URL.
    Picture(String),
}

/// A JSON schema as it stands in the request: the order of its keys is the order of the answer's.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) name: Option<String>,
    pub(crate) schema: Box<RawValue>,
}

#[derive(Deserialize)]
struct Message {
    role: String,
    #[serde(default)]
    content: Value,
}

#[derive(Deserialize)]
struct Format {
    #[serde(rename = "type")]
    kind: String,
    json_schema: Option<Wrapped>,
}

#[derive(Deserialize)]
struct Wrapped {
    name: Option<String>,
    schema: Option<Box<RawValue>>,
}

impl Chat {
    /// `model` replaces the body's own. `service`: for the sentence.
    ///
    /// # Errors
    /// `request-not-translatable`: tools, several answers, sound, roles or parts that are none of text and picture.
    pub(crate) fn read(body: &str, model: Option<&str>, service: &str) -> Result<Self, Failure> {
        let no = |what: &str| not_translatable(service, what);
        let mut chat = Self::default();
        for (name, raw) in ordered_fields(body).ok_or_else(|| no("body"))? {
            let value: Value = serde_json::from_str(raw.get()).map_err(|_| no(&name))?;
            if value.is_null() {
                continue;
            }
            let number = || match &value {
                Value::Number(number) => Ok(number.clone()),
                _ => Err(no(&name)),
            };
            match name.as_str() {
                "model" => value.as_str().unwrap_or_default().clone_into(&mut chat.model),
                "messages" => chat.messages(&raw, service)?,
                "temperature" => chat.temperature = Some(number()?),
                "top_p" => chat.top_p = Some(number()?),
                "seed" => chat.seed = Some(number()?),
                "frequency_penalty" => chat.frequency_penalty = Some(number()?),
                "presence_penalty" => chat.presence_penalty = Some(number()?),
                "max_completion_tokens" => chat.length = Some(number()?),
                "max_tokens" => {
                    chat.length.get_or_insert(number()?);
                }
                "stop" => match &value {
                    Value::String(stop) => chat.stop.push(stop.clone()),
                    Value::Array(stops) => chat
                        .stop
                        .extend(stops.iter().filter_map(Value::as_str).map(str::to_owned)),
                    _ => return Err(no("stop")),
                },
                "reasoning_effort" => chat.effort = value.as_str().map(str::to_owned),
                "response_format" => chat.format(&raw, service)?,
                "n" if value != 1 => return Err(no("n")),
                "tools" | "functions" if value.as_array().is_some_and(|list| !list.is_empty()) => {
                    return Err(no(&name));
                }
                "audio" => return Err(no("audio")),
                "n" | "stream" | "tools" | "functions" => {}
                _ => chat.others.push(name),
            }
        }
        if let Some(model) = model {
            model.clone_into(&mut chat.model);
        }
        Ok(chat)
    }

    fn messages(&mut self, raw: &RawValue, service: &str) -> Result<(), Failure> {
        let no = |what: &str| not_translatable(service, what);
        let messages: Vec<Message> = serde_json::from_str(raw.get()).map_err(|_| no("messages"))?;
        for message in messages {
            let parts = parts(&message.content, service)?;
            let role = match message.role.as_str() {
                "system" | "developer" => {
                    for part in parts {
                        let Part::Text(text) = part else {
                            return Err(no("image_url"));
                        };
                        match &mut self.system {
                            Some(system) => {
                                system.push_str("\n\n");
                                system.push_str(&text);
                            }
                            None => self.system = Some(text),
                        }
                    }
                    continue;
                }
                "user" => Role::User,
                "assistant" => Role::Assistant,
                other => return Err(no(other)),
            };
            self.turns.push(Turn { role, parts });
        }
        Ok(())
    }

    fn format(&mut self, raw: &RawValue, service: &str) -> Result<(), Failure> {
        let no = || not_translatable(service, "response_format");
        let format: Format = serde_json::from_str(raw.get()).map_err(|_| no())?;
        match format.kind.as_str() {
            "text" => {}
            "json_object" => self.json_object = true,
            "json_schema" => {
                let wrapped = format.json_schema.ok_or_else(no)?;
                self.schema = Some(Schema {
                    name: wrapped.name,
                    schema: wrapped.schema.ok_or_else(no)?,
                });
            }
            _ => return Err(no()),
        }
        Ok(())
    }
}

fn parts(content: &Value, service: &str) -> Result<Vec<Part>, Failure> {
    let no = |what: &str| not_translatable(service, what);
    match content {
        Value::Null => Ok(Vec::new()),
        Value::String(text) => Ok(vec![Part::Text(text.clone())]),
        Value::Array(list) => list
            .iter()
            .map(|part| match part["type"].as_str() {
                Some("text") => Ok(Part::Text(
                    part["text"].as_str().ok_or_else(|| no("content"))?.to_owned(),
                )),
                Some("image_url") => Ok(Part::Picture(
                    part["image_url"]["url"]
                        .as_str()
                        .ok_or_else(|| no("image_url"))?
                        .to_owned(),
                )),
                other => Err(no(other.unwrap_or("content"))),
            })
            .collect(),
        _ => Err(no("content")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Chat, Failure> {
        Chat::read(body, None, "S")
    }

    #[test]
    fn a_chat_is_read_with_its_digits_and_its_schema_as_they_stand() {
        let chat = read(
            r#"{"model":"m","messages":[{"role":"system","content":"a"},{"role":"developer","content":[{"type":"text","text":"b"}]},
              {"role":"user","content":[{"type":"text","text":"c"},{"type":"image_url","image_url":{"url":"https://x/y.png"}}]},
              {"role":"assistant","content":null}],"temperature":0.70,"max_tokens":5,"max_completion_tokens":7,"stop":"x",
              "response_format":{"type":"json_schema","json_schema":{"name":"row","schema":{"z":1,"a":2}}},"user":"u","n":1}"#,
        )
        .unwrap();
        assert_eq!(chat.system.as_deref(), Some("a\n\nb"));
        assert_eq!(chat.turns.len(), 2);
        assert!(matches!(&chat.turns[0].parts[1], Part::Picture(url) if url == "https://x/y.png"));
        assert_eq!(chat.length.unwrap().as_u64(), Some(7));
        assert_eq!(chat.schema.unwrap().schema.get(), r#"{"z":1,"a":2}"#);
        assert_eq!(
            (chat.stop, chat.others),
            (vec!["x".to_owned()], vec!["user".to_owned()])
        );
    }

    #[test]
    fn what_has_no_counterpart_is_named() {
        for (body, what) in [
            (r#"{"tools":[{}]}"#, "tools"),
            (r#"{"n":2}"#, "n"),
            (r#"{"messages":[{"role":"tool","content":"x"}]}"#, "tool"),
            (
                r#"{"messages":[{"role":"user","content":[{"type":"input_audio"}]}]}"#,
                "input_audio",
            ),
            (r#"{"messages":"x"}"#, "messages"),
            (r#"{"response_format":{"type":"grammar"}}"#, "response_format"),
            (r#"{"temperature":"hot"}"#, "temperature"),
        ] {
            let failure = read(body).unwrap_err();
            assert_eq!(failure.code, "request-not-translatable", "{body}");
            assert_eq!(failure.args["what"], what.into(), "{body}");
        }
    }
}
