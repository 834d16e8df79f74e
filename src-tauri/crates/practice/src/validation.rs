//! The service's own check of an input file. Like OpenAI's it stops at the first bad line
//! (`wire/openai-style.md`, 1.6 and 5.2), and it is where a batch fails although `POST /batches` said 200.

use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memmem;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::lines::{InputLine, Lines};

/// Requests in one file: OpenAI's specification, 2026-08-21.
pub(crate) const MAX_REQUESTS: u64 = 50_000;

/// An entry of `errors.data`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BatchError {
    pub(crate) code: String,
    /// 1-based.
    pub(crate) line: Option<u64>,
    pub(crate) message: String,
    pub(crate) param: Option<String>,
}

/// What the check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checked {
    pub(crate) total: u64,
    pub(crate) model: Option<String>,
    pub(crate) error: Option<BatchError>,
}

#[derive(Deserialize)]
struct BodyHead {
    model: Option<String>,
    stream: Option<bool>,
}

/// Reads the whole file once. Memory: 16 bytes a line for the ids.
pub(crate) fn check(
    path: &Path,
    endpoint: &str,
    mixed_models: bool,
    closing: &AtomicBool,
) -> io::Result<Checked> {
    let mut lines = Lines::open(path)?;
    let mut seen = Seen {
        endpoint,
        mixed_models,
        ids: HashSet::new(),
        model: None,
    };
    let mut total = 0;
    while let Some(line) = lines.next()? {
        if closing.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        total += 1;
        let wrong = if total > MAX_REQUESTS {
            Some(Wrong::new(
                "too_many_tasks",
                None,
                format!("The file has more than {MAX_REQUESTS} lines."),
            ))
        } else {
            seen.wrong(line)
        };
        if let Some(wrong) = wrong {
            return Ok(failed(wrong, Some(total)));
        }
    }
    if total == 0 {
        return Ok(failed(
            Wrong::new("empty_file", None, "The input file is empty.".to_owned()),
            None,
        ));
    }
    Ok(Checked {
        total,
        model: seen.model,
        error: None,
    })
}

fn failed(wrong: Wrong, line: Option<u64>) -> Checked {
    let Wrong { code, param, message } = wrong;
    let error = BatchError {
        code: code.to_owned(),
        line,
        message,
        param: param.map(str::to_owned),
    };
    Checked {
        total: 0,
        model: None,
        error: Some(error),
    }
}

/// The input file was deleted before the check read it.
pub(crate) fn file_gone(id: &str) -> Checked {
    failed(
        Wrong::new("invalid_request", Some("input_file_id"), cannot_find(id)),
        None,
    )
}

/// OpenAI's words for a file that is missing or another organization's.
pub(crate) fn cannot_find(id: &str) -> String {
    format!("Cannot find file {id}, or organization org-practice does not have access to it.")
}

struct Wrong {
    code: &'static str,
    param: Option<&'static str>,
    message: String,
}

impl Wrong {
    fn new(code: &'static str, param: Option<&'static str>, message: String) -> Self {
        Self { code, param, message }
    }
    fn missing(param: &'static str) -> Self {
        Self::new(
            "missing_required_parameter",
            Some(param),
            format!("Missing required parameter: '{param}'."),
        )
    }
}

struct Seen<'a> {
    endpoint: &'a str,
    mixed_models: bool,
    ids: HashSet<[u8; 16]>,
    model: Option<String>,
}

impl Seen<'_> {
    fn wrong(&mut self, line: &[u8]) -> Option<Wrong> {
        let invalid = |why: String| Some(Wrong::new("invalid_json_line", None, why));
        if cuts_lines(line) {
            return invalid(
                "This line is not parseable as valid JSON (unescaped line separator).".to_owned(),
            );
        }
        let line: InputLine<'_> = match serde_json::from_slice(line) {
            Ok(line) => line,
            Err(error) => return invalid(format!("This line is not parseable as valid JSON: {error}.")),
        };
        let Some(id) = line.custom_id.filter(|id| !id.is_empty()) else {
            return Some(Wrong::missing("custom_id"));
        };
        if !self.ids.insert(short_hash(id.as_bytes())) {
            let message = format!("The custom_id '{id}' is used more than once.");
            return Some(Wrong::new("duplicate_custom_id", Some("custom_id"), message));
        }
        match line.method.as_deref() {
            Some("POST") => {}
            Some(other) => {
                let message = format!("The method '{other}' is not supported.");
                return Some(Wrong::new("invalid_method", Some("method"), message));
            }
            None => return Some(Wrong::missing("method")),
        }
        match line.url.as_deref() {
            Some(url) if url == self.endpoint => {}
            Some(url) => {
                let message = format!(
                    "The url '{url}' differs from the batch endpoint '{}'.",
                    self.endpoint
                );
                return Some(Wrong::new("url_mismatch", Some("url"), message));
            }
            None => return Some(Wrong::missing("url")),
        }
        let Some(body) = line.body.filter(|body| body.get().starts_with('{')) else {
            return Some(Wrong::missing("body"));
        };
        match serde_json::from_str::<BodyHead>(body.get()) {
            Ok(head) => self.wrong_head(head),
            Err(error) => Some(Wrong::new("invalid_request", Some("body"), error.to_string())),
        }
    }

    fn wrong_head(&mut self, head: BodyHead) -> Option<Wrong> {
        if head.stream == Some(true) {
            let message = "Streaming is not supported in batches.".to_owned();
            return Some(Wrong::new("streaming_unsupported", Some("stream"), message));
        }
        let Some(model) = head.model.filter(|model| !model.is_empty()) else {
            return Some(Wrong::missing("model"));
        };
        let first = self.model.get_or_insert_with(|| model.clone());
        (!self.mixed_models && *first != model).then(|| {
            let message = format!("The model '{model}' differs from '{first}' of the lines before.");
            Wrong::new("model_mismatch", Some("model"), message)
        })
    }
}

/// Some services cut lines at U+2028, U+2029 and U+0085 too; a client has to escape them, and here it is told.
fn cuts_lines(line: &[u8]) -> bool {
    ["\u{2028}", "\u{2029}", "\u{85}"]
        .iter()
        .any(|mark| memmem::find(line, mark.as_bytes()).is_some())
}

/// Enough of a hash to tell 50,000 ids apart.
pub(crate) fn short_hash(bytes: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&Sha256::digest(bytes)[..16]);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[]}}"#;

    fn checked(text: &str) -> Checked {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("input.jsonl");
        std::fs::write(&path, text).unwrap();
        check(&path, "/v1/chat/completions", false, &AtomicBool::new(false)).unwrap()
    }

    fn code(text: &str) -> (String, Option<u64>) {
        let error = checked(text).error.unwrap();
        (error.code, error.line)
    }

    #[test]
    fn a_good_file_is_counted() {
        let second = GOOD.replace("\"a\"", "\"ｂ 2\"");
        assert_eq!(
            checked(&format!("{GOOD}\r\n{second}")),
            Checked {
                total: 2,
                model: Some("m".to_owned()),
                error: None
            }
        );
    }

    #[test]
    fn each_fault_of_a_line_has_its_code() {
        let second =
            |from: &str, to: &str| format!("{GOOD}\n{}\n", GOOD.replace("\"a\"", "\"b\"").replace(from, to));
        for (text, expected) in [
            ("not json\n".to_owned(), ("invalid_json_line", Some(1))),
            (format!("\u{feff}{GOOD}\n"), ("invalid_json_line", Some(1))),
            (format!("{GOOD}\n\n"), ("invalid_json_line", Some(2))),
            (second("\"m\"", "\"m\u{2028}\""), ("invalid_json_line", Some(2))),
            (second("\"b\"", "7"), ("invalid_json_line", Some(2))),
            (
                second("\"custom_id\":\"b\",", ""),
                ("missing_required_parameter", Some(2)),
            ),
            (format!("{GOOD}\n{GOOD}\n"), ("duplicate_custom_id", Some(2))),
            (second("POST", "GET"), ("invalid_method", Some(2))),
            (second("chat/completions", "responses"), ("url_mismatch", Some(2))),
            (
                second("{\"model\":\"m\",\"messages\":[]}", "\"x\""),
                ("missing_required_parameter", Some(2)),
            ),
            (
                second("\"model\":\"m\",", ""),
                ("missing_required_parameter", Some(2)),
            ),
            (second("\"m\"", "\"n\""), ("model_mismatch", Some(2))),
            (
                second("\"messages\":[]", "\"stream\":true"),
                ("streaming_unsupported", Some(2)),
            ),
            (second("\"m\"", "5"), ("invalid_request", Some(2))),
            (String::new(), ("empty_file", None)),
        ] {
            assert_eq!(code(&text), (expected.0.to_owned(), expected.1), "{text}");
        }
    }

    #[test]
    fn more_than_fifty_thousand_lines_are_too_many() {
        let text: String = (0..=MAX_REQUESTS)
            .map(|n| GOOD.replace("\"a\"", &format!("\"{n}\"")) + "\n")
            .collect();
        assert_eq!(code(&text), ("too_many_tasks".to_owned(), Some(MAX_REQUESTS + 1)));
    }
}
