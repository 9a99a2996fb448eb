//! Promises about those who know another time or place than the forum's: the forum says so until they were told, also
//! when nothing can be sent any more; and about what those see of guests who only look.

use chrono::Duration;
use poem::http::Method;
use sea_orm::ConnectionTrait as _;

use crate::{
    attendance::{api, door, forum, guest, program, walk_in},
    forums::{ORGANISER, with_forums},
    invitations::send_all,
    letters::move_forum,
    support::{Browser, TestApp},
};

const OFFICER: &str = "petugas.kaltim@rembuk.example";
const ADMIN: &str = "admin.kaltim@rembuk.example";
const HEAD: &str = "kepala.kaltim@rembuk.example";

async fn missing(app: &TestApp, address: &str) -> Vec<(String, String)> {
    let mut program = program(app, ORGANISER).await;
    let path = format!(
        "{}/missing",
        address.replace("/kerja/forum", "/api/v1/forums")
    );
    let answer = program.api(Method::GET, &path, None).await;
    let items = answer.json()["items"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    items
        .iter()
        .map(|item| (text(&item["code"]), text(&item["severity"])))
        .collect()
}

fn untold(severity: &str) -> (String, String) {
    ("not-told".to_owned(), severity.to_owned())
}

/// Ticks off the first of the list.
async fn call_one(organiser: &mut Browser<'_>, list: &str) -> (String, String) {
    let page = organiser.get(list).await;
    let action = page.attribute("#beri-tahu form", "action").unwrap();
    let news = page
        .attribute("#beri-tahu input[name=news]", "value")
        .unwrap();
    let told = organiser.post(&action, &[("news", &news)]).await;
    assert_eq!(told.status, 303, "{}", told.text());
    (action, news)
}

#[tokio::test]
async fn from_the_start_on_the_forum_says_who_was_not_told_of_the_change_until_they_were() {
    let (app, demo) = with_forums().await;
    send_all(&app, demo.next).await;
    let address = format!("/kerja/forum/{}", demo.next);
    let list = format!("{address}/undangan");
    let mut organiser = app.sign_in(ORGANISER).await;
    move_forum(&mut organiser, &address).await;
    assert!(
        !missing(&app, &address).await.contains(&untold("error")),
        "a letter can still go out"
    );
    // Half an hour after its beginning, on 20 May.
    app.advance(Duration::days(64) + Duration::minutes(30));
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&address).await.text();
    for part in [
        "39 penerima undangan belum diberi tahu",
        "Telepon yang belum tahu",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(missing(&app, &address).await.contains(&untold("error")));
    let (action, news) = call_one(&mut organiser, &list).await;
    // Two officers call the same person; and somebody says what was so before another change.
    let twice = organiser.post(&action, &[("news", &news)]).await;
    assert_eq!(twice.status, 303);
    let stale = organiser.post(&action, &[("news", "0")]).await;
    assert_eq!(stale.status, 409);
    let page = organiser.get(&list).await;
    assert_eq!(page.texts("#beri-tahu li").len(), 38);
    assert!(page.text().contains("Diberi tahu lewat telepon"));
    // A wrong tick is taken back with its reason, and set again.
    let undo = page.attribute("#sudah-ditelepon form", "action").unwrap();
    let silent = organiser.post(&undo, &[("reason", "")]).await;
    let page = organiser.follow(&silent).await;
    assert!(page.text().contains("Tulis alasannya"), "{}", page.text());
    assert_eq!(page.texts("#sudah-ditelepon li").len(), 1);
    let why = [("reason", "Salah baris: yang dihubungi orang lain")];
    let undone = organiser.post(&undo, &why).await;
    assert_eq!(undone.status, 303, "{}", undone.text());
    let again = organiser.post(&undo, &why).await;
    assert_eq!(again.status, 409, "it is taken back once");
    let page = organiser.get(&list).await;
    assert_eq!(page.texts("#beri-tahu li").len(), 39);
    assert!(page.texts("#sudah-ditelepon li").is_empty());
    let ticked = organiser.post(&action, &[("news", &news)]).await;
    assert_eq!(ticked.status, 303, "{}", ticked.text());
    // Somebody came: the stage of the invitations lies behind, and is not done.
    let mut tablet = program(&app, ORGANISER).await;
    let came = guest_comes(&mut tablet, &address).await;
    assert_eq!(came, 201);
    let page = organiser.get(&address).await.text();
    assert!(page.contains("Belum lengkap"), "{page}");
    assert!(
        page.contains("38 penerima undangan belum diberi tahu"),
        "{page}"
    );
    // When it is over nobody can be called to it, and it stays known.
    app.advance(Duration::days(1));
    assert!(missing(&app, &address).await.contains(&untold("warning")));
    app.forget_jobs().await;
}

#[tokio::test]
async fn updates_are_counted_among_those_who_were_told_before() {
    let (app, demo) = with_forums().await;
    let address = format!("/kerja/forum/{}", demo.next);
    let list = format!("{address}/undangan");
    let mut organiser = app.sign_in(ORGANISER).await;
    let lines = organiser.get(&list).await;
    let lines = lines.attributes("#daftar input[name=line]", "value");
    let mut fields = vec![("over", "ticked"), ("act", "send")];
    fields.extend(lines[..3].iter().map(|line| ("line", line.as_str())));
    let sent = organiser.post(&format!("{list}/sekaligus"), &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 3);
    // The others have no address, and nobody brought them anything.
    let sql = "UPDATE recipient SET email = NULL WHERE requested_at IS NULL";
    app.app.db.execute_unprepared(sql).await.unwrap();
    move_forum(&mut organiser, &address).await;
    let page = organiser.get(&list).await.text();
    assert!(page.contains("0 diantar, dari 3 penerima"), "{page}");
    assert!(page.contains("Tahu yang lama"), "{page}");
}

#[tokio::test]
async fn from_the_start_on_those_whom_nothing_ever_reached_stay_listed_until_they_are_called() {
    let (app, demo) = with_forums().await;
    let address = format!("/kerja/forum/{}", demo.next);
    let list = format!("{address}/undangan");
    let never = ("never-sent".to_owned(), "warning".to_owned());
    assert!(!missing(&app, &address).await.contains(&never));
    // Nothing was sent until half an hour after its beginning.
    app.advance(Duration::days(64) + Duration::minutes(30));
    assert!(missing(&app, &address).await.contains(&never));
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&list).await;
    assert_eq!(page.texts("#beri-tahu li").len(), 39);
    assert!(page.text().contains("belum pernah menerima undangan"));
    call_one(&mut organiser, &list).await;
    let page = organiser.get(&list).await;
    assert_eq!(page.texts("#beri-tahu li").len(), 38);
    // It stays known when the day is over.
    app.advance(Duration::days(1));
    assert!(missing(&app, &address).await.contains(&never));
    let page = app.sign_in(ORGANISER).await.get(&address).await.text();
    assert!(
        page.contains("38 penerima belum pernah menerima undangan"),
        "{page}"
    );
    app.forget_jobs().await;
}

#[tokio::test]
async fn a_cancelled_forum_says_who_does_not_know_it_yet() {
    let (app, demo) = with_forums().await;
    send_all(&app, demo.next).await;
    let address = format!("/kerja/forum/{}", demo.next);
    // No mail reaches any of them.
    let sql = "UPDATE recipient SET email = NULL";
    app.app.db.execute_unprepared(sql).await.unwrap();
    let mut organiser = app.sign_in(ORGANISER).await;
    let off = format!("{address}/batalkan");
    let page = organiser.get(&off).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let fields = [
        ("version", version.as_str()),
        ("reason", "Narasumber berhalangan"),
    ];
    let done = organiser.post(&off, &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let uncalled = ("cancelled-uncalled".to_owned(), "error".to_owned());
    assert!(missing(&app, &address).await.contains(&uncalled));
    let page = organiser.get(&address).await.text();
    assert!(
        page.contains("39 penerima undangan belum tahu bahwa forum ini dibatalkan"),
        "{page}"
    );
    let told = "39 undangan dicabut, 0 orang sudah dikabari pembatalannya, 39 belum";
    assert!(page.contains(told), "{page}");
    for untrue in ["Sedang berjalan", "Tidak ada yang kurang"] {
        assert!(!page.contains(untrue), "{untrue}: {page}");
    }
    app.forget_jobs().await;
}

async fn guest_comes(tablet: &mut Browser<'_>, address: &str) -> u16 {
    let path = format!(
        "{}/check-ins",
        address.replace("/kerja/forum", "/api/v1/forums")
    );
    let came = tablet
        .api(Method::POST, &path, Some(guest("Tamu Contoh")))
        .await;
    came.status
}

#[tokio::test]
async fn whoever_only_looks_sees_neither_addresses_nor_codes() {
    let (app, demo) = with_forums().await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&list).await.text();
    let address = page
        .split_whitespace()
        .find(|word| word.contains("@kaltim.example"))
        .unwrap_or_default()
        .to_owned();
    assert!(!address.is_empty(), "the organiser sees them: {page}");
    for email in [OFFICER, HEAD, ADMIN] {
        let mut reader = app.sign_in(email).await;
        let page = reader.get(&list).await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains(&address), "{email}");
        let found = reader.get(&format!("{list}?q={address}")).await;
        assert!(
            found.texts("#daftar td.main").is_empty(),
            "{email} finds nobody by it"
        );
    }

    let held = forum(&app, "FKP-A").await;
    walk_in(&mut organiser, &held, "Tamu Contoh", "users", "").await;
    let mut tablet = program(&app, ORGANISER).await;
    let again = api(&mut tablet, &held, guest("Tamu Lain")).await;
    let code = again.json()["code"].as_str().unwrap().to_owned();
    assert!(organiser.get(&door(&held, "")).await.text().contains(&code));
    for email in [OFFICER, HEAD] {
        let mut reader = app.sign_in(email).await;
        let page = reader.get(&door(&held, "")).await;
        assert!(
            page.text().contains("Tamu Lain") && !page.text().contains(&code),
            "{email}"
        );
        let found = reader.get(&door(&held, &format!("?q={code}"))).await;
        assert!(
            !found.text().contains("Tamu Lain"),
            "{email} finds nobody by it"
        );
    }
}
