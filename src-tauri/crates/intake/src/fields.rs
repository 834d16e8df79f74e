//! The fields of a line and what is looked at in its body: read in one pass, borrowed from the line.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The fields as they stand in the line. A field that is `null` counts as absent.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a> {
    pub(crate) custom_id: Option<&'a RawValue>,
    pub(crate) method: Option<&'a RawValue>,
    pub(crate) url: Option<&'a RawValue>,
    pub(crate) body: Option<&'a str>,
    /// What is looked at of the body, where it is an object.
    pub(crate) inside: Option<Body<'a>>,
    /// The first name that is none of these.
    pub(crate) unknown: Option<Cow<'a, str>>,
    /// The first of these names that stands twice.
    pub(crate) twice: Option<&'static str>,
    /// Results have these, requests do not.
    pub(crate) has_response: bool,
}

/// The part of a body that is looked at.
#[derive(Debug, Default)]
pub(crate) struct Body<'a> {
    pub(crate) model: Option<&'a RawValue>,
    pub(crate) stream: Option<&'a RawValue>,
    pub(crate) messages: Option<&'a RawValue>,
    pub(crate) input: Option<&'a RawValue>,
    /// A stored prompt, which stands for an input.
    pub(crate) prompt: Option<&'a RawValue>,
    pub(crate) twice: Option<&'static str>,
}

/// A string that is borrowed when it has no escapes.
#[derive(Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

impl<'a> Fields<'a> {
    /// Reads a line that should be an object.
    pub(crate) fn read(line: &'a str) -> Result<Self, serde_json::Error> {
        // Nearly all lines are read like this. Where it does not work out, the other way says what is wrong.
        match Self::read_at_once(line) {
            Some(fields) => Ok(fields),
            None => Self::read_in_two_steps(line),
        }
    }

    fn read_at_once(line: &'a str) -> Option<Self> {
        let read: Read<'a, Body<'a>> = serde_json::from_str(line).ok()?;
        let body = read.body_text(line)?;
        Some(Self {
            body: Some(body),
            inside: read.body,
            ..read.fields
        })
    }

    fn read_in_two_steps(line: &'a str) -> Result<Self, serde_json::Error> {
        let read: Read<'a, &'a RawValue> = serde_json::from_str(line)?;
        let body = read.body.and_then(filled).map(RawValue::get);
        // Its form is known to be right; a name that is no text (half of a surrogate pair) is found only here.
        let inside = body
            .filter(|body| body.starts_with('{'))
            .map(serde_json::from_str);
        Ok(Self {
            body,
            inside: inside.transpose()?,
            ..read.fields
        })
    }
}

/// A line with its body as a `B`.
struct Read<'a, B> {
    fields: Fields<'a>,
    body: Option<B>,
    /// The name of the body and of the field after it, where they stand in the line.
    body_name: Option<&'a str>,
    name_after: Option<&'a str>,
}

impl<'a, B> Read<'a, B> {
    /// The body as it stands, found by what is around it: `"body" : {...} , "next"` or `"body" : {...} }`.
    fn body_text(&self, line: &'a str) -> Option<&'a str> {
        let place = |name: &str| name.as_ptr() as usize - line.as_ptr() as usize;
        let name = self.body_name?;
        let start = place(name) + name.len() + "\"".len();
        let around = match self.name_after {
            Some(next) => line
                .get(start..place(next))?
                .strip_suffix('"')?
                .trim_ascii_end()
                .strip_suffix(',')?,
            None => line.get(start..)?.trim_ascii_end().strip_suffix('}')?,
        };
        let text = around.trim_ascii_start().strip_prefix(':')?.trim_ascii();
        (text.starts_with('{') && text.ends_with('}')).then_some(text)
    }
}

impl<'de, B: Deserialize<'de>> Deserialize<'de> for Read<'de, B> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Seen(PhantomData))
    }
}

struct Seen<T>(PhantomData<T>);

impl<'de, B: Deserialize<'de>> Visitor<'de> for Seen<B> {
    type Value = Read<'de, B>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a request")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut found, mut body) = (Fields::default(), None);
        let (mut body_name, mut name_after, mut after_body) = (None, None, false);
        let mut names = [false; 4];
        while let Some(Text(name)) = map.next_key()? {
            let in_line = borrowed(&name);
            if std::mem::take(&mut after_body) {
                name_after = in_line;
                // A name that was written with escapes has no place: then the body's end is not known.
                body_name = body_name.filter(|_| in_line.is_some());
            }
            let (index, known, place) = match name.as_ref() {
                "custom_id" => (0, "custom_id", &mut found.custom_id),
                "method" => (1, "method", &mut found.method),
                "url" => (2, "url", &mut found.url),
                "body" => {
                    body = Some(map.next_value()?);
                    (body_name, name_after, after_body) = (in_line, None, true);
                    if std::mem::replace(&mut names[3], true) {
                        found.twice.get_or_insert("body");
                    }
                    continue;
                }
                other => {
                    found.has_response |= matches!(other, "response" | "error");
                    found.unknown.get_or_insert(name);
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *place = filled(map.next_value()?);
            if std::mem::replace(&mut names[index], true) {
                found.twice.get_or_insert(known);
            }
        }
        Ok(Read {
            fields: found,
            body,
            body_name,
            name_after,
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Body<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Seen;
        impl<'de> Visitor<'de> for Seen {
            type Value = Body<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut found = Body::default();
                let mut names = [false; 5];
                while let Some(Text(name)) = map.next_key()? {
                    let (index, known, place) = match name.as_ref() {
                        "model" => (0, "model", &mut found.model),
                        "stream" => (1, "stream", &mut found.stream),
                        "messages" => (2, "messages", &mut found.messages),
                        "input" => (3, "input", &mut found.input),
                        "prompt" => (4, "prompt", &mut found.prompt),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    *place = filled(map.next_value()?);
                    if std::mem::replace(&mut names[index], true) {
                        found.twice.get_or_insert(known);
                    }
                }
                Ok(found)
            }
        }
        deserializer.deserialize_map(Seen)
    }
}

fn filled(raw: &RawValue) -> Option<&RawValue> {
    (raw.get() != "null").then_some(raw)
}

fn borrowed<'a>(text: &Cow<'a, str>) -> Option<&'a str> {
    match *text {
        Cow::Borrowed(text) => Some(text),
        Cow::Owned(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{"a":"}","model":"m"}"#;

    #[test]
    fn the_body_is_found_wherever_it_stands() {
        for line in [
            r#"{"body":BODY,"url":"x"}"#,
            r#"{"url":"x","body":BODY}"#,
            "\t{ \"url\" : \"x\" , \"body\"\r: BODY , \"method\" : 1 } ",
            "{ \"body\" : BODY } ",
            r#"{"":"","body":BODY,"":""}"#,
            r#"{"body":{},"body":BODY,"custom_id":1,"x":{"body":3}}"#,
        ] {
            let line = line.replace("BODY", BODY);
            let fields = Fields::read_at_once(&line).unwrap();
            assert_eq!(fields.body, Some(BODY), "{line}");
            assert_eq!(fields.inside.unwrap().model.unwrap().get(), "\"m\"");
        }
    }

    #[test]
    fn where_it_is_not_sure_nothing_is_guessed() {
        for line in [
            r#"{"bod\u0079":{}}"#,
            r#"{"body":{},"ur\u006c":1}"#,
            r#"{"body":[]}"#,
            r#"{"body":null}"#,
            "{}",
        ] {
            assert!(Fields::read_at_once(line).is_none(), "{line}");
            assert!(Fields::read_in_two_steps(line).is_ok(), "{line}");
        }
    }

    /// Lines with a byte or a piece exchanged, left out or put in twice.
    fn broken_lines() -> impl Iterator<Item = String> {
        let whole = [
            r#"{"custom_id":"x","method":"POST","url":"/v1","body":{"model":"m","messages":[{"a":-1.5e3}],"stream":false}}"#,
            r#" { "body" : { "input" : "\u00e9\ud83d\ude00\n", "prompt":null } , "custom_id" : 17 , "note":[{}] } "#,
            r#"{"body":{"model":"あ"},"body":{"model":"b","model":"c"},"url":null,"response":{"body":{}}}"#,
        ];
        let pieces = [
            "",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "1",
            " ",
            "\t",
            "\u{1}",
            "\u{a0}",
            "あ",
            "\"body\":{},",
            r"\u0062",
            r"\ud83d",
            "body",
            "\"body\":",
            "e",
            "-",
            "00",
        ];
        let mut seed = 0x2545_F491_4F6C_DD1D_u64;
        let mut below = move |limit: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            usize::try_from(seed % limit as u64).unwrap()
        };
        (0..200_000).map(move |number| {
            let mut line = whole[number % whole.len()].to_owned();
            for _ in 0..=below(3) {
                let from = line.floor_char_boundary(below(line.len() + 1));
                let to = line
                    .floor_char_boundary((from + below(4)).min(line.len()))
                    .max(from);
                line.replace_range(from..to, pieces[below(pieces.len())]);
            }
            line
        })
    }

    #[test]
    fn both_ways_of_reading_find_the_same() {
        let (mut at_once, mut refused) = (0, 0);
        for line in broken_lines() {
            let whole = serde_json::from_str::<&RawValue>(&line).is_ok_and(|raw| raw.get().starts_with('{'));
            let (quick, slow) = (Fields::read_at_once(&line), Fields::read_in_two_steps(&line));
            match (quick, slow) {
                (Some(quick), Ok(slow)) => {
                    assert_eq!(format!("{quick:?}"), format!("{slow:?}"), "{line}");
                    assert!(whole, "{line}");
                    at_once += 1;
                }
                (Some(_), Err(_)) => panic!("only one way takes {line}"),
                (None, Ok(_)) => assert!(whole, "{line}"),
                (None, Err(_)) => refused += 1,
            }
        }
        assert!(at_once > 10_000 && refused > 10_000, "{at_once} {refused}");
    }
}
