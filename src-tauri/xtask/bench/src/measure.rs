//! Measuring in processes of their own, and saying what came of it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// Turns of each work; the middle one counts.
const TURNS: usize = 5;

/// One run of one work.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    pub(crate) seconds: f64,
    /// The most memory that the process had at a time, in bytes. 0: this system does not tell.
    pub(crate) peak: u64,
}

/// What the measuring process prints.
pub(crate) fn report(took: Duration) {
    println!("{} {}", took.as_secs_f64(), peak_of_this_process().unwrap_or(0));
}

fn peak_of_this_process() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// Runs a work once, in a process of its own.
pub(crate) fn alone(work: &str, folder: &Path, count: u32) -> Result<Run> {
    let output = Command::new(std::env::current_exe()?)
        .args(["alone", work, &count.to_string()])
        .arg(folder)
        .output()?;
    if !output.status.success() {
        bail!("{work}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let told = String::from_utf8(output.stdout)?;
    let (seconds, peak) = told
        .trim()
        .split_once(' ')
        .with_context(|| format!("{work} said {told}"))?;
    Ok(Run {
        seconds: seconds.parse()?,
        peak: peak.parse()?,
    })
}

/// The middle time of each work, in seconds. They take turns, so that whatever else the computer does meets all.
pub(crate) fn in_turns(works: &[&str], folder: &Path, count: u32) -> Result<Vec<f64>> {
    let mut times = vec![Vec::new(); works.len()];
    for _ in 0..TURNS {
        for (times, work) in times.iter_mut().zip(works) {
            times.push(alone(work, folder, count)?.seconds);
        }
    }
    Ok(times.into_iter().map(middle).collect())
}

/// The median.
pub(crate) fn middle(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

pub(crate) fn title(text: &str) {
    println!("\n{text}");
}

/// `  what   figure   remark`, in columns.
pub(crate) fn line(what: &str, figure: &str, remark: &str) {
    println!("  {what:<58} {figure:>10}  {remark}");
}

/// A time of ours with the reference's under it.
pub(crate) fn against(ours: (&str, f64), reference: (&str, f64), most: f64) {
    let ratio = ours.1 / reference.1;
    let verdict = verdict(ratio <= most);
    line(
        ours.0,
        &seconds(ours.1),
        &format!("{ratio:.2}x  (aim: at most {most:.1}x, {verdict})"),
    );
    line(reference.0, &seconds(reference.1), "1.00x");
}

/// How memory grows between two numbers of lines.
pub(crate) fn memory(
    what: &str,
    work: &str,
    few: (&Path, u32),
    many: (&Path, u32),
    most: Option<f64>,
) -> Result<()> {
    let (low, high) = (alone(work, few.0, few.1)?.peak, alone(work, many.0, many.1)?.peak);
    if low == 0 {
        line(
            what,
            "-",
            "this system does not tell the most memory of a process",
        );
        return Ok(());
    }
    let each = (high as f64 - low as f64) / f64::from(many.1 - few.1);
    let aim = most.map_or_else(String::new, |most| {
        format!("  (aim: at most {most}, {})", verdict(each <= most))
    });
    line(
        what,
        &megabytes(high),
        &format!("{} at {}; {each:.1} bytes a line{aim}", megabytes(low), few.1),
    );
    Ok(())
}

pub(crate) fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "MISSED" }
}

pub(crate) fn seconds(seconds: f64) -> String {
    format!("{seconds:.3} s")
}

pub(crate) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
