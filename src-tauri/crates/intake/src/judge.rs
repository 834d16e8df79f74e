//! Whether the fields of one line make a request that a service takes, seen by itself.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::value::RawValue;
use tabane_model::{Fix, Rules};

use crate::flaw::Flaw;
use crate::line::{self, Fields};
use crate::parts::wire_line_len;

/// What a line asks for. What is missing or unusable is `None` and has its flaw.
#[derive(Debug, Default)]
pub(crate) struct Asked<'a> {
    pub(crate) custom_id: Option<Field<'a>>,
    pub(crate) url: Option<Field<'a>>,
    pub(crate) model: Option<Field<'a>>,
    /// The object as it stands in the line.
    pub(crate) body: Option<&'a str>,
    /// Bytes on the wire.
    pub(crate) wire: u64,
}

#[derive(Debug)]
pub(crate) struct Field<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) at: Option<Range<usize>>,
}

/// Longest piece of the file that stands in a sentence, in characters.
const QUOTED: usize = 80;

pub(crate) fn judge<'a>(
    line: &'a str,
    fields: &Fields<'a>,
    rules: &Rules,
    flaws: &mut Vec<Flaw>,
) -> Asked<'a> {
    let mut asked = Asked::default();
    if let Some(name) = fields.twice {
        flaws.push(Flaw::error("duplicate-field").with("field", name));
    }
    asked.custom_id = custom_id(line, fields, flaws);
    match fields.method {
        // Nothing else exists, and ours is written in any case.
        None => flaws.push(Flaw::warning("method-missing")),
        Some(raw) if raw.get() == "\"POST\"" => {}
        Some(raw) => match line::text(raw) {
            Some(text) if text == "POST" => {}
            text => flaws.push(
                Flaw::error("method-not-post")
                    .with("method", quoted(text.as_deref().unwrap_or(raw.get())))
                    .at(place(line, raw)),
            ),
        },
    }
    asked.url = url(line, fields, rules, flaws);
    asked.body = body(line, fields, &mut asked.model, asked.url.as_ref(), flaws);
    if let Some(name) = &fields.unknown {
        let at = line::place(line, name);
        flaws.push(Flaw::warning("unknown-field").with("field", quoted(name)).at(at));
    }
    if let (Some(url), Some(body)) = (&asked.url, asked.body) {
        asked.wire = wire_line_len(&url.text, body);
        if asked.wire > rules.max_bytes {
            flaws.push(too_long(rules.max_bytes));
        }
    }
    asked
}

pub(crate) fn too_long(limit: u64) -> Flaw {
    Flaw::error("line-too-long").with("limit", limit)
}

/// A piece of the file for a sentence.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn custom_id<'a>(line: &'a str, fields: &Fields<'a>, flaws: &mut Vec<Flaw>) -> Option<Field<'a>> {
    let Some(raw) = fields.custom_id else {
        flaws.push(Flaw::error("custom-id-missing").fix(Fix::NameByLine));
        return None;
    };
    match text(line, raw) {
        // Programs number their rows, and a number is as good a name: its text, as it is written.
        None if is_number(raw) => {
            let id = raw.get();
            let at = place(line, raw);
            flaws.push(
                Flaw::warning("custom-id-number")
                    .with("id", quoted(id))
                    .at(at.clone()),
            );
            return Some(Field { text: id.into(), at });
        }
        None => flaws.push(Flaw::error("custom-id-not-text").at(place(line, raw))),
        Some(id) if id.text.trim().is_empty() => {
            flaws.push(
                Flaw::error("custom-id-empty")
                    .fix(Fix::NameByLine)
                    .at(place(line, raw)),
            );
        }
        id => return id,
    }
    None
}

fn is_number(raw: &RawValue) -> bool {
    raw.get()
        .starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

fn url<'a>(line: &'a str, fields: &Fields<'a>, rules: &Rules, flaws: &mut Vec<Flaw>) -> Option<Field<'a>> {
    let Some(raw) = fields.url else {
        flaws.push(Flaw::error("url-missing"));
        return None;
    };
    let url = text(line, raw);
    let supported = url.as_ref().is_some_and(|url| match rules.endpoints.as_slice() {
        [] => url.text.starts_with("/v"),
        endpoints => endpoints.iter().any(|endpoint| *endpoint == url.text),
    });
    if supported {
        return url;
    }
    let said = quoted(url.as_ref().map_or(raw.get(), |url| &url.text));
    flaws.push(
        Flaw::error("url-not-supported")
            .with("url", said)
            .at(place(line, raw)),
    );
    None
}

fn body<'a>(
    line: &'a str,
    fields: &Fields<'a>,
    model: &mut Option<Field<'a>>,
    url: Option<&Field<'a>>,
    flaws: &mut Vec<Flaw>,
) -> Option<&'a str> {
    let Some(raw) = fields.body else {
        flaws.push(Flaw::error("body-missing"));
        return None;
    };
    if !raw.get().starts_with('{') {
        flaws.push(Flaw::error("body-not-object").at(place(line, raw)));
        return None;
    }
    // Its form is known to be right; a name that is no text (half of a surrogate pair) is found only here.
    let Ok(body) = line::body(raw) else {
        flaws.push(Flaw::error("not-json").at(place(line, raw)));
        return None;
    };
    if let Some(name) = body.twice {
        flaws.push(
            Flaw::error("duplicate-field")
                .with("field", name)
                .at(place(line, raw)),
        );
    }
    *model = body
        .model
        .and_then(|raw| text(line, raw))
        .filter(|model| !model.text.trim().is_empty());
    if model.is_none() {
        flaws.push(Flaw::error("model-missing").at(body.model.and_then(|raw| place(line, raw))));
    }
    if let Some(stream) = body.stream.filter(|stream| stream.get() != "false") {
        flaws.push(Flaw::error("stream-set").at(place(line, stream)));
    }
    let url = url.map_or("", |url| url.text.as_ref());
    if url.ends_with("/chat/completions") && !body.messages.is_some_and(|raw| holds_something(raw, '[')) {
        flaws.push(Flaw::error("messages-missing").at(body.messages.and_then(|raw| place(line, raw))));
    }
    // A response can be asked for by a stored prompt alone (OpenAI, read 2026-11); the others need an input.
    let by_prompt = url.ends_with("/responses") && body.prompt.is_some();
    let needs_input = ["/responses", "/embeddings", "/moderations"]
        .iter()
        .any(|end| url.ends_with(end));
    if needs_input && !by_prompt && !body.input.is_some_and(|raw| holds_something(raw, '"')) {
        flaws.push(Flaw::error("input-missing").at(body.input.and_then(|raw| place(line, raw))));
    }
    Some(raw.get())
}

/// A list with something in it; a text with something in it too where texts are allowed (`"`).
fn holds_something(raw: &RawValue, kind: char) -> bool {
    let raw = raw.get();
    let inner = if raw.starts_with('[') {
        raw.get(1..raw.len() - 1)
    } else if kind == '"' && raw.starts_with('"') {
        return raw.len() > 2;
    } else {
        None
    };
    inner.is_some_and(|inner| !inner.trim_ascii().is_empty())
}

fn text<'a>(line: &'a str, raw: &'a RawValue) -> Option<Field<'a>> {
    line::text(raw).map(|text| Field {
        text,
        at: place(line, raw),
    })
}

fn place(line: &str, raw: &RawValue) -> Option<Range<usize>> {
    line::place(line, raw.get())
}
