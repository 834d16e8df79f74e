//! Whole batches against the fakes of OpenAI-style services, Together and Fireworks: each in the words of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tabane_model::{Outcome, ProviderId, RemoteState, Settings, Status, SystemClock};
use tabane_practice::dialects::Dialect;
use tabane_practice::{Options, Pace, Running, read_faults, serve};
use tabane_providers::{
    Account, Asked, Batch, Created, FaultKind, Left, Order, Parcel, Provider, Wanted, open, profile,
    read_result_line, write_line,
};

/// Every provider with its fake.
const ALL: [(&str, Dialect); 10] = [
    ("openai", Dialect::Openai),
    ("azure", Dialect::Azure),
    ("deepinfra", Dialect::Deepinfra),
    ("groq", Dialect::Groq),
    ("kluster", Dialect::Kluster),
    ("novita", Dialect::Novita),
    ("siliconflow", Dialect::Siliconflow),
    ("zhipu", Dialect::Zhipu),
    ("together", Dialect::Together),
    ("fireworks", Dialect::Fireworks),
];

struct Scene {
    dir: tempfile::TempDir,
    running: Running,
    provider: Box<dyn Provider>,
    id: &'static str,
}

impl Scene {
    async fn new(id: &'static str, dialect: Dialect, pace: u64, faults: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = Options {
            dir: dir.path().join("practice"),
            clock: Arc::new(SystemClock),
            pace: Pace::Fixed(pace),
            faults: read_faults(faults).unwrap(),
            key: None,
            dialect,
        };
        let running = serve(options).await.unwrap();
        let account = Account {
            base_url: running.base_url.clone(),
            key: SecretString::from(running.key.as_str()),
            settings: Settings::from([("account".to_owned(), "practice".to_owned())]),
        };
        let provider = open(profile(&ProviderId::new(id)).unwrap(), account).unwrap();
        Self {
            dir,
            running,
            provider,
            id,
        }
    }

    /// A part of so many requests, as it goes out.
    fn parcel(&self, name: &str, requests: u32) -> (Parcel, String) {
        let row = profile(&ProviderId::new(self.id)).unwrap();
        let mut text = Vec::new();
        let mut endpoint = String::new();
        for number in 0..requests {
            let body = format!(
                r#"{{"model":"practice-small","messages":[{{"role":"user","content":"Story {number} 束\u2028"}}]}}"#
            );
            let wire_id = format!("nonce00000-{number:06}");
            let asked = Asked {
                wire_id: &wire_id,
                url: "/v1/chat/completions",
                body: &body,
                model: None,
            };
            let written = write_line(row, &asked, &tabane_providers::Options::default()).unwrap();
            endpoint = written.endpoint.to_string();
            text.extend_from_slice(&written.line);
        }
        let file = self.dir.path().join(name);
        std::fs::write(&file, &text).unwrap();
        let parcel = Parcel {
            file,
            name: format!("tabane-job-{name}"),
            requests,
            bytes: text.len() as u64,
            model: Some("practice-small".to_owned()),
        };
        (parcel, endpoint)
    }

    async fn uploaded(&self, name: &str, requests: u32) -> Order {
        let (parcel, endpoint) = self.parcel(name, requests);
        let uploaded = self.provider.upload(&parcel).await.unwrap();
        Order {
            file_id: uploaded.file_id,
            endpoint,
            window: profile(&ProviderId::new(self.id)).unwrap().windows[0].to_owned(),
            tags: BTreeMap::from([
                ("app_job".to_owned(), "job".to_owned()),
                ("part".to_owned(), name.to_owned()),
            ]),
            api_version: None,
            parcel,
        }
    }

    async fn made(&self, order: &Order) -> Batch {
        match self.provider.create(order).await {
            Created::Made(batch) => batch,
            other => panic!("{}: {other:?}", self.id),
        }
    }

    async fn ended(&self, id: &str) -> Batch {
        for _ in 0..400 {
            let batch = self.provider.get(id).await.unwrap();
            if batch.state.is_terminal() {
                return batch;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{}: {id} does not end", self.id);
    }

    /// What stands in both files.
    async fn outcomes(&self, batch: &Batch) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for (name, results) in [("output", &batch.output_file_id), ("error", &batch.error_file_id)] {
            let Some(results) = results else { continue };
            let target: PathBuf = self.dir.path().join(name);
            self.provider.download(results, &target).await.unwrap();
            outcomes.extend(read(&target));
        }
        outcomes
    }

    fn wanted(&self, order: &Order, since: i64) -> Wanted {
        Wanted {
            app_job: "job".to_owned(),
            part: order.tags["part"].clone(),
            parcel: order.parcel.clone(),
            nonce: "nonce00000".to_owned(),
            file_id: Some(order.file_id.clone()),
            since,
        }
    }
}

fn read(file: &Path) -> Vec<Outcome> {
    let text = std::fs::read_to_string(file).unwrap();
    text.split_terminator('\n').map(read_result_line).collect()
}

fn count(outcomes: &[Outcome], status: Status) -> usize {
    outcomes.iter().filter(|outcome| outcome.status == status).count()
}

#[tokio::test]
async fn a_batch_from_its_upload_to_its_answers() {
    for (id, dialect) in ALL {
        let scene = Scene::new(id, dialect, 300, r#"{"fail_rows":{"rows":[3]}}"#).await;
        let tested = scene.provider.test().await.unwrap();
        assert!(!tested.models.is_empty(), "{id}");
        let order = scene.uploaded("1", 5).await;
        let made = scene.made(&order).await;
        assert!(!made.state.is_terminal(), "{id}");
        let batch = scene.ended(&made.id).await;
        assert_eq!(batch.state, RemoteState::Completed, "{id}: {}", batch.status_raw);
        let outcomes = scene.outcomes(&batch).await;
        let told = (
            count(&outcomes, Status::Succeeded),
            count(&outcomes, Status::Failed),
        );
        assert_eq!(told, (4, 1), "{id}: {outcomes:?}");
        let ids: Vec<_> = outcomes
            .iter()
            .map(|outcome| outcome.wire_id.clone().unwrap())
            .collect();
        assert!(
            (0..5).all(|n| ids.contains(&format!("nonce00000-{n:06}"))),
            "{id}: {ids:?}"
        );
        for outcome in outcomes
            .iter()
            .filter(|outcome| outcome.status == Status::Succeeded)
        {
            assert!(
                outcome.answer.as_ref().is_some_and(|answer| !answer.is_empty()),
                "{id}"
            );
            assert!(
                outcome.input_tokens > Some(0) && outcome.output_tokens > Some(0),
                "{id}"
            );
        }
        let listed = scene.provider.list(10).await.unwrap();
        assert_eq!(listed.len(), 1, "{id}");
        scene.running.stop().await;
    }
}

#[tokio::test]
async fn a_batch_whose_answer_was_lost_is_found_and_no_other() {
    for (id, dialect) in ALL {
        let scene = Scene::new(id, dialect, 300, r#"{"create_then_cut":1}"#).await;
        let (first, second) = (scene.uploaded("1", 1).await, scene.uploaded("2", 1).await);
        let since = tabane_model::Clock::now(&SystemClock);
        assert!(
            scene
                .provider
                .find(&scene.wanted(&first, since))
                .await
                .unwrap()
                .is_empty(),
            "{id}"
        );
        assert!(
            matches!(scene.provider.create(&first).await, Created::Unclear(_)),
            "{id}"
        );
        let other = scene.made(&second).await;
        let found = scene.provider.find(&scene.wanted(&first, since)).await.unwrap();
        assert_eq!(found.len(), 1, "{id}");
        assert_ne!(found[0].id, other.id, "{id}");
        assert_eq!(
            scene.ended(&found[0].id).await.state,
            RemoteState::Completed,
            "{id}"
        );
        scene.running.stop().await;
    }
}

#[tokio::test]
async fn a_cancelled_batch_ends_cancelled_and_a_second_cancel_changes_nothing() {
    for (id, dialect) in ALL {
        let scene = Scene::new(id, dialect, 2_000, "{}").await;
        let order = scene.uploaded("1", 100).await;
        let made = scene.made(&order).await;
        tokio::time::sleep(Duration::from_millis(700)).await;
        let asked = scene.provider.cancel(&made.id).await.unwrap();
        assert!(
            matches!(asked.state, RemoteState::Cancelling | RemoteState::Cancelled),
            "{id}"
        );
        let batch = scene.ended(&made.id).await;
        assert_eq!(batch.state, RemoteState::Cancelled, "{id}");
        let answered = count(&scene.outcomes(&batch).await, Status::Succeeded);
        assert!((1..100).contains(&answered), "{id}: {answered}");
        match scene.provider.cancel(&made.id).await {
            Ok(batch) => assert_eq!(batch.state, RemoteState::Cancelled, "{id}"),
            Err(fault) => assert_eq!(fault.kind, FaultKind::Refused(409), "{id}"),
        }
        scene.running.stop().await;
    }
}

#[tokio::test]
async fn an_upload_that_was_cut_may_be_repeated_and_is_one_batch() {
    for (id, dialect) in ALL {
        let scene = Scene::new(id, dialect, 300, r#"{"cut_upload":1}"#).await;
        let (parcel, _) = scene.parcel("1", 3);
        let fault = scene.provider.upload(&parcel).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::Network, "{id}");
        let order = scene.uploaded("1", 3).await;
        let batch = scene.ended(&scene.made(&order).await.id).await;
        assert_eq!(scene.outcomes(&batch).await.len(), 3, "{id}");
        scene.running.stop().await;
    }
}

#[tokio::test]
async fn results_that_are_gone_are_said_so() {
    for (id, dialect) in ALL {
        let scene = Scene::new(id, dialect, 300, r#"{"results_gone":1}"#).await;
        let order = scene.uploaded("1", 1).await;
        let batch = scene.ended(&scene.made(&order).await.id).await;
        let target = scene.dir.path().join("gone");
        let results = batch.output_file_id.unwrap();
        let fault = scene.provider.download(&results, &target).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::NotFound, "{id}");
        scene.running.stop().await;
    }
}

#[tokio::test]
async fn what_failed_in_the_check_says_why_and_has_no_results() {
    let faults = r#"{"fail_check":{"code":"invalid_method","message":"no good","line":2}}"#;
    for (id, dialect) in ALL {
        let scene = Scene::new(id, dialect, 300, faults).await;
        let order = scene.uploaded("1", 2).await;
        let batch = scene.ended(&scene.made(&order).await.id).await;
        assert_eq!(batch.state, RemoteState::Failed, "{id}");
        assert!(
            batch.errors[0].message.contains("no good"),
            "{id}: {:?}",
            batch.errors
        );
        assert!(batch.errors[0].line.is_none_or(|line| line == 2), "{id}");
        assert_eq!((batch.output_file_id, batch.error_file_id), (None, None), "{id}");
        scene.running.stop().await;
    }
}

#[tokio::test]
async fn fireworks_takes_a_name_once_and_is_cleaned_up() {
    let scene = Scene::new("fireworks", Dialect::Fireworks, 300, "{}").await;
    let order = scene.uploaded("1", 2).await;
    let (first, again) = (scene.made(&order).await, scene.made(&order).await);
    assert_eq!(first.id, again.id);
    assert_eq!(scene.provider.list(10).await.unwrap().len(), 1);
    // The same part once more: nothing is added to it.
    assert_eq!(scene.uploaded("1", 2).await.file_id, order.file_id);
    let batch = scene.ended(&first.id).await;
    assert_eq!(scene.outcomes(&batch).await.len(), 2);
    // What has ended is not deleted by a cancel.
    assert_eq!(
        scene.provider.cancel(&first.id).await.unwrap().state,
        RemoteState::Completed
    );
    let left = Left {
        file_id: Some(order.file_id),
        output_file_id: batch.output_file_id,
    };
    assert_eq!(scene.provider.clean_up(&left).await.unwrap(), 2);
    assert_eq!(scene.provider.clean_up(&left).await.unwrap(), 0);
}
