//! Puts every command under the access control list, so that the page can call only what is allowed by name.

include!("src/command_names.rs");

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .unwrap_or_else(|error| fail(&error));
}

#[allow(clippy::panic)] // a build script that cannot go on ends so
fn fail(error: &dyn std::fmt::Debug) {
    panic!("tauri-build: {error:#?}");
}
