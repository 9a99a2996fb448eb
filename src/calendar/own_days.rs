//! The days of one unit beside the national ones: when it alone is closed, whether it works on collective leave, and
//! its office hours. What was changed is kept; moving the deadlines that follow from it is for who knows them.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc, Weekday};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Closure, OfficeHours, days_text,
    entity::{office_change, office_hours, unit_closure, work_calendar},
    service::hours_of,
};
use crate::{
    access::Ctx,
    audit,
    organisation::UnitId,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
    },
};

/// The days of a unit, as its page shows them.
#[derive(Clone, Debug)]
pub struct OwnDays {
    /// The newest first.
    pub closures: Vec<unit_closure::Model>,
    pub work_collective_leave: bool,
    pub hours: OfficeHours,
    /// Of leave and hours: a form carries it.
    pub version: i32,
}

/// A change of them, checked.
#[derive(Clone, Debug)]
pub enum OwnChange {
    Close(Closure),
    /// Takes a closure back.
    Reopen(Uuid),
    /// Whether the unit works on collective leave; in the version that was seen.
    Leave(bool, i32),
    Hours(OfficeHours, i32),
}

impl OwnChange {
    fn code(&self) -> &'static str {
        match self {
            Self::Close(_) => "closed",
            Self::Reopen(_) => "reopened",
            Self::Leave(..) => "leave",
            Self::Hours(..) => "hours",
        }
    }

    fn verb(&self) -> &'static str {
        match self {
            Self::Close(_) => "calendar.office_closed",
            Self::Reopen(_) => "calendar.office_reopened",
            Self::Leave(..) => "calendar.leave_changed",
            Self::Hours(..) => "calendar.hours_changed",
        }
    }
}

pub async fn own_days(db: &impl ConnectionTrait, unit: UnitId) -> Result<OwnDays> {
    let row = work_calendar::Entity::find_by_id(unit).one(db).await?;
    Ok(OwnDays {
        closures: unit_closure::Entity::find()
            .filter(unit_closure::Column::UnitId.eq(unit))
            .order_by_desc(unit_closure::Column::FromDay)
            .all(db)
            .await?,
        work_collective_leave: row.as_ref().is_some_and(|row| row.work_collective_leave),
        hours: hours_of(db, unit).await?,
        version: row.map_or(0, |row| row.version),
    })
}

/// Writes the change. The caller has the right to it and holds the transaction alone.
pub async fn change_own(
    tx: &Tx,
    ctx: &Ctx,
    unit: UnitId,
    change: &OwnChange,
    reason: &str,
) -> Result<office_change::Model> {
    let told = match change {
        OwnChange::Close(closure) => {
            close(tx, unit, closure).await?;
            let days = days_text::from_to(closure.from(), closure.to(), Locale::Id);
            told("closed", reason).with("days", days)
        }
        OwnChange::Reopen(id) => {
            let row = reopen(tx, unit, *id).await?;
            told("reopened", reason).with(
                "days",
                days_text::from_to(row.from_day, row.to_day, Locale::Id),
            )
        }
        OwnChange::Leave(works, seen) => {
            keep_leave(tx, unit, Some(*works), *seen).await?;
            told(if *works { "leave-on" } else { "leave-off" }, reason)
        }
        OwnChange::Hours(hours, seen) => {
            keep_leave(tx, unit, None, *seen).await?;
            keep_hours(tx, unit, hours).await?;
            told("hours", reason)
        }
    };
    let done = office_change::Model {
        id: Uuid::now_v7(),
        unit_id: unit,
        kind: change.code().to_owned(),
        told: told.text(Locale::Id),
        moved: 0,
        person_id: ctx.person_id(),
        at: ctx.now,
    };
    let row = office_change::ActiveModel::from(done.clone());
    office_change::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    let entry = audit::Entry::new("office_change", done.id, change.verb())
        .in_unit(unit)
        .with(json!({ "told": done.told, "reason": reason }));
    audit::record(tx, ctx, entry).await?;
    Ok(done)
}

/// What citizens and owners read. They were told the dates in Indonesian, and so is this.
fn told(what: &str, reason: &str) -> Message {
    Message::new(&format!("deadlines-cause-{what}")).with("reason", reason)
}

/// A day is closed once: two periods that overlap would each be taken back for the other.
async fn close(tx: &Tx, unit: UnitId, closure: &Closure) -> Result<()> {
    use unit_closure::Column;
    let other = unit_closure::Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::FromDay.lte(closure.to()))
        .filter(Column::ToDay.gte(closure.from()))
        .one(tx)
        .await?;
    if let Some(other) = other {
        let message = Message::new("rule-calendar-already-closed").with(
            "days",
            days_text::from_to(other.from_day, other.to_day, Locale::Id),
        );
        return Err(Error::rule("calendar.already_closed", message));
    }
    let row = unit_closure::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(unit),
        from_day: Set(closure.from()),
        to_day: Set(closure.to()),
        reason: Set(closure.reason().to_owned()),
    };
    unit_closure::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

async fn reopen(tx: &Tx, unit: UnitId, id: Uuid) -> Result<unit_closure::Model> {
    let found = unit_closure::Entity::find_by_id(id)
        .filter(unit_closure::Column::UnitId.eq(unit))
        .one(tx)
        .await?;
    let gone = || {
        Error::rule(
            "calendar.not_closed",
            Message::new("rule-calendar-not-closed"),
        )
    };
    let row = found.ok_or_else(gone)?;
    unit_closure::Entity::delete_by_id(id).exec(tx).await?;
    Ok(row)
}

/// Keeps whether the unit works on collective leave, where that is given, as the next version of what was seen.
async fn keep_leave(tx: &Tx, unit: UnitId, works: Option<bool>, seen: i32) -> Result<()> {
    let there = work_calendar::Entity::find_by_id(unit).one(tx).await?;
    if there.as_ref().map_or(0, |row| row.version) != seen {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let known = there.as_ref().is_some_and(|row| row.work_collective_leave);
    let mut row = work_calendar::ActiveModel {
        work_collective_leave: Set(works.unwrap_or(known)),
        version: Set(seen + 1),
        ..Default::default()
    };
    match there {
        Some(_) => {
            work_calendar::Entity::update_many()
                .set(row)
                .filter(work_calendar::Column::UnitId.eq(unit))
                .exec(tx)
                .await?;
        }
        None => {
            row.unit_id = Set(unit);
            work_calendar::Entity::insert(row)
                .exec_without_returning(tx)
                .await?;
        }
    }
    Ok(())
}

async fn keep_hours(tx: &Tx, unit: UnitId, hours: &OfficeHours) -> Result<()> {
    office_hours::Entity::delete_many()
        .filter(office_hours::Column::UnitId.eq(unit))
        .exec(tx)
        .await?;
    for (weekday, number) in WEEK.into_iter().zip(1..) {
        let Some(open) = hours.on(weekday) else {
            continue;
        };
        let row = office_hours::ActiveModel {
            id: Set(Uuid::now_v7()),
            unit_id: Set(unit),
            weekday: Set(number),
            opens: Set(open.opens()),
            closes: Set(open.closes()),
        };
        office_hours::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The days of a week in the order of the rows: 1 is Monday.
pub const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// Keeps how many deadlines moved with a change.
pub async fn note_own_moved(tx: &Tx, change: Uuid, moved: usize) -> Result<()> {
    let row = office_change::ActiveModel {
        moved: Set(i32::try_from(moved).unwrap_or(i32::MAX)),
        ..Default::default()
    };
    office_change::Entity::update_many()
        .set(row)
        .filter(office_change::Column::Id.eq(change))
        .exec(tx)
        .await?;
    Ok(())
}

/// What a unit changed, the newest first.
pub async fn own_changes(
    db: &impl ConnectionTrait,
    unit: UnitId,
    limit: u64,
) -> Result<Vec<office_change::Model>> {
    Ok(office_change::Entity::find()
        .filter(office_change::Column::UnitId.eq(unit))
        .order_by_desc(office_change::Column::At)
        .order_by_desc(office_change::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// What any unit changed since a moment, the oldest first.
pub async fn own_changes_since(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<office_change::Model>> {
    Ok(office_change::Entity::find()
        .filter(office_change::Column::At.gte(since))
        .order_by_asc(office_change::Column::At)
        .order_by_asc(office_change::Column::Id)
        .all(db)
        .await?)
}

/// So many years before and after this one a closure can lie: a year mistyped would move every deadline for ever.
const YEARS: i32 = 3;
/// Longer than this no office is closed.
const LONGEST: i64 = 366;

/// Why days that were typed cannot be a closure: (field, what to say).
#[must_use]
pub fn closure_fault(
    from: NaiveDate,
    to: NaiveDate,
    this_year: i32,
) -> Option<(&'static str, Message)> {
    let bounds = |date: NaiveDate| {
        ((date.year() - this_year).abs() > YEARS).then(|| {
            Message::new("deadlines-year-bounds")
                .with("year", date.year().to_string())
                .with("from", (this_year - YEARS).to_string())
                .with("to", (this_year + YEARS).to_string())
        })
    };
    if let Some(message) = bounds(from) {
        return Some(("from", message));
    }
    if let Some(message) = bounds(to) {
        return Some(("to", message));
    }
    if to < from {
        return Some(("to", Message::new("deadlines-closure-order")));
    }
    let days = (to - from).num_days() + 1;
    (days > LONGEST).then(|| {
        (
            "to",
            Message::new("deadlines-closure-long").with("most", LONGEST),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closure_begins_before_it_ends_and_lies_near() {
        let day = |text: &str| text.parse().unwrap();
        for (from, to, field) in [
            ("2026-03-25", "2026-03-25", None),
            ("2026-03-25", "2027-03-24", None),
            ("2026-03-26", "2026-03-25", Some("to")),
            ("2026-03-25", "2027-03-30", Some("to")),
            ("2062-03-25", "2062-03-26", Some("from")),
            ("2026-03-25", "2206-03-26", Some("to")),
        ] {
            let fault = closure_fault(day(from), day(to), 2026);
            assert_eq!(fault.map(|(field, _)| field), field, "{from} {to}");
        }
    }
}
