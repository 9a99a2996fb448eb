//! Use cases of the record as a whole: look at it, begin it, change its text, correct it.

use std::collections::HashMap;

use chrono::{Datelike as _, NaiveDateTime};
use chrono_tz::Tz;
use sea_orm::ActiveValue::Set;

use super::{
    agreeing,
    entity::{
        AgreedPointId, BeritaAcaraId,
        berita_acara::{self, Lines},
        signatory,
    },
    face, legal_basis, paper, points,
    rules::{self, Broken, Move, Status, Warning},
    signed_text,
    store::{self, Content},
    words::refused,
};
use crate::{
    access::{Ctx, Permission},
    action_plans::LinkedAction,
    attendance::{self, Attendee},
    audit,
    documents::{self, Kind, letter_number},
    forums::{self, Forum, ForumId, ForumInput, Stage},
    organisation::{self, Unit},
    platform::{
        db::Tx,
        error::{Error, Result},
        traces,
    },
};

/// The text around the points, already checked.
#[derive(Clone, Debug)]
pub struct HeaderText {
    pub number: String,
    pub place: String,
    pub title: String,
    pub opening_subject: String,
    pub legal_basis: Vec<String>,
    pub reference: Vec<String>,
    pub closing: String,
}

impl HeaderText {
    /// The office gives the number, often after the record was signed; nothing else changes. A browser may break
    /// lines in its own way.
    fn fills_number_of(&self, head: &berita_acara::Model) -> bool {
        let lines = |lines: &[String]| lines.join(" ");
        let now = [
            &self.place,
            &self.title,
            &self.opening_subject,
            &self.closing,
        ];
        let then = [
            &head.place,
            &head.title,
            &head.opening_subject,
            &head.closing,
        ];
        let same = |one: &str, other: &str| one.split_whitespace().eq(other.split_whitespace());
        head.number.trim().is_empty()
            && now.iter().zip(then).all(|(one, other)| same(one, other))
            && same(&lines(&self.legal_basis), &lines(&head.legal_basis.0))
            && same(&lines(&self.reference), &lines(&head.reference.0))
    }
}

/// What a page of the record stands on.
pub struct Book {
    pub forum: Forum,
    pub unit: Unit,
    pub zone: Tz,
    pub inputs: Vec<ForumInput>,
    pub present: Vec<Attendee>,
    /// All versions, the oldest first.
    pub versions: Vec<berita_acara::Model>,
    /// The version looked at; none before the record is begun.
    pub content: Option<Content>,
    /// Codes of unsettled actions whose points the version looked at takes away.
    dropped: Vec<String>,
    /// How the offices of the unit are called.
    offices: Vec<String>,
}

impl Book {
    /// The day whose hour has to come before anything was agreed. The demo's coming forum always lies ahead, and who tries
    /// the program should reach its end: there only a forum of today waits, for its first hour.
    fn begins(&self, ctx: &Ctx) -> Option<forums::Day> {
        let first = forums::days::day_of_item(&self.forum, 1);
        if ctx.app.config.demo {
            return (first.date == ctx.today_in(self.zone)).then_some(first);
        }
        Some(forums::days::last_day(&self.forum))
    }

    /// The facts that the rules judge.
    #[must_use]
    pub fn record(&self, ctx: &Ctx, content: &Content) -> rules::Record {
        let begins = self.begins(ctx);
        let early = begins.filter(|day| ctx.now < day.starts_at(self.zone));
        rules::Record {
            number: content.head.number.clone(),
            place: content.head.place.clone(),
            forum_places: places_of(&self.forum),
            contradicts: agreeing::in_record(
                &self.forum,
                content,
                paper::counted(&content.head, self.present.len()),
                &self.offices,
            ),
            dropped_actions: self.dropped.clone(),
            title: content.head.title.clone(),
            points: content.points.len(),
            still_inputs: points::still_inputs(&content.points, &self.inputs),
            signers: content
                .signatories
                .iter()
                .map(|one| rules::Signer {
                    name: one.name.clone(),
                    group: one.participant_group,
                    signed: one.has_signed(),
                    excused: one.missing_reason.is_some(),
                    was_present: self.attendee(one).is_some(),
                    nameless: self
                        .attendee(one)
                        .is_some_and(|row| row.office.as_deref() == Some(one.name.as_str())),
                })
                .collect(),
            present: self
                .present
                .iter()
                .map(|row| row.participant_group)
                .collect(),
            still_to_come: early.map(|day| day.date.and_time(day.starts)),
        }
    }

    /// Until when the agenda goes on today, as long as nobody said that the forum ended before.
    #[must_use]
    pub fn runs_until(&self, ctx: &Ctx, content: &Content) -> Option<NaiveDateTime> {
        // The demo's coming forum is tried on any day.
        if ctx.app.config.demo || content.head.ended_early_at.is_some() {
            return None;
        }
        let last = forums::days::last_day(&self.forum);
        let starts = last.date.and_time(last.starts);
        let ends = last.told_end().map(|end| last.date.and_time(end));
        let now = ctx.now.with_timezone(&self.zone).naive_local();
        rules::runs_until(starts, ends, now)
    }

    fn attendee(&self, signatory: &signatory::Model) -> Option<&Attendee> {
        let id = signatory.attendance_id?;
        self.present.iter().find(|row| row.id == id)
    }

    /// The version that the one looked at corrects.
    #[must_use]
    pub fn amended(&self) -> Option<&berita_acara::Model> {
        let amends = self.content.as_ref()?.head.amends?;
        self.versions.iter().find(|one| one.id == amends)
    }

    /// What should be known of a record before it is locked; `judged` is what [`Book::record`] gives.
    #[must_use]
    pub fn warnings(&self, content: &Content, judged: &rules::Record) -> Vec<Warning> {
        let used = |input: &ForumInput| {
            content
                .points
                .iter()
                .any(|point| point.inputs.contains(&input.id))
        };
        let unused = self.inputs.iter().filter(|input| !used(input));
        let people = attendance::people(&self.present);
        let naming = self.inputs.iter().filter(|input| {
            !traces::leftovers(&input.text, &[]).is_empty()
                || !traces::people(&input.text, &people).is_empty()
        });
        let mut signatories = content.signatories.iter();
        let told = rules::Told {
            has_legal_basis: !content.head.legal_basis.0.is_empty(),
            has_minutes: paper::cites_minutes(&self.forum, &content.head),
            unused_inputs: unused.map(|input| input.code.clone()).collect(),
            naming_inputs: naming.map(|input| input.code.clone()).collect(),
            unprintable: agreeing::unprintable_in(content),
            signed_on_paper: signatories.any(|one| one.signed_on_paper),
            scanned: !content.scans.is_empty(),
            list_changed: content.head.signed_present.is_some_and(|signed| {
                usize::try_from(signed).is_ok_and(|signed| signed != self.present.len())
            }),
            letter_differs: forums::told_otherwise(&self.forum).is_some(),
        };
        rules::warnings(judged, told)
    }

    /// SHA-256 of the record as it stands: what is locked is what was seen.
    pub fn hash(&self, content: &Content) -> Result<String> {
        paper::record_hash(&self.forum, &self.unit, content, self.present.len())
    }
}

/// The record of a forum; `version` picks an older one.
pub async fn book(ctx: &Ctx, id: ForumId, version: Option<i32>) -> Result<Book> {
    let forum = forums::get(ctx, id, Permission::ViewForums).await?;
    open(ctx, forum, version).await
}

pub(super) async fn open(ctx: &Ctx, forum: Forum, version: Option<i32>) -> Result<Book> {
    let db = &ctx.app.db;
    let unit = organisation::unit(db, forum.unit_id).await?;
    let versions = store::versions(db, forum.id).await?;
    let head = match version {
        Some(number) => Some(
            versions
                .iter()
                .find(|one| one.version_no == number)
                .cloned()
                .ok_or(Error::NotFound)?,
        ),
        None => versions.last().cloned(),
    };
    let content = match head {
        Some(head) => Some(store::content(db, head).await?),
        None => None,
    };
    let dropped = match &content {
        Some(content) => face::dropped_actions(db, &content.head, &content.points).await?,
        None => Vec::new(),
    };
    let open = dropped.iter().filter(|action| !action.is_settled());
    Ok(Book {
        dropped: open.map(|action| action.code.clone()).collect(),
        offices: agreeing::offices(db, &unit).await?,
        zone: organisation::zone_of(&unit)?,
        inputs: forums::inputs(db, &forum).await?,
        present: attendance::present(db, &forum).await?,
        versions,
        content,
        unit,
        forum,
    })
}

/// The draft of a forum that is about to be changed, kept until the transaction ends.
pub(super) async fn draft(tx: &Tx, ctx: &Ctx, forum: &Forum) -> Result<berita_acara::Model> {
    forums::hold(tx, forum.id).await?;
    let head = store::newest(tx, forum.id).await?.ok_or(Error::NotFound)?;
    rules::after(head.status, Move::Change).map_err(|broken| refused(ctx.locale(), broken))?;
    if !store::hold_draft(tx, head.id).await? {
        return Err(refused(ctx.locale(), Broken::Locked));
    }
    Ok(head)
}

/// An entry of the history of a record.
pub(super) async fn record(
    tx: &Tx,
    ctx: &Ctx,
    head: &berita_acara::Model,
    verb: &'static str,
    data: serde_json::Value,
) -> Result<()> {
    let entry = audit::Entry::new("berita_acara", head.id.0, verb)
        .in_unit(head.unit_id)
        .with(data);
    audit::record(tx, ctx, entry).await
}

/// Begins the record with what is known. Asking twice begins it once.
pub async fn start(ctx: &Ctx, id: ForumId) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    if store::newest(&tx, id).await?.is_some() {
        return Ok(());
    }
    let mut head = first(ctx, &forum, &unit, legal_basis::on(forum.date)?);
    head.reference = Lines(letter_of(&tx, &forum).await?);
    store::insert(&tx, head.clone()).await?;
    // Preparing the text before the last day does not end the session.
    if ctx.today_in(zone) >= forums::days::last_day(&forum).date {
        forums::reach(&tx, ctx, id, Stage::BeritaAcara).await?;
    }
    record(
        &tx,
        ctx,
        &head,
        "berita_acara.started",
        serde_json::json!({ "forum": id }),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The letter that called the forum together, as the record refers to it.
async fn letter_of(tx: &Tx, forum: &Forum) -> Result<Vec<String>> {
    let letter = documents::latest(tx, "forum", forum.id.0, Kind::Invitation).await?;
    let number = letter.and_then(|letter| letter.number);
    Ok(number
        .map(|number| format!("Surat undangan Nomor {number}"))
        .into_iter()
        .collect())
}

/// The place as a record names it: room, house and address.
pub(super) fn place_of(forum: &Forum) -> String {
    let parts = [
        forums::where_text(forum),
        forums::address_of(forum).to_owned(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// Every way in which papers name the place of a forum.
pub(super) fn places_of(forum: &Forum) -> Vec<String> {
    vec![forums::where_text(forum), place_of(forum)]
}

fn first(ctx: &Ctx, forum: &Forum, unit: &Unit, legal_basis: Vec<String>) -> berita_acara::Model {
    berita_acara::Model {
        id: BeritaAcaraId::new(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        version_no: 1,
        number: String::new(),
        place: place_of(forum),
        title: format!(
            "Berita Acara Hasil Forum Konsultasi Publik (FKP)\n{}\nTahun {}",
            paper::in_lines(&unit.name),
            forum.year
        ),
        opening_subject: organisation::title_at(&forum.title, &unit.name),
        legal_basis: Lines(legal_basis),
        reference: Lines::default(),
        closing: paper::CLOSING.to_owned(),
        status: Status::Draft,
        locked_at: None,
        locked_by: None,
        record_hash: None,
        document_id: None,
        ended_early_at: None,
        signed_from: None,
        signed_present: None,
        amends: None,
        amendment_reason: String::new(),
        version: 1,
        edits: 0,
        created_at: ctx.now,
    }
}

/// What of the words around the points everybody reads and somebody wrote anew: those that stood there were looked at.
fn new_words<'a>(head: &berita_acara::Model, text: &'a HeaderText) -> Vec<&'a str> {
    let words = [
        (&text.opening_subject, &head.opening_subject),
        (&text.closing, &head.closing),
    ];
    let new = words.into_iter().filter(|(now, then)| now != then);
    new.map(|(now, _)| now.as_str()).collect()
}

/// Writes the text around the points. `version` is that of the text the writer saw; `looked`: somebody says that everybody
/// may read words that seem to name a person.
pub async fn change_header(
    ctx: &Ctx,
    id: ForumId,
    (mut text, looked): (HeaderText, bool),
    version: Option<i32>,
) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let day = forums::days::last_day(&forum).date;
    let pattern = &unit.letter_number;
    text.number = letter_number::completed(pattern, text.number, day.year());
    letter_number::check(pattern, &text.number, day, "berita-acara-number-year")?;
    let tx = ctx.app.db.begin_write().await?;
    let head =
        signed_text::open_header(&tx, ctx, &forum, |head| text.fills_number_of(head)).await?;
    if version.is_some_and(|seen| seen != head.version) {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    // Only a number is filled into what is signed: the words were judged before, and are again before locking.
    if head.signed_from.is_none() {
        let present = attendance::present(&tx, &forum).await?.len();
        let offices = agreeing::offices(&tx, &unit).await?;
        agreeing::header_fits(&forum, &head, &text, present, &offices)?;
        attendance::look_first(&tx, &forum, &new_words(&head, &text), looked).await?;
    }
    let wanted = documents::Numbered {
        unit: forum.unit_id,
        kind: Kind::BeritaAcara,
        about_kind: "forum",
        about_id: id.0,
        number: &text.number,
    };
    documents::number_fits(&tx, ctx, &wanted).await?;
    let change = berita_acara::ActiveModel {
        number: Set(text.number),
        place: Set(text.place),
        title: Set(text.title),
        opening_subject: Set(text.opening_subject),
        legal_basis: Set(Lines(text.legal_basis)),
        reference: Set(Lines(text.reference)),
        closing: Set(text.closing),
        ..Default::default()
    };
    store::save_header(&tx, &head, change).await?;
    record(
        &tx,
        ctx,
        &head,
        "berita_acara.changed",
        serde_json::json!({}),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Refuses to show a form for what can no longer be changed.
pub fn must_be_draft(ctx: &Ctx, book: &Book) -> Result<()> {
    let head = &book.content.as_ref().ok_or(Error::NotFound)?.head;
    rules::after(head.status, Move::Change).map_err(|broken| refused(ctx.locale(), broken))?;
    Ok(())
}

/// Whether the caller may lock the record of this forum at all.
pub async fn may_lock_here(ctx: &Ctx, id: ForumId) -> Result<()> {
    forums::get(ctx, id, Permission::LockBeritaAcara).await?;
    Ok(())
}

/// The actions that the points looked at led to.
pub async fn actions(ctx: &Ctx, book: &Book) -> Result<HashMap<AgreedPointId, Vec<LinkedAction>>> {
    match &book.content {
        Some(content) => face::actions_of(&ctx.app.db, &content.points).await,
        None => Ok(HashMap::new()),
    }
}

/// Where everybody can verify the version looked at.
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
