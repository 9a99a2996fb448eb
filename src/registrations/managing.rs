//! What the organiser does with those who registered: look, remove somebody, tell of a change; and what is kept of them
//! afterwards.

use std::sync::Arc;

use chrono::Duration;
use sea_orm::ActiveValue::Set;

use super::{
    Offer, Registration, RegistrationId, entity::registration, notices, own_link, rules::EndedBy,
    setting, store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    forums::{self, ForumId, days},
    platform::{
        context::App,
        error::{Error, Result},
    },
};

/// Contacts are needed to tell of a change and for what is asked soon after the forum; then no more.
pub const CONTACT_DAYS: i64 = 90;

/// What the organiser sees: the offer, and everybody who ever registered.
pub async fn of(ctx: &Ctx, id: ForumId) -> Result<(Offer, Vec<Registration>)> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let all = store::all(&ctx.app.db, &forum).await?;
    Ok((setting::offer(&ctx.app.db, forum, ctx.now).await?, all))
}

/// Ends a registration, and says why; `version` is that of the row the organiser saw.
pub async fn remove(
    ctx: &Ctx,
    id: ForumId,
    (registration, version): (RegistrationId, i32),
    reason: &str,
) -> Result<()> {
    let (offer, all) = of(ctx, id).await?;
    let row = all.into_iter().find(|one| one.id == registration);
    let row = row.ok_or(Error::NotFound)?;
    if row.version != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    own_link::end(ctx, &offer, row, EndedBy::Organiser, reason).await
}

/// Those with an address who know another time or place.
#[must_use]
pub fn outdated(offer: &Offer) -> Vec<&Registration> {
    let older = |one: &&Registration| one.told_sequence < offer.forum.sequence;
    offer.expected.iter().filter(older).collect()
}

/// Writes to everybody whose mail told another time or place. Returns how many mails go out.
pub async fn tell_changed(ctx: &Ctx, id: ForumId) -> Result<usize> {
    let forum = forums::get(ctx, id, Permission::SendInvitations).await?;
    ctx.require(Permission::ManageForum, forum.unit_id)?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let offer = setting::offer(&tx, forum, ctx.now).await?;
    let mut count = 0;
    for row in outdated(&offer) {
        notices::changed(&tx, ctx, &offer, row).await?;
        count += usize::from(row.email.is_some());
        let told = registration::ActiveModel {
            told_sequence: Set(offer.forum.sequence),
            ..Default::default()
        };
        store::write(&tx, row.id, told).await?;
    }
    let entry = audit::Entry::new("forum", id.0, "registration.told")
        .in_unit(offer.forum.unit_id)
        .with(serde_json::json!({ "mails": count, "sequence": offer.forum.sequence }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(count)
}

/// Removes the contacts of forums that are long over. Twice does no harm.
pub async fn sweep(app: &Arc<App>) -> Result<()> {
    let now = app.clock.now();
    let before = now - Duration::days(CONTACT_DAYS);
    for id in store::with_contacts_before(&app.db, before).await? {
        let forum = forums::by_id(&app.db, id).await?;
        // A day of grace covers every zone.
        if days::last_day(&forum).date < before.date_naive() - Duration::days(1) {
            store::forget_contacts(&app.db, id).await?;
        }
    }
    Ok(())
}
