use tabane_model::RemoteState;
use wiremock::matchers::{method, path, query_param, query_param_is_missing};

use super::*;
use crate::FaultKind;

const NOW: &str = "2026-11-24T18:37:30Z";

#[tokio::test]
async fn ids_are_encoded_and_answers_of_others_refused() {
    let server = service(answer(200, &batch("a/b", "canceling", NOW, 1))).await;
    let found = client(&server.uri()).get("a/b").await.unwrap();
    assert_eq!(found.state, RemoteState::Cancelling);
    let cancelled = client(&server.uri()).cancel("a/b").await.unwrap();
    assert_eq!(cancelled.id, "a/b");
    let paths: Vec<String> = server
        .received_requests()
        .await
        .unwrap()
        .iter()
        .map(|request| request.url.path().to_owned())
        .collect();
    assert_eq!(
        paths,
        ["/v1/messages/batches/a%2Fb", "/v1/messages/batches/a%2Fb/cancel"]
    );
    let server = service(answer(200, &json!({"ok": true}))).await;
    assert_eq!(
        client(&server.uri()).get("a").await.unwrap_err().kind,
        FaultKind::NotAnApi
    );
}

#[tokio::test]
async fn no_redirect_carries_the_key_to_another_host() {
    let other = service(answer(200, &json!({}))).await;
    let redirect = ResponseTemplate::new(302).insert_header("location", other.uri());
    let server = service(redirect).await;
    let dir = tempfile::tempdir().unwrap();
    let fault = client(&server.uri())
        .download("a", &dir.path().join("x"))
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotAnApi);
    assert!(other.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn results_that_are_not_there_yet_are_asked_for_again() {
    let dir = tempfile::tempdir().unwrap();
    let server = MockServer::start().await;
    let results = "/v1/messages/batches/a/results";
    Mock::given(path(results))
        .respond_with(answer(404, &error("not_found_error")))
        .up_to_n_times(1)
        .with_priority(1)
        .mount(&server)
        .await;
    let line = "{\"custom_id\":\"n-1\",\"result\":{\"type\":\"expired\"}}\n";
    Mock::given(path(results))
        .respond_with(ResponseTemplate::new(200).set_body_string(line))
        .mount(&server)
        .await;
    Mock::given(path("/v1/messages/batches/a"))
        .respond_with(answer(200, &batch("a", "ended", NOW, 1)))
        .mount(&server)
        .await;
    let to = dir.path().join("x");
    client(&server.uri()).download("a", &to).await.unwrap();
    assert_eq!(std::fs::read_to_string(&to).unwrap(), line);
}

#[tokio::test]
async fn archived_results_are_gone_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let server = MockServer::start().await;
    Mock::given(path("/v1/messages/batches/a/results"))
        .respond_with(answer(404, &error("not_found_error")))
        .expect(1)
        .mount(&server)
        .await;
    let archived = json!({"id": "a", "processing_status": "ended", "archived_at": NOW});
    Mock::given(path("/v1/messages/batches/a"))
        .respond_with(answer(200, &archived))
        .mount(&server)
        .await;
    let fault = client(&server.uri())
        .download("a", &dir.path().join("x"))
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotFound);
}

#[tokio::test]
async fn models_are_read_page_by_page_with_what_they_can() {
    let model = |id: &str, lifecycle: &str, batch: &Value| json!({"type": "model", "id": id, "lifecycle": lifecycle, "capabilities": {"batch": {"supported": batch}}});
    let server = MockServer::start().await;
    let first = json!({"data": [model("a", "active", &json!(true)), model("b", "active", &json!(false))],
        "has_more": true, "last_id": "b"});
    Mock::given(method("GET"))
        .and(query_param_is_missing("after_id"))
        .respond_with(answer(200, &first))
        .mount(&server)
        .await;
    let rest = json!({"data": [model("c", "retired", &json!(true)), {"id": "d"}, {}], "has_more": false});
    Mock::given(query_param("after_id", "b"))
        .respond_with(answer(200, &rest))
        .mount(&server)
        .await;
    let models = client(&server.uri()).models().await.unwrap();
    let told: Vec<_> = models
        .iter()
        .map(|model| (model.id.as_str(), model.batch))
        .collect();
    assert_eq!(
        told,
        [
            ("a", Some(true)),
            ("b", Some(false)),
            ("c", Some(false)),
            ("d", None)
        ]
    );
}
