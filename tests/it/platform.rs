//! Promises of the platform: errors that help, headers, limits, language, health.

use poem::http::Method;

use crate::support::TestApp;

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
    assert_eq!(browser.get("/readyz").await.status, 200);
    assert_eq!(browser.get("/metrics").await.status, 200);
    browser
        .headers
        .push(("x-forwarded-for".into(), "203.0.113.9".into()));
    assert_eq!(browser.get("/metrics").await.status, 404);
    browser
        .headers
        .push(("authorization".into(), "Bearer token-pemantauan".into()));
    assert_eq!(browser.get("/metrics").await.status, 200);
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
