//! Bringing the database to this program's version: `PRAGMA user_version` counts the files of `migrations/`.
//!
//! It reads before it locks, changes everything or nothing, keeps a copy first, and refuses what is newer.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, TransactionBehavior};

use crate::{Error, Result};

/// One file a version, in order. A released file never changes again.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/001_start.sql"),
    include_str!("migrations/002_studies.sql"),
    include_str!("migrations/003_providers.sql"),
];

/// Brings the database to the version of the last migration. `file` is where it lies, for the copy.
pub(crate) fn migrate(connection: &mut Connection, file: &Path, migrations: &[&str]) -> Result<()> {
    let known = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
    let found = version(connection)?;
    if found == known {
        return Ok(());
    }
    if found > known {
        return Err(Error::Newer { found, known });
    }
    if found > 0 {
        keep_copy(connection, file, known)?;
    }
    // Tables may have to be rebuilt: the keys are checked at the end instead. Has no effect in a transaction.
    connection.pragma_update(None, "foreign_keys", false)?;
    let done = apply(connection, found, known, migrations);
    connection.pragma_update(None, "foreign_keys", true)?;
    done.map_err(|error| match Error::from(error) {
        full @ Error::DiskFull(_) => full,
        other => Error::NotMigrated {
            to: known,
            detail: other.to_string(),
        },
    })
}

pub(crate) fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

fn apply(connection: &mut Connection, found: u32, known: u32, migrations: &[&str]) -> rusqlite::Result<()> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for sql in migrations.iter().skip(found as usize) {
        tx.execute_batch(sql)?;
    }
    let broken: u32 = tx.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
        row.get(0)
    })?;
    if broken > 0 {
        return Err(rusqlite::Error::InvalidParameterName(format!(
            "{broken} rows point nowhere"
        )));
    }
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()
}

/// `tabane.sqlite.before-v2` is the database as it was before it became version 2.
fn keep_copy(connection: &Connection, file: &Path, to: u32) -> Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let copy = with_suffix(file, &format!(".before-v{to}"));
    // Under another name until it is whole: an earlier start may have died here.
    let unfinished = with_suffix(&copy, ".unfinished");
    if unfinished.exists() {
        fs::remove_file(&unfinished).map_err(|error| Error::files(folder, &error))?;
    }
    connection.execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])?;
    fs::rename(&unfinished, &copy).map_err(|error| Error::files(folder, &error))
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use rusqlite::Connection;
    use tabane_model::Explain;

    use super::{MIGRATIONS, version};
    use crate::{DATABASE, Error, store::open_writer, testing};

    const FIRST: &str = "CREATE TABLE a (x); INSERT INTO a VALUES (1)";
    const SECOND: &str = "ALTER TABLE a ADD COLUMN y DEFAULT 2";
    const BROKEN: &str = "CREATE TABLE b (x); SELECT nonsense";
    /// A reference that points nowhere is found before anything is kept.
    const DANGLING: &str = "CREATE TABLE p (k INTEGER PRIMARY KEY);
        CREATE TABLE c (p INTEGER REFERENCES p (k)); INSERT INTO c VALUES (7)";

    #[test]
    fn new_folders_get_the_newest_version_and_no_copy() {
        let (folder, store) = testing::store();
        let found = store.read::<_, Error>(|reader| Ok(version(reader)?)).unwrap();
        assert_eq!(found as usize, MIGRATIONS.len());
        let copies = fs::read_dir(folder.path()).unwrap().filter(|entry| {
            entry
                .as_ref()
                .unwrap()
                .file_name()
                .to_string_lossy()
                .contains("before")
        });
        assert_eq!(copies.count(), 0);
    }

    #[test]
    fn a_copy_is_kept_and_only_what_is_new_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(DATABASE);
        drop(open_writer(&file, &[FIRST]).unwrap());
        let copy = folder.path().join("tabane.sqlite.before-v2");
        let unfinished = folder.path().join("tabane.sqlite.before-v2.unfinished");
        fs::write(&unfinished, "of a start that died").unwrap();
        for _ in 0..2 {
            let writer = open_writer(&file, &[FIRST, SECOND]).unwrap();
            let row: (i64, i64) = writer
                .query_row("SELECT x, y FROM a", [], |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap();
            assert_eq!((row, version(&writer).unwrap()), ((1, 2), 2));
            let on: bool = writer
                .query_row("PRAGMA foreign_keys", [], |row| row.get(0))
                .unwrap();
            assert!(on);
        }
        let before = Connection::open(&copy).unwrap();
        assert_eq!(version(&before).unwrap(), 1);
        assert!(before.prepare("SELECT y FROM a").is_err() && before.prepare("SELECT x FROM a").is_ok());
        assert!(!unfinished.exists());
    }

    #[test]
    fn all_or_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(DATABASE);
        drop(open_writer(&file, &[FIRST]).unwrap());
        for bad in [BROKEN, DANGLING] {
            let failed = open_writer(&file, &[FIRST, SECOND, bad]).err().unwrap();
            assert_eq!(failed.explain().code, "database-not-updated");
            let writer = open_writer(&file, &[FIRST]).unwrap();
            assert_eq!(version(&writer).unwrap(), 1);
            assert!(
                writer.prepare("SELECT y FROM a").is_err(),
                "the good half is undone too"
            );
        }
    }

    #[test]
    fn newer_is_refused_and_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        drop(testing::open(&folder));
        let file = folder.path().join(DATABASE);
        let newer = Connection::open(&file).unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        drop(newer);
        let before = fs::read(&file).unwrap();
        let error = crate::Store::open(folder.path(), "window", testing::NOW)
            .err()
            .unwrap();
        assert!(matches!(error, Error::Newer { found: 99, .. }));
        assert_eq!(error.explain().code, "database-newer");
        assert!(fs::read(&file).unwrap() == before, "the file was changed");
    }

    #[test]
    fn what_is_no_database_is_called_damaged() {
        for bytes in [
            "this is a text about something else ".repeat(200),
            "SQLite format 3\0".repeat(300),
        ] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join(DATABASE), &bytes).unwrap();
            let error = crate::Store::open(folder.path(), "window", testing::NOW)
                .err()
                .unwrap();
            assert_eq!(error.explain().code, "database-damaged", "{error}");
            assert_eq!(fs::read(folder.path().join(DATABASE)).unwrap(), bytes.as_bytes());
        }
    }
}
