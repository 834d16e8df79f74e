//! The verbs over HTTP.

use std::path::Path;

use async_trait::async_trait;
use serde_json::{Value, json};
use tabane_model::Failure;

use super::batches::{bare, read};
use super::{address, finding, inlined, upload};
use crate::creating;
use crate::http::{Http, Reply, fetch, patiently, segment};
use crate::lenient::text;
use crate::{
    Account, Batch, Created, Downloaded, Fault, FaultKind, Model, Order, Parcel, Profile, Provider, Refusal,
    Uploaded, Wanted,
};

/// Pages of models at the most, of 1,000 each.
const MOST_PAGES: usize = 10;

pub(crate) struct Client {
    http: Http,
}

impl Client {
    pub(crate) fn new(profile: &'static Profile, account: Account) -> Result<Self, Failure> {
        let root = address::root(&account.base_url)?;
        let http = Http::with_header(root, account.key, "x-goog-api-key", profile.name)?;
        Ok(Self { http })
    }

    fn batch_in(&self, reply: &Reply) -> Result<Batch, Fault> {
        let value = self.http.value(reply)?;
        let mut batch = read(&value).ok_or_else(|| self.http.not_an_api(&reply.body))?;
        for error in &mut batch.errors {
            error.message = self.http.hidden(&error.message);
        }
        Ok(batch)
    }
}

#[async_trait]
impl Provider for Client {
    async fn upload(&self, parcel: &Parcel) -> Result<Uploaded, Fault> {
        upload::upload(&self.http, parcel).await
    }

    async fn create(&self, order: &Order) -> Created {
        let Some(model) = &order.parcel.model else {
            return Created::Refused {
                failure: Failure::new("internal").detail("a part without a model"),
                retry_after: None,
                kind: Refusal::Other,
            };
        };
        let path = format!("/v1beta/{}:batchGenerateContent", resource("models", model));
        let request = self.http.act(&path).json(&json!({ "batch": {
            "displayName": order.parcel.name,
            "inputConfig": { "fileName": order.file_id },
        }}));
        creating::ended(self.http.reply(request).await, |reply| self.batch_in(reply))
    }

    async fn get(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = path_of(batch_id);
        patiently(async || self.batch_in(&self.http.reply(self.http.read(&path)).await?)).await
    }

    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
        finding::find(&self.http, wanted).await
    }

    async fn list(&self, most: usize) -> Result<Vec<Batch>, Fault> {
        finding::list(&self.http, most).await
    }

    /// The file is never asked for otherwise: its name is longer than the service itself allows
    /// (googleapis/python-genai#1759).
    async fn download(&self, results: &str, to: &Path) -> Result<Downloaded, Fault> {
        if results.starts_with("batches/") {
            return inlined::fetch(&self.http, &path_of(results), to).await;
        }
        let file = resource("files", results);
        let documented = format!("/download/v1beta/{file}:download?alt=media");
        match fetch(&self.http, || self.http.read(&documented), to).await {
            Err(fault) if is_missing(&fault) => {
                let of_the_sdk = format!("/v1beta/{file}:download?alt=media");
                // If it knows no more, the first answer says it better.
                let second = fetch(&self.http, || self.http.read(&of_the_sdk), to).await;
                second.map_err(|other| if is_missing(&other) { fault } else { other })
            }
            fetched => fetched,
        }
    }

    async fn cancel(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = path_of(batch_id) + ":cancel";
        self.http.json(self.http.act(&path).json(&json!({}))).await?;
        // Its answer is empty.
        self.get(batch_id).await
    }

    async fn models(&self) -> Result<Vec<Model>, Fault> {
        let mut models = Vec::new();
        let mut token: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let request = || {
                let place = token.iter().map(|token| ("pageToken", token.as_str()));
                let query: Vec<_> = [("pageSize", "1000")].into_iter().chain(place).collect();
                self.http.read("/v1beta/models").query(&query)
            };
            let page = patiently(|| self.http.json(request())).await?;
            let list = page["models"]
                .as_array()
                .ok_or_else(|| self.http.not_an_api(&page.to_string()))?;
            models.extend(list.iter().filter_map(model));
            token = text(&page["nextPageToken"]);
            if token.is_none() {
                break;
            }
        }
        Ok(models)
    }
}

fn model(told: &Value) -> Option<Model> {
    let methods = told["supportedGenerationMethods"].as_array();
    Some(Model {
        id: bare(&text(&told["name"])?).to_owned(),
        batch: Some(
            methods.is_some_and(|methods| methods.iter().any(|method| method == "batchGenerateContent")),
        ),
    })
}

/// The address does not exist, whoever says so.
fn is_missing(fault: &Fault) -> bool {
    match fault.kind {
        FaultKind::NotFound => true,
        FaultKind::NotAnApi => fault.failure.args.get("status") == Some(&404_u32.into()),
        _ => false,
    }
}

fn path_of(batch_id: &str) -> String {
    format!("/v1beta/{}", resource("batches", batch_id))
}

/// `<kind>/<id>` for a path: the service tells names with their kind, people leave it out. A name of another kind
/// (`tunedModels/x`) stays.
fn resource(kind: &str, name: &str) -> String {
    match name.split_once('/') {
        Some((kind, id)) => format!("{}/{}", segment(kind), segment(id)),
        None => format!("{kind}/{}", segment(name)),
    }
}
