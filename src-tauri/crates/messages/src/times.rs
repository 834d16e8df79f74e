//! Dates, deadlines and durations: local time, 24 hours, leading zero.
//!
//! | | English | 日本語 |
//! |---|---|---|
//! | date, time | 24 Nov 2026, 18:37 | 2026年11月24日（火）18:37 |
//! | in lists | 24 Nov, 18:37 | 11月24日 18:37 |
//! | deadline | by 25 Nov, 18:37 (in 20 h 48 min) | 25日 18:37まで（あと20時間48分） |
//! | duration | 3 h 12 min | 3時間12分 |

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use tabane_model::{Arg, Args, Millis};

use crate::Language;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Language {
    /// A point in time with its year, in the time zone of this computer.
    #[must_use]
    pub fn datetime(self, at: Millis) -> String {
        self.datetime_in(at, &TimeZone::system())
    }

    /// The same without the year, for lists.
    #[must_use]
    pub fn datetime_short(self, at: Millis) -> String {
        self.datetime_short_in(at, &TimeZone::system())
    }

    /// When something must have happened, and how far that is from `now`.
    #[must_use]
    pub fn deadline(self, at: Millis, now: Millis) -> String {
        self.deadline_in(at, now, &TimeZone::system())
    }

    /// A length of time in its two largest units that matter; below a minute in seconds. Never negative.
    #[must_use]
    pub fn duration(self, millis: Millis) -> String {
        let millis = millis.max(0);
        let (large, small) = if millis < MINUTE {
            ((millis / SECOND, "seconds"), None)
        } else if millis < HOUR {
            ((millis / MINUTE, "minutes"), None)
        } else if millis < 2 * DAY {
            // Up to two days in hours: "in 36 h" says more than "in 1 d 12 h".
            (
                (millis / HOUR, "hours"),
                Some((millis % HOUR / MINUTE, "minutes")),
            )
        } else {
            ((millis / DAY, "days"), Some((millis % DAY / HOUR, "hours")))
        };
        let say = |(number, unit): (i64, &str)| {
            self.text(
                &format!("duration-{unit}"),
                &Args::from([("count".to_owned(), whole(number))]),
            )
        };
        match small.filter(|(number, _)| *number > 0) {
            Some(small) => {
                let two = [("large", say(large)), ("small", say(small))];
                self.text(
                    "duration-two",
                    &two.map(|(name, text)| (name.to_owned(), Arg::Text(text))).into(),
                )
            }
            None => say(large),
        }
    }

    fn datetime_in(self, at: Millis, zone: &TimeZone) -> String {
        let when = local(at, zone);
        match self {
            Self::En => format!(
                "{} {} {}, {}",
                when.day(),
                month(&when),
                when.year(),
                clock(&when)
            ),
            Self::Ja => format!(
                "{}年{}月{}日（{}）{}",
                when.year(),
                when.month(),
                when.day(),
                weekday(&when),
                clock(&when)
            ),
        }
    }

    fn datetime_short_in(self, at: Millis, zone: &TimeZone) -> String {
        let when = local(at, zone);
        match self {
            Self::En => format!("{} {}, {}", when.day(), month(&when), clock(&when)),
            Self::Ja => format!("{}月{}日 {}", when.month(), when.day(), clock(&when)),
        }
    }

    fn deadline_in(self, at: Millis, now: Millis, zone: &TimeZone) -> String {
        let (when, present) = (local(at, zone), local(now, zone));
        let mut time = match self {
            Self::Ja if (when.year(), when.month()) == (present.year(), present.month()) => {
                format!("{}日 {}", when.day(), clock(&when))
            }
            _ => self.datetime_short_in(at, zone),
        };
        // Clocks change in between: say which clock is meant.
        if when.offset() != present.offset() {
            time = format!("{time} {}", when.strftime("%Z"));
        }
        let (id, distance) = if at >= now {
            ("deadline-ahead", at.saturating_sub(now))
        } else {
            ("deadline-passed", now.saturating_sub(at))
        };
        let args = [("time", time), ("distance", self.duration(distance))];
        self.text(
            id,
            &args.map(|(name, text)| (name.to_owned(), Arg::Text(text))).into(),
        )
    }
}

/// A time outside the years that a calendar knows is brought to its edge.
fn local(at: Millis, zone: &TimeZone) -> ZonedDateTime {
    let edge = if at < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(at)
        .unwrap_or(edge)
        .to_zoned_datetime(zone.clone())
}

fn clock(when: &ZonedDateTime) -> String {
    format!("{:02}:{:02}", when.hour(), when.minute())
}

fn month(when: &ZonedDateTime) -> &'static str {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    usize::try_from(when.month() - 1)
        .ok()
        .and_then(|month| MONTHS.get(month))
        .copied()
        .unwrap_or_default()
}

fn weekday(when: &ZonedDateTime) -> &'static str {
    match when.weekday() {
        Weekday::Monday => "月",
        Weekday::Tuesday => "火",
        Weekday::Wednesday => "水",
        Weekday::Thursday => "木",
        Weekday::Friday => "金",
        Weekday::Saturday => "土",
        Weekday::Sunday => "日",
    }
}

#[allow(clippy::cast_precision_loss)] // days since 1970 stay far below 2^53
fn whole(number: i64) -> Arg {
    Arg::Number(number as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: &str = "2026-11-24T09:37:00Z";

    fn millis(text: &str) -> Millis {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }
    fn tokyo() -> TimeZone {
        TimeZone::get("Asia/Tokyo").unwrap()
    }

    #[test]
    fn a_time_with_its_year() {
        let at = millis(AT);
        assert_eq!(Language::En.datetime_in(at, &tokyo()), "24 Nov 2026, 18:37");
        assert_eq!(
            Language::Ja.datetime_in(at, &tokyo()),
            "2026年11月24日（火）18:37"
        );
        let early = millis("2026-01-03T23:05:00Z");
        assert_eq!(
            Language::En.datetime_in(early, &TimeZone::UTC),
            "3 Jan 2026, 23:05"
        );
        assert_eq!(
            Language::Ja.datetime_in(early, &tokyo()),
            "2026年1月4日（日）08:05"
        );
    }

    #[test]
    fn a_time_in_a_list() {
        let at = millis(AT);
        assert_eq!(Language::En.datetime_short_in(at, &tokyo()), "24 Nov, 18:37");
        assert_eq!(Language::Ja.datetime_short_in(at, &tokyo()), "11月24日 18:37");
    }

    #[test]
    fn the_system_zone_is_used() {
        let at = millis(AT);
        assert_eq!(
            Language::En.datetime(at),
            Language::En.datetime_in(at, &TimeZone::system())
        );
        assert_eq!(
            Language::Ja.datetime_short(at),
            Language::Ja.datetime_short_in(at, &TimeZone::system())
        );
        assert!(Language::Ja.deadline(at, at).contains("まで"));
    }

    #[test]
    fn no_time_makes_it_panic() {
        for odd in [i64::MIN, -1, 0, i64::MAX] {
            for language in Language::ALL {
                assert!(!language.datetime_in(odd, &tokyo()).is_empty());
                assert!(
                    !language
                        .deadline_in(odd, -odd.max(-i64::MAX), &tokyo())
                        .is_empty()
                );
                assert!(!language.duration(odd).is_empty());
            }
        }
    }

    #[test]
    fn every_month_and_weekday_has_its_name() {
        let mut days: Vec<_> = (23..30)
            .map(|day| millis(&format!("2026-11-{day}T00:00:00Z")))
            .collect();
        let names: String = days
            .drain(..)
            .map(|at| weekday(&local(at, &TimeZone::UTC)))
            .collect();
        assert_eq!(names, "月火水木金土日");
        for number in 1..=12 {
            let at = millis(&format!("2026-{number:02}-15T00:00:00Z"));
            assert_eq!(month(&local(at, &TimeZone::UTC)).len(), 3);
        }
    }

    #[test]
    fn deadlines() {
        let now = millis("2026-11-24T12:49:00Z");
        let at = millis("2026-11-25T09:37:00Z");
        assert_eq!(
            Language::En.deadline_in(at, now, &tokyo()),
            "by 25 Nov, 18:37 (in 20 h 48 min)"
        );
        assert_eq!(
            Language::Ja.deadline_in(at, now, &tokyo()),
            "25日 18:37まで（あと20時間48分）"
        );
        let next_month = millis("2026-12-01T03:00:00Z");
        assert_eq!(
            Language::Ja.deadline_in(next_month, now, &tokyo()),
            "12月1日 12:00まで（あと6日14時間）"
        );
        let past = now - 5 * MINUTE;
        assert_eq!(
            Language::En.deadline_in(past, now, &tokyo()),
            "24 Nov, 21:44 (passed 5 min ago)"
        );
        assert_eq!(
            Language::Ja.deadline_in(past, now, &tokyo()),
            "24日 21:44（5分前に過ぎました）"
        );
    }

    #[test]
    fn a_deadline_over_a_clock_change_names_the_zone() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let now = millis("2026-10-24T12:00:00Z");
        assert_eq!(
            Language::En.deadline_in(now + DAY, now, &berlin),
            "by 25 Oct, 13:00 CET (in 24 h)"
        );
    }

    #[test]
    fn durations() {
        for (length, en, ja) in [
            (-5, "0 s", "0秒"),
            (0, "0 s", "0秒"),
            (59_999, "59 s", "59秒"),
            (MINUTE, "1 min", "1分"),
            (HOUR - 1, "59 min", "59分"),
            (HOUR, "1 h", "1時間"),
            (3 * HOUR + 12 * MINUTE, "3 h 12 min", "3時間12分"),
            (47 * HOUR + 59 * MINUTE, "47 h 59 min", "47時間59分"),
            (2 * DAY, "2 d", "2日"),
            (7 * DAY + 5 * HOUR, "7 d 5 h", "7日5時間"),
        ] {
            assert_eq!(Language::En.duration(length), en);
            assert_eq!(Language::Ja.duration(length), ja);
        }
    }
}
