//! Use cases of the report: writing its texts, looking at it, issuing it. What was issued is never set
//! again; a correction is the next version and names the one it replaces.

use chrono::{Datelike as _, NaiveDate};
use uuid::Uuid;

use super::{
    agreeing, annexes,
    book::{self, Book},
    compose::{self, Audience, Seal},
    entity::{report, text},
    pictures, store,
    texts::Slot,
};
use crate::{
    access::{Ctx, Permission},
    attendance, audit,
    berita_acara::{Counted, Told},
    documents::{self, Kind, data, docx, letter_number},
    follow_up,
    forums::{self, ForumId, Stage},
    platform::{
        error::{Error, Result},
        i18n::Message,
        traces,
    },
};

/// What the page of the report stands on.
pub async fn look(ctx: &Ctx, id: ForumId) -> Result<Book> {
    book::open(ctx, id, Permission::ViewForums).await
}

/// The report as it would be now, for the page: without the bytes of its annexes.
#[must_use]
pub fn outline(ctx: &Ctx, book: &Book) -> data::Report {
    compose::report(&ctx.app, book, Audience::Public, Vec::new(), None)
}

/// A free text, for somebody who may write it.
pub async fn writable(ctx: &Ctx, id: ForumId) -> Result<Book> {
    book::open(ctx, id, Permission::ManageForum).await
}

/// Writes a free text; none goes back to the composed one. `seen` is the version that the writer saw. With the words comes
/// whether somebody looked at what seems to name a person.
pub async fn write(
    ctx: &Ctx,
    id: ForumId,
    slot: Slot,
    words: Option<(String, bool)>,
    seen: i32,
) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    if let Some((words, _)) = &words {
        traces::refuse_identity_numbers([("text", words.as_str())])?;
        // Only what is beyond doubt is refused now; house and number of people hold up the issuing.
        let told = Told {
            forum: &forum,
            present: 0,
            offices: &[],
            counted: &Counted::default(),
        };
        let said = agreeing::said_otherwise(&told, (slot, words));
        if !said.wrong.is_empty() {
            let message = Message::new("fkp-report-text-contradicts");
            let message = message.with("words", said.wrong.join("; "));
            return Err(Error::field("text", message));
        }
    }
    let tx = ctx.app.db.begin_write().await?;
    // Whoever writes the same text for the first time waits here, and is told.
    forums::hold(&tx, id).await?;
    let rows = store::texts_of(&tx, &forum).await?;
    let old = rows.into_iter().find(|row| row.slot == slot.code());
    if old.as_ref().map_or(0, |row| row.version) != seen {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    if let Some((words, looked)) = &words {
        let same = old.as_ref().is_some_and(|row| row.text == *words);
        attendance::look_first(&tx, &forum, &[words], *looked || same).await?;
    }
    let is_default = words.is_none();
    let row = text::Model {
        id: old.as_ref().map_or_else(Uuid::now_v7, |row| row.id),
        unit_id: forum.unit_id,
        forum_id: id,
        slot: slot.code().to_owned(),
        text: words.map(|(words, _)| words).unwrap_or_default(),
        is_default,
        version: seen + 1,
        changed_by: ctx.person_id(),
        changed_by_name: ctx.actor_name().to_owned(),
        changed_at: ctx.now,
    };
    match old {
        Some(_) => store::update_text(&tx, row, seen).await?,
        None => store::insert_text(&tx, row).await?,
    }
    let entry = audit::Entry::new("forum", id.0, "report.text")
        .in_unit(forum.unit_id)
        .with(
            serde_json::json!({ "slot": slot.code(), "composed": is_default, "version": seen + 1 }),
        );
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// What the officer gives when the report is issued.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Empty where the office's register gives none.
    pub number: String,
    pub dated_on: NaiveDate,
    /// Somebody said that the report goes out although no letter was issued by Rembuk.
    pub without_letter: bool,
}

/// The report with all its annexes for a reader.
async fn whole(
    ctx: &Ctx,
    book: &Book,
    audience: Audience,
    seal: Option<&Seal<'_>>,
) -> Result<data::Report> {
    let photos = pictures::of(ctx, book, audience).await?;
    let annexes = annexes::of(ctx, book, audience, photos).await?;
    Ok(compose::report(&ctx.app, book, audience, annexes, seal))
}

/// The report as paper before it is issued.
pub async fn preview(ctx: &Ctx, id: ForumId, audience: Audience) -> Result<(Book, Vec<u8>)> {
    let (permission, kind) = match audience {
        Audience::Office => (Permission::ReadRestricted, Kind::Report),
        Audience::Public => (Permission::ViewForums, Kind::ReportPublic),
    };
    let book = book::open(ctx, id, permission).await?;
    if audience == Audience::Office {
        phones_seen(ctx, &book).await?;
    }
    let data = whole(ctx, &book, audience, None).await?;
    let bytes = documents::render(&ctx.app, kind, &data, ctx.now).await?;
    Ok((book, bytes))
}

/// Whoever sees the telephone numbers of those present is written down.
pub(super) async fn phones_seen(ctx: &Ctx, book: &Book) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let entry = audit::Entry::new("forum", book.forum.id.0, "attendance.phones_seen")
        .in_unit(book.forum.unit_id)
        .with(serde_json::json!({ "in": "report" }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The editable copy of the report as it stands now.
pub async fn editable(ctx: &Ctx, id: ForumId) -> Result<(Book, Vec<u8>)> {
    let book = book::open(ctx, id, Permission::ReadRestricted).await?;
    let bytes = editable_of(ctx, &book).await?;
    Ok((book, bytes))
}

pub(super) async fn editable_of(ctx: &Ctx, book: &Book) -> Result<Vec<u8>> {
    let paper = as_issued(ctx, book).await?;
    let places = documents::places(&ctx.app, Kind::Report, &paper, ctx.now).await?;
    let scans = paper.annexes.iter().map(|annex| annex.scans.len());
    let scans = scans.collect();
    let pages = paper
        .annexes
        .into_iter()
        .flat_map(|annex| annex.photo_pages);
    let annexes = annexes::named(ctx, book, pages.flatten().collect()).await?;
    let mut report = compose::report(&ctx.app, book, Audience::Office, annexes, None);
    report.cover_notes = compose::copy_notes(book);
    let original = docx::Original {
        notice: compose::copy_notice(book),
        places,
        scans,
    };
    tokio::task::spawn_blocking(move || docx::file(&report, &original))
        .await
        .map_err(anyhow::Error::from)?
}

/// The paper with the foot of an issued one, so that its pages break as those of the issued PDF do.
async fn as_issued(ctx: &Ctx, book: &Book) -> Result<data::Report> {
    let issued = book.papers.report.as_ref();
    let code = issued.map_or_else(documents::new_code, |paper| paper.verification_code.clone());
    let number = issued.and_then(|paper| paper.number.as_deref());
    let seal = Seal {
        code: &code,
        number: number.unwrap_or_default(),
        dated_on: book.dated_on(),
        version: issued.map_or(1, |paper| paper.version),
    };
    whole(ctx, book, Audience::Office, Some(&seal)).await
}

/// Issues both copies, the office's and the public one. `seen` is the version of the report that the page
/// showed: pressing twice issues once.
pub async fn issue(ctx: &Ctx, id: ForumId, mut given: Issue, seen: i32) -> Result<()> {
    let book = book::open(ctx, id, Permission::ManageForum).await?;
    book.must_be_complete(ctx.locale())?;
    may_bear(&book, given.dated_on)?;
    let pattern = &book.unit.letter_number;
    given.number = letter_number::completed(pattern, given.number, given.dated_on.year());
    let other_year = "fkp-report-number-year";
    letter_number::check(pattern, &given.number, given.dated_on, other_year)?;
    if book.papers.invitation.is_none() && !given.without_letter {
        let message = Message::new("fkp-report-letter-needed");
        return Err(Error::field("without_letter", message));
    }
    if book.version() != seen {
        return Err(CHANGED);
    }
    let wanted = documents::Numbered {
        unit: book.forum.unit_id,
        kind: Kind::Report,
        about_kind: "forum",
        about_id: id.0,
        number: &given.number,
    };
    documents::number_fits(&ctx.app.db, ctx, &wanted).await?;
    let version = book.papers.report.as_ref().map_or(1, |old| old.version + 1);
    let mut papers = Vec::new();
    for (audience, kind) in [
        (Audience::Office, Kind::Report),
        (Audience::Public, Kind::ReportPublic),
    ] {
        papers.push(typeset(ctx, &book, audience, kind, &given, version).await?);
    }
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let now = book::read_again(&tx, &book, forum).await?;
    if !book.says_the_same(&now) {
        return Err(CHANGED);
    }
    let row = report::Model {
        id: book.report.as_ref().map_or_else(Uuid::now_v7, |row| row.id),
        unit_id: book.forum.unit_id,
        forum_id: id,
        number: given.number,
        dated_on: Some(given.dated_on),
        version: seen + 1,
        created_at: book.report.as_ref().map_or(ctx.now, |row| row.created_at),
    };
    store::save_report(&tx, row, seen).await?;
    let mut ids = Vec::new();
    for paper in papers {
        ids.push(documents::issue(&tx, ctx, paper).await?.id);
    }
    follow_up::keep_told(&tx, &book.forum, ctx.now).await?;
    forums::reach(&tx, ctx, id, Stage::FollowUp).await?;
    let entry = audit::Entry::new("forum", id.0, "report.issued")
        .in_unit(book.forum.unit_id)
        .with(serde_json::json!({ "documents": ids, "version": version }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) const CHANGED: Error = Error::Conflict {
    code: "changed_meanwhile",
};

/// A report tells of what has been: its day is not before the forum, and not in the future.
fn may_bear(book: &Book, day: NaiveDate) -> Result<()> {
    if day < forums::days::last_day(&book.forum).date {
        return Err(Error::field(
            "dated_on",
            Message::new("fkp-report-date-early"),
        ));
    }
    if day > book.today {
        return Err(Error::field(
            "dated_on",
            Message::new("fkp-report-date-future"),
        ));
    }
    Ok(())
}

async fn typeset(
    ctx: &Ctx,
    book: &Book,
    audience: Audience,
    kind: Kind,
    given: &Issue,
    version: i32,
) -> Result<documents::Stored> {
    let code = documents::new_code();
    let seal = Seal {
        code: &code,
        number: &given.number,
        dated_on: given.dated_on,
        version,
    };
    let data = whole(ctx, book, audience, Some(&seal)).await?;
    let new = documents::New {
        unit: book.forum.unit_id,
        kind,
        number: Some(given.number.clone()).filter(|number| !number.is_empty()),
        subject: data.title.clone(),
        about_kind: "forum",
        about_id: book.forum.id.0,
        bytes: documents::render(&ctx.app, kind, &data, ctx.now).await?,
        verification_code: code,
        // The office's copy holds the telephone numbers of those who came.
        restricted: audience == Audience::Office,
        issuer: None,
        supersedes: None,
    };
    documents::put(&ctx.app, new).await
}
