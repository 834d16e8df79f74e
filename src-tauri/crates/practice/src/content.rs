//! `GET /files/{id}/content`: streams a stored file.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

use crate::faults::happens;
use crate::refusal::Refusal;
use crate::server::no_such_file;
use crate::service::Service;

const CHUNK: usize = 256 * 1024;

pub(crate) async fn content(
    State(service): State<Arc<Service>>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let record = service.files.get(&id).ok_or_else(|| no_such_file(&id))?;
    if record.purpose == "batch_output" && happens(&mut service.faults().results_gone) {
        return Err(no_such_file(&id));
    }
    let file = tokio::fs::File::open(service.files.content(&id)).await?;
    let (truncated, cut) = {
        let mut faults = service.faults();
        (
            happens(&mut faults.truncated_last_line),
            happens(&mut faults.cut_download),
        )
    };
    // A result line ends in `"error":null}` and more: ten bytes less is never JSON.
    let length = if truncated {
        record.bytes.saturating_sub(10)
    } else {
        record.bytes
    };
    let sent = if cut { length / 2 } else { length };
    let chunks = ReaderStream::with_capacity(file.take(sent), CHUNK);
    let end = futures::stream::iter(cut.then_some(())).then(|()| async {
        // The first half has to be on its way, or the cut takes the head of the answer with it.
        tokio::time::sleep(Duration::from_millis(50)).await;
        Err::<Bytes, _>(io::Error::from(io::ErrorKind::ConnectionReset))
    });
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
    ];
    Ok((headers, Body::from_stream(chunks.chain(end))).into_response())
}
