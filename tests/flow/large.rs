//! A normal day: 50,000 requests in 190 MB, with the engine's memory measured.

use std::time::{Duration, Instant};

use tabane_tests::{Cli, Simulator, peak_memory, write_requests};

const MEMORY: u64 = 200 * 1024 * 1024;

#[test]
fn fifty_thousand_lines_in_190_megabytes() {
    let dir = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&dir.path().join("simulator"), &["--pace-ms", "500"]);
    let cli = Cli::new(&dir.path().join("data")).with_simulator(&simulator);
    let file = dir.path().join("large.jsonl");
    write_requests(&file, 50_000, 3_620);
    let bytes = std::fs::metadata(&file).unwrap().len();
    assert!((185_000_000..200_000_000).contains(&bytes), "{bytes}");

    let (code, report) = cli.json(&["check", file.to_str().unwrap(), "--provider", "custom"]);
    assert_eq!((code, &report["requests"]), (0, &50_000.into()), "{report}");
    assert!(
        report["parts"].as_u64().unwrap() >= 2,
        "over the limits of one part: {report}"
    );

    let out = dir.path().join("large.csv");
    let mut child = cli
        .command(&[
            "send",
            file.to_str().unwrap(),
            "--provider",
            "custom",
            "--base-url",
            &simulator.base_url,
            "--export",
            out.to_str().unwrap(),
            "--json",
        ])
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let (mut peak, begun) = (0, Instant::now());
    let status = loop {
        peak = peak.max(peak_memory(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        assert!(begun.elapsed() < Duration::from_secs(600), "hangs");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(status.success(), "{status}");
    assert!(peak < MEMORY, "the engine took {} MB", peak / 1024 / 1024);

    let (_, jobs) = cli.json(&["jobs"]);
    assert_eq!(jobs[0]["counts"]["succeeded"], 50_000, "{jobs}");
    let mut rows = 0;
    let text = std::fs::read_to_string(&out).unwrap();
    for line in text.lines() {
        rows += usize::from(line.contains("row-"));
    }
    assert_eq!(rows, 50_000);
}
