//! Queries of news that people have to tell.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, RelationDef, sea_query::Expr,
};

use crate::{
    access::PersonId,
    complaints::entity::{
        ComplaintId,
        call::{ActiveModel, Column, Entity, Model, Way},
        complaint,
    },
    organisation::{DivisionId, UnitId},
    platform::error::Result,
};

pub async fn insert_call(db: &impl ConnectionTrait, row: ActiveModel) -> Result<()> {
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// What nobody told the citizen of a case yet, oldest first.
pub async fn waiting_calls(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(of.unit_id))
        .filter(Column::ComplaintId.eq(of.id))
        .filter(Column::DoneAt.is_null())
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// All of it was told; how many there were.
pub async fn calls_done(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    (at, by, way): (DateTime<Utc>, Option<PersonId>, Way),
) -> Result<u64> {
    let done = Entity::update_many()
        .col_expr(Column::DoneAt, Expr::value(at))
        .col_expr(Column::DoneBy, Expr::value(by))
        .col_expr(Column::Way, Expr::value(way))
        .filter(Column::UnitId.eq(of.unit_id))
        .filter(Column::ComplaintId.eq(of.id))
        .filter(Column::DoneAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Complaints of a unit whose citizens somebody has to tell something.
pub async fn not_told(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<complaint::Model>> {
    let waiting = Entity::find()
        .select_only()
        .column(Column::ComplaintId)
        .filter(Column::UnitId.eq(unit))
        .filter(Column::DoneAt.is_null());
    Ok(complaint::Entity::find()
        .filter(complaint::Column::UnitId.eq(unit))
        .filter(complaint::Column::Id.in_subquery(waiting.into_query()))
        .order_by_asc(complaint::Column::Queue)
        .order_by_asc(complaint::Column::Id)
        .all(db)
        .await?)
}

/// Complaints of a unit, or of a division of it, whose citizens somebody has to tell something, the oldest first.
pub async fn calling(
    db: &impl ConnectionTrait,
    unit: UnitId,
    division: Option<DivisionId>,
    most: u64,
) -> Result<Vec<ComplaintId>> {
    let case: RelationDef = Entity::belongs_to(complaint::Entity)
        .from(Column::ComplaintId)
        .to(complaint::Column::Id)
        .into();
    let mut asked = Entity::find()
        .select_only()
        .column(Column::ComplaintId)
        .join(JoinType::InnerJoin, case)
        .filter(Column::UnitId.eq(unit))
        .filter(Column::DoneAt.is_null());
    if let Some(division) = division {
        asked = asked.filter(complaint::Column::DivisionId.eq(division));
    }
    Ok(asked
        .group_by(Column::ComplaintId)
        .order_by(Column::At.min(), sea_orm::Order::Asc)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}
