//! What a recipient does with the personal link: look, answer, change the answer until the start. There
//! is no account; the link is the key, so wrong ones are counted and the right one is never guessed.

use chrono::Duration;
use chrono_tz::Tz;
use sea_orm::ActiveValue::Set;

use super::{
    AnswerFields, Recipient,
    calendar_entry::{self, Entry, Method},
    entity::recipient,
    recipient_list,
    rules::{self, Answer},
    sending, store,
};
use crate::{
    access::Ctx,
    documents::{self, Document, Kind},
    forums::{self, AgendaItem, Forum},
    organisation::{self, Unit},
    own_questions::{self, OwnQuestion},
    platform::{
        crypto::Purpose,
        error::{Error, Result},
        throttle::{self, Throttle},
    },
};

/// Wrong links from one address within a quarter of an hour.
const WRONG_LINKS: u32 = 20;

/// What stands behind a link.
pub struct Invited {
    pub recipient: Recipient,
    pub forum: Forum,
    pub zone: Tz,
    pub unit: Unit,
    /// The letter in force; its number stands in the register.
    pub document: Document,
    pub agenda: Vec<AgendaItem>,
    /// Whether an answer is still taken.
    pub open: bool,
}

/// The invitation of a link. An unknown one does not exist, and neither does one whose letter was not
/// issued.
pub async fn by_token(ctx: &Ctx, token: &str) -> Result<Invited> {
    let throttle = Throttle::new(
        "answer-link",
        &ctx.request.network(),
        WRONG_LINKS,
        Duration::minutes(15),
    );
    let hash = ctx.app.keys.hash(Purpose::Tokens, token);
    match find(ctx, &hash).await {
        // Whoever brings a true link is let in, however much others of the same office guessed.
        Err(Error::NotFound) => {
            throttle::refuse_if_exhausted(&ctx.app, ctx.now, &[&throttle]).await?;
            throttle::count(&ctx.app, ctx.now, &[&throttle]).await?;
            Err(Error::NotFound)
        }
        found => found,
    }
}

async fn find(ctx: &Ctx, hash: &str) -> Result<Invited> {
    let db = &ctx.app.db;
    let recipient = store::by_token_hash(db, hash)
        .await?
        .ok_or(Error::NotFound)?;
    let forum = forums::by_id(db, recipient.forum_id).await?;
    // A corrected letter that is not issued yet is not in the register.
    let document = documents::latest(db, "forum", forum.id.0, Kind::Invitation)
        .await?
        .ok_or(Error::NotFound)?;
    let unit = organisation::unit(db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let starts = forums::starts_at(&forum, zone).to_utc();
    Ok(Invited {
        agenda: forums::agenda(db, &forum).await?,
        open: rules::may_answer(ctx.now, starts).is_ok() && recipient.withdrawn_at.is_none(),
        recipient,
        forum,
        zone,
        unit,
        document,
    })
}

/// Looks at the invitation; the organiser sees that it was opened.
pub async fn look(ctx: &Ctx, token: &str) -> Result<Invited> {
    let invited = by_token(ctx, token).await?;
    if invited.recipient.opened_at.is_none() {
        let tx = ctx.app.db.begin_write().await?;
        store::mark_opened(&tx, invited.recipient.id, ctx.now).await?;
        tx.commit().await?;
    }
    Ok(invited)
}

/// The organiser's own questions to those who come, and how many may come with the first.
pub async fn asked(ctx: &Ctx, token: &str) -> Result<(Vec<OwnQuestion>, usize)> {
    let invited = by_token(ctx, token).await?;
    let asked = own_questions::asked(&ctx.app.db, &invited.forum).await?;
    Ok((asked, invited.recipient.people() - 1))
}

/// Answers, or changes the answer.
pub async fn answer(ctx: &Ctx, token: &str, fields: AnswerFields) -> Result<()> {
    let invited = by_token(ctx, token).await?;
    let starts = forums::starts_at(&invited.forum, invited.zone).to_utc();
    rules::may_answer(ctx.now, starts)?;
    let tx = ctx.app.db.begin_write().await?;
    let recipient = store::hold_recipient(&tx, invited.recipient.id).await?;
    if recipient.withdrawn_at.is_some() {
        return Err(rules::Broken::Withdrawn.into());
    }
    let (who, own) = (recipient.id.0, fields.own.clone());
    let comes = fields.answer.comes();
    recipient_list::record_answer(&tx, ctx, recipient, fields).await?;
    match comes {
        true => own_questions::save(&tx, ctx, &invited.forum, who, &own).await?,
        false => own_questions::forget(&tx, &invited.forum, who).await?,
    }
    tx.commit().await?;
    Ok(())
}

/// Says that the answer is right for the new time too.
pub async fn confirm(ctx: &Ctx, token: &str) -> Result<()> {
    let invited = by_token(ctx, token).await?;
    let starts = forums::starts_at(&invited.forum, invited.zone).to_utc();
    rules::may_answer(ctx.now, starts)?;
    let tx = ctx.app.db.begin_write().await?;
    let recipient = store::hold_recipient(&tx, invited.recipient.id).await?;
    if recipient.withdrawn_at.is_some() {
        return Err(rules::Broken::Withdrawn.into());
    }
    if recipient.answer != Answer::None {
        let columns = recipient::ActiveModel {
            answered_at: Set(Some(ctx.now)),
            answered_sequence: Set(Some(forums::announced_sequence(&invited.forum))),
            ..Default::default()
        };
        store::write_columns(&tx, recipient.id, columns).await?;
        recipient_list::noted(&tx, ctx, &recipient, "invitation.confirmed", &[]).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The entry for a calendar, to be added by hand: same UID as in the mail.
pub async fn calendar_file(ctx: &Ctx, token: &str) -> Result<String> {
    let invited = by_token(ctx, token).await?;
    if invited.recipient.withdrawn_at.is_some() {
        return Err(rules::Broken::Withdrawn.into());
    }
    let organiser = sending::organiser_address(&ctx.app, &invited.unit).await?;
    // As the page says it that offers the file.
    let announced = forums::as_guests_know(&invited.forum, ctx.now, invited.zone);
    let entry = Entry {
        attendee: None,
        ..sending::entry_for(
            ctx,
            &invited.recipient,
            announced.as_ref().unwrap_or(&invited.forum),
            &invited.unit,
            &organiser,
        )?
    };
    Ok(calendar_entry::write(&entry, Method::Publish))
}

/// The letter as it was issued.
pub async fn letter_pdf(ctx: &Ctx, token: &str) -> Result<Vec<u8>> {
    let invited = by_token(ctx, token).await?;
    documents::bytes(&ctx.app, &invited.document).await
}
