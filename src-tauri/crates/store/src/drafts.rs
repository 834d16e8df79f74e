//! Drafts: files that were dropped and not sent yet, with what was chosen for them.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Row, named_params};
use tabane_model::{Fix, Millis, ProviderId};

use crate::{Error, Result, Store, columns};

#[derive(Clone, Debug, PartialEq)]
pub struct DraftRecord {
    pub id: String,
    /// The dropped file, which is never touched.
    pub path: String,
    pub name: String,
    /// `None`: not chosen yet.
    pub provider: Option<ProviderId>,
    /// The connection that it is to be sent through.
    pub connection: Option<String>,
    pub window: Option<String>,
    pub fixes: BTreeSet<Fix>,
    /// Replaces the model of every line.
    pub model_override: Option<String>,
    /// The longest answer in tokens where the service demands a limit and a request names none.
    pub max_tokens: Option<u32>,
    /// The shared part of the prompts is marked for the service's cache.
    pub cache_prompt: bool,
    pub created_at: Millis,
}

impl Store {
    /// Adds it, or changes the one with its id.
    pub fn save_draft(&self, draft: &DraftRecord) -> Result<()> {
        self.write(|tx| {
            tx.prepare_cached(
                "INSERT OR REPLACE INTO drafts (id, path, name, provider, connection, batch_window, fixes,
                   model_override, max_tokens, cache_prompt, created_at)
                 VALUES (:id, :path, :name, :provider, :connection, :batch_window, :fixes, :model_override,
                   :max_tokens, :cache_prompt, :created_at)",
            )?
            .execute(named_params! {
                ":id": draft.id, ":path": draft.path, ":name": draft.name,
                ":provider": draft.provider.as_ref().map(ProviderId::as_str),
                ":connection": draft.connection, ":batch_window": draft.window,
                ":fixes": columns::to_json(&draft.fixes)?, ":model_override": draft.model_override,
                ":max_tokens": draft.max_tokens,
                ":cache_prompt": draft.cache_prompt, ":created_at": draft.created_at,
            })?;
            Ok(())
        })
    }

    pub fn draft(&self, id: &str) -> Result<DraftRecord> {
        self.read(|reader| {
            reader
                .prepare_cached("SELECT * FROM drafts WHERE id = ?1")?
                .query_row([id], from_row)
                .optional()?
                .ok_or_else(|| Error::NoDraft(id.to_owned()))
        })
    }

    /// Newest first.
    pub fn drafts(&self) -> Result<Vec<DraftRecord>> {
        self.read(|reader| {
            let mut statement =
                reader.prepare_cached("SELECT * FROM drafts ORDER BY created_at DESC, id DESC")?;
            let drafts = statement.query_map([], from_row)?;
            Ok(drafts.collect::<rusqlite::Result<_>>()?)
        })
    }

    pub fn delete_draft(&self, id: &str) -> Result<()> {
        self.write(|tx| {
            tx.execute("DELETE FROM drafts WHERE id = ?1", [id])?;
            Ok(())
        })
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<DraftRecord> {
    Ok(DraftRecord {
        id: row.get("id")?,
        path: row.get("path")?,
        name: row.get("name")?,
        provider: row.get::<_, Option<String>>("provider")?.map(ProviderId),
        connection: row.get("connection")?,
        window: row.get("batch_window")?,
        fixes: columns::json(row, "fixes")?.unwrap_or_default(),
        model_override: row.get("model_override")?,
        max_tokens: row.get("max_tokens")?,
        cache_prompt: row.get("cache_prompt")?,
        created_at: row.get("created_at")?,
    })
}

#[cfg(test)]
mod tests {
    use tabane_model::{Fix, ProviderId};

    use super::DraftRecord;
    use crate::{
        Error,
        testing::{NOW, store},
    };

    #[test]
    fn drafts_come_back_as_they_were() {
        let (_folder, store) = store();
        let mut draft = DraftRecord {
            id: "d1".to_owned(),
            path: "/home/ada/実験 1.jsonl".to_owned(),
            name: "実験 1".to_owned(),
            provider: None,
            connection: None,
            window: None,
            fixes: [
                Fix::DropBom,
                Fix::LeaveOut {
                    code: "not-json".to_owned(),
                },
            ]
            .into(),
            model_override: None,
            max_tokens: Some(512),
            cache_prompt: true,
            created_at: NOW,
        };
        store.save_draft(&draft).unwrap();
        draft.provider = Some(ProviderId::new("groq"));
        draft.fixes.remove(&Fix::DropBom);
        store.save_draft(&draft).unwrap();
        assert_eq!(store.draft("d1").unwrap(), draft);
        assert_eq!(store.drafts().unwrap(), [draft]);
        store.delete_draft("d1").unwrap();
        assert!(matches!(store.draft("d1"), Err(Error::NoDraft(_))));
    }
}
