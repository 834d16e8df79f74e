//! The verbs, those that differ from OpenAI's spelt out.

use std::path::Path;

use async_trait::async_trait;
use serde_json::json;
use tabane_model::Failure;

use crate::creating;
use crate::lenient::text;
use crate::openai_style::{self, file_name, upload_form};
use crate::{
    Account, Batch, Created, Downloaded, Fault, Model, Order, Parcel, Profile, Provider, Uploaded, Wanted,
};

pub(crate) struct Client(openai_style::Client);

impl Client {
    pub(crate) fn new(profile: &'static Profile, account: Account) -> Result<Self, Failure> {
        openai_style::Client::new(profile, account).map(Self)
    }
}

#[async_trait]
impl Provider for Client {
    async fn upload(&self, parcel: &Parcel) -> Result<Uploaded, Fault> {
        let fields = [
            ("purpose", "batch-api".to_owned()),
            ("file_name", file_name(parcel)),
            ("file_type", "jsonl".to_owned()),
        ];
        let http = &self.0.http;
        let reply = upload_form(http, "/files/upload", &fields, parcel).await?;
        let file_id = text(&reply["id"]).ok_or_else(|| http.not_an_api(&reply.to_string()))?;
        Ok(Uploaded { file_id })
    }

    /// Without marks: none are known. The part's own upload tells its batch apart.
    async fn create(&self, order: &Order) -> Created {
        let request = self.0.http.act("/batches").json(&json!({
            "input_file_id": order.file_id,
            "endpoint": order.endpoint,
            "completion_window": order.window,
        }));
        creating::ended(self.0.http.reply(request).await, |reply| self.0.batch_in(reply))
    }

    async fn get(&self, batch_id: &str) -> Result<Batch, Fault> {
        self.0.get(batch_id).await
    }

    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
        self.0.find(wanted).await
    }

    async fn list(&self, most: usize) -> Result<Vec<Batch>, Fault> {
        self.0.list(most).await
    }

    async fn download(&self, results: &str, to: &Path) -> Result<Downloaded, Fault> {
        self.0.download(results, to).await
    }

    async fn cancel(&self, batch_id: &str) -> Result<Batch, Fault> {
        self.0.cancel(batch_id).await
    }

    async fn models(&self) -> Result<Vec<Model>, Fault> {
        self.0.models().await
    }
}
