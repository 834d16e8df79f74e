//! Requests of a study as files, without sending.

use std::path::Path;

use serde_json::Value;

use super::{changed, declining, folder, path, sample};

/// The lines of a part.
fn lines(part: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(part).unwrap();
    assert!(text.ends_with('\n'));
    text.split_terminator('\n')
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn the_sample_is_built_for_a_service_that_it_does_not_name() {
    let (dir, cli) = folder();
    let to = dir.path().join("parts");
    let study = sample("ja");
    let arguments = [
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
    let (code, told) = cli.json(&arguments);
    assert_eq!(code, 0, "{told}");
    assert_eq!(
        (&told["requests"], &told["parts"][0]["requests"]),
        (&120.into(), &120.into()),
        "{told}"
    );
    let part = to.join("part-1.jsonl");
    assert_eq!(told["parts"][0]["file"], "part-1.jsonl");
    assert_eq!(told["parts"][0]["bytes"], std::fs::metadata(&part).unwrap().len());
    assert!(!to.join("part-2.jsonl").exists());

    let (code, report) = cli.json(&["check", path(&part), "--provider", "openai"]);
    assert_eq!(
        (code, &report["ok"], &report["requests"]),
        (0, &true.into(), &120.into()),
        "{report}"
    );
    assert_eq!(report["problem_count"], 0, "{report}");

    let lines = lines(&part);
    let body = &lines[0]["body"];
    assert_eq!(
        (&lines[0]["custom_id"], &lines[0]["url"]),
        (&"p1_rain_n1".into(), &"/v1/chat/completions".into())
    );
    assert_eq!(
        (&body["model"], &body["temperature"]),
        (&"gpt-5.4-mini".into(), &0.8.into()),
        "{body}"
    );
    assert_eq!(body["response_format"]["type"], "json_schema", "{body}");
    assert_eq!(body["messages"].as_array().unwrap().len(), 2);
    let (_, jobs) = cli.json(&["jobs"]);
    assert_eq!(jobs, Value::Array(Vec::new()), "nothing is sent");
}

#[test]
fn parameters_are_adapted_to_the_model() {
    let (dir, cli) = folder();
    let study = dir.path().join("s.tabane");
    changed(&declining("en"), &study, |study| {
        study["parameters"]["seed"] = "7".into();
        study["parameters"]["presence_penalty"] = "0.5".into();
        study["models"] = Value::Array(Vec::new()); // those of the command count
    });
    let first = |provider: &str, model: &str| {
        let to = dir.path().join(format!("{provider}-{model}"));
        let arguments = [
            "study",
            "build",
            path(&study),
            "--provider",
            provider,
            "--model",
            model,
            "-o",
            path(&to),
        ];
        let (code, told) = cli.json(&arguments);
        assert_eq!((code, &told["requests"]), (0, &12.into()), "{told}");
        lines(&to.join("part-1.jsonl"))[0]["body"].clone()
    };
    let body = first("practice", "practice-small");
    assert_eq!(
        (&body["max_tokens"], &body["seed"], &body["presence_penalty"]),
        (&300.into(), &7.into(), &0.5.into()),
        "{body}"
    );
    assert_eq!(body["messages"][0]["role"], "system");
    // Takes a temperature, but no penalties.
    let body = first("openai", "gpt-5.4-mini");
    assert_eq!(
        (&body["max_completion_tokens"], &body["temperature"]),
        (&300.into(), &0.5.into()),
        "{body}"
    );
    assert!(
        body.get("max_tokens").is_none() && body.get("presence_penalty").is_none(),
        "{body}"
    );
    // Always thinks: no temperature.
    let body = first("openai", "gpt-5-mini");
    assert!(body.get("temperature").is_none(), "{body}");
    // Takes no system message and no schema: the words stand before the user's, the sheet is numbered lines.
    let body = first("openai", "o1-mini");
    let messages = body["messages"].as_array().unwrap();
    assert_eq!(
        (messages.len(), &messages[0]["role"]),
        (1, &"user".into()),
        "{body}"
    );
    let text = messages[0]["content"].as_str().unwrap();
    assert!(
        text.contains("You judge short replies.") && text.contains("Write one line for each item"),
        "{text}"
    );
    assert!(body.get("response_format").is_none(), "{body}");
}

#[test]
fn a_big_study_is_split_within_the_limits_of_the_service() {
    let (dir, cli) = folder();
    let study = dir.path().join("s.tabane");
    changed(&sample("en"), &study, |study| {
        study["design"]["trials"] = 4_500.into();
    });
    let to = dir.path().join("parts");
    let arguments = [
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
    let (code, told) = cli.json(&arguments);
    assert_eq!((code, &told["requests"]), (0, &54_000.into()), "{told}");
    let parts = told["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 2, "{told}");
    let mut requests = 0;
    let mut last = String::new();
    for (number, part) in (1..).zip(parts) {
        let file = to.join(format!("part-{number}.jsonl"));
        let bytes = std::fs::metadata(&file).unwrap().len();
        assert_eq!(
            (part["file"].as_str(), &part["bytes"]),
            (file.file_name().unwrap().to_str(), &bytes.into())
        );
        assert!(
            bytes <= 200_000_000 && part["requests"].as_u64().unwrap() <= 50_000,
            "{part}"
        );
        let text = std::fs::read_to_string(&file).unwrap();
        let count = text.bytes().filter(|byte| *byte == b'\n').count();
        assert_eq!(part["requests"], count);
        requests += count;
        text.lines().next_back().unwrap().clone_into(&mut last);
    }
    assert_eq!(requests, 54_000);
    let last: Value = serde_json::from_str(&last).unwrap();
    assert_eq!(
        last["custom_id"], "p4_cherry_n4500",
        "in the order of the design, to its end"
    );
}
