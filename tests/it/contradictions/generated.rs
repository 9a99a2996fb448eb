//! Records that nobody would think of: leap days, the first minutes of a day, one guest or sixty, names
//! that fonts and parsers stumble over, people who decline, send somebody else or walk in. Made from a seed, so that
//! a failure can be repeated: its number stands in the name of the test.

use chrono::{DateTime, Datelike as _, Days, Duration, NaiveDate, NaiveTime, TimeZone as _, Utc};
use rembuk::{
    access::Ctx,
    attendance::{self, Imported, Method, Person},
    berita_acara::{self, NewPoint, NewSignatory},
    calendar,
    fkp_report::{self, Issue},
    forums::{
        self, AgendaIn, Concept, DayIn, Forum, ForumFields, ForumScope, Group, Mode, Programme,
        TeamIn, days,
    },
    invitations::{
        self, Answer, AnswerFields, Classification, LetterFields, Recipient, RecipientFields,
    },
    organisation,
    platform::web::forms::Form,
    registrations::{self, Opening, RegistrationFields},
};

use super::{
    agree,
    dice::{DAYS, Dice, NAMES, ROOMS, VENUES, sentence},
};
use crate::{attendance::ORGANISER, berita_acara::write_header, support::TestApp};

mod records;

struct Case {
    seed: u64,
    date: NaiveDate,
    starts: NaiveTime,
    /// The days after the first: how many days later, and when they start.
    more_days: &'static [(u64, &'static str)],
    recipients: usize,
    present: usize,
    points: usize,
    inputs: usize,
}

impl Case {
    fn of(seed: u64) -> Self {
        let mut dice = Dice(seed * 104_729 + 7);
        // The first throws of small seeds are alike.
        for _ in 0..5 {
            dice.below(2);
        }
        let minutes = i64::try_from(dice.below(24 * 60 - 30)).unwrap();
        Self {
            seed,
            date: dice.one(&DAYS).parse().unwrap(),
            starts: NaiveTime::MIN + Duration::minutes(minutes),
            recipients: 1 + dice.below(40),
            present: 1 + dice.below(45),
            points: dice.below(21),
            inputs: dice.below(13),
            more_days: dice.one(&[
                &[][..],
                &[],
                &[(1, "08:00:00")],
                &[(1, "13:00:00"), (3, "08:30:00")],
            ]),
        }
    }
}

async fn record(app: &TestApp, case: &Case) -> Forum {
    let mut dice = Dice(case.seed * 7_919 + 1);
    let db = &app.app.db;
    let unit = organisation::unit_by_code(db, "disdukcapil-kaltim")
        .await
        .unwrap();
    let (date, starts) = (case.date, case.starts);
    let zone = organisation::zone_of(&unit).unwrap();
    let begin = |date: NaiveDate, starts: NaiveTime| {
        let local = zone.from_local_datetime(&date.and_time(starts));
        local.unwrap().to_utc()
    };
    let more_days: Vec<DayIn> = case
        .more_days
        .iter()
        .map(|(after, starts)| {
            let starts: NaiveTime = starts.parse().unwrap();
            DayIn {
                date: date + Days::new(*after),
                starts,
                ends: Some(starts + Duration::minutes(25)),
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
        // Every other forum goes on until it is finished.
        ends: case
            .seed
            .is_multiple_of(2)
            .then(|| starts + Duration::minutes(25)),
        more_days,
        venue_name: dice.one(&VENUES).to_owned(),
        venue_room: dice.one(&ROOMS).to_owned(),
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
        person: None,
    };
    let programme = Programme {
        team: vec![team],
        agenda,
        neutrality_note: None,
    };
    forums::write_programme(&tx, &forum, programme)
        .await
        .unwrap();
    for number in 1..=i32::try_from(case.recipients).unwrap() {
        let fields = RecipientFields {
            phone: None,
            addressee: format!("{} {number}", dice.one(&NAMES)),
            organisation: "Organisasi Contoh".to_owned(),
            participant_group: dice.one(&GROUPS),
            quota: 1,
            note: "1 (satu) orang".to_owned(),
            email: None,
        };
        invitations::add_recipient_in(&tx, &early, &forum, number, fields)
            .await
            .unwrap();
    }
    let work = calendar::work_calendar(&tx, unit.id).await.unwrap();
    let mut day = early.now.with_timezone(&zone).date_naive();
    // The letter's own checks refuse a day on which nobody works.
    while !calendar::is_working_day(day, &work) {
        day = day.pred_opt().unwrap();
    }
    let letter = letter(day, case.seed);
    invitations::import_letter(&tx, &early, &forum, &unit, letter)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    invitations::issue(&early, forum.id, 1).await.unwrap();
    answers(app, &mut dice, &forum, &ctx_at(-24)).await;
    held(app, case, &mut dice, &forum, &ctx_at).await;
    forum
}

const GROUPS: [Group; 5] = [
    Group::Users,
    Group::Stakeholders,
    Group::Experts,
    Group::CivilSociety,
    Group::Media,
];

/// Some come, some decline, some send somebody else, and some never answer.
async fn answers(app: &TestApp, dice: &mut Dice, forum: &Forum, ctx: &Ctx) {
    let db = &app.app.db;
    for recipient in invitations::recipients(db, forum).await.unwrap() {
        let answer = dice.one(&[
            Answer::None,
            Answer::Accepted,
            Answer::Declined,
            Answer::Tentative,
            Answer::Delegated,
        ]);
        if answer == Answer::None {
            continue;
        }
        let delegate = (answer == Answer::Delegated).then(|| dice.one(&NAMES).to_owned());
        let fields = AnswerFields {
            own: Default::default(),
            answer,
            delegate_position: delegate.is_some().then(|| "Staf".to_owned()),
            delegate_name: delegate,
            delegate_phone: None,
            companions: None,
            message: None,
        };
        let tx = db.begin_write().await.unwrap();
        invitations::record_answer(&tx, ctx, recipient, fields)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

/// Whoever comes: for a recipient who did not decline, or without an invitation. The organiser is always there.
fn person(
    dice: &mut Dice,
    number: usize,
    waiting: &mut Vec<Recipient>,
    at: DateTime<Utc>,
) -> Imported {
    let invited = (number > 0 && dice.below(3) > 0)
        .then(|| waiting.pop())
        .flatten();
    let group = match &invited {
        Some(recipient) => recipient.participant_group,
        None if number == 0 => Group::Organiser,
        None => dice.one(&GROUPS),
    };
    Imported {
        signature: None,
        person: Person {
            name: format!("{} {}", dice.one(&NAMES), number + 1),
            role: dice
                .one(&["Anggota", "", "Kepala Bidang P2P/KB"])
                .to_owned(),
            organisation: "Organisasi Contoh".to_owned(),
            group,
            phone: (dice.below(5) > 0).then(|| format!("+628000000{:04}", 1_000 + number)),
        },
        method: match &invited {
            Some(_) => dice.one(&[Method::Name, Method::Code, Method::Sheet]),
            None => dice.one(&[Method::WalkIn, Method::SelfService]),
        },
        recipient: invited.map(|recipient| recipient.id.0),
        registered: false,
        at,
    }
}

fn letter(day: NaiveDate, seed: u64) -> LetterFields {
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

/// People who took a seat by themselves: up to two, and one more who gave it back. No letter counts them.
async fn registered(
    app: &TestApp,
    case: &Case,
    forum: &Forum,
    ctx_at: &impl Fn(i64) -> Ctx,
) -> Vec<Imported> {
    let early = ctx_at(-30);
    let opening = Opening {
        on: true,
        seats: vec![(Group::Users, 5)],
        closes_at: ctx_at(-20).now,
    };
    registrations::open(&early, forum.id, 0, opening)
        .await
        .unwrap();
    let count = case.seed % 3;
    for number in 0..=count {
        let name = format!("Pendaftar Contoh {number}");
        let contact = format!("0800-0000-00{}", 50 + number);
        let form = Form::of(&[
            ("name", name.as_str()),
            ("role", "Pedagang"),
            ("group", "users"),
            ("contact", contact.as_str()),
        ]);
        let fields = RegistrationFields::parse(&form, &[]).unwrap();
        let path = registrations::register(&early, forum.id, fields, "")
            .await
            .unwrap();
        if number == count {
            let token = path.trim_start_matches("/pendaftaran/");
            registrations::withdraw(&early, token).await.unwrap();
        }
    }
    let expected = registrations::expected(&app.app.db, forum).await.unwrap();
    assert_eq!(expected.len(), usize::try_from(count).unwrap());
    expected
        .into_iter()
        .map(|one| Imported {
            signature: None,
            person: Person {
                name: one.name,
                role: one.role,
                organisation: one.organisation,
                group: one.participant_group,
                phone: None,
            },
            method: Method::Code,
            recipient: Some(one.id.0),
            registered: true,
            at: ctx_at(0).now,
        })
        .collect()
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
    // Every second one comes on the last day only.
    let later = ctx_at(1).now - Duration::hours(1);
    let mut waiting = invitations::recipients(db, forum).await.unwrap();
    waiting.retain(|recipient| recipient.answer != Answer::Declined);
    let mut people: Vec<Imported> = (0..case.present)
        .map(|number| {
            let at = if number % 2 == 0 { during.now } else { later };
            person(dice, number, &mut waiting, at)
        })
        .collect();
    people.extend(registered(app, case, forum, ctx_at).await);
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
    let number = format!(
        "400.3/{}/ACAK/{}",
        case.seed,
        days::last_day(forum).date.year()
    );
    let named = write_header(&mut organiser, forum, ("number", &number)).await;
    assert_eq!(named.status, 303, "{}", named.text());
    if case.points == 0 {
        let refused = berita_acara::lock(&ctx_at(2), forum.id, None).await;
        assert!(refused.is_err(), "nothing was agreed");
    }
    for _ in 0..case.points.max(1) {
        let new = NewPoint {
            looked: true,
            beside: None,
            text: sentence(dice),
            inputs: Vec::new(),
        };
        berita_acara::add_points(&after, forum.id, vec![new])
            .await
            .unwrap();
    }
    sign_for_all(app, forum, &after).await;
    berita_acara::lock(&ctx_at(2), forum.id, None)
        .await
        .unwrap();
    let given = Issue {
        number: format!(
            "400.2/{}/ACAK/{}",
            case.seed,
            days::last_day(forum).date.year()
        ),
        dated_on: days::last_day(forum).date,
        without_letter: false,
    };
    fkp_report::issue(&ctx_at(3), forum.id, given, 0)
        .await
        .unwrap();
}

/// One of every group that came signs for it.
async fn sign_for_all(app: &TestApp, forum: &Forum, after: &Ctx) {
    let db = &app.app.db;
    let mut groups: Vec<Group> = Vec::new();
    for row in attendance::present(db, forum).await.unwrap() {
        if groups.contains(&row.participant_group) {
            continue;
        }
        groups.push(row.participant_group);
        // Of an invited office only its name may be known: a record is signed by a person.
        let named = if row.role.is_empty() { "Wakil " } else { "" };
        let signatory = NewSignatory {
            name: format!("{named}{}", row.name),
            role: row.role.clone(),
            organisation: row.organisation.clone(),
            group: row.participant_group,
            represents: row.participant_group.label(super::ID),
            attendance: Some(row.id),
        };
        berita_acara::add_signatory(after, forum.id, signatory)
            .await
            .unwrap();
    }
    let last = days::last_day(forum).date;
    berita_acara::sign_all(after, forum.id, last).await.unwrap();
}

async fn check(case: Case) {
    let app = TestApp::new().await;
    let forum = record(&app, &case).await;
    agree(&app, forum.id).await;
    app.forget_jobs().await;
}
