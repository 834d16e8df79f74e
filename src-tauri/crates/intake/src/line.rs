//! One line: what it asks for, or what is wrong with it.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use tabane_model::{Problem, Rules, Severity};

use crate::excerpt;

/// A line that is a request, as far as one line alone can tell.
pub(crate) struct Parsed<'a> {
    /// `None`: a fix will name it.
    pub(crate) custom_id: Option<Cow<'a, str>>,
    pub(crate) url: Cow<'a, str>,
    pub(crate) model: Option<Cow<'a, str>>,
    pub(crate) body: &'a str,
    /// Remarks that keep nothing back, and a missing id.
    pub(crate) remarks: Vec<Problem>,
}

#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The line's own fields, each as it stands.
#[derive(Default)]
struct Fields<'a> {
    custom_id: Option<&'a RawValue>,
    method: Option<&'a RawValue>,
    url: Option<&'a RawValue>,
    body: Option<&'a RawValue>,
    twice: Option<&'static str>,
    unknown: Option<String>,
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Fields::default();
                while let Some(Text(name)) = map.next_key()? {
                    let (place, name) = match name.as_ref() {
                        "custom_id" => (&mut fields.custom_id, "custom_id"),
                        "method" => (&mut fields.method, "method"),
                        "url" => (&mut fields.url, "url"),
                        "body" => (&mut fields.body, "body"),
                        other => {
                            fields.unknown.get_or_insert_with(|| other.to_owned());
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    if place.replace(map.next_value()?).is_some() {
                        fields.twice = Some(name);
                    }
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Read)
    }
}

/// What is looked at in a body.
#[derive(Default)]
struct Body<'a> {
    model: Option<&'a RawValue>,
    stream: bool,
    messages: bool,
    input: bool,
}

impl<'de> Deserialize<'de> for Body<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Body<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Body<'de>, A::Error> {
                let mut body = Body::default();
                while let Some(Text(name)) = map.next_key()? {
                    match name.as_ref() {
                        "model" => body.model = Some(map.next_value()?),
                        "stream" => body.stream = map.next_value::<&RawValue>()?.get() == "true",
                        "messages" => body.messages = map.next_value::<&RawValue>()?.get().starts_with('['),
                        "input" | "prompt" => {
                            body.input = map.next_value::<&RawValue>()?.get() != "null";
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(body)
            }
        }
        deserializer.deserialize_map(Read)
    }
}

/// Reads a line. `Err` is the one error that keeps it from being sent; a missing id is left to the caller.
pub(crate) fn parse<'a>(bytes: &'a [u8], number: u64, rules: &Rules) -> Result<Parsed<'a>, Box<Problem>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(not_utf8(bytes, error.valid_up_to(), number)),
    };
    if text
        .trim_matches(|c: char| c.is_ascii_whitespace() || c == '\u{feff}')
        .is_empty()
    {
        return Err(Box::new(Problem::new(number, "blank-line", Severity::Error)));
    }
    let wrong = Wrong { text, number };
    let fields: Fields<'a> = serde_json::from_str(text).map_err(|error| wrong.json(&error))?;
    if let Some(name) = fields.twice {
        return Err(wrong.key(name, "duplicate-field").with_arg("field", name));
    }
    let body = fields.body.ok_or_else(|| wrong.whole("body-missing"))?;
    let inside: Body<'a> = match serde_json::from_str(body.get()) {
        Ok(inside) => inside,
        Err(_) => return Err(wrong.value(body, "body-not-object")),
    };
    let url = read_url(&wrong, fields.url, rules)?;
    let mut remarks = Vec::new();
    match fields.method.map(RawValue::get) {
        // We write the method ourselves: nothing else exists.
        None => remarks.push(*wrong.whole("method-missing").warning()),
        Some(r#""POST""#) => {}
        Some(_) => return Err(wrong.maybe(fields.method, "method-not-post")),
    }
    if inside.stream {
        return Err(wrong.key("stream", "stream-set"));
    }
    let is_chat = url.ends_with("/chat/completions");
    if is_chat && !inside.messages {
        return Err(wrong.value(body, "messages-missing"));
    }
    if (url.ends_with("/responses") || url.ends_with("/embeddings")) && !inside.input {
        return Err(wrong.value(body, "input-missing"));
    }
    let model = match inside
        .model
        .map(|raw| serde_json::from_str::<Text<'a>>(raw.get()))
    {
        Some(Ok(Text(model))) if !model.is_empty() => Some(model),
        _ => return Err(wrong.value(body, "model-missing")),
    };
    if let Some(name) = fields.unknown {
        remarks.push(
            *wrong
                .key(&name, "unknown-field")
                .with_arg("field", &name)
                .warning(),
        );
    }
    let custom_id = read_id(&wrong, fields.custom_id, &mut remarks)?;
    Ok(Parsed {
        custom_id,
        url,
        model,
        body: body.get(),
        remarks,
    })
}

fn read_url<'a>(
    wrong: &Wrong<'a>,
    raw: Option<&'a RawValue>,
    rules: &Rules,
) -> Result<Cow<'a, str>, Box<Problem>> {
    let Some(raw) = raw else {
        return Err(wrong.whole("url-missing"));
    };
    let Ok(Text(url)) = serde_json::from_str::<Text<'a>>(raw.get()) else {
        return Err(wrong.value(raw, "url-missing"));
    };
    let supported = if rules.endpoints.is_empty() {
        url.starts_with("/v")
    } else {
        rules.endpoints.iter().any(|endpoint| *endpoint == url)
    };
    if supported {
        Ok(url)
    } else {
        Err(wrong.value(raw, "url-not-supported").with_arg("url", &url))
    }
}

fn read_id<'a>(
    wrong: &Wrong<'a>,
    raw: Option<&'a RawValue>,
    remarks: &mut Vec<Problem>,
) -> Result<Option<Cow<'a, str>>, Box<Problem>> {
    let Some(raw) = raw.filter(|raw| raw.get() != "null") else {
        remarks.push(*wrong.whole("custom-id-missing"));
        return Ok(None);
    };
    match serde_json::from_str::<Text<'a>>(raw.get()) {
        Ok(Text(id)) if id.trim().is_empty() => {
            remarks.push(*wrong.value(raw, "custom-id-empty"));
            Ok(None)
        }
        Ok(Text(id)) => Ok(Some(id)),
        Err(_) if raw.get().starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
            remarks.push(
                *wrong
                    .value(raw, "custom-id-number")
                    .with_arg("id", raw.get())
                    .warning(),
            );
            Ok(Some(Cow::Borrowed(raw.get())))
        }
        Err(_) => Err(wrong.value(raw, "custom-id-not-text")),
    }
}

/// Makes problems of a line, with the piece of it that is meant.
struct Wrong<'a> {
    text: &'a str,
    number: u64,
}

impl Wrong<'_> {
    fn at(&self, code: &str, from: usize, to: usize) -> Box<Problem> {
        let mut problem = Problem::new(self.number, code, Severity::Error);
        let (excerpt, mark) = excerpt::around(self.text, from, to);
        problem.excerpt = excerpt;
        problem.mark = (mark.1 > mark.0).then_some(mark);
        Box::new(problem)
    }

    fn whole(&self, code: &str) -> Box<Problem> {
        let mut problem = self.at(code, 0, 0);
        problem.mark = None;
        problem
    }

    fn value(&self, raw: &RawValue, code: &str) -> Box<Problem> {
        let from = raw.get().as_ptr() as usize - self.text.as_ptr() as usize;
        self.at(code, from, from + raw.get().len().min(60))
    }

    fn maybe(&self, raw: Option<&RawValue>, code: &str) -> Box<Problem> {
        raw.map_or_else(|| self.whole(code), |raw| self.value(raw, code))
    }

    /// A field's name where it stands (last, for doubled ones).
    fn key(&self, name: &str, code: &str) -> Box<Problem> {
        let quoted = format!("\"{name}\"");
        match self.text.rfind(&quoted) {
            Some(at) => self.at(code, at, at + quoted.len()),
            None => self.whole(code),
        }
    }

    fn json(&self, error: &serde_json::Error) -> Box<Problem> {
        let starts = self.text.trim_start();
        if !starts.starts_with('{') && serde_json::from_str::<IgnoredAny>(starts).is_ok() {
            return self.whole("not-an-object");
        }
        // Columns count bytes from 1; for a line that ends too early the end is what is wrong.
        let at = error.column().saturating_sub(1);
        if error.is_eof() {
            let last = self.text.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
            return self.at("cut-off-line", last, self.text.len());
        }
        self.at("not-json", at, at + 1)
    }
}

/// Small helpers so that a problem is made in one expression.
trait Shaped {
    fn with_arg(self, name: &str, value: &str) -> Self;
    fn warning(self) -> Self;
}

impl Shaped for Box<Problem> {
    fn with_arg(mut self, name: &str, value: &str) -> Self {
        let short: String = value.chars().take(120).collect();
        self.args.insert(name.to_owned(), short.into());
        self
    }
    fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }
}

fn not_utf8(bytes: &[u8], at: usize, number: u64) -> Box<Problem> {
    let text = String::from_utf8_lossy(bytes);
    // The first replacement stands where the first wrong byte was.
    Wrong { text: &text, number }.at("invalid-utf8-line", at, at + '\u{fffd}'.len_utf8())
}
