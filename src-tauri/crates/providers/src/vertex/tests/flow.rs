//! A batch from the first byte to the last, by each way that requests and answers can go.

use std::time::Duration;

use tabane_model::{RemoteState, Status};

use super::*;
use crate::{Batch, Created, FaultKind, Left, Refusal, Wanted, read_result_line};

const WAYS: [&[(&str, &str)]; 4] = [
    &[("bucket", "b")],
    &[("dataset", "d")],
    &[("bucket", "b"), ("dataset", "d")],
    &[
        ("bucket", "b"),
        ("dataset", "d"),
        ("input", "dataset"),
        ("output", "bucket"),
    ],
];

async fn made(provider: &dyn Provider, parcel: &Parcel, part: u32) -> Batch {
    let uploaded = provider.upload(parcel).await.unwrap();
    match provider.create(&order(parcel, part, &uploaded.file_id)).await {
        Created::Made(batch) => batch,
        other => panic!("{other:?}"),
    }
}

async fn over(provider: &dyn Provider, id: &str) -> Batch {
    for _ in 0..100 {
        let batch = provider.get(id).await.unwrap();
        if batch.state.is_terminal() {
            return batch;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it does not end")
}

async fn rows(provider: &dyn Provider, batch: &Batch, dir: &Path) -> Vec<tabane_model::Outcome> {
    let to = dir.join("received").join("part.jsonl");
    let fetched = provider
        .download(batch.output_file_id.as_deref().unwrap(), &to)
        .await
        .unwrap();
    let text = std::fs::read_to_string(&to).unwrap();
    assert_eq!(fetched.bytes, text.len() as u64);
    assert_eq!(std::fs::read_dir(to.parent().unwrap()).unwrap().count(), 1);
    text.lines().map(read_result_line).collect()
}

#[tokio::test]
async fn a_batch_by_every_way() {
    for settings in WAYS {
        let fake = fake("{}").await;
        let provider = fake.open(settings);
        let parcel = parcel(fake.dir.path(), 1, 230);
        let batch = made(&*provider, &parcel, 1).await;
        assert_eq!(
            (batch.name.as_deref(), batch.model.as_deref()),
            (Some(parcel.name.as_str()), Some("gemini-3.8-flash"))
        );
        let batch = over(&*provider, &batch.id).await;
        assert_eq!(batch.state, RemoteState::Completed);
        assert_eq!(
            (batch.counts.total, batch.counts.completed, batch.counts.failed),
            (Some(230), Some(230), Some(0))
        );
        let rows = rows(&*provider, &batch, fake.dir.path()).await;
        assert_eq!(rows.len(), 230);
        assert!(
            rows.iter()
                .all(|row| row.status == Status::Succeeded && row.answer.is_some())
        );
        assert_eq!(rows[229].wire_id.as_deref(), Some("k3f9a2-0000000229"));
        let left = Left {
            file_id: batch.input_file_id.clone(),
            output_file_id: batch.output_file_id.clone(),
        };
        // In a bucket a file of another kind lies beside the answers.
        let count = if batch.output_file_id.unwrap().starts_with("gs://") {
            3
        } else {
            2
        };
        assert_eq!(provider.clean_up(&left).await.unwrap(), count, "{settings:?}");
        assert_eq!(provider.clean_up(&left).await.unwrap(), 0, "{settings:?}");
    }
}

#[tokio::test]
async fn an_upload_again_takes_over_what_is_there() {
    for settings in WAYS {
        let fake = fake("{}").await;
        let provider = fake.open(settings);
        let mut parcel = parcel(fake.dir.path(), 1, 3);
        let first = provider.upload(&parcel).await.unwrap();
        assert_eq!(provider.upload(&parcel).await.unwrap(), first);
        std::fs::write(&parcel.file, "{\"custom_id\":\"x\",\"request\":{}}\n").unwrap();
        parcel.requests = 1;
        let fault = provider.upload(&parcel).await.unwrap_err();
        assert_eq!(fault.failure.code, "object-differs", "{settings:?}");
    }
}

#[tokio::test]
async fn rows_that_fail_or_never_run() {
    for settings in WAYS {
        let fake =
            fake(r#"{"fail_rows":{"rows":[1]},"expire_after_rows":3,"null_custom_id":[2],"shuffle":true}"#)
                .await;
        let provider = fake.open(settings);
        let parcel = parcel(fake.dir.path(), 1, 5);
        let batch = over(&*provider, &made(&*provider, &parcel, 1).await.id).await;
        assert_eq!(batch.state, RemoteState::Expired);
        assert_eq!(
            (batch.counts.completed, batch.counts.failed, batch.counts.total),
            (Some(2), Some(1), Some(5))
        );
        let rows = rows(&*provider, &batch, fake.dir.path()).await;
        assert_eq!(rows.len(), 3);
        let failed = rows.iter().find(|row| row.status == Status::Failed).unwrap();
        assert_eq!(failed.wire_id.as_deref(), Some("k3f9a2-0000000001"));
        assert_eq!(failed.error_code.as_deref(), Some("INVALID_ARGUMENT"));
        assert_eq!(rows.iter().filter(|row| row.wire_id.is_none()).count(), 1);
    }
}

#[tokio::test]
async fn a_batch_is_cancelled_and_found_by_its_marks() {
    let fake = fake(r#"{"create_then_cut":1}"#).await;
    let provider = fake.open(WAYS[0]);
    let mut wanted = None;
    for part in 1..=5 {
        let parcel = parcel(fake.dir.path(), part, 3);
        let uploaded = provider.upload(&parcel).await.unwrap();
        let created = provider.create(&order(&parcel, part, &uploaded.file_id)).await;
        assert_eq!(matches!(created, Created::Unclear(_)), part == 1, "{created:?}");
        if part == 1 {
            wanted = Some(Wanted {
                app_job: JOB.to_owned(),
                part: "1".to_owned(),
                parcel,
                nonce: "k3f9a2".to_owned(),
                file_id: Some(uploaded.file_id),
                since: jiff::Timestamp::now().as_millisecond(),
            });
        }
    }
    let mut wanted = wanted.unwrap();
    let found = provider.find(&wanted).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(provider.list(4).await.unwrap().len(), 4);
    assert_eq!(provider.list(100).await.unwrap().len(), 5);
    let cancelled = provider.cancel(&found[0].id).await.unwrap();
    assert_eq!(cancelled.state, RemoteState::Cancelling);
    assert_eq!(over(&*provider, &found[0].id).await.state, RemoteState::Cancelled);
    assert!(matches!(
        provider.cancel(&found[0].id).await.unwrap_err().kind,
        FaultKind::Refused(400)
    ));
    wanted.part = "9".to_owned();
    assert_eq!(provider.find(&wanted).await.unwrap(), []);
}

#[tokio::test]
async fn a_download_that_is_cut_goes_on_and_one_that_is_gone_says_so() {
    for (faults, settings) in [
        (r#"{"cut_download":2}"#, WAYS[0]),
        (r#"{"truncated_last_line":1}"#, WAYS[0]),
        (r#"{"server_500":0,"results_gone":1}"#, WAYS[0]),
        (r#"{"results_gone":1}"#, WAYS[1]),
    ] {
        let fake = fake(faults).await;
        let provider = fake.open(settings);
        let parcel = parcel(fake.dir.path(), 1, 40);
        let batch = over(&*provider, &made(&*provider, &parcel, 1).await.id).await;
        if faults.contains("gone") {
            let to = fake.dir.path().join("x");
            let fault = provider
                .download(batch.output_file_id.as_deref().unwrap(), &to)
                .await
                .unwrap_err();
            assert_eq!(fault.kind, FaultKind::NotFound);
            assert!(!to.exists());
        }
        assert_eq!(
            rows(&*provider, &batch, fake.dir.path()).await.len(),
            40,
            "{faults}"
        );
    }
}

#[tokio::test]
async fn a_job_that_the_service_refuses_in_its_check() {
    let fake = fake(r#"{"fail_check":{"code":"x","message":"no"}}"#).await;
    let provider = fake.open(WAYS[0]);
    let batch = over(
        &*provider,
        &made(&*provider, &parcel(fake.dir.path(), 1, 2), 1).await.id,
    )
    .await;
    assert_eq!(
        (batch.state, batch.output_file_id.as_deref()),
        (RemoteState::Failed, None)
    );
    assert_eq!(
        (batch.errors[0].code.as_str(), batch.errors[0].message.as_str()),
        ("INVALID_ARGUMENT", "no")
    );
}

#[tokio::test]
async fn places_in_another_region_are_told_before_anything_is_sent() {
    let fake = fake("{}").await;
    for (settings, code) in [
        (&[("bucket", "b-in-europe-west4")][..], "bucket-region-mismatch"),
        (&[("bucket", "b-in-us")], "bucket-region-mismatch"),
        (&[("dataset", "d_in_eu")], "dataset-region-mismatch"),
        (
            &[("bucket", "b"), ("dataset", "d_in_asia_northeast1")],
            "dataset-region-mismatch",
        ),
        (&[("bucket", "missing-b")], "bucket-missing"),
        (&[("dataset", "missing_d")], "dataset-missing"),
        (&[("bucket", "forbidden-b")], "permission-missing"),
    ] {
        let provider = fake.open(settings);
        let fault = provider.upload(&parcel(fake.dir.path(), 1, 1)).await.unwrap_err();
        assert_eq!(fault.failure.code, code, "{settings:?}");
        let tested = provider.test().await.unwrap();
        assert_eq!(
            tested
                .models
                .iter()
                .map(|model| model.id.as_str())
                .collect::<Vec<_>>(),
            ["gemini-3.8-flash", "gemini-2.5-flash"]
        );
        let remark = tested.remarks[0]
            .code
            .replace("bucket-not-readable", "permission-missing");
        assert_eq!((tested.remarks.len(), remark.as_str()), (1, code));
    }
    let tested = fake
        .open(&[("bucket", "b-in-europe-west4")])
        .test()
        .await
        .unwrap();
    assert_eq!(tested.remarks[0].args["fitting"], "europe-west4".into());
    let log = fake.told("log").await;
    assert!(
        log["calls"]
            .as_object()
            .unwrap()
            .keys()
            .all(|call| !call.starts_with("POST /upload/bigquery"))
    );
    let fitting = fake.open(&[("bucket", "b-in-europe-west4"), ("region", "europe-west4")]);
    assert_eq!(fitting.test().await.unwrap().remarks, []);
    fitting.upload(&parcel(fake.dir.path(), 1, 1)).await.unwrap();
}

#[tokio::test]
async fn a_project_that_is_none_and_an_interface_that_is_off_are_remarks() {
    let fake = fake("{}").await;
    for (project, code) in [
        ("wrong-project", "permission-missing"),
        ("api-off", "api-not-enabled"),
    ] {
        let profile = crate::profile(&ProviderId::new("vertex")).unwrap();
        let settings = [("project", project), ("bucket", "b")];
        let account = Account {
            base_url: fake.running.base_url.clone(),
            key: SecretString::from(fake.running.key.as_str()),
            settings: settings
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
        };
        let provider = crate::open(profile, account).unwrap();
        let tested = provider.test().await.unwrap();
        assert_eq!((tested.remarks.len(), tested.remarks[0].code.as_str()), (1, code));
    }
}

#[tokio::test]
async fn a_wrong_key_and_a_refused_one() {
    let fake = fake("{}").await;
    let stranger = open(
        &fake.running.base_url,
        "wrong-key-of-somebody",
        &[("bucket", "b")],
    );
    let fault = stranger.test().await.unwrap_err();
    assert_eq!(
        (fault.failure.code.as_str(), fault.kind),
        ("key-refused", FaultKind::Key)
    );
    let parcel = parcel(fake.dir.path(), 1, 1);
    let created = stranger.create(&order(&parcel, 1, "gs://b/x/y")).await;
    assert!(
        matches!(
            created,
            Created::Refused {
                kind: Refusal::Key,
                ..
            }
        ),
        "{created:?}"
    );
    let log = fake.told("log").await;
    assert_eq!(
        log["calls"]["POST /v1/projects/{project}/locations/{location}/batchPredictionJobs"],
        1
    );
    assert_eq!(log["batches_made"], 0);
}
