//! The fields of a line, those of OpenAI's lines and of other services' own: read in one pass, borrowed from the line.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::body::Body;

/// Names of single values: OpenAI's, and by what other services call a request.
const VALUES: [&str; 5] = ["custom_id", "method", "url", "key", "id"];
const METHOD: usize = 1;
const URL: usize = 2;
/// The first that is not OpenAI's.
const FOREIGN: usize = 3;

/// The fields as they stand in the line, with what is asked as an `H`. A field that is `null` counts as absent.
#[derive(Debug)]
pub(crate) struct Fields<'a, H = Held<'a>> {
    values: [Option<&'a RawValue>; VALUES.len()],
    /// Nearly all lines have this one and no other, and are read without asking for memory.
    body: Option<H>,
    /// What is asked in the words of other services, by its name: `params` (Claude), `request` (Google).
    others: Vec<(&'static str, H)>,
    /// The first name that is none of these.
    pub(crate) unknown: Option<Cow<'a, str>>,
    /// Those of these names that stand twice.
    pub(crate) twice: Vec<&'static str>,
    /// Results have these, requests do not.
    pub(crate) has_response: bool,
}

/// What is asked.
#[derive(Debug)]
pub(crate) struct Held<'a> {
    pub(crate) text: &'a str,
    /// What is looked at of it, where it is an object.
    pub(crate) inside: Option<Body<'a>>,
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
        let read: Fields<'a, Slot<'a, Body<'a>>> = serde_json::from_str(line).ok()?;
        let whole = read.holding(|slot: Slot<'a, Body<'a>>| {
            let text = slot.text(line).ok_or(())?;
            let inside = Some(slot.value);
            Ok::<_, ()>(Some(Held { text, inside }))
        });
        whole.ok()
    }

    fn read_in_two_steps(line: &'a str) -> Result<Self, serde_json::Error> {
        let read: Fields<'a, Slot<'a, &'a RawValue>> = serde_json::from_str(line)?;
        read.holding(|slot| {
            let Some(text) = filled(slot.value).map(RawValue::get) else {
                return Ok(None);
            };
            // Its form is known to be right; a name that is no text (half of a surrogate pair) is found only here.
            let inside = text.starts_with('{').then(|| serde_json::from_str(text));
            let inside = inside.transpose()?;
            Ok(Some(Held { text, inside }))
        })
    }

    pub(crate) fn method(&self) -> Option<&'a RawValue> {
        self.values[METHOD]
    }

    pub(crate) fn url(&self) -> Option<&'a RawValue> {
        self.values[URL]
    }

    /// The value of one of the names that are looked for.
    pub(crate) fn value(&self, name: &str) -> Option<&'a RawValue> {
        let at = VALUES.iter().position(|known| *known == name)?;
        self.values[at]
    }

    /// What is asked under one of the names that are looked for.
    pub(crate) fn held(&self, name: &str) -> Option<&Held<'a>> {
        if name == "body" {
            return self.body.as_ref();
        }
        let other = self.others.iter().find(|(known, _)| *known == name);
        other.map(|(_, held)| held)
    }

    /// None of the names that are looked for is another service's.
    pub(crate) fn are_openai(&self) -> bool {
        self.others.is_empty() && self.values[FOREIGN..].iter().all(Option::is_none)
    }

    /// The names that stand in the line of those that are looked for, with the text of their value.
    pub(crate) fn known(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        let values = VALUES.iter().zip(&self.values);
        let values = values.filter_map(|(name, value)| Some((*name, value.as_ref()?.get())));
        let body = self.body.iter().map(|held| ("body", held.text));
        let others = self.others.iter().map(|(name, held)| (*name, held.text));
        values.chain(body).chain(others)
    }
}

impl<'a, H> Fields<'a, H> {
    /// With what is asked as it is held in the end.
    fn holding<G, E>(self, hold: impl Fn(H) -> Result<Option<G>, E>) -> Result<Fields<'a, G>, E> {
        let mut others = Vec::new();
        for (name, asked) in self.others {
            others.extend(hold(asked)?.map(|held| (name, held)));
        }
        Ok(Fields {
            values: self.values,
            body: self.body.map(hold).transpose()?.flatten(),
            others,
            unknown: self.unknown,
            twice: self.twice,
            has_response: self.has_response,
        })
    }
}

/// What is asked, as a `B` on its way.
struct Slot<'a, B> {
    value: B,
    /// Its name and that of the field after it, where they stand in the line.
    name: Option<&'a str>,
    name_after: Option<&'a str>,
}

impl<'a, B> Slot<'a, B> {
    /// The value as it stands, found by what is around it: `"body" : {...} , "next"` or `"body" : {...} }`.
    fn text(&self, line: &'a str) -> Option<&'a str> {
        let place = |name: &str| name.as_ptr() as usize - line.as_ptr() as usize;
        let name = self.name?;
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

impl<'de, B: Deserialize<'de>> Deserialize<'de> for Fields<'de, Slot<'de, B>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Seen(PhantomData))
    }
}

/// A name that is looked for.
enum Known {
    /// By its place in `VALUES`; a test keeps them in step.
    Value(usize),
    Body,
    Other(&'static str),
}

impl Known {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "custom_id" => Self::Value(0),
            "method" => Self::Value(METHOD),
            "url" => Self::Value(URL),
            "key" => Self::Value(3),
            "id" => Self::Value(4),
            "body" => Self::Body,
            "params" => Self::Other("params"),
            "request" => Self::Other("request"),
            _ => return None,
        })
    }
}

struct Seen<T>(PhantomData<T>);

impl<'de, B: Deserialize<'de>> Visitor<'de> for Seen<B> {
    type Value = Fields<'de, Slot<'de, B>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a request")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields: Self::Value = Fields {
            values: [None; VALUES.len()],
            body: None,
            others: Vec::new(),
            unknown: None,
            twice: Vec::new(),
            has_response: false,
        };
        let mut names = [false; VALUES.len()];
        let mut before = None;
        while let Some(Text(name)) = map.next_key()? {
            let in_line = borrowed(&name);
            let slot = match before.take() {
                Some("body") => fields.body.as_mut(),
                Some(_) => fields.others.last_mut().map(|(_, slot)| slot),
                None => None,
            };
            if let Some(slot) = slot {
                slot.name_after = in_line;
                // A name that was written with escapes has no place: then the value's end is not known.
                slot.name = slot.name.filter(|_| in_line.is_some());
            }
            let known = match Known::of(&name) {
                Some(Known::Value(at)) => {
                    fields.values[at] = filled(map.next_value()?);
                    if std::mem::replace(&mut names[at], true) {
                        fields.twice.push(VALUES[at]);
                    }
                    continue;
                }
                Some(Known::Body) => "body",
                Some(Known::Other(name)) => name,
                None => {
                    fields.has_response |= is_of_results(&name);
                    fields.unknown.get_or_insert(name);
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            let slot = Slot {
                value: map.next_value()?,
                name: in_line,
                name_after: None,
            };
            before = Some(known);
            let twice = if known == "body" {
                fields.body.replace(slot).is_some()
            } else {
                let others = &mut fields.others;
                let earlier = others.iter().position(|(name, _)| *name == known);
                let twice = earlier.map(|at| others.remove(at)).is_some();
                others.push((known, slot));
                twice
            };
            if twice {
                fields.twice.push(known);
            }
        }
        Ok(fields)
    }
}

/// OpenAI's, Google's and most others'; Claude's; xAI's; Vertex AI's beside the request it repeats.
fn is_of_results(name: &str) -> bool {
    matches!(
        name,
        "response" | "error" | "result" | "batch_result" | "processed_time"
    )
}

pub(crate) fn filled(raw: &RawValue) -> Option<&RawValue> {
    (raw.get() != "null").then_some(raw)
}

fn borrowed<'a>(text: &Cow<'a, str>) -> Option<&'a str> {
    match *text {
        Cow::Borrowed(text) => Some(text),
        Cow::Owned(_) => None,
    }
}

#[cfg(test)]
mod tests;
