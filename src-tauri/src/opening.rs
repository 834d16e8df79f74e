//! Opening the window: the data folder first, then the page, then what runs in the background.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tabane_app::{App, Options};
use tabane_model::{Failure, SystemClock};
use tauri::{AppHandle, Manager, RunEvent, WindowEvent};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

use crate::drops::Given;
use crate::{bindings, closing, drops, logging, notifications};

pub(crate) fn run() {
    let bindings = bindings::builder();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|handle, words, folder| {
            show(handle);
            let words = words.into_iter().skip(1).map(OsString::from);
            Given::of(words, Path::new(&folder)).open(handle);
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .invoke_handler(bindings.invoke_handler())
        .setup(move |tauri| {
            bindings.mount_events(tauri);
            let handle = tauri.handle().clone();
            match open() {
                Ok(app) => {
                    let folder = std::env::current_dir().unwrap_or_default();
                    tauri.manage(Given::of(std::env::args_os().skip(1), &folder));
                    tauri.manage(closing::Asked::default());
                    tauri.manage(app.clone());
                    notifications::listen(handle, app.clone());
                    tauri::async_runtime::spawn(async move { app.start() });
                }
                Err(failure) => refuse(&handle, &failure),
            }
            Ok(())
        })
        .on_window_event(|window, event| match event {
            WindowEvent::DragDrop(event) => drops::heard(window.app_handle(), event),
            WindowEvent::CloseRequested { api, .. } => closing::ask(window, api),
            // Back from sleep, most likely: look at what is due.
            WindowEvent::Focused(true) => {
                if let Some(app) = window.try_state::<App>() {
                    app.wake_up();
                }
            }
            _ => {}
        })
        .build(tauri::generate_context!());
    match built {
        Ok(tauri) => tauri.run(|handle, event| match event {
            RunEvent::Exit => tracing::info!("closed"),
            #[cfg(target_os = "macos")]
            RunEvent::Opened { urls } => {
                let files = urls.iter().filter_map(|url| url.to_file_path().ok());
                Given::of(files.map(OsString::from), Path::new("")).open(handle);
            }
            _ => {
                let _ = handle;
            }
        }),
        Err(error) => {
            tracing::error!(%error, "no window");
            std::process::exit(3);
        }
    }
}

fn open() -> Result<App, Failure> {
    let data_dir = std::env::var_os("TABANE_DATA_DIR")
        .map(PathBuf::from)
        .or_else(tabane_app::default_data_dir)
        .ok_or_else(|| Failure::new("data-folder-unknown"))?;
    logging::start(&data_dir);
    App::open(Options {
        data_dir,
        holder: "window".to_owned(),
        clock: Arc::new(SystemClock),
        secrets: Arc::new(tabane_keys::Keychain::new()),
        language: tabane_app::system_language().as_str().to_owned(),
        keys_from_environment: false,
        most_requests_in_part: None,
        practice_pace: std::env::var("TABANE_PRACTICE_PACE_MS")
            .ok()
            .and_then(|pace| pace.parse().ok()),
    })
}

/// The data folder cannot be used: said in a dialog of the system, for the page has nothing to show.
fn refuse(handle: &AppHandle, failure: &Failure) {
    let sentence = tabane_messages::failure(tabane_app::system_language(), failure);
    let text = [sentence.what, sentence.means, sentence.next].join("\n\n");
    if let Some(window) = handle.get_webview_window("main") {
        let _ = window.hide();
    }
    let ending = handle.clone();
    handle
        .dialog()
        .message(text)
        .title("Tabane")
        .kind(MessageDialogKind::Error)
        .show(move |_| ending.exit(3));
}

/// A second start brings the first window to the front.
fn show(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window("main") {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}
