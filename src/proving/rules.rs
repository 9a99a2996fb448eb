//! Which periods lie before and after an action, which days are counted, and how a rate is told.

use chrono::{Duration, NaiveDate};

use crate::surveys::rules::exact;

/// Fewer days than these say nothing about a rate: a month holds every weekday four times. A choice of ours.
pub const LEAST_DAYS: i64 = 30;
/// Half a year on each side: longer spans mix in what else changed. A choice of ours.
pub const MOST_DAYS: i64 = 180;
/// A rate is told for thirty days, so that spans of any length read alike.
const MONTH: i64 = 30;

/// Where a period lies from an action that was promised on one day and verified on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Before,
    /// Asked while it was worked on or looked at, or partly: it says neither what was before nor what came of it.
    During,
    After,
}

/// What is asked on the day of the promise, or on that of the verification, belongs to neither side.
#[must_use]
pub fn side(
    (opens, closes): (NaiveDate, NaiveDate),
    (begun, verified): (NaiveDate, NaiveDate),
) -> Side {
    // An action of long ago that is taken down late began when it was verified.
    if closes < begun.min(verified) {
        Side::Before
    } else if opens > verified {
        Side::After
    } else {
        Side::During
    }
}

/// Places of periods in their list: the one that an action is measured from, and those that measure it, the first first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    pub before: Option<usize>,
    pub after: Vec<usize>,
}

/// The periods on both sides of an action; the list has the latest first. It is measured from the last one before the
/// promise that followed the rules of the first one after it; where none did, from the last one, and nothing is compared.
#[must_use]
pub fn sides(
    periods: &[(NaiveDate, NaiveDate)],
    action: (NaiveDate, NaiveDate),
    like: impl Fn(usize, usize) -> bool,
) -> Sides {
    let on = |wanted: Side| {
        let all = periods.iter().enumerate();
        let found = all.filter(move |(_, days)| side(**days, action) == wanted);
        found.map(|(place, _)| place).collect::<Vec<_>>()
    };
    let before = on(Side::Before);
    let after: Vec<usize> = on(Side::After).into_iter().rev().collect();
    let first = after.first().copied();
    let alike = before
        .iter()
        .find(|one| first.is_none_or(|first| like(first, **one)));
    Sides {
        before: alike.or(before.first()).copied(),
        after,
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

/// Spans of the same length: one ends before the action was promised, one begins after it was verified. Today is not
/// over, so it does not count.
#[must_use]
pub fn windows(
    (begun, verified): (NaiveDate, NaiveDate),
    today: NaiveDate,
    recorded_since: NaiveDate,
) -> Windows {
    let passed = (today - verified).num_days() - 1;
    if passed < LEAST_DAYS {
        return Windows::TooSoon(verified + Duration::days(LEAST_DAYS + 1));
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
            from: verified + Duration::days(1),
            to: verified + Duration::days(days),
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
    fn a_period_is_before_when_it_was_over_at_the_promise_and_after_when_all_of_it_is_later() {
        let action = (day("2025-10-31"), day("2026-03-10"));
        for (opens, closes, expected) in [
            ("2025-06-30", "2025-09-26", Side::Before),
            ("2025-06-30", "2025-10-30", Side::Before),
            // The day of the promise is not before it.
            ("2025-06-30", "2025-10-31", Side::During),
            ("2025-09-01", "2025-11-01", Side::During),
            // Over before it was verified, but asked while somebody worked on it.
            ("2026-01-05", "2026-02-27", Side::During),
            ("2026-01-05", "2026-03-11", Side::During),
            // The day of the verification lies in it, so only a part of it is after.
            ("2026-02-01", "2026-06-30", Side::During),
            ("2025-09-01", "2026-06-30", Side::During),
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
    fn an_action_is_measured_from_the_last_period_of_like_rules() {
        let action = (day("2025-10-31"), day("2026-03-10"));
        // The latest first; the word behind names the rules that it followed.
        let all = [
            ("2026-07-01", "2026-09-30", "new"),
            ("2026-04-01", "2026-06-30", "old"),
            ("2026-01-01", "2026-03-31", "old"),
            ("2025-07-01", "2025-09-30", "new"),
            ("2025-04-01", "2025-06-30", "old"),
            ("2025-01-01", "2025-03-31", "old"),
        ];
        for (left_out, before, after) in [
            // The last before it followed other rules than the first after it; the one before that did not.
            (&[][..], Some(4), &[1, 0][..]),
            (&[1], Some(3), &[0]),
            // None is alike: the last one stands there, to be told why nothing is compared.
            (&[4, 5], Some(3), &[1, 0]),
            // Not measured yet.
            (&[0, 1], Some(3), &[]),
            (&[3, 4, 5], None, &[1, 0]),
            (&[0, 1, 3, 4, 5], None, &[]),
        ] {
            // What is left out lies on the days of the action.
            let periods: Vec<(NaiveDate, NaiveDate)> = (0..)
                .zip(all)
                .map(
                    |(place, (opens, closes, _))| match left_out.contains(&place) {
                        true => action,
                        false => (day(opens), day(closes)),
                    },
                )
                .collect();
            let found = sides(&periods, action, |one, other| all[one].2 == all[other].2);
            let expected = Sides {
                before,
                after: after.to_vec(),
            };
            assert_eq!(found, expected, "without {left_out:?}");
        }
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
