//! Promises of the platform: errors that help, headers, limits, language, health.

use poem::{Response, endpoint::make_sync, http::Method, test::TestClient};
use rembuk::{
    calendar,
    platform::{db::Db, migrate},
    server, surveys,
};
use sea_orm::ConnectionTrait as _;

use crate::support::{TestApp, database::TestDatabase};

#[tokio::test]
async fn an_unknown_page_helps_and_carries_the_security_headers() {
    let app = TestApp::new().await;
    let answer = app.browser().get("/tidak-ada").await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.texts("h1"), ["Halaman tidak ditemukan"]);
    assert!(
        answer
            .header("content-security-policy")
            .contains("default-src 'none'")
    );
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(!answer.header("x-request-id").is_empty());
}

#[tokio::test]
async fn the_api_answers_errors_as_problem_documents() {
    let app = TestApp::new().await;
    let answer = app.browser().get("/api/v1/me").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (401, "application/problem+json")
    );
    assert_eq!(answer.json()["code"], "unauthenticated");
    let answer = app.browser().get("/api/v1/nothing").await;
    assert_eq!(
        (
            answer.status,
            answer.json()["code"].as_str().unwrap().to_owned()
        ),
        (404, "not_found".to_owned())
    );
}

#[tokio::test]
async fn a_page_can_be_read_in_english_and_the_choice_stays() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    let answer = browser.get("/bahasa/en?back=/masuk").await;
    assert_eq!(answer.location(), "/masuk");
    let page = browser.follow(&answer).await;
    assert_eq!(page.attribute("html", "lang").as_deref(), Some("en"));
}

#[tokio::test]
async fn the_choice_of_language_leads_nowhere_else() {
    let app = TestApp::new().await;
    for foreign in ["https://example.org", "//example.org", "/\\example.org"] {
        let answer = app
            .browser()
            .get(&format!("/bahasa/en?back={foreign}"))
            .await;
        assert_eq!(answer.location(), "/", "{foreign}");
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_before_it_is_read() {
    let app = TestApp::new().await;
    let answer = app.browser().post_raw("/masuk", &"x".repeat(300_000)).await;
    assert_eq!(answer.status, 413);
    let mut browser = app.browser();
    let answer = browser
        .send(
            Method::POST,
            "/api/v1/me",
            Some(("application/json", vec![b'['; 10_000_000])),
        )
        .await;
    assert_eq!(
        (answer.status, answer.json()["code"].as_str().unwrap()),
        (413, "too_large")
    );
}

#[tokio::test]
async fn health_is_told_and_metrics_only_to_the_loopback_or_with_the_token() {
    let app = TestApp::with(&[
        ("REMBUK__HTTP__TRUSTED_PROXIES", "127.0.0.1"),
        ("REMBUK__METRICS__TOKEN", "token-pemantauan"),
    ])
    .await;
    let mut browser = app.browser();
    assert_eq!(browser.get("/healthz").await.status, 200);
    assert!(browser.get("/readyz").await.body.contains("0 jobs waiting"));
    assert_eq!(browser.get("/metrics").await.status, 200);
    browser
        .headers
        .push(("x-forwarded-for".into(), "203.0.113.9".into()));
    assert_eq!(browser.get("/metrics").await.status, 404);
    assert_eq!(browser.get("/readyz").await.body, "ready\n");
    browser
        .headers
        .push(("authorization".into(), "Bearer token-pemantauan".into()));
    assert_eq!(browser.get("/metrics").await.status, 200);
}

#[tokio::test]
async fn readiness_is_looked_at_every_few_seconds_and_not_at_every_request() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    assert_eq!(browser.get("/readyz").await.status, 200);
    let folder = app.app.config.files.url.strip_prefix("file:").unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    std::fs::write(folder, "").unwrap();
    assert_eq!(browser.get("/readyz").await.status, 200, "known lately");
    app.advance(chrono::Duration::seconds(6));
    assert_eq!(browser.get("/readyz").await.status, 503);
    std::fs::remove_file(folder).unwrap();
    app.advance(chrono::Duration::seconds(6));
    assert_eq!(browser.get("/readyz").await.status, 200);
}

#[tokio::test]
async fn a_panic_is_answered_like_any_other_fault() {
    let app = TestApp::new().await;
    let broken = make_sync(|_| -> Response { panic!("rusak") });
    let client = TestClient::new(server::edge(app.app.clone(), broken));
    let page = client.get("/kerja").send().await;
    page.assert_status(poem::http::StatusCode::INTERNAL_SERVER_ERROR);
    page.assert_header_exist("content-security-policy");
    let body = page.0.into_body().into_string().await.unwrap();
    assert!(!body.contains("rusak"), "{body}");
    let problem = client.get("/api/v1/me").send().await;
    problem.assert_status(poem::http::StatusCode::INTERNAL_SERVER_ERROR);
    problem.assert_content_type("application/problem+json");
}

#[tokio::test]
async fn the_page_of_mails_is_the_demos_alone() {
    let folder = std::env::temp_dir().join(format!("rembuk-mail-{}", uuid::Uuid::now_v7()));
    let transport = format!("file:{}", folder.display());
    let app = TestApp::with(&[("REMBUK__MAIL__TRANSPORT", transport.as_str())]).await;
    let mut admin = app.sign_in("admin.sistem@rembuk.example").await;
    assert_eq!(admin.get("/kerja/surel").await.status, 404);
    assert!(!admin.get("/kerja/akun").await.body.contains("/kerja/surel"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn two_processes_that_start_at_once_load_the_defaults_once() {
    let database = TestDatabase::create().await;
    let first = Db::connect(&database.url, 2).await.unwrap();
    let second = Db::connect(&database.url, 2).await.unwrap();
    let load = |db: Db| async move {
        calendar::load_defaults(&db).await?;
        surveys::load_defaults(&db).await
    };
    let (one, two) = tokio::join!(load(first.clone()), load(second.clone()));
    one.unwrap();
    two.unwrap();
    assert_eq!(surveys::elements(&first).await.unwrap().len(), 9);
    first.close().await.unwrap();
    second.close().await.unwrap();
}

#[tokio::test]
async fn what_a_migration_would_do_is_told_without_doing_it() {
    let database = TestDatabase::create().await;
    assert!(migrate::pending(&database.url).await.unwrap().is_empty());
    let missing = std::env::temp_dir().join(format!("rembuk-{}.db", uuid::Uuid::now_v7()));
    let answer = migrate::pending(&format!("sqlite://{}", missing.display())).await;
    assert!(answer.unwrap_err().to_string().contains("rembuk migrate"));
    assert!(!missing.exists());
    std::fs::write(&missing, "").unwrap();
    let pending = migrate::pending(&format!("sqlite://{}", missing.display()))
        .await
        .unwrap();
    assert!(
        pending.contains(&"m20261122_000001_create_platform".to_owned()),
        "{pending:?}"
    );
    assert!(pending.contains(&"tables of the job queue".to_owned()));
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", missing.display()));
    }
}

#[tokio::test]
async fn static_files_have_lasting_addresses() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    let page = browser.get("/masuk").await;
    let sheet = page.attribute("link[rel=stylesheet]", "href").unwrap();
    let answer = browser.get(&sheet).await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("cache-control").contains("immutable"));
    assert!(answer.header("set-cookie").is_empty());
}

/// A COMMIT that finds the disk full has rolled back by itself, and the driver does not notice.
#[tokio::test]
async fn a_full_disk_is_forgotten_when_there_is_room_again() {
    let app = TestApp::with(&[("REMBUK__DATABASE__MAX_CONNECTIONS", "1")]).await;
    let db = &app.app.db;
    if !db.is_sqlite() {
        return;
    }
    let tx = db.begin_write().await.unwrap();
    // What COMMIT does when it cannot write: the transaction is over, and the program sees an error.
    tx.execute_unprepared("ROLLBACK").await.unwrap();
    assert!(tx.commit().await.is_err());
    let tx = db.begin_write().await.unwrap();
    let nested = tx.execute_unprepared("RELEASE _sqlx_savepoint_1").await;
    assert!(nested.is_err(), "a savepoint would not hold the write lock");
}
