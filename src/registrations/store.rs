//! Queries of registrations.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait,
    EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::LockType,
};
use uuid::Uuid;

use super::entity::{RegistrationId, registration, seats, setting};
use crate::{
    forums::{Forum, ForumId, Group},
    platform::{
        db::Tx,
        error::{Error, Result},
    },
};

pub async fn setting(db: &impl ConnectionTrait, forum: ForumId) -> Result<Option<setting::Model>> {
    Ok(setting::Entity::find()
        .filter(setting::Column::ForumId.eq(forum))
        .one(db)
        .await?)
}

/// Writes the switch; the caller holds the forum and has compared the version.
pub async fn save_setting(db: &impl ConnectionTrait, row: setting::Model, new: bool) -> Result<()> {
    let id = row.id;
    let mut columns = row.into_active_model().reset_all();
    if new {
        setting::Entity::insert(columns)
            .exec_without_returning(db)
            .await?;
        return Ok(());
    }
    columns.id = sea_orm::ActiveValue::NotSet;
    setting::Entity::update_many()
        .set(columns)
        .filter(setting::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn offered(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<(Group, i32)>> {
    let rows = seats::Entity::find()
        .filter(seats::Column::UnitId.eq(forum.unit_id))
        .filter(seats::Column::ForumId.eq(forum.id))
        .all(db)
        .await?;
    let pair = |row: seats::Model| (row.participant_group, row.seats);
    Ok(rows.into_iter().map(pair).collect())
}

pub async fn replace_offered(
    db: &impl ConnectionTrait,
    forum: &Forum,
    offered: &[(Group, i32)],
) -> Result<()> {
    seats::Entity::delete_many()
        .filter(seats::Column::UnitId.eq(forum.unit_id))
        .filter(seats::Column::ForumId.eq(forum.id))
        .exec(db)
        .await?;
    if offered.is_empty() {
        return Ok(());
    }
    let row = |(group, seats): &(Group, i32)| seats::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(forum.unit_id),
        forum_id: Set(forum.id),
        participant_group: Set(*group),
        seats: Set(*seats),
    };
    seats::Entity::insert_many(offered.iter().map(row))
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Everybody who ever registered, in the order in which they did.
pub async fn all(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<registration::Model>> {
    Ok(registration::Entity::find()
        .filter(registration::Column::UnitId.eq(forum.unit_id))
        .filter(registration::Column::ForumId.eq(forum.id))
        .order_by_asc(registration::Column::CreatedAt)
        .order_by_asc(registration::Column::Id)
        .all(db)
        .await?)
}

/// Those who have a seat.
pub async fn expected(
    db: &impl ConnectionTrait,
    forum: &Forum,
) -> Result<Vec<registration::Model>> {
    let mut found = all(db, forum).await?;
    found.retain(|one| one.ended_at.is_none());
    Ok(found)
}

/// One of them, if the id is of somebody who registered for this forum and still has the seat.
pub async fn one(
    db: &impl ConnectionTrait,
    forum: &Forum,
    id: Uuid,
) -> Result<Option<registration::Model>> {
    Ok(registration::Entity::find_by_id(RegistrationId(id))
        .filter(registration::Column::ForumId.eq(forum.id))
        .filter(registration::Column::EndedAt.is_null())
        .one(db)
        .await?)
}

pub async fn hold(tx: &Tx, forum: ForumId, id: RegistrationId) -> Result<registration::Model> {
    registration::Entity::find_by_id(id)
        .filter(registration::Column::ForumId.eq(forum))
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn by_token_hash(
    db: &impl ConnectionTrait,
    hash: &str,
) -> Result<Option<registration::Model>> {
    Ok(registration::Entity::find()
        .filter(registration::Column::TokenHash.eq(hash))
        .one(db)
        .await?)
}

pub async fn by_form_hash(
    db: &impl ConnectionTrait,
    hash: &str,
) -> Result<Option<registration::Model>> {
    Ok(registration::Entity::find()
        .filter(registration::Column::FormHash.eq(hash))
        .one(db)
        .await?)
}

pub async fn insert(db: &impl ConnectionTrait, row: registration::Model) -> Result<()> {
    registration::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn write(
    db: &impl ConnectionTrait,
    id: RegistrationId,
    columns: registration::ActiveModel,
) -> Result<()> {
    registration::Entity::update_many()
        .set(columns)
        .filter(registration::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Forums that still have contacts of people who registered before this day.
pub async fn with_contacts_before(
    db: &impl ConnectionTrait,
    day: DateTime<Utc>,
) -> Result<Vec<ForumId>> {
    let kept = Condition::any()
        .add(registration::Column::Email.is_not_null())
        .add(registration::Column::Phone.is_not_null());
    Ok(registration::Entity::find()
        .select_only()
        .column(registration::Column::ForumId)
        .distinct()
        .filter(registration::Column::CreatedAt.lt(day))
        .filter(kept)
        .into_tuple()
        .all(db)
        .await?)
}

/// Takes the contacts of a forum away. The names stay: they stand on its attendance list.
pub async fn forget_contacts(db: &impl ConnectionTrait, forum: ForumId) -> Result<()> {
    let nothing = registration::ActiveModel {
        email: Set(None),
        phone: Set(None),
        contact_hash: Set(None),
        ..Default::default()
    };
    registration::Entity::update_many()
        .set(nothing)
        .filter(registration::Column::ForumId.eq(forum))
        .exec(db)
        .await?;
    Ok(())
}
