//! The services that the user has connected, and their keys.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use tabane_model::{Failure, ProviderId, Settings};
use tabane_providers::Tested;
use tabane_store::{ConnectionRecord, LastTest};

use crate::account::Own;
use crate::view::{
    ConnectionForm, ConnectionView, ModelView, ServiceView, SettingView, Stale, TestView, small, time,
};
use crate::{App, failure, lock};

impl App {
    /// Every service that can be connected.
    #[must_use]
    pub fn services(&self) -> Vec<ServiceView> {
        tabane_providers::profiles()
            .iter()
            .map(|profile| ServiceView {
                provider: profile.id.to_owned(),
                name: profile.name.to_owned(),
                needs_key: profile.needs_key,
                needs_base_url: profile.base_url.is_none() && profile.id != "practice",
                base_url: profile.base_url.map(str::to_owned),
                note: profile.note.map(str::to_owned),
                windows: profile
                    .windows
                    .iter()
                    .map(|window| (*window).to_owned())
                    .collect(),
                discount_percent: profile.discount_percent,
                retention_days: profile.retention_days,
                translates: profile.translates(),
                caches: profile.caches(),
                settings: profile
                    .settings
                    .iter()
                    .map(|setting| SettingView {
                        name: setting.name.to_owned(),
                        required: setting.required,
                        default: setting.default.map(str::to_owned),
                    })
                    .collect(),
            })
            .collect()
    }

    /// # Errors
    /// The database could not be read.
    pub async fn connections(&self) -> Result<Vec<ConnectionView>, Failure> {
        let records = self
            .with_store(|_, store| store.connections().map_err(failure::of))
            .await?;
        Ok(records
            .into_iter()
            .map(|record| self.connection_view(record))
            .collect())
    }

    fn connection_view(&self, record: ConnectionRecord) -> ConnectionView {
        ConnectionView {
            key_is_temporary: lock(&self.inner.temporary_keys).contains_key(&record.id),
            key_failure: None,
            last_test: record.last_test.map(|test| TestView {
                at: time(test.at),
                models: test.models,
                failure: test.failure,
                remarks: test.remarks,
            }),
            id: record.id,
            provider: record.provider.0,
            name: record.name,
            base_url: record.base_url,
            settings: record.settings,
            key_ends: record.key_ends,
        }
    }

    /// Saves a connection; a new key goes to the keychain first, so that a locked keychain saves nothing by halves.
    ///
    /// # Errors
    /// `keychain-*`, `base-url-missing`, `key-missing`.
    pub async fn save_connection(&self, form: ConnectionForm) -> Result<ConnectionView, Failure> {
        let provider = ProviderId::new(&form.provider);
        let profile = Self::profile(&provider)?;
        let key = form.typed_key();
        let forgotten = form.forget_key && key.is_none() && !profile.needs_key;
        let records = self
            .with_store(|_, store| store.connections().map_err(failure::of))
            .await?;
        let id = match &form.id {
            Some(id) => id.clone(),
            None => free_id(&form.provider, &records),
        };
        let old = records.into_iter().find(|record| record.id == id);
        let base_url = form
            .base_url
            .map(|url| url.trim().to_owned())
            .filter(|url| !url.is_empty());
        if base_url.is_none() && profile.base_url.is_none() && !provider.is_practice() {
            return Err(Failure::new("base-url-missing").with("provider", profile.name));
        }
        if let Some(key) = &key {
            self.keep_key(&id, key, form.until_close).await?;
        } else if forgotten {
            self.delete_key(&id).await?;
        } else if old.is_none() && profile.needs_key {
            return Err(Failure::new("key-missing").with("provider", profile.name));
        }
        let name = form.name.trim();
        // What is known of the key that stays.
        let kept = old.as_ref().filter(|_| key.is_none() && !forgotten);
        let record = ConnectionRecord {
            id: id.clone(),
            provider,
            name: if name.is_empty() {
                profile.name.to_owned()
            } else {
                name.to_owned()
            },
            base_url,
            settings: set(form.settings),
            key_ends: key
                .as_ref()
                .map(ends)
                .or_else(|| kept.and_then(|old| old.key_ends.clone())),
            key_fingerprint: key
                .as_ref()
                .map(tabane_keys::fingerprint)
                .or_else(|| kept.and_then(|old| old.key_fingerprint.clone())),
            last_test: kept.and_then(|old| old.last_test.clone()),
            created_at: old.map_or_else(|| self.now(), |old| old.created_at),
        };
        let saved = record.clone();
        self.with_store(move |_, store| store.save_connection(&saved).map_err(failure::of))
            .await?;
        self.changed(Stale::Connections);
        Ok(self.connection_view(record))
    }

    async fn keep_key(&self, id: &str, key: &SecretString, until_close: bool) -> Result<(), Failure> {
        if until_close {
            lock(&self.inner.temporary_keys).insert(id.to_owned(), key.clone());
            return Ok(());
        }
        let account = self.keychain_account(id)?;
        let secrets = Arc::clone(&self.inner.secrets);
        let key = key.clone();
        tokio::task::spawn_blocking(move || secrets.save(&account, &key))
            .await
            .map_err(failure::of_task)??;
        lock(&self.inner.temporary_keys).remove(id);
        Ok(())
    }

    /// From the keychain first: a key that is only kept until Tabane closes may hide another there.
    async fn delete_key(&self, id: &str) -> Result<(), Failure> {
        let account = self.keychain_account(id)?;
        let secrets = Arc::clone(&self.inner.secrets);
        tokio::task::spawn_blocking(move || secrets.delete(&account))
            .await
            .map_err(failure::of_task)??;
        lock(&self.inner.temporary_keys).remove(id);
        Ok(())
    }

    /// Asks the service for its models and keeps what came back. A failed test is an answer, not an error.
    ///
    /// # Errors
    /// `connection-not-found`, or the database could not be written.
    pub async fn test_connection(&self, id: &str) -> Result<ConnectionView, Failure> {
        let wanted = id.to_owned();
        let record = self
            .with_store(move |_, store| store.connection(&wanted).map_err(failure::of))
            .await?
            .ok_or_else(|| failure::not_found("connection"))?;
        let found = match self
            .open_provider(&record.provider, &record.id, Own::default())
            .await
        {
            Ok(reached) => reached.provider.test().await.map_err(|fault| fault.failure),
            Err(failure) => Err(failure),
        };
        let mut tested = record;
        tested.last_test = Some(self.last_test(found));
        let saved = tested.clone();
        self.with_store(move |_, store| store.save_connection(&saved).map_err(failure::of))
            .await?;
        self.changed(Stale::Connections);
        Ok(self.connection_view(tested))
    }

    fn last_test(&self, found: Result<Tested, Failure>) -> LastTest {
        let (failure, tested) = match found {
            Ok(tested) => (None, tested),
            Err(failure) => (Some(failure), Tested::default()),
        };
        LastTest {
            at: self.now(),
            failure,
            models: small(tested.models.len() as u64),
            remarks: tested.remarks,
        }
    }

    /// The models that a connection offers, for the picker.
    ///
    /// # Errors
    /// The service could not be asked.
    pub async fn models(&self, connection: &str) -> Result<Vec<ModelView>, Failure> {
        let provider = self.provider_of(connection)?;
        let reached = self.open_provider(&provider, connection, Own::default()).await?;
        let models = reached.provider.models().await.map_err(|fault| fault.failure)?;
        Ok(models
            .into_iter()
            .map(|model| ModelView {
                id: model.id,
                batch: model.batch,
            })
            .collect())
    }

    /// Tests values that are not saved yet.
    ///
    /// # Errors
    /// Never for the key itself: that is the answer.
    pub async fn test_form(&self, form: ConnectionForm) -> Result<TestView, Failure> {
        let found = self.test_of_form(form).await;
        let test = self.last_test(found);
        Ok(TestView {
            at: time(test.at),
            models: test.models,
            failure: test.failure,
            remarks: test.remarks,
        })
    }

    async fn test_of_form(&self, form: ConnectionForm) -> Result<Tested, Failure> {
        let provider = ProviderId::new(&form.provider);
        let profile = Self::profile(&provider)?;
        let given = match form.typed_key() {
            None if form.forget_key && !profile.needs_key => Some(SecretString::default()),
            typed => typed,
        };
        let base_url = form
            .base_url
            .map(|url| url.trim().to_owned())
            .filter(|url| !url.is_empty());
        let settings = set(form.settings);
        let open = match given {
            None => {
                let id = form.id.unwrap_or_else(|| form.provider.clone());
                let own = Own {
                    base_url: base_url.as_deref(),
                    settings: Some(&settings),
                };
                self.open_provider(&provider, &id, own).await?.provider
            }
            Some(key) => {
                let address = base_url
                    .or_else(|| profile.base_url.map(str::to_owned))
                    .ok_or_else(|| Failure::new("base-url-missing").with("provider", profile.name))?;
                let account = tabane_providers::Account {
                    base_url: address,
                    key,
                    settings,
                };
                tabane_providers::open(profile, account)?
            }
        };
        open.test().await.map_err(|fault| fault.failure)
    }

    /// Forgets a connection and deletes its key. Jobs that are with the provider stay in the history.
    ///
    /// # Errors
    /// `keychain-*`: then nothing was forgotten.
    pub async fn forget_connection(&self, id: &str) -> Result<(), Failure> {
        let account = self.keychain_account(id)?;
        let was_temporary = lock(&self.inner.temporary_keys).remove(id).is_some();
        if !was_temporary {
            let secrets = Arc::clone(&self.inner.secrets);
            tokio::task::spawn_blocking(move || secrets.delete(&account))
                .await
                .map_err(failure::of_task)??;
        }
        let id = id.to_owned();
        self.with_store(move |_, store| store.delete_connection(&id).map_err(failure::of))
            .await?;
        self.changed(Stale::Connections);
        Ok(())
    }

    /// `None`: the keychain can be used.
    pub async fn keychain(&self) -> Option<Failure> {
        let secrets = Arc::clone(&self.inner.secrets);
        match tokio::task::spawn_blocking(move || secrets.available()).await {
            Ok(Ok(())) => None,
            Ok(Err(failure)) => Some(failure),
            Err(error) => Some(failure::of_task(error)),
        }
    }

    /// The connection that a command-line `send` goes through: an existing one with this address and these settings,
    /// else a new record.
    pub(crate) async fn connection_for(
        &self,
        provider: &ProviderId,
        base_url: Option<&str>,
        settings: &Settings,
    ) -> Result<ConnectionRecord, Failure> {
        let profile = Self::profile(provider)?;
        let records = self
            .with_store(|_, store| store.connections().map_err(failure::of))
            .await?;
        let same = records.iter().find(|record| {
            record.provider == *provider
                && (base_url.is_none() || record.base_url.as_deref() == base_url)
                && (settings.is_empty() || record.settings == *settings)
        });
        if let Some(record) = same {
            return Ok(record.clone());
        }
        if base_url.is_none() && profile.base_url.is_none() && !provider.is_practice() {
            return Err(Failure::new("base-url-missing").with("provider", profile.name));
        }
        let key = if provider.is_practice() {
            None
        } else {
            self.key_of(provider, provider.as_str()).await?
        };
        let record = ConnectionRecord {
            id: free_id(provider.as_str(), &records),
            provider: provider.clone(),
            name: profile.name.to_owned(),
            base_url: base_url.map(str::to_owned),
            settings: settings.clone(),
            key_ends: None,
            key_fingerprint: key.as_ref().map(tabane_keys::fingerprint),
            last_test: None,
            created_at: self.now(),
        };
        if key.is_none() && profile.needs_key {
            return Err(Failure::new("key-missing")
                .with("provider", profile.name)
                .with("variable", tabane_keys::variable(provider)));
        }
        debug_assert!(key.is_none_or(|key| !key.expose_secret().is_empty()));
        Ok(record)
    }
}

/// What is shown of a key. Of a service account that is the end of its key's id: the file ends in a bracket.
fn ends(key: &SecretString) -> String {
    let id = serde_json::from_str::<serde_json::Value>(key.expose_secret())
        .ok()
        .and_then(|file| Some(SecretString::from(file["private_key_id"].as_str()?)));
    tabane_keys::ends(id.as_ref().unwrap_or(key))
}

/// Blank ones are not set.
fn set(settings: Settings) -> Settings {
    settings
        .into_iter()
        .map(|(name, value)| (name, value.trim().to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

fn free_id(provider: &str, records: &[ConnectionRecord]) -> String {
    let taken = |id: &str| records.iter().any(|record| record.id == id);
    if !taken(provider) {
        return provider.to_owned();
    }
    (2..)
        .map(|n| format!("{provider}-{n}"))
        .find(|id| !taken(id))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial;

    #[tokio::test]
    async fn a_saved_key_is_forgotten_only_when_asked_to_and_where_none_is_needed() {
        let dir = tempfile::tempdir().unwrap();
        let app = trial::open(dir.path());
        let key = |provider: &str, id: &str| {
            let (app, provider, id) = (app.clone(), ProviderId::new(provider), id.to_owned());
            async move { app.key_of(&provider, &id).await.unwrap() }
        };
        for (provider, needed) in [("vertex", false), ("openai", true)] {
            let saved = app
                .save_connection(trial::form(provider, Some("a-key-of-a-service-1234")))
                .await
                .unwrap();
            assert_eq!(saved.key_ends.as_deref(), Some("1234"));
            let again = ConnectionForm {
                id: Some(saved.id.clone()),
                ..trial::form(provider, Some(" "))
            };
            let kept = app.save_connection(again.clone()).await.unwrap();
            assert_eq!(kept.key_ends, saved.key_ends);
            assert!(key(provider, &saved.id).await.is_some());

            let without = ConnectionForm {
                forget_key: true,
                ..again
            };
            let left = app.save_connection(without.clone()).await.unwrap();
            assert_eq!(left.key_ends.is_some(), needed, "{provider}");
            assert_eq!(key(provider, &saved.id).await.is_some(), needed, "{provider}");

            // Of a key that lives only until Tabane closes, and of one that is typed after all.
            let temporary = ConnectionForm {
                key: Some("until close".to_owned()),
                until_close: true,
                ..without.clone()
            };
            assert!(app.save_connection(temporary).await.unwrap().key_is_temporary);
            app.save_connection(without).await.unwrap();
            assert_eq!(key(provider, &saved.id).await.is_some(), needed, "{provider}");
        }
    }
}
