//! What keeps the house in order: who may know whom, and what may stand at the top.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};

use crate::shell::{output, root};

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
        ],
    ),
    ("cli", &["model", "app", "messages", "keys"]),
];

/// The shell beside the crates.
const SHELL_MAY_KNOW: &[&str] = &["model", "app", "messages", "keys"];

const TOP: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "icons",
    "src-tauri",
    "tests",
    "ui",
];

pub(crate) fn check() -> Result<()> {
    check_directions()?;
    check_top()?;
    check_lock_file()
}

fn check_directions() -> Result<()> {
    let crates = root().join("src-tauri/crates");
    let known: BTreeMap<&str, &[&str]> = MAY_KNOW.iter().copied().collect();
    for entry in std::fs::read_dir(&crates)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let allowed = known
            .get(name.as_str())
            .with_context(|| format!("tidy does not know the crate {name}"))?;
        check_crate(&format!("src-tauri/crates/{name}"), allowed)?;
    }
    check_crate("src-tauri", SHELL_MAY_KNOW)
}

fn check_crate(folder: &str, allowed: &[&str]) -> Result<()> {
    let text = std::fs::read_to_string(root().join(folder).join("Cargo.toml"))?;
    let manifest: toml::Table = toml::from_str(&text)?;
    let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
    for name in dependencies.into_iter().flat_map(|table| table.keys()) {
        if let Some(ours) = name.strip_prefix("tabane-")
            && !allowed.contains(&ours)
        {
            bail!("{folder} must not know {name}: pass a plain type of model instead");
        }
    }
    Ok(())
}

fn check_top() -> Result<()> {
    let mut git = std::process::Command::new("git");
    git.current_dir(root()).args(["ls-files"]);
    let files = output(&mut git)?;
    let top: BTreeSet<&str> = files.lines().filter_map(|path| path.split('/').next()).collect();
    for name in top {
        if !name.starts_with('.') && !TOP.contains(&name) {
            bail!("{name} stands at the top level, beside the agreed layout");
        }
    }
    Ok(())
}

/// The lock file of the page must not name a registry: other machines reach other mirrors.
fn check_lock_file() -> Result<()> {
    let lock = std::fs::read_to_string(root().join("ui/package-lock.json"))?;
    if lock.contains("\"resolved\"") {
        bail!("ui/package-lock.json names a registry: see ui/.npmrc");
    }
    Ok(())
}
