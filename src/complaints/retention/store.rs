//! Queries of retention, and those that take the words out of every table of complaints.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, Query},
};
use serde_json::Value;
use uuid::Uuid;

use super::entity::{
    erasure, hold, policy,
    run::{self, RunId},
};
use crate::{
    complaints::{
        entity::{
            ComplaintId, addition, call, complaint, draft, event, file, idempotency_key, message,
            presence,
        },
        rules::{Kind, OPEN_ENDS, Status},
    },
    documents::FileId,
    organisation::UnitId,
    platform::error::Result,
};

/// What was chosen, the last word first: whoever corrects a slip need not know for when it was meant.
pub async fn policies(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<policy::Model>> {
    Ok(policy::Entity::find()
        .filter(policy::Column::UnitId.eq(unit))
        .order_by_desc(policy::Column::CreatedAt)
        .order_by_desc(policy::Column::Id)
        .all(db)
        .await?)
}

pub async fn insert_policy(db: &impl ConnectionTrait, row: policy::Model) -> Result<()> {
    policy::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn delete_policy(db: &impl ConnectionTrait, unit: UnitId, id: Uuid) -> Result<()> {
    policy::Entity::delete_many()
        .filter(policy::Column::UnitId.eq(unit))
        .filter(policy::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// A case that may be over, without its words: there are many of them.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    pub id: ComplaintId,
    pub version: i32,
    pub status: Status,
    pub merged_into: Option<ComplaintId>,
    pub received_at: DateTime<Utc>,
}

/// Ended cases of a kind that came in before this moment and are no tombstones yet, after this id.
pub async fn candidates(
    db: &impl ConnectionTrait,
    (unit, kind): (UnitId, Kind),
    before: DateTime<Utc>,
    after: Option<ComplaintId>,
    limit: u64,
) -> Result<Vec<Candidate>> {
    use complaint::Column;
    let erased = Query::select()
        .column(erasure::Column::ComplaintId)
        .from(erasure::Entity)
        .and_where(erasure::Column::UnitId.eq(unit))
        .to_owned();
    let mut found = complaint::Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Kind.eq(kind))
        .filter(Column::ReceivedAt.lt(before))
        .filter(Column::Queue.gte(OPEN_ENDS))
        .filter(Expr::col((complaint::Entity, Column::Id)).not_in_subquery(erased));
    if let Some(after) = after {
        found = found.filter(Column::Id.gt(after));
    }
    type Row = (ComplaintId, i32, Status, Option<ComplaintId>, DateTime<Utc>);
    let rows: Vec<Row> = found
        .select_only()
        .columns([
            Column::Id,
            Column::Version,
            Column::Status,
            Column::MergedInto,
            Column::ReceivedAt,
        ])
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    let light = |(id, version, status, merged_into, received_at)| Candidate {
        id,
        version,
        status,
        merged_into,
        received_at,
    };
    Ok(rows.into_iter().map(light).collect())
}

/// Which of these are not ended.
pub async fn open_among(
    db: &impl ConnectionTrait,
    unit: UnitId,
    ids: Vec<ComplaintId>,
) -> Result<HashSet<ComplaintId>> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let found: Vec<ComplaintId> = complaint::Entity::find()
        .select_only()
        .column(complaint::Column::Id)
        .filter(complaint::Column::UnitId.eq(unit))
        .filter(complaint::Column::Id.is_in(ids))
        .filter(complaint::Column::Queue.lt(OPEN_ENDS))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// When each of these reached its last state.
pub async fn ended_at(
    db: &impl ConnectionTrait,
    unit: UnitId,
    ids: &[ComplaintId],
) -> Result<HashMap<ComplaintId, DateTime<Utc>>> {
    let rows: Vec<(ComplaintId, DateTime<Utc>)> = event::Entity::find()
        .select_only()
        .column(event::Column::ComplaintId)
        .column_as(event::Column::At.max(), "last")
        .filter(event::Column::UnitId.eq(unit))
        .filter(event::Column::ComplaintId.is_in(ids.iter().copied()))
        .group_by(event::Column::ComplaintId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The holds of a unit that stand, the newest first.
pub async fn standing_holds(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<hold::Model>> {
    Ok(hold::Entity::find()
        .filter(hold::Column::UnitId.eq(unit))
        .filter(hold::Column::ReleasedAt.is_null())
        .order_by_desc(hold::Column::PlacedAt)
        .all(db)
        .await?)
}

/// All holds of a case, the newest first.
pub async fn holds(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Vec<hold::Model>> {
    Ok(hold::Entity::find()
        .filter(hold::Column::UnitId.eq(of.unit_id))
        .filter(hold::Column::ComplaintId.eq(of.id))
        .order_by_desc(hold::Column::PlacedAt)
        .all(db)
        .await?)
}

pub async fn insert_hold(db: &impl ConnectionTrait, row: hold::Model) -> Result<()> {
    hold::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn save_hold(db: &impl ConnectionTrait, row: hold::Model) -> Result<()> {
    let id = row.id;
    hold::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(hold::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn erasure(db: &impl ConnectionTrait, id: ComplaintId) -> Result<Option<erasure::Model>> {
    Ok(erasure::Entity::find_by_id(id).one(db).await?)
}

pub async fn insert_erasure(db: &impl ConnectionTrait, row: erasure::Model) -> Result<()> {
    erasure::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// How many of each kind a run made tombstones.
pub async fn done_by(
    db: &impl ConnectionTrait,
    unit: UnitId,
    run: RunId,
) -> Result<HashMap<Kind, u64>> {
    let made = Query::select()
        .column(erasure::Column::ComplaintId)
        .from(erasure::Entity)
        .and_where(erasure::Column::UnitId.eq(unit))
        .and_where(erasure::Column::RunId.eq(run))
        .to_owned();
    let rows: Vec<(Kind, i64)> = complaint::Entity::find()
        .select_only()
        .column(complaint::Column::Kind)
        .column_as(complaint::Column::Id.count(), "n")
        .filter(complaint::Column::UnitId.eq(unit))
        .filter(Expr::col((complaint::Entity, complaint::Column::Id)).in_subquery(made))
        .group_by(complaint::Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(kind, n)| (kind, u64::try_from(n).unwrap_or_default()))
        .collect())
}

/// The last runs of a unit, the newest first.
pub async fn runs(db: &impl ConnectionTrait, unit: UnitId, limit: u64) -> Result<Vec<run::Model>> {
    Ok(run::Entity::find()
        .filter(run::Column::UnitId.eq(unit))
        .order_by_desc(run::Column::StartedAt)
        .limit(limit)
        .all(db)
        .await?)
}

pub async fn insert_run(db: &impl ConnectionTrait, row: run::Model) -> Result<()> {
    run::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn finish_run(
    db: &impl ConnectionTrait,
    id: RunId,
    counts: Value,
    at: DateTime<Utc>,
) -> Result<()> {
    let row = run::ActiveModel {
        finished_at: Set(Some(at)),
        counts: Set(counts),
        ..Default::default()
    };
    run::Entity::update_many()
        .set(row)
        .filter(run::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Drafts, who has it open, and remembered keys.
pub async fn delete_beside(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<()> {
    draft::Entity::delete_many()
        .filter(draft::Column::UnitId.eq(of.unit_id))
        .filter(draft::Column::ComplaintId.eq(of.id))
        .exec(db)
        .await?;
    presence::Entity::delete_many()
        .filter(presence::Column::UnitId.eq(of.unit_id))
        .filter(presence::Column::ComplaintId.eq(of.id))
        .exec(db)
        .await?;
    call::Entity::delete_many()
        .filter(call::Column::UnitId.eq(of.unit_id))
        .filter(call::Column::ComplaintId.eq(of.id))
        .exec(db)
        .await?;
    addition::Entity::delete_many()
        .filter(addition::Column::UnitId.eq(of.unit_id))
        .filter(addition::Column::ComplaintId.eq(of.id))
        .exec(db)
        .await?;
    idempotency_key::Entity::delete_many()
        .filter(idempotency_key::Column::ComplaintId.eq(of.id))
        .exec(db)
        .await?;
    Ok(())
}

/// The words of every message; that there was one stays.
pub async fn blank_messages(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    mark: &str,
) -> Result<()> {
    message::Entity::update_many()
        .col_expr(message::Column::Text, Expr::value(mark))
        .col_expr(message::Column::ExternalId, Expr::value(None::<String>))
        .filter(message::Column::UnitId.eq(of.unit_id))
        .filter(message::Column::ComplaintId.eq(of.id))
        .exec(db)
        .await?;
    Ok(())
}

/// The reason and details of a state that was passed; the state, its moment and who moved it stay.
pub async fn blank_event(
    db: &impl ConnectionTrait,
    id: uuid::Uuid,
    reason: Option<String>,
    data: Value,
) -> Result<()> {
    let row = event::ActiveModel {
        reason: Set(reason),
        data: Set(data),
        ..Default::default()
    };
    event::Entity::update_many()
        .set(row)
        .filter(event::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Takes the files off the case; returns which they were.
pub async fn take_files(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Vec<FileId>> {
    let rows = file::Entity::find()
        .filter(file::Column::UnitId.eq(of.unit_id))
        .filter(file::Column::ComplaintId.eq(of.id))
        .all(db)
        .await?;
    file::Entity::delete_many()
        .filter(file::Column::UnitId.eq(of.unit_id))
        .filter(file::Column::ComplaintId.eq(of.id))
        .exec(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.file_id).collect())
}
