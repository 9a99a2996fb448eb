//! Signatures of those who are in, kept with their rows.

use super::{
    entity::{AttendanceId, attendance},
    rules::Broken,
    service, store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    documents::{FileId, uploads},
    forums::{self, Forum, ForumId},
    platform::{
        context::App,
        crypto::sha256_hex,
        error::{Error, Result},
        signature::Signature,
    },
};

/// The row for which somebody signs. Only who is in has something to sign.
pub async fn row(ctx: &Ctx, id: ForumId, row: AttendanceId) -> Result<(Forum, attendance::Model)> {
    let forum = forums::work_at(ctx, id, Permission::CheckIn).await?;
    let row = store::get(&ctx.app.db, forum.id, row).await?;
    Ok((forum, row))
}

/// Keeps a signature; in place of an earlier one if they sign `again` on purpose. `version` is that of the row on the
/// page. The very signature that is there already was sent twice, by a device whose network dropped before the answer
/// came: it is kept once.
pub async fn keep(
    ctx: &Ctx,
    id: ForumId,
    row: AttendanceId,
    (version, again): (i32, bool),
    signature: Signature,
) -> Result<attendance::Model> {
    let (forum, seen) = self::row(ctx, id, row).await?;
    let png = signature.into_png();
    if let Some(kept) = seen.signature_id
        && uploads::get(&ctx.app.db, kept).await?.sha256 == sha256_hex(&png)
    {
        return Ok(seen);
    }
    let file = uploads::store_unlooked(ctx, forum.unit_id, "tanda-tangan.png", png).await?;
    change(ctx, &forum, (seen.id, version), Some((file, again))).await
}

/// Takes a signature off the row.
pub async fn remove(
    ctx: &Ctx,
    id: ForumId,
    row: AttendanceId,
    version: i32,
) -> Result<attendance::Model> {
    let (forum, seen) = self::row(ctx, id, row).await?;
    change(ctx, &forum, (seen.id, version), None).await
}

async fn change(
    ctx: &Ctx,
    forum: &Forum,
    (row, version): (AttendanceId, i32),
    signature: Option<(FileId, bool)>,
) -> Result<attendance::Model> {
    let zone = service::zone_of(&ctx.app.db, forum).await?;
    let tx = ctx.app.db.begin_write().await?;
    service::open_list(&tx, ctx, forum.id, zone).await?;
    let row = store::get(&tx, forum.id, row).await?;
    if row.checked_in_at.is_none() {
        let name = row.name;
        return Err(service::refused(ctx, zone, Broken::NotIn { name }));
    }
    if row.version != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    if row.signature_id.is_some() && signature.is_some_and(|(_, again)| !again) {
        let name = row.name;
        return Err(service::refused(ctx, zone, Broken::Signed { name }));
    }
    let signature = signature.map(|(file, _)| file);
    if let Some(file) = signature {
        uploads::attach(&tx, forum.unit_id, &[file]).await?;
    }
    store::set_signature(&tx, &row, signature).await?;
    let verb = match signature {
        Some(_) => "attendance.signed",
        None => "attendance.signature_removed",
    };
    let entry = audit::Entry::new("attendance", row.id.0, verb)
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "forum": forum.id }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(row)
}

/// The picture of a row, if it was signed.
pub async fn bytes(app: &App, row: &attendance::Model) -> Result<Option<Vec<u8>>> {
    let Some(id) = row.signature_id else {
        return Ok(None);
    };
    let file = uploads::get(&app.db, id).await?;
    Ok(Some(uploads::bytes(app, &file).await?))
}
