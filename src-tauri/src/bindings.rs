//! The typed seam to the page: every command and event, and the TypeScript that is made of them.

use std::path::Path;

use tauri_specta::{Builder, collect_commands, collect_events};

use crate::{commands, events};

pub(crate) fn builder() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new()
        .disable_serde_phases()
        .commands(collect_commands![
            commands::settings,
            commands::set_language,
            commands::set_theme,
            commands::set_greeted,
            commands::services,
            commands::connections,
            commands::save_connection,
            commands::test_connection,
            commands::test_form,
            commands::forget_connection,
            commands::keychain,
            commands::close_window,
            commands::given_files,
            commands::choose_files,
            commands::open_sample,
            commands::drafts,
            commands::draft,
            commands::choose_connection,
            commands::choose_model,
            commands::choose_writing,
            commands::choose_window,
            commands::apply_fix,
            commands::undo_fix,
            commands::apply_safe_fixes,
            commands::check_again,
            commands::stop_check,
            commands::discard_draft,
            commands::draft_line,
            commands::send_draft,
            commands::jobs,
            commands::job,
            commands::timeline,
            commands::cancel_job,
            commands::delete_job,
            commands::resume_job,
            commands::decide,
            commands::open_view,
            commands::view_rows,
            commands::row_detail,
            commands::close_view,
            commands::edit_cell,
            commands::export_rows,
            commands::stop_export,
            commands::show_in_folder,
            commands::import_results,
            commands::studies,
            commands::new_study,
            commands::choose_study_file,
            commands::study,
            commands::save_study,
            commands::duplicate_study,
            commands::delete_study,
            commands::study_request,
            commands::choose_data,
            commands::data_preview,
            commands::use_data,
            commands::save_study_file,
            commands::save_request_file,
            commands::send_study,
            commands::models,
            commands::adoptable,
            commands::adopt,
            commands::clean_up,
        ])
        .events(collect_events![
            events::Changed,
            events::Closing,
            events::Dropping,
            events::Dropped
        ])
}

/// Writes the TypeScript; gives the exit code.
pub(crate) fn export(target: &Path) -> i32 {
    match builder().export(specta_typescript::Typescript::default(), target) {
        Ok(()) => 0,
        Err(error) => {
            tracing::error!(%error, "bindings");
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::command_names::COMMANDS;

    #[test]
    fn every_command_is_allowed_by_name_and_nothing_else_is() {
        let capability: serde_json::Value =
            serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
        let mut allowed: Vec<String> = capability["permissions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|permission| permission.as_str().unwrap().to_owned())
            .collect();
        let mut expected: Vec<String> = COMMANDS
            .iter()
            .map(|name| format!("allow-{}", name.replace('_', "-")))
            .collect();
        expected.extend([
            "core:event:allow-listen".to_owned(),
            "core:event:allow-unlisten".to_owned(),
        ]);
        allowed.sort();
        expected.sort();
        assert_eq!(allowed, expected);
    }
}
