//! Records and folders for the tests of this crate.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use tabane_model::{Adaptation, Millis, Outcome, ProviderId, Status};
use tempfile::TempDir;

use crate::{JobRecord, NewRequest, PartRecord, Store};

pub(crate) const NOW: Millis = 1_795_430_000_000;

pub(crate) fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    (folder, store)
}

pub(crate) fn open(folder: &TempDir) -> Store {
    Store::open(folder.path(), "window", NOW).unwrap()
}

pub(crate) fn job(id: &str, requests: u32) -> JobRecord {
    JobRecord {
        name: format!("File {id}"),
        settings: [("region".to_owned(), "us-central1".to_owned())].into(),
        api_version: Some("2023-06-01".to_owned()),
        adaptations: vec![Adaptation::new("left-out").with("parameter", "seed")],
        model: Some("practice-small".to_owned()),
        endpoint: Some("/v1/chat/completions".to_owned()),
        window: "24h".to_owned(),
        requests,
        bytes: 1_000,
        nonce: "k3f".to_owned(),
        source: Some("/home/ada/study.jsonl".to_owned()),
        ..JobRecord::new(id.to_owned(), ProviderId::new("practice"), NOW)
    }
}

pub(crate) fn part(job: &str, number: u32, first_position: u32, requests: u32) -> PartRecord {
    PartRecord {
        sha256: "00".to_owned(),
        requests,
        bytes: u64::from(requests) * 100,
        first_position,
        endpoint: "/v1/chat/completions".to_owned(),
        due_at: Some(NOW),
        ..PartRecord::planned(job, number, format!("jobs/{job}/part-{number}.jsonl"), NOW)
    }
}

/// The request at a position of a part whose file begins with position `first`; each line takes 100 bytes.
pub(crate) fn request(part: u32, first: u32, position: u32) -> NewRequest {
    NewRequest {
        position,
        part,
        wire_id: wire_id(position),
        custom_id: format!("item-{position}"),
        source_line: position + 1,
        offset: u64::from(position - first) * 100,
        length: 99,
        study: None,
    }
}

pub(crate) fn wire_id(position: u32) -> String {
    format!("k3f-{position}")
}

/// A job with parts of these sizes, and all its requests.
pub(crate) fn filled(store: &Store, id: &str, parts: &[u32]) {
    store.insert_job(&job(id, parts.iter().sum())).unwrap();
    let mut writer = store.write_requests(id).unwrap();
    let mut first = 0;
    for (number, &requests) in (1..).zip(parts) {
        store.insert_part(&part(id, number, first, requests)).unwrap();
        for position in first..first + requests {
            writer.push(request(number, first, position)).unwrap();
        }
        first += requests;
    }
    assert_eq!(writer.finish().unwrap(), first);
}

pub(crate) fn outcome(position: u32, status: Status) -> Outcome {
    Outcome {
        wire_id: Some(wire_id(position)),
        answer: (status == Status::Succeeded).then(|| format!("Answer {position} 面白い")),
        finish_reason: Some("stop".to_owned()),
        input_tokens: Some(21),
        ..Outcome::empty(status)
    }
}

const FOLDER: &str = "TABANE_STORE_TEST_FOLDER";

/// This very test in a process of its own, with a folder to work in.
pub(crate) fn child(test: &str, folder: &TempDir) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([test, "--exact", "--nocapture"])
        .env(FOLDER, folder.path());
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// The folder to work in, when this process is the child.
pub(crate) fn child_folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}
