//! Telling those who registered that the forum moved or does not take place: by mail at once, by telephone one by one,
//! each ticked off by whoever called.

use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{
    Offer, Registration, RegistrationId, entity::registration, notices, rules::news_of, setting,
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    forums::{self, Forum, ForumId},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
    },
};

/// Those who know another time or place, or not that it is cancelled.
pub fn outdated(offer: &Offer) -> Vec<&Registration> {
    let news = news_of(offer.forum.sequence, offer.forum.cancelled_at.is_some());
    let older = |one: &&Registration| one.told_sequence < news;
    offer.expected.iter().filter(older).collect()
}

/// How many are still to be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Untold {
    pub by_mail: usize,
    /// They left a telephone number only: somebody has to call.
    pub by_phone: usize,
}

impl Untold {
    fn of<'a>(rows: impl Iterator<Item = &'a Registration>) -> Self {
        let mut untold = Self::default();
        for row in rows {
            untold.by_mail += usize::from(row.email.is_some());
            untold.by_phone += usize::from(row.email.is_none() && row.phone.is_some());
        }
        untold
    }

    #[must_use]
    pub fn count(self) -> usize {
        self.by_mail + self.by_phone
    }

    /// One sentence; none when everybody knows.
    #[must_use]
    pub fn text(self, locale: Locale) -> Option<String> {
        let message = Message::new("registrations-untold")
            .with("mail", self.by_mail)
            .with("phone", self.by_phone);
        (self.count() > 0).then(|| message.text(locale))
    }
}

/// Who of those who registered for a forum is still to be told of its news.
pub async fn untold(db: &impl ConnectionTrait, forum: &Forum) -> Result<Untold> {
    let news = news_of(forum.sequence, forum.cancelled_at.is_some());
    let expected = store::expected(db, forum).await?;
    let late = expected.iter().filter(|one| one.told_sequence < news);
    Ok(Untold::of(late))
}

pub(super) async fn require(ctx: &Ctx, id: ForumId) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::SendInvitations).await?;
    ctx.require(Permission::ManageForum, forum.unit_id)
}

pub(super) async fn mark(tx: &Tx, row: &Registration, news: i32) -> Result<()> {
    let told = registration::ActiveModel {
        told_sequence: Set(news),
        ..Default::default()
    };
    store::write(tx, row.id, told).await
}

/// Writes to everybody with an address who does not know yet. Returns how many mails go out.
pub async fn tell_by_mail(ctx: &Ctx, id: ForumId) -> Result<usize> {
    require(ctx, id).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold_cancelled_too(&tx, id).await?;
    let cancelled = forum.cancelled_at.is_some();
    let news = news_of(forum.sequence, cancelled);
    let offer = setting::offer(&tx, forum, ctx.now).await?;
    let mut count = 0;
    for row in outdated(&offer) {
        if row.email.is_none() {
            continue;
        }
        if cancelled {
            let reason = Message::new("registrations-cancelled-reason")
                .with("reason", &offer.forum.cancel_reason)
                .text(Locale::parse(&row.locale).unwrap_or_default());
            notices::ended(&tx, ctx, &offer, row, &reason).await?;
        } else {
            notices::changed(&tx, ctx, &offer, row).await?;
        }
        mark(&tx, row, news).await?;
        count += 1;
    }
    let entry = audit::Entry::new("forum", id.0, "registration.told")
        .in_unit(offer.forum.unit_id)
        .with(serde_json::json!({ "mails": count, "sequence": news }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(count)
}

/// The entry of the history that tells of a call.
pub(super) const TOLD_BY_PHONE: &str = "registration.told_by_phone";

/// Notes that somebody was called. `news` is what the caller saw and said: if the forum moved again meanwhile, they
/// were told of the wrong time.
pub async fn told_by_phone(
    ctx: &Ctx,
    id: ForumId,
    registration: RegistrationId,
    news: i32,
) -> Result<()> {
    require(ctx, id).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold_cancelled_too(&tx, id).await?;
    if news != news_of(forum.sequence, forum.cancelled_at.is_some()) {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let row = store::one(&tx, &forum, registration.0).await?;
    let row = row.ok_or(Error::NotFound)?;
    if row.told_sequence < news {
        mark(&tx, &row, news).await?;
        let entry = audit::Entry::new("forum", id.0, TOLD_BY_PHONE)
            .in_unit(forum.unit_id)
            .with(serde_json::json!({
                "registration": row.id, "sequence": news, "before": row.told_sequence,
            }));
        audit::record(&tx, ctx, entry).await?;
    }
    tx.commit().await?;
    Ok(())
}
