//! Which periods lie before and after an action, which days are counted, and how a rate is told.

use chrono::{Duration, NaiveDate};

use crate::surveys::rules::exact;

/// Fewer days than these say nothing about a rate: a month holds every weekday four times. A choice of ours.
pub const LEAST_DAYS: i64 = 30;
/// Half a year on each side: longer spans mix in what else changed. A choice of ours.
pub const MOST_DAYS: i64 = 180;
/// A rate is told for thirty days, so that spans of any length read alike.
const MONTH: i64 = 30;

/// Where a period lies from an action that was promised on one day and finished on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Before,
    /// Asked while it was worked on, or partly: it says neither what was before nor what came of it.
    During,
    After,
}

#[must_use]
pub fn side(
    (opens, closes): (NaiveDate, NaiveDate),
    (begun, finished): (NaiveDate, NaiveDate),
) -> Side {
    // An action of long ago that is taken down late began when it was finished.
    if closes <= begun.min(finished) {
        Side::Before
    } else if opens > finished {
        Side::After
    } else {
        Side::During
    }
}

/// Days, both ends counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Window {
    #[must_use]
    pub fn days(self) -> i64 {
        (self.to - self.from).num_days() + 1
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Windows {
    /// Enough days are over on this day.
    TooSoon(NaiveDate),
    /// Nothing was written down so long before: records begin on this day.
    NoRecords(NaiveDate),
    Known {
        before: Window,
        after: Window,
    },
}

/// Spans of the same length: one ends before the action was promised, one begins after it was finished. Today is not
/// over, so it does not count.
#[must_use]
pub fn windows(
    (begun, finished): (NaiveDate, NaiveDate),
    today: NaiveDate,
    recorded_since: NaiveDate,
) -> Windows {
    let passed = (today - finished).num_days() - 1;
    if passed < LEAST_DAYS {
        return Windows::TooSoon(finished + Duration::days(LEAST_DAYS + 1));
    }
    let known = (begun - recorded_since).num_days();
    if known < LEAST_DAYS {
        return Windows::NoRecords(recorded_since);
    }
    let days = passed.min(known).min(MOST_DAYS);
    Windows::Known {
        before: Window {
            from: begun - Duration::days(days),
            to: begun - Duration::days(1),
        },
        after: Window {
            from: finished + Duration::days(1),
            to: finished + Duration::days(days),
        },
    }
}

/// So many in thirty days, with one decimal, rounded half up.
#[must_use]
pub fn per_month(count: i64, days: i64) -> String {
    let whole = |number: i64| u64::try_from(number).unwrap_or_default();
    let rate = exact::ratio(whole(count * MONTH), whole(days));
    rate.map_or_else(String::new, |rate| exact::fixed(&rate, 1))
}

/// The exact mean of the answers times 25, from how often each score was given; none where nobody answered.
#[must_use]
pub fn index(counts: &[u64]) -> Option<String> {
    let answers: u64 = counts.iter().sum();
    let sum: u64 = (1..)
        .zip(counts)
        .map(|(score, count): (u64, _)| score * count)
        .sum();
    let mean = exact::ratio(sum * 25, answers)?;
    Some(exact::fixed(&mean, 2))
}

/// How much the second figure is above the first, with three decimals.
#[must_use]
pub fn change(before: &str, after: &str) -> Option<String> {
    let (before, after) = (exact::parse(before).ok()?, exact::parse(after).ok()?);
    Some(exact::fixed(&(after - before), 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_is_before_when_it_was_over_at_the_promise_and_after_when_it_begins_later() {
        let action = (day("2025-10-31"), day("2026-03-10"));
        for (opens, closes, expected) in [
            ("2025-06-30", "2025-09-26", Side::Before),
            ("2025-06-30", "2025-10-31", Side::Before),
            ("2025-09-01", "2025-11-01", Side::During),
            // Over before it was finished, but asked while somebody worked on it.
            ("2026-01-05", "2026-02-27", Side::During),
            ("2026-01-05", "2026-03-11", Side::During),
            ("2026-03-10", "2026-06-30", Side::During),
            ("2026-03-11", "2026-06-30", Side::After),
        ] {
            let period = (day(opens), day(closes));
            assert_eq!(side(period, action), expected, "{opens} {closes}");
        }
        let taken_down_late = (day("2026-05-01"), day("2026-03-10"));
        let period = (day("2026-04-01"), day("2026-04-30"));
        assert_eq!(side(period, taken_down_late), Side::After);
    }

    #[test]
    fn spans_are_alike_and_leave_out_what_is_not_over() {
        let since = day("2024-01-01");
        let of = |begun: &str, finished: &str, today: &str| {
            windows((day(begun), day(finished)), day(today), since)
        };
        // The thirtieth day is over on the day after it.
        assert_eq!(
            of("2025-10-31", "2026-03-01", "2026-03-31"),
            Windows::TooSoon(day("2026-04-01"))
        );
        let Windows::Known { before, after } = of("2025-10-31", "2026-03-01", "2026-04-01") else {
            panic!("enough days");
        };
        assert_eq!(before.days(), 30);
        assert_eq!(
            before,
            Window {
                from: day("2025-10-01"),
                to: day("2025-10-30")
            }
        );
        assert_eq!(
            after,
            Window {
                from: day("2026-03-02"),
                to: day("2026-03-31")
            }
        );
        let Windows::Known { before, after } = of("2025-10-31", "2026-03-01", "2027-03-01") else {
            panic!("enough days");
        };
        assert_eq!((before.days(), after.days()), (MOST_DAYS, MOST_DAYS));
    }

    #[test]
    fn days_without_records_are_not_days_without_complaints() {
        let action = (day("2025-10-31"), day("2026-03-01"));
        let today = day("2026-09-01");
        let young = day("2025-10-15");
        assert_eq!(windows(action, today, young), Windows::NoRecords(young));
        // Never recorded before the promise.
        let later = day("2026-01-01");
        assert_eq!(windows(action, today, later), Windows::NoRecords(later));
        let Windows::Known { before, after } = windows(action, today, day("2025-09-01")) else {
            panic!("sixty days are known");
        };
        assert_eq!((before.days(), after.days()), (60, 60));
        assert_eq!(before.from, day("2025-09-01"));
    }

    #[test]
    fn rates_and_means_are_rounded_once() {
        for (count, days, expected) in [
            (0, 30, "0.0"),
            (7, 30, "7.0"),
            (1, 60, "0.5"),
            (1, 180, "0.2"),
            (5, 100, "1.5"),
            (3, 0, ""),
        ] {
            assert_eq!(per_month(count, days), expected, "{count} in {days}");
        }
        for (counts, expected) in [
            ([0, 0, 0, 4], Some("100.00")),
            ([1, 0, 0, 0], Some("25.00")),
            ([0, 1, 1, 1], Some("75.00")),
            // 2.666… × 25
            ([0, 1, 2, 0], Some("66.67")),
            ([0, 0, 0, 0], None),
        ] {
            assert_eq!(index(&counts).as_deref(), expected, "{counts:?}");
        }
    }

    #[test]
    fn a_change_has_the_decimals_of_its_figures() {
        for (before, after, expected) in [
            ("3.050", "3.410", Some("0.360")),
            ("3.410", "3.050", Some("-0.360")),
            ("3.050", "3.050", Some("0.000")),
            ("3,05", "3.410", None),
        ] {
            assert_eq!(change(before, after).as_deref(), expected);
        }
    }
}
