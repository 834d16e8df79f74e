//! `cargo xtask bench`: how fast and how small, beside references measured in the same run. It is no test: a missed
//! aim is said and fails nothing.

use anyhow::Result;

use crate::shell::{cargo, run};
use crate::{node, packages, session};

pub(crate) fn all() -> Result<()> {
    engine()?;
    window()
}

/// Files, the store, tables.
pub(crate) fn engine() -> Result<()> {
    run(cargo().args(["run", "--release", "-p", "tabane-bench", "--", "engine"]))
}

fn window() -> Result<()> {
    if !cfg!(target_os = "linux") {
        println!("The window is measured on Linux only: it needs a display of its own.");
        return Ok(());
    }
    packages::install_all()?;
    node::install()?;
    run(node::npm()?.args(["run", "build"]))?;
    // Both embed their pages, as a release does.
    run(cargo().args([
        "build",
        "--release",
        "-p",
        "tabane",
        "-p",
        "tabane-empty-window",
        "--features",
        "tabane/custom-protocol,tabane-empty-window/custom-protocol",
    ]))?;
    let mut window = cargo();
    window.args(["run", "--release", "-p", "tabane-bench", "--", "window"]);
    session::run_inside(&window)
}
