//! The verbs over HTTP.

use std::collections::BTreeSet;
use std::path::Path;

use async_trait::async_trait;
use serde_json::{Value, json};
use tabane_model::{Failure, Millis};

use super::jobs::read;
use crate::creating;
use crate::http::{Http, Reply, fetch, normalised, patiently, segment};
use crate::openai_style;
use crate::{
    Account, Batch, Created, Downloaded, Fault, Model, Order, Parcel, Profile, Provider, Uploaded, Wanted,
};

/// Clocks differ (wire notes, section 7).
const CLOCK_SKEW: Millis = 10 * 60_000;

/// Jobs in a page (Python package `mistralai` 3.7.0).
const PAGE: usize = 100;

/// Pages that a search looks through at the most.
const MOST_PAGES: usize = 50;

const JOBS: &str = "/batch/jobs";

pub(crate) struct Client {
    http: Http,
}

impl Client {
    pub(crate) fn new(profile: &'static Profile, account: Account) -> Result<Self, Failure> {
        let base = normalised(&account.base_url)?;
        // The path of jobs, pasted behind it.
        let base = base
            .strip_suffix("/batch/jobs")
            .map_or(base.clone(), str::to_owned);
        Ok(Self {
            http: Http::new(base, account.key, profile.name)?,
        })
    }

    fn job_in(&self, value: &Value) -> Result<Batch, Fault> {
        let mut job = read(value).ok_or_else(|| self.http.not_an_api(&value.to_string()))?;
        for error in &mut job.errors {
            error.message = self.http.hidden(&error.message);
        }
        Ok(job)
    }

    /// The newest first, at least `most` if there are so many. `since`: none that were made before.
    async fn jobs(&self, since: Option<Millis>, most: usize) -> Result<Vec<Batch>, Fault> {
        let since = since.and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
        let since = since.map(|at| ("created_after", at.to_string()));
        let since: Vec<_> = since.into_iter().collect();
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        for page in 0..MOST_PAGES {
            let ask = || {
                let place = [("page", page), ("page_size", PAGE)];
                let request = self.http.read(JOBS).query(&place).query(&since);
                self.http.json(request.query(&[("order_by", "-created")]))
            };
            let reply = patiently(ask).await?;
            // Something else than a list says nothing of the job: that must not look like "not there".
            let list = match &reply["data"] {
                Value::Array(list) => list.as_slice(),
                Value::Null if reply["object"] == "list" => &[],
                _ => return Err(self.http.not_an_api(&reply.to_string())),
            };
            let before = found.len();
            found.extend(
                list.iter()
                    .filter_map(read)
                    .filter(|job| seen.insert(job.id.clone())),
            );
            if list.len() < PAGE || found.len() == before || found.len() >= most {
                break;
            }
        }
        Ok(found)
    }
}

/// `24h`, `7d`.
fn hours(window: &str) -> Option<u32> {
    match window.strip_suffix('d') {
        Some(days) => days.parse::<u32>().ok()?.checked_mul(24),
        None => window.strip_suffix('h')?.parse().ok(),
    }
}

#[async_trait]
impl Provider for Client {
    async fn upload(&self, parcel: &Parcel) -> Result<Uploaded, Fault> {
        openai_style::upload(&self.http, parcel).await
    }

    async fn create(&self, order: &Order) -> Created {
        let mut body = json!({
            "input_files": [order.file_id],
            "model": order.parcel.model,
            "endpoint": order.endpoint,
            "metadata": order.tags,
        });
        if let Some(hours) = hours(&order.window) {
            body["timeout_hours"] = hours.into();
        }
        let reply = self.http.reply(self.http.act(JOBS).json(&body)).await;
        creating::ended(reply, |reply: &Reply| self.job_in(&self.http.value(reply)?))
    }

    async fn get(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = format!("{JOBS}/{}", segment(batch_id));
        self.job_in(&patiently(|| self.http.json(self.http.read(&path))).await?)
    }

    /// By our marks, or by the file that only this part has.
    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
        let mut found = self.jobs(Some(wanted.since - CLOCK_SKEW), usize::MAX).await?;
        found.retain(|job| {
            let tag = |name: &str| job.tags.get(name).map(String::as_str);
            let marked = tag("app_job") == Some(&wanted.app_job) && tag("part") == Some(&wanted.part);
            marked || (wanted.file_id.is_some() && job.input_file_id == wanted.file_id)
        });
        Ok(found)
    }

    async fn list(&self, most: usize) -> Result<Vec<Batch>, Fault> {
        let mut found = self.jobs(None, most).await?;
        found.truncate(most);
        Ok(found)
    }

    async fn download(&self, results: &str, to: &Path) -> Result<Downloaded, Fault> {
        let path = format!("/files/{}/content", segment(results));
        fetch(&self.http, || self.http.read(&path), to).await
    }

    async fn cancel(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = format!("{JOBS}/{}/cancel", segment(batch_id));
        let reply = self.http.json(self.http.act(&path)).await?;
        match read(&reply) {
            Some(job) => Ok(job),
            // Accepted without showing the job.
            None => self.get(batch_id).await,
        }
    }

    async fn models(&self) -> Result<Vec<Model>, Fault> {
        let reply = patiently(|| self.http.json(self.http.read("/models"))).await?;
        openai_style::models(&reply).ok_or_else(|| self.http.not_an_api(&reply.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_in_hours() {
        for (window, expected) in [
            ("24h", Some(24)),
            ("7d", Some(168)),
            ("168h", Some(168)),
            ("soon", None),
        ] {
            assert_eq!(hours(window), expected, "{window}");
        }
    }
}
