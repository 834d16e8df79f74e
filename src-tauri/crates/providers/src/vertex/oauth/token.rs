//! Access tokens: fetched, kept until they are nearly over, fetched anew.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use jsonwebtoken::{Algorithm, Header, encode};
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tabane_model::{Failure, Millis};

use super::credentials::{Credentials, ServiceAccount, TOKEN_URI, User};
use super::machine::Machine;
use crate::http::{Http, Reply, hidden_in, patiently, segment};
use crate::lenient::{number, text};
use crate::{Fault, FaultKind};

/// Covers Vertex AI, Cloud Storage and BigQuery (wire notes, section 6).
const SCOPE: &str = "https://www.googleapis.com/auth/cloud-platform";

/// A token with less than this left is fetched anew: 3 min 45 s, as `google-auth` 2.62 does.
const MARGIN: Millis = 225_000;

/// `gcloud` tells no end of its tokens. Those it gives out are good for some minutes at least.
const OF_GCLOUD: Millis = MARGIN + 5 * 60_000;

/// Seconds that a signed claim is good for: the most that Google takes.
const CLAIM: i64 = 3_600;

#[derive(Clone)]
pub(in crate::vertex) struct Token {
    pub(in crate::vertex) value: SecretString,
    /// The project whose quota a person's login uses: `x-goog-user-project`.
    pub(in crate::vertex) payer: Option<String>,
    /// It is a person's, not a service account's.
    pub(in crate::vertex) of_person: bool,
    until: Millis,
}

/// An account's tokens.
pub(in crate::vertex) struct Tokens {
    credentials: Credentials,
    http: Http,
    /// Tells the tokens of one account from those of another.
    name: [u8; 32],
    /// Google's; another in tests.
    pub(super) user_token_uri: String,
    service: &'static str,
}

/// By account, for as long as the program runs: a provider is opened anew for each step of a job.
static KNOWN: LazyLock<Mutex<HashMap<[u8; 32], Token>>> = LazyLock::new(Mutex::default);

fn known() -> MutexGuard<'static, HashMap<[u8; 32], Token>> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn now() -> Millis {
    jiff::Timestamp::now().as_millisecond()
}

impl Tokens {
    /// # Errors
    /// The client cannot be made.
    pub(in crate::vertex) fn new(
        credentials: Credentials,
        key: &SecretString,
        service: &'static str,
    ) -> Result<Self, Failure> {
        Ok(Self {
            credentials,
            http: Http::new(String::new(), SecretString::default(), service)?,
            name: name(key.expose_secret()),
            user_token_uri: TOKEN_URI.to_owned(),
            service,
        })
    }

    /// One that is good for some minutes more. `None`: nothing is to be sent.
    pub(in crate::vertex) async fn token(&self) -> Result<Option<Token>, Fault> {
        match &self.credentials {
            Credentials::Given(token) if token.expose_secret().is_empty() => Ok(None),
            Credentials::Given(token) => Ok(Some(Token {
                value: token.clone(),
                payer: None,
                of_person: false,
                until: Millis::MAX,
            })),
            Credentials::Machine(machine) => self.of_machine(machine).await.map(Some),
            credentials => self.kept(self.name, credentials).await.map(Some),
        }
    }

    /// The service has refused it. Whether another can be had.
    pub(in crate::vertex) fn refused(&self, token: &Token) -> bool {
        known().retain(|_, kept| kept.value.expose_secret() != token.value.expose_secret());
        !matches!(self.credentials, Credentials::Given(_))
    }

    /// A failure whose raw words are without any token.
    pub(in crate::vertex) fn hidden_in(&self, failure: Failure) -> Failure {
        let failure = match &self.credentials {
            Credentials::Given(token) => hidden_in(failure, token),
            _ => failure,
        };
        known()
            .values()
            .fold(failure, |failure, token| hidden_in(failure, &token.value))
    }

    /// The project that the login belongs to.
    pub(in crate::vertex) async fn project(&self) -> Option<String> {
        let Credentials::Machine(machine) = &self.credentials else {
            return self.credentials.project();
        };
        let of_file = match machine.file(self.service).await {
            Ok(Some((credentials, _))) => credentials.project(),
            _ => None,
        };
        match of_file {
            Some(project) => Some(project),
            None => machine.project().await,
        }
    }

    async fn of_machine(&self, machine: &Machine) -> Result<Token, Fault> {
        if let Some((credentials, text)) = machine.file(self.service).await.map_err(of_key)? {
            return self.kept(name(&text), &credentials).await;
        }
        let name = name(&format!("gcloud {}", machine.gcloud.display()));
        if let Some(token) = good(name) {
            return Ok(token);
        }
        let token = Token {
            value: machine.token().await.map_err(of_key)?,
            payer: machine.project().await,
            of_person: true,
            until: now() + OF_GCLOUD,
        };
        known().insert(name, token.clone());
        Ok(token)
    }

    async fn kept(&self, name: [u8; 32], credentials: &Credentials) -> Result<Token, Fault> {
        if let Some(token) = good(name) {
            return Ok(token);
        }
        let token = patiently(|| self.fetched(credentials)).await?;
        known().insert(name, token.clone());
        Ok(token)
    }

    async fn fetched(&self, credentials: &Credentials) -> Result<Token, Fault> {
        match credentials {
            Credentials::ServiceAccount(account) => {
                let form = [
                    (
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer".to_owned(),
                    ),
                    ("assertion", self.claim(account)?),
                ];
                self.granted(&account.token_uri, &form, None, "credentials-revoked")
                    .await
            }
            Credentials::User(user) => {
                let form = refresh(user);
                self.granted(&self.user_token_uri, &form, user.payer.clone(), "login-expired")
                    .await
            }
            Credentials::Given(_) | Credentials::Machine(_) => Err(of_key(Failure::new("login-missing"))),
        }
    }

    fn claim(&self, account: &ServiceAccount) -> Result<String, Fault> {
        let mut header = Header::new(Algorithm::RS256);
        header.kid.clone_from(&account.key_id);
        let at = now() / 1_000;
        // `aud` is the constant of `google-auth` 2.62, also where another address is spoken to.
        let claims = json!({
            "iss": account.email, "scope": SCOPE, "aud": TOKEN_URI, "iat": at, "exp": at + CLAIM,
        });
        encode(&header, &claims, &account.key)
            .map_err(|_| of_key(Failure::new("key-malformed").with("service", self.service)))
    }

    /// `lost`: what it means that the grant is not valid any more.
    async fn granted(
        &self,
        uri: &str,
        form: &[(&str, String)],
        payer: Option<String>,
        lost: &str,
    ) -> Result<Token, Fault> {
        let fields: Vec<_> = form
            .iter()
            .map(|(name, value)| format!("{name}={}", segment(value)))
            .collect();
        let request = self
            .http
            .act_signed(Method::POST, uri)
            .header("content-type", "application/x-www-form-urlencoded")
            .timeout(std::time::Duration::from_secs(60))
            .body(fields.join("&"));
        let reply = self.http.reply(request).await?;
        if !reply.status.is_success() {
            return Err(self.no(&reply, lost));
        }
        let said = self.http.value(&reply)?;
        // A good answer without a token may hold one under another name: it is not shown.
        let value = text(&said["access_token"]).ok_or_else(|| self.http.not_an_api("<"))?;
        let seconds = number(&said["expires_in"]).unwrap_or(0).min(86_400);
        Ok(Token {
            value: SecretString::from(value),
            of_person: lost == "login-expired",
            payer,
            until: now() + Millis::try_from(seconds).unwrap_or(0) * 1_000,
        })
    }

    /// Why there is no token, in the words of RFC 6749.
    fn no(&self, reply: &Reply, lost: &str) -> Fault {
        let said: Value = serde_json::from_str(&reply.body).unwrap_or_default();
        let word = said["error"].as_str().unwrap_or_default();
        let described = said["error_description"].as_str().unwrap_or_default();
        match word {
            "internal_failure" | "server_error" | "temporarily_unavailable" => Fault {
                failure: Failure::new("provider-in-trouble").with("service", self.service),
                kind: FaultKind::Server,
            },
            "" => match self.http.value(reply) {
                Err(fault) => fault,
                Ok(_) => self.http.not_an_api(""),
            },
            // "Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
            "invalid_grant" if described.contains("timeframe") => {
                of_key(Failure::new("clock-wrong").detail(described))
            }
            "invalid_grant" | "invalid_client" | "deleted_client" | "invalid_rapt" => {
                of_key(Failure::new(lost).detail(format!("{word}: {described}")))
            }
            _ => of_key(
                Failure::new("key-refused")
                    .with("service", self.service)
                    .detail(format!("{word}: {described}")),
            ),
        }
    }
}

fn refresh(user: &User) -> [(&'static str, String); 4] {
    [
        ("grant_type", "refresh_token".to_owned()),
        ("client_id", user.client_id.clone()),
        ("client_secret", user.client_secret.expose_secret().to_owned()),
        ("refresh_token", user.refresh_token.expose_secret().to_owned()),
    ]
}

fn good(name: [u8; 32]) -> Option<Token> {
    known()
        .get(&name)
        .filter(|token| token.until - now() > MARGIN)
        .cloned()
}

fn name(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

fn of_key(failure: Failure) -> Fault {
    Fault {
        failure,
        kind: FaultKind::Key,
    }
}
