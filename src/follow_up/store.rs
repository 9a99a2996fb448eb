//! Queries of what follows a forum.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, sea_query::OnConflict,
};
use uuid::Uuid;

use super::entity::{carried_action, point_reason, report_told, stage_reminder};
use crate::{
    action_plans::ActionItemId,
    berita_acara::AgreedPointId,
    forums::{Forum, ForumId, Stage},
    platform::error::{Error, Result},
};

const CHANGED: Error = Error::Conflict {
    code: "changed_meanwhile",
};

pub async fn reasons(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<point_reason::Model>> {
    Ok(point_reason::Entity::find()
        .filter(point_reason::Column::UnitId.eq(forum.unit_id))
        .filter(point_reason::Column::ForumId.eq(forum.id))
        .all(db)
        .await?)
}

pub async fn insert_reason(
    db: &impl ConnectionTrait,
    forum: &Forum,
    point: AgreedPointId,
    reason: String,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = point_reason::Model {
        id: Uuid::now_v7(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        point_root: point,
        reason,
        version: 1,
        created_at: now,
    };
    point_reason::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes a changed reason if nobody else did meanwhile.
pub async fn change_reason(
    db: &impl ConnectionTrait,
    read: &point_reason::Model,
    reason: String,
) -> Result<()> {
    let row = point_reason::ActiveModel {
        reason: Set(reason),
        version: Set(read.version + 1),
        ..Default::default()
    };
    let written = point_reason::Entity::update_many()
        .set(row)
        .filter(point_reason::Column::Id.eq(read.id))
        .filter(point_reason::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

pub async fn delete_reason(db: &impl ConnectionTrait, row: &point_reason::Model) -> Result<()> {
    point_reason::Entity::delete_by_id(row.id).exec(db).await?;
    Ok(())
}

/// The actions of a forum that go on in another.
pub async fn carried_from(
    db: &impl ConnectionTrait,
    forum: &Forum,
) -> Result<Vec<carried_action::Model>> {
    Ok(carried_action::Entity::find()
        .filter(carried_action::Column::UnitId.eq(forum.unit_id))
        .filter(carried_action::Column::FromForumId.eq(forum.id))
        .all(db)
        .await?)
}

/// The actions that a forum takes up again.
pub async fn carried_into(
    db: &impl ConnectionTrait,
    forum: &Forum,
) -> Result<Vec<carried_action::Model>> {
    Ok(carried_action::Entity::find()
        .filter(carried_action::Column::UnitId.eq(forum.unit_id))
        .filter(carried_action::Column::ToForumId.eq(forum.id))
        .order_by_asc(carried_action::Column::Id)
        .all(db)
        .await?)
}

pub async fn insert_carried(
    db: &impl ConnectionTrait,
    from: &Forum,
    to: ForumId,
    action: ActionItemId,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = carried_action::Model {
        id: Uuid::now_v7(),
        unit_id: from.unit_id,
        action_id: action,
        from_forum_id: from.id,
        to_forum_id: to,
        created_at: now,
    };
    carried_action::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn delete_carried(
    db: &impl ConnectionTrait,
    from: &Forum,
    action: ActionItemId,
) -> Result<u64> {
    Ok(carried_action::Entity::delete_many()
        .filter(carried_action::Column::UnitId.eq(from.unit_id))
        .filter(carried_action::Column::FromForumId.eq(from.id))
        .filter(carried_action::Column::ActionId.eq(action))
        .exec(db)
        .await?
        .rows_affected)
}

/// Notes that a reminder goes out; false when one of this stage and week did already.
pub async fn first_reminder(
    db: &impl ConnectionTrait,
    forum: &Forum,
    stage: Stage,
    week: String,
    now: DateTime<Utc>,
) -> Result<bool> {
    use stage_reminder::Column;
    let row = stage_reminder::Model {
        id: Uuid::now_v7(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        stage,
        week,
        created_at: now,
    };
    let once = OnConflict::columns([Column::UnitId, Column::ForumId, Column::Stage, Column::Week])
        .do_nothing()
        .to_owned();
    let written = stage_reminder::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(written > 0)
}

/// The mark of what the report in force tells; none before one was issued with it.
pub async fn told(db: &impl ConnectionTrait, forum: &Forum) -> Result<Option<String>> {
    let found = report_told::Entity::find()
        .filter(report_told::Column::UnitId.eq(forum.unit_id))
        .filter(report_told::Column::ForumId.eq(forum.id))
        .one(db)
        .await?;
    Ok(found.map(|row| row.mark))
}

/// Keeps the mark of the report that is issued now, in the place of the one before.
pub async fn set_told(
    db: &impl ConnectionTrait,
    forum: &Forum,
    mark: String,
    now: DateTime<Utc>,
) -> Result<()> {
    use report_told::Column;
    let row = report_told::Model {
        id: Uuid::now_v7(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        mark,
        told_at: now,
    };
    let again = OnConflict::columns([Column::UnitId, Column::ForumId])
        .update_columns([Column::Mark, Column::ToldAt])
        .to_owned();
    report_told::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(again)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
