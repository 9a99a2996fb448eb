//! The demo record tells the same story whenever it is loaded.

use std::collections::BTreeSet;

use rembuk::{
    access::{Ctx, Scope},
    complaints::{self, Status},
    demo,
};

use super::*;

#[tokio::test]
async fn the_demo_has_three_late_and_three_pressing_complaints_on_any_day() {
    for now in [
        "2026-03-17T02:00:00Z", // a working morning
        "2026-03-17T09:30:00Z", // after closing time
        "2026-03-21T12:00:00Z", // a Saturday in the long holiday
        "2026-11-22T01:30:00Z", // a Sunday
        "2026-01-01T16:30:00Z", // past midnight local, the second of January
    ] {
        let app = TestApp::new().await;
        app.app.clock.set(now.parse().unwrap());
        let ctx = Ctx::system(&app.app);
        demo::standards::load(&ctx).await.unwrap();
        let loaded = demo::complaints::load(&ctx).await.unwrap();
        assert_eq!((loaded.by_key.len(), loaded.actions.len() > 3), (28, true));
        let unit = rembuk::organisation::unit_by_code(&app.app.db, UNIT)
            .await
            .unwrap();
        let overview = complaints::overview(&app.app.db, &[unit.id], &Scope::everywhere(), ctx.now)
            .await
            .unwrap();
        assert_eq!((overview.late, overview.soon >= 3), (3, true), "{now}");
    }
}

#[tokio::test]
async fn the_demo_has_every_state_each_with_a_past_that_is_past() {
    let app = TestApp::new().await;
    let ctx = Ctx::system(&app.app);
    demo::standards::load(&ctx).await.unwrap();
    let loaded = demo::complaints::load(&ctx).await.unwrap();
    let mut officer = program(&app, OFFICER).await;
    let mut other = program(&app, OTHER_OFFICER).await;
    let mut states = BTreeSet::new();
    for list in [
        officer.get("/api/v1/complaints?limit=100").await.json(),
        other.get("/api/v1/complaints?limit=100").await.json(),
    ] {
        for item in list["items"].as_array().unwrap() {
            states.insert(item["status"].as_str().unwrap().to_owned());
        }
    }
    let all: BTreeSet<String> = Status::all().map(Status::code).collect();
    assert_eq!(states, all);
    for id in loaded.by_key.values() {
        let history = rembuk::audit::history(&app.app.db, "complaint", id.0)
            .await
            .unwrap();
        assert!(!history.is_empty());
        assert!(history.iter().all(|event| event.at <= ctx.now));
    }
    let mut officer = app.sign_in(OFFICER).await;
    for item in program(&app, OFFICER)
        .await
        .get("/api/v1/complaints?limit=100")
        .await
        .json()["items"]
        .as_array()
        .unwrap()
    {
        let number = item["number"].as_str().unwrap();
        let page = officer.get(&format!("/kerja/pengaduan/{number}")).await;
        assert_eq!(page.status, 200, "{number}: {}", page.text());
        assert!(
            !page.body.contains("complaint-event") && !page.body.contains("complaint-status"),
            "{number} shows a key"
        );
    }
}

#[tokio::test]
async fn a_complaint_names_only_services_that_the_unit_has() {
    let app = TestApp::new().await;
    demo::standards::load(&Ctx::system(&app.app)).await.unwrap();
    let mut citizen = app.browser();
    let form = citizen.get("/pengaduan/baru").await;
    assert_eq!(form.texts("select[name=service] option").len(), 9);
    let mut typed = fields();
    typed.push(("service", "tidak-ada"));
    assert_eq!(send_form(&mut citizen, &typed).await.status, 422);
    typed.pop();
    typed.push(("service", "konfirmasi-dokumen"));
    assert_eq!(send_form(&mut citizen, &typed).await.status, 303);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_page_of_a_service_leads_to_a_form_that_names_the_service() {
    let app = TestApp::new().await;
    demo::standards::load(&Ctx::system(&app.app)).await.unwrap();
    let mut citizen = app.browser();
    let standards = citizen.get("/standar").await;
    let service = standards
        .attribute(&format!("a[href^='/standar/{UNIT}/']"), "href")
        .unwrap();
    let sheet = citizen.get(&service).await;
    let form = sheet.attribute("a[href*='layanan=']", "href").unwrap();
    let code = form.split("layanan=").nth(1).unwrap();
    let form = citizen.get(&form).await;
    let chosen = form.attribute("select[name=service] option[selected]", "value");
    assert_eq!(chosen.as_deref(), Some(code));
    assert!(form.texts(".summary").is_empty(), "nothing is wrong yet");
}

#[tokio::test]
async fn a_deadline_names_the_decree_of_its_own_office_only() {
    let app = TestApp::new().await;
    for (unit, told) in [
        (UNIT, "400.12/217/Disdukcapil-I"),
        (
            "disdukcapil-sulsel",
            "belum menetapkan batas waktunya sendiri",
        ),
    ] {
        let ctx = Ctx::stranger(&app.app);
        let draft = rembuk::complaints::Draft {
            unit: unit.to_owned(),
            subject: "KTP-el belum jadi".to_owned(),
            description: WORDS.to_owned(),
            ..Default::default()
        };
        let filed = file(&ctx, &draft, "", &Once::Never).await.unwrap();
        let mut citizen = app.browser();
        citizen.get("/lacak").await;
        let number = filed.complaint.number.as_str();
        let opened = [("number", number), ("code", filed.code.as_str())];
        let opened = citizen.post("/lacak", &opened).await;
        let why = citizen.follow(&opened).await.text();
        assert!(why.contains(told), "{unit}: {why}");
    }
}
