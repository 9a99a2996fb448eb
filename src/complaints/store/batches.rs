//! Queries of what is done with many complaints at once.

use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, sea_query::Expr,
};

use crate::{
    complaints::entity::{
        batch::{self, BatchId, Outcome},
        batch_item,
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
    fault: Option<String>,
) -> Result<()> {
    let outcome = match fault {
        None => Outcome::Done,
        Some(_) => Outcome::Refused,
    };
    batch_item::Entity::update_many()
        .col_expr(batch_item::Column::Outcome, Expr::value(outcome))
        .col_expr(batch_item::Column::Fault, Expr::value(fault))
        .filter(batch_item::Column::Id.eq(item.id))
        .exec(db)
        .await?;
    Ok(())
}
