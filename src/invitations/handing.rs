//! Invitations that an officer brings: as a prepared WhatsApp message, or on paper. Counted when the officer
//! opens the message through our own address or ticks the paper off; who and when is kept.

use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _,
};

use super::{
    HandedBy, Recipient, RecipientId, cancelled_calls,
    entity::{HandingId, handing as act, recipient},
    recipient_list::{self, noted},
    rules::{self, Broken},
    sending, service, store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
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

/// Ticks off the letters of many as one act, which can be taken back as one; returns how many.
pub async fn printed_many(ctx: &Ctx, id: ForumId, recipients: &[RecipientId]) -> Result<usize> {
    let (tx, forum) = open(ctx, id).await?;
    let mut before = Vec::with_capacity(recipients.len());
    for recipient in recipients {
        let row = row_of(&tx, &forum, *recipient).await?;
        mark(&tx, ctx, &forum, &row, HandedBy::Printed).await?;
        before.push(stood(&row));
    }
    let done = act::Model {
        id: HandingId::new(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        total: i32::try_from(recipients.len()).map_err(anyhow::Error::from)?,
        before: act::Lines(before),
        created_at: ctx.now,
        created_by: ctx.person_id(),
        undone_at: None,
    };
    act::Entity::insert(done.into_active_model().reset_all())
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    Ok(recipients.len())
}

/// The last marks that were set for many of a forum, unless they were taken back.
pub async fn last_act(db: &impl ConnectionTrait, forum: &Forum) -> Result<Option<act::Model>> {
    let last = act::Entity::find()
        .filter(act::Column::UnitId.eq(forum.unit_id))
        .filter(act::Column::ForumId.eq(forum.id))
        .order_by_desc(act::Column::CreatedAt)
        .order_by_desc(act::Column::Id)
        .one(db)
        .await?;
    Ok(last.filter(|one| one.undone_at.is_none()))
}

/// Whether a line still stands as the act left it; what was marked anew since stays.
pub fn is_of(act: &act::Model, row: &Recipient) -> bool {
    row.handed_at == Some(act.created_at)
        && row.handed_channel == Some(HandedBy::Printed)
        && row.withdrawn_at.is_none()
}

/// Ticks off that somebody was called. `news` is the state of the forum that the caller saw and said: if it moved
/// again meanwhile, they were told of the wrong time.
pub async fn called(
    ctx: &Ctx,
    id: ForumId,
    recipient: RecipientId,
    news: i32,
) -> Result<Recipient> {
    let (tx, forum) = hold_to_call(ctx, id).await?;
    if news != forum.sequence {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let row = row_of(&tx, &forum, recipient).await?;
    // Two officers who call the same person tick it off once.
    let knows = match forum.cancelled_at {
        Some(at) => cancelled_calls::knows(&row, at),
        None => row.handed_sequence == Some(news),
    };
    if !knows {
        mark(&tx, ctx, &forum, &row, HandedBy::Telephone).await?;
    }
    tx.commit().await?;
    Ok(row)
}

/// The forum, for whoever tells its guests by word of mouth, also that it does not take place.
pub(super) async fn hold_to_call(ctx: &Ctx, id: ForumId) -> Result<(Tx, Forum)> {
    forums::get(ctx, id, Permission::SendInvitations).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold_cancelled_too(&tx, id).await?;
    let letter = store::letter_of(&tx, &forum).await?;
    rules::may_call(service::state_of(letter.as_ref(), &forum))?;
    Ok((tx, forum))
}

/// Takes the last marks of many back: every line stands as before. Returns how many.
pub async fn undo_many(ctx: &Ctx, id: ForumId, wanted: HandingId) -> Result<usize> {
    let (tx, forum) = open(ctx, id).await?;
    let last = last_act(&tx, &forum).await?.filter(|one| one.id == wanted);
    let last = last.ok_or(Error::Conflict {
        code: "changed_meanwhile",
    })?;
    let mut count = 0;
    for line in &last.before.0 {
        let row = match store::hold_recipient(&tx, line.recipient).await {
            Err(Error::NotFound) => continue,
            found => found?,
        };
        if !is_of(&last, &row) {
            continue;
        }
        let columns = recipient::ActiveModel {
            handed_channel: Set(line.channel),
            handed_at: Set(line.at),
            handed_by: Set(line.by),
            handed_sequence: Set(line.sequence),
            // A mail that went out since told them more than the mark did.
            told_sequence: match row.told_sequence == row.handed_sequence {
                true => Set(line.told),
                false => NotSet,
            },
            ..Default::default()
        };
        store::write_columns(&tx, row.id, columns).await?;
        noted(&tx, ctx, &row, "invitation.not_handed", &[]).await?;
        count += 1;
    }
    let undone = act::ActiveModel {
        undone_at: Set(Some(ctx.now)),
        ..Default::default()
    };
    act::Entity::update_many()
        .set(undone)
        .filter(act::Column::Id.eq(last.id))
        .exec(&tx)
        .await?;
    let entry = audit::Entry::new("forum", forum.id.0, "invitation.not_handed_many")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "count": count, "of": last.total }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(count)
}

/// Takes a tick back that was set by mistake. That of a call is taken back with its reason alone, as `uncalling` does.
pub async fn not_handed(ctx: &Ctx, id: ForumId, recipient: RecipientId) -> Result<()> {
    let (tx, _, row) = begin(ctx, id, recipient).await?;
    if row.handed_channel == Some(HandedBy::Telephone) {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
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

pub(super) async fn open(ctx: &Ctx, id: ForumId) -> Result<(Tx, Forum)> {
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

pub(super) async fn row_of(tx: &Tx, forum: &Forum, recipient: RecipientId) -> Result<Recipient> {
    let row = store::hold_recipient(tx, recipient).await?;
    // Cancelling took every invitation back, and those who had one are still spoken to.
    let gone = row.withdrawn_at.is_some() && row.withdrawn_at != forum.cancelled_at;
    if row.forum_id != forum.id || gone {
        return Err(Error::NotFound);
    }
    Ok(row)
}

/// How a line stands, to be put back.
fn stood(row: &Recipient) -> act::Before {
    act::Before {
        recipient: row.id,
        channel: row.handed_channel,
        at: row.handed_at,
        by: row.handed_by,
        sequence: row.handed_sequence,
        told: row.told_sequence,
    }
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
        HandedBy::Telephone => CALLED,
    };
    let entry = audit::Entry::new("forum", forum.id.0, verb)
        .in_unit(forum.unit_id)
        .with(serde_json::json!({
            "recipient": row.id, "position": row.position, "before": stood(row),
        }));
    audit::record(tx, ctx, entry).await
}

/// The entry of the history that tells of a call.
pub(super) const CALLED: &str = "invitation.called";

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
        .is_some_and(|told| !forums::sequences_now(forum).contains(&told));
    let key = if changed {
        "invitations-whatsapp-changed"
    } else {
        "invitations-whatsapp-text"
    };
    let place: Vec<String> = [forums::where_text(forum)]
        .into_iter()
        .chain(row.for_several(Locale::Id))
        .collect();
    // Of those who know time and place nothing but the letter is another.
    let letter = store::letter_of(db, forum).await?;
    let replaced = letter.as_ref().filter(|_| !changed);
    let replaced = replaced.and_then(|letter| letter.replaced_since(row.told_at()));
    let text = Message::new(key)
        .with("addressee", row.in_full())
        .with(
            "unit",
            sending::inviting_office(&ctx.app, forum, &unit).await?,
        )
        .with("forum", &forum.title)
        .with("when", forums::when_text(forum, zone, Locale::Id))
        .with("place", place.join("\n"))
        .with("number", number)
        .with("url", recipient_list::answer_url(&ctx.app, row)?)
        .text(Locale::Id);
    Ok(match replaced {
        Some(number) => {
            let says = Message::new("invitations-mail-replaces").with("number", number);
            format!("{text}\n\n{}", says.text(Locale::Id))
        }
        None => text,
    })
}
