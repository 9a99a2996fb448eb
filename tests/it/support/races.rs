//! Two use cases at the same moment. On SQLite they go one after the other by themselves; on PostgreSQL
//! each has read what it wants to change before the other has written, which is where races live.

use std::sync::atomic::{AtomicUsize, Ordering};

use sea_orm::{ConnectionTrait as _, Statement};
use uuid::Uuid;

use super::TestApp;

/// A program with connections enough for both, the gate and the look at who waits.
pub async fn app() -> TestApp {
    TestApp::with(&[("REMBUK__DATABASE__MAX_CONNECTIONS", "8")]).await
}

/// Runs both against a gate: a transaction that keeps the row which both need. It opens when both stand
/// before it, or are done because they never came there.
pub async fn meet<A, B>(
    app: &TestApp,
    (table, id): (&str, Uuid),
    one: impl Future<Output = A>,
    other: impl Future<Output = B>,
) -> (A, B) {
    let done = AtomicUsize::new(0);
    let gate = app.app.db.begin_write().await.unwrap();
    if !app.app.db.is_sqlite() {
        let keep = format!("SELECT 1 FROM {table} WHERE id = '{id}' FOR NO KEY UPDATE");
        gate.execute_unprepared(&keep).await.unwrap();
    }
    let (one, other, ()) = tokio::join!(
        async {
            let outcome = one.await;
            done.fetch_add(1, Ordering::Relaxed);
            outcome
        },
        async {
            let outcome = other.await;
            done.fetch_add(1, Ordering::Relaxed);
            outcome
        },
        async {
            while waiting(app).await + done.load(Ordering::Relaxed) < 2 {
                tokio::task::yield_now().await;
            }
            gate.commit().await.unwrap();
        }
    );
    (one, other)
}

/// How many stand before a lock. SQLite does not tell: there the gate opens at once.
async fn waiting(app: &TestApp) -> usize {
    let db = &app.app.db;
    if db.is_sqlite() {
        return 2;
    }
    let sql = "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    usize::try_from(row.try_get::<i64>("", "n").unwrap()).unwrap()
}
