//! The verbs over HTTP.

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use futures::StreamExt;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tabane_model::{Failure, Millis};
use tokio::io::AsyncWriteExt;
use tokio_util::io::ReaderStream;

use super::batches::{read, text};
use crate::http::{Http, normalised, patiently, segment, transport};
use crate::{
    Account, Batch, Created, Downloaded, Fault, FaultKind, Order, Profile, Provider, Uploaded, Wanted,
};

/// The answer to a create must come within this; later it is unclear.
const CREATE: Duration = Duration::from_secs(120);

/// Clocks differ: batches made up to this long before our create are looked at.
const CLOCK_SKEW: Millis = 10 * 60_000;

/// Pages of 100 that a search looks through at the most.
const MOST_PAGES: usize = 50;

pub(crate) struct Client {
    http: Http,
    profile: &'static Profile,
}

impl Client {
    pub(crate) fn new(profile: &'static Profile, account: Account) -> Result<Self, Failure> {
        let base = normalised(&account.base_url)?;
        Ok(Self {
            http: Http::new(base, account.key, profile.name)?,
            profile,
        })
    }

    async fn batch(&self, request: reqwest::RequestBuilder) -> Result<Batch, Fault> {
        let reply = self.http.json(request).await?;
        read(&reply).ok_or_else(|| self.http.not_an_api(&reply.to_string()))
    }

    /// kluster.ai seems to have closed its batches: what looks like that is said so.
    fn closed(&self, fault: Fault) -> Fault {
        let gone = matches!(
            fault.kind,
            FaultKind::NotFound | FaultKind::Unreachable | FaultKind::NotAnApi | FaultKind::Key
        );
        if self.profile.note == Some("note-kluster") && gone {
            let failure = Failure {
                code: "service-closed".to_owned(),
                ..fault.failure
            };
            return Fault { failure, ..fault };
        }
        fault
    }

    async fn page(&self, after: Option<&str>, cursor: Option<&str>) -> Result<Value, Fault> {
        patiently(|| {
            let mut request = self
                .http
                .request(Method::GET, "/batches")
                .query(&[("limit", "100")]);
            if let Some(after) = after {
                request = request.query(&[("after", after)]);
            }
            if let Some(cursor) = cursor {
                request = request.query(&[("cursor", cursor)]);
            }
            self.http.json(request)
        })
        .await
    }

    async fn stream_to(&self, file_id: &str, temporary: &Path) -> Result<Downloaded, Fault> {
        let path = format!("/files/{}/content", segment(file_id));
        let response = self.http.send(self.http.request(Method::GET, &path)).await?;
        // Of a compressed answer the length says nothing about the file; reqwest hides it then.
        let told = response.content_length();
        let mut file = tokio::fs::File::create(temporary)
            .await
            .map_err(|error| disk(&error))?;
        let (mut bytes, mut hash, mut chunks) = (0_u64, Sha256::new(), response.bytes_stream());
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|error| transport(&error, self.http.service))?;
            hash.update(&chunk);
            bytes += chunk.len() as u64;
            file.write_all(&chunk).await.map_err(|error| disk(&error))?;
        }
        if told.is_some_and(|told| told != bytes) {
            return Err(cut_short(self.http.service));
        }
        file.sync_all().await.map_err(|error| disk(&error))?;
        if ends_in_the_middle(temporary).await {
            return Err(cut_short(self.http.service));
        }
        let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Downloaded { bytes, sha256 })
    }
}

#[async_trait]
impl Provider for Client {
    async fn upload(&self, file: &Path, name: &str) -> Result<Uploaded, Fault> {
        let open = tokio::fs::File::open(file).await.map_err(|error| disk(&error))?;
        let length = open.metadata().await.map_err(|error| disk(&error))?.len();
        let body = reqwest::Body::wrap_stream(ReaderStream::with_capacity(open, 1 << 16));
        let part = Part::stream_with_length(body, length)
            .file_name(name.to_owned())
            .mime_str("application/jsonl")
            .map_err(|error| transport(&error, self.http.service))?;
        let form = Form::new().text("purpose", "batch").part("file", part);
        let reply = self
            .http
            .json(self.http.request(Method::POST, "/files").multipart(form))
            .await;
        let reply = reply.map_err(|fault| self.closed(fault))?;
        let file_id = text(&reply["id"]).ok_or_else(|| self.http.not_an_api(&reply.to_string()))?;
        Ok(Uploaded { file_id })
    }

    async fn create(&self, order: &Order) -> Created {
        let body = json!({
            "input_file_id": order.file_id,
            "endpoint": order.endpoint,
            "completion_window": order.window,
            "metadata": order.tags,
        });
        match self
            .batch(
                self.http
                    .request(Method::POST, "/batches")
                    .timeout(CREATE)
                    .json(&body),
            )
            .await
        {
            Ok(batch) => Created::Made(batch),
            Err(fault) => fault.into(),
        }
    }

    async fn get(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = format!("/batches/{}", segment(batch_id));
        patiently(|| self.batch(self.http.request(Method::GET, &path)))
            .await
            .map_err(|fault| self.closed(fault))
    }

    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault> {
        let mut found: Vec<Batch> = Vec::new();
        let (mut after, mut cursor): (Option<String>, Option<String>) = (None, None);
        for _ in 0..MOST_PAGES {
            let page = self.page(after.as_deref(), cursor.as_deref()).await?;
            let list = page
                .as_array()
                .or_else(|| page["data"].as_array())
                .or_else(|| page["value"].as_array());
            let batches: Vec<Batch> = list.into_iter().flatten().filter_map(read).collect();
            let too_old = |batch: &Batch| batch.created_at.is_some_and(|at| at < wanted.since - CLOCK_SKEW);
            let (end, last) = (
                batches.iter().any(too_old),
                batches.last().map(|batch| batch.id.clone()),
            );
            for batch in batches {
                if is_wanted(&batch, wanted) && !found.iter().any(|known| known.id == batch.id) {
                    found.push(batch);
                }
            }
            cursor = text(&page["paging"]["next_cursor"]);
            let more = cursor.is_some() || page["has_more"].as_bool() == Some(true);
            // A page that does not move on would be read for ever.
            if end || !more || last.is_none() || (cursor.is_none() && last == after) {
                break;
            }
            after = if cursor.is_some() { None } else { last };
        }
        Ok(found)
    }

    async fn file_exists(&self, file_id: &str) -> Result<bool, Fault> {
        let path = format!("/files/{}", segment(file_id));
        match patiently(|| self.http.json(self.http.request(Method::GET, &path))).await {
            Ok(_) => Ok(true),
            Err(fault) if fault.kind == FaultKind::NotFound => Ok(false),
            Err(fault) => Err(fault),
        }
    }

    async fn download(&self, file_id: &str, to: &Path) -> Result<Downloaded, Fault> {
        if let Some(folder) = to.parent() {
            tokio::fs::create_dir_all(folder)
                .await
                .map_err(|error| disk(&error))?;
        }
        let temporary = to.with_extension("arriving");
        let downloaded = patiently(|| self.stream_to(file_id, &temporary)).await?;
        tokio::fs::rename(&temporary, to)
            .await
            .map_err(|error| disk(&error))?;
        Ok(downloaded)
    }

    async fn cancel(&self, batch_id: &str) -> Result<Batch, Fault> {
        let path = format!("/batches/{}/cancel", segment(batch_id));
        self.batch(self.http.request(Method::POST, &path)).await
    }

    async fn models(&self) -> Result<Vec<String>, Fault> {
        let reply = patiently(|| self.http.json(self.http.request(Method::GET, "/models"))).await;
        let reply = reply.map_err(|fault| self.closed(fault))?;
        let list = reply.as_array().or_else(|| reply["data"].as_array());
        let list = list.ok_or_else(|| self.http.not_an_api(&reply.to_string()))?;
        Ok(list.iter().filter_map(|model| text(&model["id"])).collect())
    }
}

/// By our marks; where a service drops or changes them, by the file that only this part has.
fn is_wanted(batch: &Batch, wanted: &Wanted) -> bool {
    let tag = |name: &str| batch.tags.get(name).map(String::as_str);
    match tag("app_job") {
        Some(job) => job == wanted.app_job && tag("part") == Some(wanted.part.as_str()),
        None => wanted.file_id.is_some() && batch.input_file_id == wanted.file_id,
    }
}

/// The last line is not JSON: the download ended too early, whatever the length said (wire notes 5.4).
async fn ends_in_the_middle(file: &Path) -> bool {
    let file = file.to_owned();
    let last = tokio::task::spawn_blocking(move || last_line(&file).ok().flatten()).await;
    let Ok(Some(last)) = last else { return false };
    serde_json::from_slice::<serde::de::IgnoredAny>(&last).is_err_and(|error| error.is_eof())
}

/// The last line with something on it, if it is shorter than a megabyte.
fn last_line(file: &Path) -> std::io::Result<Option<Vec<u8>>> {
    use std::io::{Read, Seek, SeekFrom};
    const TAIL: u64 = 1 << 20;
    let mut file = std::fs::File::open(file)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let end = tail
        .iter()
        .rposition(|byte| !byte.is_ascii_whitespace())
        .map_or(0, |at| at + 1);
    tail.truncate(end);
    let start = tail.iter().rposition(|byte| *byte == b'\n');
    Ok(match start {
        _ if tail.is_empty() => None,
        Some(start) => Some(tail[start + 1..].to_vec()),
        None if length <= TAIL => Some(tail),
        None => None,
    })
}

fn cut_short(service: &str) -> Fault {
    Fault {
        failure: Failure::new("download-cut").with("service", service),
        kind: FaultKind::Network,
    }
}

fn disk(error: &std::io::Error) -> Fault {
    let code = match error.kind() {
        std::io::ErrorKind::StorageFull => "disk-full",
        std::io::ErrorKind::NotFound => "file-not-found",
        _ => "disk-failed",
    };
    Fault {
        failure: Failure::new(code).detail(error.to_string()),
        kind: FaultKind::Disk,
    }
}
