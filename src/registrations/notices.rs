//! Mails to those who registered with an address. They stand in the outbox sealed, like those to citizens who complain.

use super::{
    Offer, Registration,
    emails::{RegistrationEmail, RegistrationEndedEmail},
    service,
};
use crate::{
    access::Ctx,
    forums,
    invitations::{self, CalendarMethod, Comer},
    platform::{
        db::Tx,
        error::Result,
        i18n::Locale,
        mail::{self, Outgoing, SendMail},
        web::pages::Email,
    },
};

const ABOUT: &str = "registration";

/// The seat, and the way to the personal page.
pub async fn welcome(tx: &Tx, ctx: &Ctx, offer: &Offer, row: &Registration) -> Result<()> {
    told(tx, ctx, offer, row, Occasion::Seat).await
}

/// Time or place changed.
pub async fn changed(tx: &Tx, ctx: &Ctx, offer: &Offer, row: &Registration) -> Result<()> {
    told(tx, ctx, offer, row, Occasion::Changed).await
}

/// The forum is near.
pub async fn reminder(tx: &Tx, ctx: &Ctx, offer: &Offer, row: &Registration) -> Result<()> {
    told(tx, ctx, offer, row, Occasion::Reminder).await
}

/// Why somebody is written to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Occasion {
    Seat,
    Changed,
    Reminder,
}

fn language(row: &Registration) -> Locale {
    Locale::parse(&row.locale).unwrap_or(Locale::Id)
}

async fn told(
    tx: &Tx,
    ctx: &Ctx,
    offer: &Offer,
    row: &Registration,
    occasion: Occasion,
) -> Result<()> {
    let (app, forum) = (&ctx.app, &offer.forum);
    let organiser = invitations::organiser_address(app, &offer.unit).await?;
    let email = RegistrationEmail {
        forum: forum.title.clone(),
        theme: forum.theme.clone(),
        when: forums::when_text(forum, offer.zone, language(row)),
        place: forums::where_text(forum),
        address: forum.venue_address.clone(),
        online_link: forum.online_link.clone(),
        own_url: service::url_of(app, row)?,
        unit: offer.unit.name.clone(),
        contact: organiser.clone(),
        changed: occasion == Occasion::Changed,
        reminder: occasion == Occasion::Reminder,
    };
    let method = CalendarMethod::Publish;
    queue(tx, ctx, (offer, row, &organiser), &email, (method, None)).await
}

/// The seat is free; the entry leaves the calendar.
pub async fn ended(
    tx: &Tx,
    ctx: &Ctx,
    offer: &Offer,
    row: &Registration,
    reason: &str,
) -> Result<()> {
    let organiser = invitations::organiser_address(&ctx.app, &offer.unit).await?;
    let email = RegistrationEndedEmail {
        forum: offer.forum.title.clone(),
        when: forums::when_text(&offer.forum, offer.zone, language(row)),
        reason: reason.to_owned(),
        unit: offer.unit.name.clone(),
        contact: organiser.clone(),
    };
    let sequence = row.told_sequence.max(offer.forum.sequence) + 1;
    let method = match offer.forum.cancelled_at {
        Some(_) => CalendarMethod::Cancel,
        None => CalendarMethod::Uninvite,
    };
    let cancel = (method, Some(sequence));
    queue(tx, ctx, (offer, row, &organiser), &email, cancel).await
}

/// The entry of somebody who registered, as text.
pub fn calendar(
    ctx: &Ctx,
    offer: &Offer,
    row: &Registration,
    organiser: &str,
    method: (CalendarMethod, Option<i32>),
) -> Result<String> {
    let comer = Comer {
        id: row.id.0,
        name: String::new(),
        email: None,
        url: service::url_of(&ctx.app, row)?,
        link_says: "Pendaftaran Anda",
        several: None,
        answered: invitations::Answer::Accepted.participation(),
    };
    invitations::event_text(
        ctx.now,
        comer,
        &offer.forum,
        (&offer.unit, organiser),
        method,
    )
}

async fn queue<E: Email>(
    tx: &Tx,
    ctx: &Ctx,
    (offer, row, organiser): (&Offer, &Registration, &str),
    email: &E,
    method: (CalendarMethod, Option<i32>),
) -> Result<()> {
    let Some(address) = service::email_of(&ctx.app, row)? else {
        return Ok(());
    };
    let words = ctx.app.templates.email(language(row), email)?;
    let outgoing = Outgoing {
        to_name: String::new(),
        to_address: address,
        subject: words.subject,
        text: words.text,
        html: words.html,
        calendar: Some((
            method.0.as_str().to_owned(),
            calendar(ctx, offer, row, organiser, method)?,
        )),
        attachments: Vec::new(),
        about_kind: ABOUT,
        about_id: row.id.0,
    };
    mail::queue_private::<SendMail>(tx, &ctx.app, ctx.now, outgoing).await?;
    Ok(())
}
