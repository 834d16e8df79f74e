//! The command line with every kind of service: what a researcher types and gets is the same, whoever answers.

mod adopted;
mod cleaned_up;
mod one_file;
mod own_shape;
mod studies;
mod told;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tabane_tests::{Cli, Simulator};

/// A service as it is typed, and its fake.
#[derive(Clone, Copy, Debug)]
struct Case {
    /// The service's own id.
    provider: &'static str,
    /// What is typed for it.
    word: &'static str,
    dialect: &'static str,
    model: &'static str,
    /// What it needs beside address and key.
    more: &'static [&'static str],
}

const fn case(provider: &'static str, dialect: &'static str, model: &'static str) -> Case {
    Case {
        provider,
        word: provider,
        dialect,
        model,
        more: &[],
    }
}

impl Case {
    const fn called(self, word: &'static str) -> Self {
        Self { word, ..self }
    }

    const fn with(self, more: &'static [&'static str]) -> Self {
        Self { more, ..self }
    }
}

const CLAUDE: Case = case("anthropic", "anthropic", "claude-haiku-5-5");
const GEMINI: Case = case("gemini", "gemini", "gemini-3.8-flash");
const VERTEX: Case = case("vertex", "vertex", "gemini-3.8-flash");
const FIREWORKS: Case =
    case("fireworks", "fireworks", "accounts/fireworks/models/m").with(&["--account", "practice"]);

const BUCKET: &[&str] = &["--project", "p", "--region", "us-central1", "--bucket", "b"];
const DATASET: &[&str] = &["--project", "p", "--region", "us-central1", "--dataset", "d"];
const BUCKET_TO_DATASET: &[&str] = &[
    "--project",
    "p",
    "--region",
    "us-central1",
    "--bucket",
    "b",
    "--dataset",
    "d",
];

/// A researcher with a key for one service.
struct Desk {
    case: Case,
    dir: tempfile::TempDir,
    simulator: Simulator,
    cli: Cli,
}

impl Desk {
    fn new(case: &Case) -> Self {
        Self::at_pace(case, "300")
    }

    /// `pace`: milliseconds that a batch takes.
    fn at_pace(case: &Case, pace: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let arguments = ["--dialect", case.dialect, "--pace-ms", pace];
        let simulator = Simulator::start(&dir.path().join("simulator"), &arguments);
        let cli = Cli::new(&dir.path().join("data")).with_key(case.provider, &simulator);
        Self {
            case: *case,
            dir,
            simulator,
            cli,
        }
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.dir.path().join(name);
        std::fs::write(&file, text).unwrap();
        file
    }

    /// A command with what leads to the service.
    fn words<'a>(&'a self, command: &[&'a str]) -> Vec<&'a str> {
        let to = [
            "--provider",
            self.case.word,
            "--base-url",
            &self.simulator.base_url,
        ];
        [command, &to, self.case.more].concat()
    }

    /// The lines that went out for a job.
    fn sent(&self, job: &Value) -> Vec<String> {
        let id = job["id"].as_str().unwrap_or_else(|| panic!("{job}"));
        let part = self.cli.data_dir.join("jobs").join(id).join("part-1.jsonl");
        let text = std::fs::read_to_string(part).unwrap();
        text.split_terminator('\n').map(str::to_owned).collect()
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A line of OpenAI's chat. `body`: beside model and messages.
fn line(id: &str, body: &Value) -> String {
    let mut body = body.clone();
    body["model"] = "named-by-the-command".into();
    body["messages"] = json!([
        { "role": "system", "content": "短く答えてください。" },
        { "role": "user", "content": format!("{id}：雨の音は好きですか。\n理由もどうぞ。") },
    ]);
    let line = json!({ "custom_id": id, "method": "POST", "url": "/v1/chat/completions", "body": body });
    format!("{line}\n")
}

/// The fields of adaptations that the command line and a job tell alike.
fn told(adaptations: &Value) -> Vec<(String, Value)> {
    let list = adaptations.as_array().unwrap_or_else(|| panic!("{adaptations}"));
    list.iter()
        .map(|one| (one["code"].as_str().unwrap().to_owned(), one["args"].clone()))
        .collect()
}
