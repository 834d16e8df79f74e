//! Looking through the list of batches. It knows no filter, and its order is not told.

use std::collections::BTreeSet;

use tabane_model::Millis;

use super::batches::read;
use crate::http::{Http, patiently};
use crate::lenient::text;
use crate::{Batch, Fault, Wanted};

/// Clocks differ: batches made up to this long before our create are looked at (wire notes, section 7).
const CLOCK_SKEW: Millis = 10 * 60_000;

/// Batches in a page.
const PAGE: &str = "100";

/// Pages that a search looks through at the most.
const MOST_PAGES: usize = 50;

pub(super) async fn find(http: &Http, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
    let earliest = wanted.since - CLOCK_SKEW;
    let mut found = Vec::new();
    each_page(http, &mut |batches| {
        let past = is_past(&batches, earliest);
        found.extend(
            batches
                .into_iter()
                .filter(|batch| is_wanted(batch, wanted, earliest)),
        );
        !past
    })
    .await?;
    Ok(found)
}

/// The newest, at most so many.
pub(super) async fn list(http: &Http, most: usize) -> Result<Vec<Batch>, Fault> {
    let mut found = Vec::new();
    each_page(http, &mut |batches| {
        found.extend(batches);
        found.len() < most
    })
    .await?;
    found.sort_by_key(|batch| std::cmp::Reverse(batch.created_at));
    found.truncate(most);
    Ok(found)
}

/// `take` gets what is new on each page and says whether to go on.
async fn each_page(http: &Http, take: &mut (dyn FnMut(Vec<Batch>) -> bool + Send)) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    let mut token: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let request = || {
            let place = token.iter().map(|token| ("pageToken", token.as_str()));
            let query: Vec<_> = [("pageSize", PAGE)].into_iter().chain(place).collect();
            http.read("/v1beta/batches").query(&query)
        };
        let page = patiently(|| http.json(request())).await?;
        // An empty list is not written, as is Google's way; anything else than an object says nothing of the batch.
        let operations = match &page["operations"] {
            serde_json::Value::Array(operations) => operations.as_slice(),
            serde_json::Value::Null if page.is_object() => &[],
            _ => return Err(http.not_an_api(&page.to_string())),
        };
        let mut batches: Vec<Batch> = operations.iter().filter_map(read).collect();
        let told = batches.len();
        batches.retain(|batch| seen.insert(batch.id.clone()));
        let moved = told == 0 || !batches.is_empty();
        token = text(&page["nextPageToken"]);
        if !take(batches) || token.is_none() || !moved {
            break;
        }
    }
    Ok(())
}

/// The rest of the list is older than the create, if it begins with the newest.
fn is_past(batches: &[Batch], earliest: Millis) -> bool {
    let made = |batch: Option<&Batch>| batch.and_then(|batch| batch.created_at);
    match (made(batches.first()), made(batches.last())) {
        (Some(first), Some(last)) => first >= last && last < earliest,
        _ => false,
    }
}

/// By our name, or by the file that only this part has.
fn is_wanted(batch: &Batch, wanted: &Wanted, earliest: Millis) -> bool {
    let named = batch.name.as_ref() == Some(&wanted.parcel.name);
    let of_our_file = wanted.file_id.is_some() && batch.input_file_id == wanted.file_id;
    (named || of_our_file) && batch.created_at.is_none_or(|at| at >= earliest)
}
