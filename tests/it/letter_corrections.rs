//! Promises of a letter that is being corrected: until its next version is issued the correction can be thrown away, and
//! whoever holds a letter that was replaced is found and told.

use chrono::{DateTime, Duration, Utc};
use mail_parser::MessageParser;
use poem::http::Method;
use rembuk::{
    forums::{self, ForumId},
    invitations::{self, Letter},
};

use crate::{
    forums::{ORGANISER, with_forums},
    invitations::{letter_form, send_all},
    recipients::program,
    support::{Browser, TestApp, browser::Answer},
};

fn version(page: &Answer) -> String {
    page.attribute("input[name=version]", "value").unwrap()
}

async fn letter(app: &TestApp, forum: ForumId) -> Letter {
    let forum = forums::by_id(&app.app.db, forum).await.unwrap();
    let found = invitations::letter_of(&app.app.db, &forum).await.unwrap();
    found.unwrap()
}

/// Presses a button of the letter, in the version that the page shows.
async fn press(organiser: &mut Browser<'_>, list: &str, button: &str) -> Answer {
    let seen = version(&organiser.get(list).await);
    let action = format!("{list}/{button}");
    organiser.post(&action, &[("version", &seen)]).await
}

/// Begins a correction and writes another number and date into it.
async fn begin(organiser: &mut Browser<'_>, list: &str) {
    let opened = press(organiser, list, "perbaiki").await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let form = format!("{list}/surat");
    let seen = version(&organiser.get(&form).await);
    let mut fields = letter_form(&[
        ("letter_date", "2026-03-17"),
        ("number", "400.12.5.5/78/X/2026"),
        ("subject", "Undangan yang keliru ditulis ulang"),
    ]);
    fields.retain(|(name, _)| *name != "version");
    fields.push(("version", &seen));
    let written = organiser.post(&form, &fields).await;
    assert_eq!(written.status, 303, "{}", written.text());
}

#[tokio::test]
async fn a_correction_begun_by_mistake_is_thrown_away_and_the_issued_letter_is_in_force_again() {
    let (app, demo) = with_forums().await;
    let before = letter(&app, demo.next).await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let mut organiser = app.sign_in(ORGANISER).await;
    begin(&mut organiser, &list).await;
    let page = organiser.get(&list).await;
    assert!(page.text().contains("Buang perbaikan"), "{}", page.text());
    let stale = organiser
        .post(&format!("{list}/batal-perbaiki"), &[("version", "1")])
        .await;
    assert_eq!(stale.status, 409);
    let thrown = press(&mut organiser, &list, "batal-perbaiki").await;
    let page = organiser.follow(&thrown).await;
    assert!(page.text().contains("Perbaikan dibuang"), "{}", page.text());
    assert!(!page.text().contains("Sedang diperbaiki"));
    let after = letter(&app, demo.next).await;
    let restored = Letter {
        version: before.version,
        ..after.clone()
    };
    assert_eq!(restored, before);
    // The invitations go out as if nothing had been begun.
    assert_eq!(send_all(&app, demo.next).await.len(), 39);
    // Nothing is there to be thrown away any more, and an old form of issuing issues nothing.
    let again = press(&mut organiser, &list, "batal-perbaiki").await;
    assert_eq!(again.status, 422, "{}", again.text());
    let old = (after.version - 1).to_string();
    let issued = organiser
        .post(&format!("{list}/terbitkan"), &[("version", &old)])
        .await;
    assert_eq!(issued.status, 422, "{}", issued.text());
    app.forget_jobs().await;
}

#[tokio::test]
async fn a_correction_whose_list_changed_is_not_thrown_away_until_the_list_is_as_before() {
    let (app, demo) = with_forums().await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let mut organiser = app.sign_in(ORGANISER).await;
    begin(&mut organiser, &list).await;
    let fields = [
        ("addressee", "Perwakilan pengguna layanan"),
        ("organisation", "Warga Samarinda"),
        ("participant_group", "users"),
        ("quota", "1"),
        ("email", "warga@contoh.example"),
    ];
    let added = organiser
        .post(&format!("{list}/penerima/baru"), &fields)
        .await;
    assert_eq!(added.status, 303, "{}", added.text());
    let page = organiser.get(&list).await;
    assert!(!page.text().contains("Buang perbaikan"));
    assert!(page.text().contains("daftar penerimanya sudah berbeda"));
    let path = format!("/api/v1/forums/{}/letter/correction", demo.next);
    let mut program = program(&app).await;
    let refused = program.api(Method::DELETE, &path, None).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(refused.json()["code"], "letter.list_changed");

    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let all = invitations::recipients(&app.app.db, &forum).await.unwrap();
    let line = format!("{list}/penerima/{}", all[39].id);
    let seen = version(&organiser.get(&line).await);
    let removed = organiser
        .post(&format!("{line}/hapus"), &[("version", &seen)])
        .await;
    assert_eq!(removed.status, 303, "{}", removed.text());
    let done = program.api(Method::DELETE, &path, None).await;
    assert_eq!(done.status, 204, "{}", done.text());
    assert!(letter(&app, demo.next).await.reopened_at.is_none());
    let again = program.api(Method::DELETE, &path, None).await;
    assert_eq!(again.json()["code"], "letter.not_corrected");
}

#[tokio::test]
async fn issuing_pressed_twice_leads_to_the_issued_letter() {
    let (app, demo) = with_forums().await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let mut organiser = app.sign_in(ORGANISER).await;
    begin(&mut organiser, &list).await;
    let seen = version(&organiser.get(&list).await);
    let issue = format!("{list}/terbitkan");
    for press in ["first", "second"] {
        let issued = organiser.post(&issue, &[("version", &seen)]).await;
        assert_eq!(issued.status, 303, "{press}: {}", issued.text());
        assert!(issued.location().ends_with("/undangan"));
    }
    let other = organiser.post(&issue, &[("version", "1")]).await;
    assert_eq!(other.status, 422, "{}", other.text());
}

#[tokio::test]
async fn a_letter_drafted_in_time_is_not_issued_once_the_forum_has_begun() {
    let (app, demo) = with_forums().await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let mut organiser = app.sign_in(ORGANISER).await;
    begin(&mut organiser, &list).await;
    let before = letter(&app, demo.next).await;
    // An hour into the morning of 10 April.
    app.advance("2026-04-10T01:00:00Z".parse::<DateTime<Utc>>().unwrap() - app.now());
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&list).await;
    let seen = before.version.to_string();
    let refused = organiser
        .post(&format!("{list}/terbitkan"), &[("version", &seen)])
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let told = refused.text();
    assert!(told.contains("Forum ini sudah dimulai"), "{told}");
    assert_eq!(letter(&app, demo.next).await, before);
    app.forget_jobs().await;
}

/// What `/missing` says of this code, if anything.
async fn missing(app: &TestApp, forum: ForumId, code: &str) -> Option<String> {
    let path = format!("/api/v1/forums/{forum}/missing");
    let answer = program(app).await.api(Method::GET, &path, None).await;
    let items = answer.json()["items"].as_array().unwrap().clone();
    let found = items.iter().find(|item| item["code"] == code);
    found.map(|item| item["severity"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn who_holds_a_replaced_letter_is_named_until_the_letter_in_force_reached_them() {
    let (app, demo) = with_forums().await;
    send_all(&app, demo.next).await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let old = letter(&app, demo.next).await.number.unwrap();
    assert_eq!(missing(&app, demo.next, "replaced").await, None);
    app.advance(Duration::hours(1));
    let mut organiser = app.sign_in(ORGANISER).await;
    begin(&mut organiser, &list).await;
    let issued = press(&mut organiser, &list, "terbitkan").await;
    assert_eq!(issued.status, 303, "{}", issued.text());
    // Time and place are the same, so nobody is outdated.
    let page = organiser.get(&list).await;
    assert!(page.text().contains("39 penerima masih memegang surat"));
    assert!(page.text().contains("Kirim lagi lewat surel (39)"));
    let severity = missing(&app, demo.next, "replaced").await;
    assert_eq!(severity.as_deref(), Some("warning"));
    organiser.post(&format!("{list}/kirim"), &[]).await;
    app.run_jobs().await;
    assert_eq!(
        app.mails().len(),
        39,
        "sending asks for what never went out"
    );

    app.advance(Duration::minutes(1));
    let page = organiser.get(&list).await;
    let seen = page
        .attribute("#kemajuan input[name=seen]", "value")
        .unwrap();
    let fields = [
        ("over", "all"),
        ("act", "send"),
        ("kirim", "replaced"),
        ("seen", seen.as_str()),
    ];
    let sent = organiser.post(&format!("{list}/sekaligus"), &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 78);
    let mail = MessageParser::default().parse(&mails[77]).unwrap();
    let subject = mail.subject().unwrap();
    assert!(subject.starts_with("Surat undangan diganti"), "{subject}");
    let text = mail.body_text(0).unwrap();
    assert!(
        text.contains(&format!("menggantikan surat Nomor {old}")),
        "{text}"
    );
    assert!(!text.contains("Waktu atau tempat forum berubah"), "{text}");
    assert_eq!(missing(&app, demo.next, "replaced").await, None);
    let page = organiser.get(&list).await;
    assert!(!page.text().contains("masih memegang surat"));
}
