//! Files that were brought to a fake, in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::Multipart;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::Ledger;
use super::gate::{Connection, cut_upload};

#[derive(Clone, Debug, Default)]
pub(super) struct StoredFile {
    pub(super) name: String,
    /// `None`: announced, not there yet.
    pub(super) content: Option<Arc<[u8]>>,
}

/// Files by their ids.
#[derive(Default)]
pub(super) struct Shelf(Mutex<BTreeMap<String, StoredFile>>);

impl Shelf {
    fn files(&self) -> MutexGuard<'_, BTreeMap<String, StoredFile>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn put(&self, id: &str, file: StoredFile) {
        self.files().insert(id.to_owned(), file);
    }

    /// Puts the content where a file was announced.
    pub(super) fn fill(&self, id: &str, content: &[u8]) -> bool {
        match self.files().get_mut(id) {
            Some(file) => {
                file.content = Some(content.into());
                true
            }
            None => false,
        }
    }

    pub(super) fn get(&self, id: &str) -> Option<StoredFile> {
        self.files().get(id).cloned()
    }

    pub(super) fn content(&self, id: &str) -> Option<Arc<[u8]>> {
        self.get(id)?.content
    }
}

/// A form: its fields, and its file with its name.
#[derive(Default)]
pub(super) struct Received {
    pub(super) fields: BTreeMap<String, String>,
    pub(super) file: Option<(String, Vec<u8>)>,
}

/// Reads a form to its end, unless it is to be cut. `too_large`: how the service says so.
pub(super) async fn received(
    ledger: &Ledger,
    connection: &Connection,
    mut form: Multipart,
    too_large: fn() -> Response,
) -> Result<Received, Response> {
    if let Some(cut) = cut_upload(ledger, &connection.0) {
        return Err(cut);
    }
    let broken = |error: axum::extract::multipart::MultipartError| {
        (StatusCode::BAD_REQUEST, error.body_text()).into_response()
    };
    let mut received = Received::default();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = field.file_name().unwrap_or_default().to_owned();
            received.file = Some((file_name, field.bytes().await.map_err(broken)?.to_vec()));
        } else {
            received.fields.insert(name, field.text().await.map_err(broken)?);
        }
    }
    let bytes = received.file.as_ref().map_or(0, |(_, bytes)| bytes.len() as u64);
    if ledger
        .faults()
        .upload_too_large_above
        .is_some_and(|most| bytes > most)
    {
        return Err(too_large());
    }
    Ok(received)
}
