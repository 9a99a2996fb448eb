//! What the ways in keep of a citizen goes when a case becomes a tombstone. That a sheet came out of a box stays, and a
//! mark of the number that a report had elsewhere: taken in again, it is the same case. A box is scanned as one pile, so
//! its scans go with the last of its sheets.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};

use super::{
    boxes, conversations,
    entity::{entry, original, restricted_file, sp4n_case},
};
use crate::{
    access::Ctx,
    complaints::entity::complaint,
    platform::{db::Tx, error::Result},
};

/// Answers the keys of the files that can be erased once this is committed.
pub async fn forget(tx: &Tx, ctx: &Ctx, of: &complaint::Model) -> Result<Vec<String>> {
    original::Entity::delete_many()
        .filter(original::Column::ComplaintId.eq(of.id))
        .exec(tx)
        .await?;
    conversations::forget(tx, &ctx.app, of).await?;
    sp4n_case::Entity::update_many()
        .col_expr(sp4n_case::Column::Status, Expr::value(""))
        .col_expr(sp4n_case::Column::Disposition, Expr::value(""))
        .filter(sp4n_case::Column::ComplaintId.eq(of.id))
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
    keys.extend(boxes::forget_scans(tx, of).await?);
    Ok(keys)
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
