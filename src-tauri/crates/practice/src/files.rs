//! Stored files: `files/<id>.jsonl` with the content and `files/<id>.json` with what is told of it.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tabane_model::Millis;

use crate::disk;

/// Seconds that a file of a batch is kept (told, not done): 30 days, OpenAI's specification of 2026-08-21.
const KEPT: i64 = 30 * 24 * 60 * 60;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FileRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) purpose: String,
    pub(crate) bytes: u64,
    pub(crate) lines: u64,
    pub(crate) created_at: Millis,
    /// The service has not looked through it yet.
    #[serde(default)]
    pub(crate) pending: bool,
}

impl FileRecord {
    /// The file object of the protocol.
    pub(crate) fn object(&self) -> Value {
        let created_at = self.created_at / 1000;
        json!({
            "id": self.id, "object": "file", "bytes": self.bytes, "created_at": created_at,
            "expires_at": created_at + KEPT, "filename": self.name, "purpose": self.purpose,
            "status": if self.pending { "pending" } else { "processed" }, "status_details": null,
        })
    }
}

pub(crate) struct Files {
    dir: PathBuf,
    records: Mutex<BTreeMap<String, FileRecord>>,
}

impl Files {
    pub(crate) fn open(dir: &Path) -> io::Result<Self> {
        let dir = dir.join("files");
        let records = disk::load_all::<FileRecord>(&dir)?;
        Ok(Self {
            dir,
            records: Mutex::new(
                records
                    .into_iter()
                    .map(|record| (record.id.clone(), record))
                    .collect(),
            ),
        })
    }

    fn records(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, FileRecord>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(&self, id: &str) -> Option<FileRecord> {
        self.records().get(id).cloned()
    }

    /// As it is told; from then on it is looked through.
    pub(crate) fn look(&self, id: &str) -> Option<FileRecord> {
        let mut records = self.records();
        let record = records.get_mut(id)?;
        let told = record.clone();
        record.pending = false;
        Some(told)
    }

    pub(crate) fn content(&self, id: &str) -> PathBuf {
        self.dir.join(id).with_extension("jsonl")
    }

    /// Where the content is written before the file exists.
    pub(crate) fn unfinished(&self, id: &str) -> PathBuf {
        self.dir.join(format!("{id}.content.{}", disk::UNFINISHED))
    }

    /// Takes over the content at `unfinished(id)`.
    pub(crate) fn finish(&self, record: &FileRecord) -> io::Result<()> {
        std::fs::rename(self.unfinished(&record.id), self.content(&record.id))?;
        disk::save(&self.dir.join(&record.id).with_extension("json"), record)?;
        self.records().insert(record.id.clone(), record.clone());
        Ok(())
    }

    pub(crate) fn delete(&self, id: &str) -> io::Result<bool> {
        if self.records().remove(id).is_none() {
            return Ok(false);
        }
        std::fs::remove_file(self.dir.join(id).with_extension("json"))?;
        std::fs::remove_file(self.content(id))?;
        Ok(true)
    }

    /// All files, newest first.
    pub(crate) fn list(&self) -> Vec<FileRecord> {
        let mut all: Vec<_> = self.records().values().cloned().collect();
        all.sort_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_survive_and_unfinished_ones_do_not() {
        let dir = tempfile::tempdir().unwrap();
        let record = FileRecord {
            id: "file-1".to_owned(),
            name: "a.jsonl".to_owned(),
            purpose: "batch".to_owned(),
            bytes: 3,
            lines: 1,
            created_at: 5_000,
            pending: false,
        };
        let files = Files::open(dir.path()).unwrap();
        std::fs::write(files.unfinished("file-1"), "{}\n").unwrap();
        files.finish(&record).unwrap();
        std::fs::write(files.unfinished("file-2"), "half").unwrap();

        let files = Files::open(dir.path()).unwrap();
        assert_eq!(files.list().len(), 1);
        assert_eq!(std::fs::read(files.content("file-1")).unwrap(), b"{}\n");
        assert!(!files.unfinished("file-2").exists());
        assert_eq!(files.get("file-1").unwrap().object()["created_at"], 5);
        assert!(files.delete("file-1").unwrap());
        assert!(!files.delete("file-1").unwrap());
        assert!(Files::open(dir.path()).unwrap().list().is_empty());
    }
}
