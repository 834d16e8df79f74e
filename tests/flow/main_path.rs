//! A request file goes out and comes back as a table.

use tabane_tests::{Cli, Simulator, write_requests};

#[test]
fn practice_answers_every_row_and_marks_them_as_practice() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("data")).with("TABANE_PRACTICE_PACE_MS", "200");
    let file = dir.path().join("見本.jsonl");
    write_requests(&file, 30, 0);
    let out = dir.path().join("結果.csv");
    let (code, job) = cli.json(&[
        "send",
        file.to_str().unwrap(),
        "--provider",
        "practice",
        "--wait",
        "--export",
        out.to_str().unwrap(),
    ]);
    assert_eq!(code, 0, "{job}");
    assert_eq!(job["state"], "finished");
    assert_eq!(job["practice"], true);
    assert_eq!(job["counts"]["succeeded"], 30);
    let bytes = std::fs::read(&out).unwrap();
    assert!(
        bytes.starts_with(&[0xEF, 0xBB, 0xBF]),
        "Excel needs the mark to show Japanese"
    );
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("\r\n") && text.contains("row-000029"));
    assert!(text.lines().next().unwrap().contains("practice"));
    assert_eq!(text.matches("row-0000").count(), 30);
}

#[test]
fn the_same_file_gives_the_same_answers() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a.jsonl");
    write_requests(&file, 10, 0);
    let answers = |data: &str| {
        let cli = Cli::new(&dir.path().join(data)).with("TABANE_PRACTICE_PACE_MS", "100");
        let out = dir.path().join(format!("{data}.jsonl"));
        let (code, _) = cli.json(&[
            "send",
            file.to_str().unwrap(),
            "--provider",
            "practice",
            "--export",
            out.to_str().unwrap(),
        ]);
        assert_eq!(code, 0);
        std::fs::read_to_string(out).unwrap()
    };
    assert_eq!(answers("one"), answers("two"));
}

#[test]
fn sent_without_waiting_it_is_found_again_by_resume() {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("data")).with("TABANE_PRACTICE_PACE_MS", "1500");
    let file = dir.path().join("a.jsonl");
    write_requests(&file, 12, 0);
    let (code, job) = cli.json(&["send", file.to_str().unwrap(), "--provider", "practice"]);
    assert_eq!(code, 0);
    assert_eq!(job["state"], "running", "{job}");
    let id = job["id"].as_str().unwrap();
    let (_, listed) = cli.json(&["jobs"]);
    assert_eq!(listed.as_array().unwrap().len(), 1);
    let (code, job) = cli.json(&["resume", id]);
    assert_eq!((code, &job["state"]), (0, &"finished".into()), "{job}");
    assert_eq!(job["counts"]["succeeded"], 12);
}

#[test]
fn several_parts_are_one_job_to_the_user() {
    let dir = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(
        &dir.path().join("simulator"),
        &[
            "--pace-ms",
            "200",
            "--faults",
            r#"{"upload_too_large_above":20000}"#,
        ],
    );
    let cli = Cli::new(&dir.path().join("data")).with_simulator(&simulator);
    let file = dir.path().join("a.jsonl");
    write_requests(&file, 200, 150);
    let (code, job) = cli.json(&[
        "send",
        file.to_str().unwrap(),
        "--provider",
        "custom",
        "--base-url",
        &simulator.base_url,
        "--wait",
    ]);
    assert_eq!(code, 0, "{job}");
    assert_eq!(job["counts"]["succeeded"], 200, "{job}");
    let parts = job["parts"].as_array().unwrap();
    assert!(
        parts.iter().any(|part| part["state"] == "halved"),
        "the service called the first one too large"
    );
    assert!(parts.iter().filter(|part| part["state"] == "collected").count() >= 2);
}
