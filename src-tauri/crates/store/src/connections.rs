//! Connections: a provider with its settings. The key itself is never here.

use rusqlite::{OptionalExtension, Row, named_params};
use tabane_model::{Failure, Millis, ProviderId, Settings};

use crate::{Result, Store, columns};

#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionRecord {
    /// `openai`, or `custom-2` for a second service of one's own.
    pub id: String,
    pub provider: ProviderId,
    pub name: String,
    pub base_url: Option<String>,
    /// What the service needs beside address and key.
    pub settings: Settings,
    /// The last four characters of the key.
    pub key_ends: Option<String>,
    pub key_fingerprint: Option<String>,
    pub last_test: Option<LastTest>,
    pub created_at: Millis,
}

/// What the last *Test this key* found.
#[derive(Clone, Debug, PartialEq)]
pub struct LastTest {
    pub at: Millis,
    /// `None`: it works.
    pub failure: Option<Failure>,
    /// Models that the provider listed.
    pub models: u32,
    /// What may stand in the way although it works.
    pub remarks: Vec<Failure>,
}

impl Store {
    /// Adds it, or changes the one with its id.
    pub fn save_connection(&self, connection: &ConnectionRecord) -> Result<()> {
        let test = connection.last_test.as_ref();
        self.write(|tx| {
            tx.prepare_cached(
                "INSERT OR REPLACE INTO connections (id, provider, name, base_url, key_ends, key_fingerprint,
                   tested_at, test_failure, test_models, test_remarks, settings, created_at)
                 VALUES (:id, :provider, :name, :base_url, :key_ends, :key_fingerprint,
                   :tested_at, :test_failure, :test_models, :test_remarks, :settings, :created_at)",
            )?
            .execute(named_params! {
                ":id": connection.id, ":provider": connection.provider.as_str(), ":name": connection.name,
                ":base_url": connection.base_url, ":key_ends": connection.key_ends,
                ":key_fingerprint": connection.key_fingerprint, ":tested_at": test.map(|test| test.at),
                ":test_failure": columns::optional_json(test.and_then(|test| test.failure.as_ref()))?,
                ":test_models": test.map(|test| test.models),
                ":test_remarks": columns::to_json(&test.map_or(&[][..], |test| &test.remarks))?,
                ":settings": columns::to_json(&connection.settings)?, ":created_at": connection.created_at,
            })?;
            Ok(())
        })
    }

    /// Oldest first.
    pub fn connections(&self) -> Result<Vec<ConnectionRecord>> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached("SELECT * FROM connections ORDER BY created_at, id")?;
            let connections = statement.query_map([], from_row)?;
            Ok(connections.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// `None`: not connected.
    pub fn connection(&self, id: &str) -> Result<Option<ConnectionRecord>> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached("SELECT * FROM connections WHERE id = ?1")?;
            Ok(statement.query_row([id], from_row).optional()?)
        })
    }

    /// Jobs sent through it stay.
    pub fn delete_connection(&self, id: &str) -> Result<()> {
        self.write(|tx| {
            tx.execute("DELETE FROM connections WHERE id = ?1", [id])?;
            Ok(())
        })
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<ConnectionRecord> {
    let failure = columns::json(row, "test_failure")?;
    let remarks = columns::json(row, "test_remarks")?;
    let models: Option<u32> = row.get("test_models")?;
    let tested_at: Option<Millis> = row.get("tested_at")?;
    Ok(ConnectionRecord {
        id: row.get("id")?,
        provider: ProviderId(row.get("provider")?),
        name: row.get("name")?,
        base_url: row.get("base_url")?,
        settings: columns::json(row, "settings")?.unwrap_or_default(),
        key_ends: row.get("key_ends")?,
        key_fingerprint: row.get("key_fingerprint")?,
        last_test: tested_at.map(|at| LastTest {
            at,
            failure,
            models: models.unwrap_or(0),
            remarks: remarks.unwrap_or_default(),
        }),
        created_at: row.get("created_at")?,
    })
}

#[cfg(test)]
mod tests {
    use tabane_model::{Failure, ProviderId};

    use super::{ConnectionRecord, LastTest};
    use crate::testing::{NOW, store};

    #[test]
    fn connections_come_back_as_they_were() {
        let (_folder, store) = store();
        let mut groq = ConnectionRecord {
            id: "groq".to_owned(),
            provider: ProviderId::new("groq"),
            name: "Groq".to_owned(),
            base_url: None,
            settings: [("region".to_owned(), "asia-northeast1".to_owned())].into(),
            key_ends: Some("7Qx2".to_owned()),
            key_fingerprint: Some("0123456789abcdef".to_owned()),
            last_test: None,
            created_at: NOW,
        };
        store.save_connection(&groq).unwrap();
        groq.last_test = Some(LastTest {
            at: NOW,
            failure: Some(Failure::new("key-refused")),
            models: 0,
            remarks: vec![Failure::new("bucket-region-mismatch")],
        });
        groq.name = "Groq（研究室）".to_owned();
        store.save_connection(&groq).unwrap();
        assert_eq!(store.connections().unwrap(), [groq.clone()]);
        assert_eq!(store.connection("groq").unwrap(), Some(groq));
        store.delete_connection("groq").unwrap();
        assert_eq!(store.connection("groq").unwrap(), None);
    }
}
