//! Ids that were seen, at most 32 bytes each: 64-bit hashes. A hash seen twice is only a suspicion; a second pass
//! over the file confirms it with the ids themselves.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashSet};

#[derive(Default)]
pub(crate) struct Ids {
    seed: DefaultHashBuilder,
    seen: HashSet<u64>,
}

impl Ids {
    pub(crate) fn hash(&self, id: &str) -> u64 {
        self.seed.hash_one(id)
    }

    /// False: it may have been seen before.
    pub(crate) fn insert(&mut self, id: &str) -> bool {
        self.seen.insert(self.seed.hash_one(id))
    }

    pub(crate) fn contains(&self, id: &str) -> bool {
        self.seen.contains(&self.seed.hash_one(id))
    }
}

/// Names for lines without an id and for doubled ids, never one that the file has already.
#[derive(Default)]
pub(crate) struct Names {
    /// Every id of the file and every name given.
    taken: Ids,
    given: Ids,
    next: HashMap<u64, u32>,
}

impl Names {
    /// Tells of an id that stands in the file.
    pub(crate) fn know(&mut self, id: &str) {
        self.taken.insert(id);
    }

    /// The id if it comes for the first time, else `id-2`, `id-3` ...: the next free one.
    pub(crate) fn unique(&mut self, id: &str) -> String {
        if self.given.insert(id) {
            return id.to_owned();
        }
        let key = self.taken.hash(id);
        let mut number = self.next.get(&key).copied().unwrap_or(2);
        let name = loop {
            let name = format!("{id}-{number}");
            number += 1;
            if !self.taken.contains(&name) && self.given.insert(&name) {
                break name;
            }
        };
        self.next.insert(key, number);
        name
    }

    /// `line-<number>`, or the next free name after it.
    pub(crate) fn by_line(&mut self, line: u64) -> String {
        let name = format!("line-{line}");
        if self.taken.contains(&name) {
            // Someone named another line so.
            self.given.insert(&name);
        }
        self.unique(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_get_the_next_free_name() {
        let mut names = Names::default();
        for id in ["a", "a", "a-2", "a"] {
            names.know(id);
        }
        let given: Vec<_> = ["a", "a", "a-2", "a"].map(|id| names.unique(id)).to_vec();
        assert_eq!(given, ["a", "a-3", "a-2", "a-4"]);
    }

    #[test]
    fn a_line_name_never_takes_someone_elses() {
        let mut names = Names::default();
        names.know("line-2");
        assert_eq!(names.by_line(2), "line-2-2");
        assert_eq!(names.by_line(3), "line-3");
    }
}
