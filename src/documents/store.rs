//! Queries of the register and the files.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    entity::{DocumentId, FileId, document, file},
    render::Kind,
};
use crate::{
    organisation::UnitId,
    platform::error::{Error, Result},
};

pub async fn insert_document(db: &impl ConnectionTrait, row: document::ActiveModel) -> Result<()> {
    document::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn document(db: &impl ConnectionTrait, id: DocumentId) -> Result<document::Model> {
    document::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn latest(
    db: &impl ConnectionTrait,
    about_kind: &str,
    about_id: Uuid,
    kind: Kind,
) -> Result<Option<document::Model>> {
    Ok(document::Entity::find()
        .filter(document::Column::AboutKind.eq(about_kind))
        .filter(document::Column::AboutId.eq(about_id))
        .filter(document::Column::Kind.eq(kind.as_str()))
        .order_by_desc(document::Column::Version)
        .one(db)
        .await?)
}

/// Every version of every kind about one thing, the oldest first.
pub async fn about(
    db: &impl ConnectionTrait,
    about_kind: &str,
    about_id: Uuid,
) -> Result<Vec<document::Model>> {
    Ok(document::Entity::find()
        .filter(document::Column::AboutKind.eq(about_kind))
        .filter(document::Column::AboutId.eq(about_id))
        .order_by_asc(document::Column::Kind)
        .order_by_asc(document::Column::Version)
        .all(db)
        .await?)
}

/// The papers that stand in a unit's register of numbers, its own and those that went out in its name, issued since then.
pub async fn numbered(
    db: &impl ConnectionTrait,
    unit: UnitId,
    since: DateTime<Utc>,
) -> Result<Vec<document::Model>> {
    let register = Condition::any()
        .add(document::Column::UnitId.eq(unit))
        .add(document::Column::IssuerId.eq(unit));
    Ok(document::Entity::find()
        .filter(register)
        .filter(document::Column::IssuedAt.gte(since))
        .filter(document::Column::Number.is_not_null())
        .order_by_asc(document::Column::IssuedAt)
        .all(db)
        .await?)
}

pub async fn by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<document::Model>> {
    Ok(document::Entity::find()
        .filter(document::Column::VerificationCode.eq(code))
        .one(db)
        .await?)
}

/// The document whose file has this fingerprint.
pub async fn by_sha256(db: &impl ConnectionTrait, sha256: &str) -> Result<Option<document::Model>> {
    Ok(document::Entity::find()
        .filter(document::Column::Sha256.eq(sha256))
        .order_by_desc(document::Column::Id)
        .one(db)
        .await?)
}

/// The version that replaced this document, if any.
pub async fn replacing(
    db: &impl ConnectionTrait,
    id: DocumentId,
) -> Result<Option<document::Model>> {
    Ok(document::Entity::find()
        .filter(document::Column::Supersedes.eq(id))
        .order_by_desc(document::Column::Version)
        .one(db)
        .await?)
}

pub async fn insert_file(db: &impl ConnectionTrait, row: file::ActiveModel) -> Result<()> {
    file::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

pub async fn file(db: &impl ConnectionTrait, id: FileId) -> Result<file::Model> {
    file::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// The files of these ids that belong to the unit and that nothing uses yet.
pub async fn unattached(
    db: &impl ConnectionTrait,
    unit: UnitId,
    ids: &[FileId],
) -> Result<Vec<file::Model>> {
    Ok(file::Entity::find()
        .filter(file::Column::UnitId.eq(unit))
        .filter(file::Column::Id.is_in(ids.iter().copied()))
        .filter(file::Column::Attached.eq(false))
        .all(db)
        .await?)
}

/// Marks those that nothing uses yet; says how many they were.
pub async fn set_attached(db: &impl ConnectionTrait, ids: &[FileId]) -> Result<u64> {
    let written = file::Entity::update_many()
        .col_expr(file::Column::Attached, Expr::value(true))
        .filter(file::Column::Id.is_in(ids.iter().copied()))
        .filter(file::Column::Attached.eq(false))
        .exec(db)
        .await?;
    Ok(written.rows_affected)
}

/// Files that were handed in before this moment and that nothing uses, of one folder or of all.
pub async fn forgotten(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
    folder: &str,
) -> Result<Vec<file::Model>> {
    Ok(file::Entity::find()
        .filter(file::Column::Attached.eq(false))
        .filter(file::Column::CreatedAt.lt(before))
        .filter(file::Column::FileKey.starts_with(folder))
        .limit(500)
        .all(db)
        .await?)
}

/// Removes the row of a file unless something uses it by now; says whether it did.
pub async fn delete_unattached(db: &impl ConnectionTrait, id: FileId) -> Result<bool> {
    let deleted = file::Entity::delete_many()
        .filter(file::Column::Id.eq(id))
        .filter(file::Column::Attached.eq(false))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected == 1)
}

pub async fn delete_file(db: &impl ConnectionTrait, id: FileId) -> Result<()> {
    file::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Takes the file off a register entry; number, date and fingerprint stay.
pub async fn forget_bytes(db: &impl ConnectionTrait, id: DocumentId) -> Result<()> {
    document::Entity::update_many()
        .col_expr(document::Column::FileKey, Expr::value(""))
        .col_expr(
            document::Column::DataKey,
            Expr::value(Option::<String>::None),
        )
        .filter(document::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
