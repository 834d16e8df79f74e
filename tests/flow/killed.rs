//! The process is killed at every moment of sending: after `resume` there is exactly one batch, and every row.

use std::time::{Duration, Instant};

use tabane_tests::{Cli, Simulator, write_requests};

/// Kills `send` after `wait`, resumes, and counts the batches.
fn killed_after(wait: Duration) {
    let dir = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(
        &dir.path().join("simulator"),
        &["--pace-ms", "100", "--faults", r#"{"delay":40}"#],
    );
    let cli = Cli::new(&dir.path().join("data")).with_simulator(&simulator);
    let file = dir.path().join("a.jsonl");
    write_requests(&file, 20, 0);
    let arguments = [
        "send",
        file.to_str().unwrap(),
        "--provider",
        "custom",
        "--base-url",
        &simulator.base_url,
        "--wait",
    ];
    cli.killed_at(&arguments, || std::thread::sleep(wait));

    let (code, jobs) = cli.json(&["resume"]);
    assert_eq!(code, 0, "killed after {wait:?}: {jobs}");
    let (_, jobs) = cli.json(&["jobs"]);
    let made = simulator.log()["batches_made"].as_u64().unwrap();
    match jobs.as_array().unwrap().as_slice() {
        // Killed while the parts were still being written: nothing was sent and nothing is left.
        [] => assert_eq!(made, 0, "killed after {wait:?}"),
        [job] => {
            assert_eq!(made, 1, "killed after {wait:?}: {job}");
            assert_eq!(job["counts"]["succeeded"], 20, "killed after {wait:?}: {job}");
        }
        _ => panic!("killed after {wait:?}: {jobs}"),
    }
}

/// Each moment (milliseconds after the start) in a thread of its own.
pub(crate) fn at_each(moments: impl Iterator<Item = u64>, killed_after: fn(Duration)) {
    let threads: Vec<_> = moments
        .map(|moment| std::thread::spawn(move || killed_after(Duration::from_millis(moment))))
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn killed_at_any_moment_there_is_one_batch() {
    // The whole of a `send` up to its first poll takes about this long with a delay of 40 ms an answer.
    at_each((0..16).map(|step| 20 + step * 15), killed_after);
}

#[test]
fn killed_when_the_batch_is_made_but_not_recorded() {
    let dir = tempfile::tempdir().unwrap();
    // The answer to the create comes late enough to be killed before it.
    let simulator = Simulator::start(&dir.path().join("simulator"), &["--pace-ms", "100"]);
    let cli = Cli::new(&dir.path().join("data")).with_simulator(&simulator);
    let file = dir.path().join("a.jsonl");
    write_requests(&file, 5, 0);
    let arguments = [
        "send",
        file.to_str().unwrap(),
        "--provider",
        "custom",
        "--base-url",
        &simulator.base_url,
    ];
    cli.killed_at(&arguments, || {
        let begun = Instant::now();
        while simulator.log()["batches_made"] != 1 {
            assert!(begun.elapsed() < Duration::from_secs(20), "no batch was made");
        }
    });
    let (code, _) = cli.json(&["resume"]);
    assert_eq!(code, 0);
    assert_eq!(simulator.log()["batches_made"], 1);
}
