//! Queries of suggestion boxes.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};

use crate::{
    complaints::{
        entity::complaint,
        retention::MARK,
        ways::entity::{
            box_scan, entry,
            opening::{ActiveModel, Column, Entity, Model, OpeningId},
        },
    },
    documents::FileId,
    organisation::UnitId,
    platform::{
        db::AT_ONCE,
        error::{Error, Result},
    },
};

pub async fn of_unit(db: &impl ConnectionTrait, unit: UnitId, most: u64) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(unit))
        .order_by_desc(Column::OpenedAt)
        .order_by_desc(Column::Id)
        .limit(most)
        .all(db)
        .await?)
}

/// What was opened in a unit at this moment.
pub async fn at(
    db: &impl ConnectionTrait,
    unit: UnitId,
    opened_at: DateTime<Utc>,
) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::OpenedAt.eq(opened_at))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

pub async fn get(db: &impl ConnectionTrait, id: OpeningId) -> Result<Model> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

pub async fn insert(db: &impl ConnectionTrait, row: ActiveModel) -> Result<()> {
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Takes the batch for this transaction, if it is open still: two people at once get different places.
pub async fn hold(db: &impl ConnectionTrait, unit: UnitId, id: OpeningId) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version))
        .filter(Column::Id.eq(id))
        .filter(Column::UnitId.eq(unit))
        .filter(Column::ClosedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Writes changes over the version that was read.
pub async fn save(db: &impl ConnectionTrait, read: &Model, mut changes: ActiveModel) -> Result<()> {
    changes.version = Set(read.version + 1);
    let done = Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(read.id))
        .filter(Column::Version.eq(read.version))
        .exec(db)
        .await?;
    match done.rows_affected {
        1 => Ok(()),
        _ => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
    }
}

pub async fn entered(db: &impl ConnectionTrait, id: OpeningId) -> Result<i32> {
    let count = entry::Entity::find()
        .filter(entry::Column::OpeningId.eq(id))
        .count(db)
        .await?;
    Ok(i32::try_from(count).unwrap_or(i32::MAX))
}

/// How many sheets each batch of a unit has.
pub async fn entered_of(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<HashMap<OpeningId, i32>> {
    let rows: Vec<(OpeningId, i64)> = entry::Entity::find()
        .select_only()
        .column(entry::Column::OpeningId)
        .column_as(entry::Column::ComplaintId.count(), "sheets")
        .filter(entry::Column::UnitId.eq(unit))
        .filter(entry::Column::OpeningId.is_not_null())
        .group_by(entry::Column::OpeningId)
        .into_tuple()
        .all(db)
        .await?;
    let counted = |(id, count)| (id, i32::try_from(count).unwrap_or(i32::MAX));
    Ok(rows.into_iter().map(counted).collect())
}

/// The last place that was given; 0 before the first.
pub async fn last_sheet(db: &impl ConnectionTrait, id: OpeningId) -> Result<i32> {
    let last: Option<Option<i32>> = entry::Entity::find()
        .select_only()
        .column_as(entry::Column::Sheet.max(), "last")
        .filter(entry::Column::OpeningId.eq(id))
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or_default())
}

/// The sheets with their cases in their order: all, or so many of the last.
pub async fn sheets(
    db: &impl ConnectionTrait,
    of: &Model,
    last: Option<u64>,
) -> Result<Vec<(i32, complaint::Model)>> {
    let mut entries = entry::Entity::find()
        .filter(entry::Column::UnitId.eq(of.unit_id))
        .filter(entry::Column::OpeningId.eq(of.id))
        .order_by_desc(entry::Column::Sheet)
        .limit(last)
        .all(db)
        .await?;
    entries.reverse();
    let mut cases = HashMap::new();
    for piece in entries.chunks(AT_ONCE) {
        let ids = piece.iter().map(|row| row.complaint_id);
        let found = complaint::Entity::find()
            .filter(complaint::Column::Id.is_in(ids))
            .all(db)
            .await?;
        cases.extend(found.into_iter().map(|case| (case.id, case)));
    }
    Ok(entries
        .into_iter()
        .filter_map(|row| Some((row.sheet?, cases.remove(&row.complaint_id)?)))
        .collect())
}

pub async fn insert_scan(db: &impl ConnectionTrait, row: box_scan::ActiveModel) -> Result<()> {
    box_scan::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn scans(db: &impl ConnectionTrait, of: &Model) -> Result<Vec<FileId>> {
    let rows = box_scan::Entity::find()
        .filter(box_scan::Column::UnitId.eq(of.unit_id))
        .filter(box_scan::Column::OpeningId.eq(of.id))
        .order_by_asc(box_scan::Column::CreatedAt)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.file_id).collect())
}

/// The batch that a case's sheet is of.
pub async fn opening_of(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Option<Model>> {
    let row = entry::Entity::find_by_id(of.id).one(db).await?;
    match row.and_then(|row| row.opening_id) {
        Some(id) => get(db, id).await.map(Some),
        None => Ok(None),
    }
}

/// Sheets whose case is no tombstone.
pub async fn readable_sheets(db: &impl ConnectionTrait, of: &Model) -> Result<u64> {
    let cases = entry::Entity::find()
        .select_only()
        .column(entry::Column::ComplaintId)
        .filter(entry::Column::UnitId.eq(of.unit_id))
        .filter(entry::Column::OpeningId.eq(of.id));
    Ok(complaint::Entity::find()
        .filter(complaint::Column::Id.in_subquery(cases.into_query()))
        .filter(complaint::Column::Subject.ne(MARK))
        .count(db)
        .await?)
}

pub async fn delete_scans(db: &impl ConnectionTrait, of: &Model) -> Result<()> {
    box_scan::Entity::delete_many()
        .filter(box_scan::Column::UnitId.eq(of.unit_id))
        .filter(box_scan::Column::OpeningId.eq(of.id))
        .exec(db)
        .await?;
    Ok(())
}
