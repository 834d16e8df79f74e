//! BigQuery, as far as a job needs it (wire notes, section 5).

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tabane_model::Failure;

use super::google::{ACT, Google};
use super::places::{Dataset, Table, refusal};
use super::resumable::Sending;
use super::storage::deleted;
use crate::http::{Http, disk, segment};
use crate::lenient::{number, text};
use crate::{Fault, FaultKind, Parcel};

/// Loads of the same part: each that failed has used its name up.
const LOADS: u32 = 8;

/// How long a load is waited for in one call. The next call finds it by its name.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// Between two looks at a load, at most.
const LOOK: Duration = Duration::from_secs(4);

/// Rows in a page. The service caps its bytes too (about 10 MB, wire notes 5).
const PAGE: &str = "1000";

pub(super) struct BigQuery<'a> {
    pub(super) google: &'a Google,
    /// `.../bigquery/v2`.
    pub(super) base: String,
    /// `.../upload/bigquery/v2`.
    pub(super) upload: String,
    /// Whose jobs the loads are.
    pub(super) project: &'a str,
    /// Where the loads run.
    pub(super) location: String,
}

/// One page of a table.
pub(super) struct Page {
    pub(super) rows: Vec<Value>,
    pub(super) next: Option<String>,
}

impl BigQuery<'_> {
    /// Where the dataset is. `None`: this account may not know.
    pub(super) async fn location(&self, dataset: &Dataset) -> Result<Option<String>, Fault> {
        let project = dataset.project.as_deref().unwrap_or(self.project);
        let url = format!(
            "{}/projects/{}/datasets/{}",
            self.base,
            segment(project),
            segment(&dataset.name)
        );
        match self.google.read(&url, &[]).await {
            Ok(told) => Ok(text(&told["location"])),
            Err(fault) if fault.kind == FaultKind::NotFound => {
                let missing = Failure::new("dataset-missing").with("dataset", dataset.name.as_str());
                Err(refusal(Failure {
                    detail: fault.failure.detail,
                    ..missing
                }))
            }
            Err(fault) => Err(fault),
        }
    }

    /// Brings a part's file into a table of its own, once however often this is called: a load has a name of ours.
    pub(super) async fn load(&self, table: &Table, parcel: &Parcel) -> Result<(), Fault> {
        for number in 1..=LOADS {
            let id = format!("{}_load_{number}", table.name);
            let (job, is_new) = match self.job(&id).await {
                Ok(job) => (job, false),
                Err(fault) if fault.kind == FaultKind::NotFound => {
                    (self.begun(&id, table, parcel).await?, true)
                }
                Err(fault) => return Err(fault),
            };
            let error = self.ended(&id, job).await?["status"]["errorResult"].take();
            if error.is_null() {
                if self.holds(table, parcel).await? {
                    return Ok(());
                }
            } else if is_new {
                return Err(failed(&error, table));
            }
            // An earlier load that failed was told then; the table of one that did not may be deleted since.
        }
        Err(refusal(Failure::new("load-failed").with("table", table.uri())))
    }

    async fn job(&self, id: &str) -> Result<Value, Fault> {
        let url = format!(
            "{}/projects/{}/jobs/{}",
            self.base,
            segment(self.project),
            segment(id)
        );
        self.google
            .read(&url, &[("location", self.location.as_str())])
            .await
    }

    /// A load under that name: a new one, or the one that an unheard answer had begun.
    async fn begun(&self, id: &str, table: &Table, parcel: &Parcel) -> Result<Value, Fault> {
        let length = tokio::fs::metadata(&parcel.file)
            .await
            .map_err(|error| disk(&error))?
            .len();
        let begin = format!("{}/projects/{}/jobs", self.upload, segment(self.project));
        let order = self.order(id, table);
        let sending = Sending {
            google: self.google,
            file: &parcel.file,
            length,
            upload: &self.upload,
        };
        let reply = sending
            .send(|http: &Http| {
                http.act_signed(Method::POST, &begin)
                    .query(&[("uploadType", "resumable")])
                    .json(&order)
                    .timeout(ACT)
            })
            .await?;
        if reply.status != StatusCode::CONFLICT {
            return self.google.value(&reply);
        }
        // A job that exists may still not be found for a moment (python-bigquery#2134).
        let mut tries = 0;
        loop {
            match self.job(id).await {
                Err(fault) if fault.kind == FaultKind::NotFound && tries < 5 => {
                    tries += 1;
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                told => return told,
            }
        }
    }

    fn order(&self, id: &str, table: &Table) -> Value {
        json!({
            "jobReference": { "projectId": self.project, "jobId": id, "location": self.location },
            "configuration": { "load": {
                "sourceFormat": "NEWLINE_DELIMITED_JSON",
                "schema": { "fields": [
                    { "name": "custom_id", "type": "STRING" },
                    { "name": "request", "type": "JSON" },
                ] },
                "destinationTable": {
                    "projectId": table.project, "datasetId": table.dataset, "tableId": table.name,
                },
                "writeDisposition": "WRITE_EMPTY",
            } },
        })
    }

    async fn ended(&self, id: &str, mut job: Value) -> Result<Value, Fault> {
        // A stand-in gives names of its own.
        let id = text(&job["jobReference"]["jobId"]).unwrap_or_else(|| id.to_owned());
        let (since, mut look) = (tokio::time::Instant::now(), Duration::from_millis(200));
        while job["status"]["state"] != "DONE" {
            if since.elapsed() > PATIENCE {
                return Err(Fault {
                    failure: Failure::new("network-timeout").with("service", self.google.http.service),
                    kind: FaultKind::Network,
                });
            }
            tokio::time::sleep(look).await;
            look = (look * 2).min(LOOK);
            job = self.job(&id).await?;
        }
        Ok(job)
    }

    /// Whether the whole part is in the table.
    async fn holds(&self, table: &Table, parcel: &Parcel) -> Result<bool, Fault> {
        match self.google.read(&self.address(table), &[]).await {
            Ok(told) => match number(&told["numRows"]) {
                Some(rows) if rows != u64::from(parcel.requests) => Err(refusal(
                    Failure::new("object-differs").with("object", table.uri()),
                )),
                _ => Ok(true),
            },
            Err(fault) if fault.kind == FaultKind::NotFound => Ok(false),
            Err(fault) => Err(fault),
        }
    }

    fn address(&self, table: &Table) -> String {
        format!(
            "{}/projects/{}/datasets/{}/tables/{}",
            self.base,
            segment(&table.project),
            segment(&table.dataset),
            segment(&table.name)
        )
    }

    /// The rows from a place on.
    pub(super) async fn page(&self, table: &Table, token: Option<&str>) -> Result<Page, Fault> {
        let url = format!("{}/data", self.address(table));
        let mut query = vec![("maxResults", PAGE)];
        query.extend(token.map(|token| ("pageToken", token)));
        let mut page = self.google.read(&url, &query).await?;
        let rows = match page["rows"].take() {
            Value::Array(rows) => rows,
            _ => Vec::new(),
        };
        Ok(Page {
            rows,
            next: text(&page["pageToken"]).filter(|next| Some(next.as_str()) != token),
        })
    }

    /// Name and type of each column, in order.
    pub(super) async fn columns(&self, table: &Table) -> Result<Vec<(String, String)>, Fault> {
        let told = self.google.read(&self.address(table), &[]).await?;
        let fields = told["schema"]["fields"].as_array().into_iter().flatten();
        let column = |field: &Value| Some((text(&field["name"])?, text(&field["type"]).unwrap_or_default()));
        Ok(fields.filter_map(column).collect())
    }

    /// Whether there was something to delete.
    pub(super) async fn delete(&self, table: &Table) -> Result<bool, Fault> {
        deleted(self.google, &self.address(table)).await
    }
}

/// Why a load failed. `duplicate`: something is in the table already.
fn failed(error: &Value, table: &Table) -> Fault {
    let failure = match error["reason"].as_str() {
        Some("duplicate") => Failure::new("object-differs").with("object", table.uri()),
        _ => Failure::new("load-failed").with("table", table.uri()),
    };
    refusal(failure.detail(text(&error["message"]).unwrap_or_default()))
}
