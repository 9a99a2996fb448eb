use super::*;

fn signer(name: &str, group: Group, signed: bool) -> Signer {
    Signer {
        name: name.into(),
        group,
        signed,
        excused: false,
        was_present: true,
        nameless: false,
    }
}

fn complete() -> Record {
    Record {
        number: "1/BA/2025".into(),
        place: "Aula, Kantor Contoh, Samarinda".into(),
        forum_places: vec![
            "Aula, Kantor Contoh".into(),
            "Aula, Kantor Contoh, SAMARINDA".into(),
        ],
        dropped_actions: Vec::new(),
        contradicts: Vec::new(),
        title: "Berita Acara".into(),
        points: 1,
        still_inputs: Vec::new(),
        signers: vec![
            signer("Kepala", Group::Organiser, true),
            signer("Wartawan", Group::Media, true),
        ],
        present: vec![Group::Organiser, Group::Media, Group::Media],
        still_to_come: None,
    }
}

#[test]
fn a_place_is_the_same_place_and_not_one_that_holds_its_name() {
    let known = ["Aula, Kantor Contoh".to_owned()];
    for (place, expected) in [
        ("aula,  Kantor CONTOH", true),
        ("Kantor Contoh, Aula", true),
        ("Aula Kantor Contoh", true),
        ("Aula, Kantor Contoh, Balikpapan", false),
        ("Bukan di Aula, Kantor Contoh melainkan Hotel Lain", false),
        ("Kantor Contoh", false),
    ] {
        assert_eq!(is_one_of(place, &known), expected, "{place}");
    }
}

#[test]
fn only_a_correction_that_is_not_locked_is_thrown_away() {
    for (status, is_correction, expected) in [
        (Status::Draft, true, Ok(())),
        (Status::Draft, false, Err(Broken::NoCorrection)),
        (Status::Locked, true, Err(Broken::NoCorrection)),
        (Status::Superseded, true, Err(Broken::NoCorrection)),
    ] {
        assert_eq!(may_discard(status, is_correction), expected, "{status:?}");
    }
}

#[test]
fn moves() {
    use Move::{Amend, Change, Lock};
    for (status, step, expected) in [
        (Status::Draft, Change, Ok(Status::Draft)),
        (Status::Draft, Lock, Ok(Status::Locked)),
        (Status::Draft, Amend, Err(Broken::NotLocked)),
        (Status::Locked, Change, Err(Broken::Locked)),
        (Status::Locked, Lock, Err(Broken::Locked)),
        (Status::Locked, Amend, Ok(Status::Superseded)),
        (Status::Superseded, Change, Err(Broken::Superseded)),
        (Status::Superseded, Lock, Err(Broken::Superseded)),
        (Status::Superseded, Amend, Err(Broken::Superseded)),
    ] {
        assert_eq!(after(status, step), expected, "{status:?} {step:?}");
    }
}

/// A change to a complete record, and what is missing then.
type Case = (fn(&mut Record), Vec<Missing>);

#[test]
fn a_signed_text_stays_as_it_is() {
    assert_eq!(may_rewrite(false), Ok(()));
    assert_eq!(may_rewrite(true), Err(Broken::Signed));
}

#[test]
fn everything_that_is_missing_is_named() {
    assert_eq!(may_lock(&complete()), Ok(()));
    let cases: [Case; 15] = [
        (|r| r.number = "  ".into(), vec![Missing::Number]),
        (|r| r.place.clear(), vec![Missing::Place]),
        (
            |r| r.place = "Hotel Lain".into(),
            vec![Missing::PlaceDiffers(
                "Hotel Lain".into(),
                "Aula, Kantor Contoh".into(),
            )],
        ),
        (
            |r| r.dropped_actions = vec!["RA-2026-01".into()],
            vec![Missing::PointsWithActions(vec!["RA-2026-01".into()])],
        ),
        (|r| r.title.clear(), vec![Missing::Title]),
        (|r| r.points = 0, vec![Missing::Points]),
        (
            |r| r.still_inputs = vec![1],
            vec![Missing::StillInputs(vec![1])],
        ),
        (|r| r.present.clear(), vec![Missing::Attendance]),
        (
            |r| {
                r.signers.remove(0);
            },
            vec![Missing::Organiser],
        ),
        (
            |r| r.present.extend([Group::CivilSociety, Group::Users]),
            vec![
                Missing::Group(Group::Users),
                Missing::Group(Group::CivilSociety),
            ],
        ),
        (
            |r| r.signers[1].signed = false,
            vec![Missing::Unsigned(vec!["Wartawan".into()])],
        ),
        (
            |r| r.signers[1].nameless = true,
            vec![Missing::Nameless(vec!["Wartawan".into()])],
        ),
        (
            |r| r.still_to_come = "2026-04-15T08:00:00".parse().ok(),
            vec![Missing::NotYet("2026-04-15T08:00:00".parse().unwrap())],
        ),
        (
            |r| (r.signers[0].signed, r.signers[0].excused) = (false, true),
            vec![Missing::Organiser],
        ),
        (
            |r| *r = Record::default(),
            vec![
                Missing::Number,
                Missing::Place,
                Missing::Title,
                Missing::Points,
                Missing::Attendance,
                Missing::Organiser,
            ],
        ),
    ];
    for (change, expected) in cases {
        let mut record = complete();
        change(&mut record);
        assert_eq!(may_lock(&record), Err(expected));
    }
}

#[test]
fn warnings_tell_and_do_not_stop() {
    let mut record = complete();
    record.signers[1].was_present = false;
    (record.signers[1].signed, record.signers[1].excused) = (false, true);
    let told = Told {
        unused_inputs: vec!["I2".into()],
        naming_inputs: vec!["I3".into()],
        unprintable: Some("😀".to_owned()),
        signed_on_paper: true,
        ..Told::default()
    };
    let found = warnings(&record, told);
    assert!(found.contains(&Warning::NoScan));
    assert!(found.contains(&Warning::NoMinutes));
    assert!(found.contains(&Warning::Excused(vec!["Wartawan".into()])));
    assert!(found.contains(&Warning::GroupExcused(Group::Media)));
    let second = signer("Pewarta", Group::Media, true);
    record.signers.push(second);
    assert_eq!(groups_excused(&record), []);
    record.signers.pop();
    assert!(found.contains(&Warning::GroupAbsent(Group::Experts)));
    assert!(found.contains(&Warning::NoLegalBasis));
    assert!(found.contains(&Warning::InputsUnused(vec!["I2".into()])));
    assert!(found.contains(&Warning::InputsNamePeople(vec!["I3".into()])));
    assert!(found.contains(&Warning::Unprintable("😀".to_owned())));
    assert!(found.contains(&Warning::NotPresent(vec!["Wartawan".into()])));
    assert_eq!(may_lock(&record), Ok(()));
}

#[test]
fn a_point_that_only_repeats_an_input_is_found() {
    let inputs = ["Kursi roda belum tersedia.", "Loket dibuka lebih pagi"];
    for (point, found) in [
        ("Kursi roda belum tersedia", true),
        ("kursi roda  belum tersedia!", true),
        ("Kursi roda tersedia paling lambat 31 Januari 2027.", false),
        ("", false),
    ] {
        let points = ["Petugas menyapa.", point];
        let numbers = if found { vec![2] } else { Vec::new() };
        assert_eq!(still_inputs(&points, &inputs), numbers, "{point}");
    }
}

#[test]
fn a_signature_is_not_written_down_in_advance() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let forum = day("2025-10-28");
    for (signed, today, fine) in [
        ("2025-10-28", "2025-10-28", true),
        ("2025-10-29", "2025-10-28", false),
        ("2025-10-27", "2025-10-29", false),
        ("2025-10-30", "2025-11-03", true),
        ("2025-10-20", "2025-10-20", true),
        ("2025-10-19", "2025-10-20", false),
    ] {
        let may = may_sign_on(day(signed), forum, day(today));
        assert_eq!(may.is_ok(), fine, "{signed} on {today}");
    }
}

#[test]
fn a_forum_goes_on_until_the_end_that_was_told() {
    let at = |hour: u32| {
        let day: NaiveDate = "2026-03-17".parse().unwrap();
        day.and_hms_opt(hour, 0, 0).unwrap()
    };
    for (ends, now, expected) in [
        (Some(at(13)), at(7), None),
        (Some(at(13)), at(8), Some(at(13))),
        (Some(at(13)), at(12), Some(at(13))),
        (Some(at(13)), at(13), None),
        (None, at(12), None),
    ] {
        assert_eq!(runs_until(at(8), ends, now), expected, "{now}");
    }
}
