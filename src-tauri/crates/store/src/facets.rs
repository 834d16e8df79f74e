//! How many rows each filter beside the table would leave: of each status, and worth each look.

use rusqlite::{Connection, named_params};
use tabane_model::{Counts, Look, Status};

use crate::{
    Error, Filter, Result, Store, columns,
    filter::{MATCHES, condition},
    jobs, place,
    tally::Tallies,
};

/// How many rows of a search there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facets {
    /// Of each status.
    pub statuses: Counts,
    /// Worth each look, in the order of [`Look::ALL`].
    pub looks: [u32; Look::ALL.len()],
}

impl Store {
    /// `search: None`: of all rows.
    pub fn facets(&self, job: &str, search: Option<&str>) -> Result<Facets> {
        let filter = Filter {
            search: search.map(str::to_owned),
            ..Filter::default()
        };
        self.read(|reader| {
            let rows = place::job_rows(Self::job_key(reader, job)?);
            let rows = (*rows.start(), *rows.end());
            if let Some(pattern) = filter.pattern() {
                return searched(reader, rows, &pattern);
            }
            let statuses = jobs::counts(reader, job)?;
            let mut looks = [0; Look::ALL.len()];
            for (count, look) in looks.iter_mut().zip(Look::ALL) {
                *count = by_index(reader, rows, look)?;
            }
            Ok::<_, Error>(Facets { statuses, looks })
        })
    }
}

/// All of them in one pass: a search reads every answer.
fn searched(reader: &Connection, rows: (i64, i64), pattern: &str) -> Result<Facets> {
    let worth = Look::ALL.map(|look| format!(", count(*) FILTER (WHERE {})", condition(look)));
    let mut statement = reader.prepare_cached(&format!(
        "SELECT coalesce(status, 'pending') AS status, count(*){} FROM requests LEFT JOIN results USING (key)
         WHERE {MATCHES} GROUP BY 1",
        worth.concat()
    ))?;
    let mut groups = statement.query(
        named_params! {":from": rows.0, ":to": rows.1, ":status": None::<String>, ":search": pattern},
    )?;
    let (mut tallies, mut requests, mut looks) = (Tallies::default(), 0, [0; Look::ALL.len()]);
    while let Some(group) = groups.next()? {
        let count: u32 = group.get(1)?;
        tallies.add(columns::word(group, "status", Status::parse)?, i64::from(count));
        requests += count;
        for (column, sum) in (2..).zip(&mut looks) {
            *sum += group.get::<_, u32>(column)?;
        }
    }
    Ok(Facets {
        statuses: tallies.counts(requests),
        looks,
    })
}

/// Without reading any answer.
fn by_index(reader: &Connection, rows: (i64, i64), look: Look) -> rusqlite::Result<u32> {
    let sql = match look {
        Look::CutOff | Look::Declined => format!(
            "SELECT count(*) FROM results INDEXED BY results_by_finish
             WHERE finish_reason <> 'stop' AND key BETWEEN ?1 AND ?2 AND {}",
            condition(look)
        ),
        Look::MissingCells => {
            "SELECT count(DISTINCT request) FROM cells JOIN results ON results.key = request
             WHERE request BETWEEN ?1 AND ?2 AND coalesce(edited, value, '') = '' AND status = 'succeeded'"
                .to_owned()
        }
        Look::EditedCells => {
            "SELECT count(DISTINCT request) FROM cells WHERE request BETWEEN ?1 AND ?2 AND edited IS NOT NULL"
                .to_owned()
        }
    };
    reader.prepare_cached(&sql)?.query_row(rows, |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use tabane_model::{Cell, HowRead, Look, MissingReason, Outcome, Status, StudyRequest};

    use crate::{
        Filter, Source, Store,
        testing::{NOW, job, outcome, part, request, store},
    };

    /// Rows: 0 whole, 1 cut off, 2 declined, 3 with a missing cell, 4 corrected, 5 failed.
    fn filled() -> (tempfile::TempDir, Store) {
        let (folder, store) = store();
        let mut from_study = job("a", 6);
        from_study.study = Some("s".to_owned());
        store.insert_job(&from_study).unwrap();
        store.insert_part(&part("a", 1, 0, 6)).unwrap();
        let mut requests = store.write_requests("a").unwrap();
        let mut results = Vec::new();
        let mut cells = store.write_cells("a").unwrap();
        for position in 0..6 {
            let mut request = request(1, 0, position);
            request.study = Some(StudyRequest {
                levels: vec!["p1".to_owned()],
                trial: 1,
                temperature: None,
                cells: Vec::new(),
            });
            requests.push(request).unwrap();
            let status = if position == 5 {
                Status::Failed
            } else {
                Status::Succeeded
            };
            let mut said = outcome(position, status);
            said.finish_reason = Some(match position {
                1 => "length".to_owned(),
                2 => "refusal".to_owned(),
                _ => "stop".to_owned(),
            });
            results.push(said);
            let read = Cell::Read {
                value: "1".to_owned(),
                how: HowRead::Json,
                from: (0, 1),
            };
            let missing = Cell::Missing {
                reason: MissingReason::NotAnswered,
                from: None,
            };
            cells
                .push(
                    position,
                    vec![if [3, 5].contains(&position) { missing } else { read }],
                )
                .unwrap();
        }
        requests.finish().unwrap();
        let mut writer = store.write_results("a", 1).unwrap();
        for (line, said) in (1..).zip(results) {
            writer.push(Source::Output, line, "{}".to_owned(), said).unwrap();
        }
        writer.finish(&Outcome::empty(Status::Missing)).unwrap();
        cells.finish().unwrap();
        store.edit_cell("a", 4, 0, Some("2"), NOW).unwrap();
        (folder, store)
    }

    #[test]
    fn each_look_is_counted_and_shown() {
        let (_folder, store) = filled();
        assert_eq!(store.facets("a", None).unwrap().looks, [1, 1, 1, 1]);
        assert_eq!(store.facets("a", Some("Answer 3")).unwrap().looks, [0, 0, 1, 0]);
        let shown = |looks: &[Look]| {
            let filter = Filter {
                looks: looks.to_vec(),
                ..Filter::default()
            };
            store.open_view("a", &filter).unwrap()
        };
        assert_eq!(shown(&[Look::CutOff]), [1]);
        assert_eq!(shown(&[Look::Declined, Look::MissingCells]), [2, 3]);
        assert_eq!(shown(&[Look::EditedCells]), [4]);
        assert_eq!(shown(&[]).len(), 6);
        store.edit_cell("a", 4, 0, Some(""), NOW).unwrap();
        assert_eq!(store.facets("a", None).unwrap().looks, [1, 1, 2, 1]);
    }
}
