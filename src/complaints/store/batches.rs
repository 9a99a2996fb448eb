//! Queries of what is done with many complaints at once.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, SelectStatement},
};

use crate::{
    complaints::entity::{
        ComplaintId,
        batch::{self, BatchId, Outcome},
        batch_item, call, complaint,
    },
    platform::error::{Error, Result},
};

pub async fn insert_batch(
    db: &impl ConnectionTrait,
    row: batch::ActiveModel,
    items: Vec<batch_item::ActiveModel>,
) -> Result<()> {
    batch::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    batch_item::Entity::insert_many(items)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn batch(db: &impl ConnectionTrait, id: BatchId) -> Result<batch::Model> {
    batch::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// What is kept of an order once it is done.
pub async fn blank_batch(
    db: &impl ConnectionTrait,
    of: &batch::Model,
    data: serde_json::Value,
) -> Result<()> {
    batch::Entity::update_many()
        .set(batch::ActiveModel {
            data: Set(data),
            ..Default::default()
        })
        .filter(batch::Column::Id.eq(of.id))
        .exec(db)
        .await?;
    Ok(())
}

/// In the order of the preview.
pub async fn items(db: &impl ConnectionTrait, of: &batch::Model) -> Result<Vec<batch_item::Model>> {
    Ok(batch_item::Entity::find()
        .filter(batch_item::Column::UnitId.eq(of.unit_id))
        .filter(batch_item::Column::BatchId.eq(of.id))
        .order_by_asc(batch_item::Column::Id)
        .all(db)
        .await?)
}

pub async fn waiting_items(
    db: &impl ConnectionTrait,
    of: &batch::Model,
) -> Result<Vec<batch_item::Model>> {
    let mut all = items(db, of).await?;
    all.retain(|item| item.outcome == Outcome::Waiting);
    Ok(all)
}

/// Writes down what became of one.
pub async fn finish_item(
    db: &impl ConnectionTrait,
    item: &batch_item::Model,
    outcome: Outcome,
    fault: Option<String>,
) -> Result<()> {
    batch_item::Entity::update_many()
        .col_expr(batch_item::Column::Outcome, Expr::value(outcome))
        .col_expr(batch_item::Column::Fault, Expr::value(fault))
        .filter(batch_item::Column::Id.eq(item.id))
        .exec(db)
        .await?;
    Ok(())
}

fn cases_of(of: &batch::Model) -> SelectStatement {
    batch_item::Entity::find()
        .select_only()
        .column(batch_item::Column::ComplaintId)
        .filter(batch_item::Column::UnitId.eq(of.unit_id))
        .filter(batch_item::Column::BatchId.eq(of.id))
        .into_query()
}

/// The numbers of its complaints.
pub async fn numbers_of_batch(
    db: &impl ConnectionTrait,
    of: &batch::Model,
) -> Result<HashMap<ComplaintId, String>> {
    let rows: Vec<(ComplaintId, String)> = complaint::Entity::find()
        .select_only()
        .column(complaint::Column::Id)
        .column(complaint::Column::Number)
        .filter(complaint::Column::UnitId.eq(of.unit_id))
        .filter(complaint::Column::Id.in_subquery(cases_of(of)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Those of them whose citizens wait for a person to tell them.
pub async fn untold_of_batch(
    db: &impl ConnectionTrait,
    of: &batch::Model,
) -> Result<HashSet<ComplaintId>> {
    let rows: Vec<ComplaintId> = call::Entity::find()
        .select_only()
        .column(call::Column::ComplaintId)
        .filter(call::Column::UnitId.eq(of.unit_id))
        .filter(call::Column::DoneAt.is_null())
        .filter(call::Column::ComplaintId.in_subquery(cases_of(of)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}
