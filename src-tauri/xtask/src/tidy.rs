//! What keeps the house in order: who may know whom, what may stand at the top, no paths of one computer.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::shell::root;

/// Each crate with those it may know. Siblings do not know each other: what one needs of another is a plain type
/// in `model` that `app` passes on.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("intake", &["model"]),
    ("providers", &["model"]),
    ("store", &["model"]),
    ("keys", &["model"]),
    ("export", &["model"]),
    ("practice", &["model"]),
    ("messages", &["model"]),
    ("study", &["model"]),
    (
        "app",
        &[
            "model",
            "intake",
            "providers",
            "store",
            "keys",
            "export",
            "practice",
            "messages",
            "study",
        ],
    ),
    ("cli", &["model", "app", "messages", "keys"]),
];

/// The shell beside the crates.
const SHELL_MAY_KNOW: &[&str] = &["model", "app", "messages", "keys"];

/// What measures, beside the crates.
const BENCH_MAY_KNOW: &[&str] = &["model", "intake", "store", "export", "study"];

/// Tests may look up whether what a crate says has a sentence in both languages, and speak to the simulator.
const TESTS_MAY_KNOW: &[&str] = &["messages", "practice"];

/// Beside these only settings, whose names begin with a dot.
const TOP: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "icons",
    "src-tauri",
    "target",
    "tests",
    "ui",
];

/// What is made, not written.
const MADE: &[&str] = &[".git", "dist", "gen", "node_modules", "target"];

/// Folders that only one computer has, without their first slash, so that this file does not find itself.
const ONE_COMPUTER: &[&str] = &["home/", "root/", "Users/", "work/"];

/// People of our examples.
const NOBODY: &[&str] = &["home/ada/", "home/hanako/"];

pub(crate) fn check() -> Result<()> {
    check_directions()?;
    check_top()?;
    check_paths()?;
    check_lock_files()
}

fn check_directions() -> Result<()> {
    let known: BTreeMap<&str, &[&str]> = MAY_KNOW.iter().copied().collect();
    for name in names_in(&root().join("src-tauri/crates"))? {
        let allowed = known
            .get(name.as_str())
            .with_context(|| format!("tidy does not know the crate {name}: add it to MAY_KNOW"))?;
        check_crate(&format!("src-tauri/crates/{name}"), allowed)?;
    }
    check_crate("src-tauri/xtask/bench", BENCH_MAY_KNOW)?;
    check_crate("src-tauri", SHELL_MAY_KNOW)
}

fn check_crate(folder: &str, allowed: &[&str]) -> Result<()> {
    let text = std::fs::read_to_string(root().join(folder).join("Cargo.toml"))?;
    for name in ours_known_by(&toml::from_str(&text)?) {
        if !allowed.contains(&name.as_str()) {
            bail!("{folder} must not know tabane-{name}: pass a plain type of model instead");
        }
    }
    Ok(())
}

/// Our crates that a manifest names in any table of dependencies, also those for single systems and for tests, but
/// for what any test may know.
fn ours_known_by(manifest: &toml::Table) -> Vec<String> {
    let mut ours = Vec::new();
    for (name, value) in manifest {
        let Some(table) = value.as_table() else { continue };
        if name.ends_with("dependencies") {
            let known = table.keys().filter_map(|known| known.strip_prefix("tabane-"));
            let for_tests = name == "dev-dependencies";
            ours.extend(
                known
                    .filter(|known| !(for_tests && TESTS_MAY_KNOW.contains(known)))
                    .map(str::to_owned),
            );
        } else if name == "target" {
            let systems = table.values().filter_map(toml::Value::as_table);
            ours.extend(systems.flat_map(ours_known_by));
        }
    }
    ours
}

fn check_top() -> Result<()> {
    for name in names_in(&root())? {
        if !name.starts_with('.') && !TOP.contains(&name.as_str()) {
            bail!("{name} stands at the top level, beside the agreed layout");
        }
    }
    Ok(())
}

fn check_paths() -> Result<()> {
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for name in names_in(&folder)? {
            let path = folder.join(&name);
            if path.is_dir() {
                if !MADE.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if let Some((line, found)) = text_of(&path).as_deref().and_then(path_of_one_computer) {
                let shown = path.strip_prefix(root()).unwrap_or(&path).display();
                bail!("{shown}:{line} names a path of one computer: {found}");
            }
        }
    }
    Ok(())
}

/// `None` for pictures and the like.
fn text_of(path: &Path) -> Option<String> {
    String::from_utf8(std::fs::read(path).ok()?).ok()
}

/// The number and the text of the first line with such a path.
fn path_of_one_computer(text: &str) -> Option<(usize, &str)> {
    (1..).zip(text.lines()).find(|(_, line)| {
        line.match_indices('/').any(|(place, _)| {
            let (before, rest) = (&line[..place], &line[place + 1..]);
            let starts_there = |folders: &[&str]| folders.iter().any(|folder| rest.starts_with(folder));
            // After a letter, a dot or a brace it goes on from another folder: `./home/page.tsx`.
            !before.ends_with(|c: char| c.is_alphanumeric() || "._-/})>*".contains(c))
                && starts_there(ONE_COMPUTER)
                && !starts_there(NOBODY)
        })
    })
}

fn names_in(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// The lock file of the page must not name a registry: other machines reach other mirrors.
fn check_lock_files() -> Result<()> {
    for folder in ["ui", "tests/node"] {
        let lock = std::fs::read_to_string(root().join(folder).join("package-lock.json"))?;
        if lock.contains("\"resolved\"") {
            bail!("{folder}/package-lock.json names a registry: see {folder}/.npmrc");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_paths_of_one_computer() {
        for folder in ONE_COMPUTER {
            let text = format!("first\nopen(\"/{folder}x/a.csv\")");
            assert_eq!(
                path_of_one_computer(&text).map(|found| found.0),
                Some(2),
                "{folder}"
            );
        }
        let harmless = format!(
            "./screens/{home}page.tsx\n/{}x\n${{HOME}}/{home}\nhttps://example.com/{home}\n日本語/{home}",
            NOBODY[0],
            home = ONE_COMPUTER[0]
        );
        assert_eq!(path_of_one_computer(&harmless), None);
    }

    #[test]
    fn finds_our_crates_in_every_table() {
        let manifest = "[dependencies]\ntabane-model = '1'\nserde = '1'\n[dev-dependencies]\ntabane-store = '1'\n\
                        [target.'cfg(unix)'.build-dependencies]\ntabane-keys = '1'\n[lints]\nworkspace = true";
        let mut ours = ours_known_by(&toml::from_str(manifest).unwrap());
        ours.sort();
        assert_eq!(ours, ["keys", "model", "store"]);
    }
}
