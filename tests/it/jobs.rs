//! Promises of jobs and mail: what is queued is sent once, a dead server delays and loses nothing, a
//! job of a rolled-back use case never existed.

use rembuk::{
    platform::{
        jobs::{self, Backlog},
        mail::{self, Outgoing, SendMail},
    },
    worker,
};
use tokio::sync::watch;

use crate::support::TestApp;

fn letter() -> Outgoing {
    Outgoing {
        to_name: "Budi Contoh".into(),
        to_address: "budi@contoh.example".into(),
        subject: "Undangan".into(),
        text: "Teks".into(),
        html: "<p>Teks</p>".into(),
        calendar: None,
        attachments: Vec::new(),
        about_kind: "test",
        about_id: uuid::Uuid::nil(),
    }
}

async fn queue(test: &TestApp) {
    let tx = test.app.db.begin_write().await.unwrap();
    mail::queue::<SendMail>(&tx, &test.app, test.now(), letter())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_queued_mail_is_sent_once() {
    let test = TestApp::new().await;
    queue(&test).await;
    assert_eq!(test.run_jobs().await, 1);
    assert_eq!(test.run_jobs().await, 0);
    assert_eq!(test.mails().len(), 1);
}

#[tokio::test]
async fn a_mail_of_a_use_case_that_failed_never_existed() {
    let test = TestApp::new().await;
    let tx = test.app.db.begin_write().await.unwrap();
    mail::queue::<SendMail>(&tx, &test.app, test.now(), letter())
        .await
        .unwrap();
    drop(tx);
    assert_eq!(test.run_jobs().await, 0);
    assert!(test.mails().is_empty());
}

#[tokio::test]
async fn a_dead_mail_server_delays_and_loses_nothing() {
    let test = TestApp::with(&[("REMBUK__MAIL__TRANSPORT", "smtp://127.0.0.1:1")]).await;
    queue(&test).await;
    let failure = jobs::run_due(&test.app, worker::dispatch)
        .await
        .unwrap_err();
    assert!(format!("{failure:#}").contains("mail.send"), "{failure:#}");
    assert_eq!(
        jobs::backlog(&test.app.db).await.unwrap(),
        Backlog {
            waiting: 1,
            given_up: 0
        }
    );
    let row = mail::about(&test.app.db, "test", &[uuid::Uuid::nil()])
        .await
        .unwrap()
        .remove(0);
    assert!(
        row.error.is_some(),
        "the page of the mail can say why it waits"
    );
    // Not again before its time.
    assert_eq!(jobs::run_due(&test.app, worker::dispatch).await.unwrap(), 0);
    test.advance(chrono::Duration::seconds(3));
    jobs::run_due(&test.app, worker::dispatch)
        .await
        .unwrap_err();
    test.forget_jobs().await;
}

#[tokio::test]
async fn the_worker_sends_what_is_committed_and_stops_when_told() {
    let test = TestApp::on_real_time().await;
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(jobs::work(test.app.clone(), worker::dispatch, stopped));
    queue(&test).await;
    let mut looks = 0;
    // Each look is a query; the bound only ends a hanging test.
    while jobs::backlog(&test.app.db).await.unwrap().waiting > 0 {
        looks += 1;
        assert!(looks < 200_000, "the worker does not work");
    }
    stop.send(true).unwrap();
    working.await.unwrap();
    assert_eq!(test.mails().len(), 1);
}
