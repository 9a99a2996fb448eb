//! Invitations that an officer brings: as a prepared WhatsApp message, or on paper. Counted when the officer
//! opens the message through our own address or ticks the paper off; who and when is kept.

use sea_orm::ActiveValue::Set;

use super::{
    HandedBy, Recipient, RecipientId,
    entity::recipient,
    recipient_list::{self, noted},
    rules::{self, Broken},
    sending, service, store,
};
use crate::{
    access::{Ctx, Permission},
    documents::{self, Kind},
    forums::{self, Forum, ForumId},
    organisation,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
        web::address::encoded,
    },
};

/// The address that opens WhatsApp with the message in it. From now on it counts as brought.
pub async fn whatsapp(ctx: &Ctx, id: ForumId, recipient: RecipientId) -> Result<String> {
    let (tx, forum, row) = begin(ctx, id, recipient).await?;
    let phone = recipient_list::phone_of(&ctx.app, &row)?.ok_or(Broken::NoPhone)?;
    let text = message(ctx, &forum, &row).await?;
    mark(&tx, ctx, &forum, &row, HandedBy::Whatsapp).await?;
    tx.commit().await?;
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    Ok(format!("https://wa.me/{digits}?text={}", encoded(&text)))
}

/// Ticks off that the printed letter was brought.
pub async fn printed(ctx: &Ctx, id: ForumId, recipient: RecipientId) -> Result<()> {
    let (tx, forum, row) = begin(ctx, id, recipient).await?;
    mark(&tx, ctx, &forum, &row, HandedBy::Printed).await?;
    tx.commit().await?;
    Ok(())
}

/// Ticks off the letters of many; returns how many.
pub async fn printed_many(ctx: &Ctx, id: ForumId, recipients: &[RecipientId]) -> Result<usize> {
    let (tx, forum) = open(ctx, id).await?;
    for recipient in recipients {
        let row = row_of(&tx, &forum, *recipient).await?;
        mark(&tx, ctx, &forum, &row, HandedBy::Printed).await?;
    }
    tx.commit().await?;
    Ok(recipients.len())
}

/// Takes a tick back that was set by mistake.
pub async fn not_handed(ctx: &Ctx, id: ForumId, recipient: RecipientId) -> Result<()> {
    let (tx, _, row) = begin(ctx, id, recipient).await?;
    let columns = recipient::ActiveModel {
        handed_channel: Set(None),
        handed_at: Set(None),
        handed_by: Set(None),
        handed_sequence: Set(None),
        ..Default::default()
    };
    store::write_columns(&tx, row.id, columns).await?;
    noted(&tx, ctx, &row, "invitation.not_handed", &[]).await?;
    tx.commit().await?;
    Ok(())
}

/// What may be mailed may be brought, and nothing else.
async fn begin(ctx: &Ctx, id: ForumId, recipient: RecipientId) -> Result<(Tx, Forum, Recipient)> {
    let (tx, forum) = open(ctx, id).await?;
    let row = row_of(&tx, &forum, recipient).await?;
    Ok((tx, forum, row))
}

async fn open(ctx: &Ctx, id: ForumId) -> Result<(Tx, Forum)> {
    let forum = forums::get(ctx, id, Permission::SendInvitations).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let letter = store::letter_of(&tx, &forum).await?;
    let starts = forums::starts_at(&forum, zone).to_utc();
    rules::may_send(service::state_of(letter.as_ref(), &forum), ctx.now, starts)?;
    Ok((tx, forum))
}

async fn row_of(tx: &Tx, forum: &Forum, recipient: RecipientId) -> Result<Recipient> {
    let row = store::hold_recipient(tx, recipient).await?;
    if row.forum_id != forum.id || row.withdrawn_at.is_some() {
        return Err(Error::NotFound);
    }
    Ok(row)
}

async fn mark(tx: &Tx, ctx: &Ctx, forum: &Forum, row: &Recipient, channel: HandedBy) -> Result<()> {
    let columns = recipient::ActiveModel {
        handed_channel: Set(Some(channel)),
        handed_at: Set(Some(ctx.now)),
        handed_by: Set(ctx.person_id()),
        handed_sequence: Set(Some(forum.sequence)),
        told_sequence: Set(Some(forum.sequence)),
        ..Default::default()
    };
    store::write_columns(tx, row.id, columns).await?;
    let verb = match channel {
        HandedBy::Whatsapp => "invitation.whatsapp_opened",
        HandedBy::Printed => "invitation.printed",
    };
    noted(tx, ctx, row, verb, &[]).await
}

/// The message with the personal link. Invitations are Indonesian whatever the officer reads.
pub async fn message(ctx: &Ctx, forum: &Forum, row: &Recipient) -> Result<String> {
    let db = &ctx.app.db;
    let unit = organisation::unit(db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let letter = documents::latest(db, "forum", forum.id.0, Kind::Invitation).await?;
    let number = letter.and_then(|letter| letter.number).unwrap_or_default();
    let changed = row
        .requested_sequence
        .max(row.handed_sequence)
        .is_some_and(|told| told < forum.sequence);
    let key = if changed {
        "invitations-whatsapp-changed"
    } else {
        "invitations-whatsapp-text"
    };
    Ok(Message::new(key)
        .with("addressee", row.called())
        .with(
            "unit",
            sending::inviting_office(&ctx.app, forum, &unit).await?,
        )
        .with("forum", &forum.title)
        .with("when", forums::when_text(forum, zone, Locale::Id))
        .with("place", forums::where_text(forum))
        .with("number", number)
        .with("url", recipient_list::answer_url(&ctx.app, row)?)
        .text(Locale::Id))
}
