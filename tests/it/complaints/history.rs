//! What a complaint went through is written once and never changed.

use rembuk::{
    audit::ActorKind,
    complaints::{Status, entity::complaint, history},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::*;

pub async fn row(app: &TestApp, number: &str) -> complaint::Model {
    complaint::Entity::find()
        .filter(complaint::Column::Number.eq(number))
        .one(app.app.db.connection())
        .await
        .unwrap()
        .unwrap()
}

/// `event from>to`, oldest first.
pub async fn passed(app: &TestApp, number: &str) -> Vec<String> {
    let of = row(app, number).await;
    let moments = history::of(&app.app.db, &of).await.unwrap();
    moments
        .iter()
        .map(|one| {
            let from = one.from.map(Status::code).unwrap_or_default();
            format!("{} {from}>{}", one.event, one.to.code())
        })
        .collect()
}

#[tokio::test]
async fn every_state_that_is_passed_stands_in_the_history_with_who_and_when() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    app.advance(chrono::Duration::hours(1));
    assigned(&app, &number, "fasilitasi").await;
    app.advance(chrono::Duration::hours(1));
    answered(&app, &number).await;
    assert_eq!(
        passed(&app, &number).await,
        [
            "receive >received",
            "assign received>verified",
            "assign verified>assigned",
            "answer assigned>in_progress",
            "answer in_progress>answered",
        ]
    );
    let moments = history::of(&app.app.db, &row(&app, &number).await)
        .await
        .unwrap();
    let seqs: Vec<i32> = moments.iter().map(|one| one.seq).collect();
    assert_eq!(seqs, [1, 2, 3, 4, 5]);
    assert_eq!(moments[0].by, ActorKind::Public);
    assert!(moments[0].name.is_empty(), "a citizen is never named here");
    assert_eq!(moments[2].by, ActorKind::Person);
    assert_eq!(
        moments[4].at - moments[2].at,
        chrono::Duration::hours(1),
        "each at its own time"
    );
}

#[tokio::test]
async fn somebody_who_gives_thanks_does_not_have_to_complain() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let form = citizen.get(&format!("/pengaduan/baru?unit={UNIT}")).await;
    assert_eq!(
        form.attribute("input[name=kind][checked]", "value")
            .as_deref(),
        Some("complaint")
    );
    let mut fields = fields();
    fields.push(("kind", "praise"));
    let check = fill_form(&mut citizen, &fields).await;
    assert!(check.text().contains("Apresiasi"), "{}", check.text());
    let key = key_of(&check);
    let sent = citizen.post("/pengaduan", &[("form", &key)]).await;
    let receipt = citizen.follow(&sent).await;
    assert_eq!(receipt.status, 200);
    app.run_jobs().await;
    let mut officer = program(&app, OFFICER).await;
    let list = officer
        .api(poem::http::Method::GET, "/api/v1/complaints", None)
        .await;
    assert_eq!(list.json()["items"][0]["kind"], "praise");
    fields.pop();
    fields.push(("kind", "gossip"));
    let refused = citizen.post("/pengaduan/baru", &fields).await;
    assert_eq!(refused.status, 422);
}
