//! From the create to the rows.

use std::collections::BTreeMap;
use std::time::Duration;

use tabane_model::{Outcome, RemoteCounts, RemoteState, Status};

use super::{Fake, ended, order, provider};
use crate::{Batch, Created, FaultKind, Parcel, Provider, Refusal, Wanted, read_result_line};

async fn made(provider: &dyn Provider, parcel: &Parcel) -> Batch {
    let uploaded = provider.upload(parcel).await.unwrap();
    match provider.create(&order(parcel, &uploaded.file_id)).await {
        Created::Made(batch) => batch,
        other => panic!("{other:?}"),
    }
}

/// The rows by their ids.
async fn rows(fake: &Fake, provider: &dyn Provider, batch: &Batch) -> BTreeMap<String, Outcome> {
    let to = fake.path("out.jsonl");
    let output = batch.output_file_id.as_deref().unwrap();
    let fetched = provider.download(output, &to).await.unwrap();
    let text = std::fs::read_to_string(&to).unwrap();
    assert_eq!(fetched.bytes, text.len() as u64);
    text.lines()
        .map(read_result_line)
        .map(|outcome| (outcome.wire_id.clone().unwrap(), outcome))
        .collect()
}

fn wanted(parcel: &Parcel, file_id: Option<&str>) -> Wanted {
    Wanted {
        app_job: "j".to_owned(),
        part: "1".to_owned(),
        parcel: parcel.clone(),
        nonce: "k3f9".to_owned(),
        file_id: file_id.map(str::to_owned),
        since: jiff::Timestamp::now().as_millisecond(),
    }
}

#[tokio::test]
async fn a_whole_batch() {
    let fake = Fake::start(
        r#"{"shuffle":true,"refusal_rows":[1],"fail_rows":{"rows":[2],"status":429},"length_rows":[3]}"#,
    )
    .await;
    let (provider, parcel) = (fake.provider(), fake.parcel(5));
    let batch = made(&*provider, &parcel).await;
    assert!(batch.id.starts_with("batches/"), "{}", batch.id);
    assert_eq!(batch.name.as_deref(), Some("tabane-j-1"));
    let batch = ended(&*provider, &batch.id).await;
    assert_eq!(batch.state, RemoteState::Completed);
    let counts = RemoteCounts {
        total: Some(5),
        completed: Some(4),
        failed: Some(1),
    };
    assert_eq!(batch.counts, counts);
    let output = batch.output_file_id.clone().unwrap();
    assert_eq!(output.len(), "files/".len() + 42, "{output}");
    let rows = rows(&fake, &*provider, &batch).await;
    assert_eq!(rows.len(), 5);
    let good = &rows["k3f9-000001"];
    assert_eq!(good.status, Status::Succeeded);
    assert_eq!(
        (good.finish_reason.as_deref(), good.model.as_deref()),
        (Some("stop"), Some(super::MODEL))
    );
    assert!(good.answer.as_ref().is_some_and(|answer| !answer.is_empty()));
    assert!(good.input_tokens > Some(0) && good.output_tokens > Some(0));
    assert_eq!(rows["k3f9-000002"].error_code.as_deref(), Some("blocked"));
    assert_eq!(
        rows["k3f9-000003"].error_code.as_deref(),
        Some("RESOURCE_EXHAUSTED")
    );
    assert_eq!(rows["k3f9-000004"].finish_reason.as_deref(), Some("length"));
    // The second is told in other words.
    let again = ended(&*provider, &made(&*provider, &parcel).await.id).await;
    assert_eq!(
        (again.state, again.status_raw.as_str()),
        (RemoteState::Completed, "JOB_STATE_SUCCEEDED")
    );
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_is_found_by_name_or_file() {
    let fake = Fake::start(r#"{"create_then_cut":1}"#).await;
    let (provider, parcel) = (fake.provider(), fake.parcel(2));
    let file = provider.upload(&parcel).await.unwrap().file_id;
    let created = provider.create(&order(&parcel, &file)).await;
    assert!(matches!(created, Created::Unclear(_)), "{created:?}");
    let found = provider.find(&wanted(&parcel, None)).await.unwrap();
    assert_eq!(found.len(), 1);
    let other = Parcel {
        name: "tabane-j-2".to_owned(),
        ..parcel.clone()
    };
    let by_file = provider.find(&wanted(&other, Some(&file))).await.unwrap();
    assert_eq!(by_file, found);
    assert!(provider.find(&wanted(&other, None)).await.unwrap().is_empty());
    let later = Wanted {
        since: jiff::Timestamp::now().as_millisecond() + 11 * 60_000,
        ..wanted(&parcel, None)
    };
    assert!(provider.find(&later).await.unwrap().is_empty());
    assert_eq!(provider.list(10).await.unwrap().len(), 1);
    assert_eq!(fake.calls("POST /v1beta/models/{call}").await, 1);
}

#[tokio::test]
async fn refused_creates_say_why_and_how_long_to_wait() {
    let exhausted = r#"{"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED"}}"#;
    let fake = Fake::start(&format!(
        r#"{{"create_refuse":{{"status":429,"body":{exhausted},"retry_after":57}}}}"#
    ))
    .await;
    let (provider, parcel) = (fake.provider(), fake.parcel(1));
    let refusal = async |parcel: &Parcel, file: &str| match provider.create(&order(parcel, file)).await {
        Created::Refused {
            retry_after, kind, ..
        } => (kind, retry_after),
        other => panic!("{other:?}"),
    };
    let file = provider.upload(&parcel).await.unwrap().file_id;
    assert_eq!(
        refusal(&parcel, &file).await,
        (Refusal::RateLimited, Some(Duration::from_secs(57)))
    );
    assert_eq!(
        refusal(&parcel, "files/gone").await,
        (Refusal::FileNotFound, None)
    );
    let unknown = Parcel {
        model: Some("models/gpt-x".to_owned()),
        ..parcel.clone()
    };
    assert_eq!(refusal(&unknown, &file).await, (Refusal::Other, None));
    let none = Parcel {
        model: None,
        ..parcel
    };
    assert_eq!(refusal(&none, &file).await, (Refusal::Other, None));
}

#[tokio::test]
async fn a_cancel_and_a_batch_that_fails_its_check() {
    let fake = Fake::start(r#"{"fail_check":{"code":"x","message":"m"}}"#).await;
    let (provider, parcel) = (fake.provider(), fake.parcel(3));
    let failed = ended(&*provider, &made(&*provider, &parcel).await.id).await;
    assert_eq!(
        (failed.state, failed.output_file_id.as_ref()),
        (RemoteState::Failed, None)
    );
    assert_eq!(failed.errors[0].code, "INVALID_ARGUMENT");
    let batch = made(&*provider, &parcel).await;
    let bare = batch.id.strip_prefix("batches/").unwrap();
    provider.cancel(bare).await.unwrap();
    assert_eq!(ended(&*provider, bare).await.state, RemoteState::Cancelled);
    let fault = provider.cancel(bare).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Refused(400));
}

#[tokio::test]
async fn an_expired_batch_has_no_results_and_results_may_be_gone() {
    let fake = Fake::start(r#"{"expire_after_rows":1}"#).await;
    let (provider, parcel) = (fake.provider(), fake.parcel(2));
    let expired = ended(&*provider, &made(&*provider, &parcel).await.id).await;
    assert_eq!(
        (expired.state, expired.output_file_id),
        (RemoteState::Expired, None)
    );
    fake.set_faults(r#"{"results_gone":1}"#).await;
    let done = ended(&*provider, &made(&*provider, &parcel).await.id).await;
    let output = done.output_file_id.unwrap();
    let fault = provider.download(&output, &fake.path("out")).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotFound);
    assert!(provider.download(&output, &fake.path("out")).await.is_ok());
}

#[tokio::test]
async fn models_say_whether_they_answer_batches_and_a_wrong_key_is_a_wrong_key() {
    let fake = Fake::start("{}").await;
    let models = fake.provider().models().await.unwrap();
    let of = |id: &str| models.iter().find(|model| model.id == id).unwrap().batch;
    assert_eq!(
        (of("gemini-3.8-flash"), of("gemini-3.8-live")),
        (Some(true), Some(false))
    );
    let stranger = provider(&fake.running.base_url, "AIzaWrong");
    let fault = stranger.test().await.unwrap_err();
    assert_eq!(
        (fault.kind, fault.failure.code.as_str()),
        (FaultKind::Key, "key-refused")
    );
}

#[tokio::test]
async fn a_batch_made_elsewhere_with_its_requests_in_the_create() {
    let fake = Fake::start("{}").await;
    let request = |text: &str| serde_json::json!({ "contents": [{ "parts": [{ "text": text }] }] });
    let body = serde_json::json!({ "batch": { "display_name": "x", "input_config": { "requests": { "requests": [
        { "request": request("a"), "metadata": { "key": "i-1" } },
        { "request": request("b"), "metadata": { "key": "i-2" } } ] } } } });
    let url = format!(
        "{}/v1beta/models/gemini-3.8-flash:batchGenerateContent",
        fake.running.base_url
    );
    let sent = reqwest::Client::new()
        .post(url)
        .header("x-goog-api-key", &fake.running.key)
        .json(&body);
    assert!(sent.send().await.unwrap().status().is_success());
    let provider = fake.provider();
    let id = provider.list(1).await.unwrap().remove(0).id;
    let batch = ended(&*provider, &id).await;
    let rows = rows(&fake, &*provider, &batch).await;
    assert_eq!(rows.keys().collect::<Vec<_>>(), ["i-1", "i-2"]);
    assert!(rows.values().all(|row| row.status == Status::Succeeded));
}
