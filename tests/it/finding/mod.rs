//! Promises about finding complaints again.

mod counters;
mod inbox;
mod many;
mod search;

use rembuk::complaints::{Draft, Once, file};

use crate::{complaints::UNIT, support::TestApp};

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
