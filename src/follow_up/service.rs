//! Use cases of the follow-up: a reason instead of an action, an action that goes on. The end of a forum is in
//! [`super::closing`].

use sea_orm::ConnectionTrait;

use super::{outcome, rules, rules::Broken, store};
use crate::{
    access::{Ctx, Permission},
    action_plans::{self, ActionItemId, LinkedAction},
    attendance, audit,
    berita_acara::AgreedPointId,
    forums::{self, Forum, ForumId},
    platform::{
        db::Tx,
        error::{Error, Result},
        traces,
    },
};

/// The forum, kept until the transaction ends and not closed yet.
pub(super) async fn open_forum(tx: &Tx, ctx: &Ctx, id: ForumId) -> Result<Forum> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    forums::hold(tx, id).await
}

/// Says why a point has no action. `version` is that of the sentence that was seen; 0 when there was none.
pub async fn give_reason(
    ctx: &Ctx,
    id: ForumId,
    point: AgreedPointId,
    version: i32,
    (reason, looked): (String, bool),
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let forum = open_forum(&tx, ctx, id).await?;
    let found = outcome(&tx, &forum).await?;
    if !found.points.iter().any(|known| known.root == point) {
        return Err(Error::NotFound);
    }
    let reasons = store::reasons(&tx, &forum).await?;
    let known = reasons.iter().find(|row| row.point_root == point);
    traces::refuse_identity_numbers([("reason", reason.as_str())])?;
    if known.map_or(0, |row| row.version) != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let same = known.is_some_and(|row| row.reason == reason);
    attendance::look_first(&tx, &forum, &[&reason], looked || same).await?;
    match known {
        Some(row) => store::change_reason(&tx, row, reason.clone()).await?,
        None => store::insert_reason(&tx, &forum, point, reason.clone(), ctx.now).await?,
    }
    let data = serde_json::json!({ "point": point, "reason": reason });
    record(&tx, ctx, &forum, "forum.point_reason", data).await?;
    Ok(tx.commit().await?)
}

/// Takes the reason back: the point needs an action again.
pub async fn withdraw_reason(ctx: &Ctx, id: ForumId, point: AgreedPointId) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let forum = open_forum(&tx, ctx, id).await?;
    let reasons = store::reasons(&tx, &forum).await?;
    let Some(row) = reasons.iter().find(|row| row.point_root == point) else {
        return Ok(());
    };
    store::delete_reason(&tx, row).await?;
    let data = serde_json::json!({ "point": point, "reason": row.reason });
    record(&tx, ctx, &forum, "forum.point_reason_withdrawn", data).await?;
    Ok(tx.commit().await?)
}

/// Lets an action that is not settled go on in a later forum; without one it comes back to this forum.
pub async fn carry(
    ctx: &Ctx,
    id: ForumId,
    action: ActionItemId,
    to: Option<ForumId>,
) -> Result<()> {
    let next = match to {
        Some(to) => Some(forums::get(ctx, to, Permission::ManageForum).await?),
        None => None,
    };
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold_closed_too(&tx, id).await?;
    let found = outcome(&tx, &forum).await?;
    let one = found.actions.iter().find(|one| one.action.id == action);
    let one = one.ok_or(Error::NotFound)?;
    rules::may_carry_from(forum.stage, one.is_open(), next.is_none())?;
    let taken_back = store::delete_carried(&tx, &forum, action).await?;
    let (verb, title) = match &next {
        Some(next) => {
            if next.unit_id != forum.unit_id {
                return Err(Error::NotFound);
            }
            // What is reported as done may fail its verification after this forum is closed.
            if one.action.is_settled() {
                return Err(Broken::Ended.into());
            }
            forums::may_work(next)?;
            rules::may_carry(forum.date, next.date, next.stage)?;
            store::insert_carried(&tx, &forum, next.id, action, ctx.now).await?;
            ("action.carried", next.title.clone())
        }
        None if taken_back == 0 => return Ok(()),
        None => ("action.taken_back", forum.title.clone()),
    };
    let entry = audit::Entry::new("action_item", action.0, verb)
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "forum": title }));
    audit::record(&tx, ctx, entry).await?;
    let data = serde_json::json!({ "action": one.action.code, "to": to });
    record(&tx, ctx, &forum, "forum.action_carried", data).await?;
    Ok(tx.commit().await?)
}

/// The actions that a forum takes up again, as long as they are neither verified nor given up.
pub async fn carried_into(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<LinkedAction>> {
    let mut found: Vec<LinkedAction> = Vec::new();
    for row in store::carried_into(db, forum).await? {
        let action = action_plans::linked_action(db, row.action_id).await?;
        if !action.is_settled() && !found.iter().any(|known| known.id == action.id) {
            found.push(action);
        }
    }
    Ok(found)
}

pub(super) async fn record(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    verb: &'static str,
    data: serde_json::Value,
) -> Result<()> {
    let entry = audit::Entry::new("forum", forum.id.0, verb)
        .in_unit(forum.unit_id)
        .with(data);
    audit::record(tx, ctx, entry).await
}
