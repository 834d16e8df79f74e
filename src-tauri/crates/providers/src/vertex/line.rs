//! A line of a part's file: the request, and our id in two places. Beside the request it comes back from BigQuery; from
//! Cloud Storage only what stands within the request surely does, so that it is a label there too (wire notes 3.6).

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};
use tabane_model::Failure;

use crate::gemini::request;
use crate::translate::{Chat, not_translatable};
use crate::wire::{framed, ordered_fields, push_body};
use crate::{Asked, Written};

/// What stands for the service's own shape, and for all its batches.
pub(crate) const ENDPOINT: &str = "/v1/generateContent";

const CHAT: &str = "/v1/chat/completions";

/// The label that carries our id.
pub(super) const LABEL: &str = "tabane_id";

/// # Errors
/// `request-not-translatable`.
pub(crate) fn write<'a>(asked: &Asked<'a>, service: &str) -> Result<Written<'a>, Failure> {
    let (text, changes, sampling) = match asked.url {
        ENDPOINT => {
            let text = labelled(asked.body, asked.wire_id);
            (
                text.ok_or_else(|| not_translatable(service, "request"))?,
                Vec::new(),
                false,
            )
        }
        CHAT => {
            let chat = Chat::read(asked.body, asked.model, service)?;
            let labels = BTreeMap::from([("labels", json!({ LABEL: asked.wire_id }))]);
            let (text, changes) = request(&chat, service, &labels)?;
            (text, changes, chat.temperature.is_some() || chat.top_p.is_some())
        }
        other => return Err(not_translatable(service, other)),
    };
    let body = Asked {
        body: &text,
        // It is named by the job.
        model: None,
        ..*asked
    };
    Ok(Written {
        line: framed("custom_id", asked.wire_id, "request", |line| {
            push_body(&body, line);
        }),
        endpoint: Cow::Borrowed(ENDPOINT),
        changes,
        sampling,
    })
}

/// A request of the service's own with one label more, everything else as it stands. A line of the service's own file
/// may have been given whole, with the request in it.
fn labelled(body: &str, id: &str) -> Option<String> {
    let mut fields = ordered_fields(body)?;
    let is_request = |fields: &[(String, Box<RawValue>)]| fields.iter().any(|(name, _)| name == "contents");
    if !is_request(&fields) {
        let (_, inner) = fields.iter().find(|(name, _)| name == "request")?;
        fields = ordered_fields(inner.get())?;
    }
    if !is_request(&fields) {
        return None;
    }
    // It is named by the job, and the service knows no such field here.
    fields.retain(|(name, _)| name != "model");
    let mut labels = match fields.iter().position(|(name, _)| name == "labels") {
        Some(at) => serde_json::from_str(fields.remove(at).1.get()).ok()?,
        None => Value::Null,
    };
    if labels.is_null() {
        labels = json!({});
    }
    labels.as_object_mut()?.insert(LABEL.to_owned(), Value::from(id));
    fields.push(("labels".to_owned(), to_raw_value(&labels).ok()?));
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), value.get()))
        .collect();
    Some(format!("{{{}}}", fields.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translate::left_out;

    fn line(url: &str, body: &str) -> Result<String, Failure> {
        let asked = Asked {
            wire_id: "k3f9-000001",
            url,
            body,
            model: Some("gemini-3.8-flash"),
        };
        let written = write(&asked, "S")?;
        assert_eq!(written.endpoint, ENDPOINT);
        Ok(String::from_utf8(written.line).unwrap())
    }

    #[test]
    fn the_services_own_shape_gets_one_label_more() {
        let expected = "{\"custom_id\":\"k3f9-000001\",\"request\":{\"contents\":[ {\"parts\":[{\"text\":\"a\\u2028b\"}]}],\"x\":1.0,\
                        \"labels\":{\"tabane_id\":\"k3f9-000001\",\"team\":\"a\"}}}\n";
        let own = "{\"model\":\"m\", \"contents\":[ {\"parts\":[{\"text\":\"a\u{2028}b\"}]}], \"labels\":{\"team\":\"a\"}, \"x\": 1.0}";
        // Labels are an object: their order is nobody's.
        let value = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        let written = line(ENDPOINT, own).unwrap();
        assert_eq!(value(&written), value(expected));
        assert!(
            written.contains(r"a\u2028b") && written.ends_with("}\n"),
            "{written}"
        );
        let in_a_line = line(ENDPOINT, &format!("{{\"id\":1,\"request\":{own}}}")).unwrap();
        assert_eq!(value(&in_a_line), value(expected));
        for wrong in ["{}", "{\"request\":{}}", "[]", "{\"contents\":[],\"labels\":5}"] {
            assert_eq!(
                line(ENDPOINT, wrong).unwrap_err().code,
                "request-not-translatable",
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_chat_is_translated_and_labelled() {
        let body = r#"{"model":"m","messages":[{"role":"user","content":"Hi"}],"logprobs":true,"top_p":1}"#;
        assert_eq!(
            line(CHAT, body).unwrap(),
            "{\"custom_id\":\"k3f9-000001\",\"request\":{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}],\
             \"generationConfig\":{\"topP\":1},\"labels\":{\"tabane_id\":\"k3f9-000001\"}}}\n"
        );
        let asked = Asked {
            wire_id: "i",
            url: CHAT,
            body,
            model: None,
        };
        let written = write(&asked, "S").unwrap();
        assert_eq!(
            (written.changes, written.sampling),
            (vec![left_out("logprobs")], true)
        );
        assert_eq!(
            line("/v1/embeddings", "{}").unwrap_err().args["what"],
            "/v1/embeddings".into()
        );
    }
}
