//! Promises about finding complaints again.

mod counters;
mod inbox;
mod many;
mod search;

use rembuk::{
    access::{Ctx, acting_as, person_by_email},
    complaints::{Draft, Once, file},
};

use crate::{
    complaints::{OFFICER, UNIT},
    support::TestApp,
};

/// The officer at a desk of their own.
pub async fn officer(app: &TestApp) -> Ctx {
    let id = person_by_email(&app.app.db, OFFICER)
        .await
        .unwrap()
        .unwrap();
    acting_as(&app.ctx(), id, app.now()).await.unwrap()
}

/// A complaint with these words; answers its number.
pub async fn told(app: &TestApp, subject: &str, description: &str, confidential: bool) -> String {
    let draft = Draft {
        unit: UNIT.to_owned(),
        subject: subject.to_owned(),
        description: description.to_owned(),
        confidential,
        name: "Bungaran Contoh".to_owned(),
        ..Draft::default()
    };
    let ctx = rembuk::access::Ctx::stranger(&app.app);
    let filed = file(&ctx, &draft, "reporter.", &Once::Never).await.unwrap();
    app.run_jobs().await;
    filed.complaint.number
}
