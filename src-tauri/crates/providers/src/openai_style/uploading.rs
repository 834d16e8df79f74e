//! `POST /files`: a part goes up from disk.

use futures::StreamExt;
use reqwest::Body;
use reqwest::multipart::{Form, Part};
use tokio_util::io::ReaderStream;

use crate::http::{Http, Pulse, disk};
use crate::lenient::text;
use crate::{Fault, Parcel, Uploaded};

/// Bytes read from disk at a time.
const CHUNK: usize = 1 << 16;

pub(crate) async fn upload(http: &Http, parcel: &Parcel) -> Result<Uploaded, Fault> {
    let file = tokio::fs::File::open(&parcel.file)
        .await
        .map_err(|error| disk(&error))?;
    let length = file.metadata().await.map_err(|error| disk(&error))?.len();
    let pulse = Pulse::new();
    let beating = pulse.clone();
    let chunks = ReaderStream::with_capacity(file, CHUNK).inspect(move |_| beating.beat());
    let part = Part::stream_with_length(Body::wrap_stream(chunks), length)
        .file_name(format!("{}.jsonl", parcel.name))
        .mime_str("application/jsonl")
        .map_err(|error| http.transport(&error))?;
    let form = Form::new().text("purpose", "batch").part("file", part);
    let request = http.act_without_limit("/files").multipart(form);
    let reply = http.while_it_moves(&pulse, http.json(request)).await?;
    let file_id = text(&reply["id"]).ok_or_else(|| http.not_an_api(&reply.to_string()))?;
    Ok(Uploaded { file_id })
}
