//! The page of the door: made for a tablet in a hurry, works without JavaScript. With it the page keeps working while
//! the network is gone (`static/js/door.js`): the same forms are sent later and answered as JSON.

use poem::{
    IntoResponse as _, Request, Response, Route, get, handler,
    http::{HeaderValue, StatusCode, header::HeaderName},
    post,
    web::{Json, Path, Query},
};
use serde::{Deserialize, Serialize};

pub use super::live_view::group_text;
use super::{
    blank_sheet::{self, Order},
    checking_in::{self, Attempt, CheckedIn, Who},
    desk_pages,
    details::Details,
    door_view::{self, Typed},
    entity::{AttendanceId, attendance},
    live_view::{LivePage, live_of},
    party::Party,
    person_pages::{self, person_href},
    print_pages, rules, scan_pages,
    service::{self, Person},
    sheet_pages, sheets, sign_pages, team, workbook,
};
use crate::{
    access::{Ctx, SignedIn},
    documents,
    forums::{ForumId, Group},
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
};

pub fn routes(route: Route) -> Route {
    let route = route
        .at("/kerja/forum/:id/kehadiran", get(show_door))
        .at("/kerja/forum/:id/kehadiran/terkini", get(show_live))
        .at("/kerja/forum/:id/kehadiran/masuk", post(let_in))
        .at("/kerja/forum/:id/kehadiran/kode", post(let_in_by_code))
        .at("/kerja/forum/:id/kehadiran/tamu", post(let_walk_in))
        .at("/kerja/forum/:id/kehadiran/batal", post(take_back))
        .at("/kerja/forum/:id/kehadiran/siapkan", post(prepare_list))
        .at("/kerja/forum/:id/kehadiran/panitia", post(list_team))
        .at("/kerja/forum/:id/daftar-hadir.pdf", get(internal_list))
        .at("/kerja/forum/:id/daftar-hadir.xlsx", get(list_as_workbook))
        .at("/kerja/forum/:id/daftar-hadir-umum.pdf", get(public_list))
        .at("/kerja/forum/:id/daftar-hadir-kosong.pdf", get(blank_list));
    let route = person_pages::routes(desk_pages::routes(route));
    scan_pages::routes(sheet_pages::routes(print_pages::routes(
        sign_pages::routes(route),
    )))
}

pub(super) fn base_of(id: ForumId) -> String {
    format!("/kerja/forum/{id}/kehadiran")
}

#[derive(Deserialize)]
struct Search {
    q: Option<String>,
    /// Who was let in just now: the page offers to sign.
    masuk: Option<String>,
}

/// The door has a camera that reads codes; no other page of ours may ask for one.
fn with_camera(mut response: Response) -> Response {
    response.headers_mut().insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("geolocation=(), microphone=(), camera=(self), payment=()"),
    );
    response
}

#[handler]
async fn show_door(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(search): Query<Search>,
) -> Result<Response> {
    let q: String = search.q.unwrap_or_default().chars().take(100).collect();
    let door = service::door(&ctx, ForumId::parse(&id)?, q.trim()).await?;
    let around = door_view::around(&ctx, &door).await?;
    let just_in = search
        .masuk
        .and_then(|row| door_view::just_in(&ctx, &door, &row));
    let mut page = door_view::page_of(&ctx, door, q.trim(), &around, &Typed::default());
    page.just_in = just_in;
    Ok(with_camera(ctx.page(&page)?))
}

#[handler]
async fn show_live(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let door = service::door(&ctx, ForumId::parse(&id)?, "").await?;
    let live = live_of(&ctx, &door, "");
    ctx.page(&LivePage { live })
}

/// The form again, with what is wrong beside its field.
async fn again(ctx: &Ctx, id: ForumId, form: &Form, faults: &[FieldError]) -> Result<Response> {
    let door = service::door(ctx, id, "").await?;
    let around = door_view::around(ctx, &door).await?;
    let form = Some(form);
    let page = door_view::page_of(ctx, door, "", &around, &Typed { form, faults });
    Ok(with_camera(ctx.page_of(
        None,
        StatusCode::UNPROCESSABLE_ENTITY,
        &page,
    )?))
}

/// What the module of the door reads. Whatever the outcome, the device need not send it again.
#[derive(Default, Serialize)]
pub(super) struct Told {
    /// `in`, `again` (sent twice), `refused` (nothing to mend), `invalid` (to be typed again).
    pub outcome: &'static str,
    pub code: &'static str,
    pub message: String,
    /// The name of who is in.
    pub name: String,
    /// Where who is in signs, and the version of the row; empty otherwise.
    pub sign_action: String,
    pub version: i32,
    /// The code of the row: typed, it may have been another that looks alike.
    pub entered: String,
    /// Where it is told who came, if the row has the name of an office only.
    pub ask_action: String,
    /// Of an invitation for several: how many of how many are in now; nought of nought otherwise.
    pub here: usize,
    pub of: usize,
}

impl Told {
    fn of(ctx: &Ctx, done: CheckedIn) -> Self {
        Self {
            outcome: if done.again { "again" } else { "in" },
            code: "",
            message: welcome(&done).text(ctx.locale()),
            sign_action: sign_href(&done.row),
            version: done.row.version,
            ask_action: Some(person_href(&done.row))
                .filter(|_| rules::is_office(&done.row))
                .unwrap_or_default(),
            here: done.party.map_or(0, |party| party.here),
            of: done.party.map_or(0, |party| party.quota),
            entered: done.row.check_in_code,
            name: done.row.name,
        }
    }

    pub(super) fn answer(ctx: &Ctx, done: Result<Self>) -> Result<Response> {
        let locale = ctx.locale();
        let told = match done {
            Ok(told) => told,
            Err(Error::Invalid(faults)) => Self {
                outcome: "invalid",
                code: "invalid",
                message: faults
                    .iter()
                    .map(|fault| fault.message.text(locale))
                    .collect::<Vec<_>>()
                    .join(" "),
                ..Self::default()
            },
            Err(error @ (Error::Rule { .. } | Error::Conflict { .. } | Error::NotFound)) => Self {
                outcome: "refused",
                code: error.code(),
                message: error.text(locale),
                ..Self::default()
            },
            Err(error) => return Err(error),
        };
        Ok(Json(told).into_response())
    }
}

/// Asked by the module of the door, which reads JSON.
pub(super) fn by_module(request: &Request) -> bool {
    request
        .header("accept")
        .is_some_and(|accept| accept.starts_with("application/json"))
}

/// Where somebody signs.
pub(super) fn sign_href(row: &attendance::Model) -> String {
    format!("{}/{}/tanda-tangan", base_of(row.forum_id), row.id)
}

pub(super) fn welcome(done: &CheckedIn) -> Message {
    let several = done.party.filter(Party::is_several);
    let message = match several {
        None => Message::new("attendance-done"),
        Some(party) => Message::new("attendance-done-of-party")
            .with("here", party.here)
            .with("all", party.quota),
    };
    message
        .with("name", &done.row.name)
        .with("code", &done.row.check_in_code)
        .with("present", done.present)
}

/// A refusal is told where the volunteer looks: at the top of the same page, or to the module that asked.
async fn answer(
    ctx: &Ctx,
    request: &Request,
    id: ForumId,
    form: &Form,
    (field, who): (&str, Result<Who>),
) -> Result<Response> {
    let done = match who {
        Ok(who) => checking_in::check_in(ctx, id, attempt(form, who)).await,
        Err(fault) => Err(fault),
    };
    if by_module(request) {
        return Told::answer(ctx, done.map(|done| Told::of(ctx, done)));
    }
    match done {
        Ok(done) => {
            // The list asks before somebody is let in; a code cannot.
            let asks = field == "code" && rules::is_office(&done.row);
            let next = match asks {
                true => person_href(&done.row),
                false => format!("{}?masuk={}", base_of(id), done.row.id),
            };
            Ok(ctx.redirect_with(&next, FlashKind::Ok, &welcome(&done)))
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

/// The page says itself when the forum is not today; whoever uses it then means to.
fn attempt(form: &Form, who: Who) -> Attempt {
    Attempt {
        client_id: form.get("client_id").parse().ok(),
        seconds_ago: form.get("seconds_ago").parse().unwrap_or_default(),
        any_day: true,
        ..Attempt::now(who)
    }
}

#[handler]
async fn let_in(
    SignedIn(ctx): SignedIn,
    request: &Request,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    service::may_work(&ctx, id).await?;
    answer(&ctx, request, id, &form, ("q", listed(&form))).await
}

/// A row without questions, or a recipient with what the door asked.
fn listed(form: &Form) -> Result<Who> {
    let (row, recipient) = (form.get("row"), form.get("recipient"));
    if recipient.is_empty() {
        return Ok(Who::Row(AttendanceId::parse(row)?));
    }
    // Many such forms stand on the page: a fault leads to the search field, where the volunteer begins.
    let mut check = Check::new();
    let name = if !form.is_on("ask_name") || form.is_on("later") {
        None
    } else if form.get("who_name").trim().is_empty() {
        check.fault("q", Message::new("attendance-name-needed"));
        None
    } else {
        let typed = form.get("who_name");
        Some(documents::typed_name(&mut check, "q", typed, (2, 200)))
    };
    let details = Details {
        name,
        role: check.optional("q", form.get("who_position"), 200),
        phone: check.phone("q", form.get("who_phone")),
    };
    check.finish()?;
    Ok(Who::Recipient {
        id: recipient.parse().map_err(|_| Error::NotFound)?,
        details,
    })
}

#[handler]
async fn let_in_by_code(
    SignedIn(ctx): SignedIn,
    request: &Request,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    service::may_work(&ctx, id).await?;
    let mut check = Check::new();
    let typed = check.line("code", form.get("code"), 1, 20);
    let details = Details::default();
    let who = check.finish().map(|()| Who::Code { typed, details });
    answer(&ctx, request, id, &form, ("code", who)).await
}

#[handler]
async fn let_walk_in(
    SignedIn(ctx): SignedIn,
    request: &Request,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    service::may_work(&ctx, id).await?;
    let who = walk_in(&form).map(Who::WalkIn);
    answer(&ctx, request, id, &form, ("name", who)).await
}

pub(super) fn walk_in(form: &Form) -> Result<Person> {
    let mut check = Check::new();
    let name = documents::typed_name(&mut check, "name", form.get("name"), (2, 200));
    let role = check.optional("position", form.get("position"), 200);
    let organisation = check.optional("organisation", form.get("organisation"), 200);
    let group = check.choice("group", form.get("group"), Group::parse);
    let phone = check.phone("phone", form.get("phone"));
    check.finish()?;
    Ok(Person {
        name,
        role: role.unwrap_or_default(),
        organisation: organisation.unwrap_or_default(),
        group: group.unwrap_or(Group::Users),
        phone,
    })
}

#[handler]
async fn take_back(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    service::may_work(&ctx, id).await?;
    let row = AttendanceId::parse(form.get("row"))?;
    let version = form.get("version").parse().unwrap_or(0);
    let day = form.get("day").parse().ok();
    let row = match service::undo(&ctx, id, (row, version), day).await {
        Ok(row) => row,
        // Pressed twice, or by two at one door: the list shows how it is now.
        Err(Error::Rule { message, .. }) => {
            return Ok(ctx.redirect_with(&base_of(id), FlashKind::Error, &message));
        }
        Err(error) => return Err(error),
    };
    let key = match rules::loses_signature(&row) {
        true => "attendance-undone-signed",
        false => "attendance-undone",
    };
    let message = Message::new(key).with("name", row.name);
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
async fn list_team(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let made = team::add(&ctx, id).await?;
    let message = Message::new("attendance-team-listed").with("count", made);
    Ok(ctx.redirect_with(&base_of(id), FlashKind::Ok, &message))
}

#[handler]
async fn internal_list(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (forum, bytes) = sheets::pdf(&ctx, ForumId::parse(&id)?, false).await?;
    let name = format!("daftar-hadir-{}.pdf", forum.code);
    Ok(ctx.download(&name, "application/pdf", bytes))
}

#[handler]
async fn list_as_workbook(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (forum, bytes) = workbook::of(&ctx, ForumId::parse(&id)?).await?;
    let name = format!("daftar-hadir-{}.xlsx", forum.code);
    Ok(ctx.download(&name, workbook::CONTENT_TYPE, bytes))
}

#[handler]
async fn public_list(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (forum, bytes) = sheets::pdf(&ctx, ForumId::parse(&id)?, true).await?;
    let name = format!("daftar-hadir-umum-{}.pdf", forum.code);
    Ok(ctx.download(&name, "application/pdf", bytes))
}

/// How the sheet for the door is sorted, and how many empty rows it has.
#[derive(Deserialize)]
struct Sheet {
    urut: Option<String>,
    tamu: Option<usize>,
    /// The day of the forum, counted from one.
    hari: Option<usize>,
}

const GUEST_ROWS: usize = 10;

#[handler]
async fn blank_list(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(sheet): Query<Sheet>,
) -> Result<Response> {
    let order = Order::parse(&sheet.urut.unwrap_or_default());
    let guests = sheet.tamu.unwrap_or(GUEST_ROWS);
    let id = ForumId::parse(&id)?;
    let day = sheet.hari.and_then(|number| number.checked_sub(1));
    let (forum, bytes) = blank_sheet::pdf(&ctx, id, order, (guests, day)).await?;
    let of_day = sheet.hari.map(|number| format!("-hari-{number}"));
    let of_day = of_day.unwrap_or_default();
    let name = format!("lembar-daftar-hadir-{}{of_day}.pdf", forum.code);
    Ok(ctx.download(&name, "application/pdf", bytes))
}
