//! What was laid down in the user's own cloud, or stays at the service, is deleted when the user says so, and only then.

use serde_json::Value;
use tabane_tests::together;

use super::{BUCKET, BUCKET_TO_DATASET, DATASET, Desk, FIREWORKS, VERTEX, line, path};

fn deletes(log: &Value) -> u64 {
    let calls = log["calls"].as_object().unwrap();
    calls
        .iter()
        .filter(|(call, _)| call.starts_with("DELETE"))
        .map(|(_, times)| times.as_u64().unwrap())
        .sum()
}

#[test]
fn requests_and_answers_that_stay_there_are_cleaned_up_once() {
    // Deleted: the requests and the answers, of which a bucket has a list too.
    let cases = [
        VERTEX.with(BUCKET),
        VERTEX.with(DATASET),
        VERTEX.with(BUCKET_TO_DATASET),
        FIREWORKS,
    ];
    together(&cases, |case| {
        let desk = Desk::new(case);
        let file = desk.write("a.jsonl", &line("a", &serde_json::json!({})));
        let command = ["send", path(&file), "--model", case.model, "--wait"];
        let output = desk.cli.run(&desk.words(&command));
        let said = String::from_utf8(output.stdout).unwrap();
        let (_, jobs) = desk.cli.json(&["jobs"]);
        let id = jobs[0]["id"].as_str().unwrap();
        assert!(said.contains(&format!("clean-up {id}")), "{said}");
        assert_eq!(jobs[0]["leftovers"], 1, "{jobs}");
        assert_eq!(deletes(&desk.simulator.log()), 0, "{case:?}");

        let (code, job) = desk.cli.json(&["clean-up", id]);
        assert_eq!((code, &job["leftovers"]), (0, &0.into()), "{case:?}: {job}");
        let log = desk.simulator.log();
        assert!(deletes(&log) >= 2, "{case:?}: {log}");
        if case.provider == VERTEX.provider {
            let objects = desk.simulator.told("/storage/v1/b/b/o");
            assert_eq!(
                objects["items"].as_array().map_or(0, Vec::len),
                0,
                "{case:?}: {objects}"
            );
        }

        let output = desk.cli.run(&["clean-up", id]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(!said.contains("clean-up"), "{said}");
        assert_eq!(deletes(&desk.simulator.log()), deletes(&log), "{case:?}");
        let (_, rows) = desk.cli.json(&["results", id]);
        assert_ne!(rows["answer"], "", "the answers here stay: {rows}");
    });
}
