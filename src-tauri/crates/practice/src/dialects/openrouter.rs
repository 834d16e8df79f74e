//! OpenRouter: the requests in the create, the results in the batch (`wire/openrouter.md`).

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Value, json};

use super::Ledger;
use super::chat::{PAGE, completion, element};
use super::gate::{Connection, bearer, cut_after_create, delivered, guarded, refused_create, results_gone};
use super::ledger::{Batch, Fate, Request, Row, Stage};

/// Requests of one batch (documentation, Aug-Nov 2026).
const MOST: usize = 5_000;

const ENDPOINTS: [&str; 4] = [
    "/v1/chat/completions",
    "/v1/responses",
    "/v1/messages",
    "/v1/embeddings",
];

pub(super) fn routes(ledger: Arc<Ledger>) -> Router {
    let routes = Router::new()
        .route("/api/v1/models", get(models))
        .route("/api/v1/batches", get(list).post(create))
        .route("/api/v1/batches/{id}", get(batch).delete(remove));
    guarded(routes, ledger, bearer, say)
}

fn say(status: StatusCode, _: &str, message: &str) -> Response {
    let error = json!({ "message": message, "code": status.as_u16() });
    (status, Json(json!({ "error": error }))).into_response()
}

fn bad(message: &str) -> Response {
    say(StatusCode::BAD_REQUEST, "", message)
}

fn not_found() -> Response {
    say(StatusCode::NOT_FOUND, "", "Batch not found")
}

async fn models() -> Json<Value> {
    let names = ["practice/small", "practice/small:batch", "practice/other"];
    let list = names.map(|id| json!({ "id": id, "name": id, "context_length": 131_072 }));
    Json(json!({ "data": list }))
}

/// What a create asks for, with the order in which its fields came.
struct Order {
    names: Vec<String>,
    fields: serde_json::Map<String, Value>,
}

impl<'de> Deserialize<'de> for Order {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Order;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Order, A::Error> {
                let (mut names, mut fields) = (Vec::new(), serde_json::Map::new());
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    names.push(name.clone());
                    fields.insert(name, value);
                }
                Ok(Order { names, fields })
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

async fn create(
    State(ledger): State<Arc<Ledger>>,
    ConnectInfo(connection): Connection,
    body: Bytes,
) -> Response {
    if let Some(refused) = refused_create(&ledger, &connection) {
        return refused;
    }
    let most = ledger.faults().upload_too_large_above;
    if most.is_some_and(|most| body.len() as u64 > most) {
        return say(StatusCode::PAYLOAD_TOO_LARGE, "", "Request body is too large");
    }
    let (requests, extra) = match wanted(&body) {
        Ok(wanted) => wanted,
        Err(message) => return bad(&message),
    };
    let id = |number| format!("batch-1790000000-{number:06}");
    let made = ledger.create(id, requests, extra);
    cut_after_create(&ledger, &connection);
    let told = object(&ledger, &made, false);
    (StatusCode::ACCEPTED, Json(told)).into_response()
}

/// The requests and what is remembered of the batch, or what is wrong with it.
fn wanted(body: &[u8]) -> Result<(Vec<Request>, Value), String> {
    let order: Order = serde_json::from_slice(body).map_err(|error| format!("Invalid JSON: {error}"))?;
    let at = |name: &str| order.names.iter().position(|known| known == name);
    let requests_at = at("requests").ok_or("`requests` is required")?;
    if ["endpoint", "model"]
        .iter()
        .any(|name| at(name).is_none_or(|at| at > requests_at))
    {
        return Err("`endpoint` and `model` must come before `requests`".to_owned());
    }
    let endpoint = order.fields["endpoint"].as_str().unwrap_or_default();
    if !ENDPOINTS.contains(&endpoint) {
        return Err(format!("Unsupported endpoint: {endpoint}"));
    }
    let model = order.fields["model"].as_str().unwrap_or_default();
    if !model.ends_with(":batch") {
        return Err(format!("Model {model} does not support batches"));
    }
    let requests = order.fields["requests"]
        .as_array()
        .ok_or("`requests` must be a list")?;
    if requests.is_empty() || requests.len() > MOST {
        return Err(format!("A batch holds 1 to {MOST} requests"));
    }
    let mut ids = BTreeSet::new();
    let read = requests.iter().map(|given| request(given, model, &mut ids));
    let read = read.collect::<Result<Vec<_>, String>>()?;
    Ok((
        read,
        json!({ "endpoint": endpoint, "model": model, "told": false }),
    ))
}

fn request(given: &Value, model: &str, ids: &mut BTreeSet<String>) -> Result<Request, String> {
    let fields = given.as_object().ok_or("A request must be an object")?;
    if let Some(other) = fields
        .keys()
        .find(|name| !["custom_id", "body"].contains(&name.as_str()))
    {
        return Err(format!("Unknown field in a request: {other}"));
    }
    let id = given["custom_id"].as_str().unwrap_or_default();
    if id.is_empty() || id.len() > 64 || !ids.insert(id.to_owned()) {
        return Err(format!(
            "custom_id must be unique and of 1 to 64 characters: {id}"
        ));
    }
    let mut chat = given["body"]
        .as_object()
        .cloned()
        .ok_or("`body` must be an object")?;
    if chat.get("model").is_some_and(|own| own != model) {
        return Err("`body.model` must equal the batch's model".to_owned());
    }
    chat.insert("model".to_owned(), Value::from(model));
    Ok(Request {
        id: Some(id.to_owned()),
        chat: Value::from(chat).to_string(),
        given: given.clone(),
        refused: None,
    })
}

async fn list(State(ledger): State<Arc<Ledger>>) -> Json<Value> {
    let batches = ledger.list();
    let told = batches.iter().map(|batch| object(&ledger, batch, false));
    Json(json!({ "data": told.collect::<Vec<_>>() }))
}

async fn batch(State(ledger): State<Arc<Ledger>>, Path(id): Path<String>) -> Response {
    let Some(batch) = ledger.look(&id) else {
        return not_found();
    };
    if !batch.stage(ledger.now()).is_over() {
        return Json(object(&ledger, &batch, false)).into_response();
    }
    // What was once seen as over may be gone when it is fetched.
    if batch.extra["told"] == true && results_gone(&ledger) {
        return not_found();
    }
    ledger.change(&id, |batch| batch.extra["told"] = Value::from(true));
    delivered(
        &ledger,
        object(&ledger, &batch, true).to_string().into_bytes(),
        "application/json",
    )
}

async fn remove(State(ledger): State<Arc<Ledger>>, Path(id): Path<String>) -> Response {
    let Some(batch) = ledger.look(&id) else {
        return not_found();
    };
    if !batch.stage(ledger.now()).is_over() {
        return bad("Only batches that have ended can be deleted");
    }
    ledger.remove(&id);
    Json(json!({ "id": id, "object": "batch", "deleted": true })).into_response()
}

fn object(ledger: &Ledger, batch: &Batch, with_results: bool) -> Value {
    let now = ledger.now();
    let stage = batch.stage(now);
    let status = match stage {
        Stage::Validating => "validating",
        Stage::Running if ledger.faults().unknown_status => "scheduling",
        Stage::Running => "in_progress",
        Stage::Finalizing => "finalizing",
        Stage::Cancelling => "cancelling",
        Stage::Completed => "completed",
        Stage::Failed => "failed",
        Stage::Expired => "expired",
        Stage::Cancelled => "cancelled",
    };
    let counts = batch.counts(now);
    let counts = json!({
        "total": batch.requests.len(), "completed": counts.succeeded, "failed": counts.failed + counts.expired,
    });
    let refused = batch.refused.as_ref().filter(|_| stage == Stage::Failed);
    let results = (with_results && stage != Stage::Failed).then(|| {
        let rows = batch.rows(now);
        rows.iter()
            .map(|row| element(row, &result(batch, row)))
            .collect::<Vec<_>>()
    });
    json!({
        "id": batch.id, "object": "batch", "endpoint": batch.extra["endpoint"], "model": batch.extra["model"],
        "completion_window": "24h", "status": status, "provider": "Practice",
        "created_at": batch.created_at / 1000,
        "finalized_at": stage.is_over().then(|| batch.ends_at() / 1000), "expires_at": null,
        "request_counts": if ledger.faults().null_counts { Value::Null } else { counts },
        "usage": { "prompt_tokens": 21, "completion_tokens": 10, "total_tokens": 31, "cost": 1.33e-05, "is_byok": false },
        "error": refused.map(|(code, _, message)| json!({ "code": code, "message": message })),
        "results": results,
    })
}

/// Exactly one of response and error.
fn result(batch: &Batch, row: &Row) -> Value {
    let answered = |status: u16, body: Value| {
        (
            json!({ "status_code": status, "request_id": format!("r{}", row.place), "body": body }),
            Value::Null,
        )
    };
    let failed = |kind: &str, message: &str| {
        (
            Value::Null,
            json!({ "message": message, "type": kind, "param": null }),
        )
    };
    let (response, error) = match &row.fate {
        Fate::Answered { .. } => {
            let model = batch.extra["model"].as_str().unwrap_or_default();
            answered(200, completion(batch, row, model).unwrap_or_default())
        }
        Fate::Failed { code, message, .. } => failed(code, message),
        Fate::Page => answered(200, Value::from(PAGE)),
        Fate::Empty => answered(0, json!({})),
        Fate::Expired => failed(
            "batch_expired",
            "This request could not be executed before the batch expired.",
        ),
        Fate::Cancelled => failed("batch_cancelled", "This request was cancelled."),
    };
    json!({
        "id": format!("batch_req_{}", row.place + 1), "custom_id": row.id, "response": response, "error": error,
        "provider": "Practice", "response_ms": 812,
    })
}
