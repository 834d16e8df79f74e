//! Files dropped on the window. Paths are taken from the native event only: a page could forge one.

use std::path::PathBuf;

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
    if let Err(error) = dropped.emit(handle) {
        tracing::warn!(%error, "the page could not be told of a drop");
    }
}
