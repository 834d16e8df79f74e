//! One request file, byte for byte the same, to every service: the tables that come back differ in their answers only.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tabane_tests::{repository, together};

use super::{
    BUCKET, BUCKET_TO_DATASET, CLAUDE, Case, DATASET, Desk, FIREWORKS, GEMINI, VERTEX, case, line, path,
};
use crate::study::table::Table;

const IDS: [&str; 3] = ["問-0", "問-1", "問-2"];

/// Some by another word for them.
const CASES: [Case; 24] = [
    case("openai", "openai", "gpt-5.4-mini"),
    CLAUDE.called("claude"),
    GEMINI.called("google"),
    VERTEX.called("vertexai").with(BUCKET),
    VERTEX.with(DATASET),
    VERTEX.with(BUCKET_TO_DATASET),
    case("openrouter", "openrouter", "openai/gpt-oss-20b"),
    case("mistral", "mistral", "mistral-small-latest"),
    case("xai", "xai", "grok-4.3").called("grok"),
    case("together", "together", "meta-llama/Llama-3.3-70B-Instruct-Turbo"),
    FIREWORKS,
    case("azure", "azure", "my-deployment"),
    case("groq", "groq", "openai/gpt-oss-20b"),
    case("deepinfra", "deepinfra", "m"),
    case("novita", "novita", "m"),
    case("siliconflow", "siliconflow", "m"),
    case("zhipu", "zhipu", "glm-5"),
    case("kluster", "kluster", "m").called("kluster.ai"),
    case("custom", "openai", "m"),
    // These have no fake of their own: they are OpenAI's.
    case("parasail", "openai", "m"),
    case("nebius", "openai", "m"),
    case("dashscope", "openai", "qwen-plus"),
    case("moonshot", "openai", "kimi-k3"),
    case("doubleword", "openai", "m"),
];

/// An answer in a form, by chance and yet to be had again, of any length.
fn file() -> String {
    let schema = json!({
        "type": "object",
        "properties": {
            "好き": { "type": "integer", "minimum": 0, "maximum": 100 },
            "理由": { "type": "string" },
        },
        "required": ["好き", "理由"],
        "additionalProperties": false,
    });
    let form = json!({ "name": "reply", "strict": true, "schema": schema });
    let body = json!({
        "temperature": 0.5,
        "seed": 7,
        "response_format": { "type": "json_schema", "json_schema": form },
    });
    IDS.map(|id| line(id, &body)).concat()
}

fn table(case: &Case) -> Table {
    let desk = Desk::new(case);
    let file = desk.write("問い.jsonl", &file());
    let out = desk.dir.path().join("結果.csv");
    let command = ["send", path(&file), "--model", case.model, "--export", path(&out)];
    let (code, job) = desk.cli.json(&desk.words(&command));
    assert_eq!((code, &job["state"]), (0, &"finished".into()), "{case:?}: {job}");
    assert_eq!(desk.simulator.log()["batches_made"], 1, "{case:?}");
    Table::read(&out)
}

#[test]
fn one_file_comes_back_as_the_same_table_from_every_service() {
    let tables = together(&CASES, table);
    for (case, table) in CASES.iter().zip(&tables) {
        assert_eq!(table.heads, tables[0].heads, "{case:?}");
        assert_eq!(table.column("custom_id"), IDS, "{case:?}");
        assert_eq!(table.column("source_line"), ["1", "2", "3"], "{case:?}");
        for row in &table.rows {
            let cell = |head| table.cell(row, head);
            assert_eq!(
                (
                    cell("status"),
                    cell("provider"),
                    cell("practice"),
                    cell("finish_reason")
                ),
                ("succeeded", case.provider, "no", "stop"),
                "{case:?}"
            );
            assert!(!cell("model").is_empty(), "{case:?}: {row:?}");
            // The form arrived, in whatever words the service has for it.
            let answer: Value = serde_json::from_str(cell("answer")).unwrap_or_default();
            assert!(
                answer["好き"].as_u64().is_some_and(|value| value <= 100),
                "{case:?}: {row:?}"
            );
            assert!(
                answer["理由"].as_str().is_some_and(|text| !text.is_empty()),
                "{case:?}: {row:?}"
            );
            for tokens in ["input_tokens", "output_tokens"] {
                let number: u32 = cell(tokens)
                    .parse()
                    .unwrap_or_else(|_| panic!("{case:?}: {row:?}"));
                assert!(number > 0, "{case:?}: {row:?}");
            }
        }
    }
}

/// Whoever adds a row to the table of services tries it here.
#[test]
fn no_service_is_left_out() {
    let tried: BTreeSet<&str> = CASES.iter().map(|case| case.provider).collect();
    let offered = tabane_providers::profiles().iter().map(|profile| profile.id);
    let offered: BTreeSet<&str> = offered.filter(|id| *id != "practice").collect();
    assert_eq!(tried, offered);
}

/// The table of the README says of each what the engine knows: name, words, windows.
#[test]
fn the_readme_lists_every_service() {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    for profile in tabane_providers::profiles() {
        let words = [&[profile.id], profile.aliases].concat();
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let start = format!("| {} | {} |", profile.name, words.join(", "));
        let row = readme.lines().find(|line| line.starts_with(&start));
        let row = row.unwrap_or_else(|| panic!("no row {start:?}"));
        let windows = format!(" | {} | ", profile.windows.join(", "));
        assert!(row.contains(&windows), "{windows:?} in {row}");
        if let Some(days) = profile.retention_days {
            assert!(row.contains(&format!("kept {days} days")), "{days} in {row}");
        }
        match profile.discount_percent {
            Some(50) => assert!(row.contains("half price"), "{row}"),
            Some(percent) => assert!(row.contains(&format!("{percent} % off")), "{row}"),
            None => assert!(!row.contains("half") && !row.contains('%'), "{row}"),
        }
    }
}
