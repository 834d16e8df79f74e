//! Chance that gives the same order for ever: what a seed means must not change with a library.
//!
//! SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"), begun at the seed;
//! numbers below a limit by the high half of a 128-bit product; Fisher-Yates from the end; samples by Knuth's
//! Algorithm S (The Art of Computer Programming, volume 2, section 3.4.2).

/// A stream of random numbers.
pub(crate) struct Chance {
    state: u64,
}

impl Chance {
    pub(crate) fn new(seed: u32) -> Self {
        Self {
            state: u64::from(seed),
        }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 .. limit, the limit left out.
    fn below(&mut self, limit: u32) -> u32 {
        let product = u128::from(self.next()) * u128::from(limit);
        u32::try_from(product >> 64).unwrap_or(0)
    }

    pub(crate) fn shuffle(&mut self, positions: &mut [u32]) {
        for last in (1..positions.len()).rev() {
            let limit = u32::try_from(last + 1).unwrap_or(u32::MAX);
            positions.swap(last, self.below(limit) as usize);
        }
    }

    /// `count` of the numbers below `total`, rising; all where there are not more.
    pub(crate) fn sample(&mut self, total: u32, count: u32) -> Vec<u32> {
        let mut missing = count.min(total);
        let mut chosen = Vec::with_capacity(missing as usize);
        for number in 0..total {
            if missing == 0 {
                break;
            }
            if self.below(total - number) < missing {
                chosen.push(number);
                missing -= 1;
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The first numbers for seed 1234567 as the authors' reference implementation prints them.
    #[test]
    fn the_generator_is_splitmix64() {
        let mut chance = Chance::new(1_234_567);
        let first: Vec<u64> = (0..5).map(|_| chance.next()).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821
            ]
        );
    }

    /// Studies that were sent name their seed: these orders may never change.
    #[test]
    fn the_same_seed_gives_the_same_order_for_ever() {
        let mut order: Vec<u32> = (0..10).collect();
        Chance::new(4127).shuffle(&mut order);
        assert_eq!(order, [7, 4, 1, 8, 6, 5, 3, 0, 2, 9]);
        assert_eq!(
            Chance::new(4127).sample(120, 12),
            [20, 22, 53, 57, 60, 69, 71, 82, 89, 97, 98, 99]
        );
    }

    #[test]
    fn no_place_is_preferred() {
        let mut seen = [0_u32; 4];
        for seed in 0..4_000 {
            let mut order = [0, 1, 2, 3];
            Chance::new(seed).shuffle(&mut order);
            let place = order.iter().position(|number| *number == 0).unwrap();
            seen[place] += 1;
        }
        assert!(seen.iter().all(|count| (880..1_120).contains(count)), "{seen:?}");
    }

    proptest! {
        #[test]
        fn a_shuffle_loses_nothing(seed: u32, length in 0_u32..300) {
            let mut order: Vec<u32> = (0..length).collect();
            Chance::new(seed).shuffle(&mut order);
            order.sort_unstable();
            prop_assert_eq!(order, (0..length).collect::<Vec<_>>());
        }

        #[test]
        fn a_sample_has_its_size_and_rises(seed: u32, total in 0_u32..300, count in 0_u32..400) {
            let chosen = Chance::new(seed).sample(total, count);
            prop_assert_eq!(chosen.len(), total.min(count) as usize);
            prop_assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(chosen.iter().all(|number| *number < total));
        }
    }
}
