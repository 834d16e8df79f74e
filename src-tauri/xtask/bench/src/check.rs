//! The check of a request file, beside a reader of typed lines that does the least that could be called checking.

use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde::de::IgnoredAny;
use tabane_model::{Fix, ProviderId, Rules};

use crate::measure::{Most, Pair, alone, line, memory, seconds, title};
use crate::{python, sample};

/// The largest file that OpenAI takes at once (read 2026-11) is 200 MB or 50,000 lines.
const LINES: u32 = 50_000;
const LINE_BYTES: usize = 3_900;
/// Where only the number of lines matters.
const SHORT_LINE_BYTES: usize = 400;

/// What one line more may take while a file is checked.
const MOST_BYTES_A_LINE: f64 = 32.0;

pub(crate) fn measure(folder: &Path) -> Result<()> {
    let large = sample::requests(folder, "large", (LINES, LINE_BYTES, 1))?;
    let bytes = std::fs::metadata(sample::request_file(&large))?.len();
    title(&format!("Checking {LINES} lines, {:.0} MB", bytes as f64 / 1e6));
    // What was read last lies in the system's memory: both begin with that.
    alone("check-typed", &large, LINES)?;
    let pair = Pair::measure(["check", "check-typed"], &large, LINES)?;
    let typed = "typed lines (serde_json) and a HashSet of ids";
    pair.tell(typed, 1.0);
    match python::json_loop(&sample::request_file(&large))? {
        Ok(time) => line(
            "python3: json.loads and a set of ids",
            &seconds(time),
            &format!("{:.2}x", time / pair.reference),
        ),
        Err(why) => line("python3: json.loads and a set of ids", "-", why),
    }
    match python::pandas(&sample::request_file(&large))? {
        Ok(time) => line(
            "pandas: read_json(lines=True)",
            &seconds(time),
            &format!("{:.2}x", time / pair.reference),
        ),
        Err(why) => line("pandas: read_json(lines=True)", "-", why),
    }
    std::fs::remove_dir_all(&large)?;

    title("  its most memory at 500000 lines");
    let file = |name, lines, times| sample::requests(folder, name, (lines, SHORT_LINE_BYTES, times));
    let (few, many) = (file("few", 50_000, 1)?, file("many", 500_000, 1)?);
    let (few, many) = ((few.as_path(), 50_000), (many.as_path(), 500_000));
    memory("Tabane", "check", few, many, Some(Most::ALine(MOST_BYTES_A_LINE)))?;
    memory(typed, "check-typed", few, many, None)?;
    let (few, many) = (file("few", 50_000, 2)?, file("many", 500_000, 2)?);
    let (few, many) = ((few.as_path(), 50_000), (many.as_path(), 500_000));
    memory(
        "Tabane, every id twice",
        "check",
        few,
        many,
        Some(Most::ALine(MOST_BYTES_A_LINE)),
    )?;
    memory(
        "Tabane, every id twice, renamed and given out to be sent",
        "requests",
        few,
        many,
        Some(Most::ALine(MOST_BYTES_A_LINE)),
    )
}

fn rules() -> Rules {
    Rules {
        provider: ProviderId::new("openai"),
        max_requests: 50_000,
        max_bytes: 200_000_000,
        endpoints: vec!["/v1/chat/completions".to_owned(), "/v1/responses".to_owned()],
        one_model: true,
        one_endpoint: true,
        windows: vec!["24h".to_owned()],
        retention_days: None,
        native: None,
        model_given: false,
    }
}

pub(crate) fn ours(folder: &Path, count: u32) -> Result<Duration> {
    let begun = Instant::now();
    let report = tabane_intake::check(
        &sample::request_file(folder),
        &rules(),
        &BTreeSet::new(),
        &mut |_| ControlFlow::Continue(()),
    )?;
    let took = begun.elapsed();
    ensure!(report.lines == u64::from(count) && report.warnings == 0);
    ensure!(report.requests + report.errors == u64::from(count));
    Ok(took)
}

/// The same file's requests as they are sent, with names that stand twice made different.
pub(crate) fn requests(folder: &Path, count: u32) -> Result<Duration> {
    let begun = Instant::now();
    let fixes = BTreeSet::from([Fix::RenameDuplicates]);
    let mut requests = 0;
    for request in tabane_intake::requests(&sample::request_file(folder), &rules(), &fixes)? {
        request?;
        requests += 1;
    }
    ensure!(requests == count);
    Ok(begun.elapsed())
}

#[derive(Deserialize)]
struct Line {
    custom_id: String,
    method: String,
    url: String,
    body: Body,
}

#[derive(Deserialize)]
struct Body {
    model: String,
    messages: Vec<IgnoredAny>,
}

/// Reads each line into these types and keeps its id: every fault stops it, and it knows no rules.
pub(crate) fn typed(folder: &Path, count: u32) -> Result<Duration> {
    let begun = Instant::now();
    let mut input = BufReader::with_capacity(256 * 1024, File::open(sample::request_file(folder))?);
    let (mut text, mut ids) = (String::new(), HashSet::new());
    let mut lines = 0;
    while input.read_line(&mut text)? > 0 {
        let line: Line = serde_json::from_str(&text)?;
        ensure!(line.method == "POST" && !line.url.is_empty());
        ensure!(!line.body.model.is_empty() && !line.body.messages.is_empty());
        ids.insert(line.custom_id);
        lines += 1;
        text.clear();
    }
    let took = begun.elapsed();
    ensure!(lines == count && !ids.is_empty());
    Ok(took)
}
