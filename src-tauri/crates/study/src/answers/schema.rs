//! The answer sheet as a JSON schema for structured output.

use serde_json::{Map, Value, json};
use tabane_model::{AnswerSheet, Field, FieldKind};

use super::label;

/// The schema in the strict subset that OpenAI's structured outputs take
/// (<https://platform.openai.com/docs/guides/structured-outputs>, supported schemas): every property is required and
/// nothing else is allowed; a field that may be left empty takes `null` too. Properties stand in the order of the
/// fields, because models answer in that order.
#[must_use]
pub fn schema(sheet: &AnswerSheet) -> Value {
    let properties: Map<String, Value> = sheet
        .fields
        .iter()
        .map(|field| (field.name.clone(), property(field)))
        .collect();
    let names: Vec<&str> = sheet.fields.iter().map(|field| field.name.as_str()).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": names,
        "additionalProperties": false,
    })
}

fn property(field: &Field) -> Value {
    let name = match &field.kind {
        FieldKind::Integer { .. } => "integer",
        FieldKind::Decimal { .. } => "number",
        FieldKind::Choice { .. } | FieldKind::ShortText | FieldKind::LongText => "string",
        FieldKind::YesNo => "boolean",
    };
    let mut property = Map::new();
    let kind = if field.required {
        json!(name)
    } else {
        json!([name, "null"])
    };
    property.insert("type".to_owned(), kind);
    property.insert("description".to_owned(), description(field).into());
    match &field.kind {
        FieldKind::Integer { minimum, maximum } | FieldKind::Decimal { minimum, maximum } => {
            for (key, bound) in [("minimum", minimum), ("maximum", maximum)] {
                if let Some(bound) = bound {
                    property.insert(key.to_owned(), number(*bound));
                }
            }
        }
        FieldKind::Choice { choices } => {
            let mut values: Vec<Value> = choices.iter().map(|choice| json!(choice)).collect();
            if !field.required {
                values.push(Value::Null);
            }
            property.insert("enum".to_owned(), values.into());
        }
        FieldKind::YesNo | FieldKind::ShortText | FieldKind::LongText => {}
    }
    property.into()
}

fn description(field: &Field) -> String {
    match field.description.trim() {
        "" => label(field).to_owned(),
        description => format!("{}: {description}", label(field)),
    }
}

/// A bound without `.0`, which not every service takes for an integer.
fn number(bound: f64) -> Value {
    /// From here on whole numbers are no longer exact in an `f64`.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if bound.fract() == 0.0 && bound.abs() < EXACT {
        // Whole and below 2^53, so the conversion is exact.
        json!(bound as i64)
    } else {
        json!(bound)
    }
}

#[cfg(test)]
mod tests {
    use tabane_model::AnswerForm;

    use super::*;

    fn field(name: &str, required: bool, kind: FieldKind) -> Field {
        Field {
            name: name.to_owned(),
            label: format!("The {name}"),
            kind,
            description: if required {
                String::new()
            } else {
                "if known".to_owned()
            },
            required,
        }
    }

    #[test]
    fn every_kind() {
        let choices = vec!["a".to_owned(), "b".to_owned()];
        let sheet = AnswerSheet {
            form: AnswerForm::Structured,
            fields: vec![
                field(
                    "zeal",
                    true,
                    FieldKind::Integer {
                        minimum: Some(0.0),
                        maximum: Some(100.0),
                    },
                ),
                field(
                    "age",
                    false,
                    FieldKind::Decimal {
                        minimum: Some(0.5),
                        maximum: None,
                    },
                ),
                field(
                    "choice",
                    true,
                    FieldKind::Choice {
                        choices: choices.clone(),
                    },
                ),
                field("other", false, FieldKind::Choice { choices }),
                field("again", false, FieldKind::YesNo),
                field("why", true, FieldKind::LongText),
            ],
        };
        assert_eq!(
            schema(&sheet),
            json!({
                "type": "object",
                "properties": {
                    "zeal": { "type": "integer", "description": "The zeal", "minimum": 0, "maximum": 100 },
                    "age": { "type": ["number", "null"], "description": "The age: if known", "minimum": 0.5 },
                    "choice": { "type": "string", "description": "The choice", "enum": ["a", "b"] },
                    "other": {
                        "type": ["string", "null"], "description": "The other: if known", "enum": ["a", "b", null]
                    },
                    "again": { "type": ["boolean", "null"], "description": "The again: if known" },
                    "why": { "type": "string", "description": "The why" },
                },
                "required": ["zeal", "age", "choice", "other", "again", "why"],
                "additionalProperties": false,
            })
        );
    }

    #[test]
    fn properties_stand_in_the_order_of_the_fields() {
        let names = ["zeal", "age", "middle"];
        let fields = names.map(|name| field(name, true, FieldKind::YesNo)).to_vec();
        let schema = schema(&AnswerSheet {
            form: AnswerForm::Structured,
            fields,
        });
        let keys: Vec<&str> = schema["properties"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(keys, names);
    }
}
