//! The computer sleeps while a batch runs: the clock jumps, and the engine goes on where it was.

use std::time::Duration;

use serde_json::Value;
use tabane_model::{JobState, PartState};

use tabane_tests::world::{MINUTE, World};

/// Looks at the state of a batch so far.
fn looks(log: &Value) -> u64 {
    let calls = log["calls"].as_object().unwrap();
    calls
        .iter()
        .filter(|(call, _)| call.starts_with("GET /v1/batches/"))
        .map(|(_, times)| times.as_u64().unwrap())
        .sum()
}

#[tokio::test]
async fn after_eight_hours_of_sleep_one_look_is_enough() {
    let batch = u64::try_from(30 * MINUTE).unwrap();
    let world = World::new(batch, "{}").await;
    let job = world.send(5).await;
    world
        .until(&job, |job| job.parts[0].state == PartState::Running)
        .await;
    let before = looks(&world.log().await);

    // Time stands still: nothing is due, and nothing is asked, however often the engine wakes.
    for _ in 0..5 {
        world.app.wake_up();
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(looks(&world.log().await), before);

    world.pass(8 * 60 * MINUTE);
    world.app.wake_up();
    let view = loop {
        let view = world.app.job(&job).await.unwrap();
        if view.state == JobState::Finished {
            break view;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!(view.counts.succeeded, 5);
    assert_eq!(
        looks(&world.log().await),
        before + 1,
        "polls that were missed are not made up for"
    );
}

/// Nobody tells the engine that the computer woke up: it looks at the clock again by itself.
#[tokio::test]
async fn a_jump_of_the_clock_is_noticed_without_being_told() {
    let world = World::new(1_000, "{}").await;
    let job = world.send(3).await;
    world
        .until(&job, |job| job.parts[0].state == PartState::Running)
        .await;
    world.pass(8 * 60 * MINUTE);
    let view = world.app.wait_for(&job, |_| ()).await.unwrap();
    assert_eq!(view.counts.succeeded, 3);
}
