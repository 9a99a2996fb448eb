//! Queries of archives.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, sea_query::Expr,
};

use super::entity::{ActiveModel, BundleId, Column, Entity, Model};
use crate::{
    organisation::UnitId,
    platform::error::{Error, Result},
};

pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn one(db: &impl ConnectionTrait, id: BundleId) -> Result<Model> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// The last one that was asked for.
pub async fn latest(db: &impl ConnectionTrait, unit: UnitId, year: i32) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Year.eq(year))
        .order_by_desc(Column::AskedAt)
        .order_by_desc(Column::Id)
        .one(db)
        .await?)
}

/// The last one that is whole.
pub async fn latest_made(
    db: &impl ConnectionTrait,
    unit: UnitId,
    year: i32,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Year.eq(year))
        .filter(Column::MadeAt.is_not_null())
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id)
        .one(db)
        .await?)
}

pub async fn change(db: &impl ConnectionTrait, id: BundleId, row: ActiveModel) -> Result<()> {
    Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// One file more is made.
pub async fn step(db: &impl ConnectionTrait, id: BundleId, done: i32, steps: i32) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Done, Expr::value(done))
        .col_expr(Column::Steps, Expr::value(steps))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn older_than(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::AskedAt.lt(before))
        .all(db)
        .await?)
}

pub async fn delete(db: &impl ConnectionTrait, id: BundleId) -> Result<()> {
    Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}
