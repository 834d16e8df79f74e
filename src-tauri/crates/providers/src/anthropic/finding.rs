//! Looking through the list of batches: after an unclear create, and for batches to take over.
//!
//! A batch carries no name, label or mark, and while it runs nothing of its requests can be seen. So it is known by
//! when it was made and how many requests it holds; once it has ended, by the ids in its results, which are ours
//! alone. Batches of that size and time that still run can therefore be somebody else's, or another part of the same
//! job: whoever asks leaves out those that it knows.

use std::collections::BTreeSet;
use std::io::BufRead;
use std::path::PathBuf;

use futures::StreamExt;
use reqwest::RequestBuilder;
use serde_json::Value;
use tabane_model::Millis;

use super::batches::read;
use super::client::{get, results_path};
use crate::http::{Http, disk, patiently};
use crate::lenient::text;
use crate::{Batch, Fault, Wanted};

/// Clocks differ: batches made up to this long before our create are looked at.
const CLOCK_SKEW: Millis = 10 * 60_000;

/// Batches in a page, the most that there can be (package 2.12.0).
const PAGE: usize = 1_000;

/// Pages that a search looks through at the most.
const MOST_PAGES: usize = 20;

/// Bytes of a first result in which its id is looked for; it stands at the beginning.
const START: usize = 1 << 20;

pub(super) async fn find(http: &Http, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
    let mut candidates = Vec::new();
    let oldest = wanted.since - CLOCK_SKEW;
    each_page(http, PAGE, &mut |batches| {
        let made_before = |batch: &Batch| batch.created_at.is_some_and(|made| made < oldest);
        // The newest stand first.
        let past = batches.last().is_some_and(made_before);
        candidates.extend(
            batches
                .into_iter()
                .filter(|batch| !made_before(batch) && has_size_of(batch, wanted)),
        );
        !past
    })
    .await?;
    let mut found = Vec::new();
    for batch in candidates {
        if !batch.state.is_terminal() || is_ours(http, &batch, wanted).await? {
            found.push(batch);
        }
    }
    Ok(found)
}

/// Not told is not another size.
fn has_size_of(batch: &Batch, wanted: &Wanted) -> bool {
    batch
        .counts
        .total
        .is_none_or(|total| total == wanted.parcel.requests)
}

/// An ended batch is ours if the id of its first result stands in the part. No answer to that is a fault: it must not
/// look like "not there".
async fn is_ours(http: &Http, batch: &Batch, wanted: &Wanted) -> Result<bool, Fault> {
    let path = results_path(&batch.id);
    let start = patiently(|| start_of(http, get(http, &path))).await?;
    match id_in(&start) {
        Some(id) if id.starts_with(&wanted.nonce) => holds(wanted.parcel.file.clone(), id.to_owned()).await,
        _ => Ok(false),
    }
}

/// The first line of an answer, or the beginning of a long one. The rest is not fetched.
async fn start_of(http: &Http, request: RequestBuilder) -> Result<String, Fault> {
    let mut chunks = http.open(request).await?.bytes_stream();
    let mut start = Vec::new();
    while !start.contains(&b'\n') && start.len() < START {
        let Some(chunk) = chunks.next().await else { break };
        start.extend_from_slice(&chunk.map_err(|error| http.transport(&error))?);
    }
    Ok(String::from_utf8_lossy(&start).into_owned())
}

fn id_in(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("\"custom_id\"")?;
    let rest = rest
        .trim_start()
        .strip_prefix(':')?
        .trim_start()
        .strip_prefix('"')?;
    rest.split_once('"').map(|(id, _)| id)
}

/// Whether a part's file has a line with this id.
async fn holds(file: PathBuf, id: String) -> Result<bool, Fault> {
    let found = tokio::task::spawn_blocking(move || {
        let start = format!("{{\"custom_id\":\"{id}\"");
        let mut lines = std::io::BufReader::with_capacity(1 << 20, std::fs::File::open(file)?);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line)? > 0 {
            if line.starts_with(start.as_bytes()) {
                return Ok(true);
            }
            line.clear();
        }
        Ok(false)
    });
    found
        .await
        .map_err(std::io::Error::other)
        .flatten()
        .map_err(|error| disk(&error))
}

/// The newest, at most so many.
pub(super) async fn list(http: &Http, most: usize) -> Result<Vec<Batch>, Fault> {
    let mut found = Vec::new();
    each_page(http, most.clamp(1, PAGE), &mut |batches| {
        found.extend(batches);
        found.len() < most
    })
    .await?;
    found.truncate(most);
    Ok(found)
}

/// `take` gets what is new on each page and says whether to go on.
async fn each_page(
    http: &Http,
    size: usize,
    take: &mut (dyn FnMut(Vec<Batch>) -> bool + Send),
) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    let mut after: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let page = patiently(|| http.json(request(http, size, after.as_deref()))).await?;
        // Something else than a list says nothing of the batch: that must not look like "not there".
        let entries = page["data"]
            .as_array()
            .ok_or_else(|| http.not_an_api(&page.to_string()))?;
        let mut batches: Vec<Batch> = entries.iter().filter_map(read).collect();
        after = next(&page, &batches);
        batches.retain(|batch| seen.insert(batch.id.clone()));
        let moved = !batches.is_empty();
        if !take(batches) || after.is_none() || !moved {
            break;
        }
    }
    Ok(())
}

fn request(http: &Http, size: usize, after: Option<&str>) -> RequestBuilder {
    get(http, "/messages/batches")
        .query(&[("limit", size)])
        .query(&after.map(|id| ("after_id", id)).into_iter().collect::<Vec<_>>())
}

fn next(page: &Value, batches: &[Batch]) -> Option<String> {
    if page["has_more"] != true {
        return None;
    }
    text(&page["last_id"]).or_else(|| batches.last().map(|last| last.id.clone()))
}
