//! The page of the door: made for a tablet in a hurry, works without JavaScript.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    entity::{AttendanceId, attendance},
    rules,
    service::{self, CheckedIn, Door, Person, Waiting, Who},
    sheets,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    forums::{self, ForumId, Group},
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

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/forum/:id/kehadiran", get(show_door))
        .at("/kerja/forum/:id/kehadiran/masuk", post(let_in))
        .at("/kerja/forum/:id/kehadiran/kode", post(let_in_by_code))
        .at("/kerja/forum/:id/kehadiran/tamu", post(let_walk_in))
        .at("/kerja/forum/:id/kehadiran/batal", post(take_back))
        .at("/kerja/forum/:id/kehadiran/siapkan", post(prepare_list))
        .at("/kerja/forum/:id/daftar-hadir.pdf", get(internal_list))
        .at("/kerja/forum/:id/daftar-hadir-umum.pdf", get(public_list))
}

#[derive(Serialize)]
struct DoorPage {
    forum_href: String,
    forum_title: String,
    when: String,
    place: String,
    /// Said when the forum is not today.
    rehearsal: Option<String>,
    closed: bool,
    may_check_in: bool,
    q: String,
    present_text: String,
    groups: Vec<GroupView>,
    waiting: Vec<WaitingView>,
    waiting_text: String,
    can_prepare: bool,
    present: Vec<PresentView>,
    code: FormView,
    walk_in: FormView,
    errors: Vec<ErrorLine>,
    base: String,
    prepare_action: String,
    list_href: Option<String>,
    public_list_href: String,
}

#[derive(Serialize)]
struct GroupView {
    label: String,
    value: u32,
    text: String,
}

#[derive(Serialize)]
struct WaitingView {
    name: String,
    detail: String,
    group: String,
    code: Option<String>,
    /// Hidden fields of the button.
    row: Option<String>,
    recipient: Option<String>,
    /// The letter names an office only: the door asks who came.
    ask_name: bool,
    taken_back: bool,
    /// Answered that nobody comes, and now stands at the door.
    declined: bool,
    key: usize,
}

#[derive(Serialize)]
struct PresentView {
    id: String,
    version: i32,
    name: String,
    detail: String,
    group: String,
    time: String,
    how: String,
    code: String,
}

impl Page for DoorPage {
    const TEMPLATE: &'static str = "attendance/door";
    fn title(&self, locale: Locale) -> String {
        t(locale, "attendance-title")
    }
}

#[derive(Deserialize)]
struct Search {
    q: Option<String>,
}

fn base_of(id: ForumId) -> String {
    format!("/kerja/forum/{id}/kehadiran")
}

fn walk_in_form(locale: Locale) -> FormView {
    let choose = (String::new(), t(locale, "attendance-choose-group"));
    let groups = [
        Group::Users,
        Group::Stakeholders,
        Group::Experts,
        Group::CivilSociety,
        Group::Media,
        Group::Organiser,
    ];
    let options = groups.map(|group| (group.code(), group.label(locale)));
    FormView::new()
        .field("name", true, 200)
        .field("position", false, 200)
        .field("organisation", false, 200)
        .field("phone", false, 40)
        .choice(
            "group",
            true,
            std::iter::once(choose).chain(options).collect(),
        )
}

fn page_of(
    ctx: &Ctx,
    door: Door,
    q: &str,
    typed: Option<&Form>,
    faults: &[FieldError],
) -> DoorPage {
    let locale = ctx.locale();
    let id = door.forum.id;
    let may_check_in = ctx.may(Permission::CheckIn, door.forum.unit_id);
    let today = ctx.today_in(door.zone);
    let rehearsal = (today != door.forum.date && !door.closed).then(|| {
        let key = if today < door.forum.date {
            "attendance-before-day"
        } else {
            "attendance-after-day"
        };
        Message::new(key)
            .with("day", dates::long_date(door.forum.date, locale))
            .text(locale)
    });
    let (mut code, mut walk_in) = (
        FormView::new().field("code", true, 20),
        walk_in_form(locale),
    );
    if let Some(form) = typed {
        code = code.typed(form);
        walk_in = walk_in.typed(form);
    }
    let (code, _) = code.refused(faults, locale);
    let (walk_in, errors) = walk_in.refused(faults, locale);
    let invited: u32 = door.groups.iter().map(|group| group.invited).sum();
    DoorPage {
        forum_href: format!("/kerja/forum/{id}"),
        forum_title: door.forum.title.clone(),
        when: forums::when_text(&door.forum, door.zone, locale),
        place: forums::where_text(&door.forum),
        rehearsal,
        closed: door.closed,
        may_check_in: may_check_in && !door.closed,
        q: q.to_owned(),
        present_text: Message::new("attendance-present-of")
            .with("present", door.present.len())
            .with("invited", invited)
            .with("walkins", door.walk_ins)
            .text(locale),
        groups: door
            .groups
            .iter()
            .map(|group| group_view(group, locale))
            .collect(),
        waiting_text: Message::new("attendance-waiting-count")
            .with("count", door.waiting.len())
            .text(locale),
        can_prepare: door
            .waiting
            .iter()
            .any(|one| matches!(one, Waiting::Invited(_))),
        waiting: door
            .waiting
            .into_iter()
            .enumerate()
            .map(|(key, one)| waiting_view(one, key, locale))
            .collect(),
        present: door
            .present
            .into_iter()
            .map(|row| present_view(row, door.zone, locale))
            .collect(),
        code,
        walk_in,
        errors,
        base: base_of(id),
        prepare_action: format!("{}/siapkan", base_of(id)),
        list_href: may_check_in.then(|| format!("/kerja/forum/{id}/daftar-hadir.pdf")),
        public_list_href: format!("/kerja/forum/{id}/daftar-hadir-umum.pdf"),
    }
}

fn group_view(group: &rules::GroupCount, locale: Locale) -> GroupView {
    GroupView {
        label: group.group.label(locale),
        value: (group.came * 100).checked_div(group.invited).unwrap_or(0),
        text: group_text(group, locale),
    }
}

/// "29 hadir, 28 diundang".
pub fn group_text(group: &rules::GroupCount, locale: Locale) -> String {
    Message::new("attendance-of")
        .with("present", group.present)
        .with("invited", group.invited)
        .text(locale)
}

fn detail(role: &str, organisation: &str) -> String {
    [role, organisation]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

fn waiting_view(one: Waiting, key: usize, locale: Locale) -> WaitingView {
    match one {
        Waiting::Row(row) => WaitingView {
            // An office on the letter is not a person: the door asks who came for it.
            ask_name: row.recipient_id.is_some() && row.role.is_empty(),
            detail: detail(&row.role, &row.organisation),
            name: row.name,
            group: row.participant_group.label(locale),
            code: Some(row.check_in_code),
            recipient: row.recipient_id.map(|id| id.to_string()),
            row: Some(row.id.to_string()),
            taken_back: row.undone,
            declined: false,
            key,
        },
        Waiting::Invited(one) => WaitingView {
            ask_name: one.delegate_name.is_none(),
            name: one
                .delegate_name
                .clone()
                .unwrap_or_else(|| one.addressee.clone()),
            detail: match &one.delegate_name {
                Some(_) => detail(
                    one.delegate_position.as_deref().unwrap_or_default(),
                    &one.organisation,
                ),
                None => one.organisation.clone(),
            },
            group: one.group.label(locale),
            code: None,
            row: None,
            recipient: Some(one.recipient.to_string()),
            taken_back: false,
            declined: one.declined,
            key,
        },
    }
}

fn present_view(row: attendance::Model, zone: chrono_tz::Tz, locale: Locale) -> PresentView {
    let method = row.method.map(|method| method.code().replace('_', "-"));
    PresentView {
        id: row.id.to_string(),
        version: row.version,
        detail: detail(&row.role, &row.organisation),
        name: row.name,
        group: row.participant_group.label(locale),
        time: row
            .checked_in_at
            .map(|at| dates::clock(&at.with_timezone(&zone), locale))
            .unwrap_or_default(),
        how: method
            .map(|method| t(locale, &format!("attendance-method-{method}")))
            .unwrap_or_default(),
        code: row.check_in_code,
    }
}

#[handler]
async fn show_door(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(search): Query<Search>,
) -> Result<Response> {
    let q: String = search.q.unwrap_or_default().chars().take(100).collect();
    let door = service::door(&ctx, ForumId::parse(&id)?, &q).await?;
    ctx.page(&page_of(&ctx, door, &q, None, &[]))
}

/// The form again, with what is wrong beside its field.
async fn again(ctx: &Ctx, id: ForumId, form: &Form, faults: &[FieldError]) -> Result<Response> {
    let door = service::door(ctx, id, "").await?;
    let page = page_of(ctx, door, "", Some(form), faults);
    ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// A refusal is told where the volunteer looks: at the top of the same page.
async fn answer(
    ctx: &Ctx,
    id: ForumId,
    form: &Form,
    field: &str,
    who: Result<Who>,
) -> Result<Response> {
    let done = match who {
        Ok(who) => service::check_in(ctx, id, who).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(CheckedIn { row, present }) => {
            let message = Message::new("attendance-done")
                .with("name", row.name)
                .with("code", row.check_in_code)
                .with("present", present);
            Ok(ctx.redirect_with(&base_of(id), FlashKind::Ok, &message))
        }
        Err(Error::Invalid(faults)) => again(ctx, id, form, &faults).await,
        Err(Error::Rule { message, .. }) => {
            let fault = FieldError {
                field: field.to_owned(),
                message,
            };
            again(ctx, id, form, &[fault]).await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn let_in(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    answer(&ctx, id, &form, "q", listed(&form)).await
}

/// A row without questions, or a recipient with what the door asked.
fn listed(form: &Form) -> Result<Who> {
    let (row, recipient) = (form.get("row"), form.get("recipient"));
    if recipient.is_empty() {
        return Ok(Who::Row(AttendanceId::parse(row)?));
    }
    // Many such forms stand on the page: a fault leads to the search field, where the volunteer begins.
    let mut check = Check::new();
    let name = if !form.is_on("ask_name") {
        None
    } else if form.get("who_name").trim().is_empty() {
        check.fault("q", Message::new("attendance-name-needed"));
        None
    } else {
        Some(check.line("q", form.get("who_name"), 2, 200))
    };
    let role = check.optional("q", form.get("who_position"), 200);
    let phone = check.phone("q", form.get("who_phone"));
    check.finish()?;
    Ok(Who::Recipient {
        id: recipient.parse().map_err(|_| Error::NotFound)?,
        name,
        role,
        phone,
    })
}

#[handler]
async fn let_in_by_code(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let mut check = Check::new();
    let code = check.line("code", form.get("code"), 1, 20);
    let who = check.finish().map(|()| Who::Code(code));
    answer(&ctx, id, &form, "code", who).await
}

#[handler]
async fn let_walk_in(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    answer(&ctx, id, &form, "name", walk_in(&form)).await
}

fn walk_in(form: &Form) -> Result<Who> {
    let mut check = Check::new();
    let name = check.line("name", form.get("name"), 2, 200);
    let role = check.optional("position", form.get("position"), 200);
    let organisation = check.optional("organisation", form.get("organisation"), 200);
    let group = check.choice("group", form.get("group"), Group::parse);
    let phone = check.phone("phone", form.get("phone"));
    check.finish()?;
    Ok(Who::WalkIn(Person {
        name,
        role: role.unwrap_or_default(),
        organisation: organisation.unwrap_or_default(),
        group: group.unwrap_or(Group::Users),
        phone,
    }))
}

#[handler]
async fn take_back(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let row = AttendanceId::parse(form.get("row"))?;
    let version = form.get("version").parse().unwrap_or(0);
    let row = service::undo(&ctx, id, row, version).await?;
    let message = Message::new("attendance-undone").with("name", row.name);
    Ok(ctx.redirect_with(&base_of(id), FlashKind::Info, &message))
}

#[handler]
async fn prepare_list(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let made = service::prepare(&ctx, id).await?;
    let message = Message::new("attendance-prepared").with("count", made);
    Ok(ctx.redirect_with(&base_of(id), FlashKind::Ok, &message))
}

#[handler]
async fn internal_list(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (forum, bytes) = sheets::pdf(&ctx, ForumId::parse(&id)?, false).await?;
    let name = format!("daftar-hadir-{}.pdf", forum.code);
    Ok(ctx.download(&name, "application/pdf", bytes))
}

#[handler]
async fn public_list(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (forum, bytes) = sheets::pdf(&ctx, ForumId::parse(&id)?, true).await?;
    let name = format!("daftar-hadir-umum-{}.pdf", forum.code);
    Ok(ctx.download(&name, "application/pdf", bytes))
}
