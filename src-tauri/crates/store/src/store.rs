//! Opening the database and getting at it: one connection writes, a few read.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};
use tabane_model::Millis;

use crate::{
    Error, Result,
    lock::FolderLock,
    migrate::{MIGRATIONS, migrate},
};

/// The database's file in the data folder.
pub const DATABASE: &str = "tabane.sqlite";

/// Readers kept open; more are opened when needed and closed again.
const KEPT_READERS: usize = 3;

/// Nobody else should hold the file; a virus scanner or a backup may for a moment.
const PATIENCE: Duration = Duration::from_secs(10);

/// The data folder, held by this process as long as this lives.
pub struct Store {
    // In this order they close: the last one to close tidies the database up, and the lock goes last.
    readers: Mutex<Vec<Connection>>,
    writer: Mutex<Connection>,
    folder: PathBuf,
    _lock: FolderLock,
}

impl Store {
    /// Opens the data folder `folder`, made when missing. `holder` is the word for this program that the
    /// next one to try is told: `window` or `command-line`.
    pub fn open(folder: &Path, holder: &str, now: Millis) -> Result<Self> {
        fs::create_dir_all(folder).map_err(|error| Error::files(folder, &error))?;
        let lock = FolderLock::take(folder, holder, now)?;
        let file = folder.join(DATABASE);
        let writer = open_writer(&file, MIGRATIONS).map_err(|error| error.in_folder(folder))?;
        Ok(Self {
            readers: Mutex::default(),
            writer: Mutex::new(writer),
            folder: folder.to_owned(),
            _lock: lock,
        })
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// One transaction: all of it or nothing, on the disk when this returns.
    pub(crate) fn write<T>(&self, act: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut writer = unpoisoned(&self.writer);
        let within = |error: Error| error.in_folder(&self.folder);
        let tx = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| within(error.into()))?;
        let made = act(&tx).map_err(within)?;
        tx.commit().map_err(|error| within(error.into()))?;
        Ok(made)
    }

    /// Reads from one snapshot, while others read and one writes.
    pub(crate) fn read<T, E: From<Error>>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let kept = unpoisoned(&self.readers).pop();
        let reader = match kept {
            Some(reader) => reader,
            None => {
                open_reader(&self.folder.join(DATABASE)).map_err(|error| error.in_folder(&self.folder))?
            }
        };
        let found = {
            let snapshot = reader.unchecked_transaction().map_err(Error::from)?;
            look(&snapshot)
        };
        let mut readers = unpoisoned(&self.readers);
        if readers.len() < KEPT_READERS {
            readers.push(reader);
        }
        found
    }

    /// The integer that stands for a job in the tables.
    pub(crate) fn job_key(connection: &Connection, id: &str) -> Result<i64> {
        connection
            .prepare_cached("SELECT key FROM jobs WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?
            .ok_or_else(|| Error::NoJob(id.to_owned()))
    }

    pub(crate) fn part_key(connection: &Connection, job: i64, id: &str, number: u32) -> Result<i64> {
        connection
            .prepare_cached("SELECT key FROM parts WHERE job = ?1 AND number = ?2")?
            .query_row((job, number), |row| row.get(0))
            .optional()?
            .ok_or_else(|| Error::NoPart {
                job: id.to_owned(),
                number,
            })
    }
}

/// A panic elsewhere rolled its transaction back: the connection is as good as before.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn open_writer(file: &Path, migrations: &[&str]) -> Result<Connection> {
    let mut connection = Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "journal_mode", "wal")?;
    // Commits are on the disk when they return: a power cut must not forget what was paid.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    migrate(&mut connection, file, migrations)?;
    Ok(connection)
}

fn open_reader(file: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use tabane_model::{EffectKind, EffectResult, Explain, Outcome, PartState, Status};

    use crate::{
        Error, Source, Store,
        testing::{NOW, child, child_folder, filled, open, outcome, store},
    };

    #[test]
    fn what_was_written_survives_a_kill() {
        if let Some(folder) = child_folder() {
            let store = Store::open(&folder, "command-line", NOW).unwrap();
            filled(&store, "a", &[6_000]);
            let upload = store
                .intend(&store.part("a", 1).unwrap(), EffectKind::Upload, "a/1", NOW)
                .unwrap();
            store
                .end_effect(upload, EffectResult::Done, Some("file-1"), None, NOW)
                .unwrap();
            store
                .intend(&store.part("a", 1).unwrap(), EffectKind::Create, "a/1", NOW)
                .unwrap();
            let mut part = store.part("a", 1).unwrap();
            part.state = PartState::Creating;
            store.save_part(&part, NOW).unwrap();
            let mut results = store.write_results("a", 1).unwrap();
            for position in 0..5_000 {
                let said = outcome(position, Status::Succeeded);
                results
                    .push(Source::Output, position + 1, format!("line {position}"), said)
                    .unwrap();
            }
            std::process::abort();
        }
        let folder = tempfile::tempdir().unwrap();
        let died = child("store::tests::what_was_written_survives_a_kill", &folder)
            .status()
            .unwrap();
        assert!(!died.success());
        let store = open(&folder);
        let open = store.open_effects(None).unwrap();
        assert_eq!(
            (open.len(), open[0].kind, open[0].key.as_str()),
            (1, EffectKind::Create, "a/1")
        );
        assert_eq!(store.part("a", 1).unwrap().state, PartState::Creating);
        let counts = store.counts("a").unwrap();
        assert!(counts.adds_up());
        assert_eq!(
            (counts.succeeded, counts.pending),
            (4_000, 2_000),
            "whole transactions, and the sum with them"
        );
        // Collected again from the beginning.
        let mut results = store.write_results("a", 1).unwrap();
        for position in 0..6_000 {
            let said = outcome(position, Status::Succeeded);
            results
                .push(Source::Output, position + 1, format!("line {position}"), said)
                .unwrap();
        }
        let collected = results.finish(&Outcome::empty(Status::Missing)).unwrap();
        assert_eq!(
            (collected.counts.succeeded, collected.doubles, collected.orphans),
            (6_000, 0, 0)
        );
    }

    #[test]
    fn a_failed_write_leaves_nothing_behind() {
        let (_folder, store) = store();
        let failed: Result<(), Error> = store.write(|tx| {
            tx.execute("INSERT INTO settings VALUES ('a', 'b')", [])?;
            Err(Error::NoJob("x".to_owned()))
        });
        assert!(failed.is_err());
        assert_eq!(store.setting("a").unwrap(), None);
        store.set_setting("a", "c").unwrap();
    }

    #[test]
    fn a_full_disk_is_called_so_and_keeps_what_was_there() {
        let (_folder, store) = store();
        filled(&store, "a", &[100]);
        let limit = |pages: u32| {
            store
                .writer
                .lock()
                .unwrap()
                .pragma_update(None, "max_page_count", pages)
                .unwrap();
        };
        limit(1);
        let answer = "long ".repeat(20_000);
        let mut results = store.write_results("a", 1).unwrap();
        results
            .push(Source::Output, 1, answer, outcome(0, Status::Succeeded))
            .unwrap();
        let full = results.finish(&Outcome::empty(Status::Missing)).unwrap_err();
        assert_eq!(full.explain().code, "disk-full");
        assert_eq!(store.counts("a").unwrap().pending, 100);
        limit(u32::MAX - 1);
        store
            .finish_part("a", 1, &Outcome::empty(Status::Missing))
            .unwrap();
        assert_eq!(store.counts("a").unwrap().missing, 100);
    }

    #[test]
    fn a_panic_while_writing_takes_nothing_down() {
        let (_folder, store) = store();
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _ = store.write(|tx| -> Result<(), Error> {
                tx.execute("INSERT INTO settings VALUES ('a', 'b')", [])?;
                panic!("in the middle")
            });
        }));
        assert!(panicked.is_err());
        assert_eq!(store.setting("a").unwrap(), None);
        store.set_setting("a", "c").unwrap();
    }

    #[test]
    fn readers_cannot_write_and_many_read_beside_a_writer() {
        let (_folder, store) = store();
        filled(&store, "a", &[100]);
        let refused = store.read(|reader| Ok::<_, Error>(reader.execute("DELETE FROM jobs", [])?));
        assert!(refused.is_err());
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        assert!(store.counts("a").unwrap().adds_up());
                    }
                });
            }
            for value in 0..50 {
                store.set_setting("n", &value.to_string()).unwrap();
            }
        });
        assert_eq!(store.setting("n").unwrap().as_deref(), Some("49"));
    }
}
