//! Uploads that are cut off, taken up again, and found to be there already.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Fake, line, parcel};
use crate::{FaultKind, Parcel};

const UPLOADS: &str = "POST /upload/v1beta/files";

/// More than one piece of 8 MiB.
fn large(fake: &Fake) -> Parcel {
    let file = fake.path("large.jsonl");
    let text = "x".repeat(9 << 20);
    std::fs::write(
        &file,
        [line("k3f9-000001", &text), line("k3f9-000002", &text)].concat(),
    )
    .unwrap();
    parcel(&file, 2)
}

#[tokio::test]
async fn pieces_that_are_cut_off_go_on_from_what_was_received() {
    let fake = Fake::start(r#"{"cut_upload":2}"#).await;
    let (provider, parcel) = (fake.provider(), large(&fake));
    let file = provider.upload(&parcel).await.unwrap().file_id;
    // What arrived is what was sent: the service's own sum says so, or it would not be taken over.
    assert_eq!(provider.upload(&parcel).await.unwrap().file_id, file);
    // A start, two cuts with a question each, and two or three pieces; a start again.
    let calls = fake.calls(UPLOADS).await;
    assert!((8..=9).contains(&calls), "{calls}");
    assert!(!fake.path("large.jsonl.upload").exists());
}

#[tokio::test]
async fn an_upload_that_was_given_up_is_taken_up_again() {
    let fake = Fake::start(r#"{"cut_upload":100}"#).await;
    let (provider, parcel) = (fake.provider(), large(&fake));
    let fault = provider.upload(&parcel).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Network);
    assert!(fake.path("large.jsonl.upload").exists());
    fake.set_faults("{}").await;
    let before = fake.calls(UPLOADS).await;
    let file = fake.provider().upload(&parcel).await.unwrap().file_id;
    assert!(!fake.path("large.jsonl.upload").exists());
    // A question and what was left: no second start.
    assert!(fake.calls(UPLOADS).await - before <= 4);
    assert_eq!(provider.upload(&parcel).await.unwrap().file_id, file);
}

#[tokio::test]
async fn a_session_of_another_content_or_that_is_over_is_not_taken_up() {
    let fake = Fake::start("{}").await;
    let (provider, parcel) = (fake.provider(), fake.parcel(1));
    let beside = fake.path("part-1.jsonl.upload");
    let sum: String = Sha256::digest(std::fs::read(&parcel.file).unwrap())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let left = |sum: &str| {
        json!({ "url": format!("{}/upload/v1beta/files?upload_id=over", fake.running.base_url), "name": "files/x",
            "bytes": parcel.bytes, "sha256": sum, "granularity": 1 })
        .to_string()
    };
    for session in ["no session".to_owned(), left("0"), left(&sum)] {
        std::fs::write(&beside, session).unwrap();
        assert!(provider.upload(&parcel).await.is_ok());
    }
    // Only the last was asked for.
    assert_eq!(fake.calls(UPLOADS).await, 1 + 1 + 1 + 1 + 1);
}

#[tokio::test]
async fn a_name_that_another_content_has_is_left_to_it() {
    let fake = Fake::start("{}").await;
    let provider = fake.provider();
    let first = provider.upload(&fake.parcel(1)).await.unwrap().file_id;
    let second = provider.upload(&fake.parcel(2)).await.unwrap().file_id;
    assert_ne!(first, second);
    assert_eq!(provider.upload(&fake.parcel(1)).await.unwrap().file_id, first);
    assert_eq!(provider.upload(&fake.parcel(2)).await.unwrap().file_id, second);
}

#[tokio::test]
async fn what_is_too_large_is_said_to_be() {
    let fake = Fake::start(r#"{"upload_too_large_above":10}"#).await;
    let fault = fake.provider().upload(&fake.parcel(1)).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::TooLarge);
}
