//! Batches that were sent by other means, a script say, and become jobs like any other. Nothing is made at the
//! provider, and nothing there changes.

use std::path::{Path, PathBuf};

use tabane_intake::Kind;
use tabane_model::{Failure, JobId, JobState, PartState};
use tabane_providers::{Batch, FaultKind};
use tabane_store::{ConnectionRecord, JobRecord, PartRecord, Source, Store};

use crate::account::Own;
use crate::import::write_rows;
use crate::view::{AdoptableView, time};
use crate::{App, failure};

/// Batches that are listed to choose from.
const LISTED: usize = 200;

impl App {
    /// The newest batches that a connection's key can see; those that are jobs already are marked.
    ///
    /// # Errors
    /// The service could not be asked.
    pub async fn adoptable(&self, connection: &str) -> Result<Vec<AdoptableView>, Failure> {
        let record = self
            .known_connection(connection)
            .await?
            .ok_or_else(|| failure::not_found("connection"))?;
        self.adoptable_of(&record).await
    }

    async fn adoptable_of(&self, connection: &ConnectionRecord) -> Result<Vec<AdoptableView>, Failure> {
        let own = Own {
            base_url: connection.base_url.as_deref(),
            settings: Some(&connection.settings),
        };
        let reached = self
            .open_provider(&connection.provider, &connection.id, own)
            .await?;
        let batches = reached
            .provider
            .list(LISTED)
            .await
            .map_err(|fault| fault.failure)?;
        let known = self
            .with_store(|_, store| store.remote_batches().map_err(failure::of))
            .await?;
        Ok(batches
            .into_iter()
            .map(|batch| AdoptableView {
                job: known
                    .iter()
                    .find(|(_, remote)| *remote == batch.id)
                    .map(|(job, _)| job.clone()),
                id: batch.id,
                name: batch.name,
                model: batch.model,
                status: batch.status_raw,
                requests: batch.counts.total,
                created_at: batch.created_at.map(time),
            })
            .collect())
    }

    /// Takes over a batch by its id, with the request file if there is one.
    ///
    /// # Errors
    /// `batch-already-job`, `adopt-not-found`, `file-is-no-request-file`; the service could not be asked.
    pub async fn adopt(
        &self,
        connection: &ConnectionRecord,
        batch_id: &str,
        requests: Option<&Path>,
    ) -> Result<JobId, Failure> {
        let batch_id = batch_id.trim();
        let own = Own {
            base_url: connection.base_url.as_deref(),
            settings: Some(&connection.settings),
        };
        let reached = self
            .open_provider(&connection.provider, &connection.id, own)
            .await?;
        let profile = Self::profile(&connection.provider)?;
        let batch = reached
            .provider
            .get(batch_id)
            .await
            .map_err(|fault| match fault.kind {
                FaultKind::NotFound => Failure::new("adopt-not-found")
                    .with("service", profile.name)
                    .with("batch", batch_id),
                _ => fault.failure,
            })?;
        let adopting = Adopting {
            connection: connection.clone(),
            batch,
            requests: requests.map(Path::to_owned),
            key_fingerprint: reached.key_fingerprint,
        };
        let id = self
            .with_store(move |app, store| app.take_over_batch(store, &adopting))
            .await?;
        self.job_changed(&id);
        self.wake();
        Ok(id)
    }

    /// The same for the command line.
    ///
    /// # Errors
    /// `key-missing`, `base-url-missing`; the service could not be asked.
    pub async fn adoptable_from(
        &self,
        provider: &tabane_model::ProviderId,
        base_url: Option<&str>,
        settings: &tabane_model::Settings,
    ) -> Result<Vec<AdoptableView>, Failure> {
        let connection = self.connection_for(provider, base_url, settings).await?;
        self.adoptable_of(&connection).await
    }

    /// The connection that the command line adopts through.
    ///
    /// # Errors
    /// `key-missing`, `base-url-missing`.
    pub async fn adopt_from(
        &self,
        provider: &tabane_model::ProviderId,
        base_url: Option<&str>,
        settings: &tabane_model::Settings,
        batch_id: &str,
        requests: Option<&Path>,
    ) -> Result<JobId, Failure> {
        let connection = self.connection_for(provider, base_url, settings).await?;
        self.adopt(&connection, batch_id, requests).await
    }

    /// The same from the window, by the connection's id.
    ///
    /// # Errors
    /// `connection-not-found`, and those of [`App::adopt`].
    pub async fn adopt_by(
        &self,
        connection: &str,
        batch_id: &str,
        requests: Option<&Path>,
    ) -> Result<JobId, Failure> {
        let record = self
            .known_connection(connection)
            .await?
            .ok_or_else(|| failure::not_found("connection"))?;
        self.adopt(&record, batch_id, requests).await
    }

    fn take_over_batch(&self, store: &Store, adopting: &Adopting) -> Result<JobId, Failure> {
        let batch = &adopting.batch;
        let known = store.remote_batches().map_err(failure::of)?;
        if let Some((job, _)) = known.iter().find(|(_, remote)| *remote == batch.id) {
            let name = store.job(job).map_err(failure::of)?.name;
            return Err(Failure::new("batch-already-job").with("name", name));
        }
        if let Some(file) = &adopting.requests
            && tabane_intake::recognise(file).map_err(failure::of)? != Kind::Requests
        {
            return Err(Failure::new("file-is-no-request-file").with("file", crate::view::file_name(file)));
        }
        crate::send::remember_connection(store, &adopting.connection)?;
        let id = uuid::Uuid::now_v7().to_string();
        let job = JobRecord {
            name: batch.name.clone().unwrap_or_else(|| batch.id.clone()),
            connection: Some(adopting.connection.id.clone()),
            base_url: adopting.connection.base_url.clone(),
            settings: adopting.connection.settings.clone(),
            key_fingerprint: adopting.key_fingerprint.clone(),
            model: batch.model.clone(),
            endpoint: batch.endpoint.clone(),
            source: adopting
                .requests
                .as_ref()
                .map(|file| file.to_string_lossy().into_owned()),
            origin: "adopted".to_owned(),
            ..JobRecord::new(id.clone(), adopting.connection.provider.clone(), self.now())
        };
        store.insert_job(&job).map_err(failure::of)?;
        let taken = self.take_over_part(store, &id, adopting);
        if taken.is_err() {
            self.remove_job(store, &id)?;
        }
        taken.map(|()| id)
    }

    fn take_over_part(&self, store: &Store, id: &str, adopting: &Adopting) -> Result<(), Failure> {
        let now = self.now();
        let planned = crate::runner::planned(id, 1, now);
        let folder = self.inner.data_dir.join("jobs").join(id);
        std::fs::create_dir_all(&folder).map_err(failure::of_disk)?;
        let (mut requests, mut bytes) = (0, 0);
        if let Some(file) = &adopting.requests {
            // A copy, so that the job stays whole when the original moves.
            let copy = self.inner.data_dir.join(&planned.file);
            bytes = std::fs::copy(file, &copy).map_err(failure::of_disk)?;
            requests = write_rows(store, id, &copy, true)?;
        }
        let part = PartRecord {
            state: PartState::Running,
            requests,
            bytes,
            remote_batch: Some(adopting.batch.id.clone()),
            remote_file: adopting.batch.input_file_id.clone(),
            key_fingerprint: adopting.key_fingerprint.clone(),
            sent_at: adopting.batch.created_at.or(Some(now)),
            due_at: Some(now),
            ..planned
        };
        store.insert_part(&part).map_err(failure::of)?;
        store
            .set_job_state(id, JobState::Running, None, now)
            .map_err(failure::of)
    }

    /// Without a request file the results tell which requests there were.
    pub(crate) fn rows_of_adopted(
        &self,
        store: &Store,
        job: &JobRecord,
        part: &mut PartRecord,
        received: &[(Source, PathBuf)],
    ) -> Result<(), Failure> {
        // One file with every line, so that a row has one place whatever file it is in.
        let all = self
            .inner
            .data_dir
            .join("jobs")
            .join(&job.id)
            .join("received/all.jsonl");
        let mut out = std::fs::File::create(&all).map_err(failure::of_disk)?;
        for (_, file) in received {
            let mut from = std::fs::File::open(file).map_err(failure::of_disk)?;
            std::io::copy(&mut from, &mut out).map_err(failure::of_disk)?;
            std::io::Write::write_all(&mut out, b"\n").map_err(failure::of_disk)?;
        }
        part.requests = write_rows(store, &job.id, &all, false)?;
        std::fs::remove_file(&all).map_err(failure::of_disk)
    }
}

/// What is taken over, from where.
struct Adopting {
    connection: ConnectionRecord,
    batch: Batch,
    requests: Option<PathBuf>,
    key_fingerprint: Option<String>,
}
