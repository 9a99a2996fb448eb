//! Corrections: a new version is begun beside the one in force, and thrown away again without a trace in it.

use super::{
    entity::{AgreedPointId, BeritaAcaraId, SignatoryId, berita_acara},
    rules::{self, Move, Status},
    service::record,
    signing,
    store::{self, Content},
    words::refused,
};
use crate::{
    access::{Ctx, Permission},
    forums::{self, ForumId},
    platform::{
        db::Tx,
        error::{Error, Result},
        traces,
    },
};

const CHANGED: Error = Error::Conflict {
    code: "changed_meanwhile",
};

/// Begins a correction: a new version with the same points and signatories, who all sign again. The old
/// one stays in force until the new one is locked.
pub async fn amend(ctx: &Ctx, id: ForumId, reason: String) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::LockBeritaAcara).await?;
    traces::refuse_identity_numbers([("reason", reason.as_str())])?;
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    let old = store::newest(&tx, id).await?.ok_or(Error::NotFound)?;
    rules::after(old.status, Move::Amend).map_err(|broken| refused(ctx.locale(), broken))?;
    let old = store::content(&tx, old).await?;
    let head = berita_acara::Model {
        id: BeritaAcaraId::new(),
        version_no: old.head.version_no + 1,
        status: Status::Draft,
        locked_at: None,
        locked_by: None,
        record_hash: None,
        document_id: None,
        signed_from: None,
        signed_present: None,
        amends: Some(old.head.id),
        amendment_reason: reason,
        version: 1,
        edits: 0,
        created_at: ctx.now,
        ..old.head.clone()
    };
    store::insert(&tx, head.clone()).await?;
    copy_parts(&tx, &old, head.id).await?;
    record(
        &tx,
        ctx,
        &head,
        "berita_acara.amendment_started",
        serde_json::json!({ "amends": old.head.id, "forum": forum.id }),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

async fn copy_parts(tx: &Tx, old: &Content, to: BeritaAcaraId) -> Result<()> {
    for point in &old.points {
        let mut row = point.row.clone();
        row.id = AgreedPointId::new();
        row.berita_acara_id = to;
        row.version = 1;
        store::insert_point(tx, row.clone()).await?;
        store::set_inputs(tx, &row, &point.inputs).await?;
    }
    for signatory in &old.signatories {
        let mut row = signatory.clone();
        row.id = SignatoryId::new();
        row.berita_acara_id = to;
        row.signed_on_paper = false;
        row.signed_on = None;
        row.signature_key = None;
        row.signature_sha256 = None;
        row.missing_reason = None;
        row.version = 1;
        store::insert_signatory(tx, row).await?;
    }
    Ok(())
}

/// Throws the correction away that is being written. The version in force was never touched, so nothing comes back;
/// actions and reasons belong to its points and stay. `version_no` is that of the draft that was seen.
pub async fn discard(ctx: &Ctx, id: ForumId, version_no: i32) -> Result<()> {
    forums::get(ctx, id, Permission::LockBeritaAcara).await?;
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    let versions = store::versions(&tx, id).await?;
    let draft = versions.last().ok_or(Error::NotFound)?;
    let old = draft.amends;
    let old = old.and_then(|old| versions.iter().find(|one| one.id == old));
    let broken = |broken| refused(ctx.locale(), broken);
    rules::may_discard(draft.status, old.is_some()).map_err(broken)?;
    let Some(old) = old.filter(|_| draft.version_no == version_no) else {
        return Err(CHANGED);
    };
    // Whoever writes or locks it meanwhile waits here, and finds it gone.
    if !store::hold_draft(&tx, draft.id).await? {
        return Err(CHANGED);
    }
    let content = store::content(&tx, draft.clone()).await?;
    store::delete_draft(&tx, &content).await?;
    let signed = content.signatories.iter().filter(|one| one.has_signed());
    let data = serde_json::json!({
        "version": version_no,
        "reason": draft.amendment_reason,
        "points": content.points.len(),
        "signatures": signed.count(),
    });
    // Told with the version that stays: the other one is no more.
    record(&tx, ctx, old, "berita_acara.amendment_discarded", data).await?;
    tx.commit().await?;
    for row in &content.signatories {
        signing::forget(ctx, row).await?;
    }
    Ok(())
}
