//! What a citizen is promised: by which numbers, explained, put off only with a reason.

use rembuk::complaints::clocks;

use super::*;
use crate::complaints::{EMAIL, HANDLER, HEAD, answered, assigned, filed};

#[tokio::test]
async fn both_clocks_are_explained_and_neither_changes_the_other() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let found = deadline(&app, &number).await;
    assert_eq!(found["policy"], "unit");
    let respond = &found["respond"];
    assert_eq!(respond["due_at"], "2026-03-26T16:00:00+08:00");
    assert_eq!(
        (&respond["working_days"], &respond["certainty"]),
        (&json!(2), &json!("verified"))
    );
    assert_eq!(respond["days"].as_array().unwrap().len(), 10);
    assert_eq!(respond["days"][1]["code"], "collective_leave");
    assert_eq!(found["stage"]["step"], "verify");
    assert_eq!(found["stage"]["due_at"], "2026-03-25T16:00:00+08:00");
    until(&app, "2026-03-25 10:00");
    assigned(&app, &number, "fasilitasi").await;
    let handed = deadline(&app, &number).await;
    assert_eq!(handed["respond"], *respond, "the legal clock runs on");
    assert_eq!(handed["stage"]["step"], "start");
    assert_eq!(handed["stage"]["since"], "2026-03-25T10:00:00+08:00");
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer
        .get(&format!("/kerja/pengaduan/{number}"))
        .await
        .text();
    assert!(
        page.contains("Jawaban pertama") && page.contains("Tahap: "),
        "{page}"
    );
    answered(&app, &number).await;
    let done = deadline(&app, &number).await;
    assert_eq!(done["respond"]["state"], "in_time");
    assert_eq!(done["stage"]["step"], "auto_close");
    let mut stranger = app.browser();
    let path = format!("/api/v1/complaints/{number}/deadline");
    assert_eq!(stranger.api(Method::GET, &path, None).await.status, 401);
    let mut elsewhere = program(&app, crate::complaints::OTHER_OFFICER).await;
    assert_eq!(elsewhere.api(Method::GET, &path, None).await.status, 404);
}

#[tokio::test]
async fn a_complaint_keeps_the_numbers_it_was_received_under() {
    let app = TestApp::new().await;
    let before = filed(&app, false, false).await.complaint.number;
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    let page = admin.get("/kerja/batas-waktu").await.text();
    assert!(
        page.contains("Standar Pelayanan Pengaduan Masyarakat"),
        "{page}"
    );
    assert!(page.contains("naskah asli dibaca") && page.contains("dari sumber kedua"));
    let mut fields = vec![
        ("unit", "disdukcapil-kaltim"),
        ("set", "sp4n_steps"),
        ("after_hours", "same_day"),
        ("due_end", "end_of_day"),
        ("valid_from", "2026-03-16"),
        ("reason", "Menyesuaikan pedoman SP4N-LAPOR"),
    ];
    let past = admin.post("/kerja/batas-waktu", &fields).await;
    assert_eq!(past.status, 422);
    assert!(
        past.text().contains("paling cepat hari ini"),
        "{}",
        past.text()
    );
    fields[4].1 = "2026-03-17";
    let chosen = admin.post("/kerja/batas-waktu", &fields).await;
    assert_eq!(chosen.status, 303, "{}", chosen.text());
    fields[1].1 = "besok";
    assert_eq!(admin.post("/kerja/batas-waktu", &fields).await.status, 422);
    let page = admin.get("/kerja/batas-waktu").await.text();
    assert!(page.contains("Menyesuaikan pedoman SP4N-LAPOR"), "{page}");
    let after = filed(&app, false, false).await.complaint.number;
    let (old, new) = (deadline(&app, &before).await, deadline(&app, &after).await);
    assert_eq!(old["respond"]["due_at"], "2026-03-26T16:00:00+08:00");
    assert_eq!(old["policy"], "unit");
    assert_eq!(new["respond"]["due_at"], "2026-03-31T23:59:59+08:00");
    assert_eq!(new["policy"], "sp4n_steps");
    assert_eq!(new["respond"]["certainty"], "secondary");
    let mut head = app.sign_in(HEAD).await;
    head.get("/kerja/batas-waktu").await;
    fields[1].1 = "seed";
    assert_eq!(head.post("/kerja/batas-waktu", &fields).await.status, 403);
}

async fn extend(app: &TestApp, by: &str, number: &str, body: Value) -> Answer {
    let mut program = program(app, by).await;
    let path = format!("/api/v1/complaints/{number}/extend");
    let answer = program.api(Method::POST, &path, Some(body)).await;
    app.run_jobs().await;
    answer
}

const WHY: &str = "Data harus dicocokkan dengan kabupaten asal.";

#[tokio::test]
async fn the_first_answer_is_put_off_once_with_a_reason_that_the_citizen_reads() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let number = &filed.complaint.number;
    for role in [OFFICER, HANDLER, UNIT_ADMIN] {
        let answer = extend(&app, role, number, json!({ "days": 3, "reason": WHY })).await;
        assert!(matches!(answer.status, 403 | 404), "{role} {}", answer.body);
    }
    for (body, field) in [
        (json!({ "days": 8, "reason": WHY }), "days"),
        (json!({ "days": 0, "reason": WHY }), "days"),
        (json!({ "days": 3, "reason": "sibuk" }), "reason"),
    ] {
        let answer = extend(&app, HEAD, number, body).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.json()["errors"][0]["field"], field);
    }
    let stale = json!({ "days": 3, "reason": WHY, "version": 7 });
    assert_eq!(extend(&app, HEAD, number, stale).await.status, 409);
    let mut head = app.sign_in(HEAD).await;
    let path = format!("/kerja/pengaduan/{number}/perpanjang");
    let page = head.get(&path).await;
    assert!(page.text().contains("Paling banyak 7"), "{}", page.text());
    let version = page.attribute("input[name=version]", "value").unwrap();
    let fields = [
        ("version", version.as_str()),
        ("days", "3"),
        ("reason", WHY),
    ];
    let done = head.post(&path, &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    app.run_jobs().await;
    let found = deadline(&app, number).await;
    assert_eq!(found["respond"]["due_at"], "2026-03-31T16:00:00+08:00");
    assert_eq!(found["moves"][0]["event"], "complaint.extended");
    assert!(last_to(&app, EMAIL).contains("31 Maret 2026"));
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let open = [("number", number.as_str()), ("code", &filed.code)];
    citizen.post("/lacak", &open).await;
    let page = citizen.get("/pengaduan/status").await.text();
    assert!(
        page.contains(WHY) && page.contains("Termasuk perpanjangan 3"),
        "{page}"
    );
    let twice = head.post(&path, &fields).await;
    assert_eq!(twice.status, 409, "sent twice is one extension");
    let more = extend(&app, HEAD, number, json!({ "days": 2, "reason": WHY })).await;
    assert_eq!(more.json()["code"], "complaint.extended_before");
    let moved = change_holiday(
        &app,
        ADMIN,
        holiday("add", "2026-03-30", "collective_leave"),
    )
    .await;
    assert_eq!(moved.json()["moved"], 1, "the extension moves along");
    let found = deadline(&app, number).await;
    assert_eq!(found["respond"]["due_at"], "2026-04-01T16:00:00+08:00");
}

#[tokio::test]
async fn an_extension_erases_no_lateness_and_follows_no_answer() {
    let app = TestApp::new().await;
    let late = filed(&app, false, false).await.complaint.number;
    let done = filed(&app, false, false).await.complaint.number;
    answered(&app, &done).await;
    let body = json!({ "days": 3, "reason": WHY });
    let answer = extend(&app, HEAD, &done, body.clone()).await;
    assert_eq!(answer.json()["code"], "complaint.extend_answered");
    until(&app, "2026-03-26 16:01");
    let answer = extend(&app, HEAD, &late, body).await;
    assert_eq!(answer.json()["code"], "complaint.extend_late");
    assert_eq!(clocks::without_deadline(&app.app.db).await.unwrap(), (2, 0));
}

#[tokio::test]
async fn every_open_complaint_of_the_whole_record_has_a_deadline() {
    let app = TestApp::bare().await;
    let hash = rembuk::access::hash_password("kuda laut makan nasi pagi".to_owned())
        .await
        .unwrap();
    rembuk::demo::load(&app.ctx(), &hash).await.unwrap();
    app.forget_jobs().await;
    let (open, undated) = clocks::without_deadline(&app.app.db).await.unwrap();
    assert!(open > 5, "{open}");
    assert_eq!(undated, 0);
}
