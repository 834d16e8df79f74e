use std::collections::BTreeMap;

use secrecy::SecretString;
use serde_json::{Value, json};
use tabane_model::{ProviderId, RemoteState, Settings, Status};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{
    Account, Created, FaultKind, Order, Parcel, Provider, Refusal, Wanted, profile, read_result_line,
};

const KEY: &str = "tgp-test-0123456789";

async fn service(status: u16, body: &Value) -> MockServer {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_json(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

fn open(server: &MockServer) -> Box<dyn Provider> {
    let account = Account {
        base_url: server.uri(),
        key: SecretString::from(KEY),
        settings: Settings::new(),
    };
    crate::open(profile(&ProviderId::new("together")).unwrap(), account).unwrap()
}

fn parcel(file: &std::path::Path) -> Parcel {
    Parcel {
        file: file.to_owned(),
        name: "tabane-j-1".to_owned(),
        requests: 1,
        bytes: 1,
        model: None,
    }
}

fn order() -> Order {
    Order {
        file_id: "file-1".to_owned(),
        parcel: parcel("part".as_ref()),
        endpoint: "/v1/chat/completions".to_owned(),
        window: "24h".to_owned(),
        tags: BTreeMap::from([("app_job".to_owned(), "j".to_owned())]),
        api_version: None,
    }
}

fn job(status: &str) -> Value {
    json!({"id": "6f0a2f3e-1", "user_id": "u", "input_file_id": "file-1", "file_size_bytes": 48211, "status": status,
        "job_deadline": "2026-11-25T10:00:00Z", "created_at": "2026-11-24T10:00:00Z", "endpoint": "/v1/chat/completions",
        "progress": 40.0, "model_id": "m", "output_file_id": "", "error_file_id": "", "error": "", "completed_at": null})
}

#[tokio::test]
async fn a_part_goes_up_as_a_form() {
    let server = service(200, &json!({"id": "file-1", "object": "file"})).await;
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("part");
    std::fs::write(&file, "{\"custom_id\":\"a\"}\n").unwrap();
    assert_eq!(
        open(&server).upload(&parcel(&file)).await.unwrap().file_id,
        "file-1"
    );
    let request = &server.received_requests().await.unwrap()[0];
    assert_eq!(
        (request.method.as_str(), request.url.path()),
        ("POST", "/v1/files/upload")
    );
    assert_eq!(request.headers["authorization"], format!("Bearer {KEY}"));
    // Without one the service's guard refuses the call.
    assert!(
        request.headers["user-agent"]
            .to_str()
            .unwrap()
            .starts_with("Tabane/")
    );
    let form = String::from_utf8_lossy(&request.body);
    for field in [
        "name=\"purpose\"\r\n\r\nbatch-api\r\n",
        "name=\"file_name\"\r\n\r\ntabane-j-1.jsonl\r\n",
        "name=\"file\"; filename=\"tabane-j-1.jsonl\"",
    ] {
        assert!(form.contains(field), "{form}");
    }
}

#[tokio::test]
async fn a_create_is_sent_once_without_marks() {
    let server = service(201, &json!({"job": job("VALIDATING"), "warning": ""})).await;
    let Created::Made(batch) = open(&server).create(&order()).await else {
        panic!()
    };
    assert_eq!(
        (batch.id.as_str(), batch.state),
        ("6f0a2f3e-1", RemoteState::Validating)
    );
    assert_eq!(batch.counts, tabane_model::RemoteCounts::default());
    assert_eq!(batch.expires_at, Some(1_795_600_800_000));
    assert_eq!((batch.model.as_deref(), batch.output_file_id), (Some("m"), None));
    assert!(batch.errors.is_empty());
    let requests = server.received_requests().await.unwrap();
    let body: Value = requests[0].body_json().unwrap();
    let expected =
        json!({"input_file_id": "file-1", "endpoint": "/v1/chat/completions", "completion_window": "24h"});
    assert_eq!((requests.len(), body), (1, expected));
}

#[tokio::test]
async fn how_a_create_can_end() {
    for (status, body, kind) in [
        (
            400,
            json!({"error": "Unsupported endpoint"}),
            Some(Refusal::Other),
        ),
        (
            401,
            json!({"error": {"message": "m", "code": "invalid_api_key"}}),
            Some(Refusal::Key),
        ),
        (402, json!({"error": "m"}), Some(Refusal::Balance)),
        (
            404,
            json!({"error": "File not found", "request_id": "r"}),
            Some(Refusal::FileNotFound),
        ),
        (429, json!({"error": "m"}), Some(Refusal::RateLimited)),
        (500, json!({"error": "m"}), None),
        // A job without an id is none.
        (201, json!({"job": {}, "warning": "w"}), None),
    ] {
        let server = service(status, &body).await;
        match (open(&server).create(&order()).await, kind) {
            (Created::Refused { kind, .. }, Some(expected)) => assert_eq!(kind, expected, "{body}"),
            (Created::Unclear(_), None) => {}
            (other, _) => panic!("{body}: {other:?}"),
        }
        assert_eq!(server.received_requests().await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn states_in_its_own_words() {
    for (word, state) in [
        ("VALIDATING", RemoteState::Validating),
        ("IN_PROGRESS", RemoteState::InProgress),
        ("CANCELING", RemoteState::Cancelling),
        ("COMPLETED", RemoteState::Completed),
        ("FAILED", RemoteState::Failed),
        ("EXPIRED", RemoteState::Expired),
        ("CANCELLED", RemoteState::Cancelled),
        ("QUEUED", RemoteState::Unknown),
    ] {
        let server = service(200, &job(word)).await;
        let batch = open(&server).get("6f0a2f3e-1").await.unwrap();
        assert_eq!((batch.state, batch.status_raw.as_str()), (state, word));
    }
}

#[tokio::test]
async fn a_job_that_failed_says_why_in_a_text() {
    let mut failed = job("FAILED");
    failed["error"] = json!(format!("no access for {KEY}"));
    let server = service(200, &failed).await;
    let batch = open(&server).get("x").await.unwrap();
    assert_eq!(batch.errors[0].message, "no access for [key]");
}

#[tokio::test]
async fn a_batch_is_found_again_by_its_file_alone() {
    let mut other = job("COMPLETED");
    other["id"] = json!("another");
    other["input_file_id"] = json!("file-2");
    let server = service(200, &json!([other, job("IN_PROGRESS")])).await;
    let wanted = |file_id: Option<&str>| Wanted {
        app_job: "j".to_owned(),
        part: "1".to_owned(),
        parcel: parcel("part".as_ref()),
        nonce: "n".to_owned(),
        file_id: file_id.map(str::to_owned),
        since: 1_795_514_400_000,
    };
    let found = open(&server).find(&wanted(Some("file-1"))).await.unwrap();
    assert_eq!((found.len(), found[0].state), (1, RemoteState::InProgress));
    assert!(open(&server).find(&wanted(None)).await.unwrap().is_empty());
    assert_eq!(open(&server).list(1).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_cancel_that_comes_too_late_is_refused() {
    let server = service(409, &json!({"error": "Job is already in a final state"})).await;
    let fault = open(&server).cancel("x").await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Refused(409));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    let server = service(200, &job("CANCELING")).await;
    assert_eq!(
        open(&server).cancel("x").await.unwrap().state,
        RemoteState::Cancelling
    );
}

#[test]
fn rows_are_read() {
    let failed =
        read_result_line(r#"{"id":"1","custom_id":"a","error":{"code":"batch_client_error","message":"m"}}"#);
    assert_eq!(
        (failed.status, failed.wire_id.as_deref()),
        (Status::Failed, Some("a"))
    );
    assert_eq!(failed.error_code.as_deref(), Some("batch_client_error"));
    let answered = read_result_line(
        r#"{"custom_id":"b","response":{"status_code":200,"body":{"choices":[{"message":{"content":"hi"}}],
            "usage":{"prompt_tokens":3,"completion_tokens":9,"reasoning_tokens":4}}}}"#,
    );
    assert_eq!(
        (answered.status, answered.answer.as_deref()),
        (Status::Succeeded, Some("hi"))
    );
    let tokens = (
        answered.input_tokens,
        answered.output_tokens,
        answered.reasoning_tokens,
    );
    assert_eq!(tokens, (Some(3), Some(9), Some(4)));
}
