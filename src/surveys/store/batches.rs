//! Queries of batches: sheets typed or imported together.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::LockType,
};

use crate::{
    platform::{
        db::Tx,
        error::{Error, Result},
    },
    surveys::entity::{
        answers::{SurveyBatchId, batch, response},
        setup::period,
    },
};

/// The batches of a period, the latest first.
pub async fn of_period(
    db: &impl ConnectionTrait,
    period: &period::Model,
) -> Result<Vec<batch::Model>> {
    Ok(batch::Entity::find()
        .filter(batch::Column::UnitId.eq(period.unit_id))
        .filter(batch::Column::PeriodId.eq(period.id))
        .order_by_desc(batch::Column::BegunAt)
        .order_by_desc(batch::Column::Id)
        .all(db)
        .await?)
}

pub async fn one(
    db: &impl ConnectionTrait,
    period: &period::Model,
    id: SurveyBatchId,
) -> Result<batch::Model> {
    batch::Entity::find_by_id(id)
        .filter(batch::Column::PeriodId.eq(period.id))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn hold(tx: &Tx, period: &period::Model, id: SurveyBatchId) -> Result<batch::Model> {
    batch::Entity::find_by_id(id)
        .filter(batch::Column::PeriodId.eq(period.id))
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn insert(db: &impl ConnectionTrait, row: batch::Model) -> Result<()> {
    batch::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn set_sheets(db: &impl ConnectionTrait, row: &batch::Model, sheets: i32) -> Result<()> {
    let columns = batch::ActiveModel {
        sheets: Set(sheets),
        version: Set(row.version + 1),
        ..Default::default()
    };
    batch::Entity::update_many()
        .set(columns)
        .filter(batch::Column::Id.eq(row.id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn delete(db: &impl ConnectionTrait, id: SurveyBatchId) -> Result<()> {
    batch::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// The last sheets of a batch, the latest first.
pub async fn last_sheets(
    db: &impl ConnectionTrait,
    id: SurveyBatchId,
    most: u64,
) -> Result<Vec<response::Model>> {
    Ok(response::Entity::find()
        .filter(response::Column::BatchId.eq(id))
        .order_by_desc(response::Column::Sheet)
        .limit(most)
        .all(db)
        .await?)
}
