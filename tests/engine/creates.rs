//! Two wanted creates of one part: the batch of the first is never taken for that of the second.

use tabane_app::view::Decision;
use tabane_model::{JobState, PartState};

use tabane_tests::world::{MINUTE, Service, World};

/// The service takes the batch, then refuses it in its check: nothing ran, and it is created anew later.
const QUEUE_FULL: &str =
    r#"{"fail_check":{"code":"token_limit_exceeded","message":"Enqueued token limit reached"}}"#;

async fn refused_once() -> (World, String, String) {
    let world = World::new(1_000, QUEUE_FULL).await;
    let job = world.send(5).await;
    let view = world
        .until(&job, |job| {
            job.parts[0].state == PartState::Uploaded && job.parts[0].failure.is_some()
        })
        .await;
    assert_eq!(view.parts[0].batch_id, None);
    let first = world.log().await["batches"][0]["id"].as_str().unwrap().to_owned();
    (world, job, first)
}

#[tokio::test]
async fn an_unclear_second_create_finds_its_own_batch() {
    let (world, job, first) = refused_once().await;
    world.faults(r#"{"create_then_cut":1}"#).await;
    let view = world.until(&job, |job| job.state == JobState::Finished).await;
    assert_eq!(view.counts.succeeded, 5, "{view:?}");
    assert_eq!(world.batches_made().await, 2);
    assert_ne!(view.parts[0].batch_id.as_deref(), Some(first.as_str()));
}

#[tokio::test]
async fn a_second_create_that_never_arrived_is_not_the_first_and_asks() {
    let (world, job, _) = refused_once().await;
    world.faults(r#"{"create_cut":1}"#).await;
    let view = world.until(&job, |job| job.state == JobState::Waiting).await;
    assert_eq!(view.waiting.as_ref().unwrap().code, "create-unclear");
    assert_eq!(world.batches_made().await, 1, "nothing is sent again by itself");
    world.app.decide(&job, 1, Decision::Send).await.unwrap();
    let view = world.until(&job, |job| job.state == JobState::Finished).await;
    assert_eq!(view.counts.succeeded, 5);
    assert_eq!(world.batches_made().await, 2);
}

#[tokio::test]
async fn ten_minutes_pass_before_the_user_is_asked() {
    let world = World::new(1_000, r#"{"create_cut":1}"#).await;
    let job = world.send(2).await;
    let unclear = world
        .until(&job, |job| job.parts[0].state == PartState::Unclear)
        .await;
    let waiting = world.until(&job, |job| job.state == JobState::Waiting).await;
    assert_eq!(unclear.parts[0].sent_at, waiting.parts[0].sent_at);
    let waited = world.now() - unclear.parts[0].sent_at.unwrap() as i64;
    assert!((10 * MINUTE..11 * MINUTE).contains(&waited), "{waited}");
}

/// Two parts, and room for one: the second is sent as soon as the first has ended, not after a pause.
#[tokio::test]
async fn a_part_that_found_the_queue_full_is_sent_when_another_has_ended() {
    let world = World::in_parts(&Service::CUSTOM, Some(3), 30_000, QUEUE_FULL).await;
    let job = world.send(6).await;
    let began = world.now();
    let view = world.until(&job, |job| job.state == JobState::Finished).await;
    assert_eq!(view.counts.succeeded, 6, "{view:?}");
    // The pause for a full queue is five minutes at the least.
    assert!(world.now() - began < 4 * MINUTE, "{}", world.now() - began);
}
