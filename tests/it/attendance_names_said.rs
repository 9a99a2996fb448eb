//! Promises about a name that somebody says at the door or at the wall: whose it is, and what it may open.

use rembuk::{
    attendance,
    forums::{self, Forum, Programme, TeamIn},
};

use crate::{
    attendance::{ORGANISER, api, door, forum, guest, program},
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
