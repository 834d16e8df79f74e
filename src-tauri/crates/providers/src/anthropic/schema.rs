//! A JSON schema as Claude takes it.
//!
//! It refuses a row whose schema sets limits of numbers, lengths or sizes, or leaves an object open. As the service's
//! own package does (Python `anthropic` 2.12.0, `transform_schema`), limits go into the description in words and
//! objects are closed. All else stays as it is, the order of keys too: it is the order of the answer.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::wire::ordered_fields;

/// Words of JSON Schema that are refused (package 2.12.0; structured outputs guide, 2025-11-13).
const LIMITS: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Values of `format` that are taken (package 2.12.0).
const FORMATS: &[&str] = &[
    "date-time",
    "time",
    "date",
    "duration",
    "email",
    "hostname",
    "uri",
    "ipv4",
    "ipv6",
    "uuid",
];

/// What a schema needed to be taken.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Suited {
    pub(super) schema: String,
    /// Limits are told in words now.
    pub(super) limits: bool,
    /// Objects are closed that were open.
    pub(super) closed: bool,
}

impl Suited {
    pub(super) fn new(schema: &RawValue) -> Self {
        let mut suited = Self::default();
        suited.schema(schema);
        suited
    }

    fn schema(&mut self, raw: &RawValue) {
        let Some(fields) = ordered_fields(raw.get()) else {
            // `true`, `false`, or none.
            self.schema.push_str(raw.get());
            return;
        };
        let limits = limits(&fields);
        self.limits |= !limits.is_empty();
        let object = fields.iter().any(|(name, value)| match name.as_str() {
            "properties" => true,
            "type" => names_object(value),
            _ => false,
        });
        let (mut described, mut closed) = (limits.is_empty(), !object);
        self.schema.push('{');
        let start = self.schema.len();
        for (name, value) in &fields {
            if is_limit(name, value) {
                continue;
            }
            self.name(start, name);
            match name.as_str() {
                "description" if !described => {
                    let text: String = serde_json::from_str(value.get()).unwrap_or_default();
                    self.text(&format!("{text}\n\n{limits}"));
                    described = true;
                }
                "additionalProperties" if object => {
                    self.closed |= value.get() != "false";
                    self.schema.push_str("false");
                    closed = true;
                }
                "properties" | "$defs" | "definitions" => self.schemas_by_name(value),
                "items" | "anyOf" | "allOf" | "oneOf" | "prefixItems" => self.schemas(value),
                _ => self.schema.push_str(value.get()),
            }
        }
        if !described {
            self.name(start, "description");
            self.text(&limits);
        }
        if !closed {
            self.closed = true;
            self.name(start, "additionalProperties");
            self.schema.push_str("false");
        }
        self.schema.push('}');
    }

    fn schemas_by_name(&mut self, raw: &RawValue) {
        let Some(fields) = ordered_fields(raw.get()) else {
            self.schema.push_str(raw.get());
            return;
        };
        self.schema.push('{');
        let start = self.schema.len();
        for (name, value) in &fields {
            self.name(start, name);
            self.schema(value);
        }
        self.schema.push('}');
    }

    /// One or a list of them.
    fn schemas(&mut self, raw: &RawValue) {
        let Ok(list) = serde_json::from_str::<Vec<Box<RawValue>>>(raw.get()) else {
            self.schema(raw);
            return;
        };
        self.schema.push('[');
        for (index, value) in list.iter().enumerate() {
            if index > 0 {
                self.schema.push(',');
            }
            self.schema(value);
        }
        self.schema.push(']');
    }

    /// `start`: where the object's first field begins.
    fn name(&mut self, start: usize, name: &str) {
        if self.schema.len() > start {
            self.schema.push(',');
        }
        self.text(name);
        self.schema.push(':');
    }

    fn text(&mut self, text: &str) {
        self.schema.push_str(&Value::from(text).to_string());
    }
}

fn names_object(kind: &RawValue) -> bool {
    match serde_json::from_str::<Value>(kind.get()) {
        Ok(Value::String(kind)) => kind == "object",
        Ok(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "object"),
        _ => false,
    }
}

fn is_limit(name: &str, value: &RawValue) -> bool {
    match name {
        // A list may be said to be not empty.
        "minItems" => !matches!(value.get(), "0" | "1"),
        "format" => serde_json::from_str::<String>(value.get())
            .is_ok_and(|format| !FORMATS.contains(&format.as_str())),
        _ => LIMITS.contains(&name),
    }
}

/// Such as `{minimum: 1, maximum: 7}`, in the package's own form; empty: there are none.
fn limits(fields: &[(String, Box<RawValue>)]) -> String {
    let limits: Vec<String> = fields
        .iter()
        .filter(|(name, value)| is_limit(name, value))
        .map(|(name, value)| {
            let shown = value.get().trim_matches('"');
            format!("{name}: {shown}")
        })
        .collect();
    if limits.is_empty() {
        return String::new();
    }
    format!("{{{}}}", limits.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suited(schema: &str) -> Suited {
        Suited::new(&RawValue::from_string(schema.to_owned()).unwrap())
    }

    #[test]
    fn what_is_taken_stays_byte_for_byte() {
        for schema in [
            r#"{"type":"object","properties":{"z":{"type":["string","null"],"enum":["a", null]},"a":{"type":"array","items":{"type":"string","format":"date"},"minItems":1}},"required":["z"],"additionalProperties":false}"#,
            r#"{"properties":{"minimum":{"type":"number"},"properties":true},"additionalProperties":false}"#,
            "{}",
            "true",
        ] {
            let suited = suited(schema);
            assert_eq!(
                (suited.schema.as_str(), suited.limits, suited.closed),
                (schema, false, false)
            );
        }
    }

    #[test]
    fn limits_are_told_in_words_wherever_they_stand() {
        let suited = suited(
            r#"{"type":"object","properties":{"age":{"minimum":0,"type":"integer","description":"The \"age\"","maximum":120},"name":{"type":"string","maxLength":9,"format":"kana"}},"additionalProperties":false}"#,
        );
        let expected = r#"{"type":"object","properties":{"age":{"type":"integer","description":"The \"age\"\n\n{minimum: 0, maximum: 120}"},"name":{"type":"string","description":"{maxLength: 9, format: kana}"}},"additionalProperties":false}"#;
        assert_eq!(
            (suited.schema.as_str(), suited.limits, suited.closed),
            (expected, true, false)
        );
    }

    #[test]
    fn open_objects_are_closed_at_every_depth() {
        let suited = suited(
            r##"{"$defs":{"d":{"type":"object"}},"anyOf":[{"$ref":"#/$defs/d"},{"type":"array","items":{"properties":{"a":{}},"additionalProperties":true}}]}"##,
        );
        let expected = r##"{"$defs":{"d":{"type":"object","additionalProperties":false}},"anyOf":[{"$ref":"#/$defs/d"},{"type":"array","items":{"properties":{"a":{}},"additionalProperties":false}}]}"##;
        assert_eq!(
            (suited.schema.as_str(), suited.limits, suited.closed),
            (expected, false, true)
        );
    }
}
