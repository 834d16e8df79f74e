//! How an account is let in.

use super::*;
use crate::vertex::oauth::tests::pem;
use crate::{Created, FaultKind};

fn account(fake: &Fake, changes: &serde_json::Value) -> String {
    let mut file = serde_json::json!({
        "type": "service_account", "project_id": "p", "private_key_id": "k1", "private_key": pem(),
        "client_email": "tabane@p.iam.gserviceaccount.com", "token_uri": format!("{}/token", fake.running.base_url),
    });
    for (name, value) in changes.as_object().unwrap() {
        file[name] = value.clone();
    }
    file.to_string()
}

async fn tokens(fake: &Fake) -> u64 {
    fake.told("log").await["calls"]["POST /token"]
        .as_u64()
        .unwrap_or(0)
}

#[tokio::test]
async fn one_token_serves_an_account_until_it_is_refused() {
    let fake = fake("{}").await;
    let key = account(&fake, &serde_json::json!({}));
    for _ in 0..3 {
        // Opened anew for each step, as the engine does.
        open(&fake.running.base_url, &key, &[("bucket", "b")])
            .list(1)
            .await
            .unwrap();
    }
    assert_eq!(tokens(&fake).await, 1);
    let url = format!("{}/practice/faults", fake.running.base_url);
    reqwest::Client::new()
        .put(url)
        .body(r#"{"refuse_key":1}"#)
        .send()
        .await
        .unwrap();
    open(&fake.running.base_url, &key, &[("bucket", "b")])
        .list(1)
        .await
        .unwrap();
    assert_eq!(tokens(&fake).await, 2);
}

#[tokio::test]
async fn a_create_with_an_old_token_is_not_sent_twice_but_may_be_sent_again() {
    let fake = fake("{}").await;
    let key = account(&fake, &serde_json::json!({ "client_email": "other@p" }));
    let provider = open(&fake.running.base_url, &key, &[("bucket", "b")]);
    let parcel = parcel(fake.dir.path(), 1, 1);
    let uploaded = provider.upload(&parcel).await.unwrap();
    let url = format!("{}/practice/faults", fake.running.base_url);
    reqwest::Client::new()
        .put(url)
        .body(r#"{"refuse_key":1}"#)
        .send()
        .await
        .unwrap();
    let order = order(&parcel, 1, &uploaded.file_id);
    let refused = provider.create(&order).await;
    assert!(
        matches!(
            refused,
            Created::Refused {
                kind: crate::Refusal::Network,
                ..
            }
        ),
        "{refused:?}"
    );
    assert_eq!(fake.told("log").await["batches_made"], 0);
    assert!(matches!(provider.create(&order).await, Created::Made(_)));
}

#[tokio::test]
async fn an_account_that_is_no_more_is_told_in_words() {
    let fake = fake("{}").await;
    let key = account(&fake, &serde_json::json!({ "client_email": "revoked@p" }));
    let provider = open(&fake.running.base_url, &key, &[("bucket", "b")]);
    let fault = provider.test().await.unwrap_err();
    assert_eq!(
        (fault.failure.code.as_str(), &fault.kind),
        ("credentials-revoked", &FaultKind::Key)
    );
    assert!(!format!("{fault:?}").contains("PRIVATE"));
    let parcel = parcel(fake.dir.path(), 1, 1);
    let created = provider.create(&order(&parcel, 1, "gs://b/x/y")).await;
    assert!(
        matches!(
            created,
            Created::Refused {
                kind: crate::Refusal::Key,
                ..
            }
        ),
        "{created:?}"
    );
}

#[test]
fn keys_that_are_of_no_use_are_refused_without_a_word_of_them() {
    let here = "http://127.0.0.1:9";
    let google = "https://aiplatform.googleapis.com/v1";
    let file = |kind: &str| format!(r#"{{"type":"{kind}","client_id":"secret-word"}}"#);
    for (base, key, code) in [
        (google, "secret-word".to_owned(), "key-malformed"),
        (google, "{secret-word".to_owned(), "key-malformed"),
        (google, r#"{"secret-word":1}"#.to_owned(), "key-malformed"),
        (google, file("service_account"), "key-malformed"),
        (google, file("external_account"), "credentials-not-supported"),
        (
            google,
            file("impersonated_service_account"),
            "credentials-not-supported",
        ),
        (here, file("gdch_service_account"), "credentials-not-supported"),
    ] {
        let failure = try_open(base, &key, &[("bucket", "b")]).err().unwrap();
        assert_eq!(failure.code, code, "{key}");
        assert!(!format!("{failure:?}").contains("secret-word"));
    }
    // A signed claim goes to Google alone.
    let wrong = serde_json::json!({ "type": "service_account", "private_key": pem(), "client_email": "a@b",
        "token_uri": "https://evil.example/token" });
    assert_eq!(
        try_open(google, &wrong.to_string(), &[("bucket", "b")])
            .err()
            .unwrap()
            .code,
        "key-malformed"
    );
}
