//! The pages with one form each: one note, the text around the notes; and what changed between two states.

use serde::Serialize;

use super::{
    diff::{self, Piece},
    entity::note,
    notes,
    revisions::{Part, Saved, Title},
    service::{Book, HeaderText},
    store::Content,
    views::{base_of, written},
};
use crate::{
    access::{Ctx, PersonId},
    calendar::dates,
    documents,
    forums::Forum,
    platform::{
        check::Check,
        error::{FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

/// Longer notes are minutes of their own.
pub const NOTE_LENGTH: usize = 10_000;

/// A run of words as the page marks it.
#[derive(Serialize)]
pub struct PieceView {
    added: bool,
    removed: bool,
    text: String,
}

pub fn piece_views(pieces: Vec<Piece>) -> Vec<PieceView> {
    let view = |piece: Piece| {
        let (added, removed, text) = match piece {
            Piece::Same(text) => (false, false, text),
            Piece::Removed(text) => (false, true, text),
            Piece::Added(text) => (true, false, text),
        };
        PieceView {
            added,
            removed,
            text,
        }
    };
    pieces.into_iter().map(view).collect()
}

/// One note.
#[derive(Serialize)]
pub struct NotePage {
    back_href: String,
    action: String,
    /// Of a note that is not written yet.
    agenda: String,
    version: i32,
    activity: String,
    form: FormView,
    errors: Vec<ErrorLine>,
    /// Somebody else's text came first.
    theirs: Option<TheirsView>,
    remove_action: Option<String>,
}

#[derive(Serialize)]
struct TheirsView {
    by: String,
    text: String,
    pieces: Vec<PieceView>,
}

impl Page for NotePage {
    const TEMPLATE: &'static str = "minutes/note";
    fn title(&self, locale: Locale) -> String {
        t(locale, "minutes-note-title")
    }
}

/// How a note comes to its page.
pub enum NoteState<'a> {
    Read,
    Faulty(&'a Form, &'a [FieldError]),
    /// The text typed, while another one was saved.
    Overtaken(&'a str),
}

pub fn note_page(ctx: &Ctx, book: &Book, row: &note::Model, state: &NoteState<'_>) -> NotePage {
    let base = base_of(book.forum.id);
    let view = FormView::new().field("text", true, NOTE_LENGTH);
    let (view, version, theirs) = match state {
        NoteState::Read => (view.with("text", &row.text), row.version, None),
        NoteState::Faulty(form, _) => (view.typed(form), version_of(form), None),
        NoteState::Overtaken(mine) => {
            let by = Message::new("minutes-saved-by")
                .with("name", &row.changed_by)
                .with("when", written(ctx, book, row))
                .text(ctx.locale());
            let theirs = TheirsView {
                by,
                text: row.text.clone(),
                pieces: piece_views(diff::words(&row.text, mine)),
            };
            (view.with("text", *mine), row.version, Some(theirs))
        }
    };
    let faults: &[FieldError] = match state {
        NoteState::Faulty(_, faults) => faults,
        NoteState::Read | NoteState::Overtaken(_) => &[],
    };
    let (form, errors) = view.refused(faults, ctx.locale());
    let action = format!("{base}/catatan/{}", row.id);
    NotePage {
        remove_action: theirs.is_none().then(|| format!("{action}/hapus")),
        action,
        back_href: format!("{base}#acara-{}", row.agenda_id),
        agenda: String::new(),
        version,
        activity: row.activity.clone(),
        form,
        errors,
        theirs,
    }
}

/// The page of a note that was sent with a fault before it ever was kept.
pub fn new_note_page(
    ctx: &Ctx,
    book: &Book,
    agenda: uuid::Uuid,
    form: &Form,
    faults: &[FieldError],
) -> NotePage {
    let base = base_of(book.forum.id);
    let item = book.agenda.iter().find(|item| item.id == agenda);
    let activity = match item {
        Some(item) => item.activity.clone(),
        None => t(ctx.locale(), notes::GENERAL_LABEL),
    };
    let view = FormView::new().field("text", true, NOTE_LENGTH).typed(form);
    let (form, errors) = view.refused(faults, ctx.locale());
    NotePage {
        back_href: format!("{base}#acara-{agenda}"),
        action: format!("{base}/catatan"),
        agenda: agenda.to_string(),
        version: 0,
        activity,
        form,
        errors,
        theirs: None,
        remove_action: None,
    }
}

pub fn version_of(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or(0)
}

pub fn note_text(form: &Form) -> Result<String> {
    let mut check = Check::new();
    let text = check.text("text", form.get("text"), 2, NOTE_LENGTH);
    check.finish()?;
    Ok(text)
}

/// The text around the notes.
#[derive(Serialize)]
pub struct HeaderPage {
    back_href: String,
    action: String,
    version: i32,
    form: FormView,
    errors: Vec<ErrorLine>,
    /// What somebody else saved meanwhile, where it differs from what was typed.
    theirs: Vec<SavedField>,
    overtaken: bool,
}

#[derive(Serialize)]
struct SavedField {
    label: String,
    text: String,
}

impl Page for HeaderPage {
    const TEMPLATE: &'static str = "minutes/header";
    fn title(&self, locale: Locale) -> String {
        t(locale, "minutes-header-title")
    }
}

const HEADER: [(&str, &str); 6] = [
    ("minute_taker", "minutes-taker"),
    ("minute_taker_position", "minutes-taker-position"),
    ("approver", "minutes-approver"),
    ("approver_position", "minutes-approver-position"),
    ("results", "minutes-results"),
    ("closing", "minutes-closing"),
];

fn header_form(people: &[(PersonId, String)], locale: Locale) -> FormView {
    let head = (String::new(), t(locale, "minutes-approver-head"));
    let others = people
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()));
    FormView::new()
        .field("minute_taker", true, 200)
        .field("minute_taker_position", false, 200)
        .choice(
            "approver",
            false,
            std::iter::once(head).chain(others).collect(),
        )
        .field("approver_position", false, 200)
        .field("results", false, 8000)
        .field("closing", true, 1000)
}

fn kept(view: FormView, content: &Content) -> FormView {
    let head = &content.head;
    let approver = head.approver_id.map(|id| id.to_string());
    view.with("minute_taker", &head.minute_taker)
        .with("minute_taker_position", &head.minute_taker_position)
        .with("approver", approver.unwrap_or_default())
        .with("approver_position", &head.approver_position)
        .with("results", head.results.0.join("\n"))
        .with("closing", &head.closing)
}

pub fn header_page(
    ctx: &Ctx,
    book: &Book,
    content: &Content,
    people: &[(PersonId, String)],
    typed: Option<(&Form, &[FieldError], bool)>,
) -> HeaderPage {
    let locale = ctx.locale();
    let base = base_of(book.forum.id);
    let saved = kept(header_form(people, locale), content);
    let (view, faults, version, overtaken) = match typed {
        Some((form, faults, overtaken)) => {
            let version = if overtaken {
                content.head.version
            } else {
                version_of(form)
            };
            let view = header_form(people, locale).typed(form);
            (view, faults, version, overtaken)
        }
        None => (saved.clone(), &[][..], content.head.version, false),
    };
    let value = |view: &FormView, name: &str| {
        let field = view.fields.get(name);
        field
            .map(|field| field.value.replace("\r\n", "\n"))
            .unwrap_or_default()
    };
    let differs = HEADER
        .iter()
        .filter(|(name, _)| overtaken && value(&saved, name) != value(&view, name));
    let theirs = differs.map(|(name, key)| SavedField {
        label: t(locale, key),
        text: match (*name, content.head.approver_name.as_str()) {
            ("approver", name) => name.to_owned(),
            (name, _) => value(&saved, name),
        },
    });
    let theirs = theirs.collect();
    let (form, errors) = view.refused(faults, locale);
    HeaderPage {
        action: format!("{base}/naskah"),
        back_href: base,
        version,
        form,
        errors,
        theirs,
        overtaken,
    }
}

pub fn header_text(form: &Form) -> Result<HeaderText> {
    let mut check = Check::new();
    let minute_taker = documents::typed_name(
        &mut check,
        "minute_taker",
        form.get("minute_taker"),
        (2, 200),
    );
    let position = check.optional(
        "minute_taker_position",
        form.get("minute_taker_position"),
        200,
    );
    let approver = match form.get("approver").trim() {
        "" => None,
        _ => check.choice("approver", form.get("approver"), |raw| {
            PersonId::parse(raw).ok()
        }),
    };
    let approver_position = check.optional("approver_position", form.get("approver_position"), 200);
    let results = check.optional("results", form.get("results"), 8000);
    let closing = check.text("closing", form.get("closing"), 5, 1000);
    check.finish()?;
    Ok(HeaderText {
        minute_taker,
        minute_taker_position: position.unwrap_or_default(),
        approver,
        approver_position: approver_position.unwrap_or_default(),
        results: results
            .unwrap_or_default()
            .lines()
            .map(|line| numbered_by_hand(line.trim()).to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
        closing,
    })
}

/// People paste "1. Hasil pertama": the paper numbers by itself.
fn numbered_by_hand(line: &str) -> &str {
    match line.split_once(['.', ')']) {
        Some((number, rest))
            if (1..=2).contains(&number.len())
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && rest.starts_with(' ') =>
        {
            rest.trim_start()
        }
        _ => line,
    }
}

/// The states that were saved, and what changed between two of them.
#[derive(Serialize)]
pub struct HistoryPage {
    back_href: String,
    action: String,
    forum_title: String,
    rows: Vec<StateView>,
    form: FormView,
    /// "Simpanan 3 dibandingkan dengan simpanan 5".
    compared: Option<String>,
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct StateView {
    number: i32,
    what: String,
    by: String,
    when: String,
    /// Against the one before.
    href: Option<String>,
}

#[derive(Serialize)]
struct PartView {
    title: String,
    pieces: Vec<PieceView>,
}

impl Page for HistoryPage {
    const TEMPLATE: &'static str = "minutes/history";
    fn title(&self, locale: Locale) -> String {
        t(locale, "minutes-history-title")
    }
}

pub fn history_page(
    ctx: &Ctx,
    forum: &Forum,
    zone: chrono_tz::Tz,
    saved: &[Saved],
    compared: Option<(i32, i32, Vec<Part>)>,
) -> HistoryPage {
    let locale = ctx.locale();
    let base = base_of(forum.id);
    let action = format!("{base}/riwayat");
    let options = || -> Vec<(String, String)> {
        let label = |one: &Saved| {
            let when = dates::date_time(&one.at.with_timezone(&zone), locale);
            format!("{} · {when}", one.number)
        };
        saved
            .iter()
            .map(|one| (one.number.to_string(), label(one)))
            .collect()
    };
    let last = saved.first().map_or(1, |one| one.number);
    let (from, to) = compared
        .as_ref()
        .map_or(((last - 1).max(1), last), |(from, to, _)| (*from, *to));
    HistoryPage {
        back_href: base,
        forum_title: forum.title.clone(),
        rows: saved
            .iter()
            .map(|one| StateView {
                number: one.number,
                what: t(
                    locale,
                    &format!("minutes-did-{}", one.what.replace('_', "-")),
                ),
                by: one.by.clone(),
                when: dates::date_time(&one.at.with_timezone(&zone), locale),
                href: (one.number > 1)
                    .then(|| format!("{action}?dari={}&ke={}", one.number - 1, one.number)),
            })
            .collect(),
        form: FormView::new()
            .choice("dari", true, options())
            .choice("ke", true, options())
            .with("dari", from.to_string())
            .with("ke", to.to_string()),
        compared: compared.as_ref().map(|(from, to, _)| {
            Message::new("minutes-compared")
                .with("from", *from)
                .with("to", *to)
                .text(locale)
        }),
        parts: compared
            .map(|(.., parts)| parts)
            .unwrap_or_default()
            .into_iter()
            .map(|part| PartView {
                title: match part.title {
                    Title::Key(key) => t(locale, key),
                    Title::Note { activity, author } => Message::new("minutes-note-of")
                        .with("activity", activity)
                        .with("author", author)
                        .text(locale),
                },
                pieces: piece_views(part.pieces),
            })
            .collect(),
        action,
    }
}

#[cfg(test)]
mod tests {
    use super::numbered_by_hand;

    #[test]
    fn a_number_typed_by_hand_is_not_printed_twice() {
        for (line, text) in [
            ("1. Hasil", "Hasil"),
            ("12) Hasil", "Hasil"),
            ("1.5 hari kerja", "1.5 hari kerja"),
            ("2025. Tahun", "2025. Tahun"),
            ("Hasil. Lain", "Hasil. Lain"),
        ] {
            assert_eq!(numbered_by_hand(line), text);
        }
    }
}
