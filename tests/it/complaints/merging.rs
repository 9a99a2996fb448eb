//! A merge into a complaint that has its answer: a letter written to one citizen reaches no other unless an officer read
//! it and chose so, and undoing a merge takes it back.

use poem::http::Method;
use serde_json::json;

use super::{
    moves::{api, citizen},
    *,
};

const ANSWER: &str = "KTP-el sudah dapat diambil di loket 2.";

async fn seen(app: &TestApp, number: &str) -> serde_json::Value {
    let mut officer = program(app, OFFICER).await;
    let path = format!("/api/v1/complaints/{number}");
    officer.api(Method::GET, &path, None).await.json()
}

async fn status_page(app: &TestApp, of: &Filed) -> String {
    let mut citizen = citizen(app, of).await;
    citizen.get("/pengaduan/status").await.text()
}

async fn field_of(page: &Answer, name: &str) -> String {
    page.attribute(&format!("input[name={name}]"), "value")
        .unwrap_or_default()
}

#[tokio::test]
async fn an_officer_reads_both_cases_before_a_merge_and_nothing_goes_out_by_itself() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    answered(&app, &main).await;
    let late = filed(&app, false, false).await;
    let number = &late.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&case).await;
    let version = field_of(&page, "version").await;
    let mails = app.mails().len();
    // The tail is enough here: what it names is shown.
    let fields = [
        ("version", version.as_str()),
        ("reject_reason", "duplicate"),
        ("reject_main", "1"),
    ];
    let asked = officer.post(&format!("{case}/tolak"), &fields).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    assert_eq!(field_of(&asked, "main").await, main);
    assert!(asked.text().contains(ANSWER), "{}", asked.text());
    let chosen = asked.attribute("input[name=reply][checked]", "value");
    assert_eq!(chosen.as_deref(), Some("next"));
    assert_eq!(seen(&app, number).await["merged"], false, "only asked");
    let version = field_of(&asked, "version").await;
    let fields = [
        ("version", version.as_str()),
        ("main", &main),
        ("reply", "next"),
    ];
    let merged = officer.post(&format!("{case}/gabung"), &fields).await;
    assert_eq!(merged.status, 303, "{}", merged.text());
    app.run_jobs().await;
    assert!(
        app.mails().len() > mails,
        "the citizen is told of the merge"
    );
    assert_eq!(seen(&app, number).await["merged"], true);
    let page = status_page(&app, &late).await;
    assert!(!page.contains(ANSWER), "{page}");
    assert!(page.contains("ditangani bersama pengaduan lain"), "{page}");
}

#[tokio::test]
async fn who_follows_an_answered_case_is_taken_up_when_that_one_is_closed() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    answered(&app, &main).await;
    let late = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let merged = api(&mut officer, &late, "merge", json!({ "main": main })).await;
    assert_eq!(merged.json()["merged"], true, "{}", merged.body);
    let closed = api(&mut officer, &main, "close", json!({})).await;
    assert_eq!(closed.status, 200, "{}", closed.body);
    let freed = seen(&app, &late).await;
    assert_eq!(
        freed["status"], "reopened",
        "nobody waits for what never comes"
    );
    assert_eq!(freed["merged"], false);
    app.run_jobs().await;
}

#[tokio::test]
async fn into_a_closed_case_something_has_to_be_chosen() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    answered(&app, &main).await;
    let mut officer = program(&app, OFFICER).await;
    api(&mut officer, &main, "close", json!({})).await;
    let late = filed(&app, false, false).await;
    let number = &late.complaint.number;
    let mut desk = app.sign_in(OFFICER).await;
    let page = desk
        .get(&format!("/kerja/pengaduan/{number}/gabung?ke={main}"))
        .await;
    assert!(
        page.attribute("input[name=reply][checked]", "value")
            .is_none()
    );
    for body in [
        json!({ "main": main }),
        json!({ "main": main, "reply": "next" }),
        json!({ "main": main, "reply": "yes" }),
        json!({ "main": main, "reply": "same", "answer": "Kata yang tidak akan terkirim." }),
        json!({ "main": main, "reply": "own", "answer": "ok." }),
        json!({ "main": main, "reply": "own", "answer": "Yth. {nama_siapa}, sudah selesai." }),
    ] {
        let refused = api(&mut officer, number, "merge", body.clone()).await;
        assert_eq!(refused.status, 422, "{body}: {}", refused.body);
    }
    let own =
        json!({ "main": main, "reply": "own", "answer": "Berkas {nomor} diambil di loket 4." });
    let merged = api(&mut officer, number, "merge", own).await;
    assert_eq!(merged.json()["status"], "answered", "{}", merged.body);
    app.run_jobs().await;
    let page = status_page(&app, &late).await;
    let text = format!("Berkas {number} diambil di loket 4.");
    assert!(page.contains(&text), "{page}");
    assert!(!page.contains(ANSWER), "{page}");
}

#[tokio::test]
async fn the_answer_that_was_chosen_is_judged_by_the_day_its_citizen_got_it() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    answered(&app, &main).await;
    let late = filed(&app, false, false).await.complaint.number;
    app.advance(chrono::Duration::days(12));
    let mut officer = program(&app, OFFICER).await;
    let same = json!({ "main": main, "reply": "same" });
    let merged = api(&mut officer, &late, "merge", same).await;
    assert_eq!(merged.status, 200, "{}", merged.body);
    let path = format!("/api/v1/complaints/{late}/deadline");
    let clocks = officer.api(Method::GET, &path, None).await;
    assert!(clocks.body.contains("out_of_time"), "{}", clocks.body);
    app.run_jobs().await;
}

#[tokio::test]
async fn undoing_a_merge_takes_the_answer_of_the_other_back_and_the_main_one_says_that_it_left() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    answered(&app, &main).await;
    let late = filed(&app, false, false).await;
    let number = &late.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let same = json!({ "main": main, "reply": "same" });
    api(&mut officer, number, "merge", same).await;
    app.run_jobs().await;
    assert!(status_page(&app, &late).await.contains(ANSWER));
    let reason = json!({ "text": "Ternyata masalah yang berbeda" });
    let again = api(&mut officer, number, "reopen", reason).await;
    assert_eq!(again.json()["status"], "reopened", "{}", again.body);
    app.run_jobs().await;
    let told = app.mails().iter().any(|mail| {
        let mail = mail_parser::MessageParser::default().parse(mail.as_slice());
        let subject = mail.and_then(|mail| mail.subject().map(str::to_owned));
        subject
            .is_some_and(|told| told.contains("milik pengaduan") && told.contains(number.as_str()))
    });
    assert!(told, "the citizen hears that the answer was another's");
    let page = status_page(&app, &late).await;
    assert!(!page.contains(ANSWER), "{page}");
    assert!(
        !page.contains("Jawaban sebelumnya belum membantu"),
        "{page}"
    );
    assert!(page.contains("ditulis untuk pengaduan lain"), "{page}");
    let mut desk = app.sign_in(OFFICER).await;
    let trail = desk.get(&format!("/kerja/pengaduan/{main}")).await.text();
    let left = format!("Pengaduan {number} tidak lagi digabungkan ke sini");
    assert!(trail.contains(&left), "{trail}");
    // The clock of its first answer runs on as if there had been none.
    let path = format!("/api/v1/complaints/{number}/deadline");
    let clocks = officer.api(Method::GET, &path, None).await;
    assert!(!clocks.body.contains("in_time"), "{}", clocks.body);
}

async fn merged_as(app: &TestApp, number: &str, main: &str, reply: &str) {
    let mut officer = program(app, OFFICER).await;
    let body = json!({ "main": main, "reply": reply });
    let merged = api(&mut officer, number, "merge", body).await;
    assert_eq!(merged.status, 200, "{}", merged.body);
    app.run_jobs().await;
}

async fn undone(app: &TestApp, number: &str) -> serde_json::Value {
    let mut officer = program(app, OFFICER).await;
    let reason = json!({ "text": "Ternyata masalah yang berbeda" });
    let again = api(&mut officer, number, "reopen", reason).await;
    assert_eq!(again.json()["status"], "reopened", "{}", again.body);
    app.run_jobs().await;
    again.json()
}

#[tokio::test]
async fn who_waited_in_a_case_that_is_merged_into_a_closed_one_is_taken_up_by_itself() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    let middle = filed(&app, false, false).await.complaint.number;
    let waits = filed(&app, false, false).await.complaint.number;
    merged_as(&app, &waits, &middle, "next").await;
    answered(&app, &main).await;
    let mut officer = program(&app, OFFICER).await;
    let closed = api(&mut officer, &main, "close", json!({})).await;
    assert_eq!(closed.status, 200, "{}", closed.body);
    let mails = app.mails().len();
    merged_as(&app, &middle, &main, "same").await;
    assert_eq!(seen(&app, &middle).await["status"], "answered");
    let freed = seen(&app, &waits).await;
    assert_eq!(freed["status"], "reopened", "no answer would ever come");
    assert_eq!(freed["merged"], false);
    let told = app.mails()[mails..].iter().any(|mail| {
        let mail = String::from_utf8_lossy(mail);
        mail.contains(EMAIL) && mail.contains(waits.as_str())
    });
    assert!(told, "the citizen is told");
}

#[tokio::test]
async fn undoing_a_second_merge_does_not_revive_the_answer_that_was_taken_back_before() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    answered(&app, &main).await;
    let late = filed(&app, false, false).await.complaint.number;
    for _ in 0..2 {
        app.advance(chrono::Duration::hours(1));
        merged_as(&app, &late, &main, "same").await;
        app.advance(chrono::Duration::hours(1));
        let again = undone(&app, &late).await;
        assert!(again["answered_at"].is_null(), "{again}");
    }
}

#[tokio::test]
async fn an_answer_that_was_given_to_both_stays_when_one_is_opened_again() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    let other = filed(&app, false, false).await;
    let number = &other.complaint.number;
    merged_as(&app, number, &main, "next").await;
    app.advance(chrono::Duration::hours(1));
    answered(&app, &main).await;
    app.advance(chrono::Duration::hours(1));
    let again = undone(&app, number).await;
    assert!(!again["answered_at"].is_null(), "{again}");
    let page = status_page(&app, &other).await;
    assert!(page.contains(ANSWER), "{page}");
    assert!(!page.contains("ditulis untuk pengaduan lain"), "{page}");
}
