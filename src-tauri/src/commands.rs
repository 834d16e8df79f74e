//! One line per command: the window's API is `App`'s.

use tabane_app::view::{
    AdoptableView, ConnectionForm, ConnectionView, DataChoices, DataPreview, Decision, DraftView,
    ExportOrder, ExportView, JobView, ModelView, ResultsOf, RowDetail, RowView, ServiceView, Settings,
    StudyRow, StudyStart, StudyView, TestView, TimelineEntry, ViewFilter, ViewHandle,
};
use tabane_app::{App, StudyOrder};
use tabane_model::{Failure, Fix, RequestPreview, Study};
use tauri::{AppHandle, State};

use crate::dialogs;
use crate::drops::Given;
use crate::events::Dropped;

type Answer<T> = Result<T, Failure>;

macro_rules! commands {
    ($($name:ident($($argument:ident: $type:ty),*) -> $answer:ty = |$app:ident| $body:expr;)*) => {$(
        #[tauri::command]
        #[specta::specta]
        pub(crate) async fn $name(state: State<'_, App>, $($argument: $type),*) -> Answer<$answer> {
            let $app = state.inner();
            $body
        }
    )*};
}

commands! {
    settings() -> Settings = |app| app.settings();
    set_language(language: String) -> Settings = |app| app.set_language(&language);
    set_theme(theme: String) -> Settings = |app| app.set_theme(&theme);
    set_greeted() -> Settings = |app| app.set_greeted();
    services() -> Vec<ServiceView> = |app| Ok(app.services());
    connections() -> Vec<ConnectionView> = |app| app.connections().await;
    save_connection(form: ConnectionForm) -> ConnectionView = |app| app.save_connection(form).await;
    test_connection(id: String) -> ConnectionView = |app| app.test_connection(&id).await;
    test_form(form: ConnectionForm) -> TestView = |app| app.test_form(form).await;
    forget_connection(id: String) -> () = |app| app.forget_connection(&id).await;
    keychain() -> Option<Failure> = |app| Ok(app.keychain().await);
    open_sample() -> String = |app| app.open_sample().await;
    drafts() -> Vec<DraftView> = |app| app.drafts().await;
    draft(id: String) -> DraftView = |app| app.draft(&id).await;
    choose_connection(id: String, connection: String) -> DraftView =
        |app| app.choose_connection(&id, &connection).await;
    choose_model(id: String, model: Option<String>) -> DraftView =
        |app| app.choose_model(&id, model).await;
    choose_writing(id: String, max_tokens: Option<u32>, cache_prompt: bool) -> DraftView =
        |app| app.choose_writing(&id, max_tokens, cache_prompt).await;
    choose_window(id: String, window: String) -> DraftView = |app| app.choose_window(&id, &window).await;
    apply_fix(id: String, fix: Fix) -> DraftView = |app| app.apply_fix(&id, fix).await;
    undo_fix(id: String, fix: Fix) -> DraftView = |app| app.undo_fix(&id, fix).await;
    apply_safe_fixes(id: String) -> DraftView = |app| app.apply_safe_fixes(&id).await;
    check_again(id: String) -> DraftView = |app| app.check_again(&id).await;
    stop_check(id: String) -> () = |app| { app.stop_check(&id); Ok(()) };
    discard_draft(id: String) -> () = |app| app.discard_draft(&id).await;
    draft_line(id: String, line: u32) -> String = |app| app.draft_line(&id, line).await;
    send_draft(id: String) -> Vec<String> = |app| app.send_draft(&id).await;
    jobs(search: Option<String>) -> Vec<JobView> = |app| app.jobs(search, false).await;
    job(id: String) -> JobView = |app| app.job(&id).await;
    timeline(id: String) -> Vec<TimelineEntry> = |app| app.timeline(&id).await;
    cancel_job(id: String) -> JobView = |app| app.cancel_job(&id).await;
    delete_job(id: String) -> () = |app| app.delete_job(&id).await;
    resume_job(id: String) -> JobView = |app| app.resume_job(&id).await;
    decide(id: String, part: u32, decision: Decision) -> JobView = |app| app.decide(&id, part, decision).await;
    open_view(of: ResultsOf, filter: ViewFilter) -> ViewHandle = |app| app.open_view(of, filter).await;
    view_rows(view: u32, start: u32, len: u32) -> Vec<RowView> = |app| app.view_rows(view, start, len).await;
    row_detail(job: String, position: u32) -> RowDetail = |app| app.row_detail(&job, position).await;
    close_view(view: u32) -> () = |app| { app.close_view(view); Ok(()) };
    edit_cell(job: String, position: u32, field: u32, value: Option<String>) -> RowDetail =
        |app| app.edit_cell(&job, position, field, value).await;
    studies(search: Option<String>) -> Vec<StudyRow> = |app| app.studies(search).await;
    new_study(start: StudyStart) -> String = |app| app.new_study(start).await;
    study(id: String) -> StudyView = |app| app.study(&id).await;
    save_study(id: String, study: Study) -> StudyView = |app| app.save_study(&id, study).await;
    duplicate_study(id: String) -> String = |app| app.duplicate_study(&id).await;
    delete_study(id: String) -> () = |app| app.delete_study(&id).await;
    study_request(id: String, model: u32, position: u32) -> RequestPreview =
        |app| app.study_request(&id, model, position).await;
    data_preview(data: String, choices: DataChoices) -> DataPreview =
        |app| app.data_preview(&data, choices).await;
    use_data(id: String, data: String, choices: DataChoices, factor: Option<u32>, name: String) -> StudyView =
        |app| app.use_data(&id, &data, choices, factor, &name).await;
    send_study(id: String, cache_prompt: bool) -> Vec<String> = |app| {
        let order = StudyOrder { cache_prompt, ..StudyOrder::default() };
        app.send_study(&id, &order).await
    };
    adoptable(connection: String) -> Vec<AdoptableView> = |app| app.adoptable(&connection).await;
    clean_up(id: String) -> JobView = |app| app.clean_up(&id).await;
    models(connection: String) -> Vec<ModelView> = |app| app.models(&connection).await;
    stop_export() -> () = |app| { app.stop_export(); Ok(()) };
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_files(handle: AppHandle, state: State<'_, App>) -> Answer<Vec<String>> {
    dialogs::choose_files(&handle, state.inner()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn export_rows(
    handle: AppHandle,
    state: State<'_, App>,
    order: ExportOrder,
) -> Answer<Option<ExportView>> {
    dialogs::export_rows(&handle, state.inner(), order).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn import_results(handle: AppHandle, state: State<'_, App>) -> Answer<Option<String>> {
    dialogs::import_results(&handle, state.inner()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn adopt(
    handle: AppHandle,
    state: State<'_, App>,
    connection: String,
    batch_id: String,
    with_requests: bool,
) -> Answer<Option<String>> {
    dialogs::adopt(&handle, state.inner(), &connection, &batch_id, with_requests).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn show_in_folder(state: State<'_, App>, id: u32) -> Answer<()> {
    dialogs::show_in_folder(state.inner(), id)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_study_file(handle: AppHandle, state: State<'_, App>) -> Answer<Option<String>> {
    dialogs::choose_study_file(&handle, state.inner()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_data(handle: AppHandle, state: State<'_, App>) -> Answer<Option<String>> {
    Ok(dialogs::choose_data(&handle, state.inner()).await)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_study_file(
    handle: AppHandle,
    state: State<'_, App>,
    id: String,
) -> Answer<Option<String>> {
    dialogs::save_study_file(&handle, state.inner(), &id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_request_file(
    handle: AppHandle,
    state: State<'_, App>,
    id: String,
    model: u32,
) -> Answer<Option<ExportView>> {
    dialogs::save_request_file(&handle, state.inner(), &id, model).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn given_files(state: State<'_, App>, given: State<'_, Given>) -> Answer<Dropped> {
    Ok(given.take(state.inner()).await)
}

/// The page has nothing left to save.
#[tauri::command]
#[specta::specta]
#[allow(clippy::needless_pass_by_value)] // Tauri hands it over so
pub(crate) fn close_window(window: tauri::WebviewWindow) {
    if let Err(error) = window.destroy() {
        tracing::error!(%error, "closing");
    }
}
