//! A chat as a `GenerateContentRequest`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Number, Value};
use tabane_model::{Adaptation, Failure};

use crate::translate::{Chat, Part, Role, left_out, not_translatable};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    contents: Vec<Content<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system_instruction: Option<Content<'a>>,
    #[serde(skip_serializing_if = "Config::is_empty")]
    generation_config: Config<'a>,
    /// What the caller puts in beside it.
    #[serde(flatten)]
    extra: &'a BTreeMap<&'a str, Value>,
}

#[derive(Serialize)]
struct Content<'a> {
    /// The system's has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    parts: Vec<Piece<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Piece<'a> {
    Text(&'a str),
    #[serde(rename_all = "camelCase")]
    InlineData {
        mime_type: &'a str,
        data: &'a str,
    },
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Config<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<&'a Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<&'a Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_output_tokens: Option<&'a Number>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    stop_sequences: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<&'a Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    frequency_penalty: Option<&'a Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    presence_penalty: Option<&'a Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thinking_config: Option<Thinking>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_mime_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_json_schema: Option<&'a RawValue>,
}

impl Config<'_> {
    fn is_empty(&self) -> bool {
        let Self {
            temperature: None,
            top_p: None,
            max_output_tokens: None,
            stop_sequences: [],
            seed: None,
            frequency_penalty: None,
            presence_penalty: None,
            thinking_config: None,
            response_mime_type: None,
            response_json_schema: None,
        } = self
        else {
            return false;
        };
        true
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Thinking {
    thinking_level: &'static str,
}

/// The request as JSON text, and what was left out of it. `extra`: further fields of the request, such as `labels` at
/// Vertex. `service`: for the sentence.
///
/// The model is not in it: it stands in the address, or in the job.
///
/// # Errors
/// `request-not-translatable`: a picture by its address, a turn without words, or no turn at all.
pub(crate) fn request(
    chat: &Chat,
    service: &str,
    extra: &BTreeMap<&str, Value>,
) -> Result<(String, Vec<Adaptation>), Failure> {
    let mut changes: Vec<_> = chat.others.iter().map(|name| left_out(name)).collect();
    let thinking_config = thinking(chat);
    if chat.effort.is_some() && thinking_config.is_none() {
        changes.push(left_out("reasoning_effort"));
    }
    let json = chat.json_object || chat.schema.is_some();
    let request = Request {
        contents: contents(chat, service)?,
        system_instruction: chat.system.as_deref().map(|system| Content {
            role: None,
            parts: vec![Piece::Text(system)],
        }),
        generation_config: Config {
            temperature: chat.temperature.as_ref(),
            top_p: chat.top_p.as_ref(),
            max_output_tokens: chat.length.as_ref(),
            stop_sequences: &chat.stop,
            seed: chat.seed.as_ref(),
            frequency_penalty: chat.frequency_penalty.as_ref(),
            presence_penalty: chat.presence_penalty.as_ref(),
            thinking_config,
            response_mime_type: json.then_some("application/json"),
            response_json_schema: chat.schema.as_ref().map(|schema| &*schema.schema),
        },
        extra,
    };
    let text = serde_json::to_string(&request)
        .map_err(|error| Failure::new("internal").detail(error.to_string()))?;
    Ok((text, changes))
}

fn contents<'a>(chat: &'a Chat, service: &str) -> Result<Vec<Content<'a>>, Failure> {
    if chat.turns.is_empty() {
        return Err(not_translatable(service, "messages"));
    }
    chat.turns
        .iter()
        .map(|turn| {
            // A content without parts is refused.
            if turn.parts.is_empty() {
                return Err(not_translatable(service, "content"));
            }
            Ok(Content {
                role: Some(match turn.role {
                    Role::User => "user",
                    Role::Assistant => "model",
                }),
                parts: turn
                    .parts
                    .iter()
                    .map(|part| piece(part).ok_or_else(|| not_translatable(service, "image_url")))
                    .collect::<Result<_, _>>()?,
            })
        })
        .collect()
}

/// `None`: a picture elsewhere. Gemini reads files of its own, and nothing tells that it fetches other addresses in a
/// batch.
fn piece(part: &Part) -> Option<Piece<'_>> {
    match part {
        Part::Text(text) => Some(Piece::Text(text)),
        Part::Picture(url) => {
            let (kind, data) = url.strip_prefix("data:")?.split_once(',')?;
            // Parameters may stand before, such as `charset`.
            let mime_type = kind.strip_suffix(";base64")?.split(';').next()?;
            Some(Piece::InlineData { mime_type, data })
        }
    }
}

/// Levels came with Gemini 3, and what lies between `low` and `high` differs from model to model: docs.cloud.google.com,
/// *Thinking*, copy of 2026-11. Others count a budget in tokens, which an effort does not tell.
fn thinking(chat: &Chat) -> Option<Thinking> {
    // `models/…` here, `publishers/google/models/…` at Vertex.
    let model = chat.model.rsplit('/').next().unwrap_or_default();
    let thinking_level = match chat.effort.as_deref() {
        Some("low") => "LOW",
        Some("high") => "HIGH",
        _ => return None,
    };
    model
        .starts_with("gemini-3")
        .then_some(Thinking { thinking_level })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(body: &str) -> Result<(String, Vec<Adaptation>), Failure> {
        request(&Chat::read(body, None, "S")?, "S", &BTreeMap::new())
    }

    #[test]
    fn a_bare_chat_is_bare() {
        let (text, changes) = of(r#"{"model":"m","messages":[{"role":"user","content":"Hi"}]}"#).unwrap();
        assert_eq!(text, r#"{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}"#);
        assert!(changes.is_empty());
    }

    #[test]
    fn everything_that_has_a_counterpart_is_carried_over() {
        let body = r#"{"model":"models/gemini-3.8-flash","messages":[
            {"role":"system","content":"Be brief."},
            {"role":"user","content":[{"type":"text","text":"What is it?"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBO"}}]},
            {"role":"assistant","content":"A"},{"role":"user","content":"B"}],
            "temperature":0.7,"top_p":0.9,"seed":3,"stop":["x"],"max_tokens":64,"frequency_penalty":0.1,
            "presence_penalty":0.2,"reasoning_effort":"low","user":"u",
            "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"z":1,"a":{"y":2,"b":3}}}}}"#;
        let labels = BTreeMap::from([("labels", json!({ "part": "1" }))]);
        let (text, changes) = request(&Chat::read(body, None, "S").unwrap(), "S", &labels).unwrap();
        assert_eq!(
            text,
            concat!(
                r#"{"contents":[{"role":"user","parts":[{"text":"What is it?"},{"inlineData":{"mimeType":"image/png","data":"iVBO"}}]},"#,
                r#"{"role":"model","parts":[{"text":"A"}]},{"role":"user","parts":[{"text":"B"}]}],"#,
                r#""systemInstruction":{"parts":[{"text":"Be brief."}]},"#,
                r#""generationConfig":{"temperature":0.7,"topP":0.9,"maxOutputTokens":64,"stopSequences":["x"],"seed":3,"#,
                r#""frequencyPenalty":0.1,"presencePenalty":0.2,"thinkingConfig":{"thinkingLevel":"LOW"},"#,
                r#""responseMimeType":"application/json","responseJsonSchema":{"z":1,"a":{"y":2,"b":3}}},"#,
                r#""labels":{"part":"1"}}"#,
            )
        );
        assert_eq!(changes, [left_out("user")]);
    }

    #[test]
    fn an_effort_that_the_model_may_not_know_is_left_out_and_said() {
        for (model, effort) in [("gemini-2.5-flash", "low"), ("gemini-3.1-pro-preview", "medium")] {
            let (text, changes) = of(&format!(
                r#"{{"model":"{model}","messages":[{{"role":"user","content":"x"}}],"reasoning_effort":"{effort}"}}"#
            ))
            .unwrap();
            assert!(!text.contains("thinking"), "{text}");
            assert_eq!(changes, [left_out("reasoning_effort")]);
        }
    }

    #[test]
    fn a_json_object_without_a_schema() {
        let (text, _) =
            of(r#"{"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_object"}}"#)
                .unwrap();
        assert!(
            text.ends_with(r#""generationConfig":{"responseMimeType":"application/json"}}"#),
            "{text}"
        );
    }

    #[test]
    fn what_cannot_be_said_is_named() {
        let picture = |url: &str| {
            format!(
                r#"{{"messages":[{{"role":"user","content":[{{"type":"image_url","image_url":{{"url":"{url}"}}}}]}}]}}"#
            )
        };
        for (body, what) in [
            (picture("https://x.example/y.png"), "image_url"),
            (picture("data:image/svg+xml,%3Csvg"), "image_url"),
            (picture("data:;base64"), "image_url"),
            (
                r#"{"messages":[{"role":"system","content":"x"}]}"#.to_owned(),
                "messages",
            ),
            (
                r#"{"messages":[{"role":"assistant","content":null}]}"#.to_owned(),
                "content",
            ),
        ] {
            let failure = of(&body).unwrap_err();
            assert_eq!(failure.code, "request-not-translatable", "{body}");
            assert_eq!(failure.args["what"], what.into(), "{body}");
        }
    }
}
