//! Promises of an invitation for several persons: each of them comes in on it under their own name, none of them is a
//! guest, and never one more than the letter invites.

use rembuk::{
    attendance,
    forums::{Forum, Group},
};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::{
    attendance::{ORGANISER, api, door, forum, pdf_text, program},
    attendance_door::{by_module, invited, invited_for},
    attendance_papers::{drawn, hand_in},
    support::{
        Answer, Browser, TestApp,
        races::{self, meet},
    },
};

const OFFICE: &str = "Kepala Instansi Contoh";
const MARK: &str = "0195a1c2-0000-7000-8000-000000000002";

async fn present(app: &TestApp, forum: &Forum) -> Vec<attendance::Attendee> {
    attendance::present(&app.app.db, forum).await.unwrap()
}

/// A forum with one invitation for three.
async fn three(app: &TestApp) -> (Forum, String) {
    let forum = forum(app, "FKP-A").await;
    let recipient = invited_for(app, &forum, OFFICE, 3).await;
    (forum, recipient.id.to_string())
}

fn named(recipient: &str, name: &str) -> Value {
    json!({ "recipient": recipient, "name": name, "position": "Analis" })
}

#[tokio::test]
async fn all_three_of_an_invitation_come_in_on_it_and_the_fourth_is_told_who_they_are() {
    let app = TestApp::new().await;
    let (forum, recipient) = three(&app).await;
    let mut program = program(&app, ORGANISER).await;
    for (name, here) in [("Karina Contoh", 1), ("Budi Contoh", 2)] {
        let came = api(&mut program, &forum, named(&recipient, name)).await;
        assert_eq!(came.status, 201, "{}", came.body);
        let told = came.json()["invitation"].clone();
        assert_eq!(told, json!({ "invited": 3, "present": here }));
    }
    // The third is sent twice, because the first answer was lost.
    let mut third = named(&recipient, "Tono Contoh");
    third["client_id"] = json!(MARK);
    let first = api(&mut program, &forum, third.clone()).await;
    let again = api(&mut program, &forum, third).await;
    assert_eq!((first.status, again.status), (201, 200), "{}", again.body);
    assert_eq!(first.json()["id"], again.json()["id"]);
    assert_eq!(again.json()["invitation"]["present"], 3);
    let fourth = api(&mut program, &forum, named(&recipient, "Rina Contoh")).await;
    assert_eq!(fourth.status, 409);
    assert_eq!(fourth.json()["code"], "attendance.all_in");
    let detail = fourth.json()["detail"].as_str().unwrap().to_owned();
    for part in [
        "Karina Contoh (",
        "Budi Contoh (",
        "Tono Contoh (",
        "3 orang",
    ] {
        assert!(detail.contains(part), "{part}: {detail}");
    }
    let rows = present(&app, &forum).await;
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row.role == "Analis"));
    assert!(rows.iter().all(|row| row.office.as_deref() == Some(OFFICE)));
    let summary = attendance::summary(&app.app.db, &forum).await.unwrap();
    assert_eq!(
        (summary.present, summary.invited, summary.walk_ins),
        (3, 3, 0)
    );
    let users = summary.by_group.iter();
    let group = users.clone().find(|one| one.group == Group::Stakeholders);
    assert_eq!(group.map(|one| (one.came, one.percent())), Some((3, 100)));
}

#[tokio::test]
async fn whoever_is_in_is_not_let_in_again_as_the_next_of_the_same_invitation() {
    let app = TestApp::new().await;
    let (forum, recipient) = three(&app).await;
    let mut program = program(&app, ORGANISER).await;
    let nameless = json!({ "recipient": recipient });
    let first = api(&mut program, &forum, named(&recipient, "Karina Contoh")).await;
    assert_eq!(first.status, 201, "{}", first.body);
    let same = api(&mut program, &forum, named(&recipient, " karina CONTOH")).await;
    assert_eq!(same.json()["code"], "attendance.already_in");
    let code = json!({ "code": first.json()["code"] });
    for body in [nameless, code.clone()] {
        let asked = api(&mut program, &forum, body).await;
        assert_eq!(asked.status, 409, "{}", asked.body);
        assert_eq!(asked.json()["code"], "attendance.next_nameless");
        let detail = asked.json()["detail"].as_str().unwrap().to_owned();
        assert!(
            detail.contains("1 dari 3") && detail.contains("Karina Contoh"),
            "{detail}"
        );
    }
    // The code of the invitation lets the next in who says their name.
    let mut next = code;
    next["name"] = json!("Budi Contoh");
    let next = api(&mut program, &forum, next).await;
    assert_eq!(next.status, 201, "{}", next.body);
    assert_eq!(next.json()["name"], "Budi Contoh");
    assert_eq!(present(&app, &forum).await.len(), 2);
}

#[tokio::test]
async fn the_door_expects_all_of_them_and_asks_for_the_next_by_name() {
    let app = TestApp::new().await;
    let (forum, recipient) = three(&app).await;
    invited(&app, &forum, "Ketua Lembaga Contoh").await;
    let mut browser = app.sign_in(ORGANISER).await;
    let page = browser.get(&door(&forum, "")).await;
    let text = page.text();
    for part in [
        "4 orang belum masuk",
        "0 dari 3 hadir",
        "4 diundang",
        "2 undangan untuk 4 orang",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let fields = [
        ("recipient", recipient.as_str()),
        ("ask_name", "true"),
        ("who_name", "Karina Contoh"),
        ("who_position", "Analis"),
    ];
    let told = by_module(&mut browser, &forum, "/masuk", &fields).await;
    assert_eq!(
        (told["outcome"].as_str(), &told["here"], &told["of"]),
        (Some("in"), &json!(1), &json!(3))
    );
    let page = browser.get(&door(&forum, "")).await;
    let text = page.text();
    for part in [
        "3 orang belum masuk",
        "1 dari 3 hadir",
        "Catat orang berikutnya",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let left = page.attribute("li[data-party]", "data-left").unwrap();
    assert_eq!(left, "2");
    for name in ["Budi Contoh", "Tono Contoh"] {
        let fields = [
            ("recipient", recipient.as_str()),
            ("ask_name", "true"),
            ("who_name", name),
        ];
        browser.get(&door(&forum, "")).await;
        let came = browser.post(&door(&forum, "/masuk"), &fields).await;
        assert_eq!(came.status, 303, "{}", came.text());
    }
    let page = browser.get(&door(&forum, "")).await;
    assert!(
        page.texts("li[data-party]").is_empty(),
        "all of them are in"
    );
    assert!(page.text().contains("3 hadir · 4 diundang · 0 tamu"));
}

/// Takes back who has this name.
async fn undo(app: &TestApp, browser: &mut Browser<'_>, forum: &Forum, name: &str) {
    let rows = present(app, forum).await;
    let row = rows.iter().find(|row| row.name == name).unwrap();
    let (id, version) = (row.id.to_string(), row.version.to_string());
    browser.get(&door(forum, "")).await;
    let fields = [("row", id.as_str()), ("version", version.as_str())];
    let undone = browser.post(&door(forum, "/batal"), &fields).await;
    assert_eq!(undone.status, 303, "{}", undone.text());
}

#[tokio::test]
async fn one_of_them_is_taken_back_and_comes_again_without_a_fourth_seat() {
    let app = TestApp::new().await;
    let (forum, recipient) = three(&app).await;
    let mut program = program(&app, ORGANISER).await;
    for name in ["Karina Contoh", "Budi Contoh", "Tono Contoh"] {
        let came = api(&mut program, &forum, named(&recipient, name)).await;
        assert_eq!(came.status, 201, "{}", came.body);
    }
    let mut browser = app.sign_in(ORGANISER).await;
    undo(&app, &mut browser, &forum, "Budi Contoh").await;
    assert_eq!(present(&app, &forum).await.len(), 2);
    let page = browser.get(&door(&forum, "")).await.text();
    assert!(
        page.contains("2 dari 3 hadir") && page.contains("Budi Contoh"),
        "{page}"
    );
    let back = api(&mut program, &forum, named(&recipient, "Budi Contoh")).await;
    assert_eq!(back.status, 201, "{}", back.body);
    undo(&app, &mut browser, &forum, "Tono Contoh").await;
    let instead = api(&mut program, &forum, named(&recipient, "Rina Contoh")).await;
    assert_eq!(instead.status, 201, "the seat is free: {}", instead.body);
    let full = api(&mut program, &forum, named(&recipient, "Tono Contoh")).await;
    assert_eq!(full.json()["code"], "attendance.all_in", "{}", full.body);
    assert_eq!(present(&app, &forum).await.len(), 3);
}

#[tokio::test]
async fn two_tablets_at_once_never_let_in_more_than_are_invited() {
    let app = races::app().await;
    let forum = forum(&app, "FKP-A").await;
    let recipient = invited_for(&app, &forum, OFFICE, 2).await.id.to_string();
    let mut one = program(&app, ORGANISER).await;
    let mut other = program(&app, ORGANISER).await;
    let came = api(&mut one, &forum, named(&recipient, "Karina Contoh")).await;
    assert_eq!(came.status, 201, "{}", came.body);
    let (first, second) = meet(
        &app,
        ("forum", forum.id.0),
        api(&mut one, &forum, named(&recipient, "Budi Contoh")),
        api(&mut other, &forum, named(&recipient, "Tono Contoh")),
    )
    .await;
    let mut both = [first.status, second.status];
    both.sort_unstable();
    assert_eq!(both, [201, 409], "{} {}", first.body, second.body);
    let refused = if first.status == 409 { first } else { second };
    assert_eq!(refused.json()["code"], "attendance.all_in");
    assert_eq!(present(&app, &forum).await.len(), 2);
}

#[tokio::test]
async fn the_position_on_the_letter_is_that_of_the_first_and_of_nobody_else() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    invited_for(&app, &forum, "Siti Contoh, Ketua RT 05", 2).await;
    let mut browser = app.sign_in(ORGANISER).await;
    let path = format!("/kerja/forum/{}/daftar-hadir-kosong.pdf", forum.id);
    let sheet = pdf_text(&browser.get(&path).await.bytes);
    let sheet = sheet.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(sheet.contains("ke-2"), "{sheet}");
    // Once beside the first, and once in what the line of the second is called.
    assert_eq!(sheet.matches("Ketua RT 05").count(), 2, "{sheet}");
    let kept = hand_in(&app, &forum, &drawn(78)).await;
    let lines = browser.get(kept.location()).await.texts(".tick");
    let second = lines.iter().find(|line| line.contains("ke-2")).unwrap();
    assert_eq!(second.matches("Ketua RT 05").count(), 1, "{second}");
}

#[tokio::test]
async fn the_sheet_for_the_door_has_a_row_for_each_of_them() {
    let app = TestApp::new().await;
    let (forum, _) = three(&app).await;
    let mut browser = app.sign_in(ORGANISER).await;
    let sheet = format!("/kerja/forum/{}/daftar-hadir-kosong.pdf", forum.id);
    let text = pdf_text(&browser.get(&sheet).await.bytes);
    assert!(text.contains("ke-2") && text.contains("ke-3"), "{text}");
    assert!(!text.contains("ke-4"), "{text}");
}

#[tokio::test]
async fn the_door_proposes_by_name_whom_the_answer_brings_along() {
    let app = TestApp::new().await;
    let (forum, recipient) = three(&app).await;
    let sql = "UPDATE recipient SET companions = 'Budi Contoh\nTini Contoh'";
    app.app.db.execute_unprepared(sql).await.unwrap();
    let mut browser = app.sign_in(ORGANISER).await;
    let proposed = |page: &Answer| page.attribute("#daftar-tunggu datalist option", "value");
    let page = browser.get(&door(&forum, "?q=Tini")).await;
    assert!(page.text().contains(OFFICE), "{}", page.text());
    assert_eq!(proposed(&page).as_deref(), Some("Budi Contoh"));
    // Who is in is not proposed again.
    let mut program = program(&app, ORGANISER).await;
    let came = api(&mut program, &forum, named(&recipient, "budi contoh")).await;
    assert_eq!(came.status, 201, "{}", came.body);
    let page = browser.get(&door(&forum, "")).await;
    assert_eq!(proposed(&page).as_deref(), Some("Tini Contoh"));
    let path = format!("/kerja/forum/{}/daftar-hadir-kosong.pdf", forum.id);
    let sheet = pdf_text(&browser.get(&path).await.bytes);
    assert!(sheet.contains("Tini Contoh"), "{sheet}");
}
