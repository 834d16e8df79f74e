//! The TypeScript that is made of the commands.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::shell::{cargo, root, run};

fn committed() -> PathBuf {
    root().join("ui/src/ipc/bindings.ts")
}

/// `cargo xtask bindings`
pub(crate) fn write() -> Result<()> {
    export(&committed())
}

/// Fails when the committed file is not what the commands give now.
pub(crate) fn check() -> Result<()> {
    let fresh = root().join("target/bindings.ts");
    export(&fresh)?;
    if std::fs::read(&fresh)? != std::fs::read(committed())? {
        bail!("ui/src/ipc/bindings.ts is out of date: run `cargo xtask bindings`");
    }
    Ok(())
}

fn export(target: &Path) -> Result<()> {
    // The page is embedded at compile time; for the bindings an empty one will do.
    std::fs::create_dir_all(root().join("ui/dist"))?;
    run(cargo()
        .args(["run", "-p", "tabane", "--", "--export-bindings"])
        .arg(target))
}
