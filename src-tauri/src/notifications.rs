//! A desktop notification when a job ends; and every change handed on to the page.

use tabane_app::{App, Stale};
use tabane_model::Args;
use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt;
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;

use crate::dialogs;
use crate::events::Changed;

pub(crate) fn listen(handle: AppHandle, app: App) {
    let mut changes = app.changes();
    tauri::async_runtime::spawn(async move {
        loop {
            let stale = match changes.recv().await {
                Ok(stale) => stale,
                // Too many at once: all jobs may have changed.
                Err(RecvError::Lagged(_)) => Stale::Jobs,
                Err(RecvError::Closed) => return,
            };
            if let Stale::Ended { id } = &stale {
                notify(&handle, &app, id).await;
            }
            if let Err(error) = Changed(stale).emit(&handle) {
                tracing::warn!(%error, "the page could not be told of a change");
            }
        }
    });
}

async fn notify(handle: &AppHandle, app: &App, id: &str) {
    let Ok(job) = app.job(id).await else { return };
    let language = dialogs::language(app);
    let args: Args = [
        ("name".to_owned(), job.name.into()),
        ("answered".to_owned(), job.counts.succeeded.into()),
        ("requests".to_owned(), job.counts.requests.into()),
    ]
    .into();
    let shown = handle
        .notification()
        .builder()
        .title(language.text("notification-ended-title", &args))
        .body(language.text("notification-ended-body", &args))
        .show();
    if let Err(error) = shown {
        tracing::warn!(%error, "no notification");
    }
}
