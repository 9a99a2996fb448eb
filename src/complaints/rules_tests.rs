use sea_orm::Iterable as _;

use super::*;

#[test]
fn every_state_and_event_has_one_answer() {
    use Status::*;
    let possible: &[(Status, Event, &[Status])] = &[
        (Received, Event::Assign, &[Verified, Assigned]),
        (Incomplete, Event::Assign, &[Verified, Assigned]),
        (Verified, Event::Assign, &[Assigned]),
        (Assigned, Event::Assign, &[Assigned]),
        (InProgress, Event::Assign, &[Assigned]),
        (Reopened, Event::Assign, &[Assigned]),
        (Received, Event::Answer, &[Verified, InProgress, Answered]),
        (Verified, Event::Answer, &[InProgress, Answered]),
        (Assigned, Event::Answer, &[InProgress, Answered]),
        (Reopened, Event::Answer, &[InProgress, Answered]),
        (InProgress, Event::Answer, &[Answered]),
        (Answered, Event::Close, &[Closed]),
        (Answered, Event::Reopen, &[Reopened]),
    ];
    for status in Status::iter() {
        for event in [Event::Assign, Event::Answer, Event::Close, Event::Reopen] {
            let expected = possible
                .iter()
                .find(|(from, by, _)| (*from, *by) == (status, event));
            match expected {
                Some((.., path)) => assert_eq!(steps(status, event).as_deref(), Ok(*path)),
                None => assert_eq!(steps(status, event), Err(Broken { status, event })),
            }
        }
        assert_eq!(steps(status, Event::Write).is_ok(), !status.is_final());
    }
}

#[test]
fn codes_are_stable() {
    let codes: Vec<String> = Status::iter().map(Status::code).collect();
    assert_eq!(
        codes.join(" "),
        "received incomplete verified assigned in_progress answered reopened closed rejected out_of_authority withdrawn"
    );
    assert_eq!(Channel::parse("sp4n_lapor"), Some(Channel::Sp4nLapor));
    assert_eq!(Channel::WalkIn.code(), "walk_in");
    assert!(Channel::iter().all(|channel| Channel::parse(&channel.code()) == Some(channel)));
}

#[test]
fn who_sees_what_follows_the_two_choices() {
    let nobody = Viewer::default();
    let officer = Viewer {
        officer: true,
        ..nobody
    };
    let unmasked = Viewer {
        unmasked: true,
        ..officer
    };
    let handler = Viewer {
        handles: true,
        ..nobody
    };
    let colleague = Viewer {
        named_other: true,
        ..handler
    };
    let cases = [
        // (anonymous, confidential), viewer, text, identity
        ((false, false), nobody, true, Sees::Nothing),
        ((false, false), officer, true, Sees::All),
        ((false, false), handler, true, Sees::All),
        ((false, false), colleague, true, Sees::All),
        ((true, false), nobody, true, Sees::Nothing),
        ((true, false), officer, true, Sees::OnRequest),
        ((true, false), unmasked, true, Sees::All),
        ((true, false), handler, true, Sees::Nothing),
        ((false, true), nobody, false, Sees::Nothing),
        ((false, true), officer, true, Sees::All),
        ((false, true), handler, true, Sees::All),
        ((false, true), colleague, false, Sees::Nothing),
        ((true, true), nobody, false, Sees::Nothing),
        ((true, true), handler, true, Sees::Nothing),
        ((true, true), officer, true, Sees::OnRequest),
    ];
    for ((anonymous, confidential), viewer, text, identity) in cases {
        let privacy = Privacy {
            anonymous,
            confidential,
        };
        assert_eq!(
            sight(viewer, privacy),
            Sight { text, identity },
            "{privacy:?} {viewer:?}"
        );
    }
}

#[test]
fn the_queue_begins_with_what_is_due_next() {
    let at = |text: &str| text.parse::<DateTimeUtc>().unwrap();
    let (early, late) = (at("2026-03-17T08:00:00Z"), at("2026-03-26T08:00:00Z"));
    let order = [
        queue(Status::Received, early),
        queue(Status::Reopened, late),
        queue(Status::Incomplete, early),
        queue(Status::Answered, late),
        queue(Status::Closed, late),
        queue(Status::Withdrawn, early),
    ];
    assert!(order.is_sorted(), "{order:?}");
    assert!(order[1] < RUNNING_ENDS && order[2] > RUNNING_ENDS);
    assert!(order[3] < OPEN_ENDS && order[4] > OPEN_ENDS);
}

#[test]
fn lateness_counts_only_while_the_office_has_to_act() {
    let at = |text: &str| text.parse::<DateTimeUtc>().unwrap();
    let (now, soon) = (at("2026-03-17T02:00:00Z"), at("2026-03-18T16:00:00Z"));
    for (status, due, expected) in [
        (Status::Received, "2026-03-17T01:59:59Z", Urgency::Late),
        (Status::Received, "2026-03-17T02:00:00Z", Urgency::Soon),
        (Status::Assigned, "2026-03-18T16:00:00Z", Urgency::Soon),
        (Status::InProgress, "2026-03-18T16:00:01Z", Urgency::InTime),
        (Status::Incomplete, "2026-03-10T00:00:00Z", Urgency::Paused),
        (Status::Answered, "2026-03-10T00:00:00Z", Urgency::Paused),
    ] {
        assert_eq!(
            urgency(status, at(due), now, soon),
            expected,
            "{status:?} {due}"
        );
    }
}

#[test]
fn numbers_and_codes_are_read_as_people_type_them() {
    assert_eq!(number("ADU", 2026, 123), "ADU-2026-000123");
    assert_eq!(read_number(" adu-2026-000123 "), "ADU-2026-000123");
    for typed in [
        "4821093755162208",
        "4821 0937 5516 2208",
        "4821-0937-5516-2208 ",
    ] {
        assert_eq!(
            read_code(typed).as_deref(),
            Some("4821093755162208"),
            "{typed}"
        );
    }
    for wrong in [
        "",
        "482109375516220",
        "48210937551622081",
        "482109375516220x",
        "４８２１",
    ] {
        assert_eq!(read_code(wrong), None, "{wrong}");
    }
    assert_eq!(
        grouped("4821093755162208"),
        ["4821", "0937", "5516", "2208"]
    );
    assert_eq!(masked("Siti Rahmah"), "S••••• R•••••");
}
