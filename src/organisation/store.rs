//! Queries of units and what belongs to them.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::entity::{DivisionId, OfficialId, UnitId, division, official, unit, unit_contact};
use crate::platform::error::{Error, Result};

pub async fn unit(db: &impl ConnectionTrait, id: UnitId) -> Result<unit::Model> {
    unit::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn units_by_id(db: &impl ConnectionTrait, ids: Vec<UnitId>) -> Result<Vec<unit::Model>> {
    Ok(unit::Entity::find()
        .filter(unit::Column::Id.is_in(ids))
        .all(db)
        .await?)
}

pub async fn unit_by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<unit::Model>> {
    Ok(unit::Entity::find()
        .filter(unit::Column::Code.eq(code))
        .one(db)
        .await?)
}

/// Units that the public deals with, by name.
pub async fn serving_units(db: &impl ConnectionTrait) -> Result<Vec<unit::Model>> {
    Ok(unit::Entity::find()
        .filter(unit::Column::ServesPublic.eq(true))
        .order_by_asc(unit::Column::Name)
        .all(db)
        .await?)
}

pub async fn contacts(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<unit_contact::Model>> {
    let found = unit_contact::Entity::find().filter(unit_contact::Column::UnitId.eq(unit));
    Ok(found
        .order_by_asc(unit_contact::Column::Position)
        .all(db)
        .await?)
}

pub async fn divisions(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<division::Model>> {
    let found = division::Entity::find().filter(division::Column::UnitId.eq(unit));
    Ok(found
        .order_by_asc(division::Column::Position)
        .all(db)
        .await?)
}

pub async fn division(db: &impl ConnectionTrait, id: DivisionId) -> Result<division::Model> {
    division::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn division_by_code(
    db: &impl ConnectionTrait,
    unit: UnitId,
    code: &str,
) -> Result<Option<division::Model>> {
    let found = division::Entity::find()
        .filter(division::Column::UnitId.eq(unit))
        .filter(division::Column::Code.eq(code));
    Ok(found.one(db).await?)
}

pub async fn officials(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<official::Model>> {
    let found = official::Entity::find().filter(official::Column::UnitId.eq(unit));
    Ok(found
        .order_by_asc(official::Column::Position)
        .all(db)
        .await?)
}

pub async fn official(db: &impl ConnectionTrait, id: OfficialId) -> Result<official::Model> {
    official::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn official_by_key(
    db: &impl ConnectionTrait,
    unit: UnitId,
    key: &str,
) -> Result<Option<official::Model>> {
    let found = official::Entity::find()
        .filter(official::Column::UnitId.eq(unit))
        .filter(official::Column::Key.eq(key));
    Ok(found.one(db).await?)
}

/// Keeps the row of a unit until the transaction ends; those who only refer to it do not wait.
pub async fn hold(db: &impl ConnectionTrait, id: UnitId) -> Result<()> {
    unit::Entity::update_many()
        .col_expr(
            unit::Column::CreatedAt,
            sea_orm::sea_query::Expr::col(unit::Column::CreatedAt),
        )
        .filter(unit::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn set_superior(
    db: &impl ConnectionTrait,
    official: OfficialId,
    superior: OfficialId,
) -> Result<()> {
    official::Entity::update_many()
        .col_expr(
            official::Column::SuperiorId,
            sea_orm::sea_query::Expr::value(superior),
        )
        .filter(official::Column::Id.eq(official))
        .exec(db)
        .await?;
    Ok(())
}
