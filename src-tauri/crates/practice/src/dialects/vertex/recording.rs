//! What was asked and answered in JSON, for a test that holds it against Google's own descriptions.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Value, json};

use super::cloud::Cloud;

/// Exchanges that are kept.
const MOST: usize = 2_000;

/// Bytes of a body that is recorded.
const MOST_BYTES: usize = 8 << 20;

pub(super) async fn record(State(cloud): State<Arc<Cloud>>, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().to_string(), request.uri().clone());
    let (head, body) = request.into_parts();
    let (asked, body) = read(&head.headers, body).await;
    let response = next.run(Request::from_parts(head, body)).await;
    let (head, body) = response.into_parts();
    let (answered, body) = read(&head.headers, body).await;
    let mut things = cloud.things();
    if things.exchanges.len() < MOST {
        things.exchanges.push(json!({
            "method": method, "path": uri.path(), "query": uri.query(), "request": asked,
            "status": head.status.as_u16(), "response": answered,
        }));
    }
    Response::from_parts(head, body)
}

/// A body's JSON, and the body again. What is no JSON is let through unread.
async fn read(headers: &HeaderMap, body: Body) -> (Value, Body) {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("application/json")) {
        return (Value::Null, body);
    }
    match to_bytes(body, MOST_BYTES).await {
        Ok(bytes) => (
            serde_json::from_slice(&bytes).unwrap_or_default(),
            Body::from(bytes),
        ),
        Err(_) => (Value::Null, Body::empty()),
    }
}

pub(super) async fn told(State(cloud): State<Arc<Cloud>>) -> Json<Value> {
    Json(Value::from(cloud.things().exchanges.clone()))
}
