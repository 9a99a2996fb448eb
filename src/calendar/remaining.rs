//! How long until a deadline, or since it, in the unit people think in: working days when at least
//! one lies between, else hours and minutes.

use chrono::{DateTime, NaiveDate, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::dates::Lang;
use super::working_days::{WorkCalendar, working_days_between};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remaining {
    /// The due moment itself is still in time.
    Left(Span),
    Late(Span),
}

/// Rounded down: what is said to be left is never more than what is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    Minutes(i64),
    Hours(i64),
    WorkingDays(i64),
    /// A day or more, and none of it a working day: a weekend, or Lebaran.
    CalendarDays(i64),
}

/// `now` may be in any zone; days are those of the zone of `due`, the unit's.
pub fn remaining<Z: TimeZone>(
    now: &DateTime<Z>,
    due: &DateTime<Tz>,
    calendar: &WorkCalendar,
) -> Remaining {
    let distance = due.to_utc().signed_duration_since(now.to_utc());
    let days = working_days_between(
        local_date(&now.with_timezone(&due.timezone())),
        local_date(due),
        calendar,
    );
    let span = Span::of(distance.abs(), days.abs());
    if distance < TimeDelta::zero() {
        Remaining::Late(span)
    } else {
        Remaining::Left(span)
    }
}

/// As `date_naive`, which panics at the ends of chrono's range.
fn local_date(time: &DateTime<Tz>) -> NaiveDate {
    let utc = time.naive_utc();
    utc.checked_add_offset(time.offset().fix())
        .unwrap_or(utc)
        .date()
}

impl Span {
    fn of(distance: TimeDelta, working_days: i64) -> Self {
        match (working_days, distance.num_hours()) {
            (0, 0) => Self::Minutes(distance.num_minutes()),
            (0, hours @ 1..24) => Self::Hours(hours),
            (0, _) => Self::CalendarDays(distance.num_days()),
            (days, _) => Self::WorkingDays(days),
        }
    }

    fn indonesian(self) -> String {
        match self {
            Self::Minutes(0) => "kurang dari 1 menit".into(),
            Self::Minutes(n) => format!("{n} menit"),
            Self::Hours(n) => format!("{n} jam"),
            Self::WorkingDays(n) => format!("{n} hari kerja"),
            Self::CalendarDays(n) => format!("{n} hari"),
        }
    }

    fn english(self) -> String {
        let many = |n: i64, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
        match self {
            Self::Minutes(0) => "less than a minute".into(),
            Self::Minutes(n) => many(n, "minute"),
            Self::Hours(n) => many(n, "hour"),
            Self::WorkingDays(n) => many(n, "working day"),
            Self::CalendarDays(n) => many(n, "day"),
        }
    }
}

impl Remaining {
    pub fn is_late(self) -> bool {
        matches!(self, Self::Late(_))
    }

    /// "2 jam lagi", "terlambat 3 hari kerja"; "2 hours left", "3 working days late".
    pub fn text(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Left(span), Lang::Id) => format!("{} lagi", span.indonesian()),
            (Self::Late(span), Lang::Id) => format!("terlambat {}", span.indonesian()),
            (Self::Left(span), Lang::En) => format!("{} left", span.english()),
            (Self::Late(span), Lang::En) => format!("{} late", span.english()),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Makassar;

    use super::*;
    use crate::calendar::test_support::{at, calendar};

    #[test]
    fn time_left_and_lateness_are_told_in_the_unit_people_think_in() {
        for (now, due, indonesian, english) in [
            (
                "2025-10-28 13:45",
                "2025-10-28 16:00",
                "2 jam lagi",
                "2 hours left",
            ),
            (
                "2025-10-28 15:00",
                "2025-10-28 16:00",
                "1 jam lagi",
                "1 hour left",
            ),
            (
                "2025-10-28 15:15",
                "2025-10-28 16:00",
                "45 menit lagi",
                "45 minutes left",
            ),
            (
                "2025-10-28 16:00",
                "2025-10-28 16:00",
                "kurang dari 1 menit lagi",
                "less than a minute left",
            ),
            (
                "2025-10-27 17:00",
                "2025-10-28 16:00",
                "1 hari kerja lagi",
                "1 working day left",
            ),
            (
                "2025-10-24 10:00",
                "2025-10-28 16:00",
                "2 hari kerja lagi",
                "2 working days left",
            ),
            (
                "2026-03-17 10:00",
                "2026-03-26 16:00",
                "2 hari kerja lagi",
                "2 working days left",
            ),
            (
                "2025-10-28 18:10",
                "2025-10-28 16:00",
                "terlambat 2 jam",
                "2 hours late",
            ),
            (
                "2025-10-28 16:01",
                "2025-10-28 16:00",
                "terlambat 1 menit",
                "1 minute late",
            ),
            (
                "2025-10-31 08:00",
                "2025-10-28 16:00",
                "terlambat 3 hari kerja",
                "3 working days late",
            ),
            (
                "2025-10-25 09:30",
                "2025-10-24 16:30",
                "terlambat 17 jam",
                "17 hours late",
            ),
            (
                "2025-10-26 17:00",
                "2025-10-24 16:30",
                "terlambat 2 hari",
                "2 days late",
            ),
        ] {
            let left = remaining(&at(now), &at(due), &calendar());
            assert_eq!(left.text(Lang::Id), indonesian, "now {now}, due {due}");
            assert_eq!(left.text(Lang::En), english, "now {now}, due {due}");
            assert_eq!(left.is_late(), now > due);
        }
    }

    #[test]
    fn the_day_is_the_units_even_when_now_is_told_in_utc() {
        // 23:30 UTC on the 27th is 07:30 WITA on the 28th, the due day.
        let now = at("2025-10-28 07:30").to_utc();
        assert_eq!(
            remaining(&now, &at("2025-10-28 16:00"), &calendar()),
            Remaining::Left(Span::Hours(8))
        );
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        let due = at("2025-10-28 16:00");
        for now in [
            DateTime::<chrono::Utc>::MIN_UTC,
            DateTime::<chrono::Utc>::MAX_UTC,
        ] {
            let far = now.with_timezone(&Makassar);
            assert_eq!(remaining(&now, &due, &calendar()).is_late(), now > due);
            assert_eq!(remaining(&due, &far, &calendar()).is_late(), due > far);
        }
    }
}
