//! A study whose sending is killed: after `resume` there is one batch a job, and every cell.

use std::time::Duration;

use tabane_tests::{Cli, Simulator};

use super::{declining, path, results};
use crate::killed::at_each;

/// Kills `study send` to two models after `wait`, resumes, and counts.
fn killed_after(wait: Duration) {
    let dir = tempfile::tempdir().unwrap();
    let arguments = ["--pace-ms", "100", "--faults", r#"{"delay":40}"#];
    let simulator = Simulator::start(&dir.path().join("simulator"), &arguments);
    let cli = Cli::new(&dir.path().join("data")).with_simulator(&simulator);
    let study = declining("ja");
    let mut arguments = vec![
        "study",
        "send",
        path(&study),
        "--model",
        "custom:one",
        "--model",
        "custom:two",
    ];
    arguments.extend(["--base-url", &simulator.base_url, "--wait"]);
    cli.killed_at(&arguments, || std::thread::sleep(wait));

    let (code, resumed) = cli.json(&["resume"]);
    assert_eq!(code, 0, "killed after {wait:?}: {resumed}");
    let (_, jobs) = cli.json(&["jobs"]);
    let made = simulator.log()["batches_made"].as_u64().unwrap();
    let jobs = jobs.as_array().unwrap();
    // Killed while the parts were still being written, nothing was sent and nothing is left; else both jobs are there.
    assert!([0, 2].contains(&jobs.len()), "killed after {wait:?}: {jobs:?}");
    assert_eq!(made, jobs.len() as u64, "killed after {wait:?}: {jobs:?}");
    for job in jobs {
        assert_eq!(job["counts"]["succeeded"], 12, "killed after {wait:?}: {job}");
        for row in results(&cli, job["id"].as_str().unwrap()) {
            let cells = row["study"]["cells"].as_array().unwrap();
            let read = cells
                .iter()
                .filter(|cell| cell["read"]["state"] == "read")
                .count();
            assert!(cells.len() == 6 && read >= 5, "killed after {wait:?}: {row}");
        }
    }
}

#[test]
fn at_any_moment_of_sending() {
    at_each((0..12).map(|step| 20 + step * 25), killed_after);
}

#[test]
fn at_any_moment_of_collecting() {
    // The first look comes after some two seconds.
    at_each((0..6).map(|step| 1_500 + step * 400), killed_after);
}
