//! The forum in which actions were to go on does not take place: a draft that is deleted gives them back, and of one that
//! was announced their history tells it.

use super::{service::record, store};
use crate::{
    access::Ctx,
    action_plans::{self, ActionItemId},
    audit,
    forums::{self, Forum},
    platform::{db::Tx, error::Result},
};

/// Gives every action back to the forum that it came from, before this draft is deleted.
pub async fn take_back_carried(tx: &Tx, ctx: &Ctx, forum: &Forum) -> Result<()> {
    for row in store::carried_into(tx, forum).await? {
        let from = forums::by_id(tx, row.from_forum_id).await?;
        store::delete_carried(tx, &from, row.action_id).await?;
        note(tx, ctx, (row.action_id, "action.taken_back"), &from).await?;
        let action = action_plans::linked_action(tx, row.action_id).await?;
        let data = serde_json::json!({ "action": action.code, "to": null });
        record(tx, ctx, &from, "forum.action_carried", data).await?;
    }
    Ok(())
}

/// Tells it in the history of each action that is still to be done; it can go on in another forum.
pub async fn note_cancelled(tx: &Tx, ctx: &Ctx, forum: &Forum) -> Result<()> {
    for action in super::carried_into(tx, forum).await? {
        note(tx, ctx, (action.id, "action.carried_in_vain"), forum).await?;
    }
    Ok(())
}

async fn note(
    tx: &Tx,
    ctx: &Ctx,
    (action, verb): (ActionItemId, &'static str),
    forum: &Forum,
) -> Result<()> {
    let entry = audit::Entry::new("action_item", action.0, verb)
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "forum": forum.title }));
    audit::record(tx, ctx, entry).await
}
