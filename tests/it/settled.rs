//! What offices seldom change is remembered between requests, and never older than a read would be.

use std::sync::atomic::{AtomicU8, Ordering};

use rembuk::{
    organisation::{self, UnitId},
    platform::{
        db::{Db, Tx},
        settled::{TABLES, of_this_minute},
    },
};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

use crate::support::TestApp;

const CODE: &str = "disdukcapil-kaltim";

async fn rename(db: &impl ConnectionTrait, name: &str) {
    let sql = format!("UPDATE unit SET name = '{name}' WHERE code = '{CODE}'");
    db.execute_unprepared(&sql).await.unwrap();
}

async fn name(db: &impl ConnectionTrait, unit: UnitId) -> String {
    organisation::unit(db, unit).await.unwrap().name
}

async fn unit(test: &TestApp) -> UnitId {
    organisation::unit_by_code(&test.app.db, CODE)
        .await
        .unwrap()
        .id
}

/// Another process, or the command line.
async fn other_process(test: &TestApp) -> Db {
    Db::connect(&test.app.config.database.url, 2).await.unwrap()
}

#[tokio::test]
async fn the_next_request_sees_what_another_process_changed() {
    let test = TestApp::new().await;
    let unit = unit(&test).await;
    let db = &test.app.db;
    let asked = || db.settled().during(name(db, unit));
    let before = asked().await;
    assert_eq!(asked().await, before);
    let other = other_process(&test).await;
    rename(&other, "Dinas Baru").await;
    other.close().await.unwrap();
    assert_eq!(asked().await, "Dinas Baru");
}

#[tokio::test]
async fn a_request_reads_once_and_is_not_asked_again_until_something_changes() {
    let test = TestApp::new().await;
    let unit = unit(&test).await;
    let db = &test.app.db;
    let other = other_process(&test).await;
    db.settled()
        .during(async {
            let before = name(db, unit).await;
            rename(other.connection(), "Dinas Baru").await;
            assert_eq!(name(db, unit).await, before, "one request, one answer");
            let tx = db.begin_write().await.unwrap();
            assert_eq!(name(&tx, unit).await, "Dinas Baru", "a use case reads anew");
        })
        .await;
    other.close().await.unwrap();
}

#[tokio::test]
async fn what_was_rolled_back_is_not_remembered() {
    let test = TestApp::new().await;
    let unit = unit(&test).await;
    let db = &test.app.db;
    db.settled()
        .during(async {
            let before = name(db, unit).await;
            let tx: Tx = db.begin_write().await.unwrap();
            rename(&tx, "Dinas Baru").await;
            assert_eq!(name(&tx, unit).await, "Dinas Baru");
            assert_eq!(name(db, unit).await, before, "nobody else sees it yet");
            drop(tx);
            assert_eq!(name(db, unit).await, before);
        })
        .await;
}

#[tokio::test]
async fn the_own_change_is_seen_by_the_same_request_and_by_others() {
    let test = TestApp::new().await;
    let unit = unit(&test).await;
    let db = &test.app.db;
    db.settled()
        .during(async {
            let before = name(db, unit).await;
            let tx = db.begin_write().await.unwrap();
            rename(&tx, "Dinas Baru").await;
            // Read beside the transaction while it is open: this must not be what others are told later.
            assert_eq!(name(db, unit).await, before);
            tx.commit().await.unwrap();
            assert_eq!(name(db, unit).await, "Dinas Baru");
            rename(db, "Dinas Lain").await;
            assert_eq!(name(db, unit).await, "Dinas Lain");
        })
        .await;
    let later = db.settled().during(name(db, unit)).await;
    assert_eq!(later, "Dinas Lain");
}

#[tokio::test]
async fn every_table_renews_the_mark_however_it_is_changed() {
    let test = TestApp::new().await;
    let db = &test.app.db;
    let backend = db.get_database_backend();
    let sql = match backend {
        DatabaseBackend::Sqlite => {
            "SELECT tbl_name AS name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_settled_%'"
        }
        _ => {
            "SELECT event_object_table AS name FROM information_schema.triggers WHERE trigger_name LIKE '%_settled' \
             AND event_manipulation <> 'TRUNCATE'"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(backend, sql));
    let mut found: Vec<String> = rows
        .await
        .unwrap()
        .iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect();
    found.sort();
    let expected: Vec<&str> = TABLES.iter().flat_map(|table| [*table; 3]).collect();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_sum_that_many_ask_for_at_once_is_read_once() {
    let test = TestApp::new().await;
    let now = test.ctx().now;
    let reads = AtomicU8::new(0);
    let asked = || {
        let read = async {
            reads.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            Ok(7)
        };
        let sum = of_this_minute(now, "sum of a test", "one", read);
        test.app.db.settled().during(sum)
    };
    let (one, other) = tokio::join!(asked(), asked());
    assert_eq!((one.unwrap(), other.unwrap()), (7, 7));
    assert_eq!(asked().await.unwrap(), 7);
    assert_eq!(reads.load(Ordering::Relaxed), 1);
}
