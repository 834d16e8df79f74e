//! Whole files through the whole crate.

mod files;
mod fixes;
mod malformed;
mod native;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;

use tabane_model::{CheckReport, Fix, ProviderId, RequestLine, Rules};

/// Like OpenAI's: one model and one url a part.
pub(crate) fn rules() -> Rules {
    Rules {
        provider: ProviderId::new("openai"),
        max_requests: 50_000,
        max_bytes: 200_000_000,
        endpoints: ["/v1/chat/completions", "/v1/responses", "/v1/embeddings"]
            .map(String::from)
            .to_vec(),
        one_model: true,
        one_endpoint: true,
        windows: vec!["24h".into()],
        retention_days: None,
        native: None,
        model_given: false,
    }
}

/// A file that is removed with this.
struct Sample {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Sample {
    fn new(bytes: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("requests.jsonl");
        std::fs::write(&path, bytes).unwrap();
        Self {
            _folder: folder,
            path,
        }
    }

    fn check(&self, rules: &Rules, fixes: &[Fix]) -> CheckReport {
        let report =
            crate::check(&self.path, rules, &set(fixes), &mut |_| ControlFlow::Continue(())).unwrap();
        // What is checked is what is sent, whatever the file.
        let sent = self.requests(rules, fixes);
        assert_eq!(sent.len() as u64, report.requests);
        let wire: u64 = sent
            .iter()
            .map(|request| crate::wire_line_len(&request.url, &request.body))
            .sum();
        assert_eq!(wire, report.wire_bytes);
        let names: BTreeSet<_> = sent.iter().map(|request| &request.custom_id).collect();
        assert!(!report.is_ok() || names.len() == sent.len(), "names stand twice");
        report
    }

    fn requests(&self, rules: &Rules, fixes: &[Fix]) -> Vec<RequestLine> {
        crate::requests(&self.path, rules, &set(fixes))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap()
    }
}

fn set(fixes: &[Fix]) -> BTreeSet<Fix> {
    fixes.iter().cloned().collect()
}

fn leave_out(code: &str) -> Fix {
    Fix::LeaveOut {
        code: code.to_owned(),
    }
}

const CHAT: &str = r#"{"model":"m","messages":[{"role":"user","content":"hi"}]}"#;

/// A line that is right.
fn good(id: &str) -> String {
    with_body(id, CHAT)
}

fn with_body(id: &str, body: &str) -> String {
    format!(r#"{{"custom_id":"{id}","method":"POST","url":"/v1/chat/completions","body":{body}}}"#)
}

/// Code, line and whether it is taken care of, of every group.
fn groups(report: &CheckReport) -> Vec<(&str, Vec<u32>, bool)> {
    report
        .groups
        .iter()
        .map(|group| (group.code.as_str(), group.lines.clone(), group.fixed))
        .collect()
}
