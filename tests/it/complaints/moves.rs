//! The moves: each through the front door, refused out of order, by the wrong role, and by the second of two.

use poem::http::Method;
use serde_json::{Value, json};

use super::{history::passed, *};
use crate::support::{
    Answer,
    races::{self, meet},
};

pub async fn api(who: &mut Browser<'_>, number: &str, what: &str, body: Value) -> Answer {
    let path = format!("/api/v1/complaints/{number}/{what}");
    who.api(Method::POST, &path, Some(body)).await
}

/// A citizen with the status page open.
pub async fn citizen<'a>(app: &'a TestApp, filed: &Filed) -> Browser<'a> {
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let opened = citizen
        .post(
            "/lacak",
            &[("number", &filed.complaint.number), ("code", &filed.code)],
        )
        .await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    citizen.follow(&opened).await;
    citizen
}

#[tokio::test]
async fn what_is_missing_is_asked_for_and_the_answer_brings_the_complaint_back() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let number = &filed.complaint.number;
    assigned(&app, number, "fasilitasi").await;
    let mut handler = program(&app, HANDLER).await;
    let words = "Mohon tanggal perekaman dan nomor antrean.";
    let asked = api(
        &mut handler,
        number,
        "request-completion",
        json!({ "text": words }),
    )
    .await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    assert_eq!(asked.json()["status"], "incomplete");
    app.run_jobs().await;
    let mail = String::from_utf8_lossy(app.mails().last().unwrap()).into_owned();
    assert!(mail.contains(EMAIL) && !mail.contains("antrean"), "{mail}");
    let mut citizen = citizen(&app, &filed).await;
    let page = citizen.get("/pengaduan/status").await;
    assert!(page.text().contains(words), "{}", page.text());
    let sent = citizen
        .post(
            "/pengaduan/status/pesan",
            &[("text", "Tanggal 2 Maret, nomor 14.")],
        )
        .await;
    assert_eq!(sent.status, 303);
    app.run_jobs().await;
    let mail = String::from_utf8_lossy(app.mails().last().unwrap()).into_owned();
    assert!(mail.contains(HANDLER), "who works on it is told: {mail}");
    assert_eq!(
        passed(&app, number).await[3..],
        [
            "request_completion assigned>incomplete",
            "complete incomplete>assigned"
        ]
    );
}

#[tokio::test]
async fn a_move_out_of_order_is_refused_with_a_stable_code_and_changes_nothing() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    for (what, body) in [
        ("close", json!({})),
        ("reopen", json!({ "text": "Ternyata belum selesai" })),
    ] {
        let refused = api(&mut officer, &number, what, body).await;
        assert_eq!(refused.status, 422, "{what}: {}", refused.body);
        assert_eq!(refused.json()["code"], "complaint.transition", "{what}");
    }
    assert_eq!(passed(&app, &number).await, ["receive >received"]);
}

#[tokio::test]
async fn a_handler_may_work_on_a_case_but_not_decide_its_end() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let mut handler = program(&app, HANDLER).await;
    for (what, body) in [
        ("verify", json!({})),
        ("close", json!({})),
        (
            "reject",
            json!({ "reason": "unclear", "text": "Tidak jelas sama sekali" }),
        ),
        ("forward", json!({ "body": "Instansi Contoh" })),
        ("withdraw", json!({ "text": "Lewat telepon" })),
        ("merge", json!({ "main": "ADU-2026-000009" })),
        ("reopen", json!({ "text": "Belum selesai" })),
    ] {
        let refused = api(&mut handler, &number, what, body).await;
        assert_eq!(refused.status, 403, "{what}: {}", refused.body);
    }
    let started = api(&mut handler, &number, "start", json!({})).await;
    assert_eq!(started.json()["status"], "in_progress");
}

#[tokio::test]
async fn a_refused_and_a_forwarded_complaint_say_why_and_where_to_go() {
    let app = TestApp::new().await;
    let mut officer = program(&app, OFFICER).await;
    let unclear = filed(&app, false, false).await;
    let bare = api(
        &mut officer,
        &unclear.complaint.number,
        "reject",
        json!({ "reason": "unclear" }),
    )
    .await;
    assert_eq!(bare.status, 422, "a refusal without words is none");
    assert_eq!(bare.json()["errors"][0]["field"], "text");
    let why = "Kami tidak menemukan layanan yang dimaksud.";
    let body = json!({ "reason": "unclear", "text": why });
    let refused = api(&mut officer, &unclear.complaint.number, "reject", body).await;
    assert_eq!(refused.json()["status"], "rejected", "{}", refused.body);
    let page = citizen(&app, &unclear).await.get("/pengaduan/status").await;
    assert!(page.text().contains(why));
    let elsewhere = filed(&app, false, false).await;
    let body = json!({ "body": "Dinas Contoh Lain", "text": "Hubungi loket mereka." });
    let forwarded = api(&mut officer, &elsewhere.complaint.number, "forward", body).await;
    assert_eq!(forwarded.json()["status"], "out_of_authority");
    let page = citizen(&app, &elsewhere)
        .await
        .get("/pengaduan/status")
        .await;
    assert!(page.text().contains("Dinas Contoh Lain") && page.text().contains("Hubungi loket"));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_citizen_withdraws_and_an_officer_takes_it_up_again() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let number = &filed.complaint.number;
    let mut citizen = citizen(&app, &filed).await;
    // It cannot be undone, so it is asked once more, without script too.
    let reason = ("withdraw_reason", "Sudah beres sendiri");
    let asked = citizen.post("/pengaduan/status/cabut", &[reason]).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    assert!(asked.text().contains("Cabut pengaduan ini?"));
    let kept = asked.attribute("input[name=withdraw_reason]", "value");
    assert_eq!(kept.as_deref(), Some(reason.1));
    let still = citizen.get("/pengaduan/status").await;
    assert!(!still.text().contains("Pengaduan Anda dicabut"));
    let gone = citizen
        .post("/pengaduan/status/cabut", &[reason, ("sure", "yes")])
        .await;
    let page = citizen.follow(&gone).await;
    assert!(
        page.text().contains("Pengaduan Anda dicabut"),
        "{}",
        page.text()
    );
    let twice = citizen
        .post("/pengaduan/status/cabut", &[("sure", "yes")])
        .await;
    assert_eq!(twice.status, 422);
    let mut officer = program(&app, OFFICER).await;
    app.advance(chrono::Duration::days(9));
    let body = json!({ "text": "Warga menelepon: ternyata belum beres" });
    let again = api(&mut officer, number, "reopen", body).await;
    assert_eq!(again.json()["status"], "reopened", "{}", again.body);
    assert!(
        again.json()["due_at"].as_str().unwrap() > app.now().to_rfc3339().as_str(),
        "a new deadline"
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_closed_complaint_is_reopened_within_the_window_and_not_after() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    answered(&app, &filed.complaint.number).await;
    let mut citizen = citizen(&app, &filed).await;
    citizen
        .post("/pengaduan/status/nilai", &[("helped", "yes")])
        .await;
    app.advance(chrono::Duration::days(60));
    let mut late = self::citizen(&app, &filed).await;
    let page = late.get("/pengaduan/status").await;
    assert!(!page.text().contains("Masalahnya belum selesai?"));
    let refused = late
        .post(
            "/pengaduan/status/nilai",
            &[("helped", "no"), ("reason", "rusak lagi")],
        )
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("sudah lewat"), "{}", refused.text());
}

#[tokio::test]
async fn of_two_officers_who_decide_at_once_one_wins_and_the_other_is_told() {
    let app = races::app().await;
    let filed = filed(&app, false, false).await;
    let number = filed.complaint.number.clone();
    let (mut one, mut other) = (program(&app, OFFICER).await, program(&app, OFFICER).await);
    let version = filed.complaint.version;
    let (reject, forward) = (
        json!({ "reason": "unclear", "text": "Tidak dapat dipahami", "version": version }),
        json!({ "body": "Dinas Contoh", "version": version }),
    );
    let (one, other) = meet(
        &app,
        ("complaint", filed.complaint.id.0),
        api(&mut one, &number, "reject", reject),
        api(&mut other, &number, "forward", forward),
    )
    .await;
    let mut both = [one.status, other.status];
    both.sort_unstable();
    assert_eq!(both, [200, 409], "{} {}", one.body, other.body);
    assert_eq!(passed(&app, &number).await.len(), 2, "nothing half");
    app.run_jobs().await;
}

#[tokio::test]
async fn the_history_is_read_by_programs_and_holds_no_name_of_a_citizen() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let class = json!({ "class": "supervisory" });
    let verified = api(&mut officer, &number, "verify", class).await;
    assert_eq!(verified.json()["class"], "supervisory", "{}", verified.body);
    let path = format!("/api/v1/complaints/{number}/history");
    let read = officer.api(Method::GET, &path, None).await;
    let items = read.json()["items"].clone();
    assert_eq!(items[0]["by"], "citizen");
    assert_eq!(items[1]["event"], "verify");
    assert_eq!(
        (&items[1]["from"], &items[1]["to"]),
        (&json!("received"), &json!("verified"))
    );
    assert!(!read.body.contains("Bungaran"));
}
