//! Measuring in processes of their own, and saying what came of it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// Turns of each work; the middle one counts.
const TURNS: usize = 7;

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

/// The middle time of a work in seconds.
pub(crate) fn middle_of(work: &str, folder: &Path, count: u32) -> Result<f64> {
    let times = (0..TURNS).map(|_| Ok(alone(work, folder, count)?.seconds));
    Ok(middle(times.collect::<Result<_>>()?))
}

/// Two works that took turns, so that whatever else the computer does meets both.
pub(crate) struct Pair {
    pub(crate) ours: f64,
    pub(crate) reference: f64,
    /// The middle of the ratios of each turn: on a busy computer steadier than the ratio of the middles.
    ratio: f64,
}

impl Pair {
    pub(crate) fn measure([ours, reference]: [&str; 2], folder: &Path, count: u32) -> Result<Self> {
        let mut turns = Vec::new();
        let take = |work| Ok::<_, anyhow::Error>(alone(work, folder, count)?.seconds);
        for turn in 0..TURNS {
            // Each goes first in its turn: what one leaves for the disk to do slows the next.
            if turn % 2 == 0 {
                turns.push((take(ours)?, take(reference)?));
            } else {
                let reference = take(reference)?;
                turns.push((take(ours)?, reference));
            }
        }
        let of = |figure: fn(&(f64, f64)) -> f64| middle(turns.iter().map(figure).collect());
        Ok(Self {
            ours: of(|turn| turn.0),
            reference: of(|turn| turn.1),
            ratio: of(|turn| turn.0 / turn.1),
        })
    }

    /// Our time with the reference's under it, and whether it is at most so many times as long.
    pub(crate) fn tell(&self, reference: &str, most: f64) {
        let verdict = verdict(self.ratio <= most);
        line(
            "Tabane",
            &seconds(self.ours),
            &format!("{:.2}x  (aim: at most {most:.1}x, {verdict})", self.ratio),
        );
        line(reference, &seconds(self.reference), "1.00x");
    }
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

/// An aim for memory, in bytes.
#[derive(Clone, Copy)]
pub(crate) enum Most {
    /// What one line more may take.
    ALine(f64),
    /// However many lines there are.
    InAll(u64),
}

/// How memory grows between two numbers of lines.
pub(crate) fn memory(
    what: &str,
    work: &str,
    few: (&Path, u32),
    many: (&Path, u32),
    most: Option<Most>,
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
    let aim = match most {
        None => String::new(),
        Some(Most::ALine(most)) => format!("  (aim: at most {most}, {})", verdict(each <= most)),
        Some(Most::InAll(most)) => {
            let met = verdict(low.max(high) <= most);
            format!("  (aim: at most {}, {met})", megabytes(most))
        }
    };
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
