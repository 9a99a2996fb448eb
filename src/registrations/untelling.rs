//! Taking back that somebody who registered was told by telephone: they stand among those to be called again, with the
//! reason in the history, for as long as the forum is not closed.

use sea_orm::ConnectionTrait;

use super::{
    Offer, Registration, RegistrationId,
    rules::news_of,
    store,
    telling::{TOLD_BY_PHONE, mark, require},
};
use crate::{
    access::Ctx,
    audit,
    forums::{self, ForumId},
    platform::{
        check::Check,
        error::{Error, Result},
    },
};

/// Who was told of the last news by telephone, with the entry of the history that says so.
pub async fn told_by_phone<'a>(
    db: &impl ConnectionTrait,
    offer: &'a Offer,
) -> Result<Vec<(&'a Registration, audit::Model)>> {
    let forum = &offer.forum;
    let news = news_of(forum.sequence, forum.cancelled_at.is_some());
    let calls = audit::of_verb_to(db, "forum", vec![forum.id.0], TOLD_BY_PHONE).await?;
    let told = offer
        .expected
        .iter()
        .filter(|row| row.told_sequence == news);
    let found = told.filter_map(|row| Some((row, last(&calls, row, news)?.clone())));
    Ok(found.collect())
}

/// The last call that told somebody of the news.
fn last<'a>(calls: &'a [audit::Model], row: &Registration, news: i32) -> Option<&'a audit::Model> {
    let (id, news) = (serde_json::json!(row.id), serde_json::json!(news));
    calls.iter().rfind(|call| {
        call.data.get("registration") == Some(&id) && call.data.get("sequence") == Some(&news)
    })
}

/// Takes the last call back.
pub async fn take_back(
    ctx: &Ctx,
    id: ForumId,
    registration: RegistrationId,
    reason: &str,
) -> Result<()> {
    require(ctx, id).await?;
    let mut check = Check::new();
    let reason = check.line("reason", reason, 5, 300);
    check.finish()?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold_cancelled_too(&tx, id).await?;
    let news = news_of(forum.sequence, forum.cancelled_at.is_some());
    let row = store::one(&tx, &forum, registration.0).await?;
    let row = row.ok_or(Error::NotFound)?;
    let calls = audit::of_verb_to(&tx, "forum", vec![id.0], TOLD_BY_PHONE).await?;
    // Somebody else took it back, or there are newer news.
    let call = last(&calls, &row, news).filter(|_| row.told_sequence == news);
    let call = call.ok_or(Error::Conflict {
        code: "changed_meanwhile",
    })?;
    let before = call.data.get("before").and_then(serde_json::Value::as_i64);
    let before = before.and_then(|it| i32::try_from(it).ok());
    mark(&tx, &row, before.unwrap_or_default()).await?;
    let entry = audit::Entry::new("forum", id.0, "registration.call_taken_back")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "registration": row.id, "reason": reason }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}
