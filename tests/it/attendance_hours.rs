//! Promises about the hour from which somebody can have come.

use rembuk::{attendance, forums};
use serde_json::json;

use crate::{
    attendance::{ORGANISER, api, door, guest, program, walk_in},
    forums::forum_form,
    support::TestApp,
};

#[tokio::test]
async fn nobody_has_come_the_night_before_and_the_door_says_from_when() {
    let app = TestApp::new().await;
    let mut browser = app.sign_in(ORGANISER).await;
    browser.get("/kerja/forum/baru").await;
    let evening = [
        ("date", "2026-03-17"),
        ("starts", "21:00"),
        ("ends", "23:30"),
    ];
    let made = browser
        .post("/kerja/forum/baru", &forum_form(&evening))
        .await;
    assert_eq!(made.status, 303, "{}", made.text());
    let id = made.location().rsplit('/').next().unwrap().to_owned();
    let id = forums::ForumId::parse(&id).unwrap();
    let forum = forums::by_id(&app.app.db, id).await.unwrap();

    let mut program = program(&app, ORGANISER).await;
    let early = api(&mut program, &forum, guest("Tamu Pagi")).await;
    assert_eq!(early.status, 409, "{}", early.body);
    assert_eq!(early.json()["code"], "attendance.not_yet");
    let told = "Selasa, 17 Maret 2026 pukul 15.00 WITA";
    let detail = early.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains(told), "{detail}");
    let before = attendance::present(&app.app.db, &forum).await.unwrap();
    assert!(before.is_empty());

    // Whoever tries the door is told that it is a trial, and the forum does not begin by it.
    let page = browser.get(&door(&forum, "")).await;
    assert!(page.text().contains(told), "{}", page.text());
    let tried = walk_in(&mut browser, &forum, "Tamu Percobaan", "users", "").await;
    assert_eq!(tried.status, 303, "{}", tried.text());
    let mut trial = guest("Tamu Uji");
    trial["any_day"] = json!(true);
    assert_eq!(api(&mut program, &forum, trial).await.status, 201);
    let stage = forums::by_id(&app.app.db, id).await.unwrap().stage;
    assert_ne!(stage, forums::Stage::Session);

    app.advance(chrono::Duration::hours(5));
    let came = api(&mut program, &forum, guest("Tamu Sore")).await;
    assert_eq!(came.status, 201, "{}", came.body);
    let stage = forums::by_id(&app.app.db, id).await.unwrap().stage;
    assert_eq!(stage, forums::Stage::Session);
}
