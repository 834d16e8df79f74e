use super::*;
use crate::creating::ended;
use crate::{Created, Fault, FaultKind, Order, Provider, Refusal};
use std::collections::BTreeMap;
use tabane_model::{Failure, RemoteState};

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

/// How a create ends against this answer. It is never sent twice.
async fn create(answer: ResponseTemplate) -> Created {
    let server = service(answer).await;
    let created = client(&server.uri()).create(&order()).await;
    assert_eq!(calls(&server).await, 1);
    created
}

fn refusal(created: Created) -> (Refusal, String, Option<Duration>) {
    match created {
        Created::Refused {
            failure,
            retry_after,
            kind,
        } => (kind, failure.code, retry_after),
        other => panic!("{other:?}"),
    }
}

fn unclear(created: Created) -> Failure {
    match created {
        Created::Unclear(failure) => failure,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_batch_is_made_and_everything_was_said() {
    let server = service(answer(202, &json!({"id": "batch_1", "status": "validating"}))).await;
    let Created::Made(batch) = client(&server.uri()).create(&order()).await else {
        panic!()
    };
    assert_eq!(
        (batch.id.as_str(), batch.state),
        ("batch_1", RemoteState::Validating)
    );
    let request = &server.received_requests().await.unwrap()[0];
    assert_eq!(
        (request.method.as_str(), request.url.path()),
        ("POST", "/v1/batches")
    );
    assert_eq!(request.headers["authorization"], format!("Bearer {KEY}"));
    assert_eq!(
        request.headers["user-agent"],
        format!("Tabane/{}", env!("CARGO_PKG_VERSION"))
    );
    let body: Value = request.body_json().unwrap();
    let expected = json!({"input_file_id": "file-1", "endpoint": "/v1/chat/completions",
        "completion_window": "24h", "metadata": {"app_job": "j"}});
    assert_eq!(body, expected);
}

#[tokio::test]
async fn the_services_own_no_is_clear() {
    let quota = json!({"error": {"message": "m", "type": "insufficient_quota"}});
    for (status, body, kind, code) in [
        (400, error("m"), Refusal::Other, "refused-by-provider"),
        (
            400,
            error("Cannot find file file-1, or organization o does not have access"),
            Refusal::FileNotFound,
            "refused-by-provider",
        ),
        (
            404,
            error("No such File object: file-1"),
            Refusal::FileNotFound,
            "not-found-at-provider",
        ),
        (401, error("m"), Refusal::Key, "key-refused"),
        (402, error("m"), Refusal::Balance, "balance-empty"),
        (429, quota, Refusal::Balance, "balance-empty"),
        (413, error("m"), Refusal::TooLarge, "file-too-large-for-provider"),
        (
            422,
            json!({"detail": [{"msg": "m"}]}),
            Refusal::Other,
            "refused-by-provider",
        ),
        (429, error("m"), Refusal::RateLimited, "rate-limited"),
    ] {
        let (found, found_code, wait) = refusal(create(answer(status, &body)).await);
        assert_eq!(
            (found, found_code.as_str(), wait),
            (kind, code, None),
            "{status} {body}"
        );
    }
    let busy = answer(429, &error("m")).insert_header("retry-after", "7");
    let (kind, _, wait) = refusal(create(busy).await);
    assert_eq!((kind, wait), (Refusal::RateLimited, Some(Duration::from_secs(7))));
}

#[tokio::test]
async fn what_may_have_made_a_batch_is_unclear() {
    for (answer, code) in [
        (answer(500, &error("m")), "provider-in-trouble"),
        (answer(408, &error("m")), "provider-in-trouble"),
        (html(503), "provider-in-trouble"),
        (
            answer(503, &error("m")).insert_header("retry-after", "7"),
            "provider-in-trouble",
        ),
        (html(429).insert_header("retry-after", "7"), "rate-limited"),
        (html(401), "key-refused"),
        (html(400), "not-an-api"),
        (answer(400, &json!({})), "not-an-api"),
        (html(200), "not-an-api"),
        (answer(200, &json!({"status": "ok"})), "not-an-api"),
        (ResponseTemplate::new(204), "not-an-api"),
    ] {
        assert_eq!(unclear(create(answer).await).code, code);
    }
}

#[tokio::test]
async fn no_redirect_carries_a_create_elsewhere() {
    let other = service(answer(200, &json!({"id": "batch_1"}))).await;
    for status in [302, 307, 308] {
        let redirect = ResponseTemplate::new(status).insert_header("location", format!("{}/x", other.uri()));
        assert_eq!(unclear(create(redirect).await).code, "not-an-api");
    }
    assert_eq!(calls(&other).await, 0);
}

#[tokio::test]
async fn a_cut_is_unclear_and_sent_once() {
    const NOTHING: &[&str] = &[""];
    const HALF: &[&str] = &["HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"id\":\"batch_1\""];
    const HALF_A_NO: &[&str] = &["HTTP/1.1 400 Bad Request\r\ncontent-length: 500\r\n\r\n{\"error\":{\"mess"];
    for (answers, code) in [
        (NOTHING, "network-cut"),
        (HALF, "network-cut"),
        (HALF_A_NO, "not-an-api"),
    ] {
        let (address, connections) = raw_service(answers).await;
        assert_eq!(unclear(client(&address).create(&order()).await).code, code);
        assert_eq!(connections.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn no_answer_in_time_is_unclear() {
    let server = service(ResponseTemplate::new(200).set_delay(Duration::from_secs(5))).await;
    let client = client(&server.uri());
    let reply = client
        .http
        .reply(client.http.act("/batches").timeout(Duration::from_millis(100)))
        .await;
    let never = |_: &_| {
        Err(Fault {
            failure: Failure::new("internal"),
            kind: FaultKind::Disk,
        })
    };
    assert_eq!(unclear(ended(reply, never)).code, "network-timeout");
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_sent() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (kind, code, _) = refusal(client(&address).create(&order()).await);
    assert_eq!((kind, code.as_str()), (Refusal::Network, "network-unreachable"));
}

#[tokio::test]
async fn a_key_that_is_repeated_is_hidden() {
    let created = create(answer(
        401,
        &error(&format!("Incorrect API key provided: {KEY}.")),
    ))
    .await;
    let shown = format!("{created:?}");
    assert!(
        shown.contains("provided: [key].") && !shown.contains(KEY),
        "{shown}"
    );
}
