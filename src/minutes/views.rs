//! What the page of the minutes shows.

use serde::Serialize;

use super::{
    approving::{amended, may_approve},
    entity::{minutes, note},
    face::by_item,
    notes,
    rules::{Status, differ},
    service::{Book, missing_text},
    store::Content,
};
use crate::{
    access::Ctx,
    calendar::dates,
    forums::{self, ForumId, Stage},
    platform::{
        error::FieldError,
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

pub fn base_of(id: ForumId) -> String {
    format!("/kerja/forum/{id}/notulen")
}

#[derive(Serialize)]
pub struct MinutesPage {
    forum_href: String,
    forum_title: String,
    when: String,
    base: String,
    /// None before the minutes are begun.
    record: Option<RecordView>,
    may_begin: bool,
    begin_action: String,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct RecordView {
    chip: ChipView,
    revision_text: String,
    pdf_href: String,
    pdf_label: String,
    verification_href: Option<String>,
    history_href: String,
    edit: bool,
    review: bool,
    facts: Vec<FactView>,
    results: Vec<String>,
    /// They say something else than the agreed points.
    differs: bool,
    /// Takes the points as results; absent where that changes nothing.
    take_action: Option<String>,
    version: i32,
    header_href: String,
    /// No agenda is written: notes are taken all the same.
    no_agenda: bool,
    items: Vec<ItemView>,
    inputs_text: String,
    inputs_href: String,
    photos_text: String,
    photos_href: String,
    missing: Vec<String>,
    /// What the texts seem to say against the forum: author and approver look once more.
    doubts: Option<String>,
    returned: Option<String>,
    amendment: Option<String>,
    waits_for: Option<String>,
    may_submit: bool,
    submit_action: String,
    /// With the tick, where the draft seems to name somebody.
    submit: FormView,
    may_approve: bool,
    may_correct: bool,
    /// The forum was closed before they were final.
    closed: Option<String>,
    edits: i32,
    forum_version: i32,
    approve: FormView,
    reason: FormView,
    revisions: Vec<RevisionView>,
}

#[derive(Serialize)]
struct ChipView {
    kind: &'static str,
    text: String,
    icon: &'static str,
}

#[derive(Serialize)]
struct FactView {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct RevisionView {
    href: String,
    label: String,
    here: bool,
}

#[derive(Serialize)]
struct ItemView {
    number: usize,
    id: String,
    activity: String,
    time: String,
    notes: Vec<NoteView>,
    /// The own text, to be written where it is read.
    own: Option<OwnView>,
}

#[derive(Serialize)]
struct NoteView {
    author: String,
    when: String,
    text: String,
    edit_href: Option<String>,
}

#[derive(Serialize)]
struct OwnView {
    action: String,
    version: i32,
    text: String,
    rows: usize,
}

impl Page for MinutesPage {
    const TEMPLATE: &'static str = "minutes/show";
    fn title(&self, locale: Locale) -> String {
        t(locale, "minutes-title")
    }
}

/// What was typed into a form of the page that came back.
pub struct Typed<'a> {
    pub form: &'a Form,
    pub faults: &'a [FieldError],
}

pub fn minutes_page(
    ctx: &Ctx,
    book: &Book,
    verification_href: Option<String>,
    typed: Option<&Typed<'_>>,
) -> MinutesPage {
    let locale = ctx.locale();
    let base = base_of(book.forum.id);
    let errors = typed.map_or_else(Vec::new, |typed| {
        FormView::new().refused(typed.faults, locale).1
    });
    MinutesPage {
        forum_href: format!("/kerja/forum/{}", book.forum.id),
        forum_title: book.forum.title.clone(),
        when: forums::when_text(&book.forum, book.zone, locale),
        record: book
            .content
            .as_ref()
            .map(|content| record_view(ctx, book, content, verification_href, typed)),
        may_begin: book.may_write && forums::may_work(&book.forum).is_ok(),
        begin_action: format!("{base}/mulai"),
        base,
        errors,
    }
}

fn record_view(
    ctx: &Ctx,
    book: &Book,
    content: &Content,
    verification_href: Option<String>,
    typed: Option<&Typed<'_>>,
) -> RecordView {
    let locale = ctx.locale();
    let base = base_of(book.forum.id);
    let head = &content.head;
    let newest = book.revisions.last().is_some_and(|one| one.id == head.id);
    let open_forum = forums::may_work(&book.forum).is_ok();
    let writes = newest && book.may_write && open_forum;
    let edit = writes && head.status == Status::Draft;
    let review = newest && head.status == Status::Review && open_forum;
    let shown = |view: FormView| match typed {
        Some(typed) => view.typed(typed.form).refused(typed.faults, locale).0,
        None => view,
    };
    let (kind, icon) = head.status.chip();
    let missing = match head.status {
        Status::Draft | Status::Review if open_forum => book.missing(ctx, content),
        _ => Vec::new(),
    };
    let differs = newest && differ(&head.results.0, &book.agreed);
    let open = book
        .inputs
        .iter()
        .filter(|input| input.answer.is_none())
        .count();
    RecordView {
        chip: ChipView {
            kind,
            icon,
            text: t(locale, head.status.label_key()),
        },
        revision_text: Message::new("minutes-revision")
            .with("number", head.revision)
            .text(locale),
        pdf_href: format!("{base}.pdf?revisi={}", head.revision),
        pdf_label: t(
            locale,
            if head.document_id.is_some() {
                "minutes-download"
            } else {
                "minutes-preview"
            },
        ),
        verification_href,
        history_href: format!("{base}/riwayat"),
        edit,
        review,
        facts: facts(head, locale),
        results: head.results.0.clone(),
        differs,
        take_action: (edit && !book.agreed.is_empty() && (differs || head.results.0.is_empty()))
            .then(|| format!("{base}/hasil")),
        version: head.version,
        header_href: format!("{base}/naskah"),
        no_agenda: book.agenda.is_empty(),
        items: items(ctx, book, content, edit),
        inputs_text: Message::new("minutes-inputs-count")
            .with("count", book.inputs.len())
            .with("open", open)
            .text(locale),
        inputs_href: format!("/kerja/forum/{}/masukan", book.forum.id),
        photos_text: Message::new("minutes-photos-count")
            .with("count", book.photos.len())
            .text(locale),
        photos_href: format!("/kerja/forum/{}/foto", book.forum.id),
        submit_action: format!("{base}/ajukan"),
        submit: shown(FormView::new().field("looked", false, 0)),
        may_submit: edit && missing.is_empty(),
        may_approve: review && may_approve(ctx, &book.forum, head),
        may_correct: writes && head.status == Status::Final,
        // A revision that another one replaced was approved in its time.
        closed: (book.forum.stage == Stage::Closed
            && matches!(head.status, Status::Draft | Status::Review))
        .then(|| t(locale, "minutes-closed-unfinished")),
        missing: missing
            .iter()
            .map(|one| missing_text(one, locale))
            .collect(),
        doubts: doubts(book, content, locale).filter(|_| open_forum),
        returned: (!head.returned_because.is_empty()).then(|| {
            Message::new("minutes-returned-because")
                .with("reason", &head.returned_because)
                .text(locale)
        }),
        amendment: amended(book).map(|old| {
            Message::new("minutes-amends")
                .with("revision", old.revision)
                .with("reason", &head.amendment_reason)
                .text(locale)
        }),
        waits_for: review.then(|| {
            Message::new("minutes-waits-for")
                .with("name", &head.approver_name)
                .with("position", &head.approver_position)
                .text(locale)
        }),
        edits: head.edits,
        forum_version: book.forum.version,
        approve: shown(FormView::new().field("confirm", true, 0)),
        reason: shown(FormView::new().field("reason", true, 500)),
        revisions: revisions(book, head, locale),
    }
}

fn doubts(book: &Book, content: &Content, locale: Locale) -> Option<String> {
    let doubtful = match content.head.status {
        Status::Draft | Status::Review => book.said_otherwise(content).doubtful,
        Status::Final | Status::Superseded => Vec::new(),
    };
    let message = Message::new("minutes-doubtful").with("words", doubtful.join("; "));
    (!doubtful.is_empty()).then(|| message.text(locale))
}

fn facts(head: &minutes::Model, locale: Locale) -> Vec<FactView> {
    let joined = |name: &str, position: &str| {
        let parts = [name, position];
        let filled = parts.into_iter().filter(|part| !part.is_empty());
        let text = filled.collect::<Vec<_>>().join(", ");
        if text.is_empty() {
            t(locale, "minutes-not-yet")
        } else {
            text
        }
    };
    let fact = |key: &str, text: String| FactView {
        term: t(locale, key),
        text,
    };
    vec![
        fact(
            "minutes-taker",
            joined(&head.minute_taker, &head.minute_taker_position),
        ),
        fact(
            "minutes-approver",
            joined(&head.approver_name, &head.approver_position),
        ),
        fact("minutes-closing", head.closing.clone()),
    ]
}

fn items(ctx: &Ctx, book: &Book, content: &Content, edit: bool) -> Vec<ItemView> {
    let base = base_of(book.forum.id);
    let me = ctx.person_id();
    let mut items = by_item(&book.agenda, &content.notes);
    // Without an agenda there is a place to write in, also where notes of an agenda stand that was taken away.
    let there = items.iter().any(|(id, ..)| *id == notes::GENERAL);
    if items.is_empty() || (edit && book.agenda.is_empty() && !there) {
        let general = t(ctx.locale(), notes::GENERAL_LABEL);
        items.push((notes::GENERAL, general, Vec::new()));
    }
    let view = |(at, (id, activity, notes)): (usize, (uuid::Uuid, String, Vec<&note::Model>))| {
        let planned = book.agenda.iter().find(|item| item.id == id);
        let own = notes.iter().find(|note| edit && note.author_id == me);
        ItemView {
            number: at + 1,
            id: id.to_string(),
            activity,
            time: planned.map_or_else(String::new, |item| {
                let time = forums::time_range(item.starts, item.ends, ctx.locale());
                if !forums::days::has_several(&book.forum) {
                    return time;
                }
                let day = forums::days::day_of_item(&book.forum, item.day);
                format!("{} · {time}", dates::day_label(day.date, ctx.locale()))
            }),
            notes: notes
                .iter()
                .filter(|note| !(edit && note.author_id == me))
                .map(|note| note_view(ctx, book, note, edit))
                .collect(),
            own: match own {
                Some(note) => Some(own_view(format!("{base}/catatan/{}", note.id), note)),
                None if edit && (planned.is_some() || id == notes::GENERAL) => Some(OwnView {
                    action: format!("{base}/catatan"),
                    version: 0,
                    text: String::new(),
                    rows: 3,
                }),
                None => None,
            },
        }
    };
    items.into_iter().enumerate().map(view).collect()
}

fn own_view(action: String, note: &note::Model) -> OwnView {
    OwnView {
        action,
        version: note.version,
        text: note.text.clone(),
        rows: (note.text.lines().count() + note.text.chars().count() / 90 + 1).clamp(3, 20),
    }
}

fn note_view(ctx: &Ctx, book: &Book, note: &note::Model, edit: bool) -> NoteView {
    NoteView {
        author: note.author_name.clone(),
        when: written(ctx, book, note),
        text: note.text.clone(),
        edit_href: edit.then(|| format!("{}/catatan/{}", base_of(book.forum.id), note.id)),
    }
}

/// "Ani, Selasa, 17 Maret 2026 pukul 10.00 WITA".
pub fn written(ctx: &Ctx, book: &Book, note: &note::Model) -> String {
    let at = dates::date_time(&note.changed_at.with_timezone(&book.zone), ctx.locale());
    if note.changed_by == note.author_name || note.changed_by.is_empty() {
        return at;
    }
    Message::new("minutes-changed-by")
        .with("name", &note.changed_by)
        .with("when", at)
        .text(ctx.locale())
}

fn revisions(book: &Book, head: &minutes::Model, locale: Locale) -> Vec<RevisionView> {
    if book.revisions.len() < 2 {
        return Vec::new();
    }
    let base = base_of(book.forum.id);
    let one = |revision: &minutes::Model| RevisionView {
        href: format!("{base}?revisi={}", revision.revision),
        label: Message::new("minutes-revision-status")
            .with("number", revision.revision)
            .with("status", t(locale, revision.status.label_key()))
            .text(locale),
        here: revision.id == head.id,
    };
    book.revisions.iter().rev().map(one).collect()
}
