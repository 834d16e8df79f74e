//! What may be shown and stored of a key.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// The last four characters, for "ends in …7Qx2". Of a short key fewer, at most a quarter of it, so that
/// most of it stays unsaid.
#[must_use]
pub fn ends(secret: &SecretString) -> String {
    let key = secret.expose_secret();
    let length = key.chars().count();
    key.chars().skip(length - (length / 4).min(4)).collect()
}

/// 16 hex digits that tell two keys apart, to see whether a job was sent with the key that is used now.
/// The prefix makes it useless for looking a key up elsewhere.
#[must_use]
pub fn fingerprint(secret: &SecretString) -> String {
    let mut hash = Sha256::new();
    hash.update(b"tabane-key:");
    hash.update(secret.expose_secret().as_bytes());
    hash.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[test]
    fn shows_the_end_of_a_long_key_only() {
        for (text, shown) in [
            ("sk-proj-abcdefghij7Qx2", "7Qx2"),
            ("0123456789abcdef", "cdef"),
            ("0123456789ab", "9ab"),
            ("abc", ""),
            ("", ""),
            ("鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵かきくけ", "かきくけ"),
        ] {
            assert_eq!(ends(&key(text)), shown);
        }
    }

    #[test]
    fn a_fingerprint_tells_keys_apart_and_stays_the_same() {
        // echo -n 'tabane-key:sk-test' | sha256sum
        assert_eq!(fingerprint(&key("sk-test")), "923de0227cf41115");
        assert_ne!(fingerprint(&key("sk-test")), fingerprint(&key("sk-test ")));
        assert_eq!(fingerprint(&key("")).len(), 16);
    }

    #[test]
    fn a_key_cannot_be_printed() {
        assert!(!format!("{:?}", key("sk-secret")).contains("sk-secret"));
    }
}
