//! Receipt and status page. A signed cookie of short life opens them: neither number nor code stands in
//! an address, where history, logs and the next person at the same computer would find it.

use poem::{Request, Response, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    FactView,
    acknowledged::brought,
    filing::{FollowView, follow_view},
    newest_first, told,
};
use crate::{
    access::{Ctx, Public},
    calendar::dates,
    complaints::{
        clocks::{self, ClosedCase},
        entity::{ComplaintId, complaint},
        explain::{self, Chip, DueView},
        filing::FileState,
        history,
        rules::{self, Event, MessageKind, Status},
        timeline::{self, EntryView, Reader},
        tracking::{self, Tracked},
        words,
    },
    documents::{FileId, pages::handed_in},
    organisation,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        traces,
        web::{
            cookies::{Cookie, FlashKind, sign, unsign},
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
    },
};

/// How long the page stays open without the code being asked again.
const OPEN_SECONDS: i64 = 3600;

/// Lets this browser see the complaint for an hour.
pub(super) fn allow(ctx: &Ctx, response: &mut Response, id: ComplaintId) {
    let until = ctx.now.timestamp() + OPEN_SECONDS;
    let signed = sign(&ctx.app, &format!("status:{id}:{until}"));
    Cookie::Status.set(&ctx.app, response, &signed, Some(OPEN_SECONDS));
}

/// The complaint that this browser may see.
pub(super) fn allowed(ctx: &Ctx, request: &Request) -> Option<ComplaintId> {
    let text = unsign(&ctx.app, &Cookie::Status.read(&ctx.app, request)?)?;
    let (id, until) = text.strip_prefix("status:")?.split_once(':')?;
    let open = until.parse::<i64>().ok()? > ctx.now.timestamp();
    ComplaintId::parse(id).ok().filter(|_| open)
}

/// None where this browser may see no case, or one that is not closed.
pub async fn closed_case(ctx: &Ctx, request: &Request) -> Result<Option<ClosedCase>> {
    let Some(id) = allowed(ctx, request) else {
        return Ok(None);
    };
    let complaint = tracking::read(ctx, id).await?.complaint;
    Ok((complaint.status == Status::Closed).then(|| ClosedCase::from(&complaint)))
}

pub(super) fn ask_again(ctx: &Ctx) -> Response {
    ctx.redirect_with(
        "/lacak",
        FlashKind::Info,
        &Message::new("complaints-track-again"),
    )
}

pub(super) fn entries(tracked: &Tracked, locale: Locale) -> Result<Vec<EntryView>> {
    let zone = organisation::zone_of(&tracked.unit)?;
    Ok(timeline::lines(
        &tracked.history,
        &tracked.messages,
        Reader::Citizen,
        zone,
        locale,
    ))
}

/// The words with which the case came to stand where it stands, where the citizen has to act on them.
fn said(tracked: &Tracked, locale: Locale) -> Result<Option<EntryView>> {
    let status = tracked.complaint.status;
    if !matches!(
        status,
        Status::Incomplete | Status::Rejected | Status::OutOfAuthority
    ) {
        return Ok(None);
    }
    let verb = history::verb(status);
    let Some(at) = tracked.history.iter().rposition(|event| event.verb == verb) else {
        return Ok(None);
    };
    let entry = entries(tracked, locale)?.into_iter().nth(at);
    Ok(entry.filter(|entry| !entry.text.is_empty()))
}

#[derive(Serialize)]
struct StatusPage {
    errors: Vec<ErrorLine>,
    number: String,
    subject: String,
    /// What the citizen wrote.
    words: String,
    chip: Chip,
    headline: String,
    explanation: String,
    /// What it is called, at the head of a sentence and inside one.
    voice: String,
    called: String,
    /// Praise has nothing that could be solved.
    praise: bool,
    /// What the office asks for, or why it does not go on: before everything else.
    said: Option<EntryView>,
    answer: Option<AnswerView>,
    rating: Option<RatingView>,
    due: Option<DueView>,
    /// What happens next and by when.
    clock_notes: Vec<String>,
    promises: Vec<PromiseView>,
    entries: Vec<EntryView>,
    message: Option<MessageView>,
    dispute: Option<DisputeView>,
    withdraw: Option<WithdrawView>,
    files: Vec<FileView>,
    /// Where else one can turn, when this office does nothing more.
    elsewhere: Option<Elsewhere>,
    /// A closed case may be followed by the survey, whose answer nobody links with it.
    survey_action: Option<&'static str>,
    brought: Vec<FactView>,
    follow: FollowView,
    pdf_href: &'static str,
    leave_action: &'static str,
    #[serde(skip)]
    title: String,
}

#[derive(Serialize)]
struct AnswerView {
    who: String,
    when: String,
    text: String,
}

#[derive(Serialize)]
struct RatingView {
    action: &'static str,
    helped: FieldView,
    reason: FieldView,
}

#[derive(Serialize)]
struct PromiseView {
    title: String,
    href: String,
    chip: Chip,
}

#[derive(Serialize)]
struct MessageView {
    action: &'static str,
    text: FieldView,
}

/// Closed, but the citizen may still say that it did not help.
#[derive(Serialize)]
struct DisputeView {
    action: &'static str,
    reason: FieldView,
    note: String,
}

/// What a citizen can still do whose complaint was refused or is not for this office.
#[derive(Serialize)]
struct Elsewhere {
    text: String,
    again_href: String,
}

fn elsewhere(tracked: &Tracked, locale: Locale) -> Option<Elsewhere> {
    let of = &tracked.complaint;
    let key = match of.status {
        Status::Rejected if !words::merged(of) => "complaints-elsewhere-rejected",
        Status::OutOfAuthority => "complaints-elsewhere-out-of-authority",
        _ => return None,
    };
    Some(Elsewhere {
        text: Message::new(key).with("number", &of.number).text(locale),
        again_href: format!("/pengaduan/baru?unit={}", tracked.unit.code),
    })
}

#[derive(Serialize)]
struct WithdrawView {
    action: &'static str,
    reason: FieldView,
}

#[derive(Serialize)]
struct FileView {
    name: String,
    size: String,
    /// None while nobody may open it.
    href: Option<String>,
}

fn files(tracked: &Tracked, locale: Locale) -> Vec<FileView> {
    tracked
        .files
        .iter()
        .map(|file| FileView {
            name: file.name.clone(),
            size: words::file_size(file.size, file.state, locale),
            href: (file.state == FileState::Clean)
                .then(|| format!("/pengaduan/status/berkas/{}", file.id)),
        })
        .collect()
}

impl Page for StatusPage {
    const TEMPLATE: &'static str = "complaints/status";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

fn form_view(of: &complaint::Model, locale: Locale) -> FormView {
    let choice = |key: &str| t(locale, key);
    let mut view = FormView::new()
        .choice(
            "helped",
            true,
            vec![
                ("yes".to_owned(), choice("complaints-helped-yes")),
                ("no".to_owned(), choice("complaints-helped-no")),
            ],
        )
        .field("reason", true, 3000)
        .field("text", true, 3000)
        .field("withdraw_reason", false, 1000)
        .field("files", false, 0)
        .field("new_email", false, 254)
        .field("new_phone", false, 40);
    if let Some(helped) = view.fields.get_mut("helped") {
        for (option, hint) in helped
            .options
            .iter_mut()
            .zip(["complaints-helped-yes-hint", "complaints-helped-no-hint"])
        {
            let hint = Message::new(hint)
                .with("voice", words::kind(of.kind, locale))
                .with("called", words::called(of.kind, locale));
            option.hint = Some(hint.text(locale));
        }
    }
    view
}

fn answer_view(tracked: &Tracked, locale: Locale) -> Result<Option<AnswerView>> {
    let zone = organisation::zone_of(&tracked.unit)?;
    let last = tracked
        .messages
        .iter()
        .rev()
        .find(|message| message.kind == MessageKind::Answer);
    Ok(last.map(|message| {
        let division = tracked
            .divisions
            .iter()
            .find(|division| Some(division.id) == message.division_id);
        AnswerView {
            who: division.map_or_else(
                || t(locale, "complaints-who-office"),
                |division| division.name.clone(),
            ),
            when: dates::date_time(&message.at.with_timezone(&zone), locale),
            text: message.text.clone(),
        }
    }))
}

fn promises(tracked: &Tracked) -> Vec<PromiseView> {
    tracked
        .actions
        .iter()
        .map(|action| PromiseView {
            title: traces::for_everybody(&action.title),
            href: action.public_href.clone(),
            chip: Chip {
                kind: action.kind,
                text: action.status.clone(),
                icon: "",
            },
        })
        .collect()
}

/// What it is called inside a sentence: "Pengaduan Anda", "your complaint".
fn voice(of: &complaint::Model, locale: Locale) -> String {
    let name = words::kind(of.kind, locale);
    match locale {
        Locale::Id => name,
        Locale::En => name.to_lowercase(),
    }
}

pub(super) async fn page(
    ctx: &Ctx,
    id: ComplaintId,
    form: Option<&Form>,
    refusal: Option<Error>,
) -> Result<Response> {
    let locale = ctx.locale();
    let tracked = tracking::read(ctx, id).await?;
    let of = &tracked.complaint;
    let mut view = form_view(of, locale);
    if let Some(form) = form {
        view = view.typed(form);
    }
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some(refusal) = refusal {
        let told = told(refusal, "text", locale)?;
        status = told.status;
        (view, errors) = view.refused(&told.faults, locale);
        errors.extend(told.lines);
    }
    let follow = follow_view(ctx, of, &mut view).await?;
    let brought = brought(ctx, &tracked).await?;
    let mut field = |name: &str| view.fields.remove(name).unwrap_or_default();
    let state = match words::merged(of) {
        true => "merged".to_owned(),
        // Taken up without an answer before: nothing was disputed.
        false if of.status == Status::Reopened && of.answered_at.is_none() => "taken-up".to_owned(),
        false => of.status.code().replace('_', "-"),
    };
    let window = tracked.clocks.reopen_until();
    // Whoever thanks is not asked whether it is solved.
    let solvable = of.kind.is_solvable();
    let disputable = rules::may_dispute(of.status, window, ctx.now);
    let page = StatusPage {
        errors,
        number: of.number.clone(),
        subject: of.subject.clone(),
        words: of.description.clone(),
        chip: words::standing_chip(of, locale),
        headline: Message::new(&format!("complaints-headline-{state}"))
            .with("voice", voice(of, locale))
            .text(locale),
        explanation: Message::new(&format!("complaints-explain-{state}"))
            .with("kind", of.kind.code())
            .with("voice", words::kind(of.kind, locale))
            .with("called", words::called(of.kind, locale))
            .text(locale),
        voice: words::kind(of.kind, locale),
        called: words::called(of.kind, locale),
        praise: !solvable,
        said: said(&tracked, locale)?,
        answer: answer_view(&tracked, locale)?,
        rating: (of.status == Status::Answered && solvable).then(|| RatingView {
            action: "/pengaduan/status/nilai",
            helped: field("helped"),
            reason: field("reason"),
        }),
        due: if of.status.owes_answer() {
            let zone = organisation::zone_of(&tracked.unit)?;
            Some(explain::view(of, &tracked.clocks.calendar, zone, locale))
        } else {
            None
        },
        clock_notes: clocks::for_citizen(&tracked.clocks, locale),
        promises: promises(&tracked),
        entries: newest_first(entries(&tracked, locale)?),
        survey_action: (of.status == Status::Closed).then_some("/pengaduan/status/survei"),
        message: (!of.status.is_final() || words::merged(of)).then(|| MessageView {
            action: "/pengaduan/status/pesan",
            text: field("text"),
        }),
        dispute: (of.status == Status::Closed && disputable && solvable).then(|| DisputeView {
            action: "/pengaduan/status/nilai",
            reason: field("reason"),
            note: Message::new("complaints-status-dispute-note")
                .with("voice", words::kind(of.kind, locale))
                .with("called", words::called(of.kind, locale))
                .with(
                    "until",
                    window.map_or_else(String::new, |end| {
                        dates::date(end.with_timezone(&tracked.clocks.zone).date_naive(), locale)
                    }),
                )
                .text(locale),
        }),
        withdraw: (rules::steps(of.status, Event::Withdraw).is_ok() || words::merged(of)).then(
            || WithdrawView {
                action: "/pengaduan/status/cabut",
                reason: field("withdraw_reason"),
            },
        ),
        files: files(&tracked, locale),
        elsewhere: elsewhere(&tracked, locale),
        brought,
        follow,
        pdf_href: "/pengaduan/tanda-terima.pdf",
        leave_action: "/pengaduan/status/tutup",
        title: of.number.clone(),
    };
    ctx.page_of(Some(&organisation::brand_of(&tracked.unit)), status, &page)
}

#[handler]
pub(super) async fn show_status(Public(ctx): Public, request: &Request) -> Result<Response> {
    match allowed(&ctx, request) {
        Some(id) => page(&ctx, id, None, None).await,
        None => Ok(ask_again(&ctx)),
    }
}

#[handler]
pub(super) async fn add_message(
    Public(ctx): Public,
    request: &Request,
    form: Form,
) -> Result<Response> {
    let Some(id) = allowed(&ctx, request) else {
        return Ok(ask_again(&ctx));
    };
    match tracking::write(&ctx, id, form.get("text")).await {
        Ok(()) => Ok(ctx.redirect_with(
            "/pengaduan/status",
            FlashKind::Ok,
            &Message::new("complaints-message-sent"),
        )),
        Err(error) => page(&ctx, id, Some(&form), Some(error)).await,
    }
}

/// What was done, with what it is called.
pub(super) async fn named(ctx: &Ctx, id: ComplaintId, key: &str) -> Result<Message> {
    let of = tracking::read(ctx, id).await?.complaint;
    Ok(Message::new(key)
        .with("voice", words::kind(of.kind, ctx.locale()))
        .with("called", words::called(of.kind, ctx.locale())))
}

/// A file that the office added for the citizen.
#[handler]
pub(super) async fn show_file(
    Public(ctx): Public,
    request: &Request,
    Path(file): Path<String>,
) -> Result<Response> {
    let Some(id) = allowed(&ctx, request) else {
        return Ok(ask_again(&ctx));
    };
    let file = FileId::parse(&file)?;
    tracking::require_file(&ctx, id, file).await?;
    handed_in(&ctx, file).await
}

/// For a computer that others use: the next person does not find the page open.
#[handler]
pub(super) fn leave_status(Public(ctx): Public, _form: Form) -> Response {
    let mut response = ctx.redirect_with("/lacak", FlashKind::Ok, &Message::new("complaints-left"));
    Cookie::Status.clear(&ctx.app, &mut response);
    response
}
