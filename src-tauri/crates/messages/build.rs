//! Lists the Fluent files of both languages, so that a new area needs no registration anywhere.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut code = String::new();
    for (language, constant) in [("en", "ENGLISH"), ("ja", "JAPANESE")] {
        // Watching the folder makes Cargo see files that come and go, not only those that change.
        println!("cargo:rerun-if-changed={language}");
        let mut list = String::new();
        for (area, path) in areas(&here.join(language))? {
            let _ = writeln!(
                list,
                "    ({area:?}, include_str!({:?})),",
                path.display().to_string()
            );
        }
        let _ = writeln!(code, "const {constant}: &[(&str, &str)] = &[\n{list}];");
    }
    fs::write(out.join("areas.rs"), code)
}

/// The `.ftl` files of one folder, by name without the ending, in a stable order.
fn areas(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut areas = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "ftl")
            && let Some(area) = path.file_stem()
        {
            areas.push((area.to_string_lossy().into_owned(), path));
        }
    }
    areas.sort();
    Ok(areas)
}
