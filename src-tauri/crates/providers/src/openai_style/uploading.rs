//! Bringing a part's file to a service as a form, streamed from disk.

use std::time::Duration;

use futures::StreamExt;
use reqwest::Body;
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use tabane_model::Failure;
use tokio::time::{Instant, sleep};
use tokio_util::io::ReaderStream;

use crate::http::{Http, Pulse, disk, patiently};
use crate::lenient::text;
use crate::{Fault, FaultKind, Parcel, Uploaded};

/// Bytes read from disk at a time.
const CHUNK: usize = 1 << 16;

/// Between looks at a file that is being looked through; doubles up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// A file is given this long. No figure is published; 200 MB were seen to take some minutes, so it is generous.
const MOST: Duration = Duration::from_secs(15 * 60);

/// `POST /files` as OpenAI takes it.
pub(crate) async fn upload(http: &Http, parcel: &Parcel) -> Result<Uploaded, Fault> {
    let reply = upload_form(http, "/files", &[("purpose", "batch".to_owned())], parcel).await?;
    let file_id = text(&reply["id"]).ok_or_else(|| http.not_an_api(&reply.to_string()))?;
    Ok(Uploaded { file_id })
}

/// Sends the file with these fields before it. Gives the service's answer.
pub(crate) async fn upload_form(
    http: &Http,
    path: &str,
    fields: &[(&'static str, String)],
    parcel: &Parcel,
) -> Result<Value, Fault> {
    let file = tokio::fs::File::open(&parcel.file)
        .await
        .map_err(|error| disk(&error))?;
    let length = file.metadata().await.map_err(|error| disk(&error))?.len();
    let pulse = Pulse::new();
    let beating = pulse.clone();
    let chunks = ReaderStream::with_capacity(file, CHUNK).inspect(move |_| beating.beat());
    let part = Part::stream_with_length(Body::wrap_stream(chunks), length)
        .file_name(file_name(parcel))
        .mime_str("application/jsonl")
        .map_err(|error| http.transport(&error))?;
    let form = fields
        .iter()
        .fold(Form::new(), |form, (name, value)| form.text(*name, value.clone()));
    let request = http.act_without_limit(path).multipart(form.part("file", part));
    http.while_it_moves(&pulse, http.json(request)).await
}

/// Services take a file by the ending of its name, and tell the name in their lists.
pub(crate) fn file_name(parcel: &Parcel) -> String {
    format!("{}.jsonl", parcel.name)
}

/// How far a service is with looking through a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Readiness {
    Ready,
    NotYet,
    Unusable,
}

/// Waits until the service has looked through an uploaded file.
///
/// # Errors
/// `upload-not-processed`: it found the file unusable. `network-timeout`: it is not done after a quarter of an hour.
pub(crate) async fn until_ready(
    http: &Http,
    path: &str,
    readiness: fn(&Value) -> Readiness,
) -> Result<(), Fault> {
    let given_up = Instant::now() + MOST;
    let mut wait = FIRST_WAIT;
    loop {
        let told = patiently(|| http.json(http.read(path))).await?;
        match readiness(&told) {
            Readiness::Ready => return Ok(()),
            Readiness::Unusable => return Err(unusable(http, &told)),
            Readiness::NotYet if Instant::now() >= given_up => return Err(http.too_slow()),
            Readiness::NotYet => sleep(wait).await,
        }
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

fn unusable(http: &Http, told: &Value) -> Fault {
    let mut failure = Failure::new("upload-not-processed").with("service", http.service);
    let why = text(&told["status_details"]).or_else(|| text(&told["status"]["message"]));
    failure.detail = why.map(|why| http.hidden(&why));
    Fault {
        failure,
        kind: FaultKind::Refused(422),
    }
}
