//! Files of `{"custom_id","body"}` lines, checked as the services do that take them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::ledger::Request;

/// What is wrong with a file: its line (1-based) and words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) line: Option<u64>,
    pub(super) message: String,
}

/// Requests in one file, and characters of an id: Together's documentation, 2026-09-02.
const MOST: usize = 50_000;
const LONGEST_ID: usize = 64;

/// `model`: of all its lines; `None`: each names its own, and all the same.
pub(super) fn read(content: &[u8], model: Option<&str>) -> Result<Vec<Request>, Wrong> {
    let wrong = |line, message: &str| Wrong {
        line,
        message: message.to_owned(),
    };
    let text = std::str::from_utf8(content).map_err(|_| wrong(None, "The file is not UTF-8."))?;
    let mut ids = BTreeSet::new();
    let mut models = BTreeSet::new();
    let mut requests = Vec::new();
    for (place, line) in text.split_terminator('\n').enumerate() {
        let at = Some(place as u64 + 1);
        let request: Value =
            serde_json::from_str(line).map_err(|_| wrong(at, "The line is not valid JSON."))?;
        let id = request["custom_id"].as_str().filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| wrong(at, "custom_id is required."))?;
        if id.chars().count() > LONGEST_ID {
            return Err(wrong(at, "custom_id is longer than 64 characters."));
        }
        if !ids.insert(id.to_owned()) {
            return Err(wrong(at, "custom_id is used more than once."));
        }
        let body = &request["body"];
        if !body["messages"].is_array() {
            return Err(wrong(at, "body.messages is required."));
        }
        let Some(named) = model.or(body["model"].as_str()) else {
            return Err(wrong(at, "body.model is required."));
        };
        models.insert(named.to_owned());
        if models.len() > 1 {
            return Err(wrong(at, "All requests must name the same model."));
        }
        let mut chat = body.clone();
        chat["model"] = Value::from(named);
        requests.push(Request {
            id: Some(id.to_owned()),
            chat: chat.to_string(),
            given: request,
            refused: None,
        });
    }
    match requests.len() {
        0 => Err(wrong(None, "The file is empty.")),
        1..=MOST => Ok(requests),
        _ => Err(wrong(None, "The file has more than 50000 requests.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"custom_id":"a","body":{"model":"m","messages":[]}}"#;

    #[test]
    fn a_good_file_is_read_and_a_bad_line_is_named() {
        let second = GOOD.replace("\"a\"", "\"b\"");
        let read = read(format!("{GOOD}\n{second}\n").as_bytes(), None).unwrap();
        assert_eq!((read.len(), read[1].id.as_deref()), (2, Some("b")));
        for (line, message) in [
            ("{", "The line is not valid JSON."),
            (GOOD, "custom_id is used more than once."),
            (r#"{"body":{}}"#, "custom_id is required."),
            (r#"{"custom_id":"b","body":{}}"#, "body.messages is required."),
            (
                r#"{"custom_id":"b","body":{"messages":[]}}"#,
                "body.model is required.",
            ),
            (
                r#"{"custom_id":"b","body":{"model":"n","messages":[]}}"#,
                "All requests must name the same model.",
            ),
        ] {
            let wrong = super::read(format!("{GOOD}\n{line}\n").as_bytes(), None).unwrap_err();
            assert_eq!((wrong.line, wrong.message.as_str()), (Some(2), message), "{line}");
        }
        assert_eq!(super::read(b"", None).unwrap_err().line, None);
    }

    #[test]
    fn the_batchs_model_stands_above_the_lines() {
        let read = read(GOOD.as_bytes(), Some("other")).unwrap();
        assert!(read[0].chat.contains(r#""model":"other""#));
    }
}
