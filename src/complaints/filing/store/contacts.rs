//! Queries of changes of an address that wait for their links.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use crate::{
    complaints::{entity::complaint, filing::entity::contact_change},
    platform::error::Result,
};

pub async fn insert_change(
    db: &impl ConnectionTrait,
    row: contact_change::ActiveModel,
) -> Result<()> {
    contact_change::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Changes of a complaint that still wait, the newest first.
pub async fn open_changes(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    since: DateTime<Utc>,
) -> Result<Vec<contact_change::Model>> {
    use contact_change::Column;
    Ok(contact_change::Entity::find()
        .filter(Column::UnitId.eq(of.unit_id))
        .filter(Column::ComplaintId.eq(of.id))
        .filter(Column::DoneAt.is_null())
        .filter(Column::CreatedAt.gt(since))
        .order_by_desc(Column::CreatedAt)
        .all(db)
        .await?)
}

/// A newer wish takes the place of those before it.
pub async fn drop_changes(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    field: contact_change::ContactField,
) -> Result<()> {
    use contact_change::Column;
    contact_change::Entity::delete_many()
        .filter(Column::UnitId.eq(of.unit_id))
        .filter(Column::ComplaintId.eq(of.id))
        .filter(Column::Field.eq(field))
        .filter(Column::DoneAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

pub async fn change_by_token(
    db: &impl ConnectionTrait,
    hash: &str,
    since: DateTime<Utc>,
) -> Result<Option<contact_change::Model>> {
    use contact_change::Column;
    Ok(contact_change::Entity::find()
        .filter(Column::OldToken.eq(hash).or(Column::NewToken.eq(hash)))
        .filter(Column::CreatedAt.gt(since))
        .one(db)
        .await?)
}

/// Writes down that one of the two agreed; the first time counts.
pub async fn confirm_side(
    db: &impl ConnectionTrait,
    id: Uuid,
    is_old: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    use contact_change::Column;
    let side = if is_old {
        Column::OldConfirmedAt
    } else {
        Column::NewConfirmedAt
    };
    contact_change::Entity::update_many()
        .col_expr(side, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(side.is_null())
        .exec(db)
        .await?;
    Ok(())
}

pub async fn update_change(
    db: &impl ConnectionTrait,
    row: contact_change::ActiveModel,
) -> Result<()> {
    contact_change::Entity::update(row).exec(db).await?;
    Ok(())
}

pub async fn sweep_changes(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<()> {
    contact_change::Entity::delete_many()
        .filter(contact_change::Column::CreatedAt.lte(before))
        .exec(db)
        .await?;
    Ok(())
}
