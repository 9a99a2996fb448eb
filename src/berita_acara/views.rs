//! What the pages of a record show.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    paper,
    parts::{
        Became, ChipView, FactView, PointView, SignatoryView, VersionView, amendment, facts,
        point_views, signatory_view, status_chip, versions,
    },
    rules::{self, Status},
    service::Book,
    store::Content,
    untaken,
    words::{missing_text, warning_text},
};
use crate::{
    access::{Ctx, Permission},
    forums::{self, ForumId, Group, Stage},
    platform::{
        error::{FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, FieldView, Form, FormView, OptionView},
            pages::Page,
        },
        words::beside,
    },
};

pub fn base_of(id: ForumId) -> String {
    format!("/kerja/forum/{id}/berita-acara")
}

#[derive(Serialize)]
pub struct RecordPage {
    forum_href: String,
    forum_title: String,
    when: String,
    base: String,
    /// None before the record is begun.
    record: Option<RecordView>,
    may_begin: bool,
    begin_action: String,
    propose_action: String,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct RecordView {
    title: String,
    chip: ChipView,
    version_text: String,
    facts: Vec<FactView>,
    pdf_href: String,
    pdf_label: String,
    draft: bool,
    edit: bool,
    /// Nobody has signed: the words may still change.
    rewrite: bool,
    /// "3 people have signed …", and what to do when the words must change all the same.
    signed_note: Option<String>,
    may_lock: bool,
    header_href: String,
    /// The text may change, or its number is still to come.
    opens_header: bool,
    points: Vec<PointView>,
    signatories: Vec<SignatoryView>,
    signed_text: String,
    signed_percent: usize,
    missing: Vec<String>,
    /// Record and forum name different places.
    place_differs: bool,
    warnings: Vec<String>,
    hash: String,
    hash_shown: Option<String>,
    lock: FormView,
    /// What is ticked before locking; a group without a signature is named in it.
    lock_label: String,
    /// "The agenda goes on until 13.00 …": then somebody has to say that the forum is over.
    still_runs: Option<String>,
    signatory: FormView,
    sign_on: FieldView,
    sign_all_label: String,
    unsigned: bool,
    /// "Tulis butir (5 masukan belum menjadi butir)"
    write_label: String,
    scans: Vec<ScanView>,
    may_scan: bool,
    /// Of every version: what was signed stays to be read.
    may_open_scans: bool,
    scan: FormView,
    nobody: bool,
    may_amend: bool,
    amend: FormView,
    amendment: Option<String>,
    /// The number of the correction that may be thrown away.
    discards: Option<i32>,
    versions: Vec<VersionView>,
    verification_href: Option<String>,
}

/// A scan of the signed sheet.
#[derive(Clone, Serialize)]
pub struct ScanView {
    pub name: String,
    pub size: String,
    pub href: String,
    /// While the record is a draft.
    pub remove_action: Option<String>,
}

impl Page for RecordPage {
    const TEMPLATE: &'static str = "berita_acara/show";
    fn title(&self, locale: Locale) -> String {
        t(locale, "berita-acara-title")
    }
}

/// Whether the text around the points has anything left to write: what is signed waits at most for its number.
#[must_use]
pub fn opens_header(content: &Content) -> bool {
    let signed = content.signatories.iter().any(|one| one.has_signed());
    !signed || content.head.number.trim().is_empty()
}

/// What was typed into a form of the page that came back.
pub struct Typed<'a> {
    pub form: &'a Form,
    pub faults: &'a [FieldError],
}

pub fn record_page(
    ctx: &Ctx,
    book: &Book,
    became: &Became<'_>,
    verification_href: Option<String>,
    scans: &[ScanView],
    typed: Option<&Typed<'_>>,
) -> Result<RecordPage> {
    let locale = ctx.locale();
    let base = base_of(book.forum.id);
    let record = match &book.content {
        Some(content) => Some(record_view(
            ctx,
            book,
            content,
            became,
            verification_href,
            scans,
            typed,
        )?),
        None => None,
    };
    let errors = typed.map_or_else(Vec::new, |typed| {
        FormView::new().refused(typed.faults, locale).1
    });
    Ok(RecordPage {
        forum_href: format!("/kerja/forum/{}", book.forum.id),
        forum_title: book.forum.title.clone(),
        when: forums::when_text(&book.forum, book.zone, locale),
        may_begin: ctx.may(Permission::ManageForum, book.forum.unit_id),
        begin_action: format!("{base}/mulai"),
        propose_action: format!("{base}/penanda-tangan/usulkan"),
        record,
        errors,
        base,
    })
}

fn record_view(
    ctx: &Ctx,
    book: &Book,
    content: &Content,
    became: &Became<'_>,
    verification_href: Option<String>,
    scans: &[ScanView],
    typed: Option<&Typed<'_>>,
) -> Result<RecordView> {
    let locale = ctx.locale();
    let base = base_of(book.forum.id);
    let head = &content.head;
    let draft = head.status == Status::Draft;
    let unit = book.forum.unit_id;
    let newest = book.versions.last().is_some_and(|one| one.id == head.id);
    let signed = content
        .signatories
        .iter()
        .filter(|one| one.has_signed())
        .count();
    let total = content.signatories.len();
    let judged = book.record(ctx, content);
    let missing = rules::may_lock(&judged).err().unwrap_or_default();
    let hash = book.hash(content)?;
    let forms = page_forms(ctx, book, content, typed);
    let edit = draft && newest && ctx.may(Permission::ManageForum, unit);
    Ok(RecordView {
        title: paper::one_line(&head.title),
        chip: status_chip(head.status, locale),
        version_text: Message::new("berita-acara-version")
            .with("number", head.version_no)
            .text(locale),
        facts: facts(content, book, locale),
        pdf_href: format!("{base}.pdf?versi={}", head.version_no),
        pdf_label: t(
            locale,
            if draft {
                "berita-acara-preview"
            } else {
                "berita-acara-download"
            },
        ),
        draft,
        edit,
        rewrite: edit && signed == 0,
        signed_note: (edit && signed > 0).then(|| {
            Message::new("berita-acara-signed-note")
                .with("count", signed)
                .text(locale)
        }),
        may_lock: draft && newest && ctx.may(Permission::LockBeritaAcara, unit),
        header_href: format!("{base}/naskah"),
        opens_header: edit && opens_header(content),
        points: point_views(ctx, book, content, became),
        signatories: content
            .signatories
            .iter()
            .map(|one| signatory_view(one, &base, locale))
            .collect(),
        signed_text: Message::new("berita-acara-signed-of")
            .with("signed", signed)
            .with("total", total)
            .text(locale),
        signed_percent: (signed * 100).checked_div(total).unwrap_or(0),
        place_differs: missing
            .iter()
            .any(|one| matches!(one, rules::Missing::PlaceDiffers(..))),
        missing: missing
            .iter()
            .map(|one| missing_text(one, locale))
            .collect(),
        warnings: book
            .warnings(content, &judged)
            .iter()
            .map(|one| warning_text(one, locale))
            .collect(),
        hash_shown: head.record_hash.clone(),
        hash,
        lock: forms.lock,
        lock_label: lock_label(&rules::groups_excused(&judged), locale),
        still_runs: book.runs_until(ctx, content).map(|until| {
            Message::new("berita-acara-still-runs")
                .with("time", until.format("%H.%M").to_string())
                .text(locale)
        }),
        signatory: forms.signatory,
        sign_on: forms.sign_on,
        sign_all_label: t(locale, "berita-acara-sign-all"),
        unsigned: is_unsigned(content),
        write_label: Message::new("berita-acara-points-write-count")
            .with("count", untaken::count(book, content))
            .text(locale),
        scans: scans.to_vec(),
        may_scan: newest
            && forums::may_work(&book.forum).is_ok()
            && ctx.may(Permission::ManageForum, unit),
        may_open_scans: ctx.may(Permission::ManageForum, unit),
        scan: forms.scan,
        nobody: book.present.is_empty(),
        may_amend: head.status == Status::Locked
            && book.forum.stage != Stage::Closed
            && newest
            && ctx.may(Permission::LockBeritaAcara, unit),
        amend: forms.amend,
        amendment: amendment(book, content, locale),
        discards: (draft
            && newest
            && head.amends.is_some()
            && forums::may_work(&book.forum).is_ok()
            && ctx.may(Permission::LockBeritaAcara, unit))
        .then_some(head.version_no),
        versions: versions(book, content, locale),
        verification_href,
    })
}

/// Somebody has not signed, and nobody said why not.
fn is_unsigned(content: &Content) -> bool {
    let mut all = content.signatories.iter();
    all.any(|one| !one.has_signed() && one.missing_reason.is_none())
}

fn lock_label(unsigned: &[Group], locale: Locale) -> String {
    if unsigned.is_empty() {
        return t(locale, "berita-acara-confirm");
    }
    let groups: Vec<String> = unsigned.iter().map(|one| one.label(locale)).collect();
    Message::new("berita-acara-confirm-without")
        .with("groups", groups.join("; "))
        .text(locale)
}

struct Forms {
    lock: FormView,
    scan: FormView,
    signatory: FormView,
    amend: FormView,
    sign_on: FieldView,
}

/// The day on which people sign on paper: the last of the forum, until somebody names another.
fn sign_on(ctx: &Ctx, book: &Book, typed: Option<&Typed<'_>>) -> FieldView {
    let last = forums::days::last_day(&book.forum).date;
    let usual = last.min(ctx.today_in(book.zone)).to_string();
    let form = typed.map(|typed| typed.form.get("signed_on"));
    let day = form.filter(|day| !day.is_empty()).unwrap_or(&usual);
    let faults = typed.map_or(&[][..], |typed| typed.faults);
    let view = FormView::new().field("signed_on", true, 0);
    let (mut view, _) = view.with("signed_on", day).refused(faults, ctx.locale());
    view.fields.remove("signed_on").unwrap_or_default()
}

fn page_forms(ctx: &Ctx, book: &Book, content: &Content, typed: Option<&Typed<'_>>) -> Forms {
    let locale = ctx.locale();
    let shown = |view: FormView| match typed {
        Some(typed) => view.typed(typed.form).refused(typed.faults, locale).0,
        None => view,
    };
    Forms {
        lock: shown(
            FormView::new()
                .field("confirm", true, 0)
                .field("ended_early", true, 0),
        ),
        scan: shown(FormView::new().field("scan", true, 0)),
        signatory: shown(
            FormView::new()
                .choice("attendance", true, proposals(book, content, locale))
                .field("represents", false, 200),
        ),
        amend: shown(FormView::new().field("reason", true, 500)),
        sign_on: sign_on(ctx, book, typed),
    }
}

/// Those who are present and do not sign yet.
fn proposals(book: &Book, content: &Content, locale: Locale) -> Vec<(String, String)> {
    let signs = |row: &crate::attendance::Attendee| {
        content
            .signatories
            .iter()
            .any(|one| one.attendance_id == Some(row.id))
    };
    let first = (String::new(), t(locale, "berita-acara-choose-person"));
    let others = book.present.iter().filter(|row| !signs(row)).map(|row| {
        let detail = beside(&row.name, &[&row.role, &row.organisation], ", ");
        let dash = if detail.is_empty() { "" } else { " — " };
        let group = row.participant_group.label(locale);
        (
            row.id.to_string(),
            format!("{}{dash}{detail} ({group})", row.name),
        )
    });
    std::iter::once(first).chain(others).collect()
}

pub fn input_options(book: &Book, chosen: Vec<String>) -> Vec<OptionView> {
    book.inputs
        .iter()
        .map(|input| OptionView {
            value: input.id.to_string(),
            label: input.code.clone(),
            hint: Some(input.text.clone()),
            selected: chosen.contains(&input.id.to_string()),
        })
        .collect()
}

/// A day for a signature form.
pub fn day_of(text: &str) -> Option<NaiveDate> {
    text.trim().parse().ok()
}

/// The groups as choices of a form.
pub fn group_options(locale: Locale) -> Vec<(String, String)> {
    let groups = [
        Group::Organiser,
        Group::Users,
        Group::Stakeholders,
        Group::Experts,
        Group::CivilSociety,
        Group::Media,
    ];
    let first = (String::new(), t(locale, "berita-acara-choose-group"));
    std::iter::once(first)
        .chain(groups.map(|group| (group.code(), group.label(locale))))
        .collect()
}
