//! Queries of what actions are measured by.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, OnConflict, Query, SimpleExpr},
};

use super::entity::{
    ActionItemId, action_item,
    action_measure::{self, Column, MeasureKind},
};
use crate::{organisation::UnitId, platform::error::Result};

pub async fn of_action(
    db: &impl ConnectionTrait,
    action: ActionItemId,
) -> Result<Vec<action_measure::Model>> {
    Ok(action_measure::Entity::find()
        .filter(Column::ActionId.eq(action))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The services by whose complaints actions of a unit are measured, by code.
pub async fn services(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<String>> {
    Ok(action_measure::Entity::find()
        .select_only()
        .column(Column::MeasuredBy)
        .distinct()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Kind.eq(MeasureKind::Service))
        .into_tuple()
        .all(db)
        .await?)
}

/// What the actions of a unit are measured by, of one kind, in the order in which it was chosen.
pub async fn of_unit(
    db: &impl ConnectionTrait,
    unit: UnitId,
    kind: MeasureKind,
) -> Result<Vec<action_measure::Model>> {
    Ok(action_measure::Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Kind.eq(kind))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Actions that are measured by the complaints of a service.
pub fn about_service(code: &str) -> SimpleExpr {
    let of = Expr::col((action_measure::Entity, Column::ActionId));
    let kind = Expr::col((action_measure::Entity, Column::Kind));
    let by = Expr::col((action_measure::Entity, Column::MeasuredBy));
    let chosen = Query::select()
        .column(Column::Id)
        .from(action_measure::Entity)
        .and_where(of.equals((action_item::Entity, action_item::Column::Id)))
        .and_where(kind.eq(MeasureKind::Service.code()))
        .and_where(by.eq(code))
        .to_owned();
    Expr::exists(chosen)
}

/// Keeps a choice; false when it was made before.
pub async fn first(db: &impl ConnectionTrait, row: action_measure::Model) -> Result<bool> {
    let once = OnConflict::columns([Column::ActionId, Column::Kind, Column::MeasuredBy])
        .do_nothing()
        .to_owned();
    let written = action_measure::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(written > 0)
}

/// Takes a choice away; false when there was none.
pub async fn delete(
    db: &impl ConnectionTrait,
    action: ActionItemId,
    (kind, id): (MeasureKind, &str),
) -> Result<bool> {
    let gone = action_measure::Entity::delete_many()
        .filter(Column::ActionId.eq(action))
        .filter(Column::Kind.eq(kind))
        .filter(Column::MeasuredBy.eq(id))
        .exec(db)
        .await?;
    Ok(gone.rows_affected > 0)
}
