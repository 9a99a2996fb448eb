//! What the ways in keep of a citizen goes when a case becomes a tombstone. That a sheet came out of a box, and which
//! number a report had elsewhere, stays.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};

use super::entity::{conversation, entry, original, restricted_file};
use crate::{
    complaints::entity::complaint,
    platform::{db::Tx, error::Result},
};

/// Answers the keys of the files that can be erased once this is committed.
pub async fn forget(tx: &Tx, of: &complaint::Model) -> Result<Vec<String>> {
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
    Ok(sealed.into_iter().map(|file| file.file_key).collect())
}
