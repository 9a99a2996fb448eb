//! Promises of the door: everybody comes in once, a guest is welcome, a mistake is undone, and nobody's
//! telephone number is public.

use poem::http::Method;
use rembuk::{
    access::{create_token, person_by_email},
    attendance, forums,
    forums::{Concept, Forum, ForumFields, ForumScope, Group, Mode},
    organisation,
};
use serde_json::{Value, json};

use crate::support::{Browser, TestApp, browser::Answer};

pub const ORGANISER: &str = "penyelenggara.kaltim@rembuk.example";
pub const HANDLER: &str = "piak.kaltim@rembuk.example";
pub const STRANGER: &str = "petugas.sulsel@rembuk.example";

/// A forum of the Kaltim office on the day of the harness; a draft at which nothing was said yet.
pub async fn draft(app: &TestApp, code: &str) -> Forum {
    let ctx = app.ctx();
    let unit = organisation::unit_by_code(&app.app.db, "disdukcapil-kaltim")
        .await
        .unwrap();
    let fields = ForumFields {
        code: code.to_owned(),
        title: format!("Forum {code}"),
        theme: "Pelayanan yang jelas".to_owned(),
        scope: ForumScope::StandardDrafting,
        mode: Mode::FaceToFace,
        date: "2026-03-17".parse().unwrap(),
        starts: "08:00:00".parse().unwrap(),
        ends: Some("13:00:00".parse().unwrap()),
        more_days: Vec::new(),
        venue_name: "Hotel Contoh".to_owned(),
        venue_room: "Ruang Satu".to_owned(),
        venue_address: "Jalan Contoh 1, Samarinda".to_owned(),
        target: "Kesepakatan bersama".to_owned(),
        concept: Concept::default(),
    };
    let tx = app.app.db.begin_write().await.unwrap();
    let forum = forums::create(&tx, &ctx, unit.id, fields, None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    forum
}

/// The same with two inputs.
pub async fn forum(app: &TestApp, code: &str) -> Forum {
    let forum = draft(app, code).await;
    let ctx = app.ctx();
    let tx = app.app.db.begin_write().await.unwrap();
    for text in ["Umumkan persyaratan di laman", "Petugas lebih ramah"] {
        forums::add_input(&tx, &ctx, &forum, Group::Media, None, text.to_owned())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    forum
}

pub fn door(forum: &Forum, step: &str) -> String {
    format!("/kerja/forum/{}/kehadiran{step}", forum.id)
}

/// Adds somebody at the door.
pub async fn walk_in(
    browser: &mut Browser<'_>,
    forum: &Forum,
    name: &str,
    group: &str,
    phone: &str,
) -> Answer {
    browser.get(&door(forum, "")).await;
    let fields = [
        ("name", name),
        ("position", "Anggota"),
        ("organisation", "Organisasi Contoh"),
        ("group", group),
        ("phone", phone),
    ];
    browser.post(&door(forum, "/tamu"), &fields).await
}

pub async fn program<'a>(app: &'a TestApp, email: &str) -> Browser<'a> {
    let person = person_by_email(&app.app.db, email).await.unwrap().unwrap();
    let token = create_token(&app.ctx(), person, "uji", true).await.unwrap();
    let mut program = app.browser();
    let header = ("authorization".into(), format!("Bearer {token}"));
    program.headers.push(header);
    program
}

pub async fn api(program: &mut Browser<'_>, forum: &Forum, body: Value) -> Answer {
    let path = format!("/api/v1/forums/{}/check-ins", forum.id);
    program.api(Method::POST, &path, Some(body)).await
}

pub fn guest(name: &str) -> Value {
    json!({"walk_in": {"name": name, "position": "Warga", "group": "users", "phone": "0800-0000-0071"}})
}

#[tokio::test]
async fn a_guest_without_invitation_is_let_in_and_counted() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    let answer = walk_in(
        &mut browser,
        &forum,
        "Tamu Contoh",
        "users",
        "0800-0000-0071",
    )
    .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = browser.follow(&answer).await.text();
    assert!(page.contains("Tamu Contoh tercatat hadir"), "{page}");
    assert!(page.contains("1 hadir · 0 diundang · 1 tamu"), "{page}");
    let summary = attendance::summary(&app.app.db, &forum).await.unwrap();
    assert_eq!((summary.present, summary.walk_ins), (1, 1));
    let stage = forums::by_id(&app.app.db, forum.id).await.unwrap().stage;
    assert_eq!(stage, forums::Stage::Session);
}

#[tokio::test]
async fn checking_in_twice_is_refused_with_the_time_of_the_first() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    walk_in(&mut browser, &forum, "Tamu Contoh", "users", "").await;
    app.advance(chrono::Duration::minutes(12));
    let again = walk_in(&mut browser, &forum, " tamu  contoh", "users", "").await;
    assert_eq!(again.status, 422);
    let text = again.texts(".summary").join(" ");
    assert!(
        text.contains("sudah tercatat hadir pukul 10.00 WITA"),
        "{text}"
    );
    let mut program = program(&app, ORGANISER).await;
    let code = attendance::present(&app.app.db, &forum).await.unwrap()[0]
        .check_in_code
        .clone();
    let answer = api(&mut program, &forum, json!({ "code": code })).await;
    assert_eq!(answer.status, 409);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["code"], "attendance.already_in");
    assert!(problem["detail"].as_str().unwrap().contains("10.00 WITA"));
    let rows = attendance::present(&app.app.db, &forum).await.unwrap();
    assert_eq!(rows.len(), 1);
}

#[tokio::test]
async fn a_code_of_another_forum_and_an_unknown_code_are_told_apart() {
    let app = TestApp::new().await;
    let (one, other) = (forum(&app, "FKP-A").await, forum(&app, "FKP-B").await);
    let mut program = program(&app, ORGANISER).await;
    let made = api(&mut program, &one, guest("Tamu Contoh")).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let code = made.json()["code"].as_str().unwrap().to_owned();
    let answer = api(&mut program, &other, json!({ "code": code.to_lowercase() })).await;
    assert_eq!(answer.status, 409);
    assert_eq!(answer.json()["code"], "attendance.other_forum");
    assert!(answer.body.contains("Forum FKP-A"), "{}", answer.body);
    let answer = api(&mut program, &other, json!({ "code": "ZZZZZZ" })).await;
    assert_eq!(answer.json()["code"], "attendance.unknown_code");
    let mut browser = app.sign_in(ORGANISER).await;
    browser.get(&door(&other, "")).await;
    let page = browser
        .post(&door(&other, "/kode"), &[("code", &code)])
        .await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("Kode ini untuk forum lain"));
}

#[tokio::test]
async fn a_mistake_is_taken_back_and_the_second_volunteer_is_told() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    walk_in(&mut browser, &forum, "Salah Orang", "media", "").await;
    let row = attendance::present(&app.app.db, &forum)
        .await
        .unwrap()
        .remove(0);
    browser.get(&door(&forum, "")).await;
    let (id, version) = (row.id.to_string(), row.version.to_string());
    let fields = [("row", id.as_str()), ("version", version.as_str())];
    let answer = browser.post(&door(&forum, "/batal"), &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(
        attendance::present(&app.app.db, &forum)
            .await
            .unwrap()
            .is_empty()
    );
    let page = browser.get(&door(&forum, "")).await.text();
    assert!(page.contains("dibatalkan pukul 10.00 WITA oleh"), "{page}");
    let second = browser.post(&door(&forum, "/batal"), &fields).await;
    assert_eq!(second.location(), door(&forum, ""), "not in any more");
    // Back again by the code on the name tag, then undone with what the first page said.
    let page = browser.get(&door(&forum, "")).await.text();
    assert!(page.contains("Salah Orang belum tercatat hadir"), "{page}");
    let code = [("code", row.check_in_code.as_str())];
    assert_eq!(
        browser.post(&door(&forum, "/kode"), &code).await.status,
        303
    );
    let stale = browser.post(&door(&forum, "/batal"), &fields).await;
    assert_eq!(stale.status, 409);
    assert_eq!(
        attendance::present(&app.app.db, &forum)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_handler_looks_and_another_office_sees_nothing() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut handler = app.sign_in(HANDLER).await;
    let page = handler.get(&door(&forum, "")).await;
    assert_eq!(page.status, 200);
    assert!(page.texts("form[action$=tamu]").is_empty());
    let answer = walk_in(&mut handler, &forum, "Tamu Contoh", "users", "").await;
    assert_eq!(answer.status, 403);
    let list = format!("/kerja/forum/{}/daftar-hadir.pdf", forum.id);
    assert_eq!(handler.get(&list).await.status, 403);
    let mut program = program(&app, HANDLER).await;
    assert_eq!(api(&mut program, &forum, guest("Tamu")).await.status, 403);
    let mut stranger = app.sign_in(STRANGER).await;
    assert_eq!(stranger.get(&door(&forum, "")).await.status, 404);
    let mut nobody = app.browser();
    assert_eq!(api(&mut nobody, &forum, guest("Tamu")).await.status, 401);
}

#[tokio::test]
async fn hostile_and_incomplete_input_at_the_door_leaves_nothing() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    for (name, group, phone) in [
        ("", "users", ""),
        ("<script>alert(1)</script>", "users", ""),
        ("=cmd|' /C calc'!A0", "users", ""),
        ("Nama\u{7}Palsu", "users", ""),
        ("Tamu Contoh", "", ""),
        ("Tamu Contoh", "raja", ""),
        ("Tamu Contoh", "users", "bukan nomor"),
    ] {
        let answer = walk_in(&mut browser, &forum, name, group, phone).await;
        assert_eq!(answer.status, 422, "{name} {group} {phone}");
        assert!(!answer.texts(".summary li").is_empty());
    }
    let mut program = program(&app, ORGANISER).await;
    for body in [
        json!({}),
        json!({"code": "ABC234", "attendance": uuid::Uuid::nil()}),
        json!({"walk_in": {"name": "<b>x</b>", "group": "users"}}),
    ] {
        let answer = api(&mut program, &forum, body).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
    }
    let unknown = json!({"recipient": uuid::Uuid::nil()});
    assert_eq!(api(&mut program, &forum, unknown).await.status, 404);
    let summary = attendance::summary(&app.app.db, &forum).await.unwrap();
    assert_eq!((summary.present, summary.walk_ins), (0, 0));
}

#[tokio::test]
async fn the_internal_list_has_telephone_numbers_and_the_public_one_has_none() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    walk_in(
        &mut browser,
        &forum,
        "Tamu Contoh",
        "users",
        "0800-0000-0071",
    )
    .await;
    let base = format!("/kerja/forum/{}", forum.id);
    for (path, number, absent) in [
        ("/daftar-hadir.pdf", "0800-0000-0071", "••"),
        ("/daftar-hadir-umum.pdf", "0800-••••-••71", "0800-0000-0071"),
    ] {
        let answer = browser.get(&format!("{base}{path}")).await;
        assert_eq!(answer.status, 200);
        let text = pdf_text(&answer.bytes);
        assert!(text.contains("Tamu Contoh"), "{text}");
        assert!(text.contains(number) && !text.contains(absent), "{text}");
    }
    let stored: Vec<_> = attendance::present(&app.app.db, &forum).await.unwrap();
    let sealed = String::from_utf8_lossy(stored[0].phone.as_ref().unwrap()).into_owned();
    assert!(!sealed.contains("0071"), "the number is sealed at rest");
}

/// The words of a PDF, by the tool that readers' helpers use.
pub fn pdf_text(bytes: &[u8]) -> String {
    let file = std::env::temp_dir().join(format!("rembuk-test-{}.pdf", uuid::Uuid::now_v7()));
    std::fs::write(&file, bytes).unwrap();
    let output = std::process::Command::new("pdftotext")
        .args(["-layout", file.to_str().unwrap(), "-"])
        .output()
        .unwrap();
    std::fs::remove_file(&file).unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}
