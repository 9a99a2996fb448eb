//! Queries of periods with their elements, services and questions.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::LockType,
};

use crate::{
    access::Scope,
    organisation::UnitId,
    platform::{
        db::Tx,
        error::{Error, Result},
        web::paging::Slice,
    },
    surveys::entity::setup::{SurveyPeriodId, SurveyState, element, period, question, service},
};

/// The periods of the units somebody may see, the latest first.
pub async fn visible_to(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<period::Model>> {
    let mut found = period::Entity::find();
    if !scope.everywhere {
        found = found.filter(period::Column::UnitId.is_in(scope.units.iter().copied()));
    }
    Ok(found
        .order_by_desc(period::Column::OpensOn)
        .order_by_desc(period::Column::Id)
        .all(db)
        .await?)
}

/// Sort key of pages: the latest first day stands first.
pub type PeriodKey = (NaiveDate, SurveyPeriodId);

/// A page of them.
pub async fn page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    slice: &Slice<PeriodKey>,
) -> Result<Vec<period::Model>> {
    let mut found = period::Entity::find();
    if !scope.everywhere {
        found = found.filter(period::Column::UnitId.is_in(scope.units.iter().copied()));
    }
    if let Some((day, id)) = slice.after {
        let same_day = Condition::all()
            .add(period::Column::OpensOn.eq(day))
            .add(period::Column::Id.lt(id));
        found = found.filter(
            Condition::any()
                .add(period::Column::OpensOn.lt(day))
                .add(same_day),
        );
    }
    Ok(found
        .order_by_desc(period::Column::OpensOn)
        .order_by_desc(period::Column::Id)
        .limit(slice.limit + 1)
        .all(db)
        .await?)
}

/// All periods of a unit, the latest first.
pub async fn of_unit(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<period::Model>> {
    Ok(period::Entity::find()
        .filter(period::Column::UnitId.eq(unit))
        .order_by_desc(period::Column::OpensOn)
        .order_by_desc(period::Column::Id)
        .all(db)
        .await?)
}

pub async fn period(
    db: &impl ConnectionTrait,
    id: SurveyPeriodId,
) -> Result<Option<period::Model>> {
    Ok(period::Entity::find_by_id(id).one(db).await?)
}

/// The period, held until the transaction ends: nobody closes or freezes it while answers are kept.
pub async fn hold(tx: &Tx, id: SurveyPeriodId) -> Result<period::Model> {
    period::Entity::find_by_id(id)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The same for one that only adds an answer: many do at once, and none waits for another.
pub async fn share(tx: &Tx, id: SurveyPeriodId) -> Result<period::Model> {
    period::Entity::find_by_id(id)
        .lock(LockType::Share)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// Holds the unit's periods against each other: two that ask about one service are not opened at once.
pub async fn hold_all(tx: &Tx, unit: UnitId) -> Result<Vec<period::Model>> {
    Ok(period::Entity::find()
        .filter(period::Column::UnitId.eq(unit))
        .order_by_asc(period::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?)
}

/// Those of a unit that take answers on this day.
pub async fn open_on(
    db: &impl ConnectionTrait,
    unit: UnitId,
    today: NaiveDate,
) -> Result<Vec<period::Model>> {
    Ok(period::Entity::find()
        .filter(period::Column::UnitId.eq(unit))
        .filter(period::Column::State.eq(SurveyState::Open))
        .filter(period::Column::OpensOn.lte(today))
        .filter(period::Column::ClosesOn.gte(today))
        .order_by_asc(period::Column::OpensOn)
        .order_by_asc(period::Column::Id)
        .all(db)
        .await?)
}

pub async fn insert(db: &impl ConnectionTrait, row: period::Model) -> Result<()> {
    period::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes a changed period over the version that was read.
pub async fn write(db: &impl ConnectionTrait, row: period::Model, read: i32) -> Result<()> {
    let id = row.id;
    let mut columns = row.into_active_model().reset_all();
    columns.id = sea_orm::ActiveValue::NotSet;
    let written = period::Entity::update_many()
        .set(columns)
        .filter(period::Column::Id.eq(id))
        .filter(period::Column::Version.eq(read))
        .exec(db)
        .await?;
    match written.rows_affected {
        0 => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
        _ => Ok(()),
    }
}

/// Removes a period with what it would have asked; nothing was ever answered to it.
pub async fn delete(db: &impl ConnectionTrait, id: SurveyPeriodId) -> Result<()> {
    question::Entity::delete_many()
        .filter(question::Column::PeriodId.eq(id))
        .exec(db)
        .await?;
    element::Entity::delete_many()
        .filter(element::Column::PeriodId.eq(id))
        .exec(db)
        .await?;
    service::Entity::delete_many()
        .filter(service::Column::PeriodId.eq(id))
        .exec(db)
        .await?;
    period::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// The elements of a period in its order.
pub async fn elements(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
) -> Result<Vec<element::Model>> {
    Ok(element::Entity::find()
        .filter(element::Column::PeriodId.eq(period))
        .order_by_asc(element::Column::Position)
        .all(db)
        .await?)
}

/// The services of a period in its order.
pub async fn services(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
) -> Result<Vec<service::Model>> {
    Ok(service::Entity::find()
        .filter(service::Column::PeriodId.eq(period))
        .order_by_asc(service::Column::Position)
        .all(db)
        .await?)
}

/// All wordings of a period: those of all services and those of single ones.
pub async fn questions(
    db: &impl ConnectionTrait,
    period: &period::Model,
) -> Result<Vec<question::Model>> {
    Ok(question::Entity::find()
        .filter(question::Column::UnitId.eq(period.unit_id))
        .filter(question::Column::PeriodId.eq(period.id))
        .all(db)
        .await?)
}

pub async fn replace_elements(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
    rows: Vec<element::Model>,
) -> Result<()> {
    element::Entity::delete_many()
        .filter(element::Column::PeriodId.eq(period))
        .exec(db)
        .await?;
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    element::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn replace_services(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
    rows: Vec<service::Model>,
) -> Result<()> {
    service::Entity::delete_many()
        .filter(service::Column::PeriodId.eq(period))
        .exec(db)
        .await?;
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    service::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn insert_questions(db: &impl ConnectionTrait, rows: Vec<question::Model>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    question::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Forgets the wordings of an element: of all services or of one.
pub async fn delete_questions(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
    element: &str,
    service: Option<crate::standards::StandardId>,
) -> Result<()> {
    let found = question::Entity::delete_many()
        .filter(question::Column::PeriodId.eq(period))
        .filter(question::Column::ElementId.eq(element));
    let found = match service {
        Some(id) => found.filter(question::Column::ServiceId.eq(id)),
        None => found.filter(question::Column::ServiceId.is_null()),
    };
    found.exec(db).await?;
    Ok(())
}

/// Forgets every wording of an element that is no longer asked.
pub async fn delete_all_questions(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
    element: &str,
) -> Result<()> {
    question::Entity::delete_many()
        .filter(question::Column::PeriodId.eq(period))
        .filter(question::Column::ElementId.eq(element))
        .exec(db)
        .await?;
    Ok(())
}
