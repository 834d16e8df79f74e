//! The commands' words, codes and shapes.

use tabane_tests::{Cli, write_requests};

fn folder() -> (tempfile::TempDir, Cli) {
    let dir = tempfile::tempdir().unwrap();
    let cli = Cli::new(&dir.path().join("data")).with("TABANE_PRACTICE_PACE_MS", "100");
    (dir, cli)
}

#[test]
fn check_gives_one_object_and_exit_one_only_for_errors() {
    let (dir, cli) = folder();
    let good = dir.path().join("good.jsonl");
    write_requests(&good, 3, 0);
    let (code, report) = cli.json(&["check", good.to_str().unwrap(), "--provider", "openai"]);
    assert_eq!(code, 0, "{report}");
    assert_eq!(
        (&report["ok"], &report["requests"], &report["parts"]),
        (&true.into(), &3.into(), &1.into())
    );
    assert_eq!(report["problem_count"], 0);

    let bad = dir.path().join("bad.jsonl");
    let text = std::fs::read_to_string(&good).unwrap();
    std::fs::write(&bad, format!("{text}{{\"custom_id\":\"x\",\n{text}")).unwrap();
    let (code, report) = cli.json(&["check", bad.to_str().unwrap(), "--provider", "openai"]);
    assert_eq!(code, 1);
    assert_eq!(report["ok"], false);
    let problems = report["problems"].as_array().unwrap();
    assert!(
        problems
            .iter()
            .all(|problem| problem["message"].as_str().is_some_and(|text| !text.is_empty()))
    );
    assert!(problems.iter().any(|problem| problem["line"] == 4), "{report}");
    assert!(
        problems
            .iter()
            .any(|problem| problem["code"] == "custom-id-duplicate"),
        "{report}"
    );
}

#[test]
fn a_file_with_errors_is_not_sent() {
    let (dir, cli) = folder();
    let file = dir.path().join("bad.jsonl");
    std::fs::write(&file, "{\"custom_id\":\n").unwrap();
    let (code, _) = cli.json(&["send", file.to_str().unwrap(), "--provider", "practice", "--wait"]);
    assert_eq!(code, 1);
    let (_, jobs) = cli.json(&["jobs"]);
    assert_eq!(jobs.as_array().unwrap().len(), 0, "no partial job");
}

#[test]
fn wrong_words_leave_with_two_and_missing_things_with_three() {
    let (dir, cli) = folder();
    assert_eq!(cli.run(&["sned"]).status.code(), Some(2));
    assert_eq!(
        cli.run(&["check", "nowhere.jsonl", "--provider", "openai"])
            .status
            .code(),
        Some(3)
    );
    let file = dir.path().join("a.jsonl");
    write_requests(&file, 1, 0);
    assert_eq!(
        cli.run(&["check", file.to_str().unwrap(), "--provider", "nobody"])
            .status
            .code(),
        Some(2)
    );
    let output = cli.run(&["send", file.to_str().unwrap(), "--provider", "openai"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
}

#[test]
fn help_lists_the_exit_codes() {
    let (_dir, cli) = folder();
    let output = cli.run(&["--help"]);
    let text = String::from_utf8(output.stdout).unwrap();
    for code in ["0  done", "1  problems", "2  wrong usage", "3  could not"] {
        assert!(text.contains(code), "{text}");
    }
}

#[test]
fn sentences_come_in_japanese_too() {
    let (dir, cli) = folder();
    let file = dir.path().join("a.jsonl");
    write_requests(&file, 2, 0);
    let output = cli.run(&[
        "check",
        file.to_str().unwrap(),
        "--provider",
        "openai",
        "--language",
        "ja",
    ]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("2件") && text.contains("送れます"), "{text}");
}

#[test]
fn every_format_is_written() {
    let (dir, cli) = folder();
    let file = dir.path().join("a.jsonl");
    write_requests(&file, 5, 0);
    let (_, job) = cli.json(&["send", file.to_str().unwrap(), "--provider", "practice", "--wait"]);
    let id = job["id"].as_str().unwrap();
    for format in ["csv", "xlsx", "json", "jsonl"] {
        let out = dir.path().join(format!("out.{format}"));
        let (code, told) = cli.json(&["export", id, "--format", format, "-o", out.to_str().unwrap()]);
        assert_eq!((code, &told["rows"]), (0, &5.into()), "{format}: {told}");
        assert!(std::fs::metadata(&out).unwrap().len() > 100, "{format}");
    }
    let rows: serde_json::Value =
        serde_json::from_slice(&std::fs::read(dir.path().join("out.json")).unwrap()).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 5);
    assert_eq!(rows[0]["custom_id"], "row-000000");
    let output = cli.run(&["results", id]);
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 5);
}

#[test]
fn a_downloaded_result_file_becomes_a_job() {
    let (dir, cli) = folder();
    let results = dir.path().join("batch_abc_output.jsonl");
    std::fs::write(
        &results,
        concat!(
            r#"{"id":"b1","custom_id":"eins","response":{"status_code":200,"body":{"object":"chat.completion","model":"m","choices":[{"message":{"role":"assistant","content":"はい"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}},"error":null}"#,
            "\n",
            r#"{"id":"b2","custom_id":"zwei","response":{"status_code":400,"body":{"error":{"message":"no","code":"bad"}}},"error":null}"#,
        ),
    )
    .unwrap();
    let (code, job) = cli.json(&["import", results.to_str().unwrap()]);
    assert_eq!(code, 0, "{job}");
    assert_eq!(
        (&job["counts"]["succeeded"], &job["counts"]["failed"]),
        (&1.into(), &1.into()),
        "{job}"
    );

    let requests = dir.path().join("requests.jsonl");
    let line = |id: &str| {
        format!(
            "{{\"custom_id\":\"{id}\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{{\"model\":\"m\",\"messages\":[]}}}}\n"
        )
    };
    std::fs::write(&requests, line("eins") + &line("zwei") + &line("drei")).unwrap();
    let (_, job) = cli.json(&[
        "import",
        results.to_str().unwrap(),
        "--requests",
        requests.to_str().unwrap(),
    ]);
    assert_eq!(job["counts"]["missing"], 1, "{job}");
    assert_eq!(job["counts"]["requests"], 3);
}

#[test]
fn the_second_one_on_a_data_folder_hears_who_holds_it() {
    let (dir, cli) = folder();
    let slow = Cli::new(&cli.data_dir).with("TABANE_PRACTICE_PACE_MS", "20000");
    let file = dir.path().join("a.jsonl");
    write_requests(&file, 2, 0);
    let mut first = slow
        .command(&["send", file.to_str().unwrap(), "--provider", "practice", "--wait"])
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    let second = cli.run(&["jobs"]);
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    let pid = first.id().to_string();
    let _ = first.kill();
    let _ = first.wait();
    assert_eq!(second.status.code(), Some(3), "{said}");
    assert!(said.contains(&pid), "{said}");
    // A killed holder leaves no lock behind.
    assert_eq!(cli.run(&["jobs"]).status.code(), Some(0));
}

#[test]
fn a_cancelled_job_accounts_for_every_row() {
    let (dir, cli) = folder();
    let slow = Cli::new(&cli.data_dir).with("TABANE_PRACTICE_PACE_MS", "60000");
    let file = dir.path().join("a.jsonl");
    write_requests(&file, 8, 0);
    let (_, job) = slow.json(&["send", file.to_str().unwrap(), "--provider", "practice"]);
    let id = job["id"].as_str().unwrap();
    let (code, job) = slow.json(&["cancel", id]);
    assert_eq!((code, &job["state"]), (0, &"finished".into()), "{job}");
    let counts = &job["counts"];
    assert_eq!(counts["pending"], 0, "{job}");
    let sum: u64 = ["succeeded", "failed", "expired", "cancelled", "missing"]
        .into_iter()
        .map(|name| counts[name].as_u64().unwrap())
        .sum();
    assert_eq!(sum, 8);
}
