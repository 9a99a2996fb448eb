//! Locking: what was seen becomes what stands, with hash, code and document; the attendance list closes
//! with it, and a correction takes the place of the version it names.

use chrono::NaiveDateTime;

use super::{
    entity::berita_acara,
    face,
    paper::{self, Seal, Source},
    rules::{self, Broken, Move},
    service::{Book, open, record},
    signing,
    store::{self, Content},
    words::refused,
};
use crate::{
    access::{Ctx, Permission},
    attendance,
    documents::{self, Kind, data},
    forums::{self, ForumId, Stage},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

const CHANGED: Error = Error::Conflict {
    code: "changed_meanwhile",
};

/// What an officer locks.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The hash of the record that was looked at.
    pub hash: &'a str,
    /// The agenda is not over, but the forum is.
    pub ended_early: bool,
}

/// Locks the draft of a forum. `seen` is left out by those who load a record that is locked already.
pub async fn lock(ctx: &Ctx, id: ForumId, seen: Option<Seen<'_>>) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::LockBeritaAcara).await?;
    let book = open(ctx, forum, None).await?;
    let mut content = book.content.clone().ok_or(Error::NotFound)?;
    let broken = |broken: Broken| refused(ctx.locale(), broken);
    rules::after(content.head.status, Move::Lock).map_err(broken)?;
    let hash = book.hash(&content)?;
    if seen.is_some_and(|seen| seen.hash != hash) {
        return Err(CHANGED);
    }
    rules::may_lock(&book.record(ctx, &content))
        .map_err(|missing| broken(Broken::Incomplete(missing)))?;
    if let (Some(seen), Some(until)) = (seen, book.runs_until(ctx, &content)) {
        if !seen.ended_early {
            return Err(still_runs(until));
        }
        content.head.ended_early_at = Some(ctx.now);
    }
    let content = &content;
    // Typesetting and storing come before the transaction: nobody waits for the database meanwhile.
    let sheets = match attendance::closed(&ctx.app.db, id).await? {
        Some(_) => None,
        None => {
            Some(attendance::prepare_sheets(ctx, &book.forum, content.head.ended_early_at).await?)
        }
    };
    let old = book.amended();
    let code = documents::new_code();
    let data = data_of(ctx, &book, content, old, Some((&code, &hash))).await?;
    let paper = documents::New {
        unit: book.forum.unit_id,
        kind: Kind::BeritaAcara,
        number: Some(content.head.number.clone()),
        subject: paper::one_line(&content.head.title),
        about_kind: "forum",
        about_id: id.0,
        bytes: documents::render(&ctx.app, Kind::BeritaAcara, &data, ctx.now).await?,
        verification_code: code,
        restricted: false,
        issuer: None,
        supersedes: old.and_then(|old| old.document_id),
    };
    let paper = documents::put_with(&ctx.app, paper, &data).await?;
    let tx = ctx.app.db.begin_write().await?;
    unchanged(&tx, &book, content, &hash).await?;
    if let Some(sheets) = sheets {
        let with = attendance::ClosedWith::BeritaAcara;
        attendance::close(&tx, ctx, &book.forum, (sheets, with)).await?;
    }
    let document = documents::issue(&tx, ctx, paper).await?;
    store::set_locked(
        &tx,
        content.head.id,
        ctx.now,
        ctx.person_id(),
        hash.clone(),
        document.id,
        content.head.ended_early_at,
    )
    .await?;
    if let Some(old) = old {
        store::set_superseded(&tx, old.id).await?;
        face::relabel_actions(&tx, &book.forum, old, &content.points).await?;
    }
    forums::reach(&tx, ctx, id, Stage::Report).await?;
    let data = serde_json::json!({
        "forum": id, "record": hash, "document": document.id, "version": content.head.version_no,
        "ended_early_at": content.head.ended_early_at,
    });
    record(&tx, ctx, &content.head, "berita_acara.locked", data).await?;
    tx.commit().await?;
    Ok(())
}

/// What is agreed after the record would be in no paper.
fn still_runs(until: NaiveDateTime) -> Error {
    let message = Message::new("berita-acara-still-runs");
    let time = until.format("%H.%M").to_string();
    Error::field("ended_early", message.with("time", time))
}

/// What the paper says; without a seal (code and hash) it is a preview.
async fn data_of(
    ctx: &Ctx,
    book: &Book,
    content: &Content,
    amends: Option<&berita_acara::Model>,
    seal: Option<(&str, &str)>,
) -> Result<data::BeritaAcara> {
    let source = Source {
        forum: &book.forum,
        unit: &book.unit,
        zone: book.zone,
        content,
        present: book.present.len(),
        amends,
        drawn: &signing::drawn(ctx, content).await?,
    };
    let seal = seal.map(|(code, hash)| Seal { code, hash });
    Ok(paper::paper(&ctx.app, &source, seal.as_ref()))
}

/// The record in the database is still the one that was typeset, and stays so until the commit.
async fn unchanged(tx: &Tx, book: &Book, content: &Content, hash: &str) -> Result<()> {
    // The forum first, as the door holds it: who is in is counted below.
    let forum = forums::hold(tx, book.forum.id).await?;
    if !store::hold_draft(tx, content.head.id).await? {
        return Err(CHANGED);
    }
    let head = store::by_id(tx, content.head.id).await?;
    let now = store::content(tx, head).await?;
    let present = attendance::present(tx, &forum).await?.len();
    // The paper says whether the signed sheets are kept with it.
    let scans = now.scans.len() == content.scans.len();
    if scans && paper::record_hash(&forum, &book.unit, &now, present)? == hash {
        Ok(())
    } else {
        Err(CHANGED)
    }
}

/// The paper of a version: the registered bytes when it is locked, a preview before.
pub async fn pdf(ctx: &Ctx, book: &Book) -> Result<Vec<u8>> {
    let content = book.content.as_ref().ok_or(Error::NotFound)?;
    if let Some(id) = content.head.document_id {
        let document = documents::document(&ctx.app.db, id).await?;
        return documents::bytes(&ctx.app, &document).await;
    }
    let data = data_of(ctx, book, content, book.amended(), None).await?;
    documents::render(&ctx.app, Kind::BeritaAcara, &data, ctx.now).await
}
