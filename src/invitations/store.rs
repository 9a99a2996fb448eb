//! Queries of letters and recipients.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};

use super::entity::{RecipientId, letter, recipient};
use crate::{
    forums::Forum,
    organisation::UnitId,
    platform::error::{Error, Result},
};

pub async fn letter_of(db: &impl ConnectionTrait, forum: &Forum) -> Result<Option<letter::Model>> {
    Ok(letter::Entity::find()
        .filter(letter::Column::UnitId.eq(forum.unit_id))
        .filter(letter::Column::ForumId.eq(forum.id))
        .one(db)
        .await?)
}

pub async fn letter_by_number(
    db: &impl ConnectionTrait,
    from: UnitId,
    number: &str,
) -> Result<Option<letter::Model>> {
    Ok(letter::Entity::find()
        .filter(letter::Column::FromUnitId.eq(from))
        .filter(letter::Column::Number.eq(number))
        .one(db)
        .await?)
}

pub async fn insert_letter(db: &impl ConnectionTrait, row: letter::Model) -> Result<()> {
    letter::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes a changed letter if nobody else did meanwhile; the version counts up.
pub async fn save_letter(db: &impl ConnectionTrait, changed: letter::Model) -> Result<()> {
    let (id, read) = (changed.id, changed.version);
    let mut row = changed.into_active_model().reset_all();
    row.version = Set(read + 1);
    row.id = sea_orm::ActiveValue::NotSet;
    let written = letter::Entity::update_many()
        .set(row)
        .filter(letter::Column::Id.eq(id))
        .filter(letter::Column::Version.eq(read))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(())
}

/// In the order of the list.
pub async fn recipients(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<recipient::Model>> {
    let found = recipient::Entity::find()
        .filter(recipient::Column::UnitId.eq(forum.unit_id))
        .filter(recipient::Column::ForumId.eq(forum.id));
    Ok(found
        .order_by_asc(recipient::Column::Position)
        .order_by_asc(recipient::Column::Id)
        .all(db)
        .await?)
}

pub async fn recipient(db: &impl ConnectionTrait, id: RecipientId) -> Result<recipient::Model> {
    recipient::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn by_token_hash(
    db: &impl ConnectionTrait,
    hash: &str,
) -> Result<Option<recipient::Model>> {
    Ok(recipient::Entity::find()
        .filter(recipient::Column::TokenHash.eq(hash))
        .one(db)
        .await?)
}

pub async fn insert_recipient(db: &impl ConnectionTrait, row: recipient::Model) -> Result<()> {
    recipient::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn save_recipient(db: &impl ConnectionTrait, changed: recipient::Model) -> Result<()> {
    let id = changed.id;
    let mut row = changed.into_active_model().reset_all();
    row.id = sea_orm::ActiveValue::NotSet;
    recipient::Entity::update_many()
        .set(row)
        .filter(recipient::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn delete_recipient(db: &impl ConnectionTrait, id: RecipientId) -> Result<()> {
    recipient::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// The first sight of the answer page; later ones change nothing.
pub async fn mark_opened(
    db: &impl ConnectionTrait,
    id: RecipientId,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = recipient::ActiveModel {
        opened_at: Set(Some(now)),
        ..Default::default()
    };
    recipient::Entity::update_many()
        .set(row)
        .filter(recipient::Column::Id.eq(id))
        .filter(recipient::Column::OpenedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Notes that an invitation was asked for; false when somebody else did so a moment ago.
pub async fn mark_requested(
    db: &impl ConnectionTrait,
    read: &recipient::Model,
    now: DateTime<Utc>,
    sequence: i32,
) -> Result<bool> {
    let row = recipient::ActiveModel {
        requested_at: Set(Some(now)),
        requested_sequence: Set(Some(sequence)),
        ..Default::default()
    };
    let unchanged = match read.requested_at {
        Some(before) => recipient::Column::RequestedAt.eq(before),
        None => recipient::Column::RequestedAt.is_null(),
    };
    let written = recipient::Entity::update_many()
        .set(row)
        .filter(recipient::Column::Id.eq(read.id))
        .filter(unchanged)
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}
