//! The binary: what tests of other crates start.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::Client;
use serde_json::{Value, json};

use crate::support::requests;

struct Process {
    child: Child,
    base_url: String,
    client: Client,
}

impl Process {
    fn start(dir: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tabane-practice"))
            .args(["--key", "k", "--pace-ms", "300", "--dir"])
            .arg(dir)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let told: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(told["key"], "k");
        Self {
            child,
            base_url: told["base_url"].as_str().unwrap().to_owned(),
            client: Client::new(),
        }
    }

    async fn get(&self, path: &str) -> Value {
        let call = self
            .client
            .get(format!("{}{path}", self.base_url))
            .bearer_auth("k");
        call.send().await.unwrap().json().await.unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[tokio::test]
async fn a_killed_process_finds_its_batch_again() {
    let dir = tempfile::tempdir().unwrap();
    let process = Process::start(dir.path(), &["--faults", r#"{"drop_rows":[0]}"#]);
    let part = reqwest::multipart::Part::text(requests(3)).file_name("a.jsonl");
    let form = reqwest::multipart::Form::new()
        .text("purpose", "batch")
        .part("file", part);
    let upload = process
        .client
        .post(format!("{}/files", process.base_url))
        .bearer_auth("k")
        .multipart(form);
    let file: Value = upload.send().await.unwrap().json().await.unwrap();
    let order = json!({ "input_file_id": file["id"], "endpoint": "/v1/chat/completions", "completion_window": "24h" });
    let create = process
        .client
        .post(format!("{}/batches", process.base_url))
        .bearer_auth("k")
        .json(&order);
    let batch: Value = create.send().await.unwrap().json().await.unwrap();
    drop(process);

    let process = Process::start(dir.path(), &[]);
    let path = format!("/batches/{}", batch["id"].as_str().unwrap());
    let mut told = process.get(&path).await;
    while told["status"] != "completed" {
        assert_ne!(told["status"], "failed", "{told}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        told = process.get(&path).await;
    }
    assert_eq!(
        told["request_counts"]["completed"], 2,
        "the fault stays with the batch"
    );
}

#[test]
fn wrong_words_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let command = Command::new(env!("CARGO_BIN_EXE_tabane-practice"))
            .args(arguments)
            .output()
            .unwrap();
        (
            command.status.code().unwrap(),
            String::from_utf8(command.stderr).unwrap(),
        )
    };
    let folder = dir.path().to_str().unwrap();
    let (code, said) = run(&["--dir", folder, "--faults", r#"{"nonsense":1}"#]);
    assert!(code == 2 && said.contains("nonsense"), "{said}");
    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    let (code, said) = run(&["--dir", file.to_str().unwrap()]);
    assert!(code == 3 && said.contains("folder"), "{said}");
}
