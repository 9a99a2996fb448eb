//! Queries of answers and of their comments. Lists are in the order of the random ids: no order of coming leaves here.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, OnConflict},
};

use crate::{
    organisation::UnitId,
    platform::{
        db::AT_ONCE,
        error::{Error, Result},
    },
    standards::StandardId,
    surveys::{
        entity::{
            answers::{CommentUse, SurveyBatchId, SurveyResponseId, comment_use, response},
            setup::{SurveyPeriodId, period},
        },
        interim::Extent,
    },
};

pub async fn insert(db: &impl ConnectionTrait, rows: Vec<response::Model>) -> Result<()> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = rows.by_ref().take(AT_ONCE);
        let some = some.map(|row| row.into_active_model().reset_all());
        response::Entity::insert_many(some)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// How many answers that count each day has, the first day first.
pub async fn days(
    db: &impl ConnectionTrait,
    period: &period::Model,
) -> Result<Vec<(NaiveDate, u64)>> {
    let days: Vec<(NaiveDate, i64)> = response::Entity::find()
        .select_only()
        .column(response::Column::AnsweredOn)
        .column_as(response::Column::Id.count(), "answers")
        .filter(response::Column::UnitId.eq(period.unit_id))
        .filter(response::Column::PeriodId.eq(period.id))
        .filter(response::Column::SetAside.eq(false))
        .group_by(response::Column::AnsweredOn)
        .order_by_asc(response::Column::AnsweredOn)
        .into_tuple()
        .all(db)
        .await?;
    let days = days.into_iter();
    Ok(days
        .map(|(day, answers)| (day, u64::try_from(answers).unwrap_or_default()))
        .collect())
}

/// The answers of a period, by their random ids.
pub async fn of_period(
    db: &impl ConnectionTrait,
    period: &period::Model,
    extent: Extent,
) -> Result<Vec<response::Model>> {
    let found = match extent {
        Extent::All => response::Entity::find(),
        Extent::Until(day) => {
            response::Entity::find().filter(response::Column::AnsweredOn.lte(day))
        }
        Extent::Nothing => return Ok(Vec::new()),
    };
    Ok(found
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

/// How many answers that count a period has of each service.
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
        .filter(response::Column::SetAside.eq(false))
        .group_by(response::Column::ServiceId)
        .into_tuple()
        .all(db)
        .await?)
}

/// How many answers a period has, those that were set aside included.
pub async fn total(db: &impl ConnectionTrait, period: &period::Model) -> Result<u64> {
    Ok(response::Entity::find()
        .filter(response::Column::UnitId.eq(period.unit_id))
        .filter(response::Column::PeriodId.eq(period.id))
        .count(db)
        .await?)
}

/// How many answers that count several periods have.
pub async fn totals(
    db: &impl ConnectionTrait,
    periods: &[SurveyPeriodId],
) -> Result<Vec<(SurveyPeriodId, i64)>> {
    Ok(response::Entity::find()
        .select_only()
        .column(response::Column::PeriodId)
        .column_as(response::Column::Id.count(), "answers")
        .filter(response::Column::PeriodId.is_in(periods.iter().copied()))
        .filter(response::Column::SetAside.eq(false))
        .group_by(response::Column::PeriodId)
        .into_tuple()
        .all(db)
        .await?)
}

/// A page of the comments of a period from before a day, and how many there are. In the order of their random ids, so
/// that the place of one tells nothing.
pub async fn comments(
    db: &impl ConnectionTrait,
    (period, before): (&period::Model, NaiveDate),
    (page, size): (u64, u64),
) -> Result<(Vec<response::Model>, u64)> {
    let found = response::Entity::find()
        .filter(response::Column::UnitId.eq(period.unit_id))
        .filter(response::Column::PeriodId.eq(period.id))
        .filter(response::Column::AnsweredOn.lt(before))
        .filter(response::Column::Comment.is_not_null());
    let total = found.clone().count(db).await?;
    let rows = found
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

/// Of a comment each thing is made once: pressed twice at the same moment, the first stays.
pub async fn insert_comment_use(db: &impl ConnectionTrait, row: comment_use::Model) -> Result<()> {
    let once = OnConflict::columns([comment_use::Column::ResponseId, comment_use::Column::Kind])
        .do_nothing()
        .to_owned();
    comment_use::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .try_insert()
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Takes the last sheet of a batch away.
pub async fn delete(db: &impl ConnectionTrait, id: SurveyResponseId) -> Result<()> {
    response::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Takes every answer of a batch away, with what is known of their comments.
pub async fn delete_batch(db: &impl ConnectionTrait, batch: SurveyBatchId) -> Result<()> {
    let of_batch = response::Entity::find()
        .select_only()
        .column(response::Column::Id)
        .filter(response::Column::BatchId.eq(batch))
        .into_query();
    comment_use::Entity::delete_many()
        .filter(comment_use::Column::ResponseId.in_subquery(of_batch))
        .exec(db)
        .await?;
    response::Entity::delete_many()
        .filter(response::Column::BatchId.eq(batch))
        .exec(db)
        .await?;
    Ok(())
}

/// The scores of every answer of a period that counts.
pub async fn scores(db: &impl ConnectionTrait, period: &period::Model) -> Result<Vec<String>> {
    Ok(response::Entity::find()
        .select_only()
        .column(response::Column::Scores)
        .filter(response::Column::UnitId.eq(period.unit_id))
        .filter(response::Column::PeriodId.eq(period.id))
        .filter(response::Column::SetAside.eq(false))
        .into_tuple()
        .all(db)
        .await?)
}

/// Takes the answers to the element at this place, counted from 0, out of every sheet.
pub async fn cut_score(
    db: &impl ConnectionTrait,
    period: &period::Model,
    place: usize,
) -> Result<()> {
    let (before, after) = (place, place + 2);
    let others = format!("SUBSTR(scores, 1, {before}) || SUBSTR(scores, {after})");
    response::Entity::update_many()
        .col_expr(response::Column::Scores, Expr::cust(others))
        .filter(response::Column::UnitId.eq(period.unit_id))
        .filter(response::Column::PeriodId.eq(period.id))
        .exec(db)
        .await?;
    Ok(())
}

/// Takes the words of a sheet away; its scores stay.
pub async fn blank_comment(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
    id: SurveyResponseId,
) -> Result<bool> {
    let columns = response::ActiveModel {
        comment: Set(None),
        ..Default::default()
    };
    let written = response::Entity::update_many()
        .set(columns)
        .filter(response::Column::Id.eq(id))
        .filter(response::Column::PeriodId.eq(period))
        .filter(response::Column::Comment.is_not_null())
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}

/// The comments that became what an address leads to.
pub async fn used_for(
    db: &impl ConnectionTrait,
    kind: CommentUse,
    target: &str,
) -> Result<Vec<comment_use::Model>> {
    Ok(comment_use::Entity::find()
        .filter(comment_use::Column::Kind.eq(kind))
        .filter(comment_use::Column::Target.eq(target))
        .all(db)
        .await?)
}
