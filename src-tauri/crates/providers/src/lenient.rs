//! Values that should be of one kind and may be of another.

use serde_json::Value;

/// A text that says something; `""` means null on several services. A number is taken as its digits.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A count: also as a float or in quotes, never below nought.
pub(crate) fn number(value: &Value) -> Option<u64> {
    let float = match value {
        Value::Number(number) => match number.as_u64() {
            Some(number) => return Some(number),
            None => number.as_f64()?,
        },
        Value::String(text) => text.trim().parse::<f64>().ok()?,
        _ => return None,
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` keeps within the bounds of u64
    float.is_finite().then_some(float as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_and_numbers_of_other_kinds() {
        for (value, expected) in [
            (json!("a"), Some("a")),
            (json!(5), Some("5")),
            (json!(""), None),
            (json!({}), None),
        ] {
            assert_eq!(text(&value).as_deref(), expected, "{value}");
        }
        for (value, expected) in [
            (json!(5), Some(5)),
            (json!(5.0), Some(5)),
            (json!(-3), Some(0)),
            (json!(" 7 "), Some(7)),
            (json!("NaN"), None),
            (json!("many"), None),
            (json!(null), None),
            (json!([1]), None),
        ] {
            assert_eq!(number(&value), expected, "{value}");
        }
    }
}
