//! Which combinations there are, which requests are sent, and in which order.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use tabane_model::{Design, Factor, Order, Study, StudyCount, Subset};

use crate::factor;
use crate::order::Chance;

/// More requests of one model than this are refused. In a mixed order their list takes four bytes each.
pub const MOST_REQUESTS: u32 = 10_000_000;

/// How many requests a study makes; it need not be finished. Combinations are counted without listing them.
#[must_use]
pub fn count(study: &Study) -> StudyCount {
    let combinations = combinations(study);
    let designed = combinations.saturating_mul(u64::from(study.design.trials));
    StudyCount {
        levels: study
            .factors
            .iter()
            .map(|factor| narrow(factor.levels.len() as u64))
            .collect(),
        trials: study.design.trials,
        combinations: narrow(combinations),
        requests: narrow(after_subset(designed, study.design.subset)),
        models: narrow(study.models.len() as u64),
    }
}

fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn after_subset(designed: u64, subset: Subset) -> u64 {
    match subset {
        Subset::All => designed,
        Subset::EveryNth { step } => designed.div_ceil(u64::from(step.max(1))),
        Subset::Random { count, .. } => designed.min(u64::from(count)),
    }
}

/// Combinations after include and exclude. Levels that no rule names behave alike and are counted together, so that
/// only named levels are tried against each other.
fn combinations(study: &Study) -> u64 {
    if study.factors.is_empty() {
        return 0;
    }
    let rules = Rules::new(&study.factors, &study.design);
    let classes: Vec<Vec<(Option<u32>, u64)>> = study
        .factors
        .iter()
        .enumerate()
        .map(|(index, factor)| rules.classes(index, factor))
        .collect();
    let mut levels = Vec::with_capacity(classes.len());
    count_classes(&classes, &rules, &mut levels)
}

fn count_classes(classes: &[Vec<(Option<u32>, u64)>], rules: &Rules, levels: &mut Vec<Option<u32>>) -> u64 {
    let Some(factor) = classes.get(levels.len()) else {
        return u64::from(rules.keep(|index| levels.get(index).copied().flatten()));
    };
    // Nothing is named in the rest: all of it behaves alike.
    let mut sum = 0_u64;
    for (level, size) in factor {
        levels.push(*level);
        sum = sum.saturating_add(size.saturating_mul(count_classes(classes, rules, levels)));
        levels.pop();
    }
    sum
}

/// Include and exclude by numbers.
#[derive(Default)]
struct Rules {
    include: Vec<Group>,
    exclude: Vec<Group>,
    /// Something is included, if only what does not exist.
    only_included: bool,
}

/// Rules that name the same factors: one look tells whether any of them is met, however many they are.
struct Group {
    factors: Vec<usize>,
    /// A level of each of `factors`.
    levels: HashSet<Vec<u32>>,
}

impl Rules {
    fn new(factors: &[Factor], design: &Design) -> Self {
        if design.include.is_empty() && design.exclude.is_empty() {
            return Self::default();
        }
        let ids: Vec<HashMap<&str, u32>> = factors
            .iter()
            .map(|factor| {
                (0..factor.levels.len())
                    .map(|level| (factor::level_id(factor, level), narrow(level as u64)))
                    .collect()
            })
            .collect();
        // A rule that names what is not there meets nothing; `check` tells it.
        let number = |rule: &BTreeMap<String, String>| {
            rule.iter()
                .map(|(name, id)| {
                    let index = factors.iter().position(|factor| factor.name == *name)?;
                    Some((index, *ids.get(index)?.get(id.as_str())?))
                })
                .collect::<Option<BTreeMap<usize, u32>>>()
        };
        let groups = |rules: &[BTreeMap<String, String>]| {
            let mut groups: BTreeMap<Vec<usize>, HashSet<Vec<u32>>> = BTreeMap::new();
            for rule in rules.iter().filter_map(number) {
                let (factors, levels) = rule.into_iter().unzip();
                groups.entry(factors).or_default().insert(levels);
            }
            let group = |(factors, levels)| Group { factors, levels };
            groups.into_iter().map(group).collect()
        };
        Self {
            include: groups(&design.include),
            exclude: groups(&design.exclude),
            only_included: !design.include.is_empty(),
        }
    }

    fn is_empty(&self) -> bool {
        !self.only_included && self.exclude.is_empty()
    }

    /// Is a combination of these levels kept? `None`: a level that no rule names.
    fn keep(&self, level: impl Fn(usize) -> Option<u32>) -> bool {
        let met = |group: &Group| {
            let levels: Option<Vec<u32>> = group.factors.iter().map(|factor| level(*factor)).collect();
            levels.is_some_and(|levels| group.levels.contains(&levels))
        };
        (!self.only_included || self.include.iter().any(met)) && !self.exclude.iter().any(met)
    }

    /// The levels of a factor that a rule names, each alone, and all others as one: level, how many.
    fn classes(&self, index: usize, factor: &Factor) -> Vec<(Option<u32>, u64)> {
        let groups = self.include.iter().chain(&self.exclude);
        let named: BTreeSet<u32> = groups
            .filter_map(|group| {
                let place = group.factors.iter().position(|factor| *factor == index)?;
                Some(
                    group
                        .levels
                        .iter()
                        .filter_map(move |levels| levels.get(place).copied()),
                )
            })
            .flatten()
            .collect();
        let others = (factor.levels.len() - named.len()) as u64;
        let mut classes: Vec<_> = named.into_iter().map(|level| (Some(level), 1)).collect();
        if others > 0 {
            classes.push((None, others));
        }
        classes
    }
}

/// All combinations that are kept, by number: the first factor is outermost.
pub(crate) struct Combinations<'a> {
    factors: &'a [Factor],
    /// Combinations that one level of each factor spans.
    strides: Vec<u32>,
    kept: Kept,
}

enum Kept {
    All(u32),
    Some(Vec<u32>),
}

impl<'a> Combinations<'a> {
    /// `None`: more than [`MOST_REQUESTS`].
    pub(crate) fn new(study: &'a Study) -> Option<Self> {
        let factors = study.factors.as_slice();
        let mut strides = vec![1_u32; factors.len()];
        let mut size = u32::from(!factors.is_empty());
        for (stride, factor) in strides.iter_mut().zip(factors).rev() {
            *stride = size;
            size = size.checked_mul(u32::try_from(factor.levels.len()).ok()?)?;
        }
        if size > MOST_REQUESTS {
            return None;
        }
        let rules = Rules::new(factors, &study.design);
        let mut all = Self {
            factors,
            strides,
            kept: Kept::All(size),
        };
        if !rules.is_empty() {
            let kept =
                (0..size).filter(|number| rules.keep(|factor| Some(all.level_number(*number, factor))));
            all.kept = Kept::Some(kept.collect());
        }
        Some(all)
    }

    pub(crate) fn len(&self) -> u32 {
        match &self.kept {
            Kept::All(size) => *size,
            Kept::Some(kept) => narrow(kept.len() as u64),
        }
    }

    /// The number of the kept combination at this place.
    pub(crate) fn at(&self, place: u32) -> u32 {
        match &self.kept {
            Kept::All(_) => place,
            Kept::Some(kept) => kept.get(place as usize).copied().unwrap_or(0),
        }
    }

    pub(crate) fn factors(&self) -> &'a [Factor] {
        self.factors
    }

    fn level_number(&self, combination: u32, factor: usize) -> u32 {
        let (Some(stride), Some(levels)) = (self.strides.get(factor), self.factors.get(factor)) else {
            return 0;
        };
        let size = narrow(levels.levels.len() as u64).max(1);
        combination / (*stride).max(1) % size
    }

    /// The row of a factor in a combination.
    pub(crate) fn level(&self, combination: u32, factor: usize) -> usize {
        self.level_number(combination, factor) as usize
    }
}

/// The requests that are sent, in their order: each a number of the design, combination by combination and trial by
/// trial.
pub(crate) enum Sequence {
    Counted { step: u32, length: u32 },
    Listed(Vec<u32>),
}

impl Sequence {
    /// `None`: more than [`MOST_REQUESTS`].
    pub(crate) fn new(combinations: u32, design: &Design) -> Option<Self> {
        let designed = combinations.checked_mul(design.trials)?;
        if designed > MOST_REQUESTS {
            return None;
        }
        let mut sequence = match design.subset {
            Subset::Random { count, seed } if count < designed => {
                Self::Listed(Chance::new(seed).sample(designed, count))
            }
            Subset::EveryNth { step } => Self::Counted {
                step: step.max(1),
                length: designed.div_ceil(step.max(1)),
            },
            Subset::All | Subset::Random { .. } => Self::Counted {
                step: 1,
                length: designed,
            },
        };
        if let Order::Random { seed } = design.order {
            let mut listed: Vec<u32> = match sequence {
                Self::Listed(listed) => listed,
                Self::Counted { step, length } => (0..length).map(|place| place * step).collect(),
            };
            Chance::new(seed).shuffle(&mut listed);
            sequence = Self::Listed(listed);
        }
        Some(sequence)
    }

    pub(crate) fn len(&self) -> u32 {
        match self {
            Self::Counted { length, .. } => *length,
            Self::Listed(listed) => narrow(listed.len() as u64),
        }
    }

    pub(crate) fn at(&self, position: u32) -> u32 {
        match self {
            Self::Counted { step, .. } => position * step,
            Self::Listed(listed) => listed.get(position as usize).copied().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests;
