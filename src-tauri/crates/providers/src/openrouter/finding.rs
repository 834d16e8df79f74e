//! Looking through the list of batches. No mark of ours is in it: what may be ours is told by the ids of its results.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;
use tabane_model::Millis;

use super::batches::{RESULTS, read_listed};
use super::writing::batch_variant;
use crate::http::{Http, disk, listed, patiently, segment};
use crate::{Batch, Fault, Wanted, id_in_line};

/// Clocks differ (wire notes, section 7).
const CLOCK_SKEW: Millis = 10 * 60_000;

/// Batches in a page, where there are pages at all.
const PAGE: usize = 100;

/// Pages that a search looks through at the most.
const MOST_PAGES: usize = 50;

/// The batches of the workspace, at least `most` if there are so many.
pub(super) async fn list(http: &Http, root: &str, most: usize) -> Result<Vec<Batch>, Fault> {
    let url = format!("{root}/batches");
    let (mut found, mut seen, mut after): (Vec<Batch>, _, Option<String>) =
        (Vec::new(), BTreeSet::new(), None);
    for _ in 0..MOST_PAGES {
        let page = || {
            let request = http.read_at(&url).query(&[("limit", PAGE)]);
            let request = request.query(&after.iter().map(|id| ("after", id)).collect::<Vec<_>>());
            listed(http, request, "data", Vec::new(), take)
        };
        let (rest, batches) = patiently(page).await?;
        let before = found.len();
        found.extend(batches.into_iter().filter(|batch| seen.insert(batch.id.clone())));
        after = found.last().map(|batch| batch.id.clone());
        // A service that knows no pages answers the same one for ever.
        if rest["has_more"] != true || found.len() == before || found.len() >= most {
            break;
        }
    }
    Ok(found)
}

fn take(batches: &mut Vec<Batch>, raw: &RawValue) -> io::Result<()> {
    batches.extend(read_listed(raw.get()));
    Ok(())
}

/// What has our model, as many requests and about our time; of those that are over, what answers our requests.
pub(super) async fn find(http: &Http, root: &str, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
    let (mut confirmed, mut possible) = (Vec::new(), Vec::new());
    let ids = our_ids(wanted.parcel.file.clone()).await?;
    for batch in list(http, root, usize::MAX).await? {
        if !is_possible(&batch, wanted) {
            continue;
        }
        let ours = if batch.state.is_terminal() {
            answers_ours(http, root, &batch.id, &ids).await?
        } else {
            None
        };
        match ours {
            Some(true) => confirmed.push(batch),
            Some(false) => {}
            None => possible.push(batch),
        }
    }
    Ok(if confirmed.is_empty() { possible } else { confirmed })
}

fn is_possible(batch: &Batch, wanted: &Wanted) -> bool {
    let model = wanted.parcel.model.as_deref().map(batch_variant);
    let same_model = batch.model.is_none() || model.is_none() || batch.model == model;
    // The total may be nought as long as it is checked.
    let same_total = batch
        .counts
        .total
        .is_none_or(|total| total == 0 || total == wanted.parcel.requests);
    let in_time = batch.created_at.is_none_or(|at| at >= wanted.since - CLOCK_SKEW);
    same_model && same_total && in_time
}

/// `None`: it has no results to tell it by.
async fn answers_ours(
    http: &Http,
    root: &str,
    id: &str,
    ids: &BTreeSet<String>,
) -> Result<Option<bool>, Fault> {
    struct Looked {
        ids: BTreeSet<String>,
        results: u64,
        ours: bool,
    }
    let url = format!("{root}/batches/{}", segment(id));
    let look = || {
        let state = Looked {
            ids: ids.clone(),
            results: 0,
            ours: false,
        };
        listed(http, http.read_at(&url), RESULTS, state, |looked, raw| {
            looked.results += 1;
            looked.ours |= id_in_line(raw.get()).is_some_and(|id| looked.ids.contains(&id));
            Ok(())
        })
    };
    let (_, looked) = patiently(look).await?;
    Ok((looked.results > 0).then_some(looked.ours))
}

/// The ids of the part's own requests: other parts of the job begin with the same nonce.
async fn our_ids(file: PathBuf) -> Result<BTreeSet<String>, Fault> {
    let read = tokio::task::spawn_blocking(move || ids_in(&file)).await;
    read.unwrap_or_else(|stopped| Err(io::Error::other(stopped)))
        .map_err(|error| disk(&error))
}

fn ids_in(file: &Path) -> io::Result<BTreeSet<String>> {
    let mut lines = BufReader::new(std::fs::File::open(file)?);
    let (mut ids, mut line) = (BTreeSet::new(), String::new());
    while lines.read_line(&mut line)? > 0 {
        ids.extend(id_in_line(&line));
        line.clear();
    }
    Ok(ids)
}
