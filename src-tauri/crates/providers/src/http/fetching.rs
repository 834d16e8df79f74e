//! Fetching a file of results: whole, or not at all.

use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use futures::StreamExt;
use reqwest::RequestBuilder;
use sha2::{Digest, Sha256};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::{Http, cut_short, disk, patiently};
use crate::{Downloaded, Fault};

/// Bytes at the end of a file in which the last line is looked for. Longer last lines are taken as they are.
const TAIL: u64 = 1 << 20;

/// `ask`: the request whose answer is the file, made anew for each attempt.
pub(crate) async fn fetch(
    http: &Http,
    ask: impl Fn() -> RequestBuilder + Sync,
    to: &Path,
) -> Result<Downloaded, Fault> {
    if let Some(folder) = to.parent() {
        tokio::fs::create_dir_all(folder)
            .await
            .map_err(|error| disk(&error))?;
    }
    let temporary = beside(to);
    let before = Mutex::new(None);
    let fetched = patiently(|| attempt(http, ask(), &temporary, &before)).await;
    settle(fetched, &temporary, to).await
}

/// Gives the file its name when it is whole.
pub(super) async fn settle(
    fetched: Result<Downloaded, Fault>,
    temporary: &Path,
    to: &Path,
) -> Result<Downloaded, Fault> {
    let moved = match fetched {
        Ok(fetched) => tokio::fs::rename(temporary, to)
            .await
            .map(|()| fetched)
            .map_err(|error| disk(&error)),
        Err(fault) => Err(fault),
    };
    match &moved {
        Ok(_) => keep_name(to).await,
        // Half a file is of no use; the next attempt begins anew.
        Err(_) => drop(tokio::fs::remove_file(temporary).await),
    }
    moved
}

/// `before`: the sum of the attempt before, if its file ended badly.
async fn attempt(
    http: &Http,
    request: RequestBuilder,
    temporary: &Path,
    before: &Mutex<Option<String>>,
) -> Result<Downloaded, Fault> {
    let fetched = receive(http, request, temporary).await?;
    if ends_badly(temporary.to_owned()).await {
        let last = before
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(fetched.sha256.clone());
        // The very same bytes twice: it is the service's own file that ends so, and the whole lines still count.
        if last.as_ref() != Some(&fetched.sha256) {
            return Err(cut_short(http.service));
        }
    }
    Ok(fetched)
}

async fn receive(http: &Http, request: RequestBuilder, temporary: &Path) -> Result<Downloaded, Fault> {
    let response = http.open(request).await?;
    // Of a compressed answer the length says nothing about the file; reqwest tells none then.
    let told = response.content_length();
    let mut file = File::create(temporary).await.map_err(|error| disk(&error))?;
    let (mut bytes, mut hash, mut first) = (0_u64, Sha256::new(), None);
    let mut chunks = response.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| http.transport(&error))?;
        first = first.or_else(|| chunk.iter().copied().find(|byte| !byte.is_ascii_whitespace()));
        if first == Some(b'<') {
            // A page: a captive portal or a proxy. Results begin with `{`.
            return Err(http.not_an_api("<"));
        }
        hash.update(&chunk);
        bytes += chunk.len() as u64;
        file.write_all(&chunk).await.map_err(|error| disk(&error))?;
    }
    if told.is_some_and(|told| told != bytes) {
        return Err(cut_short(http.service));
    }
    // The last write is not waited for before: a full disk shows itself here.
    file.flush().await.map_err(|error| disk(&error))?;
    file.sync_all().await.map_err(|error| disk(&error))?;
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Downloaded { bytes, sha256 })
}

/// Where a file grows before it is whole.
pub(crate) fn beside(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".arriving");
    to.with_file_name(name)
}

/// Sees to it that a renamed file has its new name for good: after a power cut the name is still there. Where folders cannot be opened (Windows) the system sees to that.
pub(crate) async fn keep_name(file: &Path) {
    if let Some(folder) = file.parent()
        && let Ok(folder) = File::open(folder).await
    {
        drop(folder.sync_all().await);
    }
}

/// The last line is no JSON: the download ended too early, whatever the length said (wire notes 5.4), or something
/// else than the file was sent.
async fn ends_badly(file: PathBuf) -> bool {
    let last = tokio::task::spawn_blocking(move || last_line(&file).ok().flatten()).await;
    let Ok(Some(last)) = last else { return false };
    serde_json::from_slice::<serde::de::IgnoredAny>(&last).is_err()
}

fn last_line(file: &Path) -> std::io::Result<Option<Vec<u8>>> {
    let mut file = std::fs::File::open(file)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let tail = tail.trim_ascii_end();
    Ok(match tail.iter().rposition(|byte| *byte == b'\n') {
        _ if tail.is_empty() => None,
        Some(start) => Some(tail[start + 1..].to_vec()),
        None if length <= TAIL => Some(tail.to_vec()),
        None => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_last_line_that_is_no_json_is_seen() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a");
        for (content, bad) in [
            ("{\"a\":1}\n{\"b\":\"x", true),
            ("{\"a\":1}\n{\"b\":tr", true),
            ("{\"a\":1}\n{\"b\":2}", false),
            ("{\"a\":1}\r\n\r\n", false),
            ("{\"a\":1}\nnonsense", true),
            // Somewhere else: that is the service's own file.
            ("nonsense\n{\"a\":1}\n", false),
            ("\n\n", false),
            ("", false),
        ] {
            std::fs::write(&file, content).unwrap();
            assert_eq!(ends_badly(file.clone()).await, bad, "{content}");
        }
        // Cut within a character.
        std::fs::write(&file, &"{\"a\":\"束".as_bytes()[..8]).unwrap();
        assert!(ends_badly(file).await);
    }

    #[test]
    fn temporary_files_of_two_targets_differ() {
        assert_eq!(
            beside(Path::new("/a/part-1.output.jsonl")),
            Path::new("/a/part-1.output.jsonl.arriving")
        );
    }
}
