//! Promises about complaints.

mod api;
mod bulk;
mod calling;
mod desk;
mod gathering;
mod history;
mod joining;
mod merged;
mod merging;
mod morning;
mod moves;
mod privacy;
mod public;
mod record;
mod similar;
mod staff;
mod walked;

use rembuk::{
    access::{create_token, person_by_email},
    complaints::{Draft, Filed, Once, file},
};
use serde_json::json;

use crate::support::{Answer, Browser, TestApp};

pub const UNIT: &str = "disdukcapil-kaltim";
pub const OFFICER: &str = "petugas.kaltim@rembuk.example";
pub const HANDLER: &str = "fasilitasi.kaltim@rembuk.example";
pub const OTHER_HANDLER: &str = "piak.kaltim@rembuk.example";
pub const HEAD: &str = "kepala.kaltim@rembuk.example";
pub const SUPERVISOR: &str = "pengawas@rembuk.example";
pub const OTHER_OFFICER: &str = "petugas.sulsel@rembuk.example";

pub const NAME: &str = "Bungaran Contoh";
pub const EMAIL: &str = "bungaran@warga.example";
pub const WORDS: &str = "Saya merekam KTP-el tiga minggu lalu dan belum jadi.";

/// What a citizen types.
pub fn fields() -> Vec<(&'static str, &'static str)> {
    vec![
        ("unit", UNIT),
        ("subject", "KTP-el belum jadi"),
        ("description", WORDS),
        ("name", NAME),
        ("email", EMAIL),
        ("phone", "0800-0000-0012"),
    ]
}

/// Walks through the citizen's form up to the page that shows everything; the answer of the page that refuses, else
/// that page.
pub async fn fill_form(citizen: &mut Browser<'_>, fields: &[(&str, &str)]) -> Answer {
    let mut answer = citizen.post("/pengaduan/baru", fields).await;
    while answer.status == 303 {
        let address = answer.location().to_owned();
        let page = citizen.follow(&answer).await;
        if address == "/pengaduan/periksa" {
            return page;
        }
        let hidden = |name: &str| page.attribute(&format!("input[name={name}]"), "value");
        let key = hidden("form").unwrap_or_else(|| panic!("{address}: {}", page.text()));
        let asked = hidden("asked").unwrap_or_default();
        let mut all = fields.to_vec();
        all.retain(|(name, _)| *name != "form");
        all.extend([("form", key.as_str()), ("asked", asked.as_str())]);
        answer = citizen.post(&address, &all).await;
    }
    answer
}

/// The same, and sends it.
pub async fn send_form(citizen: &mut Browser<'_>, fields: &[(&str, &str)]) -> Answer {
    let check = fill_form(citizen, fields).await;
    if check.status != 200 {
        return check;
    }
    let key = key_of(&check);
    citizen.post("/pengaduan", &[("form", &key)]).await
}

/// The key of the form that a page is of.
pub fn key_of(page: &Answer) -> String {
    page.attribute("input[name=form]", "value").unwrap()
}

/// A complaint filed by a citizen, outside of HTTP.
pub async fn filed(app: &TestApp, anonymous: bool, confidential: bool) -> Filed {
    let draft = Draft {
        unit: UNIT.to_owned(),
        subject: "KTP-el belum jadi".to_owned(),
        description: WORDS.to_owned(),
        anonymous,
        confidential,
        name: NAME.to_owned(),
        email: EMAIL.to_owned(),
        phone: "0800-0000-0012".to_owned(),
        ..Draft::default()
    };
    let ctx = rembuk::access::Ctx::stranger(&app.app);
    let filed = file(&ctx, &draft, "reporter.", &Once::Never).await.unwrap();
    app.run_jobs().await;
    filed
}

/// A program with the token of a member of staff.
pub async fn program<'a>(app: &'a TestApp, email: &str) -> Browser<'a> {
    let person = person_by_email(&app.app.db, email).await.unwrap().unwrap();
    let token = create_token(&app.ctx(), person, "uji", true).await.unwrap();
    let mut program = app.browser();
    program
        .headers
        .push(("authorization".into(), format!("Bearer {token}")));
    program
}

/// Hands a complaint to a division.
pub async fn assigned(app: &TestApp, number: &str, division: &str) {
    let mut officer = program(app, OFFICER).await;
    let answer = officer
        .api(
            poem::http::Method::POST,
            &format!("/api/v1/complaints/{number}/assign"),
            Some(json!({ "division": division })),
        )
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    app.run_jobs().await;
}

/// Answers it as the office.
pub async fn answered(app: &TestApp, number: &str) {
    let mut officer = program(app, OFFICER).await;
    let answer = officer
        .api(
            poem::http::Method::POST,
            &format!("/api/v1/complaints/{number}/answer"),
            Some(json!({ "text": "KTP-el sudah dapat diambil di loket 2." })),
        )
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    app.run_jobs().await;
}

/// How many complaints there are.
pub async fn count(app: &TestApp) -> i64 {
    use sea_orm::{ConnectionTrait as _, Statement};
    let db = &app.app.db;
    let sql = "SELECT COUNT(*) AS n FROM complaint";
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap()
        .unwrap();
    row.try_get("", "n").unwrap()
}
