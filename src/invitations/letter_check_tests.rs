use super::*;
use crate::calendar::{OfficeHours, decrees};

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

const EIGHT: NaiveTime = NaiveTime::from_hms_opt(8, 0, 0).unwrap();
const SUNDAY: NaiveDate = NaiveDate::from_ymd_opt(2025, 11, 2).unwrap();
const DAY: NaiveDate = NaiveDate::from_ymd_opt(2025, 10, 28).unwrap();

fn sound() -> LetterFacts<'static> {
    const GROUPS: &[Group] = &[
        Group::Users,
        Group::Stakeholders,
        Group::Experts,
        Group::CivilSociety,
        Group::Media,
    ];
    LetterFacts {
        number: Some("400.12.5.5/3865/DISDUKCAPIL/2025"),
        office: "Dinas Contoh",
        pattern: "400.12.5.5/{nomor}/DISDUKCAPIL/{tahun}",
        restricted: false,
        letter_date: NaiveDate::from_ymd_opt(2025, 10, 21),
        forum_date: DAY,
        days: &[DAY],
        nip: "19701010 199503 2 001",
        addressless: false,
        strange_signatory: None,
        words: "Peraturan Menteri Nomor 16 Tahun 2017",
        places: "Aula Hotel Contoh",
        hours: &[EIGHT],
        begins: &[(EIGHT, Some(EIGHT))],
        recipients: 39,
        without_address: 0,
        groups: GROUPS,
        uninvited: &[],
        linkless: false,
        squares: None,
        unprintable: &[],
        today: DAY,
        replaces: None,
        same_date: false,
        corrects: false,
        least_notice: 3,
    }
}

fn keys(facts: &LetterFacts<'_>) -> Vec<(Weight, String)> {
    check_letter(facts, &calendar())
        .into_iter()
        .map(|finding| {
            let key = finding.message.key().replace("invitations-check-", "");
            (finding.weight, key)
        })
        .collect()
}

#[test]
fn a_sound_letter_has_no_findings() {
    assert_eq!(keys(&sound()), []);
}

fn only(facts: LetterFacts<'_>, weight: Weight, key: &str) {
    assert_eq!(keys(&facts), [(weight, key.to_owned())], "{key}");
}

#[test]
fn an_online_forum_without_its_link_is_noticed() {
    let facts = LetterFacts {
        linkless: true,
        ..sound()
    };
    only(facts, Weight::Warning, "link-missing");
}

#[test]
fn numbers_follow_their_pattern() {
    for (number, key) in [
        (None, "number-missing"),
        (Some("3865"), "number-pattern"),
        (Some("400//X/2025"), "number-pattern"),
        (Some("surat/1/X/2025"), "number-pattern"),
        (Some("400.12.5.5/1/X/2024"), "number-year"),
    ] {
        let facts = LetterFacts { number, ..sound() };
        only(facts, Weight::Fault, key);
    }
}

#[test]
fn the_office_is_named_with_a_number_as_it_writes_them() {
    let facts = LetterFacts {
        pattern: "500/{nomor}/SETDA/{tahun}",
        ..sound()
    };
    let found = check_letter(&facts, &calendar());
    let text = found[0].message.text(crate::platform::i18n::Locale::Id);
    for words in ["Dinas Contoh", "500/123/SETDA/2025"] {
        assert!(text.contains(words), "{text}");
    }
    assert!(!text.contains('{'), "{text}");
}

#[test]
fn a_letter_does_not_replace_itself() {
    let kept = LetterFacts {
        replaces: sound().number,
        ..sound()
    };
    only(kept, Weight::Warning, "number-kept");
    let again = LetterFacts {
        same_date: true,
        ..kept
    };
    only(again, Weight::Fault, "number-again");
    let own = LetterFacts {
        replaces: Some("400.12.5.5/1/DISDUKCAPIL/2025"),
        ..again
    };
    assert_eq!(keys(&own), []);
}

#[test]
fn a_correction_may_go_out_on_the_day_itself() {
    let facts = LetterFacts {
        letter_date: Some(sound().forum_date),
        corrects: true,
        today: sound().forum_date,
        ..sound()
    };
    only(facts, Weight::Warning, "date-same-day");
}

#[test]
fn a_working_day_before_the_forum_is_proposed() {
    for (today, corrects, expected) in [
        ("2025-10-21", false, Some("2025-10-21")),
        ("2025-10-25", false, Some("2025-10-27")),
        ("2025-10-28", false, None),
        ("2025-10-28", true, Some("2025-10-28")),
        ("2025-10-29", true, None),
    ] {
        let today: NaiveDate = today.parse().unwrap();
        let expected: Option<NaiveDate> = expected.map(|day| day.parse().unwrap());
        assert_eq!(proposed_date(today, DAY, corrects, &calendar()), expected);
    }
}

#[test]
fn dates_are_working_days_in_good_time() {
    for (day, weight, key) in [
        ("2025-10-18", Weight::Fault, "date-day-off"),
        ("2025-10-28", Weight::Fault, "date-after-forum"),
        ("2025-10-24", Weight::Warning, "notice"),
    ] {
        let letter_date = day.parse().ok();
        let facts = LetterFacts {
            letter_date,
            ..sound()
        };
        only(facts, weight, key);
    }
    let undated = LetterFacts {
        letter_date: None,
        ..sound()
    };
    only(undated, Weight::Fault, "date-missing");
    let shorter = LetterFacts {
        letter_date: "2025-10-24".parse().ok(),
        replaces: None,
        least_notice: 2,
        ..sound()
    };
    assert_eq!(keys(&shorter), [], "the office sets how many days");
}

#[test]
#[rustfmt::skip]
fn other_faults_are_found_too() {
    use Weight::{Fault, Warning};
    let s = sound();
    only(LetterFacts { restricted: true, ..s }, Warning, "restricted");
    only(LetterFacts { pattern: "500/{nomor}/SETDA/{tahun}", ..s }, Warning, "number-office");
    assert_eq!(keys(&LetterFacts { pattern: "", ..s }), []);
    only(LetterFacts { nip: "19701010199503200", ..s }, Fault, "nip");
    only(LetterFacts { strange_signatory: Some("Sekretaris Daerah"), ..s }, Warning, "signatory");
    only(LetterFacts { addressless: true, ..s }, Warning, "head-address");
    only(LetterFacts { nip: " ", ..s }, Warning, "nip-missing");
    only(LetterFacts { squares: Some("\u{1f600}"), ..s }, Fault, "squares");
    only(LetterFacts { unprintable: &["علي".to_owned()], ..s }, Warning, "unprintable");
    only(LetterFacts { today: DAY - chrono::Days::new(30), ..s }, Warning, "date-to-come");
    only(LetterFacts { begins: &[(EIGHT, None)], ..s }, Fault, "agenda-missing");
    only(LetterFacts { begins: &[(EIGHT, Some(EIGHT)), (EIGHT, None)], ..s }, Warning, "agenda-day");
    only(LetterFacts { begins: &[(NaiveTime::MIN, Some(EIGHT))], ..s }, Warning, "agenda-start");
    only(LetterFacts { days: &[DAY, SUNDAY], ..s }, Warning, "forum-day-off");
    only(LetterFacts { recipients: 0, ..s }, Fault, "recipients-missing");
    only(LetterFacts { without_address: 2, ..s }, Warning, "without-address");
    only(LetterFacts { words: "pada Oktober 2024", ..s }, Warning, "foreign-year");
    for (words, weight, key) in [
        ("pada Senin, 28 Oktober 2025", Fault, "weekday"),
        ("pada Rabu, 29 Oktober 2025", Warning, "other-day"),
        ("pukul 09.00 WITA", Warning, "other-hour"),
        ("di Hotel Lain", Warning, "other-place"),
        ("bertempat di Balikpapan", Warning, "other-place"),
        ("500 (empat ratus) orang", Warning, "number-words"),
    ] {
        only(LetterFacts { words, ..s }, weight, key);
    }
    let same = "pada Selasa, 28 Oktober 2025 pukul 08.00 di Aula Hotel Contoh";
    assert_eq!(keys(&LetterFacts { words: same, ..s }), []);
    let few = LetterFacts { groups: &[Group::Media], ..s };
    assert_eq!(keys(&few).len(), 4);
    let meant = LetterFacts { uninvited: &[Group::Experts], ..few };
    assert_eq!(keys(&meant).len(), 3, "nobody of a group may be meant");
    assert_eq!(keys(&few)[0], (Warning, "nobody-of-users".to_owned()));
}
