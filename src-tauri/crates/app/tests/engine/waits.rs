//! A service that says when to come back is not asked before.

use tabane_model::JobState;

use crate::support::{SECOND, World};

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
