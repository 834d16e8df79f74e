//! A line of a part's file: our id as `key`, and the request.

use std::borrow::Cow;
use std::collections::BTreeMap;

use tabane_model::Failure;

use super::request;
use crate::translate::{Chat, not_translatable};
use crate::wire::{framed, push_body};
use crate::{Asked, Written};

/// What stands for the service's own shape, and for all its batches.
pub(crate) const ENDPOINT: &str = "/v1beta/generateContent";

const CHAT: &str = "/v1/chat/completions";

/// # Errors
/// `request-not-translatable`.
pub(crate) fn write<'a>(asked: &Asked<'a>, service: &str) -> Result<Written<'a>, Failure> {
    let (text, changes, sampling) = match asked.url {
        ENDPOINT => (Cow::Borrowed(asked.body), Vec::new(), false),
        CHAT => {
            let chat = Chat::read(asked.body, asked.model, service)?;
            let (text, changes) = request(&chat, service, &BTreeMap::new())?;
            (
                Cow::Owned(text),
                changes,
                chat.temperature.is_some() || chat.top_p.is_some(),
            )
        }
        other => return Err(not_translatable(service, other)),
    };
    let body = Asked {
        body: &text,
        // It stands in the address of the batch.
        model: None,
        ..*asked
    };
    Ok(Written {
        line: framed("key", asked.wire_id, "request", |line| push_body(&body, line)),
        endpoint: Cow::Borrowed(ENDPOINT),
        changes,
        sampling,
    })
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
    fn the_services_own_shape_goes_out_untouched() {
        let body = "{ \"contents\":[{\"parts\":[{\"text\":\"a\u{2028}b\"}]}], \"x\": 1.0 }";
        assert_eq!(
            line(ENDPOINT, body).unwrap(),
            "{\"key\":\"k3f9-000001\",\"request\":{ \"contents\":[{\"parts\":[{\"text\":\"a\\u2028b\"}]}], \"x\": 1.0 }}\n"
        );
    }

    #[test]
    fn a_chat_is_translated_and_what_is_left_out_is_told() {
        let body = r#"{"model":"m","messages":[{"role":"user","content":"Hi"}],"logprobs":true,"top_p":1}"#;
        assert_eq!(
            line(CHAT, body).unwrap(),
            "{\"key\":\"k3f9-000001\",\"request\":{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}],\
             \"generationConfig\":{\"topP\":1}}}\n"
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
    }

    #[test]
    fn another_endpoint_has_no_counterpart() {
        let failure = line("/v1/embeddings", "{}").unwrap_err();
        assert_eq!(failure.args["what"], "/v1/embeddings".into());
    }
}
