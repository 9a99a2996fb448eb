//! Keeping and opening restricted files.

use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _,
};
use serde_json::json;

use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        entity::complaint,
        filing, retention,
        ways::{
            self,
            entity::restricted_file::{
                self, Column, Entity, Model, RestrictedFileId, RestrictedKind,
            },
        },
    },
    documents::uploads,
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::{Locale, Message},
    },
};

/// A card has two sides, a power of attorney a few pages.
const MOST: u64 = 12;

fn bound_to(id: RestrictedFileId) -> String {
    format!("complaint_restricted_file:{id}")
}

/// The case, for those who may open what is kept here.
pub async fn case(ctx: &Ctx, number: &str) -> Result<complaint::Model> {
    let found = ways::seen(ctx, number).await?;
    ctx.require(Permission::UnmaskReporter, found.unit_id)?;
    Ok(found)
}

pub async fn files(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(of.unit_id))
        .filter(Column::ComplaintId.eq(of.id))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

pub async fn kept(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Vec<RestrictedFileId>> {
    let rows = files(db, of).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// `2 berkas terbatas`
#[must_use]
pub fn label(count: usize, locale: Locale) -> String {
    Message::new("ways-restricted-count")
        .with("count", count)
        .text(locale)
}

/// A picture is made anew, so that nothing travels behind it; a PDF stays as it is.
async fn clean(ctx: &Ctx, name: &str, bytes: Vec<u8>) -> Result<(Vec<u8>, &'static str)> {
    let kind = uploads::look_at_scan(&ctx.app, name, &bytes).await?;
    if kind == "application/pdf" {
        return Ok((bytes, kind));
    }
    let made = filing::drawn(&ctx.app, bytes).await?;
    let made = made.map_err(|_| Error::field("file", Message::new("documents-file-scan")))?;
    Ok((made, "image/jpeg"))
}

/// Refuses one more than a case takes, and any for a tombstone.
async fn room(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<()> {
    retention::require_whole(db, of.id).await?;
    let known = Entity::find()
        .filter(Column::ComplaintId.eq(of.id))
        .count(db)
        .await?;
    if known < MOST {
        return Ok(());
    }
    let message = Message::new("complaints-files-many").with("most", MOST);
    Err(Error::field("file", message))
}

/// `name` is that of the file as it came; it is told when the file is refused, and not kept.
pub async fn add(
    ctx: &Ctx,
    number: &str,
    kind: &str,
    (name, bytes): (&str, Vec<u8>),
) -> Result<()> {
    let found = case(ctx, number).await?;
    let mut check = Check::new();
    let kind = check.choice("kind", kind, kind_of);
    check.finish()?;
    let kind = kind.unwrap_or(RestrictedKind::IdentityCard);
    room(&ctx.app.db, &found).await?;
    let (bytes, content_type) = clean(ctx, name, bytes).await?;
    let id = RestrictedFileId::new();
    let size = i64::try_from(bytes.len()).map_err(anyhow::Error::from)?;
    let sealed = ctx.app.keys.seal_bytes(&bytes, &bound_to(id))?;
    let file_key = ctx.app.files.put("restricted", sealed).await?;
    let tx = ctx.app.db.begin_write().await?;
    if let Err(full) = room(&tx, &found).await {
        // Somebody was quicker: what has no row would never be found again.
        ctx.app.files.remove(&file_key).await?;
        return Err(full);
    }
    let row = restricted_file::ActiveModel {
        id: Set(id),
        unit_id: Set(found.unit_id),
        complaint_id: Set(found.id),
        kind: Set(kind),
        content_type: Set(content_type.to_owned()),
        size: Set(size),
        file_key: Set(file_key),
        person_id: Set(ctx.person_id()),
        created_at: Set(ctx.now),
    };
    Entity::insert(row).exec_without_returning(&tx).await?;
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.restricted_added")
        .in_unit(found.unit_id)
        .with(json!({ "kind": kind }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

pub const KINDS: [(RestrictedKind, &str); 2] = [
    (RestrictedKind::IdentityCard, "identity_card"),
    (RestrictedKind::PowerOfAttorney, "power_of_attorney"),
];

fn kind_of(code: &str) -> Option<RestrictedKind> {
    KINDS
        .iter()
        .find(|(_, known)| *known == code)
        .map(|(kind, _)| *kind)
}

/// A file in the clear.
pub struct Opened {
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// Opens one for a reason; who, when and why stay in the history of the case.
pub async fn open(ctx: &Ctx, number: &str, id: RestrictedFileId, reason: &str) -> Result<Opened> {
    let found = case(ctx, number).await?;
    let mut check = Check::new();
    let reason = check.line("reason", reason, 5, 300);
    check.finish()?;
    let row = Entity::find_by_id(id)
        .filter(Column::ComplaintId.eq(found.id))
        .one(&ctx.app.db)
        .await?
        .ok_or(Error::NotFound)?;
    let tx = ctx.app.db.begin_write().await?;
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.restricted_opened")
        .in_unit(found.unit_id)
        .with(json!({ "kind": row.kind, "file": row.id, "reason": reason }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    let sealed = ctx.app.files.get(&row.file_key).await?;
    let bytes = ctx.app.keys.open_bytes(&sealed, &bound_to(row.id))?;
    let code = KINDS.iter().find(|(kind, _)| *kind == row.kind);
    let ending = if row.content_type == "application/pdf" {
        "pdf"
    } else {
        "jpg"
    };
    Ok(Opened {
        name: format!(
            "{}-{}.{ending}",
            found.number,
            code.map_or("", |(_, code)| code)
        ),
        content_type: row.content_type,
        bytes,
    })
}
