//! Queries of links seen from their sources.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select,
    sea_query::{Expr, ExprTrait as _},
};

use super::entity::{
    ActionItemId,
    action_item::{self, Status},
    action_source::{self, SourceKind},
};
use crate::{
    organisation::UnitId,
    platform::{db::texts_among, error::Result},
};

/// Ids of what a unit works on, or reported as done and has not proved.
fn unsettled_ids(unit: UnitId) -> Select<action_item::Entity> {
    action_item::Entity::find()
        .select_only()
        .column(action_item::Column::Id)
        .filter(action_item::Column::UnitId.eq(unit))
        .filter(action_item::Column::Status.is_in(Status::UNSETTLED))
}

pub async fn unsettled(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<ActionItemId>> {
    Ok(unsettled_ids(unit).into_tuple().all(db).await?)
}

/// What they come from.
pub async fn sources_in_work(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<Vec<(SourceKind, String)>> {
    use action_source::Column;
    Ok(action_source::Entity::find()
        .select_only()
        .columns([Column::Kind, Column::SourceId])
        .distinct()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::ActionId.in_subquery(unsettled_ids(unit).into_query()))
        .into_tuple()
        .all(db)
        .await?)
}

/// Of these sources those that led to an action.
pub async fn linked_among(
    db: &impl ConnectionTrait,
    kind: SourceKind,
    ids: &[String],
) -> Result<HashSet<String>> {
    use action_source::Column;
    let of_kind = Condition::all().add(Column::Kind.eq(kind));
    let found = texts_among::<action_source::Entity>(db, Column::SourceId, of_kind, ids);
    Ok(found.await?)
}

/// The links of a unit to sources of one kind.
fn links_to(unit: UnitId, kind: SourceKind) -> Select<action_source::Entity> {
    action_source::Entity::find()
        .filter(action_source::Column::UnitId.eq(unit))
        .filter(action_source::Column::Kind.eq(kind))
}

/// The actions of a unit that come from a source and were not given up: so many, the latest due day first.
pub async fn items_of(
    db: &impl ConnectionTrait,
    unit: UnitId,
    (kind, id): (SourceKind, &str),
    most: u64,
) -> Result<Vec<action_item::Model>> {
    let from = links_to(unit, kind)
        .select_only()
        .column(action_source::Column::ActionId)
        .filter(action_source::Column::SourceId.eq(id));
    Ok(action_item::Entity::find()
        .filter(action_item::Column::Id.in_subquery(from.into_query()))
        .filter(action_item::Column::Status.ne(Status::Cancelled))
        .order_by_desc(action_item::Column::DueOn)
        .order_by_asc(action_item::Column::Code)
        .limit(most)
        .all(db)
        .await?)
}

/// How many such actions each of these sources has; one without any is absent.
pub async fn counts_of(
    db: &impl ConnectionTrait,
    unit: UnitId,
    (kind, ids): (SourceKind, &[String]),
) -> Result<HashMap<String, i64>> {
    use action_source::Column;
    let going_on = action_item::Entity::find()
        .select_only()
        .column(action_item::Column::Id)
        .filter(action_item::Column::UnitId.eq(unit))
        .filter(action_item::Column::Status.ne(Status::Cancelled));
    let counted: Vec<(String, i64)> = links_to(unit, kind)
        .select_only()
        .column(Column::SourceId)
        .column_as(Expr::col(Column::ActionId).count_distinct(), "n")
        .filter(Column::SourceId.is_in(ids.iter().cloned()))
        .filter(Column::ActionId.in_subquery(going_on.into_query()))
        .group_by(Column::SourceId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counted.into_iter().collect())
}

/// The links of the given sources, from their side.
pub async fn links_of(
    db: &impl ConnectionTrait,
    kind: SourceKind,
    ids: &[String],
) -> Result<Vec<action_source::Model>> {
    Ok(action_source::Entity::find()
        .filter(action_source::Column::Kind.eq(kind))
        .filter(action_source::Column::SourceId.is_in(ids.iter().cloned()))
        .order_by_asc(action_source::Column::Id)
        .all(db)
        .await?)
}

/// The links of a kind in a unit: an element of the survey is the same for every unit, its actions are not.
pub async fn links_in(
    db: &impl ConnectionTrait,
    unit: UnitId,
    kind: SourceKind,
) -> Result<Vec<action_source::Model>> {
    Ok(links_to(unit, kind)
        .order_by_asc(action_source::Column::Id)
        .all(db)
        .await?)
}

/// The sources of a kind that actions of a unit come from.
pub async fn source_ids(
    db: &impl ConnectionTrait,
    unit: UnitId,
    kind: SourceKind,
) -> Result<Vec<String>> {
    Ok(links_to(unit, kind)
        .select_only()
        .column(action_source::Column::SourceId)
        .distinct()
        .into_tuple()
        .all(db)
        .await?)
}

pub async fn rename_source(
    db: &impl ConnectionTrait,
    kind: SourceKind,
    id: &str,
    label: &str,
) -> Result<()> {
    action_source::Entity::update_many()
        .col_expr(action_source::Column::Label, Expr::value(label))
        .filter(action_source::Column::Kind.eq(kind))
        .filter(action_source::Column::SourceId.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn set_source_words(
    db: &impl ConnectionTrait,
    kind: SourceKind,
    sources: Vec<String>,
    words: action_source::ActiveModel,
) -> Result<()> {
    action_source::Entity::update_many()
        .set(words)
        .filter(action_source::Column::Kind.eq(kind))
        .filter(action_source::Column::SourceId.is_in(sources))
        .exec(db)
        .await?;
    Ok(())
}
