//! From a connection to an open provider: which address, which key.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use tabane_model::{Failure, ProviderId};
use tabane_practice::{Faults, Options as PracticeOptions, Pace};
use tabane_providers::{Account, Profile, Provider};

use crate::{App, failure, lock};

impl App {
    /// The table row of a service.
    pub(crate) fn profile(provider: &ProviderId) -> Result<&'static Profile, Failure> {
        tabane_providers::profile(provider)
            .ok_or_else(|| Failure::new("provider-unknown").with("provider", provider.as_str()))
    }

    /// Opens a provider for a connection. `base_url` is the job's own address, which wins over the connection's.
    ///
    /// # Errors
    /// No key, no keychain, no address.
    pub(crate) async fn open_provider(
        &self,
        provider: &ProviderId,
        connection: &str,
        base_url: Option<&str>,
    ) -> Result<Box<dyn Provider>, Failure> {
        let profile = Self::profile(provider)?;
        if provider.is_practice() {
            let account = self.practice_account().await?;
            return tabane_providers::open(profile, account);
        }
        let key = self.key_of(provider, connection).await?;
        if key.is_none() && profile.needs_key {
            return Err(Failure::new("key-missing").with("provider", profile.name));
        }
        let address = match base_url {
            Some(address) => Some(address.to_owned()),
            None => self
                .base_url_of(connection)
                .await?
                .or_else(|| profile.base_url.map(str::to_owned)),
        };
        let Some(address) = address else {
            return Err(Failure::new("base-url-missing").with("provider", profile.name));
        };
        tabane_providers::open(
            profile,
            Account {
                base_url: address,
                key: key.unwrap_or_default(),
            },
        )
    }

    async fn base_url_of(&self, connection: &str) -> Result<Option<String>, Failure> {
        let id = connection.to_owned();
        let record = self
            .with_store(move |_, store| store.connection(&id).map_err(failure::of))
            .await?;
        Ok(record.and_then(|record| record.base_url))
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
            };
            *practice = Some(tabane_practice::serve(options).await.map_err(failure::of)?);
        }
        match practice.as_ref() {
            Some(running) => Ok(Account {
                base_url: running.base_url.clone(),
                key: SecretString::from(running.key.clone()),
            }),
            None => Err(Failure::new("internal")),
        }
    }
}
