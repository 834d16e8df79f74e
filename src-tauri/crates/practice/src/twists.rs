//! How services that took OpenAI's dialect over answer it differently: a row each, from `wire/openai-style.md`,
//! 2 to 4.6. The simulator works as OpenAI does; what it says is put into the service's words at the door.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::refusal::Refused;
use crate::service::Service;

/// One service's ways.
pub(crate) struct Twist {
    /// Where the protocol lies.
    pub(crate) path: &'static str,
    pub(crate) key_header: &'static str,
    /// What endpoints begin with.
    pub(crate) endpoints_under: &'static str,
    /// Windows that are taken; empty: any.
    pub(crate) windows: &'static [&'static str],
    /// What others are refused with.
    pub(crate) refuses_window_with: StatusCode,
    /// Lines may name different models.
    pub(crate) mixed_models: bool,
    /// A file is `pending` until it has been looked at once, and good for no batch before.
    pub(crate) files_are_processed: bool,
    /// Result files are named after the batch.
    pub(crate) results_by_batch: bool,
    /// There is an error file also without failures: with nothing in it.
    pub(crate) empty_error_file: bool,
    /// The answer to a create is as OpenAI's.
    created_plainly: bool,
    /// Puts the object of a batch, a page of them, a row of the results, an error into the service's words.
    batch: fn(&mut Value),
    page: fn(&mut Value),
    pub(crate) row: fn(&mut Value),
    refusal: fn(StatusCode, &mut Value),
}

pub(crate) const OPENAI: Twist = Twist {
    path: "/v1",
    key_header: "authorization",
    endpoints_under: "/v1",
    windows: &[],
    refuses_window_with: StatusCode::BAD_REQUEST,
    mixed_models: false,
    files_are_processed: false,
    results_by_batch: false,
    empty_error_file: false,
    created_plainly: false,
    batch: |_| {},
    page: |_| {},
    row: |_| {},
    refusal: |_, _| {},
};

pub(crate) const AZURE: Twist = Twist {
    path: "/openai/v1",
    key_header: "api-key",
    windows: &["24h"],
    files_are_processed: true,
    empty_error_file: true,
    batch: |batch| {
        times(batch, iso);
        batch["status"] = json!(capitalised(batch["status"].as_str().unwrap_or_default()));
        if batch["completed_at"].is_null() {
            batch["request_counts"] = json!({ "total": null, "completed": null, "failed": null });
        }
    },
    page: |page| page["value"] = page["data"].take(),
    ..OPENAI
};

pub(crate) const GROQ: Twist = Twist {
    path: "/openai/v1",
    mixed_models: true,
    batch: |batch| {
        batch["finalizing_at"] = Value::Null;
        if batch["errors"].is_object() {
            batch["errors"] = batch["errors"]["data"].take();
        }
    },
    page: |page| {
        let last = page["last_id"].take();
        let next = if page["has_more"] == true {
            last
        } else {
            Value::Null
        };
        *page = json!({ "object": "list", "data": page["data"].take(), "paging": { "next_cursor": next } });
    },
    ..OPENAI
};

pub(crate) const KLUSTER: Twist = Twist {
    windows: &["24h", "12h", "6h", "3h", "1h"],
    mixed_models: true,
    created_plainly: true,
    batch: |batch| {
        times(batch, |seconds| json!(seconds.to_string()));
        if batch["status"] == "cancelling" {
            batch["status"] = json!("canceling");
        }
    },
    ..OPENAI
};

pub(crate) const DEEPINFRA: Twist = Twist {
    path: "/v1/openai",
    windows: &["24h"],
    refuses_window_with: StatusCode::UNPROCESSABLE_ENTITY,
    results_by_batch: true,
    empty_error_file: true,
    batch: |batch| {
        if batch["in_progress_at"].is_null() {
            batch["request_counts"] = Value::Null;
        }
        let errors = batch["errors"]["data"].as_array_mut();
        for line in errors.into_iter().flatten().map(|error| &mut error["line"]) {
            *line = line
                .as_u64()
                .map_or(Value::Null, |line| json!(line.saturating_sub(1)));
        }
    },
    row: |row| {
        let status = row["response"]["status_code"].as_u64().unwrap_or(200);
        if status >= 400 {
            let message = row["response"]["body"]["error"]["message"].take();
            row["error"] = json!({ "code": status.to_string(), "message": message });
            row["response"] = Value::Null;
        }
    },
    refusal: |status, said| {
        let error = said["error"].take();
        let detail = match status.as_u16() {
            400 => json!({ "error": error }),
            422 => {
                json!([{ "loc": ["body", error["param"]], "msg": error["message"], "type": "value_error" }])
            }
            _ => error["message"].clone(),
        };
        *said = json!({ "detail": detail });
    },
    ..OPENAI
};

pub(crate) const NOVITA: Twist = Twist {
    path: "/openai/v1",
    windows: &["48h"],
    batch: |batch| {
        times(batch, iso);
        batch["status"] = match batch["status"].as_str() {
            Some("in_progress") => json!("PROGRESS"),
            word => json!(word.unwrap_or_default().to_uppercase()),
        };
        for name in ["errors", "output_file_id", "error_file_id"] {
            if batch[name].is_null() {
                batch[name] = json!("");
            }
        }
        for name in ["total", "completed", "failed"] {
            batch[name] = batch["request_counts"][name].clone();
        }
    },
    ..OPENAI
};

pub(crate) const SILICONFLOW: Twist = Twist {
    windows: &["24h"],
    batch: |batch| {
        if batch["status"] == "validating" {
            batch["status"] = json!("in_queue");
        }
    },
    row: |row| {
        if row["response"]["status_code"] == 200 {
            row["response"] = json!({ "body": row["response"]["body"].take() });
        }
    },
    ..OPENAI
};

pub(crate) const ZHIPU: Twist = Twist {
    path: "/api/paas/v4",
    endpoints_under: "/v4",
    windows: &["24h"],
    ..OPENAI
};

impl Twist {
    /// OpenAI's name of an endpoint.
    pub(crate) fn plain(&self, endpoint: &str) -> Option<String> {
        Some(format!("/v1{}", endpoint.strip_prefix(self.endpoints_under)?))
    }
}

/// The times of a batch (`created_at` and so on) in another form than seconds.
fn times(batch: &mut Value, form: fn(i64) -> Value) {
    for (name, time) in batch.as_object_mut().into_iter().flatten() {
        if let Some(seconds) = time.as_i64().filter(|_| name.ends_with("_at")) {
            *time = form(seconds);
        }
    }
}

fn iso(seconds: i64) -> Value {
    json!(
        jiff::Timestamp::from_second(seconds)
            .unwrap_or_default()
            .to_string()
    )
}

/// `in_progress` is `InProgress`.
fn capitalised(words: &str) -> String {
    let mut begins = true;
    let letters = words.chars().filter_map(|letter| {
        let first = std::mem::replace(&mut begins, letter == '_');
        (letter != '_').then(|| {
            if first {
                letter.to_ascii_uppercase()
            } else {
                letter
            }
        })
    });
    letters.collect()
}

/// Everything that the protocol says, in the service's words.
pub(crate) async fn reword(
    State(service): State<Arc<Service>>,
    path: MatchedPath,
    request: Request,
    next: Next,
) -> Response {
    let created = request.method() == Method::POST && path.as_str().ends_with("/batches");
    let response = next.run(request).await;
    let refused = response.extensions().get::<Refused>().is_some();
    let told = response.status().is_success() && path.as_str().contains("/batches");
    let json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == "application/json");
    if !(json && (refused || told)) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let Ok(mut value) = serde_json::from_slice::<Value>(&whole) else {
        return Response::from_parts(parts, Body::from(whole));
    };
    let twist = service.twist;
    if refused {
        (twist.refusal)(parts.status, &mut value);
    } else if let Some(batches) = value["data"].as_array_mut() {
        batches.iter_mut().for_each(twist.batch);
        (twist.page)(&mut value);
    } else if !(created && twist.created_plainly) {
        (twist.batch)(&mut value);
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    (parts, Json(value)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_capitalised_as_azure_does() {
        assert_eq!(capitalised("in_progress"), "InProgress");
        assert_eq!(capitalised("validating"), "Validating");
    }

    #[test]
    fn endpoints_have_openais_name_too() {
        assert_eq!(ZHIPU.plain("/v4/embeddings").as_deref(), Some("/v1/embeddings"));
        assert_eq!(ZHIPU.plain("/v1/embeddings"), None);
        assert_eq!(OPENAI.plain("/v1/responses").as_deref(), Some("/v1/responses"));
    }
}
