//! Queries of letters and recipients.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
    sea_query::LockType,
};

use super::entity::{RecipientId, letter, recipient};
use crate::{
    forums::Forum,
    organisation::UnitId,
    platform::{
        db::{AT_ONCE, Tx},
        error::{Error, Result},
    },
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

/// The numbers that an office's letters have.
pub async fn numbers_of(db: &impl ConnectionTrait, from: UnitId) -> Result<Vec<String>> {
    let found = letter::Entity::find()
        .select_only()
        .column(letter::Column::Number)
        .filter(letter::Column::FromUnitId.eq(from))
        .filter(letter::Column::Number.is_not_null());
    Ok(found.into_tuple().all(db).await?)
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
    changed_one(written.rows_affected)
}

/// Those who are invited, in the order of the list; who was taken off it afterwards is not.
pub async fn recipients(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<recipient::Model>> {
    let found = of_forum(forum).filter(recipient::Column::WithdrawnAt.is_null());
    Ok(found
        .order_by_asc(recipient::Column::Position)
        .order_by_asc(recipient::Column::Id)
        .all(db)
        .await?)
}

/// One of those who are invited; none who was taken off the list.
pub async fn still_invited(
    db: &impl ConnectionTrait,
    forum: &Forum,
    id: RecipientId,
) -> Result<Option<recipient::Model>> {
    let found = of_forum(forum)
        .filter(recipient::Column::Id.eq(id))
        .filter(recipient::Column::WithdrawnAt.is_null());
    Ok(found.one(db).await?)
}

fn of_forum(forum: &Forum) -> Select<recipient::Entity> {
    recipient::Entity::find()
        .filter(recipient::Column::UnitId.eq(forum.unit_id))
        .filter(recipient::Column::ForumId.eq(forum.id))
}

/// Those whose invitation was taken back, in the order of the list.
pub async fn withdrawn(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<recipient::Model>> {
    Ok(of_forum(forum)
        .filter(recipient::Column::WithdrawnAt.is_not_null())
        .order_by_asc(recipient::Column::Position)
        .all(db)
        .await?)
}

/// The last place of the list; 0 where it is empty.
pub async fn last_position(db: &impl ConnectionTrait, forum: &Forum) -> Result<i32> {
    let last = of_forum(forum)
        .order_by_desc(recipient::Column::Position)
        .one(db)
        .await?;
    Ok(last.map_or(0, |recipient| recipient.position))
}

pub async fn recipient(db: &impl ConnectionTrait, id: RecipientId) -> Result<recipient::Model> {
    recipient::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// The same, kept until the transaction ends.
pub async fn hold_recipient(tx: &Tx, id: RecipientId) -> Result<recipient::Model> {
    recipient::Entity::find_by_id(id)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
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

/// In pieces: a statement has room for some thirty thousand values.
pub async fn insert_recipients(
    db: &impl ConnectionTrait,
    rows: Vec<recipient::Model>,
) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let rows = some
            .iter()
            .map(|row| row.clone().into_active_model().reset_all());
        recipient::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Writes what the organiser changed, if no other organiser did meanwhile. What the recipient answered
/// stays as it is.
pub async fn change_recipient(
    db: &impl ConnectionTrait,
    read: &recipient::Model,
    mut change: recipient::ActiveModel,
) -> Result<()> {
    change.version = Set(read.version + 1);
    let written = recipient::Entity::update_many()
        .set(change)
        .filter(recipient::Column::Id.eq(read.id))
        .filter(recipient::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    changed_one(written.rows_affected)
}

/// Writes columns that only one use case writes: an answer, a handing over, a reminder.
pub async fn write_columns(
    db: &impl ConnectionTrait,
    id: RecipientId,
    columns: recipient::ActiveModel,
) -> Result<()> {
    let written = recipient::Entity::update_many()
        .set(columns)
        .filter(recipient::Column::Id.eq(id))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}

/// Takes the request to send back: the mail was not written.
pub async fn clear_request(
    db: &impl ConnectionTrait,
    id: RecipientId,
    requested: DateTime<Utc>,
) -> Result<()> {
    let row = recipient::ActiveModel {
        requested_at: Set(None),
        requested_sequence: Set(None),
        ..Default::default()
    };
    recipient::Entity::update_many()
        .set(row)
        .filter(recipient::Column::Id.eq(id))
        .filter(recipient::Column::RequestedAt.eq(requested))
        .exec(db)
        .await?;
    Ok(())
}

/// Removes a line if nobody changed it meanwhile.
pub async fn delete_recipient(db: &impl ConnectionTrait, read: &recipient::Model) -> Result<()> {
    let written = recipient::Entity::delete_many()
        .filter(recipient::Column::Id.eq(read.id))
        .filter(recipient::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    changed_one(written.rows_affected)
}

/// Removes lines of a list that is held.
pub async fn delete_recipients(
    db: &impl ConnectionTrait,
    forum: &Forum,
    rows: &[recipient::Model],
) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        recipient::Entity::delete_many()
            .filter(recipient::Column::UnitId.eq(forum.unit_id))
            .filter(recipient::Column::ForumId.eq(forum.id))
            .filter(recipient::Column::Id.is_in(some.iter().map(|row| row.id)))
            .exec(db)
            .await?;
    }
    Ok(())
}

fn changed_one(rows: u64) -> Result<()> {
    if rows == 1 {
        return Ok(());
    }
    Err(Error::Conflict {
        code: "changed_meanwhile",
    })
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

/// Notes which state of the forum somebody was told.
pub async fn mark_told(db: &impl ConnectionTrait, id: RecipientId, sequence: i32) -> Result<()> {
    let row = recipient::ActiveModel {
        told_sequence: Set(Some(sequence)),
        ..Default::default()
    };
    write_columns(db, id, row).await
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
