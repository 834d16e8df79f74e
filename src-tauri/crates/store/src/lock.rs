//! One process a data folder: an OS lock, which goes away with its process however that ends.

use std::{
    fs::{self, File},
    path::Path,
};

use fs4::TryLockError;
use serde::{Deserialize, Serialize};
use tabane_model::Millis;

use crate::{Error, Result};

/// The file that is locked. It stays empty, because Windows lets nobody read a locked file;
/// who holds it stands beside it.
const LOCK: &str = "tabane.lock";
const HOLDER: &str = "tabane.holder";

#[derive(Serialize, Deserialize)]
struct Holder {
    holder: String,
    pid: u32,
    since: Millis,
}

/// Held as long as it lives.
pub(crate) struct FolderLock {
    file: File,
}

impl Drop for FolderLock {
    /// Closing the file is not enough: a program that another thread is just starting holds a copy of it until it
    /// runs, and with it the lock.
    fn drop(&mut self) {
        // Not worth failing for: the lock goes with the last copy in any case.
        let _ = fs4::FileExt::unlock(&self.file);
    }
}

impl FolderLock {
    pub(crate) fn take(folder: &Path, holder: &str, now: Millis) -> Result<Self> {
        let failed = |error: std::io::Error| Error::files(folder, &error);
        let file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(folder.join(LOCK))
            .map_err(failed)?;
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(in_use(folder)),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let said = Holder {
            holder: holder.to_owned(),
            pid: std::process::id(),
            since: now,
        };
        // Only for the sentence that the second one shows: not worth failing for.
        if let Ok(said) = serde_json::to_string(&said) {
            let _ = fs::write(folder.join(HOLDER), said);
        }
        Ok(Self { file })
    }
}

fn in_use(folder: &Path) -> Error {
    let said = fs::read_to_string(folder.join(HOLDER)).ok();
    match said.and_then(|said| serde_json::from_str::<Holder>(&said).ok()) {
        Some(said) => Error::InUse {
            holder: said.holder,
            pid: said.pid.to_string(),
        },
        None => Error::InUse {
            holder: "unknown".to_owned(),
            pid: "?".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};

    use tabane_model::Explain;

    use super::FolderLock;
    use crate::{
        Error, Store,
        testing::{NOW, child, child_folder, open, store},
    };

    #[test]
    fn a_second_handle_is_told_who_holds_it() {
        let (folder, first) = store();
        let Err(error) = Store::open(folder.path(), "command-line", NOW) else {
            panic!("two at once")
        };
        assert!(matches!(&error, Error::InUse { holder, .. } if holder == "window"));
        let failure = error.explain();
        assert_eq!(
            (failure.code.as_str(), &failure.args["holder"]),
            ("data-folder-in-use", &"window".into())
        );
        assert_eq!(failure.args["pid"], std::process::id().to_string().into());
        drop(first);
        Store::open(folder.path(), "command-line", NOW).unwrap();
    }

    #[test]
    fn a_copy_in_a_program_being_started_holds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let lock = FolderLock::take(folder.path(), "window", NOW).unwrap();
        let copy = lock.file.try_clone().unwrap();
        drop(lock);
        assert!(FolderLock::take(folder.path(), "command-line", NOW).is_ok());
        drop(copy);
    }

    #[test]
    fn a_second_process_is_told_and_a_killed_one_holds_nothing() {
        if let Some(folder) = child_folder() {
            let _store = Store::open(&folder, "command-line", NOW).unwrap();
            println!("\nopen");
            std::io::stdout().flush().unwrap();
            let _ = std::io::stdin().read(&mut [0]); // until it is killed
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let test = "lock::tests::a_second_process_is_told_and_a_killed_one_holds_nothing";
        let mut other = child(test, &folder).spawn().unwrap();
        let said = BufReader::new(other.stdout.take().unwrap());
        assert!(said.lines().any(|line| line.unwrap() == "open"));
        let held = Store::open(folder.path(), "window", NOW);
        let pid = other.id().to_string();
        assert!(
            matches!(held.err(), Some(Error::InUse { holder, pid: by }) if holder == "command-line" && by == pid)
        );
        other.kill().unwrap();
        other.wait().unwrap();
        drop(open(&folder));
    }

    #[test]
    fn a_folder_that_cannot_be_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let Err(error) = Store::open(&file.join("data"), "window", NOW) else {
            panic!("opened")
        };
        let failure = error.explain();
        assert_eq!(failure.code, "data-folder-unwritable");
        assert!(matches!(&failure.args["folder"], tabane_model::Arg::Text(name) if name.ends_with("data")));
    }
}
