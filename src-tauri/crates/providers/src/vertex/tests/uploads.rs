//! Files that go up in pieces, over lines that break.

use super::*;
use crate::FaultKind;

/// Lines of some kilobytes, so that a file has several pieces.
fn big(dir: &Path) -> Parcel {
    let mut parcel = parcel(dir, 1, 1);
    let mut text = String::new();
    for number in 0..5_000 {
        let request = serde_json::json!({
            "contents": [{ "role": "user", "parts": [{ "text": format!("{number} {}", "x".repeat(4_000)) }] }],
        });
        text += &serde_json::json!({ "custom_id": format!("k-{number}"), "request": request }).to_string();
        text.push('\n');
    }
    std::fs::write(&parcel.file, &text).unwrap();
    (parcel.requests, parcel.bytes) = (5_000, text.len() as u64);
    parcel
}

#[tokio::test]
async fn a_cut_upload_goes_on_where_it_was() {
    for settings in [&[("bucket", "b")][..], &[("dataset", "d")]] {
        let fake = fake(r#"{"cut_upload":2}"#).await;
        let parcel = big(fake.dir.path());
        assert!(parcel.bytes > 17 << 20);
        fake.open(settings).upload(&parcel).await.unwrap();
        // A note of a session is no more.
        assert!(!fake.dir.path().join("part-1.jsonl.session").exists());
        let exchanges = fake.told("exchanges").await;
        let begun = exchanges
            .as_array()
            .unwrap()
            .iter()
            .filter(|call| call["method"] == "POST")
            .count();
        assert_eq!(begun, 1, "a session that is there is used again");
    }
}

#[tokio::test]
async fn an_upload_that_was_given_up_goes_on_with_the_next_call() {
    let fake = fake(r#"{"cut_upload":100}"#).await;
    let parcel = big(fake.dir.path());
    let provider = fake.open(&[("bucket", "b")]);
    // Each cut keeps some of it: this ends after a while in any case.
    let note = fake.dir.path().join("part-1.jsonl.session");
    let uploading =
        tokio::time::timeout(std::time::Duration::from_millis(900), provider.upload(&parcel)).await;
    assert!(uploading.is_err() && note.exists());
    let url = format!("{}/practice/faults", fake.running.base_url);
    reqwest::Client::new().put(url).body("{}").send().await.unwrap();
    provider.upload(&parcel).await.unwrap();
    let exchanges = fake.told("exchanges").await;
    let begun = exchanges
        .as_array()
        .unwrap()
        .iter()
        .filter(|call| call["method"] == "POST")
        .count();
    assert_eq!((begun, note.exists()), (1, false));
}

#[tokio::test]
async fn a_session_that_is_lost_begins_anew() {
    let fake = fake("{}").await;
    let parcel = parcel(fake.dir.path(), 1, 3);
    let note = fake.dir.path().join("part-1.jsonl.session");
    for lost in [
        format!("{}/upload/storage/v1/b/b/o?upload_id=gone", fake.running.base_url),
        // Never a token to somebody else.
        "https://evil.example/upload?upload_id=1".to_owned(),
        "nonsense".to_owned(),
    ] {
        std::fs::write(&note, lost).unwrap();
        fake.open(&[("bucket", "b")]).upload(&parcel).await.unwrap();
        assert!(!note.exists());
    }
}

#[tokio::test]
async fn too_large_is_told_so() {
    let fake = fake(r#"{"upload_too_large_above":10}"#).await;
    for settings in [&[("bucket", "b")][..], &[("dataset", "d")]] {
        let fault = fake
            .open(settings)
            .upload(&parcel(fake.dir.path(), 1, 3))
            .await
            .unwrap_err();
        assert_eq!(fault.kind, FaultKind::TooLarge);
    }
}

#[tokio::test]
async fn a_load_that_fails_says_why_and_another_is_tried_afterwards() {
    let fake = fake("{}").await;
    let provider = fake.open(&[("dataset", "d")]);
    let mut wrong = parcel(fake.dir.path(), 1, 1);
    std::fs::write(&wrong.file, "{\"custom_id\":\"a\",\"requests\":{}}\n").unwrap();
    wrong.bytes = 10;
    let fault = provider.upload(&wrong).await.unwrap_err();
    assert_eq!(fault.failure.code, "load-failed");
    assert_eq!(fault.failure.detail.as_deref(), Some("No such field: requests."));
    provider.upload(&parcel(fake.dir.path(), 1, 3)).await.unwrap();
}
