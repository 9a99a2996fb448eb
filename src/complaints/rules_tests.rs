use sea_orm::Iterable as _;

use super::*;

/// Each state with each event: what is passed through, or `-` where it is refused.
#[test]
fn every_state_and_event_has_one_answer() {
    use Event::*;
    let events = [
        Verify,
        RequestCompletion,
        Complete { handed: false },
        Complete { handed: true },
        Assign,
        Start,
        Answer,
        Close,
        Dispute,
        Reopen,
        Reject,
        Merge,
        Forward,
        Withdraw,
        Write,
        AnswerWithMain,
    ];
    let short = |status: &Status| match status {
        Status::Received => "R",
        Status::Incomplete => "I",
        Status::Verified => "V",
        Status::Assigned => "A",
        Status::InProgress => "P",
        Status::Answered => "An",
        Status::Reopened => "Re",
        Status::Closed => "C",
        Status::Rejected => "X",
        Status::OutOfAuthority => "O",
        Status::Withdrawn => "W",
    };
    #[rustfmt::skip]
    let table = [
        // verify ask  compl   handed assign start  answer   close disp reop rej  merge forw with write with-main
        ("R",  "V    I    -     -      V>A    V>P    V>P>An   -     -    -    X    X     O    W    .    -"),
        ("I",  "V    -    R     A      V>A    -      V>P>An   -     -    -    X    X     O    W    .    -"),
        ("V",  "-    I    -     -      A      P      P>An     -     -    -    X    X     O    W    .    -"),
        ("A",  "-    I    -     -      A      P      P>An     -     -    -    X    X     O    W    .    -"),
        ("P",  "-    I    -     -      A      -      An       -     -    -    X    X     O    W    .    -"),
        ("An", "-    -    -     -      -      -      -        C     Re   Re   -    -     -    W    .    An"),
        ("Re", "-    I    -     -      A      P      P>An     -     -    -    X    X     O    W    .    -"),
        ("C",  "-    -    -     -      -      -      -        -     Re   Re   -    -     -    -    -    -"),
        ("X",  "-    -    -     -      -      -      -        -     -    Re   -    -     -    -    -    An"),
        ("O",  "-    -    -     -      -      -      -        -     -    Re   -    -     -    -    -    -"),
        ("W",  "-    -    -     -      -      -      -        -     -    Re   -    -     -    -    -    -"),
    ];
    assert_eq!(Status::iter().count(), table.len());
    for (status, (name, row)) in Status::iter().zip(table) {
        assert_eq!(short(&status), name);
        let row: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(row.len(), events.len(), "{name}");
        for (event, expected) in events.into_iter().zip(row) {
            let found = match steps(status, event) {
                Ok(path) if path.is_empty() => ".".to_owned(),
                Ok(path) => path.iter().map(short).collect::<Vec<_>>().join(">"),
                Err(broken) => {
                    assert_eq!(broken, Broken { status, event });
                    "-".to_owned()
                }
            };
            assert_eq!(found, expected, "{status:?} {event:?}");
        }
        assert!(steps(status, Receive).is_err(), "nothing arrives twice");
    }
}

#[test]
fn a_closed_complaint_can_be_disputed_until_the_window_ends() {
    let at = |text: &str| text.parse::<DateTimeUtc>().unwrap();
    let window = Some(at("2026-03-31T02:00:00Z"));
    for (status, window, now, expected) in [
        (Status::Answered, None, "2027-01-01T00:00:00Z", true),
        (Status::Closed, window, "2026-03-31T02:00:00Z", true),
        (Status::Closed, window, "2026-03-31T02:00:01Z", false),
        (Status::Closed, None, "2026-03-02T00:00:00Z", false),
        (Status::Rejected, None, "2026-03-02T00:00:00Z", false),
        (Status::InProgress, None, "2026-03-02T00:00:00Z", false),
    ] {
        let found = may_dispute(status, window, at(now));
        assert_eq!(found, expected, "{status:?} {now}");
    }
}

#[test]
fn codes_are_stable() {
    let codes: Vec<String> = Status::iter().map(Status::code).collect();
    assert_eq!(
        codes.join(" "),
        "received incomplete verified assigned in_progress answered reopened closed rejected out_of_authority withdrawn"
    );
    let kinds: Vec<String> = Kind::iter().map(Kind::code).collect();
    assert_eq!(
        kinds.join(" "),
        "complaint aspiration information_request praise"
    );
    let classes: Vec<String> = Class::iter().map(Class::code).collect();
    assert_eq!(
        classes.join(" "),
        "information_request not_supervisory supervisory"
    );
    assert!(Kind::iter().all(|kind| Kind::parse(&kind.code()) == Some(kind)));
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
        queue(Status::Incomplete, late),
        queue(Status::Answered, early),
        queue(Status::Answered, late),
        queue(Status::Closed, late),
        queue(Status::Withdrawn, early),
    ];
    assert!(order.is_sorted(), "{order:?}");
    assert!(order[1] < RUNNING_ENDS && order[2] > RUNNING_ENDS);
    assert!(order[3] < OPEN_ENDS && order[4] > OPEN_ENDS);
}

#[test]
fn an_answer_that_is_owed_is_late_wherever_it_waits() {
    let at = |text: &str| text.parse::<DateTimeUtc>().unwrap();
    let (now, soon) = (at("2026-03-17T02:00:00Z"), at("2026-03-18T16:00:00Z"));
    for (status, due, expected) in [
        (Status::Received, "2026-03-17T01:59:59Z", Urgency::Late),
        (Status::Received, "2026-03-17T02:00:00Z", Urgency::Soon),
        (Status::Assigned, "2026-03-18T16:00:00Z", Urgency::Soon),
        (Status::InProgress, "2026-03-18T16:00:01Z", Urgency::InTime),
        // Waiting for the citizen stops no legal clock.
        (Status::Incomplete, "2026-03-10T00:00:00Z", Urgency::Late),
        (Status::Incomplete, "2026-03-18T16:00:00Z", Urgency::Soon),
        (Status::Answered, "2026-03-10T00:00:00Z", Urgency::Paused),
    ] {
        assert_eq!(
            urgency(status, at(due), now, soon),
            expected,
            "{status:?} {due}"
        );
        let micros = now.timestamp_micros();
        let found = [late(status, at(due), now), queue(status, at(due)) < micros];
        assert_eq!(
            found,
            [expected == Urgency::Late; 2],
            "the list asks the same"
        );
    }
}

#[test]
fn a_case_is_named_by_its_number_or_by_the_tail_of_it() {
    let beside = "ADU-2026-000200";
    for (typed, meant) in [
        (" adu-2026-000123 ", vec!["ADU-2026-000123"]),
        ("123", vec!["ADU-2026-000123", "ADU-2025-000123"]),
        ("000123", vec!["ADU-2026-000123", "ADU-2025-000123"]),
        ("1234567", vec!["1234567"]),
        ("12a", vec!["12A"]),
        ("", vec![""]),
    ] {
        assert_eq!(numbers_meant(typed, beside), meant, "{typed}");
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

#[test]
fn those_merged_into_a_complaint_are_freed_when_it_ends_without_an_answer() {
    for (event, freed) in [
        (Event::Withdraw, true),
        (Event::WithdrawMerged, false),
        (Event::Reject, true),
        (Event::Forward, true),
        (Event::Answer, false),
        (Event::Close, true),
        (Event::Merge, false),
        (Event::Dispute, false),
    ] {
        assert_eq!(frees_merged(event), freed, "{event:?}");
    }
}

#[test]
fn the_answer_of_another_goes_out_only_where_somebody_chose_it() {
    let all: &[Reply] = &[Reply::Next, Reply::Same, Reply::Own];
    for (main, offered) in [
        (Status::Received, &all[..1]),
        (Status::Incomplete, &all[..1]),
        (Status::Reopened, &all[..1]),
        (Status::Answered, all),
        (Status::Closed, &all[1..]),
        (Status::Rejected, &[]),
        (Status::OutOfAuthority, &[]),
        (Status::Withdrawn, &[]),
    ] {
        assert_eq!(replies_offered(main), offered, "{main:?}");
    }
    for reply in all {
        assert_eq!(Reply::parse(reply.code()), Some(*reply));
    }
    assert_eq!(Reply::parse("yes"), None);
}

#[test]
fn who_left_no_contact_is_told_the_way_they_came_where_it_goes_back() {
    for (channel, email, phone, address, told) in [
        (Channel::Web, true, true, false, Teller::Mail),
        (Channel::Web, false, true, false, Teller::Phone),
        (Channel::Web, false, false, false, Teller::Nobody),
        (Channel::Sp4nLapor, true, false, false, Teller::Mail),
        (Channel::Sp4nLapor, false, true, false, Teller::Phone),
        (Channel::Sp4nLapor, false, false, false, Teller::Sp4n),
        (Channel::Letter, false, true, true, Teller::Phone),
        (Channel::Letter, false, false, true, Teller::Letter),
        (Channel::Letter, false, false, false, Teller::Nobody),
        (Channel::WalkIn, false, false, true, Teller::Letter),
        (Channel::Sp4nLapor, false, false, true, Teller::Sp4n),
        (Channel::SuggestionBox, false, false, false, Teller::Nobody),
        (Channel::WalkIn, false, false, false, Teller::Nobody),
    ] {
        assert_eq!(
            teller(channel, email, phone, address),
            told,
            "{channel:?} {email} {phone} {address}"
        );
        let person = matches!(told, Teller::Phone | Teller::Sp4n | Teller::Letter);
        assert_eq!(told.is_person(), person, "{told:?}");
    }
}

#[test]
fn who_can_be_looked_for_is_not_left_untold_in_silence() {
    for (channel, teller, named, unreached) in [
        (Channel::Web, Teller::Nobody, true, false),
        (Channel::WalkIn, Teller::Nobody, true, true),
        (Channel::WalkIn, Teller::Nobody, false, true),
        (Channel::Letter, Teller::Letter, true, false),
        (Channel::SuggestionBox, Teller::Nobody, true, true),
        (Channel::SuggestionBox, Teller::Nobody, false, false),
        (Channel::SuggestionBox, Teller::Phone, false, false),
    ] {
        let found = is_unreached(channel, teller, named);
        assert_eq!(found, unreached, "{channel:?} {teller:?} {named}");
    }
}

#[test]
fn only_praise_is_not_asked_whether_it_is_solved() {
    for kind in Kind::all() {
        assert_eq!(kind.is_solvable(), kind != Kind::Praise, "{kind:?}");
    }
}

#[test]
fn a_correction_adds_protection_and_takes_none() {
    let of = |anonymous, confidential| Privacy {
        anonymous,
        confidential,
    };
    for (before, after, may) in [
        (of(false, false), of(false, false), true),
        (of(false, false), of(true, true), true),
        (of(true, false), of(true, true), true),
        (of(true, false), of(false, true), false),
        (of(false, true), of(true, false), false),
        (of(true, true), of(false, false), false),
    ] {
        assert_eq!(protects_no_less(before, after), may, "{before:?} {after:?}");
    }
}

#[test]
fn a_way_in_is_put_right_only_where_an_officer_wrote_it_down() {
    for (before, after, bound, may) in [
        (Channel::Phone, Channel::Letter, false, true),
        (Channel::Whatsapp, Channel::SuggestionBox, false, true),
        (Channel::Phone, Channel::Web, false, false),
        (Channel::Web, Channel::Phone, false, false),
        (Channel::Web, Channel::Web, false, true),
        (Channel::SuggestionBox, Channel::Letter, true, false),
        (Channel::Sp4nLapor, Channel::Email, true, false),
        (Channel::Sp4nLapor, Channel::Email, false, true),
    ] {
        assert_eq!(before.may_become(after, bound), may, "{before:?} {after:?}");
    }
}
