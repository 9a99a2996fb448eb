//! Promises of the ways in: channels, what officers take down, suggestion boxes, lists of SP4N-LAPOR.

mod boxes;
mod channels;
mod entry;
mod sp4n;

use rembuk::complaints::{
    entity::complaint,
    retention::{Cause, Order, erase},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::{
    complaints::{OFFICER, UNIT},
    support::{Answer, Browser, TestApp},
};

pub const ADMIN: &str = "admin.kaltim@rembuk.example";

/// An officer with the form of the next complaint open.
pub async fn officer(app: &TestApp) -> Browser<'_> {
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/pengaduan/baru").await;
    officer
}

/// What somebody tells at the counter.
pub fn told() -> Vec<(&'static str, &'static str)> {
    vec![
        ("unit", UNIT),
        ("channel", "walk_in"),
        ("description", "Loket 2 tutup sebelum pukul dua belas."),
        ("name", "Bungaran Contoh"),
        ("phone", "0800-0000-0012"),
        ("received_on", "2026-03-16"),
        ("received_time", "0915"),
        ("then", "next"),
    ]
}

/// The number that a redirect names.
pub fn number_of(answer: &Answer) -> String {
    let place = answer.location();
    assert_eq!(answer.status, 303, "{}", answer.text());
    place.rsplit(['=', '/']).next().unwrap().to_owned()
}

/// Makes a case a tombstone, as a request of the person or the end of its time does.
pub async fn anonymised(app: &TestApp, number: &str) {
    let of = complaint::Entity::find()
        .filter(complaint::Column::Number.eq(number))
        .one(&app.app.db)
        .await
        .unwrap()
        .unwrap();
    let order = Order {
        cause: Cause::Request,
        basis: "Permohonan subjek data".to_owned(),
        run: None,
        ended_at: app.now(),
    };
    let tx = app.app.db.begin_write().await.unwrap();
    erase(&tx, &app.ctx(), &of, order).await.unwrap();
    tx.commit().await.unwrap();
    app.run_jobs().await;
}
