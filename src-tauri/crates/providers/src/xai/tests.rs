//! The verbs against a service that does it otherwise.

use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};
use tabane_model::RemoteState;
use wiremock::matchers::{any, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::Client;
use crate::http::Http;
use crate::{FaultKind, Parcel, Provider, Wanted};

fn client(server: &MockServer) -> Client {
    let key = SecretString::from("xai-0123456789");
    Client {
        http: Http::new(format!("{}/v1", server.uri()), key, "xAI").unwrap(),
        settling: Duration::from_millis(10),
    }
}

fn batch(id: &str, name: &str, date: &str, pending: u64) -> Value {
    json!({"batch_id": id, "name": name, "create_time": date, "cancel_time": "2026-11-24",
        "cancel_by_xai_message": null, "state": {"num_requests": 5, "num_pending": pending, "num_success": 2,
        "num_error": 0, "num_cancelled": 3 - pending}})
}

async fn once(server: &MockServer, body: Value) {
    let answer = ResponseTemplate::new(200).set_body_json(body);
    Mock::given(any())
        .respond_with(answer)
        .up_to_n_times(1)
        .mount(server)
        .await;
}

#[tokio::test]
async fn a_cancel_is_believed_when_two_looks_agree() {
    for (looks, expected) in [
        ([0, 0], RemoteState::Cancelled),
        ([0, 3], RemoteState::Cancelling),
        ([3, 0], RemoteState::Cancelling),
    ] {
        let server = MockServer::start().await;
        for pending in looks {
            once(&server, batch("b", "n", "2026-11-24", pending)).await;
        }
        let told = client(&server).get("b").await.unwrap();
        assert_eq!(told.state, expected, "{looks:?}");
        assert_eq!(told.output_file_id.is_some(), expected == RemoteState::Cancelled);
    }
}

#[tokio::test]
async fn a_cancel_is_asked_for_at_the_batch_itself() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v1/batches/b%2F1:cancel"))
        .respond_with(ResponseTemplate::new(200).set_body_json(batch("b/1", "n", "2026-11-24", 0)))
        .mount(&server)
        .await;
    let told = client(&server).cancel("b/1").await.unwrap();
    assert_eq!((told.state, told.output_file_id), (RemoteState::Cancelling, None));
}

#[tokio::test]
async fn it_is_found_by_its_name_over_all_pages_of_its_day() {
    let server = MockServer::start().await;
    let page = |batches: Value, token: Value| json!({"batches": batches, "pagination_token": token});
    let first = page(
        json!([
            batch("a", "other", "2026-11-24", 1),
            batch("b", "tabane-j-1", "2026-11-24", 1)
        ]),
        json!("2"),
    );
    let second = page(json!([batch("c", "tabane-j-1", "2026-11-23", 1)]), json!("3"));
    let third = page(
        json!([
            batch("d", "tabane-j-1", "2026-11-20", 1),
            batch("e", "x", "2026-11-19", 1)
        ]),
        json!("4"),
    );
    for (token, body) in [(None, first), (Some("2"), second), (Some("3"), third)] {
        let answer = ResponseTemplate::new(200).set_body_json(body);
        let mock = match token {
            None => Mock::given(query_param_is_missing("pagination_token")),
            Some(token) => Mock::given(query_param("pagination_token", token)),
        };
        mock.and(path("/v1/batches"))
            .respond_with(answer)
            .mount(&server)
            .await;
    }
    let wanted = Wanted {
        app_job: "j".to_owned(),
        part: "1".to_owned(),
        parcel: Parcel {
            file: "part".into(),
            name: "tabane-j-1".to_owned(),
            requests: 5,
            bytes: 1,
            model: None,
        },
        nonce: "n".to_owned(),
        file_id: None,
        // 2026-11-24, at noon.
        since: 1_795_521_600_000,
    };
    let found = client(&server).find(&wanted).await.unwrap();
    let ids: Vec<_> = found.iter().map(|batch| batch.id.as_str()).collect();
    // The name says it: what the service sends beside is for the runner to see.
    assert_eq!(ids, ["b", "c", "d"]);
    assert_eq!(server.received_requests().await.unwrap().len(), 3);
}

#[tokio::test]
async fn no_list_is_a_fault() {
    for body in [json!({"error": "later"}), json!({"batches": "none"}), json!([])] {
        let server = MockServer::start().await;
        once(&server, body).await;
        assert_eq!(
            client(&server).list(5).await.unwrap_err().kind,
            FaultKind::NotAnApi
        );
    }
    let server = MockServer::start().await;
    once(&server, json!({"batches": null, "pagination_token": ""})).await;
    assert!(client(&server).list(5).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_page_of_results_that_breaks_off_is_fetched_again_and_no_row_stands_twice() {
    let server = MockServer::start().await;
    let first =
        json!({"results": [{"batch_request_id": "a"}, {"batch_request_id": "b"}], "pagination_token": "t/1"});
    Mock::given(query_param_is_missing("pagination_token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(first))
        .mount(&server)
        .await;
    let cut = ResponseTemplate::new(200).set_body_raw(
        r#"{"results":[{"batch_request_id":"c"},{"bat"#,
        "application/json",
    );
    Mock::given(query_param("pagination_token", "t/1"))
        .respond_with(cut)
        .up_to_n_times(1)
        .with_priority(1)
        .mount(&server)
        .await;
    let rest = "{\"results\":[{\n \"batch_request_id\": \"c\"\n}],\n\"pagination_token\":null}";
    Mock::given(query_param("pagination_token", "t/1"))
        .respond_with(ResponseTemplate::new(200).set_body_raw(rest, "application/json"))
        .mount(&server)
        .await;
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("new/part-1.jsonl");
    let downloaded = client(&server).download("b", &to).await.unwrap();
    let text = std::fs::read_to_string(&to).unwrap();
    let expected =
        "{\"batch_request_id\":\"a\"}\n{\"batch_request_id\":\"b\"}\n{  \"batch_request_id\": \"c\" }\n";
    assert_eq!(
        (text.as_str(), downloaded.bytes),
        (expected, expected.len() as u64)
    );
    // `sha256sum` of the file.
    assert_eq!(downloaded.sha256, sum(expected));
}

fn sum(text: &str) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[tokio::test]
async fn pages_that_never_end_end() {
    let server = MockServer::start().await;
    let page = json!({"results": [{"batch_request_id": "a"}], "pagination_token": "same"});
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(page))
        .mount(&server)
        .await;
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("part");
    client(&server).download("b", &to).await.unwrap();
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}
