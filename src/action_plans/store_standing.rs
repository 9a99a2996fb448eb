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

/// What the plan of a year lacks, as [`super::rules::lacks`] says it of one action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Lacking {
    pub owner: i64,
    pub late: i64,
    pub evidence: i64,
    pub verification: i64,
}

pub async fn lacking(
    db: &impl ConnectionTrait,
    scope: &Scope,
    (unit, year): (UnitId, i32),
    today: NaiveDate,
) -> Result<Lacking> {
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
    let found = action_item::Entity::find()
        .select_only()
        .column_as(counted(nobody), "owner")
        .column_as(counted(store::late(today)), "late")
        .column_as(counted(unproved), "evidence")
        .column_as(counted(unseen), "verification")
        .filter(Column::UnitId.eq(unit))
        .filter(store::of_plan(year))
        .filter(store::within(scope))
        .into_model::<Lacking>()
        .one(db)
        .await?;
    Ok(found.unwrap_or_default())
}
