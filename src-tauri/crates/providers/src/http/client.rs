//! The client that all calls go through.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use reqwest::{Client, ClientBuilder, Method, RequestBuilder, Response, redirect, retry};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tabane_model::Failure;

use super::errors::{classify, not_an_api, silent, transport};
use super::{Pulse, Reply, redaction};
use crate::Fault;

const CONNECT: Duration = Duration::from_secs(10);

/// No byte for this long: the connection is given up.
const SILENCE: Duration = Duration::from_secs(120);

/// The whole of an act without a file. Later its end is unclear.
const ACT: Duration = Duration::from_secs(120);

/// A service's address and key with the clients that speak to it.
pub(crate) struct Http {
    /// Follows redirects; `reqwest` drops `Authorization` where one leads to another host. With a header of the
    /// service's own for the key it follows none.
    reads: Client,
    /// Sends exactly once: no redirect may carry an act elsewhere, nothing below repeats it, and no connection is
    /// used again, so that one which the service has meanwhile closed does not make an act unclear.
    acts: Client,
    base: String,
    /// The header that carries the key.
    credential: Option<(HeaderName, HeaderValue)>,
    key: SecretString,
    silence: Duration,
    /// The service's name, for sentences.
    pub(crate) service: &'static str,
}

impl Http {
    /// # Errors
    /// `key-malformed`, or the client cannot be made (`internal`).
    pub(crate) fn new(base: String, key: SecretString, service: &'static str) -> Result<Self, Failure> {
        Self::made(base, key, None, service, SILENCE)
    }

    /// The key goes into a header of the service's own, such as `x-api-key`.
    pub(crate) fn with_header(
        base: String,
        key: SecretString,
        header: &'static str,
        service: &'static str,
    ) -> Result<Self, Failure> {
        Self::made(base, key, Some(header), service, SILENCE)
    }

    #[cfg(test)]
    pub(crate) fn with_silence(
        base: String,
        key: SecretString,
        service: &'static str,
        silence: Duration,
    ) -> Result<Self, Failure> {
        Self::made(base, key, None, service, silence)
    }

    fn made(
        base: String,
        key: SecretString,
        header: Option<&'static str>,
        service: &'static str,
        silence: Duration,
    ) -> Result<Self, Failure> {
        let client = || {
            Client::builder()
                .user_agent(concat!("Tabane/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(CONNECT)
                .referer(false)
        };
        let build = |builder: ClientBuilder| {
            builder
                .build()
                .map_err(|error| Failure::new("internal").detail(error.without_url().to_string()))
        };
        let reads = build(client().read_timeout(silence).redirect(match header {
            None => redirect::Policy::limited(5),
            Some(_) => redirect::Policy::none(),
        }))?;
        let acts = build(
            client()
                .redirect(redirect::Policy::none())
                .retry(retry::never())
                .pool_max_idle_per_host(0),
        )?;
        let key = trimmed(key);
        let credential = credential(&key, header, service)?;
        Ok(Self {
            reads,
            acts,
            base,
            credential,
            key,
            silence,
            service,
        })
    }

    /// `path` such as `/batches`; ids in it are encoded with [`segment`].
    pub(crate) fn read(&self, path: &str) -> RequestBuilder {
        self.read_at(&format!("{}{path}", self.base))
    }

    /// A read at another of the service's addresses.
    pub(crate) fn read_at(&self, url: &str) -> RequestBuilder {
        self.authorised(self.reads.get(url))
    }

    /// A read of an address that carries its own rights: no key goes there.
    pub(crate) fn read_signed(&self, url: &str) -> RequestBuilder {
        self.reads.get(url)
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// An act whose answer must come soon.
    pub(crate) fn act(&self, path: &str) -> RequestBuilder {
        self.act_without_limit(path).timeout(ACT)
    }

    /// An act with a file, which takes as long as the line needs: to be sent with [`Http::while_it_moves`].
    pub(crate) fn act_without_limit(&self, path: &str) -> RequestBuilder {
        self.act_at(Method::POST, &format!("{}{path}", self.base))
    }

    /// An act of any kind at any of the service's addresses. No limit of time.
    pub(crate) fn act_at(&self, method: Method, url: &str) -> RequestBuilder {
        self.authorised(self.acts.request(method, url))
    }

    /// The same without the key: the address carries its own rights.
    pub(crate) fn act_signed(&self, method: Method, url: &str) -> RequestBuilder {
        self.acts.request(method, url)
    }

    fn authorised(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.credential {
            Some((name, value)) => request.header(name, value),
            None => request,
        }
    }

    /// Sends once and reads a JSON answer.
    pub(crate) async fn json(&self, request: RequestBuilder) -> Result<Value, Fault> {
        self.value(&self.reply(request).await?)
    }

    /// Sends once; gives any whole answer, a refusal too.
    pub(crate) async fn reply(&self, request: RequestBuilder) -> Result<Reply, Fault> {
        let response = request.send().await.map_err(|error| self.transport(&error))?;
        Reply::read(response)
            .await
            .map_err(|error| self.transport(&error))
    }

    /// Sends once; a good answer's body is left to be read.
    pub(crate) async fn open(&self, request: RequestBuilder) -> Result<Response, Fault> {
        let response = request.send().await.map_err(|error| self.transport(&error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        let reply = Reply::read(response)
            .await
            .map_err(|error| self.transport(&error))?;
        Err(self.hide(classify(&reply, self.service)))
    }

    /// The JSON object or list of a good answer.
    pub(crate) fn value(&self, reply: &Reply) -> Result<Value, Fault> {
        if !reply.status.is_success() {
            return Err(self.hide(classify(reply, self.service)));
        }
        match serde_json::from_str::<Value>(&reply.body) {
            Ok(value) if value.is_object() || value.is_array() => Ok(value),
            _ => Err(self.not_an_api(&reply.body)),
        }
    }

    /// Gives an act up when nothing has moved for two minutes.
    pub(crate) async fn while_it_moves<T>(
        &self,
        pulse: &Pulse,
        act: impl Future<Output = Result<T, Fault>>,
    ) -> Result<T, Fault> {
        tokio::select! {
            ended = act => ended,
            () = pulse.stops(self.silence) => Err(silent(self.service)),
        }
    }

    pub(crate) fn transport(&self, error: &reqwest::Error) -> Fault {
        self.hide(transport(error, self.service))
    }

    /// It answers, but is not done in time.
    pub(crate) fn too_slow(&self) -> Fault {
        silent(self.service)
    }

    pub(crate) fn not_an_api(&self, body: &str) -> Fault {
        not_an_api(&self.hidden(body), self.service)
    }

    /// Somebody else's words without the key.
    pub(crate) fn hidden(&self, text: &str) -> String {
        redaction::hidden(text, &self.key)
    }

    fn hide(&self, fault: Fault) -> Fault {
        Fault {
            failure: redaction::hidden_in(fault.failure, &self.key),
            ..fault
        }
    }
}

/// Keys are often pasted with a line end.
fn trimmed(key: SecretString) -> SecretString {
    let text = key.expose_secret();
    match text.trim() {
        bare if bare.len() < text.len() => SecretString::from(bare),
        _ => key,
    }
}

/// The header with the key, `Authorization` if it has no other name; none for an empty key.
fn credential(
    key: &SecretString,
    header: Option<&'static str>,
    service: &str,
) -> Result<Option<(HeaderName, HeaderValue)>, Failure> {
    let key = key.expose_secret();
    if key.is_empty() {
        return Ok(None);
    }
    let malformed = || Failure::new("key-malformed").with("service", service);
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(malformed());
    }
    let (name, text) = match header {
        None => (AUTHORIZATION, format!("Bearer {key}")),
        Some(name) => (HeaderName::from_static(name), key.to_owned()),
    };
    let mut value = HeaderValue::from_str(&text).map_err(|_| malformed())?;
    value.set_sensitive(true);
    Ok(Some((name, value)))
}

/// An id as one segment of a path: ids may hold `/` and anything else.
pub(crate) fn segment(id: &str) -> String {
    let mut text = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_one_segment() {
        for (id, expected) in [
            ("file-1", "file-1"),
            ("a/b c?", "a%2Fb%20c%3F"),
            ("束", "%E6%9D%9F"),
        ] {
            assert_eq!(segment(id), expected);
        }
    }

    #[test]
    fn keys_are_trimmed_and_never_printed() {
        let key = |text: &str| credential(&SecretString::from(text), None, "S");
        assert_eq!(key("").unwrap(), None);
        assert!(!format!("{:?}", key("sk-secret").unwrap().unwrap().1).contains("secret"));
        for wrong in ["two words", "キー", "a\nb"] {
            let failure = key(wrong).unwrap_err();
            assert_eq!(failure.code, "key-malformed");
            assert!(!format!("{failure:?}").contains(wrong));
        }
        let pasted = SecretString::from(" sk-secret\n");
        let http = Http::new("http://127.0.0.1".to_owned(), pasted, "S").unwrap();
        assert_eq!(http.credential.unwrap().1, "Bearer sk-secret");
        let named = credential(&SecretString::from("sk-secret"), Some("x-api-key"), "S").unwrap();
        assert_eq!(
            named.unwrap(),
            (
                HeaderName::from_static("x-api-key"),
                HeaderValue::from_static("sk-secret")
            )
        );
    }
}
