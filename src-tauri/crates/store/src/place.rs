//! Where rows of the big tables live: one integer key each, so that a job (or a part) is one range of the table.

use std::ops::RangeInclusive;

/// Which file a result line stood in. An imported result file counts as `Output`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    Output,
    Error,
}

impl Source {
    pub const ALL: [Self; 2] = [Self::Output, Self::Error];

    const fn bit(self) -> i64 {
        match self {
            Self::Output => 0,
            Self::Error => 1 << 31,
        }
    }
}

/// The last line number that a key has room for: 2^31 - 1.
pub(crate) const LAST_LINE: u32 = (1 << 31) - 1;

/// The key of a request and of its result.
pub(crate) fn row_key(job: i64, position: u32) -> i64 {
    (job << 32) | i64::from(position)
}

/// All rows of a job.
pub(crate) fn job_rows(job: i64) -> RangeInclusive<i64> {
    row_key(job, 0)..=row_key(job, u32::MAX)
}

/// The place in its job of the row with this key.
pub(crate) fn position(key: i64) -> u32 {
    // The lower half of the key, by construction.
    u32::try_from(key & i64::from(u32::MAX)).unwrap_or(0)
}

/// The key of a line as received.
pub(crate) fn raw_key(part: i64, source: Source, line: u32) -> i64 {
    (part << 32) | source.bit() | i64::from(line.min(LAST_LINE))
}

/// All lines received for a part.
pub(crate) fn part_lines(part: i64) -> RangeInclusive<i64> {
    raw_key(part, Source::Output, 0)..=raw_key(part, Source::Error, LAST_LINE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_jobs_parts_and_files_apart() {
        assert_eq!(position(row_key(7, 0)), 0);
        assert_eq!(position(row_key(7, u32::MAX)), u32::MAX);
        assert!(*job_rows(7).end() < *job_rows(8).start());
        assert!(raw_key(7, Source::Output, LAST_LINE) < raw_key(7, Source::Error, 0));
        assert!(*part_lines(7).end() < *part_lines(8).start());
    }
}
