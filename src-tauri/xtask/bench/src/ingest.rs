//! Results into the store, beside the same rows inserted with rusqlite alone: same settings, same transactions, but
//! no look at which request a line answers, no sums, no indexes.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use rusqlite::Connection;
use tabane_model::{JobState, Outcome, PartState, ProviderId, Status};
use tabane_store::{JobRecord, NewRequest, PartRecord, Source, Store};

use crate::measure::{Most, Pair, memory, title};
use crate::sample;

const ROWS: u32 = 50_000;
/// Requests of a part: OpenAI's limit (read 2026-11).
const PART: u32 = 50_000;
/// Rows of a transaction, as the store has it.
const BATCH: u32 = 4_000;

pub(crate) fn measure(folder: &Path) -> Result<()> {
    title(&format!("Taking in {ROWS} results"));
    let bare = "the same rows by rusqlite alone";
    Pair::measure(["ingest", "ingest-bare"], folder, ROWS)?.tell(bare, 1.3);
    title("  its most memory at 500000 results");
    memory(
        "Tabane",
        "ingest",
        (folder, 50_000),
        (folder, 500_000),
        Some(Most::ALine(32.0)),
    )?;
    memory(bare, "ingest-bare", (folder, 50_000), (folder, 500_000), None)
}

pub(crate) fn ours(folder: &Path, count: u32) -> Result<Duration> {
    let folder = tempfile::tempdir_in(folder)?;
    let store = Store::open(folder.path(), "command-line", 0)?;
    store.insert_job(&job(count))?;
    let parts = count.div_ceil(PART);
    let mut requests = store.write_requests("a")?;
    for number in 1..=parts {
        store.insert_part(&part(number, count.min(PART)))?;
        for position in (number - 1) * PART..count.min(number * PART) {
            requests.push(NewRequest {
                position,
                part: number,
                wire_id: sample::wire_id(position),
                custom_id: format!("persona-{position:07}-rain"),
                source_line: position + 1,
                offset: u64::from(position) * 3_000,
                length: 3_000,
                study: None,
            })?;
        }
    }
    requests.finish()?;
    let begun = Instant::now();
    for number in 1..=parts {
        let first = (number - 1) * PART;
        let mut results = store.write_results("a", number)?;
        for position in first..count.min(first + PART) {
            let (raw, outcome) = sample::result(position);
            results.push(Source::Output, position - first + 1, raw, outcome)?;
        }
        results.finish(&Outcome::empty(Status::Missing))?;
    }
    let took = begun.elapsed();
    ensure!(store.counts("a")?.succeeded == count);
    Ok(took)
}

pub(crate) fn bare(folder: &Path, count: u32) -> Result<Duration> {
    let folder = tempfile::tempdir_in(folder)?;
    let mut connection = Connection::open(folder.path().join("bare.sqlite"))?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.execute_batch(
        "CREATE TABLE raw_results (key INTEGER PRIMARY KEY, request INTEGER, raw TEXT);
         CREATE TABLE results (key INTEGER PRIMARY KEY, status TEXT, raw INTEGER, finish_reason TEXT, model TEXT,
           input_tokens INTEGER, cached_tokens INTEGER, output_tokens INTEGER, reasoning_tokens INTEGER,
           error_code TEXT, error_message TEXT, answer TEXT);
         CREATE TABLE requests (key INTEGER PRIMARY KEY, wire_id TEXT, custom_id TEXT)",
    )?;
    // As in ours, the requests are there before their results: the files on the disk have their room.
    let transaction = connection.transaction()?;
    for position in 0..count {
        let id = format!("persona-{position:07}-rain");
        transaction
            .prepare_cached("INSERT INTO requests VALUES (?1, ?2, ?3)")?
            .execute((position, sample::wire_id(position), id))?;
    }
    transaction.commit()?;
    let begun = Instant::now();
    let mut position = 0;
    while position < count {
        let transaction = connection.transaction()?;
        {
            let mut raws = transaction.prepare_cached("INSERT INTO raw_results VALUES (?1, ?2, ?3)")?;
            let mut results = transaction.prepare_cached(
                "INSERT INTO results VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?;
            for position in position..count.min(position + BATCH) {
                let (raw, outcome) = sample::result(position);
                raws.execute((position, position, raw))?;
                results.execute((
                    position,
                    outcome.status.as_str(),
                    position,
                    outcome.finish_reason,
                    outcome.model,
                    outcome.input_tokens.map(signed),
                    outcome.cached_tokens.map(signed),
                    outcome.output_tokens.map(signed),
                    outcome.reasoning_tokens.map(signed),
                    outcome.error_code,
                    outcome.error_message,
                    outcome.answer,
                ))?;
            }
        }
        transaction.commit()?;
        position += BATCH;
    }
    Ok(begun.elapsed())
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn job(requests: u32) -> JobRecord {
    JobRecord {
        name: "a".to_owned(),
        window: "24h".to_owned(),
        state: JobState::Running,
        requests,
        nonce: "k3f9a".to_owned(),
        ..JobRecord::new("a".to_owned(), ProviderId::new("openai"), 0)
    }
}

fn part(number: u32, requests: u32) -> PartRecord {
    PartRecord {
        state: PartState::Running,
        requests,
        first_position: (number - 1) * PART,
        ..PartRecord::planned("a", number, String::new(), 0)
    }
}
