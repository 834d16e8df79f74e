use tabane_model::{Counts, Outcome, Status};

use crate::{
    Collected, Filter, Source, Store,
    testing::{filled, outcome, store, wire_id},
};

/// A result line: the file, the position it names (`None`: no id), what it says, and words to tell it apart.
type Line = (Source, Option<u32>, Status, &'static str);

const OK: Status = Status::Succeeded;
const BAD: Status = Status::Failed;
const OUT: Source = Source::Output;
const ERR: Source = Source::Error;

fn collect(store: &Store, part: u32, lines: &[Line], rest: Status) -> Collected {
    let mut writer = store.write_results("a", part).unwrap();
    let mut numbers = [0, 0];
    for &(source, position, status, words) in lines {
        let number = &mut numbers[usize::from(source == ERR)];
        *number += 1;
        let said = Outcome {
            wire_id: position.map(wire_id),
            answer: Some(words.to_owned()),
            ..outcome(0, status)
        };
        writer
            .push(
                source,
                *number,
                format!("{{\"{position:?}\":\"{words} {status:?}\"}}"),
                said,
            )
            .unwrap();
    }
    let collected = writer.finish(&Outcome::empty(rest)).unwrap();
    check(store);
    collected
}

/// The sums hold, and those kept beside are those of the rows.
fn check(store: &Store) -> Counts {
    let counts = store.counts("a").unwrap();
    assert!(counts.adds_up(), "{counts:?}");
    let mut seen = Counts {
        requests: counts.requests,
        ..Counts::default()
    };
    store
        .each_row::<crate::Error>("a", &Filter::default(), &mut |row| {
            match row.outcome.status {
                Status::Pending => seen.pending += 1,
                Status::Succeeded => seen.succeeded += 1,
                Status::Failed => seen.failed += 1,
                Status::Expired => seen.expired += 1,
                Status::Cancelled => seen.cancelled += 1,
                Status::Missing => seen.missing += 1,
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(seen, counts);
    assert_eq!(store.counts_all().unwrap(), [("a".to_owned(), counts)]);
    counts
}

/// Status, answer and line as received of each row.
fn all(store: &Store) -> Vec<(Status, Option<String>, Option<String>)> {
    let rows = store.open_view("a", &Filter::default()).unwrap();
    rows.into_iter()
        .map(|position| {
            let (row, raw) = store.row_detail("a", position).unwrap();
            (row.outcome.status, row.outcome.answer, raw)
        })
        .collect()
}

fn words(store: &Store) -> Vec<String> {
    all(store)
        .into_iter()
        .map(|(status, answer, _)| answer.unwrap_or(status.as_str().to_owned()))
        .collect()
}

#[test]
fn every_request_is_accounted_for() {
    let (_folder, store) = store();
    filled(&store, "a", &[3, 2]);
    assert_eq!(check(&store).pending, 5);
    let first = collect(
        &store,
        1,
        &[(OUT, Some(1), OK, "one"), (ERR, Some(0), BAD, "zero")],
        Status::Expired,
    );
    assert_eq!((first.orphans, first.doubles), (0, 0));
    assert!(first.counts.adds_up());
    assert_eq!(words(&store), ["zero", "one", "expired", "pending", "pending"]);
    store
        .finish_part("a", 2, &Outcome::empty(Status::Cancelled))
        .unwrap();
    let counts = check(&store);
    assert_eq!(
        (counts.succeeded, counts.failed, counts.expired, counts.cancelled),
        (1, 1, 1, 2)
    );
}

#[test]
fn collecting_twice_changes_nothing() {
    let (_folder, store) = store();
    filled(&store, "a", &[5]);
    let lines = [
        (OUT, Some(4), OK, "four"),
        (OUT, Some(0), OK, "zero"),
        (OUT, Some(99), OK, "a stranger"),
        (OUT, Some(0), OK, "zero again"),
        (ERR, Some(1), BAD, "one"),
        (ERR, Some(2), BAD, "two"),
        (ERR, None, BAD, "whose?"),
    ];
    let first = collect(&store, 1, &lines, Status::Missing);
    assert_eq!((first.orphans, first.doubles), (1, 1));
    assert_eq!(
        words(&store),
        ["zero", "one", "two", "whose?", "four"],
        "the one left over has the line without id"
    );
    let before = all(&store);
    assert_eq!(collect(&store, 1, &lines, Status::Missing), first);
    assert_eq!(all(&store), before);
    assert_eq!(store.orphans("a").unwrap(), 1);
}

#[test]
fn a_success_wins_and_then_the_first() {
    let (_folder, store) = store();
    filled(&store, "a", &[3]);
    let lines = [
        (OUT, Some(0), OK, "good"),
        (OUT, Some(1), BAD, "bad first"),
        (OUT, Some(1), OK, "good later"),
        (OUT, Some(2), BAD, "first"),
        (ERR, Some(0), BAD, "bad later"),
        (ERR, Some(2), BAD, "second"),
    ];
    let collected = collect(&store, 1, &lines, Status::Missing);
    assert_eq!(words(&store), ["good", "good later", "first"]);
    assert_eq!((collected.doubles, collected.orphans), (3, 0));
    assert_eq!(collect(&store, 1, &lines, Status::Missing), collected);
}

#[test]
fn lines_without_an_id_are_given_away_only_when_it_is_certain() {
    let (_folder, store) = store();
    filled(&store, "a", &[3]);
    // Two requests left for one line, then one request for two lines.
    let one = collect(
        &store,
        1,
        &[(OUT, Some(0), OK, "zero"), (OUT, None, OK, "?")],
        Status::Missing,
    );
    assert_eq!((one.orphans, one.counts.missing), (1, 2));
    let two = [
        (OUT, Some(0), OK, "zero"),
        (OUT, None, OK, "?"),
        (OUT, None, OK, "??"),
        (OUT, Some(1), OK, "one"),
    ];
    let two = collect(&store, 1, &two, Status::Missing);
    assert_eq!((two.orphans, two.counts.missing), (2, 1));
}

#[test]
fn other_files_take_the_place_of_the_first() {
    let (_folder, store) = store();
    filled(&store, "a", &[4]);
    let cut = [
        (OUT, Some(0), OK, "zero"),
        (OUT, None, BAD, "cut her"),
        (ERR, Some(3), BAD, "three"),
    ];
    collect(&store, 1, &cut, Status::Missing);
    assert_eq!(words(&store), ["zero", "missing", "missing", "three"]);
    let whole = [
        (OUT, Some(0), OK, "zero"),
        (OUT, Some(2), OK, "two"),
        (OUT, Some(1), OK, "one"),
        (ERR, Some(3), BAD, "three"),
    ];
    let collected = collect(&store, 1, &whole, Status::Missing);
    assert_eq!(
        (words(&store).join(" ").as_str(), collected.orphans),
        ("zero one two three", 0)
    );
    // Other lines at the same places, and fewer of them.
    collect(
        &store,
        1,
        &[(OUT, Some(2), OK, "zwei"), (OUT, Some(0), OK, "null")],
        Status::Missing,
    );
    assert_eq!(words(&store), ["null", "missing", "zwei", "three"]);
    for (status, answer, raw) in all(&store) {
        assert_eq!(raw.is_none(), status == Status::Missing);
        assert!(
            answer.is_none_or(|answer| raw.unwrap().contains(&answer)),
            "each row with its own line"
        );
    }
}

#[test]
fn what_was_missing_can_still_come() {
    let (_folder, store) = store();
    filled(&store, "a", &[2]);
    store
        .finish_part("a", 1, &Outcome::empty(Status::Missing))
        .unwrap();
    assert_eq!(check(&store).missing, 2);
    collect(&store, 1, &[(OUT, Some(1), OK, "late")], Status::Expired);
    assert_eq!(words(&store), ["expired", "late"]);
}

#[test]
fn the_rest_can_say_why() {
    let (_folder, store) = store();
    filled(&store, "a", &[2]);
    let mut refused = Outcome::empty(BAD);
    refused.error_code = Some("insufficient_balance".to_owned());
    refused.error_message = Some("Top up".to_owned());
    store.finish_part("a", 1, &refused).unwrap();
    assert_eq!(check(&store).failed, 2);
    let groups = store.failure_groups("a").unwrap();
    assert_eq!(
        (groups.len(), groups[0].count, groups[0].code.as_deref()),
        (1, 2, Some("insufficient_balance"))
    );
}

#[test]
fn foreign_ids_and_very_long_ones_are_found() {
    let (_folder, store) = store();
    store.insert_job(&crate::testing::job("a", 2)).unwrap();
    store.insert_part(&crate::testing::part("a", 1, 0, 2)).unwrap();
    let ids = ["a/b ' \u{2028} 面白さ", &"x".repeat(300)];
    let mut writer = store.write_requests("a").unwrap();
    for (position, id) in (0..).zip(ids) {
        let request = crate::testing::request(1, 0, position);
        writer
            .push(crate::NewRequest {
                wire_id: id.to_owned(),
                ..request
            })
            .unwrap();
    }
    writer.finish().unwrap();
    let mut writer = store.write_results("a", 1).unwrap();
    for (line, id) in (1..).zip(ids) {
        let said = Outcome {
            wire_id: Some(id.to_owned()),
            ..outcome(0, OK)
        };
        writer.push(OUT, line, format!("{{{id}}}"), said).unwrap();
    }
    let collected = writer.finish(&Outcome::empty(Status::Missing)).unwrap();
    assert_eq!((collected.counts.succeeded, collected.orphans), (2, 0));
}

#[test]
fn counts_add_up_whatever_comes() {
    // A small generator of our own: the same cases each time.
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        u32::try_from(seed % below).unwrap()
    };
    for _ in 0..60 {
        let (_folder, store) = store();
        let sizes = [1 + random(6), 1 + random(6)];
        filled(&store, "a", &sizes);
        for _ in 0..3 {
            let part = 1 + random(2);
            let mut lines: Vec<Line> = Vec::new();
            for _ in 0..random(16) {
                let position = (random(5) > 0).then(|| random(14));
                let source = if random(2) == 0 { OUT } else { ERR };
                let words = ["one", "two", "three"][random(3) as usize];
                lines.push((source, position, Status::ALL[random(4) as usize], words));
            }
            let rest = [Status::Missing, Status::Expired, Status::Cancelled][random(3) as usize];
            let collected = collect(&store, part, &lines, rest);
            let before = all(&store);
            assert!(collected.counts.adds_up());
            assert_eq!(
                collected.counts.pending, 0,
                "a collected part has nothing pending"
            );
            assert_eq!(collected.counts.requests, sizes[part as usize - 1]);
            assert_eq!(collect(&store, part, &lines, rest), collected, "{lines:?}");
            assert_eq!(all(&store), before, "{lines:?}");
        }
    }
}

#[test]
fn a_hundred_thousand_rows_go_in_quickly_and_only_once() {
    let (_folder, store) = store();
    filled(&store, "a", &[50_000, 50_000]);
    for round in 0..2 {
        for part in 1..=2 {
            let mut writer = store.write_results("a", part).unwrap();
            let first = (part - 1) * 50_000;
            for line in 1..=50_000 {
                let position = first + 50_000 - line;
                let status = if position % 100 == 0 { BAD } else { OK };
                writer
                    .push(
                        OUT,
                        line,
                        format!("{{\"custom_id\":\"{position}\"}}"),
                        outcome(position, status),
                    )
                    .unwrap();
            }
            let collected = writer.finish(&Outcome::empty(Status::Missing)).unwrap();
            assert_eq!(
                (collected.counts.succeeded, collected.orphans, collected.doubles),
                (49_500, 0, 0)
            );
        }
        assert_eq!(check(&store).failed, 1_000, "round {round}");
    }
    let failed = Filter {
        status: vec![BAD],
        ..Filter::default()
    };
    assert_eq!(store.open_view("a", &failed).unwrap().len(), 1_000);
    store.delete_job("a").unwrap();
    assert!(store.jobs(None).unwrap().is_empty());
}

#[test]
fn a_part_that_is_not_there_is_an_error() {
    let (_folder, store) = store();
    filled(&store, "a", &[1]);
    assert!(matches!(
        store.write_results("a", 2).err(),
        Some(crate::Error::NoPart { number: 2, .. })
    ));
    assert!(matches!(
        store.write_results("b", 1).err(),
        Some(crate::Error::NoJob(_))
    ));
}
