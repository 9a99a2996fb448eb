//! The workspace page of one forum's invitation: the letter with its checks, the list of recipients,
//! the sending and what people answered.

use futures::future::BoxFuture;
use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Data, Path, Query},
};
use serde::Serialize;

use super::{
    answer_pages, bulk_pages, calling_off, correcting,
    groups::{self, GroupView},
    handing_pages::{self, CallsView, calls_view},
    import, issuing_pages,
    letter_check::Weight,
    letter_facts, letter_pages,
    list_view::{ListView, list_of},
    listing::Wanted,
    new_forum_page, picking,
    progress_view::{ProgressView, progress_of},
    question_pages::{self, QuestionView},
    recipient_pages, reminders, rules, sending,
    service::{self, Bundle},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    documents,
    forums::{self, ForumId},
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

/// Who else is to be told that a forum moved or is cancelled, in a sentence; none when everybody knows. Composition
/// gives this function to the routes: those who register by themselves are another capability's.
pub type OthersToTell =
    for<'a> fn(&'a Ctx, &'a forums::Forum) -> BoxFuture<'a, Result<Option<String>>>;

pub fn routes(route: Route) -> Route {
    let route = route
        .at("/kerja/forum/:id/undangan", get(show))
        .at("/kerja/forum/:id/undangan/kemajuan", get(progress))
        .at("/kerja/forum/:id/undangan/kirim", post(send_all))
        .at("/kerja/forum/:id/undangan/pengingat", post(set_reminder));
    let route = new_forum_page::routes(route);
    let route = letter_pages::routes(route);
    let route = issuing_pages::routes(route);
    let route = recipient_pages::routes(route);
    let route = handing_pages::routes(route);
    let route = bulk_pages::routes(route);
    let route = import::pages::routes(route);
    let route = picking::routes(route);
    let route = question_pages::routes(route);
    let route = calling_off::routes(route);
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
    /// Where a begun correction is thrown away, or why it cannot be.
    discard_action: Option<String>,
    discard_not: Option<String>,
    /// What keeps the letter from going out,
    faults: Vec<String>,
    /// and what deserves a look.
    doubts: Vec<String>,
    may_issue: bool,
    /// The letter may go out: the sending comes first on the page.
    in_force: bool,
    /// The forum does not take place: nothing is sent or brought.
    cancelled: bool,
    /// Time or place changed after the letter was issued.
    outdated: bool,
    may_manage: bool,
    /// Those who registered by themselves and are still to be told.
    others: Option<String>,
    documents: Vec<FileView>,
    groups: Vec<GroupView>,
    /// Whom only the telephone can tell of the new time or place.
    calls: Option<CallsView>,
    /// Said where letters and people differ in number.
    people: Option<String>,
    questions: Vec<QuestionView>,
    errors: Vec<ErrorLine>,
    reminder: Option<ReminderView>,
    #[serde(flatten)]
    progress: ProgressView,
    #[serde(flatten)]
    list: ListView,
    /// The list is part of the page, not fetched after it.
    fetched: bool,
}

/// When those who are invited are reminded.
#[derive(Serialize)]
struct ReminderView {
    action: String,
    form: FormView,
    version: i32,
    /// When the mails leave, or that none will.
    text: String,
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
    #[serde(flatten)]
    list: ListView,
    fetched: bool,
}

impl Page for ProgressPage {
    const TEMPLATE: &'static str = "invitations/progress";
    fn title(&self, _: Locale) -> String {
        String::new()
    }
}

#[handler]
async fn show(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Wanted>,
    Data(others): Data<&OthersToTell>,
) -> Result<Response> {
    let bundle = service::bundle(&ctx, ForumId::parse(&id)?, Permission::ViewForums).await?;
    let brand = crate::organisation::brand_of(&bundle.unit);
    let mut page = page_of(&ctx, &bundle, &asked.checked()).await?;
    if ctx.may(Permission::ManageForum, bundle.unit.id) {
        page.others = others(&ctx, &bundle.forum).await?;
    }
    ctx.page_in(&brand, &page)
}

/// The changing part alone, for the page that is open.
#[handler]
async fn progress(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Wanted>,
) -> Result<Response> {
    let bundle = service::bundle(&ctx, ForumId::parse(&id)?, Permission::ViewForums).await?;
    let wanted = asked.checked();
    let deliveries = sending::deliveries(&ctx.app.db, &bundle.forum).await?;
    ctx.page(&ProgressPage {
        progress: progress_of(&ctx, &bundle, &deliveries, &wanted),
        list: list_of(&ctx, &bundle, &deliveries, &wanted).await?,
        fetched: true,
    })
}

async fn page_of(ctx: &Ctx, bundle: &Bundle, wanted: &Wanted) -> Result<ShowPage> {
    let locale = ctx.locale();
    let deliveries = sending::deliveries(&ctx.app.db, &bundle.forum).await?;
    let base = format!("/kerja/forum/{}", bundle.forum.id);
    let may_manage = bundle.may_manage(ctx);
    let writing = rules::may_change(bundle.state()).is_ok();
    let findings = if writing {
        letter_facts::findings(ctx, bundle).await?
    } else {
        Vec::new()
    };
    let of = |weight: Weight| -> Vec<String> {
        let found = findings.iter().filter(|found| found.weight == weight);
        found.map(|found| found.message.text(locale)).collect()
    };
    let (faults, doubts) = (of(Weight::Fault), of(Weight::Warning));
    let discard = correcting::discardable(ctx, bundle).await?;
    let discard = discard.filter(|_| may_manage);
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
        discard_action: discard
            .is_some_and(|may| may.is_ok())
            .then(|| format!("{base}/undangan/batal-perbaiki")),
        discard_not: discard
            .and_then(std::result::Result::err)
            .map(|_| t(locale, "rule-letter-list-changed")),
        may_issue: may_manage && writing && bundle.letter.is_some() && faults.is_empty(),
        in_force: !writing,
        cancelled: bundle.forum.cancelled_at.is_some(),
        outdated: bundle
            .letter
            .as_ref()
            .is_some_and(|letter| letter.is_outdated(&bundle.forum)),
        faults,
        doubts,
        documents: document_views(ctx, bundle, &base).await?,
        groups: groups::views(
            &bundle.recipients,
            &forums::quotas(&ctx.app.db, &bundle.forum).await?,
            locale,
        ),
        calls: calls_view(ctx, bundle, &deliveries).await?,
        people: groups::people_note(&bundle.recipients, locale),
        questions: if bundle.may_read_names(ctx) {
            question_pages::views(ctx, &bundle.forum, bundle.zone).await?
        } else {
            Vec::new()
        },
        errors: Vec::new(),
        reminder: reminder_view(ctx, bundle).await?.filter(|_| may_manage),
        may_manage,
        others: None,
        progress: progress_of(ctx, bundle, &deliveries, wanted),
        list: list_of(ctx, bundle, &deliveries, wanted).await?,
        fetched: false,
    })
}

async fn reminder_view(ctx: &Ctx, bundle: &Bundle) -> Result<Option<ReminderView>> {
    let starts = forums::starts_at(&bundle.forum, bundle.zone).to_utc();
    if ctx.now >= starts {
        return Ok(None);
    }
    let (days, version) = reminders::setting(ctx, &bundle.forum).await?;
    let text = match reminders::due(ctx, &bundle.forum, &bundle.unit).await? {
        Some(due) => Message::new(if due > ctx.now {
            "invitations-reminder-due"
        } else {
            "invitations-reminder-past"
        })
        .with(
            "at",
            dates::date_time(&due.with_timezone(&bundle.zone), ctx.locale()),
        ),
        None => Message::new("invitations-reminder-off"),
    };
    Ok(Some(ReminderView {
        action: format!("/kerja/forum/{}/undangan/pengingat", bundle.forum.id),
        form: FormView::new()
            .field("days", true, 0)
            .with("days", days.to_string()),
        version,
        text: text.text(ctx.locale()),
    }))
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

#[handler]
async fn send_all(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let count = sending::send(&ctx, id).await?.total;
    let (kind, key) = if count == 0 {
        (FlashKind::Info, "invitations-nothing-to-send")
    } else {
        (FlashKind::Ok, "invitations-sending-flash")
    };
    Ok(ctx.redirect_with(
        &format!("/kerja/forum/{id}/undangan#kemajuan"),
        kind,
        &Message::new(key).with("count", count),
    ))
}

#[handler]
async fn set_reminder(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let mut check = Check::new();
    let most = i64::from(reminders::MOST_DAYS);
    let days = check.number("days", form.get("days"), 0, most);
    let bundle = service::bundle(&ctx, id, Permission::ManageForum).await?;
    if let Err(Error::Invalid(faults)) = check.finish() {
        return reminder_refused(&ctx, &bundle, &form, &faults).await;
    }
    let version = form.get("version").parse().unwrap_or_default();
    reminders::set(&ctx, id, version, i32::try_from(days).unwrap_or_default()).await?;
    Ok(ctx.redirect_with(
        &format!("/kerja/forum/{id}/undangan"),
        FlashKind::Ok,
        &Message::new("invitations-reminder-saved"),
    ))
}

/// The page again, with what was typed and what is wrong beside it.
async fn reminder_refused(
    ctx: &Ctx,
    bundle: &Bundle,
    form: &Form,
    faults: &[FieldError],
) -> Result<Response> {
    let mut page = page_of(ctx, bundle, &Wanted::default().checked()).await?;
    if let Some(reminder) = &mut page.reminder {
        let typed = std::mem::take(&mut reminder.form).typed(form);
        (reminder.form, page.errors) = typed.refused(faults, ctx.locale());
    }
    let brand = crate::organisation::brand_of(&bundle.unit);
    ctx.page_of(Some(&brand), StatusCode::UNPROCESSABLE_ENTITY, &page)
}
