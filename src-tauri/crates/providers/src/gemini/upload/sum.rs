//! What a file is known by: its length and its SHA-256.

use std::io::Read;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::Fault;
use crate::http::disk;

pub(super) struct Sum {
    pub(super) bytes: u64,
    /// Lower-case hexadecimal.
    pub(super) sha256: String,
}

impl Sum {
    pub(super) async fn of(file: &Path) -> Result<Self, Fault> {
        let file = file.to_owned();
        let read = tokio::task::spawn_blocking(move || Self::read(&file)).await;
        read.unwrap_or_else(|error| Err(std::io::Error::other(error)))
            .map_err(|error| disk(&error))
    }

    fn read(file: &Path) -> std::io::Result<Self> {
        let mut file = std::fs::File::open(file)?;
        let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
            bytes += read as u64;
        }
        let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { bytes, sha256 })
    }

    /// Whether the service's `sha256Hash` is this one: documented as base64 of the hash, written as base64 of its
    /// hexadecimal digits.
    pub(super) fn is(&self, told: &str) -> bool {
        let Ok(decoded) = STANDARD.decode(told) else {
            return false;
        };
        let hex: String = decoded.iter().map(|byte| format!("{byte:02x}")).collect();
        decoded == self.sha256.as_bytes() || hex == self.sha256
    }
}
