//! The records that are tried.

use super::*;

#[tokio::test]
async fn one_guest_on_a_leap_day_before_dawn() {
    // 00.05 in Samarinda is the day before in UTC.
    check(Case {
        seed: 1,
        date: "2028-02-29".parse().unwrap(),
        starts: "00:05:00".parse().unwrap(),
        more_days: &[],
        recipients: 17,
        present: 1,
        points: 1,
        inputs: 1,
    })
    .await;
}

#[tokio::test]
async fn sixty_guests_on_the_last_evening_of_a_year() {
    check(Case {
        seed: 2,
        date: "2025-12-31".parse().unwrap(),
        starts: "23:30:00".parse().unwrap(),
        more_days: &[],
        recipients: 17,
        present: 60,
        points: 13,
        inputs: 9,
    })
    .await;
}

#[tokio::test]
async fn eleven_guests_on_a_sunday_of_another_year() {
    check(Case {
        seed: 3,
        date: "2027-01-03".parse().unwrap(),
        starts: "07:59:00".parse().unwrap(),
        more_days: &[],
        recipients: 17,
        present: 11,
        points: 5,
        inputs: 2,
    })
    .await;
}

#[tokio::test]
async fn nineteen_guests_on_two_days_over_the_end_of_a_year() {
    check(Case {
        seed: 4,
        date: "2025-12-31".parse().unwrap(),
        starts: "08:00:00".parse().unwrap(),
        more_days: &[(1, "08:00:00")],
        recipients: 17,
        present: 19,
        points: 4,
        inputs: 3,
    })
    .await;
}

#[tokio::test]
async fn seven_guests_on_three_days_that_lie_apart_and_begin_differently() {
    check(Case {
        seed: 5,
        date: "2026-05-04".parse().unwrap(),
        starts: "08:00:00".parse().unwrap(),
        more_days: &[(1, "13:00:00"), (3, "08:30:00")],
        recipients: 17,
        present: 7,
        points: 2,
        inputs: 2,
    })
    .await;
}

/// Each seed is a test of its own, so that they run side by side and a failure names its record.
macro_rules! the_papers_agree_whatever_the_record {
    ($($name:ident: $seed:literal),+ $(,)?) => {
        $(#[tokio::test]
        async fn $name() {
            check(Case::of($seed)).await;
        })+
    };
}

the_papers_agree_whatever_the_record! {
    the_papers_of_record_7_agree: 7,
    the_papers_of_record_9_agree: 9,
    the_papers_of_record_13_agree: 13,
    the_papers_of_record_14_agree: 14,
    the_papers_of_record_17_agree: 17,
    the_papers_of_record_18_agree: 18,
    the_papers_of_record_20_agree: 20,
    the_papers_of_record_24_agree: 24,
    the_papers_of_record_29_agree: 29,
    the_papers_of_record_30_agree: 30,
}
