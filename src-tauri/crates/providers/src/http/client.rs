//! The client that all calls go through.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Response};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tabane_model::Failure;

use super::{classify, transport};
use crate::{Fault, FaultKind};

/// No byte for this long: the connection is given up.
const SILENCE: Duration = Duration::from_secs(120);
const CONNECT: Duration = Duration::from_secs(10);

/// A service's address and key with the client that speaks to it.
pub(crate) struct Http {
    client: Client,
    base: String,
    key: SecretString,
    /// The service's name, for sentences.
    pub(crate) service: &'static str,
}

impl Http {
    pub(crate) fn new(base: String, key: SecretString, service: &'static str) -> Result<Self, Failure> {
        let client = Client::builder()
            .user_agent(concat!("Tabane/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            // Authorization is dropped by reqwest when a redirect leads to another host.
            .redirect(reqwest::redirect::Policy::limited(5))
            .build()
            .map_err(|error| Failure::new("internal").detail(error.without_url().to_string()))?;
        Ok(Self {
            client,
            base,
            key,
            service,
        })
    }

    /// `path` such as `/batches`; ids in it are encoded with [`segment`].
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.base));
        match self.key.expose_secret() {
            "" => request,
            key => request.bearer_auth(key),
        }
    }

    /// Sends once and reads a JSON answer.
    pub(crate) async fn json(&self, request: RequestBuilder) -> Result<Value, Fault> {
        let response = self.send(request).await?;
        let text = response
            .text()
            .await
            .map_err(|error| transport(&error, self.service))?;
        let json: Value = serde_json::from_str(&text).map_err(|_| self.not_an_api(&text))?;
        if json.is_object() || json.is_array() {
            Ok(json)
        } else {
            Err(self.not_an_api(&text))
        }
    }

    /// Sends once; an answer that is no success becomes a fault.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Result<Response, Fault> {
        let response = request
            .send()
            .await
            .map_err(|error| transport(&error, self.service))?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status();
        let headers = response.headers().clone();
        let body = response.text().await.unwrap_or_default();
        Err(classify(status, &headers, &body, self.service))
    }

    pub(crate) fn not_an_api(&self, body: &str) -> Fault {
        let failure = Failure::new("not-an-api").with("service", self.service);
        // A page of HTML is never shown.
        let shown = if body.trim_start().starts_with('<') {
            None
        } else {
            Some(body.chars().take(300).collect())
        };
        Fault {
            failure: Failure {
                detail: shown,
                ..failure
            },
            kind: FaultKind::NotAnApi,
        }
    }
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
