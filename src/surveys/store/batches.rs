//! Queries of batches: sheets typed or imported together.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::LockType,
};

use crate::{
    platform::{
        db::Tx,
        error::{Error, Result},
    },
    standards::StandardId,
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

/// What a batch holds: so many sheets about a service, from a first to a last day.
pub type Held = (SurveyBatchId, StandardId, i64, NaiveDate, NaiveDate);

/// What the batches of a period hold, service by service.
pub async fn held(db: &impl ConnectionTrait, period: &period::Model) -> Result<Vec<Held>> {
    use response::Column;
    Ok(response::Entity::find()
        .select_only()
        .column(Column::BatchId)
        .column(Column::ServiceId)
        .column_as(Column::Id.count(), "sheets")
        .column_as(Column::AnsweredOn.min(), "first")
        .column_as(Column::AnsweredOn.max(), "last")
        .filter(Column::UnitId.eq(period.unit_id))
        .filter(Column::PeriodId.eq(period.id))
        .filter(Column::BatchId.is_not_null())
        .group_by(Column::BatchId)
        .group_by(Column::ServiceId)
        .into_tuple()
        .all(db)
        .await?)
}

/// How often each batch of a period changed, in the order of their ids.
pub async fn versions(
    db: &impl ConnectionTrait,
    period: &period::Model,
) -> Result<Vec<(SurveyBatchId, i32)>> {
    Ok(batch::Entity::find()
        .select_only()
        .columns([batch::Column::Id, batch::Column::Version])
        .filter(batch::Column::UnitId.eq(period.unit_id))
        .filter(batch::Column::PeriodId.eq(period.id))
        .order_by_asc(batch::Column::Id)
        .into_tuple()
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
