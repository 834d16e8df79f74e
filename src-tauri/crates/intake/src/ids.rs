//! Names that stand twice, found in little memory: eight bytes a name.
//!
//! The first reading keeps a hash of every name. Where a hash comes again, names *may* be the same; only then is
//! the file read a second time, keeping those few names in full, which tells for sure and gives the first line.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashSet};

/// The names of a file. Seeded, so that no file can be made whose names all fall together.
#[derive(Default)]
pub(crate) struct Ids {
    seeded: DefaultHashBuilder,
    seen: HashSet<u64>,
    suspects: HashSet<u64>,
    /// The first line of each suspect name; filled by the second reading.
    first_lines: HashMap<String, u64>,
    /// Names that fixes gave.
    given: HashSet<u64>,
    /// The last number given to a repeated name.
    numbers: HashMap<String, u64>,
    second_reading: bool,
}

impl Ids {
    /// Says that a line of the file has this name, whether or not it will be sent.
    pub(crate) fn note(&mut self, id: &str) {
        if self.second_reading {
            return;
        }
        let hash = self.seeded.hash_one(id);
        if !self.seen.insert(hash) || self.given.contains(&hash) {
            self.suspects.insert(hash);
        }
    }

    /// Whether what the first reading said of names cannot be relied on.
    pub(crate) fn need_second_reading(&self) -> bool {
        !self.second_reading && !self.suspects.is_empty()
    }

    pub(crate) fn start_second_reading(&mut self) {
        self.second_reading = true;
        self.given.clear();
        self.numbers.clear();
    }

    /// The earlier line with this name. The line of a new name is kept as the first one.
    pub(crate) fn first_line(&mut self, id: &str, line: u64) -> Option<u64> {
        if !self.second_reading || !self.suspects.contains(&self.seeded.hash_one(id)) {
            return None;
        }
        if let Some(first) = self.first_lines.get(id) {
            return Some(*first);
        }
        self.first_lines.insert(id.to_owned(), line);
        None
    }

    /// `a-2` for the second `a`, or the next number that is free.
    pub(crate) fn rename(&mut self, id: &str) -> String {
        loop {
            let number = *self
                .numbers
                .entry_ref(id)
                .and_modify(|number| *number += 1)
                .or_insert(2);
            let name = format!("{id}-{number}");
            if self.give(&name) {
                return name;
            }
        }
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

    /// A hash that is taken by another name costs a number, nothing else.
    fn give(&mut self, name: &str) -> bool {
        let hash = self.seeded.hash_one(name);
        !self.seen.contains(&hash) && self.given.insert(hash)
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
        assert!(!read(&["a", "b", "A", "a "]).need_second_reading());
        assert!(read(&["a", "b", "a"]).need_second_reading());
    }

    #[test]
    fn the_second_reading_knows_the_first_line() {
        let mut ids = read(&["a", "b", "a", "a"]);
        ids.start_second_reading();
        assert!(!ids.need_second_reading());
        let lines: Vec<_> = [("a", 1), ("b", 2), ("a", 3), ("a", 4)]
            .map(|(id, line)| ids.first_line(id, line))
            .into();
        assert_eq!(lines, [None, None, Some(1), Some(1)]);
    }

    #[test]
    fn names_that_are_given_are_free() {
        let mut ids = read(&["a", "a", "a-2", "line-7", "a"]);
        ids.start_second_reading();
        assert_eq!((ids.rename("a"), ids.rename("a")), ("a-3".into(), "a-4".into()));
        assert_eq!(
            (ids.name_by_line(6), ids.name_by_line(7)),
            ("line-6".into(), "line-7-2".into())
        );
        assert_eq!(ids.rename("line-6"), "line-6-2");
    }

    #[test]
    fn a_given_name_that_comes_up_later_calls_for_a_second_reading() {
        let mut ids = read(&["x"]);
        assert_eq!(ids.name_by_line(2), "line-2");
        ids.note("line-2");
        assert!(ids.need_second_reading());
        ids.start_second_reading();
        assert_eq!(ids.name_by_line(2), "line-2-2");
    }
}
