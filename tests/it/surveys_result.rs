//! Promises of survey results: exact figures, the same everywhere, kept when frozen, shown to everybody only then.

mod papers;
mod publications;
mod reading;
mod withholding;

use std::io::{Cursor, Write as _};

use calamine::{Data, Reader as _, Xlsx};
use chrono::NaiveDate;
use poem::http::Method;
use rembuk::{
    access::{create_token, person_by_email},
    organisation::{self, UnitId},
    standards::{self, StandardId},
    surveys::{
        self,
        cli::{ScoreArgs, SkmCommand},
        entity::{
            answers::{AnswerWay, SurveyResponseId, response},
            setup::{SurveyPeriodId, SurveyState, element, period, service},
        },
        results::entity::kept,
    },
};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, Browser, TestApp};

const ORGANISER: &str = "penyelenggara.kaltim@rembuk.example";
const HEAD: &str = "kepala.kaltim@rembuk.example";
const OTHER_HEAD: &str = "kepala.sulsel@rembuk.example";
const HANDLER: &str = "fasilitasi.kaltim@rembuk.example";
const UNIT: &str = "disdukcapil-kaltim";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn unit(app: &TestApp) -> UnitId {
    organisation::unit_by_code(&app.app.db, UNIT)
        .await
        .unwrap()
        .id
}

/// Two services of the unit, loaded once.
async fn services(app: &TestApp, unit: UnitId) -> [StandardId; 2] {
    let db = &app.app.db;
    if standards::services(db, unit).await.unwrap().is_empty() {
        let file = include_str!("../../fixtures/standards/disdukcapil-kaltim.toml");
        let tx = db.begin_write().await.unwrap();
        standards::import(&tx, &app.ctx(), unit, file)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let found = standards::services(db, unit).await.unwrap();
    [found[0].0, found[1].0]
}

const ELEMENTS: [(&str, &str, &str); 3] = [
    ("requirements", "U1", "Persyaratan"),
    ("time", "U2", "Waktu Penyelesaian"),
    ("cost", "U3", "Biaya/Tarif"),
];

pub struct Asked<'a> {
    pub state: SurveyState,
    pub days: (&'a str, &'a str),
    pub policy: &'a str,
    pub minimum: i32,
    /// Scores, which of the two services, and what was said of oneself.
    pub answers: &'a [(&'a str, usize, Option<&'a str>)],
}

pub const SMALL: Asked<'static> = Asked {
    state: SurveyState::Frozen,
    days: ("2025-01-02", "2025-06-30"),
    policy: "exact",
    minimum: 1,
    answers: &[
        ("434", 0, Some("female")),
        ("3-4", 0, Some("female")),
        ("244", 1, Some("male")),
        ("42-", 1, None),
    ],
};

pub async fn kept(app: &TestApp, asked: &Asked<'_>) -> SurveyPeriodId {
    let db = &app.app.db;
    let unit_id = unit(app).await;
    let services = services(app, unit_id).await;
    let frozen = asked.state == SurveyState::Frozen;
    let row = period::Model {
        id: SurveyPeriodId::new(),
        unit_id,
        title: format!("SKM {}", asked.days.1),
        opens_on: day(asked.days.0),
        closes_on: day(asked.days.1),
        state: asked.state,
        grade_table: "14/2017".to_owned(),
        weight_policy: asked.policy.to_owned(),
        by_volume: true,
        minimum_answers: asked.minimum,
        least_percent: 50,
        frozen_at: frozen.then(|| app.now()),
        frozen_by: None,
        frozen_hash: frozen.then(|| "ab".repeat(32)),
        frozen_counted: frozen.then_some(0),
        version: 1,
        created_at: app.now(),
    };
    let id = row.id;
    let tx = db.begin_write().await.unwrap();
    let whole = row.into_active_model().reset_all();
    period::Entity::insert(whole)
        .exec_without_returning(&tx)
        .await
        .unwrap();
    for (position, (element, label, name)) in (1..).zip(ELEMENTS) {
        let row = element::Model {
            id: Uuid::now_v7(),
            unit_id,
            period_id: id,
            position,
            element_id: element.to_owned(),
            label: label.to_owned(),
            name_id: name.to_owned(),
            name_en: format!("{name} (en)"),
            weight: None,
        };
        let row = row.into_active_model().reset_all();
        element::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .unwrap();
    }
    for (position, (service, (population, volume))) in
        (1..).zip(services.into_iter().zip([(10, 100), (0, 300)]))
    {
        let row = service::Model {
            id: Uuid::now_v7(),
            unit_id,
            period_id: id,
            service_id: service,
            position,
            population,
            volume,
        };
        let row = row.into_active_model().reset_all();
        service::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .unwrap();
    }
    for (scores, service, sex) in asked.answers {
        let row = response::Model {
            id: SurveyResponseId::new(),
            unit_id,
            period_id: id,
            service_id: services[*service],
            point_id: None,
            way: AnswerWay::Web,
            answered_on: day(asked.days.0),
            sex: sex.map(str::to_owned),
            age_band: None,
            education: None,
            occupation: None,
            scores: (*scores).to_owned(),
            comment: None,
            client_id: None,
            batch_id: None,
            sheet: None,
            run_id: None,
            swift: false,
            set_aside: false,
        };
        let row = row.into_active_model().reset_all();
        response::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    id
}

async fn program<'a>(app: &'a TestApp, email: &str) -> Browser<'a> {
    let person = person_by_email(&app.app.db, email).await.unwrap().unwrap();
    let token = create_token(&app.ctx(), person, "uji", true).await.unwrap();
    let mut program = app.browser();
    let header = ("authorization".into(), format!("Bearer {token}"));
    program.headers.push(header);
    program
}

async fn asked_for(app: &TestApp, email: &str, id: SurveyPeriodId, ending: &str) -> Answer {
    let path = format!("/api/v1/surveys/{id}/result{ending}");
    program(app, email)
        .await
        .api(Method::GET, &path, None)
        .await
}

async fn result(app: &TestApp, id: SurveyPeriodId) -> Value {
    let answer = asked_for(app, HEAD, id, "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

#[tokio::test]
async fn the_figures_of_a_small_period_are_those_computed_by_hand() {
    let app = TestApp::new().await;
    let found = result(&app, kept(&app, &SMALL).await).await;
    // 13/4, 9/3 and 12/3; their mean times 25 is 85.41666…
    let means: Vec<&Value> = found["elements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["nrr"])
        .collect();
    assert_eq!(means, ["3.250", "3.000", "4.000"]);
    assert_eq!((&found["n"], &found["ikm"]), (&json!(4), &json!("85.42")));
    assert_eq!(
        (&found["grade"], &found["performance"]),
        (&json!("B"), &json!("Baik"))
    );
    assert_eq!(found["weakest"], json!(["time", "requirements"]));
    assert_eq!(found["elements"][1]["counts"], json!([0, 1, 1, 1]));
    let services = found["services"].as_array().unwrap();
    let figures: Vec<_> = services
        .iter()
        .map(|one| (&one["figure"]["ikm"], &one["figure"]["n"]))
        .collect();
    assert_eq!(
        figures,
        [(&json!("87.50"), &json!(2)), (&json!("83.33"), &json!(2))]
    );
    // (87.5 · 100 + 83.333… · 300) / 400
    assert_eq!(found["by_volume"]["ikm"], "84.38");
    assert_eq!(
        (&services[0]["needed"], &services[1]["needed"]),
        (&json!(10), &Value::Null)
    );
    assert_eq!(found["sample"]["short"].as_array().unwrap().len(), 1);
    // Four respondents are too few for an interval.
    assert_eq!(found["confidence"], Value::Null);
    let warnings = found["warnings"].to_string();
    assert!(warnings.contains("2 jawaban dikosongkan"), "{warnings}");
    assert!(warnings.contains("left out 2 answers"), "{warnings}");
}

#[tokio::test]
async fn weights_are_read_as_they_were_typed() {
    let app = TestApp::new().await;
    let id = kept(&app, &SMALL).await;
    let tx = app.app.db.begin_write().await.unwrap();
    for row in element::Entity::find().all(&tx).await.unwrap() {
        let weight = if row.label == "U1" { ".5" } else { ".25" };
        let mut row = row.into_active_model();
        row.weight = sea_orm::ActiveValue::Set(Some(weight.to_owned()));
        row.update(&tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    let found = result(&app, id).await;
    // 25 · (0.5 · 3.25 + 0.25 · 3 + 0.25 · 4)
    assert_eq!(found["ikm"], "84.38");
    assert_eq!(found["elements"][0]["weight"], "0.5");
}

#[tokio::test]
async fn a_period_without_answers_and_an_element_that_nobody_answered_have_no_index() {
    let app = TestApp::new().await;
    let empty = Asked {
        answers: &[],
        ..SMALL
    };
    let found = result(&app, kept(&app, &empty).await).await;
    assert_eq!((&found["n"], &found["ikm"]), (&json!(0), &Value::Null));
    let gap = Asked {
        answers: &[("4-4", 0, None), ("3-3", 1, None)],
        days: ("2024-01-02", "2024-06-30"),
        ..SMALL
    };
    let id = kept(&app, &gap).await;
    let found = result(&app, id).await;
    assert_eq!(
        (&found["ikm"], &found["elements"][1]["nrr"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(found["elements"][0]["nrr"], "3.500");
    assert!(
        found["warnings"]
            .to_string()
            .contains("U2 Waktu Penyelesaian")
    );
    // The page and every file say so instead of failing.
    let mut head = app.sign_in(HEAD).await;
    let page = head.get(&format!("/kerja/survei/{id}/hasil")).await;
    assert!(
        page.text().contains("Indeks belum dapat dinyatakan"),
        "{}",
        page.text()
    );
    for ending in [".xlsx", ".pdf", ".docx"] {
        assert_eq!(
            asked_for(&app, ORGANISER, id, ending).await.status,
            200,
            "{ending}"
        );
    }
}

#[tokio::test]
async fn a_frozen_result_is_kept_and_computed_again_is_the_same() {
    let app = TestApp::new().await;
    let id = kept(&app, &SMALL).await;
    let first = result(&app, id).await;
    assert_eq!(first["state"], "frozen");
    let rows = kept::Entity::find().all(&app.app.db).await.unwrap();
    assert_eq!(rows.len(), 1);
    let tx = app.app.db.begin_write().await.unwrap();
    kept::Entity::delete_many().exec(&tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(result(&app, id).await, first);
    // What runs is computed at every look and kept nowhere.
    let open = Asked {
        state: SurveyState::Open,
        days: ("2026-01-02", "2026-12-30"),
        ..SMALL
    };
    let id = kept(&app, &open).await;
    assert_eq!(result(&app, id).await["ikm"], Value::Null);
    let rows = kept::Entity::find().all(&app.app.db).await.unwrap();
    assert_eq!(rows.len(), 1);
}

#[tokio::test]
async fn a_result_is_seen_by_its_office_alone_until_it_is_frozen() {
    let app = TestApp::new().await;
    let open = Asked {
        state: SurveyState::Closed,
        ..SMALL
    };
    let id = kept(&app, &open).await;
    for (email, status) in [(HEAD, 200), (ORGANISER, 200), (OTHER_HEAD, 404)] {
        assert_eq!(
            asked_for(&app, email, id, "").await.status,
            status,
            "{email}"
        );
    }
    assert!(matches!(
        asked_for(&app, HANDLER, id, "").await.status,
        403 | 404
    ));
    assert_eq!(
        asked_for(&app, HEAD, SurveyPeriodId::new(), "")
            .await
            .status,
        404
    );
    let mut anybody = app.browser();
    let page = anybody.get(&format!("/survei/{UNIT}/hasil")).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Belum ada hasil yang diumumkan"));
    let asked = anybody
        .get(&format!("/survei/{UNIT}/hasil?periode={id}"))
        .await;
    assert_eq!(asked.status, 404);
    assert_eq!(
        anybody
            .get(&format!("/survei/{UNIT}/hasil/poster.pdf"))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn everybody_reads_the_latest_frozen_result() {
    let app = TestApp::new().await;
    let before = kept(
        &app,
        &Asked {
            days: ("2024-01-02", "2024-06-30"),
            ..SMALL
        },
    )
    .await;
    kept(&app, &SMALL).await;
    let mut anybody = app.browser();
    let page = anybody.get(&format!("/survei/{UNIT}/hasil")).await;
    let text = page.text();
    for words in [
        "SKM 2025-06-30",
        "85,42",
        "Baik",
        "3,250",
        "PermenPANRB 14/2017",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(page.body.contains("<svg class=\"chart\"") && page.body.len() < 60_000);
    // The trend leads to the earlier result, whose poster, screen and code stay with it.
    let earlier = format!("/survei/{UNIT}/hasil?periode={before}");
    assert_eq!(page.texts("td[data-label='Periode ini lebih']"), ["+0,00"]);
    assert_eq!(page.attribute("td a", "href"), Some(earlier.clone()));
    let old = anybody.get(&earlier).await;
    assert!(old.text().contains("Hasil terbaru"), "{}", old.text());
    assert!(!page.text().contains("Hasil terbaru"));
    let old_screen = format!("/survei/{UNIT}/hasil/layar?periode={before}");
    let linked = old.attribute("a[href*=layar]", "href");
    assert_eq!(linked, Some(old_screen.clone()));
    let shown = anybody.get(&old_screen).await;
    assert!(shown.text().contains("SKM 2024-06-30"), "{}", shown.text());
    let code = shown.attribute(".scan img", "src").unwrap();
    let code = anybody.get(&code).await;
    assert!(code.body.contains("<svg"), "{}", code.body);
    let policy = |answer: &Answer| answer.header("content-security-policy").to_owned();
    assert!(policy(&page).contains("frame-ancestors 'none'"));
    // Only the small page may stand inside another site, and it has nothing to press but a link out of it.
    let small = anybody.get(&format!("/survei/{UNIT}/hasil/sematan")).await;
    assert!(policy(&small).contains("frame-ancestors *") && small.text().contains("85,42"));
    assert!(small.texts("form, script, button").is_empty());
    let screen = anybody.get(&format!("/survei/{UNIT}/hasil/layar")).await;
    assert_eq!(screen.header("refresh"), "600", "{}", screen.text());
    let poster = anybody
        .get(&format!("/survei/{UNIT}/hasil/poster.pdf"))
        .await;
    assert!(poster.bytes.starts_with(b"%PDF"));
    let mut english = app.browser();
    english.get("/bahasa/en?back=/").await;
    let page = english.get(&format!("/survei/{UNIT}/hasil")).await.text();
    assert!(page.contains("85.42") && page.contains("Good"), "{page}");
    assert!(page.contains("Krejcie and Morgan"), "{page}");
    assert!(!page.contains("Krejcie dan"), "{page}");
}

#[tokio::test]
async fn periods_are_compared_only_by_like_rules() {
    let app = TestApp::new().await;
    let days = |year: &'static str| match year {
        "2023" => ("2023-01-02", "2023-06-30"),
        _ => ("2024-01-02", "2024-06-30"),
    };
    let lower: &[(&str, usize, Option<&str>)] = &[("333", 0, None), ("333", 1, None)];
    kept(
        &app,
        &Asked {
            days: days("2024"),
            answers: lower,
            ..SMALL
        },
    )
    .await;
    kept(
        &app,
        &Asked {
            days: days("2023"),
            policy: "0.111",
            ..SMALL
        },
    )
    .await;
    let id = kept(&app, &SMALL).await;
    let mut head = app.sign_in(HEAD).await;
    let page = head.get(&format!("/kerja/survei/{id}/hasil")).await;
    let trend = page.texts("td[data-label='Periode ini lebih']");
    assert_eq!(trend, ["+10,42", "tidak dibandingkan: bobotnya berbeda"]);
    // A quarter of the year is compared too, though the year began before it.
    kept(
        &app,
        &Asked {
            days: ("2025-01-02", "2025-03-31"),
            answers: lower,
            ..SMALL
        },
    )
    .await;
    let page = head.get(&format!("/kerja/survei/{id}/hasil")).await;
    let trend = page.texts("td[data-label='Periode ini lebih']");
    assert_eq!(trend.len(), 3, "{trend:?}");
    assert_eq!(trend[0], "+10,42");
}
