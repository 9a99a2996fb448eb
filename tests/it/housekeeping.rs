//! What has had its time is removed, and nothing else is.

use chrono::Duration;
use rembuk::{
    access::{create_token, person_by_email},
    housekeeping,
};
use sea_orm::{ConnectionTrait as _, DatabaseBackend, Statement};

use crate::support::TestApp;

const OFFICER: &str = "petugas.kaltim@rembuk.example";

async fn rows(app: &TestApp, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM {table}");
    let backend: DatabaseBackend = app.app.db.get_database_backend();
    let row = app
        .app
        .db
        .query_one_raw(Statement::from_string(backend, sql));
    row.await.unwrap().unwrap().try_get("", "n").unwrap()
}

async fn hand_in(app: &TestApp) {
    let person = person_by_email(&app.app.db, OFFICER)
        .await
        .unwrap()
        .unwrap();
    let token = create_token(&app.ctx(), person, "uji", true).await.unwrap();
    let mut sender = app.browser();
    let bearer = ("authorization".into(), format!("Bearer {token}"));
    sender.headers.push(bearer);
    let answer = sender
        .post_file(
            "/api/v1/files",
            &[],
            ("file", "bukti.pdf", b"%PDF-1.7 bukti"),
        )
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
}

#[tokio::test]
async fn ended_sessions_spent_throttles_and_forgotten_files_go() {
    let app = TestApp::new().await;
    app.sign_in(OFFICER).await;
    let wrong = [("email", OFFICER), ("password", "salah sama sekali")];
    let mut stranger = app.browser();
    stranger.get("/masuk").await;
    stranger.post("/masuk", &wrong).await;
    hand_in(&app).await;

    housekeeping::sweep(&app.app).await.unwrap();
    for table in ["session", "attempt", "file"] {
        assert!(rows(&app, table).await > 0, "{table} is still in use");
    }

    app.advance(Duration::days(8));
    hand_in(&app).await;
    housekeeping::sweep(&app.app).await.unwrap();
    assert_eq!(rows(&app, "attempt").await, 0);
    assert_eq!(rows(&app, "session").await, 0);
    assert_eq!(rows(&app, "file").await, 1, "what is new stays");
}
