//! Which calendar a unit has: the rows, made into the values that the rules take.

use chrono::{NaiveTime, Weekday};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    CalendarError, Closure, Holiday, Holidays, Hours, OfficeHours, WorkCalendar, decrees,
    entity::{holiday, office_hours, unit_closure, work_calendar as work_calendar_row},
    in_force,
};
use crate::{
    organisation::{FixtureHours, FixtureUnit, UnitId},
    platform::{
        db::{Db, Tx},
        error::{Error, Result},
        settled::remembered,
    },
};

impl From<CalendarError> for Error {
    fn from(error: CalendarError) -> Self {
        Self::Internal(error.into())
    }
}

/// Loads the national calendar that comes with the program, and the shipped default policy, into an
/// empty database. What an administrator changed stays.
pub async fn load_defaults(db: &Db) -> Result<()> {
    let tx = db.begin_write().await?;
    tx.alone().await?;
    if holiday::Entity::find().count(&tx).await? == 0 {
        let holidays = decrees::built_in().map_err(|error| Error::Internal(error.into()))?;
        for day in holidays.iter() {
            insert_holiday(&tx, day).await?;
        }
    }
    in_force::load_default(&tx).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) async fn insert_holiday(tx: &Tx, day: &Holiday) -> Result<()> {
    let row = holiday::ActiveModel {
        id: Set(uuid::Uuid::now_v7()),
        date: Set(day.date),
        name: Set(day.name.clone()),
        category: Set(code(&day.category)?),
        decree: Set(day.decree.clone()),
        certainty: Set(code(&day.certainty)?),
    };
    holiday::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Sets the office hours of a new unit and its own deadlines.
pub async fn import(tx: &Tx, unit: UnitId, given: &FixtureUnit) -> Result<()> {
    import_hours(tx, unit, &given.office_hours).await?;
    for policy in &given.deadline_policy {
        in_force::import_own(tx, unit, policy).await?;
    }
    Ok(())
}

async fn import_hours(tx: &Tx, unit: UnitId, hours: &[FixtureHours]) -> Result<()> {
    for day in hours {
        let time = |text: &str| {
            NaiveTime::parse_from_str(text, "%H:%M")
                .map_err(|_| Error::Internal(anyhow::anyhow!("{text} is no time of day")))
        };
        let row = office_hours::ActiveModel {
            id: Set(uuid::Uuid::now_v7()),
            unit_id: Set(unit),
            weekday: Set(i32::from(day.weekday)),
            opens: Set(time(&day.opens)?),
            closes: Set(time(&day.closes)?),
        };
        office_hours::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
    }
    let row = work_calendar_row::ActiveModel {
        unit_id: Set(unit),
        work_collective_leave: Set(false),
        version: Set(1),
    };
    work_calendar_row::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The calendar that a unit works by.
pub async fn work_calendar(db: &impl ConnectionTrait, unit: UnitId) -> Result<WorkCalendar> {
    remembered(db, "work calendar", unit, read_calendar(db, unit)).await
}

async fn read_calendar(db: &impl ConnectionTrait, unit: UnitId) -> Result<WorkCalendar> {
    let rows = holiday::Entity::find().all(db).await?;
    let holidays: Holidays = rows
        .into_iter()
        .map(|row| {
            Ok(Holiday {
                date: row.date,
                name: row.name,
                category: value(&row.category)?,
                decree: row.decree,
                certainty: value(&row.certainty)?,
            })
        })
        .collect::<Result<_>>()?;
    let known_until = holidays.known_until().unwrap_or_default();
    Ok(WorkCalendar {
        hours: hours_of(db, unit).await?,
        closures: closures_of(db, unit).await?,
        work_collective_leave: work_calendar_row::Entity::find_by_id(unit)
            .one(db)
            .await?
            .is_some_and(|row| row.work_collective_leave),
        holidays,
        known_until,
    })
}

/// A unit that set no hours has those of the default week.
pub(super) async fn hours_of(db: &impl ConnectionTrait, unit: UnitId) -> Result<OfficeHours> {
    let rows = office_hours::Entity::find()
        .filter(office_hours::Column::UnitId.eq(unit))
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(OfficeHours::default());
    }
    rows.into_iter().try_fold(OfficeHours::CLOSED, |week, row| {
        let hours = Hours::new(row.opens, row.closes).map_err(|e| Error::Internal(e.into()))?;
        let weekday = u8::try_from(row.weekday - 1)
            .ok()
            .and_then(|day| Weekday::try_from(day).ok())
            .ok_or_else(|| Error::Internal(anyhow::anyhow!("weekday {}", row.weekday)))?;
        Ok(week.with(weekday, Some(hours)))
    })
}

async fn closures_of(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<Closure>> {
    let rows = unit_closure::Entity::find()
        .filter(unit_closure::Column::UnitId.eq(unit))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Closure::new(row.from_day, row.to_day, row.reason)
                .map_err(|error| Error::Internal(error.into()))
        })
        .collect()
}

/// The serde name of a value, as stored.
pub(super) fn code(value: &impl Serialize) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => Ok(code),
        other => Err(Error::Internal(anyhow::anyhow!("no code: {other:?}"))),
    }
}

pub(super) fn value<T: DeserializeOwned>(code: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(code.to_owned()))
        .map_err(|error| Error::Internal(error.into()))
}
