//! Results: lines as received, and what became of each request.
//!
//! Collecting the same files again changes nothing; collecting other files in their place (a first download that
//! was cut) leaves what the new ones say.

use rusqlite::Connection;
use tabane_model::{Counts, Outcome, PartNumber};

use crate::{
    Result, Source, Store, place,
    reconcile::{Part, Received},
    tally,
};

/// Lines in one transaction, so that drafts and polls never wait long for the writer ...
const BATCH_LINES: usize = 4_000;
/// ... and the bytes that are held for it.
const BATCH_BYTES: usize = 8 << 20;

/// What came of collecting a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Collected {
    /// Of the part.
    pub counts: Counts,
    /// Lines that answer no request of the part.
    pub orphans: u32,
    /// Lines pushed this time that lost against another one for the same request.
    pub doubles: u32,
}

/// Takes the result lines of one part. What was pushed is kept by the thousand; [`ResultWriter::finish`] accounts
/// for the rest. After an error, or when the program ends in between, collect the part again from the beginning.
pub struct ResultWriter<'a> {
    store: &'a Store,
    received: Vec<Received>,
    bytes: usize,
    part: Part,
}

impl Store {
    /// Begins to collect a part.
    pub fn write_results(&self, job: &str, part: PartNumber) -> Result<ResultWriter<'_>> {
        let part = self.read(|reader| Part::load(reader, job, part))?;
        Ok(ResultWriter {
            store: self,
            received: Vec::new(),
            bytes: 0,
            part,
        })
    }

    /// Accounts for every request of a part that has no result: `rest` says what became of them.
    /// For parts of which there is nothing to collect.
    pub fn finish_part(&self, job: &str, part: PartNumber, rest: &Outcome) -> Result<Collected> {
        self.write_results(job, part)?.finish(rest)
    }

    /// How many lines were received for a job that answer none of its requests.
    pub fn orphans(&self, job: &str) -> Result<u32> {
        self.read(|reader| {
            let job = Self::job_key(reader, job)?;
            let mut parts = reader.prepare_cached("SELECT key FROM parts WHERE job = ?1")?;
            let parts = parts.query_map([job], |row| row.get(0))?;
            parts.map(|part| orphans(reader, part?)).sum()
        })
    }
}

impl ResultWriter<'_> {
    /// `line` is 1-based and rises within a file; `raw` the line as received, without its end; `outcome` what it says.
    pub fn push(&mut self, source: Source, line: u32, raw: String, outcome: Outcome) -> Result<()> {
        self.bytes += raw.len() + outcome.answer.as_ref().map_or(0, String::len);
        self.received.push(Received {
            source,
            line,
            raw,
            outcome,
        });
        if self.received.len() >= BATCH_LINES || self.bytes >= BATCH_BYTES {
            self.flush()
        } else {
            Ok(())
        }
    }

    fn flush(&mut self) -> Result<()> {
        let (part, received) = (&mut self.part, &mut self.received);
        self.store.write(|tx| part.receive(tx, received.drain(..)))?;
        self.bytes = 0;
        Ok(())
    }

    /// Keeps the last lines, and accounts for every request that is still without a result: `rest` says what
    /// became of them (its id is not looked at).
    pub fn finish(mut self, rest: &Outcome) -> Result<Collected> {
        self.flush()?;
        let part = &mut self.part;
        self.store.write(|tx| {
            part.finish(tx, rest)?;
            Ok(Collected {
                counts: tally::of_part(tx, part.job, part.number)?.counts(part.len()),
                orphans: orphans(tx, part.key)?,
                doubles: part.doubles(),
            })
        })
    }
}

fn orphans(connection: &Connection, part: i64) -> Result<u32> {
    let lines = place::part_lines(part);
    let count = "SELECT count(*) FROM raw_results WHERE request IS NULL AND key BETWEEN ?1 AND ?2";
    Ok(connection
        .prepare_cached(count)?
        .query_row((lines.start(), lines.end()), |row| row.get(0))?)
}

#[cfg(test)]
mod tests;
