//! Reading the elements, and loading those that come with the program.

use sea_orm::{
    ActiveValue::Set, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryOrder as _,
};
use serde::Deserialize;

use super::entity::{ActiveModel, Column, Entity, Model};
use crate::platform::{
    db::Db,
    error::{Error, Result},
};

const ELEMENTS: &str = include_str!("../../fixtures/elements.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ElementsFile {
    element: Vec<FixtureElement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureElement {
    id: String,
    position: i32,
    label: String,
    name_id: String,
    name_en: String,
    source: String,
}

/// Loads the nine elements of PermenPANRB 14/2017 into an empty table.
pub async fn load_defaults(db: &Db) -> Result<()> {
    let tx = db.begin_write().await?;
    tx.alone().await?;
    if Entity::find().count(&tx).await? == 0 {
        let file: ElementsFile = toml::from_str(ELEMENTS).map_err(anyhow::Error::from)?;
        for element in file.element {
            let row = ActiveModel {
                id: Set(element.id),
                position: Set(element.position),
                label: Set(element.label),
                name_id: Set(element.name_id),
                name_en: Set(element.name_en),
                source: Set(element.source),
            };
            Entity::insert(row).exec_without_returning(&tx).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// All elements in their usual order.
pub async fn elements(db: &impl ConnectionTrait) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .order_by_asc(Column::Position)
        .all(db)
        .await?)
}

pub async fn element(db: &impl ConnectionTrait, id: &str) -> Result<Model> {
    Entity::find_by_id(id.to_owned())
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}
