//! The verbs over HTTP.

use std::path::Path;

use async_trait::async_trait;
use serde_json::{Value, json};
use tabane_model::Failure;

use super::batches::read;
use super::finding;
use super::uploading::{Readiness, until_ready, upload_form};
use crate::creating;
use crate::http::{Http, Reply, fetch, normalised_under, patiently, segment};
use crate::lenient::text;
use crate::profile::Twists;
use crate::{
    Account, Batch, Created, Downloaded, Fault, FaultKind, Model, Order, Parcel, Profile, Provider, Uploaded,
    Wanted,
};

pub(crate) struct Client {
    pub(crate) http: Http,
    /// The address of a service that may have closed; an address of the user's own is taken at its word.
    pub(super) may_be_closed: bool,
    pub(super) twists: Twists,
}

impl Client {
    pub(crate) fn new(profile: &'static Profile, account: Account) -> Result<Self, Failure> {
        let twists = profile.twists;
        let base = normalised_under(&account.base_url, twists.path)?;
        let may_be_closed = profile.may_be_closed && profile.base_url == Some(base.as_str());
        let http = match twists.key_header {
            None => Http::new(base, account.key, profile.name)?,
            Some(header) => Http::with_header(base, account.key, header, profile.name)?,
        };
        Ok(Self {
            http,
            may_be_closed,
            twists,
        })
    }

    /// What an upload says beside the file.
    fn file_fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![("purpose", "batch".to_owned())];
        if let Some(seconds) = self.twists.file_expires_after {
            fields.push(("expires_after.seconds", seconds.to_string()));
            fields.push(("expires_after.anchor", "created_at".to_owned()));
        }
        fields
    }

    /// The body of a create.
    fn order(&self, order: &Order) -> Value {
        let mut body = json!({
            "input_file_id": order.file_id,
            "endpoint": order.endpoint,
            "completion_window": order.window,
            "metadata": order.tags,
        });
        if let Some(tag) = self.twists.name_tag {
            body["metadata"] = json!({ tag: order.parcel.name });
        }
        for (name, value) in self.twists.create_with {
            body[*name] = json!(value);
        }
        body
    }

    async fn batch(&self, request: reqwest::RequestBuilder) -> Result<Batch, Fault> {
        self.batch_in(&self.http.reply(request).await?)
    }

    pub(crate) fn batch_in(&self, reply: &Reply) -> Result<Batch, Fault> {
        let value = self.http.value(reply)?;
        let mut batch = read(&value).ok_or_else(|| self.http.not_an_api(&reply.body))?;
        for error in &mut batch.errors {
            error.message = self.http.hidden(&error.message);
            // For the reader the first line is line 1.
            error.line = error.line.map(|line| line + 1 - self.twists.first_line);
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

/// Of a file at Azure; other services say `processed` at once or nothing at all.
fn readiness(file: &Value) -> Readiness {
    let status = text(&file["status"]).unwrap_or_default().to_ascii_lowercase();
    match status.as_str() {
        "error" | "failed" | "deleting" | "deleted" => Readiness::Unusable,
        "uploaded" | "pending" | "running" | "notrunning" | "processing" => Readiness::NotYet,
        _ => Readiness::Ready,
    }
}

#[async_trait]
impl Provider for Client {
    async fn upload(&self, parcel: &Parcel) -> Result<Uploaded, Fault> {
        if self.may_be_closed {
            self.models().await?;
        }
        let reply = upload_form(&self.http, "/files", &self.file_fields(), parcel).await?;
        // SiliconFlow puts the file into `data`.
        let file_id = text(&reply["id"]).or_else(|| text(&reply["data"]["id"]));
        let file_id = file_id.ok_or_else(|| self.http.not_an_api(&reply.to_string()))?;
        if self.twists.file_is_processed {
            until_ready(&self.http, &format!("/files/{}", segment(&file_id)), readiness).await?;
        }
        Ok(Uploaded { file_id })
    }

    async fn create(&self, order: &Order) -> Created {
        let request = self.http.act("/batches").json(&self.order(order));
        creating::ended(self.http.reply(request).await, |reply| self.batch_in(reply))
    }

    async fn get(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = format!("/batches/{}", segment(batch_id));
        patiently(|| self.batch(self.http.read(&path))).await
    }

    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
        finding::find(&self.http, wanted, self.twists.name_tag).await
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
