//! What the organiser does with those who registered: look, remove somebody; and what is kept of them
//! afterwards.

use std::sync::Arc;

use chrono::Duration;

use super::{Offer, Registration, RegistrationId, own_link, rules::EndedBy, setting, store};
use crate::{
    access::{Ctx, Permission},
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
