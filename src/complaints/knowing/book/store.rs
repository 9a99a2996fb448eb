//! The queries of the book, a piece at a time.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::{
    access::Scope,
    complaints::{
        ComplaintId,
        entity::{complaint, message},
        filing::{CategoryId, entity::sorting},
        knowing::scope::within,
        rules::MessageKind,
    },
    organisation::UnitId,
    platform::error::Result,
};

use complaint::Column;

/// Where the last piece ended.
pub type Place = (DateTime<Utc>, ComplaintId);

fn received(
    unit: UnitId,
    scope: &Scope,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Condition {
    within(unit, scope)
        .add(Column::ReceivedAt.gte(from))
        .add(Column::ReceivedAt.lt(until))
}

pub async fn count(
    db: &impl ConnectionTrait,
    unit: UnitId,
    scope: &Scope,
    bounds: (DateTime<Utc>, DateTime<Utc>),
) -> Result<u64> {
    Ok(complaint::Entity::find()
        .filter(received(unit, scope, bounds))
        .count(db)
        .await?)
}

/// The next ones in the order of receipt.
pub async fn piece(
    db: &impl ConnectionTrait,
    unit: UnitId,
    scope: &Scope,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    (after, limit): (Option<Place>, u64),
) -> Result<Vec<complaint::Model>> {
    let mut wanted = received(unit, scope, (after.map_or(from, |(at, _)| at), until));
    if let Some((at, id)) = after {
        let later = Condition::any()
            .add(Column::ReceivedAt.gt(at))
            .add(Column::Id.gt(id));
        wanted = wanted.add(later);
    }
    Ok(complaint::Entity::find()
        .filter(wanted)
        .order_by_asc(Column::ReceivedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// The last answer of each.
pub async fn answers(
    db: &impl ConnectionTrait,
    unit: UnitId,
    ids: &[ComplaintId],
) -> Result<HashMap<ComplaintId, String>> {
    let rows: Vec<(ComplaintId, String)> = message::Entity::find()
        .select_only()
        .columns([message::Column::ComplaintId, message::Column::Text])
        .filter(message::Column::UnitId.eq(unit))
        .filter(message::Column::ComplaintId.is_in(ids.iter().copied()))
        .filter(message::Column::Kind.eq(MessageKind::Answer))
        .order_by_asc(message::Column::At)
        .order_by_asc(message::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    // The later one takes the place of the earlier.
    Ok(rows.into_iter().collect())
}

/// Under which category each was filed.
pub async fn categories(
    db: &impl ConnectionTrait,
    ids: &[ComplaintId],
) -> Result<HashMap<ComplaintId, CategoryId>> {
    let rows = sorting::Entity::find()
        .filter(sorting::Column::ComplaintId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let one = |row: sorting::Model| (row.complaint_id, row.category_id);
    Ok(rows.into_iter().map(one).collect())
}

/// The numbers of complaints that others were merged into.
pub async fn numbers(
    db: &impl ConnectionTrait,
    ids: Vec<ComplaintId>,
) -> Result<HashMap<ComplaintId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(ComplaintId, String)> = complaint::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Number])
        .filter(Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}
