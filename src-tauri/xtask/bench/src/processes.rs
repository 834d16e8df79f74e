//! A program with those that it started: WebKit shows a page in processes of its own.

use std::fs;

use anyhow::{Context, Result};

/// The processes of a window.
pub(crate) struct Family(Vec<u32>);

impl Family {
    pub(crate) fn of(first: u32) -> Result<Self> {
        let mut all = Vec::new();
        for entry in fs::read_dir("/proc")? {
            let id = entry?.file_name().to_string_lossy().parse::<u32>();
            // One that ended in between is no longer of interest.
            if let Ok(id) = id
                && let Ok(fields) = fields(id)
            {
                all.push((id, fields.parent));
            }
        }
        let mut family = vec![first];
        while let Some((id, _)) = all
            .iter()
            .find(|(id, parent)| family.contains(parent) && !family.contains(id))
        {
            family.push(*id);
        }
        Ok(Self(family))
    }

    /// Bytes of memory; what is shared with others counts in shares (`Pss` in `proc(5)`).
    pub(crate) fn memory(&self) -> Result<u64> {
        self.0.iter().map(|id| share_of_memory(*id)).sum()
    }

    /// Seconds so far.
    pub(crate) fn processor_time(&self) -> Result<f64> {
        let ticks: u64 = self
            .0
            .iter()
            .map(|id| Ok(fields(*id)?.ticks))
            .sum::<Result<u64>>()?;
        Ok(ticks as f64 / TICKS_PER_SECOND)
    }
}

/// Linux tells programs 100, whatever it works with itself (`USER_HZ`).
const TICKS_PER_SECOND: f64 = 100.0;

struct Fields {
    parent: u32,
    ticks: u64,
}

/// From `/proc/ID/stat`, see `proc(5)`.
fn fields(id: u32) -> Result<Fields> {
    let text = fs::read_to_string(format!("/proc/{id}/stat"))?;
    // The name before may hold spaces and brackets.
    let (_, rest) = text.rsplit_once(')').context("no name")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let field = |number: usize| fields.get(number - 3).context("too short");
    Ok(Fields {
        parent: field(4)?.parse()?,
        ticks: field(14)?.parse::<u64>()? + field(15)?.parse::<u64>()?,
    })
}

fn share_of_memory(id: u32) -> Result<u64> {
    let text = fs::read_to_string(format!("/proc/{id}/smaps_rollup"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kibibytes: u64 = line
        .and_then(|line| line.trim().strip_suffix("kB"))
        .context("no Pss")?
        .trim()
        .parse()?;
    Ok(kibibytes * 1024)
}
