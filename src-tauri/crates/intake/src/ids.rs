//! Names that stand twice, found in little memory: eight bytes a name.
//!
//! The first reading keeps a hash of every name. Sorted, equal hashes lie side by side: those names *may* be the
//! same; only then is the file read a second time, looking at those few again, which gives the first line of each.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashSet;

/// The names of a file. Seeded, so that no file can be made whose names all fall together.
#[derive(Default)]
pub(crate) struct Ids {
    seed: RandomState,
    /// A hash of every name of the first reading; in order, and each once, after it.
    seen: Vec<u64>,
    reading: Reading,
}

#[derive(Default)]
enum Reading {
    #[default]
    First,
    Second(Second),
    /// The only one: hashes of the names so far. Two different names that agree in theirs would pass for the same.
    Only(HashSet<u64>),
}

/// What the second reading knows.
#[derive(Default)]
struct Second {
    seed: RandomState,
    /// Hashes of names that may stand twice, in order.
    suspects: Vec<u64>,
    /// For each of them.
    firsts: Vec<First>,
    /// Names that fixes gave, as far as they could be given twice.
    given: HashSet<u64>,
}

/// Where a suspect name was met first.
#[derive(Clone, Copy, Default)]
struct First {
    /// 0: not yet.
    line: u32,
    /// The last number given to a repeated name.
    number: u32,
    /// The name itself may be long. That two names agree in two hashes with seeds of their own does not happen.
    other_hash: u64,
}

impl Ids {
    /// For who reads once and can do without the first line of a name: no names can be given then.
    pub(crate) fn of_only_reading() -> Self {
        Self {
            reading: Reading::Only(HashSet::new()),
            ..Self::default()
        }
    }

    /// Says that a line of the file has this name, whether or not it will be sent.
    pub(crate) fn note(&mut self, id: &str) {
        if matches!(self.reading, Reading::First) {
            self.seen.push(self.seed.hash_one(id));
        }
    }

    /// From here on the same lines come again. Whether they have to: some names may stand twice.
    pub(crate) fn end_first_reading(&mut self) -> bool {
        self.seen.sort_unstable();
        let alike = self.seen.chunk_by(PartialEq::eq);
        let suspects: Vec<u64> = alike
            .filter(|alike| alike.len() > 1)
            .map(|alike| alike[0])
            .collect();
        self.seen.dedup();
        self.seen.shrink_to_fit();
        let any = !suspects.is_empty();
        self.reading = Reading::Second(Second {
            firsts: vec![First::default(); suspects.len()],
            suspects,
            ..Second::default()
        });
        any
    }

    /// The earlier line with this name (0: not known which). The line of a new name is kept as the first one.
    pub(crate) fn first_line(&mut self, id: &str, line: u64) -> Option<u64> {
        let hash = self.seed.hash_one(id);
        match &mut self.reading {
            Reading::First => None,
            Reading::Only(seen) => (!seen.insert(hash)).then_some(0),
            Reading::Second(second) => {
                let other_hash = second.seed.hash_one(id);
                let first = second.first(hash)?;
                if first.line == 0 {
                    // No file has more lines than that (`MAX_LINES`).
                    first.line = u32::try_from(line).unwrap_or(u32::MAX);
                    first.other_hash = other_hash;
                    return None;
                }
                (first.other_hash == other_hash).then_some(first.line.into())
            }
        }
    }

    /// `a-2` for the second `a`, or the next number that is free.
    pub(crate) fn rename(&mut self, id: &str) -> String {
        let mut number = self.first(id).map_or(0, |first| first.number).max(1);
        let name = loop {
            number += 1;
            let name = format!("{id}-{number}");
            if self.give(&name) {
                break name;
            }
        };
        if let Some(first) = self.first(id) {
            first.number = number;
        }
        name
    }

    /// `line-7`, or `line-7-2` when that is taken.
    pub(crate) fn name_by_line(&mut self, line: u64) -> String {
        let name = format!("line-{line}");
        if self.give(&name) {
            name
        } else {
            self.rename(&name)
        }
    }

    /// Only the second reading knows which names are free. A hash that is taken by another name costs a number,
    /// nothing else.
    fn give(&mut self, name: &str) -> bool {
        let Reading::Second(second) = &mut self.reading else {
            return true;
        };
        let hash = self.seed.hash_one(name);
        // Names made of different ids differ by themselves; only `line-7` can come about in two ways.
        self.seen.binary_search(&hash).is_err() && (!name.starts_with("line-") || second.given.insert(hash))
    }

    /// `None`: not a suspect.
    fn first(&mut self, id: &str) -> Option<&mut First> {
        match &mut self.reading {
            Reading::Second(second) => second.first(self.seed.hash_one(id)),
            _ => None,
        }
    }
}

impl Second {
    fn first(&mut self, hash: u64) -> Option<&mut First> {
        let place = self.suspects.binary_search(&hash).ok()?;
        self.firsts.get_mut(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &[&str]) -> Ids {
        let mut ids = Ids::default();
        names.iter().for_each(|name| ids.note(name));
        ids
    }

    #[test]
    fn different_names_need_no_second_reading() {
        assert!(!read(&["a", "b", "A", "a "]).end_first_reading());
        assert!(read(&["a", "b", "a"]).end_first_reading());
    }

    #[test]
    fn the_second_reading_knows_the_first_line() {
        let mut ids = read(&["a", "b", "a", "a"]);
        assert!(ids.end_first_reading());
        let lines: Vec<_> = [("a", 1), ("b", 2), ("a", 3), ("a", 4)]
            .map(|(id, line)| ids.first_line(id, line))
            .into();
        assert_eq!(lines, [None, None, Some(1), Some(1)]);
    }

    #[test]
    fn names_that_are_given_are_free() {
        let mut ids = read(&["a", "a", "a-2", "line-7", "a"]);
        ids.end_first_reading();
        assert_eq!((ids.rename("a"), ids.rename("a")), ("a-3".into(), "a-4".into()));
        assert_eq!(
            (ids.name_by_line(6), ids.name_by_line(7)),
            ("line-6".into(), "line-7-2".into())
        );
        assert_eq!(ids.rename("line-6"), "line-6-2");
    }

    #[test]
    fn a_name_that_can_come_about_in_two_ways_is_given_once() {
        let mut ids = read(&["line", "line", "line"]);
        ids.end_first_reading();
        assert_eq!(ids.rename("line"), "line-2");
        assert_eq!(ids.name_by_line(2), "line-2-2");
        assert_eq!(ids.name_by_line(3), "line-3");
        assert_eq!(ids.rename("line"), "line-4");
    }

    #[test]
    fn one_reading_is_enough_to_know_that_a_name_came_before() {
        let mut ids = Ids::of_only_reading();
        let found: Vec<_> = ["a", "b", "a", "a"].map(|id| ids.first_line(id, 1)).into();
        assert_eq!(found, [None, None, Some(0), Some(0)]);
    }

    #[test]
    fn a_given_name_is_never_one_that_comes_up_later() {
        let mut ids = read(&["x"]);
        ids.name_by_line(2);
        ids.note("line-2");
        assert!(
            !ids.end_first_reading(),
            "what the first reading gave is forgotten"
        );
        assert_eq!(ids.name_by_line(2), "line-2-2");
    }
}
