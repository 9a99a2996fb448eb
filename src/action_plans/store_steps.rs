//! Queries of milestones, postponed due dates and reminders.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, sea_query::OnConflict,
};

use super::{
    entity::{
        ActionItemId, MilestoneId, action_extension,
        action_item::{self, Status},
        action_milestone,
        action_reminder::{self, ReminderKind},
    },
    store::{self, UNFINISHED},
};
use crate::{organisation::UnitId, platform::error::Result};

pub async fn insert_milestone(
    db: &impl ConnectionTrait,
    row: action_milestone::Model,
) -> Result<()> {
    action_milestone::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The steps of items, by due day.
pub async fn milestones_of(
    db: &impl ConnectionTrait,
    items: Vec<ActionItemId>,
) -> Result<Vec<action_milestone::Model>> {
    Ok(action_milestone::Entity::find()
        .filter(action_milestone::Column::ActionId.is_in(items))
        .order_by_asc(action_milestone::Column::DueOn)
        .order_by_asc(action_milestone::Column::Id)
        .all(db)
        .await?)
}

pub async fn update_milestone(
    db: &impl ConnectionTrait,
    read: &action_milestone::Model,
    row: action_milestone::ActiveModel,
) -> Result<()> {
    action_milestone::Entity::update_many()
        .set(row)
        .filter(action_milestone::Column::Id.eq(read.id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn delete_milestone(db: &impl ConnectionTrait, id: MilestoneId) -> Result<()> {
    action_milestone::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

pub async fn insert_extension(
    db: &impl ConnectionTrait,
    row: action_extension::Model,
) -> Result<()> {
    action_extension::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// How often and why the due dates of items were put off, oldest first.
pub async fn extensions_of(
    db: &impl ConnectionTrait,
    items: Vec<ActionItemId>,
) -> Result<Vec<action_extension::Model>> {
    Ok(action_extension::Entity::find()
        .filter(action_extension::Column::ActionId.is_in(items))
        .order_by_asc(action_extension::Column::At)
        .order_by_asc(action_extension::Column::Id)
        .all(db)
        .await?)
}

/// What a unit works on and is late, or was promised before a moment.
pub async fn pressing(
    db: &impl ConnectionTrait,
    unit: UnitId,
    (today, before): (NaiveDate, DateTime<Utc>),
) -> Result<Vec<action_item::Model>> {
    use action_item::Column;
    Ok(action_item::Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Status.is_in(UNFINISHED))
        .filter(
            sea_orm::Condition::any()
                .add(Column::DueOn.lt(today))
                .add(Column::CreatedAt.lt(before)),
        )
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// What was verified between two moments.
pub async fn verified_between(
    db: &impl ConnectionTrait,
    unit: UnitId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<action_item::Model>> {
    use action_item::Column;
    Ok(action_item::Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Status.eq(Status::Verified))
        .filter(Column::VerifiedAt.gte(from))
        .filter(Column::VerifiedAt.lt(until))
        .order_by_asc(Column::Code)
        .all(db)
        .await?)
}

/// The items in the plan of a year: made for it, or carried over into it.
pub async fn of_year(
    db: &impl ConnectionTrait,
    unit: UnitId,
    year: i32,
) -> Result<Vec<action_item::Model>> {
    use action_item::Column;
    Ok(action_item::Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(store::of_plan(year))
        .order_by_asc(Column::Year)
        .order_by_asc(Column::Number)
        .all(db)
        .await?)
}

/// Notes that a reminder goes out; false when one of this week did already.
pub async fn first_reminder(
    db: &impl ConnectionTrait,
    item: &action_item::Model,
    kind: ReminderKind,
    (week, at): (&str, DateTime<Utc>),
) -> Result<bool> {
    use action_reminder::Column;
    let row = action_reminder::Model {
        id: uuid::Uuid::now_v7(),
        unit_id: item.unit_id,
        action_id: item.id,
        kind,
        week: week.to_owned(),
        at,
    };
    let once = OnConflict::columns([Column::UnitId, Column::ActionId, Column::Kind, Column::Week])
        .do_nothing()
        .to_owned();
    let written = action_reminder::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(written > 0)
}

/// Whether a reminder of this week went out.
pub async fn reminded(
    db: &impl ConnectionTrait,
    unit: UnitId,
    week: &str,
) -> Result<Vec<(ActionItemId, ReminderKind)>> {
    let rows = action_reminder::Entity::find()
        .filter(action_reminder::Column::UnitId.eq(unit))
        .filter(action_reminder::Column::Week.eq(week))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.action_id, row.kind))
        .collect())
}
