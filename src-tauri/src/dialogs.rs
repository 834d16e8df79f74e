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

/// Takes over a batch; with `with_requests` its request file is asked for first. `None`: no file was chosen.
pub(crate) async fn adopt(
    handle: &AppHandle,
    app: &App,
    connection: &str,
    batch_id: &str,
    with_requests: bool,
) -> Result<Option<String>, Failure> {
    if !with_requests {
        return app.adopt_by(connection, batch_id, None).await.map(Some);
    }
    let language = language(app);
    let (answer, chosen) = oneshot::channel();
    dialog(handle, language, "dialog-choose-files")
        .add_filter(
            language.text("file-kind-requests", &Args::new()),
            &["jsonl", "ndjson", "json", "txt"],
        )
        .pick_file(move |file| {
            let _ = answer.send(file);
        });
    match chosen.await.ok().flatten().and_then(local) {
        Some(path) => app.adopt_by(connection, batch_id, Some(&path)).await.map(Some),
        None => Ok(None),
    }
}

/// What a spreadsheet may end in.
const DATA: &[&str] = &["xlsx", "xlsm", "xls", "ods", "csv", "tsv", "tab", "txt"];

/// Asks for a study or a spreadsheet, and opens a study with it.
pub(crate) async fn choose_study_file(handle: &AppHandle, app: &App) -> Result<Option<String>, Failure> {
    let language = language(app);
    let endings: Vec<&str> = ["tabane"].iter().chain(DATA).copied().collect();
    let (answer, chosen) = oneshot::channel();
    dialog(handle, language, "dialog-choose-study")
        .add_filter(language.text("file-kind-study", &Args::new()), &endings)
        .pick_file(move |file| {
            let _ = answer.send(file);
        });
    match chosen.await.ok().flatten().and_then(local) {
        None => Ok(None),
        Some(path)
            if path
                .extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("tabane")) =>
        {
            app.add_study_file(&path).await.map(Some)
        }
        Some(path) => app.study_from_data(&path).await.map(Some),
    }
}

/// Asks for a spreadsheet; the page gets an opaque id of it.
pub(crate) async fn choose_data(handle: &AppHandle, app: &App) -> Option<String> {
    let language = language(app);
    let (answer, chosen) = oneshot::channel();
    dialog(handle, language, "dialog-choose-data")
        .add_filter(language.text("file-kind-data", &Args::new()), DATA)
        .pick_file(move |file| {
            let _ = answer.send(file);
        });
    let path = chosen.await.ok().flatten().and_then(local)?;
    Some(app.add_data(&path))
}

/// Asks where to write the study file; gives its name.
pub(crate) async fn save_study_file(
    handle: &AppHandle,
    app: &App,
    id: &str,
) -> Result<Option<String>, Failure> {
    let name = app.study_file_name(id)?;
    let Some(path) = save_as(
        handle,
        app,
        "dialog-save-study",
        "file-kind-study",
        &name,
        "tabane",
    )
    .await
    else {
        return Ok(None);
    };
    app.write_study_file(id, &path).await?;
    Ok(path.file_name().map(|name| name.to_string_lossy().into_owned()))
}

/// Asks where to write the requests for one of the study's models.
pub(crate) async fn save_request_file(
    handle: &AppHandle,
    app: &App,
    id: &str,
    model: u32,
) -> Result<Option<ExportView>, Failure> {
    let name = app.request_file_name(id, model)?;
    match save_as(
        handle,
        app,
        "dialog-save-requests",
        "file-kind-requests",
        &name,
        "jsonl",
    )
    .await
    {
        None => Ok(None),
        Some(path) => app.write_request_file(id, model, &path).await.map(Some),
    }
}

async fn save_as(
    handle: &AppHandle,
    app: &App,
    title: &str,
    kind: &str,
    name: &str,
    ending: &str,
) -> Option<PathBuf> {
    let language = language(app);
    let (answer, chosen) = oneshot::channel();
    dialog(handle, language, title)
        .set_file_name(name)
        .add_filter(language.text(kind, &Args::new()), &[ending])
        .save_file(move |file| {
            let _ = answer.send(file);
        });
    let mut path = chosen.await.ok().flatten().and_then(local)?;
    if path.extension().is_none() {
        path.set_extension(ending);
        // The dialog asked about the name without its ending: nothing else is written over unasked.
        let stem = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for number in 2_u32.. {
            if !path.exists() {
                break;
            }
            path.set_file_name(format!("{stem} {number}.{ending}"));
        }
    }
    Some(path)
}

/// Asks where to write, then writes.
pub(crate) async fn export_rows(
    handle: &AppHandle,
    app: &App,
    order: ExportOrder,
) -> Result<Option<ExportView>, Failure> {
    let name = app.export_name(&order)?;
    let kind = format!("file-kind-{}", order.format);
    let Some(path) = save_as(handle, app, "dialog-export", &kind, &name, &order.format).await else {
        return Ok(None);
    };
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
