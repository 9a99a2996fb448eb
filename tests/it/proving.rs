//! Promises of proving: a verified action stands beside what was measured before and after, told once, never as a cause.

use chrono::Duration;
use poem::http::Method;
use rembuk::{
    action_plans::{self, ActionItemId},
    forums,
    platform::jobs::Job as _,
    surveys::{
        entity::setup::{SurveyPeriodId, SurveyState},
        results::PeriodFrozen,
    },
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, IntoActiveModel as _};
use serde_json::{Value, json};

use crate::{
    action_plans::{FACILITATION, HEAD, ORGANISER, at, finished, made, step, unit},
    complaints::{OFFICER, filed, program},
    minutes::begun,
    support::TestApp,
    surveys_result::{Asked, SMALL, kept},
};

/// Asked after the action of the tests was finished; every element is the highest there.
pub const LATER: Asked<'static> = Asked {
    days: ("2026-04-01", "2026-06-30"),
    answers: &[("444", 0, None), ("344", 1, None), ("444", 1, None)],
    ..SMALL
};

const CAVEAT: &str = "bukan bukti sebab";

pub async fn linked(app: &TestApp, action: &str, kind: &str, id: &str) {
    let mut officer = program(app, OFFICER).await;
    let path = format!("/api/v1/action-items/{action}/sources");
    let body = json!({ "kind": kind, "id": id });
    let answer = officer.api(Method::POST, &path, Some(body)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

pub async fn verified(app: &TestApp, action: &str) {
    let mut head = app.sign_in(HEAD).await;
    let answer = step(&mut head, action, "/sahkan", &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    app.run_jobs().await;
}

pub async fn chain(app: &TestApp, action: &str) -> Value {
    let mut head = program(app, HEAD).await;
    let path = format!("/api/v1/action-items/{action}/chain");
    let answer = head.get(&path).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

#[tokio::test]
async fn a_verified_action_shows_its_element_before_and_after() {
    let app = TestApp::new().await;
    kept(&app, &SMALL).await;
    let action = finished(&app).await;
    linked(&app, &action, "survey_element", "time").await;
    // What the head has not agreed to is measured against nothing.
    assert_eq!(
        chain(&app, &action).await["action"]["measured"],
        Value::Null
    );
    verified(&app, &action).await;
    let page = app.sign_in(HEAD).await.get(&at(&action, "")).await;
    assert!(page.text().contains("Belum diukur lagi"), "{}", page.text());
    let later = kept(&app, &LATER).await;
    app.advance(Duration::days(130));
    let measured = &chain(&app, &action).await["action"]["measured"];
    let element = &measured["elements"][0];
    assert_eq!(element["id"], "time", "{measured}");
    assert_eq!(
        (
            &element["before"]["nrr"],
            &element["before"]["index"],
            &element["before"]["answers"]
        ),
        (&json!("3.000"), &json!("75.00"), &json!(3))
    );
    assert_eq!(
        (&element["after"][0]["nrr"], &element["after"][0]["index"]),
        (&json!("4.000"), &json!("100.00"))
    );
    assert_eq!(element["after"][0]["change"], "1.000");
    let page = app.sign_in(HEAD).await.get(&at(&action, "")).await;
    let chain = page.texts(".chain").join(" ");
    assert!(chain.contains("3,000 → 4,000"), "{chain}");
    // Both periods are named, there and on the page of the result.
    for period in ["Diukur lagi pada SKM 2026-06-30", "dengan SKM 2025-06-30"] {
        assert!(chain.contains(period), "{period}: {chain}");
    }
    assert!(!chain.contains("Belum diukur lagi"), "{chain}");
    let promise = app.browser().get(&format!("/janji/{action}")).await;
    for page in [&page, &promise] {
        let text = page.text();
        for words in ["Apakah ada bedanya?", "+1,000", "75,00", CAVEAT] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
    // The period says it from its side, and so does its report.
    let mut organiser = app.sign_in(ORGANISER).await;
    let result = organiser.get(&format!("/kerja/survei/{later}/hasil")).await;
    assert!(
        result.text().contains("Bandingkan dengan tindakan")
            && result.text().contains("RA-2026-01")
            && result.text().contains("sebelum SKM 2026-06-30 dimulai")
            && result.text().contains("SKM 2025-06-30"),
        "{}",
        result.text()
    );
    let report = organiser
        .get(&format!("/kerja/survei/{later}/hasil.pdf"))
        .await;
    assert!(report.bytes.starts_with(b"%PDF"), "{}", report.status);
    let matrix = organiser
        .get("/kerja/rencana-aksi/matriks.pdf?tahun=2026")
        .await;
    assert_eq!(matrix.status, 200);
}

#[tokio::test]
async fn periods_of_other_rules_stand_beside_each_other_without_a_difference() {
    let app = TestApp::new().await;
    kept(&app, &SMALL).await;
    let action = finished(&app).await;
    linked(&app, &action, "survey_element", "time").await;
    verified(&app, &action).await;
    let unlike = Asked {
        policy: "0.111",
        ..LATER
    };
    kept(&app, &unlike).await;
    app.advance(Duration::days(130));
    let measured = &chain(&app, &action).await["action"]["measured"];
    let after = &measured["elements"][0]["after"][0];
    assert_eq!(
        (&after["nrr"], &after["change"]),
        (&json!("4.000"), &Value::Null)
    );
    assert_eq!(after["unlike"].as_array().unwrap().len(), 1, "{measured}");
    // Nor does the chain set the two figures beside each other.
    let page = app.sign_in(HEAD).await.get(&at(&action, "")).await;
    let chain = page.texts(".chain").join(" ");
    assert!(!chain.contains("→"), "{chain}");
    assert!(chain.contains("Diukur lagi dengan aturan lain"), "{chain}");
}

#[tokio::test]
async fn a_score_of_too_few_is_withheld_everywhere() {
    let app = TestApp::new().await;
    kept(&app, &SMALL).await;
    let action = finished(&app).await;
    linked(&app, &action, "survey_element", "time").await;
    verified(&app, &action).await;
    let few = Asked {
        minimum: 5,
        ..LATER
    };
    kept(&app, &few).await;
    app.advance(Duration::days(130));
    let after = &chain(&app, &action).await["action"]["measured"]["elements"][0]["after"][0];
    assert_eq!(
        (&after["withheld"], &after["nrr"]),
        (&json!(true), &Value::Null)
    );
    let promise = app.browser().get(&format!("/janji/{action}")).await;
    assert!(promise.text().contains("terlalu sedikit jawaban"));
    assert!(!promise.body.contains("4,000"));
}

/// A topic with these complaints; later ones are put into it.
async fn topic(app: &TestApp, number: &str) -> String {
    let mut officer = program(app, OFFICER).await;
    let body = json!({ "title": "KTP-el lama jadi", "complaints": [number] });
    let answer = officer
        .api(Method::POST, "/api/v1/complaint-topics", Some(body))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn put_in(app: &TestApp, topic: &str, number: &str) {
    let mut officer = program(app, OFFICER).await;
    let path = format!("/api/v1/complaint-topics/{topic}/complaints");
    let body = json!({ "complaints": [number] });
    let answer = officer.api(Method::POST, &path, Some(body)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[tokio::test]
async fn complaints_are_counted_in_spans_of_the_same_length_and_not_too_early() {
    let app = TestApp::new().await;
    let first = filed(&app, false, false).await.complaint.number;
    app.advance(Duration::days(10));
    let second = filed(&app, false, false).await.complaint.number;
    let topic = topic(&app, &first).await;
    put_in(&app, &topic, &second).await;
    app.advance(Duration::days(30));
    let mut organiser = program(&app, ORGANISER).await;
    let body = json!({
        "unit": "disdukcapil-kaltim", "title": "Menambah loket", "description": "Membuka dua loket lagi.",
        "division": "fasilitasi", "due_on": "2026-11-30", "indicator": "Loket", "target": "4",
    });
    let made = organiser
        .api(Method::POST, "/api/v1/action-items", Some(body))
        .await;
    let action = made.json()["id"].as_str().unwrap().to_owned();
    linked(&app, &action, "complaint", &first).await;
    app.run_jobs().await;
    let mut handler = app.sign_in(FACILITATION).await;
    let done = [
        ("note", "Loket dibuka."),
        ("link", "https://contoh.example/loket"),
    ];
    assert_eq!(
        step(&mut handler, &action, "/kemajuan", &done).await.status,
        303
    );
    assert_eq!(
        step(&mut handler, &action, "/selesai", &[]).await.status,
        303
    );
    verified(&app, &action).await;
    let measured = chain(&app, &action).await["action"]["measured"].clone();
    assert_eq!(measured["complaints"], json!([]));
    assert!(measured["complaints_from"].is_string(), "{measured}");
    let page = app.sign_in(HEAD).await.get(&at(&action, "")).await;
    assert!(page.text().contains("Belum cukup lama"), "{}", page.text());
    app.advance(Duration::days(20));
    let third = filed(&app, false, false).await.complaint.number;
    put_in(&app, &topic, &third).await;
    app.advance(Duration::days(30));
    let measured = chain(&app, &action).await["action"]["measured"].clone();
    let rate = &measured["complaints"][0];
    assert_eq!(rate["by"], "topic", "{measured}");
    // Forty days are recorded before it: the span begins with the first complaint of all.
    assert_eq!(
        (&rate["before"]["days"], &rate["after"]["days"]),
        (&json!(40), &json!(40))
    );
    assert_eq!(
        (&rate["before"]["count"], &rate["after"]["count"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(rate["before"]["per_30_days"], "1.5");
    // Outside the office so small counts are not told, nor what the office calls the matter.
    let promise = app.browser().get(&format!("/janji/{action}")).await;
    let text = promise.text();
    assert!(text.contains("tidak ditampilkan karena kecil"), "{text}");
    assert!(!text.contains("KTP-el lama jadi"), "{text}");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_frozen_period_tells_those_in_charge_once() {
    let app = TestApp::new().await;
    kept(&app, &SMALL).await;
    let action = finished(&app).await;
    linked(&app, &action, "survey_element", "time").await;
    verified(&app, &action).await;
    let closed = Asked {
        state: SurveyState::Closed,
        ..LATER
    };
    let period: SurveyPeriodId = kept(&app, &closed).await;
    app.advance(Duration::days(130));
    let before = app.mails().len();
    let mut organiser = program(&app, ORGANISER).await;
    let path = format!("/api/v1/surveys/{period}/freeze");
    let frozen = organiser
        .api(Method::POST, &path, Some(json!({ "version": 1 })))
        .await;
    assert_eq!(frozen.status, 200, "{}", frozen.body);
    app.run_jobs().await;
    let told: Vec<String> = app.mails()[before..]
        .iter()
        .map(|raw| {
            let mail = mail_parser::MessageParser::default()
                .parse(raw.as_slice())
                .unwrap();
            format!("{} {}", mail.subject().unwrap(), mail.body_text(0).unwrap())
        })
        .collect();
    assert_eq!(told.len(), 2, "the division and the head: {told:?}");
    for mail in &told {
        for words in [
            "mengukur tindakan Anda",
            "RA-2026-01",
            "3,000 → 4,000",
            CAVEAT,
        ] {
            assert!(mail.contains(words), "{words}: {mail}");
        }
    }
    // The job may run twice; nobody hears it twice.
    PeriodFrozen { period }.run(app.app.clone()).await.unwrap();
    app.run_jobs().await;
    assert_eq!(app.mails().len(), before + 2);
}

#[tokio::test]
async fn the_mail_compares_only_what_the_page_compares() {
    let app = TestApp::new().await;
    kept(&app, &SMALL).await;
    let action = finished(&app).await;
    linked(&app, &action, "survey_element", "time").await;
    verified(&app, &action).await;
    let unlike = Asked {
        policy: "0.111",
        ..LATER
    };
    let period = kept(&app, &unlike).await;
    app.advance(Duration::days(130));
    let before = app.mails().len();
    PeriodFrozen { period }.run(app.app.clone()).await.unwrap();
    app.run_jobs().await;
    let why = "tidak dibandingkan: bobotnya berbeda";
    let mails = app.mails();
    assert_eq!(mails.len(), before + 2);
    for raw in &mails[before..] {
        let mail = mail_parser::MessageParser::default()
            .parse(raw.as_slice())
            .unwrap();
        let text = mail.body_text(0).unwrap().to_string();
        assert!(text.contains(why) && !text.contains("→"), "{text}");
    }
    let page = app.sign_in(HEAD).await.get(&at(&action, "")).await;
    assert!(page.text().contains(why), "{}", page.text());
    let result = format!("/kerja/survei/{period}/hasil");
    let result = app.sign_in(HEAD).await.get(&result).await;
    assert!(result.text().contains(why), "{}", result.text());
}

#[tokio::test]
async fn what_showed_a_verified_action_cannot_be_changed_afterwards() {
    let app = TestApp::new().await;
    let action = finished(&app).await;
    verified(&app, &action).await;
    let proofs = chain(&app, &action).await["proofs"].clone();
    assert_eq!(proofs.as_array().unwrap().len(), 1);
    let more = [
        ("note", "Bukti lain."),
        ("link", "https://contoh.example/lain"),
    ];
    for (who, name, fields) in [
        (FACILITATION, "/kemajuan", &more[..]),
        (FACILITATION, "/selesai", &[]),
        (HEAD, "/kembalikan", &[("reason", "Kurang lengkap sekali")]),
        (
            ORGANISER,
            "/tonggak",
            &[
                ("milestone_title", "Tonggak"),
                ("milestone_due_on", "2026-03-20"),
            ],
        ),
        (
            ORGANISER,
            "/perpanjang",
            &[
                ("new_due_on", "2026-05-20"),
                ("extend_reason", "Belum selesai"),
            ],
        ),
        (
            ORGANISER,
            "/batalkan",
            &[("cancel_reason", "Tidak jadi dikerjakan")],
        ),
    ] {
        let mut browser = app.sign_in(who).await;
        browser.get(&at(&action, "")).await;
        let id = ActionItemId::parse(&action).unwrap();
        let (item, _) = action_plans::with_sources(&app.app.db, id).await.unwrap();
        assert_eq!(item.status, action_plans::Status::Verified);
        let version = item.version.to_string();
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        let answer = browser.post(&at(&action, name), &all).await;
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
    }
    let mut handler = program(&app, FACILITATION).await;
    let path = format!("/api/v1/action-items/{action}/evidence");
    let body = json!({ "note": "Bukti lain.", "links": ["https://contoh.example/lain"] });
    let refused = handler.api(Method::POST, &path, Some(body)).await;
    assert_eq!(
        refused.json()["code"],
        "action.transition",
        "{}",
        refused.body
    );
    assert_eq!(chain(&app, &action).await["proofs"], proofs);
    // Nor does it come from anything else afterwards.
    let mut officer = program(&app, OFFICER).await;
    let path = format!("/api/v1/action-items/{action}/sources");
    let before = officer.get(&path).await.json();
    let body = json!({ "kind": "survey_element", "id": "time" });
    let refused = officer.api(Method::POST, &path, Some(body)).await;
    assert_eq!(
        refused.json()["code"],
        "action.verified",
        "{}",
        refused.body
    );
    assert_eq!(officer.get(&path).await.json(), before);
    let page = app.sign_in(ORGANISER).await.get(&at(&action, "")).await;
    let form = page.attribute("main form[action*='/tautan']", "action");
    assert_eq!(form, None, "no form for it");
}

#[tokio::test]
async fn a_circle_of_links_ends_and_names_each_thing_once() {
    let app = TestApp::new().await;
    let (forum, _organiser) = begun(&app, "FKP-C").await;
    let number = filed(&app, false, false).await.complaint.number;
    let action = made(&app).await;
    let db = &app.app.db;
    // The action stands on the agenda, an input is raised there, and the action answers that input.
    let item = forums::agenda(db, &forum).await.unwrap()[0].id;
    let input = forums::inputs(db, &forum).await.unwrap()[0].clone();
    let id = input.id.to_string();
    let raised = forums::entity::input::ActiveModel {
        agenda_id: Set(Some(item)),
        ..input.into_active_model()
    };
    raised.update(db).await.unwrap();
    let on_agenda = forums::AgendaSource {
        id: uuid::Uuid::now_v7(),
        unit_id: unit(&app).await,
        forum_id: forum.id,
        agenda_id: item,
        kind: forums::ProposalKind::Action,
        source_id: action.clone(),
        label: "RA-2026-01".to_owned(),
        count: 1,
        created_at: app.now(),
    };
    let on_agenda = on_agenda.into_active_model().reset_all();
    on_agenda.insert(db).await.unwrap();
    linked(&app, &action, "complaint", &number).await;
    let mut organiser = program(&app, ORGANISER).await;
    let path = format!("/api/v1/action-items/{action}/sources");
    let body = json!({ "kind": "forum_input", "id": id });
    let answer = organiser.api(Method::POST, &path, Some(body)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    // An issue of the same complaint leads to the same action.
    let mut officer = program(&app, OFFICER).await;
    let body = json!({
        "unit": "disdukcapil-kaltim", "title": "KTP-el lama jadi",
        "voices": [{ "kind": "complaint", "id": number }],
    });
    let issue = officer
        .api(Method::POST, "/api/v1/issues", Some(body))
        .await;
    let issue = issue.json()["id"].as_str().unwrap().to_owned();
    let at_issue = |step: &str| format!("/api/v1/issues/{issue}/{step}");
    let reason = json!({ "reason": "Sudah lama dikeluhkan." });
    officer
        .api(Method::POST, &at_issue("open"), Some(reason))
        .await;
    let link = json!({ "action_item": action });
    let joined = officer
        .api(Method::POST, &at_issue("action"), Some(link))
        .await;
    assert_eq!(joined.status, 200, "{}", joined.body);
    app.run_jobs().await;
    let found = chain(&app, &action).await;
    let mut voices: Vec<String> = found["voices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|voice| format!("{}:{}", voice["kind"], voice["id"]))
        .collect();
    let all = voices.len();
    voices.sort();
    voices.dedup();
    assert_eq!((voices.len(), all), (3, 3), "{found}");
    assert_eq!(found["agendas"].as_array().unwrap().len(), 1, "{found}");
    let back = officer
        .get(&format!("/api/v1/complaints/{number}/chain"))
        .await
        .json();
    for (part, expected) in [("issues", 1), ("actions", 1)] {
        assert_eq!(back[part].as_array().unwrap().len(), expected, "{back}");
    }
    let page = app.sign_in(HEAD).await.get(&at(&action, "")).await;
    let boxes = page.texts(".chain > li:first-child .link");
    assert_eq!(boxes.len(), 3, "{boxes:?}");
}
