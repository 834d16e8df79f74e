//! How a request is written: in Claude's own shape as it stands, in the shape of OpenAI's chat translated.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::Number;
use serde_json::value::RawValue;
use tabane_model::{Adaptation, Failure};

use super::models::{takes_effort, takes_sampling};
use super::params::{Block, CacheControl, Content, Format, Message, OutputConfig, Params, Source, System};
use super::schema::Suited;
use crate::translate::{Chat, LENGTH, Part, Role, Schema, Turn, left_out, not_translatable};
use crate::wire::{framed, ordered_fields, push_body, push_text};
use crate::{Asked, Options, Profile, Written};

/// What every request of this service is for.
const ENDPOINT: &str = "/v1/messages";

/// Refused in the newest version of the interface.
const SAMPLING: [&str; 3] = ["temperature", "top_p", "top_k"];

/// `output_config.effort` (package 2.12.0).
const EFFORTS: [&str; 5] = ["low", "medium", "high", "xhigh", "max"];

/// How long a marked prompt stays in the cache: a batch rarely runs within the other choice, five minutes.
const CACHED_FOR: &str = "1h";

/// A request's line: `{"custom_id":..,"params":{..}}`.
///
/// # Errors
/// `request-not-translatable`.
pub(crate) fn write<'a>(
    profile: &Profile,
    asked: &Asked<'a>,
    options: &Options,
) -> Result<Written<'a>, Failure> {
    let (line, changes, sampling) = if asked.url == "/v1/chat/completions" {
        translated(profile, asked, options)?
    } else {
        let fields = ordered_fields(asked.body).ok_or_else(|| not_translatable(profile.name, "body"))?;
        let sampling = fields.iter().any(|(name, _)| SAMPLING.contains(&name.as_str()));
        let line = framed("custom_id", asked.wire_id, "params", |line| {
            push_body(asked, line);
        });
        (line, Vec::new(), sampling)
    };
    Ok(Written {
        line,
        endpoint: Cow::Borrowed(ENDPOINT),
        changes,
        sampling,
    })
}

fn translated(
    profile: &Profile,
    asked: &Asked<'_>,
    options: &Options,
) -> Result<(Vec<u8>, Vec<Adaptation>, bool), Failure> {
    let chat = Chat::read(asked.body, asked.model, profile.name)?;
    let mut changes = Vec::new();
    let params = params(&chat, options, profile.name, &mut changes)?;
    let sampling = params.temperature.is_some() || params.top_p.is_some();
    let params = serde_json::to_string(&params)
        .map_err(|error| not_translatable(profile.name, "body").detail(error.to_string()))?;
    let line = framed("custom_id", asked.wire_id, "params", |line| {
        push_text(&params, line);
    });
    Ok((line, changes, sampling))
}

fn params<'a>(
    chat: &'a Chat,
    options: &Options,
    service: &str,
    changes: &mut Vec<Adaptation>,
) -> Result<Params<'a>, Failure> {
    let messages = messages(&chat.turns, service)?;
    // Demanded by the service.
    if messages.is_empty() {
        return Err(not_translatable(service, "messages"));
    }
    let max_tokens = chat.length.clone().unwrap_or_else(|| {
        let length = options.max_tokens.unwrap_or(LENGTH);
        changes.push(Adaptation::new("length-added").with("length", length));
        Number::from(length)
    });
    let (temperature, top_p) = sampling(chat, changes);
    let set = [
        (chat.seed.is_some(), "seed"),
        (chat.frequency_penalty.is_some(), "frequency_penalty"),
        (chat.presence_penalty.is_some(), "presence_penalty"),
        // There is no such promise without a schema.
        (chat.json_object, "response_format"),
    ];
    let unknown = set.into_iter().filter_map(|(set, name)| set.then_some(name));
    changes.extend(
        unknown
            .chain(chat.others.iter().map(String::as_str))
            .map(left_out),
    );
    Ok(Params {
        model: &chat.model,
        max_tokens,
        system: chat
            .system
            .as_deref()
            .and_then(|text| system(text, options.cache_prompt)),
        messages,
        temperature,
        top_p,
        stop_sequences: stops(&chat.stop, changes),
        output_config: OutputConfig {
            effort: effort(chat, changes),
            format: chat
                .schema
                .as_ref()
                .map(|schema| format(schema, service, changes))
                .transpose()?,
        },
    })
}

/// Empty text is refused.
fn system(text: &str, cached: bool) -> Option<System<'_>> {
    if text.trim().is_empty() {
        return None;
    }
    if !cached {
        return Some(System::Text(text));
    }
    let cache_control = Some(CacheControl::Ephemeral { ttl: CACHED_FOR });
    Some(System::Blocks([Block::Text { text, cache_control }]))
}

/// Turns without any content are refused, and say nothing.
fn messages<'a>(turns: &'a [Turn], service: &str) -> Result<Vec<Message<'a>>, Failure> {
    let mut messages = Vec::with_capacity(turns.len());
    for turn in turns {
        let said = turn
            .parts
            .iter()
            .filter(|part| !matches!(part, Part::Text(text) if text.is_empty()));
        let said: Vec<&Part> = said.collect();
        let content = match said.as_slice() {
            [] => continue,
            [Part::Text(text)] => Content::Text(text),
            parts => Content::Blocks(
                parts
                    .iter()
                    .map(|part| block(part, service))
                    .collect::<Result<_, _>>()?,
            ),
        };
        let role = match turn.role {
            Role::User => "user",
            Role::Assistant => "assistant",
        };
        messages.push(Message { role, content });
    }
    Ok(messages)
}

fn block<'a>(part: &'a Part, service: &str) -> Result<Block<'a>, Failure> {
    let url = match part {
        Part::Text(text) => {
            return Ok(Block::Text {
                text,
                cache_control: None,
            });
        }
        Part::Picture(url) => url,
    };
    let source = if url.starts_with("https://") {
        Some(Source::Url { url })
    } else {
        inline(url)
    };
    let source = source.ok_or_else(|| not_translatable(service, "image_url"))?;
    Ok(Block::Image { source })
}

/// `data:image/png;base64,...`
fn inline(url: &str) -> Option<Source<'_>> {
    let (head, data) = url.strip_prefix("data:")?.split_once(',')?;
    let head = head.strip_suffix(";base64")?;
    let media_type = head.split(';').next().filter(|kind| !kind.is_empty())?;
    Some(Source::Base64 { media_type, data })
}

/// Temperature lies between 0 and 1, and since Opus 4.1 either it or `top_p` may be set (open-webui/pipelines#546).
fn sampling(chat: &Chat, changes: &mut Vec<Adaptation>) -> (Option<Number>, Option<Number>) {
    let (temperature, top_p) = (chat.temperature.clone(), chat.top_p.clone());
    if !takes_sampling(&chat.model) {
        changes.extend(temperature.map(|_| left_out("temperature")));
        changes.extend(top_p.map(|_| left_out("top_p")));
        return (None, None);
    }
    let temperature = temperature.map(|asked| {
        let kept = within_one(asked.clone());
        if kept != asked {
            changes.push(
                Adaptation::new("clamped")
                    .with("parameter", "temperature")
                    .with("low", "0")
                    .with("high", "1"),
            );
        }
        kept
    });
    if temperature.is_some() && top_p.is_some() {
        changes.push(Adaptation::new("left-out-beside-temperature").with("parameter", "top_p"));
        return (temperature, None);
    }
    (temperature, top_p)
}

fn within_one(number: Number) -> Number {
    let value = number.as_f64().unwrap_or_default();
    match (value.partial_cmp(&0.0), value.partial_cmp(&1.0)) {
        (Some(Ordering::Less), _) => Number::from(0),
        (_, Some(Ordering::Greater)) => Number::from(1),
        _ => number,
    }
}

/// One of white space alone is refused (BerriAI/litellm#3286).
fn stops<'a>(stops: &'a [String], changes: &mut Vec<Adaptation>) -> Vec<&'a str> {
    let kept: Vec<&str> = stops
        .iter()
        .map(String::as_str)
        .filter(|stop| !stop.trim().is_empty())
        .collect();
    if kept.len() < stops.len() {
        changes.push(left_out("stop"));
    }
    kept
}

fn effort<'a>(chat: &'a Chat, changes: &mut Vec<Adaptation>) -> Option<&'a str> {
    let effort = chat.effort.as_deref()?;
    if !takes_effort(&chat.model) {
        changes.push(left_out("reasoning_effort"));
        return None;
    }
    if !EFFORTS.contains(&effort) {
        changes.push(
            Adaptation::new("effort-unknown")
                .with("parameter", "reasoning_effort")
                .with("effort", effort)
                .with("known", EFFORTS.join(" / ")),
        );
        return None;
    }
    Some(effort)
}

/// The schema's name has no place here.
fn format(schema: &Schema, service: &str, changes: &mut Vec<Adaptation>) -> Result<Format, Failure> {
    let suited = Suited::new(&schema.schema);
    if suited.limits {
        changes.push(Adaptation::new("schema-limits-in-words"));
    }
    if suited.closed {
        changes.push(Adaptation::new("schema-closed"));
    }
    let schema =
        RawValue::from_string(suited.schema).map_err(|_| not_translatable(service, "response_format"))?;
    Ok(Format {
        kind: "json_schema",
        schema,
    })
}
