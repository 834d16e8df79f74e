//! A result file that someone downloaded becomes a job, so that its answers can be looked at and exported.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use tabane_intake::Kind;
use tabane_model::{Failure, JobId, JobState, Outcome, PartState, ProviderId, Status};
use tabane_store::{JobRecord, NewRequest, PartRecord, Source, Store};

use crate::view::{file_name, small};
use crate::{App, failure};

impl App {
    /// Takes a result file in, recognised by its shape; with the request file, requests without answer are missing.
    ///
    /// # Errors
    /// `file-holds-no-results`, `file-*`.
    pub async fn import_results(&self, results: &Path, requests: Option<&Path>) -> Result<JobId, Failure> {
        let (results, requests) = (results.to_owned(), requests.map(Path::to_owned));
        let id = self
            .with_store(move |app, store| app.import(store, &results, requests.as_deref()))
            .await?;
        self.job_changed(&id);
        Ok(id)
    }

    fn import(&self, store: &Store, results: &Path, requests: Option<&Path>) -> Result<JobId, Failure> {
        let name = file_name(results);
        if tabane_intake::recognise(results).map_err(failure::of)? != Kind::Results {
            return Err(Failure::new("file-holds-no-results").with("file", name));
        }
        let now = self.now();
        let id = uuid::Uuid::now_v7().to_string();
        let job = JobRecord {
            name: results
                .file_stem()
                .map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned()),
            source: Some(results.to_string_lossy().into_owned()),
            origin: "import".to_owned(),
            ..JobRecord::new(id.clone(), ProviderId::new("import"), now)
        };
        store.insert_job(&job).map_err(failure::of)?;
        let imported = self.import_rows(store, &id, results, requests, now);
        if imported.is_err() {
            self.remove_job(store, &id)?;
        }
        imported.map(|()| id)
    }

    fn import_rows(
        &self,
        store: &Store,
        id: &str,
        results: &Path,
        requests: Option<&Path>,
        now: i64,
    ) -> Result<(), Failure> {
        // A copy of both, so that the job stays whole when the originals move.
        let folder = self.inner.data_dir.join("jobs").join(id);
        std::fs::create_dir_all(folder.join("received")).map_err(failure::of_disk)?;
        let received = folder.join("received/part-1.output.jsonl");
        std::fs::copy(results, &received).map_err(failure::of_disk)?;
        let source = match requests {
            Some(requests) => {
                std::fs::copy(requests, folder.join("part-1.jsonl")).map_err(failure::of_disk)?;
                folder.join("part-1.jsonl")
            }
            None => received.clone(),
        };
        let count = write_rows(store, id, &source, requests.is_some())?;
        let bytes = std::fs::metadata(&received).map_err(failure::of_disk)?.len();
        let part = PartRecord {
            file: super::runner::split::part_file(id, 1),
            requests: count,
            bytes,
            state: PartState::Collected,
            ended_at: Some(now),
            ..crate::runner::planned(id, 1, now)
        };
        store.insert_part(&part).map_err(failure::of)?;
        let files = [(Source::Output, received)];
        self.read_results(store, id, 1, &files, &Outcome::empty(Status::Missing))?;
        store.mark_ended(id, Some(now)).map_err(failure::of)?;
        store
            .set_job_state(id, JobState::Finished, None, now)
            .map_err(failure::of)
    }
}

/// One row per named line; a name that comes again belongs to the same row. Without the request file (`source` is
/// then the results) there is no place to show a request from.
pub(crate) fn write_rows(store: &Store, id: &str, source: &Path, is_requests: bool) -> Result<u32, Failure> {
    let mut lines = BufReader::with_capacity(1 << 20, File::open(source).map_err(failure::of_disk)?);
    let mut writer = store.write_requests(id).map_err(failure::of)?;
    let mut seen: HashSet<String> = HashSet::new();
    let (mut line, mut number, mut offset) = (Vec::new(), 0_u64, 0_u64);
    loop {
        line.clear();
        let length = lines.read_until(b'\n', &mut line).map_err(failure::of_disk)?;
        if length == 0 {
            break;
        }
        number += 1;
        let text = String::from_utf8_lossy(&line);
        if let Some(custom_id) = tabane_providers::id_in_line(text.trim_end())
            && !seen.contains(&custom_id)
        {
            let (at, long) = if is_requests {
                (offset, small(length as u64))
            } else {
                (0, 0)
            };
            writer
                .push(NewRequest {
                    position: small(seen.len() as u64),
                    part: 1,
                    wire_id: custom_id.clone(),
                    custom_id: custom_id.clone(),
                    source_line: small(number),
                    offset: at,
                    length: long,
                    study: None,
                })
                .map_err(failure::of)?;
            seen.insert(custom_id);
        }
        offset += length as u64;
    }
    writer.finish().map_err(failure::of)?;
    Ok(small(seen.len() as u64))
}
