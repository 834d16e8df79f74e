//! `cargo xtask run`: the window, or without a display the sample through the practice service.

use anyhow::Result;

use crate::shell::{cargo, root, run as run_program};
use crate::{node, packages};

pub(crate) fn run() -> Result<()> {
    if has_display() {
        open_window()
    } else {
        send_sample()
    }
}

fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn open_window() -> Result<()> {
    packages::install_for_window()?;
    node::install()?;
    run_program(node::npm()?.args(["run", "build"]))?;
    run_program(cargo().args(["run", "-p", "tabane"]))
}

/// Needs neither WebKit nor Node.
fn send_sample() -> Result<()> {
    let folder = root().join("target/sample");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let table = folder.join("results.xlsx");
    println!("There is no display here, so the sample goes through the practice service without a window.");
    let mut send = cargo();
    send.args([
        "run",
        "-p",
        "tabane-cli",
        "--",
        "send",
        "tests/fixtures/sample.en.jsonl",
    ])
    .args(["--provider", "practice", "--wait", "--export"])
    .arg(&table)
    .arg("--data-dir")
    .arg(folder.join("data"));
    run_program(&mut send)?;
    println!("\nThe finished spreadsheet: {}", table.display());
    Ok(())
}
