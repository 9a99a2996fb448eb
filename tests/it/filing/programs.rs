//! What a citizen's program does, and an officer's.

use serde_json::{Value, json};

use super::{steps::category, *};
use crate::complaints::{OFFICER, OTHER_OFFICER, UNIT, answered, program};

fn body() -> Value {
    json!({ "unit": UNIT, "subject": "KTP-el belum jadi", "description": WORDS })
}

async fn sent(program: &mut Browser<'_>, body: Value) -> Answer {
    program
        .api(Method::POST, "/api/v1/complaints", Some(body))
        .await
}

/// A program that holds number and code: its address, and itself.
async fn holder<'a>(app: &'a TestApp, body: Value) -> (String, Browser<'a>) {
    let receipt = sent(&mut app.browser(), body).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    let receipt = receipt.json();
    let code = receipt["access_code"].as_str().unwrap().to_owned();
    let number = receipt["number"].as_str().unwrap();
    let mut citizen = app.browser();
    citizen.headers.push(("x-access-code".into(), code));
    (format!("/api/v1/complaints/{number}"), citizen)
}

#[tokio::test]
async fn a_program_answers_what_the_category_asks_and_brings_papers_with_the_code() {
    let app = TestApp::new().await;
    let id = category(&app).await;
    let asked = app
        .browser()
        .get(&format!("/api/v1/units/{UNIT}/complaint-categories"))
        .await
        .json();
    let category = &asked["items"][0];
    assert_eq!(category["id"], id);
    assert_eq!(
        (
            &category["questions"][0]["kind"],
            &category["questions"][1]["choices"]
        ),
        (&json!("date"), &json!(["Loket 1", "Loket 2"]))
    );
    let mut new = body();
    new["answers"] = json!(["2026-03-02"]);
    let refused = sent(&mut app.browser(), new.clone()).await;
    assert_eq!(refused.json()["errors"][0]["field"], "category");
    new["category"] = json!(id);
    new["answers"] = json!(["kemarin", "Loket 2"]);
    let refused = sent(&mut app.browser(), new.clone()).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert_eq!(refused.json()["errors"][0]["field"], "answers.0");
    new["answers"] = json!(["2026-03-02", "Loket 2"]);
    let (path, mut citizen) = holder(&app, new).await;
    let place = format!("{path}/status/attachments");
    let files = [
        ("files", "surat.pdf", pdf("surat")),
        ("files", "loket.jpg", photo()),
    ];
    let stranger = post_files(&mut app.browser(), &place, &[], &files).await;
    assert_eq!(stranger.status, 404, "without the code: {}", stranger.body);
    let kept = post_files(&mut citizen, &place, &[], &files).await;
    assert_eq!(kept.status, 200, "{}", kept.body);
    assert_eq!(kept.json()["attachments"][0]["state"], "waiting");
    app.run_jobs().await;
    let status = citizen.get(&format!("{path}/status")).await.json();
    assert_eq!(status["attachments"][1]["state"], "clean");
    let file = status["attachments"][0]["id"].as_str().unwrap();
    let file = format!("{path}/attachments/{file}");
    let opened = program(&app, OFFICER).await.get(&file).await;
    assert_eq!(opened.status, 200, "{}", opened.body);
    assert_eq!(opened.bytes, pdf("surat"));
    let other = program(&app, OTHER_OFFICER).await.get(&file).await;
    assert_eq!(other.status, 404);
    let case = app
        .sign_in(OFFICER)
        .await
        .get(&path.replace("/api/v1/complaints", "/kerja/pengaduan"))
        .await;
    assert!(
        case.text().contains("Sejak kapan?") && case.text().contains("Loket 2"),
        "{}",
        case.text()
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_program_writes_judges_and_withdraws_as_the_status_page_does() {
    let app = TestApp::new().await;
    let (path, mut citizen) = holder(&app, body()).await;
    let message = json!({ "text": "Sampai hari ini belum ada kabar." });
    let place = format!("{path}/status/messages");
    let stranger = app
        .browser()
        .api(Method::POST, &place, Some(message.clone()))
        .await;
    assert_eq!(stranger.status, 404);
    let kept = citizen.api(Method::POST, &place, Some(message)).await;
    assert_eq!(kept.json()["messages"][0]["kind"], "citizen_message");
    answered(&app, path.rsplit('/').next().unwrap()).await;
    let verdict = format!("{path}/status/verdict");
    let silent = json!({ "helped": false });
    let silent = citizen.api(Method::POST, &verdict, Some(silent)).await;
    assert_eq!(silent.json()["errors"][0]["field"], "reason");
    let again = json!({ "helped": false, "reason": "Di loket 2 tidak ada." });
    let once = citizen
        .api(Method::POST, &verdict, Some(again.clone()))
        .await;
    assert_eq!(once.json()["status"], "reopened", "{}", once.body);
    let twice = citizen.api(Method::POST, &verdict, Some(again)).await;
    assert_eq!(twice.json()["code"], "complaint.transition");
    assert!(
        twice.body.contains("sudah dibuka lagi dan menunggu"),
        "{}",
        twice.body
    );
    let place = format!("{path}/status/withdraw");
    let gone = citizen.api(Method::POST, &place, Some(json!({}))).await;
    assert_eq!(gone.json()["status"], "withdrawn", "{}", gone.body);
    // What is over tells the citizen so, not which step an officer has to do first.
    let late = json!({ "text": "Masih ada yang ingin disampaikan." });
    for (place, body, said) in [
        ("messages", late, "tidak menerima pesan lagi"),
        ("withdraw", json!({}), "tidak perlu dicabut lagi"),
    ] {
        let place = format!("{path}/status/{place}");
        let refused = citizen.api(Method::POST, &place, Some(body)).await;
        assert_eq!(refused.json()["code"], "complaint.transition");
        assert!(refused.body.contains(said), "{}", refused.body);
        assert!(refused.body.contains("dicabut"), "{}", refused.body);
    }
    app.run_jobs().await;
}

/// The law counts from the receipt, whoever types it.
#[tokio::test]
async fn an_officers_program_says_how_and_when_it_came_in_and_a_stranger_may_not() {
    let app = TestApp::new().await;
    let mut letter = body();
    letter["channel"] = json!("letter");
    letter["received_at"] = json!("2026-03-12T09:00:00+08:00");
    letter["letter_number"] = json!("007/WARGA/III/2026");
    letter["letter_date"] = json!("2026-03-10");
    assert_eq!(sent(&mut app.browser(), letter.clone()).await.status, 401);
    let mut officer = program(&app, OFFICER).await;
    for (field, value) in [
        ("channel", json!("merpati")),
        ("received_at", json!("2026-03-19T09:00:00+08:00")),
        ("letter_date", json!("2026-03-13")),
    ] {
        let mut wrong = letter.clone();
        wrong[field] = value;
        let refused = sent(&mut officer, wrong).await;
        assert_eq!(refused.status, 422, "{field}: {}", refused.body);
        assert_eq!(refused.json()["errors"][0]["field"], field);
    }
    let kept = sent(&mut officer, letter).await;
    assert_eq!(kept.status, 201, "{}", kept.body);
    let receipt = kept.json();
    assert_eq!(receipt["received_at"], "2026-03-12T09:00:00+08:00");
    let number = receipt["number"].as_str().unwrap();
    let case = officer.get(&format!("/api/v1/complaints/{number}")).await;
    assert_eq!(case.json()["channel"], "letter", "{}", case.body);
    app.run_jobs().await;
}

/// Chatwoot keeps a message twice when a provider delivers it twice.
#[tokio::test]
async fn a_gateway_delivers_a_message_once_however_often_it_tries() {
    let app = TestApp::new().await;
    let (path, mut citizen) = holder(&app, body()).await;
    let mut gateway = program(&app, OFFICER).await;
    let place = format!("{path}/incoming-messages");
    let message = json!({
        "channel": "whatsapp", "text": "Sampai hari ini belum ada kabar.",
        "external_id": "wamid.0001", "original": "P! sampe hari ini blm ada kabar",
    });
    let stranger = app
        .browser()
        .api(Method::POST, &place, Some(message.clone()))
        .await;
    assert_eq!(stranger.status, 401);
    let mut statuses = Vec::new();
    for _ in 0..2 {
        let sent = gateway
            .api(Method::POST, &place, Some(message.clone()))
            .await;
        statuses.push(sent.status);
    }
    assert_eq!(statuses, [204, 409]);
    let mut unknown = message;
    unknown["channel"] = json!("merpati");
    let refused = gateway.api(Method::POST, &place, Some(unknown)).await;
    assert_eq!(refused.json()["errors"][0]["field"], "channel");
    let status = citizen.get(&format!("{path}/status")).await.json();
    assert_eq!(status["messages"].as_array().unwrap().len(), 1);
    app.run_jobs().await;
}
