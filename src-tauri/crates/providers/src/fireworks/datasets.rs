//! Datasets: what goes in, what comes out, and the word by which a cancelled job is known.

use reqwest::{Method, Url};
use serde_json::{Map, Value, json};
use tabane_model::Failure;

use super::client::{Client, PATIENCE};
use crate::http::{cut_short, patiently, segment};
use crate::lenient::{number, text};
use crate::openai_style::{Readiness, until_ready, upload_form, without};
use crate::wire::{Asked, Written, id_and_body};
use crate::{Fault, FaultKind, Parcel};

/// What a download is asked for, after the dataset's id.
pub(super) const RESULTS: &str = "results";
pub(super) const ERRORS: &str = "error-data";

/// The display name of a dataset whose job we cancelled.
const CANCELLED: &str = "tabane-cancelled";

/// The model is the job's: lines have none.
pub(crate) fn write<'a>(asked: &Asked<'a>) -> Written<'a> {
    let (body, _) = without(asked.body, &["model"]);
    Written {
        line: id_and_body(&Asked {
            body: &body,
            model: None,
            ..*asked
        }),
        endpoint: asked.url.into(),
        changes: Vec::new(),
        sampling: false,
    }
}

/// `accounts/a/datasets/d` is `d`.
pub(super) fn last_segment(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The dataset that the results of a job of ours go to.
pub(super) fn results_of(job: &str) -> String {
    format!("{job}-o")
}

fn path(id: &str, verb: &str) -> String {
    format!("/datasets/{}{verb}", segment(id))
}

impl Client {
    /// Announces the part's dataset, fills it and waits until it is ready.
    pub(super) async fn fill(&self, parcel: &Parcel) -> Result<(), Fault> {
        match self.announce(parcel).await {
            Ok(_) => {}
            Err(fault) if fault.kind == FaultKind::Refused(409) => {
                let told = self.dataset(&parcel.name).await?;
                if readiness(&told) == Readiness::Ready {
                    // An earlier attempt got through after all. A part's file never changes.
                    return Ok(());
                }
                // What came of it is not known: a second file beside it would be asked and paid twice.
                self.delete_dataset(&parcel.name).await?;
                self.announce(parcel).await.map_err(later)?;
            }
            Err(fault) => return Err(fault),
        }
        upload_form(&self.http, &path(&parcel.name, ":upload"), &[], parcel).await?;
        until_ready(&self.http, &path(&parcel.name, ""), readiness).await
    }

    async fn announce(&self, parcel: &Parcel) -> Result<Value, Fault> {
        let dataset = json!({
            "datasetId": parcel.name,
            "dataset": { "userUploaded": {}, "exampleCount": parcel.requests.to_string() },
        });
        self.http.json(self.http.act("/datasets").json(&dataset)).await
    }

    pub(super) async fn dataset(&self, id: &str) -> Result<Value, Fault> {
        patiently(|| self.http.json(self.http.read(&path(id, "")))).await
    }

    /// Whether there was one.
    pub(super) async fn delete_dataset(&self, id: &str) -> Result<bool, Fault> {
        let url = format!("{}{}", self.http.base(), path(id, ""));
        let request = self.http.act_at(Method::DELETE, &url).timeout(PATIENCE);
        match self.http.json(request).await {
            Ok(_) => Ok(true),
            Err(fault) if fault.kind == FaultKind::NotFound => Ok(false),
            Err(fault) => Err(fault),
        }
    }

    /// Writes down at the service that the job of this dataset is cancelled: afterwards the job is not there to say so.
    pub(super) async fn mark_cancelled(&self, id: &str) -> Result<(), Fault> {
        let url = format!("{}{}", self.http.base(), path(id, ""));
        let request = self.http.act_at(Method::PATCH, &url).timeout(PATIENCE);
        let marked = self.http.json(request.json(&json!({ "displayName": CANCELLED })));
        marked.await.map(drop)
    }

    pub(super) async fn is_marked_cancelled(&self, id: &str) -> Result<bool, Fault> {
        let told = self.dataset(id).await?;
        Ok(text(&told["displayName"]).as_deref() == Some(CANCELLED))
    }

    /// The files of a dataset with where they lie for the next ten minutes: at least one.
    pub(super) async fn files(&self, dataset: &str) -> Result<Map<String, Value>, Fault> {
        let ask = path(dataset, ":getDownloadEndpoint");
        let mut told = patiently(|| self.http.json(self.http.read(&ask))).await?;
        match told.get_mut("filenameToSignedUrls").map(Value::take) {
            Some(Value::Object(files)) if !files.is_empty() => Ok(files),
            _ => Err(self.nothing_there()),
        }
    }

    /// `None`: the dataset has others, but not this one.
    pub(super) async fn signed_address(&self, dataset: &str, file: &str) -> Result<Option<String>, Fault> {
        let files = self.files(dataset).await?;
        let wanted = |name: &str| match file {
            ERRORS => last_segment(name).contains("error"),
            _ => name.ends_with(".jsonl") && !last_segment(name).contains("error"),
        };
        let address = files
            .iter()
            .find(|(name, _)| wanted(name))
            .and_then(|(_, url)| text(url));
        match address {
            Some(address) if !self.is_trusted(&address) => Err(self.http.not_an_api("")),
            address => Ok(address),
        }
    }

    fn nothing_there(&self) -> Fault {
        Fault {
            failure: Failure::new("not-found-at-provider")
                .with("service", self.http.service)
                .with("status", 404_u32),
            kind: FaultKind::NotFound,
        }
    }

    /// Answers come over an encrypted line, except from a service of this computer.
    fn is_trusted(&self, address: &str) -> bool {
        let plain = self.http.base().starts_with("http://");
        Url::parse(address).is_ok_and(|url| url.scheme() == "https" || (plain && url.scheme() == "http"))
    }
}

/// The name is still taken although it was deleted: that passes.
fn later(fault: Fault) -> Fault {
    match fault.kind {
        FaultKind::Refused(409) => Fault {
            kind: FaultKind::Server,
            ..fault
        },
        _ => fault,
    }
}

/// A signed address that ran out says nothing of the key.
pub(super) fn run_out(fault: Fault, service: &'static str) -> Fault {
    match fault.kind {
        FaultKind::Key | FaultKind::Refused(400) => cut_short(service),
        _ => fault,
    }
}

fn readiness(dataset: &Value) -> Readiness {
    let code = text(&dataset["status"]["code"]);
    let is_ok = code.is_none_or(|code| code == "OK") || number(&dataset["status"]["code"]) == Some(0);
    match dataset["state"].as_str() {
        Some("READY") => Readiness::Ready,
        _ if is_ok => Readiness::NotYet,
        _ => Readiness::Unusable,
    }
}
