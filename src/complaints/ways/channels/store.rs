//! Queries of the register of channels.

use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use crate::{
    complaints::ways::entity::channel::{ActiveModel, ChannelId, Column, Entity, Model},
    organisation::UnitId,
    platform::error::{Error, Result},
};

pub async fn of_unit(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(unit))
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

pub async fn get(db: &impl ConnectionTrait, id: ChannelId) -> Result<Model> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<()> {
    Entity::insert(row.into_active())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

impl Model {
    fn into_active(self) -> ActiveModel {
        ActiveModel {
            id: Set(self.id),
            unit_id: Set(self.unit_id),
            kind: Set(self.kind),
            name: Set(self.name),
            contact: Set(self.contact),
            responsible: Set(self.responsible),
            note: Set(self.note),
            active: Set(self.active),
            position: Set(self.position),
            created_at: Set(self.created_at),
            version: Set(self.version),
        }
    }
}

/// Writes a row over the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: Model) -> Result<()> {
    let (id, seen) = (row.id, row.version);
    let mut changes = row.into_active();
    changes.version = Set(seen + 1);
    let done = Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(seen))
        .exec(db)
        .await?;
    match done.rows_affected {
        1 => Ok(()),
        _ => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
    }
}
