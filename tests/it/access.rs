//! Promises of access: signing in, forms of our own pages only, tokens.

use std::{fs, path::PathBuf};

use rembuk::access::{Permission, Role, TABLE, create_token, person_by_email};

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
async fn many_guesses_at_one_moment_are_no_more_than_one_after_another() {
    let app = TestApp::new().await;
    let guess = || async {
        let mut browser = app.browser();
        browser.get("/masuk").await;
        let wrong = [("email", OFFICER), ("password", "salah")];
        browser.post("/masuk", &wrong).await.status
    };
    let answers = futures::future::join_all((0..20).map(|_| guess())).await;
    let looked_at = answers.iter().filter(|status| **status == 422).count();
    let refused = answers.iter().filter(|status| **status == 429).count();
    assert_eq!((looked_at, refused), (5, 15));
}

#[tokio::test]
async fn colleagues_behind_one_address_sign_in_as_often_as_they_like() {
    // Ten wrong attempts an address.
    let app = TestApp::with(&[("REMBUK__LIMITS__WRONG_PASSWORDS", "1")]).await;
    for _ in 0..12 {
        app.sign_in(OFFICER).await;
    }
}

#[tokio::test]
async fn guesses_of_one_ipv6_customer_are_counted_together() {
    let app = TestApp::with(&[
        ("REMBUK__HTTP__TRUSTED_PROXIES", "127.0.0.1"),
        ("REMBUK__LIMITS__WRONG_PASSWORDS", "1"),
    ])
    .await;
    let try_from = |address: String, email: String| {
        let app = &app;
        async move {
            let mut browser = app.browser();
            browser.headers.push(("x-forwarded-for".into(), address));
            browser.get("/masuk").await;
            let wrong = [("email", email.as_str()), ("password", "salah")];
            browser.post("/masuk", &wrong).await.status
        }
    };
    for n in 0..10 {
        let email = format!("orang{n}@contoh.example");
        assert_eq!(try_from(format!("2001:db8:1:2::{n}"), email).await, 422);
    }
    let next = "lain@contoh.example".to_owned();
    assert_eq!(
        try_from("2001:db8:1:2:f::1".into(), next.clone()).await,
        429
    );
    assert_eq!(try_from("2001:db8:1:3::1".into(), next).await, 422);
}

#[tokio::test]
async fn after_signing_in_again_one_is_back_on_the_page_one_asked_for() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    let asked = "/kerja/pengaduan?view=semua&q=KTP%20hilang";
    let answer = browser.get(asked).await;
    assert_eq!(
        answer.location(),
        "/masuk?next=/kerja/pengaduan%3Fview%3Dsemua%26q%3DKTP%2520hilang"
    );
    let form = browser.follow(&answer).await;
    let next = form.attribute("input[name=next]", "value").unwrap();
    let fields = [("email", OFFICER), ("password", PASSWORD), ("next", &next)];
    assert_eq!(browser.post("/masuk", &fields).await.location(), asked);
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_leads_back_to_its_page() {
    let app = TestApp::new().await;
    let form = "/kerja/pengaduan/DK-2026-0001/jawab";
    for (referer, next) in [
        (
            "http://127.0.0.1:8080/kerja/pengaduan/DK-2026-0001?tab=2",
            "/kerja/pengaduan/DK-2026-0001%3Ftab%3D2",
        ),
        (
            "https://jahat.example/kerja/akun",
            "/kerja/pengaduan/DK-2026-0001",
        ),
        ("", "/kerja/pengaduan/DK-2026-0001"),
    ] {
        let mut browser = app.browser();
        browser.headers.push(("referer".into(), referer.into()));
        let answer = browser.post_raw(form, "jawaban=ya").await;
        assert_eq!(answer.location(), format!("/masuk?next={next}"));
    }
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
    // Browsers read a backslash as a slash and drop tabs.
    for elsewhere in [
        "//jahat.example/",
        "/\\jahat.example",
        "/\t/jahat.example",
        "https://jahat.example",
    ] {
        let fields = [
            ("email", OFFICER),
            ("password", PASSWORD),
            ("next", elsewhere),
        ];
        let answer = browser.post("/masuk", &fields).await;
        assert_eq!(answer.location(), "/kerja", "{elsewhere:?}");
    }
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

/// A right that nobody asks for says in the table what the program does not do.
#[test]
fn every_permission_of_the_table_is_asked_for_somewhere() {
    let mut texts = String::new();
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("access/policy.rs") && !path.ends_with("access/shell.rs") {
                texts.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    let asked = |permission: &Permission| texts.contains(&format!("Permission::{permission:?}"));
    let idle: Vec<_> = TABLE
        .iter()
        .filter(|(permission, _)| !asked(permission))
        .collect();
    assert!(idle.is_empty(), "{idle:?}");
}
