//! The verbs against a service that does it otherwise.

use secrecy::SecretString;
use serde_json::{Value, json};
use tabane_model::{ProviderId, Settings};
use wiremock::matchers::{any, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::Client;
use crate::{Account, Created, FaultKind, Order, Parcel, Provider, Wanted, profile};

fn client(server: &MockServer) -> Client {
    let account = Account {
        base_url: format!("{}/v1/batch/jobs", server.uri()),
        key: SecretString::from("mistral-0123456789"),
        settings: Settings::new(),
    };
    Client::new(profile(&ProviderId::new("mistral")).unwrap(), account).unwrap()
}

async fn service(status: u16, body: Value) -> MockServer {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_json(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

fn parcel(file: &str) -> Parcel {
    Parcel {
        file: file.into(),
        name: "tabane-j-1".to_owned(),
        requests: 1,
        bytes: 1,
        model: Some("mistral-small-latest".to_owned()),
    }
}

#[tokio::test]
async fn a_create_names_model_and_hours() {
    let server = service(200, json!({"id": "j", "status": "QUEUED", "total_requests": 0})).await;
    let order = Order {
        file_id: "f".to_owned(),
        parcel: parcel("part"),
        endpoint: "/v1/chat/completions".to_owned(),
        window: "168h".to_owned(),
        tags: [("app_job".to_owned(), "j".to_owned())].into(),
        api_version: None,
    };
    assert!(matches!(client(&server).create(&order).await, Created::Made(_)));
    let sent = &server.received_requests().await.unwrap()[0];
    assert_eq!(sent.url.path(), "/v1/batch/jobs");
    assert_eq!(
        sent.body_json::<Value>().unwrap(),
        json!({"input_files": ["f"], "model": "mistral-small-latest", "endpoint": "/v1/chat/completions",
            "metadata": {"app_job": "j"}, "timeout_hours": 168})
    );
}

#[tokio::test]
async fn lines_that_are_refused_on_the_way_up_are_said() {
    let server = service(422, json!({"detail": "Invalid file format. Line 3"})).await;
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("part");
    std::fs::write(&file, "{}\n").unwrap();
    let fault = client(&server)
        .upload(&parcel(file.to_str().unwrap()))
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::Refused(422));
    assert_eq!(
        fault.failure.detail.as_deref(),
        Some("Invalid file format. Line 3")
    );
}

#[tokio::test]
async fn it_is_found_by_marks_or_file_over_all_pages() {
    let server = MockServer::start().await;
    let job = |id: &str, part: &str, file: &str| json!({"id": id, "status": "RUNNING", "input_files": [file], "metadata": {"app_job": "j", "part": part}});
    let mut first: Vec<_> = (0..99)
        .map(|number| job(&format!("x{number}"), "9", "g"))
        .collect();
    first.push(job("marks", "2", ""));
    for (page, list) in [
        ("0", first),
        ("1", vec![job("file", "8", "f"), json!({"object": "no job"})]),
    ] {
        let answer =
            ResponseTemplate::new(200).set_body_json(json!({"object": "list", "data": list, "total": 101}));
        Mock::given(path("/v1/batch/jobs"))
            .and(query_param("page", page))
            .and(query_param("created_after", "2026-11-23T10:23:20Z"))
            .respond_with(answer)
            .mount(&server)
            .await;
    }
    let wanted = Wanted {
        app_job: "j".to_owned(),
        part: "2".to_owned(),
        parcel: parcel("part"),
        nonce: "n".to_owned(),
        file_id: Some("f".to_owned()),
        since: 1_795_430_000_000,
    };
    let found = client(&server).find(&wanted).await.unwrap();
    let ids: Vec<_> = found.iter().map(|job| job.id.as_str()).collect();
    assert_eq!(ids, ["marks", "file"]);
}

#[tokio::test]
async fn no_list_is_a_fault_and_an_empty_one_is_none() {
    for empty in [json!({"object": "list", "data": null}), json!({"data": []})] {
        assert!(
            client(&service(200, empty).await)
                .list(5)
                .await
                .unwrap()
                .is_empty()
        );
    }
    for other in [json!({"detail": "later"}), json!({"data": {}}), json!([])] {
        let fault = client(&service(200, other).await).list(5).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::NotAnApi);
    }
}
