//! Prism (npm) serves OpenAI's own description of its API and refuses every request that does not match it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Job, Server, ask, node};
use crate::faults::counts;
use tabane_tests::python;

struct Prism {
    server: Server,
    address: String,
    _dir: tempfile::TempDir,
}

impl Prism {
    /// `answers`: what the description is to say of answers, as a merge patch. Requests stay as OpenAI wants them.
    fn start(answers: &Value) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (description, patch) = (dir.path().join("openai.json"), dir.path().join("answers.json"));
        std::fs::write(&patch, answers.to_string()).unwrap();
        let script = tabane_tests::repository().join("tests/python/openai_description.py");
        let made = python("python")
            .arg(script)
            .arg(&description)
            .arg(&patch)
            .status();
        assert!(made.expect("run `cargo xtask setup`").success());
        let program = "node_modules/@stoplight/prism-cli/dist/index.js";
        let server = Server::start(
            node()
                .args([program, "mock", "--port", "0", "--errors"])
                .arg(&description),
        );
        let address = server.word_after("Prism is listening on ");
        Self {
            server,
            address,
            _dir: dir,
        }
    }

    fn job(&self) -> Job {
        Job::new(&format!("{}/v1", self.address))
    }

    /// Whatever was called, and that every request passed.
    fn calls(&self) -> BTreeSet<String> {
        let said = self.server.said();
        assert!(!said.contains("Request did not pass"), "{said}");
        let received = said.lines().filter(|line| line.contains("Request received"));
        received
            .map(|line| {
                let (_, call) = line.split_once("[HTTP SERVER] ").unwrap();
                let words: Vec<_> = call.split_whitespace().take(2).collect();
                words.join(" ")
            })
            .collect()
    }
}

/// Every batch is in this state. Prism invents the rest: each id is `string`.
fn every_batch_is(state: &str) -> Value {
    json!({"components": {"schemas": {"Batch": {"properties": {"status": {"enum": [state]}}}}}})
}

fn set(calls: &[&str]) -> BTreeSet<String> {
    calls.iter().map(|call| (*call).to_owned()).collect()
}

#[test]
fn what_a_batch_takes_is_as_openai_describes_it() {
    let prism = Prism::start(&every_batch_is("completed"));
    let (code, told) = prism.job().run();
    // Prism's file of results holds the word `string`, which is not believed.
    assert_eq!((code, counts(&told)), (3, [0, 0, 0, 0, 0, 12]), "{told}");
    let wanted = [
        "post /v1/files",
        "post /v1/batches",
        "get /v1/batches/string",
        "get /v1/files/string/content",
    ];
    assert_eq!(prism.calls(), set(&wanted));
}

#[test]
fn a_cancel_is_as_openai_describes_it() {
    let prism = Prism::start(&every_batch_is("cancelled"));
    let job = prism.job();
    let sent = job.send();
    let (_, told) = job.cli.json(&["cancel", sent["id"].as_str().unwrap()]);
    assert_eq!(counts(&told), [0, 0, 0, 0, 0, 12], "{told}");
    assert!(prism.calls().contains("post /v1/batches/string/cancel"));
}

#[test]
fn a_look_for_a_batch_is_as_openai_describes_it() {
    // Without a good answer to a create Prism answers 500: whether a batch was made is unclear.
    let failed = json!({"200": null, "500": {"description": "Trouble"}});
    let prism = Prism::start(&json!({"paths": {"/v1/batches": {"post": {"responses": failed}}}}));
    let looked = || prism.calls().contains("get /v1/batches");
    let told = prism.job().send_until("a look at the list", looked);
    assert_eq!(counts(&told), [0, 0, 0, 0, 0, 12], "{told}");
    assert_eq!(
        prism.calls(),
        set(&["post /v1/files", "post /v1/batches", "get /v1/batches"])
    );
}

#[test]
fn a_request_that_openai_does_not_describe_is_seen() {
    let prism = Prism::start(&json!({}));
    let url = format!("{}/v1/batches", prism.address);
    let create = |window: &str| json!({"input_file_id": "f", "endpoint": "/v1/responses", "completion_window": window});
    let post = |body: Value| ask(|client| client.post(&url).bearer_auth("k").json(&body)).0;
    assert_eq!(
        (post(create("24h")), post(create("7d")), post(json!({}))),
        (200, 422, 422)
    );
    let without_key = ask(|client| client.post(&url).json(&create("24h"))).0;
    assert_eq!(without_key, 401);
    assert!(prism.server.said().contains("Request did not pass"));
}
