//! The verbs over HTTP.

use std::path::Path;

use async_trait::async_trait;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};
use reqwest::{Body, Method};
use serde_json::Value;
use tabane_model::{Arg, Failure};
use tokio::sync::OnceCell;

use super::batches::{RESULTS, read};
use super::{finding, requests};
use crate::creating;
use crate::http::{Http, Pulse, Reply, disk, gather, listed, normalised, patiently, segment};
use crate::openai_style;
use crate::{
    Account, Batch, Created, Downloaded, Fault, FaultKind, Model, Order, Parcel, Profile, Provider, Tested,
    Uploaded, Wanted,
};

pub(crate) struct Client {
    http: Http,
    /// Where batches are spoken of, once a list was answered there.
    root: OnceCell<String>,
}

impl Client {
    pub(crate) fn new(profile: &'static Profile, account: Account) -> Result<Self, Failure> {
        let base = normalised(&account.base_url)?;
        // The older root, as somebody may have typed it.
        let base = base
            .strip_suffix("/beta/v1")
            .map_or(base.clone(), |api| format!("{api}/v1"));
        Ok(Self {
            http: Http::new(base, account.key, profile.name)?,
            root: OnceCell::new(),
        })
    }

    /// Where batches may be spoken of: under `/api/beta` until about September 2026, then under `/api/v1` (wire notes).
    fn roots(&self) -> impl Iterator<Item = String> {
        let base = self.http.base();
        let older = base.strip_suffix("/v1").map(|api| format!("{api}/beta"));
        std::iter::once(base.to_owned()).chain(older)
    }

    async fn root(&self) -> Result<&str, Fault> {
        let root = self.root.get_or_try_init(|| async {
            for root in self.roots() {
                match finding::list(&self.http, &root, 1).await {
                    Ok(_) => return Ok(root),
                    Err(fault) if is_404(&fault) => {}
                    Err(fault) => return Err(fault),
                }
            }
            Err(self.not_available())
        });
        root.await.map(String::as_str)
    }

    /// Some accounts are answered 404 wherever they ask for batches (tobert/kaibo#123, 2026-08-04).
    fn not_available(&self) -> Fault {
        Fault {
            failure: Failure::new("batches-not-available").with("service", self.http.service),
            kind: FaultKind::Refused(404),
        }
    }

    async fn look(&self, root: &str, batch_id: &str) -> Result<Batch, Fault> {
        let url = format!("{root}/batches/{}", segment(batch_id));
        let count = || {
            listed(
                &self.http,
                self.http.read_at(&url),
                RESULTS,
                0_u64,
                |results, _| {
                    *results += 1;
                    Ok(())
                },
            )
        };
        let (value, results) = patiently(count).await?;
        self.batch(&value, Some(results))
    }

    fn batch(&self, value: &Value, results: Option<u64>) -> Result<Batch, Fault> {
        let mut batch = read(value, results).ok_or_else(|| self.http.not_an_api(&value.to_string()))?;
        for error in &mut batch.errors {
            error.message = self.http.hidden(&error.message);
        }
        Ok(batch)
    }

    async fn send(&self, root: &str, order: &Order) -> Created {
        let pulse = Pulse::new();
        let requests = match requests::read(order, pulse.clone()).await {
            Ok(requests) => requests,
            Err(error) => return creating::not_sent(disk(&error)),
        };
        let request = self
            .http
            .act_at(Method::POST, &format!("{root}/batches"))
            .header(CONTENT_TYPE, "application/json")
            .header(CONTENT_LENGTH, requests.length)
            // Not known to be honoured: nothing relies on it.
            .header("Idempotency-Key", order.parcel.name.as_str())
            .body(Body::wrap_stream(requests.chunks));
        let reply = self.http.while_it_moves(&pulse, self.http.reply(request)).await;
        creating::ended(reply, |reply: &Reply| self.batch(&self.http.value(reply)?, None))
    }
}

fn is_404(fault: &Fault) -> bool {
    fault.failure.args.get("status") == Some(&Arg::from(404_u32))
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
        match self.root().await {
            Ok(root) => self.send(root, order).await,
            Err(fault) => creating::not_sent(fault),
        }
    }

    async fn get(&self, batch_id: &str) -> Result<Batch, Fault> {
        let base = self.http.base();
        let root = self.root.get().map_or(base, String::as_str);
        match self.look(root, batch_id).await {
            // Not there, or not spoken of there.
            Err(fault) if is_404(&fault) && self.root.get().is_none() => match self.root().await? {
                root if root != base => self.look(root, batch_id).await,
                _ => Err(fault),
            },
            told => told,
        }
    }

    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
        finding::find(&self.http, self.root().await?, wanted).await
    }

    async fn list(&self, most: usize) -> Result<Vec<Batch>, Fault> {
        let mut found = finding::list(&self.http, self.root().await?, most).await?;
        found.truncate(most);
        Ok(found)
    }

    async fn download(&self, results: &str, to: &Path) -> Result<Downloaded, Fault> {
        let url = format!("{}/batches/{}", self.root().await?, segment(results));
        gather(&self.http, RESULTS, |_| self.http.read_at(&url), |_| None, to).await
    }

    /// None is documented.
    async fn cancel(&self, _: &str) -> Result<Batch, Fault> {
        Err(Fault {
            failure: Failure::new("cancel-not-offered").with("service", self.http.service),
            kind: FaultKind::Refused(405),
        })
    }

    /// Those that are told with a variant for batches are known to answer them; of the others nothing is known.
    async fn models(&self) -> Result<Vec<Model>, Fault> {
        let reply = patiently(|| self.http.json(self.http.read("/models"))).await?;
        let models = openai_style::models(&reply).ok_or_else(|| self.http.not_an_api(&reply.to_string()))?;
        let answers_batches = |id: &str| {
            let base = id.strip_suffix(":batch").unwrap_or(id);
            models
                .iter()
                .any(|model| model.id.strip_suffix(":batch") == Some(base))
        };
        let marked = models.iter().map(|model| Model {
            id: model.id.clone(),
            batch: answers_batches(&model.id).then_some(true),
        });
        Ok(marked.collect())
    }

    /// The models are told to anybody: only the list of batches tells whether the key is good, and good for batches.
    async fn test(&self) -> Result<Tested, Fault> {
        self.list(1).await?;
        Ok(Tested {
            models: self.models().await?,
            remarks: Vec::new(),
        })
    }
}
