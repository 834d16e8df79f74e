//! What a study knows of its requests, and what was read from their answers.

use rusqlite::{Connection, OptionalExtension, Row};
use tabane_model::{Cell, HowRead, Millis, MissingReason, SheetCell, StudyRequest};

use crate::{Error, Result, Store, columns, place};

/// Answers whose cells are kept in one transaction, so that drafts and polls never wait long for the writer.
const BATCH: usize = 2_000;

/// Takes the cells of answers in any number. Reading them again replaces what was read; corrections stay.
pub struct CellWriter<'a> {
    store: &'a Store,
    job: i64,
    waiting: Vec<(u32, Vec<Cell>)>,
}

/// What the model said to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<'a> {
    pub position: u32,
    /// `None`: it has no answer.
    pub text: Option<&'a str>,
    /// It ended at the length limit.
    pub cut_off: bool,
}

impl Store {
    /// Begins to keep what was read from the answers of a job.
    pub fn write_cells(&self, job: &str) -> Result<CellWriter<'_>> {
        let job = self.read(|reader| Self::job_key(reader, job))?;
        Ok(CellWriter {
            store: self,
            job,
            waiting: Vec::new(),
        })
    }

    /// Corrects a cell by hand, or takes the correction back (`None`). `Some("")` marks it as missing.
    pub fn edit_cell(
        &self,
        job: &str,
        position: u32,
        field: u32,
        value: Option<&str>,
        at: Millis,
    ) -> Result<()> {
        self.write(|tx| {
            let row = place::row_key(Self::job_key(tx, job)?, position);
            let done = tx
                .prepare_cached(
                    "UPDATE cells SET edited = ?3, edited_at = ?4 WHERE request = ?1 AND field = ?2",
                )?
                .execute((row, field, value, value.map(|_| at)))?;
            if done == 0 {
                return Err(Error::NoRow {
                    job: job.to_owned(),
                    position,
                });
            }
            Ok(())
        })
    }

    /// The fields (0-based) of a study's answer sheet in which a value was corrected by hand.
    pub fn corrected_fields(&self, study: &str) -> Result<Vec<u32>> {
        let jobs = self.jobs_of_study(study)?;
        self.read(|reader| {
            let mut fields = Vec::new();
            for job in jobs {
                let rows = place::job_rows(Self::job_key(reader, &job.id)?);
                let mut statement = reader.prepare_cached(
                    "SELECT DISTINCT field FROM cells WHERE request BETWEEN ?1 AND ?2 AND edited IS NOT NULL",
                )?;
                let found = statement.query_map((rows.start(), rows.end()), |row| row.get(0))?;
                fields.extend(found.collect::<rusqlite::Result<Vec<u32>>>()?);
            }
            fields.sort_unstable();
            fields.dedup();
            Ok(fields)
        })
    }

    /// A job whose requests were made elsewhere joins a study.
    pub fn join_study(&self, job: &str, study: &str) -> Result<()> {
        self.write(|tx| {
            let key = Self::job_key(tx, job)?;
            tx.execute("UPDATE jobs SET study = ?2 WHERE key = ?1", (key, study))?;
            Ok(())
        })
    }

    /// Gives the requests of a job what `find` knows of them by their readable id.
    pub fn describe_requests(
        &self,
        job: &str,
        find: &mut dyn FnMut(&str) -> Option<StudyRequest>,
    ) -> Result<()> {
        self.write(|tx| {
            let rows = place::job_rows(Self::job_key(tx, job)?);
            let mut statement =
                tx.prepare_cached("SELECT key, custom_id FROM requests WHERE key BETWEEN ?1 AND ?2")?;
            let mut found = statement.query((rows.start(), rows.end()))?;
            while let Some(row) = found.next()? {
                if let Some(request) = row.get_ref(1)?.as_str().ok().and_then(&mut *find) {
                    insert_request(tx, row.get(0)?, &request)?;
                }
            }
            Ok(())
        })
    }

    /// The answers of the rows of a job that have ended, in order.
    pub fn each_answer<E: From<Error>>(
        &self,
        job: &str,
        rows: std::ops::Range<u32>,
        take: &mut dyn FnMut(Answer<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.read(|reader| {
            let key = Self::job_key(reader, job)?;
            let last = rows.end.saturating_sub(1);
            let range = (place::row_key(key, rows.start), place::row_key(key, last));
            let mut statement = reader
                .prepare_cached(
                    "SELECT key, finish_reason, answer FROM results WHERE key BETWEEN ?1 AND ?2 ORDER BY key",
                )
                .map_err(Error::from)?;
            let mut found = statement.query(range).map_err(Error::from)?;
            while let Some(row) = found.next().map_err(Error::from)? {
                take(answer_of(row).map_err(Error::from)?)?;
            }
            Ok(())
        })
    }
}

fn answer_of<'a>(row: &'a Row<'_>) -> rusqlite::Result<Answer<'a>> {
    let finish = row.get_ref(1)?.as_str_or_null().unwrap_or_default();
    Ok(Answer {
        position: place::position(row.get(0)?),
        text: row.get_ref(2)?.as_str_or_null().unwrap_or_default(),
        cut_off: matches!(finish, Some("length" | "max_output_tokens")),
    })
}

impl CellWriter<'_> {
    /// One cell a field, in the order of the answer sheet.
    pub fn push(&mut self, position: u32, cells: Vec<Cell>) -> Result<()> {
        self.waiting.push((position, cells));
        if self.waiting.len() >= BATCH {
            self.flush()
        } else {
            Ok(())
        }
    }

    pub fn finish(mut self) -> Result<()> {
        self.flush()
    }

    fn flush(&mut self) -> Result<()> {
        let job = self.job;
        let waiting = &self.waiting;
        self.store.write(|tx| {
            // Fields that the sheet no longer has.
            let mut surplus = tx.prepare_cached("DELETE FROM cells WHERE request = ?1 AND field >= ?2")?;
            let mut keep = tx.prepare_cached(
                "INSERT INTO cells (request, field, value, how, missing, start, stop)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (request, field) DO UPDATE SET value = excluded.value, how = excluded.how,
                   missing = excluded.missing, start = excluded.start, stop = excluded.stop",
            )?;
            for (position, cells) in waiting {
                let request = place::row_key(job, *position);
                let fields = u32::try_from(cells.len()).unwrap_or(u32::MAX);
                surplus.execute((request, fields))?;
                for (field, cell) in (0_u32..).zip(cells) {
                    let (value, how, missing, from) = match cell {
                        Cell::Read { value, how, from } => {
                            (Some(value), Some(how.as_str()), None, Some(*from))
                        }
                        Cell::Missing { reason, from } => (None, None, Some(reason.as_str()), *from),
                    };
                    let (start, stop) = (from.map(|from| from.0), from.map(|from| from.1));
                    keep.execute((request, field, value, how, missing, start, stop))?;
                }
            }
            Ok(())
        })?;
        self.waiting.clear();
        Ok(())
    }
}

pub(crate) fn insert_request(tx: &Connection, key: i64, study: &StudyRequest) -> Result<()> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO study_requests (key, levels, trial, temperature) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((
        key,
        columns::to_json(&study.levels)?,
        study.trial,
        study.temperature,
    ))?;
    Ok(())
}

/// What a study knows of the request with this key.
pub(crate) fn study_request(reader: &Connection, key: i64) -> rusqlite::Result<Option<StudyRequest>> {
    let request = reader
        .prepare_cached("SELECT levels, trial, temperature FROM study_requests WHERE key = ?1")?
        .query_row([key], |row| {
            Ok(StudyRequest {
                levels: columns::json(row, "levels")?.unwrap_or_default(),
                trial: row.get("trial")?,
                temperature: row.get("temperature")?,
                cells: Vec::new(),
            })
        })
        .optional()?;
    let Some(mut request) = request else {
        return Ok(None);
    };
    let mut cells = reader.prepare_cached(
        "SELECT value, how, missing, start, stop, edited FROM cells WHERE request = ?1 ORDER BY field",
    )?;
    request.cells = cells.query_map([key], cell)?.collect::<rusqlite::Result<_>>()?;
    Ok(Some(request))
}

fn cell(row: &Row<'_>) -> rusqlite::Result<SheetCell> {
    let start: Option<u32> = row.get("start")?;
    let from = start.zip(row.get("stop")?);
    let how = columns::optional_word(row, "how", HowRead::parse)?;
    let read = match (row.get("value")?, how) {
        (Some(value), Some(how)) => Cell::Read {
            value,
            how,
            from: from.unwrap_or_default(),
        },
        _ => Cell::Missing {
            reason: columns::optional_word(row, "missing", MissingReason::parse)?
                .unwrap_or(MissingReason::NotAnswered),
            from,
        },
    };
    Ok(SheetCell {
        read,
        edited: row.get("edited")?,
    })
}

#[cfg(test)]
mod tests {
    use tabane_model::{Cell, HowRead, MissingReason, Status, StudyRequest};

    use crate::{
        Error, Filter, Source,
        testing::{NOW, job, outcome, part, request, store},
    };

    fn read(value: &str) -> Cell {
        Cell::Read {
            value: value.to_owned(),
            how: HowRead::LineTolerant,
            from: (3, 5),
        }
    }

    fn filled() -> (tempfile::TempDir, crate::Store) {
        let (folder, store) = store();
        let mut from_study = job("a", 3);
        from_study.study = Some("s".to_owned());
        store.insert_job(&from_study).unwrap();
        store.insert_part(&part("a", 1, 0, 3)).unwrap();
        let mut writer = store.write_requests("a").unwrap();
        for position in 0..3 {
            let mut request = request(1, 0, position);
            request.study = Some(StudyRequest {
                levels: vec!["p1".to_owned(), "雨".to_owned()],
                trial: position + 1,
                temperature: Some(0.8),
                cells: Vec::new(),
            });
            writer.push(request).unwrap();
        }
        writer.finish().unwrap();
        (folder, store)
    }

    #[test]
    fn cells_come_back_with_their_request() {
        let (_folder, store) = filled();
        let missing = Cell::Missing {
            reason: MissingReason::OutOfRange,
            from: Some((0, 3)),
        };
        let mut writer = store.write_cells("a").unwrap();
        writer.push(1, vec![read("85"), missing.clone()]).unwrap();
        writer.finish().unwrap();
        let rows = store.rows("a", &[0, 1]).unwrap();
        let study = |row: usize| rows[row].study.clone().unwrap();
        assert_eq!(study(0).cells, []);
        assert_eq!((study(0).trial, study(1).temperature), (1, Some(0.8)));
        assert_eq!(study(1).levels, ["p1", "雨"]);
        let cells: Vec<_> = study(1).cells.into_iter().map(|cell| cell.read).collect();
        assert_eq!(cells, [read("85"), missing]);
        let mut seen = 0;
        store
            .each_row::<Error>("a", &Filter::default(), &mut |row| {
                seen += row.study.unwrap().cells.len();
                Ok(())
            })
            .unwrap();
        assert_eq!(seen, 2);
    }

    #[test]
    fn corrections_stay_when_answers_are_read_again() {
        let (_folder, store) = filled();
        let write = |cells| {
            let mut writer = store.write_cells("a").unwrap();
            writer.push(0, cells).unwrap();
            writer.finish().unwrap();
        };
        write(vec![read("85"), read("7"), read("1")]);
        store.edit_cell("a", 0, 0, Some("58"), NOW).unwrap();
        store.edit_cell("a", 0, 1, Some(""), NOW).unwrap();
        write(vec![read("84"), read("7")]);
        let value = |field: usize| {
            let cells = store.rows("a", &[0]).unwrap().remove(0).study.unwrap().cells;
            cells.get(field).and_then(|cell| cell.value().map(str::to_owned))
        };
        assert_eq!(
            (value(0).as_deref(), value(1), value(2)),
            (Some("58"), None, None)
        );
        store.edit_cell("a", 0, 0, None, NOW).unwrap();
        assert_eq!(value(0).as_deref(), Some("84"));
        assert!(matches!(
            store.edit_cell("a", 2, 0, Some("1"), NOW),
            Err(Error::NoRow { position: 2, .. })
        ));
    }

    #[test]
    fn answers_are_given_in_order_and_say_when_they_were_cut() {
        let (_folder, store) = filled();
        let mut results = store.write_results("a", 1).unwrap();
        for (line, position) in (1..).zip([2, 0]) {
            let mut outcome = outcome(position, Status::Succeeded);
            if position == 2 {
                outcome.finish_reason = Some("length".to_owned());
            }
            results
                .push(Source::Output, line, "{}".to_owned(), outcome)
                .unwrap();
        }
        results
            .finish(&tabane_model::Outcome::empty(Status::Missing))
            .unwrap();
        let mut seen = Vec::new();
        store
            .each_answer::<Error>("a", 0..3, &mut |answer| {
                seen.push((answer.position, answer.text.is_some(), answer.cut_off));
                Ok(())
            })
            .unwrap();
        assert_eq!(seen, [(0, true, false), (1, false, false), (2, true, true)]);
        store.delete_job("a").unwrap();
    }
}
