//! How long a batch takes, and where in it a moment lies. Everything follows from when it was made.

use tabane_model::Millis;

/// How long a batch takes from its creation to its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// 20 s, and 2 ms for each request, at most 2 minutes: long enough to see what happens.
    #[default]
    Natural,
    /// Always this many milliseconds.
    Fixed(u64),
}

impl Pace {
    #[must_use]
    pub fn duration(self, requests: u64) -> Millis {
        match self {
            Self::Natural => {
                20_000 + i64::try_from(requests.saturating_mul(2)).map_or(100_000, |more| more.min(100_000))
            }
            Self::Fixed(millis) => i64::try_from(millis).unwrap_or(i64::MAX),
        }
    }
}

/// The milestones of one batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Course {
    pub(crate) created: Millis,
    pub(crate) started: Millis,
    pub(crate) finalizing: Millis,
    pub(crate) ended: Millis,
}

impl Course {
    /// A tenth of the time goes to the check, a twentieth to writing the files.
    pub(crate) fn new(created: Millis, duration: Millis) -> Self {
        Self {
            created,
            started: created.saturating_add(duration / 10),
            finalizing: created.saturating_add(duration - duration / 20),
            ended: created.saturating_add(duration),
        }
    }

    /// Rows of `total` that are done at `now`.
    pub(crate) fn done(&self, now: Millis, total: u64) -> u64 {
        let passed = now.saturating_sub(self.started).max(0);
        let whole = self.finalizing - self.started;
        if passed >= whole {
            return total;
        }
        u64::try_from(i128::from(total) * i128::from(passed) / i128::from(whole)).unwrap_or(total)
    }

    /// A cancel takes a twentieth of the batch's time too (OpenAI: up to 10 minutes).
    pub(crate) fn cancelled(&self, asked: Millis) -> Millis {
        asked.saturating_add(self.ended - self.finalizing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_rows_take_longer_up_to_two_minutes() {
        assert_eq!(Pace::Natural.duration(4), 20_008);
        assert_eq!(Pace::Natural.duration(50_000), 120_000);
        assert_eq!(Pace::Natural.duration(u64::MAX), 120_000);
        assert_eq!(Pace::Fixed(5).duration(50_000), 5);
    }

    #[test]
    fn progress_follows_from_the_clock() {
        let course = Course::new(1_000, 20_000);
        assert_eq!(
            (course.started, course.finalizing, course.ended),
            (3_000, 20_000, 21_000)
        );
        assert_eq!(course.done(0, 17), 0);
        assert_eq!(course.done(4_000, 17), 1);
        assert_eq!(course.done(20_000, 17), 17);
        assert_eq!(Course::new(5, 0).done(5, 3), 3);
    }
}
