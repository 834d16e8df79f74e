//! Whether the fields of one line make a request that a service takes, seen by itself.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::value::RawValue;
use tabane_model::{Fix, NativeLine, Rules};

use crate::body::Body;
use crate::fields::Fields;
use crate::flaw::Flaw;
use crate::form::Form;
use crate::line;
use crate::parts::wire_line_len;

/// What a line asks for. What is missing or unusable is `None` and has its flaw.
#[derive(Debug, Default)]
pub(crate) struct Asked<'a> {
    pub(crate) custom_id: Option<Field<'a>>,
    /// The field of the line that its name stands in, or should.
    pub(crate) id_field: &'static str,
    /// It has no name and needs none.
    pub(crate) goes_by_line: bool,
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
    let form = Form::of(fields, rules);
    if let Form::Foreign(code) = form {
        flaws.push(Flaw::error(code));
        return asked;
    }
    let ids = form.ids();
    let id_field = ids.iter().find(|name| fields.value(name).is_some());
    let id_field = *id_field.or(ids.first()).unwrap_or(&"custom_id");
    asked.id_field = id_field;
    let belongs = |name: &str| {
        let address = form.is_addressed() && ["method", "url"].contains(&name);
        name == id_field || name == form.body() || address
    };
    if let Some(name) = fields.twice.iter().find(|name| belongs(name)) {
        flaws.push(Flaw::error("duplicate-field").with("field", *name));
    }
    id(line, fields, form, &mut asked, flaws);
    method(line, fields, form, flaws);
    asked.url = match form {
        Form::Native(native) => Some(native_url(&native, flaws)),
        _ => url(line, fields, rules, flaws),
    };
    body(line, fields, form, rules, &mut asked, flaws);
    // Nearly all lines are OpenAI's and nothing else.
    if fields.unknown.is_some() || form != Form::OpenAi || !fields.are_openai() {
        flaws.extend(unknown(line, fields, belongs));
    }
    if let (Some(url), Some(body)) = (&asked.url, asked.body) {
        asked.wire = wire_line_len(&url.text, body);
        if asked.wire > rules.max_bytes {
            flaws.push(too_long(rules.max_bytes));
        }
    }
    asked
}

/// A field that is not part of the line's form, though it may be of another one.
fn unknown(line: &str, fields: &Fields<'_>, belongs: impl Fn(&str) -> bool) -> Option<Flaw> {
    let (name, at) = match &fields.unknown {
        Some(name) => (name.as_ref(), line::place(line, name)),
        None => {
            let (name, value) = fields.known().find(|(name, _)| !belongs(name))?;
            (name, line::place_of_name(line, name, value))
        }
    };
    Some(Flaw::warning("unknown-field").with("field", quoted(name)).at(at))
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

fn id<'a>(line: &'a str, fields: &Fields<'a>, form: Form, asked: &mut Asked<'a>, flaws: &mut Vec<Flaw>) {
    let name = asked.id_field;
    let Some(raw) = fields.value(name) else {
        asked.goes_by_line = matches!(form, Form::Native(native) if native.nameless);
        flaws.push(if asked.goes_by_line {
            Flaw::warning("named-by-line")
        } else {
            Flaw::error("custom-id-missing")
                .with("field", name)
                .fix(Fix::NameByLine)
        });
        return;
    };
    let flaw = match field(line, raw) {
        // Programs number their rows, and a number is as good a name: its text, as it is written.
        None if is_number(raw) => {
            let id = raw.get();
            let text = id.into();
            asked.custom_id = Some(Field {
                text,
                at: place(line, raw),
            });
            Flaw::warning("custom-id-number").with("id", quoted(id))
        }
        None => Flaw::error("custom-id-not-text"),
        Some(id) if id.text.trim().is_empty() => Flaw::error("custom-id-empty").fix(Fix::NameByLine),
        id => {
            asked.custom_id = id;
            return;
        }
    };
    flaws.push(flaw.with("field", name).at(place(line, raw)));
}

fn is_number(raw: &RawValue) -> bool {
    raw.get()
        .starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

fn method(line: &str, fields: &Fields<'_>, form: Form, flaws: &mut Vec<Flaw>) {
    let Some(raw) = fields.method().filter(|_| form.is_addressed()) else {
        // Nothing else exists, and ours is written in any case.
        if form == Form::OpenAi {
            flaws.push(Flaw::warning("method-missing"));
        }
        return;
    };
    if raw.get() == "\"POST\"" {
        return;
    }
    let text = line::text(raw);
    if text.as_deref() != Some("POST") {
        flaws.push(
            Flaw::error("method-not-post")
                .with("method", quoted(text.as_deref().unwrap_or(raw.get())))
                .at(place(line, raw)),
        );
    }
}

fn native_url<'a>(native: &NativeLine, flaws: &mut Vec<Flaw>) -> Field<'a> {
    if native.is_bare() {
        // The service does other kinds too: it is said which one is meant.
        flaws.push(Flaw::warning("url-assumed").with("url", native.url));
    }
    Field {
        text: native.url.into(),
        at: None,
    }
}

fn url<'a>(line: &'a str, fields: &Fields<'a>, rules: &Rules, flaws: &mut Vec<Flaw>) -> Option<Field<'a>> {
    let Some(raw) = fields.url() else {
        flaws.push(Flaw::error("url-missing"));
        return None;
    };
    let url = field(line, raw);
    let native = |url: &str| rules.native.is_some_and(|native| native.url == url);
    let supported = url.as_ref().is_some_and(|url| match rules.endpoints.as_slice() {
        [] => url.text.starts_with("/v"),
        endpoints => endpoints.iter().any(|endpoint| *endpoint == url.text) || native(&url.text),
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
    form: Form,
    rules: &Rules,
    asked: &mut Asked<'a>,
    flaws: &mut Vec<Flaw>,
) {
    let name = form.body();
    let Some(held) = fields.held(name) else {
        flaws.push(Flaw::error("body-missing").with("field", name));
        return;
    };
    let whole = line::place(line, held.text);
    let Some(body) = &held.inside else {
        flaws.push(Flaw::error("body-not-object").with("field", name).at(whole));
        return;
    };
    asked.body = Some(held.text);
    if let Some(name) = body.twice {
        flaws.push(Flaw::error("duplicate-field").with("field", name).at(whole));
    }
    let url = asked.url.as_ref().map_or("", |url| url.text.as_ref());
    let native = rules.native.filter(|native| native.url == url);
    let model = body
        .model
        .filter(|_| native.is_none_or(|native| native.model_in_body));
    asked.model = model
        .and_then(|raw| field(line, raw))
        .filter(|model| !model.text.trim().is_empty());
    if asked.model.is_none() && !rules.model_given {
        flaws.push(Flaw::error("model-missing").at(model.and_then(|raw| place(line, raw))));
    }
    content(line, body, url, flaws);
}

/// Whether there is something to answer.
fn content(line: &str, body: &Body<'_>, url: &str, flaws: &mut Vec<Flaw>) {
    if let Some(stream) = body.stream.filter(|stream| stream.get() != "false") {
        flaws.push(Flaw::error("stream-set").at(place(line, stream)));
    }
    let is = |ends: &[&str]| ends.iter().any(|end| url.ends_with(end));
    if is(&["/chat/completions", "/messages"]) && !body.messages.is_some_and(|raw| holds_something(raw, '['))
    {
        flaws.push(Flaw::error("messages-missing").at(body.messages.and_then(|raw| place(line, raw))));
    }
    // One content without a list around it may be understood too.
    if is(&["/generateContent"])
        && !body
            .contents
            .is_some_and(|raw| raw.get().starts_with('{') || holds_something(raw, '['))
    {
        flaws.push(Flaw::error("contents-missing").at(body.contents.and_then(|raw| place(line, raw))));
    }
    // A response can be asked for by a stored prompt alone (OpenAI, read 2026-11); the others need an input.
    let by_prompt = url.ends_with("/responses") && body.prompt.is_some();
    let needs_input = is(&["/responses", "/embeddings", "/moderations"]);
    if needs_input && !by_prompt && !body.input.is_some_and(|raw| holds_something(raw, '"')) {
        flaws.push(Flaw::error("input-missing").at(body.input.and_then(|raw| place(line, raw))));
    }
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

fn field<'a>(line: &'a str, raw: &'a RawValue) -> Option<Field<'a>> {
    line::text(raw).map(|text| Field {
        text,
        at: place(line, raw),
    })
}

fn place(line: &str, raw: &RawValue) -> Option<Range<usize>> {
    line::place(line, raw.get())
}
