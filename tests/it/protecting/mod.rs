//! Promises that protect people: what is kept of a voice, who sees it, who looked, and how long.

mod breaches;
mod letters;
mod requests;
mod retention;
mod rights;
mod routing;
mod seen;
mod tombstones;
mod trail;

use poem::http::Method;
use rembuk::complaints::Filed;
use sea_orm::{ConnectionTrait as _, DatabaseBackend, Statement};
use serde_json::json;

use crate::{
    complaints::{OFFICER, answered, assigned, filed, program},
    support::{Answer, Browser, TestApp},
};

pub const ADMIN: &str = "admin.kaltim@rembuk.example";
pub const ORGANISER: &str = "penyelenggara.kaltim@rembuk.example";

/// A complaint that went its way to the end.
pub async fn closed(app: &TestApp, anonymous: bool, confidential: bool) -> Filed {
    let filed = filed(app, anonymous, confidential).await;
    let number = filed.complaint.number.clone();
    assigned(app, &number, "fasilitasi").await;
    answered(app, &number).await;
    let answer = program(app, OFFICER)
        .await
        .api(
            Method::POST,
            &format!("/api/v1/complaints/{number}/close"),
            Some(json!({})),
        )
        .await;
    assert!(matches!(answer.status, 200 | 204), "{}", answer.body);
    app.run_jobs().await;
    filed
}

/// Follows a form: posts, asserts the redirect, and reads the page that it leads to.
pub async fn done(browser: &mut Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, 303, "{path}: {}", answer.text());
    browser.follow(&answer).await
}

/// The tables of the database.
async fn tables(app: &TestApp) -> Vec<String> {
    let db = &app.app.db;
    let sql = if db.is_sqlite() {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
    };
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get::<String>("", "name").unwrap())
        .collect()
}

/// Every table in which one of these words stands readable, with the line.
pub async fn left_behind(app: &TestApp, words: &[&str]) -> Vec<String> {
    let db = &app.app.db;
    let mut found = Vec::new();
    for table in tables(app).await {
        let sql = match db.get_database_backend() {
            DatabaseBackend::Sqlite => {
                let sql = format!("SELECT name FROM pragma_table_info('{table}')");
                let columns = db
                    .query_all_raw(Statement::from_string(DatabaseBackend::Sqlite, sql))
                    .await
                    .unwrap();
                let all: Vec<String> = columns
                    .iter()
                    .map(|row| {
                        let name: String = row.try_get("", "name").unwrap();
                        format!("COALESCE(CAST(\"{name}\" AS TEXT), '')")
                    })
                    .collect();
                format!(
                    "SELECT {} AS line FROM \"{table}\"",
                    all.join(" || '|' || ")
                )
            }
            _ => format!("SELECT CAST(t AS TEXT) AS line FROM \"{table}\" t"),
        };
        let rows = db
            .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
            .await
            .unwrap();
        for row in rows {
            let line: Vec<u8> = row
                .try_get::<String>("", "line")
                .map(String::into_bytes)
                .or_else(|_| row.try_get::<Vec<u8>>("", "line"))
                .unwrap_or_default();
            let line = String::from_utf8_lossy(&line).to_lowercase();
            for word in words {
                if line.contains(&word.to_lowercase()) {
                    found.push(format!("{word} stands in {table}: {line}"));
                }
            }
        }
    }
    found
}
