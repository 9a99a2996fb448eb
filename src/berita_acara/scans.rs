//! Scans of the sheet that was signed by hand. They stand beside the record: what is locked is never
//! changed by them, so one may still be added afterwards, and only a draft loses one.

use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{
    entity::{berita_acara, scan},
    rules::Status,
    service::record,
    store,
    views::{ScanView, base_of},
};
use crate::{
    access::{Ctx, Permission},
    documents::{self, FileId, UploadedFile, uploads},
    forums::{self, Forum, ForumId},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        web::forms::Upload,
    },
};

async fn newest(tx: &Tx, id: ForumId) -> Result<berita_acara::Model> {
    store::newest(tx, id).await?.ok_or(Error::NotFound)
}

/// Keeps a scan with the newest version.
pub async fn add(ctx: &Ctx, id: ForumId, files: Vec<Upload>) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let file = files.into_iter().find(|file| file.field == "scan");
    let file = file.ok_or_else(|| Error::field("scan", Message::new("documents-file-choose")))?;
    let stored = uploads::store_scan(ctx, forum.unit_id, &file.name, file.bytes).await;
    let file = stored.map_err(|error| error.on_field("scan"))?;
    let tx = ctx.app.db.begin_write().await?;
    // As locking holds it: the paper says whether the signed sheets are kept with it.
    forums::hold(&tx, id).await?;
    let head = newest(&tx, id).await?;
    uploads::attach(&tx, forum.unit_id, &[file]).await?;
    let row = scan::ActiveModel {
        id: Set(uuid::Uuid::now_v7()),
        unit_id: Set(head.unit_id),
        berita_acara_id: Set(head.id),
        file_id: Set(file),
        created_at: Set(ctx.now),
    };
    store::insert_scan(&tx, row).await?;
    let data = serde_json::json!({ "file": file });
    record(&tx, ctx, &head, "berita_acara.scan_added", data).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a scan off a draft: the wrong file was chosen.
pub async fn remove(ctx: &Ctx, id: ForumId, file: FileId) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = super::service::draft(&tx, ctx, &forum).await?;
    if !store::delete_scan(&tx, head.id, file).await? {
        return Err(Error::NotFound);
    }
    let data = serde_json::json!({ "file": file });
    record(&tx, ctx, &head, "berita_acara.scan_removed", data).await?;
    tx.commit().await?;
    Ok(())
}

/// The scans of a version as its page lists them.
pub async fn list(ctx: &Ctx, forum: ForumId, head: &berita_acara::Model) -> Result<Vec<ScanView>> {
    let base = base_of(forum);
    let mut views = Vec::new();
    for row in store::scans(&ctx.app.db, head.id).await? {
        let file = uploads::get(&ctx.app.db, row.file_id).await?;
        let href = format!("{base}/pindaian/{}", file.id);
        views.push(ScanView {
            size: documents::size_text(file.size, ctx.locale()),
            name: file.name,
            remove_action: (head.status == Status::Draft).then(|| format!("{href}/hapus")),
            href,
        });
    }
    Ok(views)
}

/// A scan of this forum, for those who work on the record: signatures are personal data.
pub async fn of_forum(ctx: &Ctx, id: ForumId, file: FileId) -> Result<FileId> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    for head in store::versions(&ctx.app.db, forum.id).await? {
        let scans = store::scans(&ctx.app.db, head.id).await?;
        if scans.iter().any(|scan| scan.file_id == file) {
            return Ok(file);
        }
    }
    Err(Error::NotFound)
}

/// The scanned sheets of locked versions that a later one replaced, each with its version.
pub async fn replaced_sheets(
    db: &impl ConnectionTrait,
    forum: &Forum,
) -> Result<Vec<(i32, UploadedFile)>> {
    let in_force = store::locked(db, forum.id).await?;
    let mut files = Vec::new();
    for head in store::versions(db, forum.id).await? {
        let is_written = head.status == Status::Draft;
        if is_written || in_force.as_ref().is_some_and(|now| now.id == head.id) {
            continue;
        }
        for row in store::scans(db, head.id).await? {
            files.push((head.version_no, uploads::get(db, row.file_id).await?));
        }
    }
    Ok(files)
}

/// The scanned sheets of the record in force, the oldest first.
pub async fn scanned_sheets(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<UploadedFile>> {
    let Some(head) = store::locked(db, forum.id).await? else {
        return Ok(Vec::new());
    };
    let mut files = Vec::new();
    for row in store::scans(db, head.id).await? {
        files.push(uploads::get(db, row.file_id).await?);
    }
    Ok(files)
}
