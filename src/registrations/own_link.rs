//! What somebody does with the link to their registration: look, change the answers, give the seat back. There is no
//! account; the link is the key, so wrong ones are counted.

use chrono::Duration;
use sea_orm::ActiveValue::Set;

use super::{
    Closed, Offer, Registration,
    entity::registration,
    notices,
    rules::{Broken, EndedBy},
    service::noted,
    setting, store,
};
use crate::{
    access::Ctx,
    forums,
    invitations::{self, CalendarMethod},
    own_questions::{self, Given, OwnQuestion},
    platform::{
        crypto::Purpose,
        error::{Error, Result},
        throttle::{self, Throttle},
    },
};

/// Wrong links from one address within a quarter of an hour.
const WRONG_LINKS: u32 = 20;

/// What stands behind a link.
pub struct Registered {
    pub row: Registration,
    pub offer: Offer,
    /// Whether something can still be changed.
    pub open: bool,
    /// Whether the seat can be given back, and the contact with it; of a cancelled forum too.
    pub may_withdraw: bool,
}

/// The registration of a link.
pub async fn by_token(ctx: &Ctx, token: &str) -> Result<Registered> {
    let wrong = Throttle::new(
        "registration-own",
        &ctx.request.network(),
        WRONG_LINKS,
        Duration::minutes(15),
    );
    let hash = ctx.app.keys.hash(Purpose::Tokens, token);
    let Some(row) = store::by_token_hash(&ctx.app.db, &hash).await? else {
        throttle::refuse_if_exhausted(&ctx.app, ctx.now, &[&wrong]).await?;
        throttle::count(&ctx.app, ctx.now, &[&wrong]).await?;
        return Err(Error::NotFound);
    };
    let forum = forums::by_id(&ctx.app.db, row.forum_id).await?;
    let offer = setting::offer(&ctx.app.db, forum, ctx.now).await?;
    let starts = forums::starts_at(&offer.forum, offer.zone).to_utc();
    let holds = row.ended_at.is_none() && ctx.now < starts;
    let cancelled = offer.forum.cancelled_at.is_some();
    Ok(Registered {
        open: holds && !cancelled,
        may_withdraw: holds,
        row,
        offer,
    })
}

fn refuse_closed(found: &Registered) -> Result<()> {
    if found.open {
        return Ok(());
    }
    Err(if found.row.ended_at.is_some() {
        Broken::Ended.into()
    } else if found.offer.forum.cancelled_at.is_some() {
        Broken::Closed(Closed::Cancelled).into()
    } else {
        Broken::Closed(Closed::Begun).into()
    })
}

/// The organiser's own questions.
pub async fn asked(ctx: &Ctx, found: &Registered) -> Result<Vec<OwnQuestion>> {
    own_questions::asked(&ctx.app.db, &found.offer.forum).await
}

/// Changes the answers.
pub async fn answer(ctx: &Ctx, token: &str, given: Given) -> Result<()> {
    let found = by_token(ctx, token).await?;
    refuse_closed(&found)?;
    let tx = ctx.app.db.begin_write().await?;
    let row = store::hold(&tx, found.row.forum_id, found.row.id).await?;
    if row.ended_at.is_some() {
        return Err(Broken::Ended.into());
    }
    own_questions::save(&tx, ctx, &found.offer.forum, row.id.0, &given).await?;
    noted(&tx, ctx, &row, "registration.answered").await?;
    tx.commit().await?;
    Ok(())
}

/// Gives the seat back. The contact goes with it: nothing is left to say.
pub async fn withdraw(ctx: &Ctx, token: &str) -> Result<()> {
    let found = by_token(ctx, token).await?;
    if found.row.ended_at.is_some() {
        return Ok(());
    }
    if !found.may_withdraw {
        refuse_closed(&found)?;
    }
    end(ctx, &found.offer, found.row, EndedBy::Person, "").await
}

/// Ends a registration as part of a use case that decided who may.
pub async fn end(
    ctx: &Ctx,
    offer: &Offer,
    row: Registration,
    by: EndedBy,
    reason: &str,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let forum = match by {
        EndedBy::Person => forums::hold_cancelled_too(&tx, row.forum_id).await?,
        EndedBy::Organiser => forums::hold(&tx, row.forum_id).await?,
    };
    let row = store::hold(&tx, forum.id, row.id).await?;
    if row.ended_at.is_some() {
        return Ok(());
    }
    notices::ended(&tx, ctx, offer, &row, reason).await?;
    let change = registration::ActiveModel {
        ended_at: Set(Some(ctx.now)),
        ended_by: Set(Some(by)),
        ended_reason: Set((!reason.is_empty()).then(|| reason.to_owned())),
        email: Set(None),
        phone: Set(None),
        contact_hash: Set(None),
        version: Set(row.version + 1),
        ..Default::default()
    };
    store::write(&tx, row.id, change).await?;
    own_questions::forget(&tx, &forum, row.id.0).await?;
    let verb = match by {
        EndedBy::Person => "registration.withdrawn",
        EndedBy::Organiser => "registration.removed",
    };
    noted(&tx, ctx, &row, verb).await?;
    tx.commit().await?;
    Ok(())
}

/// The entry for a calendar.
pub async fn calendar_file(ctx: &Ctx, token: &str) -> Result<String> {
    let found = by_token(ctx, token).await?;
    if found.row.ended_at.is_some() || found.offer.forum.cancelled_at.is_some() {
        refuse_closed(&found)?;
    }
    let organiser = invitations::organiser_address(&ctx.app, &found.offer.unit).await?;
    let publish = (CalendarMethod::Publish, None);
    notices::calendar(ctx, &found.offer, &found.row, &organiser, publish)
}

/// The way to the personal page, as it stands in the link.
#[must_use]
pub fn path_of(token: &str) -> String {
    format!("/pendaftaran/{token}")
}
