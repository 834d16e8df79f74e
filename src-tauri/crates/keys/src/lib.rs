//! Keys of AI services, in the keychain of the operating system and nowhere else.
//!
//! A key is a [`SecretString`]: it cannot be printed by accident and is wiped when it is dropped. Nothing
//! here logs one, puts one into an error or writes one to a file.

mod environment;
mod error;
mod key;
mod keychain;
mod memory;
mod platform;
mod time_limit;

pub use environment::{from_environment, variable};
pub use error::Error;
pub use key::{ends, fingerprint};
pub use keychain::Keychain;
pub use memory::MemoryStore;
pub use secrecy::{ExposeSecret, SecretString};
pub use time_limit::TimeLimit;

use tabane_model::Failure;

/// A place for keys, each under the name of its account (the id of a connection).
///
/// Calls may take seconds: call them from a thread that may wait.
pub trait SecretStore: Send + Sync {
    /// Can keys be kept here now? A failure is worth trying again, since keychains get started and unlocked.
    fn available(&self) -> Result<(), Failure>;

    /// Keeps a key, in place of any that was there.
    fn save(&self, account: &str, secret: &SecretString) -> Result<(), Failure>;

    /// The key, or `None` when there is none.
    fn read(&self, account: &str) -> Result<Option<SecretString>, Failure>;

    /// Removes a key. That there was none is no failure.
    fn delete(&self, account: &str) -> Result<(), Failure>;
}
