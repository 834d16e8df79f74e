//! The services that answer batches: their limits, how they are spoken to, how their answers are read.
//!
//! Knows HTTP and the dialects; knows no database and no window. No verb hides two effects, and a create is never
//! repeated here: only the runner, which has written down what it is about to do, may decide that.

mod anthropic;
mod creating;
mod fault;
mod fireworks;
mod gemini;
mod http;
mod lenient;
mod mistral;
mod native;
mod openai_style;
mod openrouter;
mod profile;
mod results;
mod settings;
mod times;
mod together;
mod translate;
mod wire;
mod xai;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use secrecy::SecretString;
use tabane_model::{Failure, Millis, RemoteCounts, RemoteState, Settings};

pub use fault::{Created, Fault, FaultKind, Refusal};
pub use profile::{Dialect, Profile, RetentionFrom, profile, profiles};
pub use results::{id_in_line, read_result_line};
pub use settings::Setting;
pub use wire::{Asked, Options, Written, write_line};

/// Where to speak to and with which key. Neither prints the key.
#[derive(Debug)]
pub struct Account {
    /// With or without `/v1`, a trailing slash, or `/v1/batches` pasted behind it.
    pub base_url: String,
    /// Empty: none is sent.
    pub key: SecretString,
    /// What the service needs beside address and key, by the names in [`Profile::settings`].
    pub settings: Settings,
}

/// Opens a service for an account. Nothing is sent yet.
///
/// # Errors
/// `base-url-wrong`: the address is none. `key-malformed`: the key holds what no key can. `setting-missing`.
pub fn open(profile: &'static Profile, account: Account) -> Result<Box<dyn Provider>, Failure> {
    settings::complete(profile, &account.settings)?;
    match profile.dialect {
        Dialect::Gemini => Ok(Box::new(gemini::Client::new(profile, account)?)),
        Dialect::OpenAi => Ok(Box::new(openai_style::Client::new(profile, account)?)),
        Dialect::Anthropic => Ok(Box::new(anthropic::Client::new(profile, account)?)),
        Dialect::Mistral => Ok(Box::new(mistral::Client::new(profile, account)?)),
        Dialect::OpenRouter => Ok(Box::new(openrouter::Client::new(profile, account)?)),
        Dialect::Xai => Ok(Box::new(xai::Client::new(profile, account)?)),
        Dialect::Fireworks => Ok(Box::new(fireworks::Client::new(profile, account)?)),
        Dialect::Together => Ok(Box::new(together::Client::new(profile, account)?)),
        _ => Err(Failure::new("provider-unknown").with("provider", profile.name)),
    }
}

/// A part on its way to a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The part's file: one line a request, as [`write_line`] makes them.
    pub file: PathBuf,
    /// Ours alone: `tabane-<job>-<part>`, of `[a-z0-9-]`, at most 60 characters. The same at each attempt.
    pub name: String,
    pub requests: u32,
    pub bytes: u64,
    /// The model of all its lines; `None`: each names its own.
    pub model: Option<String>,
}

/// A part as the service has taken it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    /// The service's name for it. Services that take the requests with the create say our own name again.
    pub file_id: String,
}

/// What a create asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub file_id: String,
    pub parcel: Parcel,
    /// Such as `/v1/chat/completions`: what stands as `url` in the part's lines.
    pub endpoint: String,
    /// Such as `24h`.
    pub window: String,
    /// Our marks `app_job`, `part`, `sha256`: at most 16 pairs, keys of 64 and values of 512 characters.
    pub tags: BTreeMap<String, String>,
    /// The version of the interface that the lines were written for; `None`: the dialect knows but one.
    pub api_version: Option<String>,
}

/// What to look for after an unclear create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub app_job: String,
    pub part: String,
    pub parcel: Parcel,
    /// What the ids of its requests start with.
    pub nonce: String,
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
    /// What the service does not tell (or tells as nought until the end) is `None`.
    pub counts: RemoteCounts,
    pub created_at: Option<Millis>,
    /// When work on it ends at the latest.
    pub expires_at: Option<Millis>,
    pub input_file_id: Option<String>,
    /// What [`Provider::download`] takes for the answers; of no other meaning outside the dialect.
    pub output_file_id: Option<String>,
    /// The same for the failures, where they are apart.
    pub error_file_id: Option<String>,
    pub errors: Vec<BatchError>,
    pub tags: BTreeMap<String, String>,
    /// Its name or label at the service.
    pub name: Option<String>,
    pub model: Option<String>,
    pub endpoint: Option<String>,
}

impl Batch {
    /// A batch of which no more than this is known.
    #[must_use]
    pub fn new(id: impl Into<String>, state: RemoteState, status_raw: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            status_raw: status_raw.into(),
            state,
            counts: RemoteCounts::default(),
            created_at: None,
            expires_at: None,
            input_file_id: None,
            output_file_id: None,
            error_file_id: None,
            errors: Vec::new(),
            tags: BTreeMap::new(),
            name: None,
            model: None,
            endpoint: None,
        }
    }
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

/// A model that the key can see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub id: String,
    /// Whether it answers batches. `None`: not told.
    pub batch: Option<bool>,
}

/// What a connection test found besides failures.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Tested {
    pub models: Vec<Model>,
    /// What may stand in the way (a bucket in another region, an API that is off): said, never blocking.
    pub remarks: Vec<Failure>,
}

/// A service's verbs. Reads (`get`, `find`, `list`, `download`, `models`, `test`) make up to four attempts; `create`
/// and `cancel` are sent exactly once. An `upload` may be sent again: it costs nothing.
#[async_trait]
pub trait Provider: Send + Sync {
    /// Brings a part to the service, streamed from disk. Free of charge. Services that take the requests with the
    /// create have nothing to do here.
    async fn upload(&self, parcel: &Parcel) -> Result<Uploaded, Fault>;
    /// The one act that costs money.
    async fn create(&self, order: &Order) -> Created;
    async fn get(&self, batch_id: &str) -> Result<Batch, Fault>;
    /// Every batch that could be the wanted one.
    async fn find(&self, wanted: &Wanted) -> Result<Vec<Batch>, Fault>;
    /// The newest batches that the key can see, at most so many.
    async fn list(&self, most: usize) -> Result<Vec<Batch>, Fault>;
    /// To a temporary file beside `to`, renamed when it is whole. What a service tells in another form than lines is
    /// written as lines, each row as it was received.
    async fn download(&self, results: &str, to: &Path) -> Result<Downloaded, Fault>;
    /// Asks for the cancel and tells of the batch as it is then.
    async fn cancel(&self, batch_id: &str) -> Result<Batch, Fault>;
    /// The models that the key can see.
    async fn models(&self) -> Result<Vec<Model>, Fault>;
    /// Does this connection work, and what may stand in the way of a batch?
    async fn test(&self) -> Result<Tested, Fault> {
        Ok(Tested {
            models: self.models().await?,
            remarks: Vec::new(),
        })
    }
    /// Deletes what we laid down at the service for a part that is collected (Cloud Storage, BigQuery). Gives how many
    /// objects; nought where nothing of ours stays.
    async fn clean_up(&self, left: &Left) -> Result<u32, Fault> {
        let _ = left;
        Ok(0)
    }
}

/// What a collected part may have left at a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub file_id: Option<String>,
    pub output_file_id: Option<String>,
}
