//! The mail to those who answer for the voices of a unit: a period was chosen, and from then on some of them go.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    access::{self, Ctx, Role},
    calendar::dates,
    complaints::{rules::Kind, words},
    organisation::Unit,
    platform::{
        db::Tx,
        error::Result,
        i18n::{Locale, Message},
        mail::{self, SendMail},
        web::pages::Email,
    },
};

/// Mails to account holders are in Indonesian, like all others to them.
const LANGUAGE: Locale = Locale::Id;

#[derive(Serialize)]
struct Chosen {
    headline: String,
    text: String,
    url: String,
}

impl Email for Chosen {
    const TEMPLATE: &'static str = "retention_chosen";
}

/// Tells head and officers of the unit, so that more than one person knows before anything is gone.
pub async fn chosen(
    tx: &Tx,
    ctx: &Ctx,
    unit: &Unit,
    (kind, months): (Kind, u32),
    from: NaiveDate,
) -> Result<()> {
    let by = ctx.account().map(|account| account.name.clone());
    let words = |part: &str| {
        Message::new(&format!("retention-mail-{part}"))
            .with("kind", words::kind(kind, LANGUAGE))
            .with("months", months)
            .with("from", dates::long_date(from, LANGUAGE))
            .with("unit", &unit.name)
            .with("by", by.clone().unwrap_or_default())
            .text(LANGUAGE)
    };
    let email = Chosen {
        headline: words("subject"),
        text: words("text"),
        url: ctx.app.url(&format!("/kerja/retensi?unit={}", unit.code)),
    };
    let rendered = ctx.app.templates.email(LANGUAGE, &email)?;
    let roles = [Role::Head, Role::ComplaintOfficer];
    let people = access::people_with(tx, &roles, unit.id, None).await?;
    mail::queue_for_each::<SendMail>(
        tx,
        &ctx.app,
        ctx.now,
        &rendered,
        ("unit", unit.id.0),
        people,
    )
    .await?;
    Ok(())
}
