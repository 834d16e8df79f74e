//! Studies from the file to the table, through `tabane-cli` and the practice service.

mod build;
mod data;
mod faults;
mod killed;
mod other_kinds;
mod read;
mod samples;
pub(crate) mod table;
mod wrong;

use std::path::{Path, PathBuf};

use serde_json::Value;
use tabane_tests::Cli;

/// A data folder of its own, with a practice service that is quick.
fn folder() -> (tempfile::TempDir, Cli) {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("data")).with("TABANE_PRACTICE_PACE_MS", "100");
    (dir, cli)
}

/// The study that Tabane ships.
fn sample(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!(
        "../src-tauri/crates/study/samples/emotions.{language}.tabane"
    ))
}

/// A study of another kind: a scale of 1 to 7, a choice of four, yes or no, a sentence, a share, a remark that may be
/// left out; 2 × 3 levels, 2 trials, two models.
pub(crate) fn declining(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/declining.{language}.tabane"))
}

/// A copy of a study, changed.
fn changed(study: &Path, to: &Path, change: impl FnOnce(&mut Value)) {
    let mut value: Value = serde_json::from_slice(&std::fs::read(study).unwrap()).unwrap();
    change(&mut value);
    std::fs::write(to, serde_json::to_string_pretty(&value).unwrap()).unwrap();
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// `results ID --json`: one object a row.
fn results(cli: &Cli, id: &str) -> Vec<Value> {
    let output = cli.run(&["results", id, "--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.split('\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
