//! The token endpoint (section 6): the fake's key is the token of everyone who is let in.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::dialects::Ledger;

/// Seconds that a signed claim may be good for.
const LONGEST: i64 = 3_600;

/// A client's mail or refresh token that begins so is not let in any more.
const REVOKED: &str = "revoked";

pub(super) async fn token(
    State(ledger): State<Arc<Ledger>>,
    form: Result<Form<BTreeMap<String, String>>, axum::extract::rejection::FormRejection>,
) -> Response {
    *ledger
        .calls
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .entry("POST /token".to_owned())
        .or_default() += 1;
    let Ok(Form(form)) = form else {
        return no("invalid_request", "The request is no form.");
    };
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let checked = match field("grant_type") {
        "urn:ietf:params:oauth:grant-type:jwt-bearer" => claims(field("assertion"), ledger.now() / 1_000),
        "refresh_token" if field("client_id").is_empty() || field("client_secret").is_empty() => {
            return no("invalid_client", "The OAuth client was not found.");
        }
        "refresh_token" if field("refresh_token").starts_with(REVOKED) => {
            Err("Token has been expired or revoked.")
        }
        "refresh_token" if field("refresh_token").is_empty() => Err("Bad Request"),
        "refresh_token" => Ok(()),
        _ => return no("unsupported_grant_type", "Invalid grant_type."),
    };
    match checked {
        Ok(()) => Json(json!({ "access_token": ledger.key, "expires_in": 3_599, "token_type": "Bearer" }))
            .into_response(),
        Err(why) => no("invalid_grant", why),
    }
}

fn no(word: &str, why: &str) -> Response {
    (
        StatusCode::BAD_REQUEST,
        Json(json!({ "error": word, "error_description": why })),
    )
        .into_response()
}

/// Everything but the signature: whose key it would be is not known here.
fn claims(assertion: &str, now: i64) -> Result<(), &'static str> {
    let parts: Vec<_> = assertion.split('.').collect();
    let [head, body, signature] = parts.as_slice() else {
        return Err("Invalid JWT Signature.");
    };
    let read = |part: &str| {
        let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
        serde_json::from_slice::<Value>(&bytes).ok()
    };
    let (head, body) = (
        read(head).ok_or("Invalid JWT.")?,
        read(body).ok_or("Invalid JWT.")?,
    );
    if head["alg"] != "RS256" || Bytes::from((*signature).to_owned()).is_empty() {
        return Err("Invalid JWT Signature.");
    }
    if body["aud"] != "https://oauth2.googleapis.com/token" {
        return Err("Invalid JWT: Failed audience check.");
    }
    if !body["scope"]
        .as_str()
        .is_some_and(|scope| scope.contains("https://www.googleapis.com/auth/cloud-platform"))
    {
        return Err("Invalid OAuth scope or ID token audience provided.");
    }
    let (Some(from), Some(to)) = (body["iat"].as_i64(), body["exp"].as_i64()) else {
        return Err("Invalid JWT: iat and exp are required.");
    };
    if to - from > LONGEST || from > now + 300 || to < now {
        return Err(
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.",
        );
    }
    match body["iss"].as_str() {
        Some(mail) if mail.starts_with(REVOKED) => Err("Invalid grant: account not found"),
        Some(_) => Ok(()),
        None => Err("Invalid JWT: iss is required."),
    }
}
