//! The services that answer batches: their limits, how they are spoken to, how their answers are read.
//!
//! Knows HTTP and the dialects; knows no database and no window. No verb hides two effects, and a create is never
//! repeated here: only the runner, which has written down what it is about to do, may decide that.

mod fault;
mod http;
mod openai_style;
mod profile;

use std::collections::BTreeMap;
use std::path::Path;

use async_trait::async_trait;
use secrecy::SecretString;
use tabane_model::{Failure, Millis, RemoteCounts, RemoteState};

pub use fault::{Created, Fault, FaultKind, Refusal};
pub use openai_style::read_result_line;
pub use profile::{Profile, profile, profiles};

/// Where to speak to and with which key. Neither prints the key.
#[derive(Debug)]
pub struct Account {
    /// With or without `/v1`, a trailing slash, or `/v1/batches` pasted behind it.
    pub base_url: String,
    /// Empty: no `Authorization` header is sent.
    pub key: SecretString,
}

/// Opens a service for an account. Nothing is sent yet.
///
/// # Errors
/// `base-url-wrong`: the address is none. `key-malformed`: the key holds what no key can.
pub fn open(profile: &'static Profile, account: Account) -> Result<Box<dyn Provider>, Failure> {
    Ok(Box::new(openai_style::Client::new(profile, account)?))
}

/// A file as the service has taken it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    pub file_id: String,
}

/// What a create asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub file_id: String,
    /// Such as `/v1/chat/completions`.
    pub endpoint: String,
    /// Such as `24h`.
    pub window: String,
    /// Our marks: at most 16 pairs, keys of 64 and values of 512 characters.
    pub tags: BTreeMap<String, String>,
}

/// What to look for after an unclear create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub app_job: String,
    pub part: String,
    pub file_id: Option<String>,
    /// When the create was sent; batches made more than ten minutes before are not looked at.
    pub since: Millis,
}

/// A batch as the service tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    pub id: String,
    /// The service's own word.
    pub status_raw: String,
    pub state: RemoteState,
    pub counts: RemoteCounts,
    pub created_at: Option<Millis>,
    pub expires_at: Option<Millis>,
    pub input_file_id: Option<String>,
    pub output_file_id: Option<String>,
    pub error_file_id: Option<String>,
    pub errors: Vec<BatchError>,
    pub tags: BTreeMap<String, String>,
}

/// Why a service refused a batch in its own check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchError {
    pub code: String,
    pub line: Option<u64>,
    pub message: String,
}

/// A file that was fetched whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    pub bytes: u64,
    /// Lower-case hexadecimal, of the bytes as received.
    pub sha256: String,
}

/// A service's verbs. Reads (`get`, `find`, `file_exists`, `download`, `models`) make up to four attempts; the others
/// are sent exactly once.
#[async_trait]
pub trait Provider: Send + Sync {
    /// Streams a file from disk. Free of charge.
    async fn upload(&self, file: &Path, name: &str) -> Result<Uploaded, Fault>;
    /// The one act that costs money.
    async fn create(&self, order: &Order) -> Created;
    async fn get(&self, batch_id: &str) -> Result<Batch, Fault>;
    /// Every batch that could be the wanted one.
    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault>;
    async fn file_exists(&self, file_id: &str) -> Result<bool, Fault>;
    /// To a temporary file beside `to`, renamed when it is whole.
    async fn download(&self, file_id: &str, to: &Path) -> Result<Downloaded, Fault>;
    async fn cancel(&self, batch_id: &str) -> Result<Batch, Fault>;
    /// The models that the key can see: also the answer to "does this key work".
    async fn models(&self) -> Result<Vec<String>, Fault>;
}
