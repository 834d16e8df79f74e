//! What the page is told: what became stale, and what hovers over the window or was dropped on it.

use serde::{Deserialize, Serialize};
use specta::Type;
use tabane_app::Stale;
use tabane_model::Failure;
use tauri_specta::Event;

#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(crate) struct Changed(pub Stale);

/// The window is to be closed.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(crate) struct Closing;

/// Files hover over the window.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(crate) struct Dropping {
    pub over: bool,
    pub files: u32,
}

/// Files were dropped and taken in as drafts or studies.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(crate) struct Dropped {
    pub drafts: Vec<String>,
    pub studies: Vec<String>,
    /// The first file that could not be taken in.
    pub failure: Option<Failure>,
}
