//! Several complaints about one thing, and one about several.

use poem::http::Method;
use serde_json::json;

use super::{
    moves::{api, citizen},
    *,
};

#[tokio::test]
async fn a_duplicate_is_merged_its_citizen_is_told_and_gets_the_answer_of_the_main_one() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await;
    let other = filed(&app, true, false).await;
    let mut officer = program(&app, OFFICER).await;
    let body = json!({ "reason": "duplicate", "main": main.complaint.number });
    let merged = api(&mut officer, &other.complaint.number, "reject", body).await;
    assert_eq!(merged.status, 200, "{}", merged.body);
    assert_eq!(merged.json()["related"][0]["relation"], "main");
    app.run_jobs().await;
    let page = citizen(&app, &other).await.get("/pengaduan/status").await;
    assert!(
        page.text().contains("ditangani bersama pengaduan lain"),
        "{}",
        page.text()
    );
    assert!(page.text().contains(WORDS), "no word is lost");
    let mails = app.mails().len();
    answered(&app, &main.complaint.number).await;
    assert_eq!(app.mails().len() - mails, 2, "both are told");
    let page = citizen(&app, &other).await.get("/pengaduan/status").await;
    assert!(
        page.text()
            .contains("KTP-el sudah dapat diambil di loket 2.")
    );
}

#[tokio::test]
async fn a_merge_by_mistake_is_undone() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    let other = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    api(&mut officer, &other, "merge", json!({ "main": main })).await;
    let body = json!({ "text": "Ternyata masalah yang berbeda" });
    let again = api(&mut officer, &other, "reopen", body).await;
    assert_eq!(again.json()["status"], "reopened", "{}", again.body);
    assert_eq!(again.json()["related"], json!([]));
    app.run_jobs().await;
    let mails = app.mails().len();
    answered(&app, &main).await;
    assert_eq!(app.mails().len() - mails, 1, "it follows the other no more");
}

#[tokio::test]
async fn a_complaint_is_not_merged_where_its_answer_would_be_lost_or_leak() {
    let app = TestApp::new().await;
    let open = filed(&app, false, false).await.complaint.number;
    let secret = filed(&app, false, true).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    for (main, code) in [
        (secret.as_str(), "complaint.merge_confidential"),
        (open.as_str(), "invalid"),
        ("ADU-2026-999999", "invalid"),
        ("", "invalid"),
    ] {
        let refused = api(&mut officer, &open, "merge", json!({ "main": main })).await;
        assert_eq!(refused.status, 422, "{main}: {}", refused.body);
        assert_eq!(refused.json()["code"], code, "{main}");
    }
    let ended = filed(&app, false, false).await.complaint.number;
    let gone = json!({ "text": "Lewat telepon" });
    api(&mut officer, &ended, "withdraw", gone).await;
    let refused = api(&mut officer, &open, "merge", json!({ "main": ended })).await;
    assert_eq!(refused.json()["code"], "complaint.merge_ended");
    // In a younger one the older deadline would be out of sight; the other way round it stays.
    app.advance(chrono::Duration::days(10));
    let younger = filed(&app, false, false).await.complaint.number;
    let refused = api(&mut officer, &open, "merge", json!({ "main": younger })).await;
    assert_eq!(refused.json()["code"], "complaint.merge_older");
    let merged = api(&mut officer, &younger, "merge", json!({ "main": open })).await;
    assert_eq!(merged.status, 200, "{}", merged.body);
    app.run_jobs().await;
}

#[tokio::test]
async fn duplicates_of_a_duplicate_follow_to_the_main_one() {
    let app = TestApp::new().await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        numbers.push(filed(&app, false, false).await.complaint.number);
    }
    let mut officer = program(&app, OFFICER).await;
    api(
        &mut officer,
        &numbers[0],
        "merge",
        json!({ "main": numbers[1] }),
    )
    .await;
    api(
        &mut officer,
        &numbers[1],
        "merge",
        json!({ "main": numbers[2] }),
    )
    .await;
    let path = format!("/api/v1/complaints/{}", numbers[2]);
    let main = officer.api(Method::GET, &path, None).await.json();
    let merged: Vec<&str> = main["related"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["number"].as_str().unwrap())
        .collect();
    assert_eq!(merged, [numbers[0].as_str(), numbers[1].as_str()]);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_part_becomes_a_complaint_with_the_same_reporter_code_and_day_of_receipt() {
    let app = TestApp::new().await;
    let whole = filed(&app, false, false).await;
    app.advance(chrono::Duration::days(1));
    let mut officer = program(&app, OFFICER).await;
    let body =
        json!({ "subject": "Antrean lama", "description": "Saya menunggu empat jam di loket." });
    let part = api(&mut officer, &whole.complaint.number, "split", body).await;
    assert_eq!(part.status, 200, "{}", part.body);
    let part = part.json();
    assert_eq!(part["related"][0]["relation"], "whole");
    assert_eq!(part["reporter"]["name"], NAME);
    let path = format!("/api/v1/complaints/{}", whole.complaint.number);
    let before = officer.api(Method::GET, &path, None).await.json();
    assert_eq!(part["received_at"], before["received_at"]);
    assert_eq!(before["description"], WORDS, "the original stays as it was");
    app.run_jobs().await;
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let number = part["number"].as_str().unwrap();
    let opened = citizen
        .post("/lacak", &[("number", number), ("code", &whole.code)])
        .await;
    assert_eq!(opened.status, 303, "the same code opens it");
}

#[tokio::test]
async fn linked_complaints_show_each_other_and_a_link_is_made_once() {
    let app = TestApp::new().await;
    let one = filed(&app, false, false).await.complaint.number;
    let other = filed(&app, false, false).await.complaint.number;
    let mut officer = app.sign_in(OFFICER).await;
    let case = format!("/kerja/pengaduan/{one}");
    officer.get(&case).await;
    for _ in 0..2 {
        let linked = officer
            .post(&format!("{case}/terkait"), &[("related", other.as_str())])
            .await;
        assert_eq!(linked.status, 303, "{}", linked.text());
    }
    let page = officer.get(&format!("/kerja/pengaduan/{other}")).await;
    assert_eq!(page.texts("ul.related a.num"), std::slice::from_ref(&one));
    let removed = officer
        .post(
            &format!("/kerja/pengaduan/{other}/terkait/lepas"),
            &[("related", one.as_str())],
        )
        .await;
    let page = officer.follow(&removed).await;
    assert!(page.texts("ul.related a.num").is_empty());
    let own = officer
        .post(&format!("{case}/terkait"), &[("related", one.as_str())])
        .await;
    assert_eq!(own.status, 422);
}
