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
/// Names of what is asked: OpenAI's, Claude's, Google's.
const BODIES: [&str; 3] = ["body", "params", "request"];

/// The fields as they stand in the line. A field that is `null` counts as absent.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a> {
    values: [Option<&'a RawValue>; VALUES.len()],
    bodies: [Option<Held<'a>>; BODIES.len()],
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
        let Read { mut fields, slots }: Read<'a, Body<'a>> = serde_json::from_str(line).ok()?;
        for (held, slot) in fields.bodies.iter_mut().zip(slots) {
            let Some(slot) = slot else { continue };
            *held = Some(Held {
                text: slot.text(line)?,
                inside: Some(slot.value),
            });
        }
        Some(fields)
    }

    fn read_in_two_steps(line: &'a str) -> Result<Self, serde_json::Error> {
        let Read { mut fields, slots }: Read<'a, &'a RawValue> = serde_json::from_str(line)?;
        for (held, slot) in fields.bodies.iter_mut().zip(slots) {
            let Some(text) = slot.and_then(|slot| filled(slot.value)).map(RawValue::get) else {
                continue;
            };
            // Its form is known to be right; a name that is no text (half of a surrogate pair) is found only here.
            let inside = text.starts_with('{').then(|| serde_json::from_str(text));
            *held = Some(Held {
                text,
                inside: inside.transpose()?,
            });
        }
        Ok(fields)
    }

    /// The value of one of the names that are looked for.
    pub(crate) fn value(&self, name: &str) -> Option<&'a RawValue> {
        let at = VALUES.iter().position(|known| *known == name)?;
        self.values[at]
    }

    /// What is asked under one of the names that are looked for.
    pub(crate) fn held(&self, name: &str) -> Option<&Held<'a>> {
        let at = BODIES.iter().position(|known| *known == name)?;
        self.bodies[at].as_ref()
    }

    /// All that stand in the line, with the text of their value.
    pub(crate) fn known(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        let values = VALUES
            .iter()
            .zip(&self.values)
            .filter_map(|(name, value)| Some((*name, value.as_ref()?.get())));
        let bodies = BODIES
            .iter()
            .zip(&self.bodies)
            .filter_map(|(name, held)| Some((*name, held.as_ref()?.text)));
        values.chain(bodies)
    }
}

/// A line with what is asked as a `B`.
struct Read<'a, B> {
    fields: Fields<'a>,
    slots: [Option<Slot<'a, B>>; BODIES.len()],
}

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

impl<'de, B: Deserialize<'de>> Deserialize<'de> for Read<'de, B> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Seen(PhantomData))
    }
}

/// The place of a name among those that are looked for.
enum Known {
    Value(usize),
    Body(usize),
}

impl Known {
    /// Kept in step with the lists by a test.
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "custom_id" => Self::Value(0),
            "method" => Self::Value(1),
            "url" => Self::Value(2),
            "key" => Self::Value(3),
            "id" => Self::Value(4),
            "body" => Self::Body(0),
            "params" => Self::Body(1),
            "request" => Self::Body(2),
            _ => return None,
        })
    }
}

struct Seen<T>(PhantomData<T>);

impl<'de, B: Deserialize<'de>> Visitor<'de> for Seen<B> {
    type Value = Read<'de, B>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a request")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Fields::default();
        let mut slots: [Option<Slot<'de, B>>; BODIES.len()] = [const { None }; BODIES.len()];
        let mut before = None;
        let mut names = [false; VALUES.len() + BODIES.len()];
        while let Some(Text(name)) = map.next_key()? {
            let in_line = borrowed(&name);
            if let Some(slot) = before.take().and_then(|at: usize| slots[at].as_mut()) {
                slot.name_after = in_line;
                // A name that was written with escapes has no place: then the value's end is not known.
                slot.name = slot.name.filter(|_| in_line.is_some());
            }
            let (number, known) = match Known::of(&name) {
                Some(Known::Value(at)) => {
                    fields.values[at] = filled(map.next_value()?);
                    (at, VALUES[at])
                }
                Some(Known::Body(at)) => {
                    slots[at] = Some(Slot {
                        value: map.next_value()?,
                        name: in_line,
                        name_after: None,
                    });
                    before = Some(at);
                    (VALUES.len() + at, BODIES[at])
                }
                None => {
                    fields.has_response |= is_of_results(&name);
                    fields.unknown.get_or_insert(name);
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            if std::mem::replace(&mut names[number], true) {
                fields.twice.push(known);
            }
        }
        Ok(Read { fields, slots })
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
            for name in BODIES {
                let line = line.replace("body", name);
                let fields = Fields::read_at_once(&line).unwrap();
                let held = fields.held(name).unwrap();
                assert_eq!(held.text, BODY, "{line}");
                assert_eq!(held.inside.as_ref().unwrap().model.unwrap().get(), "\"m\"");
            }
        }
    }

    #[test]
    fn where_it_is_not_sure_nothing_is_guessed() {
        for line in [
            r#"{"bod\u0079":{}}"#,
            r#"{"body":{},"ur\u006c":1}"#,
            r#"{"body":[]}"#,
            r#"{"body":null}"#,
            r#"{"body":{},"request":"text"}"#,
        ] {
            assert!(Fields::read_at_once(line).is_none(), "{line}");
            assert!(Fields::read_in_two_steps(line).is_ok(), "{line}");
        }
    }

    #[test]
    fn names_are_in_the_order_of_their_lists() {
        for (at, name) in VALUES.iter().enumerate() {
            assert!(matches!(Known::of(name), Some(Known::Value(found)) if found == at));
        }
        for (at, name) in BODIES.iter().enumerate() {
            assert!(matches!(Known::of(name), Some(Known::Body(found)) if found == at));
        }
    }

    #[test]
    fn all_bodies_of_a_line_are_found_in_their_places() {
        let line = r#"{"request":{"a":1},"key":"k","params":{"b":2} ,"body":{"c":3},"key":null}"#;
        let fields = Fields::read_at_once(line).unwrap();
        let texts = BODIES.map(|name| fields.held(name).unwrap().text);
        assert_eq!(texts, [r#"{"c":3}"#, r#"{"b":2}"#, r#"{"a":1}"#]);
        assert_eq!(
            (fields.twice.as_slice(), fields.value("key").is_none()),
            (&["key"][..], true)
        );
    }

    /// Lines with a byte or a piece exchanged, left out or put in twice.
    fn broken_lines() -> impl Iterator<Item = String> {
        let whole = [
            r#"{"custom_id":"x","method":"POST","url":"/v1","body":{"model":"m","messages":[{"a":-1.5e3}],"stream":false}}"#,
            r#" { "body" : { "input" : "\u00e9\ud83d\ude00\n", "prompt":null } , "custom_id" : 17 , "note":[{}] } "#,
            r#"{"body":{"model":"あ"},"body":{"model":"b","model":"c"},"url":null,"response":{"body":{}}}"#,
            r#"{"key":"k","request":{"contents":[{"parts":[{"text":"あ"}]}]},"id":3,"params":{"model":"m"}}"#,
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
            "params",
            "\"body\":",
            "\"request\":{},",
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
