//! An entry of the operating system's keychain, also after a failed start.
//!
//! `keyring` starts its store once and remembers a failure for the life of the process. On Linux, where the
//! Secret Service may come later, go away, or be stuck behind a password prompt, the store is therefore
//! opened again through `keyring-core`, which `keyring` itself uses.

use keyring::{Entry, Error as Os};

use crate::Error;

/// The name under which the entries stand in the keychain.
const SERVICE: &str = "Tabane";

/// The entry of an account. It need not exist yet.
pub(crate) fn entry(account: &str) -> Result<Entry, Error> {
    match Entry::new(SERVICE, account) {
        Err(Os::NoDefaultStore) => again::entry(SERVICE, account),
        result => Ok(result?),
    }
}

pub(crate) use again::forget;

#[cfg(target_os = "linux")]
mod again {
    use keyring::Entry;
    use zbus_secret_service_keyring_store::Store;

    use crate::Error;

    pub(super) fn entry(service: &str, account: &str) -> Result<Entry, Error> {
        if keyring_core::get_default_store().is_none() {
            // Whatever keeps the store from opening: there is no Secret Service to speak to.
            keyring_core::set_default_store(Store::new().map_err(|error| Error::Missing(error.to_string()))?);
        }
        Ok(Entry {
            inner: keyring_core::Entry::new(service, account)?,
        })
    }

    /// Gives up the connection to the Secret Service, so that the next call opens a new one: a call that
    /// hangs holds the lock of the store that it was made with, and a restarted service knows none of the
    /// old sessions.
    pub(crate) fn forget() {
        keyring_core::unset_default_store();
    }
}

#[cfg(not(target_os = "linux"))]
mod again {
    use keyring::Entry;

    use crate::Error;

    /// These keychains are part of the system: a failed start stays one.
    pub(super) fn entry(_service: &str, _account: &str) -> Result<Entry, Error> {
        let cause = Entry::store_status().as_ref().err().map(ToString::to_string);
        Err(Error::Missing(cause.unwrap_or_default()))
    }

    pub(crate) fn forget() {}
}
