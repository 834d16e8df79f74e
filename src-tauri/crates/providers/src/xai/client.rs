//! The verbs over HTTP.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::{Value, json};
use tabane_model::{Failure, Millis, RemoteState};

use super::batches::read;
use crate::creating;
use crate::http::{Http, Reply, gather, normalised, patiently, segment};
use crate::lenient::text;
use crate::openai_style;
use crate::{
    Account, Batch, Created, Downloaded, Fault, Model, Order, Parcel, Profile, Provider, Uploaded, Wanted,
};

/// Times are told as dates alone, without a word of whose midnight: batches that seem made this long before our create
/// are looked at.
const TWO_DAYS: Millis = 48 * 60 * 60_000;

/// Batches in a page (wire notes 4.4).
const PAGE: usize = 100;

/// Pages that a search looks through at the most.
const MOST_PAGES: usize = 50;

/// Results in a page: the most.
const RESULTS_PAGE: usize = 1_000;

/// Between two looks at a cancelled batch: its counters may swing back right after the cancel (wire notes 4.4).
const SETTLING: Duration = Duration::from_secs(10);

pub(crate) struct Client {
    pub(super) http: Http,
    pub(super) settling: Duration,
}

impl Client {
    pub(crate) fn new(profile: &'static Profile, account: Account) -> Result<Self, Failure> {
        Ok(Self {
            http: Http::new(normalised(&account.base_url)?, account.key, profile.name)?,
            settling: SETTLING,
        })
    }

    fn batch_in(&self, value: &Value) -> Result<Batch, Fault> {
        let mut batch = read(value).ok_or_else(|| self.http.not_an_api(&value.to_string()))?;
        for error in &mut batch.errors {
            error.message = self.http.hidden(&error.message);
        }
        Ok(batch)
    }

    async fn look(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = format!("/batches/{}", segment(batch_id));
        self.batch_in(&patiently(|| self.http.json(self.http.read(&path))).await?)
    }

    /// `take` gets what is new on each page and says whether to go on.
    async fn each_page(&self, take: &mut (dyn FnMut(Vec<Batch>) -> bool + Send)) -> Result<(), Fault> {
        let (mut seen, mut token) = (BTreeSet::new(), None);
        for _ in 0..MOST_PAGES {
            let ask = || {
                self.http
                    .json(paged(self.http.read("/batches"), PAGE, token.as_deref()))
            };
            let page = patiently(ask).await?;
            // Something else than a list says nothing of the batch: that must not look like "not there".
            let list = match page.get("batches").or_else(|| page.get("data")) {
                Some(Value::Array(list)) => list.as_slice(),
                Some(Value::Null) => &[],
                _ => return Err(self.http.not_an_api(&page.to_string())),
            };
            let mut batches: Vec<Batch> = list.iter().filter_map(read).collect();
            batches.retain(|batch| seen.insert(batch.id.clone()));
            token = next_page(&page);
            // A service that names a page again would never come to an end.
            let moved = !batches.is_empty();
            if !take(batches) || token.is_none() || !moved {
                break;
            }
        }
        Ok(())
    }
}

fn paged(request: reqwest::RequestBuilder, limit: usize, token: Option<&str>) -> reqwest::RequestBuilder {
    let request = request.query(&[("limit", limit)]);
    match token {
        Some(token) => request.query(&[("pagination_token", token)]),
        None => request,
    }
}

fn next_page(page: &Value) -> Option<String> {
    text(&page["pagination_token"])
}

#[async_trait]
impl Provider for Client {
    async fn upload(&self, parcel: &Parcel) -> Result<Uploaded, Fault> {
        openai_style::upload(&self.http, parcel).await
    }

    /// The name is its one mark.
    async fn create(&self, order: &Order) -> Created {
        let request = self.http.act("/batches").json(&json!({
            "name": order.parcel.name,
            "input_file_id": order.file_id,
        }));
        let reply = self.http.reply(request).await;
        creating::ended(reply, |reply: &Reply| self.batch_in(&self.http.value(reply)?))
    }

    /// A cancel is believed when two looks say the same.
    async fn get(&self, batch_id: &str) -> Result<Batch, Fault> {
        let told = self.look(batch_id).await?;
        if told.state != RemoteState::Cancelled {
            return Ok(told);
        }
        tokio::time::sleep(self.settling).await;
        let again = self.look(batch_id).await?;
        Ok(if again == told { again } else { unsettled(again) })
    }

    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
        let mut found = Vec::new();
        self.each_page(&mut |batches| {
            let made = |batch: Option<&Batch>| batch.and_then(|batch| batch.created_at);
            let past = match (made(batches.first()), made(batches.last())) {
                (Some(first), Some(last)) => first >= last && last < wanted.since - TWO_DAYS,
                _ => false,
            };
            found.extend(
                batches
                    .into_iter()
                    .filter(|batch| batch.name.as_ref() == Some(&wanted.parcel.name)),
            );
            !past
        })
        .await?;
        Ok(found)
    }

    async fn list(&self, most: usize) -> Result<Vec<Batch>, Fault> {
        let mut found = Vec::new();
        self.each_page(&mut |batches| {
            found.extend(batches);
            found.len() < most
        })
        .await?;
        found.truncate(most);
        Ok(found)
    }

    async fn download(&self, results: &str, to: &Path) -> Result<Downloaded, Fault> {
        let path = format!("/batches/{}/results", segment(results));
        let ask = |token: Option<&str>| paged(self.http.read(&path), RESULTS_PAGE, token);
        gather(&self.http, "results", ask, next_page, to).await
    }

    async fn cancel(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = format!("/batches/{}:cancel", segment(batch_id));
        let reply = self.http.json(self.http.act(&path)).await?;
        match read(&reply) {
            Some(batch) => Ok(unsettled(batch)),
            // Accepted without showing the batch.
            None => self.look(batch_id).await.map(unsettled),
        }
    }

    async fn models(&self) -> Result<Vec<Model>, Fault> {
        let reply = patiently(|| self.http.json(self.http.read("/models"))).await?;
        openai_style::models(&reply).ok_or_else(|| self.http.not_an_api(&reply.to_string()))
    }
}

/// A cancel that may not be over yet.
fn unsettled(batch: Batch) -> Batch {
    if batch.state != RemoteState::Cancelled {
        return batch;
    }
    Batch {
        state: RemoteState::Cancelling,
        status_raw: "cancelling".to_owned(),
        output_file_id: None,
        ..batch
    }
}
