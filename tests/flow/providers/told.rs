//! What is changed in requests to suit a service is said, before it is sent and afterwards; what cannot be said in the
//! service's words is not sent.

use serde_json::{Value, json};
use tabane_tests::together;

use super::{CLAUDE, Desk, GEMINI, case, line, path, told};

/// Three requests without a length, two of them with a seed.
fn write(desk: &Desk, temperature: Option<f64>) -> std::path::PathBuf {
    let mut body = json!({ "seed": 7 });
    if let Some(temperature) = temperature {
        body["temperature"] = temperature.into();
    }
    let mut plain = body.clone();
    plain.as_object_mut().unwrap().remove("seed");
    let lines = [line("a", &body), line("b", &plain), line("c", &body)];
    desk.write("a.jsonl", &lines.concat())
}

fn changes(length: u32) -> Vec<(String, Value)> {
    let args = json!({ "length": f64::from(length), "count": 3.0, "total": 3.0 });
    let seed = json!({ "parameter": "seed", "count": 2.0, "total": 3.0 });
    vec![("length-added".to_owned(), args), ("left-out".to_owned(), seed)]
}

#[test]
fn the_length_that_claude_wants_and_the_seed_that_it_does_not_know() {
    let desk = Desk::new(&CLAUDE);
    let file = write(&desk, Some(0.5));
    let (code, report) = desk.cli.json(&["check", path(&file), "--provider", "anthropic"]);
    assert_eq!((code, &report["ok"]), (0, &true.into()), "{report}");
    assert_eq!(told(&report["adaptations"]), changes(4_096), "{report}");
    for (change, words) in report["adaptations"]
        .as_array()
        .unwrap()
        .iter()
        .zip(["4,096 tokens", "seed"])
    {
        assert!(change["message"].as_str().unwrap().contains(words), "{change}");
    }

    let command = ["send", path(&file), "--model", CLAUDE.model, "--wait"];
    let (code, job) = desk.cli.json(&desk.words(&command));
    assert_eq!(code, 0, "{job}");
    assert_eq!(told(&job["adaptations"]), changes(4_096), "{job}");
    let sent = desk.sent(&job);
    assert_eq!(sent.len(), 3);
    for sent in sent {
        let sent: Value = serde_json::from_str(&sent).unwrap();
        let params = sent["params"].as_object().unwrap();
        assert_eq!(
            (&params["max_tokens"], params.get("seed")),
            (&4_096.into(), None),
            "{sent}"
        );
    }
}

/// The version decides whether a temperature is taken at all: the fake refuses it in the newer one.
#[test]
fn claudes_version_follows_the_temperature() {
    let cases = [(Some(0.5), "2023-06-01"), (None, "2026-10-21")];
    together(&cases, |(temperature, version)| {
        let desk = Desk::new(&CLAUDE);
        let file = write(&desk, *temperature);
        let command = ["send", path(&file), "--model", CLAUDE.model, "--wait"];
        let (code, job) = desk.cli.json(&desk.words(&command));
        assert_eq!((code, &job["api_version"]), (0, &(*version).into()), "{job}");
        let first: Value = serde_json::from_str(&desk.sent(&job)[0]).unwrap();
        assert_eq!(first["params"]["temperature"], json!(temperature), "{first}");
    });
}

/// In both languages, the same number before and after, and that is what goes out.
#[test]
fn another_length_is_said_in_words_and_sent() {
    let cases = [
        (
            "en",
            [
                "300 tokens are set (in 3 of 3",
                "the seed. It is left out (in 2 of 3",
            ],
        ),
        (
            "ja",
            [
                "300トークンとして送ります（3件のうち3件",
                "指定せずに送ります（3件のうち2件",
            ],
        ),
    ];
    together(&cases, |(language, sentences)| {
        let desk = Desk::new(&CLAUDE);
        let file = write(&desk, Some(0.5));
        let command = [
            "send",
            path(&file),
            "--model",
            CLAUDE.model,
            "--max-tokens",
            "300",
            "--wait",
            "--language",
            language,
        ];
        let output = desk.cli.run(&desk.words(&command));
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        for told in [&output.stderr, &output.stdout] {
            let told = String::from_utf8_lossy(told);
            for sentence in sentences {
                assert!(told.contains(sentence), "{sentence} in {told}");
            }
            assert!(!told.contains("4,096"), "{told}");
        }
        let (_, jobs) = desk.cli.json(&["jobs"]);
        for sent in desk.sent(&jobs[0]) {
            let sent: Value = serde_json::from_str(&sent).unwrap();
            assert_eq!(sent["params"]["max_tokens"], 300, "{sent}");
        }
    });
}

#[test]
fn what_has_no_counterpart_is_named_by_its_line_and_nothing_is_sent() {
    let cases = [
        (&CLAUDE, "en", ["Line 2 ", "“tools”"]),
        (&GEMINI, "ja", ["2行目", "「tools」"]),
    ];
    together(&cases, |(case, language, words)| {
        let desk = Desk::new(case);
        let tool = json!({ "type": "function", "function": { "name": "look_up", "parameters": {} } });
        let lines = [line("a", &json!({})), line("b", &json!({ "tools": [tool] }))];
        let file = desk.write("a.jsonl", &lines.concat());
        let command = [
            "send",
            path(&file),
            "--model",
            case.model,
            "--wait",
            "--language",
            language,
        ];
        let output = desk.cli.run(&desk.words(&command));
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        for word in words {
            assert!(said.contains(word), "{word} in {said}");
        }
        let (code, report) = desk.cli.json(&desk.words(&command));
        assert_eq!((code, &report["ok"]), (1, &false.into()), "{report}");
        assert!(
            report["untranslatable"].as_str().unwrap().contains(words[1]),
            "{report}"
        );
        let (_, jobs) = desk.cli.json(&["jobs"]);
        assert_eq!(jobs, json!([]));
        let log = desk.simulator.log();
        assert_eq!(
            (&log["batches_made"], &log["calls"]),
            (&0.into(), &json!({})),
            "{log}"
        );
    });
}

/// Also where the service speaks as OpenAI does and is particular in one thing only: known before anything is sent.
#[test]
fn what_is_changed_is_known_before_it_is_sent() {
    let cases = [
        (
            case("openrouter", "openrouter", "openai/gpt-oss-20b"),
            json!({ "model": "openai/gpt-oss-20b:batch", "count": 3.0, "total": 3.0 }),
        ),
        (
            case("moonshot", "openai", "kimi-k3"),
            json!({ "parameter": "temperature", "count": 3.0, "total": 3.0 }),
        ),
    ];
    together(&cases, |(case, args)| {
        let desk = Desk::new(case);
        let file = write(&desk, Some(0.5));
        let text = std::fs::read_to_string(&file).unwrap();
        let file = desk.write("b.jsonl", &text.replace("named-by-the-command", case.model));
        let (code, report) = desk
            .cli
            .json(&["check", path(&file), "--provider", case.provider]);
        assert_eq!(code, 0, "{report}");
        let (code, job) = desk.cli.json(&desk.words(&["send", path(&file), "--wait"]));
        assert_eq!(code, 0, "{job}");
        let changes = told(&job["adaptations"]);
        assert_eq!((changes.len(), &changes[0].1), (1, args), "{case:?}: {job}");
        assert_eq!(told(&report["adaptations"]), changes, "{case:?}: {report}");
    });
}
