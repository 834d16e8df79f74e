//! Native file dialogs. The page never learns a path: it gets draft and job ids.

use std::path::PathBuf;

use tabane_app::App;
use tabane_app::view::{ExportOrder, ExportView};
use tabane_messages::Language;
use tabane_model::{Args, Failure};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

/// Asks for request files and takes each in as a draft.
pub(crate) async fn choose_files(handle: &AppHandle, app: &App) -> Result<Vec<String>, Failure> {
    let language = language(app);
    let (answer, chosen) = oneshot::channel();
    dialog(handle, language, "dialog-choose-files")
        .add_filter(
            language.text("file-kind-requests", &Args::new()),
            &["jsonl", "ndjson", "json", "txt"],
        )
        .pick_files(move |files| {
            let _ = answer.send(files);
        });
    let files = chosen.await.ok().flatten().unwrap_or_default();
    let mut drafts = Vec::new();
    for path in files.into_iter().filter_map(local) {
        drafts.push(app.add_file(&path).await?);
    }
    Ok(drafts)
}

/// Asks where to write, then writes.
pub(crate) async fn export_rows(
    handle: &AppHandle,
    app: &App,
    order: ExportOrder,
) -> Result<Option<ExportView>, Failure> {
    let language = language(app);
    let name = app.export_name(&order)?;
    let (answer, chosen) = oneshot::channel();
    dialog(handle, language, "dialog-export")
        .set_file_name(&name)
        .add_filter(
            language.text(&format!("file-kind-{}", order.format), &Args::new()),
            &[order.format.as_str()],
        )
        .save_file(move |file| {
            let _ = answer.send(file);
        });
    let Some(mut path) = chosen.await.ok().flatten().and_then(local) else {
        return Ok(None);
    };
    if path.extension().is_none() {
        path.set_extension(&order.format);
    }
    app.export_to(order, &path).await.map(Some)
}

/// Asks for a result file that was downloaded elsewhere.
pub(crate) async fn import_results(handle: &AppHandle, app: &App) -> Result<Option<String>, Failure> {
    let language = language(app);
    let (answer, chosen) = oneshot::channel();
    dialog(handle, language, "dialog-import")
        .add_filter(
            language.text("file-kind-results", &Args::new()),
            &["jsonl", "ndjson", "json", "txt"],
        )
        .pick_file(move |file| {
            let _ = answer.send(file);
        });
    match chosen.await.ok().flatten().and_then(local) {
        None => Ok(None),
        Some(path) => app.import_results(&path, None).await.map(Some),
    }
}

pub(crate) fn show_in_folder(app: &App, id: u32) -> Result<(), Failure> {
    let path = app
        .exported_file(id)
        .ok_or_else(|| Failure::new("export-not-found"))?;
    tauri_plugin_opener::reveal_item_in_dir(path)
        .map_err(|error| Failure::new("folder-not-shown").detail(error.to_string()))
}

pub(crate) fn language(app: &App) -> Language {
    app.settings()
        .ok()
        .and_then(|settings| Language::parse(&settings.language))
        .unwrap_or(Language::En)
}

fn dialog(handle: &AppHandle, language: Language, title: &str) -> FileDialogBuilder<tauri::Wry> {
    let builder = handle
        .dialog()
        .file()
        .set_title(language.text(title, &Args::new()));
    match handle.get_webview_window("main") {
        Some(window) => builder.set_parent(&window),
        None => builder,
    }
}

fn local(path: FilePath) -> Option<PathBuf> {
    path.into_path().ok()
}
