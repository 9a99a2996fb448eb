//! A forum that does not take place. One that was announced is cancelled and stays for the record, with the reason for
//! everybody; one that nobody was ever told of is deleted.

use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, SqlErr};

use super::{
    Forum, Stage, agenda_left, concept_store, entity::forum, rules::Broken, service, store,
};
use crate::{
    access::Ctx,
    audit,
    platform::{
        db::Tx,
        error::{Error, Result},
    },
};

/// Whether this forum can be called off: it was announced, and nobody has come yet.
pub fn may_cancel(forum: &Forum) -> Result<()> {
    service::may_edit(forum)?;
    match forum.stage {
        Stage::Preparation => Err(Broken::NotAnnounced.into()),
        _ => Ok(()),
    }
}

/// Whether nobody was ever told of it.
pub fn may_delete(forum: &Forum) -> Result<()> {
    service::may_edit(forum)?;
    match forum.stage {
        Stage::Preparation => Ok(()),
        _ => Err(Broken::Announced.into()),
    }
}

/// Notes that the forum is cancelled, as part of taking its invitations back. Calendars learn it by the next SEQUENCE.
pub async fn cancel_in(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    version: i32,
    reason: &str,
    withdrawn: usize,
) -> Result<()> {
    service::refuse_stale(forum, version)?;
    may_cancel(forum)?;
    let row = forum::ActiveModel {
        cancelled_at: Set(Some(ctx.now)),
        cancel_reason: Set(reason.to_owned()),
        ..Default::default()
    };
    store::save(tx, row, forum).await?;
    let before = agenda_left::issues_on(tx, forum).await?;
    agenda_left::tell(tx, ctx, forum, (before, &[])).await?;
    let entry = audit::Entry::new("forum", forum.id.0, "forum.cancelled")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "reason": reason, "withdrawn": withdrawn }));
    audit::record(tx, ctx, entry).await
}

/// Deletes a draft with its team, agenda and quotas. What hangs on it elsewhere keeps it.
pub async fn delete_in(tx: &Tx, ctx: &Ctx, forum: &Forum, version: i32) -> Result<()> {
    service::refuse_stale(forum, version)?;
    may_delete(forum)?;
    concept_store::replace_quotas(tx, (forum.unit_id, forum.id), &[]).await?;
    store::replace_team(tx, forum, Vec::new()).await?;
    store::replace_agenda(tx, forum, Vec::new()).await?;
    let deleted = forum::Entity::delete_many()
        .filter(forum::Column::Id.eq(forum.id))
        .filter(forum::Column::Version.eq(version))
        .exec(tx)
        .await;
    match deleted {
        Err(error) if is_held(&error) => return Err(Broken::HasRecords.into()),
        other => other.map(|_| ()).map_err(Error::from)?,
    }
    let entry = audit::Entry::new("forum", forum.id.0, "forum.deleted")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "code": forum.code, "title": forum.title }));
    audit::record(tx, ctx, entry).await
}

fn is_held(error: &sea_orm::DbErr) -> bool {
    matches!(
        error.sql_err(),
        Some(SqlErr::ForeignKeyConstraintViolation(_))
    )
}
