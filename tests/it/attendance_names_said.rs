//! Promises about a name that somebody says at the door or at the wall: whose it is, and what it may open.

use rembuk::{
    attendance,
    forums::{self, Forum, Group, Programme, TeamIn},
    invitations,
};
use serde_json::json;

use crate::{
    attendance::{ORGANISER, api, door, forum, guest, pdf_text, program, walk_in},
    attendance_door::{invited, wall},
    support::TestApp,
};

async fn present(app: &TestApp, forum: &Forum) -> Vec<attendance::Attendee> {
    attendance::present(&app.app.db, forum).await.unwrap()
}

#[tokio::test]
async fn the_name_of_one_of_the_organisers_people_opens_no_door_at_the_wall() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let member = TeamIn {
        name: "Notulis Contoh".to_owned(),
        role: "Notulis".to_owned(),
        person: None,
    };
    let programme = Programme {
        team: vec![member],
        ..Programme::default()
    };
    let tx = app.app.db.begin_write().await.unwrap();
    forums::write_programme(&tx, &forum, programme)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let link = wall(&app, &forum).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&door(&forum, "")).await;
    let listed = organiser.post(&door(&forum, "/panitia"), &[]).await;
    assert_eq!(listed.status, 303, "{}", listed.text());
    let mut telephone = app.browser();
    telephone.get(&link).await;
    let name = [("name", "notulis contoh"), ("group", "users")];
    let refused = telephone.post(&format!("{link}/nama"), &name).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("didaftarkan oleh petugas"));
    assert!(present(&app, &forum).await.is_empty());
}

#[tokio::test]
async fn what_an_invited_person_says_at_the_door_fills_what_the_invitation_left_open() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let recipient = invited(&app, &forum, "Jos\u{e9} Contoh").await;
    let mut program = program(&app, ORGANISER).await;
    let came = api(&mut program, &forum, guest("Jose Contoh")).await;
    assert_eq!(came.status, 201, "{}", came.body);
    assert_eq!(came.json()["position"], "Warga");
    let rows = present(&app, &forum).await;
    assert_eq!(rows.len(), 1, "one person, one row");
    assert_eq!(rows[0].recipient_id, Some(recipient.id.0));
    assert!(rows[0].phone.is_some(), "the telephone is kept");
}

/// Somebody of a house, with the telephone that the list knows.
async fn invited_with_phone(app: &TestApp, forum: &Forum, addressee: &str) -> String {
    let tx = app.app.db.begin_write().await.unwrap();
    let fields = invitations::RecipientFields {
        phone: Some("+6280000000071".to_owned()),
        addressee: addressee.to_owned(),
        organisation: "Harian Contoh".to_owned(),
        participant_group: Group::Media,
        quota: 1,
        note: String::new(),
        email: None,
    };
    let one = invitations::add_recipient_in(&tx, &app.ctx(), forum, 1, fields)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    one.id.to_string()
}

#[tokio::test]
async fn name_position_and_telephone_of_the_letter_arrive_apart_on_the_list() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let rina = invited_with_phone(&app, &forum, "Rina Pers, S.Sos, Wartawan").await;
    let budi = invited_with_phone(&app, &forum, "Budi Pers, Redaktur").await;
    let office = invited_with_phone(&app, &forum, "Kepala Redaksi").await;
    let mut program = program(&app, ORGANISER).await;
    let came = api(&mut program, &forum, json!({ "recipient": rina })).await;
    assert_eq!(came.status, 201, "{}", came.body);
    assert_eq!(came.json()["name"], "Rina Pers, S.Sos");
    assert_eq!(came.json()["position"], "Wartawan");
    // Who comes instead has neither the position nor the number, and nor has the envoy of an office.
    for (recipient, name) in [(budi, "Karina Contoh"), (office, "Ani Contoh")] {
        let body = json!({ "recipient": recipient, "name": name });
        let came = api(&mut program, &forum, body).await;
        assert_eq!(came.json()["name"], name, "{}", came.body);
        assert_eq!(came.json()["position"], "");
    }
    let rows = present(&app, &forum).await;
    let phones: Vec<bool> = rows.iter().map(|row| row.phone.is_some()).collect();
    assert_eq!(phones, [true, false, false]);
    let mut browser = app.sign_in(ORGANISER).await;
    for (copy, shown) in [
        ("daftar-hadir.pdf", "0800-0000-0071"),
        ("daftar-hadir-umum.pdf", "0800-••••-••71"),
    ] {
        let path = format!("/kerja/forum/{}/{copy}", forum.id);
        let text = pdf_text(&browser.get(&path).await.bytes);
        assert!(text.contains(shown), "{copy}: {text}");
        assert!(!text.contains("Rina Pers, S.Sos, Wartawan"), "{text}");
    }
}

#[tokio::test]
async fn whoever_is_invited_and_says_only_the_name_is_no_guest_with_or_without_a_title() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let recipient = invited(&app, &forum, "Dr. Ahli Rekaan, M.Si").await;
    let mut program = program(&app, ORGANISER).await;
    let came = api(&mut program, &forum, guest("Ahli Rekaan")).await;
    assert_eq!(came.status, 201, "{}", came.body);
    assert_eq!(came.json()["method"], "name", "found on the list");
    let rows = present(&app, &forum).await;
    assert_eq!(rows.len(), 1, "one person, one row");
    assert_eq!(rows[0].recipient_id, Some(recipient.id.0));
    assert_eq!(rows[0].name, "Dr. Ahli Rekaan, M.Si");
    let summary = attendance::summary(&app.app.db, &forum).await.unwrap();
    assert_eq!(summary.walk_ins, 0);
}

#[tokio::test]
async fn a_name_that_paper_cannot_show_is_refused_and_kept_in_the_form() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    for (name, told) in [
        ("Budi \u{1f600}", "tidak dapat dicetak"),
        ("\u{1f600}\u{1f600}", "tidak dapat dicetak"),
        ("--", "dengan huruf"),
    ] {
        let refused = walk_in(&mut browser, &forum, name, "users", "").await;
        assert_eq!(refused.status, 422, "{name}");
        let said = refused.texts(".summary").join(" ");
        assert!(said.contains(told), "{name}: {said}");
        assert_eq!(refused.attribute("#f-name", "value").unwrap(), name);
    }
    let mut program = program(&app, ORGANISER).await;
    let refused = api(&mut program, &forum, guest("\u{1f600}\u{1f600}")).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(present(&app, &forum).await.is_empty());
}

#[tokio::test]
async fn a_name_is_known_with_its_degrees_and_carries_nothing_that_hides_it() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    invited(&app, &forum, "Budi Gelar").await;
    let mut program = program(&app, ORGANISER).await;
    let came = api(&mut program, &forum, guest("Prof. Budi Gelar M.Si")).await;
    assert_eq!(came.status, 201, "{}", came.body);
    let rows = present(&app, &forum).await;
    assert!(rows[0].recipient_id.is_some(), "is who was invited");

    let turned = api(&mut program, &forum, guest("Tamu \u{202e}Terbalik")).await;
    assert_eq!(turned.status, 201, "{}", turned.body);
    assert_eq!(turned.json()["name"], "Tamu Terbalik");
    let piled = format!("Tamu{} Contoh", "\u{301}".repeat(100));
    let piled = api(&mut program, &forum, guest(&piled)).await;
    assert_eq!(piled.status, 422, "{}", piled.body);
    assert!(
        piled.body.contains("terlalu banyak tanda"),
        "{}",
        piled.body
    );
    assert_eq!(present(&app, &forum).await.len(), 2);
}
