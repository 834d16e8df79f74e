//! Settings as pairs of text.

use rusqlite::OptionalExtension;

use crate::{Result, Store};

impl Store {
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached("SELECT value FROM settings WHERE name = ?1")?;
            Ok(statement.query_row([name], |row| row.get(0)).optional()?)
        })
    }

    pub fn set_setting(&self, name: &str, value: &str) -> Result<()> {
        self.write(|tx| {
            tx.prepare_cached(
                "INSERT INTO settings (name, value) VALUES (?1, ?2)
                 ON CONFLICT DO UPDATE SET value = excluded.value",
            )?
            .execute((name, value))?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{open, store};

    #[test]
    fn settings_stay() {
        let (folder, store) = store();
        assert_eq!(store.setting("language").unwrap(), None);
        store.set_setting("language", "en").unwrap();
        store.set_setting("language", "ja").unwrap();
        drop(store);
        assert_eq!(open(&folder).setting("language").unwrap().as_deref(), Some("ja"));
    }
}
