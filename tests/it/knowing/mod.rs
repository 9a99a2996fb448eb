//! Promises about what is learnt from complaints: register book, recapitulation, publication, statistics, topics.

mod book;
mod figures;
mod publishing;
pub mod recap;
mod topics;

use chrono::{DateTime, Utc};
use rembuk::{
    access::person_by_email,
    complaints::{self, Channel, ComplaintId, Kind, Status, Story},
    organisation,
};

use crate::{
    complaints::{HANDLER, OFFICER, UNIT},
    support::TestApp,
};

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A complaint of the web that nobody has looked at; tests change what they are about.
pub async fn plain(app: &TestApp, subject: &str, received: &str) -> Story {
    let db = &app.app.db;
    let person = async |email: &str| {
        let id = person_by_email(db, email).await.unwrap().unwrap();
        (id, email.to_owned())
    };
    Story {
        unit: organisation::unit_by_code(db, UNIT).await.unwrap(),
        kind: Kind::Complaint,
        channel: Channel::Web,
        subject: subject.to_owned(),
        description: format!("{subject}: uraian yang cukup panjang."),
        service: None,
        anonymous: false,
        confidential: false,
        name: None,
        email: None,
        phone: None,
        status: Status::Received,
        received_at: at(received),
        division: None,
        instruction: None,
        answer: None,
        reopened: None,
        closed: None,
        reason: None,
        note: None,
        officer: person(OFFICER).await,
        handler: person(HANDLER).await,
    }
}

pub async fn division(app: &TestApp, code: &str) -> Option<rembuk::organisation::Division> {
    let db = &app.app.db;
    let unit = organisation::unit_by_code(db, UNIT).await.unwrap();
    organisation::division_by_code(db, unit.id, code)
        .await
        .unwrap()
}

/// Writes it with its past.
pub async fn told(app: &TestApp, story: &Story) -> ComplaintId {
    let tx = app.app.db.begin_write().await.unwrap();
    let id = complaints::import(&tx, &app.ctx(), story).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// The number of a complaint by its subject.
pub async fn number_of(app: &TestApp, subject: &str) -> String {
    use sea_orm::{ConnectionTrait as _, Statement};
    let db = &app.app.db;
    let sql = format!("SELECT number FROM complaint WHERE subject = '{subject}'");
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap()
        .unwrap();
    row.try_get("", "number").unwrap()
}

/// The cells of a sheet as text.
pub fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<String>> {
    use calamine::Reader as _;
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range(name).unwrap();
    let rows = range.rows();
    rows.map(|row| row.iter().map(ToString::to_string).collect())
        .collect()
}
