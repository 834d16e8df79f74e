use super::*;
use crate::{FaultKind, Provider, Wanted};
use wiremock::matchers::{query_param, query_param_is_missing};

const SENT: i64 = 1_795_430_000;

fn wanted() -> Wanted {
    Wanted {
        app_job: "j".to_owned(),
        part: "2".to_owned(),
        parcel: parcel("part".as_ref()),
        nonce: "n".to_owned(),
        file_id: Some("file-2".to_owned()),
        since: SENT * 1_000,
    }
}

/// `age`: seconds before the create.
fn batch(id: &str, age: i64, job: &str, part: &str, file: &str) -> Value {
    json!({"id": id, "status": "in_progress", "created_at": SENT - age, "input_file_id": file,
        "metadata": {"app_job": job, "part": part, "theirs": 1}})
}

async fn found(server: &MockServer) -> Vec<String> {
    let found = client(&server.uri()).find(&wanted()).await.unwrap();
    found.into_iter().map(|batch| batch.id).collect()
}

#[tokio::test]
async fn by_marks_or_by_the_file_and_never_anothers() {
    let list = json!([
        batch("ours", 0, "j", "2", "file-2"),
        batch("marks", 0, "j", "2", ""),
        json!({"id": "file", "input_file_id": "file-2", "metadata": {}}),
        json!({"id": "changed", "input_file_id": "file-2", "metadata": {"app_job": ""}}),
        batch("other-part", 0, "j", "1", "file-1"),
        batch("other-job", 0, "k", "2", "file-9"),
        json!({"id": "bare"}),
        json!({"no": "id"}),
    ]);
    for page in [
        json!({"data": list}),
        json!({"value": list}),
        json!({"data": null, "value": list}),
        list.clone(),
    ] {
        let server = service(answer(200, &page)).await;
        assert_eq!(found(&server).await, ["ours", "marks", "file", "changed"]);
    }
}

#[tokio::test]
async fn pages_of_both_styles_are_read() {
    let (first, second) = (batch("a", 0, "x", "1", "f"), batch("ours", 1, "j", "2", "f"));
    for (name, value, head) in [
        ("after", "a", json!({"has_more": true, "data": [first]})),
        (
            "cursor",
            "c/1",
            json!({"paging": {"next_cursor": "c/1"}, "data": [first]}),
        ),
    ] {
        let server = MockServer::start().await;
        Mock::given(query_param_is_missing(name))
            .respond_with(answer(200, &head))
            .mount(&server)
            .await;
        let rest = answer(200, &json!({"has_more": false, "data": [second]}));
        Mock::given(query_param(name, value))
            .respond_with(rest)
            .mount(&server)
            .await;
        assert_eq!(found(&server).await, ["ours"], "{name}");
        let request = &server.received_requests().await.unwrap()[0];
        assert_eq!(request.url.query(), Some("limit=100"));
    }
}

#[tokio::test]
async fn the_search_ends_at_old_batches_and_at_pages_that_repeat() {
    let old =
        json!({"has_more": true, "data": [batch("a", 0, "x", "1", "f"), batch("b", 601, "x", "1", "f")]});
    let server = service(answer(200, &old)).await;
    assert!(found(&server).await.is_empty());
    assert_eq!(calls(&server).await, 1);
    let same = json!({"has_more": true, "data": [batch("ours", 599, "j", "2", "f")]});
    let server = service(answer(200, &same)).await;
    assert_eq!(found(&server).await, ["ours"]);
    assert_eq!(calls(&server).await, 2);
}

#[tokio::test]
async fn a_list_that_begins_with_the_oldest_is_read_on() {
    let server = MockServer::start().await;
    let head = json!({"has_more": true, "data": [batch("a", 9_000, "x", "1", "f"), batch("b", 8_000, "x", "1", "f")]});
    Mock::given(query_param_is_missing("after"))
        .respond_with(answer(200, &head))
        .mount(&server)
        .await;
    let rest = json!({"data": [batch("ours", 1, "j", "2", "f")]});
    Mock::given(query_param("after", "b"))
        .respond_with(answer(200, &rest))
        .mount(&server)
        .await;
    assert_eq!(found(&server).await, ["ours"]);
}

#[tokio::test]
async fn no_list_is_a_fault_and_an_empty_one_is_none() {
    for nothing in [json!({"data": []}), json!({"data": null}), json!([])] {
        assert!(found(&service(answer(200, &nothing)).await).await.is_empty());
    }
    for (answer, kind) in [
        (answer(200, &json!({"error": "later"})), FaultKind::NotAnApi),
        (html(200), FaultKind::NotAnApi),
        (answer(405, &error("m")), FaultKind::Refused(405)),
    ] {
        let server = service(answer).await;
        assert_eq!(
            client(&server.uri()).find(&wanted()).await.unwrap_err().kind,
            kind
        );
    }
}
