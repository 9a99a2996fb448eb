//! Promises of what follows a forum, seen from outside and over weeks: everybody reads what shows that a promise was kept,
//! and no stage of a forum stands still without its organiser being told.

use chrono::Duration;
use rembuk::{
    follow_up::entity::stage_reminder,
    forums::{self, Stage},
    housekeeping,
};
use sea_orm::{EntityTrait as _, QueryOrder as _};

use crate::{
    action_plans::{FACILITATION, step},
    attendance::forum,
    berita_acara::locked,
    follow_up::action,
    proving::verified,
    support::TestApp,
};

#[tokio::test]
async fn the_public_page_says_of_every_promise_what_shows_it_and_whether_the_head_agreed() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let id = action(&mut browser, &forum).await;
    let public = async || {
        let page = app.browser().get(&format!("/forum/{}", forum.id)).await;
        page.texts("#dikerjakan").join(" ")
    };
    let promised = public().await;
    assert!(promised.contains("Belum ada bukti"), "{promised}");
    let done = [
        ("note", "Surat sudah dikirim kepada kabupaten dan kota."),
        ("happened_on", "2026-03-16"),
        ("link", "https://contoh.example/surat"),
    ];
    let mut handler = app.sign_in(FACILITATION).await;
    let reported = step(&mut handler, &id, "/kemajuan", &done).await;
    assert_eq!(reported.status, 303, "{}", reported.text());
    let handed_in = step(&mut handler, &id, "/selesai", &[]).await;
    assert_eq!(handed_in.status, 303, "{}", handed_in.text());
    let waits = public().await;
    assert!(waits.contains("1 bukti, belum disahkan"), "{waits}");
    verified(&app, &id).await;
    let kept = public().await;
    assert!(
        kept.contains("1 bukti, disahkan Kepala unit 17 Maret 2026"),
        "{kept}"
    );
}

#[tokio::test]
async fn whichever_of_the_six_stages_stands_still_its_organiser_is_told() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    // Wednesdays on which the office works.
    app.advance(Duration::days(1));
    let stages = [
        Stage::Preparation,
        Stage::Invitation,
        Stage::Session,
        Stage::BeritaAcara,
        Stage::Report,
        Stage::FollowUp,
    ];
    for (told, stage) in stages.into_iter().enumerate() {
        let tx = app.app.db.begin_write().await.unwrap();
        forums::reach(&tx, &app.ctx(), forum.id, stage)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        app.advance(Duration::days(7));
        housekeeping::sweep(&app.app).await.unwrap();
        app.run_jobs().await;
        assert_eq!(app.mails().len(), told + 1, "{stage:?}");
    }
    let reminders = stage_reminder::Entity::find()
        .order_by_asc(stage_reminder::Column::CreatedAt)
        .all(&app.app.db)
        .await
        .unwrap();
    let told: Vec<Stage> = reminders.into_iter().map(|one| one.stage).collect();
    assert_eq!(told, stages);
}
