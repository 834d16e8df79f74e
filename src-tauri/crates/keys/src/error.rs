//! What can go wrong with a keychain.

use tabane_model::{Explain, Failure};

/// The details are the words of the operating system, never what is stored.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It waits for its password, or did not answer in time, which is what a locked one does.
    #[error("the keychain is locked: {0}")]
    Locked(String),
    /// None runs on this computer.
    #[error("there is no keychain: {0}")]
    Missing(String),
    #[error("the keychain failed: {0}")]
    Failed(String),
    #[error("several entries have the same name")]
    Ambiguous,
    /// Windows takes 2,560 bytes an entry (CRED_MAX_CREDENTIAL_BLOB_SIZE, read 2026-11).
    #[error("the key is too long: {0}")]
    TooLong(String),
    /// The entry holds something that is no text.
    #[error("the entry is not a key")]
    Unreadable,
}

impl Explain for Error {
    fn explain(&self) -> Failure {
        match self {
            Self::Locked(detail) => Failure::new("keychain-locked").detail(detail),
            Self::Missing(detail) => Failure::new("keychain-missing").detail(detail),
            Self::Failed(detail) => Failure::new("keychain-failed").detail(detail),
            Self::Ambiguous => Failure::new("keychain-ambiguous"),
            Self::TooLong(detail) => Failure::new("key-too-long").detail(detail),
            Self::Unreadable => Failure::new("key-unreadable"),
        }
    }
}

impl From<keyring::Error> for Error {
    /// Takes only the words meant for people: the `Debug` form of some of these errors holds what is stored.
    fn from(error: keyring::Error) -> Self {
        use keyring::Error as Os;
        match error {
            Os::NoStorageAccess(cause) => Self::Locked(cause.to_string()),
            Os::NoDefaultStore => Self::Missing(Os::NoDefaultStore.to_string()),
            Os::TooLong(..) => Self::TooLong(error.to_string()),
            Os::Ambiguous(_) => Self::Ambiguous,
            Os::BadEncoding(_) | Os::BadDataFormat(..) => Self::Unreadable,
            other => Self::Failed(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_never_gets_into_an_error() {
        let stored = b"sk-secret".to_vec();
        let broken: Box<dyn std::error::Error + Send + Sync> = "sk-secret".into();
        for os in [
            keyring::Error::BadEncoding(stored.clone()),
            keyring::Error::BadDataFormat(stored, broken),
        ] {
            let error = Error::from(os);
            let said = format!("{error} {error:?} {:?}", error.explain());
            assert!(
                !said.contains("sk-secret") && !said.contains("115, 107"),
                "{said}"
            );
            assert_eq!(error.explain().code, "key-unreadable");
        }
    }

    #[test]
    fn each_cause_has_its_code() {
        let cause = || -> Box<dyn std::error::Error + Send + Sync> { "cause".into() };
        for (os, code) in [
            (keyring::Error::NoStorageAccess(cause()), "keychain-locked"),
            (keyring::Error::NoDefaultStore, "keychain-missing"),
            (keyring::Error::PlatformFailure(cause()), "keychain-failed"),
            (keyring::Error::TooLong("secret".into(), 2560), "key-too-long"),
            (keyring::Error::Ambiguous(Vec::new()), "keychain-ambiguous"),
            (keyring::Error::BadStoreFormat("x".into()), "keychain-failed"),
        ] {
            assert_eq!(Error::from(os).explain().code, code);
        }
    }
}
