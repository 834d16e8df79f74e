//! `llmock` (PyPI): whole batches, faults by script, and a verdict on how its clients repeat their calls.

use serde_json::{Value, json};

use tabane_tests::together;

use super::{Job, REQUESTS, Server, ask};
use crate::faults::counts;
use tabane_tests::python;

struct Llmock {
    _server: Server,
    address: String,
}

impl Llmock {
    /// Its answers repeat the question.
    fn start() -> Self {
        let server =
            Server::start(python("llmock").args(["serve", "--port", "0", "--response-style", "echo"]));
        let address = server.word_after("Uvicorn running on ");
        Self {
            _server: server,
            address,
        }
    }

    fn job(&self) -> Job {
        Job::new(&format!("{}/v1", self.address))
    }

    fn script(&self, behaviors: &Value) {
        let url = format!("{}/_llmock/scenario", self.address);
        let body = json!({ "behaviors": behaviors }).to_string();
        let (status, told) = ask(|client| client.post(url).body(body));
        assert_eq!(status, 201, "{told}");
    }

    fn told(&self, path: &str) -> Value {
        let url = format!("{}{path}", self.address);
        ask(|client| client.get(url)).1
    }

    /// How often this was called.
    fn calls(&self, method: &str, path: &str) -> usize {
        let told = self.told("/_llmock/requests");
        let calls = told["requests"].as_array().unwrap().iter();
        calls
            .filter(|call| call["method"] == method && call["path"] == path)
            .count()
    }

    /// Every script was played, and this is what llmock has against us, as `code` and `call`.
    fn findings(&self) -> Vec<(String, String)> {
        assert_eq!(self.told("/_llmock/scenario")["pending"], json!([]));
        let verdict = self.told("/_llmock/verdict");
        let word = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
        let findings = verdict["findings"].as_array().unwrap().iter();
        findings
            .map(|finding| (word(finding, "code"), word(finding, "path")))
            .collect()
    }

    fn batches_made(&self) -> usize {
        self.told("/v1/batches")["data"].as_array().unwrap().len()
    }
}

#[test]
fn a_whole_batch_and_every_answer_at_its_question() {
    let llmock = Llmock::start();
    let job = llmock.job();
    // llmock cuts lines where Python does: also at these.
    let text = std::fs::read_to_string(job.file()).unwrap();
    std::fs::write(job.file(), text.replace("問。", "問\u{2028}と\u{2029}と\u{85}。")).unwrap();
    let (code, told) = job.run();
    assert_eq!((code, counts(&told)), (0, [12, 0, 0, 0, 0, 0]), "{told}");
    let rows = job.rows(&told);
    assert_eq!(rows.len(), REQUESTS);
    for (number, row) in rows.iter().enumerate() {
        assert_eq!(row["custom_id"], format!("row-{number:06}"), "{row}");
        let answer = row["answer"].as_str().unwrap();
        assert!(
            answer.contains(&format!("第{number}問")) && answer.contains("短く答えてください"),
            "{row}"
        );
    }
    assert_eq!(llmock.findings(), []);
    assert_eq!(llmock.calls("POST", "/v1/files"), 1);
    assert_eq!(llmock.calls("POST", "/v1/batches"), 1);
}

#[test]
fn our_manners_in_asking_again_please_llmock() {
    let llmock = Llmock::start();
    let (polls, content) = (
        json!({"path": "/v1/batches/*"}),
        json!({"path": "/v1/files/*/content"}),
    );
    llmock.script(&json!([
        {"type": "fail", "status": 503, "retry_after": 3, "match": polls},
        {"type": "fail", "status": 429, "retry_after": 2.5, "match": polls},
        {"type": "fail", "status": 500, "match": polls},
        {"type": "fail", "status": 529, "retry_after": 3, "match": content},
        {"type": "fail", "status": 502, "match": content},
    ]));
    let (code, told) = llmock.job().run();
    assert_eq!((code, counts(&told)), (0, [12, 0, 0, 0, 0, 0]), "{told}");
    assert_eq!(llmock.findings(), []);
    assert_eq!(llmock.calls("POST", "/v1/batches"), 1);
}

#[test]
fn a_refused_create_is_made_after_the_pause_and_once() {
    let llmock = Llmock::start();
    llmock.script(&json!([
        {"type": "fail", "status": 429, "retry_after": 2.5, "times": 2, "match": {"path": "/v1/batches"}},
    ]));
    let (code, told) = llmock.job().run();
    assert_eq!((code, counts(&told)), (0, [12, 0, 0, 0, 0, 0]), "{told}");
    assert_eq!(llmock.findings(), []);
    assert_eq!(llmock.batches_made(), 1);
}

#[test]
fn an_unclear_create_is_looked_for_and_not_sent_again() {
    together(&[500, 503], |status| {
        let llmock = Llmock::start();
        llmock.script(&json!([{"type": "fail", "status": status, "match": {"path": "/v1/batches"}}]));
        let looks = || llmock.calls("GET", "/v1/batches") > 0;
        let told = llmock.job().send_until("a look at the list", looks);
        assert_eq!(counts(&told), [0, 0, 0, 0, 0, 12], "{told}");
        // That is what llmock would do in our place, and what pays twice.
        let wanted = ("gave_up".to_owned(), "POST /v1/batches".to_owned());
        assert_eq!(llmock.findings(), [wanted]);
        assert_eq!(llmock.calls("POST", "/v1/batches"), 1);
    });
}

#[test]
fn a_refused_key_is_the_users_and_asked_once() {
    let llmock = Llmock::start();
    llmock.script(&json!([{"type": "fail", "status": 401, "match": {"path": "/v1/batches"}}]));
    let (code, told) = llmock.job().run();
    assert_eq!((code, &told["state"]), (3, &"waiting".into()), "{told}");
    assert_eq!(told["waiting"]["code"], "key-refused", "{told}");
    assert_eq!(llmock.findings(), []);
    assert_eq!(
        (llmock.calls("POST", "/v1/batches"), llmock.batches_made()),
        (1, 0)
    );
}

#[test]
fn a_cancelled_batch_without_files_is_accounted_for() {
    let llmock = Llmock::start();
    let job = llmock.job();
    let sent = job.send();
    let (code, told) = job.cli.json(&["cancel", sent["id"].as_str().unwrap()]);
    assert_eq!((code, &told["state"]), (0, &"finished".into()), "{told}");
    // It does not say that nothing ran, so that these may be billed: missing, not cancelled.
    assert_eq!(counts(&told), [0, 0, 0, 0, 12, 0], "{told}");
    assert_eq!(llmock.findings(), []);
}
