use std::time::Duration;

use tokio::io::AsyncReadExt;

use super::*;
use crate::{Created, Refusal};

const MADE: &str = "2026-11-24T18:37:24Z";

#[tokio::test]
async fn the_lines_become_one_object_of_known_length() {
    let dir = tempfile::tempdir().unwrap();
    let server = service(answer(200, &batch("msgbatch_1", "in_progress", MADE, 3))).await;
    let lines = [
        r#"{"custom_id":"n-1","params":{"a":"1, 2"}}"#,
        r#"{"custom_id":"n-2","params":{}}"#,
        r#"{"custom_id":"n-3","params":{"b":"束"}}"#,
    ];
    let sent = order(parcel(dir.path(), &lines));
    let Created::Made(made) = client(&server.uri()).create(&sent).await else {
        panic!()
    };
    assert_eq!((made.id.as_str(), made.counts.total), ("msgbatch_1", Some(3)));
    let request = &server.received_requests().await.unwrap()[0];
    assert_eq!(request.url.path(), "/v1/messages/batches");
    assert_eq!(request.headers["x-api-key"], KEY);
    assert!(!request.headers.contains_key("authorization"));
    assert_eq!(request.headers["anthropic-version"], "2026-10-21");
    assert_eq!(request.headers["content-length"], request.body.len().to_string());
    let body: Value = request.body_json().unwrap();
    let expected: Vec<Value> = lines
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(body, json!({ "requests": expected }));
}

#[tokio::test]
async fn the_version_is_the_jobs() {
    let dir = tempfile::tempdir().unwrap();
    let server = service(answer(200, &batch("msgbatch_1", "in_progress", MADE, 1))).await;
    let sent = Order {
        api_version: claude().api_version(true).map(str::to_owned),
        ..order(parcel(dir.path(), &["{}"]))
    };
    client(&server.uri()).create(&sent).await;
    let request = &server.received_requests().await.unwrap()[0];
    assert_eq!(request.headers["anthropic-version"], "2023-06-01");
}

/// How a create ends against this answer. It is never sent twice.
async fn create(answer: ResponseTemplate) -> Created {
    let dir = tempfile::tempdir().unwrap();
    let server = service(answer).await;
    let created = client(&server.uri())
        .create(&order(parcel(dir.path(), &["{}"])))
        .await;
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    created
}

#[tokio::test]
async fn the_services_own_no_is_clear() {
    let spent = json!({"type": "error", "error": {"type": "rate_limit_error", "message": "m",
        "details": {"error_code": "enforced_spend_limit_reached"}}});
    let no_credit = json!({"type": "error", "error": {"type": "invalid_request_error",
        "message": "Your credit balance is too low to access the Anthropic API."}});
    for (answer, kind) in [
        (answer(400, &error("invalid_request_error")), Refusal::Other),
        (answer(400, &no_credit), Refusal::Balance),
        (answer(401, &error("authentication_error")), Refusal::Key),
        (answer(402, &error("billing_error")), Refusal::Balance),
        (answer(403, &error("permission_error")), Refusal::Key),
        (answer(413, &error("request_too_large")), Refusal::TooLarge),
        // From the network in front of the service.
        (
            ResponseTemplate::new(413).set_body_raw("<html>413</html>", "text/html"),
            Refusal::TooLarge,
        ),
        (answer(429, &error("rate_limit_error")), Refusal::RateLimited),
        (answer(429, &spent), Refusal::Balance),
    ] {
        let Created::Refused { kind: found, .. } = create(answer).await else {
            panic!("{kind:?}")
        };
        assert_eq!(found, kind);
    }
    let ramp = json!({"type": "error", "error": {"type": "rate_limit_error", "message": "m",
        "details": {"error_code": "ramp_limit_exceeded"}}});
    let Created::Refused {
        retry_after, kind, ..
    } = create(answer(429, &ramp).insert_header("retry-after", "30")).await
    else {
        panic!()
    };
    assert_eq!(
        (kind, retry_after),
        (Refusal::RateLimited, Some(Duration::from_secs(30)))
    );
}

#[tokio::test]
async fn what_may_have_made_a_batch_is_unclear() {
    for answer in [
        answer(500, &error("api_error")),
        answer(504, &error("timeout_error")),
        answer(529, &error("overloaded_error")),
        answer(200, &json!({"type": "message_batch"})),
        ResponseTemplate::new(200).set_body_string("<html>Sign in</html>"),
        ResponseTemplate::new(307).insert_header("location", "http://127.0.0.1:9/x"),
    ] {
        assert!(matches!(create(answer).await, Created::Unclear(_)));
    }
}

#[tokio::test]
async fn a_part_that_cannot_be_read_is_never_sent() {
    let dir = tempfile::tempdir().unwrap();
    let server = service(answer(200, &json!({}))).await;
    let missing = order(parcel(dir.path(), &["{}"]));
    std::fs::remove_file(&missing.parcel.file).unwrap();
    let Created::Refused { kind, failure, .. } = client(&server.uri()).create(&missing).await else {
        panic!()
    };
    assert_eq!((kind, failure.code.as_str()), (Refusal::Other, "file-not-found"));
    assert!(server.received_requests().await.unwrap().is_empty());
}

/// A service that reads so many bytes and hangs up.
/// A service that hangs up when it has seen these words, or so many bytes.
async fn cut_after(words: &'static str, most: usize) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (mut seen, mut buffer) = (Vec::new(), vec![0; 1 << 16]);
            while let Ok(length @ 1..) = stream.read(&mut buffer).await {
                seen.extend_from_slice(&buffer[..length]);
                if seen.len() >= most || String::from_utf8_lossy(&seen).contains(words) {
                    break;
                }
            }
        }
    });
    address
}

#[tokio::test]
async fn half_an_object_makes_no_batch_and_a_whole_one_may() {
    let dir = tempfile::tempdir().unwrap();
    let line = format!(
        r#"{{"custom_id":"n-1","params":{{"x":"{}"}}}}"#,
        "x".repeat(64 << 20)
    );
    let large = order(parcel(dir.path(), &[&line]));
    let created = client(&cut_after("]}", 1 << 20).await).create(&large).await;
    let Created::Refused { kind, failure, .. } = created else {
        panic!("{created:?}")
    };
    assert_eq!((kind, failure.code.as_str()), (Refusal::Network, "network-cut"));
    let small = order(parcel(dir.path(), &["{}"]));
    let created = client(&cut_after("{}]}", 1 << 20).await).create(&small).await;
    assert!(matches!(created, Created::Unclear(_)), "{created:?}");
}
