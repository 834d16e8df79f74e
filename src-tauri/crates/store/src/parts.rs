//! Parts: one batch at the provider each.

use rusqlite::{Connection, OptionalExtension, Row, named_params};
use tabane_model::{Failure, JobId, Millis, PartNumber, PartState, RemoteCounts, RemoteState};

use crate::{Error, Result, Store, columns, jobs::record, place};

mod due;

/// One provider-side batch of a job.
#[derive(Clone, Debug, PartialEq)]
pub struct PartRecord {
    pub job: JobId,
    /// 1-based.
    pub number: PartNumber,
    pub state: PartState,
    /// Its request file, relative to the data folder.
    pub file: String,
    pub sha256: String,
    pub requests: u32,
    /// Bytes of `file`.
    pub bytes: u64,
    /// Place in the job of its first request.
    pub first_position: u32,
    pub endpoint: String,
    /// The provider's id of the uploaded file.
    pub remote_file: Option<String>,
    /// The provider's id of the batch.
    pub remote_batch: Option<String>,
    /// The provider's own word for its state.
    pub remote_status: Option<String>,
    pub remote_state: Option<RemoteState>,
    pub remote_counts: RemoteCounts,
    /// The provider's id of the file with the answers.
    pub output_file: Option<String>,
    /// The provider's id of the file with the failures.
    pub error_file: Option<String>,
    /// When work on it ends at the latest.
    pub expires_at: Option<Millis>,
    /// When its results are gone at the provider.
    pub kept_until: Option<Millis>,
    /// Which key asked for it, without the key.
    pub key_fingerprint: Option<String>,
    /// When what we laid down at the provider was deleted.
    pub cleaned_at: Option<Millis>,
    /// When something is to be done for it next; `None`: nothing.
    pub due_at: Option<Millis>,
    /// How often that has been tried in vain.
    pub tries: u32,
    pub failure: Option<Failure>,
    pub created_at: Millis,
    pub sent_at: Option<Millis>,
    pub ended_at: Option<Millis>,
}

impl PartRecord {
    /// A part as it is before anything has happened to it. `file` is relative to the data folder.
    #[must_use]
    pub fn planned(job: &str, number: PartNumber, file: String, created_at: Millis) -> Self {
        Self {
            job: job.to_owned(),
            number,
            state: PartState::Planned,
            file,
            sha256: String::new(),
            requests: 0,
            bytes: 0,
            first_position: 0,
            endpoint: String::new(),
            remote_file: None,
            remote_batch: None,
            remote_status: None,
            remote_state: None,
            remote_counts: RemoteCounts::default(),
            output_file: None,
            error_file: None,
            expires_at: None,
            kept_until: None,
            key_fingerprint: None,
            cleaned_at: None,
            due_at: None,
            tries: 0,
            failure: None,
            created_at,
            sent_at: None,
            ended_at: None,
        }
    }
}

impl Store {
    pub fn insert_part(&self, part: &PartRecord) -> Result<()> {
        self.write(|tx| insert(tx, part))
    }

    /// The parts of a job by number, those replaced by halves included.
    pub fn parts(&self, job: &str) -> Result<Vec<PartRecord>> {
        self.read(|reader| of_job(reader, Self::job_key(reader, job)?))
    }

    pub fn part(&self, job: &str, number: PartNumber) -> Result<PartRecord> {
        self.read(|reader| part(reader, job, number))
    }

    /// Writes all of it; a change of the state is recorded with its failure.
    pub fn save_part(&self, part: &PartRecord, at: Millis) -> Result<()> {
        self.write(|tx| save(tx, part, at))
    }

    /// Every batch that is a part of a job: the job's id and the provider's id of the batch.
    pub fn remote_batches(&self) -> Result<Vec<(JobId, String)>> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "SELECT jobs.id, remote_batch FROM parts JOIN jobs ON jobs.key = parts.job
                 WHERE remote_batch IS NOT NULL",
            )?;
            let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(found.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Replaces a part that the service calls too large by smaller ones (two halves), which together hold its
    /// requests in the same order. Their files are written already; what was known of the request's place in the
    /// old file is moved to theirs.
    pub fn replace_part(&self, job: &str, number: PartNumber, by: &[PartRecord], at: Millis) -> Result<()> {
        self.write(|tx| {
            let key = Self::job_key(tx, job)?;
            let mut old = part(tx, job, number)?;
            old.state = PartState::Halved;
            old.due_at = None;
            old.ended_at = Some(at);
            save(tx, &old, at)?;
            for (index, new) in by.iter().enumerate() {
                insert(tx, new)?;
                let next = by
                    .get(index + 1)
                    .map_or(u32::MAX, |next| next.first_position.saturating_sub(1));
                let (from, to) = (place::row_key(key, new.first_position), place::row_key(key, next));
                let rows = "part = ?1 AND key BETWEEN ?2 AND ?3";
                let start: i64 = tx.query_row(
                    &format!("SELECT coalesce(min(place), 0) FROM requests WHERE {rows}"),
                    (number, from, to),
                    |row| row.get(0),
                )?;
                tx.execute(
                    &format!("UPDATE requests SET part = ?4, place = place - ?5 WHERE {rows}"),
                    (number, from, to, new.number, start),
                )?;
            }
            Ok(())
        })
    }
}

pub(crate) fn part(connection: &Connection, job: &str, number: PartNumber) -> Result<PartRecord> {
    let key = Store::job_key(connection, job)?;
    connection
        .prepare_cached(
            "SELECT parts.*, jobs.id AS job_id FROM parts JOIN jobs ON jobs.key = parts.job
             WHERE parts.job = ?1 AND number = ?2",
        )?
        .query_row((key, number), from_row)
        .optional()?
        .ok_or_else(|| Error::NoPart {
            job: job.to_owned(),
            number,
        })
}

pub(crate) fn of_job(connection: &Connection, key: i64) -> Result<Vec<PartRecord>> {
    select(connection, "WHERE parts.job = ?1 ORDER BY number", [key])
}

fn select(connection: &Connection, which: &str, of: impl rusqlite::Params) -> Result<Vec<PartRecord>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT parts.*, jobs.id AS job_id FROM parts JOIN jobs ON jobs.key = parts.job {which}"
    ))?;
    let parts = statement.query_map(of, from_row)?;
    Ok(parts.collect::<rusqlite::Result<_>>()?)
}

fn insert(tx: &Connection, part: &PartRecord) -> Result<()> {
    let job = Store::job_key(tx, &part.job)?;
    let (to, note) = (part.state.as_str(), part.failure.as_ref());
    tx.prepare_cached(
        "INSERT INTO parts (job, number, state, file, sha256, requests, bytes, first_position, endpoint, tries,
           created_at)
         VALUES (?1, ?2, ?3, '', '', 0, 0, 0, '', 0, ?4)",
    )?
    .execute((job, part.number, to, part.created_at))?;
    record(tx, job, Some(part.number), part.created_at, None, to, note)?;
    save(tx, part, part.created_at)
}

pub(crate) fn save(tx: &Connection, part: &PartRecord, at: Millis) -> Result<()> {
    let job = Store::job_key(tx, &part.job)?;
    let key = Store::part_key(tx, job, &part.job, part.number)?;
    let from: String = tx
        .prepare_cached("SELECT state FROM parts WHERE key = ?1")?
        .query_row([key], |row| row.get(0))?;
    if from != part.state.as_str() {
        record(
            tx,
            job,
            Some(part.number),
            at,
            Some(&from),
            part.state.as_str(),
            part.failure.as_ref(),
        )?;
    }
    tx.prepare_cached(
        "UPDATE parts SET state = :state, file = :file, sha256 = :sha256, requests = :requests, bytes = :bytes,
           first_position = :first_position, endpoint = :endpoint, remote_file = :remote_file,
           remote_batch = :remote_batch, remote_status = :remote_status, remote_state = :remote_state,
           remote_total = :remote_total, remote_completed = :remote_completed, remote_failed = :remote_failed,
           output_file = :output_file, error_file = :error_file, expires_at = :expires_at, due_at = :due_at,
           tries = :tries, failure = :failure, created_at = :created_at, sent_at = :sent_at, ended_at = :ended_at,
           kept_until = :kept_until, key_fingerprint = :key_fingerprint, cleaned_at = :cleaned_at
         WHERE key = :key",
    )?
    .execute(named_params! {
        ":key": key, ":state": part.state.as_str(), ":file": part.file, ":sha256": part.sha256,
        ":requests": part.requests, ":bytes": columns::signed(part.bytes),
        ":first_position": part.first_position, ":endpoint": part.endpoint,
        ":remote_file": part.remote_file, ":remote_batch": part.remote_batch,
        ":remote_status": part.remote_status, ":remote_state": part.remote_state.map(RemoteState::as_str),
        ":remote_total": part.remote_counts.total, ":remote_completed": part.remote_counts.completed,
        ":remote_failed": part.remote_counts.failed, ":output_file": part.output_file,
        ":error_file": part.error_file, ":expires_at": part.expires_at, ":due_at": part.due_at,
        ":tries": part.tries, ":failure": columns::optional_json(part.failure.as_ref())?,
        ":created_at": part.created_at, ":sent_at": part.sent_at, ":ended_at": part.ended_at,
        ":kept_until": part.kept_until, ":key_fingerprint": part.key_fingerprint,
        ":cleaned_at": part.cleaned_at,
    })?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<PartRecord> {
    Ok(PartRecord {
        job: row.get("job_id")?,
        number: row.get("number")?,
        state: columns::word(row, "state", PartState::parse)?,
        file: row.get("file")?,
        sha256: row.get("sha256")?,
        requests: row.get("requests")?,
        bytes: columns::unsigned(row, "bytes")?,
        first_position: row.get("first_position")?,
        endpoint: row.get("endpoint")?,
        remote_file: row.get("remote_file")?,
        remote_batch: row.get("remote_batch")?,
        remote_status: row.get("remote_status")?,
        remote_state: columns::optional_word(row, "remote_state", RemoteState::parse)?,
        remote_counts: RemoteCounts {
            total: row.get("remote_total")?,
            completed: row.get("remote_completed")?,
            failed: row.get("remote_failed")?,
        },
        output_file: row.get("output_file")?,
        error_file: row.get("error_file")?,
        expires_at: row.get("expires_at")?,
        kept_until: row.get("kept_until")?,
        key_fingerprint: row.get("key_fingerprint")?,
        cleaned_at: row.get("cleaned_at")?,
        due_at: row.get("due_at")?,
        tries: row.get("tries")?,
        failure: columns::json(row, "failure")?,
        created_at: row.get("created_at")?,
        sent_at: row.get("sent_at")?,
        ended_at: row.get("ended_at")?,
    })
}

#[cfg(test)]
mod tests {
    use tabane_model::{Failure, PartState, RemoteCounts, RemoteState};

    use crate::{
        Error,
        testing::{NOW, filled, job, part, store},
    };

    #[test]
    fn a_part_comes_back_as_it_was() {
        let (_folder, store) = store();
        store.insert_job(&job("a", 1)).unwrap();
        let mut kept = part("a", 1, 0, 1);
        kept.remote_state = Some(RemoteState::Unknown);
        kept.remote_status = Some("PROGRESS".to_owned());
        kept.remote_counts = RemoteCounts {
            total: Some(9),
            completed: None,
            failed: Some(0),
        };
        kept.failure = Some(Failure::new("rate-limited"));
        kept.kept_until = Some(NOW + 5);
        kept.key_fingerprint = Some("0123".to_owned());
        kept.cleaned_at = Some(NOW + 6);
        store.insert_part(&kept).unwrap();
        assert_eq!(store.part("a", 1).unwrap(), kept);
        kept.state = PartState::Running;
        kept.remote_batch = Some("batch_1".to_owned());
        kept.due_at = None;
        store.save_part(&kept, NOW).unwrap();
        assert_eq!(store.parts("a").unwrap(), [kept.clone()]);
        assert!(matches!(store.part("a", 2), Err(Error::NoPart { number: 2, .. })));
        assert!(store.insert_part(&kept).is_err(), "a number is used once");
    }

    #[test]
    fn halving_moves_the_requests_with_their_places() {
        let (_folder, store) = store();
        filled(&store, "a", &[2, 5, 1]);
        let halves = [part("a", 4, 2, 3), part("a", 5, 5, 2)];
        store.replace_part("a", 2, &halves, NOW + 1).unwrap();
        let place = |position| {
            let place = store.request_place("a", position).unwrap().unwrap();
            (place.file, place.offset)
        };
        let at = |part: u32, offset| (format!("jobs/a/part-{part}.jsonl"), offset);
        assert_eq!(
            (1..8).map(place).collect::<Vec<_>>(),
            [
                at(1, 100),
                at(4, 0),
                at(4, 100),
                at(4, 200),
                at(5, 0),
                at(5, 100),
                at(3, 0)
            ]
        );
        let old = store.part("a", 2).unwrap();
        assert_eq!((old.state, old.due_at), (PartState::Halved, None));
        let again = [part("a", 6, 2, 1), part("a", 7, 3, 2)];
        store.replace_part("a", 4, &again, NOW + 2).unwrap();
        assert_eq!(place(4), at(7, 100));
        assert_eq!(store.counts("a").unwrap().pending, 8);
        assert!(store.replace_part("a", 9, &[], NOW).is_err());
    }
}
