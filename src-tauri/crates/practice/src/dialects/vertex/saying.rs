//! Errors as Google writes them.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// `google.rpc.Status` in its JSON form.
pub(super) fn rpc(status: StatusCode, word: &str, message: &str) -> Response {
    with_details(status, word, message, &json!([]))
}

pub(super) fn with_details(status: StatusCode, word: &str, message: &str, details: &Value) -> Response {
    let mut error = json!({ "code": status.as_u16(), "message": message, "status": word });
    if details != &json!([]) {
        error["details"] = details.clone();
    }
    (status, Json(json!({ "error": error }))).into_response()
}

/// The older form, of Cloud Storage and BigQuery.
pub(super) fn old(status: StatusCode, reason: &str, message: &str) -> Response {
    let errors = json!([{ "domain": "global", "reason": reason, "message": message }]);
    let error = json!({ "code": status.as_u16(), "message": message, "errors": errors });
    (status, Json(json!({ "error": error }))).into_response()
}

pub(super) fn not_found(what: &str) -> Response {
    old(StatusCode::NOT_FOUND, "notFound", &format!("Not found: {what}"))
}

pub(super) fn invalid(message: &str) -> Response {
    rpc(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", message)
}

/// What the gate says.
pub(super) fn say(status: StatusCode, _word: &str, message: &str) -> Response {
    match status {
        StatusCode::UNAUTHORIZED => rpc(
            status,
            "UNAUTHENTICATED",
            "Request had invalid authentication credentials. Expected OAuth 2 access token.",
        ),
        StatusCode::TOO_MANY_REQUESTS => rpc(status, "RESOURCE_EXHAUSTED", message),
        _ => rpc(status, "INTERNAL", message),
    }
}
