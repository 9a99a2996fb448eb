//! Taking invitations back: one, or all of them when the forum is cancelled. The row stays for the record; whoever was
//! told and has an address gets the cancellation of the calendar entry, with the next SEQUENCE (RFC 5546, 3.2.5), in
//! the words of what they were told.

use sea_orm::ActiveValue::Set;

use super::{
    Recipient, RecipientId,
    calendar_entry::{self, Method},
    emails::WithdrawnEmail,
    entity::recipient,
    recipient_list::{line, noted},
    rules::Broken,
    sending, store,
};
use crate::{
    access::{Ctx, Permission},
    forums::{self, Forum, ForumId, LetGo},
    organisation::{self, Unit},
    platform::{
        db::Tx,
        error::Result,
        i18n::Locale,
        mail::{self, Outgoing, SendMail},
    },
};

/// The `about` of the mail; not that of invitations, which it must not be taken for.
pub(super) const ABOUT: &str = "invitation.withdrawn";

/// What every mail of one taking back says.
struct Notice<'a> {
    forum: &'a Forum,
    unit: &'a Unit,
    organiser: &'a str,
    /// The office that invited.
    from: &'a str,
    /// Why the forum does not take place; empty where it does, without this guest.
    reason: &'a str,
}

/// Takes the invitation of somebody back; `version` is that of the line the organiser saw.
pub async fn withdraw(ctx: &Ctx, id: ForumId, recipient: RecipientId, version: i32) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::SendInvitations).await?;
    ctx.require(Permission::ManageForum, forum.unit_id)?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let organiser = sending::organiser_address(&ctx.app, &unit).await?;
    let from = sending::inviting_office(&ctx.app, &forum, &unit).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let row = line(&tx, &forum, recipient, version).await?;
    if !row.was_invited() {
        return Err(Broken::NotInvited.into());
    }
    let notice = Notice {
        forum: &forum,
        unit: &unit,
        organiser: &organiser,
        from: &from,
        reason: "",
    };
    take_back(&tx, ctx, &row, &notice).await?;
    noted(&tx, ctx, &row, "recipient.withdrawn", &[]).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether the invitation of somebody was taken back before.
pub async fn is_withdrawn(ctx: &Ctx, id: ForumId, recipient: RecipientId) -> Result<bool> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let gone = store::withdrawn(&ctx.app.db, &forum).await?;
    Ok(gone.iter().any(|row| row.id == recipient))
}

/// What became of the invitations of a forum that was cancelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cancelled {
    pub withdrawn: usize,
    /// Of them, those whom no mail reaches: somebody must tell them.
    pub by_hand: usize,
}

/// Cancels an announced forum: every invitation is taken back, in one piece.
pub async fn cancel_forum(
    ctx: &Ctx,
    id: ForumId,
    version: i32,
    reason: String,
    also: LetGo,
) -> Result<Cancelled> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    ctx.require(Permission::SendInvitations, forum.unit_id)?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let organiser = sending::organiser_address(&ctx.app, &unit).await?;
    let from = sending::inviting_office(&ctx.app, &forum, &unit).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let notice = Notice {
        forum: &forum,
        unit: &unit,
        organiser: &organiser,
        from: &from,
        reason: &reason,
    };
    let mut done = Cancelled::default();
    for row in store::recipients(&tx, &forum).await? {
        if row.was_invited() {
            let mailed = take_back(&tx, ctx, &row, &notice).await?;
            done.withdrawn += 1;
            done.by_hand += usize::from(!mailed);
        } else if row.printed_at.is_some() && row.withdrawn_at.is_none() {
            // Paper was made for them; whether somebody brought it nobody ticked.
            done.by_hand += 1;
        }
    }
    forums::cancel_in(&tx, ctx, &forum, version, &reason, done.withdrawn).await?;
    also(&tx, ctx, &forum).await?;
    tx.commit().await?;
    Ok(done)
}

/// Closes a link and tells its owner; whether a mail does so.
async fn take_back(tx: &Tx, ctx: &Ctx, row: &Recipient, notice: &Notice<'_>) -> Result<bool> {
    let change = recipient::ActiveModel {
        withdrawn_at: Set(Some(ctx.now)),
        // An invitation that still waits in the queue finds that nobody asks for it.
        requested_at: Set(None),
        ..Default::default()
    };
    store::change_recipient(tx, row, change).await?;
    let was_told = row.requested_at.is_some() || row.told_sequence.is_some();
    if !was_told || row.email.is_none() {
        return Ok(false);
    }
    let outgoing = compose(ctx, row, notice)?;
    mail::queue::<SendMail>(tx, &ctx.app, ctx.now, outgoing).await?;
    Ok(true)
}

fn compose(ctx: &Ctx, recipient: &Recipient, notice: &Notice<'_>) -> Result<Outgoing> {
    let app = &ctx.app;
    // A day that the guest never heard of says nothing to them.
    let told = recipient.told_sequence;
    let told = told.and_then(|sequence| forums::told(notice.forum, sequence));
    let forum = told.as_ref().unwrap_or(notice.forum);
    let mut entry = sending::entry_for(ctx, recipient, forum, notice.unit, notice.organiser)?;
    entry.sequence = recipient
        .requested_sequence
        .unwrap_or_default()
        .max(notice.forum.sequence)
        + 1;
    let zone = organisation::zone_of(notice.unit)?;
    let email = WithdrawnEmail {
        addressee: recipient.in_full(),
        forum: forum.title.clone(),
        when: forums::when_text(forum, zone, Locale::Id),
        from: notice.from.to_owned(),
        unit: notice.unit.name.clone(),
        reason: notice.reason.to_owned(),
        contact: notice.organiser.to_owned(),
    };
    let method = match notice.reason {
        "" => Method::Uninvite,
        _ => Method::Cancel,
    };
    let rendered = app.templates.email(Locale::Id, &email)?;
    Ok(Outgoing {
        to_name: recipient.called(),
        to_address: recipient.email.clone().unwrap_or_default(),
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        calendar: Some((
            method.as_str().to_owned(),
            calendar_entry::write(&entry, method),
        )),
        attachments: Vec::new(),
        about_kind: ABOUT,
        about_id: recipient.id.0,
    })
}
