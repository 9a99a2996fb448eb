//! Promises of the door when much goes wrong at once: two tablets, no network, midnight, wrong people; and of the link
//! on the wall.

use rembuk::{
    attendance, forums,
    forums::{Forum, Group},
    invitations,
};
use serde_json::{Value, json};

use crate::{
    attendance::{ORGANISER, api, door, forum, guest, pdf_text, program, walk_in},
    support::{
        Browser, TestApp,
        races::{self, meet},
    },
};

/// Somebody who is invited to the forum of the harness.
pub async fn invited(app: &TestApp, forum: &Forum, addressee: &str) -> invitations::Recipient {
    invited_for(app, forum, addressee, 1).await
}

/// The same with an invitation for so many persons.
pub async fn invited_for(
    app: &TestApp,
    forum: &Forum,
    addressee: &str,
    quota: i32,
) -> invitations::Recipient {
    let tx = app.app.db.begin_write().await.unwrap();
    let fields = invitations::RecipientFields {
        phone: None,
        addressee: addressee.to_owned(),
        organisation: "Instansi Contoh".to_owned(),
        participant_group: Group::Stakeholders,
        quota,
        note: String::new(),
        email: None,
    };
    let one = invitations::add_recipient_in(&tx, &app.ctx(), forum, 1, fields)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    one
}

async fn present(app: &TestApp, forum: &Forum) -> Vec<attendance::Attendee> {
    attendance::present(&app.app.db, forum).await.unwrap()
}

fn with_mark(mut body: Value, client_id: &str) -> Value {
    body["client_id"] = json!(client_id);
    body
}

const MARK: &str = "0195a1c2-0000-7000-8000-000000000001";

#[tokio::test]
async fn what_a_tablet_sends_twice_arrives_once() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut program = program(&app, ORGANISER).await;
    let body = with_mark(guest("Tamu Contoh"), MARK);
    let first = api(&mut program, &forum, body.clone()).await;
    assert_eq!(first.status, 201, "{}", first.body);
    let second = api(&mut program, &forum, body).await;
    assert_eq!(second.status, 200, "{}", second.body);
    assert_eq!(first.json()["id"], second.json()["id"]);
    let other = with_mark(guest("Orang Lain"), MARK);
    let other = api(&mut program, &forum, other).await;
    assert_eq!(other.status, 409);
    assert_eq!(other.json()["code"], "client_id_used");
    assert_eq!(present(&app, &forum).await.len(), 1);
}

#[tokio::test]
async fn what_was_taken_back_does_not_return_when_the_tablet_sends_it_again() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut program = program(&app, ORGANISER).await;
    let body = with_mark(guest("Salah Orang"), MARK);
    api(&mut program, &forum, body.clone()).await;
    let row = present(&app, &forum).await.remove(0);
    let mut browser = app.sign_in(ORGANISER).await;
    browser.get(&door(&forum, "")).await;
    let (id, version) = (row.id.to_string(), row.version.to_string());
    let fields = [("row", id.as_str()), ("version", version.as_str())];
    browser.post(&door(&forum, "/batal"), &fields).await;
    let again = api(&mut program, &forum, body).await;
    assert_eq!(
        again.status, 409,
        "the tablet must not believe that they are in"
    );
    assert_eq!(again.json()["code"], "attendance.taken_back");
    assert!(present(&app, &forum).await.is_empty());
}

#[tokio::test]
async fn an_invitation_keeps_the_position_of_who_says_the_name_on_it() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let recipient = invited(&app, &forum, "Siti Contoh, Ketua RT 05").await;
    let mut program = program(&app, ORGANISER).await;
    let body = json!({ "recipient": recipient.id.to_string(), "name": "Siti Contoh" });
    let came = api(&mut program, &forum, body).await;
    assert_eq!(came.status, 201, "{}", came.body);
    assert_eq!(came.json()["name"], "Siti Contoh");
    assert_eq!(came.json()["position"], "Ketua RT 05");
}

#[tokio::test]
async fn two_tablets_with_the_same_person_make_one_row_and_both_are_told() {
    let app = races::app().await;
    let forum = forum(&app, "FKP-A").await;
    let recipient = invited(&app, &forum, "Kepala Instansi Contoh").await;
    let mut one = program(&app, ORGANISER).await;
    let mut other = program(&app, ORGANISER).await;
    let body = json!({ "recipient": recipient.id.to_string(), "name": "Karina Contoh" });
    let (first, second) = meet(
        &app,
        ("forum", forum.id.0),
        api(&mut one, &forum, body.clone()),
        api(&mut other, &forum, body),
    )
    .await;
    let mut both = [first.status, second.status];
    both.sort_unstable();
    assert_eq!(both, [201, 409], "{} {}", first.body, second.body);
    let told = if first.status == 409 { first } else { second };
    assert_eq!(told.json()["code"], "attendance.already_in");
    let detail = told.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("Karina Contoh") && detail.contains("10.00 WITA"));
    assert!(detail.contains(" oleh "), "says who let them in: {detail}");
    assert_eq!(present(&app, &forum).await.len(), 1);
}

#[tokio::test]
async fn a_clock_that_passes_midnight_does_not_stop_the_door() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut program = program(&app, ORGANISER).await;
    // From 10.00 to 00.20 of the next day in Samarinda.
    app.advance(chrono::Duration::minutes(14 * 60 + 20));
    let late = api(&mut program, &forum, guest("Tamu Malam")).await;
    assert_eq!(late.status, 201, "{}", late.body);
    let stage = forums::by_id(&app.app.db, forum.id).await.unwrap().stage;
    assert_eq!(stage, forums::Stage::Session);
    app.advance(chrono::Duration::hours(24));
    let refused = api(&mut program, &forum, guest("Tamu Besok")).await;
    assert_eq!(refused.status, 409);
    assert_eq!(refused.json()["code"], "attendance.not_today");
    // A tablet that was offline on the day says how long ago it was; nobody else comes any more.
    let mut waited = guest("Tamu Luring");
    waited["seconds_ago"] = json!(24 * 3600);
    assert_eq!(api(&mut program, &forum, waited).await.status, 201);
    let mut completed = guest("Tamu Susulan");
    completed["any_day"] = json!(true);
    let over = api(&mut program, &forum, completed).await;
    assert_eq!(over.json()["code"], "attendance.over", "{}", over.body);
    let mut browser = app.sign_in(ORGANISER).await;
    let late = walk_in(&mut browser, &forum, "Tamu Lusa", "users", "").await;
    assert_eq!(late.status, 422);
    assert!(
        late.texts(".summary")
            .join(" ")
            .contains("lembar daftar hadir")
    );
    // No form is offered that would be refused; a slip is still taken back.
    let page = browser.get(&door(&forum, "")).await;
    for (form, offered) in [("tamu", false), ("kode", false), ("batal", true)] {
        let found = page.attribute(&format!("form[action$='/{form}']"), "method");
        assert_eq!(found.is_some(), offered, "{form}");
    }
    let came = present(&app, &forum).await;
    let luring = came.iter().find(|row| row.name == "Tamu Luring").unwrap();
    let at = luring.checked_in_at.unwrap();
    assert_eq!(at, app.now() - chrono::Duration::hours(24));
}

#[tokio::test]
async fn a_withdrawn_invitation_is_refused_with_what_to_do() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let recipient = invited(&app, &forum, "Kepala Instansi Contoh").await;
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&door(&forum, "")).await;
    let made = organiser.post(&door(&forum, "/siapkan"), &[]).await;
    assert_eq!(made.status, 303);
    let page = organiser.get(&door(&forum, "")).await;
    let code = page.attribute("li[data-code]", "data-code").unwrap();
    invitations::remove_recipient(&app.ctx(), forum.id, recipient.id, 1)
        .await
        .unwrap();
    let page = organiser.get(&door(&forum, "")).await;
    assert!(page.texts("li[data-code]").is_empty(), "waits no longer");
    let mut program = program(&app, ORGANISER).await;
    let answer = api(&mut program, &forum, json!({ "code": code })).await;
    assert_eq!(answer.json()["code"], "attendance.withdrawn");
    assert!(answer.body.contains("sebagai tamu"), "{}", answer.body);
}

/// A form of the door as its module sends it.
pub async fn by_module(
    browser: &mut Browser<'_>,
    forum: &Forum,
    step: &str,
    fields: &[(&str, &str)],
) -> Value {
    browser.get(&door(forum, "")).await;
    let accept = ("accept".to_owned(), "application/json".to_owned());
    browser.headers.push(accept);
    let answer = browser.post(&door(forum, step), fields).await;
    browser.headers.pop();
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

#[tokio::test]
async fn the_page_that_was_offline_is_told_what_became_of_each() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    let fields = [
        ("name", "Tamu Contoh"),
        ("group", "users"),
        ("client_id", MARK),
        ("seconds_ago", "600"),
    ];
    for outcome in ["in", "again"] {
        let told = by_module(&mut browser, &forum, "/tamu", &fields).await;
        assert_eq!(told["outcome"], outcome);
    }
    let row = present(&app, &forum).await.remove(0);
    let ten_minutes = chrono::Duration::minutes(10);
    assert_eq!(row.checked_in_at.unwrap(), app.now() - ten_minutes);
    let code = row.check_in_code.as_str();
    let told = by_module(&mut browser, &forum, "/kode", &[("code", code)]).await;
    assert_eq!(told["code"], "attendance.already_in");
    assert!(told["message"].as_str().unwrap().contains("09.50 WITA"));
    let told = by_module(&mut browser, &forum, "/tamu", &[("name", "<b>x</b>")]).await;
    assert_eq!(told["outcome"], "invalid");
    let gone = [("row", "00000000-0000-0000-0000-000000000000")];
    let told = by_module(&mut browser, &forum, "/masuk", &gone).await;
    assert_eq!(told["outcome"], "refused");
}

#[tokio::test]
async fn only_the_door_may_ask_for_the_camera() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    let page = browser.get(&door(&forum, "")).await;
    assert!(page.header("permissions-policy").contains("camera=(self)"));
    for other in ["/kerja/forum", "/", &door(&forum, "/mandiri")] {
        let page = browser.get(other).await;
        assert!(page.header("permissions-policy").contains("camera=()"));
    }
}

#[tokio::test]
async fn the_head_count_is_told_by_group_as_people_come() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    invited(&app, &forum, "Kepala Instansi Contoh").await;
    let mut browser = app.sign_in(ORGANISER).await;
    walk_in(&mut browser, &forum, "Tamu Contoh", "users", "").await;
    let live = browser.get(&door(&forum, "/terkini")).await;
    let text = live.text();
    assert!(text.contains("1 hadir · 1 diundang · 1 tamu"), "{text}");
    assert!(text.contains("Tamu Contoh"), "{text}");
    assert!(!live.body.contains("<html"), "a part of the page");
    assert!(live.attribute("#terkini", "hx-get").is_some());
    // The office's own people are no guests, whoever typed them at the door.
    walk_in(&mut browser, &forum, "Panitia Contoh", "organiser", "").await;
    let live = browser.get(&door(&forum, "/terkini")).await;
    let text = live.text();
    assert!(text.contains("2 hadir · 1 diundang · 1 tamu"), "{text}");
    let how = live.texts("span.sub");
    let guests = how.iter().filter(|line| line.contains(" · tamu, "));
    assert_eq!(guests.count(), 1, "{how:?}");
}

/// The link on the wall, switched on.
pub async fn wall(app: &TestApp, forum: &Forum) -> String {
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&door(forum, "/mandiri")).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let switched = organiser
        .post(
            &door(forum, "/mandiri"),
            &[("version", &version), ("on", "true")],
        )
        .await;
    assert_eq!(switched.status, 303, "{}", switched.body);
    let second = organiser
        .post(
            &door(forum, "/mandiri"),
            &[("version", &version), ("on", "")],
        )
        .await;
    assert_eq!(second.status, 409, "the second organiser is told");
    let url = page.attribute(".poster-url a", "href").unwrap();
    url[url.find("/hadir/").unwrap()..].to_owned()
}

#[tokio::test]
async fn whoever_reads_the_poster_checks_in_by_themselves() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    invited(&app, &forum, "Kepala Instansi Contoh").await;
    let link = wall(&app, &forum).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let poster = organiser.get(&door(&forum, "/mandiri.pdf")).await;
    let words = pdf_text(&poster.bytes);
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        link.as_str(),
        forum.title.as_str(),
        "Pindai untuk mencatat kehadiran Anda",
    ] {
        assert!(flat.contains(part), "{part}: {flat}");
    }
    organiser.get(&door(&forum, "")).await;
    organiser.post(&door(&forum, "/siapkan"), &[]).await;
    let page = organiser.get(&door(&forum, "")).await;
    let code = page.attribute("li[data-code]", "data-code").unwrap();
    let mut telephone = app.browser();
    let page = telephone.get(&format!("{link}?kode={code}")).await;
    assert_eq!(page.attribute("#f-code", "value").unwrap(), code);
    let unnamed = telephone
        .post(&format!("{link}/kode"), &[("code", &code)])
        .await;
    assert_eq!(unnamed.status, 422, "an office has no name");
    assert!(unnamed.text().contains("Tulis nama Anda sendiri"));
    assert!(present(&app, &forum).await.is_empty());
    let mine = [
        ("code", code.as_str()),
        ("who_name", "Karina Contoh"),
        ("who_position", "Analis"),
    ];
    let welcome = telephone.post(&format!("{link}/kode"), &mine).await;
    assert_eq!(welcome.status, 200, "{}", welcome.text());
    assert!(welcome.text().contains("Selamat datang, Karina Contoh."));
    telephone.get(&link).await;
    let again = telephone.post(&format!("{link}/kode"), &mine).await;
    assert_eq!(again.status, 200, "nothing is wrong for who taps twice");
    assert!(again.text().contains("secara mandiri"), "{}", again.text());
    let name = [
        ("name", "Tamu Mandiri"),
        ("organisation", "RT 05"),
        ("group", "users"),
    ];
    let welcome = telephone.post(&format!("{link}/nama"), &name).await;
    assert!(welcome.text().contains("Selamat datang, Tamu Mandiri."));
    let rows = present(&app, &forum).await;
    assert_eq!(rows.len(), 2);
    let by_themselves = Some(attendance::Method::SelfService);
    assert!(rows.iter().all(|row| row.method == by_themselves));
}

#[tokio::test]
async fn nobody_makes_themselves_one_of_the_organisers_people_at_the_wall() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let link = wall(&app, &forum).await;
    let mut telephone = app.browser();
    let page = telephone.get(&link).await;
    assert!(!page.body.contains("value=\"organiser\""), "not offered");
    let name = [
        ("name", "Orang Asing Contoh"),
        ("position", "Kepala Dinas"),
        ("group", "organiser"),
    ];
    let refused = telephone.post(&format!("{link}/nama"), &name).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("didaftarkan oleh petugas"));
    let kept = refused.attribute("#f-name", "value").unwrap();
    assert_eq!(kept, "Orang Asing Contoh");
    assert!(present(&app, &forum).await.is_empty());
}

#[tokio::test]
async fn whoever_is_invited_is_the_same_person_at_the_wall_however_the_name_is_typed() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let recipient = invited(&app, &forum, "Jos\u{e9} Contoh, Ketua RT 05").await;
    let link = wall(&app, &forum).await;
    let mut telephone = app.browser();
    telephone.get(&link).await;
    for name in ["jose contoh", "Jos\u{e9} Contoh"] {
        let fields = [("name", name), ("group", "users")];
        let welcome = telephone.post(&format!("{link}/nama"), &fields).await;
        assert_eq!(welcome.status, 200, "{}", welcome.text());
    }
    let rows = present(&app, &forum).await;
    assert_eq!(rows.len(), 1, "one person, one row");
    assert_eq!(rows[0].recipient_id, Some(recipient.id.0));
    assert_eq!(rows[0].participant_group, Group::Stakeholders);
}

#[tokio::test]
async fn the_link_on_the_wall_works_on_the_day_and_while_it_is_switched_on() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let name = [("name", "Tamu Mandiri"), ("group", "users")];
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&door(&forum, "/mandiri")).await;
    let url = page.attribute(".poster-url a", "href").unwrap();
    let link = url[url.find("/hadir/").unwrap()..].to_owned();
    let mut telephone = app.browser();
    let closed = telephone.get(&link).await;
    assert!(closed.text().contains("sedang tidak dinyalakan"));
    assert!(closed.texts("form[action^='/hadir']").is_empty());
    // A form that was open when the organiser switched it off.
    telephone.get("/kontak").await;
    telephone.get("/masuk").await;
    let refused = telephone.post(&format!("{link}/nama"), &name).await;
    assert_eq!(refused.status, 422);
    assert_eq!(wall(&app, &forum).await, link);
    app.advance(chrono::Duration::hours(48));
    let over = telephone.get(&link).await;
    assert!(
        over.text()
            .contains("Forum ini diadakan Selasa, 17 Maret 2026")
    );
    telephone.get("/masuk").await;
    let refused = telephone.post(&format!("{link}/nama"), &name).await;
    assert_eq!(refused.status, 422);
    assert!(present(&app, &forum).await.is_empty());
    assert_eq!(telephone.get("/hadir/ZZZZZZ").await.status, 404);
}

#[tokio::test]
async fn guessing_codes_at_the_wall_ends_soon() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let link = wall(&app, &forum).await;
    let mut telephone = app.browser();
    telephone.get(&link).await;
    let mut last = 0;
    for number in 0..110 {
        let code = format!("QQ{number:04}");
        let answer = telephone
            .post(&format!("{link}/kode"), &[("code", &code)])
            .await;
        last = answer.status;
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn an_invitation_shows_the_code_that_the_door_takes() {
    let app = TestApp::new().await;
    let demo = rembuk::demo::load_forums(&app.ctx()).await.unwrap();
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let one = invitations::recipients(&app.app.db, &forum)
        .await
        .unwrap()
        .remove(0);
    let url = invitations::answer_url(&app.app, &one).unwrap();
    let link = url[url.find("/undangan/").unwrap()..].to_owned();
    let mut guest = app.browser();
    let page = guest.get(&link).await;
    let picture = page.attribute(".entry-code img", "src").unwrap();
    let drawing = guest.get(&picture).await;
    assert_eq!(drawing.header("content-type"), "image/svg+xml");
    let card = guest.get(&format!("{link}/kartu")).await;
    let code = card.texts(".poster-code").remove(0).replace(' ', "");
    let png = guest.get(&format!("{link}/kode.png")).await;
    assert!(image::load_from_memory(&png.bytes).is_ok());
    let mut program = program(&app, ORGANISER).await;
    let body = json!({ "code": code, "any_day": true, "name": "Karina Contoh" });
    let came = api(&mut program, &forum, body).await;
    assert_eq!(came.status, 201, "{}", came.body);
    assert_eq!(came.json()["name"], "Karina Contoh");
    let card = guest.get(&format!("{link}/kartu")).await;
    assert!(card.text().contains("Anda sudah tercatat hadir"));
    let wrong = guest.get("/undangan/bukan-tautan/kartu").await;
    assert_eq!(wrong.status, 404);
    app.forget_jobs().await;
}
