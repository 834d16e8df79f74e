//! What a result line means for its request: which line counts, and what becomes of requests without one.

use std::{collections::HashMap, ops::RangeInclusive};

use rusqlite::{CachedStatement, Connection};
use tabane_model::{Outcome, PartNumber, Status};

use crate::{Result, Source, Store, columns, place, tally::Tallies};

/// A line as received, and what it says.
pub(crate) struct Received {
    pub(crate) source: Source,
    pub(crate) line: u32,
    pub(crate) raw: String,
    pub(crate) outcome: Outcome,
}

/// What is known of the part while it is collected.
pub(crate) struct Part {
    pub(crate) job: i64,
    pub(crate) number: PartNumber,
    pub(crate) key: i64,
    /// In order of position.
    requests: Vec<Request>,
    by_wire_id: HashMap<Box<str>, usize>,
    /// The last line of each file that was pushed.
    last_lines: HashMap<Source, u32>,
    /// A line without an id that answers no request, and how many there are.
    nameless: Option<(i64, Outcome)>,
    nameless_count: u32,
    /// Lines that name a request.
    answers: usize,
    /// The best line of each request whose result stands in a line that has not been seen again yet.
    second_best: HashMap<usize, (i64, Outcome)>,
    changes: Tallies,
}

struct Request {
    position: u32,
    /// What its row in `results` says: the status and the line that this was read from.
    result: Option<(Status, Option<i64>)>,
    /// It was written this time.
    seen: bool,
}

/// The statements of the fast path.
struct Keep<'a> {
    raw: CachedStatement<'a>,
    first: CachedStatement<'a>,
    /// Replacing costs more, even where there is nothing to replace.
    better: CachedStatement<'a>,
}

impl<'a> Keep<'a> {
    fn prepare(tx: &'a Connection) -> Result<Self> {
        let result =
            "results (key, status, raw, finish_reason, model, input_tokens, cached_tokens, output_tokens,
              reasoning_tokens, error_code, error_message, answer)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        Ok(Self {
            raw: tx.prepare_cached(
                "INSERT OR IGNORE INTO raw_results (key, request, raw) VALUES (?1, ?2, ?3)",
            )?,
            first: tx.prepare_cached(&format!("INSERT INTO {result}"))?,
            better: tx.prepare_cached(&format!("INSERT OR REPLACE INTO {result}"))?,
        })
    }
}

impl Request {
    fn has_line(&self) -> bool {
        matches!(self.result, Some((_, Some(_))))
    }
}

impl Part {
    /// Its requests, with what is known of them so far.
    pub(crate) fn load(reader: &Connection, id: &str, number: PartNumber) -> Result<Self> {
        let job = Store::job_key(reader, id)?;
        let key = Store::part_key(reader, job, id, number)?;
        let (first, count): (u32, u32) = reader.query_row(
            "SELECT first_position, requests FROM parts WHERE key = ?1",
            [key],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let mut requests = Vec::with_capacity(count as usize);
        let mut by_wire_id = HashMap::with_capacity(count as usize);
        // The limit ends the look once it has them all: there is no index by part.
        let mut statement = reader.prepare_cached(
            "SELECT requests.key, wire_id, status, raw FROM requests LEFT JOIN results USING (key)
             WHERE requests.key BETWEEN ?1 AND ?2 AND part = ?3 ORDER BY requests.key LIMIT ?4",
        )?;
        let mut rows = statement.query((
            place::row_key(job, first),
            place::job_rows(job).end(),
            number,
            if count == 0 { -1 } else { i64::from(count) },
        ))?;
        while let Some(row) = rows.next()? {
            let status = columns::optional_word(row, 2, Status::parse)?;
            let raw: Option<i64> = row.get(3)?;
            // Twice the same id: the first one is answered, the second goes missing.
            by_wire_id.entry(row.get(1)?).or_insert(requests.len());
            requests.push(Request {
                position: place::position(row.get(0)?),
                result: status.map(|status| (status, raw)),
                seen: false,
            });
        }
        Ok(Self {
            job,
            number,
            key,
            requests,
            by_wire_id,
            last_lines: HashMap::new(),
            nameless: None,
            nameless_count: 0,
            answers: 0,
            second_best: HashMap::new(),
            changes: Tallies::default(),
        })
    }

    /// Requests that it has.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.requests.len()).unwrap_or(u32::MAX)
    }

    /// Lines of this time that lost against another.
    pub(crate) fn doubles(&self) -> u32 {
        let used = self
            .requests
            .iter()
            .filter(|request| request.seen && request.has_line())
            .count();
        u32::try_from(self.answers.saturating_sub(used)).unwrap_or(u32::MAX)
    }

    /// Keeps lines and what they say. Within one transaction; when that fails, this is of no more use.
    pub(crate) fn receive(&mut self, tx: &Connection, lines: impl Iterator<Item = Received>) -> Result<()> {
        let mut keep = Keep::prepare(tx)?;
        for line in lines {
            self.receive_line(tx, &mut keep, line)?;
        }
        self.save_changes(tx)
    }

    /// Accounts for every request that has no line.
    pub(crate) fn finish(&mut self, tx: &Connection, rest: &Outcome) -> Result<()> {
        for (source, line) in self.last_lines.clone() {
            self.forget_from(tx, source, line.saturating_add(1))?;
        }
        let mut keep = Keep::prepare(tx)?;
        self.name_the_nameless(tx, &mut keep)?;
        self.settle_rest(&mut keep, rest)?;
        self.save_changes(tx)
    }

    fn save_changes(&mut self, tx: &Connection) -> Result<()> {
        std::mem::take(&mut self.changes).save(tx, self.job, self.number)
    }

    fn receive_line(&mut self, tx: &Connection, keep: &mut Keep<'_>, received: Received) -> Result<()> {
        let Received {
            source,
            line,
            raw,
            outcome,
        } = received;
        let last = self.last_lines.entry(source).or_default();
        *last = line.max(*last);
        let raw_key = place::raw_key(self.key, source, line);
        let request = outcome
            .wire_id
            .as_deref()
            .and_then(|id| self.by_wire_id.get(id).copied());
        let request_key = request.map(|index| self.row_key(index));
        if keep.raw.execute((raw_key, request_key, &raw))? == 0 {
            let (as_before, answered): (bool, Option<i64>) = tx
                .prepare_cached("SELECT raw = ?2, request FROM raw_results WHERE key = ?1")?
                .query_row((raw_key, &raw), |row| Ok((row.get(0)?, row.get(1)?)))?;
            if !as_before {
                self.forget_from(tx, source, line)?;
                keep.raw.execute((raw_key, request_key, &raw))?;
            } else if request_key != answered {
                // It was given away without an id, or is read in another way now: decided anew.
                self.forget(tx, &(raw_key..=raw_key), answered)?;
                tx.prepare_cached("UPDATE raw_results SET request = ?2 WHERE key = ?1")?
                    .execute((raw_key, request_key))?;
            }
        }
        match request {
            Some(request) => {
                self.answers += 1;
                self.settle(keep, request, Some(raw_key), &outcome)
            }
            None => {
                if outcome.wire_id.is_none() {
                    self.nameless_count += 1;
                    self.nameless.get_or_insert((raw_key, outcome));
                }
                Ok(())
            }
        }
    }

    /// Decides between what is known of a request and what a line says of it: a success wins over anything else,
    /// then the first line; and any line wins over none.
    fn settle(
        &mut self,
        keep: &mut Keep<'_>,
        index: usize,
        raw: Option<i64>,
        outcome: &Outcome,
    ) -> Result<()> {
        let known = self.requests[index].result;
        let better = match known {
            None => true,
            Some((_, from)) if from.is_none() || from == raw => true,
            Some((status, _)) => status != Status::Succeeded && outcome.status == Status::Succeeded,
        };
        if !better {
            if let Some(raw) = raw.filter(|_| !self.requests[index].seen) {
                // What is better may be a line of the file as it was before, and be gone in a moment.
                let second = self
                    .second_best
                    .entry(index)
                    .or_insert_with(|| (raw, outcome.clone()));
                if second.1.status != Status::Succeeded && outcome.status == Status::Succeeded {
                    *second = (raw, outcome.clone());
                }
            }
            return Ok(());
        }
        if let Some((status, _)) = known {
            self.changes.add(status, -1);
        }
        let write = if known.is_none() {
            &mut keep.first
        } else {
            &mut keep.better
        };
        write.execute((
            self.row_key(index),
            outcome.status.as_str(),
            raw,
            &outcome.finish_reason,
            &outcome.model,
            outcome.input_tokens.map(columns::signed),
            outcome.cached_tokens.map(columns::signed),
            outcome.output_tokens.map(columns::signed),
            outcome.reasoning_tokens.map(columns::signed),
            &outcome.error_code,
            &outcome.error_message,
            &outcome.answer,
        ))?;
        self.changes.add(outcome.status, 1);
        self.requests[index].result = Some((outcome.status, raw));
        self.requests[index].seen = true;
        self.second_best.remove(&index);
        Ok(())
    }

    /// A single line without an id belongs to the single request without a line. With more of either, nobody knows.
    fn name_the_nameless(&mut self, tx: &Connection, keep: &mut Keep<'_>) -> Result<()> {
        let mut without_line = (0..self.requests.len()).filter(|&index| !self.requests[index].has_line());
        let (Some(index), None) = (without_line.next(), without_line.next()) else {
            return Ok(());
        };
        let Some((raw, outcome)) = self.nameless.take().filter(|_| self.nameless_count == 1) else {
            return Ok(());
        };
        tx.execute(
            "UPDATE raw_results SET request = ?2 WHERE key = ?1",
            (raw, self.row_key(index)),
        )?;
        self.answers += 1;
        self.settle(keep, index, Some(raw), &outcome)
    }

    fn settle_rest(&mut self, keep: &mut Keep<'_>, rest: &Outcome) -> Result<()> {
        for index in 0..self.requests.len() {
            match self.requests[index].result {
                None => self.settle(keep, index, None, rest)?,
                Some((status, None)) if status != rest.status => self.settle(keep, index, None, rest)?,
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// The file has other lines from here on than it had before: what was read from the old ones goes.
    fn forget_from(&mut self, tx: &Connection, source: Source, line: u32) -> Result<()> {
        let lines =
            place::raw_key(self.key, source, line)..=place::raw_key(self.key, source, place::LAST_LINE);
        let answered: Vec<i64> = tx
            .prepare_cached(
                "SELECT request FROM raw_results WHERE key BETWEEN ?1 AND ?2 AND request IS NOT NULL",
            )?
            .query_map((lines.start(), lines.end()), |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        self.forget(tx, &lines, answered)?;
        tx.prepare_cached("DELETE FROM raw_results WHERE key BETWEEN ?1 AND ?2")?
            .execute((lines.start(), lines.end()))?;
        Ok(())
    }

    /// What was read from one of `lines` for one of `requests` goes.
    fn forget(
        &mut self,
        tx: &Connection,
        lines: &RangeInclusive<i64>,
        requests: impl IntoIterator<Item = i64>,
    ) -> Result<()> {
        let mut delete = tx.prepare_cached("DELETE FROM results WHERE key = ?1")?;
        for request in requests {
            let Some(index) = self.index_of(request) else {
                continue;
            };
            let Some((status, Some(raw))) = self.requests[index].result else {
                continue;
            };
            if lines.contains(&raw) {
                delete.execute([request])?;
                self.changes.add(status, -1);
                self.requests[index].result = None;
                if let Some((raw, outcome)) = self.second_best.remove(&index) {
                    self.settle(&mut Keep::prepare(tx)?, index, Some(raw), &outcome)?;
                }
            }
        }
        Ok(())
    }

    fn row_key(&self, index: usize) -> i64 {
        place::row_key(self.job, self.requests[index].position)
    }

    fn index_of(&self, row_key: i64) -> Option<usize> {
        let position = place::position(row_key);
        self.requests
            .binary_search_by_key(&position, |request| request.position)
            .ok()
    }
}
