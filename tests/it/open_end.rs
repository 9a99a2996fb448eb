//! Promises of a forum that goes on until it is finished: nobody is told an hour, and calendars hold an estimate.

use chrono::NaiveTime;
use poem::http::Method;
use rembuk::forums::{self, Forum, ForumId};
use serde_json::json;

use crate::{
    attendance::{ORGANISER, pdf_text},
    forums::{forum_form, with_forums},
    recipients::program,
    support::{Browser, TestApp},
};

async fn by_path(app: &TestApp, path: &str) -> Forum {
    let id = path.rsplit('/').next().unwrap();
    let id = ForumId::parse(id).unwrap();
    forums::by_id(&app.app.db, id).await.unwrap()
}

fn at(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

async fn save(browser: &mut Browser<'_>, path: &str, ends: &str) -> u16 {
    let edit = format!("{path}/ubah");
    let page = browser.get(&edit).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let mut form = forum_form(&[("ends", ends)]);
    form.push(("version", &version));
    browser.post(&edit, &form).await.status
}

#[tokio::test]
async fn an_end_that_nobody_set_is_told_to_nobody() {
    let app = TestApp::new().await;
    let mut browser = app.sign_in(ORGANISER).await;
    let page = browser.get("/kerja/forum/baru").await;
    assert!(page.text().contains("perkiraan 5 jam"), "{}", page.text());
    let made = browser
        .post("/kerja/forum/baru", &forum_form(&[("ends", "")]))
        .await;
    assert_eq!(made.status, 303, "{}", made.text());
    let path = made.location().to_owned();
    let forum = by_path(&app, &path).await;
    assert!(forum.open_end);
    assert_eq!(forum.ends, at("14:00:00"), "five hours after 09.00");
    let page = browser.get(&path).await;
    let when = "Rabu, 20 Mei 2026, 09.00 WITA s.d. selesai";
    assert!(page.text().contains(when), "{}", page.text());
    let edit = browser.get(&format!("{path}/ubah")).await;
    let typed = edit.attribute("#f-ends", "value");
    assert_eq!(
        typed.unwrap_or_default(),
        "",
        "what was left empty is empty"
    );
    let programme = browser.get(&format!("{path}/acara")).await;
    assert!(programme.text().contains("09.00 s.d. selesai"));

    // Saved again nothing moves; an hour that is set is told.
    assert_eq!(save(&mut browser, &path, "").await, 303);
    assert_eq!(by_path(&app, &path).await.sequence, 0);
    assert_eq!(save(&mut browser, &path, "13:30").await, 303);
    let forum = by_path(&app, &path).await;
    assert_eq!((forum.sequence, forum.open_end), (1, false));
    let page = browser.get(&path).await;
    assert!(
        page.text().contains("09.00 s.d. 13.30 WITA"),
        "{}",
        page.text()
    );
    assert_eq!(save(&mut browser, &path, "08:30").await, 422);
}

#[tokio::test]
async fn letters_and_calendars_of_an_open_end_agree() {
    let (app, demo) = with_forums().await;
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    assert!(forum.open_end);
    let mut organiser = app.sign_in(ORGANISER).await;
    let path = format!("/kerja/forum/{}", demo.next);
    let letter = organiser
        .get(&format!("{path}/dokumen/invitation.pdf"))
        .await;
    let words = pdf_text(&letter.bytes);
    assert!(words.contains("s.d. selesai"), "{words}");
    let people = rembuk::invitations::recipients(&app.app.db, &forum).await;
    let link = rembuk::invitations::answer_url(&app.app, &people.unwrap()[0]).unwrap();
    let link = format!("/undangan/{}", link.rsplit('/').next().unwrap());
    let entry = app.browser().get(&format!("{link}/acara.ics")).await.body;
    let unfolded = entry.replace("\r\n ", "");
    assert!(
        unfolded.contains("jam selesai di kalender ini perkiraan"),
        "{unfolded}"
    );
    assert!(unfolded.contains("T130000"), "{unfolded}");
}

#[tokio::test]
async fn a_program_leaves_the_end_out_and_reads_that_there_is_none() {
    let (app, demo) = with_forums().await;
    let mut browser = program(&app).await;
    let body = json!({
        "unit": "disdukcapil-kaltim", "code": "FKP-TERBUKA-2026", "title": "Forum tanpa jam selesai",
        "theme": "Tema forum", "scope": "standard_drafting", "mode": "face_to_face",
        "days": [
            { "date": "2026-06-10", "start": "09:00" },
            { "date": "2026-06-11", "start": "09:00", "end": "12:00" },
        ],
        "venue": { "name": "Aula", "address": "Jalan Contoh 1" }, "copied_from": demo.past,
    });
    let made = browser
        .api(Method::POST, "/api/v1/forums", Some(body))
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let made = made.json();
    assert_eq!(made["days"][0]["end"], json!(null));
    assert_eq!(made["days"][1]["end"], "12:00");
    assert_eq!(made["ends_at"], "2026-06-11T12:00:00+08:00");
}
