//! The days of one unit: a flood, work on collective leave, other hours.

use super::*;
use crate::{
    complaints::{EMAIL, HANDLER, HEAD, OTHER_OFFICER, answered, assigned, filed},
    support::Browser,
};

const PAGE: &str = "/kerja/libur/unit";

async fn close(app: &TestApp, by: &str, body: Value) -> Answer {
    let mut program = program(app, by).await;
    let path = "/api/v1/calendar/closures";
    let answer = program.api(Method::POST, path, Some(body)).await;
    app.run_jobs().await;
    answer
}

async fn office(app: &TestApp, by: &str) -> Value {
    let mut program = program(app, by).await;
    let path = "/api/v1/calendar/office";
    let answer = program.api(Method::GET, path, None).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

fn flood(from: &str, to: &str) -> Value {
    json!({ "action": "close", "from": from, "to": to, "reason": "Banjir di kantor" })
}

#[tokio::test]
async fn a_flood_moves_the_deadlines_of_one_unit_and_taking_it_back_makes_none_earlier() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    for by in [HEAD, OFFICER, HANDLER] {
        let refused = close(&app, by, flood("2026-03-25", "2026-03-25")).await;
        assert_eq!(refused.status, 403, "{by}: {}", refused.body);
    }
    let wrong = close(&app, UNIT_ADMIN, flood("2026-03-26", "2026-03-25")).await;
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    assert_eq!(wrong.json()["errors"][0]["field"], "to", "{}", wrong.body);
    let closed = close(&app, UNIT_ADMIN, flood("2026-03-25", "2026-03-25")).await;
    assert_eq!(closed.status, 200, "{}", closed.body);
    assert_eq!(closed.json()["moved"], 1);
    let found = deadline(&app, &number).await;
    assert_eq!(found["respond"]["due_at"], "2026-03-27T16:30:00+08:00");
    let told = found["moves"][0]["reason"].as_str().unwrap();
    assert!(told.contains("Banjir di kantor"), "{told}");
    let days = found["respond"]["days"].to_string();
    assert!(days.contains("Unit tutup: Banjir di kantor"), "{days}");
    for address in [HANDLER, EMAIL] {
        let words = last_to(&app, address);
        assert!(words.contains("27 Maret 2026"), "{words}");
        assert!(words.contains("Banjir di kantor"), "why, too: {words}");
    }
    let twice = close(&app, UNIT_ADMIN, flood("2026-03-24", "2026-03-25")).await;
    assert_eq!(twice.json()["code"], "calendar.already_closed");
    let elsewhere = office(&app, OTHER_OFFICER).await;
    assert_eq!(elsewhere["closures"], json!([]), "another unit stays open");
    let id = office(&app, UNIT_ADMIN).await["closures"][0]["id"].clone();
    let back = json!({ "action": "reopen", "id": id, "reason": "Air sudah surut" });
    let opened = close(&app, UNIT_ADMIN, back.clone()).await;
    assert_eq!((opened.status, &opened.json()["moved"]), (200, &json!(0)));
    let found = deadline(&app, &number).await;
    assert_eq!(found["respond"]["due_at"], "2026-03-27T16:30:00+08:00");
    assert_eq!(found["respond"]["kept"], true);
    let again = close(&app, UNIT_ADMIN, back).await;
    assert_eq!(again.json()["code"], "calendar.not_closed");
}

/// Thursdays are closed, every other day as before.
fn week(version: &str) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("what", "hours".to_owned()),
        ("version", version.to_owned()),
        ("hours_reason", "Keputusan Contoh 1 Tahun 2026".to_owned()),
    ];
    for (opens, closes) in [
        ("opens1", "closes1"),
        ("opens2", "closes2"),
        ("opens3", "closes3"),
        ("opens5", "closes5"),
    ] {
        fields.push((opens, "07:30".to_owned()));
        fields.push((closes, "16:00".to_owned()));
    }
    fields
}

async fn send(admin: &mut Browser<'_>, fields: &[(&'static str, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    admin.post(PAGE, &fields).await
}

#[tokio::test]
async fn the_page_tells_first_what_other_hours_would_move_and_the_second_editor_is_told() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let before = deadline(&app, &number).await;
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    let page = admin.get(PAGE).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let version = page.attribute("#jam input[name=version]", "value").unwrap();
    let fields = week(&version);
    let mut looked = fields.clone();
    looked.push(("preview", "yes".to_owned()));
    let seen = send(&mut admin, &looked).await;
    assert_eq!(seen.status, 200, "{}", seen.text());
    assert!(
        seen.text().contains("menggeser 1 batas waktu"),
        "{}",
        seen.text()
    );
    let which = seen.texts("main .notice li").join(" ");
    assert!(
        which.contains(&number) && which.contains("menjadi Jumat, 27 Maret 2026"),
        "{which}"
    );
    assert_eq!(
        deadline(&app, &number).await,
        before,
        "nothing of it is kept"
    );
    let saved = send(&mut admin, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    app.run_jobs().await;
    let found = deadline(&app, &number).await;
    assert_eq!(found["respond"]["due_at"], "2026-03-27T16:00:00+08:00");
    assert_eq!(send(&mut admin, &fields).await.status, 409);
    let never = [
        ("what", "hours".to_owned()),
        ("version", "2".to_owned()),
        ("hours_reason", "Keputusan Contoh".to_owned()),
    ];
    let refused = send(&mut admin, &never).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("paling sedikit satu hari"),
        "{}",
        refused.text()
    );
    // A unit that works on collective leave answers earlier what comes from now on, and nothing told before.
    let leave = [
        ("what", "leave".to_owned()),
        ("works", "yes".to_owned()),
        ("version", "2".to_owned()),
        ("leave_reason", "Loket tetap buka".to_owned()),
    ];
    let saved = send(&mut admin, &leave).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let next = filed(&app, false, false).await.complaint.number;
    let next = deadline(&app, &next).await;
    assert_eq!(next["respond"]["due_at"], "2026-03-20T16:00:00+08:00");
    let found = deadline(&app, &number).await;
    assert_eq!(found["respond"]["due_at"], "2026-03-27T16:00:00+08:00");
}

#[tokio::test]
async fn what_an_office_changes_of_its_own_days_makes_nothing_late_be_in_time() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let told = deadline(&app, &number).await["respond"]["due_at"].clone();
    // The morning after it was due.
    app.app.clock.set("2026-03-27T02:00:00Z".parse().unwrap());
    let closed = close(&app, UNIT_ADMIN, flood("2026-03-25", "2026-03-26")).await;
    assert_eq!(closed.status, 200, "{}", closed.body);
    assert_eq!(closed.json()["moved"], 0, "{}", closed.body);
    let version = office(&app, UNIT_ADMIN).await["version"].clone();
    let late: Vec<Value> = (1..=5)
        .map(|day| json!({ "weekday": day, "opens": "07:30", "closes": "23:30" }))
        .collect();
    let body = json!({ "hours": late, "version": version, "reason": "Jam kerja baru" });
    let mut admin = program(&app, UNIT_ADMIN).await;
    let changed = admin
        .api(Method::POST, "/api/v1/calendar/office", Some(body))
        .await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(changed.json()["moved"], 0, "{}", changed.body);
    let found = deadline(&app, &number).await;
    assert_eq!(found["respond"]["due_at"], told);
    assert_eq!(found["respond"]["state"], "late");
}

#[tokio::test]
async fn what_is_opened_again_explains_the_answer_that_is_promised_now() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assert!(deadline(&app, &number).await["again"].is_null());
    answered(&app, &number).await;
    until(&app, "2026-03-31 09:00");
    let mut officer = program(&app, OFFICER).await;
    let path = format!("/api/v1/complaints/{number}");
    let body = json!({ "text": "Warga menelepon: ternyata belum beres" });
    let opened = officer
        .api(Method::POST, &format!("{path}/reopen"), Some(body))
        .await;
    assert_eq!(opened.status, 200, "{}", opened.body);
    let case = opened.json();
    let first = &case["explanation"][0];
    assert_eq!(first["date"], "2026-03-31", "{case}");
    assert!(
        first["reason"].as_str().unwrap().starts_with("Dibuka lagi"),
        "{case}"
    );
    let found = deadline(&app, &number).await;
    assert_eq!(found["respond"]["state"], "in_time");
    assert_eq!(found["again"]["due_at"], case["due_at"], "{found}");
    assert_eq!(found["again"]["days"][0]["code"], "reopened", "{found}");
    assert_eq!(found["stage"]["days"][0]["code"], "reopened", "{found}");
    app.run_jobs().await;
}
