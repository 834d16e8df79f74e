//! `cargo xtask test`: every check, every test, the real window last.

use anyhow::Result;

use crate::shell::{cargo, run};
use crate::{bindings, node, packages, python, session, tidy};

/// Installs what is missing.
pub(crate) fn set_up() -> Result<()> {
    packages::install_all()?;
    node::install_for_tests()?;
    python::install()
}

pub(crate) fn all() -> Result<()> {
    fast()?;
    window()
}

/// Everything but the window.
pub(crate) fn fast() -> Result<()> {
    set_up()?;
    run(cargo().args(["fmt", "--all", "--check"]))?;
    tidy::check()?;
    run(node::npm()?.args(["run", "check"]))?;
    run(node::npm()?.args(["test"]))?;
    run(node::npm()?.args(["run", "build"]))?;
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    programs()?;
    bindings::check()?;
    run(cargo().args(["test", "--workspace", "--exclude", "tabane-tests"]))?;
    // These mostly wait, for clocks and for answers: more at a time than there are processors.
    let waiting = ["--test", "engine", "--test", "contract"];
    run(cargo()
        .args(["test", "-p", "tabane-tests"])
        .args(waiting)
        .args(["--", "--test-threads=8"]))?;
    run(cargo().args(["test", "-p", "tabane-tests", "--lib", "--test", "flow"]))
}

/// The programs that the flow and window tests start.
fn programs() -> Result<()> {
    let packages = ["-p", "tabane", "-p", "tabane-cli", "-p", "tabane-practice"];
    run(cargo().arg("build").args(packages))
}

/// A picture of every state, in both languages and themes.
pub(crate) fn screenshots() -> Result<()> {
    packages::install_all()?;
    node::install()?;
    run(node::npm()?.args(["run", "build"]))?;
    programs()?;
    let mut pictures = cargo();
    pictures.args([
        "test",
        "-p",
        "tabane-tests",
        "--test",
        "screenshots",
        "--",
        "--test-threads=1",
    ]);
    session::run_inside(&pictures)
}

/// One at a time: the tests share a display, a keychain and a D-Bus session.
pub(crate) fn window() -> Result<()> {
    programs()?;
    let mut test = cargo();
    test.args([
        "test",
        "-p",
        "tabane-tests",
        "--test",
        "window",
        "--",
        "--test-threads=1",
    ]);
    session::run_inside(&test)
}
