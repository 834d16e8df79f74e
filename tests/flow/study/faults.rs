//! What goes wrong with rows of a study leaves their cells missing, each with its reason, and the sums add up.

use serde_json::Value;
use tabane_tests::{Cli, Simulator};

use super::table::Table;
use super::{declining, path, results};
use crate::faults::counts;

/// Sends 12 rows as numbered lines to a service with these faults; its job, its rows and its table.
fn send(faults: &str) -> (Value, Vec<Value>, Table) {
    let dir = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(
        &dir.path().join("simulator"),
        &["--pace-ms", "200", "--faults", faults],
    );
    let cli = Cli::new(&dir.path().join("data")).with_simulator(&simulator);
    let out = dir.path().join("out.csv");
    let study = declining("en");
    let mut arguments = vec!["study", "send", path(&study), "--model", "custom:some-model"];
    arguments.extend(["--base-url", &simulator.base_url, "--export", path(&out)]);
    let (code, jobs) = cli.json(&arguments);
    let job = jobs[0].clone();
    assert_eq!(code, i32::from(job["counts"]["succeeded"] != 12), "{jobs}");
    assert_eq!(counts(&job).iter().sum::<u64>(), 12, "{job}");
    assert_eq!(simulator.log()["batches_made"], 1);
    let rows = results(&cli, job["id"].as_str().unwrap());
    (job, rows, Table::read(&out))
}

/// Why the cells of a row are missing; `None`: it was read.
fn reasons(row: &Value) -> Vec<Option<&str>> {
    let cells = row["study"]["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 6, "{row}");
    cells.iter().map(|cell| cell["read"]["reason"].as_str()).collect()
}

fn check(rows: &[Value], bad: &[usize], reason: &str) {
    assert_eq!(rows.len(), 12);
    for (place, row) in rows.iter().enumerate() {
        let reasons = reasons(row);
        if bad.contains(&place) {
            assert_eq!(reasons, [Some(reason); 6], "{row}");
        } else {
            assert_eq!(reasons[..5], [None; 5], "{row}");
        }
        assert_eq!(
            row["study"]["levels"].as_array().unwrap().len(),
            2,
            "levels are known whatever came back"
        );
    }
}

#[test]
fn failed_rows() {
    let (job, rows, table) =
        send(r#"{"fail_rows":{"rows":[0,5],"status":429,"code":"rate_limit_exceeded"}}"#);
    assert_eq!(counts(&job), [10, 2, 0, 0, 0, 0], "{job}");
    check(&rows, &[0, 5], "no_answer");
    assert_eq!(table.rows.len(), 12, "no row is left out");
    let first = &table.rows[0];
    assert_eq!(
        (table.cell(first, "status"), table.cell(first, "error_code")),
        ("failed", "rate_limit_exceeded")
    );
    assert_eq!(
        (table.cell(first, "Politeness"), table.cell(first, "Reason")),
        ("", "")
    );
    assert_eq!(
        (table.cell(first, "closeness"), table.cell(first, "trial")),
        ("friend", "1")
    );
}

#[test]
fn expired_rows() {
    let (job, rows, _) = send(r#"{"expire_after_rows":7}"#);
    assert_eq!(counts(&job), [7, 0, 5, 0, 0, 0], "{job}");
    check(&rows, &[7, 8, 9, 10, 11], "no_answer");
}

#[test]
fn rows_that_came_back_in_no_file() {
    let (job, rows, _) = send(r#"{"drop_rows":[3]}"#);
    assert_eq!(counts(&job), [11, 0, 0, 0, 1, 0], "{job}");
    check(&rows, &[3], "no_answer");
}

#[test]
fn rows_that_were_cut_off_before_the_first_word() {
    let (job, rows, table) = send(r#"{"length_rows":[1,2]}"#);
    assert_eq!(counts(&job), [12, 0, 0, 0, 0, 0], "{job}");
    assert_eq!(job["cut_off"], 2, "{job}");
    check(&rows, &[1, 2], "cut_off");
    assert_eq!(
        table
            .column("finish_reason")
            .iter()
            .filter(|reason| **reason == "length")
            .count(),
        2
    );
    assert_eq!(
        table.cell(&table.rows[1], "missing_fields"),
        "politeness; strategy; again; reason; share; remark"
    );
}

#[test]
fn rows_in_another_order_and_twice_keep_their_cells() {
    let (job, rows, _) = send(r#"{"shuffle":true,"duplicate_rows":[2,9]}"#);
    assert_eq!(counts(&job), [12, 0, 0, 0, 0, 0], "{job}");
    check(&rows, &[], "");
}
