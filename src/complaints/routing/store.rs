//! Queries of rules of disposition.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, sea_query::Expr,
};

use super::entity::{Column, Entity, Model, RuleId};
use crate::{
    organisation::UnitId,
    platform::{
        error::{Error, Result},
        settled::remembered,
    },
};

/// The rules of a unit in the order in which they are asked.
pub async fn all(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<Model>> {
    remembered(db, "rules of disposition", unit, async {
        let found = Entity::find()
            .filter(Column::UnitId.eq(unit))
            .order_by_asc(Column::Position)
            .order_by_asc(Column::Id);
        Ok(found.all(db).await?)
    })
    .await
}

pub async fn get(db: &impl ConnectionTrait, unit: UnitId, id: RuleId) -> Result<Model> {
    Entity::find_by_id(id)
        .filter(Column::UnitId.eq(unit))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn find(db: &impl ConnectionTrait, id: RuleId) -> Result<Model> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes a rule over the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: Model) -> Result<()> {
    let (id, read) = (row.id, row.version);
    let changed = Model {
        version: read + 1,
        ..row
    };
    let written = Entity::update_many()
        .set(changed.into_active_model().reset_all())
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(read))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(())
}

pub async fn place(db: &impl ConnectionTrait, id: RuleId, position: i32) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Position, Expr::value(position))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn delete(db: &impl ConnectionTrait, id: RuleId) -> Result<()> {
    Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}
