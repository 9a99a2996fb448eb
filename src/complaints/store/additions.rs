//! Queries of what citizens added to their cases.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, sea_query::Expr,
};

use crate::{
    complaints::entity::{
        ComplaintId,
        addition::{ActiveModel, Column, Entity, Model},
        complaint,
    },
    platform::error::Result,
};

pub async fn insert_addition(db: &impl ConnectionTrait, row: ActiveModel) -> Result<()> {
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

fn untold_of(of: &complaint::Model) -> sea_orm::Select<Entity> {
    Entity::find()
        .filter(Column::UnitId.eq(of.unit_id))
        .filter(Column::ComplaintId.eq(of.id))
        .filter(Column::ToldAt.is_null())
}

/// Whether something was added that nobody was told of.
pub async fn has_untold(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<bool> {
    Ok(untold_of(of).count(db).await? > 0)
}

/// What was added and nobody was told of, oldest first.
pub async fn untold(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Vec<Model>> {
    Ok(untold_of(of).order_by_asc(Column::Version).all(db).await?)
}

/// They were told of all that waited.
pub async fn all_told(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::ToldAt, Expr::value(at))
        .filter(Column::UnitId.eq(of.unit_id))
        .filter(Column::ComplaintId.eq(of.id))
        .filter(Column::ToldAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// What was added to a case since it had this version, in its order.
pub async fn additions_since(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    version: i32,
) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(of.unit_id))
        .filter(Column::ComplaintId.eq(of.id))
        .filter(Column::Version.gt(version))
        .order_by_asc(Column::Version)
        .all(db)
        .await?)
}

/// Holds a case until the commit, without a new version: who adds to it in the same moment waits.
pub async fn hold(db: &impl ConnectionTrait, id: ComplaintId) -> Result<()> {
    complaint::Entity::update_many()
        .col_expr(
            complaint::Column::Version,
            Expr::col(complaint::Column::Version),
        )
        .filter(complaint::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The first and the last complaint of all units.
pub async fn ends(db: &impl ConnectionTrait) -> Result<Vec<complaint::Model>> {
    let all = complaint::Entity::find;
    let first = all().order_by_asc(complaint::Column::Id).one(db).await?;
    let last = all().order_by_desc(complaint::Column::Id).one(db).await?;
    Ok(first.into_iter().chain(last).collect())
}

/// The sealed code that opens the status page, in place of the one before.
pub async fn set_access_code(
    db: &impl ConnectionTrait,
    id: ComplaintId,
    sealed: Vec<u8>,
) -> Result<()> {
    complaint::Entity::update_many()
        .col_expr(complaint::Column::AccessCode, Expr::value(sealed))
        .filter(complaint::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
