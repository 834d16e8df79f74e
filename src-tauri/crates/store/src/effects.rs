//! Acts outside this computer, written down before they happen and when they have ended.

use rusqlite::{Connection, ErrorCode, Row};
use tabane_model::{EffectKind, EffectResult, Failure, JobId, Millis, PartNumber};

use crate::{Error, PartRecord, Result, Store, columns, parts};

/// An intent, and how it ended.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectRecord {
    pub id: i64,
    pub job: JobId,
    pub part: PartNumber,
    pub kind: EffectKind,
    /// What it can be recognised by at the provider.
    pub key: String,
    pub intended_at: Millis,
    pub ended_at: Option<Millis>,
    /// `None`: under way, or the program ended in between.
    pub result: Option<EffectResult>,
    /// The provider's id of what was made.
    pub remote_id: Option<String>,
    pub failure: Option<Failure>,
}

impl EffectRecord {
    /// It is not known how it ended.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.result, None | Some(EffectResult::Unclear))
    }
}

impl Store {
    /// Writes down that the act is about to happen; on the disk when this returns. Refused while it is not known
    /// how the act of the same kind for the same part before it has ended. The part is saved as it is while the act
    /// is under way: a power cut finds both or neither.
    pub fn intend(&self, part: &PartRecord, kind: EffectKind, key: &str, at: Millis) -> Result<i64> {
        self.write(|tx| {
            let effect = intend(tx, &part.job, part.number, kind, key, at)?;
            parts::save(tx, part, at)?;
            Ok(effect)
        })
    }

    /// How it ended; an unclear one is ended again when it has become clear.
    pub fn end_effect(
        &self,
        id: i64,
        result: EffectResult,
        remote_id: Option<&str>,
        failure: Option<&Failure>,
        at: Millis,
    ) -> Result<()> {
        self.write(|tx| end(tx, id, result, remote_id, failure, at))
    }

    /// How it ended together with what the part became of it: a power cut finds both or neither.
    pub fn end_effect_with(
        &self,
        part: &PartRecord,
        id: i64,
        result: EffectResult,
        remote_id: Option<&str>,
        failure: Option<&Failure>,
        at: Millis,
    ) -> Result<()> {
        self.write(|tx| {
            end(tx, id, result, remote_id, failure, at)?;
            parts::save(tx, part, at)
        })
    }

    /// Effects of which it is not known how they ended (no result, or `unclear`), oldest first; of one job or all.
    pub fn open_effects(&self, job: Option<&str>) -> Result<Vec<EffectRecord>> {
        self.select_effects(
            "(result IS NULL OR result = 'unclear') AND (?1 IS NULL OR jobs.id = ?1)",
            job,
        )
    }

    /// All effects of a job, oldest first.
    pub fn effects(&self, job: &str) -> Result<Vec<EffectRecord>> {
        self.select_effects("jobs.id = ?1", Some(job))
    }

    fn select_effects(&self, which: &str, job: Option<&str>) -> Result<Vec<EffectRecord>> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(&format!(
                "SELECT effects.*, jobs.id AS job_id FROM effects JOIN jobs ON jobs.key = effects.job
                 WHERE {which} ORDER BY effects.key"
            ))?;
            let effects = statement.query_map([job], from_row)?;
            Ok(effects.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn intend(
    tx: &Connection,
    job: &str,
    part: PartNumber,
    kind: EffectKind,
    key: &str,
    at: Millis,
) -> Result<i64> {
    let job = Store::job_key(tx, job)?;
    let made = tx
        .prepare_cached(
            "INSERT INTO effects (job, part, kind, effect_key, intended_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((job, part, kind.as_str(), key, at));
    match made {
        Ok(_) => Ok(tx.last_insert_rowid()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            Err(Error::EffectOpen {
                kind: kind.as_str(),
                part,
            })
        }
        Err(error) => Err(error.into()),
    }
}

fn end(
    tx: &Connection,
    id: i64,
    result: EffectResult,
    remote_id: Option<&str>,
    failure: Option<&Failure>,
    at: Millis,
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE effects SET result = ?2, remote_id = ?3, failure = ?4, ended_at = ?5 WHERE key = ?1",
    )?
    .execute((
        id,
        result.as_str(),
        remote_id,
        columns::optional_json(failure)?,
        at,
    ))?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<EffectRecord> {
    Ok(EffectRecord {
        id: row.get("key")?,
        job: row.get("job_id")?,
        part: row.get("part")?,
        kind: columns::word(row, "kind", EffectKind::parse)?,
        key: row.get("effect_key")?,
        intended_at: row.get("intended_at")?,
        ended_at: row.get("ended_at")?,
        result: columns::optional_word(row, "result", EffectResult::parse)?,
        remote_id: row.get("remote_id")?,
        failure: columns::json(row, "failure")?,
    })
}

#[cfg(test)]
mod tests {
    use tabane_model::{EffectKind::*, EffectResult::*, Failure, PartState};

    use crate::{
        Error,
        testing::{NOW, filled, store},
    };

    #[test]
    fn nothing_begins_twice_before_the_first_is_clear() {
        let (_folder, store) = store();
        filled(&store, "a", &[1, 1]);
        let part = |number| store.part("a", number).unwrap();
        let first = store.intend(&part(1), Create, "a/1", NOW).unwrap();
        let open = |number| {
            matches!(
                store.intend(&part(number), Create, "again", NOW),
                Err(Error::EffectOpen { .. })
            )
        };
        assert!(open(1));
        store.intend(&part(1), Upload, "another kind", NOW).unwrap();
        store.intend(&part(2), Create, "another part", NOW).unwrap();
        let trouble = Failure::new("connection-cut");
        store
            .end_effect(first, Unclear, None, Some(&trouble), NOW + 1)
            .unwrap();
        assert!(open(1), "unclear is as good as open");
        assert_eq!(store.open_effects(Some("a")).unwrap().len(), 3);
        store
            .end_effect(first, Adopted, Some("batch_1"), None, NOW + 2)
            .unwrap();
        let ended = &store.effects("a").unwrap()[0];
        assert_eq!(
            (ended.result, ended.remote_id.as_deref(), &ended.failure),
            (Some(Adopted), Some("batch_1"), &None)
        );
        assert_eq!((ended.ended_at, ended.part), (Some(NOW + 2), 1));
        store.intend(&part(1), Create, "a/1", NOW + 3).unwrap();
        assert_eq!(store.open_effects(None).unwrap().len(), 3);
        let gone = part(1);
        store.delete_job("a").unwrap();
        assert!(store.open_effects(None).unwrap().is_empty());
        assert!(matches!(
            store.intend(&gone, Create, "a/1", NOW),
            Err(Error::NoJob(_))
        ));
    }

    #[test]
    fn an_end_and_its_part_are_kept_both_or_neither() {
        let (_folder, store) = store();
        filled(&store, "a", &[1]);
        let mut part = store.part("a", 1).unwrap();
        let create = store.intend(&part, Create, "a/1", NOW).unwrap();
        part.state = PartState::Running;
        part.remote_batch = Some("batch_1".to_owned());
        let mut stranger = part.clone();
        stranger.number = 9;
        assert!(
            store
                .end_effect_with(&stranger, create, Done, Some("batch_1"), None, NOW)
                .is_err()
        );
        assert_eq!(store.open_effects(Some("a")).unwrap().len(), 1, "still open");
        store
            .end_effect_with(&part, create, Done, Some("batch_1"), None, NOW)
            .unwrap();
        assert!(store.open_effects(Some("a")).unwrap().is_empty());
        assert_eq!(store.part("a", 1).unwrap(), part);
    }
}
