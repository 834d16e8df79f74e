use proptest::prelude::*;

use super::*;
use crate::testing::{numbered, study};

fn rule(levels: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(factor, level): &(&str, &str)| ((*factor).to_owned(), (*level).to_owned());
    levels.iter().map(owned).collect()
}

fn three(a: usize, b: usize, trials: u32) -> Study {
    study(vec![numbered("a", a), numbered("b", b)], trials)
}

/// The level numbers of all kept combinations.
fn kept(study: &Study) -> Vec<Vec<usize>> {
    let all = Combinations::new(study).unwrap();
    (0..all.len())
        .map(|place| {
            (0..study.factors.len())
                .map(|factor| all.level(all.at(place), factor))
                .collect()
        })
        .collect()
}

#[test]
fn the_first_factor_is_outermost() {
    assert_eq!(
        kept(&three(2, 3, 1)),
        [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]
    );
    assert_eq!(kept(&three(2, 0, 1)), Vec::<Vec<usize>>::new());
    assert_eq!(kept(&study(Vec::new(), 1)), Vec::<Vec<usize>>::new());
}

#[test]
fn include_and_exclude() {
    let mut study = three(3, 3, 1);
    study.design.include = vec![rule(&[("a", "0")]), rule(&[("a", "1"), ("b", "2")])];
    study.design.exclude = vec![rule(&[("b", "1")])];
    assert_eq!(kept(&study), [[0, 0], [0, 2], [1, 2]]);
    assert_eq!(count(&study).combinations, 3);
    study.design.include = vec![rule(&[("a", "nobody")])];
    assert_eq!(kept(&study), Vec::<Vec<usize>>::new());
    assert_eq!(count(&study).combinations, 0);
}

#[test]
fn counts_do_not_list_what_they_count() {
    let mut study = study(
        (0..4)
            .map(|number| numbered(&format!("f{number}"), 3_000))
            .collect(),
        10,
    );
    assert_eq!(count(&study).combinations, u32::MAX);
    assert!(Combinations::new(&study).is_none());
    study.factors.truncate(2);
    study.design.exclude = vec![rule(&[("f0", "7"), ("f1", "7")]), rule(&[("f1", "8")])];
    let counted = count(&study);
    assert_eq!((counted.combinations, counted.requests), (8_996_999, 89_969_990));
    study.design.subset = Subset::EveryNth { step: 4 };
    assert_eq!(count(&study).requests, 22_492_498);
}

#[test]
fn an_unfinished_study_is_counted_too() {
    let empty = study(Vec::new(), 0);
    assert_eq!(
        count(&empty),
        StudyCount {
            models: 2,
            ..StudyCount::default()
        }
    );
    let mut half = three(2, 0, 3);
    half.design.subset = Subset::EveryNth { step: 0 };
    assert_eq!((count(&half).levels, count(&half).requests), (vec![2, 0], 0));
}

#[test]
fn long_lists_of_rules_are_quick() {
    let mut study = three(1_000, 1_000, 1);
    let diagonal = |number: usize| rule(&[("a", &number.to_string()), ("b", &number.to_string())]);
    study.design.exclude = (0..1_000).map(diagonal).collect();
    assert_eq!(count(&study).combinations, 999_000);
    assert_eq!(Combinations::new(&study).unwrap().len(), 999_000);
}

fn positions(combinations: u32, design: &Design) -> Vec<u32> {
    let sequence = Sequence::new(combinations, design).unwrap();
    (0..sequence.len())
        .map(|position| sequence.at(position))
        .collect()
}

#[test]
fn subsets_and_orders() {
    let mut design = three(1, 1, 4).design;
    assert_eq!(positions(3, &design), (0..12).collect::<Vec<_>>());
    design.subset = Subset::EveryNth { step: 5 };
    assert_eq!(positions(3, &design), [0, 5, 10]);
    design.subset = Subset::Random { count: 4, seed: 7 };
    let sampled = positions(3, &design);
    assert_eq!(sampled, [1, 5, 7, 8]);
    // Taken before the order is drawn: the same requests, mixed.
    design.order = Order::Random { seed: 1 };
    let mixed = positions(3, &design);
    assert_eq!(mixed, [1, 5, 8, 7]);
    design.subset = Subset::Random { count: 99, seed: 7 };
    design.order = Order::AsDesigned;
    assert_eq!(positions(3, &design).len(), 12);
}

#[test]
fn far_too_many_are_refused_before_they_take_memory() {
    assert!(Sequence::new(u32::MAX, &three(1, 1, 2).design).is_none());
    assert!(Sequence::new(MOST_REQUESTS, &three(1, 1, 2).design).is_none());
    assert!(Sequence::new(MOST_REQUESTS, &three(1, 1, 1).design).is_some());
}

prop_compose! {
    fn rules()(levels in prop::collection::btree_map("[abc]", "[0-5]", 0..3)) -> BTreeMap<String, String> {
        levels
    }
}

proptest! {
    #[test]
    fn crossing_gives_the_product(a in 0_usize..6, b in 0_usize..6, c in 0_usize..6, trials in 1_u32..5) {
        let study = study(vec![numbered("a", a), numbered("b", b), numbered("c", c)], trials);
        let product = (a * b * c) as u32;
        prop_assert_eq!(count(&study).requests, product * trials);
        let combinations = Combinations::new(&study).unwrap();
        prop_assert_eq!(combinations.len(), product);
        prop_assert_eq!(Sequence::new(product, &study.design).unwrap().len(), product * trials);
        let mut all = kept(&study);
        all.dedup();
        prop_assert_eq!(all.len(), product as usize);
    }

    #[test]
    fn counting_agrees_with_listing(a in 0_usize..7, b in 0_usize..7, include in prop::collection::vec(rules(), 0..4),
        exclude in prop::collection::vec(rules(), 0..4)) {
        let mut study = study(vec![numbered("a", a), numbered("b", b)], 1);
        study.design.include = include;
        study.design.exclude = exclude;
        prop_assert_eq!(count(&study).combinations as usize, kept(&study).len());
    }

    #[test]
    fn an_order_loses_nothing(combinations in 0_u32..40, trials in 1_u32..5, step in 1_u32..7, seed: u32) {
        let mut design = three(1, 1, trials).design;
        design.subset = Subset::EveryNth { step };
        let designed = positions(combinations, &design);
        design.order = Order::Random { seed };
        let mut mixed = positions(combinations, &design);
        mixed.sort_unstable();
        prop_assert_eq!(mixed, designed);
    }
}
