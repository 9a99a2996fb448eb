//! The borders: settings that make no sense, years without end, clocks that jump.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::{Asia, Pacific, Tz};

use super::*;
use crate::calendar::test_support::{at, calendar};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let time = |hour| NaiveTime::MIN + TimeDelta::hours(hour);
    assert_eq!(
        Hours::new(time(16), time(8)).unwrap_err().code(),
        "calendar.hours"
    );
    assert_eq!(
        Hours::new(time(8), time(8)).unwrap_err().code(),
        "calendar.hours"
    );
    let backwards = Closure::new(day("2025-10-28"), day("2025-10-27"), "x");
    assert_eq!(backwards.unwrap_err().code(), "calendar.closure");
}

#[test]
fn a_unit_that_never_opens_and_a_deadline_without_end_are_errors() {
    let shut = WorkCalendar {
        hours: OfficeHours::CLOSED,
        ..calendar()
    };
    let next_day = AfterHours::NextWorkingDay;
    let refused = |calendar: &WorkCalendar, policy: DeadlinePolicy| {
        deadline(at("2025-10-24 10:00"), &policy, calendar)
            .unwrap_err()
            .code()
    };
    let two = DeadlinePolicy::working_days(2);
    assert_eq!(refused(&shut, two), "calendar.beyond_horizon");
    assert_eq!(
        refused(&shut, DeadlinePolicy::working_days(0)),
        "calendar.beyond_horizon"
    );
    assert_eq!(
        refused(
            &shut,
            DeadlinePolicy {
                after_hours: next_day,
                ..two
            }
        ),
        "calendar.beyond_horizon"
    );
    assert_eq!(
        refused(&calendar(), DeadlinePolicy::working_days(u32::MAX)),
        "calendar.beyond_horizon"
    );
    assert!(next_working_day(day("2025-10-24"), &shut).is_err());
    assert!(add_working_days(day("2025-10-24"), u32::MAX, &calendar()).is_err());
}

#[test]
fn the_ends_of_time_are_refused_without_a_panic() {
    let policy = DeadlinePolicy {
        after_hours: AfterHours::NextWorkingDay,
        ..DeadlinePolicy::working_days(2)
    };
    for end in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        for zone in [Asia::Makassar, chrono_tz::America::New_York] {
            let refused = deadline(end.with_timezone(&zone), &policy, &calendar());
            assert_eq!(refused.unwrap_err(), CalendarError::OutOfRange);
        }
    }
    for end in [NaiveDate::MIN, NaiveDate::MAX] {
        assert_eq!(
            next_working_day(end, &calendar()),
            Err(CalendarError::OutOfRange)
        );
        assert_eq!(
            add_working_days(end, 1, &calendar()),
            Err(CalendarError::OutOfRange)
        );
        assert_eq!(working_days_between(end, end, &calendar()), 0);
        is_working_day(end, &calendar());
    }
    let last = Asia::Makassar
        .with_ymd_and_hms(9999, 12, 30, 10, 0, 0)
        .unwrap();
    assert!(deadline(last, &DeadlinePolicy::working_days(1), &calendar()).is_ok());
    assert!(deadline(last, &DeadlinePolicy::working_days(5), &calendar()).is_err());
}

#[test]
fn clocks_that_jump_move_the_due_time_and_never_panic() {
    let around_the_clock = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ]
    .into_iter()
    .chain([Weekday::Sat, Weekday::Sun])
    .fold(OfficeHours::CLOSED, |all, weekday| {
        let two_thirty = NaiveTime::from_hms_opt(2, 30, 0).unwrap();
        all.with(
            weekday,
            Some(Hours::new(NaiveTime::MIN, two_thirty).unwrap()),
        )
    });
    let calendar = WorkCalendar {
        hours: around_the_clock,
        ..calendar()
    };
    let one = DeadlinePolicy::working_days(1);
    let due = |zone: Tz, y, m, d| {
        let received = zone.with_ymd_and_hms(y, m, d, 1, 0, 0).unwrap();
        deadline(received, &one, &calendar)
            .unwrap()
            .due_at
            .to_rfc3339()
    };
    let berlin = chrono_tz::Europe::Berlin;
    // 02.30 does not exist when clocks go forward, and exists twice when they go back.
    assert_eq!(due(berlin, 2026, 3, 28), "2026-03-29T03:00:00+02:00");
    assert_eq!(due(berlin, 2026, 10, 24), "2026-10-25T02:30:00+02:00");
    // Samoa had no 30 December 2011 at all.
    assert_eq!(
        due(Pacific::Apia, 2011, 12, 29),
        "2011-12-31T00:00:00+14:00"
    );
}
