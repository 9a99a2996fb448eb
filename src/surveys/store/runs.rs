//! Queries of runs of answers, and of what was set aside.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    Select,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use crate::{
    platform::{db::AT_ONCE, error::Result},
    standards::StandardId,
    surveys::entity::{
        answers::{AnswerWay, SurveyResponseId, aside, response, run},
        setup::{SurveyPeriodId, period},
    },
};

/// The last run of a network in a period.
pub async fn of_network(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
    network: &str,
) -> Result<Option<run::Model>> {
    Ok(run::Entity::find()
        .filter(run::Column::PeriodId.eq(period))
        .filter(run::Column::Network.eq(network))
        .order_by_desc(run::Column::LastAt)
        .one(db)
        .await?)
}

pub async fn insert(db: &impl ConnectionTrait, row: run::Model) -> Result<()> {
    run::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// One answer more, now.
pub async fn add_one(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    run::Entity::update_many()
        .col_expr(run::Column::Answers, Expr::col(run::Column::Answers).add(1))
        .col_expr(run::Column::LastAt, Expr::value(now))
        .filter(run::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The runs of a period that have at least so many answers, the first day first.
pub async fn long(
    db: &impl ConnectionTrait,
    period: &period::Model,
    least: i32,
) -> Result<Vec<run::Model>> {
    Ok(run::Entity::find()
        .filter(run::Column::PeriodId.eq(period.id))
        .filter(run::Column::Answers.gte(least))
        .order_by_asc(run::Column::CameOn)
        .order_by_asc(run::Column::Id)
        .all(db)
        .await?)
}

/// What is over loses its network and its moment; what stayed short is forgotten, also by its answers.
pub async fn forget(db: &impl ConnectionTrait, before: DateTime<Utc>, least: i32) -> Result<()> {
    let short = run::Entity::find()
        .select_only()
        .column(run::Column::Id)
        .filter(run::Column::LastAt.lt(before))
        .filter(run::Column::Answers.lt(least))
        .into_query();
    response::Entity::update_many()
        .col_expr(response::Column::RunId, Expr::value(Option::<Uuid>::None))
        .filter(response::Column::RunId.in_subquery(short))
        .exec(db)
        .await?;
    run::Entity::delete_many()
        .filter(run::Column::LastAt.lt(before))
        .filter(run::Column::Answers.lt(least))
        .exec(db)
        .await?;
    run::Entity::update_many()
        .col_expr(run::Column::Network, Expr::value(Option::<String>::None))
        .col_expr(
            run::Column::LastAt,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .filter(run::Column::LastAt.lt(before))
        .exec(db)
        .await?;
    Ok(())
}

/// An answer that came in a run or was sent too soon: what is looked at when somebody decides about it, and neither its
/// words nor who it is of.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Marked {
    pub id: SurveyResponseId,
    pub service_id: StandardId,
    pub way: AnswerWay,
    pub scores: String,
    pub run_id: Option<Uuid>,
    pub swift: bool,
    pub set_aside: bool,
}

fn marked_of(period: &period::Model) -> Select<response::Entity> {
    use response::Column;
    response::Entity::find()
        .select_only()
        .filter(Column::UnitId.eq(period.unit_id))
        .filter(Column::PeriodId.eq(period.id))
        .filter(Column::RunId.is_not_null().or(Column::Swift.eq(true)))
}

/// The answers of a period that came in a run or were sent too soon.
pub async fn marked(db: &impl ConnectionTrait, period: &period::Model) -> Result<Vec<Marked>> {
    use response::Column;
    Ok(marked_of(period)
        .columns([
            Column::Id,
            Column::ServiceId,
            Column::Way,
            Column::Scores,
            Column::RunId,
            Column::Swift,
            Column::SetAside,
        ])
        .order_by_asc(Column::Id)
        .into_model()
        .all(db)
        .await?)
}

/// So many marked answers of a run, or of none: whether they were sent too soon, whether they are set aside.
pub type MarkedSum = (Option<Uuid>, bool, bool, i64);

/// How many there are.
pub async fn marked_sums(
    db: &impl ConnectionTrait,
    period: &period::Model,
) -> Result<Vec<MarkedSum>> {
    use response::Column;
    Ok(marked_of(period)
        .columns([Column::RunId, Column::Swift, Column::SetAside])
        .column_as(Column::Id.count(), "answers")
        .group_by(Column::RunId)
        .group_by(Column::Swift)
        .group_by(Column::SetAside)
        .into_tuple()
        .all(db)
        .await?)
}

/// Lets answers count or not.
pub async fn set_aside(
    db: &impl ConnectionTrait,
    period: &period::Model,
    answers: &[Marked],
    aside: bool,
) -> Result<()> {
    for some in answers.chunks(AT_ONCE) {
        response::Entity::update_many()
            .col_expr(response::Column::SetAside, Expr::value(aside))
            .filter(response::Column::PeriodId.eq(period.id))
            .filter(response::Column::Id.is_in(some.iter().map(|one| one.id)))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// What of a period was set aside, the first first.
pub async fn asides(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
) -> Result<Vec<aside::Model>> {
    Ok(aside::Entity::find()
        .filter(aside::Column::PeriodId.eq(period))
        .order_by_asc(aside::Column::MadeAt)
        .order_by_asc(aside::Column::Part)
        .all(db)
        .await?)
}

pub async fn insert_aside(db: &impl ConnectionTrait, row: aside::Model) -> Result<()> {
    aside::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn delete_aside(db: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    aside::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}
