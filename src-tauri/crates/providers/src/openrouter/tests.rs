//! The verbs against a service that does it otherwise.

use secrecy::SecretString;
use serde_json::{Value, json};
use tabane_model::{ProviderId, Settings};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::Client;
use crate::{Account, Created, FaultKind, Order, Parcel, Provider, Refusal, Wanted, profile};

const LINES: &str = "{\"custom_id\":\"n-1\",\"body\":{\"a\":\"束\"}}\n{\"custom_id\":\"n-2\",\"body\":{}}\n";

fn client(server: &MockServer, root: &str) -> Client {
    let account = Account {
        base_url: format!("{}{root}", server.uri()),
        key: SecretString::from("sk-or-0123456789"),
        settings: Settings::new(),
    };
    Client::new(profile(&ProviderId::new("openrouter")).unwrap(), account).unwrap()
}

async fn answers(server: &MockServer, verb: &str, at: &str, status: u16, body: Value) {
    let answer = ResponseTemplate::new(status).set_body_json(body);
    Mock::given(method(verb))
        .and(path(at))
        .respond_with(answer)
        .mount(server)
        .await;
}

fn order(dir: &tempfile::TempDir) -> Order {
    let file = dir.path().join("part");
    std::fs::write(&file, LINES).unwrap();
    Order {
        file_id: "tabane-j-1".to_owned(),
        parcel: Parcel {
            file,
            name: "tabane-j-1".to_owned(),
            requests: 2,
            bytes: LINES.len() as u64,
            model: Some("maker/name".to_owned()),
        },
        endpoint: "/v1/chat/completions".to_owned(),
        window: "24h".to_owned(),
        tags: std::collections::BTreeMap::new(),
        api_version: None,
    }
}

fn batch(id: &str, status: &str, model: &str, total: u32, created_at: i64) -> Value {
    json!({"id": id, "status": status, "model": model, "created_at": created_at, "results": null,
        "request_counts": {"total": total, "completed": 0, "failed": 0}})
}

#[tokio::test]
async fn a_create_is_one_body_in_order_and_of_known_length() {
    let (server, dir) = (MockServer::start().await, tempfile::tempdir().unwrap());
    answers(&server, "GET", "/api/v1/batches", 200, json!({"data": []})).await;
    let made = json!({"id": "batch-1", "status": "validating", "results": null});
    answers(&server, "POST", "/api/v1/batches", 202, made).await;
    let order = order(&dir);
    let client = client(&server, "/api/v1");
    assert_eq!(client.upload(&order.parcel).await.unwrap().file_id, "tabane-j-1");
    let Created::Made(batch) = client.create(&order).await else {
        panic!()
    };
    assert_eq!(batch.id, "batch-1");
    let requests = server.received_requests().await.unwrap();
    let sent = requests
        .iter()
        .find(|request| request.method.as_str() == "POST")
        .unwrap();
    let expected = concat!(
        r#"{"endpoint":"/v1/chat/completions","model":"maker/name:batch","requests":["#,
        r#"{"custom_id":"n-1","body":{"a":"束"}},{"custom_id":"n-2","body":{}}]}"#,
    );
    assert_eq!(String::from_utf8(sent.body.clone()).unwrap(), expected);
    assert_eq!(
        sent.headers["content-length"].to_str().unwrap(),
        expected.len().to_string()
    );
    assert!(!sent.headers.contains_key("transfer-encoding"));
    assert_eq!(sent.headers["idempotency-key"], "tabane-j-1");
}

#[tokio::test]
async fn a_create_that_cannot_begin_is_certain() {
    let (server, dir) = (MockServer::start().await, tempfile::tempdir().unwrap());
    // Not one account's batches are spoken of.
    let created = client(&server, "/api/v1").create(&order(&dir)).await;
    let Created::Refused { failure, kind, .. } = created else {
        panic!("{created:?}")
    };
    assert_eq!(
        (failure.code.as_str(), kind),
        ("batches-not-available", Refusal::Other)
    );
    answers(&server, "GET", "/api/v1/batches", 200, json!({"data": []})).await;
    let mut order = order(&dir);
    order.parcel.file = dir.path().join("nowhere");
    let created = client(&server, "/api/v1").create(&order).await;
    assert!(
        matches!(
            created,
            Created::Refused {
                kind: Refusal::Other,
                ..
            }
        ),
        "{created:?}"
    );
    let requests = server.received_requests().await.unwrap();
    assert!(requests.iter().all(|request| request.method.as_str() == "GET"));
}

#[tokio::test]
async fn the_older_root_is_found_and_remembered() {
    for typed in ["/api/v1", "/api/beta", "/api/v1/batches"] {
        let (server, dir) = (MockServer::start().await, tempfile::tempdir().unwrap());
        answers(&server, "GET", "/api/beta/batches", 200, json!({"data": []})).await;
        let running = batch("b", "in_progress", "m", 2, 1);
        answers(&server, "GET", "/api/beta/batches/b", 200, running.clone()).await;
        answers(&server, "POST", "/api/beta/batches", 202, running).await;
        answers(
            &server,
            "GET",
            "/api/v1/models",
            200,
            json!({"data": [{"id": "m"}]}),
        )
        .await;
        let client = client(&server, typed);
        assert_eq!(client.get("b").await.unwrap().id, "b", "{typed}");
        assert!(matches!(client.create(&order(&dir)).await, Created::Made(_)));
        assert_eq!(client.test().await.unwrap().models.len(), 1);
        let requests = server.received_requests().await.unwrap();
        let lists = requests
            .iter()
            .filter(|request| request.url.path() == "/api/v1/batches");
        assert_eq!(lists.count(), 1, "{typed}");
    }
}

#[tokio::test]
async fn a_batch_that_is_not_there_yet_is_not_found() {
    let server = MockServer::start().await;
    answers(&server, "GET", "/api/v1/batches", 200, json!({"data": []})).await;
    let missing = json!({"error": {"message": "Batch not found", "code": 404}});
    answers(&server, "GET", "/api/v1/batches/b", 404, missing).await;
    let client = client(&server, "/api/v1");
    assert_eq!(client.get("b").await.unwrap_err().kind, FaultKind::NotFound);
}

#[tokio::test]
async fn only_what_could_be_ours_is_found() {
    let (server, dir) = (MockServer::start().await, tempfile::tempdir().unwrap());
    let model = "maker/name:batch";
    let list = json!({"data": [
        batch("running", "in_progress", model, 2, 1_000),
        batch("checked", "validating", model, 0, 1_000),
        batch("other-model", "in_progress", "maker/other:batch", 2, 1_000),
        batch("other-total", "in_progress", model, 3, 1_000),
        batch("too-old", "in_progress", model, 2, 399),
        batch("theirs", "completed", model, 2, 1_000),
        json!({"no": "id"}),
        7,
    ]});
    answers(&server, "GET", "/api/v1/batches", 200, list).await;
    let row = |id: &str| json!({"results": [{"custom_id": null}, {"custom_id": id}], "id": "x", "status": "completed"});
    answers(&server, "GET", "/api/v1/batches/theirs", 200, row("n-3")).await;
    let order = order(&dir);
    let wanted = Wanted {
        app_job: "j".to_owned(),
        part: "1".to_owned(),
        parcel: order.parcel,
        nonce: "n".to_owned(),
        file_id: Some(order.file_id),
        since: 1_000_000,
    };
    let found = client(&server, "/api/v1").find(&wanted).await.unwrap();
    let ids: Vec<_> = found.iter().map(|batch| batch.id.as_str()).collect();
    assert_eq!(ids, ["running", "checked"]);
    // One whose results are ours leaves no doubt.
    server.reset().await;
    let list = json!([
        batch("running", "in_progress", model, 2, 1_000),
        batch("ours", "completed", model, 2, 1_000),
    ]);
    answers(&server, "GET", "/api/v1/batches", 200, list).await;
    answers(&server, "GET", "/api/v1/batches/ours", 200, row("n-2")).await;
    let found = client(&server, "/api/v1").find(&wanted).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].id, "ours");
}

#[tokio::test]
async fn a_page_instead_of_a_list_is_no_answer() {
    let server = MockServer::start().await;
    let page = ResponseTemplate::new(200).set_body_raw("<html>Sign in</html>", "text/html");
    Mock::given(path("/api/v1/batches"))
        .respond_with(page)
        .mount(&server)
        .await;
    let fault = client(&server, "/api/v1").list(5).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotAnApi);
}

#[tokio::test]
async fn pages_are_read_where_there_are_some() {
    let server = MockServer::start().await;
    let first = json!({"data": [batch("a", "completed", "m", 1, 1)], "has_more": true});
    let second = json!({"data": [batch("b", "completed", "m", 1, 1)], "has_more": true});
    Mock::given(wiremock::matchers::query_param("after", "a"))
        .respond_with(ResponseTemplate::new(200).set_body_json(second.clone()))
        .with_priority(1)
        .mount(&server)
        .await;
    Mock::given(wiremock::matchers::query_param("after", "b"))
        .respond_with(ResponseTemplate::new(200).set_body_json(second))
        .with_priority(1)
        .mount(&server)
        .await;
    answers(&server, "GET", "/api/v1/batches", 200, first).await;
    let found = client(&server, "/api/v1").list(9).await.unwrap();
    assert_eq!(found.len(), 2);
}

#[tokio::test]
async fn models_with_a_variant_for_batches_are_marked() {
    let server = MockServer::start().await;
    let list = json!({"data": [{"id": "a/x"}, {"id": "a/x:batch"}, {"id": "a/y"}, {"id": "a/y:free"}]});
    answers(&server, "GET", "/api/v1/models", 200, list).await;
    let models = client(&server, "/api/v1").models().await.unwrap();
    let marks: Vec<_> = models.iter().map(|model| model.batch).collect();
    assert_eq!(marks, [Some(true), Some(true), None, None]);
}
