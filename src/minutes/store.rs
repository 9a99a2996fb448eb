//! Queries of minutes, notes, saved states and photos.

use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::{
    entity::{MinutesId, NoteId, PhotoId, minutes, note, photo, revision},
    rules::Status,
};
use crate::{
    forums::ForumId,
    platform::error::{Error, Result},
};

pub const CHANGED: Error = Error::Conflict {
    code: "changed_meanwhile",
};

/// Minutes with their notes.
#[derive(Clone, Debug)]
pub struct Content {
    pub head: minutes::Model,
    pub notes: Vec<note::Model>,
}

/// All revisions of a forum, the oldest first.
pub async fn all(db: &impl ConnectionTrait, forum: ForumId) -> Result<Vec<minutes::Model>> {
    Ok(minutes::Entity::find()
        .filter(minutes::Column::ForumId.eq(forum))
        .order_by_asc(minutes::Column::Revision)
        .all(db)
        .await?)
}

/// The revision that is written now, or in force.
pub async fn newest(db: &impl ConnectionTrait, forum: ForumId) -> Result<Option<minutes::Model>> {
    Ok(minutes::Entity::find()
        .filter(minutes::Column::ForumId.eq(forum))
        .order_by_desc(minutes::Column::Revision)
        .one(db)
        .await?)
}

/// The revision in force: approved and not superseded.
pub async fn in_force(db: &impl ConnectionTrait, forum: ForumId) -> Result<Option<minutes::Model>> {
    Ok(minutes::Entity::find()
        .filter(minutes::Column::ForumId.eq(forum))
        .filter(minutes::Column::Status.eq(Status::Final))
        .order_by_desc(minutes::Column::Revision)
        .one(db)
        .await?)
}

/// Those that wait for their approver, in all units.
pub async fn in_review(db: &impl ConnectionTrait) -> Result<Vec<minutes::Model>> {
    Ok(minutes::Entity::find()
        .filter(minutes::Column::Status.eq(Status::Review))
        .order_by_asc(minutes::Column::Id)
        .all(db)
        .await?)
}

pub async fn content(db: &impl ConnectionTrait, head: minutes::Model) -> Result<Content> {
    let notes = note::Entity::find()
        .filter(note::Column::MinutesId.eq(head.id))
        .order_by_asc(note::Column::CreatedAt)
        .order_by_asc(note::Column::Id)
        .all(db)
        .await?;
    Ok(Content { head, notes })
}

pub async fn insert(db: &impl ConnectionTrait, row: minutes::Model) -> Result<()> {
    minutes::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Counts a change and keeps the row until the transaction ends, if it still stands where it was read.
pub async fn hold(db: &impl ConnectionTrait, read: &minutes::Model) -> Result<bool> {
    let held = minutes::Entity::update_many()
        .col_expr(
            minutes::Column::Edits,
            Expr::col(minutes::Column::Edits).add(1),
        )
        .filter(minutes::Column::Id.eq(read.id))
        .filter(minutes::Column::Status.eq(read.status))
        .exec(db)
        .await?;
    Ok(held.rows_affected == 1)
}

/// Writes columns of minutes that the transaction holds.
pub async fn set(
    db: &impl ConnectionTrait,
    id: MinutesId,
    change: minutes::ActiveModel,
) -> Result<()> {
    minutes::Entity::update_many()
        .set(change)
        .filter(minutes::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Writes the text around the notes if nobody else did meanwhile.
pub async fn save_header(
    db: &impl ConnectionTrait,
    id: MinutesId,
    seen: i32,
    mut change: minutes::ActiveModel,
) -> Result<()> {
    change.version = Set(seen + 1);
    let written = minutes::Entity::update_many()
        .set(change)
        .filter(minutes::Column::Id.eq(id))
        .filter(minutes::Column::Version.eq(seen))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

pub async fn note(db: &impl ConnectionTrait, of: MinutesId, id: NoteId) -> Result<note::Model> {
    note::Entity::find_by_id(id)
        .filter(note::Column::MinutesId.eq(of))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn insert_note(db: &impl ConnectionTrait, row: note::Model) -> Result<()> {
    note::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes a note if nobody else did meanwhile.
pub async fn save_note(
    db: &impl ConnectionTrait,
    id: NoteId,
    seen: i32,
    mut change: note::ActiveModel,
) -> Result<()> {
    change.version = Set(seen + 1);
    let written = note::Entity::update_many()
        .set(change)
        .filter(note::Column::Id.eq(id))
        .filter(note::Column::Version.eq(seen))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

pub async fn delete_note(db: &impl ConnectionTrait, id: NoteId, seen: i32) -> Result<()> {
    let gone = note::Entity::delete_many()
        .filter(note::Column::Id.eq(id))
        .filter(note::Column::Version.eq(seen))
        .exec(db)
        .await?;
    if gone.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

/// The saved states of a forum without their texts, the newest first.
pub async fn revisions(
    db: &impl ConnectionTrait,
    forum: ForumId,
) -> Result<Vec<(i32, String, String, chrono::DateTime<chrono::Utc>)>> {
    use revision::Column;
    Ok(revision::Entity::find()
        .select_only()
        .columns([Column::Number, Column::What, Column::ByName, Column::At])
        .filter(Column::ForumId.eq(forum))
        .order_by_desc(Column::Number)
        .into_tuple()
        .all(db)
        .await?)
}

pub async fn revision(
    db: &impl ConnectionTrait,
    forum: ForumId,
    number: i32,
) -> Result<revision::Model> {
    revision::Entity::find()
        .filter(revision::Column::ForumId.eq(forum))
        .filter(revision::Column::Number.eq(number))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn last_revision(db: &impl ConnectionTrait, forum: ForumId) -> Result<i32> {
    let last: Option<i32> = revision::Entity::find()
        .select_only()
        .column(revision::Column::Number)
        .filter(revision::Column::ForumId.eq(forum))
        .order_by_desc(revision::Column::Number)
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.unwrap_or(0))
}

pub async fn insert_revision(db: &impl ConnectionTrait, row: revision::Model) -> Result<()> {
    revision::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The photos of a forum in their order.
pub async fn photos(db: &impl ConnectionTrait, forum: ForumId) -> Result<Vec<photo::Model>> {
    Ok(photo::Entity::find()
        .filter(photo::Column::ForumId.eq(forum))
        .order_by_asc(photo::Column::Position)
        .order_by_asc(photo::Column::Id)
        .all(db)
        .await?)
}

pub async fn photo(db: &impl ConnectionTrait, forum: ForumId, id: PhotoId) -> Result<photo::Model> {
    photo::Entity::find_by_id(id)
        .filter(photo::Column::ForumId.eq(forum))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn insert_photo(db: &impl ConnectionTrait, row: photo::Model) -> Result<()> {
    photo::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes caption and permission to publish if nobody else did meanwhile.
pub async fn save_photo(
    db: &impl ConnectionTrait,
    id: PhotoId,
    seen: i32,
    caption: String,
    publishable: bool,
) -> Result<()> {
    let change = photo::ActiveModel {
        caption: Set(caption),
        publishable: Set(publishable),
        version: Set(seen + 1),
        ..Default::default()
    };
    let written = photo::Entity::update_many()
        .set(change)
        .filter(photo::Column::Id.eq(id))
        .filter(photo::Column::Version.eq(seen))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

/// Numbers the photos 1, 2, 3 … in the order given.
pub async fn order_photos(db: &impl ConnectionTrait, order: &[PhotoId]) -> Result<()> {
    for (id, position) in order.iter().zip(1..) {
        let change = photo::ActiveModel {
            position: Set(position),
            ..Default::default()
        };
        photo::Entity::update_many()
            .set(change)
            .filter(photo::Column::Id.eq(*id))
            .exec(db)
            .await?;
    }
    Ok(())
}

pub async fn delete_photo(db: &impl ConnectionTrait, id: PhotoId) -> Result<()> {
    photo::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}
