//! Figures computed by hand.

use super::*;

fn cell(status: Status, in_time: Option<bool>, days: Option<i32>, count: i64) -> Cell {
    Cell {
        month: "2026-03".to_owned(),
        kind: Kind::Complaint,
        channel: Channel::Web,
        service: None,
        category: None,
        hidden: false,
        status,
        division: None,
        in_time,
        days,
        count,
        overdue: 0,
        merged: 0,
    }
}

/// Complaints answered after these working days.
fn after(days: &[i32]) -> Figures {
    let cells: Vec<Cell> = days
        .iter()
        .map(|days| cell(Status::Answered, Some(*days <= 2), Some(*days), 1))
        .collect();
    Figures::of(&cells)
}

#[test]
fn middles_and_tails_are_those_of_a_hand() {
    for (days, median, p90) in [
        (&[][..], None, None),
        (&[3], Some(3.0), Some(3)),
        (&[1, 2], Some(1.5), Some(2)),
        (&[0, 1, 7], Some(1.0), Some(7)),
        (&[2, 0, 1, 1], Some(1.0), Some(2)),
        // Ten: the ninth.
        (&[1, 1, 1, 1, 2, 2, 2, 2, 9, 30], Some(2.0), Some(9)),
        // Eleven: nine of ten are 9.9, so the tenth.
        (&[1, 1, 1, 1, 2, 2, 2, 2, 9, 30, 40], Some(2.0), Some(30)),
    ] {
        let figures = after(days);
        assert_eq!((figures.median(), figures.p90()), (median, p90), "{days:?}");
    }
}

/// LAPOR!, 11–20 June 2018: 1,607 = 1,295 followed up + 9 in process + 24 not begun + 278 deleted + 1 postponed.
#[test]
fn everything_that_came_is_answered_waits_or_has_ended() {
    let mut overdue = cell(Status::Received, None, None, 24);
    overdue.overdue = 20;
    let cells = [
        cell(Status::Closed, Some(true), Some(2), 1000),
        cell(Status::Answered, Some(false), Some(9), 295),
        cell(Status::InProgress, None, None, 9),
        overdue,
        cell(Status::Rejected, None, None, 278),
        cell(Status::Incomplete, None, None, 1),
    ];
    let sum = Figures::of(&cells);
    assert_eq!(sum.received, 1607);
    assert_eq!(sum.received, sum.answered + sum.waiting + sum.ended);
    assert_eq!((sum.answered, sum.waiting, sum.ended), (1295, 34, 278));
    assert_eq!((sum.in_time, sum.overdue), (1000, 20));
    assert_eq!(sum.on_time_percent(), Some(77.2));
    let drawn: i64 = sum.histogram().iter().map(|(_, count)| count).sum();
    assert_eq!(drawn, sum.answered);
}

#[test]
fn a_complaint_that_was_answered_and_taken_up_again_stays_answered() {
    let sum = Figures::of(&[cell(Status::Reopened, Some(true), Some(1), 1)]);
    assert_eq!((sum.answered, sum.waiting), (1, 0));
}

#[test]
fn every_way_of_grouping_sums_up_to_the_same() {
    let mut merged = cell(Status::Rejected, None, None, 5);
    merged.merged = 3;
    let mut other = cell(Status::Closed, Some(true), Some(45), 4);
    other.service = Some("kk".to_owned());
    other.channel = Channel::Letter;
    other.month = "2026-02".to_owned();
    let cells = [merged, other, cell(Status::Received, None, None, 2)];
    let whole = Figures::of(&cells);
    for by in GroupBy::ALL {
        let groups = groups(&cells, by);
        let received: i64 = groups.values().map(|group| group.received).sum();
        let ended: i64 = groups.values().map(|group| group.ended).sum();
        assert_eq!((received, ended), (whole.received, whole.ended), "{by:?}");
        let order = order(by, &["2026-02".to_owned(), "2026-03".to_owned()]);
        assert_eq!(by.is_ordered(), !order.is_empty(), "{by:?}");
        if by.is_ordered() {
            assert!(groups.keys().all(|key| order.contains(key)), "{by:?}");
        }
        assert_eq!(GroupBy::parse(by.code()), Some(by));
    }
    let by_status = groups(&cells, GroupBy::Status);
    assert_eq!(by_status[MERGED].received, 3);
    assert_eq!(by_status["rejected"].received, 2);
    assert_eq!(groups(&cells, GroupBy::Response)["31+"].received, 4);
}

#[test]
fn every_number_of_days_lies_in_one_span() {
    let mut next = 0;
    for span in SPANS {
        assert_eq!(span.from, next);
        next = span.to.saturating_add(1);
    }
    assert_eq!(next, i32::MAX);
    for (days, key) in [
        (0, "0"),
        (3, "3"),
        (4, "4-5"),
        (14, "11-14"),
        (31, "31+"),
        (900, "31+"),
    ] {
        assert_eq!(Span::of(days).key(), key);
    }
}

#[test]
fn a_change_is_told_in_per_cent_of_before() {
    assert_eq!(change(3, 2), Some(50.0));
    assert_eq!(change(0, 3), Some(-100.0));
    assert_eq!(change(5, 0), None);
}
