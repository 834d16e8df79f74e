//! Studies that cannot be sent, and words that are wrong: sentences, the right exit code, and nothing sent.

use serde_json::Value;

use super::{changed, declining, folder, path};

#[test]
fn a_study_with_errors_is_told_and_not_sent() {
    let (dir, cli) = folder();
    let study = dir.path().join("s.tabane");
    changed(&declining("en"), &study, |study| {
        study["prompt"]["user"] = "Say {{reply.wrds}} and {{nobody.name}}.".into();
        study["answer_sheet"]["fields"][1]["kind"]["choices"] = Value::Array(Vec::new());
    });
    for command in ["check", "send"] {
        let (code, told) = cli.json(&["study", command, path(&study)]);
        assert_eq!((code, &told["ok"]), (1, &false.into()), "{told}");
        let problems = told["problems"].as_array().unwrap();
        let at = |place: &str| {
            let found = problems
                .iter()
                .find(|problem| problem["path"].as_str().unwrap().starts_with(place));
            found.unwrap_or_else(|| panic!("{place}: {told}"))
        };
        assert!(
            at("prompt/user")["message"].as_str().unwrap().contains("wrds"),
            "{told}"
        );
        assert_eq!(at("answer_sheet/fields/1")["severity"], "error");
    }
    let output = cli.run(&["study", "send", path(&study), "--language", "ja"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("件の問題を解決する必要があります。"), "{said}");
    assert_eq!(cli.json(&["jobs"]).1, Value::Array(Vec::new()), "nothing sent");
    // Building is refused the same way, and leaves no half of a file.
    let to = dir.path().join("parts");
    let build = [
        "study",
        "build",
        path(&study),
        "--provider",
        "openai",
        "--model",
        "gpt-5.4-mini",
        "-o",
        path(&to),
    ];
    let (code, told) = cli.json(&build);
    assert_eq!((code, &told["ok"]), (1, &false.into()), "{told}");
    assert!(told["problem_count"].as_u64() > Some(0), "{told}");
    assert!(!to.exists());
}

#[test]
fn files_that_are_no_studies() {
    let (dir, cli) = folder();
    let newer = dir.path().join("newer.tabane");
    changed(&declining("en"), &newer, |study| study["tabane"] = 99.into());
    let other = dir.path().join("other.tabane");
    std::fs::write(&other, "{\"custom_id\":\"a\"}").unwrap();
    let broken = dir.path().join("broken.tabane");
    std::fs::write(&broken, "{\"tabane\": 1,\n \"title\": ").unwrap();
    let binary = dir.path().join("binary.tabane");
    std::fs::write(&binary, [0xff, 0xfe, 0x00]).unwrap();
    for (file, code) in [
        (&newer, "study-newer"),
        (&other, "study-no-study"),
        (&broken, "study-unreadable"),
        (&binary, "study-not-text"),
    ] {
        for command in ["check", "send"] {
            let (exit, told) = cli.json(&["study", command, path(file)]);
            assert_eq!((exit, &told["error"]["code"]), (3, &code.into()), "{told}");
            assert!(
                told["error"]["message"]
                    .as_str()
                    .is_some_and(|text| text.len() > 10),
                "{told}"
            );
        }
    }
    let nowhere = dir.path().join("nowhere.tabane");
    let output = cli.run(&["study", "check", path(&nowhere)]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(
        said.lines().count() >= 2,
        "what happened, what it means, what to do next: {said}"
    );
    assert_eq!(cli.json(&["jobs"]).1, Value::Array(Vec::new()));
}

#[test]
fn words_of_the_command_that_are_wrong_leave_with_two_and_send_nothing() {
    let (dir, cli) = folder();
    let cli = cli.with("TABANE_CUSTOM_API_KEY", "key"); // only the address is missing
    let study = declining("en");
    let study = path(&study);
    let out = dir.path().join("out.txt");
    let to = dir.path().join("parts");
    for arguments in [
        ["study", "send", study, "--model", "practice-small"].as_slice(),
        &["study", "send", study, "--model", ":m"],
        &["study", "send", study, "--model", "nobody:m"],
        &["study", "send", study, "--model", "custom:m"],
        &["study", "send", study, "--export", path(&out)],
        &[
            "study",
            "build",
            study,
            "--provider",
            "nobody",
            "--model",
            "m",
            "-o",
            path(&to),
        ],
        &["study", "answers", "nothing"],
        &["study", "chek", study],
    ] {
        let output = cli.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(!output.stderr.is_empty());
    }
    assert!(!out.exists() && !to.exists());
    assert_eq!(cli.json(&["jobs"]).1, Value::Array(Vec::new()), "nothing sent");
}
