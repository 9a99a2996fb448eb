//! Queries of absences.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, sea_query::Expr,
};

use super::entity::{AbsenceId, Column, Entity, Model};
use crate::{
    access::PersonId,
    organisation::UnitId,
    platform::{
        error::{Error, Result},
        settled::remembered,
    },
};

/// Those of a unit that end on this day or later, the first to begin first.
pub async fn not_over(
    db: &impl ConnectionTrait,
    unit: UnitId,
    day: NaiveDate,
) -> Result<Vec<Model>> {
    remembered(db, "absences", (unit, day), async {
        let found = Entity::find()
            .filter(Column::UnitId.eq(unit))
            .filter(Column::ToDay.gte(day))
            .filter(Column::CancelledAt.is_null())
            .order_by_asc(Column::FromDay)
            .order_by_asc(Column::Id);
        Ok(found.all(db).await?)
    })
    .await
}

/// Whether this person stands in for anybody around this day; a cheap question that each request asks.
pub async fn units_standing_in(
    db: &impl ConnectionTrait,
    person: PersonId,
    day: NaiveDate,
) -> Result<Vec<UnitId>> {
    let rows = remembered(db, "standing in", (person, day), async {
        let found = Entity::find()
            .filter(Column::SubstituteId.eq(person))
            .filter(Column::ToDay.gte(day))
            .filter(Column::CancelledAt.is_null());
        Ok(found.all(db).await?)
    })
    .await?;
    let mut units: Vec<UnitId> = rows.into_iter().map(|row| row.unit_id).collect();
    units.sort();
    units.dedup();
    Ok(units)
}

pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn get(db: &impl ConnectionTrait, id: AbsenceId) -> Result<Model> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// Whether it stood until now.
pub async fn cancel(db: &impl ConnectionTrait, id: AbsenceId, at: DateTime<Utc>) -> Result<bool> {
    let written = Entity::update_many()
        .col_expr(Column::CancelledAt, Expr::value(Some(at)))
        .filter(Column::Id.eq(id))
        .filter(Column::CancelledAt.is_null())
        .exec(db)
        .await?;
    Ok(written.rows_affected > 0)
}
