//! A job's rows and part files: written before anything is sent, removed again.

use std::path::Path;

use tabane_model::{Failure, JobState, ProviderId, Rules, StudyRequest};
use tabane_providers::{Asked, Options, write_line};
use tabane_store::{ConnectionRecord, JobRecord, NewRequest, PartRecord, Store};

use crate::fit::Counted;
use crate::runner::split::Splitter;
use crate::{App, failure};

/// One request on its way into a part file.
pub(crate) struct Outgoing<'a> {
    /// 1-based line of the dropped file; 0: there is none.
    pub line: u32,
    pub custom_id: String,
    pub url: &'a str,
    /// Goes out as the provider's dialect writes it.
    pub body: &'a str,
    /// Replaces the body's own.
    pub model: Option<&'a str>,
    pub study: Option<StudyRequest>,
}

/// Takes one request after the other.
type Take<'a> = &'a mut dyn FnMut(Outgoing<'_>) -> Result<(), Failure>;

impl App {
    /// A job of which nothing is written yet.
    pub(crate) fn new_job(
        &self,
        connection: &ConnectionRecord,
        provider: &ProviderId,
        window: &str,
    ) -> JobRecord {
        let random = uuid::Uuid::new_v4().as_u128();
        let id = uuid::Uuid::now_v7().to_string();
        JobRecord {
            connection: Some(connection.id.clone()),
            base_url: connection.base_url.clone(),
            settings: connection.settings.clone(),
            key_fingerprint: connection.key_fingerprint.clone(),
            window: window.to_owned(),
            nonce: nonce(random),
            ..JobRecord::new(id, provider.clone(), self.now())
        }
    }

    /// Writes what `requests` gives into part files and rows. Gives their number.
    pub(crate) fn write_parts(
        &self,
        store: &Store,
        job: &JobRecord,
        rules: &Rules,
        options: &Options,
        requests: &mut dyn FnMut(Take<'_>) -> Result<(), Failure>,
    ) -> Result<u32, Failure> {
        let profile = Self::profile(&job.provider)?;
        let mut rules = rules.clone();
        if let Some(most) = self.inner.most_requests_in_part {
            rules.max_requests = rules.max_requests.min(most);
        }
        let mut splitter =
            Splitter::new(&self.inner.data_dir, &job.id, &job.nonce, &rules).map_err(failure::of_disk)?;
        let mut writer = store.write_requests(&job.id).map_err(failure::of)?;
        let (mut counted, mut sampling) = (Counted::default(), false);
        requests(&mut |request| {
            let wire_id = splitter.next_wire_id();
            let asked = Asked {
                wire_id: &wire_id,
                url: request.url,
                body: request.body,
                model: request.model,
            };
            let written =
                write_line(profile, &asked, options).map_err(|failure| failure.with("line", request.line))?;
            let (part, place) = splitter
                .push(&written.endpoint, &written.line)
                .map_err(failure::of_disk)?;
            counted.request(written.changes);
            sampling |= written.sampling;
            writer
                .push(NewRequest {
                    position: place.position,
                    part,
                    wire_id,
                    custom_id: request.custom_id,
                    source_line: request.line,
                    offset: place.offset,
                    length: place.length,
                    study: request.study,
                })
                .map_err(failure::of)
        })?;
        let written = writer.finish().map_err(failure::of)?;
        let parts = splitter.finish().map_err(failure::of_disk)?;
        store
            .set_written(&job.id, profile.api_version(sampling), &counted.told())
            .map_err(failure::of)?;
        for (number, part) in (1..).zip(parts) {
            let record = PartRecord {
                file: part.file,
                sha256: part.sha256,
                requests: part.requests,
                bytes: part.bytes,
                first_position: part.first_position,
                endpoint: part.endpoint,
                ..crate::runner::planned(&job.id, number, self.now())
            };
            store.insert_part(&record).map_err(failure::of)?;
        }
        Ok(written)
    }

    /// Jobs that were being written when Tabane ended: nothing of them was sent.
    pub(crate) fn clear_unfinished_preparations(&self) -> Result<(), Failure> {
        let store = &self.inner.store;
        for job in store.jobs(None).map_err(failure::of)? {
            if job.state == JobState::Preparing {
                self.remove_job(store, &job.id)?;
            }
        }
        Ok(())
    }

    /// Rows and files of a job.
    pub(crate) fn remove_job(&self, store: &Store, job: &str) -> Result<(), Failure> {
        store.delete_job(job).map_err(failure::of)?;
        match std::fs::remove_dir_all(self.inner.data_dir.join("jobs").join(Path::new(job))) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failure::of_disk(error)),
            _ => Ok(()),
        }
    }
}

/// Jobs name their connection, so it is kept: practice's own, or one that only the command line gave.
pub(crate) fn remember_connection(store: &Store, connection: &ConnectionRecord) -> Result<(), Failure> {
    let known = store.connection(&connection.id).map_err(failure::of)?.is_some();
    // Practice has a new port and key each time.
    if !known || connection.provider.is_practice() {
        store.save_connection(connection).map_err(failure::of)?;
    }
    Ok(())
}

/// Ten characters of `[a-z0-9]`, the first a letter: recognisable as ours in any provider's list.
fn nonce(mut random: u128) -> String {
    const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    (0..10)
        .map(|index| {
            let base = if index == 0 { 26 } else { 36 };
            let letter = LETTERS[usize::try_from(random % base).unwrap_or(0)];
            random /= base;
            char::from(letter)
        })
        .collect()
}
