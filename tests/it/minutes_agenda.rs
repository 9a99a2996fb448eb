//! Promises of minutes beside an agenda that changes: nothing is approved unseen, and there is always a place to write in.

use rembuk::forums;

use crate::{
    minutes::{HEAD, at, begun, beside, write_header},
    support::TestApp,
};

#[tokio::test]
async fn an_agenda_changed_after_the_head_looked_is_not_approved_unseen() {
    let app = TestApp::new().await;
    let (forum, mut browser) = begun(&app, "FKP-A").await;
    assert_eq!(write_header(&mut browser, &forum, "1").await.status, 303);
    assert_eq!(browser.post(&at(&forum, "/ajukan"), &[]).await.status, 303);
    let mut head = app.sign_in(HEAD).await;
    let page = head.get(&at(&forum, "")).await;
    let value = |name: &str| page.attribute(&format!("input[name={name}]"), "value");
    let (seen, version) = (value("seen").unwrap(), value("forum_version").unwrap());
    let programme = [
        ("version", version.as_str()),
        ("agenda_starts", "08:00"),
        ("agenda_ends", "12:00"),
        ("activity", "Diskusi saja"),
        ("in_charge", ""),
        ("team_name", ""),
        ("team_role", ""),
    ];
    let saved = browser.post(&beside(&forum, "acara"), &programme).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let fields = [
        ("confirm", "true"),
        ("seen", seen.as_str()),
        ("forum_version", version.as_str()),
    ];
    // Who does not say what was read approves nothing either.
    for fields in [&fields[..], &fields[..2]] {
        let told = head.post(&at(&forum, "/setujui"), fields).await;
        assert_eq!(told.status, 409, "{}", told.text());
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn minutes_whose_agenda_was_taken_away_keep_its_notes_and_have_a_place_to_write_in() {
    let app = TestApp::new().await;
    let (forum, mut browser) = begun(&app, "FKP-A").await;
    let items = forums::agenda(&app.app.db, &forum).await.unwrap();
    let item = items[0].id.to_string();
    let note = [("agenda", item.as_str()), ("text", "Kepala membuka forum.")];
    let saved = browser.post(&at(&forum, "/catatan"), &note).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let tx = app.app.db.begin_write().await.unwrap();
    let empty = forums::Programme {
        team: Vec::new(),
        agenda: Vec::new(),
        neutrality_note: None,
    };
    forums::write_programme(&tx, &forum, empty).await.unwrap();
    tx.commit().await.unwrap();
    let page = browser.get(&at(&forum, "")).await;
    assert!(page.text().contains("Kepala membuka forum."));
    let place = page.attribute("form[action$=\"/catatan\"] input[name=agenda]", "value");
    let place = place.unwrap();
    let note = [("agenda", place.as_str()), ("text", "Warga bertanya.")];
    let saved = browser.post(&at(&forum, "/catatan"), &note).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let page = browser.get(&at(&forum, "")).await.text();
    for words in ["Kepala membuka forum.", "Warga bertanya."] {
        assert!(page.contains(words), "{words}: {page}");
    }
}
