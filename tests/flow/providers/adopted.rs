//! Batches that a script has sent become jobs.

use serde_json::{Value, json};

use super::{CLAUDE, Desk, path};
use crate::study::table::Table;

/// A batch of two requests, sent as a script does, and its lines as a file.
fn sent_by_a_script(desk: &Desk) -> (String, String) {
    let request = |id: &str| {
        let messages = json!([{ "role": "user", "content": format!("{id}: 雨の音は好きですか。") }]);
        let params = json!({ "model": CLAUDE.model, "max_tokens": 64, "messages": messages });
        json!({ "custom_id": id, "params": params })
    };
    let requests = [request("frog"), request("snail")];
    let call = reqwest::Client::new()
        .post(format!("{}/v1/messages/batches", desk.simulator.base_url))
        .header("x-api-key", &desk.simulator.key)
        .header("anthropic-version", "2023-06-01")
        .json(&json!({ "requests": requests }));
    let made: Value = tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(async { call.send().await.unwrap().json().await.unwrap() });
    let id = made["id"].as_str().unwrap_or_else(|| panic!("{made}"));
    (
        id.to_owned(),
        requests.map(|request| format!("{request}\n")).concat(),
    )
}

#[test]
fn a_scripts_batch_is_listed_taken_over_once_and_exported() {
    let desk = Desk::new(&CLAUDE);
    let (batch, _) = sent_by_a_script(&desk);
    let (code, listed) = desk.cli.json(&desk.words(&["adopt"]));
    assert_eq!((code, listed.as_array().unwrap().len()), (0, 1), "{listed}");
    assert_eq!(
        (&listed[0]["id"], &listed[0]["requests"], &listed[0]["job"]),
        (&batch.as_str().into(), &2.into(), &Value::Null),
        "{listed}"
    );
    let output = desk.cli.run(&desk.words(&["adopt"]));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with(&batch) && text.lines().count() == 1, "{text}");

    let out = desk.dir.path().join("out.csv");
    let (code, job) = desk
        .cli
        .json(&desk.words(&["adopt", &batch, "--export", path(&out)]));
    assert_eq!((code, &job["origin"]), (0, &"adopted".into()), "{job}");
    assert_eq!(job["counts"]["succeeded"], 2, "{job}");
    let table = Table::read(&out);
    // Without a request file they stand in the order in which the service gave them.
    let mut ids = table.column("custom_id");
    ids.sort_unstable();
    assert_eq!(ids, ["frog", "snail"]);
    assert!(table.column("answer").iter().all(|answer| !answer.is_empty()));

    let (_, listed) = desk.cli.json(&desk.words(&["adopt"]));
    assert_eq!(listed[0]["job"], job["id"], "{listed}");
    for (id, wrong) in [
        (batch.as_str(), "batch-already-job"),
        ("msgbatch_nobody", "adopt-not-found"),
    ] {
        let (code, told) = desk.cli.json(&desk.words(&["adopt", id]));
        assert_eq!((code, &told["error"]["code"]), (3, &wrong.into()), "{told}");
    }
    let (_, jobs) = desk.cli.json(&["jobs"]);
    assert_eq!(jobs.as_array().unwrap().len(), 1, "{jobs}");
    assert_eq!(desk.simulator.log()["batches_made"], 1);
}

/// With the file that was sent, what was asked is known too, and its lines.
#[test]
fn with_its_request_file_a_taken_over_batch_knows_its_questions() {
    let desk = Desk::new(&CLAUDE);
    let (batch, lines) = sent_by_a_script(&desk);
    // A request more than was sent: it has no answer, and that is said.
    let more = lines.lines().next().unwrap().replace("frog", "toad");
    let file = desk.write("sent.jsonl", &format!("{lines}{more}\n"));
    let command = ["adopt", &batch, "--requests", path(&file), "--wait"];
    let (code, job) = desk.cli.json(&desk.words(&command));
    assert_eq!(code, 1, "{job}");
    let counts = &job["counts"];
    assert_eq!(
        (&counts["succeeded"], &counts["missing"]),
        (&2.into(), &1.into()),
        "{job}"
    );
    let out = desk.dir.path().join("out.csv");
    let id = job["id"].as_str().unwrap();
    let (code, _) = desk
        .cli
        .json(&["export", id, "--format", "csv", "-o", path(&out)]);
    assert_eq!(code, 0);
    let table = Table::read(&out);
    assert_eq!(table.column("custom_id"), ["frog", "snail", "toad"]);
    assert_eq!(table.column("source_line"), ["1", "2", "3"]);
}

const DAY: f64 = 24.0 * 60.0 * 60.0 * 1_000.0;

/// Claude keeps results for 29 days from the creation: known while the batch runs.
#[test]
fn while_it_runs_a_job_says_until_when_its_results_are_kept() {
    let desk = Desk::at_pace(&CLAUDE, "60000");
    let (batch, _) = sent_by_a_script(&desk);
    let (_, job) = desk.cli.json(&desk.words(&["adopt", &batch]));
    let file = desk.write("b.jsonl", &super::line("a", &json!({})));
    let (code, sent) = desk
        .cli
        .json(&desk.words(&["send", path(&file), "--model", CLAUDE.model]));
    assert_eq!((code, &sent["state"]), (0, &"running".into()), "{sent}");
    let (_, told) = desk.cli.json(&["job", sent["id"].as_str().unwrap()]);
    let (_, listed) = desk.cli.json(&desk.words(&["adopt"]));
    let listed = listed.as_array().unwrap();
    let created = listed.iter().find(|batch| batch["job"] == sent["id"]).unwrap();
    let kept_until = created["created_at"].as_f64().unwrap() + 29.0 * DAY;
    assert_eq!(told["kept_until"], json!(kept_until), "{told}");
    // Nothing has been asked of the other one yet.
    assert_eq!(job["kept_until"], Value::Null, "{job}");
}
