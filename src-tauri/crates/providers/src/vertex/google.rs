//! A call to one of Google's services: with a token, and once more with a new one when the old is refused.

use std::time::Duration;

use reqwest::{RequestBuilder, Response, StatusCode};
use secrecy::ExposeSecret;
use serde_json::Value;

use super::oauth::{Token, Tokens};
use super::refusals::refined;
use crate::Fault;
use crate::http::{Http, Reply, patiently};

/// The whole of an act without a file.
pub(super) const ACT: Duration = Duration::from_secs(120);

pub(super) struct Google {
    pub(super) http: Http,
    pub(super) tokens: Tokens,
    /// Whose quota a person's login uses, where the login does not tell.
    pub(super) project: Option<String>,
}

impl Google {
    /// Any whole answer, a refusal too. `ask` is called again only when the service refused the token, so that it did
    /// nothing.
    pub(super) async fn reply(&self, ask: impl Fn(&Http) -> RequestBuilder) -> Result<Reply, Fault> {
        let response = self.sent(ask).await?;
        Reply::read(response)
            .await
            .map_err(|error| self.http.transport(&error))
    }

    /// Sends exactly once: the answer, and whether a refused token can be replaced.
    pub(super) async fn once(
        &self,
        token: Option<&Token>,
        request: RequestBuilder,
    ) -> (Result<Reply, Fault>, bool) {
        let reply = self.http.reply(self.with(token, request)).await;
        let refused = matches!(&reply, Ok(reply) if reply.status == StatusCode::UNAUTHORIZED);
        let other = refused && token.is_some_and(|token| self.tokens.refused(token));
        (reply, other)
    }

    pub(super) async fn json(&self, ask: impl Fn(&Http) -> RequestBuilder) -> Result<Value, Fault> {
        self.value(&self.reply(ask).await?)
    }

    /// A read, with patience.
    pub(super) async fn read(&self, url: &str, query: &[(&str, &str)]) -> Result<Value, Fault> {
        patiently(|| self.json(|http| http.read_signed(url).query(query))).await
    }

    /// A good answer's body is left to be read.
    pub(super) async fn open(&self, ask: impl Fn(&Http) -> RequestBuilder) -> Result<Response, Fault> {
        let response = self.sent(ask).await?;
        if response.status().is_success() {
            return Ok(response);
        }
        let reply = Reply::read(response)
            .await
            .map_err(|error| self.http.transport(&error))?;
        match self.value(&reply) {
            Err(fault) => Err(fault),
            Ok(_) => Err(self.http.not_an_api(&reply.body)),
        }
    }

    pub(super) fn value(&self, reply: &Reply) -> Result<Value, Fault> {
        self.http.value(reply).map_err(|fault| {
            let fault = refined(fault, reply, self.http.service);
            Fault {
                failure: self.tokens.hidden_in(fault.failure),
                ..fault
            }
        })
    }

    async fn sent(&self, ask: impl Fn(&Http) -> RequestBuilder) -> Result<Response, Fault> {
        let token = self.tokens.token().await?;
        let response = self.send(self.with(token.as_ref(), ask(&self.http))).await?;
        match token {
            Some(token) if response.status() == StatusCode::UNAUTHORIZED && self.tokens.refused(&token) => {
                let token = self.tokens.token().await?;
                self.send(self.with(token.as_ref(), ask(&self.http))).await
            }
            _ => Ok(response),
        }
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, Fault> {
        request.send().await.map_err(|error| self.http.transport(&error))
    }

    fn with(&self, token: Option<&Token>, request: RequestBuilder) -> RequestBuilder {
        let Some(token) = token else { return request };
        let request = request.bearer_auth(token.value.expose_secret());
        match self.payer(token) {
            Some(project) => request.header("x-goog-user-project", project),
            None => request,
        }
    }

    /// Without it a person's login is refused (wire notes, section 6).
    fn payer<'a>(&'a self, token: &'a Token) -> Option<&'a str> {
        match &token.payer {
            Some(payer) => Some(payer),
            None if token.of_person => self.project.as_deref(),
            None => None,
        }
    }
}
