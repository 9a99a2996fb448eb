//! Taking an invitation back. The row stays for the record; whoever was told by mail gets the cancellation of
//! the calendar entry, with the next SEQUENCE (RFC 5546, 3.2.5).

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
    forums::{self, Forum, ForumId},
    organisation,
    platform::{
        error::Result,
        i18n::Locale,
        mail::{self, Outgoing, SendMail},
    },
};

/// The `about` of the mail; not that of invitations, which it must not be taken for.
const ABOUT: &str = "invitation.withdrawn";

/// Takes the invitation of somebody back; `version` is that of the line the organiser saw.
pub async fn withdraw(ctx: &Ctx, id: ForumId, recipient: RecipientId, version: i32) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::SendInvitations).await?;
    ctx.require(Permission::ManageForum, forum.unit_id)?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let row = line(&tx, &forum, recipient, version).await?;
    if !row.was_invited() {
        return Err(Broken::NotInvited.into());
    }
    let change = recipient::ActiveModel {
        withdrawn_at: Set(Some(ctx.now)),
        // An invitation that still waits in the queue finds that nobody asks for it.
        requested_at: Set(None),
        ..Default::default()
    };
    store::change_recipient(&tx, &row, change).await?;
    if row.requested_at.is_some() && row.email.is_some() {
        let outgoing = compose(ctx, &row, &forum).await?;
        mail::queue::<SendMail>(&tx, &ctx.app, ctx.now, outgoing).await?;
    }
    noted(&tx, ctx, &row, "recipient.withdrawn", &[]).await?;
    tx.commit().await?;
    Ok(())
}

async fn compose(ctx: &Ctx, recipient: &Recipient, forum: &Forum) -> Result<Outgoing> {
    let app = &ctx.app;
    let unit = organisation::unit(&app.db, forum.unit_id).await?;
    let organiser = sending::organiser_address(app, &unit).await?;
    let mut entry = sending::entry_for(ctx, recipient, forum, &unit, &organiser)?;
    entry.sequence = recipient
        .requested_sequence
        .unwrap_or(forum.sequence)
        .max(forum.sequence)
        + 1;
    let zone = organisation::zone_of(&unit)?;
    let email = WithdrawnEmail {
        addressee: recipient.addressee.clone(),
        forum: forum.title.clone(),
        when: forums::when_text(forum, zone, Locale::Id),
        unit: unit.name.clone(),
        contact: organiser.clone(),
    };
    let rendered = app.templates.email(Locale::Id, &email)?;
    Ok(Outgoing {
        to_name: recipient.addressee.clone(),
        to_address: recipient.email.clone().unwrap_or_default(),
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        calendar: Some((
            Method::Cancel.as_str().to_owned(),
            calendar_entry::write(&entry, Method::Cancel),
        )),
        attachments: Vec::new(),
        about_kind: ABOUT,
        about_id: recipient.id.0,
    })
}
