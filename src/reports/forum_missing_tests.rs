//! The rule of what a forum lacks, case by case.

use super::forum_missing::{
    Facts, FollowUp, Invitation, Minutes, Name, Next, Preparation, Record, Report, Session,
    Severity::{self, Error, Warning},
    missing, next,
};
use crate::{
    forums::{Group, Stage},
    platform::i18n::Locale,
};

fn codes(now: Stage, facts: &Facts, severity: Severity) -> Vec<&'static str> {
    missing(now, facts)
        .iter()
        .filter(|one| one.severity == severity)
        .map(|one| one.code)
        .collect()
}

fn invited() -> Facts {
    Facts {
        preparation: Preparation {
            team: 3,
            neutrality_note: true,
            target: true,
            planned: true,
            agenda: 5,
            empty_days: 0,
            ..Preparation::default()
        },
        invitation: Invitation {
            letter: true,
            number: true,
            date: true,
            issued: true,
            recipients: 39,
            sent: 39,
            ..Invitation::default()
        },
        ..Facts::default()
    }
}

fn held() -> Facts {
    Facts {
        day_passed: true,
        session: Session {
            present: 3,
            groups: vec![Group::Organiser, Group::Media, Group::Users],
            inputs: 2,
            ..Session::default()
        },
        ..invited()
    }
}

#[test]
fn an_empty_forum_needs_agenda_letter_recipients_and_so_on() {
    let facts = Facts::default();
    assert_eq!(
        codes(Stage::Preparation, &facts, Error),
        ["agenda", "letter", "recipients", "attendance", "record"]
    );
    assert_eq!(
        codes(Stage::Preparation, &facts, Warning),
        ["team", "neutrality", "target", "quotas", "inputs"]
    );
    let next = next(
        Stage::Preparation,
        &facts,
        &missing(Stage::Preparation, &facts),
    );
    assert_eq!(next.unwrap().code, "agenda");
}

#[test]
fn a_letter_lacks_its_number_and_date_until_it_is_issued() {
    let mut facts = invited();
    facts.invitation.issued = false;
    facts.invitation.number = false;
    facts.invitation.date = false;
    assert_eq!(
        codes(Stage::Preparation, &facts, Error)[..3],
        ["letter-number", "letter-date", "issue"]
    );
}

#[test]
fn before_the_day_one_waits_and_after_it_the_list_is_asked_for() {
    let facts = invited();
    let found = missing(Stage::Invitation, &facts);
    assert_eq!(
        next(Stage::Invitation, &facts, &found).unwrap().code,
        "wait"
    );
    let late = Facts {
        day_passed: true,
        ..invited()
    };
    let found = missing(Stage::Invitation, &late);
    let next = next(Stage::Invitation, &late, &found);
    assert_eq!(next.unwrap().code, "attendance");
}

#[test]
fn the_record_needs_the_organiser_and_each_group_that_came() {
    let mut facts = held();
    assert_eq!(codes(Stage::Session, &facts, Error), ["record"]);
    facts.record = Some(Record {
        points: 1,
        repeated: vec![1],
        signatories: 1,
        signing_groups: vec![Group::Media],
        ..Record::default()
    });
    let found = missing(Stage::BeritaAcara, &facts);
    assert_eq!(
        codes(Stage::BeritaAcara, &facts, Error),
        [
            "points-repeat",
            "organiser",
            "signing-groups",
            "signatures",
            "lock"
        ]
    );
    let groups = found.iter().find(|one| one.code == "signing-groups");
    assert_eq!(groups.unwrap().names, [Name::Group(Group::Users)]);
}

#[test]
fn what_is_not_known_yet_is_not_asked_for() {
    let mut facts = held();
    facts.record = Some(Record {
        locked: true,
        ..Record::default()
    });
    assert_eq!(missing(Stage::Report, &facts), []);
    facts.minutes = Some(Minutes::default());
    facts.report = Some(Report::default());
    assert_eq!(codes(Stage::Report, &facts, Error), ["report"]);
    assert_eq!(codes(Stage::Report, &facts, Warning), ["minutes"]);
    facts.report = Some(Report {
        issued: true,
        outdated: true,
    });
    let told = codes(Stage::FollowUp, &facts, Warning);
    assert_eq!(told, ["minutes", "report-outdated"]);
    // Nothing can be done about it any more.
    assert_eq!(codes(Stage::Closed, &facts, Warning), ["minutes"]);
}

#[test]
fn a_forum_is_closed_when_points_and_actions_are_answered() {
    let mut facts = held();
    facts.record = Some(Record {
        locked: true,
        ..Record::default()
    });
    facts.follow_up.open_points = vec![2, 5];
    facts.follow_up.open_actions = vec!["RA-2026-01".to_owned()];
    let found = missing(Stage::FollowUp, &facts);
    let asked = next(Stage::FollowUp, &facts, &found).unwrap();
    assert_eq!(asked.code, "points-action");
    assert_eq!(found[0].names(Locale::Id), ["2", "5"]);
    facts.follow_up = FollowUp::default();
    assert_eq!(next(Stage::FollowUp, &facts, &[]).unwrap().code, "close");
    assert_eq!(next(Stage::Closed, &facts, &[]), None);
}

#[test]
fn every_code_has_words() {
    let mut odd = held();
    odd.day_passed = false;
    odd.preparation = Preparation {
        agenda: 1,
        agenda_troubles: 2,
        link_missing: true,
        ..Preparation::default()
    };
    odd.invitation.to_send = 1;
    odd.invitation.failed = 1;
    odd.invitation.empty_groups = vec![Group::Media];
    odd.minutes = Some(Minutes::default());
    odd.report = Some(Report {
        outdated: true,
        ..Report::default()
    });
    odd.record = Some(Record {
        amending: true,
        ..Record::default()
    });
    odd.follow_up.open_points = vec![1];
    odd.follow_up.open_actions = vec!["RA".to_owned()];
    odd.follow_up.inputs_without_action = vec!["I1".to_owned()];
    let mut unissued = Facts::default();
    unissued.invitation.letter = true;
    unissued.invitation.letter_faults = vec!["NIP".to_owned()];
    unissued.invitation.letter_doubts = vec!["NIP".to_owned()];
    let mut unsent = held();
    unsent.invitation.to_send = 1;
    let over = Facts {
        day_passed: true,
        ..Facts::default()
    };
    for facts in [odd, unissued, unsent, over, Facts::default()] {
        for one in missing(Stage::Invitation, &facts) {
            for locale in [Locale::Id, Locale::En] {
                assert!(!one.text(locale).starts_with("forums-"), "{}", one.code);
                let next = Next {
                    code: one.code,
                    place: "",
                };
                let asked = one.severity == Error;
                assert!(
                    !asked || !next.text(locale).starts_with("forums-"),
                    "{}",
                    one.code
                );
            }
        }
    }
}

#[test]
fn who_knows_an_old_time_only_is_an_error_from_the_start_and_a_warning_afterwards() {
    let facts = |started, day_passed, knows_old| Facts {
        started,
        day_passed,
        invitation: Invitation {
            knows_old,
            outdated: true,
            ..invited().invitation
        },
        ..held()
    };
    for (now, before, errors, warnings) in [
        (Stage::Invitation, facts(false, false, 14), false, false),
        (Stage::Invitation, facts(true, false, 14), true, false),
        (Stage::Session, facts(true, false, 14), true, false),
        (Stage::Session, facts(true, true, 14), false, true),
        (Stage::Session, facts(true, false, 0), false, false),
        (Stage::Closed, facts(true, true, 14), false, false),
    ] {
        let told = |severity| codes(now, &before, severity).contains(&"not-told");
        assert_eq!((told(Error), told(Warning)), (errors, warnings), "{now:?}");
    }
    // The letter can be corrected before the start, and not after it.
    let codes_of = |started| codes(Stage::Invitation, &facts(started, false, 1), Error);
    assert!(codes_of(false).contains(&"letter-outdated"));
    assert!(!codes_of(true).contains(&"letter-outdated"));
    let found = missing(Stage::Session, &facts(true, false, 2));
    let next = next(Stage::Session, &facts(true, false, 2), &found);
    assert_eq!(next.unwrap().code, "not-told");
}

#[test]
fn on_the_day_itself_nobody_waits_for_it() {
    let today = Facts {
        today: true,
        ..invited()
    };
    let found = missing(Stage::Invitation, &today);
    let next = next(Stage::Invitation, &today, &found);
    assert_eq!(next.unwrap().code, "today");
}

#[test]
fn an_invitation_that_never_went_out_is_told_after_the_forum() {
    let mut facts = held();
    let told = |facts: &Facts, now| {
        let found = codes(now, facts, Warning);
        let never = found.into_iter().filter(|code| code.starts_with("never"));
        never.collect::<Vec<_>>()
    };
    assert!(told(&facts, Stage::Report).is_empty());
    // Those who know an earlier time are told of by themselves.
    (facts.invitation.to_send, facts.invitation.updates) = (5, 5);
    assert!(told(&facts, Stage::Report).is_empty());
    facts.invitation.to_hand = 3;
    assert!(told(&facts, Stage::Report).is_empty());
    facts.invitation.never_told = 1;
    assert_eq!(told(&facts, Stage::Report), ["never-sent"]);
    // From the start on, when nothing goes out any more.
    (facts.started, facts.day_passed) = (true, false);
    assert_eq!(told(&facts, Stage::Invitation), ["never-sent"]);
    facts.started = false;
    assert!(told(&facts, Stage::Invitation).is_empty());
    facts.invitation.issued = false;
    assert_eq!(told(&facts, Stage::Session), ["never-issued"]);
    assert!(told(&facts, Stage::Closed).is_empty());
}

#[test]
fn what_the_checks_say_of_a_letter_stands_with_what_its_forum_lacks() {
    let mut facts = invited();
    facts.invitation.issued = false;
    facts.invitation.letter_faults = vec!["NIP salah".to_owned()];
    facts.invitation.letter_doubts = vec!["pukul lain".to_owned()];
    let found = codes(Stage::Invitation, &facts, Error);
    assert_eq!(found[..2], ["letter-fault", "issue"]);
    assert!(codes(Stage::Invitation, &facts, Warning).contains(&"letter-doubt"));
}

#[test]
fn promises_without_owner_or_budget_are_told_and_contrary_papers_in_force_stop_the_way() {
    let mut facts = held();
    facts.follow_up.incomplete = vec!["RA-2026-01".to_owned()];
    let told = missing(Stage::FollowUp, &facts);
    let one = told.iter().find(|one| one.code == "actions-incomplete");
    let one = one.unwrap();
    assert_eq!((one.severity, one.stage), (Warning, Stage::FollowUp));
    assert_eq!(one.names, [Name::Plain("RA-2026-01".to_owned())]);
    for (is_final, locked, severity) in [
        (false, false, Warning),
        (true, false, Warning),
        (false, true, Warning),
        (true, true, Error),
    ] {
        facts.minutes = Some(Minutes {
            is_final,
            differ: true,
        });
        facts.record = Some(Record {
            locked,
            ..Record::default()
        });
        let found = codes(Stage::Report, &facts, severity);
        assert!(found.contains(&"minutes-differ"), "{is_final} {locked}");
    }
}
