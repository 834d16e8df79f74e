//! How a request is written where a service's endpoints or models differ from OpenAI's.

use std::borrow::Cow;

use crate::profile::Twists;
use crate::translate::left_out;
use crate::wire::{Asked, Written, ordered_fields, whole};

/// OpenAI's line for a service with twists.
pub(crate) fn twisted<'a>(twists: &Twists, asked: &Asked<'a>) -> Written<'a> {
    let endpoint = endpoint(twists, asked.url);
    let (body, refused) = without(asked.body, twists.without);
    let line = whole(&Asked {
        url: &endpoint,
        body: &body,
        ..*asked
    });
    Written {
        line,
        endpoint,
        changes: refused.into_iter().map(left_out).collect(),
        sampling: false,
    }
}

/// `/v1/chat/completions` is `/v4/chat/completions` at Zhipu.
fn endpoint<'a>(twists: &Twists, url: &'a str) -> Cow<'a, str> {
    match url.strip_prefix("/v1/") {
        Some(rest) if twists.endpoints_under != "/v1" => {
            Cow::Owned(format!("{}/{rest}", twists.endpoints_under))
        }
        _ => Cow::Borrowed(url),
    }
}

/// The body without these fields, everything else byte for byte; and those of them that it had.
fn without<'a>(body: &'a str, names: &[&'static str]) -> (Cow<'a, str>, Vec<&'static str>) {
    let untouched = (Cow::Borrowed(body), Vec::new());
    let Some(fields) = ordered_fields(body).filter(|_| !names.is_empty()) else {
        return untouched;
    };
    let there = |name: &&&str| fields.iter().any(|(field, _)| field == *name);
    let refused: Vec<_> = names.iter().filter(there).copied().collect();
    if refused.is_empty() {
        return untouched;
    }
    let kept = fields
        .iter()
        .filter(|(name, _)| !refused.contains(&name.as_str()));
    let kept: Vec<_> = kept
        .map(|(name, value)| format!("{}:{}", serde_json::Value::from(name.as_str()), value.get()))
        .collect();
    (Cow::Owned(format!("{{{}}}", kept.join(","))), refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked<'a>(url: &'a str, body: &'a str) -> Asked<'a> {
        Asked {
            wire_id: "id",
            url,
            body,
            model: None,
        }
    }

    #[test]
    fn endpoints_lie_elsewhere_in_line_and_create_alike() {
        let zhipu = Twists {
            endpoints_under: "/v4",
            ..Twists::NONE
        };
        for url in ["/v1/embeddings", "/v4/embeddings"] {
            let asked = asked(url, "{}");
            let written = twisted(&zhipu, &asked);
            assert_eq!(written.endpoint, "/v4/embeddings");
            let line = String::from_utf8(written.line).unwrap();
            assert!(line.contains(r#""url":"/v4/embeddings","body":{}"#), "{line}");
        }
    }

    #[test]
    fn what_a_model_refuses_is_left_out_and_said() {
        let moonshot = Twists {
            without: &["temperature", "n"],
            ..Twists::NONE
        };
        let body = r#"{"model":"k", "temperature":0.70,"x": {"n":1e2},"n":1}"#;
        let asked = asked("/v1/chat/completions", body);
        let written = twisted(&moonshot, &asked);
        let line = String::from_utf8(written.line).unwrap();
        assert!(line.contains(r#""body":{"model":"k","x":{"n":1e2}}"#), "{line}");
        assert_eq!(written.changes, [left_out("temperature"), left_out("n")]);
    }

    #[test]
    fn a_body_without_them_goes_out_byte_for_byte() {
        let moonshot = Twists {
            without: &["temperature"],
            ..Twists::NONE
        };
        let body = r#"{ "model":"k",  "x":1.0e2 }"#;
        let asked = asked("/v1/chat/completions", body);
        let written = twisted(&moonshot, &asked);
        assert!(String::from_utf8(written.line).unwrap().contains(body));
        assert!(written.changes.is_empty());
    }
}
