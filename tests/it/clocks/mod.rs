//! Promises about deadlines: two clocks that never mix, decrees that come late, and nothing late unnoticed.

mod closures;
mod holidays;
mod own_numbers;
mod promises;
mod saying;
mod simulation;
mod solution;
mod waiting;

use chrono::{DateTime, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Asia::Makassar;
use mail_parser::MessageParser;
use poem::http::Method;
use rembuk::complaints::clocks;
use serde_json::{Value, json};

use crate::{
    complaints::{OFFICER, program},
    support::{Answer, TestApp},
};

pub const ADMIN: &str = "admin.sistem@rembuk.example";
pub const UNIT_ADMIN: &str = "admin.kaltim@rembuk.example";

/// "2026-03-25 08:00", in WITA.
pub fn wita(text: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    Makassar.from_local_datetime(&local).unwrap().to_utc()
}

/// Moves the clock to this moment of the unit.
pub fn until(app: &TestApp, text: &str) {
    app.advance(wita(text) - app.now());
}

/// Looks at every deadline, as the program does every five minutes, and sends what follows from it.
pub async fn look(app: &TestApp) {
    clocks::watch(&app.app, rembuk::survey_voices::AFTERWARDS)
        .await
        .unwrap();
    app.run_jobs().await;
}

/// What was sent: address and subject.
pub fn sent(app: &TestApp) -> Vec<(String, String)> {
    app.mails()
        .iter()
        .map(|raw| {
            let mail = MessageParser::default().parse(raw).unwrap();
            let to = mail.to().and_then(|to| to.first()).unwrap();
            (
                to.address().unwrap_or_default().to_owned(),
                mail.subject().unwrap_or_default().to_owned(),
            )
        })
        .collect()
}

/// The words of the last mail to this address.
pub fn last_to(app: &TestApp, address: &str) -> String {
    let mails = app.mails();
    let found = mails.iter().rev().find_map(|raw| {
        let mail = MessageParser::default().parse(raw).unwrap();
        let to = mail.to().and_then(|to| to.first())?.address()?.to_owned();
        (to == address).then(|| mail.body_text(0).unwrap().into_owned())
    });
    found.unwrap_or_default()
}

/// Whether this address was told of this complaint's lateness, by itself or in a list; the morning mail does not count.
pub fn told_late(app: &TestApp, address: &str, number: &str) -> bool {
    app.mails().iter().any(|raw| {
        let mail = MessageParser::default().parse(raw).unwrap();
        let to = mail
            .to()
            .and_then(|to| to.first())
            .and_then(|to| to.address());
        let subject = mail.subject().unwrap_or_default().to_owned();
        let words = format!("{subject} {}", mail.body_text(0).unwrap());
        to == Some(address)
            && subject.contains("terlambat")
            && !subject.contains("jatuh tempo hari ini")
            && words.contains(number)
    })
}

/// How many mails this address got.
pub fn count_to(app: &TestApp, address: &str) -> usize {
    sent(app).iter().filter(|(to, _)| to == address).count()
}

pub async fn deadline(app: &TestApp, number: &str) -> Value {
    let mut officer = program(app, OFFICER).await;
    let path = format!("/api/v1/complaints/{number}/deadline");
    let answer = officer.api(Method::GET, &path, None).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

pub async fn change_holiday(app: &TestApp, by: &str, body: Value) -> Answer {
    let mut program = program(app, by).await;
    let answer = program
        .api(Method::POST, "/api/v1/calendar/holidays", Some(body))
        .await;
    app.run_jobs().await;
    answer
}

pub fn holiday(action: &str, date: &str, category: &str) -> Value {
    json!({
        "action": action, "date": date, "category": category, "name": "Libur Contoh",
        "decree": "SKB Contoh 1 Tahun 2026", "reason": "Diumumkan terlambat",
    })
}
