//! Closing the window: the page first writes down what it has not saved yet.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tauri::{CloseRequestApi, Manager, Window};
use tauri_specta::Event;

use crate::events::Closing;

/// When the page was asked last. A second press soon after closes in any case: a page that hangs does not hold the
/// window.
#[derive(Default)]
pub(crate) struct Asked(Mutex<Option<Instant>>);

impl Asked {
    /// Whether the page is to be asked now.
    fn again(&self) -> bool {
        /// How long a press counts as the second of two.
        const PATIENCE: Duration = Duration::from_secs(10);
        // Nothing panics while this is held.
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let soon = last.is_some_and(|last| last.elapsed() < PATIENCE);
        *last = Some(Instant::now());
        !soon
    }
}

/// The page answers with `close_window` once everything is kept; if it cannot be, it says so and stays.
pub(crate) fn ask(window: &Window, api: &CloseRequestApi) {
    let Some(asked) = window.try_state::<Asked>() else {
        return;
    };
    if asked.again() && Closing.emit(window.app_handle()).is_ok() {
        api.prevent_close();
    }
}
