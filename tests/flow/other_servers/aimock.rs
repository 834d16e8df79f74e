//! `aimock` (npm): forced outcomes, answers that are no JSON, connections that are cut.

use serde_json::{Value, json};

use tabane_tests::together;

use super::{Job, Server, ask, node};
use crate::faults::counts;

struct Aimock {
    _server: Server,
    base_url: String,
}

impl Aimock {
    /// `rules`: see `tests/node/aimock.mjs`.
    fn start(rules: &Value) -> Self {
        let server = Server::start(node().arg("aimock.mjs").arg(rules.to_string()));
        let base_url = server.word_after(r#"{"base_url":""#);
        Self {
            _server: server,
            base_url: base_url.trim_end_matches("\"}").to_owned(),
        }
    }

    fn job(&self) -> Job {
        Job::new(&self.base_url)
    }

    /// How often this was called.
    fn calls(&self, method: &str, path: &str) -> usize {
        let url = self.base_url.replace("/v1", "/__aimock/journal");
        let (_, told) = ask(|client| client.get(url));
        let calls = told.as_array().unwrap().iter();
        calls
            .filter(|call| call["method"] == method)
            .filter(|call| call["path"].as_str().unwrap().split('?').next() == Some(path))
            .count()
    }

    fn batches_made(&self) -> usize {
        let url = format!("{}/batches", self.base_url);
        ask(|client| client.get(url)).1["data"].as_array().unwrap().len()
    }
}

/// A fault that happens so often.
fn fault(method: &str, path: &str, kind: &str, times: u32) -> Value {
    json!({"method": method, "path": path, "times": times, "headers": {format!("x-aimock-chaos-{kind}"): "1"}})
}

#[test]
fn every_outcome_adds_up() {
    let cases = [
        ("completed", 0, [12, 0, 0, 0, 0, 0]),
        ("failed", 1, [0, 12, 0, 0, 0, 0]),
        ("expired", 1, [0, 0, 12, 0, 0, 0]),
        // Nobody asked for it and no file tells what ran.
        ("cancelled", 1, [0, 0, 0, 0, 12, 0]),
    ];
    together(&cases, |(outcome, code, sum)| {
        let headers = json!({"x-aimock-batch-outcome": outcome});
        let aimock = Aimock::start(&json!([{"method": "POST", "path": "/v1/batches", "headers": headers}]));
        let (found, told) = aimock.job().run();
        assert_eq!((found, counts(&told)), (*code, *sum), "{outcome}: {told}");
        if *outcome == "failed" {
            assert_eq!(told["failures"][0]["code"], "mock_failure", "{told}");
        }
        assert_eq!(aimock.batches_made(), 1, "{outcome}");
    });
}

#[test]
fn a_bad_day_costs_one_batch() {
    let aimock = Aimock::start(&json!([
        fault("POST", "/v1/files", "drop", 1),
        fault("POST", "/v1/batches", "ratelimit", 1),
        fault("GET", "/v1/batches/", "disconnect", 1),
        fault("GET", "/v1/batches/", "drop", 1),
        fault("GET", "/v1/files/", "malformed", 1),
        fault("GET", "/v1/files/", "disconnect", 1),
    ]));
    let (code, told) = aimock.job().run();
    assert_eq!((code, counts(&told)), (0, [12, 0, 0, 0, 0, 0]), "{told}");
    assert_eq!(aimock.batches_made(), 1);
}

#[test]
fn a_create_without_a_readable_answer_is_looked_for_and_not_sent_again() {
    together(&["malformed", "disconnect"], |kind| {
        let aimock = Aimock::start(&json!([fault("POST", "/v1/batches", kind, 1)]));
        let looks = || aimock.calls("GET", "/v1/batches") > 0;
        let told = aimock.job().send_until("a look at the list", looks);
        assert_eq!(counts(&told), [0, 0, 0, 0, 0, 12], "{kind}: {told}");
        assert_eq!(aimock.calls("POST", "/v1/batches"), 1, "{kind}");
    });
}

#[test]
fn an_unreadable_answer_to_a_poll_is_waited_out() {
    let aimock = Aimock::start(&json!([fault("GET", "/v1/batches/", "malformed", 1)]));
    let (code, told) = aimock.job().run();
    assert_eq!((code, counts(&told)), (0, [12, 0, 0, 0, 0, 0]), "{told}");
    assert_eq!(aimock.batches_made(), 1);
}

/// What is no results file is fetched again, and then the user is asked: no row counts as missing.
#[test]
fn a_result_file_that_is_no_result_is_not_believed() {
    let aimock = Aimock::start(&json!([fault("GET", "/v1/files/", "malformed", 99)]));
    let (code, told) = aimock.job().run();
    assert_eq!((code, counts(&told)), (3, [0, 0, 0, 0, 0, 12]), "{told}");
    assert_eq!(told["waiting"]["code"], "results-unreadable", "{told}");
    assert_eq!(aimock.batches_made(), 1);
}
