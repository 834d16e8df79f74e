use super::*;
use crate::{FaultKind, Provider};
use tabane_model::RemoteState;

const SOON: (&str, &str) = ("retry-after-ms", "5");

#[tokio::test]
async fn a_busy_service_is_asked_four_times_and_no_more() {
    for busy in [answer(429, &error("m")), html(503), html(529)] {
        let server = service(busy.insert_header(SOON.0, SOON.1)).await;
        let fault = client(&server.uri()).get("b").await.unwrap_err();
        assert_eq!(
            fault.kind,
            FaultKind::RateLimited {
                retry_after: Some(Duration::from_millis(5))
            }
        );
        assert_eq!(calls(&server).await, 4);
    }
}

#[tokio::test]
async fn a_long_pause_is_the_runners() {
    for (busy, code) in [
        (answer(429, &error("m")), "rate-limited"),
        (answer(503, &error("m")), "provider-in-trouble"),
    ] {
        let server = service(busy.insert_header("retry-after", "90")).await;
        let fault = client(&server.uri()).get("b").await.unwrap_err();
        let retry_after = Some(Duration::from_secs(90));
        assert_eq!(fault.kind, FaultKind::RateLimited { retry_after });
        assert_eq!((fault.failure.code.as_str(), calls(&server).await), (code, 1));
    }
}

#[tokio::test]
async fn a_fault_that_passes_is_waited_for() {
    let batch = json!({"id": "b/1", "status": "in_progress"});
    let busy = answer(429, &error("m")).insert_header(SOON.0, SOON.1);
    for first in [busy, html(502)] {
        let server = service_then(first, answer(200, &batch)).await;
        let batch = client(&server.uri()).get("b/1").await.unwrap();
        assert_eq!((batch.id.as_str(), batch.state), ("b/1", RemoteState::InProgress));
        let requests = server.received_requests().await.unwrap();
        assert_eq!((requests.len(), requests[1].url.path()), (2, "/v1/batches/b%2F1"));
    }
}

#[tokio::test]
async fn what_does_not_pass_is_asked_once() {
    for (answer, kind) in [
        (html(200), FaultKind::NotAnApi),
        (answer(200, &json!({"status": "x"})), FaultKind::NotAnApi),
        (answer(401, &error("m")), FaultKind::Key),
        (answer(404, &error("m")), FaultKind::NotFound),
        (answer(400, &error("m")), FaultKind::Refused(400)),
        (answer(402, &error("m")), FaultKind::Balance),
    ] {
        let server = service(answer).await;
        assert_eq!(client(&server.uri()).get("b").await.unwrap_err().kind, kind);
        assert_eq!(calls(&server).await, 1, "{kind:?}");
    }
}

#[tokio::test]
async fn a_batch_that_was_refused_says_why_without_the_key() {
    let message = format!("no access for {KEY}");
    let failed = json!({"id": "b", "status": "failed", "errors": {"data": [{"code": "c", "line": "3", "message": message}]}});
    let server = service(answer(200, &failed)).await;
    let error = client(&server.uri()).get("b").await.unwrap().errors.remove(0);
    assert_eq!(
        (error.line, error.message.as_str()),
        (Some(3), "no access for [key]")
    );
}

#[tokio::test]
async fn a_cancel_is_sent_once_and_the_batch_is_looked_at() {
    let server = service_then(
        answer(200, &json!({"ok": true})),
        answer(200, &json!({"id": "b", "status": "canceling"})),
    )
    .await;
    assert_eq!(
        client(&server.uri()).cancel("b").await.unwrap().state,
        RemoteState::Cancelling
    );
    let requests = server.received_requests().await.unwrap();
    let said: Vec<_> = requests
        .iter()
        .map(|request| (request.method.as_str(), request.url.path()))
        .collect();
    assert_eq!(said, [("POST", "/v1/batches/b/cancel"), ("GET", "/v1/batches/b")]);
    let server = service(html(500)).await;
    assert_eq!(
        client(&server.uri()).cancel("b").await.unwrap_err().kind,
        FaultKind::Server
    );
    assert_eq!(calls(&server).await, 1);
}

#[tokio::test]
async fn models_in_every_shape() {
    for models in [
        json!({"data": [{"id": "a"}, {"id": "b"}]}),
        json!([{"id": "a"}, {"name": "b"}]),
        json!(["a", "b"]),
    ] {
        let server = service(answer(200, &models)).await;
        let read = client(&server.uri()).models().await.unwrap();
        let ids: Vec<_> = read.into_iter().map(|model| model.id).collect();
        assert_eq!(ids, ["a", "b"], "{models}");
    }
    let server = service(answer(200, &json!({"hello": 1}))).await;
    assert_eq!(
        client(&server.uri()).models().await.unwrap_err().kind,
        FaultKind::NotAnApi
    );
}

#[tokio::test]
async fn a_service_that_seems_closed_is_said_so_and_gets_no_file() {
    for gone in [
        html(200),
        html(404),
        answer(410, &error("m")),
        answer(401, &error("m")),
    ] {
        let server = service(gone).await;
        let client = Client {
            may_be_closed: true,
            ..client(&server.uri())
        };
        assert_eq!(client.models().await.unwrap_err().failure.code, "service-closed");
        let fault = client.upload(&parcel("/nowhere".as_ref())).await.unwrap_err();
        assert_eq!(fault.failure.code, "service-closed");
        let requests = server.received_requests().await.unwrap();
        assert!(requests.iter().all(|request| request.method.as_str() == "GET"));
        // Of a service that is known to be there it is never said.
        let there = super::client(&server.uri());
        assert_ne!(there.models().await.unwrap_err().failure.code, "service-closed");
        // A job that is already there may well be charged: no word of "nothing was sent".
        assert_ne!(client.get("b").await.unwrap_err().failure.code, "service-closed");
    }
}

#[tokio::test]
async fn only_the_services_own_address_may_be_closed() {
    let kluster = crate::profile(&tabane_model::ProviderId::new("kluster")).unwrap();
    for (address, closed) in [
        ("https://api.kluster.ai/", true),
        ("https://gateway.example/v1", false),
    ] {
        let account = crate::Account {
            base_url: address.to_owned(),
            key: SecretString::from(KEY),
            settings: tabane_model::Settings::new(),
        };
        assert_eq!(
            Client::new(kluster, account).unwrap().may_be_closed,
            closed,
            "{address}"
        );
    }
}

#[tokio::test]
async fn without_a_key_none_is_sent() {
    let server = service(answer(200, &json!({"data": []}))).await;
    let custom = crate::profile(&tabane_model::ProviderId::new("custom")).unwrap();
    let account = crate::Account {
        base_url: server.uri(),
        key: SecretString::default(),
        settings: tabane_model::Settings::new(),
    };
    assert!(
        crate::open(custom, account)
            .unwrap()
            .models()
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        !server.received_requests().await.unwrap()[0]
            .headers
            .contains_key("authorization")
    );
}
