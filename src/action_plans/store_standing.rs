//! Queries that count the actions of a unit.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, FromQueryResult,
    QueryFilter as _, QuerySelect as _,
    sea_query::{Alias, Expr, ExprTrait as _, SimpleExpr},
};

use super::{
    entity::action_item::{self, Column, Status},
    store::{self, UNFINISHED},
};
use crate::{access::Scope, organisation::UnitId, platform::error::Result};

/// Of how many rows a condition holds; 0 of none.
fn counted(wanted: Condition) -> SimpleExpr {
    let one: SimpleExpr = Expr::case(wanted, Expr::val(1))
        .finally(Expr::val(0))
        .into();
    let sum: SimpleExpr = one.sum();
    Expr::expr(sum.if_null(0)).cast_as(Alias::new("bigint"))
}

/// So many actions of a division and an official in a state.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Standing {
    pub division: Option<uuid::Uuid>,
    pub official: Option<uuid::Uuid>,
    pub status: Status,
    pub count: i64,
    pub late: i64,
    pub stalled: i64,
}

/// The actions of a unit by who has them, and by state.
pub async fn by_owner(
    db: &impl ConnectionTrait,
    scope: &Scope,
    unit: UnitId,
    (today, quiet): (NaiveDate, Option<(NaiveDate, DateTime<Utc>)>),
) -> Result<Vec<Standing>> {
    let nothing = || Condition::all().add(Expr::cust("1 = 0"));
    Ok(action_item::Entity::find()
        .select_only()
        .column_as(Column::DivisionId, "division")
        .column_as(Column::OwnerId, "official")
        .column(Column::Status)
        .column_as(Column::Id.count(), "count")
        .column_as(counted(store::late(today)), "late")
        .column_as(
            counted(quiet.map_or_else(nothing, store::stalled)),
            "stalled",
        )
        .filter(Column::UnitId.eq(unit))
        .filter(store::within(scope))
        .group_by(Column::DivisionId)
        .group_by(Column::OwnerId)
        .group_by(Column::Status)
        .into_model::<Standing>()
        .all(db)
        .await?)
}

/// What the actions of one year that were carried equally far lack, as [`super::rules::lacks`] says it of one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Lacking {
    pub year: i32,
    pub carried_into: Option<i32>,
    pub owner: i64,
    pub late: i64,
    pub evidence: i64,
    pub verification: i64,
}

impl Lacking {
    /// In the plan of a year, as [`store::of_plan`] has it.
    #[must_use]
    pub fn is_of_plan(&self, year: i32) -> bool {
        self.year == year
            || (self.year < year && self.carried_into.is_some_and(|carried| carried >= year))
    }
}

/// Of the plans of these years.
pub async fn lacking(
    db: &impl ConnectionTrait,
    scope: &Scope,
    (unit, years): (UnitId, &[i32]),
    today: NaiveDate,
) -> Result<Vec<Lacking>> {
    let bare = "NOT EXISTS (SELECT 1 FROM action_progress WHERE action_progress.action_id = action_item.id \
        AND CAST(action_progress.files AS TEXT) <> '[]')";
    let nobody = Condition::all()
        .add(Column::Status.is_in(UNFINISHED))
        .add(Column::OwnerId.is_null())
        .add(Column::DivisionId.is_null());
    let unproved = Condition::all()
        .add(Column::Status.is_in([Status::Done, Status::Verified]))
        .add(Expr::cust(bare));
    let unseen = Condition::all().add(Column::Status.eq(Status::Done));
    let plans = years.iter().map(|year| store::of_plan(*year));
    Ok(action_item::Entity::find()
        .select_only()
        .columns([Column::Year, Column::CarriedInto])
        .column_as(counted(nobody), "owner")
        .column_as(counted(store::late(today)), "late")
        .column_as(counted(unproved), "evidence")
        .column_as(counted(unseen), "verification")
        .filter(Column::UnitId.eq(unit))
        .filter(plans.fold(Condition::any(), Condition::add))
        .filter(store::within(scope))
        .group_by(Column::Year)
        .group_by(Column::CarriedInto)
        .into_model::<Lacking>()
        .all(db)
        .await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_in_the_plans_from_its_year_to_the_one_it_was_carried_into() {
        for (carried_into, plans) in [
            (None, &[2025][..]),
            (Some(2026), &[2025, 2026]),
            (Some(2027), &[2025, 2026, 2027]),
        ] {
            let row = Lacking {
                year: 2025,
                carried_into,
                owner: 0,
                late: 0,
                evidence: 0,
                verification: 0,
            };
            let found: Vec<i32> = (2024..=2028).filter(|year| row.is_of_plan(*year)).collect();
            assert_eq!(found, plans, "{carried_into:?}");
        }
    }
}
