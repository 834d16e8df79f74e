//! An `App` for tests of this crate, in a folder of its own.

use std::path::Path;
use std::sync::Arc;

use crate::App;
use crate::view::ConnectionForm;

pub(crate) fn open(folder: &Path) -> App {
    App::open(crate::Options {
        data_dir: folder.join("data"),
        holder: "command-line".to_owned(),
        clock: Arc::new(tabane_model::SystemClock),
        secrets: Arc::new(tabane_keys::MemoryStore::new()),
        language: "en".to_owned(),
        keys_from_environment: false,
        practice_pace: None,
        most_requests_in_part: None,
    })
    .unwrap()
}

/// Of a new connection.
pub(crate) fn form(provider: &str, key: Option<&str>) -> ConnectionForm {
    ConnectionForm {
        id: None,
        provider: provider.to_owned(),
        name: String::new(),
        base_url: None,
        settings: tabane_model::Settings::new(),
        key: key.map(str::to_owned),
        forget_key: false,
        until_close: false,
    }
}
