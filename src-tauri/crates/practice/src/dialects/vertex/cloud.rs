//! What lies in the buckets and datasets of the fake, in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::saying::{not_found, old};
use super::sessions::Session;
use axum::http::StatusCode;

pub(super) type Shared = axum::Extension<Arc<Cloud>>;

/// A thing that is told of by name in every project: `projects/<number>/...`.
pub(super) const PROJECT_NUMBER: &str = "123456789012";

#[derive(Default)]
pub(super) struct Cloud {
    pub(super) things: Mutex<Things>,
    /// Generations of objects and names of sessions.
    counter: AtomicU64,
}

#[derive(Default)]
pub(super) struct Things {
    /// By bucket and name.
    pub(super) objects: BTreeMap<(String, String), Object>,
    pub(super) sessions: BTreeMap<String, Session>,
    /// By dataset and name.
    pub(super) tables: BTreeMap<(String, String), Table>,
    /// Load jobs by their ids.
    pub(super) loads: BTreeMap<String, Value>,
    /// Batches whose results lie there already.
    pub(super) written: BTreeSet<String>,
    pub(super) exchanges: Vec<Value>,
}

#[derive(Clone)]
pub(super) struct Object {
    pub(super) bytes: Arc<Vec<u8>>,
    pub(super) generation: u64,
}

#[derive(Clone)]
pub(super) struct Table {
    /// Name and type.
    pub(super) columns: Vec<(&'static str, &'static str)>,
    pub(super) rows: Vec<Vec<Option<String>>>,
    pub(super) location: String,
}

impl Cloud {
    pub(super) fn things(&self) -> MutexGuard<'_, Things> {
        self.things.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn next(&self) -> u64 {
        self.counter.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Lays an object down. `false`: there is one already, and `only_new`.
    pub(super) fn put(&self, bucket: &str, name: &str, bytes: Vec<u8>, only_new: bool) -> bool {
        let generation = 1_700_000_000_000_000 + self.next();
        let mut things = self.things();
        let key = (bucket.to_owned(), name.to_owned());
        if only_new && things.objects.contains_key(&key) {
            return false;
        }
        let bytes = Arc::new(bytes);
        things.objects.insert(key, Object { bytes, generation });
        true
    }

    pub(super) fn object(&self, bucket: &str, name: &str) -> Option<Object> {
        self.things()
            .objects
            .get(&(bucket.to_owned(), name.to_owned()))
            .cloned()
    }
}

impl Object {
    /// Numbers are texts, as 64-bit numbers are in Google's JSON.
    pub(super) fn told(&self, bucket: &str, name: &str) -> Value {
        json!({
            "kind": "storage#object", "bucket": bucket, "name": name,
            "id": format!("{bucket}/{name}/{}", self.generation),
            "generation": self.generation.to_string(), "metageneration": "1",
            "contentType": "application/octet-stream", "size": self.bytes.len().to_string(),
            "crc32c": STANDARD.encode(crc32c::crc32c(&self.bytes).to_be_bytes()),
        })
    }
}

/// A bucket or a dataset. Its name says what is wrong with it: `missing...`, `forbidden...`, and after `-in-` or `_in_`
/// where it is (`us-central1` otherwise).
pub(super) struct Place;

impl Place {
    /// # Errors
    /// What the service says of one that cannot be used.
    pub(super) fn location(name: &str) -> Result<String, Box<Response>> {
        if name.starts_with("missing") {
            return Err(Box::new(not_found(name)));
        }
        if name.starts_with("forbidden") {
            let message = format!("The caller does not have access to {name}.");
            return Err(Box::new(old(StatusCode::FORBIDDEN, "forbidden", &message)));
        }
        let told = name.split_once("-in-").or_else(|| name.split_once("_in_"));
        Ok(told.map_or_else(
            || "us-central1".to_owned(),
            |(_, location)| location.replace('_', "-"),
        ))
    }
}

/// So many from a place on, and where the next page begins.
pub(super) fn page<T>(all: &[T], from: usize, most: usize) -> (&[T], Option<usize>) {
    let from = from.min(all.len());
    let to = (from + most).min(all.len());
    (&all[from..to], (to < all.len()).then_some(to))
}
