//! Requests: which line of which part file each one is, and its ids. The requests themselves stand only in the
//! part files.

use rusqlite::OptionalExtension;
use tabane_model::{PartNumber, StudyRequest};

use crate::{Error, Result, Store, cells, columns, place};

/// Rows in one transaction, so that drafts and polls never wait long for the writer.
const BATCH: usize = 5_000;

/// One request as it was written to its part file.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRequest {
    /// 0-based place in the job.
    pub position: u32,
    pub part: PartNumber,
    pub wire_id: String,
    /// The readable id.
    pub custom_id: String,
    /// 1-based line of the dropped file; 0: none.
    pub source_line: u32,
    /// Byte of the part file where its line begins.
    pub offset: u64,
    /// Bytes of its line without the line end. 0: there is no request file (import).
    pub length: u32,
    /// Of a study's job. Its cells are not looked at.
    pub study: Option<StudyRequest>,
}

/// Where the line of a request stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestPlace {
    /// The part's file, relative to the data folder.
    pub file: String,
    pub offset: u64,
    pub length: u32,
}

/// Takes requests in any number; they are kept by the thousand. Call [`RequestWriter::finish`] at the end.
pub struct RequestWriter<'a> {
    store: &'a Store,
    job: i64,
    waiting: Vec<NewRequest>,
}

impl Store {
    /// Adds requests to a job; one written again (same position) replaces the earlier one.
    pub fn write_requests(&self, job: &str) -> Result<RequestWriter<'_>> {
        let job = self.read(|reader| Self::job_key(reader, job))?;
        Ok(RequestWriter {
            store: self,
            job,
            waiting: Vec::with_capacity(BATCH),
        })
    }

    /// Where the request at `position` stands as it was sent. `None`: imported without its requests.
    pub fn request_place(&self, job: &str, position: u32) -> Result<Option<RequestPlace>> {
        self.read(|reader| {
            let key = Self::job_key(reader, job)?;
            let place = reader
                .prepare_cached(
                    "SELECT file, place, length FROM requests
                     JOIN parts ON parts.job = ?1 AND parts.number = requests.part WHERE requests.key = ?2",
                )?
                .query_row((key, place::row_key(key, position)), |row| {
                    Ok(RequestPlace {
                        file: row.get("file")?,
                        offset: columns::unsigned(row, "place")?,
                        length: row.get("length")?,
                    })
                })
                .optional()?
                .ok_or_else(|| Error::NoRow {
                    job: job.to_owned(),
                    position,
                })?;
            Ok(Some(place).filter(|place| place.length > 0))
        })
    }
}

impl RequestWriter<'_> {
    pub fn push(&mut self, request: NewRequest) -> Result<()> {
        self.waiting.push(request);
        if self.waiting.len() >= BATCH {
            self.flush()
        } else {
            Ok(())
        }
    }

    fn flush(&mut self) -> Result<()> {
        let job = self.job;
        let waiting = &self.waiting;
        self.store.write(|tx| {
            let mut statement = tx.prepare_cached(
                "INSERT OR REPLACE INTO requests (key, part, source_line, place, length, wire_id, custom_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?;
            for request in waiting {
                statement.execute((
                    place::row_key(job, request.position),
                    request.part,
                    request.source_line,
                    columns::signed(request.offset),
                    request.length,
                    &request.wire_id,
                    &request.custom_id,
                ))?;
                if let Some(study) = &request.study {
                    cells::insert_request(tx, place::row_key(job, request.position), study)?;
                }
            }
            Ok(())
        })?;
        self.waiting.clear();
        Ok(())
    }

    /// Keeps the last ones and sets the job's number of requests to what it has. Gives that number.
    pub fn finish(mut self) -> Result<u32> {
        self.flush()?;
        let rows = place::job_rows(self.job);
        self.store.write(|tx| {
            let count: u32 = tx.query_row(
                "SELECT count(*) FROM requests WHERE key BETWEEN ?1 AND ?2",
                (rows.start(), rows.end()),
                |row| row.get(0),
            )?;
            tx.execute("UPDATE jobs SET requests = ?2 WHERE key = ?1", (self.job, count))?;
            Ok(count)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Error, NewRequest, RequestPlace,
        testing::{filled, job, part, request, store},
    };

    #[test]
    fn the_place_of_a_line_is_found() {
        let (_folder, store) = store();
        filled(&store, "a", &[2, 2]);
        let expected = RequestPlace {
            file: "jobs/a/part-2.jsonl".to_owned(),
            offset: 100,
            length: 99,
        };
        assert_eq!(store.request_place("a", 3).unwrap(), Some(expected));
        assert!(matches!(
            store.request_place("a", 4),
            Err(Error::NoRow { position: 4, .. })
        ));
    }

    #[test]
    fn an_import_without_requests_has_no_lines() {
        let (_folder, store) = store();
        store.insert_job(&job("a", 0)).unwrap();
        store.insert_part(&part("a", 1, 0, 1)).unwrap();
        let mut writer = store.write_requests("a").unwrap();
        writer
            .push(NewRequest {
                length: 0,
                ..request(1, 0, 0)
            })
            .unwrap();
        assert_eq!(writer.finish().unwrap(), 1);
        assert_eq!(store.request_place("a", 0).unwrap(), None);
        assert_eq!(store.job("a").unwrap().requests, 1);
    }

    #[test]
    fn a_preparation_that_begins_again_doubles_nothing() {
        let (_folder, store) = store();
        filled(&store, "a", &[3]);
        let mut writer = store.write_requests("a").unwrap();
        for position in 0..3 {
            writer.push(request(1, 0, position)).unwrap();
        }
        assert_eq!(writer.finish().unwrap(), 3);
    }
}
