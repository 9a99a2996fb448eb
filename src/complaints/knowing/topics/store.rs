//! The queries of topics.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, JoinType,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    RelationDef, sea_query::OnConflict,
};

use crate::{
    access::{PersonId, Scope},
    complaints::{
        ComplaintId,
        entity::{
            complaint,
            topic::{self, Column, TopicId},
            topic_case,
        },
        finding::{Readable, hidden_from, readable_by},
        knowing::scope::within,
        retention::MARK,
        rules::Status,
    },
    organisation::UnitId,
    platform::error::{Error, Result},
};

/// The topics of a unit by their names.
pub async fn all(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<topic::Model>> {
    Ok(topic::Entity::find()
        .filter(Column::UnitId.eq(unit))
        .order_by_asc(Column::Title)
        .all(db)
        .await?)
}

pub async fn one(db: &impl ConnectionTrait, id: TopicId) -> Result<topic::Model> {
    topic::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn of_complaint(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Vec<topic::Model>> {
    let mine = topic_case::Entity::find()
        .select_only()
        .column(topic_case::Column::TopicId)
        .filter(topic_case::Column::ComplaintId.eq(of.id));
    Ok(topic::Entity::find()
        .filter(Column::UnitId.eq(of.unit_id))
        .filter(Column::Id.in_subquery(mine.into_query()))
        .order_by_asc(Column::Title)
        .all(db)
        .await?)
}

pub async fn insert(db: &impl ConnectionTrait, row: topic::Model) -> Result<()> {
    topic::Entity::insert(topic::ActiveModel::from(row))
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes over the version that was seen.
pub async fn save(
    db: &impl ConnectionTrait,
    seen: &topic::Model,
    mut changes: topic::ActiveModel,
) -> Result<()> {
    changes.version = Set(seen.version + 1);
    let outcome = topic::Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(seen.id))
        .filter(Column::Version.eq(seen.version))
        .exec(db)
        .await?;
    match outcome.rows_affected {
        1 => Ok(()),
        _ => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
    }
}

pub async fn delete(db: &impl ConnectionTrait, of: &topic::Model) -> Result<()> {
    topic_case::Entity::delete_many()
        .filter(topic_case::Column::UnitId.eq(of.unit_id))
        .filter(topic_case::Column::TopicId.eq(of.id))
        .exec(db)
        .await?;
    topic::Entity::delete_by_id(of.id).exec(db).await?;
    Ok(())
}

/// Puts a complaint into a topic; tells whether it was not there before.
pub async fn put_in(
    db: &impl ConnectionTrait,
    of: &topic::Model,
    complaint: ComplaintId,
    (person, now): (Option<PersonId>, DateTime<Utc>),
) -> Result<bool> {
    use topic_case::Column;
    let row = topic_case::ActiveModel {
        id: Set(uuid::Uuid::now_v7()),
        unit_id: Set(of.unit_id),
        topic_id: Set(of.id),
        complaint_id: Set(complaint),
        person_id: Set(person),
        created_at: Set(now),
    };
    let once = OnConflict::columns([Column::UnitId, Column::TopicId, Column::ComplaintId])
        .do_nothing()
        .to_owned();
    let written = topic_case::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(written > 0)
}

/// Takes it out; tells whether it was there.
pub async fn take_out(
    db: &impl ConnectionTrait,
    of: &topic::Model,
    complaint: ComplaintId,
) -> Result<bool> {
    let outcome = topic_case::Entity::delete_many()
        .filter(topic_case::Column::UnitId.eq(of.unit_id))
        .filter(topic_case::Column::TopicId.eq(of.id))
        .filter(topic_case::Column::ComplaintId.eq(complaint))
        .exec(db)
        .await?;
    Ok(outcome.rows_affected > 0)
}

fn inside(of: &topic::Model, scope: &Scope) -> Condition {
    let inside = topic_case::Entity::find()
        .select_only()
        .column(topic_case::Column::ComplaintId)
        .filter(topic_case::Column::UnitId.eq(of.unit_id))
        .filter(topic_case::Column::TopicId.eq(of.id));
    within(of.unit_id, scope).add(complaint::Column::Id.in_subquery(inside.into_query()))
}

/// The complaints of a topic that lie in a scope and that the reader may read, the newest first, so many of them.
pub async fn cases(
    db: &impl ConnectionTrait,
    of: &topic::Model,
    (scope, readable): (&Scope, &Readable),
    most: u64,
) -> Result<Vec<complaint::Model>> {
    Ok(complaint::Entity::find()
        .filter(inside(of, scope))
        .filter(readable_by(readable))
        .order_by_desc(complaint::Column::ReceivedAt)
        .order_by_desc(complaint::Column::Id)
        .limit(most)
        .all(db)
        .await?)
}

/// How many of them the reader may not read.
pub async fn hidden(
    db: &impl ConnectionTrait,
    of: &topic::Model,
    (scope, readable): (&Scope, &Readable),
) -> Result<u64> {
    if readable.covers(of.unit_id) {
        return Ok(0);
    }
    Ok(complaint::Entity::find()
        .filter(inside(of, scope))
        .filter(hidden_from(readable))
        .count(db)
        .await?)
}

/// The complaints of a topic that lie in a scope, by their ids: so many behind one of them.
pub async fn cases_after(
    db: &impl ConnectionTrait,
    of: &topic::Model,
    scope: &Scope,
    (after, most): (Option<ComplaintId>, u64),
) -> Result<Vec<complaint::Model>> {
    let mut wanted = inside(of, scope);
    if let Some(after) = after {
        wanted = wanted.add(complaint::Column::Id.gt(after));
    }
    Ok(complaint::Entity::find()
        .filter(wanted)
        .order_by_asc(complaint::Column::Id)
        .limit(most)
        .all(db)
        .await?)
}

/// The ids of all complaints of a topic, in their order.
pub async fn voices(db: &impl ConnectionTrait, id: TopicId) -> Result<Vec<ComplaintId>> {
    Ok(topic_case::Entity::find()
        .select_only()
        .column(topic_case::Column::ComplaintId)
        .filter(topic_case::Column::TopicId.eq(id))
        .order_by_asc(topic_case::Column::ComplaintId)
        .into_tuple()
        .all(db)
        .await?)
}

/// When each of them was received.
pub async fn received(
    db: &impl ConnectionTrait,
    of: &topic::Model,
    scope: &Scope,
) -> Result<Vec<DateTime<Utc>>> {
    Ok(complaint::Entity::find()
        .select_only()
        .column(complaint::Column::ReceivedAt)
        .filter(inside(of, scope))
        .into_tuple()
        .all(db)
        .await?)
}

/// The newest subjects of a topic that may be shown: nothing confidential, and no tombstone.
pub async fn subjects(
    db: &impl ConnectionTrait,
    of: &topic::Model,
    most: u64,
) -> Result<Vec<String>> {
    Ok(complaint::Entity::find()
        .select_only()
        .column(complaint::Column::Subject)
        .filter(inside(of, &Scope::everywhere()))
        .filter(complaint::Column::Confidential.eq(false))
        .filter(complaint::Column::Subject.ne(MARK))
        .order_by_desc(complaint::Column::ReceivedAt)
        .order_by_desc(complaint::Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}

fn to_complaint() -> RelationDef {
    topic_case::Entity::belongs_to(complaint::Entity)
        .from(topic_case::Column::ComplaintId)
        .to(complaint::Column::Id)
        .into()
}

async fn counted(db: &impl ConnectionTrait, wanted: Condition) -> Result<HashMap<TopicId, i64>> {
    let rows: Vec<(TopicId, i64)> = topic_case::Entity::find()
        .select_only()
        .column(topic_case::Column::TopicId)
        .column_as(topic_case::Column::Id.count(), "n")
        .join(JoinType::InnerJoin, to_complaint())
        .filter(wanted)
        .group_by(topic_case::Column::TopicId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// How many complaints of each topic were received between these moments.
pub async fn counts(
    db: &impl ConnectionTrait,
    (unit, scope): (UnitId, &Scope),
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<HashMap<TopicId, i64>> {
    let wanted = within(unit, scope)
        .add(complaint::Column::ReceivedAt.gte(from))
        .add(complaint::Column::ReceivedAt.lt(until));
    counted(db, wanted).await
}

/// How many altogether.
pub async fn totals(
    db: &impl ConnectionTrait,
    unit: UnitId,
    scope: &Scope,
) -> Result<HashMap<TopicId, i64>> {
    counted(db, within(unit, scope)).await
}

/// Subjects received since a moment that belong to no topic, the newest first; without what is confidential.
pub async fn loose(
    db: &impl ConnectionTrait,
    unit: UnitId,
    since: DateTime<Utc>,
    most: u64,
) -> Result<Vec<(ComplaintId, String, String)>> {
    let grouped = topic_case::Entity::find()
        .select_only()
        .column(topic_case::Column::ComplaintId)
        .filter(topic_case::Column::UnitId.eq(unit));
    Ok(complaint::Entity::find()
        .select_only()
        .columns([
            complaint::Column::Id,
            complaint::Column::Number,
            complaint::Column::Subject,
        ])
        .filter(complaint::Column::UnitId.eq(unit))
        .filter(complaint::Column::ReceivedAt.gte(since))
        .filter(complaint::Column::Confidential.eq(false))
        .filter(complaint::Column::Status.ne(Status::Withdrawn))
        .filter(complaint::Column::Id.not_in_subquery(grouped.into_query()))
        .order_by_desc(complaint::Column::ReceivedAt)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}
