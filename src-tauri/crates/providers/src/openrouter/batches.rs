//! The batch object: OpenAI's, with the results in it.

use serde_json::Value;
use tabane_model::RemoteState;

use crate::http::read_list;
use crate::lenient::text;
use crate::openai_style::read_batch;
use crate::{Batch, BatchError};

/// Where a batch's results stand.
pub(super) const RESULTS: &str = "results";

/// `value`: without its results; `results`: how many there are, `None` where they are not told. `None`: no batch.
pub(super) fn read(value: &Value, results: Option<u64>) -> Option<Batch> {
    let mut batch = read_batch(value)?;
    if batch.state == RemoteState::Failed && batch.errors.is_empty() {
        batch.errors = refusal(&value["error"]);
    }
    let has_results = results.map_or(batch.state != RemoteState::Failed, |results| results > 0);
    batch.output_file_id = (batch.state.is_terminal() && has_results).then(|| batch.id.clone());
    batch.error_file_id = None;
    Some(batch)
}

/// One of a list.
pub(super) fn read_listed(raw: &str) -> Option<Batch> {
    let value = read_list(serde_json::Deserializer::from_str(raw), RESULTS, &mut |_| Ok(())).ok()?;
    read(&value, None)
}

/// `error.message`, or an error that is a text.
fn refusal(error: &Value) -> Vec<BatchError> {
    let code = text(&error["code"]).or_else(|| text(&error["type"]));
    let message = text(&error["message"]).or_else(|| text(error));
    if code.is_none() && message.is_none() {
        return Vec::new();
    }
    vec![BatchError {
        code: code.unwrap_or_else(|| "unknown".to_owned()),
        line: None,
        message: message.unwrap_or_default(),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn results_are_there_once_it_is_over() {
        for (status, results, expected) in [
            ("in_progress", Some(3), None),
            ("completed", Some(3), Some("b")),
            ("completed", Some(0), None),
            ("completed", None, Some("b")),
            ("expired", Some(1), Some("b")),
            ("cancelled", Some(0), None),
            ("failed", None, None),
            ("failed", Some(0), None),
            ("failed", Some(2), Some("b")),
            ("scheduling", Some(2), None),
        ] {
            let batch = read(&json!({"id": "b", "status": status}), results).unwrap();
            assert_eq!(batch.output_file_id.as_deref(), expected, "{status} {results:?}");
        }
        assert!(read(&json!({"status": "completed"}), Some(1)).is_none());
    }

    #[test]
    fn a_failed_check_says_why() {
        for (error, code, message) in [
            (json!({"message": "m", "code": "c"}), "c", "m"),
            (json!({"message": "m", "code": 400}), "400", "m"),
            (json!("m"), "unknown", "m"),
        ] {
            let batch = read(&json!({"id": "b", "status": "failed", "error": error}), None).unwrap();
            assert_eq!(
                (batch.errors[0].code.as_str(), batch.errors[0].message.as_str()),
                (code, message)
            );
        }
        let batch = read(&json!({"id": "b", "status": "failed", "error": null}), None).unwrap();
        assert!(batch.errors.is_empty());
    }
}
