//! From draft to final: submitted by an organiser, sent back or approved by the approver, corrected by a
//! new revision. What is approved is typeset, registered and never changed again.

use sea_orm::ActiveValue::Set;

use super::{
    emails::{self, Step},
    entity::{
        MinutesId,
        minutes::{self, Lines},
    },
    notes, paper,
    rules::{self, Move, Status},
    service::{Book, draft, missing_text, open, record, refused},
    store::{self, CHANGED, Content},
};
use crate::{
    access::{Actor, Ctx, Permission},
    attendance, berita_acara,
    documents::{self, Kind},
    forums::{self, Forum, ForumId},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
        traces,
    },
};

/// Whether the caller approves these minutes: the organiser named as approver, otherwise the head.
#[must_use]
pub fn may_approve(ctx: &Ctx, forum: &Forum, head: &minutes::Model) -> bool {
    match (&ctx.actor, head.approver_id) {
        (Actor::System, _) => true,
        (_, Some(named)) => {
            ctx.person_id() == Some(named) && ctx.may(Permission::ManageForum, forum.unit_id)
        }
        (_, None) => ctx.may(Permission::ApproveMinutes, forum.unit_id),
    }
}

fn require_approver(ctx: &Ctx, forum: &Forum, head: &minutes::Model) -> Result<()> {
    if may_approve(ctx, forum, head) {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}

/// Minutes that lack something are neither submitted nor approved.
fn require_complete(ctx: &Ctx, book: &Book, content: &Content) -> Result<()> {
    let missing = book.missing(ctx, content);
    if missing.is_empty() {
        return Ok(());
    }
    let words: Vec<String> = missing
        .iter()
        .map(|one| missing_text(one, ctx.locale()))
        .collect();
    Err(Error::rule(
        "minutes.incomplete",
        Message::new("rule-minutes-incomplete").with("missing", words.join(" ")),
    ))
}

/// The forums whose minutes wait for the caller.
pub async fn to_approve(ctx: &Ctx) -> Result<Vec<Forum>> {
    let db = &ctx.app.db;
    let mut found = Vec::new();
    for head in store::in_review(db).await? {
        let forum = forums::by_id(db, head.forum_id).await?;
        if forums::may_work(&forum).is_ok() && may_approve(ctx, &forum, &head) {
            found.push(forum);
        }
    }
    Ok(found)
}

/// The minutes are printed again in the report that everybody reads. Nobody is kept from writing while people speak: what
/// seems to name a person is asked about once, when the draft leaves those who wrote it. Whose words an input was stands in
/// the minutes as such; agreed points were looked at when they were written.
async fn look_first(ctx: &Ctx, book: &Book, content: &Content, looked: bool) -> Result<()> {
    let results = content.head.results.0.iter();
    let results = results.filter(|words| !book.agreed.contains(words));
    let notes = content.notes.iter().map(|note| &note.text);
    let captions = book.photos.iter().map(|photo| &photo.caption);
    let words = results.chain(notes).chain(captions);
    let words = words.chain([&content.head.closing]).map(String::as_str);
    let words: Vec<&str> = words.collect();
    attendance::look_first(&ctx.app.db, &book.forum, &words, looked).await
}

/// How a draft is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handing {
    /// The approver is told, but by those who load a record.
    pub by_mail: bool,
    /// Somebody says that everybody may read words that seem to name a person.
    pub looked: bool,
}

/// Hands the draft to the approver. Nobody writes until it comes back.
pub async fn submit(ctx: &Ctx, id: ForumId, how: Handing) -> Result<()> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let book = open(ctx, forum, None).await?;
    let content = book.content()?;
    forums::may_work(&book.forum)?;
    rules::after(content.head.status, Move::Submit).map_err(refused)?;
    require_complete(ctx, &book, content)?;
    look_first(ctx, &book, content, how.looked).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, id).await?;
    if head.edits != content.head.edits {
        return Err(CHANGED);
    }
    let change = minutes::ActiveModel {
        status: Set(Status::Review),
        returned_because: Set(String::new()),
        ..Default::default()
    };
    store::set(&tx, head.id, change).await?;
    record(
        &tx,
        ctx,
        &book.forum,
        head.id,
        "submitted",
        "minutes.submitted",
    )
    .await?;
    if how.by_mail {
        emails::tell(&tx, ctx, &book.forum, &head, Step::Submitted).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Sends submitted minutes back to those who write, with what is to be done.
pub async fn give_back(ctx: &Ctx, id: ForumId, reason: String) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ViewForums).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = store::newest(&tx, id).await?.ok_or(Error::NotFound)?;
    require_approver(ctx, &forum, &head)?;
    forums::hold(&tx, id).await?;
    rules::after(head.status, Move::Return).map_err(refused)?;
    if !store::hold(&tx, &head).await? {
        return Err(CHANGED);
    }
    let change = minutes::ActiveModel {
        status: Set(Status::Draft),
        returned_because: Set(reason.clone()),
        ..Default::default()
    };
    store::set(&tx, head.id, change).await?;
    record(&tx, ctx, &forum, head.id, "returned", "minutes.returned").await?;
    emails::tell(&tx, ctx, &forum, &head, Step::Returned(&reason)).await?;
    tx.commit().await?;
    Ok(())
}

/// What the approver read before saying so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Counts the changes of the minutes until then.
    pub edits: i32,
    /// Version of the forum: its agenda is printed too, and is no text of the minutes.
    pub forum: i32,
}

impl Seen {
    fn of(book: &Book, content: &Content) -> Self {
        Self {
            edits: content.head.edits,
            forum: book.forum.version,
        }
    }
}

/// Approves what was seen (left out by those who load a record). The attendance list closes with it, so that the number
/// printed stays true.
pub async fn approve(ctx: &Ctx, id: ForumId, seen: Option<Seen>) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ViewForums).await?;
    let book = open(ctx, forum, None).await?;
    let content = book.content()?;
    require_approver(ctx, &book.forum, &content.head)?;
    forums::may_work(&book.forum)?;
    rules::after(content.head.status, Move::Approve).map_err(refused)?;
    if seen.is_some_and(|seen| seen != Seen::of(&book, content)) {
        return Err(CHANGED);
    }
    require_complete(ctx, &book, content)?;
    // Typesetting and storing come before the transaction: nobody waits for the database meanwhile.
    let sheets = match attendance::closed(&ctx.app.db, id).await? {
        Some(_) => None,
        None => Some(attendance::prepare_sheets(ctx, &book.forum, None).await?),
    };
    let old = amended(&book);
    let code = documents::new_code();
    let data = paper::paper(ctx, &book, content, Some(&code)).await?;
    let new = documents::New {
        unit: book.forum.unit_id,
        kind: Kind::Minutes,
        number: None,
        subject: format!(
            "Notulen {}, {}",
            book.forum.title,
            forums::days::short_dates(&book.forum, Locale::Id)
        ),
        about_kind: "forum",
        about_id: id.0,
        bytes: documents::render(&ctx.app, Kind::Minutes, &data, ctx.now).await?,
        verification_code: code,
        restricted: false,
        issuer: None,
        supersedes: old.and_then(|old| old.document_id),
    };
    let new = documents::put_with(&ctx.app, new, &data).await?;
    let tx = ctx.app.db.begin_write().await?;
    unchanged(&tx, &book, content).await?;
    if let Some(sheets) = sheets {
        let with = attendance::ClosedWith::Minutes;
        attendance::close(&tx, ctx, &book.forum, (sheets, with)).await?;
    }
    let document = documents::issue(&tx, ctx, new).await?;
    let change = minutes::ActiveModel {
        status: Set(Status::Final),
        approved_at: Set(Some(ctx.now)),
        approved_by: Set(ctx.person_id()),
        document_id: Set(Some(document.id)),
        ..Default::default()
    };
    store::set(&tx, content.head.id, change).await?;
    if let Some(old) = old {
        let change = minutes::ActiveModel {
            status: Set(Status::Superseded),
            ..Default::default()
        };
        store::set(&tx, old.id, change).await?;
    }
    let id = content.head.id;
    record(&tx, ctx, &book.forum, id, "approved", "minutes.approved").await?;
    if seen.is_some() {
        emails::tell(&tx, ctx, &book.forum, &content.head, Step::Approved).await?;
    }
    tx.commit().await?;
    Ok(())
}

pub(super) fn amended(book: &Book) -> Option<&minutes::Model> {
    let amends = book.content.as_ref()?.head.amends?;
    book.revisions.iter().find(|one| one.id == amends)
}

/// The record is still the one that was typeset, and stays so until the commit.
async fn unchanged(tx: &Tx, book: &Book, content: &Content) -> Result<()> {
    // The forum first, as the door holds it: who is in is counted below.
    let forum = forums::hold(tx, book.forum.id).await?;
    if !store::hold(tx, &content.head).await? {
        return Err(CHANGED);
    }
    let now = store::newest(tx, forum.id).await?.ok_or(Error::NotFound)?;
    let same = now.edits == content.head.edits + 1
        && forum == book.forum
        && berita_acara::locked_at(tx, forum.id).await? == book.agreed_at
        && forums::inputs(tx, &forum).await? == book.inputs
        && attendance::present(tx, &forum).await? == book.present;
    if same { Ok(()) } else { Err(CHANGED) }
}

/// Begins a correction of final minutes: a new revision with the same text that names the old one, which
/// stays in force until the new one is approved.
pub async fn correct(ctx: &Ctx, id: ForumId, reason: String) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    traces::refuse_identity_numbers([("reason", reason.as_str())])?;
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    let old = store::newest(&tx, id).await?.ok_or(Error::NotFound)?;
    rules::after(old.status, Move::Correct).map_err(refused)?;
    let old = store::content(&tx, old).await?;
    let head = minutes::Model {
        id: MinutesId::new(),
        revision: old.head.revision + 1,
        status: Status::Draft,
        results: Lines(old.head.results.0.clone()),
        returned_because: String::new(),
        amends: Some(old.head.id),
        amendment_reason: reason,
        approved_at: None,
        approved_by: None,
        document_id: None,
        version: 1,
        edits: 0,
        created_at: ctx.now,
        ..old.head.clone()
    };
    let minutes = head.id;
    store::insert(&tx, head).await?;
    notes::copy(&tx, &old.notes, minutes).await?;
    record(
        &tx,
        ctx,
        &forum,
        minutes,
        "correction",
        "minutes.correction_started",
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The paper of a revision: the registered bytes when it is final, a preview before.
pub async fn pdf(ctx: &Ctx, book: &Book) -> Result<Vec<u8>> {
    let content = book.content()?;
    if let Some(id) = content.head.document_id {
        let document = documents::document(&ctx.app.db, id).await?;
        return documents::bytes(&ctx.app, &document).await;
    }
    let data = paper::paper(ctx, book, content, None).await?;
    documents::render(&ctx.app, Kind::Minutes, &data, ctx.now).await
}

/// Where everybody can verify the revision looked at.
pub async fn verification_href(ctx: &Ctx, book: &Book) -> Result<Option<String>> {
    let document = book
        .content
        .as_ref()
        .and_then(|content| content.head.document_id);
    match document {
        Some(id) => {
            let document = documents::document(&ctx.app.db, id).await?;
            Ok(Some(format!("/verifikasi/{}", document.verification_code)))
        }
        None => Ok(None),
    }
}
