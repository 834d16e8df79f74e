//! A study of another kind comes back filled in just as well, as a form and as numbered lines.

use super::table::Table;
use super::{changed, declining, folder, path, results};

struct Words {
    language: &'static str,
    labels: [&'static str; 6],
    choices: [&'static str; 4],
}

const EN: Words = Words {
    language: "en",
    labels: [
        "Politeness",
        "Strategy",
        "Would you ask again",
        "Reason",
        "Share of truth",
        "Remark",
    ],
    choices: ["excuse", "delay, vague", "apology", "plain refusal"],
};
const JA: Words = Words {
    language: "ja",
    labels: ["丁寧さ", "断り方", "また誘うか", "理由", "本心の割合", "備考"],
    choices: ["言い訳", "先延ばし・保留", "謝罪", "拒否"],
};

fn filled(words: &Words, form: &str) {
    let (dir, cli) = folder();
    let study = dir.path().join("s.tabane");
    changed(&declining(words.language), &study, |study| {
        study["answer_sheet"]["form"] = form.into();
    });
    let out = dir.path().join("out.csv");
    let (code, jobs) = cli.json(&["study", "send", path(&study), "--export", path(&out)]);
    assert_eq!(code, 0, "{jobs}");
    let table = Table::read(&out);
    assert_eq!(table.rows.len(), 24);
    assert_eq!(table.heads[8..14], words.labels);
    for row in &table.rows {
        let cell = |index: usize| table.cell(row, words.labels[index]);
        assert!((1..=7).contains(&cell(0).parse::<u32>().unwrap()), "{row:?}");
        assert!(words.choices.contains(&cell(1)), "{row:?}");
        assert!(["yes", "no"].contains(&cell(2)), "{row:?}");
        assert!(cell(3).chars().count() > 5, "{row:?}");
        assert!((0.0..=1.0).contains(&cell(4).parse::<f64>().unwrap()), "{row:?}");
        let missing = table.cell(row, "missing_fields");
        assert_eq!(
            missing,
            if cell(5).is_empty() { "remark" } else { "" },
            "only the remark may be left out"
        );
        let friend = table.cell(row, "closeness")
            == if words.language == "ja" {
                "友人"
            } else {
                "friend"
            };
        assert_eq!(table.cell(row, "temperature"), if friend { "0.5" } else { "1" });
        // Ids stored as text keep their zeros.
        assert!(["01", "02", "03"].contains(&table.cell(row, "reply")), "{row:?}");
    }
    // Chance, not one answer for all: more than one of everything that there is to choose.
    for label in &words.labels[..5] {
        let mut values = table.column(label);
        values.sort_unstable();
        values.dedup();
        assert!(values.len() > 1, "{label}: {values:?}");
    }
    assert!(
        table
            .column(words.labels[5])
            .iter()
            .any(|remark| !remark.is_empty())
    );
    let how = if form == "structured" {
        ["json"].as_slice()
    } else {
        &["line", "line_tolerant"]
    };
    for job in jobs.as_array().unwrap() {
        for row in results(&cli, job["id"].as_str().unwrap()) {
            for cell in &row["study"]["cells"].as_array().unwrap()[..5] {
                assert_eq!(cell["read"]["state"], "read", "{row}");
                assert!(how.contains(&cell["read"]["how"].as_str().unwrap()), "{row}");
            }
        }
    }
}

#[test]
fn in_english_as_a_form() {
    filled(&EN, "structured");
}

#[test]
fn in_english_as_numbered_lines() {
    filled(&EN, "numbered_lines");
}

#[test]
fn in_japanese_as_a_form() {
    filled(&JA, "structured");
}

#[test]
fn in_japanese_as_numbered_lines() {
    filled(&JA, "numbered_lines");
}

#[test]
fn the_answer_sheet_may_stand_in_the_system_message() {
    let (dir, cli) = folder();
    let study = dir.path().join("s.tabane");
    changed(&declining("ja"), &study, |study| {
        study["answer_sheet"]["form"] = "numbered_lines".into();
        study["prompt"]["system"] = "あなたは返事を評価します。\n{{answer_sheet}}".into();
        study["prompt"]["user"] = "{{closeness.name}}への返事：\n{{reply.words}}".into();
    });
    let out = dir.path().join("out.csv");
    let (code, jobs) = cli.json(&["study", "send", path(&study), "--export", path(&out)]);
    assert_eq!(code, 0, "{jobs}");
    let table = Table::read(&out);
    assert_eq!(table.rows.len(), 24);
    for missing in table.column("missing_fields") {
        assert!(["", "remark"].contains(&missing), "{missing}");
    }
}
