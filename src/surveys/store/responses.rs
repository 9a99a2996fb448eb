//! Queries of answers and of their comments. Lists are in the order of the random ids: no order of coming leaves here.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::{
    organisation::UnitId,
    platform::error::{Error, Result},
    standards::StandardId,
    surveys::entity::{
        answers::{SurveyResponseId, comment_use, response},
        setup::{SurveyPeriodId, period},
    },
};

/// So many rows go into one statement: SQLite takes a limited number of values.
const ROWS_A_STATEMENT: usize = 500;

pub async fn insert(db: &impl ConnectionTrait, rows: Vec<response::Model>) -> Result<()> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = rows.by_ref().take(ROWS_A_STATEMENT);
        let some = some.map(|row| row.into_active_model().reset_all());
        response::Entity::insert_many(some)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Every answer of a period, by their random ids.
pub async fn of_period(
    db: &impl ConnectionTrait,
    period: &period::Model,
) -> Result<Vec<response::Model>> {
    Ok(response::Entity::find()
        .filter(response::Column::UnitId.eq(period.unit_id))
        .filter(response::Column::PeriodId.eq(period.id))
        .order_by_asc(response::Column::Id)
        .all(db)
        .await?)
}

/// The answer that this mark of its sender stands for, if it came before.
pub async fn by_client(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
    client: &str,
) -> Result<Option<response::Model>> {
    Ok(response::Entity::find()
        .filter(response::Column::PeriodId.eq(period))
        .filter(response::Column::ClientId.eq(client))
        .one(db)
        .await?)
}

/// How many answers a period has of each service.
pub async fn counts(
    db: &impl ConnectionTrait,
    unit: UnitId,
    period: SurveyPeriodId,
) -> Result<Vec<(StandardId, i64)>> {
    Ok(response::Entity::find()
        .select_only()
        .column(response::Column::ServiceId)
        .column_as(response::Column::Id.count(), "answers")
        .filter(response::Column::UnitId.eq(unit))
        .filter(response::Column::PeriodId.eq(period))
        .group_by(response::Column::ServiceId)
        .into_tuple()
        .all(db)
        .await?)
}

/// How many answers several periods have.
pub async fn totals(
    db: &impl ConnectionTrait,
    periods: &[SurveyPeriodId],
) -> Result<Vec<(SurveyPeriodId, i64)>> {
    Ok(response::Entity::find()
        .select_only()
        .column(response::Column::PeriodId)
        .column_as(response::Column::Id.count(), "answers")
        .filter(response::Column::PeriodId.is_in(periods.iter().copied()))
        .group_by(response::Column::PeriodId)
        .into_tuple()
        .all(db)
        .await?)
}

/// A page of the comments of a period, and how many there are.
pub async fn comments(
    db: &impl ConnectionTrait,
    period: &period::Model,
    (page, size): (u64, u64),
) -> Result<(Vec<response::Model>, u64)> {
    let found = response::Entity::find()
        .filter(response::Column::UnitId.eq(period.unit_id))
        .filter(response::Column::PeriodId.eq(period.id))
        .filter(response::Column::Comment.is_not_null());
    let total = found.clone().count(db).await?;
    let rows = found
        .order_by_desc(response::Column::AnsweredOn)
        .order_by_asc(response::Column::Id)
        .offset(page * size)
        .limit(size)
        .all(db)
        .await?;
    Ok((rows, total))
}

pub async fn one(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
    id: SurveyResponseId,
) -> Result<response::Model> {
    response::Entity::find_by_id(id)
        .filter(response::Column::PeriodId.eq(period))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// What became of the comments of a period.
pub async fn comment_uses(
    db: &impl ConnectionTrait,
    period: &period::Model,
) -> Result<Vec<comment_use::Model>> {
    Ok(comment_use::Entity::find()
        .filter(comment_use::Column::UnitId.eq(period.unit_id))
        .filter(comment_use::Column::PeriodId.eq(period.id))
        .order_by_asc(comment_use::Column::MadeAt)
        .all(db)
        .await?)
}

pub async fn insert_comment_use(db: &impl ConnectionTrait, row: comment_use::Model) -> Result<()> {
    comment_use::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Takes the last sheet of a batch away.
pub async fn delete(db: &impl ConnectionTrait, id: SurveyResponseId) -> Result<()> {
    response::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}
