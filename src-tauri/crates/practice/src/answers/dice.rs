//! Chance that repeats: what is drawn follows from model, body and occurrence alone.

use sha2::{Digest, Sha256};

pub(super) struct Dice {
    state: u64,
    /// The first draw of the body, and how often the same body stood before: see [`Dice::draw`].
    first: Option<(u64, u64)>,
}

impl Dice {
    /// `identity` stands for model and body.
    pub(super) fn new(identity: &str, occurrence: u64) -> Self {
        let base = seed(&[identity]);
        Self {
            state: seed(&[identity, &occurrence.to_string()]),
            first: Some((base, occurrence)),
        }
    }

    fn next(&mut self) -> u64 {
        // splitmix64: small, and even enough for made-up answers.
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count` (0 if that is 0). The first draw steps on with each occurrence, so that trials of one
    /// body that follow each other differ for certain, not only probably.
    pub(super) fn draw(&mut self, count: u64) -> u64 {
        if count == 0 {
            return 0;
        }
        match self.first.take() {
            Some((base, occurrence)) => (base % count + occurrence % count) % count,
            None => self.next() % count,
        }
    }

    /// `true` once in `count` times.
    pub(super) fn once_in(&mut self, count: u64) -> bool {
        self.next().is_multiple_of(count)
    }

    /// A whole number within the bounds, the middle being likelier, as with people who rate.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = i128::from(high) - i128::from(low);
        let Ok(width) = u64::try_from(width) else {
            return low;
        };
        let (a, b) = (
            self.draw(width.saturating_add(1)),
            self.draw(width.saturating_add(1)),
        );
        let middle = a / 2 + b / 2 + (a % 2 + b % 2) / 2;
        i64::try_from(i128::from(low) + i128::from(middle)).unwrap_or(high)
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.draw(from.len() as u64);
        usize::try_from(at).ok().and_then(|at| from.get(at))
    }

    pub(super) fn words(&mut self, from: &[&'static str]) -> &'static str {
        self.pick(from).copied().unwrap_or_default()
    }

    /// From -1 to 1.
    pub(super) fn unit(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 33).unwrap_or(0)) / f64::from(1_u32 << 30) - 1.0
    }
}

fn seed(parts: &[&str]) -> u64 {
    let mut start = [0; 8];
    start.copy_from_slice(&digest(parts)[..8]);
    u64::from_le_bytes(start)
}

/// The lengths stand between the parts: `ab`,`c` is not `a`,`bc`.
fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// 24 letters and digits that follow from the parts, for ids.
pub(crate) fn name(parts: &[&str]) -> String {
    digest(parts)[..12]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_repeat_and_stay_in_bounds() {
        let drawn = |occurrence| {
            let mut dice = Dice::new("body", occurrence);
            (0..200).map(|_| dice.between(-3, 3)).collect::<Vec<_>>()
        };
        assert_eq!(drawn(0), drawn(0));
        assert_ne!(drawn(0), drawn(1));
        assert!(drawn(0).iter().all(|number| (-3..=3).contains(number)));
        assert!(drawn(0).contains(&-3) && drawn(0).contains(&3));
        assert_eq!(Dice::new("b", 0).between(5, 4), 5);
        let _ = Dice::new("b", 0).between(i64::MIN, i64::MAX);
    }

    #[test]
    fn trials_that_follow_each_other_differ() {
        let first = |occurrence| Dice::new("body", occurrence).draw(12);
        assert!((0..50).all(|occurrence| first(occurrence) != first(occurrence + 1)));
        assert_eq!(Dice::new("b", 1).draw(0), 0);
        assert!(Dice::new("b", 1).pick::<u8>(&[]).is_none());
    }

    #[test]
    fn names_tell_their_parts_apart() {
        assert_eq!(name(&["ab", "c"]).len(), 24);
        assert_ne!(name(&["ab", "c"]), name(&["a", "bc"]));
    }
}
