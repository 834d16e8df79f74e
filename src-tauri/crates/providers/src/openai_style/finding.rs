//! Looking through the list of batches: after an unclear create, and for batches to take over.

use std::collections::BTreeSet;

use serde_json::Value;
use tabane_model::Millis;

use super::batches::read;
use crate::http::{Http, patiently};
use crate::lenient::text;
use crate::{Batch, Fault, Wanted};

/// Clocks differ: batches made up to this long before our create are looked at (wire notes, section 7).
const CLOCK_SKEW: Millis = 10 * 60_000;

/// Batches in a page: OpenAI's most (OpenAPI document of 2026-08-21).
const PAGE: usize = 100;

/// Pages that a search looks through at the most.
const MOST_PAGES: usize = 50;

/// Where a page begins: `after` an id (OpenAI) or at a `cursor` (Groq).
type Place = Option<(&'static str, String)>;

/// `name_tag`: the mark that holds the part's name, where there is but one.
pub(super) async fn find(http: &Http, wanted: &Wanted, name_tag: Option<&str>) -> Result<Vec<Batch>, Fault> {
    let mut found = Vec::new();
    each_page(http, &mut |batches| {
        let past = is_past(&batches, wanted.since);
        found.extend(
            batches
                .into_iter()
                .filter(|batch| is_wanted(batch, wanted, name_tag)),
        );
        !past
    })
    .await?;
    Ok(found)
}

/// The newest, at most so many. Lists begin with the newest in practice (wire notes 1.3).
pub(super) async fn list(http: &Http, most: usize) -> Result<Vec<Batch>, Fault> {
    let mut found = Vec::new();
    each_page(http, &mut |batches| {
        found.extend(batches);
        found.len() < most
    })
    .await?;
    found.truncate(most);
    Ok(found)
}

/// `take` gets what is new on each page and says whether to go on.
async fn each_page(http: &Http, take: &mut (dyn FnMut(Vec<Batch>) -> bool + Send)) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    let mut place: Place = None;
    for _ in 0..MOST_PAGES {
        let page = patiently(|| http.json(request(http, place.as_ref()))).await?;
        // Something else than a list says nothing of the batch: that must not look like "not there".
        let entries = entries(&page).ok_or_else(|| http.not_an_api(&page.to_string()))?;
        let mut batches: Vec<Batch> = entries.iter().filter_map(read).collect();
        place = next(&page, &batches);
        batches.retain(|batch| seen.insert(batch.id.clone()));
        // A service that knows no pages answers the same one for ever.
        let moved = !batches.is_empty();
        if !take(batches) || place.is_none() || !moved {
            break;
        }
    }
    Ok(())
}

fn request(http: &Http, place: Option<&(&'static str, String)>) -> reqwest::RequestBuilder {
    http.read("/batches")
        .query(&[("limit", PAGE)])
        .query(&place.into_iter().collect::<Vec<_>>())
}

/// `data`, `value` (Azure) or a bare list (Together); null for none.
fn entries(page: &Value) -> Option<&[Value]> {
    if let Some(list) = page.as_array() {
        return Some(list);
    }
    let list = page.get("data").or_else(|| page.get("value"))?;
    if list.is_null() {
        Some(&[])
    } else {
        list.as_array().map(Vec::as_slice)
    }
}

fn next(page: &Value, batches: &[Batch]) -> Place {
    if let Some(cursor) = text(&page["paging"]["next_cursor"]) {
        return Some(("cursor", cursor));
    }
    // Where nothing is said of more, a full page may have a next one.
    let more = page["has_more"]
        .as_bool()
        .unwrap_or(page["paging"].is_null() && batches.len() >= PAGE);
    batches
        .last()
        .filter(|_| more)
        .map(|last| ("after", last.id.clone()))
}

/// The rest of the list is older than the create. A list that begins with the oldest is read to its end.
fn is_past(batches: &[Batch], since: Millis) -> bool {
    let made = |batch: Option<&Batch>| batch.and_then(|batch| batch.created_at);
    match (made(batches.first()), made(batches.last())) {
        (Some(first), Some(last)) => first >= last && last < since - CLOCK_SKEW,
        _ => false,
    }
}

/// By our marks, or by the file that only this part has: some services drop the marks or change them.
fn is_wanted(batch: &Batch, wanted: &Wanted, name_tag: Option<&str>) -> bool {
    let tag = |name: &str| batch.tags.get(name).map(String::as_str);
    let marked = tag("app_job") == Some(&wanted.app_job) && tag("part") == Some(&wanted.part);
    let named = name_tag.and_then(tag) == Some(&wanted.parcel.name);
    marked || named || (wanted.file_id.is_some() && batch.input_file_id == wanted.file_id)
}
