//! A signature stands under a text. While one does, the text stays as it is: whoever wants to change it takes the
//! signatures back first, and says so by that.

use super::{
    entity::berita_acara,
    rules,
    service::{draft, record},
    signing, store,
    words::refused,
};
use crate::{
    access::{Ctx, Permission},
    attendance,
    forums::{self, Forum, ForumId},
    platform::{db::Tx, error::Result},
};

/// The draft of a forum whose text is about to be changed, kept until the transaction ends.
pub(super) async fn open(tx: &Tx, ctx: &Ctx, forum: &Forum) -> Result<berita_acara::Model> {
    let head = draft(tx, ctx, forum).await?;
    let signed = store::signatories(tx, head.id).await?;
    rules::may_rewrite(signed.iter().any(|row| row.has_signed()))
        .map_err(|broken| refused(ctx.locale(), broken))?;
    Ok(head)
}

/// Opens the text under the number alone: an office often gives it after the record was signed.
pub(super) async fn open_header(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    only_fills_number: impl FnOnce(&berita_acara::Model) -> bool,
) -> Result<berita_acara::Model> {
    let head = draft(tx, ctx, forum).await?;
    if only_fills_number(&head) {
        return Ok(head);
    }
    open(tx, ctx, forum).await
}

/// Fixes what the paper tells of minutes and attendance with the first signature, and frees it with the last one taken
/// back. Part of every change of a signature.
pub(super) async fn settle(tx: &Tx, ctx: &Ctx, head: &berita_acara::Model) -> Result<()> {
    let rows = store::signatories(tx, head.id).await?;
    let signed = rows.iter().any(|row| row.has_signed());
    if signed == head.signed_from.is_some() {
        return Ok(());
    }
    let first = match signed {
        true => {
            let forum = forums::by_id(tx, head.forum_id).await?;
            let present = attendance::present(tx, &forum).await?.len();
            Some((ctx.now, i32::try_from(present).unwrap_or(i32::MAX)))
        }
        false => None,
    };
    store::set_signed(tx, head.id, first).await
}

/// Takes back every signature of the draft, so that its text can be changed. Reasons of those who do not sign stay.
pub async fn reopen(ctx: &Ctx, id: ForumId) -> Result<usize> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, ctx, &forum).await?;
    let mut signed = store::signatories(&tx, head.id).await?;
    signed.retain(|row| row.has_signed());
    for row in &signed {
        store::save_signatory(&tx, row, signing::unsigned()).await?;
    }
    settle(&tx, ctx, &head).await?;
    let names: Vec<&str> = signed.iter().map(|row| row.name.as_str()).collect();
    let told = serde_json::json!({ "signatories": names });
    record(&tx, ctx, &head, "berita_acara.reopened", told).await?;
    tx.commit().await?;
    for row in &signed {
        signing::forget(ctx, row).await?;
    }
    Ok(signed.len())
}
