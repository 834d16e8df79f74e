//! Google's resumable upload, the same for Cloud Storage and BigQuery (wire notes 4, 5): a session is begun, the file
//! goes there in pieces, and after a cut the session is asked how far it has come.

use std::io::SeekFrom;
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::StreamExt;
use reqwest::header::{CONTENT_LENGTH, CONTENT_RANGE, LOCATION, RANGE};
use reqwest::{Body, Method, RequestBuilder, Url};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::google::Google;
use crate::http::{Http, Pulse, Reply, disk};
use crate::{Fault, FaultKind};

/// What pieces are a multiple of, the last aside.
const GRAIN: u64 = 256 << 10;

/// Bytes of a piece.
const PIECE: u64 = 8 << 20;

/// Bytes read from disk at a time.
const CHUNK: usize = 1 << 16;

/// Cuts in a row without a byte of progress, before it is given up.
const CUTS: u32 = 4;

/// Sessions that may be lost.
const SESSIONS: u32 = 3;

/// One file on its way.
pub(super) struct Sending<'a> {
    pub(super) google: &'a Google,
    pub(super) file: &'a Path,
    pub(super) length: u64,
    /// What the session has to begin with.
    pub(super) upload: &'a str,
}

/// How a session stands.
enum Standing {
    /// It has so many bytes.
    At(u64),
    /// The service's last word: the thing made of the file, or a refusal.
    Ended(Reply),
    Lost,
}

impl Sending<'_> {
    /// The service's answer to the whole file, or its refusal to begin.
    ///
    /// `begin`: the request for a session.
    pub(super) async fn send(&self, begin: impl Fn(&Http) -> RequestBuilder) -> Result<Reply, Fault> {
        let mut kept = self.kept().await;
        for _ in 0..SESSIONS {
            let (session, from) = match kept.take() {
                // It may have come further than was heard of, or be over.
                Some(session) => (session, None),
                None => match self.begun(&begin).await? {
                    Ok(session) => (session, Some(0)),
                    Err(refusal) => {
                        self.forget().await;
                        return Ok(refusal);
                    }
                },
            };
            if let Some(reply) = self.through(&session, from).await? {
                self.forget().await;
                return Ok(reply);
            }
            self.forget().await;
        }
        Err(Fault {
            failure: tabane_model::Failure::new("network-cut").with("service", self.google.http.service),
            kind: FaultKind::Network,
        })
    }

    /// `Err`: a refusal.
    async fn begun(&self, begin: &impl Fn(&Http) -> RequestBuilder) -> Result<Result<Url, Reply>, Fault> {
        let reply = self
            .google
            .reply(|http| {
                begin(http)
                    .header("x-upload-content-type", "application/octet-stream")
                    .header("x-upload-content-length", self.length)
            })
            .await?;
        if !reply.status.is_success() {
            return Ok(Err(reply));
        }
        let told = reply.headers.get(LOCATION).and_then(|value| value.to_str().ok());
        let session = told.and_then(|told| trusted(self.upload, told));
        let session = session.ok_or_else(|| self.google.http.not_an_api(&reply.body))?;
        // The part is free to be sent anew: without this note it would only take longer.
        drop(tokio::fs::write(self.note(), session.as_str()).await);
        Ok(Ok(session))
    }

    /// `None`: the session is lost. `from`: what it has; `None`: it is to be asked.
    async fn through(&self, session: &Url, mut from: Option<u64>) -> Result<Option<Reply>, Fault> {
        let mut cuts = 0;
        loop {
            let sent = match from {
                Some(from) => self.piece(session, from).await,
                None => self.asked(session).await,
            };
            match sent {
                Ok(Standing::Ended(reply)) => return Ok(Some(reply)),
                Ok(Standing::Lost) => return Ok(None),
                Ok(Standing::At(next)) => {
                    // A piece that does not move is as good as cut; an answer to the question moves nothing.
                    match from {
                        Some(from) if next <= from => cuts += 1,
                        Some(_) => cuts = 0,
                        None => {}
                    }
                    from = Some(next);
                }
                Err(fault) if passes(&fault) => {
                    cuts += 1;
                    from = None;
                    if cuts > CUTS {
                        return Err(fault);
                    }
                }
                Err(fault) => return Err(fault),
            }
            if cuts > CUTS {
                return Ok(None);
            }
            if cuts > 0 {
                tokio::time::sleep(Duration::from_millis(250 << cuts)).await;
            }
        }
    }

    async fn piece(&self, session: &Url, from: u64) -> Result<Standing, Fault> {
        let size = PIECE.min(self.length.saturating_sub(from));
        let mut file = File::open(self.file).await.map_err(|error| disk(&error))?;
        file.seek(SeekFrom::Start(from))
            .await
            .map_err(|error| disk(&error))?;
        let pulse = Pulse::new();
        let beating = pulse.clone();
        let chunks = ReaderStream::with_capacity(file.take(size), CHUNK).inspect(move |_| beating.beat());
        let range = match size {
            0 => format!("bytes */{}", self.length),
            size => format!("bytes {from}-{}/{}", from + size - 1, self.length),
        };
        let request = |http: &Http| {
            http.act_signed(Method::PUT, session.as_str())
                .header(CONTENT_LENGTH, size)
                .header(CONTENT_RANGE, range)
        };
        let token = self.google.tokens.token().await?;
        let request = request(&self.google.http).body(Body::wrap_stream(chunks));
        let sent = async { self.google.once(token.as_ref(), request).await.0 };
        self.standing(self.google.http.while_it_moves(&pulse, sent).await?)
    }

    async fn asked(&self, session: &Url) -> Result<Standing, Fault> {
        let range = format!("bytes */{}", self.length);
        let reply = self.google.reply(|http| {
            http.act_signed(Method::PUT, session.as_str())
                .header(CONTENT_LENGTH, 0)
                .header(CONTENT_RANGE, &range)
                .timeout(Duration::from_secs(60))
        });
        self.standing(reply.await?)
    }

    fn standing(&self, reply: Reply) -> Result<Standing, Fault> {
        match reply.status.as_u16() {
            308 => Ok(Standing::At(stored(&reply).min(self.length))),
            404 | 410 => Ok(Standing::Lost),
            // A token that ended on the way, trouble, a pause: asked again.
            401 | 408 | 429 | 500..=599 => Err(match self.google.value(&reply) {
                Err(fault) => fault,
                Ok(_) => self.google.http.not_an_api(&reply.body),
            }),
            _ => Ok(Standing::Ended(reply)),
        }
    }

    /// A session of an earlier call, for this very file.
    async fn kept(&self) -> Option<Url> {
        let note = tokio::fs::read_to_string(self.note()).await.ok()?;
        trusted(self.upload, &note)
    }

    async fn forget(&self) {
        drop(tokio::fs::remove_file(self.note()).await);
    }

    /// Beside the part's file: a session outlives the program by days.
    fn note(&self) -> PathBuf {
        let mut name = self.file.file_name().unwrap_or_default().to_owned();
        name.push(".session");
        self.file.with_file_name(name)
    }
}

/// A session's address, if a token may go there: where the session was asked for, or another host of Google's.
fn trusted(upload: &str, session: &str) -> Option<Url> {
    let (asked, session) = (Url::parse(upload).ok()?, Url::parse(session).ok()?);
    let googles = |url: &Url| {
        url.scheme() == "https"
            && url
                .host_str()
                .is_some_and(|host| host.ends_with(".googleapis.com"))
    };
    let same = asked.origin() == session.origin() || (googles(&asked) && googles(&session));
    same.then_some(session)
}

/// The bytes that are stored, down to a whole grain: services keep no less, and take again what they have.
fn stored(reply: &Reply) -> u64 {
    let told = reply.headers.get(RANGE).and_then(|value| value.to_str().ok());
    let last = told.and_then(|told| told.trim().strip_prefix("bytes=0-")?.parse::<u64>().ok());
    last.map_or(0, |last| (last + 1) / GRAIN * GRAIN)
}

fn passes(fault: &Fault) -> bool {
    matches!(
        fault.kind,
        FaultKind::Network | FaultKind::Unreachable | FaultKind::Server | FaultKind::RateLimited { .. }
    ) || fault.failure.code == "key-refused" && fault.failure.args.get("status") == Some(&401_u32.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_to_google_or_to_where_the_session_was_asked_for() {
        const GOOGLE: &str = "https://bigquery.googleapis.com/upload/bigquery/v2";
        for (upload, session, good) in [
            (
                GOOGLE,
                "https://bigquery.googleapis.com/upload/x?upload_id=1",
                true,
            ),
            (GOOGLE, "https://www.googleapis.com/upload/x?upload_id=1", true),
            (GOOGLE, "http://www.googleapis.com/upload/x", false),
            (GOOGLE, "https://evil-googleapis.com/upload/x", false),
            ("http://127.0.0.1:9/upload", "http://127.0.0.1:9/x", true),
            ("http://127.0.0.1:9/upload", "https://www.googleapis.com/x", false),
            ("http://127.0.0.1:9/upload", "/upload/x", false),
        ] {
            assert_eq!(trusted(upload, session).is_some(), good, "{session}");
        }
    }
}
