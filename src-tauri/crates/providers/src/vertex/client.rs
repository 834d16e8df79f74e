//! The verbs.

use std::path::Path;

use async_trait::async_trait;
use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};
use tabane_model::{Failure, Millis};
use tokio::sync::OnceCell;

use super::bigquery::BigQuery;
use super::google::{ACT, Google};
use super::hosts::Hosts;
use super::jobs::{self, PUBLISHED, Place};
use super::oauth::Tokens;
use super::places::{Dataset, Kind, Object, Places, Table, refusal};
use super::storage::Storage;
use super::{collecting, trying};
use crate::http::{Http, Reply, segment};
use crate::lenient::text;
use crate::{
    Account, Batch, Created, Downloaded, Fault, FaultKind, Left, Model, Order, Parcel, Profile, Provider,
    Refusal, Tested, Uploaded, Wanted, creating,
};

/// Entries of a page of jobs or models: the most that is taken without being cut down (discovery document of
/// `aiplatform` v1, revision 20261106, names no other).
const PAGE: &str = "100";

/// Pages that are looked through at the most.
const MOST_PAGES: usize = 50;

/// Clocks differ: batches made up to this long before our create are looked at.
const CLOCK_SKEW: Millis = 10 * 60_000;

pub(crate) struct Client {
    pub(super) google: Google,
    pub(super) hosts: Hosts,
    pub(super) places: Places,
    pub(super) project: OnceCell<String>,
}

impl Client {
    pub(crate) fn new(profile: &'static Profile, account: &Account) -> Result<Self, Failure> {
        let hosts = Hosts::new(profile, &account.base_url, &account.settings)?;
        let places = Places::read(profile, &account.settings)?;
        let credentials = hosts.credentials(&account.key, profile.name)?;
        let google = Google {
            http: Http::new(String::new(), SecretString::default(), profile.name)?,
            tokens: Tokens::new(credentials, &account.key, profile.name)?,
            project: places.project.clone(),
        };
        Ok(Self {
            google,
            hosts,
            places,
            project: OnceCell::new(),
        })
    }

    /// The connection's, else the account's.
    pub(super) async fn project(&self) -> Result<&str, Fault> {
        let found = || async {
            if let Some(project) = &self.places.project {
                return Ok(project.clone());
            }
            let missing = || {
                let failure = Failure::new("setting-missing");
                refusal(
                    failure
                        .with("service", self.google.http.service)
                        .with("setting", "project"),
                )
            };
            self.google.tokens.project().await.ok_or_else(missing)
        };
        self.project.get_or_try_init(found).await.map(String::as_str)
    }

    pub(super) fn storage(&self) -> Storage<'_> {
        Storage {
            google: &self.google,
            base: self.hosts.storage(),
            upload: self.hosts.storage_upload(),
        }
    }

    /// `location`: where its dataset is.
    pub(super) async fn bigquery(&self, location: Option<String>) -> Result<BigQuery<'_>, Fault> {
        Ok(BigQuery {
            google: &self.google,
            base: self.hosts.bigquery(),
            upload: self.hosts.bigquery_upload(),
            project: self.project().await?,
            location: location.unwrap_or_else(|| self.places.region.clone()),
        })
    }

    /// Where the jobs of the region stand.
    pub(super) async fn jobs(&self) -> Result<String, Fault> {
        let (region, project) = (&self.places.region, self.project().await?);
        Ok(format!(
            "{}/projects/{}/locations/{region}/batchPredictionJobs",
            self.hosts.jobs(region),
            segment(project)
        ))
    }

    /// A job's address: its name tells project and region, also when the connection's are others by now.
    async fn job(&self, id: &str) -> Result<String, Fault> {
        let parts: Vec<_> = id.split('/').collect();
        let region = |text: &str| {
            text.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        match parts.as_slice() {
            [
                "projects",
                project,
                "locations",
                location,
                "batchPredictionJobs",
                number,
            ] if region(location) && !location.is_empty() => Ok(format!(
                "{}/projects/{}/locations/{location}/batchPredictionJobs/{}",
                self.hosts.jobs(location),
                segment(project),
                segment(number)
            )),
            _ => Ok(format!("{}/{}", self.jobs().await?, segment(id))),
        }
    }

    pub(super) fn dataset(&self) -> Result<&Dataset, Fault> {
        self.places
            .dataset
            .as_ref()
            .ok_or_else(|| self.without("dataset"))
    }

    pub(super) fn bucket(&self) -> Result<&str, Fault> {
        self.places
            .bucket
            .as_deref()
            .ok_or_else(|| self.without("bucket"))
    }

    fn without(&self, setting: &str) -> Fault {
        let failure = Failure::new("setting-missing").with("service", self.google.http.service);
        refusal(failure.with("setting", setting))
    }

    fn batch_in(&self, reply: &Reply) -> Result<Batch, Fault> {
        let value = self.google.value(reply)?;
        jobs::read(&value).ok_or_else(|| self.google.http.not_an_api(&reply.body))
    }

    /// The body of a create and where it goes.
    async fn asked(&self, order: &Order) -> Result<(String, Value), Fault> {
        let refused = |failure: Failure| refusal(failure.with("service", self.google.http.service));
        let model = order
            .parcel
            .model
            .as_deref()
            .ok_or_else(|| refused(Failure::new("model-needed")))?;
        let input = Place::read(&order.file_id)
            .ok_or_else(|| refused(Failure::new("not-found-at-provider").detail(order.file_id.clone())))?;
        let name = &order.parcel.name;
        let output = match self.places.output {
            Kind::Bucket => Place::Object(Object::output(self.bucket()?, name)),
            Kind::Dataset => Place::Table(Table::of(self.project().await?, self.dataset()?, name, "out")),
        };
        Ok((self.jobs().await?, jobs::order(order, model, &input, &output)))
    }

    /// `take` gets the entries of each page and says whether to go on.
    async fn each_page(
        &self,
        url: &str,
        entries: &str,
        query: &[(&str, &str)],
        mut take: impl FnMut(&[Value]) -> bool + Send,
    ) -> Result<(), Fault> {
        let mut token = String::new();
        for _ in 0..MOST_PAGES {
            let mut query = query.to_vec();
            query.push(("pageSize", PAGE));
            if !token.is_empty() {
                query.push(("pageToken", &token));
            }
            let page = self.google.read(url, &query).await?;
            let more = take(page[entries].as_array().map_or(&[][..], Vec::as_slice));
            match text(&page["nextPageToken"]).filter(|next| more && *next != token) {
                Some(next) => token = next,
                None => break,
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Provider for Client {
    async fn upload(&self, parcel: &Parcel) -> Result<Uploaded, Fault> {
        self.lay_down(parcel).await
    }

    async fn create(&self, order: &Order) -> Created {
        let ready = async {
            let (url, body) = self.asked(order).await?;
            Ok((url, body, self.google.tokens.token().await?))
        };
        let (url, body, token) = match ready.await {
            Ok(ready) => ready,
            Err(fault) => return unsent(fault),
        };
        let request = self
            .google
            .http
            .act_signed(Method::POST, &url)
            .timeout(ACT)
            .json(&body);
        let (reply, can_renew) = self.google.once(token.as_ref(), request).await;
        match creating::ended(reply, |reply| self.batch_in(reply)) {
            // Only the token had ended: the next attempt has a new one.
            Created::Refused {
                failure,
                kind: Refusal::Key,
                ..
            } if can_renew => Created::Refused {
                failure,
                retry_after: None,
                kind: Refusal::Network,
            },
            ended => ended,
        }
    }

    async fn get(&self, batch_id: &str) -> Result<Batch, Fault> {
        let url = self.job(batch_id).await?;
        let job = self.google.read(&url, &[]).await?;
        jobs::read(&job).ok_or_else(|| self.google.http.not_an_api(&job.to_string()))
    }

    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
        let (mut found, filter) = (Vec::new(), jobs::filter(wanted));
        let since = wanted.since - CLOCK_SKEW;
        self.each_page(
            &self.jobs().await?,
            "batchPredictionJobs",
            &[("filter", &filter)],
            |page| {
                let batches = page.iter().filter_map(jobs::read);
                found.extend(batches.filter(|batch| {
                    jobs::is_wanted(batch, wanted) && batch.created_at.is_none_or(|at| at >= since)
                }));
                true
            },
        )
        .await?;
        Ok(found)
    }

    async fn list(&self, most: usize) -> Result<Vec<Batch>, Fault> {
        let mut found: Vec<Batch> = Vec::new();
        self.each_page(&self.jobs().await?, "batchPredictionJobs", &[], |page| {
            found.extend(page.iter().filter_map(jobs::read));
            found.len() < most
        })
        .await?;
        found.truncate(most);
        Ok(found)
    }

    async fn download(&self, results: &str, to: &Path) -> Result<Downloaded, Fault> {
        match Place::read(results) {
            Some(Place::Object(folder)) => collecting::folder(&self.storage(), &folder, to).await,
            Some(Place::Table(table)) => collecting::table(&self.bigquery(None).await?, &table, to).await,
            None => Err(Fault {
                failure: Failure::new("not-found-at-provider")
                    .with("service", self.google.http.service)
                    .detail(results),
                kind: FaultKind::NotFound,
            }),
        }
    }

    async fn cancel(&self, batch_id: &str) -> Result<Batch, Fault> {
        let url = format!("{}:cancel", self.job(batch_id).await?);
        let act = |http: &Http| http.act_signed(Method::POST, &url).timeout(ACT).json(&json!({}));
        self.google.json(act).await?;
        self.get(batch_id).await
    }

    async fn models(&self) -> Result<Vec<Model>, Fault> {
        let mut models = Vec::new();
        self.each_page(&self.hosts.models(), "publisherModels", &[], |page| {
            let names = page.iter().filter_map(|model| text(&model["name"]));
            models.extend(names.filter_map(|name| {
                let id = name.strip_prefix(PUBLISHED).unwrap_or(&name).to_owned();
                // The list holds models for pictures, speech and embeddings too.
                id.starts_with("gemini-").then_some(Model { id, batch: None })
            }));
            true
        })
        .await?;
        Ok(models)
    }

    async fn test(&self) -> Result<Tested, Fault> {
        trying::test(self).await
    }

    async fn clean_up(&self, left: &Left) -> Result<u32, Fault> {
        self.clear_away(left).await
    }
}

/// Nothing went out.
fn unsent(fault: Fault) -> Created {
    let (retry_after, kind) = match fault.kind {
        FaultKind::Key => (None, Refusal::Key),
        FaultKind::Balance => (None, Refusal::Balance),
        FaultKind::RateLimited { retry_after } => (retry_after, Refusal::RateLimited),
        FaultKind::Network | FaultKind::Unreachable | FaultKind::Server => (None, Refusal::Network),
        _ => (None, Refusal::Other),
    };
    Created::Refused {
        failure: fault.failure,
        retry_after,
        kind,
    }
}
