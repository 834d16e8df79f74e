//! The results table: which rows a filter leaves, rows by position, and all of them from one snapshot.

use rusqlite::{Connection, OptionalExtension, Row, named_params};
use tabane_model::{Outcome, ResultRow, Status};

use crate::{
    Error, Filter, JobRecord, Result, Store, cells, columns,
    filter::{MATCHES, conditions},
    jobs, place,
};

/// Failures of one code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureGroup {
    /// The provider's code, if it gave any.
    pub code: Option<String>,
    /// What it said to one of them.
    pub message: Option<String>,
    pub count: u32,
}

const ROW: &str =
    "SELECT requests.key, custom_id, source_line, wire_id, status, finish_reason, model, input_tokens,
    cached_tokens, output_tokens, reasoning_tokens, error_code, error_message, answer
  FROM requests LEFT JOIN results USING (key)";

impl Store {
    /// The positions of the rows that the filter leaves, in order.
    pub fn open_view(&self, job: &str, filter: &Filter) -> Result<Vec<u32>> {
        let position = |row: &Row<'_>| Ok(place::position(row.get(0)?));
        self.read(|reader| {
            let rows = place::job_rows(Self::job_key(reader, job)?);
            let (status, search) = (filter.status_words(), filter.pattern());
            if let Some(sql) = filter.by_index(&jobs::counts(reader, job)?) {
                let mut statement = reader.prepare_cached(sql)?;
                let positions = statement.query_map((rows.start(), rows.end(), status), position)?;
                return Ok(positions.collect::<rusqlite::Result<_>>()?);
            }
            let sql = format!("SELECT key FROM requests LEFT JOIN results USING (key) WHERE {MATCHES}{} ORDER BY 1", conditions(&filter.looks));
            let mut statement = reader.prepare_cached(&sql)?;
            let positions = statement.query_map(
                named_params! {":from": rows.start(), ":to": rows.end(), ":status": status, ":search": search},
                position,
            )?;
            Ok(positions.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The rows at these positions, in the order asked for; those that do not exist are left out.
    pub fn rows(&self, job: &str, positions: &[u32]) -> Result<Vec<ResultRow>> {
        self.read(|reader| {
            let key = Self::job_key(reader, job)?;
            let job = jobs::job(reader, job)?;
            let mut statement = reader.prepare_cached(&format!("{ROW} WHERE requests.key = ?1"))?;
            let mut rows = Vec::with_capacity(positions.len());
            for &position in positions {
                let row =
                    statement.query_row([place::row_key(key, position)], |row| from_row(row, &job, reader));
                rows.extend(row.optional()?);
            }
            Ok(rows)
        })
    }

    /// A row with its line as received, if there is one.
    pub fn row_detail(&self, job: &str, position: u32) -> Result<(ResultRow, Option<String>)> {
        let row = self.rows(job, &[position])?.pop();
        let row = row.ok_or_else(|| Error::NoRow {
            job: job.to_owned(),
            position,
        })?;
        let raw = self.read(|reader| {
            let key = place::row_key(Self::job_key(reader, job)?, position);
            let sql = "SELECT raw_results.raw FROM results JOIN raw_results ON raw_results.key = results.raw
                       WHERE results.key = ?1";
            Ok::<_, Error>(
                reader
                    .prepare_cached(sql)?
                    .query_row([key], |row| row.get(0))
                    .optional()?,
            )
        })?;
        Ok((row, raw))
    }

    /// Gives every row that the filter leaves to `take`, in order and from one snapshot: what changes meanwhile
    /// does not show. Ends with the first error of `take`.
    pub fn each_row<E: From<Error>>(
        &self,
        job: &str,
        filter: &Filter,
        take: &mut dyn FnMut(ResultRow) -> Result<(), E>,
    ) -> Result<(), E> {
        self.read(|reader| {
            let rows = place::job_rows(Self::job_key(reader, job)?);
            let job = jobs::job(reader, job)?;
            let sql = format!(
                "{ROW} WHERE {MATCHES}{} ORDER BY requests.key",
                conditions(&filter.looks)
            );
            let mut statement = reader.prepare_cached(&sql).map_err(Error::from)?;
            let mut rows = statement
                .query(named_params! {
                    ":from": rows.start(), ":to": rows.end(),
                    ":status": filter.status_words(), ":search": filter.pattern(),
                })
                .map_err(Error::from)?;
            while let Some(row) = rows.next().map_err(Error::from)? {
                take(from_row(row, &job, reader).map_err(Error::from)?)?;
            }
            Ok(())
        })
    }

    /// The failures of a job by the provider's code, most first.
    pub fn failure_groups(&self, job: &str) -> Result<Vec<FailureGroup>> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "SELECT error_code, min(error_message) AS message, count(*) AS count FROM results
                 WHERE status <> 'succeeded' AND status = 'failed' AND key BETWEEN ?1 AND ?2 GROUP BY error_code
                 ORDER BY count DESC, error_code",
            )?;
            let rows = place::job_rows(Self::job_key(reader, job)?);
            let groups = statement.query_map((rows.start(), rows.end()), |row| {
                Ok(FailureGroup {
                    code: row.get("error_code")?,
                    message: row.get("message")?,
                    count: row.get("count")?,
                })
            })?;
            Ok(groups.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// The columns of [`ROW`] by number: by name, all of this takes four times as long.
fn from_row(row: &Row<'_>, job: &JobRecord, reader: &Connection) -> rusqlite::Result<ResultRow> {
    let study = match job.study {
        Some(_) => cells::study_request(reader, row.get(0)?)?,
        None => None,
    };
    Ok(ResultRow {
        position: place::position(row.get(0)?),
        custom_id: row.get(1)?,
        source_line: row.get(2)?,
        provider: job.provider.0.clone(),
        asked_model: job.model.clone(),
        study,
        outcome: Outcome {
            wire_id: row.get(3)?,
            status: columns::optional_word(row, 4, Status::parse)?.unwrap_or(Status::Pending),
            finish_reason: row.get(5)?,
            model: row.get(6)?,
            input_tokens: columns::optional_unsigned(row, 7)?,
            cached_tokens: columns::optional_unsigned(row, 8)?,
            output_tokens: columns::optional_unsigned(row, 9)?,
            reasoning_tokens: columns::optional_unsigned(row, 10)?,
            error_code: row.get(11)?,
            error_message: row.get(12)?,
            answer: row.get(13)?,
        },
    })
}

#[cfg(test)]
mod tests;
