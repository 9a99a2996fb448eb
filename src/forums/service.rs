//! Use cases of forums.

use super::{
    Forum, ForumId, Stage,
    rules::{self, Broken},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        let (code, key) = match broken {
            Broken::Closed => ("forum.closed", "rule-forum-closed"),
            Broken::Begun => ("forum.begun", "rule-forum-begun"),
            Broken::EndsBeforeStart => ("forum.ends_before_start", "rule-forum-ends-before-start"),
        };
        Error::rule(code, Message::new(key))
    }
}

/// A forum that the caller may see and use in the named way; one of another unit does not exist.
pub async fn get(ctx: &Ctx, id: ForumId, permission: Permission) -> Result<Forum> {
    let scope = ctx.require_scope(Permission::ViewForums)?;
    let forum = store::by_id(&ctx.app.db, id).await?;
    if !scope.covers(forum.unit_id, None) {
        return Err(Error::NotFound);
    }
    ctx.require(permission, forum.unit_id)?;
    Ok(forum)
}

/// The forums that the caller may see, newest first.
pub async fn list(ctx: &Ctx) -> Result<Vec<Forum>> {
    let scope = ctx.require_scope(Permission::ViewForums)?;
    store::visible(&ctx.app.db, &scope).await
}

/// Notes that something happened which belongs to a stage: the forum stands there now, unless it is
/// further already. The version that forms carry stays: nobody's edit is lost by it.
pub async fn reach(tx: &Tx, ctx: &Ctx, forum: &Forum, to: Stage) -> Result<Stage> {
    let stage = rules::advance(forum.stage, to)?;
    if stage != forum.stage {
        store::set_stage(tx, forum.id, stage).await?;
        let entry = audit::Entry::new("forum", forum.id.0, "forum.stage")
            .in_unit(forum.unit_id)
            .with(serde_json::json!({ "from": forum.stage, "to": stage }));
        audit::record(tx, ctx, entry).await?;
    }
    Ok(stage)
}
