use tabane_model::{Failure, JobState, PartState};

use crate::{
    Error, JobRecord, PartRecord,
    testing::{NOW, filled, job, part, store},
};

#[test]
fn a_job_comes_back_as_it_was() {
    let (_folder, store) = store();
    let mut kept = job("a", 3);
    kept.waiting = Some(Failure::new("key-refused").with("part", 2_u32).detail("401"));
    kept.bytes = 190_000_000;
    store.insert_job(&kept).unwrap();
    assert_eq!(store.job("a").unwrap(), kept);
    assert!(matches!(store.job("b"), Err(Error::NoJob(id)) if id == "b"));
    assert!(store.insert_job(&kept).is_err(), "an id is used once");
}

#[test]
fn changes_are_recorded_and_repetitions_are_not() {
    let (_folder, store) = store();
    store.insert_job(&job("a", 1)).unwrap();
    store.insert_part(&part("a", 1, 0, 1)).unwrap();
    let trouble = Failure::new("balance-empty");
    store
        .set_job_state("a", JobState::Sending, None, NOW + 1)
        .unwrap();
    store
        .set_job_state("a", JobState::Sending, None, NOW + 2)
        .unwrap();
    store
        .set_job_state("a", JobState::Waiting, Some(&trouble), NOW + 3)
        .unwrap();
    store
        .set_job_state(
            "a",
            JobState::Waiting,
            Some(&trouble.clone().detail("other words")),
            NOW + 4,
        )
        .unwrap();
    let mut sent = part("a", 1, 0, 1);
    sent.state = PartState::Uploading;
    store.save_part(&sent, NOW + 5).unwrap();
    sent.tries = 1;
    store.save_part(&sent, NOW + 6).unwrap();
    let seen: Vec<_> = store
        .transitions("a")
        .unwrap()
        .into_iter()
        .map(|step| (step.at - NOW, step.part, step.to))
        .collect();
    let step = |at, part, to: &str| (at, part, to.to_owned());
    assert_eq!(
        seen,
        [
            step(0, None, "preparing"),
            step(0, Some(1), "planned"),
            step(1, None, "sending"),
            step(3, None, "waiting"),
            step(5, Some(1), "uploading"),
        ]
    );
    assert_eq!(store.transitions("a").unwrap()[3].note, Some(trouble));
    assert_eq!(
        store.job("a").unwrap().waiting.unwrap().detail.unwrap(),
        "other words"
    );
}

#[test]
fn jobs_are_released_together_or_not_at_all() {
    let (_folder, store) = store();
    for id in ["a", "b"] {
        store.insert_job(&job(id, 1)).unwrap();
        let waiting = PartRecord {
            due_at: None,
            ..part(id, 1, 0, 1)
        };
        store.insert_part(&waiting).unwrap();
    }
    let both = ["a".to_owned(), "b".to_owned()];
    let with_a_stranger = ["a".to_owned(), "c".to_owned()];
    assert!(matches!(store.release(&with_a_stranger, NOW + 1), Err(Error::NoJob(id)) if id == "c"));
    assert_eq!(store.job("a").unwrap().state, JobState::Preparing);
    assert!(store.due_parts(NOW + 9).unwrap().is_empty());
    store.release(&both, NOW + 2).unwrap();
    for id in ["a", "b"] {
        assert_eq!(store.job(id).unwrap().state, JobState::Sending);
    }
    assert_eq!(store.due_parts(NOW + 2).unwrap().len(), 2);
}

#[test]
fn times_and_the_wish_to_cancel_are_kept() {
    let (_folder, store) = store();
    store.insert_job(&job("a", 1)).unwrap();
    store.mark_ended("a", Some(NOW + 3)).unwrap();
    store.set_cancel_asked("a", true).unwrap();
    store.rename_job("a", "第1回").unwrap();
    let kept = store.job("a").unwrap();
    assert_eq!(
        (kept.sent_at, kept.ended_at, kept.cancel_asked),
        (None, Some(NOW + 3), true)
    );
    assert_eq!(kept.name, "第1回");
}

#[test]
fn a_job_is_settled_by_its_parts_in_one_moment() {
    let (_folder, store) = store();
    filled(&store, "a", &[1, 1]);
    let finished = |_: &JobRecord, _: &[PartRecord]| (JobState::Finished, None);
    assert!(
        !store.settle_job("a", NOW, finished).unwrap(),
        "still being prepared"
    );
    store.release(&["a".to_owned()], NOW).unwrap();
    let mut part = store.part("a", 2).unwrap();
    part.sent_at = Some(NOW);
    store.save_part(&part, NOW).unwrap();
    let counted = |_: &JobRecord, parts: &[PartRecord]| {
        assert_eq!(parts.len(), 2);
        (JobState::Running, None)
    };
    assert!(!store.settle_job("a", NOW + 1, counted).unwrap());
    assert!(store.settle_job("a", NOW + 2, finished).unwrap());
    assert!(!store.settle_job("a", NOW + 3, finished).unwrap(), "said once");
    let kept = store.job("a").unwrap();
    assert_eq!((kept.sent_at, kept.ended_at), (Some(NOW + 1), Some(NOW + 2)));
}

#[test]
fn the_newest_is_first_and_a_search_takes_its_letters_as_they_are() {
    let (_folder, store) = store();
    for (age, name) in [(2, "100% of all"), (1, "Study_1"), (0, "study 1")] {
        let mut kept = job(name, 1);
        kept.name = name.to_owned();
        kept.created_at = NOW - age;
        store.insert_job(&kept).unwrap();
    }
    let names = |search| -> Vec<String> {
        store
            .jobs(search)
            .unwrap()
            .into_iter()
            .map(|job| job.name)
            .collect()
    };
    assert_eq!(names(None), ["study 1", "Study_1", "100% of all"]);
    assert_eq!(names(Some("STUDY")), ["study 1", "Study_1"]);
    assert_eq!(names(Some("_")), ["Study_1"]);
    assert_eq!(names(Some(" % ")), ["100% of all"]);
    assert_eq!(names(Some("' OR 1=1 --")), Vec::<String>::new());
    let ids: Vec<_> = store
        .counts_all()
        .unwrap()
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    assert_eq!(ids, names(None));
}

#[test]
fn a_deleted_job_leaves_nothing_and_takes_nothing_else() {
    let (_folder, store) = store();
    filled(&store, "a", &[3]);
    filled(&store, "b", &[2]);
    store.delete_job("a").unwrap();
    assert!(matches!(store.delete_job("a"), Err(Error::NoJob(_))));
    assert_eq!(store.counts("b").unwrap().pending, 2);
    store.clear_job("b").unwrap();
    assert!(store.parts("b").unwrap().is_empty());
    let left = |table: &str| -> u32 {
        let count = format!("SELECT count(*) FROM {table}");
        store
            .read::<_, Error>(|reader| Ok(reader.query_row(&count, [], |row| row.get(0))?))
            .unwrap()
    };
    for table in ["parts", "requests", "results", "raw_results", "tallies"] {
        assert_eq!(left(table), 0, "{table}");
    }
    assert_eq!(left("jobs"), 1);
}
