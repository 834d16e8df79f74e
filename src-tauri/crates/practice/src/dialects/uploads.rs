//! Files that came up, for the dialects that take them whole. Kept in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::Multipart;
use axum::response::{IntoResponse, Response};

use super::Ledger;
use crate::connection::Scissors;
use crate::dialects::gate::cut_upload;
use crate::faults::Faults;
use crate::refusal::page;

/// A file that came up.
#[derive(Clone)]
pub(super) struct Upload {
    pub(super) name: String,
    pub(super) purpose: String,
    pub(super) content: Bytes,
}

/// By id.
#[derive(Clone, Default)]
pub(super) struct Uploads(Arc<Mutex<BTreeMap<String, Upload>>>);

impl Uploads {
    pub(super) fn get(&self, id: &str) -> Option<Upload> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(id)
            .cloned()
    }

    pub(super) fn keep(&self, id: &str, upload: Upload) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id.to_owned(), upload);
    }
}

/// Why a file is not taken.
pub(super) enum No {
    /// Answered already.
    Said(Response),
    TooLarge,
    /// What is wrong with the form.
    Form(String),
}

/// Reads the form of an upload. `most`: bytes that the service takes.
pub(super) async fn receive(
    ledger: &Ledger,
    connection: &Scissors,
    form: Result<Multipart, impl std::fmt::Display>,
    most: u64,
) -> Result<Upload, No> {
    let mut form = form.map_err(|error| No::Form(error.to_string()))?;
    let (mut file, mut purpose) = (None, String::new());
    while let Some(field) = form
        .next_field()
        .await
        .map_err(|error| No::Form(error.body_text()))?
    {
        let told = field.name().unwrap_or_default().to_owned();
        let name = field.file_name().unwrap_or_default().to_owned();
        let content = field.bytes().await.map_err(|error| No::Form(error.body_text()))?;
        match told.as_str() {
            "file" => file = Some((name, content)),
            "purpose" => purpose = String::from_utf8_lossy(&content).into_owned(),
            _ => {}
        }
    }
    if let Some(cut) = cut_upload(ledger, connection) {
        return Err(No::Said(cut));
    }
    let (name, content) = file.ok_or_else(|| No::Form("file is required".to_owned()))?;
    let faults: Faults = ledger.faults().clone();
    if content.len() as u64 > faults.upload_too_large_above.unwrap_or(most) {
        return Err(if faults.upload_too_large_html {
            No::Said(
                page(
                    axum::http::StatusCode::PAYLOAD_TOO_LARGE,
                    "413 Request Entity Too Large",
                )
                .into_response(),
            )
        } else {
            No::TooLarge
        });
    }
    Ok(Upload {
        name,
        purpose,
        content,
    })
}

/// The lines with something on them.
pub(super) fn lines(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    content
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
}
