//! Measures Tabane beside references that are built here and run in turn with it. Run it by `cargo xtask bench`.
//!
//! Every figure is taken in a process of its own, started from this very program, so that no measurement leaves
//! memory or warm caches of its own to the next.

#![allow(clippy::print_stdout)] // it talks to a terminal

mod check;
mod export;
mod ingest;
mod measure;
#[cfg(target_os = "linux")]
mod processes;
mod python;
mod sample;
#[cfg(target_os = "linux")]
mod screen;
mod study;
mod table;
#[cfg(target_os = "linux")]
mod window;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// Something to measure: works in a folder with this many lines or rows, and says how long the work itself took.
type Work = fn(&Path, u32) -> Result<Duration>;

/// By the names that the measuring process is told.
const WORKS: &[(&str, Work)] = &[
    ("check", check::ours),
    ("requests", check::requests),
    ("check-typed", check::typed),
    ("ingest", ingest::ours),
    ("ingest-bare", ingest::bare),
    ("csv", export::csv_ours),
    ("csv-bare", export::csv_bare),
    ("xlsx", export::xlsx_ours),
    ("xlsx-bare", export::xlsx_bare),
    ("study", study::ours),
    ("study-bare", study::bare),
    ("study-checksum", study::checksum),
    ("study-file", study::into_file),
    ("study-random", study::random),
    ("study-trial", study::by_trial),
    ("table", table::ours),
    ("table-bare", table::bare),
];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["engine"] => engine(),
        #[cfg(target_os = "linux")]
        ["window"] => window::measure(place()?.path()),
        ["alone", name, count, folder] => {
            let (_, work) = WORKS
                .iter()
                .find(|(known, _)| known == name)
                .context("no such work")?;
            measure::report(work(Path::new(folder), count.parse()?)?);
            Ok(())
        }
        _ => bail!("run `cargo xtask bench`"),
    }
}

fn engine() -> Result<()> {
    let folder = place()?;
    check::measure(folder.path())?;
    ingest::measure(folder.path())?;
    export::measure(folder.path())?;
    study::measure(folder.path())?;
    table::measure(folder.path())
}

/// A folder for what is measured with. Beside the build, not in the system's temporary folder, which may lie in memory.
fn place() -> Result<tempfile::TempDir> {
    let beside = std::env::current_exe()?;
    let beside = beside.parent().context("this program lies in no folder")?;
    Ok(tempfile::Builder::new().prefix("bench-").tempdir_in(beside)?)
}
