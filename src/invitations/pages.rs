//! The workspace page of one forum's invitation: the letter with its checks, the list of recipients,
//! the sending and what people answered.

use poem::{Response, Route, get, handler, post, web::Path};
use serde::Serialize;

use super::{
    answer_pages,
    letter_check::Weight,
    letter_pages, new_forum_page, recipient_list, recipient_pages, rules, sending,
    sending::{Delivery, Summary},
    service::{self, Bundle},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    documents,
    forums::{self, ForumId},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::{cookies::FlashKind, forms::Form, pages::Page},
    },
};

pub fn routes(route: Route) -> Route {
    let route = route
        .at("/kerja/forum/:id/undangan", get(show))
        .at("/kerja/forum/:id/undangan/kemajuan", get(progress))
        .at("/kerja/forum/:id/undangan/terbitkan", post(issue_letter))
        .at("/kerja/forum/:id/undangan/perbaiki", post(reopen_letter))
        .at("/kerja/forum/:id/undangan/kirim", post(send_all));
    let route = new_forum_page::routes(route);
    let route = letter_pages::routes(route);
    let route = recipient_pages::routes(route);
    answer_pages::routes(route)
}

/// Words with a colour and an icon.
#[derive(Serialize)]
pub struct Chip {
    kind: &'static str,
    icon: &'static str,
    text: String,
}

impl Chip {
    pub fn new((kind, icon): (&'static str, &'static str), text: String) -> Self {
        Self { kind, icon, text }
    }
}

#[derive(Serialize)]
pub struct FactView {
    pub term: String,
    pub text: String,
}

#[derive(Serialize)]
struct FindingView {
    fault: bool,
    text: String,
}

#[derive(Serialize)]
struct FileView {
    name: String,
    size: String,
    href: String,
}

#[derive(Serialize)]
struct ShowPage {
    forum_title: String,
    forum_href: String,
    /// Where mails written to files are read.
    mailbox_href: Option<&'static str>,
    when: String,
    letter: Option<LetterView>,
    letter_href: String,
    preview_href: String,
    issue_action: String,
    reopen_action: String,
    findings: Vec<FindingView>,
    may_issue: bool,
    /// Time or place changed after the letter was issued.
    outdated: bool,
    may_manage: bool,
    documents: Vec<FileView>,
    #[serde(flatten)]
    progress: ProgressView,
}

#[derive(Serialize)]
struct LetterView {
    /// When the version in force was issued.
    issued: Option<String>,
    /// It is issued, and no next version is being written.
    closed: bool,
    version: i32,
    facts: Vec<FactView>,
}

/// The part that is fetched again while mails are on their way.
#[derive(Serialize)]
struct ProgressView {
    progress_href: String,
    reload_href: String,
    send_action: Option<String>,
    send_label: String,
    busy: bool,
    summary: String,
    percent: usize,
    counts: Vec<CountView>,
    answers: Vec<CountView>,
    add_href: Option<String>,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct CountView {
    label: String,
    count: usize,
}

#[derive(Serialize)]
struct RowView {
    number: i32,
    addressee: String,
    organisation: String,
    email: Option<String>,
    group: String,
    sending: Chip,
    fault: Option<String>,
    opened: bool,
    answer: Chip,
    detail: String,
    message: Option<String>,
    href: Option<String>,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "invitations/show";
    fn title(&self, locale: Locale) -> String {
        format!("{} · {}", t(locale, "invitations-title"), self.forum_title)
    }
}

#[derive(Serialize)]
struct ProgressPage {
    #[serde(flatten)]
    progress: ProgressView,
}

impl Page for ProgressPage {
    const TEMPLATE: &'static str = "invitations/progress";
    fn title(&self, _: Locale) -> String {
        String::new()
    }
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let bundle = service::bundle(&ctx, ForumId::parse(&id)?, Permission::ViewForums).await?;
    let brand = crate::organisation::brand_of(&bundle.unit);
    let page = page_of(&ctx, &bundle).await?;
    ctx.page_in(&brand, &page)
}

/// The changing part alone, for the page that is open.
#[handler]
async fn progress(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let bundle = service::bundle(&ctx, ForumId::parse(&id)?, Permission::ViewForums).await?;
    let progress = progress_of(&ctx, &bundle).await?;
    ctx.page(&ProgressPage { progress })
}

async fn page_of(ctx: &Ctx, bundle: &Bundle) -> Result<ShowPage> {
    let locale = ctx.locale();
    let base = format!("/kerja/forum/{}", bundle.forum.id);
    let may_manage = ctx.may(Permission::ManageForum, bundle.unit.id);
    let writing = rules::may_change(bundle.state()).is_ok();
    let findings = if writing {
        service::findings(ctx, bundle).await?
    } else {
        Vec::new()
    };
    let faulty = findings.iter().any(|found| found.weight == Weight::Fault);
    Ok(ShowPage {
        forum_title: bundle.forum.title.clone(),
        forum_href: base.clone(),
        mailbox_href: ctx.mailbox_href(),
        when: forums::when_text(&bundle.forum, bundle.zone, locale),
        letter: letter_view(bundle, locale),
        letter_href: format!("{base}/undangan/surat"),
        preview_href: format!("{base}/undangan/surat.pdf"),
        issue_action: format!("{base}/undangan/terbitkan"),
        reopen_action: format!("{base}/undangan/perbaiki"),
        may_issue: may_manage && writing && bundle.letter.is_some() && !faulty,
        outdated: bundle
            .letter
            .as_ref()
            .is_some_and(|letter| letter.is_outdated(bundle.forum.sequence)),
        findings: findings
            .into_iter()
            .map(|found| FindingView {
                fault: found.weight == Weight::Fault,
                text: found.message.text(locale),
            })
            .collect(),
        documents: document_views(ctx, bundle, &base).await?,
        may_manage,
        progress: progress_of(ctx, bundle).await?,
    })
}

fn letter_view(bundle: &Bundle, locale: Locale) -> Option<LetterView> {
    let letter = bundle.letter.as_ref()?;
    let fact = |key: &str, text: String| FactView {
        term: t(locale, key),
        text,
    };
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let date = letter.letter_date.map(|day| dates::long_date(day, locale));
    Some(LetterView {
        issued: letter.issued_at.map(|at| {
            let at = dates::date_time(&at.with_timezone(&bundle.zone), locale);
            Message::new("invitations-issued")
                .with("at", at)
                .text(locale)
        }),
        closed: rules::may_change(bundle.state()).is_err(),
        version: letter.version,
        facts: vec![
            fact("invitations-number", or_dash(letter.number.clone())),
            fact("invitations-letter-date", or_dash(date)),
            fact("invitations-from", bundle.from.name.clone()),
            fact(
                "invitations-classification",
                letter.classification.label(locale),
            ),
            fact("invitations-subject", letter.subject.clone()),
            fact(
                "invitations-signatory",
                format!("{}, {}", letter.signatory_name, letter.signatory_position),
            ),
        ],
    })
}

async fn document_views(ctx: &Ctx, bundle: &Bundle, base: &str) -> Result<Vec<FileView>> {
    let mut views = Vec::new();
    for kind in [
        documents::Kind::Invitation,
        documents::Kind::Recipients,
        documents::Kind::Schedule,
    ] {
        let found = documents::latest(&ctx.app.db, "forum", bundle.forum.id.0, kind).await?;
        let may_read = ctx.may(Permission::ReadRestricted, bundle.unit.id);
        if let Some(document) = found.filter(|document| may_read || !document.restricted) {
            views.push(FileView {
                name: t(ctx.locale(), &format!("forums-document-{kind}")),
                size: documents::size_text(document.size, ctx.locale()),
                href: format!("{base}/dokumen/{kind}.pdf"),
            });
        }
    }
    Ok(views)
}

async fn progress_of(ctx: &Ctx, bundle: &Bundle) -> Result<ProgressView> {
    let locale = ctx.locale();
    let base = format!("/kerja/forum/{}/undangan", bundle.forum.id);
    let deliveries = sending::deliveries(&ctx.app.db, &bundle.forum).await?;
    let summary = Summary::of(&deliveries);
    let starts = forums::starts_at(&bundle.forum, bundle.zone).to_utc();
    let may_send = ctx.may(Permission::SendInvitations, bundle.unit.id)
        && rules::may_send(bundle.state(), ctx.now, starts).is_ok();
    let writing = rules::may_change(bundle.state()).is_ok();
    let manages = ctx.may(Permission::ManageForum, bundle.unit.id);
    let reachable = summary.recipients - summary.without_address;
    Ok(ProgressView {
        progress_href: format!("{base}/kemajuan"),
        reload_href: base.clone(),
        send_action: (may_send && summary.to_send > 0).then(|| format!("{base}/kirim")),
        send_label: Message::new("invitations-send")
            .with("count", summary.to_send)
            .text(locale),
        busy: summary.queued > 0,
        summary: Message::new("invitations-progress")
            .with("sent", summary.sent)
            .with("all", reachable)
            .text(locale),
        percent: (summary.sent * 100).checked_div(reachable).unwrap_or(0),
        counts: counts(
            locale,
            "invitations-count",
            &[
                ("sent", summary.sent),
                ("queued", summary.queued),
                ("failed", summary.failed),
                ("opened", summary.opened),
                ("without-address", summary.without_address),
            ],
        ),
        answers: counts(
            locale,
            "invitations-answer",
            &[
                ("accepted", summary.accepted),
                ("delegated", summary.delegated),
                ("tentative", summary.tentative),
                ("declined", summary.declined),
                ("none", summary.recipients - summary.answered),
            ],
        ),
        add_href: (manages && writing).then(|| format!("{base}/penerima/baru")),
        rows: deliveries
            .iter()
            .map(|delivery| row_of(ctx, delivery, &base, manages, locale))
            .collect::<Result<_>>()?,
    })
}

fn counts(locale: Locale, prefix: &str, figures: &[(&str, usize)]) -> Vec<CountView> {
    figures
        .iter()
        .map(|(code, count)| CountView {
            label: t(locale, &format!("{prefix}-{code}")),
            count: *count,
        })
        .collect()
}

fn row_of(
    ctx: &Ctx,
    delivery: &Delivery,
    base: &str,
    manages: bool,
    locale: Locale,
) -> Result<RowView> {
    let recipient = &delivery.recipient;
    let phone = if manages {
        recipient_list::delegate_phone(&ctx.app, recipient)?
    } else {
        None
    };
    let delegate = [
        recipient.delegate_name.clone(),
        recipient.delegate_position.clone(),
        phone,
    ];
    let sending = t(
        locale,
        &format!("invitations-sending-{}", delivery.sending.code()),
    );
    Ok(RowView {
        number: recipient.position,
        addressee: recipient.addressee.clone(),
        organisation: recipient.organisation.clone(),
        email: recipient.email.clone(),
        group: recipient.participant_group.label(locale),
        sending: Chip::new(delivery.sending.chip(), sending),
        fault: delivery.fault.clone().filter(|_| manages),
        opened: recipient.opened_at.is_some(),
        answer: Chip::new(recipient.answer.chip(), recipient.answer.label(locale)),
        detail: delegate
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
        message: recipient.message.clone(),
        href: manages.then(|| format!("{base}/penerima/{}", recipient.id)),
    })
}

#[handler]
async fn issue_letter(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let version = form.get("version").parse().unwrap_or_default();
    service::issue(&ctx, id, version).await?;
    Ok(ctx.redirect_with(
        &format!("/kerja/forum/{id}/undangan"),
        FlashKind::Ok,
        &Message::new("invitations-issued-flash"),
    ))
}

#[handler]
async fn reopen_letter(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let version = form.get("version").parse().unwrap_or_default();
    service::reopen(&ctx, id, version).await?;
    Ok(ctx.redirect_with(
        &format!("/kerja/forum/{id}/undangan"),
        FlashKind::Info,
        &Message::new("invitations-reopened-flash"),
    ))
}

#[handler]
async fn send_all(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let count = sending::send(&ctx, id).await?;
    let (kind, key) = if count == 0 {
        (FlashKind::Info, "invitations-nothing-to-send")
    } else {
        (FlashKind::Ok, "invitations-sending-flash")
    };
    Ok(ctx.redirect_with(
        &format!("/kerja/forum/{id}/undangan"),
        kind,
        &Message::new(key).with("count", count),
    ))
}
