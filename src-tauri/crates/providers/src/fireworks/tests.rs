use std::collections::BTreeMap;

use secrecy::SecretString;
use serde_json::{Value, json};
use tabane_model::{Failure, ProviderId, RemoteCounts, RemoteState, Settings, Status};
use wiremock::matchers::{any, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{
    Account, Asked, Created, Fault, FaultKind, Options, Order, Parcel, Provider, Refusal, profile,
    read_result_line, write_line,
};

const KEY: &str = "fw_test_0123456789";
const JOB: &str = "/v1/accounts/me/batchInferenceJobs/tabane-j-1";
const DATASET: &str = "/v1/accounts/me/datasets/tabane-j-1";

fn open_at(address: &str, account: &str) -> Result<Box<dyn Provider>, Failure> {
    let account = Account {
        base_url: address.to_owned(),
        key: SecretString::from(KEY),
        settings: Settings::from([("account".to_owned(), account.to_owned())]),
    };
    crate::open(profile(&ProviderId::new("fireworks")).unwrap(), account)
}

fn open(server: &MockServer) -> Box<dyn Provider> {
    open_at(&server.uri(), "me").unwrap()
}

fn answer(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

fn not_found() -> ResponseTemplate {
    answer(
        404,
        &json!({"code": 5, "details": [], "message": "resource not found"}),
    )
}

async fn mount(server: &MockServer, verb: &str, place: &str, answer: ResponseTemplate) {
    Mock::given(method(verb))
        .and(path(place))
        .respond_with(answer)
        .mount(server)
        .await;
}

/// What was asked: methods and paths.
async fn asked(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    let said = requests
        .iter()
        .map(|request| format!("{} {}", request.method, request.url.path()));
    said.collect()
}

fn parcel(file: &std::path::Path) -> Parcel {
    Parcel {
        file: file.to_owned(),
        name: "tabane-j-1".to_owned(),
        requests: 3,
        bytes: 1,
        model: Some("llama-v3p1-8b-instruct".to_owned()),
    }
}

fn order() -> Order {
    Order {
        file_id: "tabane-j-1".to_owned(),
        parcel: parcel("part".as_ref()),
        endpoint: "/v1/chat/completions".to_owned(),
        window: "24h".to_owned(),
        tags: BTreeMap::new(),
        api_version: None,
    }
}

/// As captured on 2026-08-30.
fn job(state: &str) -> Value {
    json!({"name": "accounts/me/batchInferenceJobs/tabane-j-1", "displayName": "", "state": format!("JOB_STATE_{state}"),
        "createTime": "2026-08-30T03:48:56.029803417Z", "expireTime": "2026-08-31T03:48:53.988342027Z",
        "inputDatasetId": "accounts/me/datasets/tabane-j-1", "outputDatasetId": "accounts/me/datasets/tabane-j-1-o",
        "model": "accounts/fireworks/models/m", "jobProgress": null, "status": {"code": "OK", "message": ""}})
}

#[test]
fn lines_have_no_model() {
    let row = profile(&ProviderId::new("fireworks")).unwrap();
    let asked = Asked {
        wire_id: "n-1",
        url: "/v1/chat/completions",
        body: "{\"model\":\"m\", \"messages\":[{\"role\":\"user\",\"content\":\"a\u{2028}\"}],\"temperature\":0.70}",
        model: Some("other"),
    };
    let written = write_line(row, &asked, &Options::default()).unwrap();
    let line = String::from_utf8(written.line).unwrap();
    let expected =
        r#"{"custom_id":"n-1","body":{"messages":[{"role":"user","content":"a\u2028"}],"temperature":0.70}}"#;
    assert_eq!((line.trim_end(), written.changes.len()), (expected, 0));
}

#[test]
fn the_account_is_wanted_and_addresses_are_taken_as_they_come() {
    let missing = open_at("https://api.fireworks.ai", " ").err().unwrap();
    assert_eq!(missing.code, "setting-missing");
    let row = profile(&ProviderId::new("fireworks")).unwrap();
    for (address, account) in [
        ("https://api.fireworks.ai/v1", "me"),
        ("https://api.fireworks.ai/inference/v1", "accounts/me"),
        ("https://api.fireworks.ai/v1/accounts/me/", "me"),
        ("api.fireworks.ai", " me "),
    ] {
        let account = Account {
            base_url: address.to_owned(),
            key: SecretString::from(KEY),
            settings: Settings::from([("account".to_owned(), account.to_owned())]),
        };
        let client = super::Client::new(row, account).unwrap();
        assert_eq!(
            client.http.base(),
            "https://api.fireworks.ai/v1/accounts/me",
            "{address}"
        );
    }
}

async fn upload(server: &MockServer) -> Result<String, Fault> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("part");
    std::fs::write(&file, "{}\n").unwrap();
    open(server)
        .upload(&parcel(&file))
        .await
        .map(|uploaded| uploaded.file_id)
}

#[tokio::test]
async fn a_part_becomes_a_dataset_that_is_ready() {
    let server = MockServer::start().await;
    mount(
        &server,
        "POST",
        "/v1/accounts/me/datasets",
        answer(200, &json!({"state": "UPLOADING"})),
    )
    .await;
    mount(
        &server,
        "POST",
        &format!("{DATASET}:upload"),
        answer(200, &json!({"id": "x"})),
    )
    .await;
    let status = json!({"code": "OK", "message": ""});
    let uploading = answer(200, &json!({"state": "UPLOADING", "status": status}));
    let look = Mock::given(method("GET"))
        .and(path(DATASET))
        .respond_with(uploading);
    look.up_to_n_times(1).with_priority(1).mount(&server).await;
    mount(
        &server,
        "GET",
        DATASET,
        answer(200, &json!({"state": "READY", "status": status})),
    )
    .await;
    assert_eq!(upload(&server).await.unwrap(), "tabane-j-1");
    let requests = server.received_requests().await.unwrap();
    let announced: Value = requests[0].body_json().unwrap();
    let expected = json!({"datasetId": "tabane-j-1", "dataset": {"userUploaded": {}, "exampleCount": "3"}});
    assert_eq!(announced, expected);
    let said = asked(&server).await;
    let looks = [format!("GET {DATASET}"), format!("GET {DATASET}")];
    assert_eq!(
        (said[1].as_str(), &said[2..]),
        (format!("POST {DATASET}:upload").as_str(), &looks[..])
    );
}

#[tokio::test]
async fn a_dataset_that_is_there_is_kept_when_ready_and_else_made_anew() {
    let taken = || answer(409, &json!({"code": 6, "message": "resource already exists"}));
    let server = MockServer::start().await;
    mount(&server, "POST", "/v1/accounts/me/datasets", taken()).await;
    mount(&server, "GET", DATASET, answer(200, &json!({"state": "READY"}))).await;
    upload(&server).await.unwrap();
    assert_eq!(asked(&server).await.len(), 2);

    // The name stays taken for a while after it was deleted: tried again later, nothing goes up.
    let server = MockServer::start().await;
    mount(&server, "POST", "/v1/accounts/me/datasets", taken()).await;
    mount(
        &server,
        "GET",
        DATASET,
        answer(200, &json!({"state": "UPLOADING"})),
    )
    .await;
    mount(&server, "DELETE", DATASET, answer(200, &json!({}))).await;
    assert_eq!(upload(&server).await.unwrap_err().kind, FaultKind::Server);
    let said = asked(&server).await;
    assert!(said.contains(&format!("DELETE {DATASET}")) && said.iter().all(|call| !call.contains(":upload")));
}

#[tokio::test]
async fn a_dataset_that_is_no_good_is_said_so() {
    let server = MockServer::start().await;
    let bad = json!({"state": "UPLOADING", "status": {"code": "INVALID_ARGUMENT", "message": "no JSON"}});
    mount(&server, "GET", DATASET, answer(200, &bad)).await;
    Mock::given(method("POST"))
        .respond_with(answer(200, &json!({})))
        .mount(&server)
        .await;
    let fault = upload(&server).await.unwrap_err();
    assert_eq!(fault.failure.code, "upload-not-processed");
    assert_eq!(fault.failure.detail.as_deref(), Some("no JSON"));
}

#[tokio::test]
async fn a_create_bears_our_name() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(answer(200, &job("VALIDATING")))
        .mount(&server)
        .await;
    for (window, duration) in [("24h", Value::Null), ("72h", json!("259200s"))] {
        let order = Order {
            window: window.to_owned(),
            ..order()
        };
        let Created::Made(batch) = open(&server).create(&order).await else {
            panic!()
        };
        assert_eq!(
            (batch.id.as_str(), batch.state),
            ("tabane-j-1", RemoteState::Validating)
        );
        assert_eq!(
            (batch.counts, batch.output_file_id),
            (RemoteCounts::default(), None)
        );
        let requests = server.received_requests().await.unwrap();
        let request = requests.last().unwrap();
        assert_eq!(request.url.path(), "/v1/accounts/me/batchInferenceJobs");
        assert_eq!(request.url.query(), Some("batchInferenceJobId=tabane-j-1"));
        let body: Value = request.body_json().unwrap();
        assert_eq!(body["model"], "accounts/fireworks/models/llama-v3p1-8b-instruct");
        assert_eq!(body["inputDatasetId"], "accounts/me/datasets/tabane-j-1");
        assert_eq!(body["outputDatasetId"], "accounts/me/datasets/tabane-j-1-o");
        assert_eq!(body["maxJobDuration"], duration);
    }
    assert_eq!(asked(&server).await.len(), 2);
}

#[tokio::test]
async fn a_name_that_is_taken_is_our_own_batch() {
    let server = MockServer::start().await;
    let taken = answer(409, &json!({"code": 6, "message": "resource already exists"}));
    mount(&server, "POST", "/v1/accounts/me/batchInferenceJobs", taken).await;
    mount(&server, "GET", JOB, answer(200, &job("RUNNING"))).await;
    let Created::Made(batch) = open(&server).create(&order()).await else {
        panic!()
    };
    assert_eq!(batch.state, RemoteState::InProgress);
}

#[tokio::test]
async fn how_a_create_can_end() {
    for (status, body, kind) in [
        (400, json!({"code": 3, "message": "m"}), Some(Refusal::Other)),
        (
            403,
            json!({"error": {"code": "UNAUTHORIZED", "message": "m"}}),
            Some(Refusal::Key),
        ),
        (
            429,
            json!({"code": 8, "message": "m"}),
            Some(Refusal::RateLimited),
        ),
        (500, json!({"code": 13, "message": "m"}), None),
        (200, json!({"state": "JOB_STATE_VALIDATING"}), None),
        // Taken, and yet not to be seen: it may be ours.
        (409, json!({"code": 6, "message": "m"}), None),
    ] {
        let server = MockServer::start().await;
        mount(
            &server,
            "POST",
            "/v1/accounts/me/batchInferenceJobs",
            answer(status, &body),
        )
        .await;
        Mock::given(method("GET"))
            .respond_with(not_found())
            .mount(&server)
            .await;
        match (open(&server).create(&order()).await, kind) {
            (Created::Refused { kind, .. }, Some(expected)) => assert_eq!(kind, expected, "{body}"),
            (Created::Unclear(_), None) => {}
            (other, _) => panic!("{body}: {other:?}"),
        }
        let creates = asked(&server)
            .await
            .iter()
            .filter(|call| call.starts_with("POST"))
            .count();
        assert_eq!(creates, 1, "{body}");
    }
}

#[tokio::test]
async fn without_a_model_nothing_is_sent() {
    let server = MockServer::start().await;
    let mut order = order();
    order.parcel.model = None;
    let Created::Refused { failure, .. } = open(&server).create(&order).await else {
        panic!()
    };
    assert_eq!(
        (failure.code.as_str(), asked(&server).await.len()),
        ("model-not-named", 0)
    );
}

#[test]
fn jobs_are_read() {
    use super::jobs::read;
    for (word, state) in [
        ("CREATING_INPUT_DATASET", RemoteState::Validating),
        ("RE_QUEUEING", RemoteState::InProgress),
        ("WRITING_RESULTS", RemoteState::Finalizing),
        ("DELETING_CLEANING_UP", RemoteState::Cancelling),
        ("EARLY_STOPPED", RemoteState::Expired),
        ("UNSPECIFIED", RemoteState::Unknown),
        ("SOMETHING_NEW", RemoteState::Unknown),
    ] {
        assert_eq!(read(&job(word)).unwrap().state, state, "{word}");
    }
    let mut done = job("COMPLETED");
    // The count told with the dataset was wrong.
    done["jobProgress"] = json!({"totalInputRequests": 1, "totalProcessedRequests": 3,
        "successfullyProcessedRequests": 2, "failedRequests": 1});
    let batch = read(&done).unwrap();
    assert_eq!(
        (batch.counts.total, batch.counts.completed, batch.counts.failed),
        (Some(3), Some(2), Some(1))
    );
    assert_eq!(batch.output_file_id.as_deref(), Some("tabane-j-1-o/results"));
    assert_eq!(batch.error_file_id.as_deref(), Some("tabane-j-1-o/error-data"));
    let mut running = job("RUNNING");
    running["jobProgress"] = json!({"totalInputRequests": 0, "totalProcessedRequests": 0,
        "successfullyProcessedRequests": 0, "failedRequests": 0});
    assert_eq!(read(&running).unwrap().counts, RemoteCounts::default());
    let mut failed = job("FAILED");
    failed["status"] = json!({"code": "INVALID_ARGUMENT", "message": "failed on input2.jsonl:1"});
    let batch = read(&failed).unwrap();
    assert_eq!(
        (batch.errors[0].code.as_str(), batch.errors[0].line),
        ("INVALID_ARGUMENT", None)
    );
    assert_eq!((batch.output_file_id, batch.error_file_id), (None, None));
    for nothing in [json!({}), json!({"name": ""}), json!([])] {
        assert!(read(&nothing).is_none(), "{nothing}");
    }
}

#[tokio::test]
async fn a_job_that_is_not_there_was_cancelled_only_if_we_said_so() {
    for (name, found) in [("tabane-cancelled", true), ("", false)] {
        let server = MockServer::start().await;
        mount(&server, "GET", JOB, not_found()).await;
        mount(
            &server,
            "GET",
            DATASET,
            answer(200, &json!({"displayName": name, "state": "READY"})),
        )
        .await;
        mount(
            &server,
            "GET",
            &format!("{DATASET}-o:getDownloadEndpoint"),
            not_found(),
        )
        .await;
        match open(&server).get("tabane-j-1").await {
            Ok(batch) => {
                assert!(found);
                assert_eq!(
                    (batch.state, batch.output_file_id),
                    (RemoteState::Cancelled, None)
                );
            }
            Err(fault) => assert_eq!((found, fault.kind), (false, FaultKind::NotFound)),
        }
    }
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(not_found()).mount(&server).await;
    assert_eq!(
        open(&server).get("tabane-j-1").await.unwrap_err().kind,
        FaultKind::NotFound
    );
}

#[tokio::test]
async fn a_cancel_is_written_down_before_it_is_done() {
    let server = MockServer::start().await;
    mount(&server, "GET", JOB, answer(200, &job("RUNNING"))).await;
    mount(&server, "PATCH", DATASET, answer(200, &json!({}))).await;
    mount(&server, "DELETE", JOB, answer(200, &json!({}))).await;
    let batch = open(&server).cancel("tabane-j-1").await.unwrap();
    assert_eq!(batch.state, RemoteState::Cancelling);
    let expected = [
        format!("GET {JOB}"),
        format!("PATCH {DATASET}"),
        format!("DELETE {JOB}"),
    ];
    assert_eq!(asked(&server).await, expected);

    // Not written down: not done. Ended: nothing is deleted.
    for (state, marked) in [("RUNNING", 500), ("COMPLETED", 200)] {
        let server = MockServer::start().await;
        mount(&server, "GET", JOB, answer(200, &job(state))).await;
        mount(
            &server,
            "PATCH",
            DATASET,
            answer(marked, &json!({"code": 13, "message": "m"})),
        )
        .await;
        let cancelled = open(&server).cancel("tabane-j-1").await;
        assert_eq!(cancelled.is_ok(), state == "COMPLETED");
        assert!(
            asked(&server)
                .await
                .iter()
                .all(|call| !call.starts_with("DELETE"))
        );
    }
}

/// Fetches one of the files of a dataset that has these.
async fn fetch(server: &MockServer, files: &Value, file: &str) -> Result<String, Fault> {
    let told = answer(200, &json!({"filenameToSignedUrls": files}));
    mount(
        server,
        "GET",
        "/v1/accounts/me/datasets/d:getDownloadEndpoint",
        told,
    )
    .await;
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("results");
    open(server).download(&format!("d/{file}"), &target).await?;
    Ok(std::fs::read_to_string(target).unwrap())
}

#[tokio::test]
async fn results_lie_at_signed_addresses_that_get_no_key() {
    let store = MockServer::start().await;
    mount(
        &store,
        "GET",
        "/BIJOutputSet.jsonl",
        ResponseTemplate::new(200).set_body_string("{\"a\":1}\n"),
    )
    .await;
    mount(&store, "GET", "/error-data", ResponseTemplate::new(200)).await;
    let files = json!({
        "dataset/d/BIJOutputSet.jsonl": format!("{}/BIJOutputSet.jsonl?sig=1", store.uri()),
        "dataset/d/error-data": format!("{}/error-data?sig=2", store.uri()),
    });
    for (file, content) in [("results", "{\"a\":1}\n"), ("error-data", "")] {
        let server = MockServer::start().await;
        assert_eq!(fetch(&server, &files, file).await.unwrap(), content);
    }
    let requests = store.received_requests().await.unwrap();
    assert!(
        requests
            .iter()
            .all(|request| !request.headers.contains_key("authorization"))
    );
    // No failures at all: no such file.
    let server = MockServer::start().await;
    let only = json!({"dataset/d/BIJOutputSet.jsonl": "https://127.0.0.1:1/x"});
    assert_eq!(fetch(&server, &only, "error-data").await.unwrap(), "");
}

#[tokio::test]
async fn addresses_that_are_none_or_ran_out() {
    let refusing = MockServer::start().await;
    let page = ResponseTemplate::new(403).set_body_raw("<?xml version='1.0'?><Error/>", "application/xml");
    Mock::given(any()).respond_with(page).mount(&refusing).await;
    for (files, kind) in [
        (
            json!({"d/BIJOutputSet.jsonl": "file:///etc/passwd"}),
            FaultKind::NotAnApi,
        ),
        (json!({"d/BIJOutputSet.jsonl": "nonsense"}), FaultKind::NotAnApi),
        (json!({}), FaultKind::NotFound),
        (json!(null), FaultKind::NotFound),
        (json!([1]), FaultKind::NotFound),
        // It says nothing of the key.
        (
            json!({"d/BIJOutputSet.jsonl": format!("{}/x", refusing.uri())}),
            FaultKind::Network,
        ),
    ] {
        let server = MockServer::start().await;
        assert_eq!(
            fetch(&server, &files, "results").await.unwrap_err().kind,
            kind,
            "{files}"
        );
    }
}

#[tokio::test]
async fn lists_are_read_to_their_end_and_begin_with_the_newest() {
    let server = MockServer::start().await;
    let at = |name: &str, time: &str| json!({"name": format!("accounts/me/batchInferenceJobs/{name}"), "createTime": time});
    let first = json!({"batchInferenceJobs": [at("old", "2026-08-30T03:00:00Z")], "nextPageToken": "t"});
    let second = json!({"batchInferenceJobs": [at("new", "2026-08-31T03:00:00Z"), {"no": "name"}]});
    for (mock, page) in [
        (Mock::given(query_param_is_missing("pageToken")), first),
        (Mock::given(query_param("pageToken", "t")), second),
    ] {
        mock.respond_with(answer(200, &page)).mount(&server).await;
    }
    let listed = open(&server).list(10).await.unwrap();
    let ids: Vec<_> = listed.iter().map(|batch| batch.id.as_str()).collect();
    assert_eq!(ids, ["new", "old"]);
    assert_eq!(open(&server).list(1).await.unwrap().len(), 1);
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(answer(200, &json!([1])))
        .mount(&server)
        .await;
    assert_eq!(open(&server).list(1).await.unwrap_err().kind, FaultKind::NotAnApi);
}

#[test]
fn rows_are_read() {
    let answered = read_result_line(
        r#"{"custom_id": "req-ok-2", "response": {"id": "chatcmpl-1", "object": "chat.completion", "model": "m", "choices": [{"index": 0, "message": {"role": "assistant", "content": "4"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 47, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 29}}}}"#,
    );
    assert_eq!(
        (answered.status, answered.answer.as_deref()),
        (Status::Succeeded, Some("4"))
    );
    assert_eq!(
        (answered.input_tokens, answered.cached_tokens),
        (Some(47), Some(29))
    );
    for (line, code) in [
        (r#"{"custom_id":"r","error":{"message":"m","code":"c"}}"#, "c"),
        (
            r#"{"custom_id":"r","response":{"error":{"message":"m","code":"c"}}}"#,
            "c",
        ),
        (r#"{"custom_id":"r","response":"<html></html>"}"#, "transport"),
        (r#"{"custom_id":"r","body":{"messages":[]}}"#, "transport"),
    ] {
        let failed = read_result_line(line);
        assert_eq!(
            (failed.status, failed.wire_id.as_deref()),
            (Status::Failed, Some("r")),
            "{line}"
        );
        assert_eq!(failed.error_code.as_deref(), Some(code), "{line}");
    }
}
