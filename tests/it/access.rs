//! Promises of access: signing in, forms of our own pages only, tokens.

use rembuk::access::{Role, TABLE, create_token, person_by_email};

use crate::support::{PASSWORD, TestApp};

const OFFICER: &str = "petugas.kaltim@rembuk.example";

#[tokio::test]
async fn a_person_signs_in_sees_their_account_and_signs_out() {
    let app = TestApp::new().await;
    let mut browser = app.sign_in(OFFICER).await;
    let page = browser.get("/kerja/akun").await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("Petugas pengaduan"));
    let answer = browser.post("/keluar", &[]).await;
    assert_eq!(answer.location(), "/");
    assert_eq!(
        browser.get("/kerja/akun").await.location(),
        "/masuk?next=/kerja/akun"
    );
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let app = TestApp::new().await;
    let mut texts = Vec::new();
    for (email, password) in [
        (OFFICER, "salah sekali"),
        ("tidak.ada@rembuk.example", PASSWORD),
    ] {
        let mut browser = app.browser();
        browser.get("/masuk").await;
        let answer = browser
            .post("/masuk", &[("email", email), ("password", password)])
            .await;
        assert_eq!(answer.status, 422);
        texts.push(answer.texts(".error-summary, [role=alert]"));
    }
    assert_eq!(texts[0], texts[1]);
}

#[tokio::test]
async fn guessing_a_password_is_slowed_down_and_time_heals() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    browser.get("/masuk").await;
    for _ in 0..5 {
        assert_eq!(
            browser
                .post("/masuk", &[("email", OFFICER), ("password", "salah")])
                .await
                .status,
            422
        );
    }
    let answer = browser
        .post("/masuk", &[("email", OFFICER), ("password", PASSWORD)])
        .await;
    assert_eq!(answer.status, 429);
    assert!(!answer.header("retry-after").is_empty());
    app.advance(chrono::Duration::minutes(16));
    assert_eq!(
        browser
            .post("/masuk", &[("email", OFFICER), ("password", PASSWORD)])
            .await
            .status,
        303
    );
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    browser.get("/masuk").await;
    let forged = browser
        .post_raw("/masuk", &format!("email={OFFICER}&password=x&_csrf=palsu"))
        .await;
    assert_eq!(forged.status, 400);
    let mut other = app.browser();
    let without_cookie = other
        .post_raw("/masuk", &format!("_csrf={}&email=a", browser.csrf()))
        .await;
    assert_eq!(without_cookie.status, 400);
}

#[tokio::test]
async fn signing_in_never_leads_to_another_site() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    browser.get("/masuk").await;
    let answer = browser
        .post(
            "/masuk",
            &[
                ("email", OFFICER),
                ("password", PASSWORD),
                ("next", "//jahat.example/"),
            ],
        )
        .await;
    assert_eq!(answer.location(), "/kerja");
}

#[tokio::test]
async fn signing_out_everywhere_ends_the_other_device_too() {
    let app = TestApp::new().await;
    let mut phone = app.sign_in(OFFICER).await;
    let mut desk = app.sign_in(OFFICER).await;
    desk.get("/kerja/akun").await;
    desk.post("/kerja/akun/keluar-semua", &[]).await;
    assert_eq!(phone.get("/kerja/akun").await.status, 303);
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_without_use() {
    let app = TestApp::new().await;
    let mut browser = app.sign_in(OFFICER).await;
    app.advance(chrono::Duration::hours(11));
    assert_eq!(browser.get("/kerja/akun").await.status, 200);
    app.advance(chrono::Duration::hours(11));
    assert_eq!(browser.get("/kerja/akun").await.status, 200);
    app.advance(chrono::Duration::hours(13));
    assert_eq!(browser.get("/kerja/akun").await.status, 303);
}

#[tokio::test]
async fn a_weak_new_password_is_refused_with_advice() {
    let app = TestApp::new().await;
    let mut browser = app.sign_in(OFFICER).await;
    browser.get("/kerja/akun").await;
    let answer = browser
        .post(
            "/kerja/akun/kata-sandi",
            &[("old_password", PASSWORD), ("new_password", "password123")],
        )
        .await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("mudah ditebak"), "{}", answer.text());
}

#[tokio::test]
async fn a_token_acts_as_its_person_until_it_is_revoked() {
    let app = TestApp::new().await;
    let mut browser = app.sign_in(OFFICER).await;
    browser.get("/kerja/akun").await;
    let page = browser
        .post(
            "/kerja/akun/token",
            &[("name", "ekspor"), ("may_write", "true")],
        )
        .await;
    let token = page.texts("code")[0].clone();
    let mut program = app.browser();
    program
        .headers
        .push(("authorization".into(), format!("Bearer {token}")));
    let me = program.get("/api/v1/me").await.json();
    assert_eq!(
        (
            me["email"].as_str().unwrap(),
            me["roles"][0]["role"].as_str().unwrap()
        ),
        (OFFICER, "complaint_officer")
    );
    let page = browser.get("/kerja/akun").await;
    assert!(!page.body.contains(&token), "a token is shown once");
    let action = page.attribute("form[action$=cabut]", "action").unwrap();
    browser.post(&action, &[]).await;
    assert_eq!(program.get("/api/v1/me").await.status, 401);
}

#[tokio::test]
async fn a_session_cookie_opens_no_api_operation() {
    let app = TestApp::new().await;
    let mut browser = app.sign_in(OFFICER).await;
    assert_eq!(browser.get("/api/v1/me").await.status, 401);
}

#[tokio::test]
async fn a_reading_token_changes_nothing() {
    let app = TestApp::new().await;
    let person = person_by_email(&app.app.db, OFFICER)
        .await
        .unwrap()
        .unwrap();
    let token = create_token(&app.ctx(), person, "baca", false)
        .await
        .unwrap();
    let mut program = app.browser();
    program
        .headers
        .push(("authorization".into(), format!("Bearer {token}")));
    assert_eq!(program.get("/api/v1/me").await.status, 200);
    let answer = program
        .api(
            poem::http::Method::POST,
            "/api/v1/me",
            Some(serde_json::json!({})),
        )
        .await;
    assert_eq!(answer.status, 403);
}

#[test]
fn the_policy_reads_as_a_table() {
    let lines: Vec<String> = TABLE
        .iter()
        .map(|(permission, roles)| {
            let roles: Vec<String> = roles
                .iter()
                .map(|(role, reach)| format!("{} ({reach:?})", Role::code(*role)))
                .collect();
            format!("{permission:?}: {}", roles.join(", "))
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}
