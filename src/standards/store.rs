//! Queries of standards.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use super::entity::{StandardId, charter, component, decree, standard};
use crate::{
    organisation::UnitId,
    platform::{
        error::{Error, Result},
        settled::remembered,
    },
};

pub async fn services(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<Vec<(StandardId, String, String)>> {
    use standard::Column;
    remembered(db, "services", unit, async {
        let found = standard::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Code, Column::Name])
            .filter(Column::UnitId.eq(unit))
            .order_by_asc(Column::Position);
        Ok(found.into_tuple().all(db).await?)
    })
    .await
}

pub async fn standard(db: &impl ConnectionTrait, id: StandardId) -> Result<standard::Model> {
    standard::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn by_code(
    db: &impl ConnectionTrait,
    unit: UnitId,
    code: &str,
) -> Result<Option<standard::Model>> {
    Ok(standard::Entity::find()
        .filter(standard::Column::UnitId.eq(unit))
        .filter(standard::Column::Code.eq(code))
        .one(db)
        .await?)
}

/// The standards of a unit that contain every word, in their order. The words hold no pattern characters.
pub async fn search(
    db: &impl ConnectionTrait,
    unit: UnitId,
    words: &[String],
) -> Result<Vec<standard::Model>> {
    let all = standard::Entity::find().filter(standard::Column::UnitId.eq(unit));
    let found = words.iter().fold(all, |found, word| {
        found.filter(standard::Column::SearchText.contains(word.as_str()))
    });
    Ok(found
        .order_by_asc(standard::Column::Position)
        .all(db)
        .await?)
}

/// The components of some standards, each in the order of its source.
pub async fn components(
    db: &impl ConnectionTrait,
    standards: &[StandardId],
) -> Result<Vec<component::Model>> {
    Ok(component::Entity::find()
        .filter(component::Column::StandardId.is_in(standards.iter().copied()))
        .order_by_asc(component::Column::Position)
        .all(db)
        .await?)
}

pub async fn decree(db: &impl ConnectionTrait, id: Uuid) -> Result<decree::Model> {
    decree::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// The decrees of a unit, the newest first.
pub async fn decrees(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<decree::Model>> {
    Ok(decree::Entity::find()
        .filter(decree::Column::UnitId.eq(unit))
        .order_by_desc(decree::Column::Date)
        .all(db)
        .await?)
}

pub async fn charter(db: &impl ConnectionTrait, unit: UnitId) -> Result<Option<charter::Model>> {
    Ok(charter::Entity::find()
        .filter(charter::Column::UnitId.eq(unit))
        .one(db)
        .await?)
}

pub async fn insert_decree(db: &impl ConnectionTrait, row: decree::ActiveModel) -> Result<()> {
    decree::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn insert_standard(db: &impl ConnectionTrait, row: standard::ActiveModel) -> Result<()> {
    standard::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn insert_component(
    db: &impl ConnectionTrait,
    row: component::ActiveModel,
) -> Result<()> {
    component::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn insert_charter(db: &impl ConnectionTrait, row: charter::ActiveModel) -> Result<()> {
    charter::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
