//! What users of the programs beside ours ask their makers for, as promises of this one: a test for each complaint
//! that applies here and that no other test promises. Numbers are those of threads in the programs' public trackers;
//! `docs/regressions.md` lists all of them, with those that are promised elsewhere and those that are not ours.

use chrono::DateTime;
use poem::http::Method;
use rembuk::{
    calendar::entity::unit_closure,
    complaints::{Draft, Filed, Once, file},
    organisation::unit_by_code,
};
use sea_orm::{
    ActiveModelTrait as _, ConnectionTrait as _, EntityTrait as _, IntoActiveModel as _,
};
use serde_json::{Value, json};

use crate::{
    attendance::pdf_text,
    clocks::{ADMIN, UNIT_ADMIN, count_to, deadline, look, sent, told_late, until},
    complaints::{
        EMAIL, HEAD, OFFICER, SUPERVISOR, UNIT, WORDS, answered, assigned, fields, filed, program,
        send_form,
    },
    support::{Answer, Browser, TestApp},
};

const ELSEWHERE: &str = "disdukcapil-sulsel";

async fn api(who: &mut Browser<'_>, number: &str, what: &str, body: Value) -> Answer {
    let path = format!("/api/v1/complaints/{number}/{what}");
    who.api(Method::POST, &path, Some(body)).await
}

/// A citizen with the status page open.
async fn citizen<'a>(app: &'a TestApp, filed: &Filed) -> Browser<'a> {
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let number = ("number", filed.complaint.number.as_str());
    let opened = citizen
        .post("/lacak", &[number, ("code", &filed.code)])
        .await;
    citizen.follow(&opened).await;
    citizen
}

async fn changed(app: &TestApp, sql: &str) {
    let done = app.app.db.execute_unprepared(sql).await.unwrap();
    assert_eq!(done.rows_affected(), 1, "{sql}");
}

/// FixMyStreet 269, 285, 1339, 1340 ("glad it's fixed" of what was only closed).
#[tokio::test]
async fn what_ended_without_a_remedy_is_never_called_solved() {
    let app = TestApp::new().await;
    let mut officer = program(&app, OFFICER).await;
    let ends = [
        (
            "reject",
            json!({ "reason": "unclear", "text": "Layanan yang dimaksud tidak ada." }),
            "tidak dapat diproses",
        ),
        (
            "forward",
            json!({ "body": "Dinas Contoh Lain" }),
            "bukan wewenang",
        ),
        (
            "withdraw",
            json!({ "text": "Warga menelepon dan mencabutnya" }),
            "dicabut",
        ),
    ];
    let mut all = Vec::new();
    for (what, body, said) in ends {
        let filed = filed(&app, false, false).await;
        let done = api(&mut officer, &filed.complaint.number, what, body).await;
        assert_eq!(done.status, 200, "{what}: {}", done.body);
        all.push((filed, said));
    }
    let silent = filed(&app, false, false).await;
    answered(&app, &silent.complaint.number).await;
    for day in ["2026-04-06 09:00", "2026-04-09 09:00"] {
        until(&app, day);
        look(&app).await;
    }
    all.push((silent, "sudah ditutup"));
    for (filed, said) in all {
        let page = citizen(&app, &filed).await.get("/pengaduan/status").await;
        let headline = page.texts("h1").join(" ");
        assert!(headline.contains(said), "{headline}");
        let words = [headline, page.texts("main .chip").join(" ")].join(" ");
        let words = words.to_lowercase();
        assert!(
            !words.contains("selesai") && !words.contains("tuntas"),
            "{words}"
        );
    }
    for (_, subject) in sent(&app) {
        assert!(!subject.to_lowercase().contains("selesai"), "{subject}");
    }
}

/// FixMyStreet 358, 1103 (questions without the report they are about, and too many of them).
#[tokio::test]
async fn a_citizen_who_says_nothing_gets_four_mails_and_each_names_the_case() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    answered(&app, &number).await;
    for _ in 0..45 {
        app.advance(chrono::Duration::days(1));
        look(&app).await;
    }
    let mails = sent(&app);
    let theirs: Vec<&String> = mails
        .iter()
        .filter(|(to, _)| to == EMAIL)
        .map(|(_, subject)| subject)
        .collect();
    assert_eq!(
        theirs.len(),
        4,
        "received, answered, will be closed, closed: {theirs:?}"
    );
    assert!(theirs.iter().all(|subject| subject.contains(&number)));
}

/// Signalen/frontend 56 (Amsterdam in the program's own words).
#[tokio::test]
async fn an_office_speaks_under_its_own_name_on_page_mail_and_paper() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    let mut typed = fields();
    typed.retain(|(name, _)| *name != "unit");
    typed.push(("unit", ELSEWHERE));
    let done = send_form(&mut citizen, &typed).await;
    let receipt = citizen.follow(&done).await;
    assert!(
        receipt.texts("#number")[0].starts_with("ADS-2026-"),
        "{}",
        receipt.text()
    );
    app.run_jobs().await;
    let paper = citizen.get("/pengaduan/tanda-terima.pdf").await;
    let mail = crate::clocks::last_to(&app, EMAIL);
    for words in [
        receipt.texts("header, main").join(" "),
        pdf_text(&paper.bytes),
        mail,
    ] {
        let words: Vec<&str> = words.split_whitespace().collect();
        let words = words.join(" ").to_lowercase();
        let own = ["disdukcapil sulsel", "sulawesi selatan"];
        assert!(own.iter().any(|name| words.contains(name)), "{words}");
        assert!(!words.contains("kalimantan"), "{words}");
    }
}

/// DIGIT 925, 1252 (the page still offers what the server refuses).
#[tokio::test]
async fn the_last_moment_that_is_told_for_saying_no_is_the_last_that_is_taken() {
    let app = TestApp::new().await;
    let (in_time, too_late) = (
        filed(&app, false, false).await,
        filed(&app, false, false).await,
    );
    for filed in [&in_time, &too_late] {
        answered(&app, &filed.complaint.number).await;
        let mut citizen = citizen(&app, filed).await;
        let helped = citizen
            .post("/pengaduan/status/nilai", &[("helped", "yes")])
            .await;
        assert_eq!(helped.status, 303, "{}", helped.text());
        app.run_jobs().await;
    }
    let told = deadline(&app, &in_time.complaint.number).await["reopen_until"].clone();
    let told = DateTime::parse_from_rfc3339(told.as_str().unwrap()).unwrap();
    app.advance(told.to_utc() - app.now());
    let no = [("helped", "no"), ("reason", "Kartunya rusak lagi.")];
    let mut first = citizen(&app, &in_time).await;
    let page = first.get("/pengaduan/status").await;
    assert!(page.text().contains("dapat dibuka lagi sampai"));
    let taken = first.post("/pengaduan/status/nilai", &no).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    app.run_jobs().await;
    app.advance(chrono::Duration::seconds(1));
    let mut second = citizen(&app, &too_late).await;
    let page = second.get("/pengaduan/status").await;
    assert!(!page.text().contains("dapat dibuka lagi sampai"));
    let refused = second.post("/pengaduan/status/nilai", &no).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
}

/// DIGIT, discussion 773 (whoever touches a case stops its escalation).
#[tokio::test]
async fn a_touch_starts_no_escalation_anew() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let number = &filed.complaint.number;
    assigned(&app, number, "fasilitasi").await;
    let before = deadline(&app, number).await["respond"]["due_at"].clone();
    let told =
        |app: &TestApp| [OFFICER, HEAD, SUPERVISOR].map(|address| told_late(app, address, number));
    until(&app, "2026-03-27 08:00");
    look(&app).await;
    assert_eq!(told(&app), [true, false, false]);
    assigned(&app, number, "piak").await;
    let mut citizen = citizen(&app, &filed).await;
    let wrote = citizen
        .post(
            "/pengaduan/status/pesan",
            &[("text", "Saya masih menunggu.")],
        )
        .await;
    assert_eq!(wrote.status, 303, "{}", wrote.text());
    let mut officer = program(&app, OFFICER).await;
    let asked = json!({ "text": "Mohon nomor antrean Anda." });
    let asked = api(&mut officer, number, "request-completion", asked).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    app.run_jobs().await;
    for (moment, expected) in [
        ("2026-03-30 08:00", [true, true, false]),
        ("2026-03-31 08:00", [true, true, true]),
    ] {
        until(&app, moment);
        look(&app).await;
        assert_eq!(told(&app), expected, "{moment}");
    }
    assert_eq!(deadline(&app, number).await["respond"]["due_at"], before);
}

/// DIGIT 1079 (a chain of another depth than the program's breaks it).
#[tokio::test]
async fn a_rung_on_which_nobody_stands_is_passed_over() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    app.app
        .db
        .execute_unprepared("DELETE FROM role_grant WHERE role = 'head'")
        .await
        .unwrap();
    until(&app, "2026-03-27 08:00");
    look(&app).await;
    assert!(!told_late(&app, HEAD, &number));
    assert!(
        told_late(&app, SUPERVISOR, &number),
        "the next above hears of it"
    );
}

/// Zammad 3180 (a day that ends a minute before midnight).
#[tokio::test]
async fn a_deadline_at_the_end_of_a_day_has_its_last_minute() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    admin.get("/kerja/batas-waktu").await;
    let chosen = [
        ("unit", UNIT),
        ("set", "sp4n_steps"),
        ("after_hours", "same_day"),
        ("due_end", "end_of_day"),
        ("valid_from", "2026-03-17"),
        ("reason", "Menyesuaikan pedoman SP4N-LAPOR"),
    ];
    assert_eq!(admin.post("/kerja/batas-waktu", &chosen).await.status, 303);
    let number = filed(&app, false, false).await.complaint.number;
    until(&app, "2026-03-31 23:59");
    assert_eq!(deadline(&app, &number).await["respond"]["state"], "running");
    app.advance(chrono::Duration::minutes(1));
    assert_eq!(deadline(&app, &number).await["respond"]["state"], "late");
}

/// Zammad 390 and righttoknow 512 (calendars of the net name days on which every office works).
#[tokio::test]
async fn only_days_of_a_decree_are_holidays() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(ADMIN).await;
    let page = admin.get("/kerja/libur?tahun=2026").await;
    let rows = page.texts("table.t tbody tr");
    assert_eq!(rows.len(), 25, "17 holidays and 8 days of collective leave");
    assert!(rows.iter().all(|row| row.contains("SKB ")), "{rows:?}");
}

/// osTicket 5160 (the mark of lateness stays after the answer).
#[tokio::test]
async fn an_answer_takes_the_mark_of_lateness_away_everywhere() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    until(&app, "2026-03-27 08:00");
    look(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let late = "/kerja/pengaduan?view=late";
    assert_eq!(
        officer.get(late).await.texts("td.main a"),
        std::slice::from_ref(&number)
    );
    answered(&app, &number).await;
    assert_eq!(
        officer.get(late).await.texts("td.main a"),
        Vec::<String>::new()
    );
    let mut reader = program(&app, OFFICER).await;
    let list = reader.get("/api/v1/complaints?view=late").await.json();
    assert_eq!(list["items"], json!([]));
    let before = count_to(&app, HEAD);
    until(&app, "2026-03-31 08:00");
    look(&app).await;
    assert_eq!(
        count_to(&app, HEAD),
        before,
        "nobody is told of it any more"
    );
}

/// FreeScout 4293, 4740 (one that cannot be read stops all behind it).
#[tokio::test]
async fn one_case_that_cannot_be_counted_silences_none_of_the_others() {
    let app = TestApp::new().await;
    let broken = filed(&app, false, false).await.complaint.number;
    let sound = filed(&app, false, false).await.complaint.number;
    changed(
        &app,
        &format!(
            "UPDATE complaint SET class = 'information_request', extended_days = 900000 WHERE number = '{broken}'"
        ),
    )
    .await;
    until(&app, "2026-03-27 08:00");
    look(&app).await;
    assert!(told_late(&app, HEAD, &sound));
}

/// FreeScout 2120, 4958 (a message lands in the conversation of somebody else).
#[tokio::test]
async fn a_message_never_moves_into_the_case_of_another() {
    let app = TestApp::new().await;
    let (mine, other) = (
        filed(&app, false, false).await,
        filed(&app, false, false).await,
    );
    let mut gateway = program(&app, OFFICER).await;
    let message = json!({
        "channel": "whatsapp", "text": "Kartu saya atas nama Bungaran.", "external_id": "wamid.0007",
    });
    let number = &mine.complaint.number;
    let kept = api(&mut gateway, number, "incoming-messages", message.clone()).await;
    assert_eq!(kept.status, 204, "{}", kept.body);
    let number = &other.complaint.number;
    let again = api(&mut gateway, number, "incoming-messages", message).await;
    assert_eq!(again.status, 409, "{}", again.body);
    app.run_jobs().await;
    for (filed, stands) in [(&mine, true), (&other, false)] {
        let page = citizen(&app, filed).await.get("/pengaduan/status").await;
        assert_eq!(page.text().contains("atas nama Bungaran"), stands);
    }
}

/// FreeScout 2001, 5591 (a message is dropped and nobody is told).
#[tokio::test]
async fn a_message_that_is_not_kept_is_refused_with_a_reason() {
    let app = TestApp::new().await;
    let (open, ended) = (
        filed(&app, false, false).await.complaint.number,
        filed(&app, false, false).await.complaint.number,
    );
    answered(&app, &open).await;
    let mut gateway = program(&app, OFFICER).await;
    let gone = json!({ "text": "Warga menelepon dan mencabutnya" });
    assert_eq!(
        api(&mut gateway, &ended, "withdraw", gone).await.status,
        200
    );
    let message = json!({
        "channel": "whatsapp", "text": "Loketnya masih tutup.", "external_id": "wamid.0011",
    });
    let refused = api(&mut gateway, &ended, "incoming-messages", message.clone()).await;
    assert_eq!(
        (refused.status, &refused.json()["code"]),
        (422, &json!("complaint.transition"))
    );
    // What an answered case gets is kept, and waits where the office looks.
    let kept = api(&mut gateway, &open, "incoming-messages", message).await;
    assert_eq!(kept.status, 204, "{}", kept.body);
    app.run_jobs().await;
    let mut officer = app.sign_in(OFFICER).await;
    let heard = officer.get("/kerja/pengaduan?view=heard").await;
    assert_eq!(heard.texts("td.main a"), std::slice::from_ref(&open));
}

/// Alaveteli 2931 (one calendar for all authorities).
#[tokio::test]
async fn a_day_on_which_one_office_is_closed_moves_nothing_elsewhere() {
    let app = TestApp::new().await;
    let db = &app.app.db;
    let day = "2026-03-25".parse().unwrap();
    let closed = unit_closure::Model {
        id: uuid::Uuid::now_v7(),
        unit_id: unit_by_code(db, UNIT).await.unwrap().id,
        from_day: day,
        to_day: day,
        reason: "Kantor kebanjiran".to_owned(),
    };
    let row = closed.into_active_model().reset_all();
    unit_closure::Entity::insert(row)
        .exec_without_returning(db)
        .await
        .unwrap();
    let ctx = rembuk::access::Ctx::stranger(&app.app);
    for (unit, due) in [(UNIT, "27 Maret 2026"), (ELSEWHERE, "26 Maret 2026")] {
        let draft = Draft {
            unit: unit.to_owned(),
            subject: "KTP-el belum jadi".to_owned(),
            description: WORDS.to_owned(),
            anonymous: true,
            ..Draft::default()
        };
        let filed = file(&ctx, &draft, "reporter.", &Once::Never).await.unwrap();
        app.run_jobs().await;
        let page = citizen(&app, &filed).await.get("/pengaduan/status").await;
        let text = page.text();
        assert!(text.contains(due), "{unit}: {text}");
        assert_eq!(text.contains("Kantor kebanjiran"), unit == UNIT, "{text}");
    }
}
