//! Queries of attendance lists.

use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;

use super::{
    entity::{AttendanceId, attendance, sheet},
    rules::Method,
};
use crate::{
    forums::{Forum, ForumId},
    organisation::UnitId,
    platform::error::{Error, Result},
};

/// Everybody on the list of a forum, in the order in which the rows were made.
pub async fn list(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<attendance::Model>> {
    let found = attendance::Entity::find()
        .filter(attendance::Column::UnitId.eq(forum.unit_id))
        .filter(attendance::Column::ForumId.eq(forum.id));
    Ok(found
        .order_by_asc(attendance::Column::Position)
        .order_by_asc(attendance::Column::Id)
        .all(db)
        .await?)
}

/// Those who are in, in the order in which they came.
pub async fn present(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<attendance::Model>> {
    let found = attendance::Entity::find()
        .filter(attendance::Column::UnitId.eq(forum.unit_id))
        .filter(attendance::Column::ForumId.eq(forum.id))
        .filter(attendance::Column::CheckedInAt.is_not_null());
    Ok(found
        .order_by_asc(attendance::Column::CheckedInAt)
        .order_by_asc(attendance::Column::Position)
        .all(db)
        .await?)
}

/// A row of this forum; one of another forum does not exist here.
pub async fn get(
    db: &impl ConnectionTrait,
    forum: ForumId,
    id: AttendanceId,
) -> Result<attendance::Model> {
    attendance::Entity::find_by_id(id)
        .filter(attendance::Column::ForumId.eq(forum))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn by_code(
    db: &impl ConnectionTrait,
    forum: ForumId,
    code: &str,
) -> Result<Option<attendance::Model>> {
    Ok(attendance::Entity::find()
        .filter(attendance::Column::ForumId.eq(forum))
        .filter(attendance::Column::CheckInCode.eq(code))
        .one(db)
        .await?)
}

/// Another forum of the unit that knows this code.
pub async fn forum_of_code(
    db: &impl ConnectionTrait,
    unit: UnitId,
    code: &str,
) -> Result<Option<ForumId>> {
    let found = attendance::Entity::find()
        .filter(attendance::Column::UnitId.eq(unit))
        .filter(attendance::Column::CheckInCode.eq(code))
        .order_by_desc(attendance::Column::Id)
        .one(db)
        .await?;
    Ok(found.map(|row| row.forum_id))
}

pub async fn by_recipient(
    db: &impl ConnectionTrait,
    forum: ForumId,
    recipient: Uuid,
) -> Result<Option<attendance::Model>> {
    Ok(attendance::Entity::find()
        .filter(attendance::Column::ForumId.eq(forum))
        .filter(attendance::Column::RecipientId.eq(recipient))
        .one(db)
        .await?)
}

pub async fn next_position(db: &impl ConnectionTrait, forum: ForumId) -> Result<i32> {
    let last = attendance::Entity::find()
        .filter(attendance::Column::ForumId.eq(forum))
        .order_by_desc(attendance::Column::Position)
        .one(db)
        .await?;
    Ok(last.map_or(1, |row| row.position + 1))
}

pub async fn insert(db: &impl ConnectionTrait, row: attendance::ActiveModel) -> Result<()> {
    attendance::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Lets somebody in if nobody else did meanwhile; says whether it was this call that did it.
pub async fn set_in(
    db: &impl ConnectionTrait,
    row: &attendance::Model,
    at: chrono::DateTime<chrono::Utc>,
    method: Method,
) -> Result<bool> {
    let change = attendance::ActiveModel {
        name: Set(row.name.clone()),
        role: Set(row.role.clone()),
        phone: Set(row.phone.clone()),
        checked_in_at: Set(Some(at)),
        method: Set(Some(method)),
        undone: Set(false),
        version: Set(row.version + 1),
        ..Default::default()
    };
    let written = attendance::Entity::update_many()
        .set(change)
        .filter(attendance::Column::Id.eq(row.id))
        .filter(attendance::Column::Version.eq(row.version))
        .filter(attendance::Column::CheckedInAt.is_null())
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}

/// Takes a check-in back if the row is still the one that was seen.
pub async fn set_out(db: &impl ConnectionTrait, row: &attendance::Model) -> Result<()> {
    let change = attendance::ActiveModel {
        checked_in_at: Set(None),
        method: Set(None),
        undone: Set(true),
        version: Set(row.version + 1),
        ..Default::default()
    };
    let written = attendance::Entity::update_many()
        .set(change)
        .filter(attendance::Column::Id.eq(row.id))
        .filter(attendance::Column::Version.eq(row.version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(())
}

pub async fn sheet(db: &impl ConnectionTrait, forum: ForumId) -> Result<Option<sheet::Model>> {
    Ok(sheet::Entity::find()
        .filter(sheet::Column::ForumId.eq(forum))
        .one(db)
        .await?)
}

pub async fn is_closed(db: &impl ConnectionTrait, forum: ForumId) -> Result<bool> {
    Ok(sheet::Entity::find()
        .filter(sheet::Column::ForumId.eq(forum))
        .count(db)
        .await?
        > 0)
}

pub async fn insert_sheet(db: &impl ConnectionTrait, row: sheet::ActiveModel) -> Result<()> {
    sheet::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
