//! Google's resumable upload: an address is asked for once, pieces go there one after another, and after a cut it is
//! asked how far they came (wire notes 2.3).

use std::io::SeekFrom;
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::StreamExt;
use reqwest::header::CONTENT_LENGTH;
use reqwest::{Body, Method, RequestBuilder, Url};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::sum::Sum;
use super::{described, looked_at};
use crate::http::{Http, Pulse, Reply, disk};
use crate::{Fault, FaultKind, Parcel};

/// Bytes of a piece: what google-genai 3.4.0 sends.
const PIECE: u64 = 8 << 20;

/// Bytes read from disk at a time.
const CHUNK: usize = 1 << 16;

/// Attempts to go on from the same place.
const ATTEMPTS: u32 = 4;

/// Before the first of them; doubled before each next one.
const PAUSE: Duration = Duration::from_millis(500);

/// A longer wait is the runner's: it can be closed meanwhile.
const LONGEST: Duration = Duration::from_secs(20);

/// An upload under way. Kept beside the part, so that it can be taken up after a restart. The address carries its own
/// right to write this one file, and no key.
#[derive(Serialize, Deserialize)]
pub(super) struct Session {
    url: String,
    pub(super) name: String,
    bytes: u64,
    sha256: String,
    /// Pieces but the last are a multiple of this.
    granularity: u64,
    #[serde(skip)]
    file: PathBuf,
}

/// How far it came.
enum Reached {
    Byte(u64),
    /// All is there; with what the service says of the file.
    End(Value),
}

impl Session {
    /// The one that an earlier attempt at this very file left.
    pub(super) async fn left(file: &Path, sum: &Sum) -> Option<Self> {
        let text = tokio::fs::read_to_string(beside(file)).await.ok()?;
        let session: Self = serde_json::from_str(&text).ok()?;
        let same = session.bytes == sum.bytes && session.sha256 == sum.sha256;
        same.then(|| Self {
            file: file.to_owned(),
            ..session
        })
    }

    pub(super) async fn begin(http: &Http, parcel: &Parcel, name: &str, sum: &Sum) -> Result<Self, Fault> {
        let request = http
            .act("/upload/v1beta/files")
            .header("x-goog-upload-protocol", "resumable")
            .header("x-goog-upload-command", "start")
            .header("x-goog-upload-header-content-length", sum.bytes)
            .header("x-goog-upload-header-content-type", "application/jsonl")
            .json(&described(parcel, name));
        let reply = http.reply(request).await?;
        if !reply.status.is_success() {
            return Err(fault_of(http, &reply));
        }
        let url = header(&reply, "x-goog-upload-url").and_then(|url| at_our_host(url, http.base()));
        let session = Self {
            url: url.ok_or_else(|| http.not_an_api(&reply.body))?,
            name: name.to_owned(),
            bytes: sum.bytes,
            sha256: sum.sha256.clone(),
            granularity: count(&reply, "x-goog-upload-chunk-granularity")
                .unwrap_or(1)
                .max(1),
            file: parcel.file.clone(),
        };
        let kept = serde_json::to_string(&session).unwrap_or_default();
        tokio::fs::write(beside(&session.file), kept)
            .await
            .map_err(|error| disk(&error))?;
        Ok(session)
    }

    /// Nothing of it is of use any more.
    pub(super) async fn forget(&self) {
        // What cannot be deleted is not believed again: the service knows the session no longer.
        drop(tokio::fs::remove_file(beside(&self.file)).await);
    }

    /// From the beginning.
    pub(super) async fn send(&self, http: &Http) -> Result<Value, Fault> {
        self.send_from(http, Some(0)).await
    }

    /// From where the service has got to.
    pub(super) async fn go_on(&self, http: &Http) -> Result<Value, Fault> {
        self.send_from(http, None).await
    }

    /// `at`: the next byte to send; `None`: it has to be asked for.
    async fn send_from(&self, http: &Http, mut at: Option<u64>) -> Result<Value, Fault> {
        let (mut furthest, mut attempts) = (0, 0);
        loop {
            let reached = match at {
                Some(at) => self.piece(http, at).await,
                None => self.reached(http).await,
            };
            match reached {
                Ok(Reached::End(file)) => return Ok(file),
                Ok(Reached::Byte(byte)) => {
                    if byte > furthest {
                        (furthest, attempts) = (byte, 0);
                    }
                    at = Some(byte);
                }
                Err(fault) if passes(&fault.kind) && attempts < ATTEMPTS => {
                    let wait = fault.retry_after().unwrap_or(PAUSE * (1 << attempts));
                    attempts += 1;
                    tokio::time::sleep(wait).await;
                    at = None;
                }
                Err(fault) => return Err(fault),
            }
        }
    }

    async fn piece(&self, http: &Http, at: u64) -> Result<Reached, Fault> {
        let left = self.bytes.saturating_sub(at);
        let most = (PIECE / self.granularity).max(1) * self.granularity;
        let size = left.min(most);
        let last = size == left;
        let mut file = File::open(&self.file).await.map_err(|error| disk(&error))?;
        file.seek(SeekFrom::Start(at))
            .await
            .map_err(|error| disk(&error))?;
        let pulse = Pulse::new();
        let beating = pulse.clone();
        let bytes = ReaderStream::with_capacity(file.take(size), CHUNK).inspect(move |_| beating.beat());
        let request = self
            .command(http, if last { "upload, finalize" } else { "upload" })
            .header("x-goog-upload-offset", at)
            .header(CONTENT_LENGTH, size)
            .body(Body::wrap_stream(bytes));
        let reply = http.while_it_moves(&pulse, http.reply(request)).await?;
        if !reply.status.is_success() {
            return Err(fault_of(http, &reply));
        }
        match header(&reply, "x-goog-upload-status") {
            Some("active") if !last => Ok(Reached::Byte(at + size)),
            Some("final") => Ok(Reached::End(http.value(&reply)?["file"].clone())),
            _ => Err(http.not_an_api(&reply.body)),
        }
    }

    async fn reached(&self, http: &Http) -> Result<Reached, Fault> {
        let request = self
            .command(http, "query")
            .header(CONTENT_LENGTH, 0)
            .timeout(Duration::from_secs(30));
        let reply = http.reply(request).await?;
        if !reply.status.is_success() {
            return Err(fault_of(http, &reply));
        }
        let received =
            count(&reply, "x-goog-upload-size-received").filter(|received| *received <= self.bytes);
        match (header(&reply, "x-goog-upload-status"), received) {
            (Some("active"), Some(received)) => Ok(Reached::Byte(received)),
            (Some("final"), _) => Ok(Reached::End(looked_at(http, &self.name).await?)),
            _ => Err(http.not_an_api(&reply.body)),
        }
    }

    fn command(&self, http: &Http, command: &'static str) -> RequestBuilder {
        http.act_signed(Method::POST, &self.url)
            .header("x-goog-upload-command", command)
    }
}

/// Faults after which it is worth going on. An upload costs nothing, so it may be sent again.
pub(super) fn passes(kind: &FaultKind) -> bool {
    match kind {
        FaultKind::Network | FaultKind::Unreachable | FaultKind::Server => true,
        FaultKind::RateLimited { retry_after } => retry_after.is_none_or(|wait| wait <= LONGEST),
        _ => false,
    }
}

fn fault_of(http: &Http, reply: &Reply) -> Fault {
    match http.value(reply) {
        Err(fault) => fault,
        Ok(_) => http.not_an_api(&reply.body),
    }
}

fn header<'a>(reply: &'a Reply, name: &str) -> Option<&'a str> {
    reply.headers.get(name)?.to_str().ok()
}

fn count(reply: &Reply, name: &str) -> Option<u64> {
    header(reply, name)?.trim().parse().ok()
}

/// The address with our host in place of its own, as google-genai does it: behind a proxy or a stand-in the service
/// does not know where it is reached.
fn at_our_host(url: &str, base: &str) -> Option<String> {
    let (url, ours) = (Url::parse(url).ok()?, Url::parse(base).ok()?);
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!(
        "{}{}{query}",
        ours.origin().ascii_serialization(),
        url.path()
    ))
}

/// Where a session is kept.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".upload");
    file.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_goes_to_no_other_host() {
        let of = |url| at_our_host(url, "http://127.0.0.1:5/gemini");
        assert_eq!(
            of("https://elsewhere.example/upload/v1beta/files?upload_id=x").as_deref(),
            Some("http://127.0.0.1:5/upload/v1beta/files?upload_id=x")
        );
        assert_eq!(of("/upload"), None);
    }
}
