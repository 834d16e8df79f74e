//! The verbs over HTTP.

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};
use serde_json::Value;
use tabane_model::Failure;

use super::batches::{is_archived, read};
use super::{VERSION, body, finding};
use crate::creating;
use crate::http::{Http, Pulse, Reply, disk, fetch, normalised, patiently, segment};
use crate::lenient::text;
use crate::{
    Account, Batch, Created, Downloaded, Fault, FaultKind, Model, Order, Parcel, Profile, Provider, Refusal,
    Uploaded, Wanted,
};

/// Pauses before results that are not found are asked for again: they may be missing for a minute or two after the end
/// (anthropic-sdk-python#1432). The runner asks some more times.
const NOT_YET_THERE: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(3)];

/// Models in a page, the most that there can be (package 2.12.0).
const MODELS: usize = 1_000;

/// Pages of models that are read at the most.
const MOST_PAGES: usize = 10;

pub(crate) struct Client {
    pub(super) http: Http,
}

impl Client {
    pub(crate) fn new(profile: &'static Profile, account: Account) -> Result<Self, Failure> {
        let base = normalised(&account.base_url)?;
        let http = Http::with_header(base, account.key, "x-api-key", profile.name)?;
        Ok(Self { http })
    }

    async fn batch(&self, request: RequestBuilder) -> Result<Batch, Fault> {
        self.batch_in(&self.http.reply(request).await?)
    }

    fn batch_in(&self, reply: &Reply) -> Result<Batch, Fault> {
        let value = self.http.value(reply)?;
        read(&value).ok_or_else(|| self.http.not_an_api(&reply.body))
    }

    /// `false` also where nobody knows.
    async fn is_archived(&self, batch_id: &str) -> bool {
        let batch = self.http.json(get(&self.http, &batch_path(batch_id))).await;
        batch.is_ok_and(|batch| is_archived(&batch))
    }
}

pub(super) fn get(http: &Http, path: &str) -> RequestBuilder {
    versioned(http.read(path), VERSION)
}

fn versioned(request: RequestBuilder, version: &str) -> RequestBuilder {
    request.header("anthropic-version", version)
}

fn batch_path(batch_id: &str) -> String {
    format!("/messages/batches/{}", segment(batch_id))
}

/// From our own address, never the service's `results_url`.
pub(super) fn results_path(batch_id: &str) -> String {
    batch_path(batch_id) + "/results"
}

#[async_trait]
impl Provider for Client {
    /// The requests go with the create.
    async fn upload(&self, parcel: &Parcel) -> Result<Uploaded, Fault> {
        Ok(Uploaded {
            file_id: parcel.name.clone(),
        })
    }

    async fn create(&self, order: &Order) -> Created {
        let pulse = Pulse::new();
        let whole = match body::from_lines(&order.parcel.file, &pulse).await {
            Ok(whole) => whole,
            // Not a byte was sent.
            Err(error) => {
                return Created::Refused {
                    failure: disk(&error).failure,
                    retry_after: None,
                    kind: Refusal::Other,
                };
            }
        };
        let version = order.api_version.as_deref().unwrap_or(VERSION);
        let request = versioned(self.http.act_without_limit("/messages/batches"), version)
            .header(CONTENT_TYPE, "application/json")
            .header(CONTENT_LENGTH, whole.length)
            .body(whole.body);
        let reply = self.http.while_it_moves(&pulse, self.http.reply(request)).await;
        let reply = reply.map_err(|fault| match fault.kind {
            // Cut before the end of the object had left: half an object makes no batch.
            FaultKind::Network if !whole.left.whole() => Fault {
                kind: FaultKind::Unreachable,
                ..fault
            },
            _ => fault,
        });
        creating::ended(reply, |reply| self.batch_in(reply))
    }

    async fn get(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = batch_path(batch_id);
        patiently(|| self.batch(get(&self.http, &path))).await
    }

    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
        finding::find(&self.http, wanted).await
    }

    async fn list(&self, most: usize) -> Result<Vec<Batch>, Fault> {
        finding::list(&self.http, most).await
    }

    async fn download(&self, results: &str, to: &Path) -> Result<Downloaded, Fault> {
        let path = results_path(results);
        let mut pauses = NOT_YET_THERE.into_iter();
        loop {
            match fetch(&self.http, || get(&self.http, &path), to).await {
                Err(fault) if fault.kind == FaultKind::NotFound => match pauses.next() {
                    Some(pause) if !self.is_archived(results).await => tokio::time::sleep(pause).await,
                    _ => return Err(fault),
                },
                fetched => return fetched,
            }
        }
    }

    async fn cancel(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = batch_path(batch_id) + "/cancel";
        self.batch(versioned(self.http.act(&path), VERSION)).await
    }

    async fn models(&self) -> Result<Vec<Model>, Fault> {
        let (mut models, mut after) = (Vec::new(), None::<String>);
        for _ in 0..MOST_PAGES {
            let page = patiently(|| {
                let request = get(&self.http, "/models").query(&[("limit", MODELS)]);
                self.http
                    .json(request.query(&after.iter().map(|id| ("after_id", id)).collect::<Vec<_>>()))
            })
            .await?;
            let list = page["data"]
                .as_array()
                .ok_or_else(|| self.http.not_an_api(&page.to_string()))?;
            models.extend(list.iter().filter_map(model));
            after = text(&page["last_id"]).filter(|_| page["has_more"] == true);
            if after.is_none() {
                break;
            }
        }
        Ok(models)
    }
}

/// One that is retired is still listed, and fails whatever is asked of it.
fn model(value: &Value) -> Option<Model> {
    let batch = value["capabilities"]["batch"]["supported"].as_bool();
    Some(Model {
        id: text(&value["id"])?,
        batch: if value["lifecycle"] == "retired" {
            Some(false)
        } else {
            batch
        },
    })
}
