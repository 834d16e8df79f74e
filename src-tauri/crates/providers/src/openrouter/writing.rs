//! A line is an id and a body; its model is the batch's own.

use std::borrow::Cow;

use serde::Deserialize;
use tabane_model::Adaptation;

use crate::Asked;
use crate::wire::{Written, id_and_body};

/// A body that names a model must name the batch's (wire notes of 2026-11-24).
pub(crate) fn write<'a>(asked: &Asked<'a>) -> Written<'a> {
    let own = serde_json::from_str::<Named<'_>>(asked.body)
        .ok()
        .and_then(|body| body.model);
    let model = asked.model.or(own.as_deref());
    let variant = model.map(batch_variant);
    let changes = match (model, variant.as_deref()) {
        (Some(model), Some(variant)) if model != variant => {
            vec![Adaptation::new("batch-variant").with("model", variant)]
        }
        _ => Vec::new(),
    };
    // What names the right model already goes out byte for byte.
    let asked_model = variant
        .as_deref()
        .filter(|variant| own.as_deref() != Some(variant));
    let line = id_and_body(&Asked {
        model: asked_model,
        ..*asked
    });
    Written {
        line,
        endpoint: Cow::Borrowed(asked.url),
        changes,
        sampling: false,
    }
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    model: Option<Cow<'a, str>>,
}

/// The name under which a model answers batches, such as `openai/gpt-oss-20b:batch` (crate `openrouter-batch` 0.1.2).
/// Another variant (`:free`) is the user's own choice.
pub(super) fn batch_variant(model: &str) -> String {
    let name = model.rsplit('/').next().unwrap_or(model);
    if name.is_empty() || name.contains(':') {
        model.to_owned()
    } else {
        format!("{model}:batch")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(body: &str, model: Option<&str>) -> (String, usize) {
        let asked = Asked {
            wire_id: "id",
            url: "/v1/chat/completions",
            body,
            model,
        };
        let written = write(&asked);
        (String::from_utf8(written.line).unwrap(), written.changes.len())
    }

    #[test]
    fn the_model_is_the_variant_for_batches() {
        for (body, model, expected, changes) in [
            (
                r#"{ "model":"a/b:batch" }"#,
                None,
                r#"{ "model":"a/b:batch" }"#,
                0,
            ),
            (
                r#"{"x":1,"model":"a/b"}"#,
                None,
                r#"{"x":1,"model":"a/b:batch"}"#,
                1,
            ),
            (r#"{"model":"a/b"}"#, Some("c/d"), r#"{"model":"c/d:batch"}"#, 1),
            (
                r#"{"model":"a/b"}"#,
                Some("c/d:batch"),
                r#"{"model":"c/d:batch"}"#,
                0,
            ),
            (r#"{"model":"a/b:free"}"#, None, r#"{"model":"a/b:free"}"#, 0),
            (r#"{"x": 1}"#, None, r#"{"x": 1}"#, 0),
        ] {
            let line = format!("{{\"custom_id\":\"id\",\"body\":{expected}}}\n");
            assert_eq!(written(body, model), (line, changes), "{body}");
        }
    }
}
