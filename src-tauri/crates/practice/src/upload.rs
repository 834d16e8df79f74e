//! `POST /files`: the content goes to disk as it arrives.

use std::sync::Arc;

use axum::Json;
use axum::extract::multipart::Field;
use axum::extract::{ConnectInfo, Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::io::{AsyncWriteExt, BufWriter};
use uuid::Uuid;

use crate::connection::Scissors;
use crate::faults::happens;
use crate::files::FileRecord;
use crate::refusal::{Refusal, page};
use crate::service::Service;

/// Bytes of one file: OpenAI's limit behaves like 200 MB of 1,000,000 bytes (bespokelabsai/curator#113).
const MAX_BYTES: u64 = 200_000_000;

/// What came in the field `file`.
struct Received {
    name: String,
    bytes: u64,
    lines: u64,
}

pub(crate) async fn upload(
    State(service): State<Arc<Service>>,
    ConnectInfo(connection): ConnectInfo<Scissors>,
    form: Multipart,
) -> Response {
    if happens(&mut service.faults().cut_upload) {
        connection.cut();
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let id = format!("file-{}", Uuid::new_v4().simple());
    let result = receive(&service, &id, form).await;
    if result.is_err() {
        // It may not have been made yet.
        let _ = tokio::fs::remove_file(service.files.unfinished(&id)).await;
    }
    result.unwrap_or_else(|refused| refused)
}

async fn receive(service: &Service, id: &str, mut form: Multipart) -> Result<Response, Response> {
    let most = service.faults().upload_too_large_above.unwrap_or(MAX_BYTES);
    let mut received = None;
    let mut purpose = None;
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        match field.name() {
            Some("file") => received = Some(store(service, id, field, most).await?),
            Some("purpose") => purpose = Some(field.text().await.map_err(|error| broken(&error))?),
            _ => {}
        }
    }
    let missing = |param| {
        let message = format!("Missing required parameter: '{param}'.");
        Refusal::bad(message)
            .code("missing_required_parameter")
            .param(param)
            .into_response()
    };
    let received = received.ok_or_else(|| missing("file"))?;
    let purpose = purpose.ok_or_else(|| missing("purpose"))?;
    if received.bytes > most {
        return Err(if service.faults().upload_too_large_html {
            page(StatusCode::PAYLOAD_TOO_LARGE, "413 Request Entity Too Large")
        } else {
            Refusal::bad("File is too large.").param("file").into_response()
        });
    }
    // Upper case too is another ending to the service.
    if purpose == "batch" && !received.name.ends_with(".jsonl") {
        return Err(Refusal::bad("Must be .jsonl").param("file").into_response());
    }
    let Received { name, bytes, lines } = received;
    let created_at = service.clock.now();
    let record = FileRecord {
        id: id.to_owned(),
        name,
        purpose,
        bytes,
        lines,
        created_at,
        pending: service.twist.files_are_processed,
    };
    service.files.finish(&record).map_err(failed)?;
    Ok(Json::<Value>(record.object()).into_response())
}

/// Reads to the end also when it is too much: an answer in the middle of sending looks like a broken line.
async fn store(service: &Service, id: &str, mut field: Field<'_>, most: u64) -> Result<Received, Response> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let file = tokio::fs::File::create(service.files.unfinished(id))
        .await
        .map_err(failed)?;
    let mut file = BufWriter::with_capacity(1024 * 1024, file);
    let (mut bytes, mut lines, mut last) = (0_u64, 0_u64, b'\n');
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        bytes += chunk.len() as u64;
        lines += memchr::memchr_iter(b'\n', &chunk).count() as u64;
        last = chunk.last().copied().unwrap_or(last);
        if bytes <= most {
            file.write_all(&chunk).await.map_err(failed)?;
        }
    }
    file.flush().await.map_err(failed)?;
    lines += u64::from(last != b'\n');
    Ok(Received { name, bytes, lines })
}

fn failed(error: std::io::Error) -> Response {
    Refusal::from(error).into_response()
}

fn broken(error: &axum::extract::multipart::MultipartError) -> Response {
    Refusal::bad(error.body_text()).into_response()
}
