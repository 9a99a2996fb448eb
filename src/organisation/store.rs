//! Queries of units and what belongs to them.

use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::entity::{DivisionId, OfficialId, UnitId, division, official, unit, unit_contact};
use crate::platform::{
    error::{Error, Result},
    settled::remembered,
};

pub async fn unit(db: &impl ConnectionTrait, id: UnitId) -> Result<unit::Model> {
    remembered(db, "unit", id, async {
        let found = unit::Entity::find_by_id(id).one(db).await?;
        found.ok_or(Error::NotFound)
    })
    .await
}

pub async fn units_by_id(db: &impl ConnectionTrait, ids: Vec<UnitId>) -> Result<Vec<unit::Model>> {
    Ok(unit::Entity::find()
        .filter(unit::Column::Id.is_in(ids))
        .all(db)
        .await?)
}

pub async fn unit_by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<unit::Model>> {
    remembered(db, "unit by code", code, async {
        let found = unit::Entity::find().filter(unit::Column::Code.eq(code));
        Ok(found.one(db).await?)
    })
    .await
}

/// Units that the public deals with, by name.
pub async fn serving_units(db: &impl ConnectionTrait) -> Result<Vec<unit::Model>> {
    remembered(db, "serving units", (), async {
        let found = unit::Entity::find().filter(unit::Column::ServesPublic.eq(true));
        Ok(found.order_by_asc(unit::Column::Name).all(db).await?)
    })
    .await
}

pub async fn contacts(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<unit_contact::Model>> {
    let found = unit_contact::Entity::find().filter(unit_contact::Column::UnitId.eq(unit));
    Ok(found
        .order_by_asc(unit_contact::Column::Position)
        .all(db)
        .await?)
}

pub async fn divisions(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<division::Model>> {
    remembered(db, "divisions", unit, async {
        let found = division::Entity::find().filter(division::Column::UnitId.eq(unit));
        let ordered = found.order_by_asc(division::Column::Position);
        Ok(ordered.all(db).await?)
    })
    .await
}

pub async fn division(db: &impl ConnectionTrait, id: DivisionId) -> Result<division::Model> {
    remembered(db, "division", id, async {
        let found = division::Entity::find_by_id(id).one(db).await?;
        found.ok_or(Error::NotFound)
    })
    .await
}

pub async fn division_by_code(
    db: &impl ConnectionTrait,
    unit: UnitId,
    code: &str,
) -> Result<Option<division::Model>> {
    let all = divisions(db, unit).await?;
    Ok(all.into_iter().find(|division| division.code == code))
}

/// Those in office.
pub async fn officials(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<official::Model>> {
    let found = official::Entity::find()
        .filter(official::Column::UnitId.eq(unit))
        .filter(official::Column::LeftAt.is_null());
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

/// Those in office and those who were.
pub async fn officials_ever(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<Vec<official::Model>> {
    let found = official::Entity::find().filter(official::Column::UnitId.eq(unit));
    Ok(found
        .order_by_asc(official::Column::Position)
        .all(db)
        .await?)
}

const CHANGED: Error = Error::Conflict {
    code: "changed_meanwhile",
};

/// Writes a unit that was read in this version.
pub async fn save_unit(
    db: &impl ConnectionTrait,
    row: unit::ActiveModel,
    (id, version): (UnitId, i32),
) -> Result<()> {
    let saved = unit::Entity::update_many()
        .set(unit::ActiveModel {
            version: Set(version + 1),
            ..row
        })
        .filter(unit::Column::Id.eq(id))
        .filter(unit::Column::Version.eq(version))
        .exec(db)
        .await?;
    match saved.rows_affected {
        1 => Ok(()),
        _ => Err(CHANGED),
    }
}

/// Writes an official who was read in this version.
pub async fn save_official(
    db: &impl ConnectionTrait,
    row: official::ActiveModel,
    (id, version): (OfficialId, i32),
) -> Result<()> {
    let saved = official::Entity::update_many()
        .set(official::ActiveModel {
            version: Set(version + 1),
            ..row
        })
        .filter(official::Column::Id.eq(id))
        .filter(official::Column::Version.eq(version))
        .exec(db)
        .await?;
    match saved.rows_affected {
        1 => Ok(()),
        _ => Err(CHANGED),
    }
}

pub async fn insert_official(db: &impl ConnectionTrait, row: official::ActiveModel) -> Result<()> {
    official::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn insert_division(db: &impl ConnectionTrait, row: division::ActiveModel) -> Result<()> {
    division::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn rename_division(
    db: &impl ConnectionTrait,
    id: DivisionId,
    row: division::ActiveModel,
) -> Result<()> {
    division::Entity::update_many()
        .set(row)
        .filter(division::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The contacts of a unit anew.
pub async fn replace_contacts(
    db: &impl ConnectionTrait,
    unit: UnitId,
    rows: Vec<unit_contact::ActiveModel>,
) -> Result<()> {
    unit_contact::Entity::delete_many()
        .filter(unit_contact::Column::UnitId.eq(unit))
        .exec(db)
        .await?;
    if !rows.is_empty() {
        unit_contact::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Every unit, also those that only sign letters, by name.
pub async fn all_units(db: &impl ConnectionTrait) -> Result<Vec<unit::Model>> {
    Ok(unit::Entity::find()
        .order_by_asc(unit::Column::Name)
        .all(db)
        .await?)
}

/// The offices that a unit registered to invite in their name.
pub async fn kept_by(db: &impl ConnectionTrait, keeper: UnitId) -> Result<Vec<unit::Model>> {
    Ok(unit::Entity::find()
        .filter(unit::Column::KeptBy.eq(keeper))
        .order_by_asc(unit::Column::Name)
        .all(db)
        .await?)
}

pub async fn insert_unit(db: &impl ConnectionTrait, row: unit::ActiveModel) -> Result<()> {
    unit::Entity::insert(row).exec_without_returning(db).await?;
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
