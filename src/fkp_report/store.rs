//! Queries of reports, their texts and deliveries.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};

use uuid::Uuid;

use super::entity::{delivery, report, text};
use crate::{
    forums::Forum,
    organisation::UnitId,
    platform::error::{Error, Result},
};

const CHANGED: Error = Error::Conflict {
    code: "changed_meanwhile",
};

pub async fn report_of(db: &impl ConnectionTrait, forum: &Forum) -> Result<Option<report::Model>> {
    Ok(report::Entity::find()
        .filter(report::Column::UnitId.eq(forum.unit_id))
        .filter(report::Column::ForumId.eq(forum.id))
        .one(db)
        .await?)
}

/// Writes the head; `seen` is the version that the writer saw, 0 before there is one.
pub async fn save_report(db: &impl ConnectionTrait, row: report::Model, seen: i32) -> Result<()> {
    if seen == 0 {
        report::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(db)
            .await?;
        return Ok(());
    }
    let id = row.id;
    let written = report::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(report::Column::Id.eq(id))
        .filter(report::Column::Version.eq(seen))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

pub async fn texts_of(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<text::Model>> {
    Ok(text::Entity::find()
        .filter(text::Column::UnitId.eq(forum.unit_id))
        .filter(text::Column::ForumId.eq(forum.id))
        .all(db)
        .await?)
}

pub async fn insert_text(db: &impl ConnectionTrait, row: text::Model) -> Result<()> {
    text::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes a text if nobody else did since it was read at this version.
pub async fn update_text(db: &impl ConnectionTrait, row: text::Model, seen: i32) -> Result<()> {
    let id = row.id;
    let written = text::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(text::Column::Id.eq(id))
        .filter(text::Column::Version.eq(seen))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

/// What was sent, the last first.
pub async fn deliveries_of(
    db: &impl ConnectionTrait,
    forum: &Forum,
) -> Result<Vec<delivery::Model>> {
    Ok(delivery::Entity::find()
        .filter(delivery::Column::UnitId.eq(forum.unit_id))
        .filter(delivery::Column::ForumId.eq(forum.id))
        .order_by_desc(delivery::Column::SentAt)
        .order_by_desc(delivery::Column::Id)
        .all(db)
        .await?)
}

/// The unit whose report was sent.
pub async fn unit_of_sending(db: &impl ConnectionTrait, id: Uuid) -> Result<UnitId> {
    let found = delivery::Entity::find_by_id(id).one(db).await?;
    found.map(|row| row.unit_id).ok_or(Error::NotFound)
}

pub async fn insert_delivery(db: &impl ConnectionTrait, row: delivery::Model) -> Result<()> {
    delivery::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The delivery whose link is still good.
pub async fn by_link(
    db: &impl ConnectionTrait,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<delivery::Model>> {
    Ok(delivery::Entity::find()
        .filter(delivery::Column::LinkHash.eq(hash))
        .filter(delivery::Column::LinkUntil.gt(now))
        .one(db)
        .await?)
}
