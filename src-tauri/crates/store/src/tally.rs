//! How many results there are of each status: kept in the transaction that changes them, so that the list of
//! jobs need not count rows.

use std::collections::HashMap;

use rusqlite::Connection;
use tabane_model::{Counts, Status};

use crate::{Result, columns};

/// Changes or sums by status, in the order of `Status::ALL` without `pending`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tallies([i64; 5]);

impl Tallies {
    pub(crate) fn add(&mut self, status: Status, count: i64) {
        match status {
            Status::Succeeded => self.0[0] += count,
            Status::Failed => self.0[1] += count,
            Status::Expired => self.0[2] += count,
            Status::Cancelled => self.0[3] += count,
            Status::Missing => self.0[4] += count,
            // No result yet: what remains of the requests.
            Status::Pending => {}
        }
    }

    /// With `requests` in all; what has no result is pending.
    pub(crate) fn counts(self, requests: u32) -> Counts {
        let [succeeded, failed, expired, cancelled, missing] =
            self.0.map(|count| u32::try_from(count).unwrap_or(0));
        let known = [succeeded, failed, expired, cancelled, missing]
            .into_iter()
            .fold(0, u32::saturating_add);
        // Results exist only for requests: more of them would mean that a preparation is still going on.
        let requests = requests.max(known);
        Counts {
            requests,
            succeeded,
            failed,
            expired,
            cancelled,
            missing,
            pending: requests - known,
        }
    }

    /// Adds these changes to those kept for a part.
    pub(crate) fn save(self, tx: &Connection, job: i64, part: u32) -> Result<()> {
        let mut statement = tx.prepare_cached(
            "INSERT INTO tallies (job, part, status, count) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET count = count + excluded.count",
        )?;
        for (status, change) in Status::ALL.into_iter().zip(self.0) {
            if change != 0 {
                statement.execute((job, part, status.as_str(), change))?;
            }
        }
        Ok(())
    }
}

pub(crate) fn of_job(connection: &Connection, job: i64) -> Result<Tallies> {
    sum(
        connection,
        "SELECT job, status, count FROM tallies WHERE job = ?1",
        [job],
    )
    .map(|mut all| all.remove(&job).unwrap_or_default())
}

pub(crate) fn of_part(connection: &Connection, job: i64, part: u32) -> Result<Tallies> {
    sum(
        connection,
        "SELECT job, status, count FROM tallies WHERE job = ?1 AND part = ?2",
        (job, part),
    )
    .map(|mut all| all.remove(&job).unwrap_or_default())
}

pub(crate) fn of_all_jobs(connection: &Connection) -> Result<HashMap<i64, Tallies>> {
    sum(connection, "SELECT job, status, count FROM tallies", [])
}

fn sum(connection: &Connection, sql: &str, of: impl rusqlite::Params) -> Result<HashMap<i64, Tallies>> {
    let mut sums: HashMap<i64, Tallies> = HashMap::new();
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(of)?;
    while let Some(row) = rows.next()? {
        let status = columns::word(row, "status", Status::parse)?;
        sums.entry(row.get("job")?)
            .or_default()
            .add(status, row.get("count")?);
    }
    Ok(sums)
}
