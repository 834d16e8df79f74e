//! A line is an id and a body without a model: the job names it.

use std::borrow::Cow;

use crate::Asked;
use crate::wire::{Written, framed, joined, ordered_fields, push_text};

/// What Mistral calls otherwise (Python package `mistralai` 3.7.0); it refuses names that it does not know.
const NAMES: [(&str, &str); 2] = [("max_completion_tokens", "max_tokens"), ("seed", "random_seed")];

pub(crate) fn write<'a>(asked: &Asked<'a>) -> Written<'a> {
    let body = suited(asked.body).map_or(Cow::Borrowed(asked.body), Cow::Owned);
    Written {
        line: framed("custom_id", asked.wire_id, "body", |line| push_text(&body, line)),
        endpoint: Cow::Borrowed(asked.url),
        changes: Vec::new(),
        sampling: false,
    }
}

/// `None`: it suits as it is, and goes out byte for byte.
fn suited(body: &str) -> Option<String> {
    let fields = ordered_fields(body)?;
    let has = |name: &str| fields.iter().any(|(known, _)| known == name);
    if !has("model") && !NAMES.iter().any(|(name, _)| has(name)) {
        return None;
    }
    let (limit, seed) = (has("max_completion_tokens"), has("seed"));
    let renamed = fields
        .into_iter()
        .filter_map(|(name, value)| match name.as_str() {
            "model" => None,
            // The newer name counts where both stand.
            "max_tokens" if limit => None,
            "random_seed" if seed => None,
            other => {
                let known = NAMES.iter().find(|(name, _)| *name == other);
                Some((known.map_or(name.clone(), |(_, own)| (*own).to_owned()), value))
            }
        });
    Some(joined(&renamed.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_no_model_and_mistrals_names() {
        for (body, expected) in [
            (r#"{ "messages":[] }"#, r#"{ "messages":[] }"#),
            (r#"{"model":"m","b":1.50,"a":[1, 2]}"#, r#"{"b":1.50,"a":[1, 2]}"#),
            (
                r#"{"max_completion_tokens":5,"seed":7}"#,
                r#"{"max_tokens":5,"random_seed":7}"#,
            ),
            (
                r#"{"max_tokens":9,"max_completion_tokens":5}"#,
                r#"{"max_tokens":5}"#,
            ),
            (r#"{"model":"m"}"#, "{}"),
            ("[]", "[]"),
        ] {
            let asked = Asked {
                wire_id: "id",
                url: "/v1/chat/completions",
                body,
                model: Some("other"),
            };
            let line = String::from_utf8(write(&asked).line).unwrap();
            assert_eq!(line, format!("{{\"custom_id\":\"id\",\"body\":{expected}}}\n"));
        }
    }
}
