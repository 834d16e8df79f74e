//! Files dropped on the window or opened with it. Paths are taken from the system only: a page could forge one.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tabane_app::{App, Taken};
use tauri::{AppHandle, DragDropEvent, Manager};
use tauri_specta::Event;

use crate::events::{Dropped, Dropping};

pub(crate) fn heard(handle: &AppHandle, event: &DragDropEvent) {
    let told = match event {
        DragDropEvent::Enter { paths, .. } => Dropping {
            over: true,
            files: u32::try_from(paths.len()).unwrap_or(u32::MAX),
        }
        .emit(handle),
        DragDropEvent::Leave => Dropping {
            over: false,
            files: 0,
        }
        .emit(handle),
        DragDropEvent::Drop { paths, .. } => {
            let told = Dropping {
                over: false,
                files: 0,
            }
            .emit(handle);
            let (handle, paths) = (handle.clone(), paths.clone());
            tauri::async_runtime::spawn(async move { take_in(&handle, paths).await });
            told
        }
        _ => Ok(()),
    };
    if let Err(error) = told {
        tracing::warn!(%error, "the page could not be told of a drag");
    }
}

async fn take_in(handle: &AppHandle, paths: Vec<PathBuf>) {
    let app = handle.state::<App>().inner().clone();
    if let Err(error) = taken(&app, paths).await.emit(handle) {
        tracing::warn!(%error, "the page could not be told of a drop");
    }
}

/// What came of files, one after the other.
async fn taken(app: &App, paths: Vec<PathBuf>) -> Dropped {
    let mut dropped = Dropped {
        drafts: Vec::new(),
        studies: Vec::new(),
        failure: None,
    };
    for path in paths {
        match app.take_in(&path).await {
            Ok(Taken::Draft(draft)) => dropped.drafts.push(draft),
            Ok(Taken::Study(study)) => dropped.studies.push(study),
            Err(failure) => dropped.failure = dropped.failure.or(Some(failure)),
        }
    }
    dropped
}

/// Files that the system gave at the start (a double click): the page asks for them once it listens.
#[derive(Default)]
pub(crate) struct Given(Mutex<Vec<PathBuf>>);

impl Given {
    /// The files among the words of a command line, seen from its folder.
    pub(crate) fn of(words: impl Iterator<Item = OsString>, folder: &Path) -> Self {
        let files = words.map(|word| folder.join(word)).filter(|path| path.is_file());
        Self(Mutex::new(files.collect()))
    }

    pub(crate) async fn take(&self, app: &App) -> Dropped {
        // Nothing panics while this is held.
        let paths = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        taken(app, paths).await
    }

    /// While the window is open already.
    pub(crate) fn open(self, handle: &AppHandle) {
        let paths = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !paths.is_empty() {
            let handle = handle.clone();
            tauri::async_runtime::spawn(async move { take_in(&handle, paths).await });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_are_there_are_opened() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let words = ["Cargo.toml", "--automation", "no such file", "src"].map(OsString::from);
        let given = Given::of(words.into_iter(), folder);
        assert_eq!(given.0.into_inner().unwrap(), [folder.join("Cargo.toml")]);
    }
}
