//! What filing keeps of a citizen goes when a case becomes a tombstone. Category and rating stay: they count, and say
//! nothing about anybody.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::entity::{code, contact_change, detail, file_check, follower, form, news};
use crate::{
    complaints::entity::complaint,
    documents::FileId,
    platform::{db::Tx, error::Result},
};

/// `files` are those of the case, which go after this.
pub async fn forget(tx: &Tx, of: &complaint::Model, files: &[FileId]) -> Result<()> {
    form::Entity::delete_many()
        .filter(form::Column::ComplaintId.eq(of.id))
        .exec(tx)
        .await?;
    code::Entity::delete_many()
        .filter(code::Column::ComplaintId.eq(of.id))
        .exec(tx)
        .await?;
    detail::Entity::delete_many()
        .filter(detail::Column::ComplaintId.eq(of.id))
        .exec(tx)
        .await?;
    drop_changes(tx, of).await?;
    news::Entity::delete_many()
        .filter(news::Column::ComplaintId.eq(of.id))
        .exec(tx)
        .await?;
    follower::Entity::delete_many()
        .filter(follower::Column::ComplaintId.eq(of.id))
        .exec(tx)
        .await?;
    file_check::Entity::delete_many()
        .filter(file_check::Column::FileId.is_in(files.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes back every wish for another contact: a link that still lies in a mailbox changes nothing any more.
pub async fn drop_changes(tx: &Tx, of: &complaint::Model) -> Result<()> {
    contact_change::Entity::delete_many()
        .filter(contact_change::Column::ComplaintId.eq(of.id))
        .exec(tx)
        .await?;
    Ok(())
}
