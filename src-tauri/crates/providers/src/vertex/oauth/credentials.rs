//! What stands for an account: the text of a credentials file, or nothing but the login of this computer.

use jsonwebtoken::EncodingKey;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tabane_model::Failure;

use super::machine::Machine;

/// The key of a service account.
pub(in crate::vertex) struct ServiceAccount {
    pub(super) email: String,
    pub(super) key: EncodingKey,
    pub(super) key_id: Option<String>,
    /// Where the signed claim is turned into a token.
    pub(super) token_uri: String,
    pub(super) project: Option<String>,
}

/// A person's login, as `gcloud auth application-default login` leaves it.
pub(in crate::vertex) struct User {
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
    pub(super) refresh_token: SecretString,
    /// Whose quota is used.
    pub(super) payer: Option<String>,
}

pub(in crate::vertex) enum Credentials {
    /// A token as it is, only for a stand-in on this computer; empty: none is sent.
    Given(SecretString),
    ServiceAccount(ServiceAccount),
    User(User),
    /// To be looked up when a token is wanted.
    Machine(Machine),
}

impl Credentials {
    /// `key`: the account's. `local`: the service is a stand-in on this computer, where the key may be the token.
    ///
    /// # Errors
    /// `key-malformed`, `credentials-not-supported`.
    pub(in crate::vertex) fn of_account(
        key: &SecretString,
        local: bool,
        service: &str,
    ) -> Result<Self, Failure> {
        let text = key.expose_secret().trim();
        if !text.starts_with('{') {
            return match text {
                token if local => Ok(Self::Given(SecretString::from(token))),
                "" => Ok(Self::Machine(Machine::here())),
                _ => Err(malformed(service)),
            };
        }
        match Self::of_file(text, local, service)? {
            Self::User(_) => Err(not_supported("authorized_user")),
            account => Ok(account),
        }
    }

    /// The text of a credentials file. What is wrong with it is told without a word of it.
    ///
    /// # Errors
    /// `key-malformed`, `credentials-not-supported`.
    pub(super) fn of_file(text: &str, local: bool, service: &str) -> Result<Self, Failure> {
        let file: Value = serde_json::from_str(text).map_err(|_| malformed(service))?;
        let word = |name: &str| {
            file[name]
                .as_str()
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
        };
        let needed = |name: &str| word(name).ok_or_else(|| malformed(service));
        let universe = word("universe_domain").unwrap_or_else(|| "googleapis.com".to_owned());
        if universe != "googleapis.com" {
            return Err(not_supported(&universe));
        }
        match needed("type")?.as_str() {
            "service_account" => Ok(Self::ServiceAccount(ServiceAccount {
                email: needed("client_email")?,
                key: EncodingKey::from_rsa_pem(needed("private_key")?.as_bytes())
                    .map_err(|_| malformed(service))?,
                key_id: word("private_key_id"),
                token_uri: token_uri(word("token_uri"), local).ok_or_else(|| malformed(service))?,
                project: word("project_id"),
            })),
            "authorized_user" => Ok(Self::User(User {
                client_id: needed("client_id")?,
                client_secret: SecretString::from(needed("client_secret")?),
                refresh_token: SecretString::from(needed("refresh_token")?),
                payer: word("quota_project_id"),
            })),
            other => Err(not_supported(other)),
        }
    }

    /// The project that the account belongs to, where its file tells.
    pub(super) fn project(&self) -> Option<String> {
        match self {
            Self::ServiceAccount(account) => account.project.clone(),
            Self::User(user) => user.payer.clone(),
            Self::Given(_) | Self::Machine(_) => None,
        }
    }
}

/// Google's own address (section 6).
pub(super) const TOKEN_URI: &str = "https://oauth2.googleapis.com/token";

/// A signed claim goes to Google alone, or to a stand-in beside a stand-in.
fn token_uri(told: Option<String>, local: bool) -> Option<String> {
    let Some(told) = told else {
        return Some(TOKEN_URI.to_owned());
    };
    let url = reqwest::Url::parse(&told).ok()?;
    let host = url.host_str()?;
    let googles =
        url.scheme() == "https" && (host == "accounts.google.com" || host.ends_with(".googleapis.com"));
    (googles || (local && is_loopback(&url))).then_some(told)
}

/// Whether an address is this computer's own.
pub(in crate::vertex) fn is_loopback(url: &reqwest::Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => host
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback()),
        None => false,
    }
}

fn malformed(service: &str) -> Failure {
    Failure::new("key-malformed").with("service", service)
}

fn not_supported(kind: &str) -> Failure {
    let kind: String = kind.chars().take(60).collect();
    Failure::new("credentials-not-supported").with("kind", kind)
}
