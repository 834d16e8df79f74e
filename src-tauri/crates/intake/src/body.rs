//! What is looked at in what a line asks, read on the way and borrowed from the line.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::fields::{Text, filled};

/// The part of a body that is looked at.
#[derive(Debug, Default)]
pub(crate) struct Body<'a> {
    pub(crate) model: Option<&'a RawValue>,
    pub(crate) stream: Option<&'a RawValue>,
    pub(crate) messages: Option<&'a RawValue>,
    pub(crate) input: Option<&'a RawValue>,
    /// A stored prompt, which stands for an input.
    pub(crate) prompt: Option<&'a RawValue>,
    /// Google's messages.
    pub(crate) contents: Option<&'a RawValue>,
    pub(crate) twice: Option<&'static str>,
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
                let mut names = [false; 6];
                while let Some(Text(name)) = map.next_key()? {
                    let (index, known, place) = match name.as_ref() {
                        "model" => (0, "model", &mut found.model),
                        "stream" => (1, "stream", &mut found.stream),
                        "messages" => (2, "messages", &mut found.messages),
                        "input" => (3, "input", &mut found.input),
                        "prompt" => (4, "prompt", &mut found.prompt),
                        "contents" => (5, "contents", &mut found.contents),
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
