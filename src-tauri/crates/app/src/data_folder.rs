//! Where the data lie when nothing else is said: the same folder for the window and the command line.

use std::path::PathBuf;

/// The application's identifier, as in `tauri.conf.json`.
const IDENTIFIER: &str = "app.tabane";

/// Linux `$XDG_DATA_HOME` (else `~/.local/share`), macOS `~/Library/Application Support`, Windows `%APPDATA%`,
/// each with the application's own folder in it; `None` when the system names no home.
#[must_use]
pub fn default_data_dir() -> Option<PathBuf> {
    let named = |variable: &str| {
        std::env::var_os(variable)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let base = if cfg!(target_os = "windows") {
        named("APPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        named("XDG_DATA_HOME")
            .filter(|path| path.is_absolute())
            .or_else(|| named("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join(IDENTIFIER).join("data"))
}
