//! The command surface: `App`'s public methods are the API of the window and the command line alike.
//!
//! It knows no Tauri. Everything that lasts is in the store; `App` holds only what a restart may forget:
//! running checks, open views, keys kept until Tabane closes, and the practice server.

mod account;
mod adopt;
mod check;
mod clean_up;
mod connections;
mod data_folder;
mod drafts;
mod exports;
mod failure;
mod fit;
mod import;
mod jobs;
mod results;
mod runner;
mod sample;
mod send;
mod settings;
mod studies;
mod taking;
#[cfg(test)]
mod trial;
pub mod view;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use secrecy::SecretString;
use tabane_keys::SecretStore;
use tabane_model::{Clock, Failure, JobId};
use tabane_store::Store;
use tokio::sync::broadcast;

pub use data_folder::default_data_dir;
pub use drafts::DraftId;
pub use fit::Fit;
pub use send::SendOrder;
pub use settings::system_language;
pub use studies::{
    BuiltPart, DataId, ImportedData, StudyId, StudyOrder, check_study, import_data, read_study_file,
    study_adaptations,
};
pub use taking::Taken;
pub use view::Stale;

/// How an `App` is opened.
pub struct Options {
    pub data_dir: PathBuf,
    /// Who holds the data folder, told to whoever comes second: `window` or `command-line`.
    pub holder: String,
    pub clock: Arc<dyn Clock>,
    pub secrets: Arc<dyn SecretStore>,
    /// `en` or `ja`, used until the user chooses.
    pub language: String,
    /// Look for keys in `TABANE_<ID>_API_KEY` too (the command line).
    pub keys_from_environment: bool,
    /// Milliseconds that a practice batch takes; `None`: the practice service's own pace.
    pub practice_pace: Option<u64>,
    /// Requests in one part; `None`: as many as the service takes.
    pub most_requests_in_part: Option<u64>,
}

/// Tabane without a window. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) data_dir: PathBuf,
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) secrets: Arc<dyn SecretStore>,
    pub(crate) first_language: String,
    pub(crate) keys_from_environment: bool,
    pub(crate) practice_pace: Option<u64>,
    pub(crate) most_requests_in_part: Option<u64>,
    changes: broadcast::Sender<Stale>,
    pub(crate) temporary_keys: Mutex<HashMap<String, SecretString>>,
    pub(crate) checks: Mutex<HashMap<DraftId, drafts::Check>>,
    pub(crate) views: Mutex<results::Views>,
    /// Spreadsheets that were chosen, by their opaque ids.
    pub(crate) data: Mutex<HashMap<studies::DataId, PathBuf>>,
    pub(crate) exports: Mutex<exports::Exports>,
    pub(crate) practice: tokio::sync::Mutex<Option<tabane_practice::Running>>,
    pub(crate) runner: Mutex<Option<runner::Handle>>,
    /// One thing is sent at a time: a second press finds it sent.
    pub(crate) sending: tokio::sync::Mutex<()>,
    /// Halving gives numbers to new parts: one at a time.
    pub(crate) halving: Mutex<()>,
}

impl App {
    /// Opens the data folder: takes its lock, migrates the database. Nothing runs yet; see [`App::start`].
    ///
    /// # Errors
    /// The folder is in use, unwritable, damaged or from a newer version.
    pub fn open(options: Options) -> Result<Self, Failure> {
        let now = options.clock.now();
        let store = Store::open(&options.data_dir, &options.holder, now).map_err(failure::of)?;
        let (changes, _) = broadcast::channel(1_024);
        let app = Self {
            inner: Arc::new(Inner {
                data_dir: options.data_dir,
                store,
                clock: options.clock,
                secrets: options.secrets,
                first_language: options.language,
                keys_from_environment: options.keys_from_environment,
                practice_pace: options.practice_pace,
                most_requests_in_part: options.most_requests_in_part,
                changes,
                temporary_keys: Mutex::default(),
                checks: Mutex::default(),
                views: Mutex::default(),
                data: Mutex::default(),
                exports: Mutex::default(),
                practice: tokio::sync::Mutex::default(),
                runner: Mutex::default(),
                sending: tokio::sync::Mutex::default(),
                halving: Mutex::default(),
            }),
        };
        app.clear_unfinished_preparations()?;
        Ok(app)
    }

    /// Starts the one actor that sends, polls and collects. Call it inside a Tokio runtime.
    pub fn start(&self) {
        let mut runner = lock(&self.inner.runner);
        if runner.is_none() {
            *runner = Some(runner::start(self.clone()));
        }
    }

    /// Tells the runner to look at what is due now.
    pub(crate) fn wake(&self) {
        if let Some(runner) = lock(&self.inner.runner).as_ref() {
            runner.wake();
        }
    }

    /// Looks at everything that is due at once: after sleep, or when the network came back.
    pub fn wake_up(&self) {
        self.wake();
    }

    /// What became stale, from now on.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Stale> {
        self.inner.changes.subscribe()
    }

    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.inner.data_dir
    }

    pub(crate) fn changed(&self, stale: Stale) {
        // No receiver is no fault: the command line may not listen.
        let _ = self.inner.changes.send(stale);
    }

    pub(crate) fn job_changed(&self, id: &JobId) {
        self.changed(Stale::Job { id: id.clone() });
        self.changed(Stale::Jobs);
    }

    pub(crate) fn now(&self) -> i64 {
        self.inner.clock.now()
    }

    /// Runs store work off the async threads.
    pub(crate) async fn with_store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self, &Store) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let app = self.clone();
        tokio::task::spawn_blocking(move || work(&app, &app.inner.store))
            .await
            .map_err(failure::of_task)?
    }
}

/// A poisoned lock only means that another thread panicked; the maps behind these locks stay whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
