//! Use cases of the minutes as a whole: look at them, begin them, write the text around the notes.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::ActiveValue::Set;

use super::{
    entity::{
        MinutesId,
        minutes::{self, Lines},
        photo,
    },
    revisions,
    rules::{self, Broken, Facts, Missing, Move, Status},
    store::{self, Content},
};
use crate::{
    access::{self, Ctx, Permission, PersonId, Role},
    attendance::{self, Attendee},
    audit,
    berita_acara::{self, Counted, Said, Told},
    calendar::dates,
    forums::{self, AgendaItem, Forum, ForumId, ForumInput},
    organisation::{self, Unit},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message, t},
        traces,
    },
};

/// What new minutes end with; the office changes it where it needs to.
const CLOSING: &str =
    "Demikian notulen ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.";

/// The text around the notes, already checked.
#[derive(Clone, Debug)]
pub struct HeaderText {
    pub minute_taker: String,
    pub minute_taker_position: String,
    /// An organiser named as approver; none: the head of the unit.
    pub approver: Option<PersonId>,
    pub approver_position: String,
    pub results: Vec<String>,
    pub closing: String,
}

/// What became of a text that was sent: kept, or somebody else's came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Kept,
    /// Nothing was written: the page shows both texts.
    Overtaken,
}

/// What a page of the minutes stands on.
pub struct Book {
    pub forum: Forum,
    /// Whether the reader takes notes at this forum.
    pub may_write: bool,
    pub unit: Unit,
    pub zone: Tz,
    pub agenda: Vec<AgendaItem>,
    pub inputs: Vec<ForumInput>,
    pub present: Vec<Attendee>,
    pub photos: Vec<photo::Model>,
    /// The points of the Berita Acara: they and the results are annexes of one report.
    pub agreed: Vec<String>,
    /// When the version in force was locked: what was agreed stands, and what was taken down later was not before those
    /// who signed.
    pub agreed_at: Option<DateTime<Utc>>,
    /// How the offices of the unit are called: no other house than the forum's.
    pub offices: Vec<String>,
    /// All revisions, the oldest first.
    pub revisions: Vec<minutes::Model>,
    /// The revision looked at; none before the minutes are begun.
    pub content: Option<Content>,
}

impl Book {
    #[must_use]
    pub fn missing(&self, ctx: &Ctx, content: &Content) -> Vec<Missing> {
        let head = &content.head;
        let facts = Facts {
            minute_taker: head.minute_taker.clone(),
            approver: head.approver_name.clone(),
            results: head.results.0.len(),
            notes: content.notes.len(),
            present: self.present.len(),
            without_caption: self
                .photos
                .iter()
                .filter(|photo| photo.caption.is_empty())
                .count(),
            // While the record is written, results and points grow side by side.
            differ: self.agreed_at.is_some() && rules::differ(&head.results.0, &self.agreed),
            contradicts: self.said_otherwise(content).wrong,
        };
        let begins = forums::days::last_day(&self.forum);
        let begins = begins.date.and_time(begins.starts);
        let now = ctx.now.with_timezone(&self.zone).naive_local();
        rules::missing(&facts, begins, now)
    }

    /// What results, notes, closing and the captions of photos say of the forum against its data and its attendance list,
    /// each once. Minutes tell what people said, of other days too: beyond doubt is only a weekday that is not that of its
    /// date.
    #[must_use]
    pub fn said_otherwise(&self, content: &Content) -> Said {
        let head = &content.head;
        let notes = content.notes.iter().map(|note| &note.text);
        let mut found = Said::default();
        // What is agreed may still grow: until then more points than results are written nowhere else either.
        let written = self.agreed.len().max(head.results.0.len());
        let counted = Counted {
            points: match self.agreed_at {
                Some(_) => Some(self.agreed.len()),
                None => Some(written).filter(|written| *written > 0),
            },
            inputs: Some(self.inputs.len()),
            number: None,
        };
        let told = Told {
            forum: &self.forum,
            present: self.present.len(),
            offices: &self.offices,
            counted: &counted,
        };
        let texts = head.results.0.iter().chain(notes);
        let said = texts.map(|text| (text, told.said_otherwise(text)));
        // The closing and what stands under a photo tell of nothing but this forum.
        let captions = self.photos.iter().map(|photo| &photo.caption);
        let own = captions.chain([&head.closing]);
        let own = own.map(|text| (text, told.said_of_it(text)));
        for (text, said) in said.chain(own) {
            let weekdays = berita_acara::wrong_weekdays(text);
            let others = [said.wrong, said.against, said.doubtful].concat();
            let others = others.into_iter();
            found
                .doubtful
                .extend(others.filter(|words| !weekdays.contains(words)));
            found.wrong.extend(weekdays);
        }
        for words in [&mut found.wrong, &mut found.doubtful] {
            words.sort();
            words.dedup();
        }
        found
    }

    pub fn content(&self) -> Result<&Content> {
        self.content.as_ref().ok_or(Error::NotFound)
    }
}

/// The refusal in words.
pub(super) fn refused(broken: Broken) -> Error {
    let (code, key) = match broken {
        Broken::InReview => ("minutes.in_review", "rule-minutes-in-review"),
        Broken::Final => ("minutes.final", "rule-minutes-final"),
        Broken::Superseded => ("minutes.superseded", "rule-minutes-superseded"),
        Broken::NotSubmitted => ("minutes.not_submitted", "rule-minutes-not-submitted"),
        Broken::NotFinal => ("minutes.not_final", "rule-minutes-not-final"),
    };
    Error::rule(code, Message::new(key))
}

/// What is missing, as a sentence.
#[must_use]
pub fn missing_text(missing: &Missing, locale: Locale) -> String {
    match missing {
        Missing::MinuteTaker => t(locale, "minutes-missing-taker"),
        Missing::Approver => t(locale, "minutes-missing-approver"),
        Missing::Text => t(locale, "minutes-missing-text"),
        Missing::Differ => t(locale, "minutes-missing-differ"),
        Missing::Attendance => t(locale, "minutes-missing-attendance"),
        Missing::Contradicts(words) => Message::new("minutes-missing-contradicts")
            .with("words", words.join("; "))
            .text(locale),
        Missing::Captions(count) => Message::new("minutes-missing-captions")
            .with("count", *count)
            .text(locale),
        Missing::NotYet(begins) => Message::new("minutes-missing-not-yet")
            .with("day", dates::long_date(begins.date(), locale))
            .with("time", begins.format("%H.%M").to_string())
            .text(locale),
    }
}

/// The minutes of a forum; `revision` picks an older one.
pub async fn book(ctx: &Ctx, id: ForumId, revision: Option<i32>) -> Result<Book> {
    let forum = forums::get(ctx, id, Permission::ViewForums).await?;
    open(ctx, forum, revision).await
}

pub(super) async fn open(ctx: &Ctx, forum: Forum, revision: Option<i32>) -> Result<Book> {
    let db = &ctx.app.db;
    let unit = organisation::unit(db, forum.unit_id).await?;
    let revisions = store::all(db, forum.id).await?;
    let head = match revision {
        Some(number) => Some(
            revisions
                .iter()
                .find(|one| one.revision == number)
                .cloned()
                .ok_or(Error::NotFound)?,
        ),
        None => revisions.last().cloned(),
    };
    let content = match head {
        Some(head) => Some(store::content(db, head).await?),
        None => None,
    };
    Ok(Book {
        may_write: forums::may_work_at(ctx, &forum, Permission::TakeNotes).await?,
        zone: organisation::zone_of(&unit)?,
        agenda: forums::agenda(db, &forum).await?,
        inputs: forums::inputs(db, &forum).await?,
        present: attendance::present(db, &forum).await?,
        photos: store::photos(db, forum.id).await?,
        agreed: berita_acara::agreed_texts(db, forum.id).await?,
        agreed_at: berita_acara::locked_at(db, forum.id).await?,
        offices: berita_acara::offices(db, &unit).await?,
        revisions,
        content,
        unit,
        forum,
    })
}

/// The draft of a forum that is about to be changed, kept until the transaction ends. Of a closed forum nothing is
/// written any more: its report could not take it.
pub(super) async fn draft(tx: &Tx, forum: ForumId) -> Result<minutes::Model> {
    forums::hold(tx, forum).await?;
    let head = store::newest(tx, forum).await?.ok_or(Error::NotFound)?;
    rules::after(head.status, Move::Change).map_err(refused)?;
    if !store::hold(tx, &head).await? {
        return Err(store::CHANGED);
    }
    Ok(head)
}

/// While minutes are read by the approver or final, what they print does not change: inputs and photos.
pub(super) async fn must_be_open(tx: &Tx, forum: ForumId) -> Result<()> {
    match store::newest(tx, forum).await? {
        Some(head) => {
            rules::after(head.status, Move::Change).map_err(refused)?;
            if store::hold(tx, &head).await? {
                Ok(())
            } else {
                Err(store::CHANGED)
            }
        }
        None => Ok(()),
    }
}

/// An entry of the history, and the text as it stands now as a state to compare with.
pub(super) async fn record(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    id: MinutesId,
    what: &'static str,
    verb: &'static str,
) -> Result<()> {
    let head = store::newest(tx, forum.id).await?.ok_or(Error::NotFound)?;
    let content = store::content(tx, head).await?;
    revisions::keep(tx, ctx, &content, what).await?;
    let entry = audit::Entry::new("minutes", id.0, verb)
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "forum": forum.id }));
    audit::record(tx, ctx, entry).await
}

/// Begins the minutes with what is known. Asking twice begins them once.
pub async fn start(ctx: &Ctx, id: ForumId) -> Result<()> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let db = &ctx.app.db;
    let team = forums::team(db, &forum).await?;
    let taker = team
        .iter()
        .find(|member| member.role.to_lowercase().contains("notul"));
    let leader = organisation::head_of(db, forum.unit_id).await.ok();
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    if store::newest(&tx, id).await?.is_some() {
        return Ok(());
    }
    let head = minutes::Model {
        id: MinutesId::new(),
        unit_id: forum.unit_id,
        forum_id: id,
        revision: 1,
        status: Status::Draft,
        minute_taker: taker.map(|member| member.name.clone()).unwrap_or_default(),
        minute_taker_position: taker.map(|member| member.role.clone()).unwrap_or_default(),
        approver_id: None,
        approver_name: leader
            .as_ref()
            .map(|one| one.name.clone())
            .unwrap_or_default(),
        approver_position: leader.map(|one| one.office).unwrap_or_default(),
        results: Lines::default(),
        closing: CLOSING.to_owned(),
        returned_because: String::new(),
        amends: None,
        amendment_reason: String::new(),
        approved_at: None,
        approved_by: None,
        document_id: None,
        version: 1,
        edits: 0,
        created_at: ctx.now,
    };
    let minutes = head.id;
    store::insert(&tx, head).await?;
    forums::minutes_begun(&tx, id, ctx.now).await?;
    record(&tx, ctx, &forum, minutes, "started", "minutes.started").await?;
    tx.commit().await?;
    Ok(())
}

/// The organisers of the unit who can be named as approver, with their names.
pub async fn approvers(ctx: &Ctx, forum: &Forum) -> Result<Vec<(PersonId, String)>> {
    let people = access::people_with(&ctx.app.db, &[Role::Organiser], forum.unit_id, None).await?;
    Ok(people.into_iter().map(|(id, name, _)| (id, name)).collect())
}

/// Name and position of the approver as they are printed.
async fn approver(ctx: &Ctx, forum: &Forum, text: &HeaderText) -> Result<(String, String)> {
    match text.approver {
        Some(person) => {
            let people = approvers(ctx, forum).await?;
            let found = people.into_iter().find(|(id, _)| *id == person);
            let (_, name) = found
                .ok_or_else(|| Error::field("approver", Message::new("field-unknown-choice")))?;
            if text.approver_position.is_empty() {
                let message = Message::new("minutes-approver-position-needed");
                return Err(Error::field("approver_position", message));
            }
            Ok((name, text.approver_position.clone()))
        }
        None => {
            let leader = organisation::head_of(&ctx.app.db, forum.unit_id).await?;
            let position = if text.approver_position.is_empty() {
                leader.office
            } else {
                text.approver_position.clone()
            };
            Ok((leader.name, position))
        }
    }
}

/// Writes the text around the notes. `seen` is the version that the writer looked at.
pub async fn change_header(
    ctx: &Ctx,
    id: ForumId,
    text: HeaderText,
    seen: Option<i32>,
) -> Result<Written> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let (approver_name, approver_position) = approver(ctx, &forum, &text).await?;
    // The minutes are printed again in the report that everybody reads.
    let results = text.results.join("\n");
    traces::refuse_identity_numbers([
        ("results", results.as_str()),
        ("closing", text.closing.as_str()),
    ])?;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, id).await?;
    if seen.is_some_and(|seen| seen != head.version) {
        return Ok(Written::Overtaken);
    }
    let change = minutes::ActiveModel {
        minute_taker: Set(text.minute_taker),
        minute_taker_position: Set(text.minute_taker_position),
        approver_id: Set(text.approver),
        approver_name: Set(approver_name),
        approver_position: Set(approver_position),
        results: Set(Lines(text.results)),
        closing: Set(text.closing),
        ..Default::default()
    };
    store::save_header(&tx, head.id, head.version, change).await?;
    record(&tx, ctx, &forum, head.id, "header", "minutes.changed").await?;
    tx.commit().await?;
    Ok(Written::Kept)
}

/// Takes the points of the Berita Acara as results. `seen` is the version that the writer looked at.
pub async fn take_points(ctx: &Ctx, id: ForumId, seen: i32) -> Result<()> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, id).await?;
    if seen != head.version {
        return Err(store::CHANGED);
    }
    let agreed = berita_acara::agreed_texts(&tx, id).await?;
    if agreed.is_empty() {
        return Err(Error::rule(
            "minutes.no_points",
            Message::new("rule-minutes-no-points"),
        ));
    }
    let change = minutes::ActiveModel {
        results: Set(Lines(agreed)),
        ..Default::default()
    };
    store::save_header(&tx, head.id, head.version, change).await?;
    record(&tx, ctx, &forum, head.id, "header", "minutes.changed").await?;
    tx.commit().await?;
    Ok(())
}

/// Refuses to show a form for what can no longer be changed.
pub fn must_be_draft(book: &Book) -> Result<()> {
    rules::after(book.content()?.head.status, Move::Change).map_err(refused)?;
    Ok(())
}
