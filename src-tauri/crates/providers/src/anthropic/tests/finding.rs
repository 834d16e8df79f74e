use wiremock::matchers::{path, query_param, query_param_is_missing};

use super::*;
use crate::{FaultKind, Wanted};

/// 2026-11-24T18:37:24Z.
const SENT: i64 = 1_795_545_444_000;
const NOW: &str = "2026-11-24T18:37:30Z";
const BEFORE: &str = "2026-11-24T18:27:00Z";

fn wanted(dir: &Path) -> Wanted {
    let lines = [
        r#"{"custom_id":"nonce-000001","params":{}}"#,
        r#"{"custom_id":"nonce-000002","params":{}}"#,
    ];
    Wanted {
        app_job: "j".to_owned(),
        part: "1".to_owned(),
        parcel: parcel(dir, &lines),
        nonce: "nonce".to_owned(),
        file_id: Some("tabane-job-1".to_owned()),
        since: SENT,
    }
}

async fn found(server: &MockServer) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let found = client(&server.uri()).find(&wanted(dir.path())).await.unwrap();
    found.into_iter().map(|batch| batch.id).collect()
}

async fn with_list(list: &Value) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(path("/v1/messages/batches"))
        .respond_with(answer(200, &json!({"data": list, "has_more": false})))
        .mount(&server)
        .await;
    server
}

async fn results(server: &MockServer, id: &str, lines: &str) {
    Mock::given(path(format!("/v1/messages/batches/{id}/results")))
        .respond_with(ResponseTemplate::new(200).set_body_string(lines))
        .mount(server)
        .await;
}

#[tokio::test]
async fn a_running_batch_is_known_by_time_and_size() {
    let list = json!([
        batch("ours", "in_progress", NOW, 2),
        batch("larger", "in_progress", NOW, 3),
        batch("cancelled", "canceling", NOW, 2),
        json!({"id": "untold", "processing_status": "in_progress", "created_at": NOW, "request_counts": null}),
        batch("old", "in_progress", BEFORE, 2),
    ]);
    assert_eq!(
        found(&with_list(&list).await).await,
        ["ours", "cancelled", "untold"]
    );
}

#[tokio::test]
async fn an_ended_batch_is_known_by_the_ids_in_its_results() {
    let list = ["ours", "sibling", "other", "empty"].map(|id| batch(id, "ended", NOW, 2));
    let server = with_list(&json!(list)).await;
    results(
        &server,
        "ours",
        "{\"custom_id\" : \"nonce-000002\",\"result\":{}}\n{\"custom_id\":\"n",
    )
    .await;
    results(&server, "sibling", "{\"custom_id\":\"nonce-000003\"}\n").await;
    results(
        &server,
        "other",
        "{\"custom_id\":\"x-1\",\"result\":\"nonce-000001\"}\n",
    )
    .await;
    results(&server, "empty", "").await;
    assert_eq!(found(&server).await, ["ours"]);
}

#[tokio::test]
async fn results_that_cannot_be_read_are_a_fault() {
    let dir = tempfile::tempdir().unwrap();
    let server = with_list(&json!([batch("ours", "ended", NOW, 2)])).await;
    Mock::given(path("/v1/messages/batches/ours/results"))
        .respond_with(answer(404, &error("not_found_error")))
        .mount(&server)
        .await;
    let fault = client(&server.uri()).find(&wanted(dir.path())).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotFound);
}

#[tokio::test]
async fn pages_are_read_until_they_are_too_old() {
    let server = MockServer::start().await;
    let page =
        |list: Value, last: &str| json!({"data": list, "has_more": true, "first_id": "x", "last_id": last});
    for (after, body) in [
        (None, page(json!([batch("a", "in_progress", NOW, 9)]), "a")),
        (
            Some("a"),
            page(
                json!([
                    batch("ours", "in_progress", NOW, 2),
                    batch("b", "ended", BEFORE, 9)
                ]),
                "b",
            ),
        ),
    ] {
        let mock = Mock::given(path("/v1/messages/batches")).and(query_param("limit", "1000"));
        let mock = match after {
            Some(id) => mock.and(query_param("after_id", id)),
            None => mock.and(query_param_is_missing("after_id")),
        };
        mock.respond_with(answer(200, &body))
            .expect(1)
            .mount(&server)
            .await;
    }
    assert_eq!(found(&server).await, ["ours"]);
}

#[tokio::test]
async fn no_list_is_a_fault_and_an_empty_one_is_none() {
    let dir = tempfile::tempdir().unwrap();
    assert!(found(&with_list(&json!([])).await).await.is_empty());
    let server = service(answer(200, &json!({"later": true}))).await;
    let fault = client(&server.uri()).find(&wanted(dir.path())).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotAnApi);
}

#[tokio::test]
async fn the_newest_are_listed() {
    let list = ["a", "b", "c"].map(|id| batch(id, "ended", NOW, 1));
    let server = with_list(&json!(list)).await;
    let listed = client(&server.uri()).list(2).await.unwrap();
    assert_eq!(
        listed.iter().map(|batch| batch.id.as_str()).collect::<Vec<_>>(),
        ["a", "b"]
    );
    let request = &server.received_requests().await.unwrap()[0];
    assert_eq!(request.url.query(), Some("limit=2"));
}
