//! One study to services of each dialect: the tables have the same columns, and every cell is filled.

use tabane_tests::together;

use super::{BUCKET, CLAUDE, Case, Desk, FIREWORKS, GEMINI, VERTEX, case, path};
use crate::study::declining;
use crate::study::table::Table;

const CASES: [Case; 10] = [
    CLAUDE,
    GEMINI,
    VERTEX.with(BUCKET),
    case("openrouter", "openrouter", "openai/gpt-oss-20b"),
    case("mistral", "mistral", "mistral-small-latest"),
    case("xai", "xai", "grok-4.3"),
    case("together", "together", "meta-llama/Llama-3.3-70B-Instruct-Turbo"),
    FIREWORKS,
    case("zhipu", "zhipu", "glm-5"),
    case("moonshot", "openai", "kimi-k3"),
];

fn table(case: &Case) -> Table {
    let desk = Desk::new(case);
    let (study, out) = (declining("en"), desk.dir.path().join("out.csv"));
    let command = [
        "study",
        "send",
        path(&study),
        "--model",
        case.model,
        "--export",
        path(&out),
    ];
    let (code, jobs) = desk.cli.json(&desk.words(&command));
    assert_eq!((code, jobs.as_array().unwrap().len()), (0, 1), "{case:?}: {jobs}");
    assert_eq!(jobs[0]["provider"], case.provider, "{jobs}");
    Table::read(&out)
}

#[test]
fn one_study_comes_back_filled_in_from_every_kind_of_service() {
    let tables = together(&CASES, table);
    for (case, table) in CASES.iter().zip(&tables) {
        assert_eq!(table.heads, tables[0].heads, "{case:?}");
        assert_eq!(
            table.column("custom_id"),
            tables[0].column("custom_id"),
            "{case:?}"
        );
        assert_eq!(table.rows.len(), 12, "{case:?}");
        for row in &table.rows {
            let cell = |head| table.cell(row, head);
            assert_eq!(
                (cell("status"), cell("provider")),
                ("succeeded", case.provider),
                "{row:?}"
            );
            assert!(
                (1..=7).contains(&cell("Politeness").parse::<u32>().unwrap_or(0)),
                "{case:?}: {row:?}"
            );
            assert!(
                ["yes", "no"].contains(&cell("Would you ask again")),
                "{case:?}: {row:?}"
            );
            for filled in ["Strategy", "Reason", "Share of truth", "answer"] {
                assert!(!cell(filled).is_empty(), "{filled}: {case:?}: {row:?}");
            }
            // The remark alone may be left out.
            assert!(
                ["", "remark"].contains(&cell("missing_fields")),
                "{case:?}: {row:?}"
            );
        }
    }
}
