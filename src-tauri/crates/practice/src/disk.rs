//! Records as small JSON files that are whole or not there.

use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Ending of a file that is still being written; what a crash leaves of them is removed at the next start.
pub(crate) const UNFINISHED: &str = "part";

pub(crate) fn save<T: Serialize>(path: &Path, record: &T) -> io::Result<()> {
    let unfinished = path.with_extension(UNFINISHED);
    fs::write(&unfinished, serde_json::to_vec(record)?)?;
    fs::rename(unfinished, path)
}

/// All records of a folder (made if need be). One that cannot be read is left out: this is practice, not data.
pub(crate) fn load_all<T: DeserializeOwned>(dir: &Path) -> io::Result<Vec<T>> {
    fs::create_dir_all(dir)?;
    let mut records = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some(UNFINISHED) => fs::remove_file(&path)?,
            Some("json") => records.extend(serde_json::from_slice(&fs::read(&path)?).ok()),
            _ => {}
        }
    }
    Ok(records)
}
