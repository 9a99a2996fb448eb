//! Promises of what an action is measured by: chosen by who works on it, compared with what was over at the promise, and
//! told where it cannot be.

use chrono::Duration;
use serde_json::json;

use crate::{
    action_plans::{FACILITATION, HEAD, at, finished, made, step},
    proving::{LATER, chain, linked, verified},
    support::TestApp,
    surveys_result::{Asked, SMALL, kept},
};

/// Chosen on the page of the action, by who works on it.
async fn measured_by(app: &TestApp, who: &str, action: &str, name: &str, measure: &str) {
    let mut browser = app.sign_in(who).await;
    browser.get(&at(action, "")).await;
    let answer = browser
        .post(&at(action, name), &[("measure", measure)])
        .await;
    assert_eq!(answer.status, 303, "{measure}: {}", answer.text());
}

#[tokio::test]
async fn who_works_on_an_action_chooses_by_what_it_is_measured() {
    let app = TestApp::new().await;
    kept(&app, &SMALL).await;
    let action = finished(&app).await;
    let mut handler = app.sign_in(FACILITATION).await;
    let page = handler.get(&at(&action, "")).await;
    assert!(page.text().contains("Unsur survei · "), "{}", page.text());
    // What is not in the list is refused beside the field, and nothing is kept.
    for wrong in ["", "element:", "element:tidak-ada", "lain:time", "time"] {
        let refused = handler
            .post(&at(&action, "/ukuran"), &[("measure", wrong)])
            .await;
        assert_eq!(refused.status, 422, "{wrong}: {}", refused.text());
        assert!(refused.text().contains("Pilih salah satu unsur"), "{wrong}");
    }
    for _ in 0..2 {
        measured_by(&app, FACILITATION, &action, "/ukuran", "element:cost").await;
    }
    // Taken back it is measured by it no more.
    measured_by(&app, FACILITATION, &action, "/ukuran/lepas", "element:cost").await;
    measured_by(&app, FACILITATION, &action, "/ukuran", "element:time").await;
    verified(&app, &action).await;
    kept(&app, &LATER).await;
    app.advance(Duration::days(130));
    let measured = &chain(&app, &action).await["action"]["measured"];
    assert_eq!(measured["elements"][0]["id"], "time", "{measured}");
    assert_eq!(measured["elements"].as_array().unwrap().len(), 1);
    // The history tells who chose it.
    let page = app.sign_in(HEAD).await.get(&at(&action, "")).await;
    assert_eq!(page.text().matches("Ukuran ditambahkan").count(), 2);
    // Once the figures are there, nobody chooses what looks best.
    let mut handler = app.sign_in(FACILITATION).await;
    let page = handler.get(&at(&action, "")).await;
    let form = page.attribute("form[action$='/ukuran']", "action");
    assert_eq!(form, None, "no field for it");
    for (name, measure) in [
        ("/ukuran", "element:cost"),
        ("/ukuran/lepas", "element:time"),
    ] {
        let late = [("measure", measure)];
        let refused = handler.post(&at(&action, name), &late).await;
        assert_eq!(refused.status, 422, "{name}: {}", refused.text());
        assert!(refused.text().contains("ukurannya tetap"), "{name}");
    }
    let measured = &chain(&app, &action).await["action"]["measured"];
    assert_eq!(measured["elements"][0]["id"], "time", "{measured}");
    assert_eq!(measured["elements"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_verified_action_says_why_nothing_can_be_measured() {
    let app = TestApp::new().await;
    let action = finished(&app).await;
    verified(&app, &action).await;
    let measured = chain(&app, &action).await["action"]["measured"].clone();
    assert_eq!(measured["complaints"], json!([]), "{measured}");
    let why = measured["complaints_missing"].as_str().unwrap();
    assert!(why.contains("belum ada pengaduan"), "{why}");
    let promise = app.browser().get(&format!("/janji/{action}")).await;
    let page = app.sign_in(HEAD).await.get(&at(&action, "")).await;
    for page in [&page, &promise] {
        for words in ["Belum ada unsur survei yang dikaitkan", why] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
    }
}

#[tokio::test]
async fn a_period_asked_while_somebody_worked_on_it_is_no_measure_of_before() {
    let app = TestApp::new().await;
    kept(&app, &SMALL).await;
    let action = made(&app).await;
    linked(&app, &action, "survey_element", "time").await;
    // Asked after the promise and over before it was kept.
    let meanwhile = Asked {
        days: ("2026-03-20", "2026-05-30"),
        ..LATER
    };
    kept(&app, &meanwhile).await;
    app.advance(Duration::days(100));
    let mut handler = app.sign_in(FACILITATION).await;
    let done = [
        ("note", "Surat sudah dikirim."),
        ("link", "https://contoh.example/surat"),
    ];
    let answer = step(&mut handler, &action, "/kemajuan", &done).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let answer = step(&mut handler, &action, "/selesai", &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    verified(&app, &action).await;
    let after = Asked {
        days: ("2026-07-01", "2026-09-30"),
        ..LATER
    };
    kept(&app, &after).await;
    app.advance(Duration::days(120));
    let element = &chain(&app, &action).await["action"]["measured"]["elements"][0];
    assert_eq!(element["before"]["closes_on"], SMALL.days.1, "{element}");
    assert_eq!(element["after"].as_array().unwrap().len(), 1, "{element}");
    assert_eq!(element["after"][0]["closes_on"], "2026-09-30");
}

#[tokio::test]
async fn a_period_that_opened_before_the_head_agreed_measures_nothing() {
    let app = TestApp::new().await;
    kept(&app, &SMALL).await;
    let action = finished(&app).await;
    linked(&app, &action, "survey_element", "time").await;
    // Handed in on 17 March, agreed to in May: what was asked in between, or partly, says nothing of either side.
    app.advance(Duration::days(60));
    verified(&app, &action).await;
    for days in [
        ("2026-03-20", "2026-04-30"),
        ("2026-05-01", "2026-06-30"),
        ("2026-05-18", "2026-07-31"),
    ] {
        kept(&app, &Asked { days, ..LATER }).await;
    }
    app.advance(Duration::days(100));
    let element = &chain(&app, &action).await["action"]["measured"]["elements"][0];
    assert_eq!(element["before"]["closes_on"], SMALL.days.1, "{element}");
    let after = element["after"].as_array().unwrap();
    assert_eq!(after.len(), 1, "{element}");
    assert_eq!(after[0]["closes_on"], "2026-07-31", "{element}");
}

#[tokio::test]
async fn an_action_is_measured_from_the_last_period_of_the_same_rules() {
    let app = TestApp::new().await;
    kept(&app, &SMALL).await;
    let other_rules = Asked {
        days: ("2025-07-01", "2025-12-31"),
        policy: "0.111",
        ..SMALL
    };
    kept(&app, &other_rules).await;
    let action = finished(&app).await;
    linked(&app, &action, "survey_element", "time").await;
    verified(&app, &action).await;
    // Nothing came after it yet: the last one stands there.
    let element = &chain(&app, &action).await["action"]["measured"]["elements"][0];
    assert_eq!(element["before"]["closes_on"], "2025-12-31", "{element}");
    kept(&app, &LATER).await;
    app.advance(Duration::days(130));
    let element = &chain(&app, &action).await["action"]["measured"]["elements"][0];
    assert_eq!(element["before"]["closes_on"], SMALL.days.1, "{element}");
    assert_eq!(element["after"][0]["change"], "1.000", "{element}");
}

#[tokio::test]
async fn everybody_finds_the_promises_about_a_service() {
    let app = TestApp::new().await;
    rembuk::demo::standards::load(&app.ctx()).await.unwrap();
    let action = made(&app).await;
    let other = made(&app).await;
    let before = app.browser().get("/janji").await;
    let none = before.attribute("select[name=layanan]", "name");
    assert_eq!(none, None, "no promise is about a service yet");
    let mut handler = app.sign_in(FACILITATION).await;
    let page = handler.get(&at(&action, "")).await;
    let option = "select[name=measure] option[value^='service:']";
    let measure = page.attribute(option, "value").unwrap();
    measured_by(&app, FACILITATION, &action, "/ukuran", &measure).await;
    let code = measure.strip_prefix("service:").unwrap();
    let mut citizen = app.browser();
    let all = citizen.get("/janji").await;
    let offered = all.attribute(
        &format!("select[name=layanan] option[value='{code}']"),
        "value",
    );
    assert_eq!(offered.as_deref(), Some(code));
    let found = citizen.get(&format!("/janji?layanan={code}")).await;
    assert!(
        found.body.contains(&format!("/janji/{action}")),
        "{}",
        found.text()
    );
    assert!(
        !found.body.contains(&format!("/janji/{other}")),
        "{}",
        found.text()
    );
    let astray = citizen.get("/janji?layanan=tidak-ada").await;
    assert_eq!(astray.status, 404);
    // Taking away what nobody can choose is no success.
    handler.get(&at(&action, "")).await;
    let wrong = [("measure", "service:tidak-ada")];
    let gone = handler.post(&at(&action, "/ukuran/lepas"), &wrong).await;
    assert_eq!(gone.status, 404, "{}", gone.text());
}
