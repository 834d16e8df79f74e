//! Keeps the key out of every word that is shown, stored or logged. Some services repeat a wrong key in full.

use secrecy::{ExposeSecret, SecretString};
use tabane_model::Failure;

/// Shorter "keys" (`EMPTY`, `none`) are stand-ins for services without keys: hiding them would only maim words.
const SHORTEST_KEY: usize = 6;

const HIDDEN: &str = "[key]";

/// `text` without the key.
pub(crate) fn hidden(text: &str, key: &SecretString) -> String {
    let key = key.expose_secret();
    if key.len() < SHORTEST_KEY {
        text.to_owned()
    } else {
        text.replace(key, HIDDEN)
    }
}

/// A failure whose raw words are without the key.
pub(crate) fn hidden_in(failure: Failure, key: &SecretString) -> Failure {
    let detail = failure.detail.as_deref().map(|detail| hidden(detail, key));
    Failure { detail, ..failure }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_key_is_hidden_and_a_stand_in_maims_nothing() {
        let key = SecretString::from("sk-proj-1234");
        assert_eq!(
            hidden("Incorrect API key: sk-proj-1234.", &key),
            "Incorrect API key: [key]."
        );
        let failure = hidden_in(Failure::new("x").detail("sk-proj-1234sk-proj-1234"), &key);
        assert_eq!(failure.detail.as_deref(), Some("[key][key]"));
        for stand_in in ["", "e", "EMPTY"] {
            assert_eq!(
                hidden("some EMPTY text", &SecretString::from(stand_in)),
                "some EMPTY text"
            );
        }
    }
}
