//! Decrees that change days after they were known: a holiday is added or withdrawn, with decree and reason,
//! and what changed is kept. Moving the deadlines that follow from it is for who knows them.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Certainty, Holiday, HolidayCategory,
    entity::{holiday, holiday_change},
    service::{code, insert_holiday},
};
use crate::{
    access::Ctx,
    audit,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

/// What a decree does to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, poem_openapi::Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename = "HolidayAction", rename_all = "snake_case")]
pub enum Action {
    Add,
    Withdraw,
}

/// A change of the national calendar, checked.
#[derive(Clone, Debug)]
pub struct Announcement {
    pub action: Action,
    pub date: NaiveDate,
    /// Empty when a holiday is withdrawn.
    pub name: String,
    pub category: HolidayCategory,
    pub decree: String,
    pub reason: String,
}

/// Writes the change. The caller has the right to it and holds the transaction alone.
pub async fn announce(tx: &Tx, ctx: &Ctx, given: &Announcement) -> Result<holiday_change::Model> {
    let category = code(&given.category)?;
    let there = holiday::Entity::find()
        .filter(holiday::Column::Date.eq(given.date))
        .filter(holiday::Column::Category.eq(&category))
        .one(tx)
        .await?;
    let name = match (given.action, there) {
        (Action::Add, Some(_)) => {
            return Err(Error::rule(
                "calendar.already_a_holiday",
                Message::new("rule-calendar-already-a-holiday"),
            ));
        }
        (Action::Withdraw, None) => {
            return Err(Error::rule(
                "calendar.not_a_holiday",
                Message::new("rule-calendar-not-a-holiday"),
            ));
        }
        (Action::Add, None) => {
            let day = Holiday {
                date: given.date,
                name: given.name.clone(),
                category: given.category,
                decree: given.decree.clone(),
                certainty: Certainty::Fixed,
            };
            insert_holiday(tx, &day).await?;
            given.name.clone()
        }
        (Action::Withdraw, Some(row)) => {
            holiday::Entity::delete_by_id(row.id).exec(tx).await?;
            row.name
        }
    };
    let change = holiday_change::Model {
        id: uuid::Uuid::now_v7(),
        action: code(&given.action)?,
        date: given.date,
        name,
        category,
        decree: given.decree.clone(),
        reason: given.reason.clone(),
        moved: 0,
        person_id: ctx.person_id(),
        at: ctx.now,
    };
    let row = holiday_change::ActiveModel::from(change.clone());
    holiday_change::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    let verb = match given.action {
        Action::Add => "calendar.holiday_added",
        Action::Withdraw => "calendar.holiday_withdrawn",
    };
    let told = json!({ "date": change.date, "name": change.name, "decree": change.decree, "reason": change.reason });
    let entry = audit::Entry::new("holiday_change", change.id, verb).with(told);
    audit::record(tx, ctx, entry).await?;
    Ok(change)
}

/// Keeps how many deadlines moved with a change.
pub async fn note_moved(tx: &Tx, change: uuid::Uuid, moved: usize) -> Result<()> {
    let row = holiday_change::ActiveModel {
        moved: Set(i32::try_from(moved).unwrap_or(i32::MAX)),
        ..Default::default()
    };
    holiday_change::Entity::update_many()
        .set(row)
        .filter(holiday_change::Column::Id.eq(change))
        .exec(tx)
        .await?;
    Ok(())
}

/// What was changed, the newest first.
pub async fn changes(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<holiday_change::Model>> {
    Ok(holiday_change::Entity::find()
        .order_by_desc(holiday_change::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// What was changed in the national calendar since this moment, the oldest first.
pub async fn changes_since(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<holiday_change::Model>> {
    Ok(holiday_change::Entity::find()
        .filter(holiday_change::Column::At.gte(since))
        .order_by_asc(holiday_change::Column::Id)
        .all(db)
        .await?)
}

/// The holidays of a year, by date.
pub async fn holidays_of(db: &impl ConnectionTrait, year: i32) -> Result<Vec<holiday::Model>> {
    let (first, last) = (
        NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default(),
        NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default(),
    );
    Ok(holiday::Entity::find()
        .filter(holiday::Column::Date.between(first, last))
        .order_by_asc(holiday::Column::Date)
        .order_by_asc(holiday::Column::Category)
        .all(db)
        .await?)
}
