//! The page of the report: the whole of it as it would print now, each free text beside its place, what is
//! missing, issuing, and to whom it was sent.

use poem::{Response, http::StatusCode};
use serde::Serialize;

use super::{
    agreeing, annexes,
    book::{Book, Written},
    forms, pictures, sending,
    sending::{Parcel, Sent},
    service,
    texts::Slot,
};
use crate::{
    access::{Ctx, Permission},
    calendar::dates,
    documents::{
        self, Document,
        data::{Block, Fact, Report, ReportSection},
    },
    forums::{self, ForumId},
    organisation,
    platform::{
        error::{FieldError, Result},
        i18n::{Locale, Message, t},
        mail::MailStatus,
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

#[must_use]
pub fn base_of(id: ForumId) -> String {
    format!("/kerja/forum/{id}/laporan")
}

/// What was typed on the page and refused.
pub struct Again<'a> {
    pub form: &'a Form,
    pub faults: &'a [FieldError],
}

#[derive(Serialize)]
struct ReportPage {
    forum_href: String,
    forum_title: String,
    base: String,
    may_edit: bool,
    may_see_office: bool,
    parts: Vec<PartView>,
    annexes: Vec<AnnexView>,
    composed_text: String,
    blocked: Option<String>,
    warnings: Vec<String>,
    issued: Vec<IssuedView>,
    outdated: bool,
    version: i32,
    issue_label: String,
    issue: FormView,
    /// No letter was issued: the report then goes out without its first annex, and somebody says so.
    lacks_letter: bool,
    can_send: bool,
    seen: usize,
    send: FormView,
    send_hint: String,
    sent: Vec<SentView>,
    errors: Vec<ErrorLine>,
}

impl Page for ReportPage {
    const TEMPLATE: &'static str = "fkp_report/show";
    fn title(&self, locale: Locale) -> String {
        t(locale, "fkp-report-title")
    }
}

/// A chapter, or the preface.
#[derive(Serialize)]
struct PartView {
    title: String,
    sections: Vec<SectionView>,
}

#[derive(Serialize)]
struct SectionView {
    title: Option<String>,
    texts: Vec<TextView>,
    blocks: Vec<BlockView>,
}

/// A free text of a section, with the form to write it where it stands.
#[derive(Serialize)]
struct TextView {
    slot: &'static str,
    label: String,
    composed: bool,
    note: String,
    /// For those who may write.
    edit: Option<EditView>,
}

#[derive(Serialize)]
struct EditView {
    action: String,
    reset_action: String,
    version: i32,
    text: String,
    rows: usize,
    longest: usize,
    is_list: bool,
}

#[derive(Default, Serialize)]
struct BlockView {
    words: Option<String>,
    letters: bool,
    items: Vec<String>,
    facts: Vec<FactView>,
    columns: Vec<String>,
    rows: Vec<Vec<CellView>>,
}

#[derive(Serialize)]
struct FactView {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct CellView {
    label: String,
    text: String,
    main: bool,
}

#[derive(Serialize)]
struct AnnexView {
    number: usize,
    title: &'static str,
    missing: bool,
}

#[derive(Serialize)]
struct IssuedView {
    label: String,
    detail: String,
    /// Left out for those who may not read it.
    href: Option<String>,
    verify_href: String,
}

#[derive(Serialize)]
struct SentView {
    to: String,
    detail: String,
    kind: &'static str,
    status: String,
}

/// The slots that stand in a section, by chapter and section.
fn slots_of(chapter: usize, section: usize) -> &'static [Slot] {
    match (chapter, section) {
        (0, 0) => &[Slot::Background],
        (0, 1) => &[Slot::Purpose, Slot::Benefits],
        (0, 2) => &[Slot::Scope],
        (0, 3) => &[Slot::LegalBasis],
        (1, 2) => &[Slot::Method],
        (2, 0) => &[Slot::Problems],
        (2, 1) => &[Slot::Analysis],
        (3, 0) => &[Slot::Recommendations],
        _ => &[],
    }
}

pub async fn respond(ctx: &Ctx, id: ForumId, again: Option<&Again<'_>>) -> Result<Response> {
    let book = service::look(ctx, id).await?;
    let page = page_of(ctx, &book, again).await?;
    let status = if again.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    ctx.page_of(Some(&organisation::brand_of(&book.unit)), status, &page)
}

async fn page_of(ctx: &Ctx, book: &Book, again: Option<&Again<'_>>) -> Result<ReportPage> {
    let locale = ctx.locale();
    let unit = book.forum.unit_id;
    let may_edit = ctx.may(Permission::ManageForum, unit);
    let photos = pictures::captions(ctx, book).await?;
    let missing = annexes::missing(book, photos.len());
    let sent = sending::register(ctx, book).await?;
    let parcel = sending::proposed(ctx, book).await?;
    let (issue, send, errors) = forms_of(book, &parcel, again, locale);
    let next = book.papers.report.as_ref().map_or(1, |old| old.version + 1);
    let blocked = match book.must_be_complete(locale) {
        Ok(()) => None,
        Err(error) => Some(error.text(locale)),
    };
    let may_see_office = ctx.may(Permission::ReadRestricted, unit);
    let outline = service::outline(ctx, book);
    Ok(ReportPage {
        forum_href: format!("/kerja/forum/{}", book.forum.id),
        forum_title: book.forum.title.clone(),
        base: base_of(book.forum.id),
        may_edit,
        may_see_office,
        parts: parts_of(
            book,
            &outline,
            may_edit && forums::may_work(&book.forum).is_ok(),
            locale,
        ),
        annexes: (1..)
            .zip(annexes::TITLES)
            .map(|(number, title)| AnnexView {
                number,
                title,
                missing: missing.contains(&number),
            })
            .collect(),
        composed_text: composed_text(book, locale),
        blocked,
        warnings: book
            .differences()
            .into_iter()
            .map(|key| t(locale, key))
            .chain(book.doubts(locale).map(|doubts| doubts.text(locale)))
            .chain(agreeing::squares(&outline, locale))
            .chain(
                missing
                    .iter()
                    .map(|number| annexes::missing_text(*number, locale)),
            )
            .collect(),
        issued: issued_views(book, may_see_office, locale),
        outdated: book.outdated && forums::may_work(&book.forum).is_ok(),
        version: book.version(),
        issue_label: Message::new("fkp-report-issue")
            .with("version", next)
            .text(locale),
        issue,
        lacks_letter: book.papers.invitation.is_none(),
        can_send: ctx.may(Permission::SendInvitations, unit) && book.papers.report.is_some(),
        seen: book.deliveries.len(),
        send,
        send_hint: send_hint(ctx, book, locale),
        sent: sent
            .iter()
            .map(|one| sent_view(book, one, locale))
            .collect(),
        errors,
    })
}

fn forms_of(
    book: &Book,
    parcel: &Parcel,
    again: Option<&Again<'_>>,
    locale: Locale,
) -> (FormView, FormView, Vec<ErrorLine>) {
    let number = book
        .report
        .as_ref()
        .map_or_else(String::new, |report| report.number.clone());
    let mut issue = forms::issue_form()
        .with("number", number)
        .with("dated_on", book.dated_on().to_string());
    let mut send = forms::parcel_form()
        .with("to_name", parcel.to_name.as_str())
        .with("to_address", parcel.to_address.as_str())
        .with("note", parcel.note.as_str());
    let Some(again) = again else {
        return (issue, send, Vec::new());
    };
    // The page has two forms; only that which was sent comes back as it was typed.
    if again.form.all("to_name").is_empty() {
        let (view, errors) = issue.typed(again.form).refused(again.faults, locale);
        issue = view;
        (issue, send, errors)
    } else {
        let (view, errors) = send.typed(again.form).refused(again.faults, locale);
        send = view;
        (issue, send, errors)
    }
}

fn composed_text(book: &Book, locale: Locale) -> String {
    let composed = Slot::ALL
        .into_iter()
        .filter(|slot| book.written(*slot).by.is_none())
        .count();
    Message::new("fkp-report-composed-count")
        .with("count", composed)
        .with("all", Slot::ALL.len())
        .text(locale)
}

fn parts_of(book: &Book, report: &Report, may_edit: bool, locale: Locale) -> Vec<PartView> {
    let text = |slot: &Slot| text_view(book, &book.written(*slot), may_edit, locale);
    let mut parts = vec![PartView {
        title: "KATA PENGANTAR".to_owned(),
        sections: vec![SectionView {
            title: None,
            texts: vec![text(&Slot::Preface)],
            blocks: report
                .preface
                .iter()
                .map(|words| words_view(words))
                .collect(),
        }],
    }];
    for (at, chapter) in report.chapters.iter().enumerate() {
        let section = |(place, section): (usize, &ReportSection)| SectionView {
            title: section.title.clone(),
            texts: slots_of(at, place).iter().map(text).collect(),
            blocks: section.blocks.iter().map(block_view).collect(),
        };
        parts.push(PartView {
            title: format!("{} {}", chapter.number, chapter.title),
            sections: chapter.sections.iter().enumerate().map(section).collect(),
        });
    }
    parts
}

fn text_view(book: &Book, written: &Written, may_edit: bool, locale: Locale) -> TextView {
    let slot = written.slot.code();
    let note = match &written.by {
        Some((name, at)) => Message::new("fkp-report-text-by")
            .with("name", name.as_str())
            .with(
                "when",
                dates::date_time(&at.with_timezone(&book.zone), locale),
            )
            .text(locale),
        None => t(locale, "fkp-report-text-composed"),
    };
    TextView {
        slot,
        label: t(locale, &format!("fkp-report-slot-{slot}")),
        composed: written.by.is_none(),
        note,
        edit: may_edit.then(|| {
            let action = format!("{}/naskah/{slot}", base_of(book.forum.id));
            let text = forms::shown(written);
            EditView {
                reset_action: format!("{action}/bawaan"),
                action,
                version: written.version,
                rows: (text.lines().count() + text.chars().count() / 90 + 1).clamp(4, 20),
                text,
                longest: forms::LONGEST,
                is_list: written.slot.is_list(),
            }
        }),
    }
}

fn words_view(words: &str) -> BlockView {
    BlockView {
        words: Some(words.to_owned()),
        ..BlockView::default()
    }
}

fn block_view(block: &Block) -> BlockView {
    match block {
        Block::Text { words } | Block::Pledge { words } => words_view(words),
        // They stand in annexes, which the page only names.
        Block::Letterhead | Block::Attachment { .. } | Block::Components { .. } => {
            BlockView::default()
        }
        Block::Title { lines } => words_view(&lines.join("\n")),
        Block::Clause {
            label,
            words,
            format,
            items,
        } => BlockView {
            words: Some(format!("{label}: {}", words.as_deref().unwrap_or_default())),
            letters: format.starts_with('a'),
            items: items.clone(),
            ..BlockView::default()
        },
        Block::List { format, items } => BlockView {
            letters: format.starts_with('a'),
            items: items.clone(),
            ..BlockView::default()
        },
        Block::Facts { facts } => BlockView {
            facts: facts.iter().map(fact_view).collect(),
            ..BlockView::default()
        },
        Block::Table { columns, rows } => BlockView {
            columns: columns.iter().map(|column| column.label.clone()).collect(),
            rows: rows
                .iter()
                .map(|row| {
                    let cells = row.iter().zip(columns).enumerate();
                    cells
                        .map(|(at, (text, column))| CellView {
                            label: column.label.clone(),
                            text: text.clone(),
                            main: at == 0,
                        })
                        .collect()
                })
                .collect(),
            ..BlockView::default()
        },
    }
}

fn fact_view(fact: &Fact) -> FactView {
    FactView {
        term: fact.label.clone(),
        text: fact.lines.join(", "),
    }
}

fn issued_views(book: &Book, may_see_office: bool, locale: Locale) -> Vec<IssuedView> {
    let papers = &book.papers;
    let view = |document: &Document| IssuedView {
        label: Message::new("fkp-report-issued-label")
            .with(
                "kind",
                t(locale, &format!("documents-kind-{}", document.kind)),
            )
            .with("version", document.version)
            .text(locale),
        detail: format!(
            "{} · {}",
            dates::date_time(&document.issued_at.with_timezone(&book.zone), locale),
            documents::size_text(document.size, locale)
        ),
        href: (may_see_office || !document.restricted).then(|| {
            format!(
                "/kerja/forum/{}/dokumen/{}.pdf",
                book.forum.id, document.kind
            )
        }),
        verify_href: format!("/verifikasi/{}", document.verification_code),
    };
    [&papers.report, &papers.report_public]
        .into_iter()
        .flatten()
        .map(view)
        .collect()
}

fn send_hint(ctx: &Ctx, book: &Book, locale: Locale) -> String {
    let limit = i64::from(ctx.app.config.mail.largest_attachment_kb) * 1024;
    match &book.papers.report {
        Some(report) if report.size > limit => t(locale, "fkp-report-send-as-link"),
        _ => t(locale, "fkp-report-send-attached"),
    }
}

fn sent_view(book: &Book, sent: &Sent, locale: Locale) -> SentView {
    let row = &sent.row;
    let (kind, status) = match (sent.status, &sent.fault) {
        (Some(MailStatus::Sent), _) => ("ok", t(locale, "fkp-report-mail-sent")),
        (Some(MailStatus::Failed), fault) => (
            "late",
            Message::new("fkp-report-mail-failed")
                .with("reason", fault.clone().unwrap_or_default())
                .text(locale),
        ),
        _ => ("soon", t(locale, "fkp-report-mail-queued")),
    };
    SentView {
        to: format!("{} <{}>", row.to_name, row.to_address),
        detail: Message::new("fkp-report-sent-detail")
            .with(
                "when",
                dates::date_time(&row.sent_at.with_timezone(&book.zone), locale),
            )
            .with("name", row.sent_by_name.as_str())
            .with("version", sent.version)
            .text(locale),
        kind,
        status,
    }
}
