//! Promises of open registration: a seat without account, the last one for one person only, a code at the door, and
//! no count of the letter touched.

use mail_parser::MessageParser;
use rembuk::{
    attendance,
    forums::{self, Concept, Forum, ForumFields, ForumScope, Group, Mode, Stage},
    invitations::{self, Classification, LetterFields, RecipientFields},
    organisation,
    registrations::{self, Opening},
};
use serde_json::json;

use crate::{
    attendance::{ORGANISER, STRANGER, api, door, program},
    own_questions::{ask, fields_of},
    support::{
        Browser, TestApp,
        browser::Answer,
        races::{self, meet},
    },
};

mod desk;

const NO_SEATS: &[(Group, i32)] = &[];

/// An announced forum in eight days, open for registration.
async fn announced(app: &TestApp, seats: &[(Group, i32)]) -> Forum {
    let ctx = app.ctx();
    let db = &app.app.db;
    let unit = organisation::unit_by_code(db, "disdukcapil-kaltim")
        .await
        .unwrap();
    let fields = ForumFields {
        code: "FKP-DAFTAR".to_owned(),
        title: "Forum Terbuka Contoh".to_owned(),
        theme: "Pelayanan yang jelas".to_owned(),
        scope: ForumScope::StandardDrafting,
        mode: Mode::FaceToFace,
        date: "2026-03-25".parse().unwrap(),
        starts: "08:00:00".parse().unwrap(),
        ends: Some("13:00:00".parse().unwrap()),
        more_days: Vec::new(),
        venue_name: "Hotel Contoh".to_owned(),
        venue_room: "Ruang Satu".to_owned(),
        venue_address: "Jalan Contoh 1, Samarinda".to_owned(),
        target: String::new(),
        concept: Concept {
            quotas: vec![(Group::Users, 10), (Group::Media, 3)],
            ..Concept::default()
        },
    };
    let tx = db.begin_write().await.unwrap();
    let forum = forums::create(&tx, &ctx, unit.id, fields, None)
        .await
        .unwrap();
    forums::reach(&tx, &ctx, forum.id, Stage::Invitation)
        .await
        .unwrap();
    let invited = RecipientFields {
        phone: None,
        addressee: "Ketua Komunitas Contoh".to_owned(),
        organisation: "Komunitas Contoh".to_owned(),
        participant_group: Group::Users,
        quota: 1,
        note: String::new(),
        email: Some("diundang@contoh.example".to_owned()),
    };
    invitations::add_recipient_in(&tx, &ctx, &forum, 1, invited)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    if !seats.is_empty() {
        let opening = Opening {
            on: true,
            seats: seats.to_vec(),
            closes_at: "2026-03-24T08:00:00Z".parse().unwrap(),
        };
        registrations::open(&ctx, forum.id, 0, opening)
            .await
            .unwrap();
    }
    forums::by_id(db, forum.id).await.unwrap()
}

fn form_of(forum: &Forum) -> String {
    format!("/forum/{}/daftar", forum.id)
}

/// What somebody types; the key of the form comes from the page.
async fn register(
    browser: &mut Browser<'_>,
    forum: &Forum,
    (name, group, contact): (&str, &str, &str),
) -> Answer {
    let page = browser.get(&form_of(forum)).await;
    let key = page.attribute("input[name=form_key]", "value");
    let key = key.unwrap_or_default();
    let fields = [
        ("name", name),
        ("role", "Pedagang"),
        ("organisation", ""),
        ("group", group),
        ("contact", contact),
        ("form_key", key.as_str()),
    ];
    browser.post(&form_of(forum), &fields).await
}

async fn expected(app: &TestApp, forum: &Forum) -> usize {
    registrations::expected(&app.app.db, forum)
        .await
        .unwrap()
        .len()
}

/// Decidim's organisers ask for slots reserved per group, and pretix's for a seat that is sold once.
#[tokio::test]
async fn somebody_registers_without_account_and_is_expected_at_the_door_and_no_guest() {
    let app = TestApp::new().await;
    let forum = announced(&app, &[(Group::Users, 2), (Group::Media, 1)]).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    ask(
        &mut organiser,
        forum.id,
        "Perlu kursi roda?",
        ("yes_no", "", "yes"),
    )
    .await;
    let mut citizen = app.browser();
    let public = citizen.get(&format!("/forum/{}", forum.id)).await;
    assert!(
        public.text().contains("Masih ada 3 kursi"),
        "{}",
        public.text()
    );
    let page = citizen.get(&form_of(&forum)).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("tidak diumumkan"),
        "says what is done with the data"
    );
    let asked = fields_of(&page.body).remove(0);
    let key = page.attribute("input[name=form_key]", "value").unwrap();
    let mut fields = vec![
        ("name", "Warga Contoh"),
        ("role", ""),
        ("group", "users"),
        ("contact", "warga@contoh.example"),
        ("form_key", key.as_str()),
    ];
    let refused = citizen.post(&form_of(&forum), &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Warga Contoh"), "typed text is kept");
    assert_eq!(refused.texts(".summary a").len(), 2, "{}", refused.text());
    fields[1].1 = "Pedagang";
    fields.push((asked.as_str(), "yes"));
    let done = citizen.post(&form_of(&forum), &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let own = done.location().to_owned();
    // The button pressed twice, and the same form from another tab.
    let again = citizen.post(&form_of(&forum), &fields).await;
    assert_eq!(again.location(), own);
    assert_eq!(expected(&app, &forum).await, 1);
    let page = citizen.follow(&done).await;
    assert!(
        page.text().contains("Satu kursi dicatat untuk Anda"),
        "{}",
        page.text()
    );
    assert!(page.header("x-robots-tag").contains("noindex"));
    assert!(
        page.attribute("input[value=yes][checked]", "name")
            .is_some()
    );
    let card = citizen.get(&format!("{own}/kartu")).await;
    assert!(card.text().contains("Warga Contoh"), "{}", card.text());
    let code: String = card.texts(".poster-code").remove(0);
    let calendar = citizen.get(&format!("{own}/acara.ics")).await;
    assert!(calendar.body.contains("METHOD:PUBLISH\r\n"));
    app.run_jobs().await;
    let mails = app.mails();
    let mail = MessageParser::default().parse(&mails[0]).unwrap();
    let text = mail.body_text(0).unwrap();
    assert!(mails.len() == 1 && text.contains(&own), "{text}");
    // At the door: expected, though no letter names them.
    app.advance(chrono::Duration::days(8));
    let mut staff = program(&app, ORGANISER).await;
    let came = api(&mut staff, &forum, json!({ "code": code })).await;
    assert_eq!(came.status, 201, "{}", came.body);
    let live = app.sign_in(ORGANISER).await.get(&door(&forum, "")).await;
    let counted = "1 hadir · 1 diundang · 1 mendaftar · 0 tamu";
    assert!(live.text().contains(counted), "{}", live.text());
    let summary = attendance::summary(&app.app.db, &forum).await.unwrap();
    assert_eq!(
        (summary.invited, summary.registered, summary.walk_ins),
        (1, 1, 0)
    );
    let late = citizen.get(&form_of(&forum)).await;
    assert!(
        late.text().contains("Forum sudah dimulai"),
        "{}",
        late.text()
    );
}

#[tokio::test]
async fn two_people_who_want_the_last_seat_do_not_both_get_it() {
    let app = races::app().await;
    let forum = announced(&app, &[(Group::Users, 1), (Group::Media, 1)]).await;
    let (mut one, mut other) = (app.browser(), app.browser());
    one.get(&form_of(&forum)).await;
    other.get(&form_of(&forum)).await;
    let (first, second) = meet(
        &app,
        ("forum", forum.id.0),
        register(
            &mut one,
            &forum,
            ("Satu Contoh", "users", "satu@contoh.example"),
        ),
        register(
            &mut other,
            &forum,
            ("Dua Contoh", "users", "dua@contoh.example"),
        ),
    )
    .await;
    let mut both = [first.status, second.status];
    both.sort_unstable();
    assert_eq!(both, [303, 422], "{} {}", first.text(), second.text());
    let refused = if first.status == 422 { first } else { second };
    assert!(
        refused.text().contains("baru saja habis"),
        "{}",
        refused.text()
    );
    assert!(
        refused
            .attribute("input[value=users]", "disabled")
            .is_some()
    );
    assert_eq!(expected(&app, &forum).await, 1);
    let mut third = app.browser();
    let taken = register(
        &mut third,
        &forum,
        ("Tiga Contoh", "media", "0800-0000-0073"),
    )
    .await;
    assert_eq!(taken.status, 303);
    let full = third.get(&form_of(&forum)).await;
    assert!(
        full.text().contains("Semua kursi sudah terisi"),
        "{}",
        full.text()
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_contact_registers_once_and_who_is_invited_is_told_so() {
    let app = TestApp::new().await;
    let forum = announced(&app, &[(Group::Users, 5)]).await;
    let mut citizen = app.browser();
    let who = ("Warga Contoh", "users", "warga@contoh.example");
    assert_eq!(register(&mut citizen, &forum, who).await.status, 303);
    app.run_jobs().await;
    for _ in 0..4 {
        let mut other = app.browser();
        let again = ("Warga C.", "users", " WARGA@contoh.example");
        let told = register(&mut other, &forum, again).await;
        assert_eq!(told.status, 422);
        assert!(told.text().contains("sudah terdaftar"), "{}", told.text());
        assert!(
            !told.body.contains("/pendaftaran/"),
            "a stranger gets no link"
        );
        app.run_jobs().await;
    }
    assert_eq!(
        app.mails().len(),
        3,
        "the link goes again, but not without end"
    );
    let invited = ("Ketua", "users", "diundang@contoh.example");
    let told = register(&mut citizen, &forum, invited).await;
    assert!(told.text().contains("sudah diundang"), "{}", told.text());
    let organiser = ("Panitia", "organiser", "panitia@contoh.example");
    assert_eq!(register(&mut citizen, &forum, organiser).await.status, 422);
    assert_eq!(expected(&app, &forum).await, 1);
    for _ in 0..20 {
        assert_eq!(citizen.get("/pendaftaran/salah").await.status, 404);
    }
    assert_eq!(citizen.get("/pendaftaran/salah").await.status, 429);
}

#[tokio::test]
async fn a_seat_that_is_given_back_or_taken_away_is_free_again() {
    let app = TestApp::new().await;
    let forum = announced(&app, &[(Group::Users, 1)]).await;
    let mut citizen = app.browser();
    let who = ("Warga Contoh", "users", "warga@contoh.example");
    let own = register(&mut citizen, &forum, who)
        .await
        .location()
        .to_owned();
    citizen.get(&own).await;
    let given_back = citizen.post(&format!("{own}/batal"), &[]).await;
    let page = citizen.follow(&given_back).await;
    assert!(
        page.text().contains("sudah Anda batalkan"),
        "{}",
        page.text()
    );
    assert_eq!(citizen.get(&format!("{own}/kartu")).await.status, 404);
    // The same person may think again.
    let own = register(&mut citizen, &forum, who)
        .await
        .location()
        .to_owned();
    assert!(own.starts_with("/pendaftaran/"), "{own}");
    let mut organiser = app.sign_in(ORGANISER).await;
    let desk = format!("/kerja/forum/{}/pendaftaran", forum.id);
    let page = organiser.get(&desk).await;
    assert!(
        page.text().contains("warga@contoh.example"),
        "{}",
        page.text()
    );
    assert!(
        page.text().contains("1 dari 1 kursi terisi"),
        "{}",
        page.text()
    );
    let remove = page.attribute("td form", "action").unwrap();
    let short = organiser
        .post(&remove, &[("version", "1"), ("reason", "")])
        .await;
    assert_eq!(short.status, 422, "a reason is owed");
    let reason = ("reason", "Kursi dialihkan ke penyandang disabilitas");
    let removed = organiser.post(&remove, &[("version", "1"), reason]).await;
    assert_eq!(removed.status, 303, "{}", removed.text());
    let page = citizen.get(&own).await;
    assert!(page.text().contains("Kursi dialihkan"), "{}", page.text());
    app.run_jobs().await;
    let mails = app.mails();
    let mail = MessageParser::default()
        .parse(mails.last().unwrap())
        .unwrap();
    assert!(mail.body_text(0).unwrap().contains("Kursi dialihkan"));
    let raw = String::from_utf8_lossy(mails.last().unwrap()).into_owned();
    assert!(
        raw.contains("method=CANCEL") || raw.contains("CANCEL"),
        "{raw}"
    );
    assert_eq!(expected(&app, &forum).await, 0);
    let mut program = program(&app, ORGANISER).await;
    let path = format!("/api/v1/forums/{}/registrations", forum.id);
    let listed = program.get(&path).await.json();
    assert_eq!(listed["seats"][0]["taken"], 0);
    assert_eq!(listed["items"][1]["ended_by"], "organiser");
    assert!(
        listed["items"][1]
            .get("email")
            .is_none_or(serde_json::Value::is_null)
    );
    let mut stranger = crate::attendance::program(&app, STRANGER).await;
    let refused = stranger.get(&path).await.status;
    assert!(matches!(refused, 403 | 404), "{refused}");
}

#[tokio::test]
async fn who_registered_with_an_address_is_reminded_once_and_counted_beside_the_invited() {
    let app = TestApp::new().await;
    let forum = announced(&app, &[(Group::Users, 5), (Group::Media, 2)]).await;
    for who in [
        ("Warga Contoh", "users", "warga@contoh.example"),
        ("Penelepon Contoh", "media", "0800-0000-0073"),
    ] {
        let mut citizen = app.browser();
        assert_eq!(register(&mut citizen, &forum, who).await.status, 303);
    }
    app.run_jobs().await;
    let reminders = || {
        let told = app.mails().into_iter().filter(|raw| {
            let mail = MessageParser::default().parse(raw.as_slice()).unwrap();
            let near = mail
                .subject()
                .unwrap()
                .starts_with("Pengingat: Forum Terbuka");
            near && mail.body_text(0).unwrap().contains("/pendaftaran/")
        });
        told.count()
    };
    rembuk::housekeeping::sweep(&app.app).await.unwrap();
    app.run_jobs().await;
    assert_eq!(reminders(), 0, "the first mail is fresh");
    app.advance(chrono::Duration::days(7));
    for _ in 0..2 {
        rembuk::housekeeping::sweep(&app.app).await.unwrap();
        app.run_jobs().await;
        assert_eq!(reminders(), 1);
    }
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&format!("/kerja/forum/{}", forum.id)).await;
    for words in ["0 dari 1, 1 mendaftar sendiri", "1 mendaftar sendiri"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
}
