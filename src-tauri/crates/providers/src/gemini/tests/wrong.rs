//! Services that do it wrong.

use serde_json::json;
use wiremock::matchers::{any, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{order, parcel, provider};
use crate::{Created, FaultKind, Provider};

const KEY: &str = "AIzaTest0123";

async fn service(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

fn html() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw("<html>Sign in</html>", "text/html")
}

fn of(server: &MockServer) -> Box<dyn Provider> {
    provider(&server.uri(), KEY)
}

fn part() -> (tempfile::TempDir, crate::Parcel) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("part");
    std::fs::write(&file, "{}\n").unwrap();
    let parcel = parcel(&file, 1);
    (folder, parcel)
}

#[tokio::test]
async fn a_captive_portal_is_no_answer_to_anything() {
    let server = service(html()).await;
    let (provider, (folder, parcel)) = (of(&server), part());
    let kinds = [
        provider.upload(&parcel).await.unwrap_err().kind,
        provider.get("b").await.unwrap_err().kind,
        provider.list(5).await.unwrap_err().kind,
        provider.models().await.unwrap_err().kind,
        provider.cancel("b").await.unwrap_err().kind,
        provider
            .download("files/b", &folder.path().join("o"))
            .await
            .unwrap_err()
            .kind,
    ];
    assert!(kinds.iter().all(|kind| *kind == FaultKind::NotAnApi), "{kinds:?}");
    let created = provider.create(&order(&parcel, "files/x")).await;
    assert!(matches!(created, Created::Unclear(_)), "{created:?}");
}

#[tokio::test]
async fn a_create_that_makes_no_batch_to_be_seen_is_unclear() {
    let server = service(ResponseTemplate::new(200).set_body_json(json!({ "metadata": {} }))).await;
    let (_folder, parcel) = part();
    let created = of(&server).create(&order(&parcel, "files/x")).await;
    assert!(matches!(created, Created::Unclear(_)), "{created:?}");
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn results_are_fetched_by_the_sdks_address_where_the_other_is_unknown() {
    let server = service(ResponseTemplate::new(404).set_body_raw("<html>404</html>", "text/html")).await;
    Mock::given(method("GET"))
        .and(path("/v1beta/files/batch-1:download"))
        .and(query_param("alt", "media"))
        .respond_with(ResponseTemplate::new(200).set_body_string("{\"key\":\"r\"}\n"))
        .with_priority(1)
        .mount(&server)
        .await;
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("o");
    assert_eq!(
        of(&server).download("files/batch-1", &to).await.unwrap().bytes,
        12
    );
}

#[tokio::test]
async fn a_list_that_never_ends_and_one_that_is_empty() {
    let page = json!({ "operations": [{ "name": "batches/b" }], "nextPageToken": "x" });
    let server = service(ResponseTemplate::new(200).set_body_json(page)).await;
    assert_eq!(of(&server).list(50).await.unwrap().len(), 1);
    let empty = service(ResponseTemplate::new(200).set_body_json(json!({}))).await;
    assert!(of(&empty).list(50).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_file_that_the_service_works_on_is_waited_for_and_one_that_failed_is_refused() {
    let (_folder, parcel) = part();
    for (state, good) in [("ACTIVE", true), ("FAILED", false)] {
        let server = MockServer::start().await;
        let url = "https://elsewhere.example/upload/v1beta/files?upload_id=1";
        Mock::given(path("/upload/v1beta/files"))
            .and(query_param("upload_id", "1"))
            .respond_with(
                ResponseTemplate::new(200)
                    .insert_header("x-goog-upload-status", "final")
                    .set_body_json(json!({ "file": { "name": "files/own", "state": "PROCESSING" } })),
            )
            .with_priority(1)
            .mount(&server)
            .await;
        Mock::given(path("/upload/v1beta/files"))
            .respond_with(ResponseTemplate::new(200).insert_header("x-goog-upload-url", url))
            .mount(&server)
            .await;
        let file = json!({ "name": "files/own", "state": state, "error": { "message": KEY } });
        Mock::given(method("GET"))
            .respond_with(ResponseTemplate::new(200).set_body_json(file))
            .mount(&server)
            .await;
        match of(&server).upload(&parcel).await {
            Ok(uploaded) => assert!(good && uploaded.file_id == "files/own"),
            Err(fault) => {
                assert!(!good);
                assert_eq!(fault.failure.detail.as_deref(), Some("[key]"));
            }
        }
        let requests = server.received_requests().await.unwrap();
        let piece = requests
            .iter()
            .find(|request| request.url.query().is_some())
            .unwrap();
        assert!(piece.headers.get("x-goog-api-key").is_none());
        assert_eq!(piece.body, b"{}\n");
    }
}
