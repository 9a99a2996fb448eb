use super::{
    Unfinished::{Attendance, Correction, Letter, Minutes, Report, ReportOutdated},
    *,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_forum_closes_when_nothing_is_left_open() {
    let done = Closing {
        has_record: true,
        ..Closing::default()
    };
    assert_eq!(obstacles(Stage::FollowUp, &done), []);
    assert_eq!(obstacles(Stage::Closed, &done), [Broken::Closed]);
    let open = Closing {
        has_record: false,
        open_points: vec![2],
        open_actions: vec!["RA-2026-01".to_owned()],
        minutes_wait: true,
    };
    assert_eq!(obstacles(Stage::Report, &open).len(), 4);
    let waiting = Closing {
        minutes_wait: true,
        ..done
    };
    let found = obstacles(Stage::FollowUp, &waiting);
    assert_eq!(found, [Broken::MinutesWait]);
}

#[test]
fn what_stays_unfinished_is_named_and_acknowledged_one_by_one() {
    let finished = Papers {
        letter: true,
        attendance: true,
        minutes: true,
        correcting: false,
        report: true,
        report_outdated: false,
    };
    let nothing = Papers {
        letter: false,
        attendance: false,
        minutes: false,
        correcting: true,
        report: false,
        report_outdated: false,
    };
    let old = Papers {
        report_outdated: true,
        ..finished
    };
    for (papers, expected) in [
        (finished, vec![]),
        (old, vec![ReportOutdated]),
        (
            nothing,
            vec![Letter, Attendance, Minutes, Correction, Report],
        ),
    ] {
        assert_eq!(unfinished(papers), expected, "{papers:?}");
    }
    let codes = |codes: &[&str]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
    for (acknowledged, expected) in [
        (codes(&[]), vec![Letter, Report]),
        (codes(&["letter"]), vec![Report]),
        (codes(&["report", "letter", "minutes"]), vec![]),
        (codes(&["report_outdated", "LETTER"]), vec![Letter, Report]),
    ] {
        let found = unseen(&[Letter, Report], &acknowledged);
        assert_eq!(found, expected, "{acknowledged:?}");
    }
    for one in [
        Letter,
        Attendance,
        Minutes,
        Correction,
        Report,
        ReportOutdated,
    ] {
        let told = serde_json::to_value(one).unwrap();
        assert_eq!(told, one.code(), "the history knows it by its code");
    }
}

#[test]
fn an_error_of_a_stage_stops_the_closing_unless_it_is_ticked_or_told_already() {
    let error = |code: &&'static str| Blocker {
        code,
        text: (*code).to_owned(),
    };
    let errors = |codes: &[&'static str]| codes.iter().map(error).collect::<Vec<_>>();
    for (has_record, codes, expected) in [
        (true, vec![], None),
        (true, vec!["report", "actions", "attendance"], None),
        (
            true,
            vec!["minutes-differ", "report"],
            Some("minutes-differ"),
        ),
        (false, vec!["record", "minutes-differ"], None),
    ] {
        let expected = expected.map(|text| Broken::Errors(vec![text.to_owned()]));
        let found = stage_errors(has_record, errors(&codes));
        assert_eq!(found, expected, "{codes:?}");
    }
}

#[test]
fn a_closed_forum_lets_go_only_of_what_has_nowhere_to_go() {
    for (stage, is_open, taken_back, expected) in [
        (Stage::FollowUp, false, true, Ok(())),
        (Stage::Closed, true, false, Ok(())),
        (Stage::Closed, false, false, Err(Broken::Closed)),
        (Stage::Closed, true, true, Err(Broken::Closed)),
    ] {
        let found = may_carry_from(stage, is_open, taken_back);
        assert_eq!(found, expected, "{stage:?} {is_open} {taken_back}");
    }
}

#[test]
fn an_action_goes_on_in_a_later_forum_that_has_not_begun() {
    let (old, new) = (day("2025-10-28"), day("2026-05-20"));
    assert!(may_carry(old, new, Stage::Preparation).is_ok());
    assert!(may_carry(old, new, Stage::Invitation).is_ok());
    for (from, to, stage) in [
        (old, new, Stage::Session),
        (old, old, Stage::Preparation),
        (new, old, Stage::Preparation),
    ] {
        assert_eq!(may_carry(from, to, stage), Err(Broken::NoNextForum));
    }
}

#[test]
fn a_promise_without_owner_or_budget_or_far_away_is_told() {
    let held = day("2026-03-17");
    for (owner, budget, due, expected) in [
        (true, Some(2026), "2026-12-31", vec![]),
        (true, Some(2027), "2027-12-31", vec![]),
        (true, Some(2028), "2028-01-03", vec![Gap::FarAway(2027)]),
        (true, None, "2026-06-30", vec![Gap::BudgetYear]),
        (false, Some(2026), "2026-06-30", vec![Gap::Owner]),
        (
            false,
            None,
            "2099-12-31",
            vec![Gap::Owner, Gap::BudgetYear, Gap::FarAway(2027)],
        ),
    ] {
        assert_eq!(gaps(owner, budget, day(due), held), expected, "{due}");
    }
}

#[test]
fn a_report_is_outdated_by_a_newer_annex_or_another_answer() {
    let at = |hour: u32| day("2026-03-17").and_hms_opt(hour, 0, 0).unwrap().and_utc();
    for (annexes, answers, expected) in [
        (vec![], Newer::Differ(false), false),
        (vec![], Newer::Differ(true), true),
        (vec![9, 10], Newer::Differ(false), false),
        (vec![9, 11], Newer::Differ(false), true),
        (vec![], Newer::Since(vec![at(10)]), false),
        (vec![], Newer::Since(vec![at(9), at(11)]), true),
    ] {
        let annexes: Vec<_> = annexes.into_iter().map(at).collect();
        let found = is_outdated(at(10), &annexes, &answers);
        assert_eq!(found, expected, "{annexes:?} {answers:?}");
    }
}

#[test]
fn what_a_report_tells_has_a_mark_of_its_own() {
    let planned =
        |codes: &[&str]| Became::Planned(codes.iter().map(|&code| code.to_owned()).collect());
    let cases = [
        (Became::Nothing, vec![]),
        (Became::Explained("Sudah selesai.".to_owned()), vec![]),
        (Became::Explained("Sudah lama.".to_owned()), vec![]),
        (planned(&["RA-2026-01"]), vec![]),
        (planned(&["RA-2026-01", "RA-2026-02"]), vec![]),
        (Became::Cancelled(vec!["RA-2026-01".to_owned()]), vec![]),
        (Became::Nothing, vec!["RA-2026-01".to_owned()]),
    ];
    let mark = |(became, inputs): &(Became, Vec<String>)| {
        told_mark(&[("butir".to_owned(), became.clone())], inputs).unwrap()
    };
    for (at, case) in cases.iter().enumerate() {
        assert_eq!(mark(case), mark(&case.clone()));
        let others = cases.iter().skip(at + 1);
        assert!(
            others.clone().all(|other| mark(other) != mark(case)),
            "{case:?}"
        );
    }
}

#[test]
fn a_stage_stands_still_when_something_is_missing_and_nothing_happened() {
    let last = day("2026-03-10");
    for (missing, today, after, expected) in [
        (1, "2026-03-16", 7, false),
        (1, "2026-03-17", 7, true),
        (0, "2026-03-17", 7, false),
        (1, "2027-03-17", 0, false),
    ] {
        assert_eq!(stands_still(missing, last, day(today), after), expected);
    }
    assert_eq!(week_of(day("2026-12-31")), "2026-W53");
    assert_eq!(week_of(day("2027-01-01")), "2026-W53");
}
