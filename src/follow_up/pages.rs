//! The page of what follows: points with their actions or reasons, actions with their progress, the closing.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Data, Path},
};
use serde::Serialize;

use super::{
    Checks, closing,
    closing_view::{TICK_FIRST, TICKED, UnfinishedView, obstacles, texts, unfinished},
    outcome::{ActionOutcome, PointOutcome, outcome},
    rules, service,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    action_plans::{self, ActionItemId, Chip, Clock, LinkedAction},
    berita_acara::AgreedPointId,
    calendar::dates,
    forums::{self, Forum, ForumId, Stage},
    organisation,
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form},
            pages::Page,
        },
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/forum/:id/tindak-lanjut", get(show_page))
        .at("/kerja/forum/:id/tindak-lanjut/alasan", post(give_reason))
        .at(
            "/kerja/forum/:id/tindak-lanjut/cabut",
            post(withdraw_reason),
        )
        .at("/kerja/forum/:id/tindak-lanjut/lanjutkan", post(carry))
        .at("/kerja/forum/:id/tindak-lanjut/tutup", post(close))
}

#[derive(Serialize)]
struct FollowUpPage {
    forum_title: String,
    forum_href: String,
    path: String,
    /// Nobody outside knows of a forum in preparation.
    public_href: Option<String>,
    errors: Vec<ErrorLine>,
    points: Vec<PointView>,
    actions: Vec<ActionRow>,
    /// Those of earlier forums that go on in this one.
    taken_up: Vec<ActionChip>,
    /// Later forums in which an action can go on.
    next_forums: usize,
    /// Something may still be carried on: also of a closed forum, where it has nowhere to go.
    carries: bool,
    may: bool,
    /// Since when, and by whom.
    closed: Option<String>,
    /// What stops the closing.
    obstacles: Vec<String>,
    /// What stays as it is once the forum is closed; each is ticked by whoever closes it.
    unfinished: Vec<UnfinishedView>,
    /// The same of a closed forum, as it was acknowledged.
    left: Vec<String>,
}

#[derive(Serialize)]
struct PointView {
    number: i32,
    root: String,
    text: String,
    actions: Vec<ActionChip>,
    open: bool,
    reason: String,
    /// What stands before the reason.
    because: String,
    version: i32,
    /// What was typed, after an error.
    typed: String,
    error: Option<String>,
    /// It seems to name somebody: a tick says that somebody looked.
    asks_look: bool,
    /// Where an action is made from it; only for those who may.
    new_href: Option<String>,
    may_explain: bool,
}

#[derive(Serialize)]
struct ActionChip {
    href: String,
    label: String,
    chip: Chip,
}

#[derive(Serialize)]
struct ActionRow {
    id: String,
    href: String,
    label: String,
    due: String,
    chip: Chip,
    progress: i32,
    note: String,
    /// What makes it likely to be forgotten.
    gaps: Vec<String>,
    choices: Vec<ChoiceView>,
}

#[derive(Serialize)]
struct ChoiceView {
    value: String,
    label: String,
    selected: bool,
}

impl Page for FollowUpPage {
    const TEMPLATE: &'static str = "follow_up/show";
    fn title(&self, locale: Locale) -> String {
        t(locale, "follow-up-title")
    }
}

/// What a form sent that is shown again.
#[derive(Default)]
struct Sent {
    typed: Option<Typed>,
    /// Codes of what is unfinished and was ticked.
    ticked: Vec<String>,
}

/// A reason that could not be kept, with what was typed.
struct Typed {
    point: AgreedPointId,
    reason: String,
    version: i32,
}

async fn page_of(
    ctx: &Ctx,
    forum: &Forum,
    sent: &Sent,
    faults: &[FieldError],
    checks: Checks,
) -> Result<Response> {
    let locale = ctx.locale();
    let db = &ctx.app.db;
    let found = outcome(db, forum).await?;
    let closed = forum.stage == Stage::Closed;
    let manages = ctx.may(Permission::ManageForum, forum.unit_id);
    let may = manages && !closed;
    let unit = organisation::unit(db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let clock = Clock::of(ctx, &unit).await?;
    let told = forums::closed_text(db, forum, zone, locale).await?;
    let carries = may || (manages && found.actions.iter().any(ActionOutcome::is_open));
    let next = if carries {
        next_forums(ctx, forum).await?
    } else {
        Vec::new()
    };
    let mut points: Vec<PointView> = found
        .points
        .iter()
        .map(|point| point_view(ctx, forum, point, &clock, may))
        .collect();
    if let Some(typed) = &sent.typed {
        let root = typed.point.to_string();
        for point in points.iter_mut().filter(|point| point.root == root) {
            point.typed.clone_from(&typed.reason);
            point.version = typed.version;
            point.error = faults.first().map(|fault| fault.message.text(locale));
            let mut asked = faults.iter();
            point.asks_look = asked.any(|fault| fault.field.starts_with("looked_"));
        }
    }
    let page = FollowUpPage {
        forum_title: forum.title.clone(),
        forum_href: format!("/kerja/forum/{}", forum.id),
        path: format!("/kerja/forum/{}/tindak-lanjut", forum.id),
        public_href: (forum.stage > Stage::Preparation).then(|| format!("/forum/{}", forum.id)),
        errors: faults
            .iter()
            .map(|fault| ErrorLine {
                field: fault.field.clone(),
                message: match fault.field.starts_with(TICKED) {
                    true => t(locale, TICK_FIRST),
                    false => fault.message.text(locale),
                },
            })
            .collect(),
        obstacles: obstacles(ctx, forum, &found, checks).await?,
        unfinished: match closed {
            true => Vec::new(),
            false => unfinished(ctx, forum, &found, &sent.ticked, faults).await?,
        },
        left: match closed {
            true => texts(&closing::left_unfinished(db, forum).await?, locale),
            false => Vec::new(),
        },
        actions: found
            .actions
            .iter()
            .map(|one| action_row(one, &next, &clock, (closed, locale)))
            .collect(),
        taken_up: service::carried_into(db, forum)
            .await?
            .iter()
            .map(|action| chip(action, &clock, locale))
            .collect(),
        next_forums: next.len(),
        carries,
        points,
        may,
        closed: closed.then(|| told.unwrap_or_else(|| t(locale, "follow-up-is-closed"))),
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let brand = organisation::brand(db, forum.unit_id).await?;
    ctx.page_of(Some(&brand), status, &page)
}

fn point_view(
    ctx: &Ctx,
    forum: &Forum,
    point: &PointOutcome,
    clock: &Clock,
    may: bool,
) -> PointView {
    let locale = ctx.locale();
    let (reason, version) = point.reason.clone().unwrap_or_default();
    let makes = may && ctx.may(Permission::ManageActions, forum.unit_id);
    PointView {
        number: point.number,
        root: point.root.to_string(),
        text: point.text.clone(),
        actions: point
            .actions
            .iter()
            .map(|action| chip(action, clock, locale))
            .collect(),
        open: point.is_open(),
        because: t(locale, point.because_key()),
        reason: point.stands_without().unwrap_or_default().to_owned(),
        typed: reason,
        version,
        error: None,
        asks_look: false,
        new_href: (makes && !point.has_action())
            .then(|| format!("/kerja/rencana-aksi/baru?sumber=agreed_point:{}", point.id)),
        may_explain: may && !point.has_action(),
    }
}

fn chip(action: &LinkedAction, clock: &Clock, locale: Locale) -> ActionChip {
    ActionChip {
        href: action.href.clone(),
        label: format!("{} · {}", action.code, action.title),
        chip: action_plans::linked_chip(action, clock, locale),
    }
}

fn action_row(
    one: &ActionOutcome,
    next: &[Forum],
    clock: &Clock,
    (closed, locale): (bool, Locale),
) -> ActionRow {
    let action = &one.action;
    let note = match (&one.carried, &one.cancel_reason) {
        (Some(carried), _) if one.stranded_in().is_some() => {
            Message::new("follow-up-carried-in-vain")
                .with("forum", &carried.title)
                .with("reason", carried.cancelled.as_deref().unwrap_or_default())
                .text(locale)
        }
        (Some(carried), _) => Message::new("follow-up-carried-into")
            .with("forum", &carried.title)
            .text(locale),
        (None, Some(reason)) => Message::new("follow-up-cancelled-because")
            .with("reason", reason)
            .text(locale),
        (None, None) => String::new(),
    };
    let chosen = one.goes_on_in().map(|carried| carried.forum);
    let mut choices = Vec::new();
    let carries = !closed || one.is_open();
    if carries && !action.is_settled() && !next.is_empty() {
        choices.push(ChoiceView {
            value: String::new(),
            label: t(locale, "follow-up-carry-none"),
            selected: chosen.is_none(),
        });
        choices.extend(next.iter().map(|forum| ChoiceView {
            value: forum.id.to_string(),
            label: format!("{} ({})", forum.title, forum.code),
            selected: chosen == Some(forum.id),
        }));
    }
    ActionRow {
        id: action.id.to_string(),
        href: action.href.clone(),
        label: format!("{} · {}", action.code, action.title),
        due: dates::date_short(action.due_on, locale),
        chip: action_plans::linked_chip(action, clock, locale),
        progress: action.progress,
        note,
        gaps: one
            .gaps
            .iter()
            .map(|gap| gap.message().text(locale))
            .collect(),
        choices,
    }
}

/// The later forums of the unit that have not begun.
async fn next_forums(ctx: &Ctx, forum: &Forum) -> Result<Vec<Forum>> {
    let mut all = forums::list(ctx).await?;
    all.retain(|other| {
        other.unit_id == forum.unit_id
            && other.cancelled_at.is_none()
            && rules::may_carry(forum.date, other.date, other.stage).is_ok()
    });
    Ok(all)
}

#[handler]
async fn show_page(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(checks): Data<&Checks>,
) -> Result<Response> {
    let forum = forums::get(&ctx, ForumId::parse(&id)?, Permission::ViewForums).await?;
    page_of(&ctx, &forum, &Sent::default(), &[], *checks).await
}

/// Back to the page: with the news, or with what refused it.
async fn answered(
    ctx: &Ctx,
    id: ForumId,
    done: Result<()>,
    key: &str,
    field: &str,
    (sent, checks): (Sent, &Checks),
) -> Result<Response> {
    let faults = match done {
        Ok(()) => {
            let path = format!("/kerja/forum/{id}/tindak-lanjut");
            return Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new(key)));
        }
        Err(Error::Invalid(faults)) => faults,
        Err(Error::Rule { message, .. }) => vec![FieldError {
            field: field.to_owned(),
            message,
        }],
        Err(error) => return Err(error),
    };
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    page_of(ctx, &forum, &sent, &faults, *checks).await
}

#[handler]
async fn give_reason(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(checks): Data<&Checks>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::ManageForum).await?;
    let point = AgreedPointId::parse(form.get("point"))?;
    let version = form.get("version").parse().unwrap_or_default();
    let field = format!("reason_{}", form.get("number"));
    let looked = format!("looked_{}", form.get("number"));
    let mut check = Check::new();
    let reason = check.text(&field, form.get("reason"), 10, 500);
    let reason = (reason, form.is_on("looked"));
    let done = match check.finish() {
        Ok(()) => service::give_reason(&ctx, id, point, version, reason)
            .await
            .map_err(|error| {
                error.renamed(|name| match name.as_str() {
                    "looked" => looked.clone(),
                    _ => field.clone(),
                })
            }),
        Err(error) => Err(error),
    };
    let typed = Typed {
        point,
        reason: form.get("reason").to_owned(),
        version,
    };
    answered(
        &ctx,
        id,
        done,
        "follow-up-reason-saved",
        &field,
        (
            Sent {
                typed: Some(typed),
                ..Sent::default()
            },
            checks,
        ),
    )
    .await
}

#[handler]
async fn withdraw_reason(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(checks): Data<&Checks>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::ManageForum).await?;
    let point = AgreedPointId::parse(form.get("point"))?;
    let done = service::withdraw_reason(&ctx, id, point).await;
    answered(
        &ctx,
        id,
        done,
        "follow-up-reason-withdrawn",
        "tutup",
        (Sent::default(), checks),
    )
    .await
}

#[handler]
async fn carry(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(checks): Data<&Checks>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::ManageForum).await?;
    let action = ActionItemId::parse(form.get("action"))?;
    let (to, key) = match form.get("to") {
        "" => (None, "follow-up-taken-back"),
        text => (Some(ForumId::parse(text)?), "follow-up-carried"),
    };
    let done = service::carry(&ctx, id, action, to).await;
    let field = format!("to_{action}");
    answered(&ctx, id, done, key, &field, (Sent::default(), checks)).await
}

#[handler]
async fn close(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(checks): Data<&Checks>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let ticked: Vec<String> = form
        .all("acknowledged")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let done = closing::close(&ctx, id, &ticked, *checks).await.map(drop);
    let done = done.map_err(|error| error.renamed(|field| field.replace('.', "-")));
    let sent = Sent {
        ticked,
        ..Sent::default()
    };
    let news = "follow-up-closed";
    answered(&ctx, id, done, news, "tutup", (sent, checks)).await
}
