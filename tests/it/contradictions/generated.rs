//! Records that nobody would think of: leap days, the first minutes of a day, one guest or sixty, names
//! that fonts and parsers stumble over. Made from a seed, so that a failure can be repeated.

use chrono::{Duration, NaiveDate, NaiveTime, TimeZone as _};
use rembuk::{
    access::Ctx,
    attendance::{self, Imported, Method, Person},
    berita_acara::{self, NewPoint, NewSignatory},
    fkp_report::{self, Issue},
    forums::{
        self, AgendaIn, Concept, Day, Forum, ForumFields, ForumScope, Group, Mode, Programme,
        TeamIn, days,
    },
    invitations::{self, Classification, LetterFields, RecipientFields},
    organisation,
};

use super::agree;
use crate::{attendance::ORGANISER, berita_acara::write_header, support::TestApp};

/// A small generator (Lehmer): the same seed, the same record.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(48_271) % 0x7fff_ffff;
        usize::try_from(self.0).unwrap() % bound
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

const NAMES: [&str; 10] = [
    "Ni Luh Putu Ayu Contoh, S.Sos., M.Si.",
    "R. Ay. Sri Teladan-Umpama",
    "Muhammad Ma'ruf d'Contoh",
    "Çağlar Šimić Rekaan",
    "李小龙 Contoh",
    "Agustinus",
    "Dr. (H.C.) Ir. H. Andaikan, M.Eng., Ph.D.",
    "Maria Goretti Immaculata Fransiska Xaveria Misalkan van den Contohstraat",
    "#let Contoh $x$ @Umpama_[1]*",
    "Zoë Ñandú Čontoh",
];
const WORDS: [&str; 8] = [
    "persyaratan",
    "antrean",
    "petugas",
    "biaya",
    "loket",
    "laman",
    "pengaduan",
    "jadwal",
];

fn sentence(dice: &mut Dice) -> String {
    let count = 4 + dice.below(22);
    let words: Vec<&str> = (0..count).map(|_| dice.one(&WORDS)).collect();
    format!("Usul {}", words.join(" "))
}

struct Case {
    seed: u64,
    date: &'static str,
    starts: &'static str,
    /// Date and start of the days after the first.
    more_days: &'static [(&'static str, &'static str)],
    present: usize,
    points: usize,
    inputs: usize,
}

async fn record(app: &TestApp, case: &Case) -> Forum {
    let mut dice = Dice(case.seed * 7_919 + 1);
    let db = &app.app.db;
    let unit = organisation::unit_by_code(db, "disdukcapil-kaltim")
        .await
        .unwrap();
    let date: NaiveDate = case.date.parse().unwrap();
    let starts: NaiveTime = case.starts.parse().unwrap();
    let zone = organisation::zone_of(&unit).unwrap();
    let begin = |date: NaiveDate, starts: NaiveTime| {
        let local = zone.from_local_datetime(&date.and_time(starts));
        local.unwrap().to_utc()
    };
    let more_days: Vec<Day> = case
        .more_days
        .iter()
        .map(|(date, starts)| {
            let starts: NaiveTime = starts.parse().unwrap();
            Day {
                date: date.parse().unwrap(),
                starts,
                ends: starts + Duration::minutes(25),
            }
        })
        .collect();
    let first = begin(date, starts);
    let last = more_days.last();
    let last = last.map_or(first, |day| begin(day.date, day.starts));
    // Before the forum counts from its first day, after it from its last.
    let ctx_at = |hours: i64| Ctx {
        now: if hours > 0 { last } else { first } + Duration::hours(hours),
        ..app.ctx()
    };
    let fields = ForumFields {
        code: format!("FKP-ACAK-{}", case.seed),
        title: format!("Forum Konsultasi Publik Acak {}", case.seed),
        theme: sentence(&mut dice),
        scope: dice.one(&[ForumScope::Awards, ForumScope::SatisfactionSurvey]),
        mode: dice.one(&[Mode::FaceToFace, Mode::Hybrid]),
        date,
        starts,
        ends: starts + Duration::minutes(25),
        more_days,
        venue_name: dice
            .one(&["Balai \"Rakyat\" Contoh", "Gedung Nº 7"])
            .to_owned(),
        venue_room: dice.one(&["", "Ruang A/B"]).to_owned(),
        venue_address: "Jalan Contoh Nomor 1, Samarinda".to_owned(),
        target: String::new(),
        concept: Concept::default(),
    };
    let early = ctx_at(-24 * 12);
    let tx = db.begin_write().await.unwrap();
    let forum = forums::create(&tx, &early, unit.id, fields, None)
        .await
        .unwrap();
    let days = days::days(&forum).into_iter().zip(1..);
    let agenda = days
        .map(|(of, day)| AgendaIn {
            id: None,
            day,
            starts: of.starts,
            ends: of.starts + Duration::minutes(20),
            activity: sentence(&mut dice),
            person_in_charge: String::new(),
        })
        .collect();
    let team = TeamIn {
        name: dice.one(&NAMES).to_owned(),
        role: "Ketua".to_owned(),
    };
    let programme = Programme {
        team: vec![team],
        agenda,
        neutrality_note: None,
    };
    forums::write_programme(&tx, &forum, programme)
        .await
        .unwrap();
    for number in 1..=i32::try_from(1 + dice.below(40)).unwrap() {
        let fields = RecipientFields {
            phone: None,
            addressee: format!("{} {number}", dice.one(&NAMES)),
            organisation: "Organisasi Contoh".to_owned(),
            participant_group: dice.one(&[Group::Media, Group::Users]),
            quota: 1,
            note: "1 (satu) orang".to_owned(),
            email: None,
        };
        invitations::add_recipient_in(&tx, &early, &forum, number, fields)
            .await
            .unwrap();
    }
    let letter = letter(&early, zone, case.seed);
    invitations::import_letter(&tx, &early, &forum, &unit, letter)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    invitations::issue(&early, forum.id, 1).await.unwrap();
    held(app, case, &mut dice, &forum, &ctx_at).await;
    forum
}

/// On a working day: the letter's own checks refuse another.
fn letter(early: &Ctx, zone: chrono_tz::Tz, seed: u64) -> LetterFields {
    use chrono::Datelike as _;
    let mut day = early.now.with_timezone(&zone).date_naive();
    while day.weekday().number_from_monday() > 5 {
        day = day.pred_opt().unwrap();
    }
    LetterFields {
        number: Some(format!("400.1/{seed}/ACAK/{}", day.year())),
        letter_date: Some(day),
        place: "Samarinda".to_owned(),
        classification: Classification::Ordinary,
        subject: "Undangan".to_owned(),
        addressee: "Daftar terlampir".to_owned(),
        place_line: "di Tempat".to_owned(),
        opening: "Pembukaan surat.".to_owned(),
        body: "Kami mengundang Bapak/Ibu pada:".to_owned(),
        closing: "Demikian disampaikan, terima kasih.".to_owned(),
        signatory_position: "Kepala Dinas".to_owned(),
        signatory_name: "Contoh, S.H".to_owned(),
        signatory_rank: String::new(),
        signatory_nip: "198005101998102002".to_owned(),
        copies: Vec::new(),
    }
}

async fn held(
    app: &TestApp,
    case: &Case,
    dice: &mut Dice,
    forum: &Forum,
    ctx_at: &impl Fn(i64) -> Ctx,
) {
    let db = &app.app.db;
    let during = ctx_at(0);
    // The others come on the last day only.
    let later = ctx_at(1).now - Duration::hours(1);
    let people = (0..case.present).map(|number| Imported {
        person: Person {
            name: format!("{} {}", dice.one(&NAMES), number + 1),
            role: "Anggota".to_owned(),
            organisation: "Organisasi Contoh".to_owned(),
            group: if number == 0 {
                Group::Organiser
            } else {
                dice.one(&[Group::Media, Group::Users, Group::CivilSociety])
            },
            phone: Some(format!("+628000000{:04}", 1_000 + number)),
        },
        recipient: None,
        at: if number % 2 == 0 { during.now } else { later },
        method: Method::WalkIn,
    });
    let people: Vec<Imported> = people.collect();
    let tx = db.begin_write().await.unwrap();
    attendance::import(&tx, &during, forum, people)
        .await
        .unwrap();
    for _ in 0..case.inputs {
        let element = dice.one(&[None, Some("procedure"), Some("cost")]);
        let text = sentence(dice);
        forums::add_input(
            &tx,
            &during,
            forum,
            Group::Users,
            element.map(str::to_owned),
            text,
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();

    let after = ctx_at(1);
    berita_acara::start(&after, forum.id).await.unwrap();
    // The rest of the record as it was begun: place and reference come from the forum itself.
    let mut organiser = app.sign_in(ORGANISER).await;
    let number = format!("400.3/{}/ACAK", case.seed);
    let named = write_header(&mut organiser, forum, ("number", &number)).await;
    assert_eq!(named.status, 303, "{}", named.text());
    for _ in 0..case.points {
        let new = NewPoint {
            text: sentence(dice),
            inputs: Vec::new(),
        };
        berita_acara::add_point(&after, forum.id, new)
            .await
            .unwrap();
    }
    let mut groups: Vec<Group> = Vec::new();
    for row in attendance::present(db, forum).await.unwrap() {
        if groups.contains(&row.participant_group) {
            continue;
        }
        groups.push(row.participant_group);
        let signatory = NewSignatory {
            name: row.name.clone(),
            role: row.role.clone(),
            organisation: row.organisation.clone(),
            group: row.participant_group,
            represents: row.participant_group.label(super::ID),
            attendance: Some(row.id),
        };
        berita_acara::add_signatory(&after, forum.id, signatory)
            .await
            .unwrap();
    }
    let last = days::last_day(forum).date;
    berita_acara::sign_all(&after, forum.id, last)
        .await
        .unwrap();
    berita_acara::lock(&ctx_at(2), forum.id, None)
        .await
        .unwrap();
    let given = Issue {
        number: format!("400.2/{}/ACAK", case.seed),
        dated_on: last,
    };
    fkp_report::issue(&ctx_at(3), forum.id, given, 0)
        .await
        .unwrap();
}

async fn check(case: Case) {
    let app = TestApp::new().await;
    let forum = record(&app, &case).await;
    agree(&app, forum.id).await;
    app.forget_jobs().await;
}

#[tokio::test]
async fn one_guest_on_a_leap_day_before_dawn() {
    // 00.05 in Samarinda is the day before in UTC.
    check(Case {
        seed: 1,
        date: "2028-02-29",
        starts: "00:05:00",
        more_days: &[],
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
        date: "2025-12-31",
        starts: "23:30:00",
        more_days: &[],
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
        date: "2027-01-03",
        starts: "07:59:00",
        more_days: &[],
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
        date: "2025-12-31",
        starts: "08:00:00",
        more_days: &[("2026-01-01", "08:00:00")],
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
        date: "2026-05-04",
        starts: "08:00:00",
        more_days: &[("2026-05-05", "13:00:00"), ("2026-05-07", "08:30:00")],
        present: 7,
        points: 2,
        inputs: 2,
    })
    .await;
}
