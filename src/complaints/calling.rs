//! Complainants whom no mail reaches: they gave a telephone number alone, or wrote by post or on SP4N-LAPOR!. Whatever
//! would have been a mail is a row until somebody of the office told them: nobody is forgotten who has no mailbox.

use sea_orm::ActiveValue::Set;
use serde_json::json;
use uuid::Uuid;

use super::{
    emails,
    entity::{
        call::{self, Way},
        complaint,
    },
    handling,
    identity::{self, Identity},
    rules::{self, Channel, Teller},
    store, viewing, ways,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    organisation::{self, Unit},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        web::address::encoded,
    },
};

/// Who brings the news of a case to its citizen, as they can be reached now.
#[must_use]
pub fn teller_of(of: &complaint::Model, reporter: &Identity) -> Teller {
    let (email, phone) = (reporter.email.is_some(), reporter.phone.is_some());
    rules::teller(of.channel, email, phone)
}

/// The same, with the tracking id where it is told on SP4N-LAPOR!; empty elsewhere.
pub async fn teller(ctx: &Ctx, of: &complaint::Model) -> Result<(Teller, String)> {
    let db = &ctx.app.db;
    let teller = teller_of(of, &identity::read(db, &ctx.app, of.id).await?);
    if teller != Teller::Sp4n {
        return Ok((teller, String::new()));
    }
    let names = ways::names_elsewhere(db, of).await?;
    let there = names
        .into_iter()
        .find(|name| name.channel == Channel::Sp4nLapor);
    Ok((
        teller,
        there.map(|name| name.external_id).unwrap_or_default(),
    ))
}

/// Notes that this has to be told by a person, where one can.
pub async fn note(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    reporter: &Identity,
    headline: String,
) -> Result<()> {
    if !teller_of(of, reporter).is_person() {
        return Ok(());
    }
    let row = call::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        headline: Set(headline),
        at: Set(ctx.now),
        done_at: Set(None),
        done_by: Set(None),
        way: Set(None),
    };
    store::insert_call(tx, row).await
}

/// What is written, or said: the last that happened, and where the rest is read. Neither words of the case nor its code.
pub fn prepared(ctx: &Ctx, of: &complaint::Model, unit: &Unit, headline: &str) -> String {
    Message::new("calling-message")
        .with("headline", headline)
        .with("unit", &unit.name)
        .with("url", emails::track_url(ctx, of))
        .text(emails::locale_of(of))
}

/// Who works on a case tells its citizen.
pub async fn require(ctx: &Ctx, number: &str) -> Result<()> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let found = store::visible(&ctx.app.db, &scope, &rules::read_number(number)).await?;
    ctx.require(Permission::AnswerComplaint, handling::place(&found))?;
    handling::require_text(ctx, &found)
}

/// The address that opens WhatsApp with the message in it. From now on the citizen counts as told.
pub async fn whatsapp(ctx: &Ctx, number: &str) -> Result<String> {
    // Who may not see the number is not led to it.
    let case = viewing::case(ctx, number).await?;
    let phone = case.identity.phone.as_deref().ok_or(Error::NotFound)?;
    let of = &case.complaint;
    let unit = organisation::unit(&ctx.app.db, of.unit_id).await?;
    let waiting = store::waiting_calls(&ctx.app.db, of).await?;
    let last = waiting.last().ok_or(Error::NotFound)?;
    let text = prepared(ctx, of, &unit, &last.headline);
    done(ctx, number, Way::Whatsapp).await?;
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    Ok(format!("https://wa.me/{digits}?text={}", encoded(&text)))
}

/// Ticks off that the citizen was told. Ticked off twice, the first time counts.
pub async fn done(ctx: &Ctx, number: &str, way: Way) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = handling::open(&tx, ctx, number, None).await?;
    ctx.require(Permission::AnswerComplaint, handling::place(&found))?;
    handling::require_text(ctx, &found)?;
    let told = store::calls_done(&tx, &found, (ctx.now, ctx.person_id(), way)).await?;
    if told > 0 {
        let entry = audit::Entry::new("complaint", found.id.0, "complaint.told_in_person")
            .in_unit(found.unit_id)
            .with(json!({ "way": way }));
        audit::record(&tx, ctx, entry).await?;
    }
    tx.commit().await?;
    Ok(())
}
