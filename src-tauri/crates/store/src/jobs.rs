//! Jobs and the record of their changes.

use rusqlite::{Connection, OptionalExtension, Row, named_params};
use tabane_model::{
    Adaptation, Counts, Failure, JobId, JobState, Millis, PartNumber, PartState, ProviderId, Settings,
};

use crate::{
    Error, PartRecord, Result, Store, columns, parts, place,
    tally::{self, Tallies},
};

/// Everything of one file, sent to one provider: what the user sees as one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct JobRecord {
    pub id: JobId,
    pub name: String,
    pub provider: ProviderId,
    pub connection: Option<String>,
    pub base_url: Option<String>,
    /// What the service needed beside address and key when it was sent.
    pub settings: Settings,
    /// The version of the service's interface that its requests were written for.
    pub api_version: Option<String>,
    /// What was changed in the requests to suit the service, with counts.
    pub adaptations: Vec<Adaptation>,
    /// Which key it was sent with, without the key.
    pub key_fingerprint: Option<String>,
    pub model: Option<String>,
    pub endpoint: Option<String>,
    /// The completion window as the provider takes it, such as `24h`.
    pub window: String,
    pub state: JobState,
    /// What the user has to see to.
    pub waiting: Option<Failure>,
    pub requests: u32,
    /// Bytes on the wire.
    pub bytes: u64,
    /// What the ids on the wire start with.
    pub nonce: String,
    /// Path of the file that it was made from.
    pub source: Option<String>,
    pub created_at: Millis,
    pub sent_at: Option<Millis>,
    pub ended_at: Option<Millis>,
    pub cancel_asked: bool,
    /// `file`, `study`, `import` or `adopted`.
    pub origin: String,
    /// Id of the study that it was made from.
    pub study: Option<String>,
}

impl JobRecord {
    /// A job of which nothing is known yet.
    #[must_use]
    pub fn new(id: JobId, provider: ProviderId, created_at: Millis) -> Self {
        Self {
            id,
            name: String::new(),
            provider,
            connection: None,
            base_url: None,
            settings: Settings::new(),
            api_version: None,
            adaptations: Vec::new(),
            key_fingerprint: None,
            model: None,
            endpoint: None,
            window: String::new(),
            state: JobState::Preparing,
            waiting: None,
            requests: 0,
            bytes: 0,
            nonce: String::new(),
            source: None,
            created_at,
            sent_at: None,
            ended_at: None,
            cancel_asked: false,
            origin: "file".to_owned(),
            study: None,
        }
    }
}

/// One change of a state.
#[derive(Clone, Debug, PartialEq)]
pub struct Transition {
    pub at: Millis,
    /// `None`: of the job itself.
    pub part: Option<PartNumber>,
    /// `None`: it began.
    pub from: Option<String>,
    pub to: String,
    pub note: Option<Failure>,
}

impl Store {
    pub fn insert_job(&self, job: &JobRecord) -> Result<()> {
        self.write(|tx| {
            tx.prepare_cached(
                "INSERT INTO jobs (id, name, provider, connection, base_url, key_fingerprint, model, endpoint,
                   batch_window, state, waiting, requests, bytes, nonce, source, origin, cancel_asked,
                   created_at, sent_at, ended_at, study, settings, api_version, adaptations)
                 VALUES (:id, :name, :provider, :connection, :base_url, :key_fingerprint, :model, :endpoint,
                   :batch_window, :state, :waiting, :requests, :bytes, :nonce, :source, :origin, :cancel_asked,
                   :created_at, :sent_at, :ended_at, :study, :settings, :api_version, :adaptations)",
            )?
            .execute(named_params! {
                ":id": job.id, ":name": job.name, ":provider": job.provider.as_str(),
                ":connection": job.connection, ":base_url": job.base_url,
                ":key_fingerprint": job.key_fingerprint, ":model": job.model, ":endpoint": job.endpoint,
                ":batch_window": job.window, ":state": job.state.as_str(),
                ":waiting": columns::optional_json(job.waiting.as_ref())?,
                ":requests": job.requests, ":bytes": columns::signed(job.bytes), ":nonce": job.nonce,
                ":source": job.source, ":origin": job.origin, ":cancel_asked": job.cancel_asked,
                ":created_at": job.created_at, ":sent_at": job.sent_at, ":ended_at": job.ended_at,
                ":study": job.study, ":settings": columns::to_json(&job.settings)?,
                ":api_version": job.api_version, ":adaptations": columns::to_json(&job.adaptations)?,
            })?;
            let key = tx.last_insert_rowid();
            record(tx, key, None, job.created_at, None, job.state.as_str(), job.waiting.as_ref())
        })
    }

    pub fn job(&self, id: &str) -> Result<JobRecord> {
        self.read(|reader| job(reader, id))
    }

    /// All jobs, newest first; with `search`, those that have it in name, provider, model or id.
    pub fn jobs(&self, search: Option<&str>) -> Result<Vec<JobRecord>> {
        let pattern = search
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(crate::filter::like);
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "SELECT * FROM jobs
                 WHERE ?1 IS NULL OR name LIKE ?1 ESCAPE '\\' OR provider LIKE ?1 ESCAPE '\\'
                   OR model LIKE ?1 ESCAPE '\\' OR id LIKE ?1 ESCAPE '\\'
                 ORDER BY created_at DESC, key DESC",
            )?;
            let jobs = statement.query_map([pattern], from_row)?;
            Ok(jobs.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The jobs that were made from a study, newest first.
    pub fn jobs_of_study(&self, study: &str) -> Result<Vec<JobRecord>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT * FROM jobs WHERE study = ?1 ORDER BY created_at DESC, key DESC")?;
            let jobs = statement.query_map([study], from_row)?;
            Ok(jobs.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Recorded when it changes something.
    pub fn set_job_state(
        &self,
        id: &str,
        state: JobState,
        waiting: Option<&Failure>,
        at: Millis,
    ) -> Result<()> {
        self.write(|tx| change_state(tx, id, state, waiting, at))
    }

    /// Derives the state of a job from its parts and records it, in one moment: no two can overtake each other.
    /// Gives whether it has just finished.
    pub fn settle_job(
        &self,
        id: &str,
        at: Millis,
        derive: impl FnOnce(&JobRecord, &[PartRecord]) -> (JobState, Option<Failure>),
    ) -> Result<bool> {
        self.write(|tx| {
            let old = job(tx, id)?;
            if old.state == JobState::Preparing {
                return Ok(false);
            }
            let key = Self::job_key(tx, id)?;
            let parts = parts::of_job(tx, key)?;
            let (state, waiting) = derive(&old, &parts);
            change_state(tx, id, state, waiting.as_ref(), at)?;
            if parts.iter().any(|part| part.sent_at.is_some()) {
                tx.prepare_cached("UPDATE jobs SET sent_at = coalesce(sent_at, ?2) WHERE key = ?1")?
                    .execute((key, at))?;
            }
            let ended = state == JobState::Finished && old.state != JobState::Finished;
            if ended {
                tx.prepare_cached("UPDATE jobs SET ended_at = ?2 WHERE key = ?1")?
                    .execute((key, at))?;
            }
            Ok(ended)
        })
    }

    /// From now on these jobs are sent: all of them, or (when it fails) none.
    pub fn release(&self, jobs: &[JobId], at: Millis) -> Result<()> {
        self.write(|tx| {
            for id in jobs {
                let key = Self::job_key(tx, id)?;
                tx.prepare_cached("UPDATE parts SET due_at = ?2 WHERE job = ?1 AND state = ?3")?
                    .execute((key, at, PartState::Planned.as_str()))?;
                change_state(tx, id, JobState::Sending, None, at)?;
            }
            Ok(())
        })
    }

    /// What came out of writing its requests: before anything is sent.
    pub fn set_written(&self, id: &str, api_version: Option<&str>, adaptations: &[Adaptation]) -> Result<()> {
        self.write(|tx| {
            tx.prepare_cached("UPDATE jobs SET api_version = ?2, adaptations = ?3 WHERE id = ?1")?
                .execute((id, api_version, columns::to_json(&adaptations)?))?;
            Ok(())
        })
    }

    pub fn rename_job(&self, id: &str, name: &str) -> Result<()> {
        self.change_job(id, "UPDATE jobs SET name = ?2 WHERE id = ?1", name)
    }

    pub fn set_cancel_asked(&self, id: &str, asked: bool) -> Result<()> {
        self.change_job(id, "UPDATE jobs SET cancel_asked = ?2 WHERE id = ?1", asked)
    }

    /// `None`: it goes on after all.
    pub fn mark_ended(&self, id: &str, at: Option<Millis>) -> Result<()> {
        self.change_job(id, "UPDATE jobs SET ended_at = ?2 WHERE id = ?1", at)
    }

    fn change_job(&self, id: &str, sql: &str, value: impl rusqlite::ToSql) -> Result<()> {
        self.write(|tx| match tx.prepare_cached(sql)?.execute((id, value))? {
            0 => Err(Error::NoJob(id.to_owned())),
            _ => Ok(()),
        })
    }

    /// Forgets the job with everything that belongs to it. Its files are the caller's.
    pub fn delete_job(&self, id: &str) -> Result<()> {
        self.write(|tx| {
            let key = Self::job_key(tx, id)?;
            clear(tx, key)?;
            tx.execute("DELETE FROM jobs WHERE key = ?1", [key])?;
            Ok(())
        })?;
        self.shrink()
    }

    /// Takes back what a preparation that did not come to its end has written: parts, requests, results.
    /// The job stays.
    pub fn clear_job(&self, id: &str) -> Result<()> {
        self.write(|tx| clear(tx, Self::job_key(tx, id)?))
    }

    /// Every change of the job and its parts, oldest first.
    pub fn transitions(&self, id: &str) -> Result<Vec<Transition>> {
        self.read(|reader| {
            let key = Self::job_key(reader, id)?;
            let mut statement =
                reader.prepare_cached("SELECT * FROM transitions WHERE job = ?1 ORDER BY key")?;
            let transitions = statement.query_map([key], |row| {
                Ok(Transition {
                    at: row.get("at")?,
                    part: Some(row.get("part")?).filter(|&part: &PartNumber| part > 0),
                    from: row.get("from_state")?,
                    to: row.get("to_state")?,
                    note: columns::json(row, "note")?,
                })
            })?;
            Ok(transitions.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The sum: requests = succeeded + failed + expired + cancelled + missing + pending.
    pub fn counts(&self, id: &str) -> Result<Counts> {
        self.read(|reader| counts(reader, id))
    }

    /// The counts of every job, in the order of [`Store::jobs`].
    pub fn counts_all(&self) -> Result<Vec<(JobId, Counts)>> {
        self.read(|reader| {
            let mut tallies = tally::of_all_jobs(reader)?;
            let mut statement = reader
                .prepare_cached("SELECT key, id, requests FROM jobs ORDER BY created_at DESC, key DESC")?;
            let counts = statement.query_map([], |row| {
                let tallies: Tallies = tallies.remove(&row.get("key")?).unwrap_or_default();
                Ok((row.get("id")?, tallies.counts(row.get("requests")?)))
            })?;
            Ok(counts.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn change_state(
    tx: &Connection,
    id: &str,
    state: JobState,
    waiting: Option<&Failure>,
    at: Millis,
) -> Result<()> {
    let old = job(tx, id)?;
    if old.state == state && old.waiting.as_ref() == waiting {
        return Ok(());
    }
    let key = Store::job_key(tx, id)?;
    tx.prepare_cached("UPDATE jobs SET state = ?2, waiting = ?3 WHERE key = ?1")?
        .execute((key, state.as_str(), columns::optional_json(waiting)?))?;
    let code = |failure: &Failure| failure.code.clone();
    if old.state == state && old.waiting.as_ref().map(code) == waiting.map(code) {
        return Ok(()); // The same trouble in other words.
    }
    record(
        tx,
        key,
        None,
        at,
        Some(old.state.as_str()),
        state.as_str(),
        waiting,
    )
}

fn clear(tx: &Connection, key: i64) -> Result<()> {
    let parts: Vec<i64> = tx
        .prepare_cached("SELECT key FROM parts WHERE job = ?1")?
        .query_map([key], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for part in parts {
        let lines = place::part_lines(part);
        tx.execute(
            "DELETE FROM raw_results WHERE key BETWEEN ?1 AND ?2",
            (lines.start(), lines.end()),
        )?;
    }
    let rows = place::job_rows(key);
    for sql in [
        "DELETE FROM cells WHERE request BETWEEN ?1 AND ?2",
        "DELETE FROM study_requests WHERE key BETWEEN ?1 AND ?2",
        "DELETE FROM results WHERE key BETWEEN ?1 AND ?2",
        "DELETE FROM requests WHERE key BETWEEN ?1 AND ?2",
    ] {
        tx.execute(sql, (rows.start(), rows.end()))?;
    }
    tx.execute("DELETE FROM tallies WHERE job = ?1", [key])?;
    tx.execute("DELETE FROM parts WHERE job = ?1", [key])?;
    Ok(())
}

/// Writes a change of state down.
pub(crate) fn record(
    tx: &Connection,
    job: i64,
    part: Option<PartNumber>,
    at: Millis,
    from: Option<&str>,
    to: &str,
    note: Option<&Failure>,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO transitions (job, part, at, from_state, to_state, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        job,
        part.unwrap_or(0),
        at,
        from,
        to,
        columns::optional_json(note)?,
    ))?;
    Ok(())
}

pub(crate) fn counts(connection: &Connection, id: &str) -> Result<Counts> {
    let requests = job(connection, id)?.requests;
    Ok(tally::of_job(connection, Store::job_key(connection, id)?)?.counts(requests))
}

pub(crate) fn job(connection: &Connection, id: &str) -> Result<JobRecord> {
    connection
        .prepare_cached("SELECT * FROM jobs WHERE id = ?1")?
        .query_row([id], from_row)
        .optional()?
        .ok_or_else(|| Error::NoJob(id.to_owned()))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<JobRecord> {
    Ok(JobRecord {
        id: row.get("id")?,
        name: row.get("name")?,
        provider: ProviderId(row.get("provider")?),
        connection: row.get("connection")?,
        base_url: row.get("base_url")?,
        settings: columns::json(row, "settings")?.unwrap_or_default(),
        api_version: row.get("api_version")?,
        adaptations: columns::json(row, "adaptations")?.unwrap_or_default(),
        key_fingerprint: row.get("key_fingerprint")?,
        model: row.get("model")?,
        endpoint: row.get("endpoint")?,
        window: row.get("batch_window")?,
        state: columns::word(row, "state", JobState::parse)?,
        waiting: columns::json(row, "waiting")?,
        requests: row.get("requests")?,
        bytes: columns::unsigned(row, "bytes")?,
        nonce: row.get("nonce")?,
        source: row.get("source")?,
        created_at: row.get("created_at")?,
        sent_at: row.get("sent_at")?,
        ended_at: row.get("ended_at")?,
        cancel_asked: row.get("cancel_asked")?,
        origin: row.get("origin")?,
        study: row.get("study")?,
    })
}

#[cfg(test)]
mod tests;
