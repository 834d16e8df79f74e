//! The keychain of the operating system: Secret Service, macOS Keychain, Windows Credential Manager.

use std::time::Duration;

use keyring::{Entry, Error as Os};
use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretString};
use tabane_model::{Explain, Failure};

use crate::{Error, SecretStore, TimeLimit, platform};

/// Long enough for a slow start of the service, short enough that nobody thinks the window hangs.
const LIMIT: Duration = Duration::from_secs(10);

/// An account that never has a key: asking for it shows whether the keychain answers.
const PROBE: &str = "is-the-keychain-there";

/// Keys in the operating system's keychain, each call with a time limit.
#[derive(Clone, Debug)]
pub struct Keychain {
    limit: TimeLimit,
}

impl Default for Keychain {
    fn default() -> Self {
        Self::new()
    }
}

impl Keychain {
    /// With a limit of ten seconds a call.
    #[must_use]
    pub fn new() -> Self {
        Self::with_limit(LIMIT)
    }

    #[must_use]
    pub fn with_limit(limit: Duration) -> Self {
        Self {
            limit: TimeLimit::new(limit),
        }
    }

    /// Runs `act` on the entry of an account. Every act may safely be done twice, so it is tried again when
    /// the connection to the keychain turns out to be dead.
    fn call<T: Send + 'static>(
        &self,
        name: &'static str,
        account: &str,
        act: impl Fn(&Entry) -> Result<T, Os> + Send + 'static,
    ) -> Result<T, Failure> {
        let account = account.to_owned();
        let result = self.limit.run(move || match act(&platform::entry(&account)?) {
            Err(Os::PlatformFailure(_)) => {
                platform::forget();
                Ok(act(&platform::entry(&account)?)?)
            }
            result => Ok(result?),
        });
        result.map_err(|error| {
            if matches!(error, Error::Locked(_) | Error::Failed(_)) {
                platform::forget();
            }
            tracing::warn!(call = name, %error, "keychain");
            error.explain()
        })
    }
}

impl SecretStore for Keychain {
    fn available(&self) -> Result<(), Failure> {
        self.call("available", PROBE, |entry| read(entry).map(drop))
    }

    fn save(&self, account: &str, secret: &SecretString) -> Result<(), Failure> {
        let secret = secret.clone();
        self.call("save", account, move |entry| {
            // Bytes, not a password: Windows stores passwords as UTF-16, which halves the longest key.
            let bytes = secret.expose_secret().as_bytes();
            match entry.set_secret(bytes) {
                Err(Os::Ambiguous(same)) => {
                    delete_all(&same)?;
                    entry.set_secret(bytes)
                }
                result => result,
            }
        })
    }

    fn read(&self, account: &str) -> Result<Option<SecretString>, Failure> {
        self.call("read", account, read)
    }

    fn delete(&self, account: &str) -> Result<(), Failure> {
        self.call("delete", account, |entry| match entry.delete_credential() {
            Err(Os::NoEntry) => Ok(()),
            Err(Os::Ambiguous(same)) => delete_all(&same),
            result => result,
        })
    }
}

fn read(entry: &Entry) -> Result<Option<SecretString>, Os> {
    match entry.get_secret() {
        Ok(bytes) => text(bytes).map(Some),
        Err(Os::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}

fn text(bytes: Vec<u8>) -> Result<SecretString, Os> {
    String::from_utf8(bytes).map(SecretString::from).map_err(|error| {
        error.into_bytes().zeroize();
        Os::BadEncoding(Vec::new())
    })
}

/// Entries of the same name are all ours; a new key or a delete is meant for all of them.
fn delete_all(same: &[keyring_core::Entry]) -> Result<(), Os> {
    same.iter().try_for_each(keyring_core::Entry::delete_credential)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_a_key_only_if_they_are_text() {
        assert_eq!(text("鍵🔑".into()).unwrap().expose_secret(), "鍵🔑");
        let error = text(vec![0xff, 0xfe, b's', b'k']).unwrap_err();
        assert!(matches!(error, Os::BadEncoding(bytes) if bytes.is_empty()));
    }
}
