//! Queries of forums.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};

use super::{
    entity::{ForumId, ForumInputId, agenda, forum, input, team},
    rules::Stage,
};
use crate::{
    access::Scope,
    organisation::UnitId,
    platform::error::{Error, Result},
};

/// A forum for somebody whose right was already decided: a job, a public page, the same use case.
pub async fn by_id(db: &impl ConnectionTrait, id: ForumId) -> Result<forum::Model> {
    forum::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// The forums that somebody may see, newest first.
pub async fn visible(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<forum::Model>> {
    let mut found = forum::Entity::find();
    if !scope.everywhere {
        found = found.filter(forum::Column::UnitId.is_in(scope.units.iter().copied()));
    }
    Ok(found
        .order_by_desc(forum::Column::Date)
        .order_by_desc(forum::Column::Id)
        .all(db)
        .await?)
}

pub async fn team(db: &impl ConnectionTrait, forum: &forum::Model) -> Result<Vec<team::Model>> {
    let found = team::Entity::find()
        .filter(team::Column::UnitId.eq(forum.unit_id))
        .filter(team::Column::ForumId.eq(forum.id));
    Ok(found.order_by_asc(team::Column::Position).all(db).await?)
}

pub async fn agenda(db: &impl ConnectionTrait, forum: &forum::Model) -> Result<Vec<agenda::Model>> {
    let found = agenda::Entity::find()
        .filter(agenda::Column::UnitId.eq(forum.unit_id))
        .filter(agenda::Column::ForumId.eq(forum.id));
    Ok(found.order_by_asc(agenda::Column::Position).all(db).await?)
}

pub async fn inputs(db: &impl ConnectionTrait, forum: &forum::Model) -> Result<Vec<input::Model>> {
    let found = input::Entity::find()
        .filter(input::Column::UnitId.eq(forum.unit_id))
        .filter(input::Column::ForumId.eq(forum.id));
    Ok(found.order_by_asc(input::Column::Code).all(db).await?)
}

pub async fn input(db: &impl ConnectionTrait, id: ForumInputId) -> Result<input::Model> {
    input::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// Writes a changed forum if nobody else did meanwhile; the version counts up.
pub async fn save(
    db: &impl ConnectionTrait,
    row: forum::ActiveModel,
    read: &forum::Model,
) -> Result<()> {
    let mut row = row;
    row.version = Set(read.version + 1);
    let written = forum::Entity::update_many()
        .set(row)
        .filter(forum::Column::Id.eq(read.id))
        .filter(forum::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(())
}

pub async fn set_stage(db: &impl ConnectionTrait, id: ForumId, stage: Stage) -> Result<()> {
    let row = forum::ActiveModel {
        stage: Set(stage),
        ..Default::default()
    };
    forum::Entity::update_many()
        .set(row)
        .filter(forum::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The forums that are announced: from the invitation on everybody may know of them. Newest first.
pub async fn announced(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<forum::Model>> {
    Ok(forum::Entity::find()
        .filter(forum::Column::UnitId.eq(unit))
        .filter(forum::Column::Stage.ne(Stage::Preparation))
        .order_by_desc(forum::Column::Date)
        .all(db)
        .await?)
}

pub async fn by_code(
    db: &impl ConnectionTrait,
    unit: UnitId,
    code: &str,
) -> Result<Option<forum::Model>> {
    Ok(forum::Entity::find()
        .filter(forum::Column::UnitId.eq(unit))
        .filter(forum::Column::Code.eq(code))
        .one(db)
        .await?)
}

pub async fn insert(db: &impl ConnectionTrait, row: forum::Model) -> Result<()> {
    forum::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn insert_input(db: &impl ConnectionTrait, row: input::Model) -> Result<()> {
    input::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn replace_team(
    db: &impl ConnectionTrait,
    forum: &forum::Model,
    rows: Vec<team::ActiveModel>,
) -> Result<()> {
    team::Entity::delete_many()
        .filter(team::Column::UnitId.eq(forum.unit_id))
        .filter(team::Column::ForumId.eq(forum.id))
        .exec(db)
        .await?;
    if !rows.is_empty() {
        team::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

pub async fn replace_agenda(
    db: &impl ConnectionTrait,
    forum: &forum::Model,
    rows: Vec<agenda::ActiveModel>,
) -> Result<()> {
    agenda::Entity::delete_many()
        .filter(agenda::Column::UnitId.eq(forum.unit_id))
        .filter(agenda::Column::ForumId.eq(forum.id))
        .exec(db)
        .await?;
    if !rows.is_empty() {
        agenda::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}
