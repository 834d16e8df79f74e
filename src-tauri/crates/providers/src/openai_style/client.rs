//! The verbs over HTTP.

use std::path::Path;

use async_trait::async_trait;
use serde_json::{Value, json};
use tabane_model::Failure;

use super::batches::read;
use super::finding;
use super::uploading::upload;
use crate::creating;
use crate::http::{Http, Reply, fetch, normalised, patiently, segment};
use crate::lenient::text;
use crate::{
    Account, Batch, Created, Downloaded, Fault, FaultKind, Model, Order, Parcel, Profile, Provider, Uploaded,
    Wanted,
};

pub(crate) struct Client {
    pub(super) http: Http,
    /// The address of a service that may have closed; an address of the user's own is taken at its word.
    pub(super) may_be_closed: bool,
}

impl Client {
    pub(crate) fn new(profile: &'static Profile, account: Account) -> Result<Self, Failure> {
        let base = normalised(&account.base_url)?;
        let may_be_closed = profile.may_be_closed && profile.base_url == Some(base.as_str());
        let http = Http::new(base, account.key, profile.name)?;
        Ok(Self { http, may_be_closed })
    }

    async fn batch(&self, request: reqwest::RequestBuilder) -> Result<Batch, Fault> {
        self.batch_in(&self.http.reply(request).await?)
    }

    fn batch_in(&self, reply: &Reply) -> Result<Batch, Fault> {
        let value = self.http.value(reply)?;
        let mut batch = read(&value).ok_or_else(|| self.http.not_an_api(&reply.body))?;
        for error in &mut batch.errors {
            error.message = self.http.hidden(&error.message);
        }
        Ok(batch)
    }

    /// What looks like a service that has closed is said so (wire notes, section 3).
    fn closed(&self, fault: Fault) -> Fault {
        let gone = matches!(
            fault.kind,
            FaultKind::NotFound | FaultKind::Unreachable | FaultKind::NotAnApi | FaultKind::Key
        );
        if self.may_be_closed && gone {
            let failure = Failure {
                code: "service-closed".to_owned(),
                ..fault.failure
            };
            return Fault { failure, ..fault };
        }
        fault
    }
}

#[async_trait]
impl Provider for Client {
    async fn upload(&self, parcel: &Parcel) -> Result<Uploaded, Fault> {
        if self.may_be_closed {
            self.models().await?;
        }
        upload(&self.http, parcel).await
    }

    async fn create(&self, order: &Order) -> Created {
        let request = self.http.act("/batches").json(&json!({
            "input_file_id": order.file_id,
            "endpoint": order.endpoint,
            "completion_window": order.window,
            "metadata": order.tags,
        }));
        creating::ended(self.http.reply(request).await, |reply| self.batch_in(reply))
    }

    async fn get(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = format!("/batches/{}", segment(batch_id));
        patiently(|| self.batch(self.http.read(&path))).await
    }

    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
        finding::find(&self.http, wanted).await
    }

    async fn list(&self, most: usize) -> Result<Vec<Batch>, Fault> {
        finding::list(&self.http, most).await
    }

    async fn download(&self, results: &str, to: &Path) -> Result<Downloaded, Fault> {
        let path = format!("/files/{}/content", segment(results));
        fetch(&self.http, || self.http.read(&path), to).await
    }

    async fn cancel(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = format!("/batches/{}/cancel", segment(batch_id));
        let reply = self.http.json(self.http.act(&path)).await?;
        match read(&reply) {
            Some(batch) => Ok(batch),
            // Accepted without showing the batch.
            None => self.get(batch_id).await,
        }
    }

    async fn models(&self) -> Result<Vec<Model>, Fault> {
        let reply = patiently(|| self.http.json(self.http.read("/models"))).await;
        let reply = reply.map_err(|fault| self.closed(fault))?;
        models(&reply).ok_or_else(|| self.closed(self.http.not_an_api(&reply.to_string())))
    }
}

/// The models of a list; `None`: it is none.
pub(crate) fn models(reply: &Value) -> Option<Vec<Model>> {
    let list = reply.as_array().or_else(|| reply["data"].as_array())?;
    let name = |model: &Value| {
        text(&model["id"])
            .or_else(|| text(&model["name"]))
            .or_else(|| text(model))
    };
    let model = |id| Model { id, batch: None };
    Some(list.iter().filter_map(name).map(model).collect())
}
