//! How a request is written for each dialect: one line of a part's file, with our id.

use std::borrow::Cow;

use tabane_model::{Adaptation, Failure};

use crate::openai_style::twisted;
use crate::profile::Twists;
use crate::{Dialect, Profile, anthropic, fireworks, gemini, mistral, openrouter};

/// One request as the researcher's file or study has it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub wire_id: &'a str,
    /// Such as `/v1/chat/completions`, or what stands for a service's own shape, such as `/v1/messages`.
    pub url: &'a str,
    /// A JSON object.
    pub body: &'a str,
    /// Replaces the body's own.
    pub model: Option<&'a str>,
}

/// What holds for all requests of a job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The longest answer where a service demands a limit and the request names none. `None`: 4,096.
    pub max_tokens: Option<u32>,
    /// Marks the shared part of the prompt for the service's cache, where that is something to be asked for.
    pub cache_prompt: bool,
}

/// One request as it goes out.
#[derive(Clone, Debug, PartialEq)]
pub struct Written<'a> {
    /// Ends with its line end. No other is in it, nor what some servers take for one.
    pub line: Vec<u8>,
    /// What the create is for.
    pub endpoint: Cow<'a, str>,
    /// What was changed or left out to suit the service, without counts.
    pub changes: Vec<Adaptation>,
    /// It carries temperature, `top_p` or `top_k`: where versions of the interface differ in that.
    pub sampling: bool,
}

/// A request in a service's own shape goes through untouched; one in the shape of OpenAI's chat is translated where
/// the service speaks otherwise.
///
/// # Errors
/// `request-not-translatable`: something in it has no counterpart at the service; `what` names it.
pub fn write_line<'a>(
    profile: &Profile,
    asked: &Asked<'a>,
    options: &Options,
) -> Result<Written<'a>, Failure> {
    match profile.dialect {
        Dialect::Anthropic => anthropic::write(profile, asked, options),
        Dialect::Gemini => gemini::write(asked, profile.name),
        Dialect::OpenAi if profile.twists != Twists::NONE => Ok(twisted(&profile.twists, asked)),
        Dialect::OpenAi | Dialect::Xai => Ok(untouched(asked, whole(asked))),
        Dialect::Mistral => Ok(mistral::write(asked)),
        Dialect::OpenRouter => Ok(openrouter::write(asked)),
        Dialect::Fireworks => Ok(fireworks::write(asked)),
        _ => Ok(untouched(asked, id_and_body(asked))),
    }
}

fn untouched<'a>(asked: &Asked<'a>, line: Vec<u8>) -> Written<'a> {
    Written {
        line,
        endpoint: Cow::Borrowed(asked.url),
        changes: Vec::new(),
        sampling: false,
    }
}

/// OpenAI's line.
pub(crate) fn whole(asked: &Asked<'_>) -> Vec<u8> {
    let url = serde_json::Value::from(asked.url).to_string();
    let mut line = Vec::with_capacity(asked.body.len() + url.len() + 96);
    line.extend_from_slice(b"{\"custom_id\":\"");
    line.extend_from_slice(asked.wire_id.as_bytes());
    line.extend_from_slice(b"\",\"method\":\"POST\",\"url\":");
    line.extend_from_slice(url.as_bytes());
    line.extend_from_slice(b",\"body\":");
    push_body(asked, &mut line);
    line.extend_from_slice(b"}\n");
    line
}

/// The line of services that know method and address from the batch.
pub(crate) fn id_and_body(asked: &Asked<'_>) -> Vec<u8> {
    framed("custom_id", asked.wire_id, "body", |line| push_body(asked, line))
}

/// `{"<id_name>":"<id>","<body_name>":<body>}`.
pub(crate) fn framed(id_name: &str, id: &str, body_name: &str, body: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut line = Vec::new();
    line.extend_from_slice(format!("{{\"{id_name}\":\"{id}\",\"{body_name}\":").as_bytes());
    body(&mut line);
    line.extend_from_slice(b"}\n");
    line
}

/// The body, with the other model where there is one.
pub(crate) fn push_body(asked: &Asked<'_>, line: &mut Vec<u8>) {
    match asked.model.and_then(|model| with_model(asked.body, model)) {
        Some(changed) => push_text(&changed, line),
        None => push_text(asked.body, line),
    }
}

/// The body with another model, key order kept.
fn with_model(body: &str, model: &str) -> Option<String> {
    let mut fields: Vec<(String, Box<serde_json::value::RawValue>)> = ordered_fields(body)?;
    let value = serde_json::value::to_raw_value(model).ok()?;
    match fields.iter_mut().find(|(name, _)| name == "model") {
        Some((_, old)) => *old = value,
        None => fields.insert(0, ("model".to_owned(), value)),
    }
    Some(joined(&fields))
}

/// An object of these fields, their values as they stand.
pub(crate) fn joined(fields: &[(String, Box<serde_json::value::RawValue>)]) -> String {
    let mut out = String::new();
    out.push('{');
    for (index, (name, value)) in fields.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&serde_json::Value::from(name.as_str()).to_string());
        out.push(':');
        out.push_str(value.get());
    }
    out.push('}');
    out
}

pub(crate) fn ordered_fields(body: &str) -> Option<Vec<(String, Box<serde_json::value::RawValue>)>> {
    struct Fields;
    impl<'de> serde::de::Visitor<'de> for Fields {
        type Value = Vec<(String, Box<serde_json::value::RawValue>)>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut fields = Vec::new();
            while let Some(entry) = map.next_entry()? {
                fields.push(entry);
            }
            Ok(fields)
        }
    }
    let mut reader = serde_json::Deserializer::from_str(body);
    serde::Deserializer::deserialize_map(&mut reader, Fields).ok()
}

/// JSON on a line: without line ends, nor what some servers take for one.
pub(crate) fn push_text(text: &str, out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = rest.find(['\u{2028}', '\u{2029}', '\u{85}', '\n', '\r']) {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let found = rest[at..].chars().next().unwrap_or('\u{2028}');
        match found {
            '\u{2028}' => out.extend_from_slice(b"\\u2028"),
            '\u{2029}' => out.extend_from_slice(b"\\u2029"),
            '\u{85}' => out.extend_from_slice(b"\\u0085"),
            // White space between tokens: JSON allows none of these inside a string.
            _ => out.push(b' '),
        }
        rest = &rest[at + found.len_utf8()..];
    }
    out.extend_from_slice(rest.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked<'a>(url: &'a str, body: &'a str) -> Asked<'a> {
        Asked {
            wire_id: "id",
            url,
            body,
            model: None,
        }
    }

    #[test]
    fn the_body_goes_out_byte_for_byte() {
        let body = r#"{ "model":"m",  "x":1.0e2, "emoji":"😀é" }"#;
        let line = String::from_utf8(whole(&asked("/v1/responses", body))).unwrap();
        assert!(line.contains(body), "{line}");
        assert!(line.ends_with("}\n"));
    }

    #[test]
    fn line_separators_are_escaped_because_servers_split_on_them() {
        let line = whole(&asked("/v1/responses", "{\"a\":\"x\u{2028}y\u{2029}z\u{85}\"}"));
        let text = String::from_utf8(line).unwrap();
        assert!(text.contains(r"x\u2028y\u2029z\u0085"), "{text}");
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["body"]["a"], "x\u{2028}y\u{2029}z\u{85}");
    }

    #[test]
    fn another_model_replaces_the_lines_own_and_keeps_the_order() {
        assert_eq!(
            with_model(r#"{"b":1,"model":"old","a":[1,2]}"#, "new").unwrap(),
            r#"{"b":1,"model":"new","a":[1,2]}"#
        );
        assert_eq!(
            with_model(r#"{"a":1}"#, "new").unwrap(),
            r#"{"model":"new","a":1}"#
        );
    }
}
