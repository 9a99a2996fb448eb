//! Promises of the supervisor's page: units side by side, read only, without names, like held against like.

use rembuk::{
    organisation,
    surveys::{
        entity::setup::{SurveyPeriodId, SurveyState, period},
        results::entity::kept as results,
    },
};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use serde_json::{Value, json};

use super::{LEAD, OTHER, UNITS, demo, links, overview, rows};
use crate::{
    action_plans::{HEAD, at, made},
    complaints::{HANDLER, OFFICER, OTHER_OFFICER, SUPERVISOR, UNIT, program},
    support::TestApp,
    surveys_result::{SMALL, kept},
};

#[tokio::test]
async fn a_supervisor_sees_the_units_side_by_side_and_changes_nothing() {
    let app = demo().await;
    let mut supervisor = app.sign_in(SUPERVISOR).await;
    let page = supervisor.get(UNITS).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let names = page.texts("main tbody td.main a");
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(page.text().contains("Belum ada survei yang dibekukan"));
    for told in ["Berita Acara", "rencana aksi", "terlambat"] {
        assert!(page.text().contains(told), "{told}: {}", page.text());
    }
    // Behind every number is the page that shows it.
    for (href, _) in links(&page, "main tbody a") {
        assert_eq!(supervisor.get(&href).await.status, 200, "{href}");
    }
    let late = page.texts("main tbody tr td:nth-child(4) a");
    let inbox = format!("/kerja/pengaduan?view=late&unit={UNIT}");
    let number = rows(&supervisor.get(&inbox).await);
    assert!(
        late[0].ends_with(&format!("{number} terlambat")),
        "{late:?}"
    );
    // Nobody's name and no words of a case.
    let people = ["Sapri", "Petugas loket kurang ramah", "ADU-", "DKP-"];
    let csv = supervisor.get(&format!("{UNITS}/unit.csv")).await;
    let shown = format!("{}{}", page.texts("main").join(" "), csv.body);
    for name in people {
        assert!(!shown.contains(name), "{name}: {shown}");
    }
    assert_eq!(csv.body.trim().lines().count(), 3, "{}", csv.body);
    // What is not there is said in words, and no word is the program's own.
    assert!(csv.body.contains("belum ada"), "{}", csv.body);
    assert!(
        !csv.body.contains(";exact;") && !csv.body.contains(",exact,"),
        "{}",
        csv.body
    );
    assert!(
        !csv.body.contains(";;") && !csv.body.contains(",,"),
        "{}",
        csv.body
    );
    let book = supervisor.get(&format!("{UNITS}/unit.xlsx")).await;
    use calamine::Reader as _;
    let mut sheets = calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(
        book.bytes.clone(),
    ))
    .unwrap();
    let range = sheets.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(range.rows().count(), 2 + 1 + 2);
    for order in ["indeks", "tepat", "terlambat", "aksi", "celah"] {
        let sorted = supervisor.get(&format!("{UNITS}?urut={order}")).await;
        let first = sorted.texts("main tbody td.main a");
        assert!(
            first[0].contains("Kaltim") || order != "indeks",
            "{first:?}"
        );
    }
    let below = supervisor.get(&format!("{UNITS}?induk=setda-kaltim")).await;
    assert_eq!(below.texts("main tbody td.main a").len(), 1);
    for wrong in ["urut=acak", "tahun=-5", "tahun=x", "induk=tidak-ada"] {
        let answer = supervisor.get(&format!("{UNITS}?{wrong}")).await;
        assert_eq!(answer.status, 404, "{wrong}");
    }
    // The same to programs.
    let mut reader = program(&app, SUPERVISOR).await;
    let units = reader.get("/api/v1/overview/units?sort=index").await.json();
    assert_eq!(units["items"][0]["standing"]["unit"], UNIT, "{units}");
    assert_eq!(units["items"][1]["standing"]["index"], Value::Null);
    let own = overview(&app, SUPERVISOR).await;
    assert_eq!(own["standing"], units["items"][0]["standing"]);
    // Read only, and for supervisors alone.
    let id = made(&app).await;
    supervisor.get(&at(&id, "")).await;
    let answer = supervisor
        .post(&at(&id, "/sahkan"), &[("version", "1")])
        .await;
    assert_eq!(answer.status, 403);
    for other in [HEAD, OFFICER, HANDLER, OTHER_OFFICER] {
        let mut browser = app.sign_in(other).await;
        for path in [
            UNITS,
            "/kerja/perbandingan/unit.csv",
            "/kerja/perbandingan/unit.xlsx",
        ] {
            assert_eq!(browser.get(path).await.status, 403, "{other}: {path}");
        }
        let answer = program(&app, other)
            .await
            .get("/api/v1/overview/units")
            .await;
        assert_eq!(answer.status, 403, "{other}");
    }
    let other = program(&app, OTHER_OFFICER)
        .await
        .get(&format!("/api/v1/units/{UNIT}/overview"))
        .await;
    assert_eq!(other.status, 404, "{}", other.body);
    let mut stranger = app.sign_in(OTHER_OFFICER).await;
    let foreign = stranger.get(&format!("{LEAD}?unit={UNIT}")).await;
    assert_eq!(foreign.status, 404);
    app.forget_jobs().await;
}

/// The frozen result of one unit, kept for another as if computed by other rules.
async fn copied(app: &TestApp, from: SurveyPeriodId, grades: &str) {
    let db = &app.app.db;
    let other = organisation::unit_by_code(db, OTHER).await.unwrap().id;
    let row = period::Entity::find_by_id(from)
        .one(db)
        .await
        .unwrap()
        .unwrap();
    let row = period::Model {
        id: SurveyPeriodId::new(),
        unit_id: other,
        state: SurveyState::Frozen,
        grade_table: grades.to_owned(),
        ..row
    };
    let id = row.id;
    let known = results::Entity::find().one(db).await.unwrap().unwrap();
    let mut figures: Value = serde_json::from_str(&known.figures).unwrap();
    figures["unit"] = json!(OTHER);
    figures["id"] = json!(id.to_string());
    figures["grades"] = json!(grades);
    figures["ikm"] = json!("99.00");
    let copy = results::Model {
        id: uuid::Uuid::now_v7(),
        unit_id: other,
        period_id: id,
        figures: figures.to_string(),
        ..known
    };
    period::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await
        .unwrap();
    results::Entity::insert(copy.into_active_model().reset_all())
        .exec_without_returning(db)
        .await
        .unwrap();
}

#[tokio::test]
async fn an_index_by_other_rules_is_marked_and_not_put_before_the_others() {
    for (grades, unlike) in [("KEP/25/2004", true), ("14/2017", false)] {
        let app = TestApp::new().await;
        let id = kept(&app, &SMALL).await;
        app.sign_in(HEAD).await.get(LEAD).await;
        copied(&app, id, grades).await;
        let mut reader = program(&app, SUPERVISOR).await;
        let path = "/api/v1/overview/units?sort=index&year=2026";
        let units = reader.get(path).await.json();
        let first = if unlike { UNIT } else { OTHER };
        assert_eq!(units["items"][0]["standing"]["unit"], first, "{units}");
        let marked = if unlike { json!(["grades"]) } else { json!([]) };
        let items = units["items"].as_array().unwrap();
        let other = items.iter().find(|one| one["standing"]["unit"] == OTHER);
        assert_eq!(other.unwrap()["unlike"], marked, "{units}");
        let page = app.sign_in(SUPERVISOR).await.get(UNITS).await;
        assert_eq!(page.text().contains("Aturan lain"), unlike);
        // Before the period ended there was no index.
        let before = reader.get("/api/v1/overview/units?year=2024").await.json();
        assert_eq!(before["items"][0]["standing"]["index"], Value::Null);
    }
}
