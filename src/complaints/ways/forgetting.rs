//! What the ways in keep of a citizen goes when a case becomes a tombstone. That a sheet came out of a box, and which
//! number a report had elsewhere, stays.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    sea_query::{Expr, ExprTrait as _, Query},
};

use super::entity::{OpeningId, box_scan, conversation, entry, opening, original, restricted_file};
use crate::{
    complaints::{entity::complaint, retention::entity::erasure},
    documents::uploads,
    platform::{db::Tx, error::Result},
};

/// A box that nobody closed has no more sheets to come after so long.
const OPEN_AT_MOST_DAYS: i64 = 365;

/// Answers the keys of the files that can be erased once this is committed.
pub async fn forget(tx: &Tx, of: &complaint::Model, now: DateTime<Utc>) -> Result<Vec<String>> {
    original::Entity::delete_many()
        .filter(original::Column::ComplaintId.eq(of.id))
        .exec(tx)
        .await?;
    conversation::Entity::delete_many()
        .filter(conversation::Column::ComplaintId.eq(of.id))
        .exec(tx)
        .await?;
    entry::Entity::update_many()
        .col_expr(entry::Column::LetterNumber, Expr::value(None::<String>))
        .col_expr(entry::Column::Address, Expr::value(None::<Vec<u8>>))
        .col_expr(entry::Column::RepresentedBy, Expr::value(None::<Vec<u8>>))
        .filter(entry::Column::ComplaintId.eq(of.id))
        .exec(tx)
        .await?;
    let sealed = restricted_file::Entity::find()
        .filter(restricted_file::Column::ComplaintId.eq(of.id))
        .all(tx)
        .await?;
    restricted_file::Entity::delete_many()
        .filter(restricted_file::Column::ComplaintId.eq(of.id))
        .exec(tx)
        .await?;
    let mut keys: Vec<String> = sealed.into_iter().map(|file| file.file_key).collect();
    let paper = entry::Entity::find_by_id(of.id).one(tx).await?;
    if let Some(opening) = paper.and_then(|paper| paper.opening_id) {
        keys.extend(forget_scans(tx, of, opening, now).await?);
    }
    Ok(keys)
}

/// The scanned sheets of a box hang on its opening: nobody knows which sheet is whose. They go with the last of its
/// voices.
async fn forget_scans(
    tx: &Tx,
    of: &complaint::Model,
    id: OpeningId,
    now: DateTime<Utc>,
) -> Result<Vec<String>> {
    let batch = opening::Entity::find_by_id(id).one(tx).await?;
    let over = now - Duration::days(OPEN_AT_MOST_DAYS);
    let ended = |batch: &opening::Model| batch.closed_at.is_some() || batch.opened_at < over;
    if !batch.as_ref().is_some_and(ended) {
        return Ok(Vec::new());
    }
    let erased = Query::select()
        .column(erasure::Column::ComplaintId)
        .from(erasure::Entity)
        .and_where(erasure::Column::UnitId.eq(of.unit_id))
        .to_owned();
    let others = entry::Entity::find()
        .filter(entry::Column::UnitId.eq(of.unit_id))
        .filter(entry::Column::OpeningId.eq(id))
        .filter(entry::Column::ComplaintId.ne(of.id))
        .filter(Expr::col((entry::Entity, entry::Column::ComplaintId)).not_in_subquery(erased))
        .count(tx)
        .await?;
    if others > 0 {
        return Ok(Vec::new());
    }
    let scans = box_scan::Entity::find()
        .filter(box_scan::Column::UnitId.eq(of.unit_id))
        .filter(box_scan::Column::OpeningId.eq(id))
        .all(tx)
        .await?;
    box_scan::Entity::delete_many()
        .filter(box_scan::Column::UnitId.eq(of.unit_id))
        .filter(box_scan::Column::OpeningId.eq(id))
        .exec(tx)
        .await?;
    let files: Vec<_> = scans.into_iter().map(|scan| scan.file_id).collect();
    uploads::remove(tx, &files).await
}

/// The postal address is a contact, too: it goes when somebody wants to hear nothing more.
pub async fn forget_address(tx: &Tx, of: &complaint::Model) -> Result<()> {
    entry::Entity::update_many()
        .col_expr(entry::Column::Address, Expr::value(None::<Vec<u8>>))
        .filter(entry::Column::ComplaintId.eq(of.id))
        .exec(tx)
        .await?;
    Ok(())
}
