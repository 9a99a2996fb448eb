use super::*;

#[test]
fn an_action_moves_as_the_table_says() {
    use Status::{Cancelled, Done, InProgress, Open, Verified};
    let table = [
        // state, progress, finish, verify, send back, cancel
        (
            Open,
            [Some(InProgress), Some(Done), None, None, Some(Cancelled)],
        ),
        (
            InProgress,
            [Some(InProgress), Some(Done), None, None, Some(Cancelled)],
        ),
        (Done, [None, None, Some(Verified), Some(InProgress), None]),
        (Verified, [None; 5]),
        (Cancelled, [None; 5]),
    ];
    let moves = [
        Move::Progress,
        Move::Finish,
        Move::Verify,
        Move::SendBack,
        Move::Cancel,
    ];
    for (state, expected) in table {
        for (step, expected) in moves.into_iter().zip(expected) {
            assert_eq!(state.after(step).ok(), expected, "{state:?} {step:?}");
        }
    }
}

#[test]
fn finishing_needs_evidence_that_already_exists() {
    let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
    let today = day(17);
    for (evidence, expected) in [
        (vec![], Err(Broken::NoEvidence)),
        (vec![day(16)], Ok(Status::Done)),
        (vec![day(17)], Ok(Status::Done)),
        (vec![day(16), day(18)], Err(Broken::FutureEvidence(day(18)))),
    ] {
        assert_eq!(finish(Status::InProgress, &evidence, today), expected);
    }
    assert!(matches!(
        finish(Status::Verified, &[today], today),
        Err(Broken::Transition(..))
    ));
}

#[test]
fn nobody_verifies_their_own_work() {
    let (one, other) = (PersonId::new(), PersonId::new());
    assert_eq!(
        verify(Status::Done, Some(one), Some(one)),
        Err(Broken::OwnWork)
    );
    assert_eq!(
        verify(Status::Done, Some(one), Some(other)),
        Ok(Status::Verified)
    );
    assert!(verify(Status::InProgress, Some(one), Some(other)).is_err());
}

#[test]
fn links_stay_inside_a_unit() {
    let (one, other) = (UnitId::new(), UnitId::new());
    assert_eq!(may_link(one, Some(one), Status::Done), Ok(()));
    assert_eq!(may_link(one, None, Status::Open), Ok(()));
    let elsewhere = may_link(one, Some(other), Status::Open);
    assert_eq!(elsewhere, Err(Broken::OtherUnit));
    assert!(may_link(one, Some(one), Status::Cancelled).is_err());
}

#[test]
fn what_was_verified_keeps_its_sources_and_gets_no_others() {
    let unit = UnitId::new();
    let linked = may_link(unit, Some(unit), Status::Verified);
    assert_eq!(linked, Err(Broken::Verified));
    for kind in [SourceKind::Complaint, SourceKind::AgreedPoint] {
        let gone = may_unlink(kind, Status::Verified);
        assert_eq!(gone, Err(Broken::Verified), "{kind:?}");
    }
    assert_eq!(may_unlink(SourceKind::Complaint, Status::Done), Ok(()));
}

#[test]
fn only_unfinished_actions_are_late_or_soon() {
    let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
    let today = day(17);
    for (status, due, working_days, expected) in [
        (Status::Open, day(16), -1, Timing::Late(1)),
        (Status::InProgress, day(14), 0, Timing::Late(0)),
        (Status::InProgress, day(17), 0, Timing::Soon(0)),
        (Status::InProgress, day(24), 5, Timing::Soon(5)),
        (Status::InProgress, day(25), 6, Timing::InTime(6)),
        (Status::Done, day(1), -12, Timing::Over),
        (Status::Verified, day(1), -12, Timing::Over),
    ] {
        assert_eq!(timing(status, due, today, working_days, 5), expected);
    }
}

#[test]
fn the_bar_says_what_steps_and_evidence_say() {
    let facts = |milestones, done, reported, evidence| Facts {
        milestones,
        done,
        reported,
        evidence,
    };
    for (status, given, expected) in [
        (Status::Open, facts(0, 0, false, false), 0),
        (Status::InProgress, facts(0, 0, true, false), 25),
        (Status::InProgress, facts(0, 0, true, true), 50),
        (Status::InProgress, facts(3, 0, true, true), 0),
        (Status::InProgress, facts(3, 1, true, true), 26),
        (Status::InProgress, facts(3, 3, true, true), 80),
        (Status::Done, facts(0, 0, true, true), 90),
        (Status::Done, facts(3, 1, true, true), 90),
        (Status::Verified, facts(3, 1, true, true), 100),
        (Status::Cancelled, facts(2, 1, true, true), 40),
    ] {
        assert_eq!(percent(status, given), expected, "{status:?} {given:?}");
    }
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_step_lies_within_its_action() {
    let span = (on("2026-03-16"), on("2026-06-30"));
    for (status, due, fine) in [
        (Status::Open, "2026-03-16", true),
        (Status::Open, "2026-06-30", true),
        (Status::InProgress, "2026-05-01", true),
        (Status::Open, "2026-03-15", false),
        (Status::Open, "2026-07-01", false),
        (Status::Done, "2026-05-01", false),
        (Status::Cancelled, "2026-05-01", false),
    ] {
        assert_eq!(may_plan(status, on(due), span).is_ok(), fine, "{due}");
    }
    // Taken down after its due day.
    let late = (on("2026-08-01"), on("2026-06-30"));
    assert!(may_plan(Status::Open, on("2026-06-30"), late).is_ok());
}

#[test]
fn a_due_day_is_put_off_to_a_later_day_and_not_before_a_step() {
    let (from, today) = (on("2026-06-30"), on("2026-06-01"));
    for (status, to, step, expected) in [
        (Status::Open, "2026-09-30", None, Ok(())),
        (Status::Open, "2026-06-15", None, Err(Broken::Earlier(from))),
        (Status::Open, "2026-06-30", None, Err(Broken::SameDay(from))),
        (
            Status::Open,
            "2026-05-31",
            None,
            Err(Broken::DayOver(on("2026-05-31"))),
        ),
        (
            Status::Open,
            "2026-07-15",
            Some("2026-07-20"),
            Err(Broken::MilestoneAfter(on("2026-07-20"))),
        ),
    ] {
        let found = may_extend(status, (from, on(to)), today, step.map(on));
        assert_eq!(found, expected, "{to}");
    }
    assert!(may_extend(Status::Verified, (from, on("2026-09-30")), today, None).is_err());
    assert_eq!(furthest(on("2026-02-28"), 5), on("2031-02-28"));
    assert_eq!(earliest_evidence(on("2026-06-30")), on("2026-04-01"));
    assert_eq!(carried_into(2026, on("2026-12-31")), None);
    assert_eq!(carried_into(2026, on("2027-01-04")), Some(2027));
}

#[test]
fn speed_is_classed_by_whole_months() {
    let promised = on("2025-11-30");
    for (finished, expected) in [
        (None, Speed::Running),
        (Some("2025-12-01"), Speed::UnderThreeMonths),
        (Some("2026-02-27"), Speed::UnderThreeMonths),
        // February has no 30th: its last day ends the three months.
        (Some("2026-02-28"), Speed::UnderSixMonths),
        (Some("2026-05-29"), Speed::UnderSixMonths),
        (Some("2026-05-30"), Speed::Longer),
    ] {
        assert_eq!(speed(promised, finished.map(on)), expected, "{finished:?}");
    }
}

#[test]
fn who_is_late_is_reminded_and_so_is_who_stands_still() {
    let today = on("2026-06-30");
    for (due, last, quiet, expected) in [
        ("2026-06-29", "2026-06-29", 30, Some(ReminderKind::Overdue)),
        ("2026-06-30", "2026-06-29", 30, None),
        ("2026-12-31", "2026-05-31", 30, Some(ReminderKind::Stalled)),
        ("2026-12-31", "2026-06-01", 30, None),
        ("2026-12-31", "2025-06-01", 0, None),
    ] {
        assert_eq!(presses((on(due), on(last)), today, quiet), expected);
    }
}

#[test]
fn codes_sort_within_a_year() {
    assert_eq!(code(2026, 1), "RA-2026-01");
    assert_eq!(code(2026, 112), "RA-2026-112");
}

#[test]
fn loose_ends_are_named_each() {
    for (status, owner, late, evidence, expected) in [
        (Status::Open, true, false, 0, vec![]),
        (Status::Open, false, true, 0, vec![Lack::Owner, Lack::Late]),
        (Status::InProgress, true, true, 1, vec![Lack::Late]),
        (Status::Done, true, true, 2, vec![Lack::Verification]),
        (
            Status::Done,
            false,
            false,
            0,
            vec![Lack::Evidence, Lack::Verification],
        ),
        (Status::Verified, true, false, 0, vec![Lack::Evidence]),
        (Status::Verified, false, true, 3, vec![]),
        (Status::Cancelled, false, true, 0, vec![]),
    ] {
        assert_eq!(lacks(status, owner, late, evidence), expected, "{status:?}");
    }
}
