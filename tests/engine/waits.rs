//! A service that says when to come back is not asked before.

use tabane_model::{JobState, PartState};

use tabane_tests::world::{SECOND, World};

#[tokio::test]
async fn a_poll_waits_as_long_as_the_service_asks() {
    // Longer than a read waits by itself and longer than the engine's own first pauses.
    let world = World::new(1_000, r#"{"retry_after":{"times":1,"seconds":90}}"#).await;
    let job = world.send(2).await;
    let busy = world
        .until(&job, |job| {
            let failure = job.parts[0].failure.as_ref();
            failure.is_some_and(|why| why.code == "rate-limited")
        })
        .await;
    let (since, calls) = (world.now(), world.calls().await);
    while world.now() < since + 85 * SECOND {
        world.pass(SECOND);
        world.app.wake_up();
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(world.calls().await, calls, "{busy:?}");
    let view = world.until(&job, |job| job.state == JobState::Finished).await;
    assert_eq!(view.counts.succeeded, 2, "{view:?}");
}

/// A hotel's page in the place of an answer says nothing of a batch that was made: the look is repeated.
#[tokio::test]
async fn a_page_of_another_network_is_waited_out() {
    let world = World::new(60_000, "{}").await;
    let job = world.send(3).await;
    world
        .until(&job, |job| job.parts[0].state == PartState::Running)
        .await;
    world.faults(r#"{"html_answers":3}"#).await;
    let view = world.until(&job, |job| job.state != JobState::Running).await;
    let view = if view.state == JobState::Collecting {
        world.until(&job, |job| job.state != JobState::Collecting).await
    } else {
        view
    };
    assert_eq!(
        (view.state, view.counts.succeeded),
        (JobState::Finished, 3),
        "{view:?}"
    );
}

/// Another key does not see the batch: that must not turn a running batch into a lost one.
#[tokio::test]
async fn another_key_loses_no_batch() {
    let world = World::new(120_000, "{}").await;
    let job = world.send(3).await;
    world
        .until(&job, |job| job.parts[0].state == PartState::Running)
        .await;
    world.faults(r#"{"any_key":true,"batch_gone":1000}"#).await;
    world
        .save_key(Some(&world.connection), "another-key-0123456789")
        .await;
    let view = world.until(&job, |job| job.state == JobState::Waiting).await;
    assert_eq!(view.waiting.as_ref().unwrap().code, "key-is-another", "{view:?}");
    world.faults("{}").await;
    world.restore_key().await;
    world.app.resume_job(&job).await.unwrap();
    let view = world.until(&job, |job| job.state == JobState::Finished).await;
    assert_eq!(view.counts.succeeded, 3, "{view:?}");
    assert_eq!(world.batches_made().await, 1);
}
