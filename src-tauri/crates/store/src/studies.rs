//! Studies: their files as they are being written, and as they were sent. A study with jobs does not change.

use rusqlite::{Connection, OptionalExtension, Row};
use tabane_model::Millis;

use crate::{Error, Result, Store};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyRecord {
    pub id: String,
    pub title: String,
    /// The study file (`.tabane`).
    pub content: String,
    /// The answer sheet (JSON) that answers are read with, if it is another than the one that was sent.
    pub reading_sheet: Option<String>,
    /// Id of the study that it was copied from.
    pub copy_of: Option<String>,
    pub created_at: Millis,
    pub saved_at: Millis,
}

impl Store {
    pub fn insert_study(&self, study: &StudyRecord) -> Result<()> {
        self.write(|tx| {
            tx.prepare_cached(
                "INSERT INTO studies (id, title, content, copy_of, created_at, saved_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((
                &study.id,
                &study.title,
                &study.content,
                &study.copy_of,
                study.created_at,
                study.saved_at,
            ))?;
            Ok(())
        })
    }

    /// Keeps what was changed. Refused once there are jobs of it: their answers are read with its answer sheet.
    pub fn save_study(&self, id: &str, title: &str, content: &str, at: Millis) -> Result<()> {
        self.write(|tx| {
            if has_jobs(tx, id)? {
                return Err(Error::StudySent(id.to_owned()));
            }
            // A sheet that earlier jobs were read with has nothing to say of what is written now.
            let sql = "UPDATE studies SET title = ?2, content = ?3, saved_at = ?4, reading_sheet = NULL WHERE id = ?1";
            match tx.prepare_cached(sql)?.execute((id, title, content, at))? {
                0 => Err(Error::NoStudy(id.to_owned())),
                _ => Ok(()),
            }
        })
    }

    /// From now on answers are read with another answer sheet. What was sent stays as it is.
    pub fn set_reading_sheet(&self, id: &str, sheet: &str) -> Result<()> {
        self.write(|tx| {
            let sql = "UPDATE studies SET reading_sheet = ?2 WHERE id = ?1";
            match tx.prepare_cached(sql)?.execute((id, sheet))? {
                0 => Err(Error::NoStudy(id.to_owned())),
                _ => Ok(()),
            }
        })
    }

    pub fn study(&self, id: &str) -> Result<StudyRecord> {
        self.read(|reader| {
            reader
                .prepare_cached("SELECT * FROM studies WHERE id = ?1")?
                .query_row([id], from_row)
                .optional()?
                .ok_or_else(|| Error::NoStudy(id.to_owned()))
        })
    }

    /// The last changed first; with `search`, those that have it in their title.
    pub fn studies(&self, search: Option<&str>) -> Result<Vec<StudyRecord>> {
        let pattern = search
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(crate::filter::like);
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "SELECT * FROM studies WHERE ?1 IS NULL OR title LIKE ?1 ESCAPE '\\'
                 ORDER BY saved_at DESC, key DESC",
            )?;
            let studies = statement.query_map([pattern], from_row)?;
            Ok(studies.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Forgets the study. Refused while there are jobs of it, whose answers are read with its answer sheet.
    pub fn delete_study(&self, id: &str) -> Result<()> {
        self.write(|tx| {
            if has_jobs(tx, id)? {
                return Err(Error::StudyHasJobs(id.to_owned()));
            }
            tx.execute("DELETE FROM studies WHERE id = ?1", [id])?;
            Ok(())
        })
    }
}

fn has_jobs(tx: &Connection, study: &str) -> rusqlite::Result<bool> {
    tx.prepare_cached("SELECT 1 FROM jobs WHERE study = ?1")?
        .exists([study])
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<StudyRecord> {
    Ok(StudyRecord {
        id: row.get("id")?,
        title: row.get("title")?,
        content: row.get("content")?,
        reading_sheet: row.get("reading_sheet")?,
        copy_of: row.get("copy_of")?,
        created_at: row.get("created_at")?,
        saved_at: row.get("saved_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::StudyRecord;
    use crate::{
        Error,
        testing::{NOW, job, store},
    };

    fn study(id: &str) -> StudyRecord {
        StudyRecord {
            id: id.to_owned(),
            title: "感情評定".to_owned(),
            content: "{}".to_owned(),
            reading_sheet: None,
            copy_of: None,
            created_at: NOW,
            saved_at: NOW,
        }
    }

    #[test]
    fn studies_come_back_the_last_changed_first() {
        let (_folder, store) = store();
        store.insert_study(&study("a")).unwrap();
        store.insert_study(&study("b")).unwrap();
        store.save_study("a", "Politeness", "{1}", NOW + 5).unwrap();
        let titles = |search| {
            let found = store.studies(search).unwrap();
            found.into_iter().map(|study| study.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(None), ["Politeness", "感情評定"]);
        assert_eq!(titles(Some("評定")), ["感情評定"]);
        assert_eq!(store.study("a").unwrap().content, "{1}");
        assert!(matches!(store.study("c"), Err(Error::NoStudy(_))));
    }

    #[test]
    fn a_study_that_was_sent_does_not_change_or_go_while_it_has_jobs() {
        let (_folder, store) = store();
        store.insert_study(&study("a")).unwrap();
        assert!(matches!(
            store.save_study("b", "x", "y", NOW),
            Err(Error::NoStudy(_))
        ));
        let mut sent = job("j", 1);
        sent.study = Some("a".to_owned());
        store.insert_job(&sent).unwrap();
        assert_eq!(store.jobs_of_study("a").unwrap(), [sent]);
        let refused = store.save_study("a", "x", "y", NOW);
        assert!(matches!(refused, Err(Error::StudySent(_))));
        store.set_reading_sheet("a", "{2}").unwrap();
        let record = store.study("a").unwrap();
        assert_eq!(
            (record.content.as_str(), record.reading_sheet.as_deref()),
            ("{}", Some("{2}"))
        );
        assert!(matches!(store.delete_study("a"), Err(Error::StudyHasJobs(_))));
        store.delete_job("j").unwrap();
        store.delete_study("a").unwrap();
        assert!(store.studies(None).unwrap().is_empty());
    }
}
