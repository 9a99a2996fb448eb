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
