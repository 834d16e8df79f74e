//! Keys that are kept until Tabane closes, for a computer without a keychain, and for tests.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use secrecy::SecretString;
use tabane_model::Failure;

use crate::SecretStore;

/// Never written anywhere; wiped when it is dropped.
#[derive(Debug, Default)]
pub struct MemoryStore {
    keys: Mutex<BTreeMap<String, SecretString>>,
}

impl MemoryStore {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn keys(&self) -> MutexGuard<'_, BTreeMap<String, SecretString>> {
        // No step below can leave the map half changed.
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SecretStore for MemoryStore {
    fn available(&self) -> Result<(), Failure> {
        Ok(())
    }

    fn save(&self, account: &str, secret: &SecretString) -> Result<(), Failure> {
        self.keys().insert(account.to_owned(), secret.clone());
        Ok(())
    }

    fn read(&self, account: &str) -> Result<Option<SecretString>, Failure> {
        Ok(self.keys().get(account).cloned())
    }

    fn delete(&self, account: &str) -> Result<(), Failure> {
        self.keys().remove(account);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn keeps_replaces_and_deletes() {
        let store: Box<dyn SecretStore> = Box::new(MemoryStore::new());
        let read = |account| {
            store
                .read(account)
                .unwrap()
                .map(|key| key.expose_secret().to_owned())
        };
        assert!(store.available().is_ok());
        assert_eq!(read("openai"), None);
        store.save("openai", &SecretString::from("first")).unwrap();
        store.save("openai", &SecretString::from("second")).unwrap();
        store.save("groq", &SecretString::from("other")).unwrap();
        assert_eq!(read("openai").as_deref(), Some("second"));
        store.delete("openai").unwrap();
        store.delete("openai").unwrap();
        assert_eq!(read("openai"), None);
        assert_eq!(read("groq").as_deref(), Some("other"));
    }

    #[test]
    fn cannot_be_printed() {
        let store = MemoryStore::new();
        store.save("openai", &SecretString::from("sk-secret")).unwrap();
        assert!(!format!("{store:?}").contains("sk-secret"));
    }
}
