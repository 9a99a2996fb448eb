//! Very many actions: the generator writes what use cases would have written, and what dashboards ask goes by an index.

use std::collections::HashMap;

use rembuk::{
    action_plans,
    complaints::{self, finding},
    organisation,
};
use sea_orm::{ConnectionTrait as _, Statement};

use crate::{
    action_plans::HEAD,
    complaints::{SUPERVISOR, UNIT},
    support::TestApp,
};

async fn number(app: &TestApp, sql: &str) -> i64 {
    let db = &app.app.db;
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

#[tokio::test]
async fn generated_actions_keep_every_promise_and_dashboards_read_them_by_index() {
    let app = TestApp::new().await;
    let db = &app.app.db;
    complaints::fill(&app.ctx(), 200, |_| ()).await.unwrap();
    let mut voices = HashMap::new();
    for unit in organisation::units(db).await.unwrap() {
        let latest = complaints::latest(db, unit.id, 50).await.unwrap();
        voices.insert(unit.id, latest);
    }
    action_plans::fill(&app.ctx(), 3_000, &voices, |_| ())
        .await
        .unwrap();
    for (what, sql, expected) in [
        ("all", "SELECT COUNT(*) AS n FROM action_item", 3_000),
        (
            "done without evidence",
            "SELECT COUNT(*) AS n FROM action_item WHERE status IN ('done', 'verified') AND NOT EXISTS \
             (SELECT 1 FROM action_progress AS p WHERE p.action_id = action_item.id)",
            0,
        ),
        (
            "without its history",
            "SELECT COUNT(*) AS n FROM action_item WHERE NOT EXISTS \
             (SELECT 1 FROM event AS e WHERE e.thing_id = action_item.id AND e.verb = 'action.created')",
            0,
        ),
        (
            "finished before it was promised",
            "SELECT COUNT(*) AS n FROM action_item WHERE finished_at < created_at",
            0,
        ),
    ] {
        assert_eq!(number(&app, sql).await, expected, "{what}");
    }
    db.execute_unprepared("ANALYZE").await.unwrap();
    plans(&app).await;
    let mut head = app.sign_in(HEAD).await;
    for path in [
        "/kerja",
        "/kerja/ringkasan",
        "/kerja/isu",
        "/kerja/rencana-aksi",
        "/kerja/rencana-aksi?keadaan=stalled",
    ] {
        assert_eq!(head.get(path).await.status, 200, "{path}");
    }
    let units = app
        .sign_in(SUPERVISOR)
        .await
        .get("/kerja/perbandingan")
        .await;
    assert_eq!(units.status, 200, "{}", units.text());
    let promises = app.browser().get(&format!("/janji?unit={UNIT}")).await;
    assert_eq!(promises.status, 200, "{}", promises.text());
    app.forget_jobs().await;
}

/// PostgreSQL rightly reads three thousand rows as they lie where it needs most of them; SQLite says what it goes by.
async fn plans(app: &TestApp) {
    if !app.app.db.is_sqlite() {
        return;
    }
    for (what, sql, index) in [
        (
            "states by division",
            "SELECT division_id, status, COUNT(id), SUM(CASE WHEN status = 'open' AND due_on < '2026-03-17' THEN 1 ELSE 0 END) \
             FROM action_item WHERE unit_id = '0' GROUP BY division_id, status",
            "COVERING INDEX action_item_standing",
        ),
        (
            "states by official",
            "SELECT owner_id, status, COUNT(id), SUM(CASE WHEN status = 'open' AND due_on < '2026-03-17' THEN 1 ELSE 0 END) \
             FROM action_item WHERE unit_id = '0' GROUP BY owner_id, status",
            "COVERING INDEX action_item_owner",
        ),
        (
            "services that promises are about",
            "SELECT DISTINCT measured_by FROM action_measure WHERE unit_id = '0' AND kind = 'service'",
            "COVERING INDEX action_measure_kind",
        ),
        (
            "states of a year",
            "SELECT status, COUNT(id) FROM action_item WHERE unit_id = '0' AND year <= 2026 \
             AND (year = 2026 OR carried_into >= 2026) GROUP BY status",
            "COVERING INDEX action_item_standing",
        ),
        (
            "a list by day",
            "SELECT * FROM action_item WHERE unit_id = '0' ORDER BY due_on, id LIMIT 26",
            "INDEX action_item_day",
        ),
        (
            "actions of an element",
            "SELECT action_id FROM action_source WHERE unit_id = '0' AND kind = 'survey_element' AND source_id = 'time'",
            "COVERING INDEX action_source_unit",
        ),
        (
            "who reported since",
            "SELECT id FROM action_progress WHERE action_id = '0' AND at >= '2026-01-01'",
            "INDEX action_progress_at",
        ),
    ] {
        let plan = finding::explained(&app.app.db, sql).await.unwrap();
        assert!(plan.contains(index), "{what}:\n{plan}");
    }
}
