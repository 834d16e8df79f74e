//! The sample studies: 4 personas × 3 texts × 10 trials on two models.

use std::collections::{BTreeMap, BTreeSet};

use super::table::Table;
use super::{folder, path, sample};

const SYSTEM: [&str; 8] = [
    "custom_id",
    "text",
    "persona",
    "temperature",
    "trial",
    "provider",
    "model",
    "status",
];
const EN: [&str; 8] = [
    "Amusement",
    "Reason for amusement",
    "Surprise",
    "Reason for surprise",
    "Sadness",
    "Reason for sadness",
    "Anger",
    "Reason for anger",
];
const JA: [&str; 8] = [
    "面白さ",
    "面白さの理由",
    "驚き",
    "驚きの理由",
    "悲しみ",
    "悲しみの理由",
    "怒り",
    "怒りの理由",
];
const PERSONAS: [(&str, f64); 4] = [("p1", 0.7), ("p2", 0.4), ("p3", 0.9), ("p4", 0.1)];
const TEXTS: [(&str, f64); 3] = [("rain", 0.1), ("voice", 0.0), ("cherry", 0.2)];

fn sent_and_written(language: &str, labels: &[&str; 8], format: &str) {
    let (dir, cli) = folder();
    let study = sample(language);
    let (code, told) = cli.json(&["study", "check", path(&study)]);
    assert_eq!(
        (code, &told["ok"], &told["requests"]),
        (0, &true.into(), &240.into()),
        "{told}"
    );

    let out = dir.path().join(format!("out.{format}"));
    let (code, jobs) = cli.json(&["study", "send", path(&study), "--export", path(&out)]);
    assert_eq!(code, 0, "{jobs}");
    let jobs = jobs.as_array().unwrap();
    assert_eq!(jobs.len(), 2, "one job a model");
    for job in jobs {
        assert_eq!(job["counts"]["succeeded"], 120, "{job}");
    }
    let table = Table::read(&out);
    check_heads(&table, labels);
    check_design(&table);
    check_answers(&table, labels, language);
}

fn check_heads(table: &Table, labels: &[&str; 8]) {
    let expected: Vec<&str> = SYSTEM.iter().chain(labels).copied().collect();
    assert_eq!(table.heads[..16], expected);
}

/// Each combination and trial once a model, with its temperature.
fn check_design(table: &Table) {
    assert_eq!(table.rows.len(), 240);
    let mut seen: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for row in &table.rows {
        let cell = |head| table.cell(row, head);
        let (persona, text, trial) = (cell("persona"), cell("text"), cell("trial"));
        let id = format!("{persona}_{text}_n{trial}");
        assert_eq!(cell("custom_id"), id);
        assert!(
            seen.entry(cell("model")).or_default().insert(id),
            "twice in a model: {row:?}"
        );
        let part = |of: &[(&str, f64)], name| of.iter().find(|known| known.0 == name).unwrap().1;
        let designed = part(&PERSONAS, persona) + part(&TEXTS, text);
        let temperature: f64 = cell("temperature").parse().unwrap();
        assert!((temperature - designed).abs() < 1e-9, "{row:?}");
        assert!((1..=10).contains(&trial.parse::<u32>().unwrap()));
        assert_eq!(
            (cell("provider"), cell("status"), cell("practice")),
            ("practice", "succeeded", "yes")
        );
    }
    let models: Vec<(&str, usize)> = seen.iter().map(|(model, ids)| (*model, ids.len())).collect();
    assert_eq!(models, [("practice-large", 120), ("practice-small", 120)]);
}

fn check_answers(table: &Table, labels: &[&str; 8], language: &str) {
    for row in &table.rows {
        for pair in labels.chunks(2) {
            let value: u32 = table.cell(row, pair[0]).parse().expect("a whole number");
            assert!(value <= 100, "{row:?}");
            let reason = table.cell(row, pair[1]);
            assert!(
                reason.ends_with(if language == "ja" { '。' } else { '.' }),
                "{row:?}"
            );
        }
        assert_eq!(table.cell(row, "missing_fields"), "");
        assert_eq!(table.cell(row, "edited_fields"), "");
    }
    // Trials are not merged: what one combination is answered differs.
    let of_one = |row: &&Vec<String>| table.cell(row, "custom_id").starts_with("p1_rain_");
    let answers: BTreeSet<&str> = table
        .rows
        .iter()
        .filter(of_one)
        .map(|row| table.cell(row, "answer"))
        .collect();
    assert_eq!(answers.len(), 20);
}

#[test]
fn the_japanese_sample_comes_back_as_csv() {
    sent_and_written("ja", &JA, "csv");
}

#[test]
fn the_english_sample_comes_back_as_a_workbook() {
    sent_and_written("en", &EN, "xlsx");
}

#[test]
fn the_japanese_sample_comes_back_as_json() {
    sent_and_written("ja", &JA, "json");
}

#[test]
fn numbers_are_numbers_where_the_format_knows_them() {
    let (dir, cli) = folder();
    let study = dir.path().join("s.tabane");
    super::changed(&sample("en"), &study, |study| {
        study["design"]["trials"] = 1.into();
    });
    let out = dir.path().join("out.json");
    let (code, _) = cli.json(&["study", "send", path(&study), "--export", path(&out)]);
    assert_eq!(code, 0);
    let rows: serde_json::Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    for row in rows.as_array().unwrap() {
        assert!(
            row["Amusement"].is_u64() && row["temperature"].is_f64() && row["trial"].is_u64(),
            "{row}"
        );
    }
}

#[test]
fn a_study_goes_to_other_models_than_its_own_and_sent_twice_it_gives_the_same() {
    let (dir, cli) = folder();
    let study = sample("en");
    let sent = |name: &str| {
        let out = dir.path().join(name);
        let (code, jobs) = cli.json(&[
            "study",
            "send",
            path(&study),
            "--model",
            "practice:practice-small",
            "--export",
            path(&out),
        ]);
        assert_eq!((code, jobs.as_array().unwrap().len()), (0, 1), "{jobs}");
        std::fs::read_to_string(out).unwrap()
    };
    let first = sent("one.csv");
    assert_eq!(Table::read(&dir.path().join("one.csv")).rows.len(), 120);
    assert_eq!(first, sent("two.csv"));
}
