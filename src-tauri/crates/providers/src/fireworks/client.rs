//! The verbs over HTTP.

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::Method;
use serde_json::{Value, json};
use tabane_model::{Failure, RemoteState};

use super::datasets::{last_segment, results_of, run_out};
use super::jobs::{name_results, read};
use crate::http::{Http, Reply, disk, fetch, normalised, patiently, segment};
use crate::lenient::text;
use crate::{
    Account, Batch, Created, Downloaded, Fault, FaultKind, Left, Model, Order, Parcel, Profile, Provider,
    Refusal, Tested, Uploaded, Wanted,
};
use crate::{creating, settings};

/// The whole of a small act.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);

/// Jobs in a page: the most (package `fireworks-ai` 1.2.30).
const PAGE: usize = 200;

/// Pages that are looked through at the most.
const MOST_PAGES: usize = 50;

const OURS: &str = "tabane-";

pub(crate) struct Client {
    /// Speaks to the user's account.
    pub(super) http: Http,
    account: String,
    /// The address above all accounts.
    root: String,
}

impl Client {
    pub(crate) fn new(profile: &'static Profile, account: Account) -> Result<Self, Failure> {
        let base = normalised(&account.base_url)?;
        // The address of single requests and that of an account are pasted too.
        let base = base.split("/accounts/").next().unwrap_or(&base);
        let root = base
            .strip_suffix("/inference/v1")
            .map_or(base.to_owned(), |host| format!("{host}/v1"));
        let name = settings::value(profile, &account.settings, "account").unwrap_or_default();
        let name = name.strip_prefix("accounts/").unwrap_or(name).to_owned();
        let http = Http::new(
            format!("{root}/accounts/{}", segment(&name)),
            account.key,
            profile.name,
        )?;
        Ok(Self {
            http,
            account: name,
            root,
        })
    }

    fn dataset_name(&self, id: &str) -> String {
        format!("accounts/{}/datasets/{id}", self.account)
    }

    fn batch_in(&self, reply: &Reply) -> Result<Batch, Fault> {
        self.batch(&self.http.value(reply)?)
    }

    fn batch(&self, job: &Value) -> Result<Batch, Fault> {
        let mut batch = read(job).ok_or_else(|| self.http.not_an_api(&job.to_string()))?;
        for error in &mut batch.errors {
            error.message = self.http.hidden(&error.message);
        }
        Ok(batch)
    }

    async fn job(&self, id: &str) -> Result<Batch, Fault> {
        let path = job_path(id);
        let job = patiently(|| self.http.json(self.http.read(&path))).await?;
        self.batch(&job)
    }

    /// A job of this name is there already: ours, from an attempt whose answer was lost.
    async fn already_there(&self, name: &str) -> Created {
        match self.job(name).await {
            Ok(batch) => Created::Made(batch),
            Err(fault) => Created::Unclear(fault.failure),
        }
    }

    /// A job that is gone because we cancelled it. Its results are there if it had written any.
    async fn cancelled(&self, id: &str) -> Result<Batch, Fault> {
        let mut batch = Batch::new(id, RemoteState::Cancelled, "JOB_STATE_DELETED");
        batch.input_file_id = Some(id.to_owned());
        match self.files(&results_of(id)).await {
            Ok(_) => name_results(&mut batch, &results_of(id)),
            Err(fault) if fault.kind == FaultKind::NotFound => {}
            Err(fault) => return Err(fault),
        }
        Ok(batch)
    }

    /// The lines of every page of a list.
    async fn pages(&self, url: &str, name: &str) -> Result<Vec<Value>, Fault> {
        let (mut all, mut token) = (Vec::new(), None::<String>);
        for _ in 0..MOST_PAGES {
            let ask = || {
                let page = self.http.read_at(url).query(&[("pageSize", PAGE)]);
                page.query(&token.iter().map(|token| ("pageToken", token)).collect::<Vec<_>>())
            };
            let mut page = patiently(|| self.http.json(ask())).await?;
            // An empty list may be left out, as is the custom of its kind; something else than an object is no list.
            match page.get_mut(name).map(Value::take) {
                Some(Value::Array(list)) => all.extend(list),
                None | Some(Value::Null) if page.is_object() => {}
                _ => return Err(self.http.not_an_api(&page.to_string())),
            }
            let next = text(&page["nextPageToken"]).filter(|next| token.as_ref() != Some(next));
            if next.is_none() {
                break;
            }
            token = next;
        }
        Ok(all)
    }
}

fn job_path(id: &str) -> String {
    format!("/batchInferenceJobs/{}", segment(id))
}

/// The words of a model: those of the service's own are often said without where they are.
fn full_model(name: &str) -> String {
    if name.contains('/') {
        name.to_owned()
    } else {
        format!("accounts/fireworks/models/{name}")
    }
}

/// `12h` as the service counts: in seconds. Its own is a day.
fn duration(window: &str) -> Option<String> {
    let hours: u32 = window.strip_suffix('h')?.parse().ok()?;
    (hours != 24).then(|| format!("{}s", hours * 3_600))
}

#[async_trait]
impl Provider for Client {
    async fn upload(&self, parcel: &Parcel) -> Result<Uploaded, Fault> {
        self.fill(parcel).await?;
        Ok(Uploaded {
            file_id: parcel.name.clone(),
        })
    }

    /// Under the part's own name: a second one is refused, so it can't be paid twice.
    async fn create(&self, order: &Order) -> Created {
        let Some(model) = &order.parcel.model else {
            return Created::Refused {
                failure: Failure::new("model-needed").with("service", self.http.service),
                retry_after: None,
                kind: Refusal::Other,
            };
        };
        let mut body = json!({
            "model": full_model(model),
            "inputDatasetId": self.dataset_name(&order.file_id),
            "outputDatasetId": self.dataset_name(&results_of(&order.parcel.name)),
        });
        if let Some(duration) = duration(&order.window) {
            body["maxJobDuration"] = json!(duration);
        }
        let request = self.http.act("/batchInferenceJobs").json(&body);
        let request = request.query(&[("batchInferenceJobId", &order.parcel.name)]);
        match self.http.reply(request).await {
            Ok(reply) if reply.status.as_u16() == 409 => self.already_there(&order.parcel.name).await,
            reply => creating::ended(reply, |reply| self.batch_in(reply)),
        }
    }

    async fn get(&self, batch_id: &str) -> Result<Batch, Fault> {
        match self.job(batch_id).await {
            Err(fault) if fault.kind == FaultKind::NotFound => match self.is_marked_cancelled(batch_id).await
            {
                Ok(true) => self.cancelled(batch_id).await,
                Err(other) if other.kind != FaultKind::NotFound => Err(other),
                _ => Err(fault),
            },
            told => told,
        }
    }

    /// The name says it all: no other job can be the wanted one.
    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
        match self.get(&wanted.parcel.name).await {
            Ok(batch) => Ok(vec![batch]),
            Err(fault) if fault.kind == FaultKind::NotFound => Ok(Vec::new()),
            Err(fault) => Err(fault),
        }
    }

    async fn list(&self, most: usize) -> Result<Vec<Batch>, Fault> {
        let url = format!("{}/batchInferenceJobs", self.http.base());
        let jobs = self.pages(&url, "batchInferenceJobs").await?;
        let mut batches: Vec<Batch> = jobs.iter().filter_map(|job| self.batch(job).ok()).collect();
        // The service's own order begins with the oldest.
        batches.sort_by_key(|batch| std::cmp::Reverse(batch.created_at));
        batches.truncate(most);
        Ok(batches)
    }

    async fn download(&self, results: &str, to: &Path) -> Result<Downloaded, Fault> {
        let (dataset, file) = results.rsplit_once('/').unwrap_or((results, ""));
        match self.signed_address(dataset, file).await? {
            Some(address) => fetch(&self.http, || self.http.read_signed(&address), to)
                .await
                .map_err(|fault| run_out(fault, self.http.service)),
            None => nothing(to).await,
        }
    }

    /// There is no other way to cancel than to delete the job, and what it has not yet written may go with it. A job
    /// that has ended is never deleted; the results lie in a dataset of their own, which stays.
    async fn cancel(&self, batch_id: &str) -> Result<Batch, Fault> {
        let mut batch = self.get(batch_id).await?;
        if batch.state.is_terminal() || batch.state == RemoteState::Cancelling {
            return Ok(batch);
        }
        // A job that others made reads a dataset of another name: that is not ours to mark.
        if batch.input_file_id.as_deref() == Some(batch_id) {
            self.mark_cancelled(batch_id).await?;
        }
        let url = format!("{}{}", self.http.base(), job_path(batch_id));
        self.http
            .json(self.http.act_at(Method::DELETE, &url).timeout(PATIENCE))
            .await?;
        batch.state = RemoteState::Cancelling;
        "JOB_STATE_DELETING".clone_into(&mut batch.status_raw);
        Ok(batch)
    }

    /// The service's own models; those of the account can be named too.
    async fn models(&self) -> Result<Vec<Model>, Fault> {
        let url = format!("{}/accounts/fireworks/models", self.root);
        let models = self.pages(&url, "models").await?;
        let names = models.iter().filter_map(|model| text(&model["name"]));
        Ok(names.map(|id| Model { id, batch: None }).collect())
    }

    /// The list of models says nothing of the account.
    async fn test(&self) -> Result<Tested, Fault> {
        let jobs = || self.http.read("/batchInferenceJobs").query(&[("pageSize", 1)]);
        patiently(|| self.http.json(jobs())).await?;
        Ok(Tested {
            models: self.models().await?,
            remarks: Vec::new(),
        })
    }

    /// Datasets stay until they are deleted. Others than ours are left alone.
    async fn clean_up(&self, left: &Left) -> Result<u32, Fault> {
        let results = left.output_file_id.as_deref().and_then(|id| id.split('/').next());
        let mut deleted = 0;
        for dataset in left.file_id.as_deref().into_iter().chain(results) {
            if last_segment(dataset).starts_with(OURS) {
                deleted += u32::from(self.delete_dataset(dataset).await?);
            }
        }
        Ok(deleted)
    }
}

/// A dataset without this file: it holds nothing.
async fn nothing(to: &Path) -> Result<Downloaded, Fault> {
    const SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    if let Some(folder) = to.parent() {
        tokio::fs::create_dir_all(folder)
            .await
            .map_err(|error| disk(&error))?;
    }
    tokio::fs::write(to, b"").await.map_err(|error| disk(&error))?;
    Ok(Downloaded {
        bytes: 0,
        sha256: SHA256.to_owned(),
    })
}
