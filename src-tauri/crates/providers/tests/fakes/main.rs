//! OpenRouter, Mistral and xAI over their whole way, against their fakes.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use support::World;
use tabane_model::{RemoteState, Status};
use tabane_practice::dialects::Dialect;
use tabane_providers::{Created, FaultKind, Refusal};

const ALL: [Dialect; 3] = [Dialect::Openrouter, Dialect::Mistral, Dialect::Xai];

#[tokio::test]
async fn a_batch_runs_and_is_found_and_listed() {
    for dialect in ALL {
        let world = World::new(dialect, "{}").await;
        let parcel = world.parcel("nonce", 5);
        let order = world.order(&parcel).await;
        let Created::Made(made) = world.provider.create(&order).await else {
            panic!("{dialect:?}");
        };
        assert!(!made.state.is_terminal(), "{dialect:?} {made:?}");
        let wanted = world.wanted(&order);
        let found = world.provider.find(&wanted).await.unwrap();
        assert_eq!(found.len(), 1, "{dialect:?} {found:?}");
        assert_eq!(found[0].id, made.id);
        let ended = world.ended(&made.id).await;
        assert_eq!(ended.state, RemoteState::Completed, "{dialect:?} {ended:?}");
        assert_eq!(
            (ended.counts.total, ended.counts.completed),
            (Some(5), Some(5)),
            "{dialect:?}"
        );
        let outcomes = world.outcomes(&ended).await;
        let ids: BTreeSet<_> = outcomes
            .iter()
            .filter_map(|outcome| outcome.wire_id.clone())
            .collect();
        assert_eq!((outcomes.len(), ids), (5, world.ids(&parcel)), "{dialect:?}");
        for outcome in outcomes {
            assert_eq!(outcome.status, Status::Succeeded, "{dialect:?} {outcome:?}");
            assert!(outcome.answer.is_some() && outcome.output_tokens > outcome.reasoning_tokens);
        }
        // Over, it is still found, and confirmed by its results where there is nothing else.
        assert_eq!(
            world.provider.find(&wanted).await.unwrap().len(),
            1,
            "{dialect:?}"
        );
        assert_eq!(world.provider.list(10).await.unwrap()[0].id, made.id);
        let tested = world.provider.test().await.unwrap();
        assert!(tested.models.len() > 1, "{dialect:?} {tested:?}");
    }
}

#[tokio::test]
async fn a_batch_of_others_is_not_taken_for_ours() {
    for dialect in ALL {
        let world = World::new(dialect, "{}").await;
        let theirs = world.order(&world.parcel("theirs", 3)).await;
        let Created::Made(made) = world.provider.create(&theirs).await else {
            panic!("{dialect:?}");
        };
        world.ended(&made.id).await;
        let ours = world.order(&world.parcel("ours", 3)).await;
        let found = world.provider.find(&world.wanted(&ours)).await.unwrap();
        assert!(found.is_empty(), "{dialect:?} {found:?}");
    }
}

#[tokio::test]
async fn how_a_create_ends() {
    for dialect in ALL {
        for (faults, made) in [(r#"{"create_then_cut":1}"#, 1), (r#"{"create_cut":1}"#, 0)] {
            let world = World::new(dialect, faults).await;
            let order = world.order(&world.parcel("nonce", 3)).await;
            let created = world.provider.create(&order).await;
            assert!(matches!(created, Created::Unclear(_)), "{dialect:?} {created:?}");
            let found = world.provider.find(&world.wanted(&order)).await.unwrap();
            assert_eq!(found.len(), made, "{dialect:?} {faults}");
        }
        for (status, kind) in [
            (429, Refusal::RateLimited),
            (400, Refusal::Other),
            (413, Refusal::TooLarge),
        ] {
            let body = r#"{"error":{"message":"no","code":"c"},"code":"c","message":"no"}"#;
            let faults = format!(r#"{{"create_refuse":{{"status":{status},"body":{body}}}}}"#);
            let world = World::new(dialect, &faults).await;
            let order = world.order(&world.parcel("nonce", 3)).await;
            let created = world.provider.create(&order).await;
            assert!(
                matches!(&created, Created::Refused { kind: told, .. } if *told == kind),
                "{dialect:?} {created:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_failed_check_says_why() {
    for dialect in ALL {
        let world = World::new(
            dialect,
            r#"{"fail_check":{"code":"c","message":"The model is unknown."}}"#,
        )
        .await;
        let id = world.sent(3).await;
        let ended = world.ended(&id).await;
        assert_eq!(ended.state, RemoteState::Failed, "{dialect:?}");
        assert_eq!((ended.output_file_id, ended.error_file_id), (None, None));
        assert_eq!(ended.errors[0].message, "The model is unknown.", "{dialect:?}");
    }
}

#[tokio::test]
async fn rows_of_every_fate() {
    for dialect in ALL {
        let faults = r#"{"fail_rows":{"rows":[0],"message":"bad row"},"string_body_rows":[1],"empty_body_rows":[2],
            "malformed_rows":[3],"duplicate_rows":[4],"drop_rows":[5],"null_custom_id":[6],"refusal_rows":[7],
            "length_rows":[8],"shuffle":true}"#;
        let world = World::new(dialect, faults).await;
        let id = world.sent(10).await;
        let ended = world.ended(&id).await;
        assert_eq!(ended.state, RemoteState::Completed, "{dialect:?}");
        let outcomes = world.outcomes(&ended).await;
        let of = |row: usize| {
            let id = support::wire_id("nonce", row);
            outcomes
                .iter()
                .filter(|outcome| outcome.wire_id.as_deref() == Some(&id))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(0)[0].error_message.as_deref(), Some("bad row"), "{dialect:?}");
        assert_eq!(
            (of(1)[0].status, of(2)[0].status),
            (Status::Failed, Status::Failed),
            "{dialect:?}"
        );
        assert_eq!(
            (of(3).len(), of(4).len(), of(5).len(), of(6).len()),
            (0, 2, 0, 0),
            "{dialect:?}"
        );
        assert_eq!(of(7)[0].finish_reason.as_deref(), Some("refusal"), "{dialect:?}");
        assert_eq!(of(8)[0].finish_reason.as_deref(), Some("length"), "{dialect:?}");
        assert_eq!(of(9)[0].status, Status::Succeeded, "{dialect:?}");
    }
}

#[tokio::test]
async fn results_that_come_badly() {
    for dialect in ALL {
        for fault in [
            "cut_download",
            "truncated_last_line",
            "server_500",
            "rate_limited",
        ] {
            let world = World::new(dialect, "{}").await;
            let id = world.sent(5).await;
            let ended = world.ended(&id).await;
            world.faults(&format!(r#"{{"{fault}":1}}"#)).await;
            assert_eq!(world.outcomes(&ended).await.len(), 5, "{dialect:?} {fault}");
            assert!(!world.is_arriving(), "{dialect:?} {fault}");
        }
        let world = World::new(dialect, "{}").await;
        let id = world.sent(5).await;
        let ended = world.ended(&id).await;
        world.faults(r#"{"results_gone":1}"#).await;
        let fault = world.download(&ended.output_file_id.unwrap()).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::NotFound, "{dialect:?}");
        assert!(!world.is_arriving(), "{dialect:?}");
    }
}

#[tokio::test]
async fn a_batch_that_expires() {
    for dialect in [Dialect::Openrouter, Dialect::Mistral] {
        let world = World::new(dialect, r#"{"expire_after_rows":2}"#).await;
        let ended = world.ended(&world.sent(5).await).await;
        assert_eq!(ended.state, RemoteState::Expired, "{dialect:?}");
        let outcomes = world.outcomes(&ended).await;
        let good = outcomes
            .iter()
            .filter(|outcome| outcome.status == Status::Succeeded);
        assert_eq!(good.count(), 2, "{dialect:?}");
        assert!(outcomes.iter().all(|outcome| outcome.status != Status::Failed));
    }
}

#[tokio::test]
async fn a_cancel_where_there_is_one() {
    for dialect in ALL {
        let world = World::slow(dialect, "{}").await;
        let id = world.sent(5).await;
        match world.provider.cancel(&id).await {
            Ok(batch) => {
                assert_eq!(batch.state, RemoteState::Cancelling, "{dialect:?}");
                let ended = world.ended(&id).await;
                assert_eq!(ended.state, RemoteState::Cancelled, "{dialect:?} {ended:?}");
            }
            Err(fault) => {
                assert_eq!(dialect, Dialect::Openrouter);
                assert_eq!(fault.failure.code, "cancel-not-offered");
                assert!(matches!(fault.kind, FaultKind::Refused(_)));
            }
        }
    }
}

#[tokio::test]
async fn a_wrong_key_is_told_from_a_wrong_request() {
    for dialect in ALL {
        let world = World::with_key(dialect, "wrong-key-123").await;
        assert_eq!(
            world.provider.test().await.unwrap_err().kind,
            FaultKind::Key,
            "{dialect:?}"
        );
        let parcel = world.parcel("nonce", 1);
        let order = support::order(&parcel, "file-1");
        let created = world.provider.create(&order).await;
        let refused = |created: &Created| {
            matches!(
                created,
                Created::Refused {
                    kind: Refusal::Key,
                    ..
                }
            )
        };
        assert!(refused(&created), "{dialect:?} {created:?}");
    }
}

#[tokio::test]
async fn uploads_that_are_too_large_or_break_off() {
    for dialect in [Dialect::Mistral, Dialect::Xai] {
        for (faults, kind) in [
            (r#"{"upload_too_large_above":10}"#, FaultKind::TooLarge),
            (
                r#"{"upload_too_large_above":10,"upload_too_large_html":true}"#,
                FaultKind::TooLarge,
            ),
            (r#"{"cut_upload":1}"#, FaultKind::Network),
        ] {
            let world = World::new(dialect, faults).await;
            let fault = world
                .provider
                .upload(&world.parcel("nonce", 2))
                .await
                .unwrap_err();
            assert_eq!(fault.kind, kind, "{dialect:?} {faults}");
        }
    }
}

#[tokio::test]
async fn results_of_many_pages_are_one_file() {
    let world = World::new(Dialect::Xai, "{}").await;
    let ended = world.ended(&world.sent(2_300).await).await;
    let outcomes = world.outcomes(&ended).await;
    let ids: BTreeSet<_> = outcomes
        .iter()
        .filter_map(|outcome| outcome.wire_id.clone())
        .collect();
    assert_eq!((outcomes.len(), ids.len()), (2_300, 2_300));
}

#[tokio::test]
async fn five_thousand_answers_in_one_batch() {
    let world = World::new(Dialect::Openrouter, "{}").await;
    let ended = world.ended(&world.sent(5_000).await).await;
    assert_eq!(world.outcomes(&ended).await.len(), 5_000);
}
