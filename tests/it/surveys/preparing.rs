//! A period before it is opened, and what is offered around it.

use poem::http::Method;

use super::*;

#[tokio::test]
async fn a_period_made_by_mistake_goes_and_the_history_keeps_that_it_was_there() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = made(&mut organiser).await;
    let page = organiser.get(&period).await;
    assert!(page.text().contains("Hapus periode ini"), "{}", page.text());
    let version = row(&app, &period).await.version.to_string();
    let remove = format!("{period}/hapus");
    let old = organiser.post(&remove, &[("version", "0")]).await;
    assert_eq!(old.status, 409, "{}", old.text());
    for _ in 0..2 {
        let gone = organiser.post(&remove, &[("version", &version)]).await;
        assert_eq!(gone.status, 303, "{}", gone.text());
        assert_eq!(gone.location(), "/kerja/survei");
    }
    assert_eq!(organiser.get(&period).await.status, 404);
    let last = rembuk::audit::last(&app.app.db, "survey", id_of(&period).0).await;
    assert_eq!(last.unwrap().unwrap().verb, "survey.discarded");
}

#[tokio::test]
async fn a_period_that_was_opened_stays() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let page = organiser.get(&period).await;
    assert!(!page.text().contains("Hapus periode ini"));
    let refused = step(&mut organiser, &period, "hapus").await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("sudah dibuka"));
    let mut program = crate::complaints::program(&app, ORGANISER).await;
    let path = format!("/api/v1/surveys/{}", id_of(&period));
    let unsaid = program.api(Method::DELETE, &path, None).await;
    assert_eq!(
        (unsaid.status, unsaid.body.contains("version")),
        (422, true)
    );
    let version = row(&app, &period).await.version;
    let named = format!("{path}?version={version}");
    let refused = program.api(Method::DELETE, &named, None).await;
    assert_eq!(refused.json()["code"], "survey.fixed");
    let prepared = made(&mut organiser).await;
    let path = format!("/api/v1/surveys/{}?version=1", id_of(&prepared));
    let gone = program.api(Method::DELETE, &path, None).await;
    assert_eq!(gone.status, 204, "{}", gone.body);
}

#[tokio::test]
async fn a_column_of_a_list_that_is_not_used_is_named_before_the_list_is_taken() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let path = format!("{period}/impor");
    organiser.get(&path).await;
    let list = "U1;U2;U3;U4;U5;U6;U7;U8;U9;Kelamin;Loket;\r\n3;4;3;4;4;4;3;3;4;;Loket 2;antre\r\n";
    let sent = organiser
        .post_file(&path, &[], ("file", "skm.csv", list.as_bytes()))
        .await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let look = organiser.get(sent.location()).await.text();
    assert!(
        look.contains("Kolom yang tidak dipakai: K: Loket; L: antre."),
        "{look}"
    );
}

#[tokio::test]
async fn a_tablet_is_offered_only_where_a_survey_asks() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let codes = "/kerja/survei/kode";
    organiser.get(codes).await;
    let fields = [
        ("kind", "counter"),
        ("service", SERVICE),
        ("name", "Loket 3"),
    ];
    let added = organiser.post(codes, &fields).await;
    assert_eq!(added.status, 303, "{}", added.body);
    assert!(!organiser.get(codes).await.body.contains("?kios=1"));
    // Between two periods a tablet leads nowhere else and looks again by itself; a phone is shown the way home.
    let place = format!("/survei/{UNIT}/isi/{SERVICE}");
    let tablet = organiser.get(&format!("{place}?kios=1")).await;
    assert!(tablet.body.contains("tablet-waits"), "{}", tablet.body);
    assert!(!tablet.text().contains("Ke beranda"));
    assert!(!tablet.header("refresh").is_empty());
    let phone = organiser.get(&place).await;
    assert!(!phone.body.contains("tablet-waits"));
    assert!(phone.text().contains("Ke beranda"), "{}", phone.text());
    open(&mut organiser).await;
    assert!(organiser.get(codes).await.body.contains("?kios=1"));
}
