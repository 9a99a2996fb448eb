//! Promises of milestones and due days: progress is computed, a moved day says why, and a reminder's link does one thing.

use chrono::Duration;
use poem::http::Method;
use rembuk::action_plans;
use serde_json::json;

use crate::{
    action_plans::{FACILITATION, HEAD, ORGANISER, at, finished, made, step},
    complaints::{OFFICER, program},
    support::TestApp,
};

async fn with_steps(app: &TestApp) -> String {
    let id = made(app).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    for (title, due) in [("Surat terkirim", "2026-03-27"), ("Rapat", "2026-03-31")] {
        let fields = [("milestone_title", title), ("milestone_due_on", due)];
        let answer = step(&mut organiser, &id, "/tonggak", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    id
}

#[tokio::test]
async fn progress_is_the_share_of_milestones_that_evidence_shows() {
    let app = TestApp::new().await;
    let id = with_steps(&app).await;
    let mut handler = app.sign_in(FACILITATION).await;
    let page = handler.get(&at(&id, "")).await;
    assert!(page.text().contains("0 dari 2 tonggak"), "{}", page.text());
    let first = page
        .attribute("select[name=milestone] option:nth-of-type(2)", "value")
        .unwrap();
    let without = [("note", "Sudah dikirim."), ("milestone", first.as_str())];
    let refused = step(&mut handler, &id, "/kemajuan", &without).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Belum ada bukti"),
        "{}",
        refused.text()
    );
    let with = [
        ("note", "Sudah dikirim."),
        ("milestone", first.as_str()),
        ("link", "https://contoh.example/surat"),
    ];
    let answer = step(&mut handler, &id, "/kemajuan", &with).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = handler.get(&at(&id, "")).await;
    assert!(page.text().contains("40%"), "{}", page.text());
    assert!(page.text().contains("1 dari 2 tonggak"));
    // Twice is refused, and a step that is done is not removed.
    let again = step(&mut handler, &id, "/kemajuan", &with).await;
    assert_eq!(again.status, 422, "{}", again.text());
    let mut organiser = app.sign_in(ORGANISER).await;
    let gone = [("milestone", first.as_str())];
    let kept = step(&mut organiser, &id, "/tonggak/hapus", &gone).await;
    assert_eq!(kept.status, 422);
    // With an open step the promise is not kept.
    let early = step(&mut handler, &id, "/selesai", &[]).await;
    assert_eq!(early.status, 422);
    assert!(
        early.text().contains("1 tonggak belum selesai"),
        "{}",
        early.text()
    );
    let second = page
        .attribute("select[name=milestone] option:nth-of-type(2)", "value")
        .unwrap();
    let with = [
        ("note", "Sudah rapat."),
        ("milestone", second.as_str()),
        ("link", "https://contoh.example/rapat"),
    ];
    let answer = step(&mut handler, &id, "/kemajuan", &with).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    // Handed in is not verified.
    assert_eq!(step(&mut handler, &id, "/selesai", &[]).await.status, 303);
    let page = handler.get(&at(&id, "")).await;
    assert!(page.text().contains("90%"), "{}", page.text());
}

#[tokio::test]
async fn a_milestone_lies_within_its_action() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let mut organiser = program(&app, ORGANISER).await;
    let path = format!("/api/v1/action-items/{id}/milestones");
    for due in ["2026-04-01", "2026-03-16"] {
        let body = json!({ "title": "Di luar", "due_on": due });
        let answer = organiser.api(Method::POST, &path, Some(body)).await;
        assert_eq!(answer.status, 422, "{due}: {}", answer.body);
    }
    let body = json!({ "title": "Di dalam", "due_on": "2026-03-31" });
    let answer = organiser.api(Method::POST, &path, Some(body)).await;
    assert_eq!(answer.json()["milestones"][0]["title"], "Di dalam");
    let list = organiser.get(&path).await;
    assert_eq!(list.json()["items"].as_array().unwrap().len(), 1);
    // A step is due on a day on which somebody works; the same words stand once, whatever their day.
    for (title, due) in [
        ("Di dalam", "2026-03-31"),
        ("di  dalam", "2026-03-30"),
        ("Hari Sabtu", "2026-03-28"),
    ] {
        let body = json!({ "title": title, "due_on": due });
        let refused = organiser.api(Method::POST, &path, Some(body)).await;
        assert_eq!(refused.status, 422, "{due}: {}", refused.body);
        assert!(!refused.body.contains("milestone_"), "{}", refused.body);
    }
    // Put off means later, and not for ever.
    let path = format!("/api/v1/action-items/{id}/extend");
    let body = json!({ "due_on": "2026-03-30", "reason": "Dipercepat satu hari" });
    let early = organiser.api(Method::POST, &path, Some(body)).await;
    assert_eq!(early.status, 422, "{}", early.body);
    assert_eq!(
        early.json()["errors"][0]["field"],
        "due_on",
        "{}",
        early.body
    );
    let body = json!({ "due_on": "2999-05-20", "reason": "Menunggu terlalu lama" });
    let far = organiser.api(Method::POST, &path, Some(body)).await;
    assert_eq!(far.status, 422, "{}", far.body);
    assert!(
        far.body.contains("2031"),
        "the last day is named: {}",
        far.body
    );
    // What is named instead would be taken.
    assert!(far.body.contains("17 Maret 2031"), "{}", far.body);
    let body = json!({ "due_on": "2031-03-17", "reason": "Menunggu terlalu lama" });
    let taken = organiser.api(Method::POST, &path, Some(body)).await;
    assert_eq!(taken.status, 200, "{}", taken.body);
}

#[tokio::test]
async fn the_fields_of_days_offer_what_the_rules_take() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let page = app.sign_in(ORGANISER).await.get(&at(&id, "")).await;
    for (field, part, expected) in [
        ("milestone_due_on", "max", "2026-03-31"),
        ("new_due_on", "min", "2026-04-01"),
        ("new_due_on", "max", "2031-03-17"),
    ] {
        let found = page.attribute(&format!("input[name={field}]"), part);
        assert_eq!(found.as_deref(), Some(expected), "{field} {part}");
    }
}

#[tokio::test]
async fn evidence_is_of_this_action_and_on_a_page_that_is_read_safely() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let mut handler = app.sign_in(FACILITATION).await;
    for (day, link) in [
        ("2019-12-01", "https://contoh.example/surat"),
        ("2026-03-16", "http://contoh.example/surat"),
        ("2026-03-16", "javascript:alert(1)"),
    ] {
        let fields = [
            ("note", "Surat sudah dikirim."),
            ("happened_on", day),
            ("link", link),
        ];
        let answer = step(&mut handler, &id, "/kemajuan", &fields).await;
        assert_eq!(answer.status, 422, "{day} {link}: {}", answer.text());
    }
    // A program's file is looked at too, when it is said to show something.
    let mut sender = program(&app, FACILITATION).await;
    let file = ("file", "bukti.pdf", b"%PDF-1.4 broken".as_slice());
    let kept = sender.post_file("/api/v1/files", &[], file).await;
    let file = kept.json()["id"].clone();
    let path = format!("/api/v1/action-items/{id}/evidence");
    let body = json!({ "note": "Surat sudah dikirim.", "files": [file] });
    let refused = sender.api(Method::POST, &path, Some(body)).await;
    assert_eq!(refused.status, 422, "{} {}", kept.body, refused.body);
    let fault = &refused.json()["errors"][0];
    assert_eq!(fault["field"], "files", "{}", refused.body);
    assert!(refused.body.contains("rusak"), "{}", refused.body);
}

#[tokio::test]
async fn a_program_names_who_answers_for_a_promise_and_none_is_promised_for_ever() {
    let app = TestApp::new().await;
    let mut organiser = program(&app, ORGANISER).await;
    let body = |due: &str, owner: &str| {
        json!({
            "unit": "disdukcapil-kaltim", "title": "Menambah loket", "description": "Membuka dua loket lagi.",
            "division": "fasilitasi", "due_on": due, "indicator": "Loket", "target": "4", "owner": owner,
        })
    };
    let path = "/api/v1/action-items";
    for (due, owner, field) in [
        ("2999-05-20", "", "due_on"),
        ("2026-06-30", "Jabatan yang tidak ada", "owner"),
    ] {
        let refused = organiser
            .api(Method::POST, path, Some(body(due, owner)))
            .await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert_eq!(
            refused.json()["errors"][0]["field"],
            field,
            "{}",
            refused.body
        );
    }
    // Each source that nobody knows is named by its place, and nothing is promised.
    let mut astray = body("2026-06-30", "");
    astray["sources"] = json!([
        { "kind": "forum_input", "id": "tidak-ada" },
        { "kind": "agreed_point", "id": uuid::Uuid::nil() },
    ]);
    let refused = organiser.api(Method::POST, path, Some(astray)).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let errors = refused.json()["errors"].clone();
    let fields: Vec<_> = errors.as_array().unwrap().iter().collect();
    assert_eq!(
        fields.iter().map(|one| &one["field"]).collect::<Vec<_>>(),
        ["sources[0].id", "sources[1].id"],
        "{}",
        refused.body
    );
    let issue = json!({
        "unit": "disdukcapil-kaltim", "title": "Antrean panjang",
        "voices": [{ "kind": "complaint", "id": "ADU-2026-999999" }],
    });
    let mut officer = program(&app, OFFICER).await;
    let refused = officer
        .api(Method::POST, "/api/v1/issues", Some(issue))
        .await;
    assert_eq!(
        (refused.status, &refused.json()["errors"][0]["field"]),
        (422, &json!("voices[0].id")),
        "{}",
        refused.body
    );
    // What a program did not send is not named to it.
    let id = made(&app).await;
    let steps = format!("/api/v1/action-items/{id}/milestones");
    let body_of_step = json!({ "title": "Surat terkirim", "due_on": "2026-03-27" });
    let step = organiser
        .api(Method::POST, &steps, Some(body_of_step))
        .await;
    let milestone = step.json()["milestones"][0]["id"].clone();
    let mut handler = program(&app, FACILITATION).await;
    let report = json!({ "note": "Sudah dikirim.", "milestone": milestone });
    let progress = format!("/api/v1/action-items/{id}/progress");
    let bare = handler.api(Method::POST, &progress, Some(report)).await;
    assert_eq!(bare.json()["errors"][0]["field"], "links", "{}", bare.body);
    let db = &app.app.db;
    let unit = rembuk::organisation::unit_by_code(db, "disdukcapil-kaltim").await;
    let officials = rembuk::organisation::officials(db, unit.unwrap().id).await;
    let office = officials.unwrap()[0].office.clone();
    let made = organiser
        .api(Method::POST, path, Some(body("2026-06-30", &office)))
        .await;
    assert_eq!(made.json()["owner"], office.as_str(), "{}", made.body);
    let list = organiser.api(Method::GET, path, None).await.json();
    let items = list["items"].as_array().unwrap();
    let same = items.iter().find(|one| one["id"] == made.json()["id"]);
    assert_eq!(same.unwrap()["owner"], office.as_str(), "{list}");
}

#[tokio::test]
async fn a_moved_due_day_says_why_and_keeps_the_first() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let empty = [("new_due_on", "2026-06-30"), ("extend_reason", "")];
    let refused = step(&mut organiser, &id, "/perpanjang", &empty).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("2026-06-30"), "kept");
    for (to, reason) in [
        ("2026-06-30", "Anggaran baru turun bulan Mei."),
        ("2027-02-26", "Menunggu pelatihan pusat."),
    ] {
        let fields = [("new_due_on", to), ("extend_reason", reason)];
        let moved = step(&mut organiser, &id, "/perpanjang", &fields).await;
        assert_eq!(moved.status, 303, "{}", moved.text());
    }
    let public = app.browser().get(&format!("/janji/{id}")).await;
    for words in [
        "dari Selasa, 31 Maret 2026 ke Selasa, 30 Juni 2026",
        "Menunggu pelatihan pusat.",
    ] {
        assert!(public.text().contains(words), "{}", public.text());
    }
    let page = organiser.get(&at(&id, "")).await;
    assert!(page.text().contains("Jatuh tempo semula"));
    assert!(page.text().contains("Dibawa ke rencana tahun 2027"));
    let api = program(&app, ORGANISER)
        .await
        .get(&format!("/api/v1/action-items/{id}"))
        .await
        .json();
    assert_eq!(api["baseline_due_on"], "2026-03-31");
    assert_eq!(api["carried_into"], 2027);
    assert_eq!(api["extensions"].as_array().unwrap().len(), 2);
    assert_eq!(api["speed"], "running");
}

#[tokio::test]
async fn evidence_comes_before_the_head_has_looked_and_not_after() {
    let app = TestApp::new().await;
    let id = finished(&app).await;
    let mut head = app.sign_in(HEAD).await;
    assert_eq!(step(&mut head, &id, "/sahkan", &[]).await.status, 303);
    let mut handler = program(&app, FACILITATION).await;
    let path = format!("/api/v1/action-items/{id}/evidence");
    let body = json!({ "note": "Bukti susulan", "links": ["https://contoh.example/b"] });
    let answer = handler.api(Method::POST, &path, Some(body)).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json()["code"], "action.transition");
    let empty = json!({ "note": "Tanpa bukti sama sekali" });
    let answer = handler.api(Method::POST, &path, Some(empty)).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
}

/// The address of a link in the mail to this person.
fn link_for(app: &TestApp, address: &str) -> Option<String> {
    app.mails().iter().rev().find_map(|mail| {
        let mail = mail_parser::MessageParser::default().parse(mail.as_slice())?;
        let to = mail.to()?.first()?.address()?.to_owned();
        let text = mail.body_text(0)?.into_owned();
        let at = text.find("/perbarui/")?;
        let link = text[at..].split_whitespace().next()?.to_owned();
        (to == address).then_some(link)
    })
}

#[tokio::test]
async fn who_is_late_is_reminded_once_a_week_and_reports_by_one_press() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    // 31 March is over; a Wednesday morning in Samarinda.
    app.advance(Duration::days(15));
    for _ in 0..2 {
        action_plans::remind(&app.app).await.unwrap();
        app.run_jobs().await;
    }
    let reminders = |app: &TestApp| {
        let mails = app.mails();
        let about = mails
            .iter()
            .filter(|mail| String::from_utf8_lossy(mail).contains("perlu diperbarui"));
        about.count()
    };
    assert_eq!(reminders(&app), 2, "the division and the head, once");
    assert!(link_for(&app, HEAD).is_none(), "the head reports nothing");
    let link = link_for(&app, FACILITATION).unwrap();
    let mut person = app.browser();
    let page = person.get(&link).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("Tidak ada yang berubah sebelum"));
    assert_eq!(
        person.get("/kerja").await.status,
        303,
        "nobody is signed in"
    );
    person.get(&link).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let fields = [
        ("version", version.as_str()),
        ("note", "Masih dikerjakan."),
        ("happened_on", ""),
        ("link", ""),
    ];
    let sent = person.post(&link, &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    // Pressed twice by the same person it is taken down once; other words on an old page are somebody's mistake.
    let twice = person.post(&link, &fields).await;
    assert_eq!(twice.status, 303, "{}", twice.text());
    let mut other = fields;
    other[1] = ("note", "Sudah hampir selesai.");
    assert_eq!(person.post(&link, &other).await.status, 409);
    let shown = app.sign_in(HEAD).await.get(&at(&id, "")).await;
    assert_eq!(shown.text().matches("Masih dikerjakan.").count(), 1);
    // A week later the same proposed words on a page that a colleague overtook are a report, not a second press.
    app.advance(Duration::days(7));
    let page = person.get(&link).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let mut handler = app.sign_in(FACILITATION).await;
    let meanwhile = [("note", "Loket kedua dibuka.")];
    let done = step(&mut handler, &id, "/kemajuan", &meanwhile).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let mut late = fields;
    late[0] = ("version", version.as_str());
    assert_eq!(person.post(&link, &late).await.status, 409);
    // Another action, another person, another time: nothing.
    let forged = link.replace(&id, &uuid::Uuid::nil().to_string());
    assert_eq!(person.get(&forged).await.status, 404);
    app.advance(Duration::days(15));
    let over = person.get(&link).await;
    assert_eq!(over.status, 422, "{}", over.text());
    assert!(over.text().contains("sudah berakhir"), "{}", over.text());
}

#[tokio::test]
async fn a_reminder_of_very_many_ends_and_leads_to_the_list() {
    let app = TestApp::new().await;
    for _ in 0..23 {
        made(&app).await;
    }
    app.advance(Duration::days(15));
    action_plans::remind(&app.app).await.unwrap();
    app.run_jobs().await;
    let mails = app.mails();
    let text = mails.iter().rev().find_map(|mail| {
        let mail = mail_parser::MessageParser::default().parse(mail.as_slice())?;
        let is_reminder = mail.subject()?.contains("perlu diperbarui");
        is_reminder.then(|| mail.body_text(0).unwrap_or_default().into_owned())
    });
    let text = text.unwrap();
    assert_eq!(text.matches("Terlambat: jatuh tempo").count(), 20, "{text}");
    // Some of the rest may stand still and not be late: the list is the whole one.
    let rest = "dan 3 rencana aksi lainnya; selebihnya ada di daftar";
    assert!(text.contains(rest), "{text}");
    assert!(!text.contains("?keadaan="), "{text}");
}
