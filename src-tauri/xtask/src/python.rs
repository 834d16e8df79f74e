//! The Python packages that tests need, in one virtual environment under `target/`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::shell::{root, run};

/// Makes the environment anew when it is missing or not what `tests/python/requirements.txt` says.
pub(crate) fn install() -> Result<()> {
    let wanted = root().join("tests/python/requirements.txt");
    let requirements =
        std::fs::read(&wanted).with_context(|| format!("could not read {}", wanted.display()))?;
    let home = root().join("target/python");
    let stamp = home.join(".installed-requirements");
    let is_current = std::fs::read(&stamp).is_ok_and(|installed| installed == requirements);
    // The program is a link to the Python that made the environment, which an upgrade may have taken away.
    if is_current && program_in(&home).exists() {
        return Ok(());
    }
    run(Command::new(own_python())
        .args(["-m", "venv", "--clear"])
        .arg(&home))?;
    // Only what we know byte by byte, whatever the registry hands out.
    run(Command::new(program_in(&home))
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
        ])
        .arg(&wanted))?;
    std::fs::write(stamp, requirements)?;
    Ok(())
}

fn own_python() -> &'static str {
    if cfg!(windows) { "python" } else { "python3" }
}

fn program_in(home: &Path) -> PathBuf {
    home.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    })
}
