//! A window that holds one word: what any Tauri program takes before it does anything.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
