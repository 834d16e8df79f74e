//! Google's services that a batch on Vertex AI needs, as `wire/anthropic-google.md` (sections 3 to 6) tells of them:
//! batch prediction jobs, Cloud Storage, BigQuery and the token endpoint, all under one address.
//!
//! Any bucket and any dataset is there, and its name decides what is wrong with it ([`cloud::Place`]).

mod bigquery;
mod cloud;
mod inputs;
mod jobs;
mod recording;
mod results;
mod saying;
mod sessions;
mod storage;
mod token;

use std::sync::Arc;

use axum::routing::{get, post};
use axum::{Extension, Json, Router, middleware};
use serde_json::{Value, json};

use self::cloud::Cloud;
use super::Ledger;
use super::gate::{bearer, guarded};

/// The last two are none that answer batches of text.
const MODELS: [&str; 4] = [
    "gemini-3.8-flash",
    "gemini-2.5-flash",
    "imagen-4.0-generate-001",
    "text-embedding-005",
];

/// Models of a page, so that there are two.
const PAGE: usize = 3;

pub(crate) fn routes(ledger: Arc<Ledger>) -> Router {
    let cloud = Arc::new(Cloud::default());
    let mut routes = Router::new()
        .route("/v1beta1/publishers/google/models", get(models))
        .route("/storage/v1/b/{bucket}", get(storage::bucket))
        .route("/storage/v1/b/{bucket}/o", get(storage::list))
        .route(
            "/storage/v1/b/{bucket}/o/{object}",
            get(storage::object).delete(storage::delete),
        )
        .route(
            "/download/storage/v1/b/{bucket}/o/{object}",
            get(storage::download),
        )
        .route(
            "/upload/storage/v1/b/{bucket}/o",
            post(storage::upload).put(sessions::piece),
        )
        .route(
            "/bigquery/v2/projects/{project}/datasets/{dataset}",
            get(bigquery::dataset),
        )
        .route(
            "/bigquery/v2/projects/{project}/datasets/{dataset}/tables/{table}",
            get(bigquery::table).delete(bigquery::delete),
        )
        .route(
            "/bigquery/v2/projects/{project}/datasets/{dataset}/tables/{table}/data",
            get(bigquery::rows),
        )
        .route("/bigquery/v2/projects/{project}/jobs/{job}", get(bigquery::job))
        .route(
            "/upload/bigquery/v2/projects/{project}/jobs",
            post(bigquery::upload).put(sessions::piece),
        );
    for version in ["v1", "v1beta1"] {
        let jobs = format!("/{version}/projects/{{project}}/locations/{{location}}/batchPredictionJobs");
        routes = routes.route(&jobs, get(jobs::list).post(jobs::create)).route(
            &format!("{jobs}/{{call}}"),
            get(jobs::look).post(jobs::cancel).delete(jobs::delete),
        );
    }
    let routes = routes
        .layer(middleware::from_fn_with_state(
            Arc::clone(&cloud),
            recording::record,
        ))
        .layer(Extension(Arc::clone(&cloud)));
    let free = Router::new()
        .route("/token", post(token::token))
        .with_state(Arc::clone(&ledger))
        .merge(
            Router::new()
                .route("/practice/exchanges", get(recording::told))
                .with_state(cloud),
        );
    guarded(routes, ledger, bearer, saying::say).merge(free)
}

#[derive(serde::Deserialize)]
struct Page {
    #[serde(rename = "pageToken")]
    token: Option<String>,
}

async fn models(axum::extract::Query(page): axum::extract::Query<Page>) -> Json<Value> {
    let from = page.token.and_then(|token| token.parse().ok()).unwrap_or(0);
    let (models, next) = cloud::page(&MODELS, from, PAGE);
    let told = models.iter().map(|id| {
        json!({ "name": format!("publishers/google/models/{id}"), "versionId": "default", "launchStage": "GA" })
    });
    let mut page = json!({ "publisherModels": told.collect::<Vec<_>>() });
    if let Some(next) = next {
        page["nextPageToken"] = next.to_string().into();
    }
    Json(page)
}
