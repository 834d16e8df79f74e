//! Answers as Google writes them: `google.rpc.Status`, and how long to wait in its details instead of a header.

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Bytes of an error at the most.
const MOST: usize = 1 << 20;

pub(super) fn json(status: StatusCode, value: &Value) -> Response {
    (status, Json(value)).into_response()
}

pub(super) fn invalid(message: &str) -> Response {
    error(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", message, json!([]))
}

pub(super) fn not_found(message: &str) -> Response {
    error(StatusCode::NOT_FOUND, "NOT_FOUND", message, json!([]))
}

pub(super) fn error(status: StatusCode, word: &str, message: &str, details: Value) -> Response {
    let mut said = json!({ "code": status.as_u16(), "message": message, "status": word });
    if details.as_array().is_some_and(|list| !list.is_empty()) {
        said["details"] = details;
    }
    json(status, &json!({ "error": said }))
}

/// What the gate says, in Google's words.
pub(super) fn say(status: StatusCode, _: &str, message: &str) -> Response {
    match status {
        // A bad key is a bad request here.
        StatusCode::UNAUTHORIZED => error(
            StatusCode::BAD_REQUEST,
            "INVALID_ARGUMENT",
            "API key not valid. Please pass a valid API key.",
            json!([{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID",
                "domain": "googleapis.com", "metadata": { "service": "generativelanguage.googleapis.com" } }]),
        ),
        StatusCode::TOO_MANY_REQUESTS => error(
            status,
            "RESOURCE_EXHAUSTED",
            "You exceeded your current quota, please check your plan and billing details.",
            json!([{ "@type": "type.googleapis.com/google.rpc.Help", "links": [] }]),
        ),
        // Sometimes all of it is in a list.
        StatusCode::INTERNAL_SERVER_ERROR => {
            let said = json!({ "code": 500, "message": message, "status": "INTERNAL" });
            json(status, &json!([{ "error": said }]))
        }
        _ => error(status, "UNKNOWN", message, json!([])),
    }
}

/// Puts what others say in `Retry-After` into the error's details.
pub(super) async fn as_google_does(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let told = response.headers().get(header::RETRY_AFTER);
    let Some(seconds) = told.and_then(|value| value.to_str().ok()).map(str::to_owned) else {
        return response;
    };
    let (mut head, body) = response.into_parts();
    let bytes = to_bytes(body, MOST).await.unwrap_or_default();
    let mut value = serde_json::from_slice::<Value>(&bytes).unwrap_or_default();
    let Some(error) = value.get_mut("error").and_then(Value::as_object_mut) else {
        return Response::from_parts(head, Body::from(bytes));
    };
    let retry =
        json!({ "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": format!("{seconds}s") });
    match error.entry("details").or_insert_with(|| json!([])) {
        Value::Array(details) => details.push(retry),
        other => *other = json!([retry]),
    }
    head.headers.remove(header::RETRY_AFTER);
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, Body::from(value.to_string()))
}
