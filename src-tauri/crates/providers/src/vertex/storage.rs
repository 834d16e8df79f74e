//! Cloud Storage, as far as a job needs it (wire notes, section 4).

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use tabane_model::Failure;
use tokio::io::AsyncReadExt;

use super::google::{ACT, Google};
use super::places::{Object, refusal};
use super::resumable::Sending;
use crate::http::{Http, disk, segment};
use crate::lenient::{number, text};
use crate::{Fault, FaultKind};

/// Objects in a page: the service's most.
const PAGE: &str = "1000";

/// Pages of a folder at the most: a job writes a few files.
const MOST_PAGES: usize = 100;

pub(super) struct Storage<'a> {
    pub(super) google: &'a Google,
    /// `.../storage/v1`.
    pub(super) base: String,
    /// `.../upload/storage/v1`.
    pub(super) upload: String,
}

/// One object of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) name: String,
    pub(super) size: Option<u64>,
    pub(super) generation: Option<String>,
}

impl Storage<'_> {
    /// Where the bucket is. `None`: this account may not know, or it lies in several places.
    pub(super) async fn location(&self, bucket: &str) -> Result<Option<String>, Fault> {
        let url = format!("{}/b/{}", self.base, segment(bucket));
        match self
            .google
            .read(&url, &[("fields", "location,locationType")])
            .await
        {
            Ok(told) if told["locationType"] == "dual-region" => Ok(None),
            Ok(told) => Ok(text(&told["location"])),
            Err(fault) if fault.kind == FaultKind::NotFound => {
                let missing = Failure::new("bucket-missing").with("bucket", bucket);
                Err(refusal(Failure {
                    detail: fault.failure.detail,
                    ..missing
                }))
            }
            Err(fault) => Err(fault),
        }
    }

    /// Lays the file down under a name that nothing stands under yet. What stands there and is the same is taken over.
    pub(super) async fn put(&self, object: &Object, file: &Path) -> Result<(), Fault> {
        let (length, sum) = measured(file).await?;
        let begin = format!("{}/b/{}/o", self.upload, segment(&object.bucket));
        let sending = Sending {
            google: self.google,
            file,
            length,
            upload: &self.upload,
        };
        let reply = sending
            .send(|http: &Http| {
                http.act_signed(Method::POST, &begin)
                    .query(&[
                        ("uploadType", "resumable"),
                        ("name", object.name.as_str()),
                        ("ifGenerationMatch", "0"),
                    ])
                    .json(&json!({ "name": object.name, "contentType": "application/x-ndjson" }))
                    .timeout(ACT)
            })
            .await?;
        let stored = if reply.status == StatusCode::PRECONDITION_FAILED {
            self.google
                .read(&self.address(object), &[("fields", "size,crc32c")])
                .await?
        } else {
            self.google.value(&reply)?
        };
        if is_same(&stored, length, &sum) {
            return Ok(());
        }
        Err(refusal(
            Failure::new("object-differs").with("object", object.uri()),
        ))
    }

    /// Every object below the folder, in the order of the names.
    pub(super) async fn list(&self, folder: &Object) -> Result<Vec<Stored>, Fault> {
        let url = format!("{}/b/{}/o", self.base, segment(&folder.bucket));
        let prefix = format!("{}/", folder.name.trim_end_matches('/'));
        let (mut all, mut token) = (Vec::new(), String::new());
        for _ in 0..MOST_PAGES {
            let mut query = vec![
                ("prefix", prefix.as_str()),
                ("maxResults", PAGE),
                ("fields", "items(name,size,generation),nextPageToken"),
            ];
            if !token.is_empty() {
                query.push(("pageToken", &token));
            }
            let page = self.google.read(&url, &query).await?;
            let items = page["items"].as_array().into_iter().flatten();
            all.extend(items.filter_map(|item| {
                // The stand-in of section 7.1 lists what begins otherwise too.
                Some(Stored {
                    name: text(&item["name"]).filter(|name| name.starts_with(&prefix))?,
                    size: number(&item["size"]),
                    generation: text(&item["generation"]),
                })
            }));
            match text(&page["nextPageToken"]).filter(|next| *next != token) {
                Some(next) => token = next,
                None => break,
            }
        }
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(all)
    }

    /// An object's content from a place on: of the generation that was listed, so that two attempts fit together.
    pub(super) async fn open(&self, bucket: &str, stored: &Stored, from: u64) -> Result<Response, Fault> {
        let url = self.address(&Object {
            bucket: bucket.to_owned(),
            name: stored.name.clone(),
        });
        self.google
            .open(|http| {
                let request = http
                    .read_signed(&url)
                    .query(&[("alt", "media")])
                    // Pieces of a compressed stream would not fit together.
                    .header("accept-encoding", "identity");
                let request = match &stored.generation {
                    Some(generation) => request.query(&[("generation", generation)]),
                    None => request,
                };
                match from {
                    0 => request,
                    from => request.header("range", format!("bytes={from}-")),
                }
            })
            .await
    }

    /// Whether there was something to delete.
    pub(super) async fn delete(&self, object: &Object) -> Result<bool, Fault> {
        let url = self.address(object);
        deleted(self.google, &url).await
    }

    fn address(&self, object: &Object) -> String {
        format!(
            "{}/b/{}/o/{}",
            self.base,
            segment(&object.bucket),
            segment(&object.name)
        )
    }
}

/// Deletes what stands at an address of Cloud Storage or BigQuery.
pub(super) async fn deleted(google: &Google, url: &str) -> Result<bool, Fault> {
    let reply = google
        .reply(|http| http.act_signed(Method::DELETE, url).timeout(ACT))
        .await?;
    if reply.status.is_success() {
        return Ok(true);
    }
    match google.value(&reply) {
        Err(fault) if fault.kind == FaultKind::NotFound => Ok(false),
        Err(fault) => Err(fault),
        Ok(_) => Ok(true),
    }
}

/// A stand-in may tell no sum; the size is always told.
fn is_same(stored: &Value, length: u64, sum: &str) -> bool {
    number(&stored["size"]) == Some(length) && text(&stored["crc32c"]).is_none_or(|told| told == sum)
}

/// A file's length and its CRC32C as Google writes it: in base64, the highest byte first.
async fn measured(file: &Path) -> Result<(u64, String), Fault> {
    let mut file = tokio::fs::File::open(file).await.map_err(|error| disk(&error))?;
    let (mut length, mut sum, mut buffer) = (0_u64, 0_u32, vec![0; 1 << 20]);
    loop {
        let read = file.read(&mut buffer).await.map_err(|error| disk(&error))?;
        if read == 0 {
            return Ok((length, STANDARD.encode(sum.to_be_bytes())));
        }
        length += read as u64;
        sum = crc32c::crc32c_append(sum, &buffer[..read]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_sum_is_written_as_google_does() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a");
        // The check value of CRC-32C.
        std::fs::write(&file, "123456789").unwrap();
        assert_eq!(measured(&file).await.unwrap(), (9, "4waSgw==".to_owned()));
        let same = json!({"size": "9", "crc32c": "4waSgw=="});
        assert!(is_same(&same, 9, "4waSgw==") && is_same(&json!({"size": 9}), 9, "x"));
        assert!(!is_same(&same, 9, "x") && !is_same(&same, 8, "4waSgw==") && !is_same(&json!({}), 9, "x"));
    }
}
