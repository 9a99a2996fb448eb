//! Requests of persons about the data of a case: an open one keeps the case, and what they say of the person goes with it.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

use super::entity::request::{Column, Entity};
use crate::{
    complaints::entity::{ComplaintId, complaint},
    organisation::UnitId,
    platform::{db::Tx, error::Result},
};

const OPEN: [&str; 2] = ["received", "verified"];

/// The cases of a unit that somebody waits for.
pub async fn asked_about(db: &impl ConnectionTrait, unit: UnitId) -> Result<HashSet<ComplaintId>> {
    let found: Vec<ComplaintId> = Entity::find()
        .select_only()
        .column(Column::ComplaintId)
        .filter(Column::UnitId.eq(unit))
        .filter(Column::State.is_in(OPEN))
        .filter(Column::ComplaintId.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// Whether somebody waits for this case, apart from the request of this number.
pub async fn is_asked_about(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    but: Option<&str>,
) -> Result<bool> {
    let mut wanted = Condition::all()
        .add(Column::UnitId.eq(of.unit_id))
        .add(Column::ComplaintId.eq(of.id))
        .add(Column::State.is_in(OPEN));
    if let Some(number) = but {
        wanted = wanted.add(Column::Number.ne(number));
    }
    Ok(Entity::find().filter(wanted).count(db).await? > 0)
}

/// Takes name, contact and words out of every request about a case that is anonymised; number, wish, state and dates
/// stay in the register. Answers which they were, for their mails.
pub async fn forget(tx: &Tx, of: &complaint::Model) -> Result<Vec<Uuid>> {
    let about = || {
        Condition::all()
            .add(Column::UnitId.eq(of.unit_id))
            .add(Column::ComplaintId.eq(of.id))
    };
    let ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(about())
        .into_tuple()
        .all(tx)
        .await?;
    Entity::update_many()
        .col_expr(Column::Name, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::Email, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::Phone, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::Words, Expr::value(Vec::<u8>::new()))
        .col_expr(Column::Answer, Expr::value(None::<Vec<u8>>))
        .filter(about())
        .exec(tx)
        .await?;
    Ok(ids)
}
