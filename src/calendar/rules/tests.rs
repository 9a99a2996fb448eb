use chrono::{NaiveDate, NaiveTime, Weekday};

use super::*;
use crate::calendar::dates::Lang;
use crate::calendar::test_support::{at, calendar};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn hours(opens: u32, closes: u32) -> Option<Hours> {
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    Some(Hours::new(time(opens), time(closes)).unwrap())
}

fn due(received: &str, policy: DeadlinePolicy, calendar: &WorkCalendar) -> String {
    let due = deadline(at(received), &policy, calendar).unwrap().due_at;
    due.format("%Y-%m-%d %H:%M:%S").to_string()
}

fn told(received: &str, policy: DeadlinePolicy, calendar: &WorkCalendar) -> Vec<String> {
    let found = deadline(at(received), &policy, calendar).unwrap();
    let mark = |day: &Day| if day.counted { "+" } else { "-" };
    found
        .days
        .iter()
        .map(|d| format!("{}{} {}", mark(d), d.date, d.reason.code()))
        .collect()
}

/// Working-day vectors computed by hand from the decrees: received, +2, +2 where collective leave is
/// worked, +14, +60.
#[test]
fn deadlines_skip_weekends_national_holidays_and_collective_leave() {
    let usual = calendar();
    let open_on_leave = WorkCalendar {
        work_collective_leave: true,
        ..calendar()
    };
    for (received, two, two_worked, fourteen, sixty) in [
        (
            "2025-01-24",
            "2025-01-31",
            "2025-01-30",
            "2025-02-18",
            "2025-05-06",
        ),
        (
            "2025-03-27",
            "2025-04-09",
            "2025-04-02",
            "2025-04-28",
            "2025-07-11",
        ),
        (
            "2025-08-15",
            "2025-08-20",
            "2025-08-19",
            "2025-09-08",
            "2025-11-11",
        ),
        (
            "2025-10-24",
            "2025-10-28",
            "2025-10-28",
            "2025-11-13",
            "2026-01-22",
        ),
        (
            "2025-10-25",
            "2025-10-28",
            "2025-10-28",
            "2025-11-13",
            "2026-01-22",
        ),
        (
            "2026-03-17",
            "2026-03-26",
            "2026-03-20",
            "2026-04-14",
            "2026-06-26",
        ),
    ] {
        for (n, calendar, expected) in [
            (2, &usual, two),
            (2, &open_on_leave, two_worked),
            (14, &usual, fourteen),
            (60, &usual, sixty),
        ] {
            let expected = day(expected);
            let policy = DeadlinePolicy::working_days(n);
            let found = deadline(at(&format!("{received} 10:00")), &policy, calendar).unwrap();
            assert_eq!(found.due_at.date_naive(), expected, "{received} +{n}");
            assert_eq!(found.warning, None);
            assert_eq!(add_working_days(day(received), n, calendar), Ok(expected));
            assert_eq!(
                working_days_between(day(received), expected, calendar),
                i64::from(n)
            );
            assert_eq!(
                working_days_between(expected, day(received), calendar),
                -i64::from(n)
            );
        }
    }
}

#[test]
fn a_year_has_the_working_days_the_decrees_leave() {
    for (year, expected) in [(2025, 237), (2026, 240), (2027, 242)] {
        let eve = day(&format!("{}-12-31", year - 1));
        let end = day(&format!("{year}-12-31"));
        assert_eq!(
            working_days_between(eve, end, &calendar()),
            expected,
            "{year}"
        );
    }
}

#[test]
fn a_deadline_ends_at_close_of_office_or_with_the_day_as_the_unit_decided() {
    let close = DeadlinePolicy::working_days(2);
    let midnight = DeadlinePolicy {
        due_end: DueEnd::EndOfDay,
        ..close
    };
    assert_eq!(
        due("2025-10-24 10:00", close, &calendar()),
        "2025-10-28 16:00:00"
    );
    assert_eq!(
        due("2025-10-24 10:00", midnight, &calendar()),
        "2025-10-28 23:59:59"
    );
    // Friday closes at 16.30.
    assert_eq!(
        due("2025-10-22 10:00", close, &calendar()),
        "2025-10-24 16:30:00"
    );
}

#[test]
fn a_receipt_outside_office_hours_counts_as_the_unit_decided() {
    let same_day = DeadlinePolicy::working_days(2);
    let next_day = DeadlinePolicy {
        after_hours: AfterHours::NextWorkingDay,
        ..same_day
    };
    for (received, same, next) in [
        // Within hours, at the moment of closing, and before opening: no difference.
        (
            "2025-10-23 10:00",
            "2025-10-27 16:00:00",
            "2025-10-27 16:00:00",
        ),
        (
            "2025-10-23 16:00",
            "2025-10-27 16:00:00",
            "2025-10-27 16:00:00",
        ),
        (
            "2025-10-23 00:00",
            "2025-10-27 16:00:00",
            "2025-10-27 16:00:00",
        ),
        (
            "2025-10-23 16:00:01",
            "2025-10-27 16:00:00",
            "2025-10-28 16:00:00",
        ),
        // Friday closes at 16.30.
        (
            "2025-10-24 16:15",
            "2025-10-28 16:00:00",
            "2025-10-28 16:00:00",
        ),
        (
            "2025-10-24 16:31",
            "2025-10-28 16:00:00",
            "2025-10-29 16:00:00",
        ),
        // Saturday: as Friday, or as Monday.
        (
            "2025-10-25 10:00",
            "2025-10-28 16:00:00",
            "2025-10-29 16:00:00",
        ),
        // A national holiday in the morning.
        (
            "2026-03-19 09:00",
            "2026-03-26 16:00:00",
            "2026-03-27 16:30:00",
        ),
    ] {
        assert_eq!(
            due(received, same_day, &calendar()),
            same,
            "{received}, same day"
        );
        assert_eq!(
            due(received, next_day, &calendar()),
            next,
            "{received}, next working day"
        );
    }
    assert_eq!(
        told("2025-10-24 17:00", next_day, &calendar()),
        [
            "-2025-10-24 received_after_hours",
            "-2025-10-25 weekend",
            "-2025-10-26 weekend",
            "-2025-10-27 treated_as_received",
            "+2025-10-28 working_day",
            "+2025-10-29 due",
        ]
    );
}

#[test]
fn closures_of_the_unit_are_skipped_and_told_in_its_own_words() {
    let flood = Closure::new(day("2025-10-27"), day("2025-10-28"), "banjir").unwrap();
    let calendar = WorkCalendar {
        closures: vec![flood],
        ..calendar()
    };
    let found = deadline(
        at("2025-10-24 10:00"),
        &DeadlinePolicy::working_days(2),
        &calendar,
    )
    .unwrap();
    assert_eq!(found.due_at, at("2025-10-30 16:00"));
    let closed: Vec<_> = found
        .days
        .iter()
        .filter(|d| d.reason.code() == "closure")
        .collect();
    assert_eq!(closed.len(), 2);
    assert_eq!(closed[0].reason.text(Lang::Id), "Unit tutup: banjir");
    assert_eq!(closed[0].reason.text(Lang::En), "Unit closed: banjir");
}

#[test]
fn a_deadline_beyond_the_known_decrees_warns() {
    let policy = DeadlinePolicy::working_days(5);
    let before = deadline(at("2027-12-20 10:00"), &policy, &calendar()).unwrap();
    assert_eq!(
        (before.due_at.date_naive(), before.warning),
        (day("2027-12-28"), None)
    );
    let across = deadline(at("2027-12-29 10:00"), &policy, &calendar()).unwrap();
    let known_until = day("2027-12-31");
    assert_eq!(
        across.warning,
        Some(Warning::BeyondKnownDecrees { known_until })
    );
}

#[test]
fn an_estimated_holiday_says_so() {
    let found = deadline(
        at("2027-03-05 10:00"),
        &DeadlinePolicy::working_days(1),
        &calendar(),
    )
    .unwrap();
    let lebaran = found
        .days
        .iter()
        .find(|d| d.date == day("2027-03-10"))
        .unwrap();
    assert_eq!(
        lebaran.reason.text(Lang::Id),
        "Libur nasional: Hari Raya Idul Fitri (perkiraan)"
    );
    assert_eq!(
        lebaran.reason.text(Lang::En),
        "National holiday: Hari Raya Idul Fitri (estimated)"
    );
}

#[test]
fn collective_leave_that_is_worked_is_named_on_the_days_it_counts() {
    let calendar = WorkCalendar {
        work_collective_leave: true,
        ..calendar()
    };
    let found = deadline(
        at("2026-03-17 10:00"),
        &DeadlinePolicy::working_days(2),
        &calendar,
    )
    .unwrap();
    let texts: Vec<_> = found.days.iter().map(|d| d.reason.text(Lang::Id)).collect();
    assert_eq!(
        texts,
        [
            "Diterima; hari penerimaan tidak dihitung",
            "Hari kerja ke-1 (unit tetap melayani pada cuti bersama: Hari Suci Nyepi)",
            "Libur nasional: Hari Suci Nyepi",
            "Hari kerja ke-2, batas waktu (unit tetap melayani pada cuti bersama: Hari Raya Idul Fitri)",
        ]
    );
}

#[test]
fn a_weekday_without_hours_is_no_working_day_and_a_saturday_with_hours_is_one() {
    let six_days = OfficeHours::default()
        .with(Weekday::Sat, hours(8, 12))
        .with(Weekday::Wed, None);
    let calendar = WorkCalendar {
        hours: six_days,
        ..calendar()
    };
    let policy = DeadlinePolicy::working_days(4);
    assert_eq!(
        due("2025-10-24 10:00", policy, &calendar),
        "2025-10-30 16:00:00"
    );
    assert_eq!(
        told("2025-10-24 10:00", policy, &calendar)[1..],
        [
            "+2025-10-25 working_day",
            "-2025-10-26 weekend",
            "+2025-10-27 working_day",
            "+2025-10-28 working_day",
            "-2025-10-29 no_office_hours",
            "+2025-10-30 due",
        ]
    );
    assert_eq!(
        due(
            "2025-10-24 10:00",
            DeadlinePolicy::working_days(1),
            &calendar
        ),
        "2025-10-25 12:00:00"
    );
}

#[test]
fn zero_working_days_means_today_or_the_next_working_day() {
    let today = DeadlinePolicy::working_days(0);
    let all_day = DeadlinePolicy {
        due_end: DueEnd::EndOfDay,
        ..today
    };
    let dated = DeadlinePolicy {
        after_hours: AfterHours::NextWorkingDay,
        ..today
    };
    for (received, policy, expected) in [
        ("2025-10-23 10:00", today, "2025-10-23 16:00:00"),
        ("2025-10-23 17:00", today, "2025-10-24 16:30:00"),
        ("2025-10-23 17:00", all_day, "2025-10-23 23:59:59"),
        ("2025-10-23 17:00", dated, "2025-10-24 16:30:00"),
        ("2025-10-25 10:00", today, "2025-10-27 16:00:00"),
    ] {
        assert_eq!(
            due(received, policy, &calendar()),
            expected,
            "{received} {policy:?}"
        );
    }
    assert_eq!(
        told("2025-10-23 10:00", today, &calendar()),
        ["-2025-10-23 due"]
    );
    let saturday = told("2025-10-25 10:00", today, &calendar());
    assert_eq!(
        saturday,
        [
            "-2025-10-25 received",
            "-2025-10-26 weekend",
            "-2025-10-27 due"
        ]
    );
}

#[test]
fn the_next_working_day_is_never_the_day_itself() {
    assert_eq!(
        next_working_day(day("2026-03-17"), &calendar()),
        Ok(day("2026-03-25"))
    );
    assert_eq!(
        next_working_day(day("2026-03-25"), &calendar()),
        Ok(day("2026-03-26"))
    );
    assert!(is_working_day(day("2026-03-25"), &calendar()));
    assert!(!is_working_day(day("2026-03-24"), &calendar()));
    assert_eq!(
        add_working_days(day("2026-03-24"), 0, &calendar()),
        Ok(day("2026-03-24"))
    );
}

#[test]
fn a_national_holiday_wins_over_collective_leave_on_the_same_day() {
    let entry = |category| Holiday {
        date: day("2026-06-01"),
        name: format!("{category:?}"),
        category,
        decree: "SKB".into(),
        certainty: Certainty::Fixed,
    };
    let (national, leave) = (
        HolidayCategory::NationalHoliday,
        HolidayCategory::CollectiveLeave,
    );
    for order in [[national, leave], [leave, national]] {
        let holidays: Holidays = order.into_iter().map(entry).collect();
        let calendar = WorkCalendar {
            holidays,
            work_collective_leave: true,
            ..calendar()
        };
        assert!(!is_working_day(day("2026-06-01"), &calendar));
    }
}
