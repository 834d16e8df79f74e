//! Keys from the environment, for scripts and servers without a keychain.

use secrecy::SecretString;
use tabane_model::ProviderId;

/// The variable of a provider: `TABANE_OPENAI_API_KEY`.
#[must_use]
pub fn variable(provider: &ProviderId) -> String {
    format!(
        "TABANE_{}_API_KEY",
        provider.as_str().to_uppercase().replace('-', "_")
    )
}

/// The key in that variable. Empty, blank or not text counts as none.
#[must_use]
pub fn from_environment(provider: &ProviderId) -> Option<SecretString> {
    from(provider, |name| std::env::var(name).ok())
}

fn from(provider: &ProviderId, look_up: impl Fn(&str) -> Option<String>) -> Option<SecretString> {
    let value = SecretString::from(look_up(&variable(provider))?);
    // A line end often comes along when a file is read into a variable; no key has one.
    let key = secrecy::ExposeSecret::expose_secret(&value).trim();
    (!key.is_empty()).then(|| SecretString::from(key))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn names_the_variable() {
        assert_eq!(variable(&ProviderId::new("openai")), "TABANE_OPENAI_API_KEY");
        assert_eq!(
            variable(&ProviderId::new("azure-east")),
            "TABANE_AZURE_EAST_API_KEY"
        );
    }

    #[test]
    fn reads_a_key_without_the_space_around_it() {
        let groq = ProviderId::new("groq");
        let read = |value: &str| {
            from(&groq, |name| {
                (name == "TABANE_GROQ_API_KEY").then(|| value.to_owned())
            })
            .map(|key| key.expose_secret().to_owned())
        };
        assert_eq!(read("gsk_abc\n").as_deref(), Some("gsk_abc"));
        for none in ["", "  ", "\r\n"] {
            assert_eq!(read(none), None);
        }
        assert!(from(&groq, |_| None).is_none());
        assert!(from_environment(&ProviderId::new("no-such-provider")).is_none());
    }
}
