//! Queries of questions and their answers.

use std::collections::BTreeMap;

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::LockType,
};
use uuid::Uuid;

use super::entity::{OwnQuestionId, answer, question};
use crate::{
    forums::Forum,
    platform::{
        db::Tx,
        error::{Error, Result},
    },
};

/// The questions of a forum in their order, also those that are switched off.
pub async fn of_forum(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<question::Model>> {
    Ok(question::Entity::find()
        .filter(question::Column::UnitId.eq(forum.unit_id))
        .filter(question::Column::ForumId.eq(forum.id))
        .order_by_asc(question::Column::Position)
        .order_by_asc(question::Column::Id)
        .all(db)
        .await?)
}

/// Those that are asked now.
pub async fn asked(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<question::Model>> {
    let mut found = of_forum(db, forum).await?;
    found.retain(|one| one.active);
    Ok(found)
}

/// One of them, kept until the transaction ends.
pub async fn hold(tx: &Tx, forum: &Forum, id: OwnQuestionId) -> Result<question::Model> {
    question::Entity::find_by_id(id)
        .filter(question::Column::ForumId.eq(forum.id))
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// All of a forum, kept in one order, so that two who answer do not wait for each other in a circle.
pub async fn hold_all(tx: &Tx, forum: &Forum) -> Result<Vec<question::Model>> {
    Ok(question::Entity::find()
        .filter(question::Column::UnitId.eq(forum.unit_id))
        .filter(question::Column::ForumId.eq(forum.id))
        .order_by_asc(question::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?)
}

pub async fn insert(db: &impl ConnectionTrait, row: question::Model) -> Result<()> {
    question::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn write(
    db: &impl ConnectionTrait,
    id: OwnQuestionId,
    columns: question::ActiveModel,
) -> Result<()> {
    question::Entity::update_many()
        .set(columns)
        .filter(question::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn delete(db: &impl ConnectionTrait, id: OwnQuestionId) -> Result<()> {
    question::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

pub async fn is_answered(db: &impl ConnectionTrait, id: OwnQuestionId) -> Result<bool> {
    let found = answer::Entity::find().filter(answer::Column::QuestionId.eq(id));
    Ok(found.count(db).await? > 0)
}

/// Everything that was answered in a forum.
pub async fn answers(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<answer::Model>> {
    Ok(answer::Entity::find()
        .filter(answer::Column::UnitId.eq(forum.unit_id))
        .filter(answer::Column::ForumId.eq(forum.id))
        .all(db)
        .await?)
}

/// What one person answered.
pub async fn answers_of(
    db: &impl ConnectionTrait,
    forum: &Forum,
    respondent: Uuid,
) -> Result<BTreeMap<OwnQuestionId, String>> {
    let rows = answer::Entity::find()
        .filter(answer::Column::UnitId.eq(forum.unit_id))
        .filter(answer::Column::ForumId.eq(forum.id))
        .filter(answer::Column::RespondentId.eq(respondent))
        .all(db)
        .await?;
    let pair = |row: answer::Model| (row.question_id, row.answer);
    Ok(rows.into_iter().map(pair).collect())
}

/// Takes answers of one person away: all, or those to the questions named.
pub async fn clear(
    db: &impl ConnectionTrait,
    forum: &Forum,
    respondent: Uuid,
    only: Option<&[OwnQuestionId]>,
) -> Result<()> {
    let mut query = answer::Entity::delete_many()
        .filter(answer::Column::UnitId.eq(forum.unit_id))
        .filter(answer::Column::ForumId.eq(forum.id))
        .filter(answer::Column::RespondentId.eq(respondent));
    if let Some(only) = only {
        query = query.filter(answer::Column::QuestionId.is_in(only.iter().copied()));
    }
    query.exec(db).await?;
    Ok(())
}

pub async fn insert_answers(db: &impl ConnectionTrait, rows: Vec<answer::Model>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    answer::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Gives the questions the places of this order.
pub async fn order(db: &impl ConnectionTrait, ids: &[OwnQuestionId]) -> Result<()> {
    for (id, position) in ids.iter().zip(1..) {
        let place = question::ActiveModel {
            position: Set(position),
            ..Default::default()
        };
        write(db, *id, place).await?;
    }
    Ok(())
}
