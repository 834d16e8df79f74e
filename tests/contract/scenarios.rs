//! The scenarios. Twelve requests; what the user must see in the end; never a second batch for one part.

use tabane_app::view::JobView;
use tabane_model::{JobState, PartState, Status};
use tabane_tests::world::{MINUTE, World};

use super::{Expiry, Party};

const REQUESTS: u32 = 12;

/// A batch that is done after a second of the clock.
async fn sent(party: &Party, faults: &str) -> (World, String) {
    let world = World::with(&party.service, 1_000, faults).await;
    let job = world.send(REQUESTS).await;
    (world, job)
}

async fn finished(world: &World, job: &String) -> JobView {
    let view = world
        .until(job, |job| {
            matches!(job.state, JobState::Finished | JobState::Waiting)
        })
        .await;
    assert_eq!(view.state, JobState::Finished, "{view:?}");
    assert!(view.counts.adds_up(), "{view:?}");
    view
}

/// All is well in the end, and one batch was made.
async fn all_answered(party: &Party, faults: &str) -> (World, String) {
    let (world, job) = sent(party, faults).await;
    let view = finished(&world, &job).await;
    assert_eq!(view.counts.succeeded, REQUESTS, "{view:?}");
    assert_eq!(world.batches_made().await, 1);
    (world, job)
}

async fn status_counts(party: &Party, faults: &str) -> JobView {
    let (world, job) = sent(party, faults).await;
    finished(&world, &job).await
}

pub(crate) async fn happy_path(party: &Party) {
    let (world, job) = all_answered(party, "{}").await;
    let rows = world.rows(&job).await;
    for (place, row) in rows.iter().enumerate() {
        assert_eq!(row.custom_id, format!("r{place}"));
        assert_eq!(row.status, Status::Succeeded, "{row:?}");
        assert!(
            row.answer.as_ref().is_some_and(|answer| !answer.is_empty()),
            "{row:?}"
        );
        assert_eq!(row.finish_reason.as_deref(), Some("stop"), "{row:?}");
        assert!(row.input_tokens.is_some_and(|tokens| tokens > 0.0), "{row:?}");
        assert!(row.output_tokens.is_some_and(|tokens| tokens > 0.0), "{row:?}");
    }
}

pub(crate) async fn three_parts(party: &Party) {
    let world = World::in_parts(&party.service, Some(5), 1_000, "{}").await;
    let job = world.send(REQUESTS).await;
    let view = finished(&world, &job).await;
    assert_eq!(
        (view.parts.len(), view.counts.succeeded),
        (3, REQUESTS),
        "{view:?}"
    );
    assert_eq!(world.batches_made().await, 3);
}

pub(crate) async fn cancelled_half_way(party: &Party) {
    let world = World::with(&party.service, 600_000, "{}").await;
    let job = world.send(REQUESTS).await;
    world
        .until(&job, |job| job.parts[0].state == PartState::Running)
        .await;
    world.pass(5 * MINUTE);
    world.app.cancel_job(&job).await.unwrap();
    let view = finished(&world, &job).await;
    let counts = view.counts;
    if party.cancels {
        assert!(counts.succeeded < REQUESTS, "{view:?}");
        assert_eq!(
            counts.succeeded + counts.cancelled + counts.missing,
            REQUESTS,
            "{view:?}"
        );
    } else {
        assert_eq!(counts.succeeded, REQUESTS, "{view:?}");
    }
    assert_eq!(world.batches_made().await, 1);
}

pub(crate) async fn every_row_failed(party: &Party) {
    let view = status_counts(party, r#"{"fail_rows":{"rows":{"every_nth":1}}}"#).await;
    assert_eq!(view.counts.failed, REQUESTS, "{view:?}");
    assert!(!view.failures.is_empty(), "{view:?}");
}

pub(crate) async fn some_rows_failed(party: &Party) {
    let view = status_counts(party, r#"{"fail_rows":{"rows":[0,5]}}"#).await;
    assert_eq!((view.counts.succeeded, view.counts.failed), (10, 2), "{view:?}");
}

pub(crate) async fn expired(party: &Party) {
    if party.expiry == Expiry::Never {
        return;
    }
    let view = status_counts(party, r#"{"expire_after_rows":7}"#).await;
    let expected = match party.expiry {
        Expiry::Partial => (7, 5),
        Expiry::Nothing | Expiry::Never => (0, 12),
    };
    assert_eq!((view.counts.succeeded, view.counts.expired), expected, "{view:?}");
}

pub(crate) async fn out_of_order_with_doubles_and_gaps(party: &Party) {
    let faults = r#"{"shuffle":true,"duplicate_rows":[2,9],"drop_rows":[3]}"#;
    let view = status_counts(party, faults).await;
    assert_eq!((view.counts.succeeded, view.counts.missing), (11, 1), "{view:?}");
}

/// The results are not there any more: it is said, and nothing is sent again.
pub(crate) async fn results_vanished(party: &Party) {
    let (world, job) = sent(party, r#"{"results_gone":1000}"#).await;
    let view = world
        .until(&job, |job| {
            matches!(job.state, JobState::Finished | JobState::Waiting)
        })
        .await;
    let failure = view.parts[0].failure.as_ref().or(view.waiting.as_ref());
    assert_eq!(failure.unwrap().code, "results-gone", "{view:?}");
    assert_eq!(view.counts.succeeded, 0, "{view:?}");
    assert_eq!(world.batches_made().await, 1);
}

pub(crate) async fn told_to_wait(party: &Party) {
    all_answered(
        party,
        r#"{"retry_after":{"times":2,"seconds":1},"rate_limited":2}"#,
    )
    .await;
}

pub(crate) async fn in_trouble(party: &Party) {
    all_answered(party, r#"{"server_500":3,"html_answers":0}"#).await;
}

pub(crate) async fn slow(party: &Party) {
    all_answered(party, r#"{"delay":300}"#).await;
}

/// It arrived, but we did not hear so: it is found and taken over.
pub(crate) async fn create_answer_lost(party: &Party) {
    all_answered(party, r#"{"create_then_cut":1}"#).await;
}

/// Two parts of one size, whose creates are both unclear: each finds its own batch, or none.
pub(crate) async fn two_creates_lost(party: &Party) {
    let world = World::in_parts(&party.service, Some(6), 60_000, r#"{"create_then_cut":2}"#).await;
    let job = world.send(REQUESTS).await;
    let view = finished(&world, &job).await;
    assert_eq!(view.counts.succeeded, REQUESTS, "{view:?}");
    assert_eq!(world.batches_made().await, 2);
}

/// Two parts of one size, of which one never arrived: it does not take the other's batch for its own.
pub(crate) async fn one_of_two_creates_lost(party: &Party) {
    let world = World::in_parts(&party.service, Some(6), 60_000, r#"{"create_cut":1}"#).await;
    let job = world.send(REQUESTS).await;
    let view = world.until(&job, |job| job.state == JobState::Waiting).await;
    assert_eq!(view.waiting.as_ref().unwrap().code, "create-unclear", "{view:?}");
    let ids: std::collections::BTreeSet<_> = view
        .parts
        .iter()
        .filter_map(|part| part.batch_id.clone())
        .collect();
    assert_eq!((ids.len(), world.batches_made().await), (1, 1), "{view:?}");
}

/// Nobody knows whether it arrived: the user is asked, and nothing is sent again by itself.
pub(crate) async fn create_never_arrived(party: &Party) {
    let (world, job) = sent(party, r#"{"create_cut":1}"#).await;
    let view = world.until(&job, |job| job.state == JobState::Waiting).await;
    assert_eq!(view.waiting.as_ref().unwrap().code, "create-unclear", "{view:?}");
    assert_eq!(world.batches_made().await, 0);
}

pub(crate) async fn upload_cut(party: &Party) {
    all_answered(party, r#"{"cut_upload":1}"#).await;
}

pub(crate) async fn download_cut(party: &Party) {
    all_answered(party, r#"{"cut_download":1}"#).await;
}

pub(crate) async fn malformed_line(party: &Party) {
    let view = status_counts(party, r#"{"malformed_rows":[4]}"#).await;
    assert_eq!(view.counts.succeeded, REQUESTS - 1, "{view:?}");
    assert_eq!(view.counts.failed + view.counts.missing, 1, "{view:?}");
}

pub(crate) async fn wrong_key(party: &Party) {
    let world = World::with(&party.service, 1_000, "{}").await;
    world
        .save_key(Some(&world.connection), "wrong-key-0123456789")
        .await;
    let job = world.send(REQUESTS).await;
    let view = world.until(&job, |job| job.state == JobState::Waiting).await;
    assert_eq!(view.waiting.as_ref().unwrap().code, "key-refused", "{view:?}");
    assert_eq!(world.batches_made().await, 0);
    world.restore_key().await;
    world.app.resume_job(&job).await.unwrap();
    assert_eq!(finished(&world, &job).await.counts.succeeded, REQUESTS);
}

pub(crate) async fn key_revoked_while_it_runs(party: &Party) {
    let world = World::with(&party.service, 120_000, "{}").await;
    let job = world.send(REQUESTS).await;
    world
        .until(&job, |job| job.parts[0].state == PartState::Running)
        .await;
    world
        .save_key(Some(&world.connection), "wrong-key-0123456789")
        .await;
    let view = world.until(&job, |job| job.state == JobState::Waiting).await;
    assert_eq!(view.waiting.as_ref().unwrap().code, "key-refused", "{view:?}");
    world.restore_key().await;
    world.app.resume_job(&job).await.unwrap();
    assert_eq!(finished(&world, &job).await.counts.succeeded, REQUESTS);
    assert_eq!(world.batches_made().await, 1);
}

pub(crate) async fn not_there_right_away(party: &Party) {
    all_answered(party, r#"{"not_found_after_create":3}"#).await;
}

/// Nothing ran: every request has failed, with the reason, and nothing is billed.
pub(crate) async fn refused_in_its_check(party: &Party) {
    if !party.checks {
        return;
    }
    let faults = r#"{"fail_check":{"code":"invalid_value","message":"no such model"}}"#;
    let view = status_counts(party, faults).await;
    assert_eq!(view.counts.failed, REQUESTS, "{view:?}");
    // Where a failed batch may name results, they are looked at.
    let over = [PartState::Refused, PartState::Collected];
    assert!(over.contains(&view.parts[0].state), "{view:?}");
}

/// Somebody else takes the batch over: once with the file that was sent, once without.
pub(crate) async fn adopted(party: &Party) {
    let (mut world, job) = all_answered(party, "{}").await;
    let batch = world.app.job(&job).await.unwrap().parts[0]
        .batch_id
        .clone()
        .unwrap();
    for with_file in [true, false] {
        let ours = world.colleague().await;
        let listed = world.app.adoptable(&world.connection.clone()).await.unwrap();
        assert!(
            listed
                .iter()
                .any(|found| found.id == batch && found.job.is_none()),
            "{listed:?}"
        );
        let file = ours.part(&job, 1);
        let requests = with_file.then_some(file.as_path());
        let adopted = world
            .app
            .adopt_by(&world.connection, &batch, requests)
            .await
            .unwrap();
        let view = finished(&world, &adopted).await;
        assert_eq!(
            (view.counts.requests, view.counts.succeeded),
            (REQUESTS, REQUESTS),
            "{view:?}"
        );
        let again = world
            .app
            .adopt_by(&world.connection, &batch, None)
            .await
            .unwrap_err();
        assert_eq!(again.code, "batch-already-job");
        world.app.delete_job(&adopted).await.unwrap();
    }
    assert_eq!(world.batches_made().await, 1);
}
