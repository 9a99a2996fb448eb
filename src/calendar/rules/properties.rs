use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::{Asia, Tz};
use proptest::prelude::*;

use super::*;
use crate::calendar::test_support::calendar;

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    // 2024 to 2029: years with decrees, and years around them without.
    (1_704_067_200_i64..1_893_456_000).prop_map(|seconds| Utc.timestamp_opt(seconds, 0).unwrap())
}

fn zones() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![Asia::Jakarta, Asia::Makassar, Asia::Jayapura])
}

fn policies() -> impl Strategy<Value = DeadlinePolicy> {
    (
        0..80_u32,
        prop::sample::select(vec![AfterHours::SameDay, AfterHours::NextWorkingDay]),
        prop::sample::select(vec![DueEnd::CloseOfOffice, DueEnd::EndOfDay]),
    )
        .prop_map(|(working_days, after_hours, due_end)| DeadlinePolicy {
            working_days,
            after_hours,
            due_end,
        })
}

fn dates() -> impl Strategy<Value = NaiveDate> {
    instants().prop_map(|time| time.date_naive())
}

fn calendars() -> impl Strategy<Value = WorkCalendar> {
    let closures = prop::collection::vec((dates(), 0..20_i64), 0..4).prop_map(|closures| {
        closures
            .into_iter()
            .map(|(from, days)| Closure::new(from, from + TimeDelta::days(days), "tutup").unwrap())
            .collect()
    });
    (closures, any::<bool>(), any::<bool>()).prop_map(
        |(closures, work_collective_leave, saturday)| {
            let hours = OfficeHours::default();
            let short = hours.on(Weekday::Mon).filter(|_| saturday);
            WorkCalendar {
                closures,
                work_collective_leave,
                hours: hours.with(Weekday::Sat, short),
                ..calendar()
            }
        },
    )
}

proptest! {
    #[test]
    fn nothing_is_ever_due_on_a_non_working_day_or_before_it_was_received(
        now in instants(), zone in zones(), policy in policies(), calendar in calendars(),
    ) {
        let received = now.with_timezone(&zone);
        let found = deadline(received, &policy, &calendar).unwrap();
        prop_assert!(is_working_day(found.due_at.date_naive(), &calendar));
        prop_assert!(found.due_at >= received);
        prop_assert_eq!(found.warning.is_some(), found.due_at.date_naive() > calendar.known_until);
    }

    #[test]
    fn the_days_told_are_contiguous_and_count_exactly_what_was_promised(
        now in instants(), zone in zones(), policy in policies(), calendar in calendars(),
    ) {
        let received = now.with_timezone(&zone);
        let found = deadline(received, &policy, &calendar).unwrap();
        let expected: Vec<_> =
            received.date_naive().iter_days().take_while(|d| *d <= found.due_at.date_naive()).collect();
        prop_assert_eq!(found.days.iter().map(|d| d.date).collect::<Vec<_>>(), expected);
        let counted: Vec<_> = found.days.iter().filter(|d| d.counted).collect();
        prop_assert_eq!(counted.len(), policy.working_days as usize);
        prop_assert!(counted.iter().all(|d| is_working_day(d.date, &calendar)));
        prop_assert_eq!(found.days.iter().filter(|d| d.reason.code() == "due").count(), 1);
        prop_assert_eq!(found.days.last().unwrap().reason.code(), "due");
    }

    #[test]
    fn more_days_never_mean_an_earlier_deadline(
        now in instants(), zone in zones(), policy in policies(), calendar in calendars(),
    ) {
        let received = now.with_timezone(&zone);
        let more = DeadlinePolicy { working_days: policy.working_days + 1, ..policy };
        let (less, more) = (deadline(received, &policy, &calendar), deadline(received, &more, &calendar));
        prop_assert!(less.unwrap().due_at <= more.unwrap().due_at);
    }

    #[test]
    fn a_later_receipt_never_means_an_earlier_deadline(
        now in instants(), later in 0..1_000_000_i64, zone in zones(), policy in policies(),
        calendar in calendars(),
    ) {
        let first = now.with_timezone(&zone);
        let second = first + TimeDelta::seconds(later);
        let (first, second) = (deadline(first, &policy, &calendar), deadline(second, &policy, &calendar));
        prop_assert!(first.unwrap().due_at <= second.unwrap().due_at);
    }

    /// The instant may have been written down in any zone, for example the server's.
    #[test]
    fn the_zone_in_which_the_instant_was_written_does_not_matter(
        now in instants(), hours in -12..=14_i32, zone in zones(), policy in policies(),
        calendar in calendars(),
    ) {
        let elsewhere = now.with_timezone(&FixedOffset::east_opt(hours * 3600).unwrap());
        prop_assert_eq!(
            deadline(elsewhere.with_timezone(&zone), &policy, &calendar),
            deadline(now.with_timezone(&zone), &policy, &calendar)
        );
    }

    #[test]
    fn adding_and_counting_working_days_are_inverse(
        date in dates(), n in 0..200_u32, calendar in calendars(),
    ) {
        let later = add_working_days(date, n, &calendar).unwrap();
        prop_assert_eq!(working_days_between(date, later, &calendar), i64::from(n));
        prop_assert_eq!(working_days_between(later, date, &calendar), -i64::from(n));
        prop_assert_eq!(add_working_days(date, 1, &calendar), next_working_day(date, &calendar));
    }

    #[test]
    fn time_left_is_told_for_any_two_moments(
        now in instants(), due in instants(), zone in zones(), calendar in calendars(),
    ) {
        let left = remaining(&now, &due.with_timezone(&zone), &calendar);
        prop_assert_eq!(left.is_late(), now > due);
    }
}
