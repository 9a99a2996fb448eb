use chrono::{NaiveDateTime, TimeDelta, TimeZone as _};
use chrono_tz::Asia::Makassar;
use proptest::prelude::*;
use sea_orm::Iterable as _;

use super::*;
use crate::calendar::{AfterHours, DueEnd, OfficeHours, Terms, decrees, policies::shipped};

fn calendar() -> WorkCalendar {
    let holidays = decrees::built_in().unwrap();
    WorkCalendar {
        known_until: holidays.known_until().unwrap(),
        holidays,
        hours: OfficeHours::default(),
        closures: Vec::new(),
        work_collective_leave: false,
    }
}

fn policy(set: usize) -> Policy {
    let shipped = shipped().unwrap().into_iter().nth(set).unwrap();
    Policy {
        code: shipped.code,
        after_hours: AfterHours::default(),
        due_end: DueEnd::default(),
        terms: Terms(shipped.term),
    }
}

/// "2026-03-17 10:00", in WITA.
fn at(text: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    Makassar.from_local_datetime(&local).unwrap().to_utc()
}

fn history(told: &[(Status, &str)]) -> Vec<Passed> {
    let passed = told.iter();
    passed
        .map(|(to, when)| Passed {
            to: *to,
            at: at(when),
            merged: false,
        })
        .collect()
}

/// What was promised at the receipt.
fn promised(received: DateTime<Utc>, policy: &Policy, about: About<'_>) -> DateTime<Utc> {
    let days = policy.term(Step::Respond, about).unwrap().working_days;
    let from = received.with_timezone(&Makassar);
    let found = deadline(from, &policy.counting(days), &calendar()).unwrap();
    found.due_at.to_utc()
}

fn read(history: &[Passed], set: usize, class: Option<&str>, now: &str) -> Clocks {
    let policy = policy(set);
    let about = About {
        kind: "complaint",
        class,
    };
    let told = promised(history[0].at, &policy, about);
    let given = Given {
        history,
        policy: &policy,
        about,
        extended: 0,
        told: (told, told),
        zone: Makassar,
    };
    clocks(&given, &calendar(), at(now)).unwrap()
}

fn local(time: DateTime<Tz>) -> String {
    time.format("%Y-%m-%d %H:%M").to_string()
}

use Status::*;

#[test]
fn the_first_answer_is_owed_whatever_happens_in_between() {
    let asked = [
        (Received, "2026-03-17 10:00"),
        (Incomplete, "2026-03-17 11:00"),
    ];
    for (more, now, outcome) in [
        (&[][..], "2026-03-26 15:59", Outcome::Running),
        (&[], "2026-03-26 16:01", Outcome::Late),
        (
            &[
                (Verified, "2026-03-25 09:00"),
                (Answered, "2026-03-26 15:00"),
            ],
            "2026-04-01 08:00",
            Outcome::InTime(at("2026-03-26 15:00")),
        ),
        (
            &[
                (Answered, "2026-03-26 17:00"),
                (Reopened, "2026-03-27 09:00"),
                (Answered, "2026-03-27 10:00"),
            ],
            "2026-04-01 08:00",
            Outcome::OutOfTime(at("2026-03-26 17:00")),
        ),
        (
            &[(Withdrawn, "2026-03-17 12:00")],
            "2026-04-01 08:00",
            Outcome::Ended,
        ),
        (
            &[(OutOfAuthority, "2026-03-25 12:00")],
            "2026-04-01 08:00",
            Outcome::InTime(at("2026-03-25 12:00")),
        ),
    ] {
        let passed: Vec<_> = asked.iter().chain(more).copied().collect();
        let found = read(&history(&passed), 0, None, now).respond;
        assert_eq!(local(found.due_at), "2026-03-26 16:00", "{more:?}");
        assert_eq!(found.outcome, outcome, "{more:?}");
    }
}

#[test]
fn the_solution_waits_only_while_the_citizen_owes_something() {
    let class = Some("information_request");
    let plain = history(&[
        (Received, "2025-10-20 10:00"),
        (Verified, "2025-10-20 11:00"),
    ]);
    let due = |history: &[Passed], now: &str| {
        let clock = read(history, 0, class, now).resolve.unwrap();
        (local(clock.due_at), clock.outcome)
    };
    assert_eq!(
        due(&plain, "2025-10-21 08:00"),
        ("2025-10-27 16:00".to_owned(), Outcome::Running)
    );
    let mut waiting = plain.clone();
    waiting.extend(history(&[(Incomplete, "2025-10-21 09:00")]));
    assert_eq!(
        due(&waiting, "2025-10-23 08:00"),
        ("2025-10-29 16:00".to_owned(), Outcome::Paused)
    );
    waiting.extend(history(&[(Verified, "2025-10-23 14:00")]));
    assert_eq!(
        due(&waiting, "2025-10-30 08:00"),
        ("2025-10-29 16:00".to_owned(), Outcome::Late)
    );
    let clock = read(&waiting, 0, class, "2025-10-30 08:00")
        .resolve
        .unwrap();
    let skipped = clock.counted.days.iter();
    let skipped = skipped.filter(|day| day.reason.code() == "waits_for_citizen");
    assert_eq!(skipped.count(), 2, "each day that waited says so");
    waiting.extend(history(&[(Answered, "2025-10-29 15:00")]));
    let (_, outcome) = due(&waiting, "2025-12-01 08:00");
    assert_eq!(outcome, Outcome::InTime(at("2025-10-29 15:00")));
    waiting.extend(history(&[(Reopened, "2025-11-03 09:00")]));
    let (_, outcome) = due(&waiting, "2025-12-01 08:00");
    assert_eq!(outcome, Outcome::Late, "not settled after all");
}

#[test]
fn the_stage_clock_says_how_long_it_has_stood_and_never_reaches_beyond_the_answer() {
    for (passed, set, step, since, due) in [
        (
            &[(Received, "2025-10-20 10:00")][..],
            0,
            Step::Verify,
            "2025-10-20 10:00",
            "2025-10-21 16:00",
        ),
        (
            &[
                (Received, "2025-10-20 10:00"),
                (Verified, "2025-10-20 11:00"),
                (Assigned, "2025-10-20 12:00"),
                (Assigned, "2025-10-21 12:00"),
            ],
            0,
            Step::Start,
            "2025-10-20 12:00",
            "2025-10-21 16:00",
        ),
        // Verified on the last day: not one day more than the answer has.
        (
            &[
                (Received, "2025-10-20 10:00"),
                (Verified, "2025-10-22 11:00"),
            ],
            0,
            Step::Dispose,
            "2025-10-22 11:00",
            "2025-10-22 16:00",
        ),
        (
            &[(Received, "2025-10-20 10:00")],
            1,
            Step::Verify,
            "2025-10-20 10:00",
            "2025-10-23 16:00",
        ),
        (
            &[
                (Received, "2025-10-20 10:00"),
                (Answered, "2025-10-21 09:00"),
            ],
            0,
            Step::AutoClose,
            "2025-10-21 09:00",
            "2025-11-04 16:00",
        ),
        (
            &[
                (Received, "2025-10-20 10:00"),
                (Answered, "2025-10-21 09:00"),
                (Reopened, "2025-10-24 09:00"),
            ],
            0,
            Step::Respond,
            "2025-10-24 09:00",
            "2025-10-28 16:00",
        ),
        (
            &[
                (Received, "2025-10-20 10:00"),
                (Incomplete, "2025-10-21 09:00"),
            ],
            0,
            Step::Complete,
            "2025-10-21 09:00",
            "2025-11-04 16:00",
        ),
    ] {
        let stage = read(&history(passed), set, None, "2025-10-24 09:30").stage;
        let stage = stage.unwrap();
        assert_eq!(stage.step, step);
        assert_eq!(local(stage.since), since, "{passed:?}");
        assert_eq!(local(stage.due_at), due, "{passed:?}");
    }
}

#[test]
fn every_state_that_is_not_final_has_a_deadline() {
    for state in Status::iter() {
        let passed = history(&[(Received, "2025-10-20 10:00"), (state, "2025-10-21 10:00")]);
        for set in 0..3 {
            let found = read(&passed, set, None, "2025-10-21 10:00");
            assert_eq!(found.stage.is_none(), state.is_final(), "{state:?}");
        }
    }
}

#[test]
fn an_answer_can_be_disputed_for_the_days_of_the_policy() {
    let answered = [
        (Received, "2025-10-20 10:00"),
        (Answered, "2025-10-21 09:00"),
    ];
    let until = |more: &[(Status, &'static str)]| {
        let passed: Vec<_> = answered.iter().chain(more).copied().collect();
        let found = read(&history(&passed), 0, None, "2025-10-30 10:00");
        found.reopen_until.map(local)
    };
    let date = Some("2025-11-18 16:00".to_owned());
    assert_eq!(until(&[]), date);
    assert_eq!(until(&[(Closed, "2025-10-22 09:00")]), date);
    assert_eq!(until(&[(Reopened, "2025-10-22 09:00")]), None);
    let never = history(&[
        (Received, "2025-10-20 10:00"),
        (Rejected, "2025-10-21 09:00"),
    ]);
    let found = read(&never, 0, None, "2025-10-30 10:00");
    assert_eq!(found.reopen_until, None);
}

#[test]
fn a_later_date_that_was_told_stays() {
    let policy = policy(0);
    let passed = history(&[(Received, "2025-10-20 10:00")]);
    let given = Given {
        history: &passed,
        policy: &policy,
        about: About::default(),
        extended: 0,
        told: (at("2025-10-23 16:00"), at("2025-10-23 16:00")),
        zone: Makassar,
    };
    let found = clocks(&given, &calendar(), at("2025-10-22 17:00")).unwrap();
    assert_eq!(local(found.respond.due_at), "2025-10-23 16:00");
    assert!(found.respond.kept);
    assert_eq!(found.respond.outcome, Outcome::Running);
    let codes: Vec<&str> = found
        .respond
        .counted
        .days
        .iter()
        .map(|day| day.reason.code())
        .collect();
    assert_eq!(
        codes,
        ["received", "working_day", "working_day", "due"],
        "it is explained to its end"
    );
}

#[test]
fn what_is_settled_or_late_keeps_the_date_it_was_told() {
    let policy = policy(0);
    let received = (Received, "2025-10-20 10:00");
    // Told the 21st; the calendar of now says the 22nd, as after a holiday that came late.
    let told = at("2025-10-21 16:00");
    for (more, outcome, due) in [
        (
            (Answered, "2025-10-22 09:00"),
            Outcome::OutOfTime(at("2025-10-22 09:00")),
            "2025-10-21 16:00",
        ),
        (
            (Answered, "2025-10-21 09:00"),
            Outcome::InTime(at("2025-10-21 09:00")),
            "2025-10-21 16:00",
        ),
        (
            (Withdrawn, "2025-10-21 09:00"),
            Outcome::Ended,
            "2025-10-21 16:00",
        ),
        (
            (Verified, "2025-10-21 09:00"),
            Outcome::Late,
            "2025-10-21 16:00",
        ),
    ] {
        let passed = history(&[received, more]);
        let given = Given {
            history: &passed,
            policy: &policy,
            about: About::default(),
            extended: 0,
            told: (told, told),
            zone: Makassar,
        };
        let found = clocks(&given, &calendar(), at("2025-10-30 10:00"))
            .unwrap()
            .respond;
        assert_eq!(
            (local(found.due_at), found.outcome),
            (due.to_owned(), outcome)
        );
        assert!(!found.kept);
        let last = found.counted.days.last().unwrap();
        assert_eq!(last.reason.code(), "due");
        assert_eq!(last.date, found.due_at.date_naive());
    }
}

#[test]
fn asking_the_citizen_does_not_make_in_time_what_was_late() {
    let class = Some("information_request");
    for (asked, outcome) in [
        ("2025-10-24 09:00", Outcome::Paused),
        ("2025-10-28 09:00", Outcome::Late),
    ] {
        let passed = history(&[(Received, "2025-10-20 10:00"), (Incomplete, asked)]);
        let found = read(&passed, 0, class, "2025-11-10 10:00").resolve.unwrap();
        assert_eq!(found.outcome, outcome, "asked {asked}");
    }
}

#[test]
fn lateness_climbs_and_what_nobody_has_climbs_first() {
    for (assigned, late, every, expected) in [
        (true, 0, 1, Rung::Division),
        (true, 1, 1, Rung::Head),
        (true, 2, 1, Rung::Supervisor),
        (true, 9, 1, Rung::Supervisor),
        (true, 1, 2, Rung::Division),
        (false, 0, 1, Rung::Head),
        (false, 1, 1, Rung::Supervisor),
        (true, -3, 0, Rung::Division),
    ] {
        assert_eq!(rung(assigned, late, every), expected, "{assigned} {late}");
    }
}

#[test]
fn percent_is_of_office_hours() {
    let (start, due) = (at("2026-03-17 16:00"), at("2026-03-26 16:00"));
    let zoned = |time: DateTime<Utc>| time.with_timezone(&Makassar);
    for (now, percent) in [
        ("2026-03-17 10:00", 0),
        ("2026-03-24 23:00", 0),
        ("2026-03-25 11:45", 25),
        ("2026-03-25 20:00", 50),
        ("2026-03-26 11:45", 75),
        ("2026-03-26 15:59", 99),
        ("2026-03-26 16:00", 100),
        ("2026-12-31 16:00", 100),
    ] {
        let used = used_percent(&zoned(start), &zoned(due), &zoned(at(now)), &calendar());
        assert_eq!(used, percent, "{now}");
    }
}

/// Any walk through the states, forwards in time.
fn walks() -> impl Strategy<Value = Vec<Passed>> {
    let states = prop::sample::select(Status::iter().collect::<Vec<_>>());
    let steps = prop::collection::vec((states, 1_i64..20_000), 0..8);
    (0_i64..400_000, steps).prop_map(|(start, steps)| {
        let mut time = at("2025-06-01 08:00") + TimeDelta::minutes(start);
        let mut walk = vec![Passed {
            to: Received,
            at: time,
            merged: false,
        }];
        for (to, minutes) in steps {
            time += TimeDelta::minutes(minutes);
            walk.push(Passed {
                to,
                at: time,
                merged: false,
            });
        }
        walk
    })
}

fn read_at(history: &[Passed], class: Option<&str>, now: DateTime<Utc>) -> Clocks {
    let policy = policy(0);
    let about = About {
        kind: "complaint",
        class,
    };
    let told = promised(history[0].at, &policy, about);
    let given = Given {
        history,
        policy: &policy,
        about,
        extended: 0,
        told: (told, told),
        zone: Makassar,
    };
    clocks(&given, &calendar(), now).unwrap()
}

proptest! {
    #[test]
    fn nothing_that_happens_moves_the_legal_date_of_the_first_answer(walk in walks()) {
        let now = walk[walk.len() - 1].at;
        let alone = read_at(&walk[..1], None, now).respond;
        let after = read_at(&walk, None, now).respond;
        prop_assert_eq!(alone.due_at, after.due_at);
    }

    #[test]
    fn a_pause_never_shortens_and_time_never_turns_back(walk in walks(), later in 0_i64..40_000) {
        let now = walk[walk.len() - 1].at;
        let class = Some("not_supervisory");
        let without: Vec<Passed> = walk.iter().filter(|p| p.to != Incomplete).copied().collect();
        let due = |walk: &[Passed], now| read_at(walk, class, now).resolve.unwrap().due_at;
        prop_assert!(due(&walk, now) >= due(&without, now));
        prop_assert!(due(&walk, now + TimeDelta::minutes(later)) >= due(&walk, now));
    }

    #[test]
    fn what_is_over_is_not_less_later(walk in walks(), first in 0_i64..40_000, more in 0_i64..40_000) {
        let due = read_at(&walk, None, walk[0].at).respond.due_at;
        let start = walk[0].at.with_timezone(&Makassar);
        let used = |minutes| used_percent(&start, &due, &(start + TimeDelta::minutes(minutes)), &calendar());
        prop_assert!(used(first) <= used(first + more));
    }

    #[test]
    fn a_stage_that_runs_ends_no_later_than_the_answer(walk in walks()) {
        let now = walk[walk.len() - 1].at;
        let found = read_at(&walk, None, now);
        let reopened = walk.iter().any(|p| p.to == Reopened);
        if let Some(stage) = found.stage.filter(|stage| stage.state.is_running() && !reopened) {
            prop_assert!(stage.due_at <= found.respond.due_at);
        }
    }
}

#[test]
fn handling_it_in_another_complaint_is_no_answer() {
    let mut walk = history(&[
        (Received, "2026-03-16 10:00"),
        (Status::Rejected, "2026-03-16 11:00"),
    ]);
    assert_eq!(first_said(&walk), Some(at("2026-03-16 11:00")));
    walk[1].merged = true;
    assert_eq!(first_said(&walk), None);
    walk.extend(history(&[(Status::Answered, "2026-03-17 09:00")]));
    assert_eq!(first_said(&walk), Some(at("2026-03-17 09:00")));
}
