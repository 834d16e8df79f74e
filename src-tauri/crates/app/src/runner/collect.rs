//! Fetching results: raw to disk first, then read into rows, until every request is accounted for.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use tabane_intake::Kind;
use tabane_model::{Arg, Failure, Millis, Outcome, PartState, RemoteState, Status};
use tabane_providers::{FaultKind, Provider};
use tabane_store::{ResultWriter, Source, Store};

use super::schedule;
use super::step::{Step, Work};
use crate::{App, failure};

/// Result files can lag the status this long (wire notes 5.4).
const FILES_MAY_LAG: Millis = 5 * 60_000;

/// Fetches of a file that holds something else, before the user is asked.
const RESULT_TRIES: u32 = 2;

pub(crate) async fn collect(work: &mut Work<'_>, provider: &dyn Provider) -> Result<Step, Failure> {
    let now = work.app.now();
    let sources = [
        (Source::Output, "output", work.part.output_file.clone()),
        (Source::Error, "error", work.part.error_file.clone()),
    ];
    let none = sources.iter().all(|(_, _, id)| id.is_none());
    if none && work.part.remote_state == Some(RemoteState::Completed) && work.part.requests > 0 {
        if now - work.part.ended_at.unwrap_or(now) < FILES_MAY_LAG {
            return ask_for_files(work, provider).await;
        }
        work.part.failure = Some(Failure::new("results-missing"));
    }
    let mut received = Vec::new();
    for (source, word, id) in sources {
        let Some(id) = id else { continue };
        let file = format!(
            "jobs/{}/received/part-{}.{word}.jsonl",
            work.job.id, work.part.number
        );
        let target = work.app.inner.data_dir.join(&file);
        if !target.exists() {
            match provider.download(&id, &target).await {
                Ok(_) => {}
                Err(fault) if fault.kind == FaultKind::NotFound && work.part.tries >= RESULT_TRIES => {
                    work.part.failure = Some(Failure::new("results-gone").detail(fault.failure.to_string()));
                    continue;
                }
                Err(fault) if fault.kind == FaultKind::Key => return Ok(Step::Stuck(fault.failure)),
                Err(fault) => return Ok(work.retry(fault)),
            }
        }
        if !holds_results(&target, &work.job.nonce)? {
            std::fs::remove_file(&target).map_err(failure::of_disk)?;
            return Ok(not_results(work));
        }
        received.push((source, target));
    }
    let (job, part, rest) = (work.job.clone(), work.part.clone(), fate_of_the_rest(work));
    let requests = work
        .app
        .with_store(move |app, store| {
            let mut part = part;
            if job.origin == "adopted" && part.requests == 0 {
                app.rows_of_adopted(store, &job, &mut part, &received)?;
            }
            app.read_results(store, &job.id, part.number, &received, &rest)?;
            let rows = part.first_position..part.first_position + part.requests;
            app.read_answers(store, &job, rows)?;
            Ok(part.requests)
        })
        .await?;
    work.part.requests = requests;
    let nothing_ran = work.part.remote_state == Some(RemoteState::Failed) && none;
    work.part.state = if nothing_ran {
        PartState::Refused
    } else {
        PartState::Collected
    };
    work.part.due_at = None;
    work.save().await?;
    super::poll::room_is_free(work).await?;
    Ok(Step::Saved)
}

/// A gateway's error with status 200 must not make every row missing: a file is believed when it looks like results,
/// or names one of our requests.
fn holds_results(file: &Path, nonce: &str) -> Result<bool, Failure> {
    /// Bytes of the start in which our ids are looked for.
    const START: u64 = 1 << 20;
    let kind = tabane_intake::recognise(file).map_err(failure::of)?;
    if matches!(kind, Kind::Results | Kind::Empty) {
        return Ok(true);
    }
    let mut start = Vec::new();
    let opened = File::open(file).map_err(failure::of_disk)?;
    opened
        .take(START)
        .read_to_end(&mut start)
        .map_err(failure::of_disk)?;
    Ok(String::from_utf8_lossy(&start).contains(nonce))
}

fn not_results(work: &Work<'_>) -> Step {
    let why = Failure::new("results-unreadable");
    if work.part.tries < RESULT_TRIES {
        Step::Again {
            at: work.app.now() + schedule::retry_wait(work.part.tries, &work.seed()),
            failure: Some(why),
        }
    } else {
        Step::Stuck(why)
    }
}

/// What a request is that stands in no file, by how the batch ended.
fn fate_of_the_rest(work: &Work<'_>) -> Outcome {
    match work.part.remote_state {
        Some(RemoteState::Failed) => {
            let why = work.part.failure.as_ref();
            let reason = why.and_then(|why| why.args.get("reason"));
            Outcome {
                error_code: reason.map(|reason| match reason {
                    Arg::Text(text) => text.clone(),
                    Arg::Number(number) => number.to_string(),
                }),
                error_message: why.and_then(|why| why.detail.clone()),
                ..Outcome::empty(Status::Failed)
            }
        }
        Some(RemoteState::Expired) => Outcome::empty(Status::Expired),
        // Rows that finished during a cancel may be in no file and yet be billed: missing, not cancelled.
        _ => Outcome::empty(Status::Missing),
    }
}

/// The status says completed but no file is named yet.
async fn ask_for_files(work: &mut Work<'_>, provider: &dyn Provider) -> Result<Step, Failure> {
    let id = work.part.remote_batch.clone().unwrap_or_default();
    match provider.get(&id).await {
        Ok(batch) => {
            super::poll::remember(work, &batch);
            let found = work.part.output_file.is_some() || work.part.error_file.is_some();
            let wait = if found {
                0
            } else {
                schedule::poll_wait(work.part.tries, &work.seed())
            };
            Ok(Step::Again {
                at: work.app.now() + wait,
                failure: None,
            })
        }
        Err(fault) => Ok(work.retry(fault)),
    }
}

impl App {
    /// Reads received files into raw rows and outcomes, and accounts for every request that none of them answers.
    /// Doing it twice changes nothing.
    pub(crate) fn read_results(
        &self,
        store: &Store,
        job: &str,
        part: u32,
        received: &[(Source, PathBuf)],
        rest: &Outcome,
    ) -> Result<(), Failure> {
        let mut writer = store.write_results(job, part).map_err(failure::of)?;
        for (source, file) in received {
            read_file(&mut writer, *source, file)?;
        }
        writer.finish(rest).map_err(failure::of)?;
        Ok(())
    }
}

fn read_file(writer: &mut ResultWriter<'_>, source: Source, file: &Path) -> Result<(), Failure> {
    let mut lines = BufReader::with_capacity(1 << 20, File::open(file).map_err(failure::of_disk)?);
    let (mut line, mut number) = (Vec::new(), 0_u32);
    loop {
        line.clear();
        if lines.read_until(b'\n', &mut line).map_err(failure::of_disk)? == 0 {
            return Ok(());
        }
        number += 1;
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\n', '\r']);
        if text.trim().is_empty() {
            continue;
        }
        let outcome = tabane_providers::read_result_line(text);
        writer
            .push(source, number, text.to_owned(), outcome)
            .map_err(failure::of)?;
    }
}
