//! Promises of jobs and mail: what is queued is sent once, a dead server delays and loses nothing, a
//! job of a rolled-back use case never existed.

use chrono::Duration;
use rembuk::{
    platform::{
        jobs::{self, Backlog},
        mail::{self, AttachedFile, MailStatus, Outgoing, SendMail},
    },
    worker,
};
use tokio::sync::watch;

use crate::support::{TestApp, smtp::SmtpServer};

fn letter() -> Outgoing {
    Outgoing {
        to_name: "Budi Contoh".into(),
        to_address: "budi@contoh.example".into(),
        subject: "Undangan".into(),
        text: "Jawab di https://rembuk.example/undangan/kunci-rahasia".into(),
        html: "<p>Jawab di https://rembuk.example/undangan/kunci-rahasia</p>".into(),
        calendar: Some((
            "REQUEST".into(),
            "URL:https://rembuk.example/undangan/kunci-rahasia".into(),
        )),
        attachments: Vec::new(),
        about_kind: "test",
        about_id: uuid::Uuid::nil(),
    }
}

async fn queue(test: &TestApp) {
    queue_this(test, letter()).await;
}

async fn queue_this(test: &TestApp, letter: Outgoing) {
    let tx = test.app.db.begin_write().await.unwrap();
    mail::queue::<SendMail>(&tx, &test.app, test.now(), letter)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// What the page of the mail reads.
async fn the_mail(test: &TestApp) -> mail::Model {
    mail::about(&test.app.db, "test", &[uuid::Uuid::nil()])
        .await
        .unwrap()
        .remove(0)
}

async fn fails(test: &TestApp) -> String {
    let failure = jobs::run_due(&test.app, worker::dispatch)
        .await
        .unwrap_err();
    format!("{failure:#}")
}

async fn with_server() -> (SmtpServer, TestApp) {
    let server = SmtpServer::start().await;
    let test = TestApp::with(&[("REMBUK__MAIL__TRANSPORT", &server.url)]).await;
    (server, test)
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
async fn a_batch_signs_in_once_and_outlives_a_server_that_hung_up_meanwhile() {
    let (server, test) = with_server().await;
    for _ in 0..5 {
        queue(&test).await;
    }
    assert_eq!(test.run_jobs().await, 5);
    assert_eq!((server.taken().len(), server.greeted()), (5, 1));
    // The connection that is kept finds nobody.
    server.set_dead(true);
    queue(&test).await;
    fails(&test).await;
    server.set_dead(false);
    test.advance(Duration::minutes(5));
    assert_eq!(test.run_jobs().await, 1);
    assert_eq!((server.taken().len(), server.greeted()), (6, 2));
    queue(&test).await;
    server.answers("NOOP", "421 4.4.2 idle for too long");
    assert_eq!(test.run_jobs().await, 1);
    assert_eq!((server.taken().len(), server.greeted()), (7, 3));
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
async fn a_mail_that_left_keeps_its_envelope_and_no_answer_link() {
    let (server, test) = with_server().await;
    queue(&test).await;
    assert_eq!(test.run_jobs().await, 1);
    assert!(server.taken()[0].contains("To: \"Budi Contoh\" <budi@contoh.example>"));
    let kept = the_mail(&test).await;
    assert_eq!(
        (kept.status, kept.subject.as_str(), kept.sent_at),
        (MailStatus::Sent, "Undangan", Some(test.now()))
    );
    assert!(!format!("{kept:?}").contains("kunci-rahasia"), "{kept:?}");
}

#[tokio::test]
async fn a_mail_server_that_is_dead_for_three_days_delays_and_loses_nothing() {
    let (server, test) = with_server().await;
    server.set_dead(true);
    queue(&test).await;
    let failure = fails(&test).await;
    assert!(failure.contains("mail.send"), "{failure}");
    assert_eq!(
        jobs::backlog(&test.app.db).await.unwrap(),
        Backlog {
            waiting: 1,
            given_up: 0
        }
    );
    assert!(
        the_mail(&test).await.error.is_some(),
        "the page of the mail can say why it waits"
    );
    // Not again before its time, and every time a little later.
    assert_eq!(test.run_jobs().await, 0);
    test.advance(Duration::seconds(2));
    fails(&test).await;
    test.advance(Duration::seconds(2));
    assert_eq!(test.run_jobs().await, 0);
    test.advance(Duration::seconds(2));
    fails(&test).await;
    for _ in 0..72 {
        test.advance(Duration::hours(1));
        fails(&test).await;
    }
    server.set_dead(false);
    test.advance(Duration::hours(1));
    assert_eq!(test.run_jobs().await, 1);
    assert_eq!(server.taken().len(), 1);
    let sent = the_mail(&test).await;
    assert_eq!((sent.status, sent.error), (MailStatus::Sent, None));
}

#[tokio::test]
async fn after_two_weeks_without_a_server_a_mail_has_failed_and_says_why() {
    let (server, test) = with_server().await;
    server.set_dead(true);
    queue(&test).await;
    fails(&test).await;
    test.advance(Duration::days(15));
    fails(&test).await;
    let failed = the_mail(&test).await;
    assert_eq!(failed.status, MailStatus::Failed);
    assert!(failed.error.is_some());
    assert_eq!(jobs::backlog(&test.app.db).await.unwrap().given_up, 1);
}

#[tokio::test]
async fn only_a_refused_recipient_ends_a_mail() {
    for (command, answer, status) in [
        ("AUTH", "535 5.7.8 wrong password", MailStatus::Queued),
        ("MAIL", "550 5.1.8 sender refused", MailStatus::Queued),
        ("MAIL", "554 no mail from you", MailStatus::Queued),
        ("RCPT", "554 5.7.1 relay access denied", MailStatus::Queued),
        ("RCPT", "451 4.7.1 greylisted", MailStatus::Queued),
        ("RCPT", "550 5.1.1 user unknown", MailStatus::Failed),
    ] {
        let (server, test) = with_server().await;
        server.answers(command, answer);
        queue(&test).await;
        fails(&test).await;
        let mail = the_mail(&test).await;
        assert_eq!(mail.status, status, "{command}: {answer}: {:?}", mail.error);
        test.forget_jobs().await;
    }
}

#[tokio::test]
async fn what_the_server_says_about_a_citizen_is_kept_without_the_address() {
    let (server, test) = with_server().await;
    server.answers("RCPT", "550 5.1.1 <budi@contoh.example>: user unknown");
    let tx = test.app.db.begin_write().await.unwrap();
    mail::queue_private::<SendMail>(&tx, &test.app, test.now(), letter())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let logged = fails(&test).await;
    let kept = the_mail(&test).await;
    for text in [logged, format!("{kept:?}")] {
        assert!(!text.contains("budi"), "{text}");
        assert!(text.contains("(550): 5.1.1 … user unknown"), "{text}");
    }
}

#[tokio::test]
async fn a_mail_waits_for_a_file_store_that_is_away() {
    let test = TestApp::new().await;
    let key = test
        .app
        .files
        .put("surat", b"%PDF-1.7".to_vec())
        .await
        .unwrap();
    let folder = test.app.config.files.url.strip_prefix("file:").unwrap();
    let (here, away) = (format!("{folder}/surat"), format!("{folder}/jauh"));
    std::fs::rename(&here, &away).unwrap();
    let file = AttachedFile {
        file_key: key,
        name: "Surat.pdf".into(),
        content_type: "application/pdf".into(),
    };
    queue_this(
        &test,
        Outgoing {
            attachments: vec![file],
            ..letter()
        },
    )
    .await;
    fails(&test).await;
    assert_eq!(the_mail(&test).await.status, MailStatus::Queued);
    std::fs::rename(&away, &here).unwrap();
    test.advance(Duration::hours(1));
    assert_eq!(test.run_jobs().await, 1);
    assert_eq!(test.mails().len(), 1);
}

#[tokio::test]
async fn finished_jobs_are_removed_after_a_month() {
    let test = TestApp::new().await;
    queue(&test).await;
    test.run_jobs().await;
    assert_eq!(jobs::sweep(&test.app.db, test.now()).await.unwrap(), 0);
    test.advance(Duration::days(31));
    assert_eq!(jobs::sweep(&test.app.db, test.now()).await.unwrap(), 1);
}

#[tokio::test]
async fn the_worker_sends_what_is_committed_and_stops_when_told() {
    let test = TestApp::on_real_time().await;
    let (stop, stopped) = watch::channel(false);
    let mut ran = test.app.db.wake().ran();
    let working = tokio::spawn(jobs::work(test.app.clone(), worker::dispatch, stopped));
    queue(&test).await;
    let patience = std::time::Duration::from_secs(60);
    tokio::time::timeout(patience, ran.wait_for(|count| *count == 1))
        .await
        .expect("the worker does not work")
        .unwrap();
    stop.send(true).unwrap();
    working.await.unwrap();
    assert_eq!(jobs::backlog(&test.app.db).await.unwrap().waiting, 0);
    assert_eq!(test.mails().len(), 1);
}
