//! From a connection to an open provider: which address, which key.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use tabane_model::{Failure, ProviderId, Settings};
use tabane_practice::{Faults, Options as PracticeOptions, Pace};
use tabane_providers::{Account, Profile, Provider};
use tabane_store::ConnectionRecord;

use crate::{App, failure, lock};

/// A provider that is open, and which key opens it.
pub(crate) struct Reached {
    pub provider: Box<dyn Provider>,
    /// `None`: no key is sent.
    pub key_fingerprint: Option<String>,
}

/// What a job keeps of its connection and what wins over the connection's own.
#[derive(Clone, Copy, Default)]
pub(crate) struct Own<'a> {
    pub base_url: Option<&'a str>,
    pub settings: Option<&'a Settings>,
}

impl App {
    /// The table row of a service.
    pub(crate) fn profile(provider: &ProviderId) -> Result<&'static Profile, Failure> {
        tabane_providers::profile(provider)
            .ok_or_else(|| Failure::new("provider-unknown").with("provider", provider.as_str()))
    }

    /// The id of a service by its id or by another word for it.
    ///
    /// # Errors
    /// `provider-unknown`.
    pub fn provider_named(word: &str) -> Result<ProviderId, Failure> {
        Self::profile(&ProviderId::new(word)).map(|profile| ProviderId::new(profile.id))
    }

    /// Opens a provider for a connection.
    ///
    /// # Errors
    /// No key, no keychain, no address.
    pub(crate) async fn open_provider(
        &self,
        provider: &ProviderId,
        connection: &str,
        own: Own<'_>,
    ) -> Result<Reached, Failure> {
        let profile = Self::profile(provider)?;
        if provider.is_practice() {
            let account = self.practice_account().await?;
            let provider = tabane_providers::open(profile, account)?;
            return Ok(Reached {
                provider,
                key_fingerprint: None,
            });
        }
        let record = self.known_connection(connection).await?;
        let keeps_one = record.as_ref().is_some_and(|record| record.key_ends.is_some());
        let key = match self.key_of(provider, connection).await {
            // Without a key to look for, a keychain that does not answer is no obstacle.
            Err(_) if !profile.needs_key && !keeps_one => None,
            key => key?,
        };
        if key.is_none() && profile.needs_key {
            return Err(Failure::new("key-missing").with("provider", profile.name));
        }
        let address = match (own.base_url, &record) {
            (Some(address), _) => Some(address.to_owned()),
            (None, Some(record)) if record.base_url.is_some() => record.base_url.clone(),
            _ => profile.base_url.map(str::to_owned),
        };
        let settings = own
            .settings
            .cloned()
            .or_else(|| record.map(|record| record.settings))
            .unwrap_or_default();
        let Some(address) = address else {
            return Err(Failure::new("base-url-missing").with("provider", profile.name));
        };
        let key_fingerprint = key.as_ref().map(tabane_keys::fingerprint);
        let provider = tabane_providers::open(
            profile,
            Account {
                base_url: address,
                key: key.unwrap_or_default(),
                settings,
            },
        )?;
        Ok(Reached {
            provider,
            key_fingerprint,
        })
    }

    pub(crate) async fn known_connection(&self, id: &str) -> Result<Option<ConnectionRecord>, Failure> {
        let id = id.to_owned();
        self.with_store(move |_, store| store.connection(&id).map_err(failure::of))
            .await
    }

    /// A key kept until Tabane closes, else the environment's (command line), else the keychain's.
    pub(crate) async fn key_of(
        &self,
        provider: &ProviderId,
        connection: &str,
    ) -> Result<Option<SecretString>, Failure> {
        if let Some(key) = lock(&self.inner.temporary_keys).get(connection) {
            return Ok(Some(key.clone()));
        }
        if self.inner.keys_from_environment
            && let Some(key) = tabane_keys::from_environment(provider)
        {
            return Ok(Some(key));
        }
        let account = self.keychain_account(connection)?;
        let secrets = Arc::clone(&self.inner.secrets);
        let key = tokio::task::spawn_blocking(move || secrets.read(&account))
            .await
            .map_err(failure::of_task)??;
        Ok(key.filter(|key| !key.expose_secret().is_empty()))
    }

    /// The keychain entry of a connection. Each data folder has its own, so that trying Tabane out in another
    /// folder can never delete the everyday keys.
    pub(crate) fn keychain_account(&self, connection: &str) -> Result<String, Failure> {
        let store = &self.inner.store;
        let profile = match store.setting("profile").map_err(failure::of)? {
            Some(profile) => profile,
            None => {
                let profile = uuid::Uuid::new_v4().simple().to_string()[..12].to_owned();
                store.set_setting("profile", &profile).map_err(failure::of)?;
                profile
            }
        };
        Ok(format!("{connection}@{profile}"))
    }

    /// Starts the practice service when it is first needed; it finds its batches in the data folder again.
    async fn practice_account(&self) -> Result<Account, Failure> {
        let mut practice = self.inner.practice.lock().await;
        if practice.is_none() {
            let options = PracticeOptions {
                dir: self.inner.data_dir.join("practice"),
                clock: Arc::clone(&self.inner.clock),
                pace: self.inner.practice_pace.map_or_else(Pace::default, Pace::Fixed),
                faults: Faults::default(),
                key: None,
                dialect: tabane_practice::dialects::Dialect::Openai,
            };
            *practice = Some(tabane_practice::serve(options).await.map_err(failure::of)?);
        }
        match practice.as_ref() {
            Some(running) => Ok(Account {
                base_url: running.base_url.clone(),
                key: SecretString::from(running.key.clone()),
                settings: Settings::new(),
            }),
            None => Err(Failure::new("internal")),
        }
    }
}
