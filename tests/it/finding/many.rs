//! Very many complaints: the generator writes what use cases would have written, and no list reads them all.

use rembuk::complaints::{
    self,
    finding::{self, Faults, Query},
};
use sea_orm::{ConnectionTrait as _, Statement};

use super::officer;
use crate::support::TestApp;

async fn number(app: &TestApp, sql: &str) -> i64 {
    let db = &app.app.db;
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

#[tokio::test]
async fn generated_complaints_keep_every_promise_and_no_list_reads_them_all() {
    let app = TestApp::new().await;
    complaints::fill(&app.ctx(), 4_000, |_| ()).await.unwrap();
    let db = &app.app.db;
    assert_eq!(
        number(&app, "SELECT COUNT(*) AS n FROM complaint").await,
        4_000
    );
    assert_eq!(finding::check(db).await.unwrap(), Faults::default());
    let (open, undated) = complaints::clocks::without_deadline(db).await.unwrap();
    assert!(open > 20 && undated == 0, "{open} {undated}");
    let untold = "SELECT COUNT(*) AS n FROM complaint WHERE NOT EXISTS (SELECT 1 FROM complaint_event AS e \
        WHERE e.complaint_id = complaint.id AND e.to_status = complaint.status \
        AND e.seq = (SELECT MAX(seq) FROM complaint_event AS l WHERE l.complaint_id = complaint.id))";
    assert_eq!(
        number(&app, untold).await,
        0,
        "each stands where its history ends"
    );
    let silent = "SELECT COUNT(*) AS n FROM complaint WHERE answered_at IS NOT NULL AND NOT EXISTS \
        (SELECT 1 FROM complaint_message AS m WHERE m.complaint_id = complaint.id AND m.kind = 'answer')";
    assert_eq!(number(&app, silent).await, 0);
    let early = "SELECT COUNT(*) AS n FROM complaint_event AS e JOIN complaint_event AS b \
        ON b.complaint_id = e.complaint_id AND b.seq = e.seq - 1 WHERE e.at < b.at";
    assert_eq!(number(&app, early).await, 0, "time goes forward");
    db.execute_unprepared("ANALYZE").await.unwrap();
    plans(&app).await;
}

fn reads_all(plan: &str) -> bool {
    plan.lines().any(|line| {
        // A full-text table that is asked for a word calls that a scan.
        let scan = line.contains("SCAN ") && !line.contains("VIRTUAL TABLE INDEX");
        line.contains("Seq Scan on complaint") || scan
    })
}

/// What may be about the same is looked for at each case that is opened.
async fn similar_plans(app: &TestApp, ctx: &rembuk::access::Ctx) {
    let some =
        "SELECT number AS n FROM complaint WHERE status = 'received' ORDER BY number LIMIT 1";
    let db = &app.app.db;
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), some))
        .await
        .unwrap();
    let number: String = row.unwrap().try_get("", "n").unwrap();
    for plan in finding::similar_plans(ctx, &number).await.unwrap() {
        assert!(!reads_all(&plan), "{plan}");
    }
}

/// Every hot list goes by an index, also when it finds nothing.
async fn plans(app: &TestApp) {
    let ctx = officer(app).await;
    let desk = finding::Desk::of(&ctx).await.unwrap();
    for address in [
        "view=open",
        "view=late",
        "view=soon",
        "view=unassigned",
        "view=waiting",
        "view=mine",
        "view=all",
        "view=all&sort=newest",
        "view=all&sort=oldest",
        "view=open&kind=praise&channel=facebook",
        "view=all&status=withdrawn",
        "view=all&status=reopened",
        "view=all&division=fasilitasi",
        "view=open&person=00000000-0000-0000-0000-000000000000",
        "view=all&q=antrean",
        "view=all&q=genset",
        "view=all&q=genset+-antrean",
        "view=open&q=petugas",
        "view=all&channel=other",
        "view=all&q=DKP-2026-000001",
    ] {
        let query: Query = finding::query_of(address);
        for after in [
            None,
            Some((1_000_000_000_000_000, complaints::ComplaintId::new())),
        ] {
            for plan in finding::plans(&desk, &query, after).await.unwrap() {
                assert!(!reads_all(&plan), "{address}:\n{plan}");
            }
        }
    }
    similar_plans(app, &ctx).await;
    // What the clocks look at every five minutes, and the worker every moment.
    let unit = rembuk::organisation::unit_by_code(&app.app.db, crate::complaints::UNIT)
        .await
        .unwrap();
    let looked = complaints::clocks::look_plan(&app.app, unit.id)
        .await
        .unwrap();
    let whole = |plan: &str| plan.contains("Seq Scan on complaint") || plan.contains("SCAN ");
    assert!(!whole(&looked), "{looked}");
    // PostgreSQL rightly reads the few rows of an empty queue as they lie.
    if app.app.db.is_sqlite() {
        for status in [
            "'Pending' AND lock_by IS NULL",
            "'Failed' AND attempts < max_attempts",
        ] {
            let poll = format!(
                "SELECT id FROM Jobs WHERE job_type = 'x' AND status = {status} AND (run_at IS NULL OR run_at <= 5) \
                 ORDER BY priority DESC, run_at ASC, id ASC LIMIT 10"
            );
            let plan = finding::explained(&app.app.db, &poll).await.unwrap();
            assert!(!whole(&plan), "{plan}");
        }
        // Who waits to be told is little among all that was ever told.
        for untold in [
            "SELECT complaint_id FROM complaint_call INNER JOIN complaint ON complaint.id = complaint_id \
             WHERE complaint_call.unit_id = '0' AND done_at IS NULL GROUP BY complaint_id ORDER BY MIN(at) LIMIT 200",
            "SELECT * FROM complaint WHERE unit_id = '0' AND id IN (SELECT complaint_id FROM complaint_call \
             WHERE unit_id = '0' AND done_at IS NULL)",
        ] {
            let plan = finding::explained(&app.app.db, untold).await.unwrap();
            assert!(
                plan.contains("complaint_call_waiting") && !whole(&plan),
                "{plan}"
            );
        }
        let home = "SELECT COUNT(*), COUNT(answered_in_time), SUM(answer_working_days), \
            SUM(CASE WHEN answered_in_time THEN 1 ELSE 0 END) FROM complaint \
            WHERE unit_id = '0' AND received_at >= '2026-01-01'";
        let plan = finding::explained(&app.app.db, home).await.unwrap();
        assert!(plan.contains("COVERING INDEX complaint_received"), "{plan}");
    }
    // A year of answers is a dozen kept numbers: the complaints themselves are not looked at.
    let answers = finding::answers_plan(&app.app.db, unit.id).await.unwrap();
    let mut names = answers.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    assert!(names.all(|name| name != "complaint"), "{answers}");
    let by_number = "SELECT * FROM complaint WHERE number = 'X-2026-000001'";
    let owed = "SELECT * FROM complaint_message WHERE unit_id = '00000000-0000-0000-0000-000000000000' \
        AND complaint_id = '00000000-0000-0000-0000-000000000000' ORDER BY at";
    for sql in [by_number, owed] {
        let plan = finding::explained(&app.app.db, sql).await.unwrap();
        assert!(
            !plan.contains("Seq Scan") && !plan.contains("SCAN complaint"),
            "{sql}:\n{plan}"
        );
    }
}
