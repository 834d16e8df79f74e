//! Whole batches against the fake.

use std::sync::Arc;
use std::time::Duration;

use tabane_model::{Outcome, RemoteState, Status, SystemClock};
use tabane_practice::dialects::Dialect;
use tabane_practice::{Options as Setting, Pace, Running, read_faults, serve};

use super::*;
use crate::{Asked, Batch, Created, FaultKind, Options, Refusal, Wanted, read_result_line, write_line};

struct World {
    dir: tempfile::TempDir,
    running: Running,
    client: Client,
}

impl World {
    async fn new(faults: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let running = serve(Setting {
            dir: dir.path().join("fake"),
            clock: Arc::new(SystemClock),
            pace: Pace::Fixed(300),
            faults: read_faults(faults).unwrap(),
            key: None,
            dialect: Dialect::Anthropic,
        })
        .await
        .unwrap();
        let client = client_with(&running.base_url, &running.key);
        Self { dir, running, client }
    }

    /// A part of these bodies of chat.
    fn order(&self, bodies: &[&str]) -> Order {
        let (mut lines, mut sampling) = (Vec::new(), false);
        for (place, body) in bodies.iter().enumerate() {
            let wire_id = format!("nonce-{place:06}");
            let asked = Asked {
                wire_id: &wire_id,
                url: "/v1/chat/completions",
                body,
                model: None,
            };
            let options = Options {
                cache_prompt: true,
                ..Options::default()
            };
            let written = write_line(claude(), &asked, &options).unwrap();
            sampling |= written.sampling;
            lines.push(String::from_utf8(written.line).unwrap());
        }
        let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        Order {
            api_version: claude().api_version(sampling).map(str::to_owned),
            ..order(parcel(self.dir.path(), &lines))
        }
    }

    async fn ended(&self, id: &str) -> Batch {
        loop {
            let batch = self.client.get(id).await.unwrap();
            if batch.state.is_terminal() {
                return batch;
            }
            assert_eq!((batch.counts.completed, batch.output_file_id), (None, None));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// By id.
    async fn outcomes(&self, batch: &Batch) -> Vec<Outcome> {
        let to = self.dir.path().join("results.jsonl");
        self.client
            .download(batch.output_file_id.as_deref().unwrap(), &to)
            .await
            .unwrap();
        let text = std::fs::read_to_string(&to).unwrap();
        let mut outcomes: Vec<Outcome> = text.lines().map(read_result_line).collect();
        outcomes.sort_by(|a, b| a.wire_id.cmp(&b.wire_id));
        outcomes
    }
}

fn made(created: Created) -> Batch {
    match created {
        Created::Made(batch) => batch,
        other => panic!("{other:?}"),
    }
}

const PLAIN: &str = r#"{"model":"claude-haiku-5-5","messages":[{"role":"user","content":"Say one word."}]}"#;
const WARM: &str =
    r#"{"model":"claude-haiku-5-5","temperature":0.7,"messages":[{"role":"user","content":"x"}]}"#;
const FORMED: &str = r#"{"model":"claude-opus-5-5","reasoning_effort":"low","messages":[{"role":"system","content":"Rate."},{"role":"user","content":"x"}],
    "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object","properties":{"zeal":{"type":"integer","minimum":1,"maximum":7},"age":{"type":"boolean"}},"required":["zeal","age"]}}}}"#;

#[tokio::test]
async fn translated_requests_are_answered_in_both_versions() {
    let world = World::new("{}").await;
    for bodies in [[PLAIN, FORMED], [WARM, FORMED]] {
        let order = world.order(&bodies);
        let batch = made(world.client.create(&order).await);
        assert_eq!(batch.counts.total, Some(2));
        let batch = world.ended(&batch.id).await;
        assert_eq!(
            (batch.state, batch.counts.completed),
            (RemoteState::Completed, Some(2))
        );
        let outcomes = world.outcomes(&batch).await;
        assert!(
            outcomes.iter().all(|outcome| outcome.status == Status::Succeeded),
            "{outcomes:?}"
        );
        let formed = outcomes[1].answer.as_deref().unwrap();
        assert!(formed.starts_with("{\"zeal\""), "{formed}");
        assert_eq!(outcomes[1].reasoning_tokens, Some(5));
        assert!(outcomes[1].cached_tokens.unwrap() > 0);
        assert!(outcomes[1].input_tokens.unwrap() > outcomes[1].cached_tokens.unwrap());
    }
}

#[tokio::test]
async fn what_goes_wrong_with_rows_is_told_by_each() {
    let faults = r#"{"fail_rows":{"rows":[0]},"refusal_rows":[1],"length_rows":[2],"expire_after_rows":3}"#;
    let world = World::new(faults).await;
    let batch = made(world.client.create(&world.order(&[PLAIN; 4])).await);
    let batch = world.ended(&batch.id).await;
    assert_eq!(batch.state, RemoteState::Completed);
    let outcomes = world.outcomes(&batch).await;
    let told: Vec<_> = outcomes
        .iter()
        .map(|outcome| (outcome.status, outcome.finish_reason.as_deref()))
        .collect();
    let expected = [
        (Status::Failed, None),
        (Status::Succeeded, Some("refusal")),
        (Status::Succeeded, Some("length")),
        (Status::Expired, None),
    ];
    assert_eq!(told, expected);
    assert_eq!(outcomes[0].error_code.as_deref(), Some("invalid_value"));
}

#[tokio::test]
async fn a_cancelled_batch_ends_as_cancelled() {
    let world = World::new("{}").await;
    let batch = made(world.client.create(&world.order(&[PLAIN; 3])).await);
    assert_eq!(
        world.client.cancel(&batch.id).await.unwrap().state,
        RemoteState::Cancelling
    );
    let batch = world.ended(&batch.id).await;
    assert_eq!(batch.state, RemoteState::Cancelled);
    assert_eq!(world.outcomes(&batch).await.len(), 3);
    let again = world.client.cancel(&batch.id).await.unwrap_err();
    assert_eq!(again.kind, FaultKind::Refused(400));
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_is_found_running_and_ended() {
    let world = World::new(r#"{"create_then_cut":1}"#).await;
    let order = world.order(&[PLAIN; 3]);
    let since = tabane_model::Clock::now(&SystemClock);
    assert!(matches!(world.client.create(&order).await, Created::Unclear(_)));
    let wanted = Wanted {
        app_job: "j".to_owned(),
        part: "1".to_owned(),
        parcel: order.parcel.clone(),
        nonce: "nonce".to_owned(),
        file_id: None,
        since,
    };
    let found = world.client.find(&wanted).await.unwrap();
    assert_eq!(found.len(), 1);
    world.ended(&found[0].id).await;
    let found = world.client.find(&wanted).await.unwrap();
    assert_eq!(found.len(), 1);
    let other = Wanted {
        nonce: "other".to_owned(),
        ..wanted
    };
    assert!(world.client.find(&other).await.unwrap().is_empty());
}

#[tokio::test]
async fn too_large_is_a_clear_no_from_whoever_says_it() {
    for html in [true, false] {
        let faults = format!(r#"{{"upload_too_large_above":100,"upload_too_large_html":{html}}}"#);
        let world = World::new(&faults).await;
        let created = world.client.create(&world.order(&[PLAIN])).await;
        let Created::Refused { kind, .. } = created else {
            panic!("{created:?}")
        };
        assert_eq!(kind, Refusal::TooLarge);
        assert!(world.client.list(5).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_batch_that_is_not_there_yet_and_results_that_are_gone() {
    let world = World::new(r#"{"not_found_after_create":1,"results_gone":9}"#).await;
    let batch = made(world.client.create(&world.order(&[PLAIN])).await);
    assert_eq!(
        world.client.get(&batch.id).await.unwrap_err().kind,
        FaultKind::NotFound
    );
    let batch = world.ended(&batch.id).await;
    let to = world.dir.path().join("x");
    let fault = world.client.download(&batch.id, &to).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotFound);
    let models = world.client.test().await.unwrap().models;
    assert_eq!(models.iter().filter(|model| model.batch == Some(true)).count(), 3);
    world.running.stop().await;
}
