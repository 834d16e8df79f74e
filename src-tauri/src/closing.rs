//! Closing the window: the page first writes down what it has not saved yet.

use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{CloseRequestApi, Manager, Window};
use tauri_specta::Event;

use crate::events::Closing;

/// Whether the page has been asked. A second press closes in any case: a page that hangs does not hold the window.
#[derive(Default)]
pub(crate) struct Asked(AtomicBool);

/// The page answers with `close_window` once everything is kept; if it cannot be, it says so and stays.
pub(crate) fn ask(window: &Window, api: &CloseRequestApi) {
    let Some(asked) = window.try_state::<Asked>() else {
        return;
    };
    if !asked.0.swap(true, Ordering::Relaxed) && Closing.emit(window.app_handle()).is_ok() {
        api.prevent_close();
    }
}
