use tabane_model::{Outcome, Status};

use super::{Filter, Store};
use crate::{
    Error, Source,
    testing::{filled, outcome, store},
};

/// Rows 0 and 3 succeeded, 1 failed, 2 is missing, 4 and 5 are pending.
fn collected() -> (tempfile::TempDir, Store) {
    let (folder, store) = store();
    filled(&store, "z", &[2]);
    filled(&store, "a", &[4, 2]);
    let mut writer = store.write_results("a", 1).unwrap();
    let mut failed = outcome(1, Status::Failed);
    failed.error_code = Some("rate_limit_exceeded".to_owned());
    failed.error_message = Some("50% of Quota\\day".to_owned());
    let mut cut_off = outcome(3, Status::Succeeded);
    cut_off.finish_reason = Some("length".to_owned());
    for (line, said) in (1..).zip([outcome(0, Status::Succeeded), failed, cut_off]) {
        writer
            .push(Source::Output, line, format!("line {line}"), said)
            .unwrap();
    }
    writer.finish(&Outcome::empty(Status::Missing)).unwrap();
    (folder, store)
}

fn view(store: &Store, status: &[Status], search: Option<&str>) -> Vec<u32> {
    let filter = Filter {
        status: status.to_vec(),
        search: search.map(str::to_owned),
        ..Filter::default()
    };
    let positions = store.open_view("a", &filter).unwrap();
    let mut streamed = Vec::new();
    store
        .each_row::<Error>("a", &filter, &mut |row| {
            streamed.push(row.position);
            Ok(())
        })
        .unwrap();
    assert_eq!(streamed, positions, "the view and the export show the same rows");
    positions
}

#[test]
fn filters_and_searches() {
    let (_folder, store) = collected();
    use Status::*;
    assert_eq!(view(&store, &[], None), [0, 1, 2, 3, 4, 5]);
    assert_eq!(view(&store, &[], Some("")), [0, 1, 2, 3, 4, 5]);
    assert_eq!(view(&store, &[Succeeded], None), [0, 3]);
    assert_eq!(view(&store, &[Failed, Missing], None), [1, 2]);
    assert_eq!(view(&store, &[Pending], None), [4, 5]);
    assert_eq!(view(&store, &[Pending, Succeeded], None), [0, 3, 4, 5]);
    assert_eq!(view(&store, &[Pending, Missing, Failed], None), [1, 2, 4, 5]);
    assert_eq!(view(&store, &Status::ALL, None), [0, 1, 2, 3, 4, 5]);
    store.finish_part("a", 2, &Outcome::empty(Cancelled)).unwrap();
    assert_eq!(view(&store, &[Succeeded], None), [0, 3]);
    assert_eq!(view(&store, &[Succeeded, Cancelled], None), [0, 3, 4, 5]);
    assert_eq!(view(&store, &[Pending], None), [0; 0]);
    assert_eq!(view(&store, &[], Some("ANSWER 3")), [3]);
    assert_eq!(view(&store, &[], Some("面白")), [0, 3]);
    assert_eq!(view(&store, &[], Some("item-5")), [5]);
    assert_eq!(view(&store, &[Failed], Some("item-5")), [0; 0]);
    assert_eq!(view(&store, &[], Some("50%")), [1]);
    assert_eq!(view(&store, &[], Some("quota\\")), [1]);
    assert_eq!(view(&store, &[], Some("_")), [1], "only the code has one");
    assert_eq!(view(&store, &[], Some("%%%")), [0; 0]);
    assert_eq!(view(&store, &[], Some("'; DROP TABLE jobs; --")), [0; 0]);
    assert_eq!(view(&store, &[], Some(&"面".repeat(100_000))), [0; 0]);
}

#[test]
fn facets_of_a_search_by_status_add_up() {
    let (_folder, store) = collected();
    for search in [None, Some(""), Some("item"), Some("answer"), Some("nowhere")] {
        let counts = store.facets("a", search).unwrap().statuses;
        assert!(counts.adds_up(), "{search:?}: {counts:?}");
        assert_eq!(
            counts.requests as usize,
            view(&store, &[], search).len(),
            "{search:?}"
        );
    }
    let counts = store.facets("a", Some("ITEM")).unwrap().statuses;
    assert_eq!(
        (counts.succeeded, counts.failed, counts.missing, counts.pending),
        (2, 1, 1, 2)
    );
}

#[test]
fn rows_come_in_the_order_asked_for() {
    let (_folder, store) = collected();
    let rows = store.rows("a", &[5, 0, 99, 1]).unwrap();
    let seen: Vec<_> = rows
        .iter()
        .map(|row| (row.position, row.outcome.status, row.source_line))
        .collect();
    assert_eq!(
        seen,
        [
            (5, Status::Pending, 6),
            (0, Status::Succeeded, 1),
            (1, Status::Failed, 2)
        ]
    );
    assert_eq!(
        (rows[1].custom_id.as_str(), rows[1].provider.as_str()),
        ("item-0", "practice")
    );
    assert_eq!(rows[1].outcome, outcome(0, Status::Succeeded));
}

#[test]
fn a_row_comes_with_its_line_as_received() {
    let (_folder, store) = collected();
    assert_eq!(store.row_detail("a", 3).unwrap().1.as_deref(), Some("line 3"));
    assert_eq!(store.row_detail("a", 2).unwrap().1, None);
    assert_eq!(store.row_detail("a", 4).unwrap().1, None);
    assert!(matches!(
        store.row_detail("a", 6),
        Err(Error::NoRow { position: 6, .. })
    ));
}

#[test]
fn causes_are_grouped() {
    let (_folder, store) = collected();
    let groups = store.failure_groups("a").unwrap();
    assert_eq!((groups.len(), groups[0].count), (1, 1));
    assert_eq!(groups[0].code.as_deref(), Some("rate_limit_exceeded"));
}

#[test]
fn an_export_sees_one_moment_and_can_be_stopped() {
    let (_folder, store) = collected();
    let mut pending = 0;
    store
        .each_row::<Error>("a", &Filter::default(), &mut |row| {
            if row.position == 0 {
                store.finish_part("a", 2, &Outcome::empty(Status::Cancelled))?;
            }
            pending += u32::from(row.outcome.status == Status::Pending);
            Ok(())
        })
        .unwrap();
    assert_eq!((pending, store.counts("a").unwrap().pending), (2, 0));
    let mut seen = 0;
    let stopped = store.each_row("a", &Filter::default(), &mut |_| {
        seen += 1;
        Err(Error::NoDraft("stop".to_owned()))
    });
    assert!(matches!(stopped, Err(Error::NoDraft(_))));
    assert_eq!(seen, 1);
}
